"""The words being read: what is understood is painted over, so that what is left is what nobody explained."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar

T = TypeVar("T")

LONGEST = 200_000
MOST_LINES = 2_000
"""Beyond these a message is not read further: no return is that long, and reading time stays bounded."""

BLANK = "\ue000"
"""Paint for what is understood; other modules paint with their own private-use characters."""

A_NUMBER = re.compile(r"\d")

ASIDE = "\ue007"
"""Paint for numbers that are never figures, such as ages: what they stand for may still tell what a figure is about."""

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ue000-\uf8ff]")
_LOOKALIKES = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u2018\u2019\u201b\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201f", '"'),
        **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000", " "),
        **dict.fromkeys("\u2020\u2021", "*"),  # footnote marks
        "\u2022": "*",
        "\u2028": "\n",
        "\u2029": "\n",
        "\u0085": "\n",
    }
)

#: Behind a word a footnote's mark; close behind a digit it may be a digit of the figure, and that is asked about.
_FOOTNOTE = re.compile("(?<![0-9])[\u00b9\u00b2\u00b3]")
_POWER = re.compile("(?:(?<=[0-9]m)|(?<=[0-9] m)|(?<=[0-9]km)|(?<=[0-9] km))[\u00b2\u00b3]")
"""Square or cubic metres, and no footnote: "12 m\u00b2"."""

_ARROWS = (
    (re.compile("[\u2191\u25b2\u2b06\u2197](?= ?[\u00a3\\d])"), "up "),
    (re.compile("[\u2193\u25bc\u2b07\u2198](?= ?[\u00a3\\d])"), "down "),
    (re.compile("(?<=[\\d%]) ?[\u2192\u2794\u279c\u27a1] ?(?=[\u00a3\\d])"), "\t"),
    (re.compile(" ?[\u2190-\u21ff\u25b2\u25bc\u2b05-\u2b0d] ?"), " "),
)
"""An arrow before a number says which way it went; behind one it is a sign of the trend."""


def tidy(text: str) -> tuple[str, str]:
    """The readable part of a message, look-alike dashes, quotes and spaces made one, and a note on what was not read.

    Cut only at the end of a line: half a line could end in half a figure.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    read, note = text, ""
    if len(text) > LONGEST or text.count("\n") > MOST_LINES:
        read = "\n".join(text[:LONGEST].split("\n")[:-1][:MOST_LINES])
        note = f"The message is {len(text):,} characters long; only the first {len(read):,} were read."
    if not read.isascii():
        for pattern, word in _ARROWS:
            read = pattern.sub(word, read)
        read = _POWER.sub(lambda m: "2" if m[0] == "\u00b2" else "3", read)
        read = _FOOTNOTE.sub("*", read)
    return _UNSEEN.sub("", read).translate(_LOOKALIKES), note


def has_unusual_digits(text: str) -> bool:
    """Whether digits occur that only look like ours (full-width, Arabic-Indic, halves): asked about, not guessed."""
    return not text.isascii() and any(not c.isascii() and c.isnumeric() for c in text)


class Hinted(Generic[T]):
    """Patterns, or what is made of them, each behind the words, in small letters, without which it can't match."""

    def __init__(self, hinted: Iterable[tuple[tuple[str, ...], T]]) -> None:
        self._hinted = tuple(hinted)
        self._words = frozenset(word for words, _ in self._hinted for word in words)

    def worth_trying(self, lowered: str) -> list[T]:
        """In their order, those of which a word stands in a text in small letters, and those that need none."""
        held = frozenset(filter(lowered.__contains__, self._words))
        return [each for words, each in self._hinted if not words or not held.isdisjoint(words)]


def holds_any(lowered: str, words: tuple[str, ...]) -> bool:
    """Whether a text in small letters holds any of some words: a cheap look before a pattern that needs one."""
    return any(map(lowered.__contains__, words))


@dataclass
class Canvas:
    """Some words (`text`, one sentence a line) and the same with the understood parts painted over (`left`)."""

    text: str
    left: str = field(init=False)
    cells: bool = False
    _known: dict[str, list[tuple[int, int]]] = field(default_factory=dict, init=False, repr=False)
    _several: bool = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.left = self.text
        self._several = "\n" in self.text

    def take(self, pattern: re.Pattern[str], paint: str = BLANK, hints: tuple[str, ...] = ()) -> list[re.Match[str]]:
        """Paint over every match and return them. The pattern must hold a number: other sentences are not searched."""
        if hints and not self.says(hints):
            return []
        return self.take_if(pattern, lambda _: paint)

    def says(self, hints: tuple[str, ...]) -> bool:
        """Whether any of some words without which a pattern can't match stands in the text, in small letters."""
        return holds_any(self.lowered, hints)

    @cached_property
    def lowered(self) -> str:
        """The text in small letters."""
        return self.text.lower()

    def take_if(
        self,
        pattern: re.Pattern[str],
        judge: Callable[[re.Match[str]], str],
        *,
        within: re.Pattern[str] = A_NUMBER,
        hints: tuple[str, ...] = (),
    ) -> list[re.Match[str]]:
        """Paint over the matches for which `judge` names a paint, and return those.

        Only sentences that hold something of `within`, in small letters, are searched: most of a long reply holds no
        number.
        """
        found: list[re.Match[str]] = []
        if hints and not self.says(hints):
            return found
        pieces: list[str] = []
        done = 0
        for start, end in self._runs(within):
            for match in pattern.finditer(self.left, start, end):
                paint = judge(match)
                if paint and match.end() > match.start():
                    found.append(match)
                    pieces += (self.left[done : match.start()], paint * len(match[0]))
                    done = match.end()
        if found:
            self.left = "".join((*pieces, self.left[done:]))
        return found

    def _runs(self, within: re.Pattern[str]) -> list[tuple[int, int]]:
        """Start and end of each run of sentences that hold something."""
        known = self._known.get(within.pattern)
        if known is not None:
            return known
        if not self._several:
            return self._known.setdefault(within.pattern, [(0, len(self.text))] if within.search(self.lowered) else [])
        runs: list[tuple[int, int]] = []
        at = 0
        for line, lowered in zip(self.text.split("\n"), self.lowered.split("\n"), strict=True):
            end = at + len(line)
            if within.search(lowered):
                if runs and runs[-1][1] == at - 1:
                    runs[-1] = (runs[-1][0], end)
                else:
                    runs.append((at, end))
            at = end + 1
        self._known[within.pattern] = runs
        return runs

    def sentence(self, position: int) -> int:
        """The number of the sentence a position lies in."""
        return self.text.count("\n", 0, position) if self._several else 0

    def sentence_at(self, position: int) -> tuple[int, int]:
        """Start and end of the sentence a position lies in."""
        if not self._several:
            return 0, len(self.text)
        end = self.text.find("\n", position)
        return self.text.rfind("\n", 0, position) + 1, len(self.text) if end < 0 else end

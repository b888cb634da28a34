"""Which of the things asked for the label of a row, a column or a table names: for certain, perhaps, or not at all."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from collector.domain.submission import Asked
from parsers.figures import subject, vocabulary
from parsers.figures.labels import Labels
from parsers.layouts.headings import names_a_kind, without_times

#: A longer label is a paragraph.
LONGEST_LABEL = 300
_PLAIN = re.compile(r"[^a-z0-9%]+")
_CODE = re.compile(r"([A-Za-z]{1,5})[ -]?\d{1,4}[a-z]?")
#: "First-Time Applicants (FTA)": the words, and their first letters behind them.
_EXPLAINED = re.compile(r"((?:[^\W\d_]+[ -]+){2,8})(\(([A-Z]{2,8}s?)\))")
_NUMBER = re.compile(r"(?<!\w)\d+(?:[.,]\d+)*(?!\w)")
_WORD = re.compile(r"[^\W\d_][\w'&-]*|\d+")
#: A label that has so large a share of a title's telling words, and no others, is that title in short.
_MOSTLY = 0.6
_PERHAPS = 0.5
_SHORTEST_OPENING = 5
_A_ROW_OF_NUMBERS = 2


@dataclass(frozen=True)
class Named:
    """The codes that a label can mean; `sure` where it is this one and nothing in the label speaks against it."""

    codes: tuple[str, ...] = ()
    sure: bool = False


NOBODY = Named()


class Names:
    """Finds what was asked by the labels that people give it. What one label means is worked out once."""

    def __init__(self, asked: tuple[Asked, ...]) -> None:
        self._names = {each.code: [replace(each, title=name, aliases=()) for name in _names(each)] for each in asked}
        every = [name for names in self._names.values() for name in names]
        self._heads = {name: _heads(subject.telling_words(name)) for name in every}
        self._short = {name for name in every if _is_shortened(name.title)}
        self._labels = Labels(asked)
        self._plain: dict[str, set[str]] = {}
        for each in asked:
            for name in _names(each):
                self._plain.setdefault(_plainly(name), set()).add(each.code)
        self._families = {found[1].upper() for each in asked if (found := _CODE.fullmatch(each.code))}
        self._known: dict[tuple[str, ...], Named] = {}

    def of(self, *labels: str) -> Named:
        """What the labels of one row mean together: its code and its title, if it has both."""
        given = tuple(" ".join(label.split()) for label in labels if 0 < len(label) <= LONGEST_LABEL)
        if given not in self._known:
            self._known[given] = self._together([self._one(label) for label in given], given)
        return self._known[given]

    def numbers_beyond(self, label: str, codes: Iterable[str]) -> set[str]:
        """The numbers of a label that stand in no name of what it is about: one of them could be the figure."""
        known = {number for code in codes for name in self._names[code] for number in _NUMBER.findall(name.title)}
        return set(_NUMBER.findall(without_times(label))) - known

    def _together(self, found: list[Named], given: tuple[str, ...]) -> Named:
        told = [named for named in found if named.codes]
        if not told or any(names_a_kind(label) for label, named in zip(given, found, strict=True) if not named.codes):
            return NOBODY
        if self._is_another_code(given):
            # A code of the same family beside a title of ours: one of the two is a slip.
            return Named(told[0].codes)
        sure = {named.codes for named in told if named.sure}
        if len(sure) == 1:
            codes = next(iter(sure))
            agreeing = all(set(codes) & set(named.codes) for named in told)
            return Named(codes, agreeing) if agreeing else Named(_joined(told))
        return Named(_joined(told))

    def _is_another_code(self, given: tuple[str, ...]) -> bool:
        codes = [label for label in given if (found := _CODE.fullmatch(label)) and found[1].upper() in self._families]
        return any(not self._labels.codes_in(code) for code in codes)

    def _one(self, label: str) -> Named:
        found = self._labels.codes_in(label)
        coded = {code for each in found for code in each.codes}
        if coded:
            rest = label
            for each in reversed(found):
                rest = rest[: each.start] + rest[each.end :]
            # One number may be its place in a list; with more of them a whole row stands in one cell.
            plain_label = len(self.numbers_beyond(label, coded)) < _A_ROW_OF_NUMBERS
            return NOBODY if names_a_kind(rest) else Named(tuple(sorted(coded)), len(coded) == 1 and plain_label)
        plain = self._plain.get(_plainly(label), set())
        if plain:
            return Named(tuple(sorted(plain)), len(plain) == 1)
        return self._opening(label) or self._by_words(label)

    def _opening(self, label: str) -> Named | None:
        """A long title that was cut short."""
        plain = _plainly(label)
        codes = {code for name, codes in self._plain.items() if name.startswith(plain) for code in codes}
        return Named((codes.pop(),), True) if len(codes) == 1 and plain.count(" ") >= _SHORTEST_OPENING - 1 else None

    def _by_words(self, label: str) -> Named:
        """By the telling words: sure where a label has no word that the title lacks and no other title has them all."""
        said = _telling(label)
        whole, partly = set(), set()
        heads = _heads(said)
        shortened = _is_shortened(label)
        for code, names in self._names.items() if said else ():
            for name in names:
                if not shortened and heads.isdisjoint(self._heads[name]) and (len(said) < 3 or name not in self._short):
                    # Most labels of a large file have no word in common with what is asked for.
                    continue
                fit = _fit(label, said, name)
                if fit is not None and not fit.strange and fit.share >= _MOSTLY:
                    whole.add(code)
                elif fit is not None and fit.share >= _PERHAPS and fit.strange <= max(1, fit.named // 2):
                    partly.add(code)
        if whole:
            return Named(tuple(sorted(whole)), len(whole) == 1)
        return Named(tuple(sorted(partly)))


@dataclass(frozen=True)
class _Fit:
    """How many telling words of a name a label has, what share of them all, and how many it has beyond."""

    named: int
    share: float
    strange: int


@lru_cache(maxsize=16384)
def _fit(label: str, said: tuple[str, ...], name: Asked) -> _Fit | None:
    match = subject.match(label, "", name)
    whole = len(subject.telling_words(name))
    if match.against or not match.named or not whole:
        return None
    strange = sum(1 for word in said if not any(vocabulary.same_word(word, each) for each in match.named))
    return _Fit(len(match.named), len(match.named) / whole, strange)


def _names(asked: Asked) -> Iterator[str]:
    """What a thing is called; a title that explains an abbreviation is also itself with either of the two alone."""
    for name in filter(None, (asked.title, *asked.aliases)):
        yield name
        explained = [found for found in _EXPLAINED.finditer(name) if _explains(found)]
        if explained:
            yield _without(name, [(found.start(2), found.end()) for found in explained])
            yield _without(name, [(_begins(found), found.start(2)) for found in explained])


def _explains(found: re.Match[str]) -> bool:
    """Whether the words before an abbreviation in brackets begin with its letters."""
    letters = found[3].rstrip("s").upper()
    words = re.findall(r"[^\W\d_]+", found[1])[-len(letters) :]
    return "".join(word[0].upper() for word in words) == letters


def _begins(found: re.Match[str]) -> int:
    words = list(re.finditer(r"[^\W\d_]+", found[1]))
    return found.start(1) + words[-len(found[3].rstrip("s"))].start()


def _without(name: str, parts: list[tuple[int, int]]) -> str:
    for start, end in reversed(parts):
        name = f"{name[:start]} {name[end:]}"
    return " ".join(name.replace("(", " ").replace(")", " ").split())


def _joined(told: list[Named]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for named in told for code in named.codes))


@lru_cache(maxsize=4096)
def _plainly(text: str) -> str:
    return _PLAIN.sub(" ", text.lower()).strip()


def _is_shortened(text: str) -> bool:
    """Whether a word may be the first letters of others ("FPN"): these do not begin like it."""
    words = (word.rstrip("s") for word in _WORD.findall(text))
    return any(len(word) > 1 and word.isupper() and not any(map(str.isdigit, word)) for word in words)


def _heads(words: Iterable[str]) -> frozenset[str]:
    """How words begin: two that are forms of one begin alike."""
    return frozenset(part[:2] for word in words for part in re.split(r"[-/&']", word.lower()) if part)


def _telling(label: str) -> tuple[str, ...]:
    words = (word.lower() for word in _WORD.findall(label))
    return tuple(word for word in words if len(word) > 1 and not word.isdigit() and not vocabulary.is_empty(word))

"""Which indicators a sentence is about, by the words of their titles.

The titles are indexed once: a sentence costs by its own words and by the titles that share one of them, however many
indicators there are.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from collector.domain.submission import Asked
from parsers.figures import vocabulary
from parsers.figures.subject import (
    acronym_in,
    acronyms_of,
    first_letters,
    may_be_spelled_out,
    parts_of,
    telling_words,
    tokens_of,
)

_WORD = r"[a-z0-9]+"
#: So many of a title's telling words have to be named, and this share of them, for a sentence to be about it.
_FEWEST, _SHARE = 2, 0.34
#: Two forms of one word have at least so many first letters in common.
_COMMON = 3


class Titles:
    """The titles and short names of what is asked for, by their words."""

    def __init__(self, asked: Sequence[Asked]) -> None:
        self._order = {each.code: at for at, each in enumerate(asked)}
        self._words = {each.code: telling_words(each) for each in asked}
        shared = Counter(word for words in self._words.values() for word in words)
        # A word counts for as much as it tells apart: that many titles speak of offenders makes the word tell little.
        self._weight = {word: 1 / count for word, count in shared.items()}
        self._whole = {code: sum(self._weight[word] for word in words) for code, words in self._words.items()}
        self._having: dict[str, list[str]] = defaultdict(list)
        self._acronyms: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
        self._names: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
        for each in asked:
            self._enter(each)
        self._alike: dict[str, list[str]] = defaultdict(list)
        for word in self._weight:
            self._alike[_beginning(word)].append(word)
        self._spelled = [word for word in self._weight if may_be_spelled_out(word)]
        self._met: dict[str, frozenset[str]] = {}

    def _enter(self, asked: Asked) -> None:
        for word in self._words[asked.code]:
            self._having[word].append(asked.code)
        for acronym, words in acronyms_of(asked).items():
            self._acronyms[acronym].append((asked.code, words))
        for alias in asked.aliases:
            name = tuple(re.findall(_WORD, alias.lower()))
            if len(name) >= _FEWEST:
                self._names[name[0]].append((asked.code, name))

    def meant(self, sentence: str) -> tuple[str, ...]:
        """The indicators that a sentence fits best: several where it fits them alike.

        A name that officers use for one counts beside the words of its title.
        """
        named, called = self._named(sentence), self._called(sentence)
        best: dict[str, float] = {}
        for code in sorted({*named, *called}, key=self._order.__getitem__):
            words, fits = self._words[code], named.get(code, set())
            weight, calls = sum(self._weight[word] for word in fits), called.get(code, 0) / 2
            enough = words and len(fits) >= min(_FEWEST, len(words)) and weight / self._whole[code] >= _SHARE
            if calls or enough:
                best[code] = weight + calls
        most = max(best.values(), default=0)
        return tuple(code for code, fit in best.items() if fit == most)

    def _named(self, sentence: str) -> Mapping[str, set[str]]:
        """The telling words of each title that a sentence names."""
        tokens = tokens_of(sentence)
        found: dict[str, set[str]] = defaultdict(set)
        for token in dict.fromkeys(tokens):
            by_acronym = dict(self._acronyms.get(acronym_in(token), ())) if parts_of(token) else {}
            for code, words in by_acronym.items():
                found[code] |= words & self._words[code]
            for word in self._forms(token):
                for code in self._having[word]:
                    if code not in by_acronym:
                        found[code].add(word)
        letters = first_letters(tokens)
        for word in self._spelled:
            if word in letters[0] or word in letters[1]:
                for code in self._having[word]:
                    found[code].add(word)
        return found

    def _forms(self, token: str) -> frozenset[str]:
        """The titles' words of which a word is another form."""
        if token not in self._met:
            self._met[token] = frozenset(
                word
                for part in parts_of(token)
                for word in self._alike.get(_beginning(part), ())
                if vocabulary.same_word(part, word)
            )
        return self._met[token]

    def _called(self, sentence: str) -> Mapping[str, int]:
        """How many words the longest name has that a sentence calls each indicator by, of two words or more."""
        said = re.findall(_WORD, sentence.lower())
        found: dict[str, int] = {}
        for at, word in enumerate(said):
            for code, name in self._names.get(word, ()):
                if tuple(said[at : at + len(name)]) == name:
                    found[code] = max(found.get(code, 0), len(name))
        return found


def _beginning(word: str) -> str:
    """What all forms of a word begin with."""
    return word.removesuffix("'s").removesuffix("s")[:_COMMON]

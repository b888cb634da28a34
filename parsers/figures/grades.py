"""Grades, lengths of time and limits, as they are said: "category 2", "18 weeks", "six weeks or longer"."""

import re
from itertools import pairwise

from parsers.figures import vocabulary

_NUMBER = re.compile(r"\d")
_OVER = frozenset(
    ["over", "more", "longer", "exceeding", "above", "outside", "beyond", "after", "later", "greater", "older"]
)
_UNDER = frozenset(["under", "within", "less", "below", "inside", "fewer", "sooner", "before", "younger"])
_BETWEEN = frozenset(["than", "the", "a", "an", "of", "or", "its", "our", "target", "first", "last"])
"""Words between a side and its limit: "more than 18", "within target 4"."""
_OR_SO = {
    "over": re.compile(r"\bor (?:longer|more|over|above|later|older)\b", re.I),
    "under": re.compile(r"\bor (?:less|fewer|under|below|sooner|younger)\b", re.I),
}
"""The side of a limit that is said behind it: "six weeks or longer"."""
_GRADED = frozenset(
    [
        "category",
        "cat",
        "c",
        "stage",
        "grade",
        "type",
        "tier",
        "level",
        "band",
        "phase",
        "step",
        "priority",
        "group",
        "part",
        "class",
        "year",
        "key",
        "schedule",
    ]
)
_AGED = frozenset(["over", "under", "aged"])
_ONE_DIGIT = frozenset("123456789")
"""Behind a telling word a grade as well: "red 2 calls"."""
MEASURED = frozenset(["hour", "minute", "min", "second", "day", "week", "month", "year", "hr", "wk", "working", "old"])


def paired(tokens: list[str]) -> set[tuple[str, str]]:
    """Grades with their number and lengths with theirs: "category 2", "18 weeks"."""
    pairs = set()
    for first, second in pairwise(tokens):
        if "+" in first:
            pairs.add(("weeks", first))
        elif _NUMBER.match(first) and second.removesuffix("s") in MEASURED:
            pairs.add((second.removesuffix("s"), first))
        elif _NUMBER.match(second) and (first.removesuffix("s") in _GRADED or first in _AGED):
            pairs.add((first.removesuffix("s"), second))
        elif first in ("a", "an") and second in MEASURED:
            pairs.add((second, "1"))
        elif second in _ONE_DIGIT and first.isalpha() and not vocabulary.is_filler(first):
            pairs.add((first, second))
    if tokens and "+" in tokens[-1]:
        pairs.add(("weeks", tokens[-1]))
    return pairs | {same for pair in pairs for same in _THE_SAME_LENGTH.get(pair, ())}


_SAME_LENGTHS = (
    (("hour", "1"), ("minute", "60")),
    (("hour", "24"), ("day", "1")),
    (("year", "1"), ("month", "12"), ("week", "52")),
)
_THE_SAME_LENGTH = {pair: alike for alike in _SAME_LENGTHS for pair in alike}
"""Lengths of time that two units say: who waits more than an hour waits over 60 minutes."""


def sides(tokens: list[str], words: str = "") -> frozenset[str]:
    """Whether words name what is over a limit, or under one, or both."""
    found = set()
    for at, token in enumerate(tokens[:-1]):
        following = tokens[at + 1 : at + (3 if tokens[at + 1] in _BETWEEN else 2)]
        if any(_NUMBER.match(each) for each in following):
            if token in _OVER:
                found.add("over")
            elif token in _UNDER:
                found.add("under")
    found |= {side for side, said in _OR_SO.items() if said.search(words)}
    return frozenset(found)


def is_a_length(pair: str) -> bool:
    """Whether a word with its number, as `Match.named` has it, is a length of time: "60 minute"."""
    return pair.split()[-1] in MEASURED

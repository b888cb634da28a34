"""What a sentence of a draft says beyond numbers and directions: a denial, a size in words, a state, a colour."""

import re

#: A denial turns round whatever else is said.
_DENIED = re.compile(
    r"\b(?:not|no|nor|neither|never|without|hardly|barely|fail(?:s|ed|ing)? to|unable to|rather than|instead of)\b"
    r"|n['\u2019]t\b",
    re.IGNORECASE,
)
#: What changed so much, or did not, or stands out: said in words, it is a claim as much as a number is.
_STATED = re.compile(
    r"\b(?:doubl(?:e|es|ed|ing)|(?:treb|trip|quadrup)l(?:e|es|ed|ing)|\w+fold|halv(?:e|es|ed|ing)|unchanged|stable"
    r"|steady|static|constant|(?:high|low)est|record (?:high|low))\b",
    re.IGNORECASE,
)
_SIZED = re.compile(
    r"\b(?:half|twice|(?:one|two|three|four|five|ten|several|many) times"
    r"|(?:a|one|two|three) (?:thirds?|fifths?|tenths?)"
    r"|(?:by|over|nearly|almost|about) a quarter|three[ -]quarters|\w+ in (?:two|three|four|five|ten|\d+)"
    r"|majority|most of|all but)\b",
    re.IGNORECASE,
)
_COLOUR = re.compile(r"\b(?:Green|Amber|Red|GREEN|AMBER|RED)\b")
_BEYOND = (_DENIED, _STATED, _SIZED, _COLOUR)
_ABOUT = re.compile(
    r"\b(?:around|about|approximately|approx\.?|roughly|circa|nearly|almost|some|over|under|above|below|at least"
    r"|at most|up to|(?:more|fewer|less|greater|higher|lower) than|just)\s*$|[~<>]\s*$",
    re.IGNORECASE,
)
_FROM_TO = re.compile(r"\bfrom\b(?P<from>[^;]{0,80}?)\bto\b(?P<to>[^;]{0,60})", re.IGNORECASE)


def states(sentence: str) -> bool:
    """Whether it claims something in words alone: that something doubled, was unchanged, is the lowest."""
    return _STATED.search(sentence) is not None


def denies(sentence: str) -> bool:
    """Whether it denies something."""
    return _DENIED.search(sentence) is not None


def beyond(sentence: str) -> tuple[str, ...]:
    """The words that say what nothing here can hold against the books."""
    return tuple(dict.fromkeys(found[0].lower() for pattern in _BEYOND for found in pattern.finditer(sentence)))


def is_about(before: str) -> bool:
    """Whether a number is only said to be near, or above or below; `before` is what stands right before it."""
    return _ABOUT.search(before) is not None


def is_from_to(sentence: str, first: str, last: str) -> bool:
    """Whether it says that something went from the one number to the other."""
    found = _FROM_TO.search(sentence)
    return found is not None and first in found["from"] and last in found["to"]

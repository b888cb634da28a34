"""What a change is counted from: the quarter before, the same time a year before, the month before."""

import re
from enum import StrEnum


class Base(StrEnum):
    """What a change is held against."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"


_WORDS = (
    (
        Base.YEAR,
        re.compile(
            r"\b(?:same|corresponding|equivalent|comparable) (?:quarter|qtr|period|months?|time|point)\b"
            r"|\b(?:last|previous|prior|preceding) (?:financial )?year\b|\byear[- ]on[- ]year\b"
            r"|\byear (?:before|ago|earlier|previously)\b|\b(?:on|over|against) the year\b",
            re.I,
        ),
    ),
    (
        Base.QUARTER,
        re.compile(
            r"\b(?:last|previous|prior|preceding) (?:quarter|qtr)\b|\bquarter[- ]on[- ]quarter\b"
            r"|\b(?:on|over|against) the quarter\b|\bquarter (?:before|earlier)\b",
            re.I,
        ),
    ),
    (Base.MONTH, re.compile(r"\b(?:last|previous|prior|preceding) month\b|\bmonth[- ]on[- ]month\b", re.I)),
)


def base_in(words: str) -> Base | None:
    """What the words say a change is counted from; None where they do not say."""
    return next((base for base, pattern in _WORDS if pattern.search(words)), None)

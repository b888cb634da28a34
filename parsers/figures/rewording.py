"""The same words, laid out for reading: digits for number words, lines for lists, a period before its figure."""

import re

from parsers.figures import (
    dates,
    listings,
    respective,
)
from parsers.figures.frame import Frame
from parsers.figures.measure_words import without_its_unit
from parsers.figures.quantities import in_digits
from parsers.figures.units import Kind


def in_readable_digits(frame: Frame, words: str) -> str:
    """Words with numbers in digits, changes with their sign, and bare where the unit asked for stands behind them."""
    signed = _SPACED_SIGN.sub("-", words) if frame.wanted.change else words
    title = frame.asked.title.lower()
    if "first time entrant" in title:
        signed = _ENTRANTS.sub("first time entrants", signed)
    if _OR_SHIFTS.search(title) and frame.wanted.kind is Kind.TIME:
        signed = _SHIFTS.sub("days", signed)
    return without_its_unit(in_digits(signed, frame.wanted.kind), frame.wanted)


_ENTRANTS = re.compile(r"(?<=\d )FTEs?\b")
"""Elsewhere full-time equivalents."""


_OR_SHIFTS = re.compile(r"\bdays? ?(?:/|or|and) ?shifts?\b|\bshifts? ?(?:/|or|and) ?days?\b|\bshifts lost\b")
_SHIFTS = re.compile(r"(?<=\d )shifts?\b", re.I)
"""What a fire service counts where others count days; only of a title that speaks of shifts."""


_SPACED_SIGN = re.compile(r"(?<== )- (?=£?\d)")
"""A sign that a space parts from the change it belongs to: "850 = - 50"."""


_LABEL_FIRST = re.compile(rf"\b(?P<label>target|actual) (?P<period>{dates.QUARTER})(?= ?[-:=])", re.I)
"""As in "Target Q4 - 98% Actual Q4 - 98.4%": a period is looked for before what is said for it."""


_YEAR_FIRST = re.compile(r"(?<![\w/-])(?P<year>(?:20)?\d\d[/-]\d\d) (?P<period>Q[1-4])\b", re.I)


def on_lines(words: str) -> str:
    """The same words with lists, shares and labels laid out, and no blanks around lines."""
    words = _LABEL_FIRST.sub(r"\g<period> \g<label>", respective.one_by_one(words))
    words = _YEAR_FIRST.sub(r"\g<period> \g<year>", words)
    lines = listings.in_sentences(words).strip().split("\n")
    return "\n".join(line.strip(" \t") for line in lines)

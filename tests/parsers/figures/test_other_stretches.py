"""A half-year or a year that is asked for in a quarter's round is read against its own months (RULES 5)."""

from datetime import date
from decimal import Decimal

import pytest

from collector.domain.indicator import Basis
from collector.domain.period import Quarter, Span
from collector.domain.submission import Asked, ReadingTask, ReadItem
from parsers.figures.reader import TextReader

Q2 = Quarter(2015, 2)
FIRST_HALF = Span(date(2015, 4, 1), date(2015, 9, 30))
SECOND_HALF = Span(date(2014, 10, 1), date(2015, 3, 31))
LAST_YEAR = Span(date(2014, 4, 1), date(2015, 3, 31))
ACADEMIC_YEAR = Span(date(2014, 9, 1), date(2015, 8, 31))


def read(text: str, covers: Span, basis: Basis = Basis.QUARTER) -> ReadItem:
    asked = Asked(1, "SM02", "Number of stop checks", "count", basis=basis, covers=covers)
    (item,) = TextReader().read(text, ReadingTask(str(Q2), Q2.span, (asked,), sent_on=date(2015, 10, 20))).items
    return item


@pytest.mark.parametrize(
    ("text", "covers", "basis"),
    [
        ("SM02: 4", FIRST_HALF, Basis.QUARTER),
        ("SM02: 4 (Apr to Sep)", FIRST_HALF, Basis.QUARTER),
        ("SM02 4 for April to September 2015", FIRST_HALF, Basis.QUARTER),
        ("SM02: 4 since April", FIRST_HALF, Basis.QUARTER),
        ("SM02: 4 (H1)", FIRST_HALF, Basis.QUARTER),
        ("SM02: 4 in the first half of 2015-16", FIRST_HALF, Basis.QUARTER),
        ("SM02: 4 (H2)", SECOND_HALF, Basis.QUARTER),
        ("SM02: 4 for the half-year", SECOND_HALF, Basis.QUARTER),
        ("SM02: 4 for 2014/15", LAST_YEAR, Basis.ANNUAL),
        ("SM02: 4 (2014-15)", LAST_YEAR, Basis.ANNUAL),
        ("SM02: 4 for Sep 2014 to Aug 2015", ACADEMIC_YEAR, Basis.ANNUAL),
        ("SM02: 4 in the academic year 2014/15", ACADEMIC_YEAR, Basis.ANNUAL),
    ],
)
def test_what_is_said_to_be_for_the_months_asked_for_is_certain(text: str, covers: Span, basis: Basis) -> None:
    item = read(text, covers, basis)
    assert item.certain
    assert item.candidates[0].value == Decimal(4)


@pytest.mark.parametrize(
    ("text", "covers", "basis"),
    [
        ("SM02: 4 (Jul to Sep)", FIRST_HALF, Basis.QUARTER),
        ("SM02: 4 in Q2", FIRST_HALF, Basis.QUARTER),
        ("SM02: 4 (H2)", FIRST_HALF, Basis.QUARTER),
        ("SM02: 4 (H1)", SECOND_HALF, Basis.QUARTER),
        ("SM02: 4 in 2015/16", LAST_YEAR, Basis.ANNUAL),
        ("SM02: 4, 2014/15", ACADEMIC_YEAR, Basis.ANNUAL),
    ],
)
def test_what_is_said_to_be_for_other_months_is_asked_about_by_the_months_wanted(
    text: str, covers: Span, basis: Basis
) -> None:
    item = read(text, covers, basis)
    assert not item.certain
    assert f"{covers} is asked for" in " ".join(item.doubts)

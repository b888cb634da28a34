"""The one grammar of days to come: what plans, orders and leave say, in the UK order."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.days import read_day, read_deadline

TODAY = date(2015, 10, 14)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("31 January", date(2016, 1, 31)),
        ("31st of January 2017", date(2017, 1, 31)),
        ("by 31/01/2016", date(2016, 1, 31)),
        ("2016-01-31", date(2016, 1, 31)),
        ("Friday", date(2015, 10, 16)),
        ("Mon 2 Nov", date(2015, 11, 2)),
        ("the end of January", date(2016, 1, 31)),
        ("end February 2016", date(2016, 2, 29)),
        ("December", date(2015, 12, 31)),
        ("March 2016.", date(2016, 3, 31)),
        ("October", date(2015, 10, 31)),
    ],
)
def test_a_deadline_is_the_last_day_of_what_is_named(words: str, day: date) -> None:
    assert read_deadline(words, TODAY) == day


@pytest.mark.parametrize("words", ["", "soon", "Q4", "31 February 2016", "early January", "Mon 3 Nov", "13/25", "2016"])
def test_what_names_no_day_is_none(words: str) -> None:
    assert read_deadline(words, TODAY) is None


@given(st.text(max_size=60), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_any_words_are_read_without_a_fault(words: str, today: date) -> None:
    read_day(words, today)
    read_deadline(words, today)

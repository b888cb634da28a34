from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.domain.period import Quarter, Span

quarters = st.builds(Quarter, st.integers(1950, 2150), st.integers(1, 4))


def test_a_quarter_is_always_shown_with_its_months() -> None:
    assert str(Quarter(2015, 2)) == "Q2 2015-16 (Jul to Sep 2015)"
    assert str(Quarter(2015, 4)) == "Q4 2015-16 (Jan to Mar 2016)"
    assert str(Quarter(1999, 1)) == "Q1 1999-00 (Apr to Jun 1999)"


@given(quarters)
def test_quarters_follow_one_another_without_a_gap(quarter: Quarter) -> None:
    assert quarter.next.previous == quarter
    assert (quarter.next.span.start - quarter.span.end).days == 1
    assert Quarter.parse(quarter.key) == quarter
    assert Quarter.containing(quarter.span.start) == Quarter.containing(quarter.span.end) == quarter
    assert quarter.last_year.span.start.year == quarter.span.start.year - 1


@given(quarters, quarters)
def test_keys_sort_as_time_does(one: Quarter, other: Quarter) -> None:
    if one.year // 100 == other.year // 100:
        assert (one < other) == (one.key < other.key)


@pytest.mark.parametrize("text", ["2015-17Q2", "2015Q2", "2015-16Q5", "Q2 2015-16", "", "2015-16Q2x"])
def test_what_is_no_quarter_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="2015-16Q2"):
        Quarter.parse(text)


def test_a_span_runs_forwards() -> None:
    with pytest.raises(ValueError, match="can't end"):
        Span(date(2015, 2, 1), date(2015, 1, 1))

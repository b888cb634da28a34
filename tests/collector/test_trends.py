"""Direction of travel, the year to date, the out-turn and half-years."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.domain.figure import FigureStatus, Reported
from collector.domain.indicator import Basis, Definition, Polarity, Unit
from collector.domain.period import Quarter, Span
from collector.domain.series import Series, Unknown
from collector.domain.target import Comparator, Profile, Target
from collector.trends import Total, Way, half_year, out_turn, to_date, travel
from tests.builders import Q2, define

Q1, Q3, Q4 = Quarter(2015, 1), Quarter(2015, 3), Quarter(2015, 4)
LAST = Q2.last_year


def measure(unit: Unit = Unit.COUNT, polarity: Polarity = Polarity.BIGGER, **more: Any) -> Definition:
    return define("X1", unit, polarity=polarity, **({"from_period": Quarter(2013, 1)} | more))


def said(period: Quarter, value: str | None, **more: Any) -> Reported:
    status = more.pop("status", FigureStatus.REPORTED)
    return Reported("X1", period, status, None if value is None else Decimal(value), **more)


def counts(period: Quarter, top: int, bottom: int) -> Reported:
    value = Decimal(100 * top) / bottom
    return said(period, f"{value:.0f}", numerator=Decimal(top), denominator=Decimal(bottom))


def series(definition: Definition, *figures: Reported) -> Series:
    return Series((definition,), {reported.period: reported for reported in figures})


def since(found: Series, period: Quarter = Q2) -> tuple[Way, Way]:
    before, last_year = travel(found, period)
    return before.way, last_year.way


def why(found: Total | Unknown) -> str:
    assert isinstance(found, Unknown), found
    return found.why


def total(found: Total | Unknown) -> Total:
    assert isinstance(found, Total), found
    return found


# Direction of travel


@pytest.mark.parametrize(
    ("polarity", "last", "before", "now", "ways"),
    [
        (Polarity.BIGGER, "90", "110", "100", (Way.WORSE, Way.BETTER)),
        (Polarity.SMALLER, "90", "110", "100", (Way.BETTER, Way.WORSE)),
        (Polarity.SMALLER, "100", "100", "100", (Way.NO_CHANGE, Way.NO_CHANGE)),
    ],
)
def test_a_figure_moves_as_its_polarity_says(
    polarity: Polarity, last: str, before: str, now: str, ways: tuple[Way, Way]
) -> None:
    figures = said(LAST, last), said(Q1, before), said(Q2, now)
    assert since(series(measure(polarity=polarity), *figures)) == ways


def test_both_figures_are_shown_with_their_quarter() -> None:
    found, _ = travel(series(measure(Unit.PERCENT, Polarity.SMALLER), counts(Q1, 20, 47), counts(Q2, 15, 52)), Q2)
    assert found.way is Way.BETTER
    assert found.why == "29% (15 of 52) against 43% (20 of 47) in Q1 2015-16 (Apr to Jun 2015)"


def test_counts_decide_where_rounded_percentages_are_alike() -> None:
    found, _ = travel(series(measure(Unit.PERCENT), counts(Q1, 1, 3), counts(Q2, 33, 100)), Q2)
    assert found.way is Way.WORSE


def test_a_percentage_without_its_counts_is_compared_as_it_was_given() -> None:
    assert since(series(measure(Unit.PERCENT), said(Q1, "33"), counts(Q2, 1, 3)))[0] is Way.NO_CHANGE


def test_a_movement_of_unconfirmed_polarity_is_neither_better_nor_worse() -> None:
    found, _ = travel(series(measure(polarity=Polarity.UNCONFIRMED), said(Q1, "1"), said(Q2, "2")), Q2)
    assert found.way is Way.UNKNOWN
    assert found.why.endswith("whether more or less is better has not been confirmed")


@pytest.mark.parametrize(
    ("before", "now", "way"), [("8", "9", Way.BETTER), ("8", "14", Way.WORSE), ("8", "12", Way.NO_CHANGE)]
)
def test_where_the_plan_is_best_nearer_to_it_is_better(before: str, now: str, way: Way) -> None:
    plan = measure(polarity=Polarity.PLAN, target=Target(Comparator.EXACTLY, "10", Decimal(10)))
    assert since(series(plan, said(Q1, before), said(Q2, now)))[0] is way


MARCH = Span(date(2015, 4, 1), date(2015, 5, 31))


@pytest.mark.parametrize(
    ("definition", "before", "now", "told"),
    [
        (measure(), None, said(Q2, "1"), "there is no figure for Q1 2015-16 (Apr to Jun 2015)"),
        (
            measure(),
            said(Q1, None, status=FigureStatus.NOT_AVAILABLE),
            said(Q2, "1"),
            "there is no figure for Q1 2015-16 (Apr to Jun 2015): not available",
        ),
        (measure(), said(Q1, None, status=FigureStatus.NIL_RETURN), said(Q2, "1"), "nil return"),
        (measure(), said(Q1, "1"), said(Q2, None, status=FigureStatus.AWAITING_RELEASE), "awaiting release"),
        (measure(), said(Q1, "1"), said(Q2, "1", basis=Basis.TO_DATE), "is for the quarter, the one for Q2"),
        (measure(), said(Q1, "1", basis=Basis.TO_DATE), said(Q2, "1", basis=Basis.TO_DATE), "grows through the year"),
        (measure(), said(Q1, "1", reference=MARCH), said(Q2, "1"), "cover other days"),
        (measure(from_period=Q2), said(Q1, "1"), said(Q2, "1"), "nothing was asked for in Q1 2015-16"),
    ],
)
def test_honest_what_is_not_alike_is_not_compared(
    definition: Definition, before: Reported | None, now: Reported, told: str
) -> None:
    found, _ = travel(series(definition, *([before] if before else []), now), Q2)
    assert found.way is Way.UNKNOWN
    assert told in found.why


def test_honest_nothing_is_compared_across_a_break_or_another_unit() -> None:
    old = measure(from_period=Quarter(2013, 1))
    figures = {Q1: said(Q1, "5"), Q2: said(Q2, "4")}
    broken = measure(from_period=Q2, comparable_with_previous=False, why="Counted per victim")
    before, _ = travel(Series((old, broken), figures), Q2)
    assert before.why == "it has meant something else since Q2 2015-16 (Jul to Sep 2015) (Counted per victim)"
    other = measure(Unit.PERCENT, from_period=Q2)
    before, _ = travel(Series((old, other), figures), Q2)
    assert before.why == "it was counted in another unit in Q1 2015-16 (Apr to Jun 2015)"


def test_a_new_definition_that_stays_comparable_breaks_nothing() -> None:
    renamed = measure(from_period=Q2, title="New title")
    found, _ = travel(Series((measure(), renamed), {Q1: said(Q1, "5"), Q2: said(Q2, "6")}), Q2)
    assert found.way is Way.BETTER


def test_a_provisional_figure_is_compared_and_says_so() -> None:
    found, _ = travel(series(measure(), said(Q1, "5"), said(Q2, "6", status=FigureStatus.PROVISIONAL)), Q2)
    assert found.way is Way.BETTER
    assert "6, provisional" in found.why


def test_figures_to_date_are_compared_with_the_same_stretch_of_last_year() -> None:
    figures = said(LAST, "10", basis=Basis.TO_DATE), said(Q2, "12", basis=Basis.TO_DATE)
    _, found = travel(series(measure(basis=Basis.TO_DATE), *figures), Q2)
    assert found.way is Way.BETTER


# The year to date and the out-turn


def test_counts_add_up_through_the_year() -> None:
    found = total(to_date(series(measure(), said(Q1, "135"), said(Q2, "153")), Q2))
    assert (found.value, found.words) == (Decimal(288), "135 + 153 = 288")


def test_a_figure_to_date_stands_for_the_quarters_before_it() -> None:
    found = series(measure(), said(Q2, "288", basis=Basis.TO_DATE), said(Q3, "100"))
    assert total(to_date(found, Q2)).value == 288
    assert total(to_date(found, Q3)).value == 388


@pytest.mark.parametrize(
    ("unit", "figures", "told"),
    [
        (Unit.COUNT, (said(Q2, "1"),), "there is no figure for Q1 2015-16"),
        (Unit.COUNT, (said(Q1, "1", reference=MARCH), said(Q2, "1")), "covers 1 Apr 2015 to 31 May 2015"),
        (Unit.COUNT, (said(Q1, "1", basis=Basis.CALENDAR_YEAR), said(Q2, "1")), "calendar year is not added up"),
        (Unit.RATE_PER_100K, (said(Q1, "1"), said(Q2, "1")), "figures in rate per 100k are not added up"),
        (
            Unit.PERCENT,
            (said(Q1, "43"), counts(Q2, 15, 52)),
            "no counts for Q1 2015-16 (Apr to Jun 2015), no to-date figure: percentages are never averaged",
        ),
    ],
)
def test_honest_what_can_not_be_added_up_is_said(unit: Unit, figures: tuple[Reported, ...], told: str) -> None:
    assert told in why(to_date(series(measure(unit), *figures), Q2))


def test_the_out_turn_of_a_count_says_how_it_was_projected() -> None:
    found = total(out_turn(series(measure(), said(Q1, "135"), said(Q2, "153")), Q2))
    assert (found.value, found.words) == (
        Decimal(576),
        "135 + 153 = 288; 576 for the year at the same pace every quarter",
    )


def test_an_approved_profile_projects_instead_of_equal_quarters() -> None:
    points = tuple(map(Decimal, (20, 40, 70, 100)))
    for approver, value in (("SEG", 720), ("", 576)):
        target = Target(Comparator.AT_LEAST, "600", Decimal(600), per_year=True, profile=Profile(points, approver))
        found = series(measure(target=target), said(Q1, "135"), said(Q2, "153"))
        assert total(out_turn(found, Q2)).value == value


def test_a_percentage_is_projected_from_its_counts_only() -> None:
    found = series(measure(Unit.PERCENT), counts(Q1, 20, 47), counts(Q2, 15, 52))
    assert total(out_turn(found, Q2)).words == "35.4% (35 of 99), if the year goes on like this"
    assert why(out_turn(series(measure(Unit.PERCENT), said(Q1, "43")), Q1)) == "no counts, no out-turn"


def test_at_the_years_end_the_out_turn_is_the_year() -> None:
    figures = [said(quarter, "10") for quarter in (Q1, Q2, Q3, Q4)]
    assert total(out_turn(series(measure(), *figures), Q4)).value == 40


# Half-years (RULES 2)


def test_a_half_year_of_a_percentage_is_the_sum_of_its_counts() -> None:
    found = total(half_year(series(measure(Unit.PERCENT), counts(Q1, 20, 47), counts(Q2, 15, 52)), 2015, 1))
    assert (found.numerator, found.denominator) == (Decimal(35), Decimal(99))
    assert found.words == "35.4% (35 of 99)"


def test_no_counts_no_half_year_figure() -> None:
    found = half_year(series(measure(Unit.PERCENT), counts(Q1, 20, 47), said(Q2, "28.8")), 2015, 1)
    assert why(found) == (
        "no counts for Q2 2015-16 (Jul to Sep 2015), no half-year figure: percentages are never averaged"
    )


def test_a_figure_to_date_is_the_first_half_and_never_yields_the_second() -> None:
    figures = said(Q2, "288", basis=Basis.TO_DATE), said(Q3, "100"), said(Q4, "500", basis=Basis.TO_DATE)
    assert total(half_year(series(measure(), *figures), 2015, 1)).value == 288
    assert "nothing is taken away from one" in why(half_year(series(measure(), *figures), 2015, 2))


pairs = st.tuples(st.integers(0, 500), st.integers(1, 500)).map(lambda pair: (min(pair), max(pair)))


@given(pairs, pairs)
def test_a_half_year_lies_between_its_quarters_and_equals_the_sum_of_counts(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    found = total(half_year(series(measure(Unit.PERCENT), counts(Q1, *one), counts(Q2, *other)), 2015, 1))
    assert (found.numerator, found.denominator) == (Decimal(one[0] + other[0]), Decimal(one[1] + other[1]))
    ends = sorted(Decimal(100 * top) / bottom for top, bottom in (one, other))
    hair = Decimal("1e-20")
    assert ends[0] - hair <= found.value <= ends[1] + hair


@given(st.lists(st.integers(0, 10_000), min_size=4, max_size=4))
def test_the_year_is_the_sum_of_its_halves(values: list[int]) -> None:
    found = series(
        measure(), *(said(quarter, str(value)) for quarter, value in zip((Q1, Q2, Q3, Q4), values, strict=True))
    )
    halves = [total(half_year(found, 2015, half)).value for half in (1, 2)]
    assert total(to_date(found, Q4)).value == sum(halves) == sum(values)


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_what_is_better_one_way_is_worse_the_other(before: int, now: int) -> None:
    figures = said(Q1, str(before)), said(Q2, str(now))
    up, down = (since(series(measure(polarity=p), *figures))[0] for p in (Polarity.BIGGER, Polarity.SMALLER))
    assert {up, down} in ({Way.BETTER, Way.WORSE}, {Way.NO_CHANGE})

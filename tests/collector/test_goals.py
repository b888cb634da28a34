"""Targets that stand on a base, build up through a year, or come from elsewhere; and milestones."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from collector.assessment import judge
from collector.domain.figure import FigureStatus, Reported
from collector.domain.indicator import Basis, Definition, Polarity, Unit
from collector.domain.period import Quarter, Span
from collector.domain.rag import Judgement, Rag
from collector.domain.series import Series
from collector.domain.target import Against, Base, Comparator, Deviation, Profile, Target
from tests.builders import Q2, define

Q1, Q3, Q4 = Quarter(2015, 1), Quarter(2015, 3), Quarter(2015, 4)
LAST = Q2.last_year
START = Quarter(2013, 1)


def counted(target: Target, polarity: Polarity = Polarity.SMALLER, **more: Any) -> Definition:
    return define("X1", Unit.COUNT, target, polarity=polarity, **({"from_period": START} | more))


def figure(period: Quarter, value: str, **more: Any) -> Reported:
    return Reported("X1", period, FigureStatus.REPORTED, Decimal(value), **more)


def judged(definition: Definition, figures: Mapping[Quarter, str], period: Quarter = Q2, **more: Any) -> Judgement:
    """The last figure's colour, with the others as history."""
    held = {quarter: figure(quarter, value) for quarter, value in figures.items()}
    return judge(definition, figure(period, figures[period], **more), Series((definition,), held))


def change(size: str, base: Base, **more: Any) -> Target:
    against = {name: more.pop(name) for name in ("absolute", "value", "name") if name in more}
    return Target(Comparator.CHANGE, "the plan's words", Decimal(size), against=Against(base, **against), **more)


# Change on a base (RULES 11)

YEAR = {Q1.last_year: "100", LAST: "100", Q1: "90", Q2: "98"}


@pytest.mark.parametrize(
    ("target", "figures", "why"),
    [
        (
            change("-5", Base.LAST_YEAR),
            YEAR,
            "Amber: 98 misses the target, at most 95 (5% below 100 in Q2 2014-15 (Jul to Sep 2014)),"
            " by no more than the tolerance (to 99.75).",
        ),
        (
            change("-5", Base.LAST_YEAR_TO_DATE),
            YEAR,
            "Green: 188 to date (90 + 98 = 188) meets the target, at most 190 (5% below 200 in the same period of"
            " 2014-15).",
        ),
        (
            change("-5", Base.PREVIOUS_QUARTER),
            YEAR,
            "Red: 98 misses the target, at most 85.5 (5% below 90 in Q1 2015-16 (Apr to Jun 2015)), and its tolerance"
            " (to 89.78).",
        ),
        (
            change("-2", Base.LAST_YEAR, absolute=True),
            YEAR,
            "Green: 98 meets the target, at most 98 (2 below 100 in Q2 2014-15 (Jul to Sep 2014)).",
        ),
        (
            change("-10", Base.BASELINE, value=Decimal(110), name="2013 average"),
            YEAR,
            "Green: 98 meets the target, at most 99 (10% below the 2013 average of 110).",
        ),
        (
            Target(Comparator.BELOW, "better", against=Against(Base.LAST_YEAR)),
            YEAR,
            "Green: 98 meets the target, below 100 (that is 100 in Q2 2014-15 (Jul to Sep 2014)).",
        ),
        (
            change("0", Base.LAST_YEAR),
            YEAR,
            "Green: 98 meets the target, at most 100 (no change on 100 in Q2 2014-15 (Jul to Sep 2014)).",
        ),
    ],
)
def test_a_change_is_judged_against_its_base_with_the_arithmetic(
    target: Target, figures: Mapping[Quarter, str], why: str
) -> None:
    assert judged(counted(target), figures).why == why


@pytest.mark.parametrize(
    ("target", "figures", "why"),
    [
        (change("-5", Base.LAST_YEAR), {Q2: "98"}, "no base: there is no figure for Q2 2014-15"),
        (change("-5", Base.PREVIOUS_QUARTER), {Q2: "98"}, "no base: there is no figure for Q1 2015-16"),
        (
            change("-5", Base.LAST_YEAR_TO_DATE),
            {LAST: "9", Q1: "1", Q2: "1"},
            "no base: there is no figure for Q1 2014",
        ),
        (change("-5", Base.BASELINE, name="2013 average"), YEAR, "no base: the 2013 average has no figure"),
        (Target(Comparator.CHANGE, "5% less", Decimal(-5)), YEAR, "not one figure to compare with"),
    ],
)
def test_honest_without_a_base_there_is_no_colour(target: Target, figures: Mapping[Quarter, str], why: str) -> None:
    found = judged(counted(target), figures)
    assert found.rag is None
    assert why in found.why


def test_honest_a_break_in_the_series_leaves_no_base() -> None:
    before = counted(change("-5", Base.LAST_YEAR))
    after = counted(
        change("-5", Base.LAST_YEAR), from_period=Q1, comparable_with_previous=False, why="Counted per victim"
    )
    series = Series((before, after), {LAST: figure(LAST, "100")})
    found = judge(after, figure(Q2, "90"), series)
    assert found.why == (
        "No colour: there is no base: it has meant something else since Q1 2015-16 (Apr to Jun 2015)"
        " (Counted per victim)."
    )


# Yearly targets (RULES 10)

HALVES = Profile((Decimal(20), Decimal(50), Decimal(80), Decimal(100)), "SEG")


def yearly(**more: Any) -> Definition:
    given_: dict[str, Any] = {"wording": "340", "value": Decimal(340), "per_year": True, "profile": HALVES} | more
    return counted(Target(Comparator.AT_LEAST, **given_), Polarity.BIGGER)


def test_a_yearly_target_is_judged_to_date_along_its_profile() -> None:
    assert judged(yearly(), {Q1: "80", Q2: "92"}).why == (
        "Green: 172 to date (80 + 92 = 172) meets the target, at least 170 (50% of the year's 340 by 30 Sep 2015)."
    )
    assert judged(yearly(), {Q1: "80", Q2: "82"}).rag is Rag.AMBER
    assert judged(yearly(), {Q1: "80", Q2: "81"}).rag is Rag.RED


def test_a_yearly_span_is_narrowed_along_its_profile() -> None:
    span = Target(Comparator.BETWEEN, "x", Decimal(300), Decimal(340), per_year=True, profile=HALVES)
    assert judged(counted(span, Polarity.PLAN), {Q1: "80", Q2: "80"}).why == (
        "Green: 160 to date (80 + 80 = 160) meets the target, between 150 and 170 (50% of the year's 300 to 340 by"
        " 30 Sep 2015)."
    )


def test_a_profile_of_values_says_the_same_as_one_of_shares() -> None:
    values = Profile((Decimal(68), Decimal(170), Decimal(272), Decimal(340)), "SEG")
    figures = {Q1: "80", Q2: "92"}
    assert judged(yearly(profile=values), figures) == judged(yearly(), figures)


def test_a_tolerance_for_the_year_grows_along_the_profile() -> None:
    assert judged(yearly(tolerance=Decimal(20)), {Q1: "80", Q2: "80"}).rag is Rag.AMBER
    assert judged(yearly(tolerance=Decimal(20)), {Q1: "80", Q2: "79"}).rag is Rag.RED


@pytest.mark.parametrize(
    ("profile", "why"),
    [
        (None, "no profile is approved; 172 to date (80 + 92 = 172)."),
        (Profile(HALVES.points), "its profile has not been approved; 172 to date (80 + 92 = 172)."),
    ],
)
def test_honest_without_an_approved_profile_a_yearly_target_gives_no_colour(profile: Profile | None, why: str) -> None:
    found = judged(yearly(profile=profile), {Q1: "80", Q2: "92"})
    assert found.rag is None
    assert found.why == f"No colour: the target, \u201c340\u201d, is for the whole year, and {why}"


def test_at_the_years_end_the_whole_target_is_due_and_needs_no_profile() -> None:
    figures = {Q1: "80", Q2: "90", Q3: "90", Q4: "80"}
    assert judged(yearly(profile=None), figures, Q4).rag is Rag.GREEN
    assert judged(yearly(profile=None), {**figures, Q4: "60"}, Q4).rag is Rag.RED


def test_a_missing_quarter_leaves_the_year_to_date_without_a_colour() -> None:
    assert judged(yearly(), {Q2: "92"}).why == "No colour: there is no figure for Q1 2015-16 (Apr to Jun 2015)."


def test_a_figure_reported_to_date_is_the_year_so_far() -> None:
    found = judged(yearly(), {Q2: "172"}, basis=Basis.TO_DATE)
    assert found.rag is Rag.GREEN


def test_a_reduction_over_the_year_is_due_along_the_profile_on_last_year_to_date() -> None:
    target = change("-5", Base.LAST_YEAR_TO_DATE, absolute=True, per_year=True, profile=HALVES)
    assert judged(counted(target), {Q1.last_year: "12", LAST: "16", Q1: "11", Q2: "14"}).why == (
        "Green: 25 to date (11 + 14 = 25) meets the target, at most 25.5 (2.5 below 28 in the same period of 2014-15;"
        " 50% of the year's change by 30 Sep 2015)."
    )


def test_a_third_of_a_year_is_exactly_a_third() -> None:
    thirds = Profile((Decimal(1), Decimal(1), Decimal(2), Decimal(3)), "SEG")
    target = Target(Comparator.AT_MOST, "3", Decimal(3), per_year=True, profile=thirds, tolerance=Decimal(0))
    assert judged(counted(target), {Q1: "1", Q2: "0"}).rag is Rag.GREEN


def casualties(value: str, period: Quarter, target: Target, last_year: str = "") -> Judgement:
    definition = counted(target, basis=Basis.CALENDAR_YEAR)
    before = [figure(period.last_year, last_year, basis=Basis.CALENDAR_YEAR)] if last_year else []
    series = Series((definition,), {reported.period: reported for reported in before})
    return judge(definition, figure(period, value, basis=Basis.CALENDAR_YEAR), series)


def test_a_calendar_years_figure_is_judged_when_its_year_is_over() -> None:
    target = Target(Comparator.AT_MOST, "52", Decimal(52), per_year=True, profile=HALVES)
    assert casualties("50", Q2, target).why.endswith("is for the whole year, and the calendar year is not over; 50.")
    assert casualties("50", Q3, target).rag is Rag.GREEN


def test_a_calendar_years_change_is_judged_against_the_same_part_of_the_year_before() -> None:
    target = change("-5", Base.LAST_YEAR_TO_DATE)
    assert casualties("38", Q2, target, "40").why == (
        "Green: 38 meets the target, at most 38 (5% below 40 in Q2 2014-15 (Jul to Sep 2014))."
    )


def test_a_figure_for_the_whole_year_needs_no_profile() -> None:
    definition = counted(
        Target(Comparator.AT_LEAST, "1", Decimal(1), per_year=True), Polarity.BIGGER, basis=Basis.ANNUAL
    )
    year = Span(date(2015, 4, 1), date(2016, 3, 31))
    assert judge(definition, figure(Q2, "1", basis=Basis.ANNUAL, reference=year)).rag is Rag.GREEN
    other = Span(date(2014, 4, 1), date(2015, 3, 31))
    assert "covers" in judge(definition, figure(Q2, "1", basis=Basis.ANNUAL, reference=other)).why


# Benchmarks, unclear wordings, exact targets, deviations


@pytest.mark.parametrize(
    ("target", "why"),
    [
        (
            Target(Comparator.BELOW, "28, CAADA", Decimal(28), benchmark="CAADA", confirmed=False),
            "the benchmark, \u201c28, CAADA\u201d, is context; nobody has confirmed it as the target",
        ),
        (Target(Comparator.BELOW, "x", benchmark="national average"), "the benchmark (national average) has no figure"),
        (
            Target(Comparator.NOT_UNDERSTOOD, "Maintain", note="it does not say at what level", confirmed=False),
            "what the target, \u201cMaintain\u201d, means is not understood: it does not say at what level",
        ),
        (Target(Comparator.AWAITING, "tbc"), "the figure of the target, \u201ctbc\u201d, is still awaited"),
    ],
)
def test_honest_what_is_only_context_or_unclear_gives_no_colour(target: Target, why: str) -> None:
    assert judged(counted(target), {Q2: "20"}).why == f"No colour: {why}."


def test_a_confirmed_benchmark_is_a_target() -> None:
    assert judged(counted(Target(Comparator.BELOW, "28", Decimal(28), benchmark="CAADA")), {Q2: "20"}).rag is Rag.GREEN


@pytest.mark.parametrize(
    ("value", "colour"), [("100", Rag.GREEN), ("105", Rag.AMBER), ("95", Rag.AMBER), ("94", Rag.RED)]
)
def test_exactly_is_missed_on_either_side(value: str, colour: Rag) -> None:
    target = Target(Comparator.EXACTLY, "100", Decimal(100))
    assert judged(counted(target, Polarity.PLAN), {Q2: value}).rag is colour


def test_an_accepted_deviation_is_named_and_changes_no_colour_until_it_ends() -> None:
    accepted = Deviation(date(2015, 9, 30), "SEG", "new recording system")
    target = Target(Comparator.AT_MOST, "10", Decimal(10), deviation=accepted)
    found = judged(counted(target), {Q2: "20"})
    assert found.rag is Rag.RED
    assert found.why.endswith("; accepted by SEG until 30 Sep 2015: new recording system.")
    assert "accepted" not in judged(counted(target), {Q3: "20"}, Q3).why
    assert "accepted" not in judged(counted(target), {Q2: "9"}).why


def test_a_value_that_only_rounding_makes_equal_to_its_limit_is_shown_with_more_digits() -> None:
    definition = define("X1", Unit.PERCENT, Target(Comparator.AT_MOST, "28%", Decimal(28)), polarity=Polarity.SMALLER)
    found = judge(definition, figure(Q2, "28", numerator=Decimal(281), denominator=Decimal(1003)))
    assert found.why.startswith("Amber: 28.02% misses the target, at most 28%")


def test_the_years_own_days_are_the_right_days_for_a_figure_to_date() -> None:
    target = Target(Comparator.BELOW, "< 275", Decimal(275))
    definition = define("X1", Unit.RATE_PER_100K, target, polarity=Polarity.SMALLER, basis=Basis.TO_DATE)
    days = Span(date(2015, 4, 1), date(2015, 9, 30))
    assert judge(definition, figure(Q2, "270", basis=Basis.TO_DATE, reference=days)).rag is Rag.GREEN
    other = Span(date(2015, 4, 1), date(2015, 8, 31))
    assert "covers" in judge(definition, figure(Q2, "270", basis=Basis.TO_DATE, reference=other)).why


# Milestones


def milestone(note: str, due: date | None = None) -> Judgement:
    definition = define("X1", Unit.MILESTONE, Target(Comparator.MILESTONE, "Tender let", due=due))
    return judge(definition, Reported("X1", Q2, FigureStatus.NARRATIVE, note=note))


@pytest.mark.parametrize(
    ("note", "colour", "why"),
    [
        (
            "Met: contract signed on 3 August. More follows.",
            Rag.GREEN,
            "is met: \u201ccontract signed on 3 August\u201d",
        ),
        ("On track: bids are in", Rag.GREEN, "is on track: \u201cbids are in\u201d"),
        ("At risk - no bidder yet", Rag.AMBER, "is at risk: \u201cno bidder yet\u201d"),
        ("Missed. The bidder withdrew.", Rag.RED, "is missed: \u201cThe bidder withdrew\u201d"),
        ("Not met: the bidder withdrew", Rag.RED, "is missed"),
    ],
)
def test_a_milestone_has_the_colour_that_its_sender_gives_a_reason_for(note: str, colour: Rag, why: str) -> None:
    found = milestone(note)
    assert found.rag is colour
    assert found.why.startswith(f"{colour.word}: the milestone ")
    assert why in found.why


@pytest.mark.parametrize(
    ("note", "why"),
    [
        ("On track", "\u201con track\u201d is said without a reason"),
        ("Met with partners in August", "a progress note"),
        ("Met, and discussed", "a progress note"),
        ("The tender is on track", "a progress note"),
        ("", "a progress note"),
    ],
)
def test_never_guessed_a_note_that_is_no_statement_gives_a_milestone_no_colour(note: str, why: str) -> None:
    found = milestone(note)
    assert found.rag is None
    assert why in found.why


def test_a_milestone_that_is_not_met_by_its_day_is_missed_whatever_the_note_hopes() -> None:
    assert milestone("On track: nearly there", date(2015, 9, 30)).why == (
        "Red: the milestone was due on 30 Sep 2015 and is not met."
    )
    assert milestone("On track: nearly there", date(2015, 10, 1)).rag is Rag.GREEN
    assert milestone("Met: signed", date(2015, 8, 1)).rag is Rag.GREEN


# What holds for any figures

ORDER = {Rag.RED: 0, Rag.AMBER: 1, Rag.GREEN: 2}
values = st.decimals(0, 200, places=2)
bigger = st.sampled_from([Comparator.AT_LEAST, Comparator.ABOVE])
smaller = st.sampled_from([Comparator.AT_MOST, Comparator.BELOW])


@given(bigger | smaller, st.decimals(1, 150, places=1), values, values, st.none() | st.decimals(0, 20, places=1))
def test_a_better_value_never_has_a_worse_colour(
    comparator: Comparator, limit: Decimal, one: Decimal, other: Decimal, tolerance: Decimal | None
) -> None:
    up = comparator in (Comparator.AT_LEAST, Comparator.ABOVE)
    target = Target(comparator, "limit", limit, tolerance=tolerance)
    definition = counted(target, Polarity.BIGGER if up else Polarity.SMALLER)
    worse, better = sorted((one, other), reverse=not up)
    colours = [judge(definition, figure(Q2, str(value))).rag for value in (worse, better)]
    assert colours[0] is not None
    assert colours[1] is not None
    assert ORDER[colours[0]] <= ORDER[colours[1]]


@given(st.integers(-90, -1), st.integers(1, 500), st.integers(0, 500))
def test_a_change_in_per_cent_is_the_same_as_the_limit_it_comes_to(percent: int, base: int, value: int) -> None:
    limit = Decimal(base) * (100 + percent) / 100
    assume(limit > 0)
    plain = counted(Target(Comparator.AT_MOST, "limit", limit))
    changed = counted(change(str(percent), Base.LAST_YEAR))
    found = judged(changed, {LAST: str(base), Q2: str(value)})
    assert found.rag is judge(plain, figure(Q2, str(value))).rag


# What can't be


@pytest.mark.parametrize(
    ("target", "polarity", "base", "why"),
    [
        (
            change("-5", Base.LAST_YEAR),
            Polarity.SMALLER,
            "0",
            "the change is in per cent, and the base is 0 in Q2 2014-15",
        ),
        (
            change("5", Base.LAST_YEAR),
            Polarity.BIGGER,
            "0",
            "the change is in per cent, and the base is 0 in Q2 2014-15",
        ),
        (
            change("-5", Base.LAST_YEAR, absolute=True),
            Polarity.SMALLER,
            "3",
            "no figure can be at most -2 (5 below 3 in Q2 2014-15 (Jul to Sep 2014))",
        ),
        (
            Target(Comparator.BELOW, "better", against=Against(Base.LAST_YEAR)),
            Polarity.SMALLER,
            "0",
            "no figure can be below 0 (that is 0 in Q2 2014-15 (Jul to Sep 2014))",
        ),
    ],
)
def test_no_colour_where_the_base_leaves_nothing_to_reach(
    target: Target, polarity: Polarity, base: str, why: str
) -> None:
    found = judged(counted(target, polarity), {LAST: base, Q2: "0"})
    assert found.rag is None
    assert why in found.why


def test_no_change_on_a_base_of_nothing_can_be_met() -> None:
    assert judged(counted(change("0", Base.LAST_YEAR)), {LAST: "0", Q2: "0"}).rag is Rag.GREEN


def test_no_percentage_is_asked_to_be_above_a_hundred() -> None:
    definition = define(
        "X1",
        Unit.PERCENT,
        change("5", Base.LAST_YEAR, absolute=True),
        polarity=Polarity.BIGGER,
        from_period=START,
    )
    assert "no figure can be at least 103%" in judged(definition, {LAST: "98", Q2: "99"}).why


def test_a_percentage_to_date_is_said_with_its_own_counts_and_those_are_what_may_be_small() -> None:
    definition = define(
        "X1", Unit.PERCENT, change("-5", Base.LAST_YEAR_TO_DATE), polarity=Polarity.SMALLER, from_period=START
    )

    def counts(period: Quarter, top: int, bottom: int) -> Reported:
        value = round(Decimal(100 * top) / bottom, 1)
        return figure(period, str(value), numerator=Decimal(top), denominator=Decimal(bottom))

    held = {Q1.last_year: counts(Q1.last_year, 20, 47), LAST: counts(LAST, 15, 52), Q1: counts(Q1, 10, 40)}
    assert judge(definition, counts(Q2, 2, 8), Series((definition,), held)).why == (
        "Green: 25% to date (12 of 48) meets the target, at most 33.59% (5% below 35.4% in the same period of 2014-15)."
    )


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (Target(Comparator.AT_MOST, "52 a year", Decimal(52), per_year=True), "No colour: "),
        (Target(Comparator.AT_MOST, "52 a year", Decimal(52), per_year=True, profile=HALVES), "Red: "),
    ],
)
def test_a_yearly_limit_that_is_passed_already_is_said_to_be_lost(target: Target, said: str) -> None:
    why = judged(counted(target), {Q1: "30", Q2: "30"}).why
    assert why.startswith(said)
    assert "; the year's 52 can no longer be met" in why


def test_a_yearly_limit_that_can_still_be_kept_is_not_said_to_be_lost() -> None:
    target = Target(Comparator.AT_MOST, "52 a year", Decimal(52), per_year=True)
    assert "no longer" not in judged(counted(target), {Q1: "30", Q2: "22"}).why


# A year before, as the books hold it

LAST_YEAR = {Quarter(2014, number): "20" for number in (1, 2, 3, 4)}


def on_last_year(**more: Any) -> Target:
    return change("-5", Base.BASELINE, name="2014/15 figure", **more)


def test_a_year_that_the_books_hold_is_the_base_of_a_target_for_the_year() -> None:
    definition = counted(on_last_year(per_year=True, profile=HALVES))
    assert judged(definition, {**LAST_YEAR, Q1: "18", Q2: "19"}).why == (
        "Green: 37 to date (18 + 19 = 37) meets the target, at most 38 (5% below the 2014/15 figure of 80"
        " (20 + 20 + 20 + 20 = 80); 50% of the year's figure by 30 Sep 2015)."
    )


@pytest.mark.parametrize(
    ("target", "figures", "why"),
    [
        (
            on_last_year(per_year=True, profile=HALVES),
            {Q1: "18"},
            "there is no figure for Q4 2014-15 (Jan to Mar 2015)",
        ),
        (on_last_year(), LAST_YEAR, "a year's and the target a quarter's"),
        (change("-5", Base.BASELINE, name="2015/16 figure", per_year=True, profile=HALVES), {Q1: "18"}, "is not over"),
        (change("-5", Base.BASELINE, name="2014/15 average"), LAST_YEAR, "the 2014/15 average has no figure"),
        (change("-5", Base.BASELINE, name="2014/17 figure"), LAST_YEAR, "the 2014/17 figure has no figure"),
    ],
)
def test_no_colour_on_a_year_that_the_books_do_not_hold(target: Target, figures: dict[Quarter, str], why: str) -> None:
    found = judged(counted(target), {**figures, Q2: "19"})
    assert found.rag is None
    assert why in found.why

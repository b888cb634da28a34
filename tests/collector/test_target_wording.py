"""The wording of a plan: what it would mean, and what nobody can know from it."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.domain.indicator import Basis, Polarity, Rhythm, Unit
from collector.domain.target import Against, Base, Comparator, Target
from collector.target_sentences import sentence
from collector.target_wording import Row, propose

PERCENT_UP, PERCENT_DOWN = Row(Unit.PERCENT, Polarity.BIGGER), Row(Unit.PERCENT, Polarity.SMALLER)
COUNT_UP, COUNT_DOWN = Row(Unit.COUNT, Polarity.BIGGER), Row(Unit.COUNT, Polarity.SMALLER)
COUNT_OPEN = Row(Unit.COUNT, Polarity.UNCONFIRMED)
CHANGE = Row(Unit.CHANGE_PERCENT, Polarity.SMALLER)

UNDERSTOOD = [
    ("Below 28%", PERCENT_DOWN, "Below 28%."),
    ("< 50%", PERCENT_DOWN, "Below 50%."),
    ("Less than 50 per cent", PERCENT_DOWN, "Below 50%."),
    ("Above 80%", PERCENT_UP, "Above 80%."),
    ("85%", PERCENT_UP, "At least 85%."),
    ("11.7%", PERCENT_DOWN, "At most 11.7%."),
    ("85% or more", PERCENT_UP, "At least 85%."),
    ("28% or less", PERCENT_DOWN, "At most 28%."),
    ("Maintain at 90%", PERCENT_UP, "At least 90%."),
    ("between 90 and 95%", PERCENT_UP, "Between 90% and 95%."),
    ("Exactly 4", COUNT_UP, "Exactly 4, each quarter."),
    ("At least 12 a quarter", COUNT_UP, "At least 12, each quarter."),
    ("No more than 340", COUNT_DOWN, "At most 340, each quarter."),
    ("10 per year", COUNT_UP, "At least 10, over the year."),
    ("Two programmes a year", COUNT_UP, "At least 2, over the year."),
    ("1,200 a year", COUNT_UP, "At least 1,200, over the year."),
    ("100 practitioners", COUNT_UP, "At least 100, each quarter."),
    ("150 (target figure from OASIS)", COUNT_UP, "At least 150, each quarter."),
    ("At most 10 minutes", Row(Unit.MINUTES, Polarity.SMALLER), "At most 10 minutes."),
    ("Below 275 per 100,000", Row(Unit.RATE_PER_100K, Polarity.SMALLER), "Below 275 per 100,000."),
    # RULES 11: a percentage by itself is to date against the same period last year.
    ("5% reduction", COUNT_DOWN, "At least 5% lower than the same period last year, to date."),
    ("5.71% reduction per year", COUNT_DOWN, "At least 5.71% lower than the same period last year, to date."),
    ("10% increase on last year", COUNT_UP, "At least 10% higher than the same period last year, to date."),
    ("Reduce thefts by 10% on the previous quarter", COUNT_DOWN, "At least 10% lower than the previous quarter."),
    ("5% fewer than the same quarter last year", COUNT_DOWN, "At least 5% lower than the same quarter last year."),
    (
        "A reduction of 5 casualties a year",
        COUNT_DOWN,
        "At least 5 lower than the same period last year, to date, over the year.",
    ),
    ("3 fewer than the previous quarter", COUNT_DOWN, "At least 3 lower than the previous quarter."),
    (
        "Reduce by 5 against the 2013/14 out-turn (57)",
        COUNT_DOWN,
        "At least 5 lower than the 2013/14 out-turn of 57, over the year.",
    ),
    (
        "Increase by 2% from 2013/14 baseline of 6.2% i.e. 8.2%",
        PERCENT_UP,
        "At least 2 percentage points higher than the 2013/14 baseline of 6.2%.",
    ),
    (
        "Reduce by 10% against 2013/14 out-turn (13%) i.e. 11.7%",
        PERCENT_DOWN,
        "At least 10% of it lower than the 2013/14 out-turn of 13%.",
    ),
    ("5% reduction", CHANGE, "A reduction of at least 5%."),
    ("Improve on 2014-15", PERCENT_DOWN, "Below the 2014-15 figure, as the books hold it."),
    ("Improve on 2014-15", COUNT_UP, "Above the 2014-15 figure, as the books hold it, over the year."),
    (
        "5% reduction on 2014/15",
        COUNT_DOWN,
        "At least 5% lower than the 2014/15 figure, as the books hold it, over the year.",
    ),
    (
        "5% reduction on the 2014 average",
        Row(Unit.RATE_PER_100K, Polarity.SMALLER),
        "At least 5% lower than the 2014 average, which is still to come.",
    ),
    # Short ways of writing
    ("Zero", COUNT_DOWN, "At most 0, each quarter."),
    ("Nil", PERCENT_DOWN, "At most 0%."),
    ("75%+", PERCENT_UP, "At least 75%."),
    ("Max 20%", PERCENT_DOWN, "At most 20%."),
    ("20% max.", PERCENT_DOWN, "At most 20%."),
    ("Min. 85%", PERCENT_UP, "At least 85%."),
    ("Increase to 80%", PERCENT_UP, "At least 80%."),
    ("Increase the share of victims who feel safe to 80%", PERCENT_UP, "At least 80%."),
    ("Reduce to 20%", PERCENT_DOWN, "At most 20%."),
    ("Improve to 20%", PERCENT_DOWN, "At most 20%."),
    ("Maintain at or above 90%", PERCENT_UP, "At least 90%."),
    ("up to 20", COUNT_DOWN, "At most 20, each quarter."),
    ("10 min", Row(Unit.MINUTES, Polarity.SMALLER), "At most 10 minutes."),
    ("-5%", CHANGE, "A reduction of at least 5%."),
    ("-5%", COUNT_DOWN, "At least 5% lower than the same period last year, to date."),
    ("\u22125% on last year", COUNT_DOWN, "At least 5% lower than the same period last year, to date."),
    ("+10%", COUNT_UP, "At least 10% higher than the same period last year, to date."),
    ("No increase on last year", COUNT_DOWN, "At most the same period last year, to date."),
    ("No reduction on last year", COUNT_UP, "At least the same period last year, to date."),
    ("3% reduction year on year", COUNT_DOWN, "At least 3% lower than the same period last year, to date."),
    ("Year-on-year reduction of 3%", COUNT_DOWN, "At least 3% lower than the same period last year, to date."),
    (
        "reduction of five casualties a year",
        COUNT_DOWN,
        "At least 5 lower than the same period last year, to date, over the year.",
    ),
    ("N/A", COUNT_OPEN, "Monitored only."),
    ("Baseline year", COUNT_OPEN, "Awaiting a figure."),
    ("No worse than last year", COUNT_DOWN, "No worse than the same period last year, to date."),
    ("Better than the national average", PERCENT_UP, "Above the national average, which is still to come."),
    ("Better than the national average", PERCENT_DOWN, "Below the national average, which is still to come."),
    ("Below 28% CAADA benchmark", PERCENT_DOWN, "Below 28%, the CAADA benchmark."),
    ("68% CAADA benchmark", PERCENT_UP, "At least 68%, the CAADA benchmark."),
    ("Monitor only", COUNT_OPEN, "Monitored only."),
    ("Awaiting figure from the court, due in May", COUNT_OPEN, "Awaiting a figure."),
    ("To be confirmed", COUNT_OPEN, "Awaiting a figure."),
    ("Tender let by June", Row(Unit.MILESTONE, Polarity.UNCONFIRMED), "A milestone: Tender let by June."),
]


@pytest.mark.parametrize(("wording", "row", "meant"), UNDERSTOOD)
def test_a_wording_with_one_meaning_is_proposed_in_a_plain_sentence(wording: str, row: Row, meant: str) -> None:
    proposed = propose(wording, row)
    assert sentence(proposed, row.unit) == meant
    assert proposed.wording == wording


@pytest.mark.parametrize(
    ("wording", "row", "why"),
    [
        ("Maintain", COUNT_DOWN, "at what level"),
        ("Reduce", COUNT_DOWN, "by how much, and against what"),
        ("Improve", PERCENT_UP, "by how much, and against what"),
        ("", COUNT_UP, "no words"),
        ("As agreed with the board", COUNT_UP, "no figure"),
        ("340", COUNT_OPEN, "whether more or less is better"),
        ("Better than the national average", COUNT_OPEN, "whether more or less is better"),
        ("28%", COUNT_DOWN, "it is a percentage, and the figure is none"),
        ("0.85", PERCENT_UP, "a fraction or a percentage"),
        ("120%", PERCENT_UP, "between 0 and 100"),
        ("12 a month", COUNT_UP, "another stretch of time"),
        ("1 in 10", PERCENT_DOWN, "more than one figure"),
        ("40% (formerly 60%)", PERCENT_UP, "more than one figure"),
        ("5% (< 275 per 100k)", Row(Unit.RATE_PER_100K, Polarity.SMALLER), "more than one figure"),
        ("85% by 2020", PERCENT_UP, "more than one figure"),
        ("not 85%", PERCENT_UP, "only a part of it"),
        ("At most 10 minutes", COUNT_DOWN, "only a part of it"),
        ("between 95 and 90%", PERCENT_UP, "its lower figure"),
        ("at most 85%", PERCENT_UP, "asks for less, and bigger is better"),
        ("5% reduction", COUNT_UP, "asks for less, and bigger is better"),
        ("5%", CHANGE, "a reduction or an increase"),
        ("5% reduction on last year", CHANGE, "a change itself"),
        ("Reduce by 10% against 2013/14 out-turn (13%)", PERCENT_DOWN, "points or a share"),
        ("Increase by 2% from 2013/14 baseline of 6.2% i.e. 9%", PERCENT_UP, "contradict each other"),
        ("A reduction of 5 casualties", COUNT_DOWN, "counted from"),
        ("5% reduction on the county's figure", COUNT_DOWN, "nothing known to compare with"),
        ("5.71% reduction per year from 51 to 56", COUNT_DOWN, "nothing known to compare with"),
        ("5 fewer than the baseline of 57", COUNT_DOWN, "a quarter's or a year's"),
        ("10 over the life of the plan", COUNT_UP, "another stretch of time"),
        ("5 over three years", COUNT_UP, "another stretch of time"),
        ("10 in total", COUNT_UP, "another stretch of time"),
        ("10 by the end of the programme", COUNT_UP, "another stretch of time"),
        ("10 over the three-year plan", COUNT_UP, "another stretch of time"),
        ("5% reduction over the next two years", COUNT_DOWN, "another stretch of time"),
        ("None", COUNT_DOWN, "no target, or that the target is 0"),
        ("Zero", COUNT_UP, "asks for nothing"),
        ("zero tolerance", COUNT_DOWN, "no figure"),
        ("85% max", PERCENT_UP, "asks for less"),
        ("85% min", PERCENT_UP, "only a part of it"),
        ("No increase on last year", COUNT_UP, "asks for less"),
        ("Reduce from 30% to 20%", PERCENT_DOWN, "more than one figure"),
        ("-5%", PERCENT_DOWN, "counted from"),
        ("65%/75% respectively", PERCENT_UP, "2 figures for 1 measure"),
        ("65%/75%/80%", Row(Unit.PERCENT, Polarity.BIGGER, 0, 2), "3 figures for 2 measures"),
    ],
)
def test_never_guessed_a_wording_that_is_unclear_is_not_understood_and_says_why(
    wording: str, row: Row, why: str
) -> None:
    proposed = propose(wording, row)
    assert proposed.comparator is Comparator.NOT_UNDERSTOOD
    assert why in proposed.note
    assert not proposed.confirmed
    assert not proposed.can_be_confirmed


@pytest.mark.parametrize("wording", ["65%/75% respectively", "65/75%", "65% and 75% respectively"])
def test_a_target_split_by_measure_gives_each_measure_its_own_figure(wording: str) -> None:
    own = [propose(wording, replace(PERCENT_UP, place=place, measures=2)) for place in (0, 1)]
    assert [(one.comparator, one.value) for one in own] == [
        (Comparator.AT_LEAST, Decimal(65)),
        (Comparator.AT_LEAST, Decimal(75)),
    ]


@pytest.mark.parametrize(("wording", "row"), [("Below 28%", PERCENT_DOWN), ("5% reduction", COUNT_DOWN)])
def test_what_a_wording_means_is_a_proposal_until_a_person_confirms_it(wording: str, row: Row) -> None:
    assert not propose(wording, row).confirmed
    assert propose(wording, row).can_be_confirmed


@pytest.mark.parametrize("wording", ["Monitor only", "Awaiting figure from the court"])
def test_what_sets_nothing_needs_no_confirming(wording: str) -> None:
    assert propose(wording, COUNT_OPEN).confirmed
    assert not propose(wording, COUNT_OPEN).can_be_confirmed


# A proposal read back from its own sentence is itself.

UP_OR_DOWN = {
    Polarity.BIGGER: (Comparator.AT_LEAST, Comparator.ABOVE),
    Polarity.SMALLER: (Comparator.AT_MOST, Comparator.BELOW),
}
polarities = st.sampled_from([Polarity.BIGGER, Polarity.SMALLER])
units = st.sampled_from(
    [Unit.PERCENT, Unit.COUNT, Unit.RATE_PER_100K, Unit.PER_1000, Unit.GBP, Unit.MINUTES, Unit.WEEKS, Unit.FTE]
)
figures = st.decimals(1, 100, places=2) | st.integers(2, 99).map(Decimal)
large = figures | st.integers(1000, 2_000_000).map(Decimal)
sources = st.sampled_from(["", "CAADA", "Public Health England"])


@st.composite
def ordinary(draw: st.DrawFn) -> tuple[Target, Row]:
    unit, polarity = draw(units), draw(polarities)
    comparator = draw(st.sampled_from([*UP_OR_DOWN[polarity], Comparator.EXACTLY, Comparator.BETWEEN]))
    value = draw(figures if unit is Unit.PERCENT else large)
    high = draw(st.integers(1, 50)) + value if comparator is Comparator.BETWEEN else None
    if unit is Unit.PERCENT and high is not None and high > 100:
        value, high = value / 3, Decimal(100)
    per_year = draw(st.booleans()) if unit is Unit.COUNT else False
    source = draw(sources)
    return Target(comparator, value=value, high=high, per_year=per_year, benchmark=source), Row(unit, polarity)


@st.composite
def changes(draw: st.DrawFn) -> tuple[Target, Row]:
    unit, polarity = draw(st.sampled_from([Unit.COUNT, Unit.PERCENT, Unit.RATE_PER_100K])), draw(polarities)
    base = draw(st.sampled_from(list(Base)))
    absolute = draw(st.booleans())
    size = draw(figures) * (1 if polarity is Polarity.BIGGER else -1)
    named = base is Base.BASELINE
    name = draw(st.sampled_from(["2013/14 out-turn", "2014-15 figure", "2014 average"])) if named else ""
    value = draw(st.none() | figures) if named else None
    whole = named or (absolute and base is Base.LAST_YEAR_TO_DATE)
    per_year = draw(st.booleans()) if whole else False
    against = Against(base, absolute, value, name)
    return Target(Comparator.CHANGE, value=size, against=against, per_year=per_year), Row(unit, polarity)


@given(ordinary() | changes())
def test_a_proposal_read_back_from_its_own_sentence_is_itself(given_: tuple[Target, Row]) -> None:
    target, row = given_
    words = sentence(target, row.unit)
    assert propose(words, row) == replace(target, wording=words, confirmed=False), words


@given(polarities, st.sampled_from([Base.LAST_YEAR, Base.LAST_YEAR_TO_DATE, Base.PREVIOUS_QUARTER]))
def test_better_than_an_earlier_figure_is_read_back_too(polarity: Polarity, base: Base) -> None:
    target = Target(UP_OR_DOWN[polarity][1], against=Against(base))
    words = sentence(target, Unit.COUNT)
    assert propose(words, Row(Unit.COUNT, polarity)) == replace(target, wording=words, confirmed=False)


def test_a_count_to_date_is_not_said_to_be_for_each_quarter() -> None:
    target = Target(Comparator.AT_LEAST, value=Decimal(8))
    assert sentence(target, Unit.COUNT, Basis.TO_DATE) == "At least 8."


def test_a_half_years_count_is_not_said_to_be_for_each_quarter() -> None:
    target = Target(Comparator.AT_LEAST, value=Decimal(8))
    assert sentence(target, Unit.COUNT, rhythm=Rhythm.SIX_MONTHLY) == "At least 8."


@given(st.text(max_size=40), polarities, units)
def test_any_words_at_all_give_a_proposal_or_a_reason(words: str, polarity: Polarity, unit: Unit) -> None:
    proposed = propose(words, Row(unit, polarity))
    assert proposed.note or proposed.comparator is not Comparator.NOT_UNDERSTOOD
    assert sentence(proposed, unit).endswith(".")

"""In any unit, a sentence made from a known figure reads back as that figure, or is asked about: never as another."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from collector.domain.indicator import Basis
from collector.domain.submission import Asked, ReadingTask
from parsers.figures import TextReader
from parsers.figures.dates import wanted_span

#: The figure is {n}; {m} and {k} are other figures of its kind, {c} counts something else.
SENTENCES = [
    "{n}",
    "{n} in Q2",
    "Q1 {m}, Q2 {n}",
    "Q1: {m} Q2: {n}",
    "Q2 {n} Q1 {m}",
    "{m} in Q1 and {n} in Q2",
    "{n} compared with {m} last quarter",
    "{n} (target {m})",
    "target {m}, actual {n}",
    "Target: {m}. Actual: {n}",
    "{n} ({m} last year)",
    "{n} (Q1: {m})",
    "last quarter {m}, this quarter {n}",
    "Last quarter it was {m}. It is now {n}.",
    "{n}, up from {m}",
    "{n}, down from {m} last quarter",
    "from {m} to {n}",
    "{n} for July to September, {m} for April to June",
    "{n} this quarter, {m} year to date",
    "{m} to date, {n} this quarter",
    "{n}, not {m}",
    "{n}. Year end total {m}",
    "{n} v {m} target",
    "{n} vs {m}",
    "{n}; England {m}",
    "{n} (national average {m})",
    "The figure was {n}, which compares with {m} for the same quarter last year",
    "We expect {m} next quarter; this quarter was {n}",
    "In the same quarter of 2014-15 it was {m}; now {n}",
    "Jul {m}, Aug {m}, Sep {m}: {n}",
    "{n}. The best was {m} and the worst {k}",
    "{n} / {m}",
    "{m} then {n}",
    "{n} lower than {m}",
    "{n} higher than {m}",
    "{n} rather than {m}",
    "not {m} but {n}",
    "{n} instead of {m}",
    "we said {m} but it is {n}",
    "{n}. In 2014-15 the figure was {m} from {c} cases",
    "{n} across {c} cases",
    "{n} based on {c} cases",
    "{c} cases, {n}",
    "{c} staff helped; {n}",
    "{n}; {c} complaints were received",
    "Out of {c} cases we had {n}",
    "{n} at the depot with {c} staff",
    "{n} for those aged 18 to 24",
    "{n} under section 12 of the 2003 Act",
    "{n} (see page 4)",
    "{n}. Please ring 01632 960 114 with questions.",
    "The {c} cases took some time but {n} is the result",
    "{n} overall, {m} for priority cases",
    "{m} for priority cases, {n} overall",
    "{n} in the north and {m} in the south",
    "{n}, of which {m} was planned",
    "{n} excluding {m} carried over",
    "{n} including {m} carried over",
    "{n} plus {m} carried over",
    "best ever {m}, worst ever {k}, now {n}",
    "{n} = {m} + {k}",
    "{n} - target {m}",
    "{n} against {m}",
    "Our target is {m}, so {n} is good",
    "{m} target missed with {n}",
    "we missed {m} by a little: {n}",
    "{n} on average, {m} at the median",
    "{n} (median {m})",
    "median {n}, mean {m}",
    "Q2 {n} ({m} in Q2 last year)",
    "Q2 2014-15: {m}; Q2 2015-16: {n}",
    "up {m} to {n}",
    "up by {m} to {n}",
    "down {m} to {n}",
    "it fell by {m} to {n}",
    "{n}, a fall of {m}",
    "{n}, a rise of {m} on last quarter",
    "{n} more than {m}",
    "{m} more at {n}",
]
NOT_OF_TIME = [
    "{n} {m}",
    "{n}, {m}",
    "{n} in the {c} days since the launch",
    "{n} [{m}]",
    "{n} - {m}",
    "Sept {m}; quarter {n}",
    "{n} for the quarter with September at {m}",
    "in September {m}, {n} for the quarter",
    "July {m} and the quarter {n}",
    "{n}, {m} better than target",
    "{n}, {m} short of target",
]
NOT_OF_CHANGES = [
    "{n} against a target of {m}",
    "forecast {m}, outturn {n}",
]
NOT_OF_POINTS = [
    "Between {m} and {k}, on average {n}",
]


@dataclass(frozen=True)
class Form:
    """One way to write a figure: `times` turns the number written into the unit asked for."""

    write: Callable[[int], str]
    most: int
    times: Decimal = Decimal(1)
    least: int = 1

    def value(self, number: int) -> Decimal:
        return number * self.times


TENTH, CENT = Decimal("0.1"), Decimal("0.01")


def tenths(words: str) -> Callable[[int], str]:
    """The number in tenths with one decimal: 123 as 12.3."""
    return lambda number: words.format(f"{Decimal(number) * TENTH:.1f}")


def whole(words: str) -> Callable[[int], str]:
    return lambda number: words.format(number)


def two(first: str, second: str) -> Callable[[int], str]:
    """Two lengths of time that are one, sixty of the second to the first."""
    return lambda number: first.format(number // 60) + second.format(number % 60)


def ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


TITLES = {
    "GBP": "Compensation paid to victims",
    "minutes": "Average time taken to answer",
    "seconds": "Average time for the first appliance to arrive",
    "days": "Days taken to respond",
    "per_1000": "Recorded crime per 1,000 residents",
    "percentage_points": "Gap in attainment between groups",
    "FTE": "Community officers in post",
    "tonnes": "Waste removed",
    "rank": "Position among similar areas",
    "change_percent": "Change in repeat victims of nuisance",
}
FORMS = {
    "GBP": [
        Form(whole("£{:,}"), 999_999),
        Form(whole("£{}"), 99_999),
        Form(tenths("£{}k"), 9_000, Decimal(100)),
        Form(tenths("£{}m"), 90, Decimal(100_000)),
        Form(whole("{:,} pounds"), 99_999),
        Form(lambda number: f"£{number * CENT:,.2f}", 999_999, CENT),
        Form(whole("{}"), 99_999),
    ],
    "minutes": [
        Form(tenths("{} minutes"), 3_000, TENTH),
        Form(whole("{} mins"), 300),
        Form(two("{} hrs", " {} min"), 600, least=60),
        Form(two("{} hours", " and {} minutes"), 600, least=60),
        Form(whole("{} hours"), 20, Decimal(60)),
    ],
    "seconds": [
        Form(whole("{} seconds"), 900),
        Form(whole("{} secs"), 900),
        Form(two("{}", ":{:02d}"), 900, least=120),
        Form(two("{} min", " {} s"), 900, least=60),
        Form(two("{} minutes", " {} seconds"), 900, least=60),
        Form(whole("{} minutes"), 30, Decimal(60)),
    ],
    "days": [
        Form(whole("{} days"), 90),
        Form(whole("{} working days"), 90),
        Form(whole("{} weeks"), 20, Decimal(7)),
        Form(tenths("{} days"), 600, TENTH),
    ],
    "per_1000": [
        Form(tenths(words), 900, TENTH) for words in ("{} per 1,000", "{} per thousand", "{} per 1000 population", "{}")
    ],
    "percentage_points": [
        Form(tenths(words), 400, TENTH) for words in ("{} percentage points", "{}pp", "{} points", "{} ppts")
    ],
    "FTE": [Form(tenths(words), 600, TENTH) for words in ("{} FTE", "{} WTE", "{} full-time equivalents", "{}")],
    "tonnes": [
        Form(tenths("{} tonnes"), 3_000, TENTH),
        Form(tenths("{}t"), 3_000, TENTH),
        Form(tenths("{}"), 3_000, TENTH),
        Form(whole("{:,} kg"), 90_000, Decimal("0.001"), least=100),
    ],
    "rank": [Form(ordinal, 43), Form(whole("{}"), 43, least=2)],
    "change_percent": [
        Form(tenths(words), 600, TENTH) for words in ("+{}%", "up {}%", "an increase of {}%", "rose {}%")
    ]
    + [
        Form(tenths(words), 600, -TENTH)
        for words in ("{}% reduction", "a reduction of {}%", "down {}%", "-{}%", "({})%", "fell by {}%")
    ],
}


def sentences_for(unit: str) -> list[str]:
    of_time = unit in ("minutes", "seconds", "days")
    return [
        *SENTENCES,
        *([] if of_time else NOT_OF_TIME),
        *([] if unit == "change_percent" else NOT_OF_CHANGES),
        *([] if unit == "percentage_points" else NOT_OF_POINTS),
    ]


def certain_value(text: str, unit: str) -> Decimal | None:
    """The figure that is booked; None where it is asked about."""
    asked = Asked(1, "AB12", TITLES[unit], unit, Basis.QUARTER)
    task = ReadingTask("2015-16 Q2", wanted_span("2015-16 Q2"), (asked,), sent_on=date(2015, 10, 20))
    items = TextReader().read(text, task).items
    return items[0].candidates[0].value if items and items[0].certain and items[0].candidates else None


@pytest.mark.parametrize("unit", FORMS)
@settings(max_examples=250, deadline=None, derandomize=True)
@given(st.data())
def test_a_figure_in_any_unit_reads_back_or_is_asked_about(unit: str, data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(FORMS[unit]))
    n, m, k = data.draw(st.tuples(*[st.integers(form.least, form.most)] * 3))
    assume(n != m)
    sentence = data.draw(st.sampled_from(sentences_for(unit)))
    count = data.draw(st.integers(2, 400))
    text = sentence.format(n=form.write(n), m=form.write(m), k=form.write(k), c=count)
    found = certain_value(text, unit)
    assert found is None or abs(found - form.value(n)) <= Decimal("0.00006"), text


@pytest.mark.parametrize("unit", FORMS)
def test_a_figure_alone_is_certain_in_every_form(unit: str) -> None:
    for form in FORMS[unit]:
        text = form.write(number := max(form.least, 17))
        if text.endswith("pounds"):
            continue  # a word that can also be a weight is asked about
        assert certain_value(text, unit) == form.value(number), text

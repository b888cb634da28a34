"""A number that is measured in something else than the unit asked for is converted or asked about, never recorded."""

from decimal import Decimal

import pytest

from collector.domain.submission import Asked, OpenChoice, Reading, ReadingTask, ReadItem
from parsers.figures import TextReader
from parsers.figures.dates import wanted_span

PERIOD = "2024-25 Q2"
TITLES = {
    "kilometres": "New walking route opened",
    "miles": "New walking route opened",
    "kilometres per warden": "Streets walked by wardens",
    "metres": "Hedge planted",
    "hectares": "Woodland looked after",
    "square metres": "Area of graffiti removed",
    "litres": "Illegal spirits seized",
    "kWh": "Electricity used in the depots",
    "stars": "Rating of the help point",
    "visits per warden": "Visits made by wardens",
    "days": "Days taken to reply",
    "weeks": "Wait for a first meeting",
    "tonnes": "Rubbish cleared",
    "GBP": "Penalties paid",
    "count": "People helped by the outreach service",
}


def read(unit: str, words: str, title: str = "", choices: tuple[OpenChoice, ...] = ()) -> ReadItem:
    """What one reply says about one measure."""
    asked = Asked(1, "AB01", title or TITLES[unit], unit)
    return TextReader().read(words, ReadingTask(PERIOD, wanted_span(PERIOD), (asked,), choices)).items[0]


OTHERWISE = [
    # Another scale of the same thing, behind the number, in brackets, or as a label before it.
    ("kilometres", "2 miles"),
    ("kilometres", "Two miles of new route"),
    ("kilometres", "2-mile route opened"),
    ("kilometres", "2 (miles)"),
    ("kilometres", "2 new miles of route"),
    ("kilometres", "Miles of new route: 2"),
    ("kilometres", "New walking route opened (miles): 2"),
    ("kilometres", "New walking route opened: 2 miles this quarter"),
    ("kilometres", "from 1 to 2 miles"),
    ("kilometres", "900 metres"),
    ("miles", "12 km"),
    ("metres", "40 yards"),
    ("metres", "3km of hedge"),
    ("hectares", "31 acres"),
    ("hectares", "400 square metres"),
    ("square metres", "60 sq ft"),
    ("square metres", "12 metres"),
    ("litres", "25 gallons"),
    ("litres", "700 ml"),
    ("kWh", "1.4 MWh"),
    ("kilometres per warden", "12 km"),
    ("kilometres per warden", "12 miles per warden"),
    # A letter that is a measure as well as a thousand or a million.
    ("kilometres", "5k"),
    ("kilometres", "1200m"),
    ("metres", "1.2m"),
    ("square metres", "12m"),
    # A figure in two measures.
    ("kilometres", "12 km and 300 metres"),
    ("kilometres", "12 km of path, 3 miles of lane"),
    # What it is made of, or what it is for, is not how long it is.
    ("kilometres", "3 new routes opened"),
    ("visits per warden", "240 visits"),
    # Times and money.
    ("days", "Weeks: 6"),
    ("days", "Time taken in weeks: 6"),
    ("days", "Days taken to reply (hours): 36"),
    ("days", "6 (weeks)"),
    ("weeks", "Days: 42"),
    ("days", "6\nUnit: hours"),
    ("GBP", "€900"),
    ("GBP", "$900"),
    ("GBP", "900 pence"),
    ("GBP", "900 euros"),
    ("tonnes", "9 stone"),
    # Where people are counted.
    ("count", "153 miles"),
    ("count", "153 pounds"),
    ("count", "153 litres"),
    ("count", "12 acres"),
    ("count", "80 m²"),
    ("count", "€153"),
    ("count", "2 dozen people"),
    ("count", "4 hundred people"),
    ("count", "12 outreach hours"),
    ("count", "153 outreach visits"),
    ("count", "People helped: 153 (visits)"),
    ("count", "12 groups helped"),
    # Units never seen before.
    ("stars", "4 miles"),
    ("stars", "4 litres"),
]


@pytest.mark.parametrize(("unit", "words"), OTHERWISE, ids=[f"{unit}: {words}" for unit, words in OTHERWISE])
def test_a_number_measured_in_something_else_is_asked_about(unit: str, words: str) -> None:
    item = read(unit, words)
    assert not item.certain
    assert item.doubts


OWN = [
    ("kilometres", "12 km", 12),
    ("kilometres", "12km", 12),
    ("kilometres", "12", 12),
    ("kilometres", "two km", 2),
    ("kilometres", "12 kilometres of new route", 12),
    ("kilometres", "12.5 km (7.8 miles)", "12.5"),
    ("kilometres", "Q1 10 km, Q2 12 km", 12),
    ("kilometres", "12 km, up from 10 km", 12),
    ("kilometres per warden", "12 km per warden", 12),
    ("metres", "400m", 400),
    ("metres", "400 m of hedge", 400),
    ("hectares", "12ha", 12),
    ("square metres", "12 m²", 12),
    ("square metres", "12 sq. metres", 12),
    ("litres", "12l", 12),
    ("kWh", "1,200 kWh", 1200),
    ("stars", "4 stars", 4),
    ("visits per warden", "24 visits per warden", 24),
    ("days", "36 hours", "1.5"),
    ("days", "2 weeks", 14),
    ("days", "Average days: 6", 6),
    ("days", "In days: 6", 6),
    ("tonnes", "1,500 kg", "1.5"),
    ("GBP", "£12k", 12000),
    ("count", "153 clients", 153),
    ("count", "153 people", 153),
]


@pytest.mark.parametrize(("unit", "words", "value"), OWN, ids=[f"{unit}: {words}" for unit, words, _ in OWN])
def test_a_number_in_the_unit_asked_for_is_certain(unit: str, words: str, value: int | str) -> None:
    item = read(unit, words)
    assert item.certain, item.doubts
    assert item.candidates[0].value == Decimal(value)


COUNTED = [
    ("New walking routes opened", "12 new routes", 12),
    ("New walking routes opened", "12 routes opened, 40 miles in all", 12),
    ("Miles of lane gritted", "12 miles", 12),
    ("Smart meters fitted", "153 smart meters", 153),
    ("Foot patrols", "153 foot patrols", 153),
    ("Foot patrols", "153 patrols of 2 miles each", 153),
    ("Hours of foot patrol", "153 foot patrol hours", 153),
    ("Visits to residents", "153 visits", 153),
    ("Calls answered within 2 hours", "Answered within 2 hours: 153", 153),
]


@pytest.mark.parametrize(("title", "words", "value"), COUNTED, ids=[f"{title}: {words}" for title, words, _ in COUNTED])
def test_what_a_title_counts_may_be_a_measure_word(title: str, words: str, value: int) -> None:
    item = read("count", words, title)
    assert item.certain, item.doubts
    assert item.candidates[0].value == value


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Miles of lane gritted", "12 kilometres of lane gritted"),
        ("Foot patrols", "12 patrol hours"),
        ("People attending workshops", "12 workshops"),
    ],
)
def test_another_thing_of_the_title_is_not_what_it_counts(title: str, words: str) -> None:
    assert not read("count", words, title).certain


def test_the_question_names_both_measures() -> None:
    assert read("kilometres", "Two miles of new route").doubts == (
        "You wrote '2 miles'; the figure is asked for in kilometres.",
    )


def test_a_number_in_another_measure_is_no_choice_to_pick() -> None:
    assert read("kilometres", "2 miles").candidates == ()


def test_an_answer_in_another_measure_picks_nothing() -> None:
    choices = (OpenChoice(1, "AB01", Decimal(2)), OpenChoice(2, "AB01", Decimal("3.2")))
    assert not read("kilometres", "2 miles", choices=choices).certain


def _of_three(words: str) -> Reading:
    asked = (
        Asked(1, "AB01", TITLES["count"], "count"),
        Asked(2, "AB02", TITLES["kilometres"], "kilometres"),
        Asked(3, "AB03", TITLES["days"], "days"),
    )
    return TextReader().read(words, ReadingTask(PERIOD, wanted_span(PERIOD), asked))


@pytest.mark.parametrize(
    "words",
    [
        "AB01: 153\nAB02: 2 miles\nAB03: 6",
        "We helped 153 people. Two miles of new route. Replies took 6 days.",
        "1. 153 people\n2. 2 miles\n3. 6 days",
        "Indicator | Q2\nPeople helped | 153\nNew walking route opened | 2 miles\nDays taken to reply | 6",
        "Indicator | Q2\nPeople helped | 153\nNew walking route opened (miles) | 2\nDays taken to reply | 6",
        "Indicator | Q2 | Unit\nPeople helped | 153 | people\nNew walking route opened | 2 | miles\n"
        "Days taken to reply | 6 | days",
    ],
)
def test_in_a_whole_reply_only_the_one_in_another_measure_is_asked_about(words: str) -> None:
    certain = {item.code: item.candidates[0].value for item in _of_three(words).items if item.certain}
    assert certain == {"AB01": 153, "AB03": 6}


def _in_order(words: str, *units: str) -> list[ReadItem]:
    asked = tuple(Asked(at, f"AB0{at}", TITLES[unit], unit) for at, unit in enumerate(units, 1))
    return list(TextReader().read(words, ReadingTask(PERIOD, wanted_span(PERIOD), asked)).items)


@pytest.mark.parametrize(
    ("words", "unit", "value"),
    [
        ("153, 6 weeks", "days", 42),
        ("153\n36 hours", "days", "1.5"),
        ("153, 500 kg", "tonnes", "0.5"),
        ("153, £12k", "GBP", 12000),
    ],
)
def test_figures_in_the_order_of_the_list_are_turned_into_their_units(words: str, unit: str, value: int | str) -> None:
    first, second = _in_order(words, "count", unit)
    assert first.certain
    assert second.certain
    assert [first.candidates[0].value, second.candidates[0].value] == [Decimal(153), Decimal(value)]


@pytest.mark.parametrize(("words", "unit"), [("153, 6 years", "days"), ("153, 6 working days", "weeks")])
def test_a_figure_in_order_that_its_unit_does_not_hold_is_asked_about(words: str, unit: str) -> None:
    assert not _in_order(words, "count", unit)[1].certain

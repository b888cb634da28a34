"""Styles of other services: months and years across, totals beside parts, what was added, label lines."""

from decimal import Decimal

import pytest

from collector.domain.submission import Asked, ReadingTask, ReadItem
from parsers.figures import TextReader
from parsers.figures.dates import wanted_span
from parsers.figures.respective import one_by_one
from tests.parsers.figures.asking import asked_about, figures, read_list

PERIOD = "2024-25 Q1"


def read(unit: str, title: str, words: str, period: str = PERIOD) -> ReadItem:
    task = ReadingTask(period, wanted_span(period), (Asked(1, "AB01", title, unit),))
    return TextReader().read(words, task).items[0]


YEARS_ACROSS = (
    "(2022/23, 2023/24, 2024/25)\nBoilers serviced 8,120 8,344 8,502\nAverage wait for a panel (days) 41 38 33\n"
    "Fees collected £31,500 £33,250 £36,900"
)
MONTHS_ACROSS = "Area Apr-24 May-24 Jun-24\nHarbour 31% 33% 36%\nHillside 52% 50% 49%"

CERTAIN = [
    ("days", "Average wait for a panel", YEARS_ACROSS, "2024-25", 33),
    ("GBP", "Fees collected", YEARS_ACROSS, "2024-25", 36900),
    ("percent", "Forms returned in time: Hillside", MONTHS_ACROSS, "June 2024", 49),
    ("count", "Bikes stolen", "Measure | Target | Actual | Trend\nBikes stolen | 60 | 52 | \u25bc", PERIOD, 52),
    ("count", "Shed fires", "Shed fires: 24 (Q1 last year 31). Arson made up 9 of these.", PERIOD, 24),
    (
        "percent",
        "Final plans agreed in time",
        "Draft and final plans agreed in time stood at 71% and 84% respectively.",
        PERIOD,
        84,
    ),
    (
        "percent",
        "Final plans agreed in time",
        "Draft plans agreed in time: 71%\nFinal plans agreed in time: 84%",
        PERIOD,
        84,
    ),
    ("count", "Warnings, fines and bans", "Twenty: eleven warnings, six fines and three bans.", PERIOD, 20),
    ("count", "Visits by wardens", "Wardens made 96 visits with 41 pupils.", PERIOD, 96),
    ("count", "Council garages let to businesses", "Of 640 council garages 58 are let to businesses.", PERIOD, 58),
    ("count", "Falls of people over 85", "Falls: over 70s 140, over 85s 52.", PERIOD, 52),
    ("count", "Council garages", "Of 640 council garages 58 stand idle.", PERIOD, 640),
    ("days", "Median days to repair a street light", "Street lights: median 6 days, mean 9.", PERIOD, 6),
    ("count", "Families offered a key worker", "44 families: 30 women and 14 men came with them.", PERIOD, 44),
    ("count", "New mentors", "Six new mentors signed up, bringing the total to 41.", PERIOD, 6),
]


@pytest.mark.parametrize(("unit", "title", "words", "period", "value"), CERTAIN, ids=[case[2][:60] for case in CERTAIN])
def test_the_figure_is_certain(unit: str, title: str, words: str, period: str, value: int) -> None:
    item = read(unit, title, words, period)
    assert item.certain, item.doubts
    assert item.candidates[0].value == Decimal(value)


ASKED = [
    # The total of the parts is none of them.
    ("count", "Warnings in the east", "Warnings: 210 west, 64 east and 11 north, so 285 in total."),
    ("count", "Men offered a key worker in prison", "44 offered one (30 women, 14 men)"),
    # A total that its own parts do not make.
    ("count", "Mentors offered", "30 plus 15, 44 in total"),
    # What was added is not what there is.
    ("count", "Trained mentors", "Six mentors signed up, taking the number we have to 41."),
    # "One" that did something is another number.
    ("count", "Appeals that were upheld", "Four appeals were lodged and one was upheld."),
    # One month's figure and the same in the total's place, while the other months are blank.
    ("count", "Graffiti reports", "April 57\nTotal 57"),
    # A median is no mean.
    ("days", "Median days to repair a street light", "Street lights took 9 days on average to repair (median 6)."),
    ("days", "Average days to repair a street light", "Median 6 days."),
    # The total of what was asked for a part of, also where each part has a word of the title.
    ("count", "Appeals allowed", "30 appeals, 9 allowed, 5 partly allowed, 16 not allowed"),
    ("count", "Religiously motivated damage", "Arson 44: homes 21, shops 14, churches 9."),
    # Another limit, or none.
    ("count", "Cases open over 9 months", "310 open, 40 over six months and 12 over 9."),
    # Events, and the people in them.
    ("count", "Truants visited by wardens", "Wardens made 96 visits with 41 pupils."),
    # A figure behind a month in brackets is the month's.
]


@pytest.mark.parametrize(("unit", "title", "words"), ASKED, ids=[case[2] for case in ASKED])
def test_it_is_asked_about(unit: str, title: str, words: str) -> None:
    item = read(unit, title, words)
    assert not item.certain
    assert item.doubts


def test_a_table_of_months_is_asked_about_where_some_of_the_quarter_are_blank() -> None:
    item = read("count", "Needles found", "Measure;Apr;May;Jun;Total\nNeedles found;35;;;35")
    assert item.doubts == ("You left May and Jun blank; is 35 all of 2024-25 Q1?",)


def test_three_months_and_their_total_are_certain() -> None:
    item = read("count", "Needles found", "35 in all (Apr 10, May 12, Jun 13)")
    assert item.certain
    assert item.candidates[0].value == Decimal(35)


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        (
            "Calls and visits in time were 80% and 75% respectively.",
            ["Calls in time: 80%.", "visits in time: 75%."],
        ),
        ("The rate was 4%, 5% and 6% in April, May and June respectively.", ["4% in April", "5% in May", "6% in June"]),
    ],
)
def test_names_and_figures_that_go_together_respectively_have_a_line_each(words: str, lines: list[str]) -> None:
    parted = one_by_one(words)
    assert all(line in parted for line in lines)
    assert "respectively" not in parted


@pytest.mark.parametrize("words", ["Calls and visits were 80%, 75% and 70% respectively.", "They were 3 respectively."])
def test_a_sentence_whose_names_and_figures_do_not_match_stays_as_it_is(words: str) -> None:
    assert one_by_one(words) == words


def test_a_line_below_another_measures_that_opens_with_a_name_of_its_own_is_not_lost_silently() -> None:
    reading = read_list("DA06: 153\nKnives 14, none of them near a school, all handed to the amnesty in the square")
    assert figures(reading) == {"DA06": Decimal(153)}
    assert "SF2" in asked_about(reading)


def test_a_number_that_nobody_could_place_asks_nothing_about_a_milestone() -> None:
    reading = read_list("DA06: 153\nKnives 14, none of them near a school, all handed to the amnesty in the square")
    assert "SF15a" not in asked_about(reading)


def test_bullets_that_a_mail_program_put_on_one_line_are_lines_of_their_own() -> None:
    words = "\u2022 Litter picks: 18 \u2022 Volunteers out: 204 \u2022 Bags filled: 655"
    item = read("count", "Volunteers out", words)
    assert item.certain, item.doubts
    assert item.candidates[0].value == Decimal(204)


def test_another_age_group_is_never_taken_for_the_one_asked_for() -> None:
    words = "Work or training: 16-17 71%. For 18-20 the share was 55%."
    item = read("percent", "Care leavers aged 18-20 in work or training", words)
    assert not item.certain or item.candidates[0].value == Decimal(55)


def test_a_number_that_a_title_holds_is_no_rank() -> None:
    item = read("rank", "Rank in London (of 32)", "rank (of 32): 21 of 32 this time")
    assert not item.certain or item.candidates[0].value == Decimal(21)


def test_the_rest_of_a_title_behind_a_dash_is_no_part_of_the_reply() -> None:
    asked = (
        Asked(1, "AB01", "Bins emptied late - change on same quarter", "change_percent"),
        Asked(2, "AB02", "Parks with a green flag", "count"),
    )
    reading = read_list(
        "Bins emptied late - change on same quarter: 440 against 400 last year, a 5% fall.", asked=asked
    )
    assert "AB01" in asked_about(reading)


def test_a_title_named_again_further_on_in_its_own_line_parts_nothing() -> None:
    asked = (Asked(1, "AB01", "All damage", "count"), Asked(2, "AB02", "Parks with a green flag", "count"))
    reading = read_list("1) Damage: homes 40, cars 61, other 12. All damage 113.\n2) 6", asked=asked)
    assert figures(reading).get("AB01", Decimal(113)) == Decimal(113)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Arson", "Arson: homes 31, cars 18."),
        ("Evictions for nuisance behaviour", "9 evictions (6 arrears, 3 ASB); 40 notices served."),
        ("Thefts from building sites", "Thefts 77: from building supplies 51, at sites 26"),
    ],
)
def test_neither_a_kind_nor_the_sum_of_more_is_recorded_for_what_was_asked(title: str, words: str) -> None:
    assert not read("count", title, words).certain

"""What stands beside a figure in a reply and does not make it less certain, and what looks like it and does."""

from decimal import Decimal

import pytest

from collector.domain.figure import FigureStatus
from collector.domain.submission import Asked, ReadingTask, ReadItem
from parsers.figures import TextReader
from parsers.figures.dates import wanted_span

TASK_PERIOD = "2024-25 Q2"


def read(unit: str, title: str, words: str, target: str = "") -> ReadItem:
    """What one reply says about one measure."""
    task = ReadingTask(TASK_PERIOD, wanted_span(TASK_PERIOD), (Asked(1, "AB01", title, unit, target=target),))
    return TextReader().read(words, task).items[0]


CERTAIN = [
    # A verb of moving is no stranger to what moved, and a time in two units is one time.
    ("count", "Noise complaints, market square", "Complaints went from 31 to 9 after the barrier came.", 9),
    ("minutes", "Average time to the first visit", "95 minutes (1 hr 35)", 95),
    ("count", "Robberies with a weapon", "Nothing to report: 0 robberies.", 0),
    # A meeting to come, another team's plans, a publication: none of them is the figure's time.
    ("days", "Average time to re-let", "31 days. The board decides in December.", 31),
    ("percent", "Repairs in time", "88% of repairs. Text messages restart in November.", 88),
    ("count", "Thefts", "The sheet published in May has it: 45 thefts.", 45),
    (
        "percent",
        "Milestones met",
        "A new tool went live in August. 64% of milestones were met against a planned 75%.",
        64,
    ),
    # What a change is counted from.
    ("weeks", "Average wait", "Clients waited 14 weeks on average, up two weeks since Q1.", 14),
    ("count", "Open cases", "218 open cases, down 31 on June.", 218),
    ("percent", "Occupancy", "Occupancy 92% (July 90%, August 91%, target 95%).", 92),
    # A status that is another matter's.
    ("count", "Hospital attendances", "128 attendances. The clinic no longer collects its own.", 128),
    ("GBP", "Fines collected", "£2.05 million; the split by court is not available.", 2050000),
    # A sum and what it is the sum of.
    ("count", "Fines and other sanctions", "Sixteen: four warnings, seven notices and five letters.", 16),
    ("count", "Referrals", "70 plus 83, 153 in total", 153),
    ("FTE", "Staff, own and agency", "312.6 FTE (own 241.1, agency 71.5)", "312.6"),
    # Others held against it.
    ("per_1000", "Incidents per 1,000 residents", "24.8. County 27.1, similar areas 26.3.", "24.8"),
    ("percent", "Births by section", "26.9% - planned 11.2%, urgent 15.7%", "26.9"),
    # The counted part, where what is told of it is what was asked.
    ("count", "Parents completing the course", "34 of the 41 who started have completed.", 34),
    # A standard's performance is no standard.
    ("percent", "Calls within the standard", "Performance against the call standard was 86.2%.", "86.2"),
    ("count", "Fatal fires", "Nil. (Two in the same quarter last year.)", 0),
    ("rank", "Rank in the family group", "8th nationally of 43.", 8),
]


@pytest.mark.parametrize(("unit", "title", "words", "value"), CERTAIN, ids=[case[2] for case in CERTAIN])
def test_it_leaves_the_figure_certain(unit: str, title: str, words: str, value: int | str) -> None:
    item = read(unit, title, words)
    assert item.certain, item.doubts
    assert item.candidates[0].value == Decimal(value)


ASKED = [
    ("percent", "Searches leading to arrest", "18.4%, or 21% if you include warnings"),
    ("count", "Prevent referrals", "13 but my manager's sheet says 15"),
    ("count", "Crimes reported", "54 crimes were reported in quarter one, 41 of them thefts."),
    ("percent", "Calls within the standard", "Quarter 1 91.4%, target met."),
    ("count", "Notices on the street", "390 notices in all. 57 were on the street, 41 off it and 292 in bus lanes."),
    ("count", "Homes brought back", "Q1: 112. Q2: 97. Cumulative 219."),
    ("count", "Homes brought back", "153, of which 160 were flats"),
    ("percent", "Certificates in date", "It hovers round 90%. All five other checks are at 100%."),
    ("days", "Length of stay", "I reckon 96 days, but the system was down."),
    ("GBP", "Income", "Income (£000s): 450"),
    ("days", "Average days to re-let a home", "31 days, 28 if you leave out major works"),
    ("days", "Average days to re-let a home", "31 days for flats, 28 for houses"),
    ("days", "Average days to re-let a home", "Total 310 days for 10 homes"),
    ("percent", "Calls answered in time", "91% for the day team, 85 for the night team"),
    ("count", "Referrals", "45 - this includes July only"),
    ("count", "Referrals", "45 (Borsetshire wide)"),
    ("count", "Referrals", "45 in total since the service started"),
    ("weeks", "Average wait for a first appointment", "The contractor needs 6 weeks to mend the lift."),
]


@pytest.mark.parametrize(("unit", "title", "words"), ASKED, ids=[case[2] for case in ASKED])
def test_it_is_asked_about(unit: str, title: str, words: str) -> None:
    assert not read(unit, title, words).certain


def test_a_rival_that_is_the_target_is_the_target_quoted_back() -> None:
    assert read("percent", "Training", "64% / 90%", target="90%").candidates[0].value == 64
    assert not read("percent", "Training", "64% / 90%", target="85%").certain


@pytest.mark.parametrize(
    "words",
    [
        "#N/A",
        "n/a until the data come through",
        "Not measured this quarter",
        "Q2 not out yet, Q1 was 2.35",
        "The trust hasn't run it",
    ],
)
def test_words_for_not_yet(words: str) -> None:
    item = read("per_1000", "Incidents per 1,000 residents", words)
    assert [candidate.status for candidate in item.candidates] == [FigureStatus.NOT_AVAILABLE]


def test_a_short_line_under_another_measure_is_asked_about_for_the_one_still_open() -> None:
    asked = (Asked(1, "AB01", "Grants awarded", "count"), Asked(2, "AB02", "Support officers in post", "FTE"))
    task = ReadingTask(TASK_PERIOD, wanted_span(TASK_PERIOD), asked)
    reading = TextReader().read("Grants awarded: 9\nPCSOs 29.6 FTE", task)
    assert [(item.code, item.certain) for item in reading.items][-1] == ("AB02", False)


def test_a_months_figure_before_the_word_that_the_rest_will_follow_is_asked_about() -> None:
    item = read("days", "Average time to the first call", "Three days in July; August and September to follow.")
    assert not item.certain
    assert 3 in [candidate.value for candidate in item.candidates]


@pytest.mark.parametrize("words", ["from 0 to 1900", "from 12 to 2010", "12 to 2010"])
def test_a_level_that_looks_like_a_year_is_asked_about(words: str) -> None:
    assert not read("count", "Hospital attendances", words).certain

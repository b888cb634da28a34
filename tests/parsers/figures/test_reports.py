"""Returns in the words of performance reports: the figure among targets, parts and papers, or a question."""

from decimal import Decimal

import pytest

from collector.domain.submission import Asked, ReadingTask, ReadItem
from parsers.figures import TextReader
from parsers.figures.dates import wanted_span

READ = [
    # A title and a unit, a period, what was written, and the figure.
    ("Weapons found on searches", "count", "2014-15 Q2", "Target 30, Actual 18 - Achieved (40% below target)", 18),
    (
        "Weapons found on searches",
        "count",
        "2014-15 Q2",
        "Target 30 searches, Actual 18 searches.\nHalf of the weapons found were kitchen knives.",
        18,
    ),
    # What a share is a share of says nothing against it.
    ("Void rate", "percent", "2014-15 Q2", "The void rate is 4.2% of the agency stock, which comes to 61 homes.", 4.2),
    # The whole predicate is the figure's own.
    (
        "Tenants with two or more repairs visits in the past 6 months",
        "percent",
        "2014-15 Q2",
        "8.1% of tenants (all stock), as at September, have had 2 or more repairs visits within the past 6 months",
        8.1,
    ),
    # Another number alone in brackets parts nothing.
    (
        "Callers held for over 5 minutes",
        "percent",
        "2014-15 Q2",
        "1,900 rang, up 12% on June. 7.4% (141) were held for over 5 minutes, compared to 9% in June.",
        7.4,
    ),
    # How far it is from another figure is no rival.
    (
        "Time to answer the door line",
        "minutes",
        "2014-15 Q2",
        "Answered in 4 minutes 30 seconds on average, 20 seconds slower than in Q1",
        4.5,
    ),
    # A deadline to come is not the figure's time.
    (
        "Homes at the warm standard",
        "percent",
        "2014-15 Q2",
        "64% of homes are at the warm standard and we are on course to finish by 2019.",
        64,
    ),
    (
        "Wardens in post",
        "FTE",
        "2014-15 Q2",
        "The council employs 31.5 contracted whole time equivalent wardens.",
        31.5,
    ),
    ("Time to let a home", "days", "2014-15 Q2", "Up to 45 days, from 38 last quarter", 45),
    ("Time to let a home", "days", "2014-15 Q2", "Let in 45 to 38 days since last quarter", 38),
    ("Cases solved", "percent", "2014-15", "Cases solved in the last year fell by 3% to 41%.", 41),
    # None of them, in the title's own words.
    ("Arson attacks on schools", "count", "2014-15 Q2", "There were no arson attacks on schools in the quarter.", 0),
    (
        "Tenants waiting over 40 weeks",
        "count",
        "September 2014",
        "The team reported zero tenants waiting over 40 weeks, the first time since May 2013.",
        0,
    ),
    (
        "The number of calls received by the desk",
        "count",
        "September 2014",
        "Looking back, it was found that of the 340 calls received by the desk in September 2014, 120 became visits.",
        340,
    ),
    # What a "not" is about, and what it is not.
    (
        "Leavers not in work or training",
        "percent",
        "2014-15 Q2",
        "31% of leavers who were not in work or training came from two schools.",
        31,
    ),
    # The year behind its quarters, and what parts a part of the figure.
    ("Visits made", "count", "2014-15", "Q1 104; Q2 137; Q3 159; Q4 168. Year 568 (target 600).", 568),
    ("Calls answered", "percent", "2014-15", "Q4 71.4% (Q3 77.0, Q2 80.3, Q1 82.5). Year 78.1%.", 78.1),
    (
        "Complaints upheld",
        "percent",
        "2014-15 Q2",
        "40% of complaints were upheld (8 of 20). Six of the eight concerned noise.",
        40,
    ),
]

ASKED = [
    (
        "Visits made",
        "count",
        "2014-15",
        "Q1 104; Q2 137; Q3 159; Q4 168. Year 500 (target 600).",
        "104 + 137 + 159 + 168, which is 568",
    ),
    (
        "Reliable recovery",
        "percent",
        "2014-15 Q2",
        "Reliable recovery was 51%. Note our own system has 48% for the same quarter.",
        "51% and also 48% for the same time",
    ),
    (
        "Screening compliance",
        "percent",
        "2014-15 Q2",
        "Scorecard: 96%. Screening compliance fell to 91% in the quarter.",
        "91% and also 96% for the same time",
    ),
    (
        "Callers satisfied",
        "percent",
        "2014-15 Q2",
        "93% of those who replied; only 6 replied",
        "no part of 6 is 93%",
    ),
    (
        "Taxis passing first inspection",
        "percent",
        "2014-15 Q2",
        "90 vehicles presented, 70 passed first time, 25 failed. Pass rate 77.8%.",
        "70 and 25 of them, which is 95",
    ),
    (
        "Sickness absence",
        "percent",
        "September 2014",
        "Sickness has improved again, to 5.1% (August 4.8%)",
        "'improved' for 5.1%, and it was 4.8% before",
    ),
    (
        "House burglary",
        "count",
        "2014-15 Q3",
        "Q2: YTD 300, Sep 40. Q3: YTD 500, Oct-Dec 90",
        "300 and then 500 so far this year, which is 200 more",
    ),
    ("Net position", "GBP", "2014-15 Q2", "We ended with a deficit of £40,000", "is that a deficit?"),
    ("Visits made", "count", "March 2015", "410 visits for the quarter", "beside the figure"),
]


def _read(title: str, unit: str, period: str, text: str) -> ReadItem:
    asked = Asked(1, "AB12", title, unit)
    (item,) = TextReader().read(text, ReadingTask(period, wanted_span(period), (asked,))).items
    return item


@pytest.mark.parametrize(("title", "unit", "period", "text", "value"), READ, ids=[each[3][:40] for each in READ])
def test_a_figure_is_found_among_the_words_of_a_report(
    title: str, unit: str, period: str, text: str, value: float
) -> None:
    item = _read(title, unit, period, text)
    assert item.doubts == ()
    assert item.candidates[0].value == Decimal(str(value))


@pytest.mark.parametrize(("title", "unit", "period", "text", "doubt"), ASKED, ids=[each[3][:40] for each in ASKED])
def test_what_a_report_says_against_its_figure_is_asked_about(
    title: str, unit: str, period: str, text: str, doubt: str
) -> None:
    item = _read(title, unit, period, text)
    assert any(doubt in each for each in item.doubts), item.doubts


NOT_THE_FIGURE = [
    # A target at the end of a long phrase, and one that somebody was asked to reach.
    (
        "Plans finished within 10 days",
        "percent",
        "2014-15 Q2",
        "with the target for finishing the first part of a plan within 10 days at 95% and performance at 82%",
        95,
    ),
    (
        "Calls reached in 8 minutes",
        "percent",
        "2014-15 Q2",
        "Contracted to reach 75% of calls in 8 minutes.",
        75,
    ),
    ("Infections", "count", "2014-15", "We are predicting 120 infections by the end of the year. 70 so far.", 120),
    (
        "Gas checks in date",
        "percent",
        "2014-15 Q2",
        "Gas checks are behind. All 4 other checks are at 100%.",
        100,
    ),
    ("Homicides", "count", "2014-15 Q2", "There were no homicides involving firearms.", 0),
    ("Fires", "count", "2014-15 Q2", "There were no fires in July.", 0),
    ("Visits made", "count", "2014-15", "Q4 71. Year 2 of the plan.", 2),
    ("Cases solved", "percent", "2014-15 Q2", "28% lower than 43%", 43),
]


@pytest.mark.parametrize(("title", "unit", "period", "text", "value"), NOT_THE_FIGURE)
def test_what_is_not_the_figure_is_never_taken_for_it(
    title: str, unit: str, period: str, text: str, value: float
) -> None:
    item = _read(title, unit, period, text)
    assert not (item.certain and item.candidates[0].value == value)


def test_work_that_is_awaited_leaves_a_none_as_it_is() -> None:
    item = _read("New homes started", "count", "2014-15 Q2", "None this quarter. The schemes await a sign-off.")
    assert item.certain
    assert item.candidates[0].value == 0


def test_a_figure_that_comes_before_not_available_is_asked_about() -> None:
    item = _read("Visits made", "count", "2014-15 Q2", "310 in 2013/14, no later figure.")
    assert not item.certain
    assert {candidate.status.value for candidate in item.candidates} == {"not_available", "reported"}

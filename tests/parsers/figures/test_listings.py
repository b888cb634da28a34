"""Figures listed with their months or years, some of what was counted, levels that make a change."""

import pytest

from tests.parsers.figures.asking import asked_about, figures, read_list
from tests.parsers.figures.test_other_styles import read

Q1, Q2 = "2024-25 Q1", "2024-25 Q2"
ROLLING = "Turnover of wardens (rolling 12 months)"
CERTAIN = [
    ("count", "Van visits", "Apr 8 + May 9 + Jun 11 = 28", Q1, 28),
    ("count", "Van visits", "April 8, May 9, June 11 = 28", Q1, 28),
    ("count", "Van visits", "28 (Apr, May, Jun)", Q1, 28),
    ("count", "Van visits", "28 in April, May and June", Q1, 28),
    ("percent", "Hall use", "Hall use: 71.3% / 72.6% / 74.2% (Apr, May, Jun)", "May 2024", 72.6),
    ("years", "Average age of new members", "61.2 | 63.4 (2022-23 | 2023-24)", "2023-24", 63.4),
    ("percent", ROLLING, "Turnover for the rolling 12 months ending September 2024 is 11.4%.", Q2, 11.4),
    ("count", "Nesting boxes put up", "22 boxes; the target of 15 over the year stands.", Q2, 22),
    ("change_count", "Change in shed fires on same quarter last year", "33 against 41, so 8 fewer.", Q2, -8),
    ("count", "Unsafe procedures", "Two unsafe procedures (a wrong site and a wrong side).", Q2, 2),
    (
        "percent",
        "Plans agreed in time",
        "In the quarter 71 of 187 plans met the statutory timescale, that is 38%.",
        Q2,
        38,
    ),
]


@pytest.mark.parametrize(("unit", "title", "words", "period", "value"), CERTAIN, ids=[case[2][:60] for case in CERTAIN])
def test_a_figure_listed_or_told_with_its_time_is_certain(
    unit: str, title: str, words: str, period: str, value: float
) -> None:
    item = read(unit, title, words, period)
    assert item.certain, item.doubts
    assert float(item.candidates[0].value or 0) == value


ASKED = [
    ("count", "Van visits", "Apr 8, May 9, Jun 11 = 29", Q1),
    ("count", "Van visits", "Apr 8, May 9, Jun 11 = 28", Q2),
    ("count", "Van visits", "28 against the target of 20 for the year to date", Q2),
    ("count", "Van visits", "28 in April, May and July", Q1),
    ("count", "Van visits", "8, 9, 11 (Apr, May, Jun)", Q1),
    ("count", "Van visits", "8, 9 (Apr, May, Jun)", Q1),
    ("count", "Van visits", "8, 9 and 11 in April, May and June", Q1),
    ("percent", "Hall use", "Hall use: 71.3% / 72.6% (Apr, May, Jun)", "May 2024"),
    ("percent", ROLLING, "Turnover for the rolling 12 months ending August 2024 is 11.4%.", Q2),
    ("percent", "Turnover of wardens", "Turnover for the rolling 12 months ending September 2024 is 11.4%.", Q2),
    ("count", "Nesting boxes put up", "22 boxes over the year; target 15.", Q2),
    ("change_count", "Change in shed fires on same quarter last year", "33 against 41, so 9 fewer.", Q2),
    ("count", "Unsafe procedures", "Two unsafe procedures, though the list may be wrong.", Q2),
    ("change_percent", "Change in emissions", "Emissions were down 40% (down 43%).", Q2),
    ("change_percent", "Change in emissions", "Emissions were down 40% (Q2: down 43%).", Q2),
    ("rank", "Arrests: rank of 43 forces", "Arrests 41%, placing us 9th of 43 (and 4th in arrests).", Q2),
    ("change_count", "Change in shed fires", "Shed fires: 900 down to 850 = - 60", Q2),
    ("change_percent", "Change in shed fires", "Shed fires: - 5%", Q2),
    ("days", "Sickness days per post", "Q2 saw a drop of 2.49 days per post.", Q2),
    ("minutes", "Wait for a warden", "Reached in 8 minutes since June 2021.", Q2),
    ("percent", "Young people in employment", "NEET is at 2.6%.", Q2),
    (
        "percent",
        "Start of lessons within 18 weeks",
        "72.4% of the 214 learners came. Starts of lessons within 18 weeks: 90% for the quarter to December.",
        Q2,
    ),
    ("percent", "Plans agreed in time", "In the year 71 of 187 plans met the statutory timescale, that is 38%.", Q2),
]


@pytest.mark.parametrize(("unit", "title", "words", "period"), ASKED, ids=[case[2][:60] for case in ASKED])
def test_what_the_list_leaves_open_is_asked_about(unit: str, title: str, words: str, period: str) -> None:
    assert not read(unit, title, words, period).certain


@pytest.mark.parametrize(
    "remark", ["one was counted late", "1 was counted late", "two were seen twice over", "and 3 have been closed"]
)
def test_some_of_what_was_just_counted_is_no_figure_of_its_own(remark: str) -> None:
    reading = read_list(f"DA06 13, {remark}")
    assert figures(reading) == {"DA06": 13}
    assert asked_about(reading) == set()


@pytest.mark.parametrize("remark", ["14 were counted late", "two were counted twice", "11 were expected"])
def test_more_than_was_counted_or_a_doubt_about_it_is_asked_about(remark: str) -> None:
    assert "DA06" in asked_about(read_list(f"DA06 13, {remark}"))

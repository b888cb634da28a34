"""What a reply's own numbers say against its figure: a contradiction is asked about, its agreeing twin is not."""

from datetime import date

import pytest

from collector.domain.indicator import Basis
from collector.domain.submission import Asked, ReadingTask, ReadItem
from parsers.figures import TextReader
from parsers.figures.dates import wanted_span
from tests.parsers.figures.asking import TITLES, read_one

PAIRS = [
    # A percentage against its own counts, wherever they stand.
    ("percent", "43% (15 of 47)", "15 of 47, which is 31.9%", "43% (20 of 47)"),
    ("percent", "568 of 820 kept it, 83%", "568 of 820, which is 69.3%", "683 of 820 kept it, 83%"),
    (
        "percent",
        "There were 47 clients and 19 of them improved, 43%",
        "19 of 47, which is 40.4%",
        "There were 47 clients and 20 of them improved, 43%",
    ),
    ("percent", "91.5% of 20 clients", "91.5% of 20, which is no whole number", "95% of 20 clients"),
    ("percent", "All clients were helped: 97%", "all would be 100%", "All clients were helped: 100%"),
    # What is said of the target.
    ("percent", "43%, above the target of 45%", "43 is not above 45", "43%, above the target of 40%"),
    ("percent", "43%, below the target of 40%", "43 is not below 40", "43%, below the target of 45%"),
    ("count", "153, above the target of 160", "153 is not above 160", "153, above the target of 140"),
    ("count", "Below the target of 140: 153", "153 is not below 140", "Below the target of 160: 153"),
    # Which way it went.
    ("count", "Rose from 52 to 45", "52 to 45 is a reduction", "Rose from 45 to 52"),
    ("count", "Fell from 45 to 52", "45 to 52 is an increase", "Fell from 52 to 45"),
    ("days", "rose from 14 to 12 days", "14 to 12 days is a reduction", "fell from 14 to 12 days"),
    ("percent", "Rose to 43% (45% in Q1)", "'Rose' for 43%, and it was 45% before", "Rose to 43% (40% in Q1)"),
    ("percent", "Fell to 43% (40% in Q1)", "'Fell' for 43%, and it was 40% before", "Fell to 43% (45% in Q1)"),
    # A level, the one before and the change between them.
    (
        "count",
        "52, up from 45 last quarter, an increase of 9",
        "45 to 52 is an increase of 7",
        "52, up from 45 last quarter, an increase of 7",
    ),
    ("count", "52 (45 last quarter), up 9", "45 to 52 is an increase of 7", "52 (45 last quarter), up 7"),
    (
        "count",
        "52, up from 45 last quarter, a rise of 20%",
        "45 to 52 is an increase of 15.6%",
        "52, up from 45 last quarter, a rise of 15.6%",
    ),
    (
        "count",
        "52 clients against 45 last quarter, up 25%",
        "45 to 52 is an increase of 15.6%",
        "52 clients against 45 last quarter, up 15.6%",
    ),
    (
        "percent",
        "43% compared with 40% last quarter, an increase of 5 percentage points",
        "40% to 43% is an increase of 3 percentage points",
        "43% compared with 40% last quarter, an increase of 3 percentage points",
    ),
    (
        "GBP",
        "£6,000 compared with £5,000 last quarter, an increase of 30%",
        "£5,000 to £6,000 is an increase of 20%",
        "£6,000 compared with £5,000 last quarter, an increase of 20%",
    ),
    # The change itself against its levels.
    (
        "change_percent",
        "9% reduction, from 50 to 47",
        "50 to 47, which is a reduction of 6%",
        "6% reduction, from 50 to 47",
    ),
    (
        "change_percent",
        "A 5% reduction, up from 200 to 210",
        "200 to 210, which is an increase of 5%",
        "A 5% reduction, down from 200 to 190",
    ),
    (
        "change_percent",
        "47 this quarter and 50 last quarter, a reduction of 9%",
        "50 to 47, which is a reduction of 6%",
        "47 this quarter and 50 last quarter, a reduction of 6%",
    ),
    (
        "percentage_points",
        "up 5 percentage points (40% to 43%)",
        "40% to 43% is 3",
        "up 3 percentage points (40% to 43%)",
    ),
    (
        "percentage_points",
        "The rate fell 1.4 points (16.0% to 15.4%)",
        "16% to 15.4% is -0.6",
        "The rate fell 1.4 points (16.8% to 15.4%)",
    ),
    # Parts and totals, months and quarters.
    ("count", "153 (Jul 50, Aug 51, Sep 55)", "50 + 51 + 55, which is 156", "153 (Jul 50, Aug 51, Sep 52)"),
    ("count", "153 clients: 100 women and 63 men", "100 + 63, which is 163", "153 clients: 100 women and 53 men"),
    (
        "count",
        "153 clients. Of these 100 were women and 63 men.",
        "100 + 63, which is 163",
        "153 clients. Of these 100 were women and 53 men.",
    ),
    ("count", "70 plus 93, 153 in total", "70 + 93, which is 163", "70 plus 83, 153 in total"),
    (
        "percent",
        "43% (Jul 50%, Aug 53%, Sep 56%)",
        "50%, 53% and 56% for its parts; the figure lies outside them",
        "43% (Jul 40%, Aug 43%, Sep 46%)",
    ),
    (
        "GBP",
        "£400k plus £300k, £1.2m in total",
        "£400,000 + £300,000, which is 700,000",
        "£400k plus £300k, £700k in total",
    ),
    (
        "GBP",
        "£6,000 (Jul £1,000, Aug £2,000, Sep £4,000)",
        "1,000 + 2,000 + 4,000, which is 7,000",
        "£6,000 (Jul £1,000, Aug £2,000, Sep £3,000)",
    ),
    # One time under two names, a number with a gap, and more besides.
    ("count", "July to September (Q1): 153", "'July to September' and 'Q1'", "July to September (Q2): 153"),
    ("count", "1 234 clients", "'1 234', which could be one number or two", "1,234 clients"),
    ("count", "153 clients and a further 20 more", "is 153 all of it?", "153 clients, 20 of them more than once"),
]


def read(text: str, unit: str) -> ReadItem:
    """As `read_one`, in any unit."""
    if unit in TITLES:
        return read_one(text, unit)
    return read_titled(text, unit, "Change in the share of repeat victims")


def read_titled(text: str, unit: str, title: str) -> ReadItem:
    asked = Asked(1, "AB12", title, unit, Basis.QUARTER)
    task = ReadingTask("2015-16 Q2", wanted_span("2015-16 Q2"), (asked,), sent_on=date(2015, 10, 20))
    (item,) = TextReader().read(text, task).items
    return item


@pytest.mark.parametrize(("unit", "text", "arithmetic"), [pair[:3] for pair in PAIRS])
def test_a_contradiction_is_asked_about_with_its_arithmetic(unit: str, text: str, arithmetic: str) -> None:
    item = read(text, unit)
    assert not item.certain
    assert arithmetic in " ".join(item.doubts)


@pytest.mark.parametrize(("unit", "text"), [(pair[0], pair[3]) for pair in PAIRS])
def test_its_agreeing_twin_is_certain(unit: str, text: str) -> None:
    item = read(text, unit)
    assert item.certain, item.doubts


def test_a_rate_that_its_count_and_population_contradict_is_asked_about() -> None:
    item = read_one("312 per 100,000; 30 entrants; population 6,410", "rate_per_100k")
    assert not item.certain
    assert "30 and 6,410, which is 468 per 100,000" in " ".join(item.doubts)


def test_a_rate_that_its_count_and_population_bear_out_is_not_contradicted() -> None:
    item = read_one("312 per 100,000; 20 entrants; population 6,410", "rate_per_100k")
    assert not any("which is" in doubt for doubt in item.doubts)


def test_a_figure_for_the_area_next_door_is_asked_about() -> None:
    item = read_one("153 in the neighbouring borough")
    assert not item.certain
    assert any("the area asked for" in doubt for doubt in item.doubts)


def test_a_sum_in_brackets_may_be_a_deficit() -> None:
    title = "Deficit on the safety budget"
    item = read_titled("(£1,200)", "GBP", title)
    assert item.doubts == ("You wrote (£1,200); is that a deficit?",)
    assert read_titled("£1,200", "GBP", title).certain

"""Numbers beside each other: parts and their wholes, lists with a heading, times with numbers of their own."""

from decimal import Decimal

import pytest

from collector.domain.submission import Asked, ReadingTask, ReadItem
from parsers.figures import TextReader
from parsers.figures.dates import wanted_span

PERIOD = "2025-26 Q3"


def read(unit: str, title: str, words: str, period: str = PERIOD) -> ReadItem:
    task = ReadingTask(period, wanted_span(period), (Asked(1, "AB01", title, unit),))
    return TextReader().read(words, task).items[0]


CERTAIN = [
    ("count", "Shed fires started on purpose", "Shed fires 61, of which 22 were started on purpose.", "22"),
    ("count", "Shed fires", "Shed fires 61, of which 22 were started on purpose.", "61"),
    ("count", "Young carers in mentoring", "212 in mentoring, of whom 48 are young carers", "48"),
    ("count", "Boats inspected or repaired", "The yard looked at 90 boats and inspected or repaired 33 of them.", "33"),
    ("count", "Rod hire anglers licensed", "Anglers 95 (junior 60, rod hire 35).", "35"),
    ("count", "Late ferry complaints", "Ferry complaints 80: price 41, late 27, food 12.", "27"),
    ("percent", "Harbour pilots on time, night", "On time: day 91%, night 84%, weekend 77%.", "84"),
    ("count", "Families in the hostel", "Families in the hostel: 14 (31 beds). 9 had to wait.", "14"),
    (
        "percent",
        "Ponds free of lead",
        "Of the 60 ponds chosen we tested 50, and 40 of those were free of lead (80%).",
        "80",
    ),
    ("percent", "Truancy, rural", "Rural truancy: 6.3% (2024-25 autumn: 7.9%).", "6.3"),
    ("percent", "Tenants who return", "Of the tenants, 31% came back within 12 months.", "31"),
    ("minutes", "Time to clear an oil spill", "1 hr 50 on average.", "110"),
    ("count", "Bats rescued", "153 provisional until 20 November", "153"),
    ("count", "Piers painted", "9 piers painted in the quarter, bringing the running total to 31.", "9"),
    ("rank", "Place among ports", "We went from 9th to 6th of the 22.", "6"),
    ("count", "Beach huts let", "N/A in Q1. Beach huts let: 12.", "12"),
    ("count", "Sail repairs refused", "None refused by anyone this quarter.", "0"),
    ("count", "Kite accidents with injury", "12 kite accidents with injury: 9 light, 3 severe.", "12"),
    ("days", "Days to mend a pier lamp", "At 31 days we are a week worse than Q2 (24).", "31"),
]


@pytest.mark.parametrize(("unit", "title", "words", "value"), CERTAIN, ids=[case[2][:60] for case in CERTAIN])
def test_the_figure_is_certain(unit: str, title: str, words: str, value: str) -> None:
    item = read(unit, title, words)
    assert item.certain, item.doubts
    assert item.candidates[0].value == Decimal(value)


ASKED = [
    # The whole says nothing of what it counts: it may be the figure, whatever is said of the part.
    ("count", "Crews in rented huts", "258. Of these 160 were in rented huts by the pier."),
    # A part that is less than the title says, or that somebody did.
    ("count", "Complaints settled at stage 1", "41 complaints, of which 30 were settled within 10 days."),
    ("count", "Victims referred", "212 victims, of whom 180 were referred by police."),
    ("count", "Police recorded boat theft", "Boat theft 806 (police 212, harbour 594)"),
    # People behind what happened to them.
    ("count", "Missing trips of residents", "Missing trips: 77 (29 residents)."),
    # What is left of a number, a range, and an hour with a number that may be its minutes.
    ("count", "Mooring fines", "Mooring fines 512, 498 after removing duplicates."),
    ("count", "Mooring fines issued", "Fines issued 90: litter 59, mooring 31 or 33."),
    ("minutes", "Time to clear an oil spill", "Usually 1 hr 50 door to door."),
    ("count", "Active rowers", "7 rowers joined, taking the running total to 54."),
    # Twice for the same time, and the second lacks a word of the title.
    ("count", "Cycle repairs booked", "Cycle repairs booked in Q3: 64. In Q3 we booked 46 repairs."),
]


@pytest.mark.parametrize(("unit", "title", "words"), ASKED, ids=[case[2][:60] for case in ASKED])
def test_it_is_asked_about(unit: str, title: str, words: str) -> None:
    item = read(unit, title, words)
    assert not item.certain
    assert item.doubts


def test_what_was_counted_since_april_is_no_rival_of_the_quarters_figure() -> None:
    item = read("count", "Raft rescues", "There were eight raft rescues in Q3. In all 47 have been made since April.")
    assert item.certain
    assert item.candidates[0].value == 8


@pytest.mark.parametrize(
    ("title", "change"), [("Barge traffic, % change", 4), ("Canal theft, % change", -5), ("Mooring fraud, % change", 9)]
)
def test_of_changes_in_sentences_of_their_own_the_one_named_is_certain(title: str, change: int) -> None:
    words = "Barge traffic up by 4% on last year. Canal theft down 5%. Mooring fraud up 9%."
    item = read("change_percent", title, words)
    assert item.certain, item.doubts
    assert item.candidates[0].value == change


@pytest.mark.parametrize("words", ["Canal theft down 5%, or 6% on the new count.", "Canal theft up 4%. Now down 5%."])
def test_a_second_change_without_a_name_of_its_own_is_asked_about(words: str) -> None:
    assert not read("change_percent", "Canal theft, % change", words).certain

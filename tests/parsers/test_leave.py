"""Leave in what people write themselves: theirs or a role's, and never what a figure or a project is."""

from datetime import date

import pytest

from collector.domain.orders import Away
from parsers.leave import read_leave
from parsers.orders import read_orders

TODAY = date(2015, 10, 20)


@pytest.mark.parametrize(
    "words",
    [
        "RS08: No discussions held in August; back on 2 November",
        "We are off target until 30 November",
        "RS08: at risk, returning on 2 November",
        "I'll be back on Friday with DA07",
        "No discussions held in August; back on 2 November",
        "DA06: on leave until 9 November the cases waited",
        "He is on leave until 9 November",
    ],
)
def test_what_a_figure_or_a_project_does_is_no_leave(words: str) -> None:
    assert read_orders(words, TODAY).orders == ()


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("On annual leave 26-30 October", date(2015, 10, 26), date(2015, 10, 30)),
        ("I am on leave between 2 and 9 November", date(2015, 11, 2), date(2015, 11, 9)),
        ("I am away next week", date(2015, 10, 26), date(2015, 10, 30)),
        ("I\u2019m on leave this week", TODAY, date(2015, 10, 23)),
        ("I will be on leave w/c 26 October", date(2015, 10, 26), date(2015, 10, 30)),
        ("I'm on leave from Monday 26 October for two weeks", date(2015, 10, 26), date(2015, 11, 8)),
        ("I'm on maternity leave from 1 November", date(2015, 11, 1), None),
        ("Back in the office on Monday 2 November", TODAY, date(2015, 11, 1)),
    ],
)
def test_the_days_of_ones_own_leave_are_read(words: str, first: date, last: date | None) -> None:
    assert read_leave(words, TODAY) == Away("", first, last)


def test_the_leave_of_somebody_who_is_named_is_theirs() -> None:
    said = read_leave(
        "The Youth Offending Team Manager is on leave until 9 November, the Medway Commander covers", TODAY
    )
    assert said == Away("The Youth Offending Team Manager", TODAY, date(2015, 11, 9), "the Medway Commander")


def test_leave_that_goes_on_below_is_read_whole() -> None:
    told = read_orders("I'm on leave until the 9th,\nmy deputy covers.", TODAY)
    assert (told.orders, told.rest) == ((Away("", TODAY, date(2015, 11, 9), "my deputy"),), "")
    wrapped = (
        "I am out of the office on annual leave from Monday\n26 October until Friday 30 October. The Medway\n"
        "Commander will cover."
    )
    assert read_orders(wrapped, TODAY).orders == (
        Away("", date(2015, 10, 26), date(2015, 10, 30), "The Medway Commander"),
    )

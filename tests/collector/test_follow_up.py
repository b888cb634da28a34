"""What was not available is asked for on its date and not before; what is provisional once it is final."""

from datetime import date, datetime, timedelta
from typing import Any

from collector.domain.figure import FigureStatus
from collector.locking import lock, reopen_figure
from collector.messages import Reminder
from storage.books import SqlBooks
from tests.builders import OPENS, Office, at
from tests.collector.test_rhythms import opened
from tests.support.orders import messages, orders


def lives(office: Office, first: datetime, last: datetime) -> None:
    """The service ticks every working morning."""
    while first <= last:
        office.ticks(first)
        first += timedelta(days=1)


def days(office: Office, person: str) -> list[str]:
    prefix = f"reminder:2015-16Q2:{person}:"
    return [key.removeprefix(prefix) for key in office.keys(prefix)]


def answered(office: Office, words: str, **given: Any) -> Office:
    """The contributor of DA has answered everything on 20 October."""
    office.sends(OPENS)
    office.says("da", words, at(20), **given)
    return office


def test_what_is_not_available_until_a_date_is_asked_for_on_that_date_and_not_before(office: Office) -> None:
    answered(office, "DA06 153\nDA07: not available until 16 November")
    lives(office, at(21), at(15, month=11))
    assert days(office, "da") == ["opening"]
    lives(office, at(16, month=11), at(30, month=11))
    assert days(office, "da") == ["opening", "2015-11-16", "2015-11-18", "2015-11-23"]
    told = messages(office, "da", Reminder)[1]
    assert [(line.code, line.hint) for line in told.owed] == [
        ("DA07", "per cent, with its counts (not available until 16 Nov 2015, as you said)")
    ]
    assert told.days_left == 0


def test_asking_stops_when_the_figure_has_come(office: Office) -> None:
    answered(office, "DA06 153\nDA07: not available until 16 November")
    lives(office, at(16, month=11), at(16, month=11))
    office.says("da", "DA07 91%", at(17, month=11))
    lives(office, at(17, month=11), at(30, month=11))
    assert days(office, "da") == ["opening", "2015-11-16"]
    assert str(office.value("DA07")) == "91"


def test_a_new_date_is_taken_at_its_word(office: Office) -> None:
    answered(office, "DA06 153\nDA07: not available until 16 November")
    office.says("da", "DA07: not available until 30 November", at(13, month=11))
    lives(office, at(14, month=11), at(30, month=11))
    assert days(office, "da") == ["opening", "2015-11-30"]


def test_a_date_at_a_weekend_is_followed_up_on_monday(office: Office) -> None:
    answered(office, "DA06 153\nDA07: not available until 14 November")
    lives(office, at(13, month=11), at(17, month=11))
    assert days(office, "da") == ["opening", "2015-11-16"]


def test_what_is_not_available_without_a_date_is_asked_for_with_the_next_quarters_opening(office: Office) -> None:
    answered(office, "DA06 153\nDA07: not available")
    lives(office, at(21), at(8, month=1, year=2016))
    assert days(office, "da") == ["opening", "2016-01-07"]
    assert "reminder:2015-16Q3:da:opening" in office.keys("reminder:")


def test_a_provisional_figure_is_asked_for_again_when_its_source_is_final(books: SqlBooks) -> None:
    office = answered(opened(books, "DA06", lag_days=56), "DA06 153 provisional\nDA07 91%")
    lives(office, at(21), at(25, month=11))
    assert days(office, "da") == ["opening", "2015-11-25"]
    line = messages(office, "da", Reminder)[-1].owed[0]
    assert line.hint == "a number (153, provisional so far: send the final figure, the same or not)"
    office.says("da", "DA06 153", at(25, 12, month=11))
    assert office.view().figures["DA06"].reported.status is FigureStatus.REPORTED
    lives(office, at(26, month=11), at(10, month=12))
    assert days(office, "da") == ["opening", "2015-11-25"]


def test_a_provisional_figure_without_a_lag_is_asked_for_with_the_next_quarters_opening(office: Office) -> None:
    answered(office, "DA06 153 provisional\nDA07 91%")
    lives(office, at(21), at(8, month=1, year=2016))
    assert days(office, "da") == ["opening", "2016-01-07"]


def test_a_provisional_figure_is_asked_for_although_its_round_is_locked_and_its_answer_waits(office: Office) -> None:
    answered(office, "DA06 153 provisional\nDA07: not available until 16 November")
    orders(office, lock, when=at(10, month=11))
    lives(office, at(16, month=11), at(16, month=11))
    assert days(office, "da") == ["opening", "2015-11-16"]
    office.says("da", "DA07 91%", at(16, 12, month=11))
    lives(office, at(17, month=11), at(30, month=11))
    assert days(office, "da") == ["opening", "2015-11-16"]
    orders(office, reopen_figure, "DA07", "its source published", when=at(30, month=11))
    assert str(office.value("DA07")) == "91"


def test_a_date_long_after_the_round_is_not_forgotten(office: Office) -> None:
    answered(office, "DA06 153\nDA07: not available until 1 April 2016")
    lives(office, at(30, month=3, year=2016), at(1, month=4, year=2016))
    assert "reminder:2015-16Q2:da:2016-04-01" in office.keys("reminder:")


def test_a_receipt_says_what_awaits_its_source_and_does_not_list_it_as_owed(office: Office) -> None:
    office.says("dph", "DA06 153", at(20))
    receipt = office.answers()[-1]
    assert receipt.still_owed == ()
    assert receipt.notes[-1] == (
        "SA01 short of SA01: awaiting source until 25 Nov 2015. There is nothing to send before then."
    )


def test_our_own_words_for_what_awaits_its_source_are_understood(office: Office) -> None:
    office.says("dph", "SA01: awaiting source until 25 November", at(20))
    reported = office.view().figures["SA01"].reported
    assert (reported.status, reported.expected_on) == (FigureStatus.NOT_AVAILABLE, date(2015, 11, 25))

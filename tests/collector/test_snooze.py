"""Reminders can be put off, but not for long, and the answer says when the next one comes."""

from datetime import date, datetime

import pytest

from collector.acting import NotDone
from collector.snooze import put_off_reminders
from tests.builders import OPENS, Office, at
from tests.collector.people import lives_through, orders, person, told

LIMIT = "Reminders can wait 5 working days at most, and not past the first days overdue. "


@pytest.fixture
def opened(office: Office) -> Office:
    office.sends(OPENS)
    return office


def puts_off(office: Office, when: datetime, until: date | None = None, by: str = "da") -> tuple[str, ...]:
    return orders(office, by, when, lambda acting, view: put_off_reminders(acting, view, person("da"), until))


def test_no_reminder_comes_before_the_day_that_was_asked_for_and_one_comes_on_it(opened: Office) -> None:
    assert puts_off(opened, at(15), date(2015, 10, 20)) == ("The next reminder comes on Tue 20 Oct 2015.",)
    lives_through(opened, at(16), at(19))
    assert len(told(opened, "da")) == 1
    lives_through(opened, at(20), at(23))
    assert [message.days_left for message in told(opened, "da")[1:]] == [3, 1, 0]


def test_without_a_day_it_is_the_next_working_day(opened: Office) -> None:
    assert puts_off(opened, at(16)) == ("The next reminder comes on Mon 19 Oct 2015.",)


def test_a_day_at_the_weekend_is_the_working_day_after(opened: Office) -> None:
    assert puts_off(opened, at(15), date(2015, 10, 17)) == ("The next reminder comes on Mon 19 Oct 2015.",)


def test_five_working_days_are_the_most(opened: Office) -> None:
    assert puts_off(opened, at(8), date(2015, 10, 30)) == (f"{LIMIT}The next reminder comes on Thu 15 Oct 2015.",)


def test_no_reminder_is_put_off_past_the_first_days_overdue(opened: Office) -> None:
    assert puts_off(opened, at(22), date(2015, 10, 29)) == (f"{LIMIT}The next reminder comes on Tue 27 Oct 2015.",)
    with pytest.raises(NotDone, match="overdue, so reminders can't be put off"):
        puts_off(opened, at(27), date(2015, 10, 29))


def test_a_reminder_that_was_waiting_is_not_sent_and_the_later_one_is(opened: Office) -> None:
    opened.clock.tick(at(16, 9))
    puts_off(opened, at(16, 9, 5), date(2015, 10, 20))
    opened.sends(at(16, 9, 30))
    assert len(told(opened, "da")) == 1
    lives_through(opened, at(19), at(20))
    assert len(told(opened, "da")) == 2


def test_nothing_is_put_off_that_is_not_to_come_or_by_somebody_else(opened: Office) -> None:
    with pytest.raises(NotDone, match="Only the Domestic Abuse Coordinator or the coordinator"):
        puts_off(opened, at(15), by="yot")
    with pytest.raises(NotDone, match="is not after today"):
        puts_off(opened, at(15), date(2015, 10, 14))
    opened.says("da", "DA06 153, DA07 91%", at(15))
    with pytest.raises(NotDone, match="Nothing is out"):
        puts_off(opened, at(15, 12))

"""The watch over the mailbox: pauses that grow and are bounded, and a failure that is said once."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.mail.door import MailDoor
from bot.mail.mailbox import ImapAccount, Mailbox
from bot.mail.pacing import Pace, pace_for
from bot.mail.watch import BackOff, MailWatch
from collector.books import FILING, MAILBOX
from storage.books import SqlBooks
from tests.builders import OPENS, Office, at
from tests.servers import free_port


def test_pauses_grow_are_bounded_and_begin_anew() -> None:
    longest = BackOff(chance=lambda: 1.0)
    assert [longest.next() for _ in range(9)] == [2, 4, 8, 16, 32, 64, 128, 256, 300]
    longest.reset()
    assert longest.next() == 2
    assert BackOff(chance=lambda: 0.0).next() == 1


def test_two_collectors_do_not_come_back_in_step() -> None:
    assert len({BackOff().next() for _ in range(20)}) > 1


def test_a_mailbox_that_is_away_is_said_once_and_stands_on_the_books(books: SqlBooks) -> None:
    office = Office(books).prepare()
    account = ImapAccount("127.0.0.1", free_port(), "none", "returns@medway.example.org", "secret", timeout=1)
    stopping = Stop(after=4)
    watch = MailWatch(
        MailDoor(Mailbox(account), books, office.intake), lambda: OPENS, threading.Event(), threading.Event(), stopping
    )
    with capture_logs() as said:
        watch.run()
    assert [line["event"] for line in said if line["log_level"] == "warning"] == ["mailbox down"]
    assert stopping.waited[0] < stopping.waited[-1]
    with books.begin() as unit:
        (outage,) = unit.outages.all()
    assert (outage.part, outage.since) == (MAILBOX, OPENS)
    assert watch.looked.is_set()


class Stop(threading.Event):
    """Waits no time, and is set after so many waits."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self.after = after
        self.waited: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.waited.append(timeout or 0)
        if len(self.waited) >= self.after:
            self.set()
        return self.is_set()


@pytest.mark.parametrize(("part", "words"), [(MAILBOX, "can't be read since 9am"), (FILING, "Handled mail stays")])
def test_the_coordinator_hears_of_what_lasts_and_not_of_what_passes(books: SqlBooks, part: str, words: str) -> None:
    office = Office(books).prepare()
    with books.begin() as unit:
        unit.outages.begin(part, OPENS, "The mail server is away.")
    notices = notices_of(office)
    office.clock.tick(OPENS + timedelta(minutes=30))
    assert notices() == []
    office.clock.tick(OPENS + timedelta(minutes=61))
    (told,) = notices()
    assert words in told
    assert "The mail server is away." in told
    office.clock.tick(at(6, 10))
    assert len(notices()) == 1
    with books.begin() as unit:
        unit.outages.end(part)
    office.clock.tick(at(7, 10))
    assert len(notices()) == 1


def notices_of(office: Office) -> Callable[[], list[str]]:
    def told() -> list[str]:
        with office.books.begin() as unit:
            rows = [row for row in unit.outbox.rows() if row.planned.dedupe_key.startswith("review:")]
        return [str(row.planned.message) for row in rows]

    return told


def test_letters_go_no_faster_than_the_pace() -> None:
    now, slept = [100.0], list[float]()

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    pace = Pace(30, lambda: now[0], sleep)
    for _ in range(3):
        pace.wait()
    assert slept == pytest.approx([2.1, 2.1])
    now[0] += 60
    pace.wait()
    assert len(slept) == 2


@pytest.mark.parametrize(
    ("host", "setting", "pace"),
    [
        ("smtp.office365.com", None, 30),
        ("SMTP.Office365.com.", None, 30),
        ("outlook.office365.com", 10, 10),
        ("mail.council.example.org", None, None),
        ("mail.council.example.org", 60, 60),
    ],
)
def test_microsofts_pace_is_known_and_the_setting_counts_more(host: str, setting: int | None, pace: int | None) -> None:
    assert pace_for(host, setting).per_minute == pace


def test_without_a_pace_nothing_waits() -> None:
    def never(_seconds: float) -> None:
        raise AssertionError("it waited")

    pace = Pace(None, lambda: 0.0, never)
    pace.wait()
    pace.wait()

"""What was said while nobody listened is swept in from a real server's history, and nothing twice."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.demo.localslack import APP_TOKEN, BOT_TOKEN, LocalSlack
from bot.slack.app import SlackConnection, build_app
from bot.slack.door import DOOR, SlackDoor
from bot.slack.errors import SlackDown
from bot.slack.messenger import Messenger, web_client
from bot.slack.sweep import Sweep
from collector.domain.submission import Opened
from parsers.posted import open_posted
from storage.books import open_books
from tests.builders import IN_SLACK, TEAM, Office
from tests.real.test_slack_door import Counter, until
from tests.real.test_slack_messenger import post
from tests.support.fault_proxy import FaultProxy
from tests.support.local_slack import DA, DPH, SEG, VISITOR


@dataclass
class Place:
    """A workspace and our books; the sweep goes through a proxy that pages."""

    slack: LocalSlack
    proxy: FaultProxy
    office: Office
    waited: list[float] = field(default_factory=list)
    stopping: bool = False

    def __post_init__(self) -> None:
        self.intake = Counter(self.office)
        self.door = SlackDoor(self.intake, self.office.desk, self.office.books, lambda: datetime.now(UTC))

    def wait(self, seconds: float) -> bool:
        self.waited.append(seconds)
        return self.stopping

    def sweep(self) -> int:
        client = web_client(BOT_TOKEN, self.proxy.api)
        return Sweep(client, self.office.books, self.door, lambda: datetime.now(UTC), self.wait).run()

    def kept(self) -> list[Opened]:
        """What was kept, opened, in the order in which it was."""
        with self.office.books.begin() as unit:
            rows = [unit.inbox.by_key(key) for key in dict.fromkeys(self.intake.order)]
            opened = [open_posted(unit.blobs.get(row.blob)) for row in rows if row is not None]
        assert [one.message_id for one in opened] == list(dict.fromkeys(self.intake.order))
        return [one for one in opened if isinstance(one, Opened)]

    def said(self) -> list[str]:
        """The texts that were kept."""
        return [one.text for one in self.kept()]

    def cursor(self, user: str) -> int:
        with self.office.books.begin() as unit:
            found = unit.cursors.get(DOOR, self.slack.dm(user))
        return found[1] if found else 0


@pytest.fixture
def place(slack: LocalSlack, tmp_path: Path, migrated_sqlite: Path) -> Iterator[Place]:
    path = tmp_path / "books.db"
    shutil.copy(migrated_sqlite, path)
    books, proxy = open_books(f"sqlite:///{path}"), FaultProxy(slack.url)
    proxy.page = 2
    yield Place(slack, proxy, Office(books, partnership=IN_SLACK).prepare())
    proxy.close()
    books.close()


def test_what_was_said_while_we_were_away_is_kept_once_and_in_order(place: Place) -> None:
    for number in range(5):
        place.slack.say(DA, f"DA06 {number}")
    place.slack.say(DPH, "SA01 5%")
    place.slack.say(VISITOR, "hello")
    place.slack.say(DA, "chatter", channel=SEG)
    assert place.sweep() == 6
    assert place.said() == [*(f"DA06 {number}" for number in range(5)), "SA01 5%"]
    assert place.sweep() == 0


def test_what_an_event_brought_already_is_not_kept_again(place: Place) -> None:
    connection = SlackConnection(build_app(place.door, BOT_TOKEN, place.slack.api), APP_TOKEN, place.slack.api)
    connection.start()
    try:
        until(lambda: connection.connected)
        first = place.slack.say(DA, "DA06 153")
        until(place.said)
        place.slack.edit(DA, first, "DA06 135")
        until(lambda: len(place.said()) == 2)
    finally:
        connection.stop()
    place.slack.say(DA, "DA07 91%")
    place.slack.say(DA, "and 12 of 15", thread=first)
    assert place.sweep() == 2
    assert place.said() == ["DA06 153", "DA06 135", "DA07 91%", "and 12 of 15"]
    assert place.sweep() == 0


def test_the_sweep_on_connecting_brings_in_what_was_missed(place: Place) -> None:
    place.slack.say(DA, "DA06 153")
    connection = SlackConnection(
        build_app(place.door, BOT_TOKEN, place.slack.api), APP_TOKEN, place.slack.api, on_connected=place.sweep
    )
    connection.start()
    try:
        until(lambda: place.said() == ["DA06 153"])
    finally:
        connection.stop()


def test_replies_to_our_messages_are_found_in_their_threads(place: Place) -> None:
    messenger = Messenger(web_client(BOT_TOKEN, place.slack.api))
    ours = messenger.send(DA, post(), again=False)
    place.slack.say(DA, "1", thread=ours.rpartition(":")[2])
    assert place.sweep() == 1
    assert place.said() == ["1"]


def test_replies_in_a_thread_that_history_does_not_show_are_found_by_our_own_messages(place: Place) -> None:
    channel, old = place.slack.dm(DA), "1444125600.000100"
    with place.office.books.begin() as unit:
        row = next(row for row in unit.outbox.rows() if row.planned.person == "da")
        unit.outbox.sent(row.id, f"slack:{TEAM}:{channel}:{old}", datetime.now(UTC))
    place.slack.say(DA, "DA06 153", thread=old)
    assert place.sweep() == 1
    assert place.proxy.calls["conversations.replies"] == 1


def test_an_edit_that_nobody_saw_is_kept_as_it_stands_now(place: Place) -> None:
    ts = place.slack.upload(DA, "return.xlsx", b"PK", "DA06 153")
    place.slack.edit(DA, ts, "DA06 135")
    assert place.sweep() == 1
    (edited,) = place.kept()
    assert (edited.text, [file.name for file in edited.remote]) == ("DA06 135", ["return.xlsx"])


def test_an_edit_of_a_message_we_have_brings_its_file_no_second_time(place: Place) -> None:
    ts = place.slack.upload(DA, "return.xlsx", b"PK", "DA06 153")
    place.sweep()
    place.slack.edit(DA, ts, "DA06 135")
    assert place.sweep() == 1
    _, edited = place.kept()
    assert (edited.before_edit, edited.text, edited.remote) == ("DA06 153", "DA06 135", ())


def test_the_cursor_moves_only_after_what_lies_before_it_is_kept(place: Place) -> None:
    ts = place.slack.say(DA, "DA06 153")
    place.proxy.fail("conversations.history", "500")
    with pytest.raises(SlackDown):
        place.sweep()
    assert place.cursor(DA) == 0
    place.sweep()
    assert place.cursor(DA) == pytest.approx(float(ts) * 1_000_000, abs=2)


def test_the_cursor_is_only_an_economy(place: Place) -> None:
    place.slack.say(DA, "DA06 153")
    ahead = int((datetime.now(UTC) + timedelta(hours=3)).timestamp() * 1_000_000)
    with place.office.books.begin() as unit:
        unit.cursors.move(DOOR, place.slack.dm(DA), 0, ahead)
    assert place.sweep() == 1
    assert place.cursor(DA) == ahead


def test_it_waits_where_slack_asks_for_it(place: Place) -> None:
    place.slack.say(DA, "DA06 153")
    place.proxy.fail("conversations.history", "429", "429")
    assert place.sweep() == 1
    assert place.waited == [7.0, 7.0]


def test_it_does_not_wait_for_ever_nor_when_we_stop(place: Place) -> None:
    place.proxy.fail("conversations.history", *["429"] * 9)
    with pytest.raises(SlackDown, match="too many times"):
        place.sweep()
    place.stopping = True
    with pytest.raises(SlackDown, match="stopped"):
        place.sweep()


def test_a_conversation_that_can_not_be_read_does_not_keep_the_others_from_it(place: Place) -> None:
    place.slack.say(DPH, "SA01 5%")
    place.proxy.fail("conversations.open", "user_disabled")
    assert place.sweep() == 1


def test_a_revoked_token_is_told_in_plain_words(place: Place) -> None:
    place.proxy.revoked.add(BOT_TOKEN)
    with pytest.raises(SlackDown, match="Check SLACK_BOT_TOKEN"):
        place.sweep()


def test_a_server_that_is_gone_is_told_in_plain_words(place: Place) -> None:
    place.proxy.fail("auth.test", "drop")
    with pytest.raises(SlackDown, match="can't be read"):
        place.sweep()

"""The Slack door over real sockets: kept before it is acknowledged, once, and nothing from those we don't know."""

import contextlib
import json
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
import websocket
from slack_bolt import BoltRequest

from bot.demo.localslack import APP_TOKEN, BOT, BOT_TOKEN, LocalSlack, picked, typed
from bot.slack.app import SlackConnection, build_app
from bot.slack.door import NOT_ON_THE_LIST, NOT_YOURS, SlackDoor
from bot.slack.files import SlackFiles
from bot.slack.messenger import Messenger, web_client
from bot.slack.posts import CHOOSE, OPEN_FORM
from collector.books import InboxRow, Outcome
from collector.domain.submission import Inbound, Opened
from collector.ports import FetchFailed
from parsers.posted import open_posted
from storage.books import SqlBooks, open_books
from tests.bot.slack.test_conversation import FILES
from tests.builders import IN_SLACK, TEAM, Office, at
from tests.real.relay import Relay
from tests.support.fault_proxy import FaultProxy
from tests.support.local_slack import DA, DPH, SEG, VISITOR

QUICK = (0.1, 0.5)


def until(found: Callable[[], Any], seconds: float = 10) -> Any:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not (what := found()):
        assert time.monotonic() < end, "it never came about"
        time.sleep(0.02)
    return what


def meanwhile(business: Callable[[], object]) -> None:
    """Do something that takes the server long, as it waits for an acknowledgement that will not come."""

    def quietly() -> None:
        with contextlib.suppress(OSError, websocket.WebSocketException):
            business()

    threading.Thread(target=quietly, daemon=True).start()


@pytest.fixture
def books(tmp_path: Path, migrated_sqlite: Path) -> Iterator[SqlBooks]:
    path = tmp_path / "books.db"
    shutil.copy(migrated_sqlite, path)
    opened = open_books(f"sqlite:///{path}")
    yield opened
    opened.close()


@dataclass
class Counter:
    """The intake, counted; `failing` makes it fail that often."""

    office: Office
    failing: int = 0
    order: list[str] = field(default_factory=list)

    def accept(self, inbound: Inbound) -> InboxRow | None:
        if self.failing:
            self.failing -= 1
            raise OSError("the disk is full")
        row = self.office.intake.accept(inbound)
        self.order.append(inbound.delivery_key)
        return row


@dataclass
class Place:
    """Our service in a workspace: the door over real books."""

    slack: LocalSlack
    office: Office
    intake: Counter
    door: SlackDoor
    woken: list[bool]

    def opened(self) -> list[Opened]:
        """What was kept, opened, in the order in which it was kept."""
        with self.office.books.begin() as unit:
            rows = [unit.inbox.by_key(key) for key in dict.fromkeys(self.intake.order)]
            found = [open_posted(unit.blobs.get(row.blob)) for row in rows if row is not None]
        assert all(isinstance(one, Opened) for one in found)
        return [one for one in found if isinstance(one, Opened)]

    def asks(self, user: str, action: dict[str, Any], channel: str | None = None) -> tuple[str, str]:
        """A message of ours with a button; its channel and ts."""
        where = channel or self.slack.dm(user)
        blocks = [{"type": "actions", "block_id": "k", "elements": [{"type": "button", **action}]}]
        return where, str(self.slack.call("chat.postMessage", channel=where, text="?", blocks=blocks)["ts"])

    def told(self, channel: str, user: str) -> list[str]:
        """What only one person sees in a channel."""
        return [one["text"] for one in self.slack.messages(channel) if one.get("ephemeral_to") == user]


@pytest.fixture
def place(slack: LocalSlack, books: SqlBooks) -> Place:
    office = Office(books, partnership=IN_SLACK).prepare()
    intake, woken = Counter(office), list[bool]()
    door = SlackDoor(intake, office.desk, books, lambda: at(6), lambda: woken.append(True))
    return Place(slack, office, intake, door, woken)


@pytest.fixture
def connected(place: Place) -> Iterator[SlackConnection]:
    connection = SlackConnection(build_app(place.door, BOT_TOKEN, place.slack.api), APP_TOKEN, place.slack.api)
    connection.start()
    until(lambda: connection.connected)
    yield connection
    connection.stop()


def test_a_message_is_in_the_inbox_before_it_is_acknowledged(place: Place, connected: SlackConnection) -> None:
    kept_when_acknowledged = []
    accept = place.intake.accept

    def slowly(inbound: Inbound) -> InboxRow | None:
        time.sleep(0.3)
        kept_when_acknowledged.append(place.slack.acknowledged())
        return accept(inbound)

    place.intake.accept = slowly  # type: ignore[method-assign]  # to look at the wire from within
    ts = place.slack.say(DA, "DA06 153")
    until(lambda: place.slack.acknowledged() == 1)
    assert kept_when_acknowledged == [0]
    (said,) = place.opened()
    assert (said.text, said.senders) == ("DA06 153", (f"slack:{TEAM}:{DA}",))
    assert said.message_id == place.intake.order[0] == f"slack:{TEAM}:{place.slack.dm(DA)}:{ts}"
    assert place.woken == [True]


def test_what_could_not_be_kept_is_not_acknowledged(place: Place, connected: SlackConnection) -> None:
    place.intake.failing = 1
    meanwhile(lambda: place.slack.say(DA, "DA06 153"))
    until(lambda: place.intake.failing == 0)
    time.sleep(0.5)
    assert place.slack.acknowledged() == 0
    assert not place.woken


def test_a_message_delivered_to_two_of_us_is_kept_once(place: Place, connected: SlackConnection) -> None:
    other = SlackConnection(build_app(place.door, BOT_TOKEN, place.slack.api), APP_TOKEN, place.slack.api)
    other.start()
    try:
        until(lambda: other.connected)
        place.slack.say(DA, "DA06 153")
        until(lambda: len(place.intake.order) == 2)
    finally:
        other.stop()
    assert len(set(place.intake.order)) == 1
    assert place.woken == [True]


def test_a_message_that_slack_sends_again_is_kept_once_and_acknowledged(place: Place) -> None:
    app = build_app(place.door, BOT_TOKEN, place.slack.api)
    event = {
        "type": "message",
        "channel_type": "im",
        "channel": "D1",
        "user": DA,
        "ts": "1444125600.000100",
        "text": "x",
    }
    body = {"type": "event_callback", "team_id": TEAM, "event": event}
    for _ in range(2):
        assert app.dispatch(BoltRequest(mode="socket_mode", body=body)).status == 200
    assert place.woken == [True]
    assert place.intake.order == [f"slack:{TEAM}:D1:1444125600.000100"] * 2


def test_without_any_network_what_arrives_is_kept_and_acknowledged(place: Place) -> None:
    app = build_app(place.door, "xoxb-revoked", "http://127.0.0.1:9/api/")
    event = {
        "type": "message",
        "channel_type": "im",
        "channel": "D1",
        "user": DA,
        "ts": "1444125600.000100",
        "text": "x",
    }
    body = {"type": "event_callback", "team_id": TEAM, "event": event}
    assert app.dispatch(BoltRequest(mode="socket_mode", body=body)).status == 200
    assert place.woken == [True]


def test_edits_deletions_and_replies_have_keys_of_their_own(place: Place, connected: SlackConnection) -> None:
    ts = place.slack.say(DA, "DA06 153")
    place.slack.say(DA, "DA07 91%", thread=ts)
    place.slack.edit(DA, ts, "DA06 135")
    place.slack.delete(DA, ts)
    until(lambda: len(place.intake.order) == 4)
    base = f"slack:{TEAM}:{place.slack.dm(DA)}:{ts}"
    first, reply, edit, deletion = place.opened()
    assert (first.message_id, first.references) == (base, ())
    assert (reply.text, reply.references) == ("DA07 91%", (base,))
    assert (edit.text, edit.references) == ("DA06 135", (base,))
    assert edit.message_id is not None
    assert edit.message_id.startswith(f"{base}:")
    assert deletion.message_id == f"{base}:deleted"
    assert deletion.text == ""
    assert deletion.senders == first.senders
    assert "stands" in deletion.defects[0]
    assert [one.message_id for one in place.opened()] == place.intake.order


def test_chatter_and_our_own_words_are_not_kept_but_a_mention_is(place: Place, connected: SlackConnection) -> None:
    place.slack.say(DA, "What a morning", channel=SEG)
    place.slack.call("chat.postMessage", channel=place.slack.dm(DA), text="ours")
    place.slack.say(DA, f"<@{BOT}> DA06 153", channel=SEG)
    until(lambda: place.intake.order)
    (mention,) = place.opened()
    assert mention.text == "DA06 153"
    until(lambda: place.slack.acknowledged() == len(place.slack.log("events_api")))


def test_a_pressed_choice_is_kept_with_its_number_and_thread(place: Place, connected: SlackConnection) -> None:
    channel, ts = place.asks(DA, {"action_id": f"{CHOOSE}2", "value": "2"})
    place.slack.press(DA, channel, ts, {"action_id": f"{CHOOSE}2", "value": "2", "block_id": "k"})
    (pressed,) = until(place.opened)
    assert pressed.chosen == (2,)
    assert pressed.senders == (f"slack:{TEAM}:{DA}",)
    assert pressed.references == (f"slack:{TEAM}:{channel}:{ts}",)
    assert pressed.message_id == place.intake.order[0]
    assert pressed.message_id.startswith(f"slack:act:{TEAM}:{channel}:{ts}:")
    assert place.slack.acknowledged() == 1
    assert place.told(channel, DA) == []


def test_a_strangers_press_gets_a_no_that_only_they_see(place: Place, connected: SlackConnection) -> None:
    channel, ts = place.asks(VISITOR, {"action_id": f"{CHOOSE}1", "value": "1"}, channel=SEG)
    place.slack.press(VISITOR, channel, ts, {"action_id": f"{CHOOSE}1", "value": "1", "block_id": "k"})
    assert until(lambda: place.told(channel, VISITOR)) == [NOT_ON_THE_LIST]
    assert [one.senders for one in place.opened()] == [(f"slack:{TEAM}:{VISITOR}",)]


def test_a_press_on_somebody_elses_question_gets_a_no_and_is_not_kept(place: Place, connected: SlackConnection) -> None:
    channel, ts = place.asks(DPH, {"action_id": f"{CHOOSE}1", "value": "1"}, channel=SEG)
    with place.office.books.begin() as unit:
        row = next(row for row in unit.outbox.rows() if row.planned.person == "da")
        unit.outbox.sent(row.id, f"slack:{TEAM}:{channel}:{ts}", at(6))
    place.slack.press(DPH, channel, ts, {"action_id": f"{CHOOSE}1", "value": "1", "block_id": "k"})
    assert until(lambda: place.told(channel, DPH)) == [NOT_YOURS]
    assert place.intake.order == []


def open_form(place: Place, user: str = DA) -> tuple[str, str]:
    channel, ts = place.asks(user, {"action_id": OPEN_FORM, "value": "2015-16Q2"})
    place.slack.press(user, channel, ts, {"action_id": OPEN_FORM, "value": "2015-16Q2", "block_id": "k"})
    return channel, ts


def test_a_form_with_a_wrong_value_is_refused_in_place_and_then_kept(place: Place, connected: SlackConnection) -> None:
    channel, ts = open_form(place)
    (form,) = until(place.slack.modals)
    assert form["callback_id"] == "return_form"
    told = place.slack.send_form(DA, {"figure:DA06": typed("many"), "figure:DA07": typed("91%")})
    assert list(told["errors"]) == ["figure:DA06"]
    assert place.intake.order == []
    told = place.slack.send_form(DA, {"figure:DA06": typed("153"), "figure:DA07": typed("91%")})
    assert told["stack"] == []
    (sent,) = place.opened()
    assert sent.form is not None
    assert [(value.code, value.figure) for value in sent.form.values] == [("DA06", "153"), ("DA07", "91%")]
    assert sent.references == (f"slack:{TEAM}:{channel}:{ts}",)
    assert sent.message_id == place.intake.order[0]
    assert sent.message_id.startswith(f"slack:view:{form['id']}:{form['hash']}:")
    place.office.processes(at(6))
    assert (place.office.value("DA06"), place.office.value("DA07")) == (Decimal(153), Decimal(91))


def test_the_way_back_in_a_form_shows_what_was_put_in(place: Place, connected: SlackConnection) -> None:
    open_form(place)
    (form,) = until(place.slack.modals)
    state = {"values": {"figure:DA06": {"value": typed("153")}}}
    body = pressed_at_home("form_back") | {"view": {**form, "state": state}}
    app = build_app(place.door, BOT_TOKEN, place.slack.api)
    assert app.dispatch(BoltRequest(mode="socket_mode", body=body)).status == 200
    until(lambda: '"initial_value": "153"' in json.dumps(place.slack.modals()))
    assert place.intake.order == []


def test_a_form_that_could_not_be_kept_is_not_acknowledged(place: Place, connected: SlackConnection) -> None:
    open_form(place)
    until(place.slack.modals)
    place.intake.failing = 1
    before = place.slack.acknowledged()
    meanwhile(lambda: place.slack.send_form(DA, {"figure:DA06": typed("153")}))
    until(lambda: place.intake.failing == 0)
    time.sleep(0.5)
    assert place.slack.acknowledged() == before
    assert place.intake.order == []


def test_a_status_from_the_list_is_kept_in_its_words(place: Place, connected: SlackConnection) -> None:
    open_form(place)
    (form,) = until(place.slack.modals)
    status = next(block for block in form["blocks"] if block.get("block_id") == "status:DA06")
    words = next(one["value"] for one in status["element"]["options"] if "available" in one["value"].lower())
    place.slack.send_form(DA, {"status:DA06": picked(words), "comment:DA06": typed("from 25 November")})
    until(lambda: place.slack.modals() == [] and place.intake.order)
    sent = place.opened()[0].form
    assert sent is not None
    assert [(value.code, value.status, value.comment) for value in sent.values] == [("DA06", words, "from 25 November")]


def test_a_stranger_gets_no_form(place: Place, connected: SlackConnection) -> None:
    channel, _ = open_form(place, VISITOR)
    assert until(lambda: place.told(channel, VISITOR)) == [NOT_ON_THE_LIST]
    assert place.slack.modals() == []


def test_a_form_from_somebody_no_longer_on_the_list_is_answered_in_place(
    place: Place, connected: SlackConnection
) -> None:
    open_form(place)
    until(place.slack.modals)
    told = place.slack.send_form(VISITOR, {"figure:DA06": typed("153")})
    assert NOT_ON_THE_LIST in str(told["stack"][0]["blocks"])


def test_a_form_that_opens_too_late_is_offered_again(place: Place) -> None:
    proxy = FaultProxy(place.slack.url)
    connection = SlackConnection(build_app(place.door, BOT_TOKEN, proxy.api), APP_TOKEN, proxy.api)
    connection.start()
    try:
        until(lambda: connection.connected)
        proxy.fail("views.open", "expired_trigger_id")
        channel, ts = open_form(place)
        offered = until(lambda: [one for one in place.slack.messages(channel) if one.get("ephemeral_to") == DA])
        assert "three seconds" in offered[0]["text"]
        block = offered[0]["blocks"][1]
        button = {**block["elements"][0], "block_id": block["block_id"]}
        assert button["text"] == {"type": "plain_text", "text": "Open the form", "emoji": False}
        place.slack.press(DA, channel, offered[0]["ts"], button)
        (form,) = until(place.slack.modals)
        assert f"slack:{TEAM}:{channel}:{ts}" in form["private_metadata"]
    finally:
        connection.stop()
        proxy.close()


def test_what_nobody_listens_to_is_acknowledged(place: Place, connected: SlackConnection) -> None:
    channel, ts = place.asks(DA, {"action_id": "unheard_of", "value": "1"})
    place.slack.press(DA, channel, ts, {"action_id": "unheard_of", "value": "1"})
    place.slack.control(
        "reaction", {"channel": SEG, "ts": place.slack.say(DA, "x", channel=SEG), "user": DA, "name": "eyes"}
    )
    place.slack.control("command", {"channel": SEG, "user": DA, "command": "/unheard", "text": ""})
    place.slack.control("open-home", {"user": DA})
    app = build_app(place.door, BOT_TOKEN, place.slack.api)
    for body in (
        {"type": "view_submission", "view": {"callback_id": "other", "type": "modal"}, "user": {"id": DA}},
        {"type": "view_closed", "view": {"callback_id": "return_form", "type": "modal"}, "user": {"id": DA}},
        {"type": "shortcut", "callback_id": "any", "user": {"id": DA}},
        {"type": "message_action", "callback_id": "any", "user": {"id": DA}},
        {"type": "block_suggestion", "action_id": "any", "block_id": "b", "value": "x", "user": {"id": DA}},
    ):
        assert app.dispatch(BoltRequest(mode="socket_mode", body=body)).status == 200, body
    sent = [entry for kind in ("events_api", "interactive", "slash_commands") for entry in place.slack.log(kind)]
    until(lambda: place.slack.acknowledged() == len(sent))
    assert len(sent) >= 5
    assert place.intake.order == []


def test_a_file_dropped_into_the_conversation_is_fetched(place: Place, connected: SlackConnection) -> None:
    content = b"PK\x03\x04" + bytes(range(256)) * 400
    place.slack.upload(DA, "return-q2.xlsx", content, "Here it is")
    (said,) = until(place.opened)
    (remote,) = said.remote
    assert (said.text, remote.name, remote.size) == ("Here it is", "return-q2.xlsx", len(content))
    assert SlackFiles(BOT_TOKEN, place.slack.api).fetch(remote) == content
    with pytest.raises(FetchFailed) as failed:
        SlackFiles("xoxb-revoked", place.slack.api).fetch(remote)
    assert failed.value.permanent
    with pytest.raises(FetchFailed, match="we can open up to"):
        SlackFiles(BOT_TOKEN, place.slack.api, largest=1000).fetch(remote)


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_every_kind_comes_as_it_is_in_a_message_and_in_the_form(
    place: Place, connected: SlackConnection, name: str
) -> None:
    content = FILES[name](place.office)
    place.slack.upload(DA, name, content)
    (said,) = until(place.opened)
    assert (said.remote[0].name, SlackFiles(BOT_TOKEN, place.slack.api).fetch(said.remote[0])) == (name, content)
    place.office.files[said.remote[0].id] = content
    done = place.office.processes(at(6))
    assert done.entries or any("153" in choice.label for query in done.questions for choice in query.choices)
    open_form(place)
    until(place.slack.modals)
    (posted,) = [one for one in place.slack.messages(place.slack.dm(DA)) if one.get("files")]
    place.slack.send_form(DA, {"file:return": {"type": "file_input", "files": posted["files"]}})
    *_, in_form = until(lambda: place.opened()[1:])
    assert in_form.remote == said.remote
    again = place.office.processes(at(6))
    assert again.outcome is not Outcome.REFUSED


def test_a_form_is_answered_in_the_thread_it_was_opened_from(place: Place, connected: SlackConnection) -> None:
    channel, ts = open_form(place)
    until(place.slack.modals)
    place.slack.send_form(DA, {"figure:DA06": typed("153")})
    place.office.processes(at(6))
    with place.office.books.begin() as unit:
        answer = unit.outbox.rows()[-1].planned
    assert (answer.channel, answer.references[0]) == ("slack", f"slack:{TEAM}:{channel}:{ts}")


def test_it_connects_when_the_server_comes_and_again_when_it_comes_back(place: Place) -> None:
    place.slack.kill()
    greeted = []
    connection = SlackConnection(
        build_app(place.door, BOT_TOKEN, place.slack.api), APP_TOKEN, place.slack.api,
        on_connected=lambda: greeted.append(datetime.now(UTC)), ping_interval=0.2, back_off=QUICK,
    )  # fmt: skip
    connection.start()
    try:
        time.sleep(0.5)
        assert not connection.connected
        place.slack.start()
        until(lambda: connection.connected)
        place.slack.kill()
        until(lambda: not connection.connected)
        place.slack.start()
        until(lambda: connection.connected)
        place.slack.say(DA, "DA06 153")
        until(lambda: place.woken)
        assert len(greeted) == 2
    finally:
        started = time.monotonic()
        connection.stop()
    assert time.monotonic() - started < 5


def test_a_cut_line_is_noticed_and_mended(place: Place) -> None:
    proxy, relay = FaultProxy(place.slack.url), Relay(place.slack.port)
    proxy.socket_port = relay.port
    connection = SlackConnection(
        build_app(place.door, BOT_TOKEN, proxy.api), APP_TOKEN, proxy.api, ping_interval=0.2, back_off=QUICK
    )
    connection.start()
    try:
        until(lambda: connection.connected)
        proxy.socket_port = None
        relay.stop()
        until(lambda: not connection.connected)
        until(lambda: connection.connected)
        place.slack.say(DA, "DA06 153")
        until(lambda: place.woken)
    finally:
        connection.stop()
        proxy.close()


def test_a_revoked_app_token_is_told_and_tried_again_until_it_is_mended(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    log = SimpleNamespace(warning=lambda _event, why, retry_in: told.append(why), info=lambda _event: None)
    monkeypatch.setattr("bot.slack.app.log", log)
    proxy = FaultProxy(place.slack.url)
    proxy.revoked.add(APP_TOKEN)
    connection = SlackConnection(build_app(place.door, BOT_TOKEN, proxy.api), APP_TOKEN, proxy.api, back_off=QUICK)
    connection.start()
    try:
        until(lambda: proxy.calls["apps.connections.open"] >= 3)
        assert not connection.connected
        proxy.revoked.clear()
        until(lambda: connection.connected)
    finally:
        connection.stop()
        proxy.close()
    assert "Check SLACK_APP_TOKEN" in told[0]


def test_our_posts_are_not_taken_for_somebodys_words(place: Place, connected: SlackConnection) -> None:
    raw = b'{"channel":"","text":"Recorded","blocks":[],"token":"t"}'
    Messenger(web_client(BOT_TOKEN, place.slack.api)).send(DA, raw, again=False)
    place.slack.say(DA, "thanks")
    until(lambda: place.intake.order)
    assert [one.text for one in place.opened()] == ["thanks"]


def test_the_home_tab_is_shown_to_who_opens_it_and_says_no_to_a_stranger(
    place: Place, connected: SlackConnection
) -> None:
    place.slack.open_home(DA)
    until(lambda: "What you owe" in place.slack.home(DA))
    place.slack.open_home(VISITOR)
    until(lambda: NOT_ON_THE_LIST in place.slack.home(VISITOR))


def test_a_command_is_kept_and_who_gave_it_is_told_so(place: Place, connected: SlackConnection) -> None:
    place.slack.command(DA, "status")
    until(lambda: [opened.text for opened in place.opened()] == ["status"])
    until(
        lambda: any(
            "The answer comes in your conversation" in said["text"] for said in place.slack.messages(place.slack.dm(DA))
        )
    )


def test_a_button_that_asks_first_opens_its_modal_and_what_is_filled_in_is_kept(
    place: Place, connected: SlackConnection
) -> None:
    channel, ts = place.asks(
        DA, {"action_id": "ask:not_available", "value": "-", "text": {"type": "plain_text", "text": "x"}}
    )
    action = {
        "action_id": "ask:not_available",
        "value": "-",
        "text": {"type": "plain_text", "text": "Not available yet"},
    }
    place.slack.press(DA, channel, ts, action)
    until(lambda: [modal["callback_id"] for modal in place.slack.modals()] == ["statuses"])
    boxes = {"type": "checkboxes", "selected_options": [{"value": "DA06"}]}
    day = {"type": "datepicker", "selected_date": "2015-11-13"}
    place.slack.send_form(DA, {"word:codes": boxes, "word:expected": day, "word:comment": typed("the system is down")})
    (opened,) = until(place.opened)
    assert opened.form is not None
    assert [(value.code, value.status) for value in opened.form.values] == [("DA06", "Not available yet")]


def pressed_at_home(action_id: str) -> dict[str, Any]:
    """A press in the home tab, as Slack delivers it: there is no conversation that could be answered in."""
    action = {"action_id": action_id, "value": "-", "text": {"type": "plain_text", "text": "x"}, "action_ts": "1.1"}
    return {
        "type": "block_actions",
        "team": {"id": TEAM},
        "user": {"id": DA, "team_id": TEAM},
        "container": {"type": "view", "view_id": "V0HOME"},
        "trigger_id": "1.2.abc",
        "actions": [action],
    }


@pytest.mark.parametrize("action_id", [OPEN_FORM, "ask:not_available"])
def test_a_form_that_opens_too_late_from_the_home_tab_says_so_there_beside_its_buttons(
    place: Place, action_id: str
) -> None:
    proxy = FaultProxy(place.slack.url)
    try:
        proxy.fail("views.open", "expired_trigger_id")
        body = pressed_at_home(action_id)
        app = build_app(place.door, BOT_TOKEN, proxy.api)
        assert app.dispatch(BoltRequest(mode="socket_mode", body=body)).status == 200
        shown = until(lambda: place.slack.home(DA))
        assert "three seconds" in shown
        assert "Fill in" in shown
    finally:
        proxy.close()


def test_who_presses_while_the_books_can_not_be_read_is_told_and_not_left_waiting(place: Place) -> None:
    class Unreadable:
        def sheet_for(self, sender: str, now: datetime) -> None:
            raise OSError("the disk is gone")

    door = replace(place.door, desk=cast(Any, Unreadable()))
    channel, ts = place.asks(DA, {"action_id": OPEN_FORM, "value": "form"})
    connection = SlackConnection(build_app(door, BOT_TOKEN, place.slack.api), APP_TOKEN, place.slack.api)
    connection.start()
    try:
        until(lambda: connection.connected)
        place.slack.press(DA, channel, ts, {"action_id": OPEN_FORM, "value": "form"})
        (words,) = until(lambda: place.told(channel, DA))
    finally:
        connection.stop()
    assert "could not show you that just now, and nothing was changed" in words

"""Which of the things Slack tells us are kept, under which key, and when they count as received."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.door import NOT_ON_THE_LIST, SlackDoor, arrival_of, origin_of, presser_of
from collector.books import InboxRow, InboxState
from collector.desk import Doubt, FieldProblem, NotOnTheList
from collector.domain.submission import Inbound, Opened
from collector.home_parts import Home
from collector.messages import Sheet
from parsers.posted import open_posted
from storage.books import SqlBooks
from tests.builders import IN_SLACK, Office, at

T, D, ME = "T0TEST", "D1", "U0BOT"
TS, LATER = "1444125600.000100", "1444129200.000200"


def message(**event: Any) -> dict[str, Any]:
    base = {"type": "message", "channel_type": "im", "channel": D, "user": "U0DA", "ts": TS, "text": "DA06 153"}
    authorizations = [{"team_id": T, "user_id": ME}]
    return {"type": "event_callback", "team_id": T, "authorizations": authorizations, "event": {**base, **event}}


def edit(text: str = "DA06 135", edited: bool = True, **more: Any) -> dict[str, Any]:
    previous = {"type": "message", "user": "U0DA", "ts": TS, "text": "DA06 153"}
    now = {**previous, "text": text, **({"edited": {"user": "U0DA", "ts": LATER}} if edited else {}), **more}
    event = {"type": "message", "subtype": "message_changed", "channel": D, "ts": LATER, "event_ts": LATER}
    return {"team_id": T, "event": {**event, "message": now, "previous_message": previous}}


def deletion(**previous: Any) -> dict[str, Any]:
    was = {"type": "message", "user": "U0DA", "ts": TS, "text": "DA06 153", **previous}
    event = {"type": "message", "subtype": "message_deleted", "channel": D, "channel_type": "im", "deleted_ts": TS}
    return {"team_id": T, "event": {**event, "event_ts": LATER, "ts": LATER, "previous_message": was}}


def tombstone() -> dict[str, Any]:
    body = edit(edited=False)
    body["event"]["message"] = {
        "type": "message",
        "subtype": "tombstone",
        "user": "USLACKBOT",
        "ts": TS,
        "text": "gone",
    }
    return body


def press(user: str = "U0DA", **more: Any) -> dict[str, Any]:
    return {
        "type": "block_actions",
        "team": {"id": T},
        "user": {"id": user, "team_id": T},
        "container": {"type": "message", "channel_id": D, "message_ts": TS, **more},
        "actions": [{"type": "button", "action_id": "choose:2", "value": "2", "action_ts": LATER}],
    }


def form(**values: str) -> dict[str, Any]:
    about = {
        "partnership": "test",
        "period": "2015-16Q2",
        "person": "da",
        "version": 1,
        "origin": f"slack:{T}:{D}:{TS}",
    }
    state = {
        f"figure:{code}": {"value": {"type": "plain_text_input", "value": value}} for code, value in values.items()
    }
    view = {"id": "V1", "hash": "1.a", "private_metadata": json.dumps(about), "blocks": [], "state": {"values": state}}
    return {"type": "view_submission", "team": {"id": T}, "user": {"id": "U0DA", "team_id": T}, "view": view}


@dataclass
class Intake:
    """Notes what it is given; what came before is known."""

    kept: list[Inbound] = field(default_factory=list)

    def accept(self, inbound: Inbound) -> InboxRow | None:
        if inbound.delivery_key in [one.delivery_key for one in self.kept]:
            return None
        self.kept.append(inbound)
        return InboxRow(1, "slack", inbound.delivery_key, "", 1, False, inbound.received_at, InboxState.WAITING, 0)


class Nobody:
    """A desk that knows nobody."""

    def sheet_for(self, sender: str, now: datetime) -> Sheet | None:
        raise NotOnTheList(sender)

    def home_of(self, sender: str, now: datetime) -> Home:
        raise NotOnTheList(sender)

    def doubts(self, inbound: Inbound, now: datetime) -> list[Doubt]:
        raise NotOnTheList("anybody")

    def colleagues(self, sender: str, now: datetime) -> list[str]:
        raise NotOnTheList(sender)

    def look_over(self, inbound: Inbound, now: datetime) -> list[FieldProblem]:
        raise NotOnTheList("anybody")


@pytest.fixture
def door(books: SqlBooks) -> SlackDoor:
    return SlackDoor(Intake(), Nobody(), books, lambda: at(20))


@pytest.mark.parametrize(
    ("body", "key"),
    [
        (message(), f"slack:{T}:{D}:{TS}"),
        (message(subtype="file_share", files=[{"id": "F1"}]), f"slack:{T}:{D}:{TS}"),
        (message(subtype="thread_broadcast", thread_ts="1444000000.0"), f"slack:{T}:{D}:{TS}"),
        (message(type="app_mention", channel="C1", channel_type="channel"), f"slack:{T}:C1:{TS}"),
        (message(user_team="T9", source_team="T9"), f"slack:{T}:{D}:{TS}"),
        (edit(), f"slack:{T}:{D}:{TS}:{LATER}"),
        (deletion(), f"slack:{T}:{D}:{TS}:deleted"),
        (tombstone(), f"slack:{T}:{D}:{TS}:deleted"),
        (press(), f"slack:act:{T}:{D}:{TS}:{LATER}"),
    ],
)
def test_what_a_person_says_is_kept_under_its_key_and_opens_under_the_same(
    door: SlackDoor, body: dict[str, Any], key: str
) -> None:
    assert door.keep(body)
    assert not door.keep(body)
    assert isinstance(door.intake, Intake)
    (kept,) = door.intake.kept
    opened = open_posted(kept.raw)
    assert (kept.door, kept.delivery_key) == ("slack", key)
    assert isinstance(opened, Opened)
    assert (opened.message_id, opened.machine) == (key, None)


@pytest.mark.parametrize(
    "body",
    [
        message(channel="C1", channel_type="channel"),
        message(channel="G1", channel_type="mpim"),
        message(bot_id="B1"),
        message(user=ME),
        message(user="USLACKBOT"),
        message(user=None),
        message(subtype="bot_message"),
        message(subtype="channel_join"),
        message(subtype="message_replied"),
        message(ts="never"),
        message(ts=None),
        message(channel="a b"),
        message(type="app_mention", bot_id="B1"),
        edit(edited=False),
        edit(text="DA06 153"),
        edit(bot_id="B1"),
        deletion(bot_id="B1"),
        {"team_id": T, "event": {"type": "reaction_added", "user": "U0DA"}},
        {"type": "block_actions", "actions": [{"action_id": "open_form", "value": "2015-16Q2"}]},
        {"type": "block_actions", "actions": []},
        form(DA06="153"),
        {"type": "view_closed"},
        {},
    ],
)
def test_everything_else_is_not(door: SlackDoor, body: dict[str, Any]) -> None:
    assert not door.keep(body)
    assert isinstance(door.intake, Intake)
    assert door.intake.kept == []


def test_it_counts_as_received_when_slack_had_it(door: SlackDoor) -> None:
    assert isinstance(door.intake, Intake)
    door.keep(message())
    door.keep(edit())
    door.keep(message(ts="1999999999.000100"))
    said = datetime.fromtimestamp(1444125600.0001, UTC)
    assert [one.received_at for one in door.intake.kept] == [said, datetime.fromtimestamp(1444129200.0002, UTC), at(20)]


def test_the_bytes_are_the_whole_event(door: SlackDoor) -> None:
    door.keep(message(text="£5 and 😀"))
    assert isinstance(door.intake, Intake)
    (kept,) = door.intake.kept
    assert json.loads(kept.raw) == message(text="£5 and 😀")
    assert kept.size == len(kept.raw)


def test_the_worker_is_woken_for_what_is_new(books: SqlBooks) -> None:
    woken: list[int] = []
    door = SlackDoor(Intake(), Nobody(), books, lambda: at(20), lambda: woken.append(1))
    door.keep(message())
    door.keep(message())
    assert woken == [1]


def test_a_form_has_one_key_for_the_same_values_and_another_for_others(door: SlackDoor) -> None:
    first, again, other = door.form(form(DA06="153")), door.form(form(DA06="153")), door.form(form(DA06="154"))
    assert first.delivery_key.startswith("slack:view:V1:1.a:")
    assert first.delivery_key == again.delivery_key != other.delivery_key
    assert first.received_at == at(20)
    opened = open_posted(other.raw)
    assert isinstance(opened, Opened)
    assert opened.message_id == other.delivery_key


def test_a_press_belongs_to_the_thread_it_was_made_in() -> None:
    assert origin_of(press()) == f"slack:{T}:{D}:{TS}"
    assert origin_of(press(thread_ts="1444000000.000100")) == f"slack:{T}:{D}:1444000000.000100"


def test_a_person_is_known_by_their_own_workspace() -> None:
    body = press()
    body["user"]["team_id"] = "T9"
    assert presser_of(body) == "slack:T9:U0DA"


def test_a_stranger_is_told_no(door: SlackDoor) -> None:
    assert door.objection(press("U0STRANGER")) == NOT_ON_THE_LIST


def test_a_press_on_somebody_elses_question_is_not_theirs_to_answer(books: SqlBooks) -> None:
    office = Office(books, partnership=IN_SLACK).prepare()
    door = SlackDoor(office.intake, office.desk, books, lambda: at(20))
    with books.begin() as unit:
        row = next(row for row in unit.outbox.rows() if row.planned.person == "da")
        unit.outbox.sent(row.id, f"slack:{T}:{D}:{TS}", at(6))
    assert not door.is_for_another(press("U0DA"))
    assert door.is_for_another(press("U0DPH"))
    assert not door.is_for_another(press("U0STRANGER")), "kept, for the coordinator to see"
    assert door.objection(press("U0DA")) == ""


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["ts", "user", "id"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.sampled_from(["channel", "ts", "user", "subtype", "text", "files", "blocks"]), _json)
def test_an_odd_event_is_passed_over_or_keyed(name: str, value: Any) -> None:
    found = arrival_of(message(**{name: value}))
    assert found is None or found.key.startswith(f"slack:{T}:")

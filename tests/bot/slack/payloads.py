"""What Slack delivers when people press, fill in and command, made from what we showed them."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Any

from bot.slack.door import SlackDoor, arrival_of
from collector.domain.people import SlackAccount
from collector.intake import Processed
from tests.builders import IN_SLACK, PARTNERSHIP, TEAM, Office

_numbers = count(1)
Json = dict[str, Any]

#: Everybody of the test partnership in Slack, the coordinator and the chair too.
PLACES = {"coordinator": "U0CO", "chair": "U0CHAIR", "da": "U0DA", "yot": "U0YOT", "dph": "U0DPH", "seg": "C0SEG"}
ALL_IN_SLACK = replace(
    PARTNERSHIP,
    people=tuple(replace(one, slack=SlackAccount(TEAM, PLACES[one.id])) for one in IN_SLACK.people),
)


def user(person: str) -> Json:
    """Somebody as a payload names them."""
    return {"id": PLACES.get(person, "U0STRANGER"), "team_id": TEAM}


def pressed(person: str, action: Json, ts: str = "1444125600.000100", home: bool = False) -> Json:
    """A press on a button that we showed in a message, or in the home tab."""
    moment = f"1444212000.{next(_numbers):06d}"
    container = (
        {"type": "view", "view_id": "V0HOME"} if home else {"type": "message", "channel_id": "D1", "message_ts": ts}
    )
    return {
        "type": "block_actions",
        "team": {"id": TEAM},
        "user": user(person),
        "container": container,
        "trigger_id": f"{next(_numbers)}.1.abc",
        "actions": [{**action, "action_ts": moment}],
    }


def sent(person: str, view: Mapping[str, Any], values: Mapping[str, Any]) -> Json:
    """A modal of ours that was sent in; `values` are the states of its fields."""
    number = next(_numbers)
    state = {"values": {block: {"value": value} for block, value in values.items()}}
    shown = {**view, "id": f"V{number}", "hash": f"{number}.a", "state": state}
    return {"type": "view_submission", "team": {"id": TEAM}, "user": user(person), "view": shown}


def typed(words: str) -> Json:
    return {"type": "plain_text_input", "value": words}


def ticked(*values: str) -> Json:
    return {"type": "checkboxes", "selected_options": [{"value": value} for value in values]}


def picked(value: str) -> Json:
    return {"type": "static_select", "selected_option": {"value": value}}


def dated(day: str) -> Json:
    return {"type": "datepicker", "selected_date": day}


def commanded(person: str, text: str) -> Json:
    """ "/returns" and what stands behind it."""
    return {
        "command": "/returns",
        "text": text,
        "team_id": TEAM,
        "user_id": user(person)["id"],
        "channel_id": "D1",
        "trigger_id": f"{next(_numbers)}.2.def",
    }


def door_of(office: Office, now: datetime) -> SlackDoor:
    """The Slack door over an office's books at a moment."""
    return SlackDoor(office.intake, office.desk, office.books, lambda: now)


def done(office: Office, body: Json, now: datetime) -> Processed:
    """What became of a press or a command, from the door to the answer."""
    assert arrival_of(body) is not None
    assert door_of(office, now).keep(json.loads(json.dumps(body)))
    return office.processes(now)


def taken_in(office: Office, body: Json, now: datetime) -> Processed | dict[str, str]:
    """What became of a modal: marked in place, or kept and worked through."""
    door = door_of(office, now)
    form = door.form(body)
    problems = office.desk.look_over(form, now)
    if problems:
        return {problem.where: problem.words for problem in problems}
    assert door.take_in(form)
    return office.processes(now)


def said(office: Office) -> list[str]:
    """Everything that was planned to be said, a line each, newest last."""
    with office.books.begin() as unit:
        return [repr(row.planned.message) for row in unit.outbox.rows()]

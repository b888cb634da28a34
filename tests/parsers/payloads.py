"""Payloads as Slack makes them, and what is opened from them."""

import json
from typing import Any

from collector.domain.submission import Opened
from parsers.posted import open_posted

T, D, ME = "T01", "D1", "U0BOT"
TS, LATER = "1444125600.000100", "1444129200.000200"


def payload(event: dict[str, Any], **more: Any) -> bytes:
    authorizations = [{"team_id": T, "user_id": ME}]
    return json.dumps({"team_id": T, "authorizations": authorizations, "event": event, **more}).encode()


def message(**event: Any) -> bytes:
    base = {"type": "message", "channel_type": "im", "channel": D, "user": "U1", "ts": TS, "text": "DA06 153"}
    return payload({**base, **event})


def opened(raw: bytes) -> Opened:
    found = open_posted(raw)
    assert isinstance(found, Opened), found
    return found


def rich(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": list(elements)}


def edit(previous: dict[str, Any] | None = None, **now: Any) -> bytes:
    base = {"type": "message", "user": "U1", "ts": TS, "text": "DA06 135", "edited": {"user": "U1", "ts": LATER}}
    event = {"type": "message", "subtype": "message_changed", "channel": D, "ts": LATER, "event_ts": LATER}
    return payload({**event, "message": {**base, **now}, "previous_message": previous or {}})


def file(**about: Any) -> dict[str, Any]:
    base = {"id": "F1", "name": "return q2.xlsx", "mimetype": "application/x", "size": 7, "mode": "hosted"}
    return {**base, "url_private": "https://files.slack.com/a", **about}


def press(value: str = "2", thread: str | None = None, **more: Any) -> bytes:
    container = {"type": "message", "channel_id": D, "message_ts": TS, **({"thread_ts": thread} if thread else {})}
    action = {"action_id": "choose:2", "value": value, "action_ts": LATER, "text": {"type": "plain_text", "text": "2"}}
    user = {"id": "U1", "team_id": T}
    body = {"type": "block_actions", "team": {"id": T}, "user": user, "container": container, "actions": [action]}
    return json.dumps(body | more).encode()


ABOUT = {"partnership": "medway", "period": "2015-16Q2", "person": "da", "version": 1, "origin": f"slack:{T}:{D}:{TS}"}


def option(words: str) -> dict[str, Any]:
    return {"text": {"type": "plain_text", "text": words[:20]}, "value": words}


def form(values: dict[str, str], held: dict[str, str] | None = None, about: Any = ABOUT) -> bytes:
    """A form in which `held` was filled in beforehand, and `values` stand now; a field that is not given is empty."""
    blocks: list[dict[str, Any]] = []
    state: dict[str, Any] = {}
    for block_id in {**(held or {}), **values}:
        before, now = (held or {}).get(block_id), values.get(block_id)
        if block_id.startswith("expected:"):
            initial: dict[str, Any] = {"initial_date": before} if before else {}
            state[block_id] = {"value": {"type": "datepicker", "selected_date": now}}
        elif block_id.startswith("status:"):
            initial = {"initial_option": option(before)} if before else {}
            state[block_id] = {"value": {"type": "static_select", "selected_option": option(now) if now else None}}
        else:
            initial = {"initial_value": before} if before else {}
            state[block_id] = {"value": {"type": "plain_text_input", "value": now}}
        blocks.append({"type": "input", "block_id": block_id, "element": {"action_id": "value", **initial}})
    view = {
        "id": "V1",
        "hash": "1.a",
        "private_metadata": json.dumps(about),
        "blocks": blocks,
        "state": {"values": state},
    }
    user = {"id": "U1", "team_id": T}
    return json.dumps({"type": "view_submission", "team": {"id": T}, "user": user, "view": view}).encode()

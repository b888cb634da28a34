"""What no client of Slack's sends does no harm, and what was said can be told apart."""

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.domain.submission import Opened, Refusal
from parsers.posted import open_posted
from tests.parsers.payloads import LATER, edit, file, form, message, opened, press, rich


def test_a_fingerprint_tells_what_was_said() -> None:
    variants = [
        message(),
        message(text="DA06 154"),
        message(user="U2"),
        message(ts=LATER),
        message(files=[file()]),
        edit(),
        press(),
        press("3"),
    ]
    prints = [opened(raw).fingerprint for raw in variants]
    assert len(set(prints)) == len(prints)
    assert opened(message()).fingerprint == opened(message(client_msg_id="x", blocks=[])).fingerprint


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"null",
        b"[]",
        b"7",
        b'"x"',
        b"{}",
        b"{",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"event":' * 20_000,
        b"1" * 10_000,
        b'{"event": {"channel": "D1", "ts": "1.1"}}',
        b'{"team_id": "T1", "event": {"channel": "D1", "ts": NaN}}',
        b'{"team_id": "T1", "event": {"channel": "D 1", "ts": "1.1"}}',
        b'{"team_id": "T1", "event": {"channel": "D1", "subtype": "message_changed"}}',
        b'{"type": "block_actions"}',
        b'{"type": "view_submission"}',
    ],
)
def test_broken_payloads_are_refused(raw: bytes) -> None:
    found = open_posted(raw)
    assert isinstance(found, Refusal)
    assert found.code == "broken"


def test_a_payload_over_the_limit_is_refused() -> None:
    found = open_posted(message(text="x" * 1_000_000))
    assert isinstance(found, Refusal)
    assert found.code == "too_big"


def test_hostile_lengths_and_depths_cost_no_time() -> None:
    deep: Any = {"type": "text", "text": "x"}
    for _ in range(200):
        deep = {"type": "rich_text_section", "elements": [deep]}
    started = time.process_time()
    for text in ("<" * 400_000, "*a" * 200_000, "&lt;" * 100_000, "<a|" * 150_000, "> " * 200_000, "_*`" * 150_000):
        open_posted(message(text=text))
    open_posted(message(text="", blocks=[rich(deep)] * 100))
    open_posted(form({f"figure:{number}": "1" for number in range(3000)}))
    assert time.process_time() - started < 5


_KEYS = [
    "type",
    "subtype",
    "user",
    "ts",
    "text",
    "channel",
    "files",
    "blocks",
    "elements",
    "message",
    "edited",
    "previous_message",
    "actions",
    "container",
    "view",
    "state",
    "values",
    "private_metadata",
    "id",
    "hash",
    "event",
    "team_id",
    "team",
    "rows",
    "authorizations",
    "value",
    "size",
]
_WORDS = [
    "message_changed",
    "message_deleted",
    "block_actions",
    "view_submission",
    "rich_text",
    "table",
    "section",
    "1.1",
    "choose:1",
    "figure:DA06",
    "T1",
    "tombstone",
    "{}",
    '{"version": 1}',
]
_odd = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(_WORDS),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(_KEYS), inner, max_size=6),
    max_leaves=30,
)


@settings(max_examples=300)
@given(st.dictionaries(st.sampled_from(_KEYS), _odd, max_size=8))
def test_no_payload_makes_it_raise(body: dict[str, Any]) -> None:
    assert isinstance(open_posted(json.dumps(body).encode()), Opened | Refusal)


@settings(max_examples=300)
@given(
    st.sampled_from([message(), edit(), press(), form({"figure:DA06": "1"})]), st.sampled_from(_KEYS), _odd, st.data()
)
def test_one_odd_place_in_a_real_payload_does_not_either(raw: bytes, key: str, odd: Any, data: st.DataObject) -> None:
    body = json.loads(raw)
    places = [body, *(one for one in body.values() if isinstance(one, dict))]
    places += [inner for one in places for inner in one.values() if isinstance(inner, dict)]
    data.draw(st.sampled_from(places))[key] = odd
    found = open_posted(json.dumps(body).encode())
    assert isinstance(found, Opened | Refusal)
    if isinstance(found, Opened):
        (found.text + found.body + (found.message_id or "")).encode()


@given(st.binary(max_size=300))
def test_no_bytes_make_it_raise(raw: bytes) -> None:
    assert isinstance(open_posted(raw), Opened | Refusal)


@given(st.text(max_size=300))
def test_no_text_makes_it_raise(text: str) -> None:
    assert "\x00" not in opened(message(text=text)).text

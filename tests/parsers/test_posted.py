"""What is posted in Slack, out of its envelope."""

import json
import time
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.domain.submission import FormValue, Machine, Opened, Refusal
from parsers.posted import LONGEST_TEXT, open_posted

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


def said(text: str, **event: Any) -> str:
    return opened(message(text=text, **event)).text


# --- messages ---------------------------------------------------------------------------------------------------------


def test_a_message_says_who_when_and_what() -> None:
    found = opened(message())
    assert found.senders == ("slack:T01:U1",)
    assert (found.text, found.body, found.subject) == ("DA06 153", "DA06 153", "")
    assert (found.message_id, found.references) == (f"slack:{T}:{D}:{TS}", ())
    assert found.sent_at == datetime.fromtimestamp(1444125600.0001, UTC)
    assert (found.machine, found.defects, found.remote, found.chosen, found.form) == (None, (), (), (), None)


def test_a_reply_refers_to_its_thread_and_a_root_with_replies_to_nothing() -> None:
    assert opened(message(thread_ts="1444000000.000100")).references == (f"slack:{T}:{D}:1444000000.000100",)
    assert opened(message(thread_ts=TS)).references == ()


@pytest.mark.parametrize(
    ("event", "sender"),
    [
        ({"user_team": "T9", "source_team": "T8", "team": "T7"}, "slack:T9:U1"),
        ({"source_team": "T8", "team": "T7"}, "slack:T8:U1"),
        ({"team": "T7"}, "slack:T7:U1"),
    ],
)
def test_a_guest_is_known_by_their_own_workspace(event: dict[str, Any], sender: str) -> None:
    found = opened(message(**event))
    assert found.senders == (sender,)
    assert found.message_id == f"slack:{T}:{D}:{TS}", "the conversation is ours"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("less than 5 &amp; more: &lt;5 &gt;3", "less than 5 & more: <5 >3"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("write to <mailto:yot@example.org|yot@example.org>", "write to yot@example.org"),
        ("write to <mailto:yot@example.org>", "write to yot@example.org"),
        ("see <https://example.org/x|the table>", "see the table"),
        ("see <https://example.org/x>", "see https://example.org/x"),
        ("<https://example.org/?a=1&amp;b=2|a &amp; b>", "a & b"),
        (f"<@{ME}> DA06 153", "DA06 153"),
        ("ask <@U2> and <@U3|jo>", "ask @someone and @someone"),
        ("<#C1|general> and <#C2>", "#general and #channel"),
        ("<!here> <!subteam^S1|@analysts>", "@here @analysts"),
        ("by <!date^1392734382^{date}|25 November>", "by 25 November"),
        ("DA06\u00a0153", "DA06 153"),
        ("*DA06* _153_ `91%` *_both_*", "DA06 153 91% both"),
        ("a_b_c 15*of*52 * point", "a_b_c 15*of*52 * point"),
        ("```DA06 153\nDA07 91%```", "DA06 153\nDA07 91%"),
        ("~19%~ 28.8%", "28.8%"),
        ("a\r\nb\x00\ud800c", "a\nbc"),
    ],
)
def test_the_words_come_without_slacks_marks(text: str, plain: str) -> None:
    assert said(text) == plain


def test_a_quotation_is_not_the_senders_own_words() -> None:
    assert said("&gt; DA06 Referrals (Q1: 147)\nDA07 91%") == "DA07 91%"
    assert said("&gt; DA06 147") == ""
    assert opened(message(text="&gt; DA06 147")).body == "> DA06 147"


def cell(text: str) -> dict[str, Any]:
    return {"type": "raw_text", "text": text}


TABLE = {"type": "table", "rows": [[cell("DA06"), cell("153")], [cell("DA07"), cell("91%")]]}


def rich(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": list(elements)}


def section(*pieces: dict[str, Any], kind: str = "rich_text_section") -> dict[str, Any]:
    return {"type": kind, "elements": list(pieces)}


def test_words_that_stand_in_blocks_only_are_read() -> None:
    blocks = [
        rich(
            section({"type": "user", "user_id": ME}, {"type": "text", "text": "DA06 <153 & more"}),
            {"type": "rich_text_list", "elements": [section({"type": "text", "text": "DA07 91%"})]},
            section({"type": "text", "text": "DA08 1"}, kind="rich_text_quote"),
            section({"type": "text", "text": "RO06\u00a05"}, {"type": "emoji", "name": "eyes"}),
            section({"type": "link", "url": "https://example.org", "text": "here"}, {"type": "user", "user_id": "U2"}),
        ),
        {"type": "section", "text": {"type": "mrkdwn", "text": "&lt;5 *in all*"}},
    ]
    assert said("", blocks=blocks) == "DA06 <153 & more\nDA07 91%\nRO06 5\nhere@someone\n<5 in all"


def test_a_pasted_table_keeps_its_text() -> None:
    assert said("", blocks=[TABLE]) == "DA06\t153\nDA07\t91%"
    assert said("Our figures:", blocks=[TABLE]) == "Our figures:\nDA06\t153\nDA07\t91%"
    assert said("DA06 153\nDA07 91%", blocks=[TABLE]) == "DA06\t153\nDA07\t91%"
    in_cells = {"type": "table", "rows": [[rich(section({"type": "text", "text": "DA06"})), cell("153")]]}
    assert said("", blocks=[in_cells]) == "DA06\t153"


def test_of_a_very_long_message_the_beginning_is_read_and_the_sender_told() -> None:
    found = opened(message(text="DA06 153\n" + "x" * 30_000))
    assert len(found.body) == LONGEST_TEXT
    assert "20,000 characters" in found.defects[0]


@pytest.mark.parametrize("event", [{"bot_id": "B1"}, {"subtype": "bot_message"}, {"subtype": "channel_join"}])
def test_what_no_person_wrote_is_machine_mail(event: dict[str, Any]) -> None:
    assert opened(message(**event)).machine is Machine.AUTO_REPLY


def test_what_history_brings_is_opened_like_an_event() -> None:
    event = {"type": "message", "channel": D, "user": "U1", "ts": TS, "text": "DA06 153"}
    assert open_posted(payload(event, found="conversations.history")) == open_posted(payload(event))


# --- edits and deletions ----------------------------------------------------------------------------------------------


def edit(previous: dict[str, Any] | None = None, **now: Any) -> bytes:
    base = {"type": "message", "user": "U1", "ts": TS, "text": "DA06 135", "edited": {"user": "U1", "ts": LATER}}
    event = {"type": "message", "subtype": "message_changed", "channel": D, "ts": LATER, "event_ts": LATER}
    return payload({**event, "message": {**base, **now}, "previous_message": previous or {}})


def test_an_edit_is_a_message_of_its_own_said_when_it_was_edited() -> None:
    found = opened(edit())
    base = f"slack:{T}:{D}:{TS}"
    assert (found.text, found.message_id, found.references) == ("DA06 135", f"{base}:{LATER}", (base,))
    assert found.sent_at == datetime.fromtimestamp(1444129200.0002, UTC)
    assert found.senders == ("slack:T01:U1",)
    assert opened(edit(thread_ts="1444000000.000100")).references == (f"slack:{T}:{D}:1444000000.000100",)


def test_an_edit_brings_no_file_a_second_time() -> None:
    file = {"id": "F1", "name": "return.xlsx", "url_private": "https://files.slack.com/f"}
    assert opened(edit({"files": [file]}, files=[file])).remote == ()
    assert [one.id for one in opened(edit(files=[file])).remote] == ["F1"]


def test_a_deletion_takes_nothing_back() -> None:
    was = {"type": "message", "user": "U1", "ts": TS, "text": "DA06 153"}
    event = {"type": "message", "subtype": "message_deleted", "channel": D, "deleted_ts": TS, "event_ts": LATER}
    found = opened(payload({**event, "previous_message": was}))
    assert (found.text, found.message_id, found.references) == ("", f"slack:{T}:{D}:{TS}:deleted", ())
    assert found.senders == ("slack:T01:U1",)
    assert found.defects == (
        "You deleted a message. What was recorded from it stands; to change a figure, reply with the right one.",
    )
    assert found.sent_at == datetime.fromtimestamp(1444129200.0002, UTC)


# --- files ------------------------------------------------------------------------------------------------------------


def file(**about: Any) -> dict[str, Any]:
    base = {"id": "F1", "name": "return q2.xlsx", "mimetype": "application/x", "size": 7, "mode": "hosted"}
    return {**base, "url_private": "https://files.slack.com/a", **about}


def test_files_are_to_be_fetched() -> None:
    (remote,) = opened(message(subtype="file_share", files=[file()])).remote
    assert (remote.id, remote.name, remote.content_type, remote.size) == ("F1", "return q2.xlsx", "application/x", 7)
    assert remote.url == "https://files.slack.com/a"
    (other,) = opened(message(files=[file(url_private_download="https://files.slack.com/d")])).remote
    assert other.url == "https://files.slack.com/d"


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ({"is_external": True}, "only a link|link to another site"),
        ({"mode": "external"}, "link to another site"),
        ({"mode": "tombstone"}, "was deleted"),
        ({"mode": "hidden_by_limit"}, "was deleted"),
        ({"url_private": ""}, "did not hand"),
        ({"id": "../x"}, "did not hand"),
    ],
)
def test_a_file_that_can_not_be_fetched_is_told_in_plain_words(about: dict[str, Any], words: str) -> None:
    found = opened(message(files=[file(**about)]))
    assert found.remote == ()
    assert any(part in found.defects[0] for part in words.split("|"))


def test_of_very_many_files_the_first_are_fetched() -> None:
    found = opened(message(files=[file(id=f"F{number}") for number in range(30)]))
    assert len(found.remote) == 20
    assert "30 files" in found.defects[0]


# --- buttons ----------------------------------------------------------------------------------------------------------


def press(value: str = "2", thread: str | None = None, **more: Any) -> bytes:
    container = {"type": "message", "channel_id": D, "message_ts": TS, **({"thread_ts": thread} if thread else {})}
    action = {"action_id": "choose:2", "value": value, "action_ts": LATER, "text": {"type": "plain_text", "text": "2"}}
    user = {"id": "U1", "team_id": T}
    body = {"type": "block_actions", "team": {"id": T}, "user": user, "container": container, "actions": [action]}
    return json.dumps(body | more).encode()


def test_a_pressed_choice_is_its_number() -> None:
    found = opened(press())
    assert (found.chosen, found.text, found.body) == ((2,), "", "2")
    assert found.senders == ("slack:T01:U1",)
    assert found.message_id == f"slack:act:{T}:{D}:{TS}:{LATER}"
    assert found.references == (f"slack:{T}:{D}:{TS}",)
    assert found.sent_at == datetime.fromtimestamp(1444129200.0002, UTC)


def test_a_press_in_a_thread_refers_to_its_root_first_and_to_the_question() -> None:
    root = "1444000000.000100"
    expected = (f"slack:{T}:{D}:{root}", f"slack:{T}:{D}:{TS}")
    assert opened(press(thread=root)).references == expected
    assert opened(press(message={"thread_ts": root})).references == expected


@pytest.mark.parametrize("value", ["", "two", "-1", "99999", "²"])
def test_a_choice_that_is_no_number_is_refused(value: str) -> None:
    assert isinstance(open_posted(press(value)), Refusal)


# --- forms ------------------------------------------------------------------------------------------------------------

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


def values(found: Opened) -> list[tuple[str, str, str, str]]:
    assert found.form is not None
    return [(value.code, value.figure, value.status, value.comment) for value in found.form.values]


def test_a_form_says_whose_and_for_which_round_it_is_and_what_was_put_in() -> None:
    found = opened(form({"figure:DA06": " 153 ", "status:DA07": "Not applicable", "comment:DA07": "No clients"}))
    assert found.form is not None
    assert (found.form.name, found.form.partnership, found.form.period) == ("the form", "medway", "2015-16Q2")
    assert (found.form.person, found.form.version, found.form.problems) == ("da", 1, ())
    assert found.form.values[0] == FormValue("DA06", figure="153", where="figure:DA06")
    assert values(found) == [("DA06", "153", "", ""), ("DA07", "", "Not applicable", "No clients")]
    assert found.senders == ("slack:T01:U1",)
    assert found.references == (f"slack:{T}:{D}:{TS}",)
    assert (found.message_id or "").startswith("slack:view:V1:1.a:")
    assert found.sent_at is None


def test_what_was_filled_in_beforehand_and_not_touched_is_no_statement() -> None:
    held = {"figure:DA06": "153", "status:DA06": "Provisional", "comment:DA06": "as agreed"}
    found = opened(form({**held, "figure:DA07": "91%"}, held))
    assert values(found) == [("DA07", "91%", "", "")]
    assert found.form is not None
    assert found.form.problems == ()


def test_a_figure_that_was_changed_keeps_the_status_beside_it() -> None:
    held = {"figure:DA06": "153", "status:DA06": "Provisional", "comment:DA06": "as agreed"}
    assert values(opened(form({**held, "figure:DA06": "154"}, held))) == [("DA06", "154", "Provisional", "")]
    assert values(opened(form({**held, "status:DA06": "Final"}, held))) == [("DA06", "153", "Final", "")]
    assert values(opened(form({**held, "comment:DA06": "new"}, held))) == [("DA06", "", "", "new")]


def test_a_new_date_for_what_is_not_available_yet_is_a_statement_with_its_reason() -> None:
    held = {"status:DA06": "Not available yet", "expected:DA06": "2015-11-25", "comment:DA06": "June is missing"}
    found = opened(form({**held, "expected:DA06": "2015-12-01"}, held))
    assert found.form is not None
    assert found.form.values == (
        FormValue(
            "DA06",
            status="Not available yet",
            expected="2015-12-01",
            comment="June is missing",
            where="figure:DA06",
        ),
    )
    assert values(opened(form(held, held))) == []


def test_a_field_that_was_emptied_takes_nothing_back() -> None:
    held = {"figure:DA06": "153", "comment:DA06": "as agreed", "status:DA07": "Not applicable"}
    found = opened(form({"figure:DA06": "", "comment:DA06": "", "status:DA07": ""}, held))
    assert values(found) == []
    assert found.form is not None
    assert found.form.problems == (
        "You emptied DA06, which held 153; nothing was changed."
        " To take it back, reply 'DA06: not available' and say why.",
        "You emptied the comment on DA06; it stands as it was.",
        "You emptied DA07, which held Not applicable; nothing was changed."
        " To take it back, reply 'DA07: not available' and say why.",
    )


def test_a_figure_may_be_emptied_for_a_status() -> None:
    found = opened(form({"figure:DA06": "", "status:DA06": "Not applicable"}, {"figure:DA06": "153"}))
    assert values(found) == [("DA06", "", "Not applicable", "")]
    assert found.form is not None
    assert found.form.problems == ()


def test_the_same_view_with_other_values_is_another_message() -> None:
    one, same, other = (opened(form({"figure:DA06": value})) for value in ("153", "153", "154"))
    assert one.message_id == same.message_id != other.message_id
    assert one.fingerprint == same.fingerprint != other.fingerprint


@pytest.mark.parametrize("about", [None, [], "x", {"version": "1"}, {}])
def test_a_form_that_does_not_say_whose_it_is_is_refused_to_its_sender(about: Any) -> None:
    found = open_posted(form({"figure:DA06": "153"}, about=about))
    assert isinstance(found, Refusal)
    assert found.senders == ("slack:T01:U1",)
    assert "Open it again" in found.words


# --- fingerprints, odd bytes ------------------------------------------------------------------------------------------


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

"""Messages and pressed buttons of Slack's, out of their envelope."""

from datetime import UTC, datetime
from typing import Any

import pytest

from collector.domain.submission import Machine, Refusal
from parsers.posted import LONGEST_TEXT, open_posted
from tests.parsers.payloads import LATER, ME, TS, D, T, edit, file, message, opened, payload, press, rich


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
    assert found.defects == ("You deleted a message. What was recorded from it stands until you say otherwise.",)
    assert found.sent_at == datetime.fromtimestamp(1444129200.0002, UTC)


# --- files ------------------------------------------------------------------------------------------------------------


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


def test_very_many_files_are_all_named_and_none_is_complained_of() -> None:
    found = opened(message(files=[file(id=f"F{number}") for number in range(30)]))
    assert [one.id for one in found.remote] == [f"F{number}" for number in range(30)]
    assert found.defects == ()


# --- buttons ----------------------------------------------------------------------------------------------------------


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

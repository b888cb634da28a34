"""Posting to a real Slack server over a line that fails: each message stands there once."""

import base64
import json
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from bot.demo.localslack import BOT_TOKEN, LocalSlack
from bot.slack.errors import NotPosted
from bot.slack.messenger import Messenger, web_client
from bot.slack.posts import TOKEN_PREFIX
from collector.ports import SendFailed
from tests.builders import TEAM
from tests.servers import free_port
from tests.support.fault_proxy import FaultProxy
from tests.support.local_slack import DA, DPH, SEG


@pytest.fixture
def proxy(slack: LocalSlack) -> Iterator[FaultProxy]:
    fault_proxy = FaultProxy(slack.url)
    yield fault_proxy
    fault_proxy.close()


@pytest.fixture
def messenger(proxy: FaultProxy) -> Messenger:
    # A minute passes between two looks at its clock: what Slack asks us to wait has a test of its own.
    return Messenger(web_client(BOT_TOKEN, proxy.api), clock=count(step=60).__next__)


def post(token: str = "t0ken", **more: Any) -> bytes:
    blocks = [{"type": "section", "block_id": TOKEN_PREFIX + token, "text": {"type": "mrkdwn", "text": "Recorded"}}]
    return json.dumps({"channel": "", "text": "Recorded", "blocks": blocks, "token": token, **more}).encode()


def workbook(name: str = "return-q2.xlsx") -> dict[str, str]:
    return {"name": name, "title": "Return", "content": base64.b64encode(b"PK\x03\x04 rows").decode()}


def ours(slack: LocalSlack, channel: str) -> list[dict[str, Any]]:
    return [message for message in slack.messages(channel) if message.get("bot_id")]


def test_a_post_stands_in_the_conversation_under_its_reference(slack: LocalSlack, messenger: Messenger) -> None:
    reference = messenger.send(DA, post(), again=False)
    (message,) = ours(slack, slack.dm(DA))
    assert reference == f"slack:{TEAM}:{slack.dm(DA)}:{message['ts']}"
    assert message["blocks"][0]["block_id"] == f"{TOKEN_PREFIX}t0ken"
    assert messenger.send(SEG, post(channel=SEG), again=False).startswith(f"slack:{TEAM}:{SEG}:")


def test_the_conversation_is_opened_once(messenger: Messenger, proxy: FaultProxy) -> None:
    for number in range(3):
        messenger.send(DA, post(str(number)), again=False)
    assert (proxy.calls["conversations.open"], proxy.calls["auth.test"]) == (1, 1)


def test_an_answer_goes_into_its_thread(slack: LocalSlack, messenger: Messenger) -> None:
    ts = slack.say(DA, "DA06 153")
    messenger.send(DA, post(channel=slack.dm(DA), thread_ts=ts), again=False)
    assert [message["thread_ts"] for message in ours(slack, slack.dm(DA))] == [ts]


def test_an_answer_whose_thread_is_gone_stands_by_itself(
    slack: LocalSlack, messenger: Messenger, proxy: FaultProxy
) -> None:
    proxy.fail("chat.postMessage", "thread_not_found")
    messenger.send(DA, post(thread_ts="1444125600.000100"), again=False)
    assert ["thread_ts" in message for message in ours(slack, slack.dm(DA))] == [False]


def test_a_board_is_edited_in_place(slack: LocalSlack, messenger: Messenger) -> None:
    reference = messenger.send(SEG, post("first"), again=False)
    ts = reference.rpartition(":")[2]
    assert messenger.send(SEG, post("second", channel=SEG, update_ts=ts, text="Signed off"), again=False) == reference
    assert [message["text"] for message in ours(slack, SEG)] == ["Signed off"]


def test_a_message_to_edit_that_is_gone_is_told_for_good(messenger: Messenger) -> None:
    with pytest.raises(SendFailed, match="message_not_found") as failed:
        messenger.send(SEG, post(channel=SEG, update_ts="1444125600.000100"), again=False)
    assert failed.value.permanent


@pytest.mark.parametrize("fault", ["429", "500", "drop", "html", "lost"])
def test_whatever_goes_wrong_on_the_way_it_is_posted_once(
    slack: LocalSlack, messenger: Messenger, proxy: FaultProxy, fault: str
) -> None:
    proxy.fail("chat.postMessage", fault)
    with pytest.raises(SendFailed) as failed:
        messenger.send(DA, post(), again=False)
    assert not failed.value.permanent
    assert failed.value.retry_after == (timedelta(seconds=7) if fault == "429" else None)
    reference = messenger.send(DA, post(), again=True)
    (message,) = ours(slack, slack.dm(DA))
    assert reference.endswith(message["ts"])


def test_while_slack_asks_us_to_wait_nothing_is_asked_of_it(slack: LocalSlack, proxy: FaultProxy) -> None:
    seconds = [100.0]
    messenger = Messenger(web_client(BOT_TOKEN, proxy.api), clock=lambda: seconds[0])
    proxy.fail("conversations.open", "429")
    waits = []
    for later in (0, 2, 4):
        seconds[0] += later
        with pytest.raises(SendFailed, match="wait") as failed:
            messenger.send(DPH if later else DA, post(), again=False)
        waits.append(failed.value.retry_after)
    assert waits == [timedelta(seconds=7), timedelta(seconds=5), timedelta(seconds=1)]
    assert proxy.calls.total() == 1
    seconds[0] += 1
    for token, user in (("a", DA), ("b", DPH)):
        messenger.send(user, post(token), again=True)
    assert [len(ours(slack, slack.dm(user))) for user in (DA, DPH)] == [1, 1]


def test_a_lost_answer_in_a_thread_is_found_there(slack: LocalSlack, messenger: Messenger, proxy: FaultProxy) -> None:
    thread = slack.say(DA, "DA06 153")
    messenger.send(DA, post("other", thread_ts=thread), again=False)
    proxy.fail("chat.postMessage", "lost")
    with pytest.raises(SendFailed):
        messenger.send(DA, post(thread_ts=thread), again=False)
    reference = messenger.send(DA, post(thread_ts=thread), again=True)
    _, found = ours(slack, slack.dm(DA))
    assert reference.endswith(found["ts"])


def test_a_lost_answer_is_found_on_a_later_page(slack: LocalSlack, messenger: Messenger, proxy: FaultProxy) -> None:
    proxy.page = 2
    reference = messenger.send(DA, post("mine"), again=False)
    for number in range(5):
        messenger.send(DA, post(str(number)), again=False)
    assert messenger.send(DA, post("mine"), again=True) == reference
    assert proxy.calls["conversations.history"] == 3


def test_words_of_a_person_are_never_taken_for_our_post(slack: LocalSlack, messenger: Messenger) -> None:
    slack.say(DA, f"{TOKEN_PREFIX}t0ken")
    messenger.send(DA, post(), again=True)
    assert len(ours(slack, slack.dm(DA))) == 1


def test_files_go_below_the_message_once(slack: LocalSlack, messenger: Messenger, proxy: FaultProxy) -> None:
    messenger.send(DA, post("earlier", files=[workbook()]), again=False)
    raw = post(files=[workbook(), workbook("guide.docx")])
    proxy.fail("files.completeUploadExternal", "lost")
    with pytest.raises(SendFailed) as failed:
        messenger.send(DA, raw, again=False)
    assert not failed.value.permanent
    ts = messenger.send(DA, raw, again=True).rpartition(":")[2]
    messenger.send(DA, raw, again=True)
    below = [message for message in ours(slack, slack.dm(DA)) if message.get("thread_ts") == ts]
    assert [file["name"] for message in below for file in message["files"]] == ["return-q2.xlsx", "guide.docx"]
    assert below[0]["files"][0]["title"] == "Return"
    assert len(ours(slack, slack.dm(DA))) == 2 + 1 + 2


@pytest.mark.parametrize("code", ["invalid_auth", "token_revoked", "missing_scope"])
def test_a_token_that_is_refused_loses_nothing(messenger: Messenger, proxy: FaultProxy, code: str) -> None:
    proxy.fail("chat.postMessage", code)
    with pytest.raises(NotPosted, match="Check SLACK_BOT_TOKEN") as failed:
        messenger.send(DA, post(), again=False)
    assert not failed.value.permanent


@pytest.mark.parametrize("code", ["is_archived", "msg_too_long", "invalid_blocks", "restricted_action"])
def test_what_is_wrong_with_the_message_is_told_for_good(messenger: Messenger, proxy: FaultProxy, code: str) -> None:
    proxy.fail("chat.postMessage", code)
    with pytest.raises(NotPosted, match=code) as failed:
        messenger.send(DA, post(), again=False)
    assert failed.value.permanent


def test_a_person_who_has_left_is_told_for_good(messenger: Messenger, proxy: FaultProxy) -> None:
    proxy.fail("conversations.open", "user_disabled")
    with pytest.raises(NotPosted, match="user_disabled") as failed:
        messenger.send(DA, post(), again=False)
    assert failed.value.permanent


def test_a_conversation_that_is_no_longer_there_is_opened_anew(slack: LocalSlack, messenger: Messenger) -> None:
    messenger.send(DA, post("first"), again=False)
    slack.reset()
    messenger.send(DA, post("second"), again=False)
    assert len(ours(slack, slack.dm(DA))) == 1


def test_nobody_there_is_tried_again() -> None:
    with pytest.raises(NotPosted, match="did not answer") as failed:
        Messenger(web_client(BOT_TOKEN, f"http://127.0.0.1:{free_port()}/api")).send(DA, post(), again=False)
    assert not failed.value.permanent

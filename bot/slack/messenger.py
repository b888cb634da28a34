"""Posts messages to Slack. What may have arrived before is looked for by its token before it is posted again."""

import base64
import json
import logging
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.errors import NotPosted, code_of, is_for_now, translated
from bot.slack.posts import TOKEN_PREFIX

SLACK_API = "https://slack.com/api/"

_TIMEOUT = 10
_PAGE = 200
#: How far back a message of ours is looked for, in pages: it was posted minutes or hours ago, not months.
_MOST_PAGES = 10
#: The message to answer is gone: the answer then stands in the conversation by itself.
_NO_THREAD = frozenset({"thread_not_found", "cannot_reply_to_message"})

Json = dict[str, Any]

log = structlog.get_logger()


def web_client(token: str | None, base_url: str = SLACK_API) -> WebClient:
    """A client that tries each call once: trying again is the outbox's business, which knows what may have arrived."""
    logger = logging.getLogger("collector.slack.web")
    logger.setLevel(logging.CRITICAL)  # it logs each failure that it raises as well
    url = base_url if base_url.endswith("/") else f"{base_url}/"
    return WebClient(token=token, base_url=url, timeout=_TIMEOUT, retry_handlers=[], logger=logger)


class Messenger:
    """Sends one rendered message at a time; `team` is our workspace's id, asked for where it is not given.

    Where Slack asks us to wait, every message waits: who goes on calling is made to wait longer. `clock` gives
    seconds that never run back.
    """

    def __init__(self, client: WebClient, team: str | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._team = team
        self._clock = clock
        self._quiet_until = clock()
        self._conversations: dict[str, str] = {}

    def send(self, address: str, raw: bytes, again: bool) -> str:
        """Post, or take the place of an earlier message; the message's reference. NotPosted where Slack did not."""
        letter: Json = json.loads(raw)
        if (left := self._quiet_until - self._clock()) > 0:
            raise NotPosted(f"Slack asked us to wait, {left:.0f} seconds more.", retry_after=timedelta(seconds=left))
        try:
            return self._deliver(letter, address, again)
        except NotPosted as error:
            if error.retry_after is not None:
                self._quiet_until = self._clock() + error.retry_after.total_seconds()
            raise

    def _deliver(self, letter: Json, address: str, again: bool) -> str:
        with translated():
            try:
                return self._send(letter, address, again)
            except SlackApiError as error:
                # A conversation we remember may be gone; the person need not be.
                if code_of(error) != "channel_not_found" or not self._conversations.pop(address, None):
                    raise
                return self._send(letter, address, again)

    def _send(self, letter: Json, address: str, again: bool) -> str:
        channel = self._channel(letter.get("channel") or address)
        ts = self._posted(channel, letter, again)
        for file in letter.get("files") or ():
            self._share(channel, letter.get("thread_ts") or ts, ts, file, again)
        return f"slack:{self._our_team()}:{channel}:{ts}"

    def _channel(self, address: str) -> str:
        """The conversation itself: a person's is opened."""
        if not address.startswith(("U", "W")):
            return address
        if address not in self._conversations:
            opened = self._client.conversations_open(users=address)
            self._conversations[address] = str(opened["channel"]["id"])
        return self._conversations[address]

    def _our_team(self) -> str:
        if self._team is None:
            self._team = str(self._client.auth_test()["team_id"])
        return self._team

    def _posted(self, channel: str, letter: Json, again: bool) -> str:
        content = {"text": letter["text"], "blocks": letter.get("blocks") or None}
        if letter.get("update_ts"):
            return str(self._client.chat_update(channel=channel, ts=letter["update_ts"], **content)["ts"])
        thread = letter.get("thread_ts") or None
        found = self._find(channel, thread, letter.get("token") or "") if again else None
        return found or self._post(channel, thread, content)

    def _post(self, channel: str, thread: str | None, content: Json) -> str:
        options: Json = {"channel": channel, "unfurl_links": False, "unfurl_media": False, **content}
        try:
            return str(self._client.chat_postMessage(thread_ts=thread, **options)["ts"])
        except SlackApiError as error:
            if thread is None or code_of(error) not in _NO_THREAD:
                raise
            return str(self._client.chat_postMessage(**options)["ts"])

    def _find(self, channel: str, thread: str | None, token: str) -> str | None:
        """The message of ours that carries a token, where it arrived already."""
        if not token:
            return None
        for message in self._messages(channel, thread):
            blocks = message.get("blocks") or ()
            if message.get("bot_id") and any(block.get("block_id") == f"{TOKEN_PREFIX}{token}" for block in blocks):
                return str(message["ts"])
        return None

    def _messages(self, channel: str, thread: str | None) -> Iterator[Json]:
        """A thread's messages and then the conversation's, newest first: one whose thread is gone stands there."""
        if thread is not None:
            try:
                yield from self._pages("conversations.replies", channel=channel, ts=thread)
            except SlackApiError as error:
                if code_of(error) not in _NO_THREAD:
                    raise
        yield from self._pages("conversations.history", channel=channel)

    def _pages(self, method: str, **asked: str) -> Iterator[Json]:
        place: Json = {"limit": _PAGE, **asked}
        for _ in range(_MOST_PAGES):
            page = self._client.api_call(method, params=place)
            yield from page.get("messages") or ()
            place["cursor"] = (page.get("response_metadata") or {}).get("next_cursor")
            if not place["cursor"]:
                return

    def _share(self, channel: str, thread: str, ts: str, file: Json, again: bool) -> None:
        if again and self._is_shared(channel, thread, ts, file["name"]):
            return
        content = base64.b64decode(file["content"])
        title = file.get("title") or file["name"]
        try:
            self._client.files_upload_v2(
                channel=channel,
                thread_ts=thread,
                filename=file["name"],
                title=title,
                content=content,
                alt_txt=file.get("alt"),
            )
        except SlackApiError as error:
            if is_for_now(error):
                raise
            # The message stands: sending it again, or by mail, for the sake of its file would say it twice.
            log.warning("file not shared", name=file["name"], why=code_of(error))

    def _is_shared(self, channel: str, thread: str, ts: str, name: str) -> bool:
        """Whether a file of ours stands in the thread already, below the message it goes with."""
        return any(
            file.get("name") == name
            for message in self._pages("conversations.replies", channel=channel, ts=thread, oldest=ts)
            if message.get("bot_id") and float(message["ts"]) > float(ts)
            for file in message.get("files") or ()
        )

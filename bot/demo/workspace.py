"""A Slack workspace for the demo: what its people can do in it, and a stand-in that needs no server.

The stand-in writes what it is sent to the terminal and hands on what its people do in the shape in which Slack would:
everything behind the door is the same.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from typing import Any, Protocol

from bot.slack.door import SlackDoor
from bot.slack.view import ACTION, CALLBACK, form_view
from collector.desk import Desk
from collector.domain.submission import RemoteFile
from collector.ports import FetchFailed

TEAM = "T0MEDWAY"
BOT = "U0RETURNS"

Json = dict[str, Any]


@dataclass(frozen=True)
class Post:
    """A message of ours as it stands in Slack: `reference` names it, `payload` is what was posted."""

    reference: str
    payload: Json

    @property
    def place(self) -> tuple[str, str]:
        """Its conversation and its ts."""
        _, _, channel, ts = self.reference.split(":", 3)
        return channel, ts

    def button(self, begins: str) -> Json:
        """Its first button whose action begins so; LookupError where it has none."""
        for block in self.payload["blocks"]:
            for element in block.get("elements", ()):
                if str(element.get("action_id", "")).startswith(begins):
                    return dict(element)
        raise LookupError(f"no button {begins} in {self.reference}")


class Workspace(Protocol):
    """What people do in Slack. Each returns once the collector has it; TimeoutError when it never does."""

    @property
    def told(self) -> str: ...
    @property
    def page(self) -> str: ...
    def say(self, user: str, text: str, thread: Post | None = None) -> None: ...
    def press(self, user: str, post: Post, begins: str) -> None: ...
    def fill_in(self, user: str, post: Post, values: Mapping[str, str]) -> dict[str, str]: ...
    def drop(self, user: str, name: str, content: bytes, text: str) -> None: ...
    def close(self) -> None: ...


@dataclass
class ConsoleSlack:
    """Slack without Slack: for machines where local-slack does not run. It is channel, door and files in one."""

    now: Callable[[], datetime]
    say_line: Callable[[str], None]
    door: SlackDoor | None = None
    desk: Desk | None = None
    files: dict[str, bytes] = field(default_factory=dict)
    _count: int = 0

    @property
    def told(self) -> str:
        """What the transcript says about it."""
        return "Slack's messages are shown in this console (local-slack, which shows them in a browser, is not used)."

    @property
    def page(self) -> str:
        """There is no page to look at."""
        return ""

    def send(self, address: str, raw: bytes, again: bool) -> str:
        """Take a message as Slack would: show it, and name it."""
        payload = json.loads(raw)
        self.say_line(f"    | Slack, to {address}:")
        for line in unescape(str(payload["text"])).splitlines():
            self.say_line(f"    | {line}")
        if payload["update_ts"]:
            return f"slack:{TEAM}:{payload['channel']}:{payload['update_ts']}"
        channel = payload["channel"].replace("U0", "D0", 1)
        return f"slack:{TEAM}:{channel}:{self._ts()}"

    def fetch(self, remote: RemoteFile) -> bytes:
        """A file that somebody dropped."""
        if remote.id not in self.files:
            raise FetchFailed(f"{remote.name} is not there any more. Send it again.", permanent=True)
        return self.files[remote.id]

    def say(self, user: str, text: str, thread: Post | None = None) -> None:
        """Somebody writes to us."""
        more = {"thread_ts": thread.place[1]} if thread else {}
        self._event(user, {"text": text, **more})

    def press(self, user: str, post: Post, begins: str) -> None:
        """Somebody presses a button."""
        channel, ts = post.place
        element = post.button(begins)
        action = {"type": "button", "action_ts": self._ts(), **{key: element[key] for key in ("action_id", "value")}}
        container = {"type": "message", "message_ts": ts, "channel_id": channel}
        body = {"type": "block_actions", "container": container, "channel": {"id": channel}, "message": {"ts": ts}}
        self._keep({**body, **self._who(user), "actions": [action]})

    def fill_in(self, user: str, post: Post, values: Mapping[str, str]) -> dict[str, str]:
        """Somebody fills in the form and sends it; what is marked in place, by field."""
        if self.door is None or self.desk is None:
            raise RuntimeError("the console is not connected")
        sheet = self.desk.sheet_for(f"slack:{TEAM}:{user}", self.now())
        if sheet is None:
            raise LookupError(f"{user} owes nothing")
        view = form_view(sheet, post.reference) | {"id": f"V{self._ts()}", "hash": self._ts(), "callback_id": CALLBACK}
        state = {block: {ACTION: {"type": "plain_text_input", "value": value}} for block, value in values.items()}
        inbound = self.door.form(
            {"type": "view_submission", **self._who(user), "view": {**view, "state": {"values": state}}}
        )
        problems = self.desk.look_over(inbound, self.now())
        if not problems:
            self.door.take_in(inbound)
        return {problem.where: problem.words for problem in problems}

    def drop(self, user: str, name: str, content: bytes, text: str) -> None:
        """Somebody drops a file into the conversation with us."""
        named = f"F{hashlib.sha256(content).hexdigest()[:10].upper()}"
        self.files[named] = content
        file = {"id": named, "name": name, "mimetype": "application/octet-stream", "size": len(content)}
        self._event(user, {"text": text, "subtype": "file_share", "files": [{**file, "url_private": "console:"}]})

    def close(self) -> None:
        """Nothing is open."""

    def _event(self, user: str, said: Json) -> None:
        channel = user.replace("U0", "D0", 1)
        event = {"type": "message", "channel_type": "im", "channel": channel, "user": user, "ts": self._ts(), **said}
        self._keep({"type": "event_callback", "team_id": TEAM, "event": event})

    def _keep(self, body: Json) -> None:
        if self.door is None:
            raise RuntimeError("the console is not connected")
        self.door.keep(body)

    def _who(self, user: str) -> Json:
        return {"team": {"id": TEAM}, "user": {"id": user, "team_id": TEAM}}

    def _ts(self) -> str:
        self._count += 1
        return f"{self.now().timestamp():.0f}.{self._count:06d}"


def workbook_in(payload: Json) -> bytes | None:
    """The workbook that went with a message of ours."""
    files = payload.get("files") or ()
    return base64.b64decode(files[0]["content"]) if files else None

"""local-slack, a Slack on this machine for demo and tests, and the people in it.

It listens on all interfaces and asks for no password: it is started only for a performance or a test and ended after.
"""

import ctypes
import json
import os
import platform
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import create_server
from typing import Any

import websocket

from bot.demo.workspace import TEAM, Post
from bot.service import Service
from bot.slack.posts import OPEN_FORM
from bot.slack.view import ACTION
from collector.domain.partnership import Partnership
from collector.domain.people import Role

BOT = "U0RETURNS"
BOT_TOKEN, APP_TOKEN = "xoxb-only-on-this-machine", "xapp-only-on-this-machine"

_HOME = Path(__file__).parents[2] / "tests" / "real"
_BINARY = _HOME / "node_modules" / "local-slack-linux-x64" / "bin" / "local-slack"
_PATIENCE = 10.0

_LIBC = ctypes.CDLL(None)
_PDEATHSIG = 1

Json = dict[str, Any]


def binary() -> Path | None:
    """The server as `./run` installs it; None where it is not, or would not run."""
    fits = platform.system() == "Linux" and platform.machine() == "x86_64"
    return _BINARY if fits and _BINARY.exists() else None


@dataclass(frozen=True)
class Member:
    """Somebody in a workspace; `name` is what its page shows."""

    user: str
    name: str


@dataclass(frozen=True)
class Setting:
    """A workspace: its id and name, its people, and one channel with everybody in it."""

    team: str
    name: str
    members: Sequence[Member]
    channel: str
    channel_name: str


class LocalSlack:
    """The server and, through its control API, the people in it."""

    def __init__(self, program: Path, setting: Setting) -> None:
        self._program = program
        self._setting = setting
        self._folder = Path(tempfile.mkdtemp(prefix="local-slack-"))
        self._process: subprocess.Popen[bytes] | None = None
        # What people upload lies here, and goes with the folder.
        self._env = os.environ | {"TMPDIR": str(self._folder)}
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.api = f"{self.url}/api/"

    def start(self) -> None:
        """Start it, on the same port each time."""
        settings = self._folder / "workspace.json"
        settings.write_text(json.dumps(_workspace(self._setting)), encoding="utf-8")
        command = [str(self._program), "--config", str(settings), "--port", str(self.port), "--base-host", "127.0.0.1"]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self._env, preexec_fn=_end_with_parent
            )
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                self.control("state")
                return
            except OSError:
                if self._process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError((self._folder / "log").read_text(errors="replace")[-2000:]) from None
                time.sleep(0.02)

    def kill(self) -> None:
        """End it the hard way; everything said in it is gone."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(_PATIENCE)
            self._process = None

    def close(self) -> None:
        """End it and leave nothing behind."""
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def control(self, path: str, body: object = None) -> Json:
        """Its control API."""
        return _json(f"{self.url}/_control/{path}", None if body is None else json.dumps(body).encode())

    def call(self, method: str, **params: object) -> Json:
        """Slack's Web API, as our app."""
        return _json(f"{self.api}{method}", json.dumps(params).encode(), {"Authorization": f"Bearer {BOT_TOKEN}"})

    def reset(self) -> None:
        """Forget all conversations."""
        self.control("reset", {})

    def dm(self, user: str) -> str:
        """The conversation between somebody and our app."""
        return str(self.call("conversations.open", users=user)["channel"]["id"])

    def say(self, user: str, text: str, thread: str | None = None, channel: str | None = None) -> str:
        """Somebody writes to us, or in a channel; the message's ts."""
        where = channel or self.dm(user)
        said = self.control("message", {"channel": where, "user": user, "text": text, "thread_ts": thread})
        return str(said["message"]["ts"])

    def edit(self, user: str, ts: str, text: str) -> None:
        """Somebody changes what they wrote to us."""
        self.control("edit-message", {"channel": self.dm(user), "ts": ts, "user": user, "text": text})

    def delete(self, user: str, ts: str) -> None:
        """Somebody takes back what they wrote to us."""
        self.control("delete-message", {"channel": self.dm(user), "ts": ts, "user": user})

    def upload(self, user: str, name: str, content: bytes, text: str = "") -> str:
        """Somebody drops a file into the conversation with us; the message's ts."""
        boundary = uuid.uuid4().hex
        fields = {"channel": self.dm(user), "user": user, "text": text}
        pieces = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items()
        ]
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = "".join(pieces).encode() + head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
        kind = {"content-type": f"multipart/form-data; boundary={boundary}"}
        return str(_json(f"{self.url}/_control/upload", body, kind)["message"]["ts"])

    def press(self, user: str, channel: str, ts: str, action: Mapping[str, object]) -> None:
        """Somebody presses a button of a message; returns when it is acknowledged or after five seconds."""
        button = {"type": "button", **action}
        self.control("interact", {"channel": channel, "messageTs": ts, "user": user, "action": button})

    def open_home(self, user: str) -> None:
        """Somebody opens our home tab."""
        self.control("open-home", {"user": user})

    def home(self, user: str) -> str:
        """What our home tab shows somebody, as JSON; "" before it was shown."""
        with self._page() as (_, state):
            views = state["homeViews"]
        return next((json.dumps(view) for name, view in dict(views).items() if user in str(name)), "")

    def command(self, user: str, text: str) -> None:
        """Somebody gives our command in their conversation with us."""
        self.control("command", {"user": user, "channel": self.dm(user), "command": "/returns", "text": text})

    def messages(self, channel: str) -> list[Json]:
        """What stands in a conversation, threads and what only one person sees included, oldest first."""
        return list(self.control(f"messages/{channel}")["messages"])

    def log(self, kind: str) -> list[Json]:
        """What went over the wires, of one kind ("ack", "events_api", "web_api")."""
        return [entry for entry in self.control("log")["log"] if entry["kind"] == kind]

    def acknowledged(self) -> int:
        """How many envelopes our app has acknowledged."""
        return len(self.log("ack"))

    def modals(self) -> list[Json]:
        """The forms that stand open, the topmost last."""
        with self._page() as (_, state):
            return list(state["modalStack"])

    def send_form(self, user: str, values: Mapping[str, Json]) -> Json:
        """Somebody sends the topmost form: {"errors": ...} where it is refused, else {"stack": ...} as it then is."""
        with self._page() as (page, _):
            filled = {block: {ACTION: state} for block, state in values.items()}
            page.send(json.dumps({"t": "view_submit", "user": user, "values": filled}))
            while True:
                told: Json = json.loads(page.recv())
                if told["t"] in ("view", "view_errors"):
                    return told

    @contextmanager
    def _page(self) -> "Iterator[tuple[websocket.WebSocket, Json]]":
        """Its page in a browser, and what that shows at first."""
        page = websocket.create_connection(f"ws://127.0.0.1:{self.port}/ui", timeout=_PATIENCE)
        try:
            yield page, json.loads(page.recv())["state"]
        finally:
            page.close()


def typed(text: str) -> Json:
    """What a text field of a form holds."""
    return {"type": "plain_text_input", "value": text}


def picked(words: str) -> Json:
    """What a drop-down of a form holds."""
    option = {"text": {"type": "plain_text", "text": words}, "value": words}
    return {"type": "static_select", "selected_option": option}


def setting_of(partnership: Partnership, *visitors: Member) -> Setting:
    """A workspace in which everybody is who the partnership's file says is in Slack."""
    people = [person for person in partnership.people if person.slack]
    groups = [person for person in people if person.role is Role.SEG]
    members = [Member(p.slack.conversation, p.title) for p in people if p.slack and p not in groups]
    channel = next(group.slack.conversation for group in groups if group.slack)
    return Setting(TEAM, partnership.name, (*members, *visitors), channel, "strategic-executive-group")


@dataclass(frozen=True)
class Workers:
    """The people of the demo in local-slack; each act waits until the collector has it."""

    server: LocalSlack
    service: Service

    @property
    def told(self) -> str:
        """What the transcript says about it."""
        return (
            f"Slack is local-slack on {self.server.url}: open it in a browser to look on."
            " While the demo runs it listens on every address of this machine and asks for no password."
        )

    @property
    def page(self) -> str:
        """Where a browser shows it."""
        return self.server.url

    def open(self) -> None:
        """Connect the service to it."""
        if self.service.live is None:
            raise RuntimeError("the service has no Slack door")
        self.service.live.start()
        self._until(self.service.missed)

    def say(self, user: str, text: str, thread: Post | None = None) -> None:
        """Somebody writes to us."""
        with self._heard():
            self.server.say(user, text, thread.place[1] if thread else None)

    def press(self, user: str, post: Post, begins: str) -> None:
        """Somebody presses a button."""
        channel, ts = post.place
        element = post.button(begins)
        with self._heard():
            self.server.press(user, channel, ts, {key: element[key] for key in ("action_id", "value")})

    def fill_in(self, user: str, post: Post, values: Mapping[str, str]) -> dict[str, str]:
        """Somebody opens the form, unless it is open, fills it in and sends it; what is marked in place, by field."""
        if not self.server.modals():
            channel, ts = post.place
            element = post.button(OPEN_FORM)
            action = {key: element[key] for key in ("action_id", "value")}
            self.server.press(user, channel, ts, action)
            self._wait_for_form()
        self.service.kept.clear()
        answer = self.server.send_form(user, {block: typed(value) for block, value in values.items()})
        marked: dict[str, str] = answer.get("errors") or {}
        if not marked:
            self._until(self.service.kept)
        return marked

    def drop(self, user: str, name: str, content: bytes, text: str) -> None:
        """Somebody drops a file into the conversation with us."""
        with self._heard():
            self.server.upload(user, name, content, text)

    def close(self) -> None:
        """Hang up."""
        if self.service.live is not None:
            self.service.live.stop()

    @contextmanager
    def _heard(self) -> Iterator[None]:
        self.service.kept.clear()
        yield
        self._until(self.service.kept)

    def _wait_for_form(self) -> None:
        until = time.monotonic() + _PATIENCE
        while not self.server.modals():
            if time.monotonic() > until:
                raise TimeoutError("the form did not open")
            time.sleep(0.02)

    def _until(self, event: Any) -> None:
        if not event.wait(_PATIENCE):
            raise TimeoutError("the collector did not hear of it")


def _workspace(setting: Setting) -> Json:
    app = {"appId": "A0RETURNS", "botUserId": BOT, "botName": "returns", "botToken": BOT_TOKEN, "appToken": APP_TOKEN}
    users = [{"id": one.user, "name": one.name, "real_name": one.name} for one in setting.members]
    everybody = [*(one.user for one in setting.members), BOT]
    return {
        "workspace": {"name": setting.name, "domain": "demo", "teamId": setting.team},
        "apps": [{**app, "signingSecret": "unused", "mode": "socket"}],
        "users": users,
        "channels": [{"id": setting.channel, "name": setting.channel_name, "members": everybody}],
    }


def _end_with_parent() -> None:
    """Ask Linux to end this process when the one that started it ends, however it does: nothing stays listening."""
    _LIBC.prctl(_PDEATHSIG, signal.SIGKILL)


def _free_port() -> int:
    with create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def _json(url: str, body: bytes | None, headers: Mapping[str, str] = {}) -> Json:
    kind = {"content-type": "application/json", **headers}
    with urllib.request.urlopen(urllib.request.Request(url, data=body, headers=kind), timeout=_PATIENCE) as answer:
        found: Json = json.loads(answer.read())
        return found

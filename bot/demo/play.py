"""Plays the round: a post office and a Slack on this machine, the real service over them, a clock that jumps."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.demo.border import AUTHSERV_ID
from bot.demo.localslack import APP_TOKEN, BOT_TOKEN, LocalSlack, Member, Workers, binary, setting_of
from bot.demo.mailers import Mailers, workbooks_in
from bot.demo.postoffice import PostOffice
from bot.demo.script import AWAY_WORDS, CLOCK, OPENS, SCENES, STRANGER_WORDS, VISITOR, Kind, Scene
from bot.demo.spreadsheet import fill_in
from bot.demo.traces import Traces
from bot.demo.transcript import Transcript
from bot.demo.workspace import ConsoleSlack, Post, Workspace, workbook_in
from bot.service import Service
from bot.settings import Settings, read_settings
from bot.slack.door import SlackDoor
from bot.wiring import Rooms, both_ways, furnish, letters_of, service_of, slack_channel
from collector.books import OutboxRow, OutboxState
from collector.delivery import MAIL, Delivered, Fate
from collector.domain.partnership import Partnership
from collector.loading import load
from collector.messages import Board, Digest, Reminder
from collector.screening import SLACK
from collector.summary import facts
from collector.view import latest_view

PASSWORD = "only-on-this-machine"


@dataclass
class SimulatedClock:
    """A clock that stands still until it is moved."""

    moment: datetime

    def now(self) -> datetime:
        """What it shows."""
        return self.moment


@dataclass
class Demo:
    """One performance: the stage, the service, what went either way."""

    traces: Traces
    words: Path
    partnership: Partnership
    clock: SimulatedClock
    mailers: Mailers
    slack: Workspace
    rooms: Rooms
    service: Service
    transcript: Transcript
    password: str = PASSWORD
    posts: dict[str, list[Post]] = field(default_factory=dict)

    def play(self) -> dict[str, Any]:
        """Play every scene in the order of time; the summary of the round, made from the books."""
        self.transcript.say(self.slack.told)
        moments: list[tuple[datetime, Scene | None]] = [(OPENS, None), *((at, None) for at in CLOCK)]
        moments += [(scene.at, scene) for scene in SCENES]
        self.service.door.mailbox.connect()
        try:
            for at, scene in sorted(moments, key=lambda moment: moment[0]):
                self._turn(at, scene)
        finally:
            self.service.door.mailbox.close()
        return self._summary()

    def keep_going(self) -> None:
        """Work through what arrives until interrupted, showing it as it happens."""
        self.service.door.mailbox.connect()
        try:
            while True:
                self.transcript.moment(self.rooms.calendar.local(self.clock.now()))
                self._work()
                self.service.door.mailbox.wait(1)
        finally:
            self.service.door.mailbox.close()

    def _turn(self, at: datetime, scene: Scene | None) -> None:
        local = self.rooms.calendar.at(at.date(), at.time())
        self.clock.moment = local.astimezone(UTC)
        self.transcript.moment(local)
        if scene is not None:
            (self._act_in_slack if scene.kind.in_slack else self._write)(scene, local)
        self._work()

    def _work(self) -> None:
        """One pass over everything, told as it happens."""
        self.service.door.collect(self.clock.now())
        for processed in self.service.work():
            self.transcript.processed(processed)
            if processed.row.door == SLACK:
                self._keep_from_slack(processed.row.blob, processed.person.id if processed.person else "stranger")
        ticked = self.service.tick()
        if ticked.opened:
            self.transcript.opened(ticked.opened)
        for delivered in self.service.send():
            self.transcript.delivered(delivered, self.partnership)
            if delivered.fate is Fate.SENT:
                self._keep_sent(delivered)
        self.mailers.look()
        with self.rooms.books.begin() as unit:
            view = latest_view(unit)
        if view is not None:
            self.transcript.progress(view)

    def _keep_sent(self, delivered: Delivered) -> None:
        who = delivered.row.planned.person
        if delivered.row.planned.channel != SLACK:
            self.traces.mail("out", who, delivered.raw)
            for _, attached in workbooks_in(delivered.raw):
                self.traces.workbook("out", who, attached)
            return
        payload = json.loads(delivered.raw)
        self.traces.slack("out", who, payload)
        with self.rooms.books.begin() as unit:
            row = next(one for one in unit.outbox.rows() if one.id == delivered.row.id)
        self.posts.setdefault(who, []).append(Post(row.external_ref or "", payload))
        workbook = workbook_in(payload)
        if workbook is not None:
            self.traces.workbook("out", who, workbook)

    def _keep_from_slack(self, blob: str, who: str) -> None:
        with self.rooms.books.begin() as unit:
            self.traces.slack("in", who, json.loads(unit.blobs.get(blob)))

    def _write(self, scene: Scene, at: datetime) -> None:
        words = self._read(scene.text, "txt") if scene.text else ""
        workbook = None
        if scene.kind is Kind.WORKBOOK_BY_MAIL:
            workbook = fill_in(self.mailers.workbook_of(scene.who), json.loads(self._read(scene.text, "json"))[0])
            self.traces.workbook("in", scene.who, workbook)
        for copy in range(scene.times):
            self.traces.mail("in", scene.text or scene.kind.value, self.mailers.write(scene, words, at, copy, workbook))
        name = self.mailers.workbook_name(scene.who) if workbook else ""
        self.transcript.wrote(self._title(scene.who), words or _SAID[scene.kind], name)

    def _act_in_slack(self, scene: Scene, _at: datetime) -> None:
        """Somebody answers in Slack, and the collector has it when this returns."""
        user = self._user(scene.who)
        words = self._read(scene.text, "txt").strip() if scene.kind in _WITH_WORDS else ""
        match scene.kind:
            case Kind.SLACK_MESSAGE:
                self.slack.say(user, words)
            case Kind.SLACK_THREAD:
                self.slack.say(user, words, self._reminder(scene.who))
            case Kind.SLACK_STRANGER:
                words = "DA06 412"
                self.slack.say(user, words)
            case Kind.SLACK_BUTTON:
                post = self.posts[scene.who][-1]
                self.slack.press(user, post, "choose:")
                words = f"presses \u201c{post.button('choose:')['text']['text']}\u201d"
            case Kind.SLACK_WORKBOOK:
                self._drop(scene, user, words)
            case _:
                self._fill_in(scene, user)
                return
        self.transcript.wrote(f"{self._title(scene.who)} (Slack)", words, "")

    def _drop(self, scene: Scene, user: str, words: str) -> None:
        sent = workbook_in(self._reminder(scene.who).payload)
        if sent is None:
            raise LookupError(f"no workbook came to {scene.who}")
        filled = fill_in(sent, json.loads(self._read(scene.text, "json"))[0])
        self.traces.workbook("in", scene.who, filled)
        self.slack.drop(user, str(self._reminder(scene.who).payload["files"][0]["name"]), filled, words)

    def _fill_in(self, scene: Scene, user: str) -> None:
        """A form is sent until nothing in it is marked any more."""
        title = f"{self._title(scene.who)} (Slack form)"
        for attempt in json.loads(self._read(scene.text, "json")):
            values = {f"figure:{code}": str(cells["Figure"]) for code, cells in attempt.items()}
            marked = self.slack.fill_in(user, self._reminder(scene.who), values)
            said = "; ".join(f"{field.partition(':')[2]} {value}" for field, value in values.items())
            self.transcript.wrote(title, said.replace("figure:", ""), "")
            self.transcript.marked(marked)

    def _reminder(self, who: str) -> Post:
        """The last message with a form to somebody."""
        return next(post for post in reversed(self.posts[who]) if post.payload.get("files"))

    def _read(self, name: str, suffix: str) -> str:
        return (self.words / f"{name}.{suffix}").read_text(encoding="utf-8")

    def _user(self, who: str) -> str:
        found = next((person.slack for person in self.partnership.people if person.id == who), None)
        return found.conversation if found else who

    def _title(self, who: str) -> str:
        titles = {person.id: person.title for person in self.partnership.people}
        return titles.get(who, "Somebody who is not registered")

    def _summary(self) -> dict[str, Any]:
        with self.rooms.books.begin() as unit:
            view = latest_view(unit)
            sent = [row for row in unit.outbox.rows() if row.state is OutboxState.SENT]
        if view is None:
            raise LookupError("the round never opened")
        letters = letters_of(self.partnership)
        for name, kind in (("digest", Digest), ("board", Board)):
            last = next(row.planned.message for row in reversed(sent) if isinstance(row.planned.message, kind))
            self.traces.write(f"{name}.html", letters.preview(last).page)
        boards = [row for row in sent if isinstance(row.planned.message, Board) and row.planned.channel == SLACK]
        summary = facts(view) | {
            "board_posts": sum(row.planned.edits is None for row in boards),
            "board_edits": sum(row.planned.edits is not None for row in boards),
            "digests": _count(sent, Digest),
            "reminders": _count(sent, Reminder),
        }
        self.traces.write("summary.json", json.dumps(summary, indent=2, ensure_ascii=False))
        return summary


_SAID = {Kind.STRANGER: STRANGER_WORDS, Kind.OUT_OF_OFFICE: AWAY_WORDS}
_WITH_WORDS = (Kind.SLACK_MESSAGE, Kind.SLACK_THREAD, Kind.SLACK_WORKBOOK)


def _count(sent: list[OutboxRow], kind: type) -> int:
    return sum(isinstance(row.planned.message, kind) for row in sent)


@contextmanager
def on_stage(
    folder: Path, partnership: Partnership, words: Path, sources: dict[str, bytes], console_only: bool = False
) -> Iterator[Demo]:
    """Set the stage in a folder, and clear it afterwards; what an earlier performance left there is taken away.

    Slack is local-slack where that is installed, or (`console_only`: in any case) the terminal.
    """
    traces = Traces(folder)
    traces.prepare()
    clock = SimulatedClock(OPENS.replace(tzinfo=UTC))
    transcript = Transcript()
    with ExitStack() as stage:
        office = PostOffice(partnership.mailbox, PASSWORD, now=clock.now)
        office.start()
        stage.callback(office.stop)
        program = None if console_only else binary()
        slack = _started(LocalSlack(program, setting_of(partnership, Member(VISITOR, "Visitor")))) if program else None
        if slack is not None:
            stage.callback(slack.close)
        settings = _settings(folder, partnership, office, slack)
        books = furnish(settings).books
        stage.callback(books.close)
        load(books, partnership, sources, OPENS.replace(tzinfo=UTC), "coordinator")
        rooms = furnish(settings, books, clock.now)
        if slack is None:
            console = ConsoleSlack(clock.now, transcript.say, desk=rooms.desk)
            rooms = replace(rooms, intake=replace(rooms.intake, fetchers={SLACK: console}))
            console.door = SlackDoor(rooms.intake, rooms.desk, rooms.books, clock.now)
            service = service_of(settings, rooms)
            mail = service.deliveries[0].channels[MAIL]
            service = replace(service, deliveries=both_ways(rooms, mail, slack_channel(partnership, console)))
            workspace: Workspace = console
        else:
            service = service_of(settings, rooms)
            workspace = workers = Workers(slack, service)
            stage.callback(workers.close)
            workers.open()
        mailers = Mailers(partnership, office)
        yield Demo(traces, words, partnership, clock, mailers, workspace, rooms, service, transcript)


def _started(slack: LocalSlack) -> LocalSlack | None:
    """The server, running; None where it is installed and won't run (an old system, a folder without execution)."""
    try:
        slack.start()
    except (OSError, RuntimeError):
        slack.close()
        return None
    return slack


def _settings(folder: Path, partnership: Partnership, office: PostOffice, slack: LocalSlack | None) -> Settings:
    in_slack = {"slack_bot_token": BOT_TOKEN, "slack_app_token": APP_TOKEN, "slack_api_url": slack.api} if slack else {}
    return read_settings(
        _env_file=None,
        database_url=f"sqlite:///{folder / 'collector.db'}",
        imap_host="127.0.0.1",
        imap_port=office.imap_port,
        imap_security="none",
        imap_user=partnership.mailbox,
        imap_password=PASSWORD,
        smtp_host="127.0.0.1",
        smtp_port=office.smtp_port,
        smtp_security="none",
        mail_border=AUTHSERV_ID,
        **in_slack,
    )


def differences(summary: dict[str, Any], expected: list[dict[str, Any]]) -> list[str]:
    """Where the books differ from the figures written down by hand; empty when they agree."""
    told = []
    recorded = {figure["code"]: figure for figure in summary["figures"]}
    for wanted in expected:
        found = recorded.pop(wanted["code"], {})
        for key in ("value", "numerator", "denominator", "status", "basis", "expected_on"):
            if key in wanted and found.get(key) != wanted[key]:
                told.append(f"{wanted['code']}: {key} should be {wanted[key]!r} and is {found.get(key)!r}")
    return told + [f"{code}: recorded, and nothing was expected" for code in recorded]

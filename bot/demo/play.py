"""Plays the round: a post office on this machine, the real service over it, a clock that jumps from scene to scene."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP as SMTP_POLICY
from email.policy import default as default_policy
from email.utils import format_datetime
from pathlib import Path
from smtplib import SMTP
from typing import Any

from bot.demo.border import AUTHSERV_ID
from bot.demo.postoffice import Delivered as Posted
from bot.demo.postoffice import PostOffice
from bot.demo.script import AWAY_WORDS, CLOCK, OPENS, SCENES, STRANGER_WORDS, Kind, Scene
from bot.demo.transcript import Transcript
from bot.service import Service
from bot.settings import Settings, read_settings
from bot.wiring import Rooms, furnish, letters_of, service_of
from collector.books import OutboxState
from collector.domain.partnership import Partnership
from collector.loading import load
from collector.messages import Board, Digest, Reminder
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
    """One performance: the stage, the service, the mails that went either way."""

    folder: Path
    words: Path
    partnership: Partnership
    clock: SimulatedClock
    office: PostOffice
    rooms: Rooms
    service: Service
    transcript: Transcript
    settings: Settings
    password: str = PASSWORD
    mails: int = 0
    seen: int = 0
    last_to: dict[str, EmailMessage] = field(default_factory=dict)

    def play(self) -> dict[str, Any]:
        """Play every scene in the order of time; the summary of the round, made from the books."""
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
            self._write(scene, local)
        self._work()

    def _work(self) -> None:
        """One pass over everything, told as it happens."""
        self.service.door.collect(self.clock.now())
        for processed in self.service.work():
            self.transcript.processed(processed)
        ticked = self.service.tick()
        if ticked.opened:
            self.transcript.opened(ticked.opened)
        for delivered in self.service.send():
            self.transcript.delivered(delivered, self.partnership)
            self._keep("out", delivered.row.planned.person, delivered.raw)
        while self.seen < len(self.office.delivered):
            self._received(self.office.delivered[self.seen])
            self.seen += 1
        with self.rooms.books.begin() as unit:
            view = latest_view(unit)
        if view is not None:
            self.transcript.progress(view)

    def _received(self, posted: Posted) -> None:
        message = BytesParser(policy=default_policy).parsebytes(posted.raw)
        if isinstance(message, EmailMessage):
            self.last_to[posted.rcpt] = message

    def _write(self, scene: Scene, at: datetime) -> None:
        address = self._address(scene)
        for copy in range(scene.times):
            mail = self._mail(scene, address, at, copy)
            raw = mail.as_bytes(policy=SMTP_POLICY)
            with SMTP("127.0.0.1", self.office.smtp_port, timeout=10) as smtp:
                smtp.sendmail(address, [self.partnership.mailbox], raw)
            self.transcript.wrote(scene, mail)
            self._keep("in", scene.text or scene.kind.value, raw)

    def _address(self, scene: Scene) -> str:
        people = {person.id: person for person in self.partnership.people}
        return people[scene.who].addresses[0] if scene.who in people else scene.who

    def _mail(self, scene: Scene, address: str, at: datetime, copy: int) -> EmailMessage:
        mail = EmailMessage()
        titles = {person.id: person.title for person in self.partnership.people}
        mail["From"] = f'"{titles.get(scene.who, "Survey Desk")}" <{address}>'
        mail["To"] = self.partnership.mailbox
        mail["Date"] = format_datetime(at)
        mail["Message-ID"] = f"<{scene.kind.value}-{scene.text or 'mail'}-{copy}@{address.partition('@')[2]}>"
        answered = self.last_to.get(address)
        subject = str(answered["Subject"]) if answered else "Your quarter"
        if scene.kind is Kind.OUT_OF_OFFICE:
            mail["Auto-Submitted"] = "auto-replied"
            mail["Subject"] = f"Automatic reply: {subject}"
            mail.set_content(AWAY_WORDS)
            return mail
        mail["Subject"] = f"RE: {subject}" if answered else subject
        if answered is not None and scene.kind is Kind.REPLY:
            mail["In-Reply-To"] = mail["References"] = str(answered["Message-ID"])
        mail.set_content(self._words(scene) + (_quoted(answered) if scene.kind is Kind.REPLY else ""))
        return mail

    def _words(self, scene: Scene) -> str:
        if scene.kind is Kind.STRANGER:
            return STRANGER_WORDS
        return (self.words / f"{scene.text}.txt").read_text(encoding="utf-8")

    def _keep(self, way: str, name: str, raw: bytes) -> None:
        if raw:
            self.mails += 1
            (self.folder / "mail" / f"{self.mails:03d}-{way}-{name}.eml").write_bytes(raw)

    def _summary(self) -> dict[str, Any]:
        with self.rooms.books.begin() as unit:
            view = latest_view(unit)
            sent = [row for row in unit.outbox.rows() if row.state is OutboxState.SENT]
        if view is None:
            raise LookupError("the round never opened")
        letters = letters_of(self.partnership)
        digests = [row.planned.message for row in sent if isinstance(row.planned.message, Digest)]
        boards = [row.planned.message for row in sent if isinstance(row.planned.message, Board)]
        for name, found in (("digest", digests), ("board", boards)):
            (self.folder / f"{name}.html").write_text(letters.preview(found[-1])[2], encoding="utf-8")
        summary = facts(view) | {
            "board_posts": 0,
            "board_edits": 0,
            "digests": len(digests),
            "reminders": sum(isinstance(row.planned.message, Reminder) for row in sent),
        }
        (self.folder / "summary.json").write_text(json.dumps(summary, indent=2, ensure_ascii=False), encoding="utf-8")
        return summary


def _quoted(answered: EmailMessage | None) -> str:
    """The mail that is answered, quoted below as mail programs do."""
    if answered is None:
        return ""
    body = answered.get_body(("plain",))
    lines = body.get_content().splitlines() if body is not None else []
    heading = f"\n\nOn {answered['Date']}, {answered['From']} wrote:\n"
    return heading + "\n".join(f"> {line}" for line in lines) + "\n"


@contextmanager
def on_stage(folder: Path, partnership: Partnership, words: Path, sources: dict[str, bytes]) -> Iterator[Demo]:
    """Set the stage in a folder, and clear it afterwards; what an earlier performance left there is taken away."""
    _sweep(folder)
    clock = SimulatedClock(OPENS.replace(tzinfo=UTC))
    office = PostOffice(partnership.mailbox, PASSWORD, now=clock.now)
    office.start()
    try:
        settings = read_settings(
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
        )
        books = furnish(settings).books
        try:
            load(books, partnership, sources, OPENS.replace(tzinfo=UTC), "coordinator")
            rooms = furnish(settings, books, clock.now)
            service = service_of(settings, rooms)
            transcript = Transcript()
            yield Demo(folder, words, partnership, clock, office, rooms, service, transcript, settings)
        finally:
            books.close()
    finally:
        office.stop()


class NotOurs(Exception):
    """The folder holds books that no demo made: nothing in it is touched."""


def _sweep(folder: Path) -> None:
    marker = folder / ".demo"
    if (folder / "collector.db").exists() and not marker.exists():
        raise NotOurs(f"{folder} holds books that the demo did not make. Give it another folder with --output.")
    folder.mkdir(parents=True, exist_ok=True)
    marker.write_text("Made by the demo, which takes away what is here when it is played again.\n", encoding="utf-8")
    (folder / "mail").mkdir(parents=True, exist_ok=True)
    made = [folder / name for name in ("summary.json", "digest.html", "board.html")]
    made += [*folder.glob("collector.db*"), *(folder / "mail").glob("*.eml")]
    for file in made:
        file.unlink(missing_ok=True)


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

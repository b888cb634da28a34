"""A small partnership and its books, for tests."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

from collector.books import OutboxRow, Planned
from collector.clock import Clock
from collector.delivery import Channel, Delivered, Delivery
from collector.desk import Desk
from collector.domain.came_back import CameBack
from collector.domain.document import Document
from collector.domain.figure import FigureStatus, Reported
from collector.domain.indicator import Definition, Polarity, Priority, Unit
from collector.domain.partnership import Partnership
from collector.domain.people import Person, Responsibility, Role, SlackAccount
from collector.domain.period import Quarter
from collector.domain.submission import Attachment, Form, FormValue, Inbound, Opened, Refusal, RemoteFile
from collector.domain.target import NO_TARGET, Comparator, Target
from collector.domain.timetable import Timetable
from collector.failpoints import Failpoint
from collector.intake import Intake, Processed
from collector.loading import load
from collector.messages import Receipt
from collector.ports import FetchFailed, SendFailed
from collector.view import RoundView, view_round
from parsers.figures import TextReader
from parsers.files import read_file
from parsers.layouts import find_in
from parsers.mime import open_mail, open_text
from parsers.orders import read_orders
from parsers.posted import open_posted
from parsers.workbook import write_booklet
from scheduler.calendar import WorkingDays
from storage.books import SqlBooks
from tests.support.prepared import prepared

LONDON = ZoneInfo("Europe/London")
Q2 = Quarter(2015, 2)
OPENS = datetime(2015, 10, 5, 9, 0, tzinfo=LONDON)
DUE = datetime(2015, 10, 23, 17, 0, tzinfo=LONDON)


def at(day: int, hour: int = 10, minute: int = 0, month: int = 10, year: int = 2015) -> datetime:
    """A moment of the round."""
    return datetime(year, month, day, hour, minute, tzinfo=LONDON)


def percent(code: str, target: Target = NO_TARGET, **more: Any) -> Definition:
    return define(code, Unit.PERCENT, target, **more)


def define(code: str, unit: Unit, target: Target = NO_TARGET, **more: Any) -> Definition:
    given: dict[str, Any] = {
        "code": code,
        "indicator": code,
        "title": f"Title of {code}",
        "short": f"short of {code}",
        "priority": "P1",
        "unit": unit,
        "from_period": Quarter(2014, 3),
        "target": target,
        "polarity": Polarity.BIGGER,
    }
    return Definition(**(given | more))


DEFINITIONS = (
    define(
        "DA06",
        Unit.COUNT,
        Target(Comparator.AT_LEAST, "340", Decimal(340)),
        title="Number of clients referred for IDVA support",
    ),
    percent(
        "DA07", Target(Comparator.AT_LEAST, "74%", Decimal(74)), title="Percentage of clients where risk is reduced"
    ),
    percent(
        "RO06",
        Target(Comparator.BELOW, "< 50%", Decimal(50)),
        title="Percentage of the cohort that re-offend within six months",
        polarity=Polarity.SMALLER,
    ),
    percent("SA01", title="Percentage of opiate users that left treatment", lag_days=56),
    define(
        "RS08",
        Unit.MILESTONE,
        Target(Comparator.MILESTONE, "A quarterly discussion"),
        title="Reckless driving discussions",
    ),
)

PEOPLE = (
    Person(
        "coordinator", "Community Safety Coordinator", "Council", Role.COORDINATOR, ("coordinator@council.example.org",)
    ),
    Person("chair", "Chair of the Partnership", "Council", Role.CHAIR, ("chair@council.example.org",)),
    Person("seg", "Strategic Executive Group", "Partnership", Role.SEG, ("seg@council.example.org",)),
    Person("da", "Domestic Abuse Coordinator", "Council", Role.CONTRIBUTOR, ("da@council.example.org",)),
    Person("yot", "Youth Offending Team Manager", "Youth Justice", Role.CONTRIBUTOR, ("yot@youth.example.org",)),
    Person("dph", "Director of Public Health", "Public Health", Role.LEAD, ("dph@health.example.org",)),
)

OWED = {"DA06": "da", "DA07": "da", "RO06": "yot", "SA01": "dph", "RS08": "yot"}


def form(*values: FormValue, **more: str) -> Form:
    """A form as it comes back: the Domestic Abuse Coordinator's, for the open round."""
    given = {"name": "the form", "partnership": "test", "period": "2015-16Q2", "person": "da"} | more
    return Form(given["name"], given["partnership"], given["period"], given["person"], version=1, values=values)


def figure(code: str, period: Quarter, value: str) -> Reported:
    return Reported(code, period, FigureStatus.REPORTED, Decimal(value))


HISTORY = (
    figure("DA06", Quarter(2014, 4), "139"),
    figure("DA06", Quarter(2015, 1), "135"),
    figure("RO06", Quarter(2015, 1), "43"),
)

PARTNERSHIP = Partnership(
    id="test",
    name="Test Community Safety Partnership",
    plan="2013-16",
    mailbox="returns@csp.example.org",
    timetable=Timetable(),
    priorities=(Priority("P1", "Tackle everything", "dph"),),
    people=PEOPLE,
    definitions=DEFINITIONS,
    responsibilities=tuple(Responsibility(code, person, Quarter(2014, 3)) for code, person in OWED.items()),
    history=HISTORY,
)


TEAM = "T0TEST"
#: The same partnership with the contributors of DA and SA in Slack, and the group's channel.
_PLACES = {"da": "U0DA", "dph": "U0DPH", "seg": "C0SEG"}
IN_SLACK = replace(
    PARTNERSHIP,
    people=tuple(
        replace(person, slack=SlackAccount(TEAM, _PLACES[person.id])) if person.id in _PLACES else person
        for person in PEOPLE
    ),
)


class PlainOpener:
    """Opens messages in this process: the guard has tests of its own."""

    def open(self, door: str, raw: bytes, size: int, cut: bool) -> Opened | Refusal:
        if door == "slack":
            return open_posted(raw)
        return open_text(raw) if door == "record" else open_mail(raw, size, cut)

    def read_file(self, attachment: Attachment) -> Form | CameBack | Document | Refusal | None:
        return read_file(attachment.name, attachment.content_type, attachment.content)


class OpenBorder:
    """Trusts every sender but those named."""

    def __init__(self, *distrusted: str) -> None:
        self.distrusted = distrusted

    def trusted(self, opened: Opened | Refusal) -> tuple[bool, str]:
        bad = [sender for sender in opened.senders if sender in self.distrusted]
        return (not bad, "the border server did not vouch for it" if bad else "")


@dataclass
class Outside:
    """Where messages go in these tests; `failing` makes the next sends fail, `names` is how each is known there."""

    names: str = "{address}:{number}"
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    failing: list[SendFailed] = field(default_factory=list)

    again: list[bool] = field(default_factory=list)

    def send(self, address: str, raw: bytes, again: bool) -> str:
        self.again.append(again)
        if self.failing:
            raise self.failing.pop(0)
        self.taken.append((address, raw))
        return self.names.format(address=address, number=len(self.taken))


@dataclass
class Shelf:
    """Where files that messages name are fetched from, by their id; a failure can lie there too."""

    files: dict[str, bytes | FetchFailed]
    fetched: list[str] = field(default_factory=list)

    def fetch(self, remote: RemoteFile) -> bytes:
        self.fetched.append(remote.id)
        found = self.files[remote.id]
        if isinstance(found, FetchFailed):
            raise found
        return found


class PlainRenderer:
    """Renders nothing but the token: the letters have tests of their own."""

    def render(self, row: OutboxRow, recipient_title: str, address: str, files: Sequence[bytes] = ()) -> bytes:
        return f"{row!r} to {recipient_title}".encode() + b"".join(files)


@dataclass
class Office:
    """The rules over real books, driven by hand."""

    books: SqlBooks
    border: OpenBorder = field(default_factory=OpenBorder)
    outside: Outside = field(default_factory=Outside)
    slack: Outside = field(default_factory=Outside)
    reached: Callable[[Failpoint], None] = lambda _point: None
    partnership: Partnership = PARTNERSHIP
    files: dict[str, bytes | FetchFailed] = field(default_factory=dict)
    mails: int = 0

    def __post_init__(self) -> None:
        self.calendar = WorkingDays(self.partnership.timetable)
        self.intake = Intake(
            self.books,
            PlainOpener(),
            TextReader(),
            read_orders,
            write_booklet,
            self.border,
            self.calendar,
            reached=self.reached,
            fetchers={"slack": Shelf(self.files)},
            finder=find_in,
        )
        self.desk = Desk(self.books, PlainOpener(), TextReader(), self.calendar, read_orders)
        self.clock = Clock(self.books, self.calendar, self.reached)
        self.channels = {
            "mail": Channel(PlainRenderer(), self.outside, lambda person: next(iter(person.addresses), None)),
            "slack": Channel(
                PlainRenderer(), self.slack, lambda person: person.slack.conversation if person.slack else None
            ),
        }
        self.delivery = Delivery(self.books, self.channels, self.calendar, reached=self.reached)

    def prepare(self) -> "Office":
        """Load the partnership and open the round, in books that were empty."""
        prepared(self.books, repr(self.partnership), self._load_and_open)
        return self

    def _load_and_open(self) -> None:
        self.loads(OPENS)
        self.clock.tick(OPENS)

    def loads(self, when: datetime, partnership: Partnership | None = None) -> list[str]:
        """Load the partnership, or another state of its file; what that changed."""
        sources = {"definitions": b"definitions", "history": b"history"}
        return load(self.books, partnership or self.partnership, sources, when, "coordinator")

    def arrives(self, raw: bytes, when: datetime, key: str = "") -> bool:
        self.mails += 1
        inbound = Inbound("mail", key or f"mail:inbox:1:{self.mails}", when, raw, len(raw))
        return self.intake.accept(inbound) is not None

    def posts(self, person: str, text: str, when: datetime, **event: Any) -> Processed:
        """A person's message to us in Slack, taken in and processed; more of the event can be given."""
        self.mails += 1
        stamp = f"{when.timestamp():.0f}.{self.mails:06d}"
        said = {"type": "message", "channel_type": "im", "channel": "D1", "user": slack_user(person), "ts": stamp}
        self.arrives_in_slack({"team_id": TEAM, "event": {**said, "text": text, **event}}, stamp, when)
        return self.processes(when)

    def arrives_in_slack(self, payload: dict[str, Any], key: str, when: datetime) -> bool:
        raw = json.dumps(payload).encode()
        return self.intake.accept(Inbound("slack", f"slack:{TEAM}:D1:{key}", when, raw, len(raw))) is not None

    def says(self, person: str, text: str, when: datetime, **headers: str) -> Processed:
        """A person's mail, taken in and processed."""
        self.arrives(letter(person, text, when, **headers), when)
        return self.processes(when)

    def processes(self, when: datetime) -> Processed:
        done = self.intake.process_next(when)
        assert done is not None
        return done

    def sends(self, when: datetime) -> list[Delivered]:
        done = []
        while (delivered := self.delivery.send_next(when)) is not None:
            done.append(delivered)
        return done

    def ticks(self, when: datetime) -> list[Planned]:
        """The clock ticks and what is due goes out; what was planned."""
        planned = self.clock.tick(when).planned
        self.sends(when)
        return planned

    def sends_all(self, when: datetime) -> list[tuple[str, bytes]]:
        """Send what is due; everything that has gone out so far."""
        self.sends(when)
        return self.outside.taken

    def view(self) -> RoundView:
        with self.books.begin() as unit:
            return view_round(unit, Q2)

    def value(self, code: str) -> Decimal | None:
        figure = self.view().figures.get(code)
        return figure.reported.value if figure else None

    def answers(self) -> list[Receipt]:
        with self.books.begin() as unit:
            return [row.planned.message for row in unit.outbox.rows() if isinstance(row.planned.message, Receipt)]

    def keys(self, prefix: str) -> list[str]:
        with self.books.begin() as unit:
            return [row.planned.dedupe_key for row in unit.outbox.rows() if row.planned.dedupe_key.startswith(prefix)]


def _slack_place(person: Person) -> str | None:
    return person.slack.conversation if person.slack else None


def slack_user(person: str) -> str:
    """The Slack user of somebody in IN_SLACK; a stranger's otherwise."""
    found = {p.id: p.slack.conversation for p in IN_SLACK.people if p.slack}
    return found.get(person, "U0STRANGER")


def address_of(person: str) -> str:
    return next((p.addresses[0] for p in PEOPLE if p.id == person), person)


_count = iter(range(1, 10**9))


def letter(person: str, text: str, when: datetime, **headers: str) -> bytes:
    """A mail as somebody's mail program makes it; `message_id` and other headers can be given."""
    mail = EmailMessage()
    mail["From"] = address_of(person)
    mail["To"] = PARTNERSHIP.mailbox
    mail["Subject"] = headers.pop("subject", "Our figures")
    mail["Date"] = when.strftime("%a, %d %b %Y %H:%M:%S %z")
    message_id = headers.pop("message_id", f"<{next(_count)}@mail.example.org>")
    if message_id:
        mail["Message-ID"] = message_id
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail.as_bytes()


def later(moment: datetime, **delta: int) -> datetime:
    return moment + timedelta(**delta)

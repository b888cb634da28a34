"""The Slack door against local-slack: `./run bench slack [--seconds N] [--events N]`."""

import json
import random
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from slack_sdk.socket_mode.builtin.client import SocketModeClient

from bot.demo.localslack import APP_TOKEN, BOT_TOKEN, LocalSlack, Member, Setting, binary, typed
from bot.slack.app import SlackConnection, build_app
from bot.slack.door import SlackDoor, arrival_of
from bot.slack.messenger import Messenger, web_client
from bot.slack.posts import OPEN_FORM, Posts
from collector.delivery import Channel, Delivery
from collector.domain.indicator import Unit
from collector.domain.partnership import Partnership
from collector.domain.people import Person, Responsibility, Role, SlackAccount
from collector.domain.period import Quarter
from parsers.workbook import write_workbook
from storage.books import open_books
from tests.builders import OPENS, PARTNERSHIP, Q2, TEAM, Office, define

#: Events a second, for so many seconds; forms one by one; events that are delivered one to four times.
RATE, SECONDS, FORMS, EVENTS = 20, 60, 30, 10_000
#: So many people are in Slack, each with an indicator of their own.
PEOPLE = 20
_PATIENCE = 30.0
_LABEL = {"type": "plain_text", "text": "Fill in"}
_NOW = OPENS + timedelta(days=1)
_READ = _NOW + timedelta(days=1)

Json = dict[str, Any]


def slack(folder: Path, seconds: int = SECONDS, events: int = EVENTS) -> None:
    """Acknowledging under load, a form's way to its receipt, and what a storm of copies leaves on the books."""
    program = binary()
    if program is None:
        sys.stdout.write("local-slack is not installed here: the parts that need it are left out\n")
    else:
        members = tuple(Member(f"U0P{n}", f"Contributor {n}") for n in range(PEOPLE))
        server = LocalSlack(program, Setting(TEAM, "Bench", members, "C0SEG", "seg"))
        server.start()
        try:
            with _service(folder / "live.db", server):
                _say_acknowledged(server, seconds)
                _say_forms(server)
        finally:
            server.close()
    _say_storm(folder, events)


@contextmanager
def _service(path: Path, server: LocalSlack) -> Iterator[None]:
    """The door, a worker and a sender over one set of books, every commit on disk before it counts."""
    books = open_books(f"sqlite:///{path}")
    office = Office(books, partnership=_partnership()).prepare()
    started = time.monotonic()

    def now() -> datetime:
        return _NOW + timedelta(seconds=time.monotonic() - started)

    kept, stopping = threading.Event(), threading.Event()
    door = SlackDoor(office.intake, office.desk, books, now, kept.set)
    connection = SlackConnection(build_app(door, BOT_TOKEN, server.api), APP_TOKEN, server.api)
    way = Channel(
        Posts("Bench", write_workbook),
        Messenger(web_client(BOT_TOKEN, server.api)),
        lambda person: person.slack.conversation if person.slack else None,
    )
    delivery = Delivery(books, {**office.channels, "slack": way}, office.calendar)

    def work() -> None:
        while not stopping.is_set():
            while not stopping.is_set() and office.intake.process_next(now()) is not None:
                while delivery.send_next(now()) is not None:
                    pass
            kept.wait(0.2)
            kept.clear()

    while delivery.send_next(now()) is not None:
        pass
    worker = threading.Thread(target=work, daemon=True)
    connection.start()
    _until(lambda: connection.connected)
    worker.start()
    try:
        yield
    finally:
        stopping.set()
        connection.stop()
        worker.join(_PATIENCE)
        books.close()


def _say_acknowledged(server: LocalSlack, seconds: int) -> None:
    conversations = [server.dm(f"U0P{n}") for n in range(PEOPLE)]
    with _envelopes() as (came, acknowledged):
        begun = time.monotonic()
        for number in range(RATE * seconds):
            time.sleep(max(0.0, begun + number / RATE - time.monotonic()))
            person = number % PEOPLE
            server.say(f"U0P{person}", f"AB{person:02d} {100 + number // PEOPLE}", channel=conversations[person])
        _until(lambda: len(acknowledged) >= RATE * seconds)
    taken = sorted((acknowledged[name] - at) * 1000 for name, at in came.items() if name in acknowledged)
    cut = statistics.quantiles(taken, n=100, method="inclusive")
    what = f"{RATE} events a second for {seconds} s, event to acknowledgement, p50"
    _line(what, f"{cut[49]:.0f} ms", f"{len(taken)} events")
    _line("  the same, p99", f"{cut[98]:.0f} ms", "goal under 500 ms")
    _line("  the same, the slowest", f"{taken[-1]:.0f} ms", "goal none over 3,000 ms")


@contextmanager
def _envelopes() -> Iterator[tuple[dict[str, float], dict[str, float]]]:
    """When each envelope reached this process and when its acknowledgement left it, by the envelope's id."""
    came: dict[str, float] = {}
    acknowledged: dict[str, float] = {}
    arrives, answers = SocketModeClient.enqueue_message, SocketModeClient.send_socket_mode_response

    def noted(self: SocketModeClient, message: str) -> None:
        found = json.loads(message) if message.startswith("{") else {}
        if "envelope_id" in found:
            came[found["envelope_id"]] = time.perf_counter()
        arrives(self, message)

    def answered(self: SocketModeClient, response: Any) -> None:
        answers(self, response)
        acknowledged[response.envelope_id] = time.perf_counter()

    with patch.multiple(SocketModeClient, enqueue_message=noted, send_socket_mode_response=answered):
        yield came, acknowledged


def _say_forms(server: LocalSlack) -> None:
    """A form's way from where it reaches us, and from the press in the stand-in's page, which opens one each time."""
    ours, whole = [], []
    for number in range(FORMS):
        user = f"U0P{number % PEOPLE}"
        channel = server.dm(user)
        button = {"type": "button", "action_id": OPEN_FORM, "value": "form", "text": _LABEL}
        asked = server.call(
            "chat.postMessage", channel=channel, text="?", blocks=[{"type": "actions", "elements": [button]}]
        )
        server.press(user, channel, str(asked["ts"]), {"action_id": OPEN_FORM, "value": "form"})
        _until(lambda: bool(server.modals()))
        before = _receipts(server, channel)
        begun = time.perf_counter()
        with _envelopes() as (came, _):
            server.send_form(user, {f"figure:AB{number % PEOPLE:02d}": typed(str(9000 + number))})
            _until(partial(_has_more, server, channel, before))
        end = time.perf_counter()
        ours.append((end - min(came.values())) * 1000)
        whole.append((end - begun) * 1000)
    _line("a form sent in, to its receipt in the conversation, median", f"{statistics.median(ours):.0f} ms", f"{FORMS}")
    _line("  the same, p95", f"{_p95(ours):.0f} ms", "goal under 1,000 ms")
    _line("  the same, from the press in the stand-in's page, p95", f"{_p95(whole):.0f} ms", "its page included")


def _p95(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20, method="inclusive")[-1]


def _has_more(server: LocalSlack, channel: str, before: int) -> bool:
    return _receipts(server, channel) > before


def _receipts(server: LocalSlack, channel: str) -> int:
    return sum("recorded" in str(one.get("text")).lower() for one in server.messages(channel) if one.get("bot_id"))


@dataclass(frozen=True)
class _Ended:
    """What stands on the books after a storm: of each obligation its figure, where that came from and its state."""

    figures: dict[str, tuple[str, str]]
    accepted: frozenset[str]
    obligations: dict[str, str]
    answers: Counter[str]
    seconds: float


def _say_storm(folder: Path, events: int) -> None:
    """The same events once in their order, and one to four times each in any order, through two of us by turns."""
    bodies = [_event(number) for number in range(events)]
    storm = [body for body in bodies for _ in range(1 + random.Random(_ts(body)).randrange(4))]
    random.Random(1).shuffle(storm)
    once, many = _after(folder / "once.db", bodies), _after(folder / "storm.db", storm)

    def same(one: object, other: object) -> str:
        return "the same" if one == other else "NOT the same"

    what = f"{events} events as {len(storm)} in any order, through two of us: current figures"
    _line(what, same(once.figures, many.figures), f"{len(once.figures)} obligations")
    _line("  accepted submissions", same(once.accepted, many.accepted), f"{len(many.accepted)}")
    _line("  what is in and what is asked about", same(once.obligations, many.obligations), "")
    _line("  each submission answered", same(set(many.answers.values()), {1}), f"{many.answers.total()} answers")
    _line("  seconds, against once in order", f"{many.seconds:.0f} s", f"{many.seconds / once.seconds:.1f} times")


def _after(path: Path, bodies: list[Json]) -> _Ended:
    """What stands on the books after these events, which two processes take by turns."""
    both = [open_books(f"sqlite:///{path}") for _ in range(2)]
    Office(both[0], partnership=_partnership()).prepare()
    offices = [Office(books, partnership=_partnership()) for books in both]
    doors = [SlackDoor(office.intake, office.desk, office.books, lambda: _READ) for office in offices]
    begun = time.monotonic()
    for number, body in enumerate(bodies):
        if doors[number % 2].keep(body):
            offices[number // 2 % 2].intake.process_next(_READ)
    taken = time.monotonic() - begun
    with both[0].begin() as unit:
        rows = [row for body in bodies if (row := unit.inbox.by_key(_key(body))) is not None]
        from_where = {row.id: row.delivery_key for row in rows}
        ended = _Ended(
            {
                code: (str(one.reported.value), from_where.get(one.source.submission, ""))
                for code, one in unit.figures.current(Q2).items()
            },
            frozenset(row.delivery_key for row in rows if row.settled_at is not None),
            {owed.measure: owed.state.value for owed in unit.rounds.obligations(Q2)},
            Counter(row.planned.dedupe_key for row in unit.outbox.rows() if row.planned.kind == "answer"),
            taken,
        )
    for books in both:
        books.close()
    return ended


def _event(number: int) -> Json:
    """What somebody says; each twentieth of theirs is said again by changing it."""
    person, turn = number % PEOPLE, number // PEOPLE
    said = _said(number, 100 + turn)
    if turn % 20 != 19:
        return {"team_id": TEAM, "event": {"type": "message", "channel_type": "im", "channel": f"DU0P{person}", **said}}
    before = _said(number - PEOPLE, 99 + turn)
    after = {**before, "text": said["text"], "edited": {"ts": said["ts"]}}
    changed = {"message": after, "previous_message": before, "channel": f"DU0P{person}", "channel_type": "im"}
    return {"team_id": TEAM, "event": {"type": "message", "subtype": "message_changed", **changed}}


def _said(number: int, figure: int) -> Json:
    person, moment = number % PEOPLE, _NOW.timestamp() + number * 3
    return {"user": f"U0P{person}", "ts": f"{moment:.0f}.{number:06d}", "text": f"AB{person:02d} {figure}"}


def _ts(body: Json) -> str:
    arrival = arrival_of(body)
    return arrival.ts if arrival else ""


def _key(body: Json) -> str:
    arrival = arrival_of(body)
    return arrival.key if arrival else ""


def _partnership() -> Partnership:
    officers = tuple(
        Person(f"p{n}", f"Contributor {n}", f"Partner {n % 5}", Role.CONTRIBUTOR, (f"p{n}@partner.example.org",),
               SlackAccount(TEAM, f"U0P{n}"))
        for n in range(PEOPLE)
    )  # fmt: skip
    definitions = tuple(define(f"AB{n:02d}", Unit.COUNT, title=f"Number of cases of kind {n}") for n in range(PEOPLE))
    return replace(
        PARTNERSHIP,
        people=(*PARTNERSHIP.people, *officers),
        definitions=(*PARTNERSHIP.definitions, *definitions),
        responsibilities=(
            *PARTNERSHIP.responsibilities,
            *(Responsibility(f"AB{n:02d}", f"p{n}", Quarter(2014, 3)) for n in range(PEOPLE)),
        ),
    )


def _until(found: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE
    while not found():
        if time.monotonic() > end:
            raise TimeoutError("the collector took too long")
        time.sleep(0.02)


def _line(what: str, measured: str, more: str) -> None:
    sys.stdout.write(f"{what:<72}{measured:>14}   {more}\n")
    sys.stdout.flush()

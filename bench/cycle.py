"""Ten years of the clock, and a large round: `./run bench cycle`. Both databases, each case in a process of its own."""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import sqlalchemy as sa

from collector.books import AuditLine, OutboxState
from collector.clock import Clock
from collector.delivery import Channel, Delivery
from collector.domain.indicator import Unit
from collector.domain.partnership import Partnership
from collector.domain.people import Person, Responsibility, Role
from collector.domain.period import Quarter
from collector.domain.round import ObligationState
from collector.loading import load
from scheduler.calendar import WorkingDays
from storage.books import SqlBooks, make_engine, open_books
from storage.tables import figure, inbox, obligation, outbox, round_
from tests.builders import LONDON, OPENS, PARTNERSHIP, Outside, PlainRenderer, at, define
from tests.servers import start_postgres
from tests.support.life import Life, crowded

YEARS = 10
#: Contributors and indicators of the large round, each also doubled; so many quarters stand behind it.
LARGE = (1500, 18000)
QUARTERS = 8
#: So many ticks with nothing due are measured.
IDLE = 30
#: So many letters of the large round are handed over.
LETTERS = 50
SMALL = (15, 60)


def cycle(_folder: Path) -> None:
    """The whole bench, a line for each measurement."""
    server = start_postgres()
    try:
        for database in ("sqlite", "postgresql"):
            with server.database() as url:
                _say_years(database, _apart("years", database, url))
        for database in ("sqlite", "postgresql"):
            measured = []
            for people, indicators in (SMALL, LARGE, (LARGE[0] * 2, LARGE[1] * 2)):
                with server.database() as url:
                    measured.append(_apart("large", database, url, str(people), str(indicators)))
            _say_large(database, measured)
    finally:
        server.stop()


def _apart(case: str, database: str, url: str, *more: str) -> dict[str, Any]:
    """A case in a process of its own, so that its peak memory is its own too."""
    with tempfile.TemporaryDirectory() as folder:
        address = url if database == "postgresql" else f"sqlite:///{folder}/books.db"
        command = [sys.executable, "-m", "bench.cycle", case, address, *more]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=3600)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _say_years(database: str, found: dict[str, Any]) -> None:
    _line(f"{YEARS} years on {database}, two replicas", f"{found['seconds']:.0f} s", f"{found['ticks']} ticks")
    told = ", ".join(f"{name} {count}" for name, count in found["sent"].items())
    _line("  sent", str(sum(found["sent"].values())), told)
    _line("  outages, of days", str(len(found["outages"])), f"the longest {max(found['outages'])}")
    _line("  promises broken", str(len(found["broken"])), "; ".join(found["broken"][:3]))


def _say_large(database: str, measured: list[dict[str, Any]]) -> None:
    small, large, double = measured
    _line(f"a large round on {database}", "", f"{LARGE[0]} contributors, {LARGE[1]} indicators, {QUARTERS} quarters")
    rows = (
        ("opening and planning every opening message", "opening", "s"),
        ("a tick with every reminder due", "everything", "s"),
        ("a tick with nothing due, median", "nothing", "ms"),
        ("the same after a figure came in, median", "moved", "ms"),
        ("a letter, made and handed over, median", "letter", "ms"),
        ("peak memory of the process", "memory", "MiB"),
    )
    for what, key, unit in rows:
        against = f"{large[key] / small[key]:.1f} times {SMALL[0]} and {SMALL[1]}; doubled: {double[key]:.2f} {unit}"
        _line(f"  {what}", f"{large[key]:.2f} {unit}", f"{against}, {double[key] / large[key]:.1f} times")
    _line("  messages planned: opening, everything due", f"{large['opened']}, {large['planned']}", "")


def _line(what: str, measured: str, more: str) -> None:
    sys.stdout.write(f"{what:<50}{measured:>12}   {more}\n")
    sys.stdout.flush()


# Ten years


def years(url: str, seed: int = 2015) -> dict[str, Any]:
    """Ten simulated years with outages, refusals, replies and extensions at random; counts, and what was broken."""
    chance = Random(seed)
    begun = time.perf_counter()
    books = open_books(url)
    start = datetime(2015, 9, 28, 8, tzinfo=LONDON)
    closed = {start.date() + timedelta(days=chance.randrange(365 * YEARS)) for _ in range(YEARS * 4)}
    life = Life(books, crowded(PARTNERSHIP, closed), start)
    outages, days, forgotten = [], 0, []
    while life.now < start + timedelta(days=365.25 * YEARS):
        if chance.random() < 0.03:
            outages.append(chance.choice((1, 2, 3, 7, 10)))
            life.passes(days=outages[-1], minutes=chance.randrange(1440))
        if chance.random() < 0.05:
            life.witness.refusing = chance.randrange(1, 4)
        life.lives_until(life.now + timedelta(days=1))
        days += 1
        life.passes(minutes=chance.randrange(240))
        life.ticks(chance.choice(((0, 1), (1, 0), (0,), (1,))))
        if days % 7 == 0:
            forgotten += life.forgotten()
        for owed in life.open_obligations():
            if chance.random() < 0.03:
                life.comes_in(owed)
            elif chance.random() < 0.003:
                life.is_extended(owed, life.now.date() + timedelta(days=chance.randrange(1, 30)))
    life.witness.refusing = 0
    life.lives_until(life.now + timedelta(days=15))
    overlooked = life.overlooked()
    life.misses_a_friday()
    broken = [*life.broken(), *forgotten, *overlooked, *life.overlooked()]
    kinds: dict[str, int] = {}
    for one in life.witness.seen:
        kind = one.key.partition(":")[0]
        kinds[kind] = kinds.get(kind, 0) + 1
    books.close()
    return {
        "seconds": time.perf_counter() - begun,
        "ticks": days * 8,
        "sent": kinds,
        "outages": outages,
        "broken": broken,
    }


# A large round


def large(url: str, people: int, indicators: int) -> dict[str, Any]:
    """Opening, everything due, nothing due, letters and memory of one size."""
    books = open_books(url)
    partnership = _large_partnership(people, indicators)
    load(books, partnership, {"definitions": b"d"}, OPENS - timedelta(days=30), "bench")
    _history(url, partnership)
    clock = Clock(books, WorkingDays(partnership.timetable))
    opening, ticked = _timed(lambda: clock.tick(OPENS))
    letter, _ = _letters(books, partnership, OPENS)
    _all_sent(url, OPENS)
    everything, reminded = _timed(lambda: clock.tick(at(16, 9)))
    _all_sent(url, at(16, 9))
    clock.tick(at(16, 9, 1))
    nothing = [_timed(partial(clock.tick, at(16, 9, 2) + timedelta(seconds=n)))[0] for n in range(IDLE)]
    moved = [_timed(partial(clock.tick, moment))[0] for moment in _after_replies(books, partnership, at(16, 9, 5))]
    books.close()
    return {
        "opening": opening,
        "opened": len(ticked.planned),
        "everything": everything,
        "planned": len(reminded.planned),
        "nothing": statistics.median(nothing) * 1000,
        "moved": statistics.median(moved) * 1000,
        "letter": letter * 1000,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _timed(business: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.perf_counter()
    made = business()
    return time.perf_counter() - begun, made


def _large_partnership(people: int, indicators: int) -> Partnership:
    officers = [
        Person(f"p{n}", f"Contributor {n}", f"Partner {n % 40}", Role.CONTRIBUTOR, (f"p{n}@partner.example.org",))
        for n in range(people)
    ]
    definitions = tuple(
        define(f"AB{n:05d}", Unit.COUNT, from_period=Quarter(2013, 1), title=f"Number of cases of kind {n}")
        for n in range(indicators)
    )
    owed = tuple(
        Responsibility(definition.code, f"p{n % people}", Quarter(2013, 1)) for n, definition in enumerate(definitions)
    )
    return replace(
        PARTNERSHIP,
        people=(*PARTNERSHIP.people, *officers),
        definitions=definitions,
        responsibilities=owed,
        history=(),
    )


def _history(url: str, partnership: Partnership) -> None:
    """Eight quarters that are in, written in bulk: reading them is measured, not writing them."""
    engine = make_engine(url)
    said = OPENS - timedelta(days=60)
    with engine.begin() as connection:
        submission = connection.execute(sa.select(sa.func.min(inbox.c.id))).scalar_one()
        period = Quarter(2015, 2)
        for back in range(QUARTERS):
            period = period.previous
            opened = {"period": period, "opens": said, "due": OPENS - timedelta(days=91 * back + 60), "state": "open"}
            connection.execute(sa.insert(round_).values(opened))
            connection.execute(
                sa.insert(obligation),
                [
                    {
                        "period": period,
                        "measure": held.measure,
                        "person": held.person,
                        "number": 1,
                        "state": ObligationState.IN,
                    }
                    for held in partnership.responsibilities
                ],
            )
            given = {
                "period": period,
                "version": 1,
                "status": "reported",
                "basis": "quarter",
                "note": "",
                "person": "p",
            }
            given |= {"submission": submission, "door": "load", "reader": "bench", "evidence": "", "reason": ""}
            given |= {"said_at": said, "received_at": said, "recorded_at": said, "facts": [], "late": False}
            connection.execute(
                sa.insert(figure),
                [{**given, "measure": d.code, "value": Decimal(100 + back)} for d in partnership.definitions],
            )
    engine.dispose()


def _all_sent(url: str, now: datetime) -> None:
    """All that was planned is out: sending is measured apart."""
    engine = make_engine(url)
    with engine.begin() as connection:
        waiting = outbox.c.state.in_((OutboxState.DUE, OutboxState.SENDING))
        connection.execute(sa.update(outbox).where(waiting).values(state=OutboxState.SENT, sent_at=now))
    engine.dispose()


def _letters(books: SqlBooks, partnership: Partnership, now: datetime) -> tuple[float, int]:
    outside = Outside()
    channel = Channel(PlainRenderer(), outside, lambda person: next(iter(person.addresses), None))
    delivery = Delivery(books, {"mail": channel}, WorkingDays(partnership.timetable))
    taken = [_timed(lambda: delivery.send_next(now))[0] for _ in range(LETTERS)]
    return statistics.median(taken), len(outside.taken)


def _after_replies(books: SqlBooks, partnership: Partnership, now: datetime) -> Iterator[datetime]:
    """Moments, each after somebody's figure has come in."""
    with books.begin() as unit:
        owed = unit.rounds.obligations(Quarter(2015, 2), only=["p1"])
    for number, one in enumerate(owed[:5]):
        with books.begin() as unit:
            unit.rounds.move(one.id, ObligationState.IN)
            unit.audit.write(AuditLine(now, one.person, "figure recorded", one.measure))
        yield now + timedelta(seconds=30 * number)


def main() -> None:
    """One case, told as JSON."""
    case, url, *more = sys.argv[1:]
    found = years(url) if case == "years" else large(url, int(more[0]), int(more[1]))
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()

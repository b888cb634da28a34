"""The quarter's report and the digest: time, memory and the cost of each indicator, small against large."""

import sys
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from statistics import median

from bot.mail.letters import Preview
from bot.report.page import html_of
from bot.report.pages import booklet_of
from bot.report.table import csv_of
from bot.report.word import docx_of
from bot.wiring import letters_of
from collector.domain.figure import FigureStatus, Reported
from collector.domain.people import Responsibility
from collector.domain.period import Quarter
from collector.domain.round import ObligationState
from collector.domain.target import Comparator, Target
from collector.report import Report
from collector.reporting import report_of
from collector.summary import digest
from parsers.workbook import write_booklet
from storage.books import open_books
from tests.builders import OPENS, PARTNERSHIP, Q2, Office, at, percent

SMALL, LARGE = 70, 1_000
_RUNS = 5
_YEARS = 8
_RENDERED: tuple[tuple[str, Callable[[Report], bytes]], ...] = (
    ("as HTML", html_of),
    ("as Word", docx_of),
    ("as a workbook", lambda report: write_booklet(booklet_of(report))),
    ("as CSV", csv_of),
)


def report(folder: Path) -> None:
    """The report of one round, alone and with eight years before it, for a small and a large plan."""
    for years in (0, _YEARS):
        each: dict[str, float] = {}
        for indicators in (SMALL, LARGE):
            office = _office(folder, indicators, years)
            past = f"with {years} years of history" if years else "of one round"
            _line(f"the report {past}, {indicators} indicators", partial(_made, office), indicators, each)
            made = _made(office)
            for name, render in _RENDERED:
                _line(f"  {name}", partial(render, made), indicators, each)
            _line("  the digest, made and rendered", partial(_digest, office), indicators, each)
            office.books.close()


def _line(what: str, business: Callable[[], object], indicators: int, each: dict[str, float]) -> None:
    """Time and memory, and for the large plan the cost of an indicator against that in the small one."""
    business()
    taken = []
    for _ in range(_RUNS):
        begun = time.perf_counter()
        business()
        taken.append((time.perf_counter() - begun) * 1000)
    tracemalloc.start()
    business()
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    spent = median(taken)
    key = what.partition(",")[0]
    ratio = f"   {spent / indicators / each[key]:5.2f} times the cost of each in the small" if key in each else ""
    each.setdefault(key, spent / indicators)
    sys.stdout.write(f"{what:<64}{spent:9.1f} ms{peak:8.1f} MB{ratio}\n")


def _office(folder: Path, indicators: int, years: int) -> Office:
    """A round in which everything is in, and every quarter of the years before it loaded."""
    quarters = [Q2]
    for _ in range(4 * years):
        quarters.insert(0, quarters[0].previous)
    target = Target(Comparator.AT_LEAST, "50%", Decimal(50))
    codes = [f"AB{number:04d}" for number in range(indicators)]
    definitions = tuple(replace(percent(code, target), from_period=quarters[0]) for code in codes)
    partnership = replace(
        PARTNERSHIP,
        definitions=definitions,
        responsibilities=tuple(Responsibility(code, "da", quarters[0]) for code in codes),
        history=tuple(_figure(code, quarter, number) for quarter in quarters[:-1] for number, code in enumerate(codes)),
    )
    office = Office(open_books(f"sqlite:///{folder / f'report-{indicators}-{years}.db'}"), partnership=partnership)
    office.prepare()
    # One figure is said; the rest is put beside it, for reading what people write is measured elsewhere.
    office.says("da", f"{codes[0]}: 40%", at(6))
    with office.books.begin() as unit:
        source = unit.figures.current(Q2)[codes[0]].source
        for number, owed in enumerate(unit.rounds.obligations(Q2)):
            if owed.measure != codes[0]:
                unit.figures.add(_figure(owed.measure, Q2, number), source, late=False)
                unit.rounds.move(owed.id, ObligationState.IN)
    return office


def _figure(code: str, quarter: Quarter, number: int) -> Reported:
    return Reported(code, quarter, FigureStatus.REPORTED, Decimal(40 + (number + quarter.number) % 50))


def _made(office: Office) -> Report:
    with office.books.begin() as unit:
        return report_of(unit, office.calendar, at(30), [Q2])


def _digest(office: Office) -> Preview:
    return letters_of(office.partnership).preview(digest(office.view(), at(30), OPENS))

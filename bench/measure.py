"""Measurements, not tests: `./run bench NAME` prints medians, and ratios against a baseline of the same run."""

import argparse
import io
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import openpyxl

from bench.cycle import cycle
from bench.documents import documents
from bench.mail import MAILS, mail
from bench.public import public
from bench.report import report
from bench.slack import EVENTS, SECONDS, slack
from bot.cli.books import MEDWAY, sources_of
from bot.demo.spreadsheet import fill_in
from bot.wiring import calendar_of
from collector.clock import Clock
from collector.domain.submission import Asked, Attachment, ReadingTask
from collector.forms import sheet_of
from collector.loading import load
from collector.view import latest_view
from parsers.figures import TextReader
from parsers.figures.jsonl import answer
from parsers.guard import GuardedOpener
from parsers.partnership import read_partnership
from parsers.workbook import read_workbook, write_workbook
from storage.books import open_books
from tests.builders import IN_SLACK, OPENS, Office, at

RUNS = 30
#: The team's labelled returns and their scorer lie beside the project, not in it.
SHARED = Path(__file__).parents[2] / "shared"
SCORER = SHARED / "tools" / "score_reading.py"
EXAMPLES = Path(__file__).parents[1] / "tests" / "parsers" / "figures" / "examples"
RETURNS = SHARED / "returns" / "medway_2014_16.jsonl"
_PROSE = "The team met partners through the summer and the work goes on as the group agreed in its plan for the town. "


def median(business: Callable[[], object]) -> float:
    """The median of many runs after one that is not counted, in milliseconds."""
    business()
    taken = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        business()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def say(what: str, measured: float, against: str = "", baseline: float = 0.0) -> None:
    """One line of the table."""
    ratio = f"   {measured / baseline:5.1f} times {against}" if baseline else ""
    sys.stdout.write(f"{what:<58}{measured:8.1f} ms{ratio}\n")


def workbook(folder: Path) -> None:
    """Writing and reading the workbook of six indicators, against a bare load of the same file."""
    partnership = read_partnership(MEDWAY)
    books = open_books(f"sqlite:///{folder / 'medway.db'}")
    load(books, partnership, sources_of(MEDWAY, partnership), OPENS, "bench")
    Clock(books, calendar_of(partnership)).tick(OPENS)
    with books.begin() as unit:
        view = latest_view(unit)
    if view is None:
        raise LookupError("the round did not open")
    sheet = sheet_of(view, view.people["safer-communities"])
    filled = fill_in(write_workbook(sheet), {"DA06": {"Figure": 153}, "DA07": {"Figure": "91%"}})
    opener, attachment = GuardedOpener(), Attachment("return.xlsx", "", filled)
    bare = median(lambda: openpyxl.load_workbook(io.BytesIO(filled), read_only=True, data_only=True).close())
    say("opening it with openpyxl, nothing more", bare)
    say("writing a workbook of six", median(lambda: write_workbook(sheet)), "the bare load", bare)
    say("reading it", median(lambda: read_workbook("return.xlsx", filled)), "the bare load", bare)
    say("reading it in the guard", median(lambda: opener.read_file(attachment)), "the bare load", bare)
    books.close()


def doors(folder: Path) -> None:
    """From a message's arrival to its answer in the outbox, on SQLite with every commit on disk."""
    office = Office(open_books(f"sqlite:///{folder / 'doors.db'}"), partnership=IN_SLACK).prepare()
    figures = iter(range(150, 10**6))
    mail = median(lambda: office.says("yot", f"RO06: {next(figures) % 100}%", at(6)))
    say("a mail kept, read, recorded and answered", mail)
    slack = median(lambda: office.posts("da", f"DA06 {next(figures)}", at(6)))
    say("a message in Slack, likewise", slack, "the mail", mail)


def reading(folder: Path) -> None:
    """The shared scorer's verdict on the published returns, one by one and composed, and the time a reply takes."""
    if not SCORER.exists():
        sys.stdout.write(f"{SCORER} is not here: the score is left out\n")
    else:
        for name, labelled in _sets(folder):
            sys.stdout.write(f"{name:<22}{_scored(folder, labelled)}\n")
    reader = TextReader()
    lines = "\n".join(f"AB{number:02d}: {number + 40} ({number} fewer than last quarter)" for number in range(10))
    asked = tuple(
        Asked(number + 1, f"AB{number:02d}", f"Number of cases of kind {number}", "count") for number in range(10)
    )
    task = ReadingTask("Q2 2015-16 (Jul to Sep 2015)", None, asked)
    ten = median(lambda: reader.read(lines, task))
    say("a reply of ten lines", ten)
    for pages in (1, 2, 4, 8):
        text = f"{lines}\n\n{_PROSE * 8 * pages}"
        say(
            f"the same above {pages} pages of prose",
            median(partial(reader.read, text, task)),
            "ten lines",
            ten,
        )


def _sets(folder: Path) -> Iterator[tuple[str, Path]]:
    yield "one by one", RETURNS
    yield "our own, reported", EXAMPLES / "commentaries.jsonl"
    for seed in ("1", "2", "3"):
        composed = folder / f"composed-{seed}.jsonl"
        composed.write_text(_tool("compose_replies.py", RETURNS, "--seed", seed), encoding="utf-8")
        yield f"composed, seed {seed}", composed


def _scored(folder: Path, labelled: Path) -> str:
    questions = _tool("score_reading.py", "--questions", labelled).splitlines()
    answers = folder / "answers.jsonl"
    told = (json.dumps(answer(json.loads(line)), ensure_ascii=False) for line in questions if line.strip())
    answers.write_text("\n".join(told) + "\n", encoding="utf-8")
    return " ".join(_tool("score_reading.py", labelled, answers).split())


def _tool(name: str, *arguments: str | Path) -> str:
    command = [sys.executable, SHARED / "tools" / name, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


BENCHES: dict[str, Callable[[Path], None]] = {
    "workbook": workbook,
    "doors": doors,
    "reading": reading,
    "cycle": cycle,
    "public": public,
    "mail": mail,
    "documents": documents,
    "report": report,
    "slack": slack,
}
#: These say with each line how it was measured.
_SPEAK_FOR_THEMSELVES = ("cycle", "mail", "documents", "report", "slack", "public")


def main() -> None:
    """Run those that are named, or all."""
    parser = argparse.ArgumentParser(prog="./run bench")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHES))
    parser.add_argument("--mails", type=int, default=MAILS, help=f"the backlog of the mail bench (default {MAILS})")
    parser.add_argument("--seconds", type=int, default=SECONDS, help=f"the load on Slack's door (default {SECONDS})")
    parser.add_argument("--events", type=int, default=EVENTS, help=f"the storm in Slack (default {EVENTS})")
    given = parser.parse_args()
    BENCHES["mail"] = partial(mail, mails=given.mails)
    BENCHES["slack"] = partial(slack, seconds=given.seconds, events=given.events)
    for name in given.names or list(BENCHES):
        if name not in BENCHES:
            sys.exit(f"There is no bench {name!r}; there are: {', '.join(BENCHES)}")
        sys.stdout.write(f"{name}\n" if name in _SPEAK_FOR_THEMSELVES else f"{name}: medians of {RUNS} runs\n")
        with tempfile.TemporaryDirectory() as folder:
            BENCHES[name](Path(folder))

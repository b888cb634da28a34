"""Both published half-years of Medway made again from the books, with their known slips as findings."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli.books import MEDWAY
from bot.demo.script import SCENES, Kind
from collector.domain.figure import FigureStatus
from collector.domain.period import Quarter
from collector.report import Report
from collector.reporting import report_of
from parsers.partnership import read_partnership
from parsers.published_csv import read_published
from storage.books import open_books
from tests.builders import LONDON, Office, at

FOLDER = MEDWAY.parent
H2, H1 = (Quarter(2014, 3), Quarter(2014, 4)), (Quarter(2015, 1), Quarter(2015, 2))
#: The same figure by two doors, and which one is kept: here everything comes by one door.
_BY_TWO_DOORS = ("regulatory-correction", "regulatory-answer", "signed-off")
_FILLED_IN = (Kind.WORKBOOK_BY_MAIL, Kind.SLACK_FORM, Kind.SLACK_WORKBOOK)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Medway's books after its Q2 2015-16 round: everything that people wrote, as mail."""
    books = open_books(f"sqlite:///{tmp_path_factory.mktemp('medway') / 'books.db'}")
    held = Office(books, partnership=read_partnership(MEDWAY)).prepare()
    people = held.partnership.by_id
    for scene in SCENES:
        if scene.who in people and scene.kind is not Kind.OUT_OF_OFFICE and scene.text not in _BY_TWO_DOORS:
            words = _filled_in(scene.text) if scene.kind in _FILLED_IN else _words(f"{scene.text}.txt")
            held.says(people[scene.who].addresses[0], words, scene.at.replace(tzinfo=LONDON))
    yield held
    books.close()


def _words(name: str) -> str:
    if name == ".txt":
        return "1"
    return (FOLDER / "replies" / name).read_text(encoding="utf-8")


def _filled_in(name: str) -> str:
    """A form or workbook as the lines that somebody would have written instead; a button is the first choice."""
    lines = []
    for code, cells in json.loads(_words(f"{name}.json"))[-1].items():
        counts = f" ({cells['Part']} of {cells['Whole']})" if "Part" in cells else ""
        share = "%" if counts else " per 100,000" if code == "NI111" else ""
        until = f"not available until {cells['Expected on']}" if "Expected on" in cells else ""
        lines.append(f"{code}: {until or cells['Figure']}{share}{counts}")
    return "\n\n".join(lines)


@pytest.fixture(scope="module")
def halves(office: Office) -> dict[tuple[Quarter, Quarter], Report]:
    published = read_published(FOLDER / "published.csv")
    with office.books.begin() as unit:
        made = at(10, month=11)
        return {half: report_of(unit, office.calendar, made, half, published) for half in (H2, H1)}


def test_every_row_of_both_half_years_is_there(halves: dict[tuple[Quarter, Quarter], Report]) -> None:
    assert [halves[half].parts[0].indicators for half in (H2, H1)] == [33, 35]
    for half, report in halves.items():
        for _, _, row in report.by_row:
            assert [cell.period for cell in row.cells] == list(half)
            assert all(cell.words for cell in row.cells), row.code


def test_every_figure_is_the_one_on_the_books(office: Office, halves: dict[tuple[Quarter, Quarter], Report]) -> None:
    for half, report in halves.items():
        for place, period in enumerate(half):
            with office.books.begin() as unit:
                held = {code: figure.reported for code, figure in unit.figures.current(period).items()}
            shown = {row.code: row.cells[place].value for _, _, row in report.by_row}
            assert {code: said.value for code, said in held.items()} == {code: shown[code] for code in held}
            waits = [said for said in held.values() if said.status is FigureStatus.NOT_AVAILABLE]
            assert waits, "what was not there is said to be not available, not left empty"


def test_the_draft_says_that_operation_enact_never_got_its_figure(
    halves: dict[tuple[Quarter, Quarter], Report],
) -> None:
    report = halves[H1]
    row = next(row for _, _, row in report.by_row if row.code == "RS05")
    assert row.cells[-1].value is None
    assert row.cells[-1].words in ("outstanding", "in question")
    assert report.draft


def _expected() -> list[tuple[str, str, str]]:
    with (FOLDER / "findings.csv").open(encoding="utf-8", newline="") as file:
        return [(line["period"], line["code"], line["finding"]) for line in csv.DictReader(file)]


def test_every_known_slip_of_the_published_half_years_is_a_finding(
    halves: dict[tuple[Quarter, Quarter], Report],
) -> None:
    told = [(line.period.key, line.code, line.text) for report in halves.values() for line in report.findings]
    for period, code, finding in _expected():
        mine = [text for when, which, text in told if (when, which) == (period, code)]
        assert any(finding in text for text in mine), (period, code, finding, mine)


def test_the_list_of_slips_names_what_the_appendices_got_wrong() -> None:
    assert len(_expected()) >= 35
    assert Path(FOLDER / "findings.csv").read_text(encoding="utf-8").isascii()

"""The definitions in a real spreadsheet program: opened, saved, changed as a coordinator would, and taken back in."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from collector.definition_changes import NOTHING, preview
from collector.definition_sheets import definitions_booklet
from collector.domain.came_back import CameBack
from collector.domain.partnership import Partnership
from collector.domain.period import Quarter
from parsers.workbook import read_definitions, write_booklet
from scheduler.calendar import WorkingDays
from tests.builders import DEFINITIONS, PARTNERSHIP, at
from tests.support import libreoffice, parts
from tests.support.libreoffice import LibreOffice, Step

ODD = (
    "=1+1 and “quotes”, £5; a_x0041_b, caf\u00e9, 50%",
    "-5% on last year",
    "+44 & <b>bold</b>",
    "@everyone",
    "0012",
)


@pytest.fixture(scope="module")
def program() -> Iterator[LibreOffice]:
    """One LibreOffice for the module; without one the tests are left out, which fails in CI."""
    what = libreoffice.version()
    parts.note("spreadsheet program", what or "no LibreOffice", real=what is not None)
    if what is None:
        pytest.skip("no LibreOffice with python3-uno here")
    with libreoffice.running(what) as running:
        yield running


def told(program: LibreOffice, partnership: Partnership, *steps: Step, twice: bool = False) -> tuple[str, ...]:
    """What a workbook would change that went through the program."""
    booklet = definitions_booklet(partnership, Quarter(2015, 3), WorkingDays(partnership.timetable), at(12))
    content = program.fill(write_booklet(booklet), steps, sheet="Indicators").content
    if twice:
        content = program.fill(content, [], sheet="Indicators").content
    came = read_definitions("definitions.xlsx", content)
    assert isinstance(came, CameBack), came
    found = preview(partnership, came, Quarter(2015, 2))
    return found.problems or found.lines


def test_opened_and_saved_twice_nothing_changes_whatever_the_texts(program: LibreOffice) -> None:
    definitions = tuple(replace(held, title=odd) for held, odd in zip(DEFINITIONS, ODD, strict=True))
    assert told(program, replace(PARTNERSHIP, definitions=definitions), twice=True) == (NOTHING,)


def test_a_target_that_is_typed_over_is_the_one_change(program: LibreOffice) -> None:
    assert told(program, PARTNERSHIP, ("type", "H7", "80%"), ("type", "M7", "14")) == (
        "DA07 published after: “0” becomes “14” from Q3 2015-16 (Oct to Dec 2015).",
        "DA07 target: “74%” becomes “80%” from Q3 2015-16 (Oct to Dec 2015). It would mean: At least 80%. To be "
        "confirmed; no colour until then.",
    )


def test_a_heading_can_not_be_typed_into(program: LibreOffice) -> None:
    assert told(program, PARTNERSHIP, ("type", "H5", "Goal")) == (NOTHING,)


def test_a_formula_that_is_typed_is_not_calculated(program: LibreOffice) -> None:
    # A cell that is made for text keeps what is typed into it as text.
    (line,) = told(program, PARTNERSHIP, ("type", "J7", "=1+1"))
    assert line == (
        "Indicators, cell J7: “=1+1” is no plain number. Write how far from the target is Amber, in the unit."
    )

"""Our workbook, filled in with a real spreadsheet program and read when it comes back."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from collector.domain.document import CellKind, Document, Merged
from collector.domain.submission import Form, FormValue, Mark, Refusal
from parsers.files import read_file
from parsers.workbook import read_workbook, write_workbook
from storage.books import open_books
from tests.builders import OPENS, Q2, Office, letter
from tests.parsers.layouts.books import book
from tests.parsers.workbook.sheets import SHEET, assert_our_words, read
from tests.real.conftest import ImapServer, SmtpSink, service_env
from tests.support import libreoffice, parts
from tests.support.libreoffice import Filled, LibreOffice
from tests.support.ready_program import ReadyProgram


@pytest.fixture(scope="module")
def office() -> Iterator[LibreOffice]:
    """One LibreOffice for the module; without one the tests are left out, which fails in CI."""
    what = libreoffice.version()
    parts.note("spreadsheet program", what or "no LibreOffice", real=what is not None)
    if what is None:
        pytest.skip("no LibreOffice with python3-uno here")
    with libreoffice.running(what) as running:
        yield running


def sent_back(office: LibreOffice, steps: Sequence[libreoffice.Step]) -> Form:
    """The form that a workbook gives after these steps in LibreOffice."""
    return read(office.fill(write_workbook(SHEET), steps).content)


def test_what_is_typed_comes_back_as_it_was_typed(office: LibreOffice) -> None:
    form = sent_back(
        office,
        [
            ("type", "H6", "91%"),
            ("type", "I6", "15"),
            ("type", "J6", "52"),
            ("type", "H7", "45.5"),
            ("type", "M7", "Better \N{EN DASH} “much” better, £5; = fine"),
            ("type", "K9", "not available"),
            ("type", "L9", "25/11/2015"),
        ],
    )
    assert form.problems == ()
    assert form.values == (
        FormValue("RO05", "91%", "15", "52", where="H6"),
        FormValue("DA06", "45.5", comment="Better \N{EN DASH} “much” better, £5; = fine", where="H7"),
        FormValue("NI196a", "153", status="not available", expected="2015-11-25", where="H9"),
    )
    assert (form.partnership, form.period, form.person) == ("medway", "2015-16Q2", "dph")


@pytest.mark.parametrize(
    ("typed", "figure"),
    [("28.8%", "28.8%"), ("1,153", "1153"), ("nil", "nil"), ("0", "0"), ("-4", "-4"), ("=100+53", "153")],
)
def test_a_figure_typed_in_any_of_the_usual_ways_is_read(office: LibreOffice, typed: str, figure: str) -> None:
    form = sent_back(office, [("type", "H7", typed)])
    assert (form.values, form.problems) == ((FormValue("DA06", figure, where="H7"),), ())


def test_a_workbook_that_is_only_saved_again_states_nothing(office: LibreOffice) -> None:
    form = sent_back(office, [])
    assert (form.values, form.problems) == ((), ())


def test_a_figure_that_is_cleared_is_noticed(office: LibreOffice) -> None:
    form = sent_back(office, [("clear", "H9")])
    assert form.values == ()
    assert form.problems[0].startswith("H9 held 153 and is empty now; nothing was changed.")


def test_a_fraction_that_becomes_a_date_is_asked_for_again(office: LibreOffice) -> None:
    form = sent_back(office, [("type", "H6", "3/4")])
    assert form.values == ()
    assert form.problems[0].startswith("H6 holds the date 3 Apr ")


def test_a_formula_that_fails_is_named(office: LibreOffice) -> None:
    form = sent_back(office, [("type", "H6", "=1/0")])
    assert form.values == ()
    assert form.problems[0].startswith("H6 holds '#DIV/0!'")


def test_a_locked_cell_can_not_be_typed_into(office: LibreOffice) -> None:
    filled = office.fill(write_workbook(SHEET), [("type", "B7", "XX1"), ("type", "H7", "153")])
    assert filled.shown["B7"] == "DA06"
    assert read(filled.content).values[0].code == "DA06"


@pytest.mark.parametrize(
    "steps", [[("unprotect",), ("type", "C7", "Something else")], [("overwrite", "C7", "Something else")]]
)
def test_a_label_that_was_typed_over_all_the_same_is_noticed(
    office: LibreOffice, steps: list[libreoffice.Step]
) -> None:
    form = sent_back(office, [*steps, ("type", "H7", "153"), ("type", "H6", "45.5")])
    assert [value.code for value in form.values] == ["RO05"]
    assert form.problems[0].startswith(
        "C7 says 'Something else' where we sent 'Number of referrals to the IDVA service'"
    )


def test_a_copy_of_the_sheet_does_no_harm(office: LibreOffice) -> None:
    form = sent_back(office, [("copy sheet", "Return_2"), ("type", "H7", "153")])
    assert ([value.figure for value in form.values], form.problems) == (["153"], ())


def test_lock_list_and_hidden_sheet_are_still_there_after_saving(office: LibreOffice) -> None:
    filled = office.fill(write_workbook(SHEET), [("type", "H7", "153")])
    assert filled.hidden == ("Sent",)
    page = openpyxl.load_workbook(io.BytesIO(filled.content))["Return"]
    assert page.protection.sheet
    assert page["B7"].protection.locked
    assert not page["H7"].protection.locked
    lists = [found.formula1 for found in page.data_validations.dataValidation if found.type == "list"]
    assert lists == ["Sent!$B$7:$F$7"]


def test_a_workbook_that_went_round_twice_is_still_read(office: LibreOffice) -> None:
    once = office.fill(write_workbook(SHEET), [("type", "H6", "91%")]).content
    form = read(office.fill(once, [("type", "H7", "153")]).content)
    assert [(value.code, value.figure) for value in form.values] == [("RO05", "91%"), ("DA06", "153")]


def test_a_workbook_saved_with_a_password_is_named_so(office: LibreOffice) -> None:
    assert refusal(office.fill(write_workbook(SHEET), [], password="not for us"), "return.xlsx").code == "password"


#: Filled in as a hurried officer does, with things that a spreadsheet makes something else of.
HURRIED: list[libreoffice.Step] = [
    ("type", "H6", "91%"),
    ("type", "I6", "48"),
    ("type", "J6", "53"),
    ("type", "H7", "1,153"),
    ("type", "M7", "Better \N{EN DASH} “much” better, £5; = fine"),
    ("clear", "H8"),
    ("type", "H8", "0.337"),
    ("type", "K9", "not available"),
    ("type", "L9", "25/11/2015"),
]
ODD: list[libreoffice.Step] = [("type", "H6", "3/4"), ("type", "H7", "=1/0"), ("clear", "H9")]
FORMATS = [("Calc MS Excel 2007 XML", "return.xlsx"), ("calc8", "return.ods"), ("MS Excel 97", "return.xls")]


@pytest.mark.parametrize(("save_as", "name"), FORMATS)
def test_whatever_format_it_is_saved_in_it_is_read_the_same(office: LibreOffice, save_as: str, name: str) -> None:
    form = read(office.fill(write_workbook(SHEET), HURRIED, save_as=save_as).content, name)
    assert form.problems == ()
    assert form.values == (
        FormValue("RO05", "91%", "48", "53", where="H6"),
        FormValue("DA06", "1153", comment="Better \N{EN DASH} “much” better, £5; = fine", where="H7"),
        FormValue("DA07", "0.337", "15", "52", "provisional", "", "As in July", where="H8"),
        FormValue("NI196a", "153", status="not available", expected="2015-11-25", where="H9"),
    )


@pytest.mark.parametrize(("save_as", "name"), FORMATS)
def test_whatever_format_it_is_saved_in_each_problem_names_its_cell(
    office: LibreOffice, save_as: str, name: str
) -> None:
    form = read(office.fill(write_workbook(SHEET), ODD, save_as=save_as).content, name)
    assert form.values == ()
    assert [problem.partition(".")[0][:24] for problem in form.problems] == [
        "H6 holds the date 3 Apr ",
        "H7 holds '#DIV/0!': its ",
        "H9 held 153 and is empty",
    ]


OWN = (("Ref", "Target", "Q1", "Q2"), ("DA06", 340, 135, 153), ("DA07", 0.5, 0.84, 0.91))


@pytest.mark.parametrize(("save_as", "name"), FORMATS)
def test_somebodys_own_spreadsheet_keeps_its_percentages_its_cells_and_what_is_hidden(
    office: LibreOffice, save_as: str, name: str
) -> None:
    def shape(sheet: Any) -> None:
        sheet.insert_rows(1, 2)
        sheet["A1"] = "Our figures"
        sheet.merge_cells("A1:D1")
        sheet["D5"].number_format = "0%"
        sheet.parent.create_sheet("Old").sheet_state = "hidden"
        sheet.parent["Old"]["A1"] = "Kept"

    read = read_file(name, "", office.fill(book(("Data", OWN), shape=shape), [], save_as=save_as, sheet="Data").content)
    assert isinstance(read, Document)
    data, old = read.tables
    cells = {data.where(row.number, cell.column): cell for row in data.rows for cell in row.cells}
    assert (cells["Data!D4"].text, cells["Data!D5"].text) == ("153", "91%")
    assert (cells["Data!D5"].kind, cells["Data!C5"].kind) == (CellKind.PERCENT, CellKind.NUMBER)
    assert data.merged == (Merged(1, 1, 1, 4),)
    assert (data.hidden, old.hidden) == (False, True)


def test_the_check_beside_a_row_says_in_words_what_is_off(office: LibreOffice) -> None:
    rows = tuple(replace(row, unit="percent" if "cent" in row.hint else "count") for row in SHEET.rows)
    filled = office.fill(
        write_workbook(replace(SHEET, rows=rows)),
        [
            ("type", "H6", "19%"),
            ("type", "I6", "15"),
            ("type", "J6", "52"),
            ("type", "H7", "-4"),
            ("type", "J8", "10"),
            ("look", "N6"),
            ("look", "N7"),
            ("look", "N8"),
            ("look", "N9"),
        ],
    )
    assert [filled.shown[cell] for cell in ("N6", "N7", "N8", "N9")] == [
        "Check: the figure is not Part of Whole",
        "Check: below zero",
        "Check: Part is more than Whole",
        "OK",
    ]


def test_a_marked_workbook_is_mended_in_libreoffice_and_read(office: LibreOffice) -> None:
    mark = Mark("H7 holds the date 3 Apr 2015", "Type it as a number.", "DA06", "figure")
    filled = office.fill(write_workbook(replace(SHEET, look_at=(mark,))), [("type", "H7", "153")])
    form = read(filled.content)
    assert ([value.figure for value in form.values], form.problems) == (["153"], ())
    assert filled.hidden == ("Sent",)


def refusal(filled: Filled, name: str) -> Refusal:
    answer = read_workbook(name, filled.content)
    assert isinstance(answer, Refusal)
    assert_our_words(answer.words)
    return answer


def test_filled_in_with_libreoffice_and_sent_by_mail_it_is_recorded(
    office: LibreOffice, program: ReadyProgram, imap_server: ImapServer, smtp_sink: SmtpSink, tmp_path: Path
) -> None:
    """The newcomer's way: the workbook from the reminder, LibreOffice, a reply with it attached, the receipt."""
    url = f"sqlite:///{tmp_path / 'books.db'}"
    books = open_books(url)
    Office(books).prepare()
    env = service_env(url, imap_server, smtp_sink, OPENS + timedelta(minutes=1))
    assert program.once(env, tmp_path) == 0
    reminder = next(mail for mail in mails(smtp_sink) if mail["To"].endswith("<yot@youth.example.org>"))
    (attached,) = reminder.iter_attachments()
    page: Any = openpyxl.load_workbook(io.BytesIO(attached.get_content())).worksheets[0]
    column = {str(cell.value): cell.column_letter for cell in next(page.iter_rows(min_row=5, max_row=5))}
    row = next(cells[1].row for cells in page.iter_rows(min_row=6) if cells[1].value == "RO06")
    filled = office.fill(
        attached.get_content(),
        [
            ("type", f"{column['Figure']}{row}", "42.6%"),
            ("type", f"{column['Part (number counted)']}{row}", "20"),
            ("type", f"{column['Whole (out of)']}{row}", "47"),
        ],
    )
    reply = message_from_bytes(letter("yot", "Attached.", OPENS, In_Reply_To=reminder["Message-ID"]), policy=default)
    reply.add_attachment(filled.content, maintype="application", subtype="octet-stream", filename="return.xlsx")
    imap_server.deliver(reply.as_bytes())
    assert program.once(env, tmp_path) == 0
    with books.begin() as unit:
        figure = unit.figures.current(Q2)["RO06"]
    assert [figure.reported.value, figure.reported.numerator, figure.reported.denominator] == [Decimal("42.6"), 20, 47]
    assert (figure.source.reader, figure.source.door) == ("workbook/1", "mail")
    receipt = mails(smtp_sink)[-1].get_body(("plain",))
    assert receipt is not None
    assert "42.6% (20 of 47)" in receipt.get_content()
    books.close()


def mails(sink: SmtpSink) -> list[EmailMessage]:
    found = [message_from_bytes(raw, policy=default) for _, _, raw in sink.received]
    return [mail for mail in found if isinstance(mail, EmailMessage)]

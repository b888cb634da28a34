"""Attachments at the guard: which are read, which are refused and which are passed over."""

import pytest

from collector.definition_sheets import definitions_booklet
from collector.domain.came_back import CameBack
from collector.domain.document import Document
from collector.domain.period import Quarter
from collector.domain.submission import Attachment, Form, Refusal
from parsers.guard import GuardedOpener, Limits
from parsers.workbook import read_definitions, read_workbook, write_booklet, write_workbook
from scheduler.calendar import WorkingDays
from tests.builders import PARTNERSHIP, at
from tests.parsers.workbook.sheets import SHEET, assert_our_words, filled, ole, repacked

OPENER = GuardedOpener()
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def answer(
    name: str, content: bytes, content_type: str = "application/octet-stream"
) -> Form | CameBack | Document | Refusal | None:
    return OPENER.read_file(Attachment(name, content_type, content))


def test_a_return_read_in_a_child_is_the_same_as_one_read_here() -> None:
    content = filled({"H6": "28.8%", "I6": 15, "J6": 52, "M7": "Two\nlines \N{EN DASH} £5", "H9": True})
    read = answer("return.xlsx", content, XLSX)
    assert isinstance(read, Form)
    assert read.values
    assert read.problems
    assert read == read_workbook("return.xlsx", content)


def test_a_workbook_of_definitions_is_known_by_its_hidden_sheet_and_read_in_a_child_too() -> None:
    calendar = WorkingDays(PARTNERSHIP.timetable)
    content = write_booklet(definitions_booklet(PARTNERSHIP, Quarter(2015, 3), calendar, at(12)))
    read = answer("anything.xlsx", content, XLSX)
    assert isinstance(read, CameBack)
    assert read == read_definitions("anything.xlsx", content)


def test_a_workbook_is_known_by_its_bytes_whatever_it_is_called() -> None:
    for name, content_type in (("return", ""), ("return.xlsm", XLSX), ("return.dat", "text/plain")):
        assert isinstance(answer(name, write_workbook(SHEET), content_type), Form)


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("image001.png", b"\x89PNG\r\n\x1a\n" + bytes(100), "image/png"),
        ("logo", b"\xff\xd8\xff\xe0" + bytes(100), "application/octet-stream"),
        ("return.xlsx", b"GIF89a" + bytes(100), XLSX),
        ("logo.svg", b"<svg/>", "image/svg+xml"),
        ("officer.vcf", b"BEGIN:VCARD", "text/vcard"),
        ("smime.p7s", b"0\x82", "application/pkcs7-signature"),
        ("invite.ics", b"BEGIN:VCALENDAR", "text/calendar"),
        ("unnamed", b"BEGIN:VCALENDAR", "text/calendar; method=REQUEST"),
    ],
)
def test_files_that_nobody_writes_figures_into_are_passed_over(name: str, content: bytes, content_type: str) -> None:
    assert answer(name, content, content_type) is None


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("minutes.pdf", b"%PDF-1.7", "PDF files"),
        ("report.doc", ole("WordDocument"), "Word documents"),
        ("mail.msg", ole("__substg1.0_0037001F"), "saved Outlook messages"),
        ("page.html", b"<html>", "web pages"),
        ("figures", b"DA06 153", "files of this kind"),
        ("figures.xyz", b"\x01", "files of this kind"),
        ("return.xlsx", b"{\\rtf1 DA06 153}", "text documents"),
    ],
)
def test_other_documents_are_kept_and_not_read(name: str, content: bytes, what: str) -> None:
    read = answer(name, content)
    assert isinstance(read, Refusal)
    assert_our_words(read.words)
    assert (read.code, read.words) == (
        "not_read",
        f"We kept {name} but can't read {what} yet. Reply with the figures, or fill in the workbook we sent.",
    )


NUMBERS = repacked(b"PK\x05\x06" + bytes(18), {}, {"Index/Document.iwa": b"1"})


@pytest.mark.parametrize(
    ("name", "content", "content_type", "code", "to_do"),
    [
        ("returns.zip", repacked(write_workbook(SHEET), {}), "", "packed", "Attach what is in it by itself"),
        ("returns.7z", b"7z\xbc\xaf", "", "packed", "Attach what is in it by itself"),
        ("notes.docx", b"", "", "empty", "Attach it again"),
        ("return.xlsx", b"", XLSX, "empty", "Attach it again"),
        ("return.xlsx", b"Rar!\x1a\x07", "", "packed", "Attach what is in it by itself"),
        ("return.csv", b"\x1f\x8b\x08", "", "packed", "Attach what is in it by itself"),
        ("~$return.xlsx", b"\x06Officer", "", "kept_beside", "Attach the real one"),
        ("._return.xlsx", b"\0\x05\x16\x07", "", "kept_beside", "Attach the real one"),
        ("return.xlsx", b"<!DOCTYPE html><html>Sign in", "", "old_format", "it is a web page"),
        ("return.xls", b"\0\0\2\0\6\4\6\0", "", "never_read", "a spreadsheet of before 1997"),
        ("return.xlsx", b"\x09\4\6\0\0\0\x10\0", "", "never_read", "a spreadsheet of before 1997"),
        ("return.dbf", b"\x03\x73\x09\x1e\1\0\0\0", "", "never_read", "a table of a database"),
        ("return.numbers", NUMBERS, "", "never_read", "a Numbers spreadsheet"),
        ("winmail.dat", b"\x78\x9f\x3e\x22\x01", "application/octet-stream", "outlook_only", "choose Format Text"),
        ("unnamed", b"\x01", "application/ms-tnef", "outlook_only", "choose Format Text"),
    ],
)
def test_what_can_be_sent_in_another_way_is_refused_with_what_to_do(
    name: str, content: bytes, content_type: str, code: str, to_do: str
) -> None:
    read = answer(name, content, content_type)
    assert isinstance(read, Refusal)
    assert_our_words(read.words)
    assert read.code == code
    assert to_do in read.words


def test_a_message_that_came_as_a_file_is_named_with_who_wrote_it() -> None:
    inner = b"From: Owner <owner@example.org>\r\nSubject: Q2 return\r\n\r\nDA06 153\r\n"
    for name, content_type in (("fw.eml", "application/octet-stream"), ("unnamed", "message/rfc822")):
        read = answer(name, inner, content_type)
        assert isinstance(read, Refusal)
        assert_our_words(read.words)
        assert read.code == "carried"
        assert "from owner@example.org ('Q2 return')" in read.words
        assert "not taken as yours" in read.words


def test_a_file_said_to_be_a_workbook_that_is_none_is_damaged() -> None:
    for name, content_type in (("return.xlsx", ""), ("return", XLSX)):
        read = answer(name, b"\x00\x01\x02", content_type)
        assert isinstance(read, Refusal)
        assert read.code == "broken"


def test_a_child_that_takes_too_long_gives_a_reason_that_names_the_file() -> None:
    read = GuardedOpener(Limits(seconds=0.001)).read_file(Attachment("return\u202e.xlsx", XLSX, write_workbook(SHEET)))
    assert isinstance(read, Refusal)
    assert read.code == "too_slow"
    assert read.words.startswith("return.xlsx took longer than 0.001 seconds to read.")

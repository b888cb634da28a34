"""Files that can't be used: every one gets a plain reason, and none takes longer or more than it may."""

import io
import random
import struct
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from collector.domain.submission import Form, Refusal
from parsers.workbook import read_workbook, write_workbook
from tests.parsers.workbook.sheets import SHEET, changed, filled, ole, part_of, read, refused, repacked, saved
from tests.support.processor import timed

GOOD = filled({"H6": 45.5, "H7": 153, "M7": "=A1"})
RETURN, STYLES = "xl/worksheets/sheet1.xml", "xl/styles.xml"


def with_sheet(change: Callable[[bytes], bytes]) -> bytes:
    return repacked(GOOD, {RETURN: change(part_of(GOOD, RETURN))})


# --- locked away ------------------------------------------------------------------------------------------------------


#: One cell that says it stands in a million rows of a hundred columns.
REPEATED = (
    '<table:table-row table:number-rows-repeated="1000000">'
    '<table:table-cell table:number-columns-repeated="100" office:value-type="float" office:value="1"/>'
    "</table:table-row>"
)


def sheet_of_cells(rows: str) -> str:
    """The part of an .ods that holds its sheets, with one sheet of ours."""
    names = "".join(f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table"))
    return f'<office:body{names}><table:table table:name="Return">{rows}</table:table></office:body>'


def opendocument(content: str, manifest: str = "") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
        archive.writestr("META-INF/manifest.xml", manifest)
    return packed.getvalue()


def test_a_password_is_named() -> None:
    answer = refused(ole("EncryptedPackage", "\x06DataSpaces", "EncryptionInfo", "StrongEncryptionDataSpace"))
    assert answer.code == "password"
    assert answer.words == (
        "We couldn't open return.xlsx: the file is password protected. Save it without a password and send it again, "
        "or reply with the figures."
    )


@pytest.mark.parametrize(
    "names",
    [
        ("\x06DataSpaces", "DRMEncryptedDataSpace", "DRMEncryptedTransform", "EncryptedPackage"),
        ("\x06DataSpaces", "EncryptedPackage"),
        ("\tDRMContent", "Workbook"),
    ],
)
def test_a_sensitivity_label_is_not_called_a_password(names: tuple[str, ...]) -> None:
    answer = refused(ole(*names))
    assert answer.code == "labelled"
    assert "protected by your organisation's label. Send an unencrypted copy if your policy allows" in answer.words
    assert "password" not in answer.words


def test_a_zip_with_a_password_is_named() -> None:
    flagged = bytearray(write_workbook(SHEET))
    place = flagged.find(b"PK\x01\x02")
    flagged[place + 8] |= 1
    assert refused(bytes(flagged)).code == "password"


# --- broken -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kept", [3, 30, 1000, 5000, -10, -30])
def test_a_file_that_was_cut_off_is_damaged(kept: int) -> None:
    assert refused(GOOD[:kept]).code == "broken"


def test_a_part_with_another_checksum_is_damaged() -> None:
    content = bytearray(repacked(GOOD, {}, method=zipfile.ZIP_STORED))
    place = content.find(b"Number of referrals")
    content[place] ^= 0x20
    assert refused(bytes(content)).code == "broken"


def test_a_packed_part_that_does_not_unpack_is_damaged() -> None:
    content = bytearray(GOOD)
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        start = archive.getinfo(RETURN).header_offset + 30 + len(RETURN)
    content[start : start + 40] = b"\xff" * 40
    assert refused(bytes(content)).code == "broken"


@pytest.mark.parametrize("part", ["[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", RETURN])
def test_a_package_without_one_of_its_parts_is_damaged(part: str) -> None:
    assert refused(repacked(GOOD, {part: None})).code == "broken"


@pytest.mark.parametrize("part", ["[Content_Types].xml", "xl/workbook.xml", RETURN, STYLES, "docProps/core.xml"])
@pytest.mark.parametrize("content", [b"", b"not XML", b"<a>", b"\xff\xfe\x00", b"<worksheet/><worksheet/>"])
def test_a_part_that_is_no_xml_is_damaged(part: str, content: bytes) -> None:
    assert refused(repacked(GOOD, {part: content})).code == "broken"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'r="A6"', b'r="6A"'),
        (b'r="A6"', b'r="ZZZZZZ6"'),
        (b'<row r="6"', b'<row r="six"'),
        (b"<v>153</v>", b"<v>1x</v>"),
        (b' s="', b' s="99999'),
    ],
)
def test_a_sheet_that_says_nonsense_is_damaged_or_read(old: bytes, new: bytes) -> None:
    content = with_sheet(lambda sheet: sheet.replace(old, new))
    assert content != GOOD
    answer = read_workbook("return.xlsx", content)
    assert isinstance(answer, Form) or answer.code == "broken"


def test_a_text_with_the_name_of_a_workbook_is_damaged() -> None:
    assert refused(b"DA06 153").code == "broken"


# --- not ours ---------------------------------------------------------------------------------------------------------


def test_somebody_elses_workbook_is_not_ours() -> None:
    book = openpyxl.Workbook()
    book.create_sheet("Return")["A1"] = "DA06"
    assert refused(saved(book)).code == "foreign"


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("A1", "something else"),
        ("A3", "partner"),
        ("B3", None),
        ("B3", "x" * 201),
        ("B4", "2015-16"),
        ("B4", "2015-17Q2"),
        ("B5", ""),
        ("A8", "line"),
        ("C9", "RO05"),
        ("C9", None),
        ("B6", None),
        ("A7", None),
    ],
)
def test_a_hidden_sheet_that_was_changed_is_not_ours(cell: str, value: str | None) -> None:
    def spoil(page: Worksheet) -> None:
        assert page.parent is not None
        page.parent["Sent"][cell] = value

    assert refused(changed(spoil)).code == "foreign"


@pytest.mark.parametrize(("cell", "value"), [("I11", "153.1"), ("C8", "RO50"), ("B3", "medwax"), ("I6", "Whole")])
def test_a_hidden_sheet_that_is_whole_and_says_something_else_is_altered(cell: str, value: str) -> None:
    def spoil(page: Worksheet) -> None:
        assert page.parent is not None
        page.parent["Sent"][cell] = value

    answer = refused(changed(spoil))
    assert answer.code == "altered"
    assert "Fill in the workbook that comes with this" in answer.words


def test_a_workbook_from_before_there_was_a_check_is_read() -> None:
    def as_it_was(page: Worksheet) -> None:
        assert page.parent is not None
        page.parent["Sent"]["B1"] = None
        page["H6"] = "91%"

    assert [value.figure for value in read(changed(as_it_was)).values] == ["91%"]


def test_a_workbook_whose_hidden_sheet_is_gone_is_not_ours() -> None:
    def remove(page: Worksheet) -> None:
        assert page.parent is not None
        page.parent.remove(page.parent["Sent"])

    assert refused(changed(remove)).code == "foreign"


def test_another_version_of_our_workbook_is_told_apart() -> None:
    answer = refused(write_workbook(replace(SHEET, version=2)))
    assert answer.code == "other_version"
    assert "Fill in the one from our last message" in answer.words


def test_a_binary_workbook_is_named_with_what_to_do() -> None:
    answer = refused(repacked_as_xlsb(), "r.xlsb")
    assert answer.code == "old_format"
    assert "in the format .xlsb. Save it as .xlsx and send it again" in answer.words


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("r.ods", opendocument("<a/>"), "foreign"),
        ("r.ods", opendocument("<a>"), "broken"),
        ("r.ods", opendocument('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "suspicious"),
        ("r.ods", opendocument("<a>" * 200 + "</a>" * 200), "suspicious"),
        ("r.ods", opendocument(sheet_of_cells("<a/>" * 2_000_001)), "suspicious"),
        ("r.ods", opendocument(sheet_of_cells(REPEATED)), "too_big_to_read"),
        ("r.ods", opendocument("<a/>", "<manifest:encryption-data/>"), "password"),
        ("r.xls", ole("Workbook"), "broken"),
        ("r.xls", ole("Workbook") + bytes(100_000), "broken"),
    ],
    ids=lambda value: str(value)[:20] if isinstance(value, str) else len(value),
)
def test_files_of_other_programs_that_can_not_be_used_have_a_plain_reason(name: str, content: bytes, code: str) -> None:
    assert refused(content, name).code == code


def repacked_as_xlsb() -> bytes:
    return repacked(GOOD, {"xl/workbook.xml": None}, {"xl/workbook.bin": b"\0"})


def test_a_web_page_called_xls_is_in_an_older_format() -> None:
    assert refused(b"<html><table></table></html>", "report.xls").code == "old_format"


def test_the_strict_kind_of_workbook_is_named() -> None:
    plain = part_of(GOOD, "xl/workbook.xml")
    strict = plain.replace(
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    )
    assert refused(repacked(GOOD, {"xl/workbook.xml": strict})).code == "strict_format"


# --- built to hurt ----------------------------------------------------------------------------------------------------


def test_an_ods_that_is_sealed_as_a_whole_or_packed_in_another_order_is_told_for_what_it_is() -> None:
    sealed = repacked(opendocument("<a/>"), {"content.xml": None}, {"encrypted-package": b"x"}, zipfile.ZIP_STORED)
    assert refused(sealed, "r.ods").code == "password"
    assert refused(repacked(opendocument("<a/>"), {"mimetype": None}), "r.ods").code == "foreign"


def test_a_file_over_the_size_limit_is_not_opened() -> None:
    answer = refused(GOOD + bytes(15 * 1024 * 1024))
    assert answer.code == "too_big"
    assert "the file has 16 MB and we open files up to 15 MB" in answer.words


BILLION = b'<!DOCTYPE l [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, (b"&%c;" % (97 + n)) * 10) for n in range(9)
)


@pytest.mark.parametrize("part", [RETURN, "xl/workbook.xml", STYLES, "docProps/core.xml", "_rels/.rels"])
@pytest.mark.parametrize(
    "doctype",
    [
        b"<!DOCTYPE a>",
        b'<!DOCTYPE a SYSTEM "http://bad.example.org/a.dtd">',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        BILLION + b"]>",
    ],
)
def test_a_part_that_declares_entities_is_refused(part: str, doctype: bytes) -> None:
    content = part_of(GOOD, part)
    if content.startswith(b"<?xml"):
        content = content.partition(b"?>")[2]
    assert refused(repacked(GOOD, {part: doctype + content})).code == "suspicious"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_entities_in_another_encoding_are_refused_too(encoding: str) -> None:
    text = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'
    raw = text.encode(encoding)
    if encoding != "utf-16":
        raw = ("\ufeff" + text).encode(encoding)
    assert refused(repacked(GOOD, {STYLES: raw})).code == "suspicious"


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "koi8-r", "utf-7", "cp037"])
def test_encodings_that_no_spreadsheet_program_writes_are_refused(encoding: str) -> None:
    plain = part_of(GOOD, STYLES)
    assert not plain.startswith(b"<?xml")
    raw = f'<?xml version="1.0" encoding="{encoding}"?>'.encode() + plain
    assert refused(repacked(GOOD, {STYLES: raw})).code == "suspicious"


def test_the_encodings_that_spreadsheet_programs_write_are_read() -> None:
    plain = part_of(GOOD, STYLES).decode()
    for encoding in ("UTF-8", "utf-8", "UTF-16"):
        raw = f'<?xml version="1.0" encoding="{encoding}"?>{plain}'.encode(encoding)
        assert read(repacked(GOOD, {STYLES: raw})).values


def test_a_part_packed_beyond_all_measure_is_refused() -> None:
    bomb = b"<a>" + b" " * (20 * 1024 * 1024) + b"</a>"
    assert refused(repacked(GOOD, {}, {"xl/bomb.xml": bomb})).code == "suspicious"


def test_a_package_that_unpacks_to_too_much_is_refused() -> None:
    line = random.Random(1).randbytes(4096)
    assert refused(repacked(GOOD, {}, {f"xl/m/{n}.bin": line * 4096 for n in range(4)})).code == "too_big_to_read"


def test_a_package_that_lies_about_its_sizes_is_refused() -> None:
    content = bytearray(repacked(GOOD, {}, {"xl/bomb.xml": b"<a>" + b" " * (20 * 1024 * 1024) + b"</a>"}))
    entry = content.rfind(b"xl/bomb.xml") - 46
    content[entry + 24 : entry + 28] = struct.pack("<L", 900)
    started = time.process_time()
    assert refused(bytes(content)).code == "broken"
    assert time.process_time() - started < 2


def test_too_many_parts_are_refused() -> None:
    assert refused(repacked(GOOD, {}, {f"xl/m/{n}.bin": b"" for n in range(500)})).code == "too_big_to_read"


@pytest.mark.parametrize("path", ["../up.xml", "/etc/up.xml", "xl\\up.xml", "xl/../../up", "xl/\x07.xml", "C:/up.xml"])
def test_parts_with_paths_that_lead_elsewhere_are_refused(path: str) -> None:
    assert refused(repacked(GOOD, {}, {path: b"<a/>"})).code == "suspicious"


def test_two_parts_of_one_name_are_refused() -> None:
    packed = io.BytesIO(GOOD)
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr(RETURN.upper(), b"<a/>")
    assert refused(packed.getvalue()).code == "suspicious"


def test_parts_packed_in_a_way_that_workbooks_are_not_are_refused() -> None:
    assert refused(repacked(GOOD, {}, method=zipfile.ZIP_LZMA)).code == "suspicious"


def test_too_many_cells_are_refused_before_they_are_loaded() -> None:
    row = b"<row>" + b"<c/>" * 1000 + b"</row>"
    started = time.process_time()
    answer = refused(with_sheet(lambda sheet: sheet.replace(b"</sheetData>", row * 201 + b"</sheetData>")))
    assert answer.code == "too_big_to_read"
    assert time.process_time() - started < 3


def test_too_many_rows_are_refused_wherever_their_part_lies() -> None:
    sheet = b"<x:worksheet xmlns:x='urn:x'>" + b"<x:row/>" * 20_001 + b"</x:worksheet>"
    assert refused(repacked(GOOD, {}, {"elsewhere/s.xml": sheet})).code == "too_big_to_read"


@pytest.mark.parametrize(
    "tag", [b'<sheetData x="' + b"a" * 2_000_000 + b'">', b"<!--" + b"a" * 2_000_000 + b"--><sheetData>"]
)
def test_a_tag_that_never_seems_to_end_is_refused_before_it_costs_time(tag: bytes) -> None:
    sheet = part_of(GOOD, "xl/worksheets/sheet1.xml").replace(b"<sheetData>", tag)
    assert refused(repacked(GOOD, {"xl/worksheets/sheet1.xml": sheet}, method=zipfile.ZIP_STORED)).code == "suspicious"


def test_a_tag_with_thousands_of_attributes_is_refused() -> None:
    many = b" ".join(b'a%d="1"' % number for number in range(3000))
    sheet = part_of(GOOD, "xl/worksheets/sheet1.xml").replace(b"<sheetData>", b"<sheetData " + many + b">")
    assert refused(repacked(GOOD, {"xl/worksheets/sheet1.xml": sheet})).code == "suspicious"


def test_parts_in_too_many_layers_are_refused() -> None:
    assert refused(repacked(GOOD, {STYLES: b"<a>" * 5000 + b"</a>" * 5000})).code == "suspicious"


def test_too_many_elements_of_any_kind_are_refused() -> None:
    part = b"<r>" + b"<a/>" * 2_000_001 + b"</r>"
    assert refused(repacked(GOOD, {}, {"xl/x.xml": part}, method=zipfile.ZIP_STORED)).code == "too_big_to_read"


def test_a_cell_in_the_last_corner_costs_nothing() -> None:
    corner = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    started = time.process_time()
    form = read(with_sheet(lambda sheet: sheet.replace(b"</sheetData>", corner)))
    assert [value.code for value in form.values] == ["RO05"]
    assert time.process_time() - started < 2


@pytest.mark.parametrize("label", ["DA06", "elsewhere"])
def test_a_row_repeated_without_end_is_read_in_time(label: str) -> None:
    title = "Number of referrals to the IDVA service"
    cells = "".join(
        f'<c r="{{column}}{{row}}" t="inlineStr"><is><t>{text}</t></is></c>'.replace("{column}", column)
        for column, text in (("B", label), ("C", title), ("H", "{row}"))
    )
    rows = "".join(f'<row r="{row}">{cells.replace("{row}", str(row))}</row>' for row in range(20, 19_000))
    content = with_sheet(lambda sheet: sheet.replace(b"</sheetData>", rows.encode() + b"</sheetData>"))
    seconds, form = timed(lambda: read(content))
    assert form.problems
    assert seconds < 8


@pytest.mark.parametrize("size", [b"A1:XFD1048576", b"A1", b"C7:D8", b"nonsense"])
def test_what_a_sheet_says_about_its_size_does_not_count(size: bytes) -> None:
    content = with_sheet(lambda sheet: sheet.replace(b'<dimension ref="A1:N9"', b'<dimension ref="%s"' % size))
    assert content != with_sheet(lambda sheet: sheet)
    started = time.process_time()
    answer = read_workbook("return.xlsx", content)
    assert time.process_time() - started < 2
    assert isinstance(answer, Refusal) if size == b"nonsense" else answer == read(GOOD)


# --- names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/return.xlsx", "return.xlsx"),
        ("C:\\Users\\dph\\return.xlsx", "return.xlsx"),
        ("ret\u202exslx.nru\u2066.xlsx", "retxslx.nru.xlsx"),
        ("a\x00\r\nb.xlsx", "a b.xlsx"),
        ("", "the file"),
        ("a" * 500 + ".xlsx", "a" * 74 + "….xlsx"),
        ("a" * 500, "a" * 79 + "…"),
    ],
)
def test_a_file_is_called_by_a_name_fit_to_be_shown(name: str, shown: str) -> None:
    answer = read_workbook(name, GOOD[:3000])
    assert isinstance(answer, Refusal)
    assert f" {shown} " in answer.words or f" {shown}:" in answer.words
    form = read_workbook(name if name.endswith("x") else name + ".xlsx", GOOD)
    assert isinstance(form, Form)


# --- whatever comes ---------------------------------------------------------------------------------------------------


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """The good workbook, packed or not, with some bytes changed, cut out or doubled."""
    stored = draw(st.booleans())
    content = bytearray(repacked(GOOD, {}, method=zipfile.ZIP_STORED) if stored else GOOD)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(0, len(content) - 1)))
        length = draw(st.integers(0, 40))
        content[at : at + length] = draw(
            st.one_of(st.binary(max_size=40), st.just(bytes(content[at : at + length]) * 2))
        )
    return bytes(content)


@st.composite
def part_damaged(draw: st.DrawFn) -> bytes:
    """The good workbook with some text of one part changed: every checksum is right."""
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        name = draw(st.sampled_from(archive.namelist()))
    part = bytearray(part_of(GOOD, name))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(part) - 1))
        part[at : at + draw(st.integers(0, 8))] = draw(st.text("<>/=\"' 0129AZaefst&#;.:-", max_size=8)).encode()
    return repacked(GOOD, {name: bytes(part)})


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.one_of(
        damaged(), part_damaged(), st.binary(max_size=200), st.binary(max_size=200).map(lambda b: b"PK\3\4xl/" + b)
    )
)
def test_no_bytes_at_all_make_it_fail(content: bytes) -> None:
    answer = read_workbook("return.xlsx", content)
    assert isinstance(answer, Form | Refusal)


@pytest.mark.parametrize(
    ("kind", "count"),
    [("mergeCell", 20_001), ("cfRule", 20_001), ("dataValidation", 20_001), ("hyperlink", 20_001), ("xf", 70_001)],
)
def test_too_many_of_what_a_library_makes_objects_of_are_refused(kind: str, count: int) -> None:
    # In a part that nothing refers to: what is refused is refused before a library sees it.
    assert refused(repacked(GOOD, {}, {"xl/a.xml": b"<a>" + b"<%s/>" % kind.encode() * count + b"</a>"})).code == (
        "too_big_to_read"
    )


def test_parts_that_share_bytes_are_refused() -> None:
    packed = io.BytesIO(GOOD)
    with zipfile.ZipFile(packed, "a") as archive:
        first = archive.infolist()[0]
        copy = zipfile.ZipInfo("xl/copy.xml")
        for field in ("compress_type", "CRC", "compress_size", "file_size", "header_offset"):
            setattr(copy, field, getattr(first, field))
        archive.filelist.append(copy)
        # Otherwise the directory is not written anew.
        archive.writestr("xl/new.xml", b"<a/>")
    assert refused(packed.getvalue()).code == "suspicious"

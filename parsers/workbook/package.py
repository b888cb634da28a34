"""The zip that a workbook is, looked through part by part before a library loads it (PARTS, "Limits worth keeping")."""

import io
import re
import zipfile
from dataclasses import dataclass
from typing import NoReturn
from xml.parsers import expat

from parsers.workbook.refusals import MOST_MEGABYTES, Unfit

MOST_BYTES = MOST_MEGABYTES * 1024 * 1024
MOST_UNPACKED = 60 * 1024 * 1024
MOST_PARTS = 500
MOST_RATIO = 150
MOST_CELLS = 200_000
MOST_ROWS = 20_000
#: A part under this size may be packed as well as it likes.
_SMALL = 1024 * 1024
#: An honest sheet has three elements a cell; the rest is styles and texts.
_MOST_ELEMENTS = 2_000_000
_DEEPEST = 100
_PIECE = 256 * 1024
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_SANE = re.compile(r"(?!/)(?!.*(?:^|/)\.\.(?:/|$))[^\x00-\x1f\\:\u200b-\u202e]{1,250}")
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_ENCODINGS = (None, "utf-8", "utf-16", "us-ascii")


@dataclass(frozen=True)
class Package:
    """What a look through the parts found."""

    has_formulas: bool


def look_through(content: bytes) -> Package:
    """Read every XML part in a stream, under limits.

    Raises `Unfit`: `too_big`, `password`, `suspicious`, `strict_format`, `too_big_to_read`, `broken`. What zipfile and
    expat raise for a damaged file passes through.
    """
    if len(content) > MOST_BYTES:
        raise Unfit("too_big")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        _check_directory(parts)
        counted = _Counted()
        for part in parts:
            if part.filename.lower().endswith((".xml", ".rels")):
                _read_part(archive, part, counted)
    return Package(has_formulas=counted.formulas > 0)


def _check_directory(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Unfit("too_big_to_read")
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise Unfit("password")
    names = {part.filename.lower() for part in parts}
    if len(names) < len(parts) or not all(_SANE.fullmatch(part.filename) for part in parts):
        raise Unfit("suspicious")
    if any(part.compress_type not in _METHODS or _overpacked(part) for part in parts):
        raise Unfit("suspicious")
    if "[content_types].xml" not in names:
        raise Unfit("broken")


def _overpacked(part: zipfile.ZipInfo) -> bool:
    return part.file_size > _SMALL and part.file_size > MOST_RATIO * part.compress_size


class _Counted:
    """What all parts together hold. It raises as soon as a limit is passed."""

    def __init__(self) -> None:
        self.elements = self.cells = self.rows = self.formulas = self.depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        self.depth += 1
        match name.rpartition(":")[2]:
            case "c":
                self.cells += 1
            case "row":
                self.rows += 1
            case "f":
                self.formulas += 1
            case "workbook" if _STRICT in attributes.values():
                # openpyxl finds no sheets in these.
                raise Unfit("strict_format")
        if self.cells > MOST_CELLS or self.rows > MOST_ROWS or self.elements > _MOST_ELEMENTS:
            raise Unfit("too_big_to_read")
        if self.depth > _DEEPEST:
            raise Unfit("suspicious")

    def end(self, _name: str) -> None:
        self.depth -= 1


def _read_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, counted: _Counted) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = counted.start
    parser.EndElementHandler = counted.end
    parser.StartDoctypeDeclHandler = _no_doctype
    parser.XmlDeclHandler = _check_declaration
    with archive.open(part) as stream:
        while piece := stream.read(_PIECE):
            parser.Parse(piece, False)
    parser.Parse(b"", True)


def _no_doctype(*_declaration: object) -> NoReturn:
    # No spreadsheet program writes one; entities, bombs and references to other files need it.
    raise Unfit("suspicious")


def _check_declaration(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding is not None and encoding.lower() not in _ENCODINGS:
        raise Unfit("suspicious")

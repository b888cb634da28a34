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
MOST_COLUMNS = 100
#: A part under this size may be packed as well as it likes.
_SMALL = 1024 * 1024
#: An honest sheet has three elements a cell; the rest is styles and texts.
MOST_ELEMENTS = 2_000_000
DEEPEST = 100
#: What a library makes an object of: so many at most of each kind. Excel itself takes 65,490 styles.
_MOST_OF_A_KIND = dict.fromkeys(("mergeCell", "cfRule", "dataValidation", "hyperlink", "definedName"), 20_000) | {
    "xf": 70_000
}
#: What a pivot table keeps of its data: large, packed very well, and never opened where a workbook is only read.
NEVER_OPENED = ("xl/pivotcache/",)
_PIECE = 256 * 1024
#: A tag is gone through from its start with each piece of it: one of 40 MB would take all the time there is.
_LONGEST_TAG = 1024 * 1024
_MOST_ATTRIBUTES = 2000
#: What stands before each part, without its name.
_LOCAL_HEADER = 30
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_SANE = re.compile(r"(?!/)(?!.*(?:^|/)\.\.(?:/|$))[^\x00-\x1f\\:\u200b-\u202e]{1,250}")
_STRICT = frozenset(f"http://purl.oclc.org/ooxml/{kind}/main" for kind in ("spreadsheetml", "wordprocessingml"))
#: How a part says that its words are as all others.
NOT_SET = ("0", "false", "baseline")
_ENCODINGS = (None, "utf-8", "utf-16", "us-ascii")


@dataclass(frozen=True)
class Package:
    """What a look through the parts found."""

    #: The names of cells, of whatever sheet, that hold a formula whose result was not saved.
    uncalculated: frozenset[str]
    has_macros: bool = False
    #: Whether a part of some cell's words is struck out or set higher (`parsers.workbook.runs`).
    has_set_off: bool = False


def look_through(content: bytes, never_opened: tuple[str, ...] = ()) -> Package:
    """Read every XML part in a stream, under limits, but for the folders whose parts nobody opens afterwards.

    Raises `Unfit`: `too_big`, `password`, `suspicious`, `strict_format`, `too_big_to_read`, `broken`. What zipfile and
    expat raise for a damaged file passes through.
    """
    if len(content) > MOST_BYTES:
        raise Unfit("too_big")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        names = check_archive(parts, needed="[content_types].xml", never_opened=never_opened)
        counted = _Counted()
        for part in _opened(parts, never_opened):
            if part.filename.lower().endswith((".xml", ".rels")):
                parse_part(archive, part, counted.begin())
    has_macros = any(name.endswith("vbaproject.bin") for name in names)
    return Package(frozenset(counted.uncalculated), has_macros, counted.has_set_off)


def _opened(parts: list[zipfile.ZipInfo], never_opened: tuple[str, ...]) -> list[zipfile.ZipInfo]:
    return [part for part in parts if not part.filename.lower().startswith(never_opened)]


def check_archive(parts: list[zipfile.ZipInfo], needed: str, never_opened: tuple[str, ...] = ()) -> set[str]:
    """Look at a zip's directory before anything is unpacked; the names of its parts, in small letters.

    Raises `Unfit`: `too_big_to_read`, `password`, `suspicious`, and `broken` where the `needed` part is missing.
    """
    opened = _opened(parts, never_opened)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in opened) > MOST_UNPACKED:
        raise Unfit("too_big_to_read")
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise Unfit("password")
    names = {part.filename.lower() for part in parts}
    if len(names) < len(parts) or not all(_SANE.fullmatch(part.filename) for part in parts):
        raise Unfit("suspicious")
    if any(part.compress_type not in _METHODS or _overpacked(part) for part in opened):
        raise Unfit("suspicious")
    if _overlap(parts):
        raise Unfit("suspicious")
    if needed not in names:
        raise Unfit("broken")
    return names


def _overlap(parts: list[zipfile.ZipInfo]) -> bool:
    """Whether two parts share bytes: so a few of them can unpack to very much."""
    ends = 0
    for part in sorted(parts, key=lambda part: part.header_offset):
        if part.header_offset < ends:
            return True
        ends = part.header_offset + _LOCAL_HEADER + len(part.orig_filename) + part.compress_size
    return False


def _overpacked(part: zipfile.ZipInfo) -> bool:
    return part.file_size > _SMALL and part.file_size > MOST_RATIO * part.compress_size


class _Counted:
    """What all parts together hold. It raises as soon as a limit is passed."""

    def __init__(self) -> None:
        self.elements = self.cells = self.rows = self.depth = 0
        self.kinds = dict.fromkeys(_MOST_OF_A_KIND, 0)
        self.uncalculated: set[str] = set()
        self._awaits_value = self._is_text = self.has_set_off = False
        self._cell = ""
        self.parser = guarded_parser()

    def begin(self) -> expat.XMLParserType:
        """A parser for the next part."""
        self.parser = guarded_parser()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        return self.parser

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        self.depth += 1
        match name.rpartition(":")[2]:
            case "c":
                self.cells += 1
                # A result that is an empty text is saved as nothing at all.
                self._is_text = attributes.get("t") == "str"
                self._cell = attributes.get("r", "")
            case "row":
                self.rows += 1
            case "f":
                self._awaits_value = not self._is_text
            case "v" if self._awaits_value:
                self.parser.CharacterDataHandler = self._has_value
            case kind if kind in _MOST_OF_A_KIND:
                self.kinds[kind] += 1
                if self.kinds[kind] > _MOST_OF_A_KIND[kind]:
                    raise Unfit("too_big_to_read")
            case "vertAlign" | "strike":
                self.has_set_off = self.has_set_off or attributes.get("val") not in NOT_SET
            case "workbook" | "document" if not _STRICT.isdisjoint(attributes.values()):
                # openpyxl finds no sheets in these, and python-docx no words.
                raise Unfit("strict_format")
        if self.cells > MOST_CELLS or self.rows > MOST_ROWS or self.elements > MOST_ELEMENTS:
            raise Unfit("too_big_to_read")
        if self.depth > DEEPEST or len(attributes) > _MOST_ATTRIBUTES:
            raise Unfit("suspicious")

    def end(self, name: str) -> None:
        self.depth -= 1
        if self._awaits_value and name.rpartition(":")[2] == "c":
            self._has_value("")
            self.uncalculated.add(self._cell)

    def _has_value(self, _text: str) -> None:
        self._awaits_value = False
        self.parser.CharacterDataHandler = None


def guarded_parser(separator: str | None = None) -> expat.XMLParserType:
    """A parser that takes no document type and no unusual encoding; a `separator` has it tell namespaces."""
    parser = expat.ParserCreate(namespace_separator=separator)
    parser.StartDoctypeDeclHandler = _no_doctype
    parser.XmlDeclHandler = _check_declaration
    return parser


def parse_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, parser: expat.XMLParserType) -> None:
    """Unpack a part piece by piece into a parser."""
    taken = 0
    with archive.open(part) as stream:
        while piece := stream.read(_PIECE):
            parser.Parse(piece, False)
            taken += len(piece)
            if taken - max(parser.CurrentByteIndex, 0) > _LONGEST_TAG:
                raise Unfit("suspicious")
    parser.Parse(b"", True)


def _no_doctype(*_declaration: object) -> NoReturn:
    # No spreadsheet program writes one; entities, bombs and references to other files need it.
    raise Unfit("suspicious")


def _check_declaration(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding is not None and encoding.lower() not in _ENCODINGS:
        raise Unfit("suspicious")

"""What kind of file somebody sent, told by its first bytes and then by its name. It only looks, it opens nothing."""

import re
from dataclasses import dataclass
from enum import Enum, auto


class Sort(Enum):
    """What can be done with a file."""

    WORKBOOK = auto()
    OPEN_DOCUMENT = auto()
    OLD_WORKBOOK = auto()
    PASSWORD = auto()
    LABELLED = auto()
    OLD_FORMAT = auto()
    NEVER_READ = auto()
    BROKEN = auto()
    EMPTY = auto()
    MESSAGE = auto()
    PACKED = auto()
    OUTLOOK_ONLY = auto()
    KEPT_BESIDE = auto()
    OTHER = auto()
    NO_RETURN = auto()


@dataclass(frozen=True)
class Kind:
    """A sort of file; `what` names it in words where it can't be read."""

    sort: Sort
    what: str = ""


OLE = bytes.fromhex("D0CF11E0A1B11AE1")
ZIP = b"PK\x03\x04"
_TNEF = b"\x78\x9f\x3e\x22"
_WORKBOOK_ENDINGS = ("xlsx", "xlsm", "xltx", "xltm")
_OLD_ENDINGS = ("xls", "xlsb", "ods", "xlt", "ots", "fods")
_SHEETS = (*_WORKBOOK_ENDINGS, *_OLD_ENDINGS)
_NO_SHEET = (b"<", b"MIME-Version:")
_WORKBOOK_TYPES = ("spreadsheetml", "ms-excel", "opendocument.spreadsheet")
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"BM", b"II*\x00", b"MM\x00*")
#: Files that mail programs add by themselves: nobody writes figures into them.
_NO_RETURN_ENDINGS = frozenset(
    [
        "png",
        "jpg",
        "jpeg",
        "gif",
        "bmp",
        "webp",
        "heic",
        "svg",
        "emz",
        "wmz",
        "tif",
        "tiff",
        "vcf",
        "ics",
        "p7s",
        "p7m",
        "asc",
        "sig",
        "pgp",
    ]
)
_NO_RETURN_TYPES = (
    "image/",
    "text/vcard",
    "text/x-vcard",
    "text/calendar",
    "application/pkcs7",
    "application/x-pkcs7",
    "application/pgp",
    "application/ics",
)
_BY_ENDING = {
    "pdf": "PDF files",
    "doc": "Word documents",
    "docx": "Word documents",
    "odt": "text documents",
    "rtf": "text documents",
    "ppt": "presentations",
    "pptx": "presentations",
    "odp": "presentations",
    "csv": "CSV files",
    "tsv": "CSV files",
    "txt": "text files",
    "htm": "web pages",
    "html": "web pages",
    "msg": "saved Outlook messages",
}
#: How spreadsheets of Lotus 1-2-3, of Works and of Excel up to version 4 begin.
_BEFORE_1997 = (
    *(b"\0\0\2\0", b"\0\0\x1a\0", b"\xff\0\2\0"),
    *(b"\x09\0\4\0", b"\x09\0\6\0", b"\x09\2\6\0", b"\x09\4\6\0", b"\x09\x08\x08\0"),
)
#: Kinds that say what they are, whatever they are called: what they begin with, and what stands near that.
_BY_BEGINNING = (
    (b"<", b"urn:schemas-microsoft-com:office:spreadsheet", Kind(Sort.OLD_FORMAT, "an XML spreadsheet of 2003")),
    (b"<", b"opendocument.spreadsheet", Kind(Sort.OLD_FORMAT, "a spreadsheet in one flat XML file (.fods)")),
    (b"{\\rtf", b"", Kind(Sort.OTHER, _BY_ENDING["rtf"])),
    *((beginning, b"", Kind(Sort.PACKED)) for beginning in (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")),
    *((beginning, b"", Kind(Sort.NEVER_READ, "a spreadsheet of before 1997")) for beginning in _BEFORE_1997),
)
#: A database table of dBase begins with its kind and the day it was changed.
_DBASE = re.compile(rb"[\x03\x30\x83\x8b\xf5].[\x01-\x0c][\x01-\x1f]", re.DOTALL)
_PAGE = re.compile(rb"<(?:!doctype html|html)[\s>]", re.IGNORECASE)
#: How Office and macOS call what they keep beside a document.
_KEPT_BESIDE = ("~$", "._")
_LOOKED_AT = 4096
_PAGE_ENDINGS = ("htm", "html", "mht", "mhtml", "eml")
_PACKED = ("zip", "7z", "rar", "gz", "tgz", "tar")
_ANY_OTHER = "files of this kind"


def kind_of(name: str, content_type: str, content: bytes) -> Kind:
    """What a file is; its name and type count only where its bytes leave a choice."""
    ending = name.rpartition(".")[2].strip().lower()
    mime_type = content_type.strip().lower()
    if name.startswith(_KEPT_BESIDE) and not content.startswith((ZIP, OLE)):
        return Kind(Sort.KEPT_BESIDE)
    if not content and ending not in _NO_RETURN_ENDINGS and not mime_type.startswith(_NO_RETURN_TYPES):
        return Kind(Sort.EMPTY)
    if mime_type == "application/ms-tnef" or (ending == "dat" and content.startswith(_TNEF)):
        return Kind(Sort.OUTLOOK_ONLY)
    if content.startswith(OLE):
        return _ole(content, ending)
    if content.startswith(ZIP):
        return _zip(content, ending)
    if content.startswith(_PICTURES):
        return Kind(Sort.NO_RETURN)
    if content.startswith(b"%PDF"):
        return Kind(Sort.OTHER, _BY_ENDING["pdf"])
    return _by_name(ending, mime_type, content)


def _by_name(ending: str, mime_type: str, content: bytes) -> Kind:
    start = content[:_LOOKED_AT]
    words = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    for beginning, near, kind in _BY_BEGINNING:
        if (start.startswith(beginning) or words.startswith(beginning)) and near in start:
            return kind
    # Reporting systems write web pages and plain tables and call them .xls.
    if (ending not in _PAGE_ENDINGS and _PAGE.match(words)) or (ending in _SHEETS and words.startswith(_NO_SHEET)):
        return Kind(Sort.OLD_FORMAT, "a web page")
    if ending in (*_SHEETS, "dbf") and _DBASE.match(start):
        return Kind(Sort.NEVER_READ, "a table of a database (.dbf)")
    if ending in _WORKBOOK_ENDINGS:
        return Kind(Sort.BROKEN)
    if ending in _OLD_ENDINGS:
        return Kind(Sort.OLD_FORMAT, _called(ending))
    if ending in _NO_RETURN_ENDINGS or mime_type.startswith(_NO_RETURN_TYPES):
        return Kind(Sort.NO_RETURN)
    if any(part in mime_type for part in _WORKBOOK_TYPES):
        return Kind(Sort.BROKEN)
    if ending in _PACKED:
        return Kind(Sort.PACKED)
    if ending == "eml" or mime_type == "message/rfc822":
        return Kind(Sort.MESSAGE)
    return Kind(Sort.OTHER, _BY_ENDING.get(ending, _ANY_OTHER))


def _zip(content: bytes, ending: str) -> Kind:
    if b"application/vnd.oasis.opendocument.spreadsheet" in content[:200]:
        return Kind(Sort.OPEN_DOCUMENT)
    if b"Index/Document.iwa" in content:
        return Kind(Sort.NEVER_READ, "a Numbers spreadsheet")
    if ending in _PACKED:
        return Kind(Sort.PACKED)
    if ending in ("ods", "ots") and b"opendocument" not in content[:200] and b"content.xml" in content:
        # Its kind should stand first; a program that packs it again may put it elsewhere.
        return Kind(Sort.OPEN_DOCUMENT)
    if ending in _BY_ENDING:
        return Kind(Sort.OTHER, _BY_ENDING[ending])
    if b"xl/workbook.bin" in content:
        return Kind(Sort.OLD_FORMAT, _called("xlsb"))
    if b"xl/" in content or ending in _WORKBOOK_ENDINGS:
        return Kind(Sort.WORKBOOK)
    for part, other in ((b"word/document", "docx"), (b"ppt/presentation", "pptx"), (b"mimetype", "odt")):
        if part in content[:4096] or part in content[-65536:]:
            return Kind(Sort.OTHER, _BY_ENDING[other])
    return Kind(Sort.PACKED)


def _ole(content: bytes, ending: str) -> Kind:
    """A compound file: its directory has the names of what is inside, in UTF-16."""
    if _named(content, "DRMEncrypted", "DRMDataSpace", "DRMContent", "DRMViewerContent"):
        return Kind(Sort.LABELLED)
    if _named(content, "EncryptedPackage"):
        # Both ways have data spaces; only a password leaves the stream that says how to check it.
        by_rights = _named(content, "DataSpaces") and not _named(content, "EncryptionInfo")
        return Kind(Sort.LABELLED if by_rights else Sort.PASSWORD)
    if _named(content, "WordDocument"):
        return Kind(Sort.OTHER, _BY_ENDING["doc"])
    if _named(content, "PowerPoint Document"):
        return Kind(Sort.OTHER, _BY_ENDING["ppt"])
    if _named(content, "__substg1.0_"):
        return Kind(Sort.OTHER, _BY_ENDING["msg"])
    if ending in (*_OLD_ENDINGS, *_WORKBOOK_ENDINGS) or _named(content, "Workbook", "Book"):
        return Kind(Sort.OLD_WORKBOOK)
    return Kind(Sort.OTHER, _BY_ENDING.get(ending, _ANY_OTHER))


def _named(content: bytes, *names: str) -> bool:
    return any(name.encode("utf-16-le") in content for name in names)


def _called(ending: str) -> str:
    return f"in the format .{ending}"

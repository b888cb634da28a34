"""Bytes to text when the declared character set is wrong, unknown or hostile: never an exception, never a surrogate."""

import binascii
import codecs
import re
import unicodedata

# Only true character sets: Python also knows codecs such as unicode_escape or idna, which are traps here.
_KNOWN = re.compile(
    r"(utf-(8|16|32)(-[bl]e)?|iso8859-\d+|cp\d+|koi8-\w+|mac-roman|gb\w+|big5\w*|euc_\w+|shift_jis|iso2022_\w+)"
)
# EBCDIC: no mail program writes it, and plain text that is labelled so would become something else.
_NEVER = frozenset({"cp037", "cp273", "cp424", "cp500", "cp875", "cp1026", "cp1140"})
_LATIN = frozenset({"ascii", "iso8859-1", "iso8859-15", "cp1252"})
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949"}
#: Windows has letters where these have control characters, and only then are they meant.
_WINDOWS_FOR = {"iso8859-2": "cp1250", "iso8859-9": "cp1254", "iso8859-7": "cp1253", "iso8859-4": "cp1257"}
_CONTROLS = re.compile(rb"[\x80-\x9f]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_UTF_7 = re.compile(r"(unicode-?1-?1-?)?utf-?7(-imap)?|x-unicode-?\d-?\d-?utf-?7")
# A digit whose eighth bit was flipped on its way turns into one of these.
_FLIPPED_DIGIT = re.compile(rb"(?<=[0-9])[\xb0-\xb9]|[\xb0-\xb9](?=[0-9])")
_WORD = re.compile(r"=\?([^?\s]{1,64})\?([bBqQ])\?([^?\r\n]*)\?=")
_UNSHOWN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(raw: bytes, charset: str = "") -> str:
    """Text of the bytes, U+FFFD where a character is lost. A byte order mark wins over the declared character set."""
    marked = next((name for mark, name in _MARKS if raw.startswith(mark)), None)
    name = marked or _python_name(charset)
    if name is not None and name.startswith(("utf-16", "utf-32")) and b"\x00" not in raw and not marked:
        name = None  # digits in these have a zero byte each: the label is wrong
    if name is None or name in _LATIN:
        # Much mail says iso-8859-1 and means UTF-8 or Windows; text that is valid UTF-8 by accident is next to unknown.
        text = _mostly(raw, "utf-8") or _as_windows(raw, charset if name else "")
    else:
        wider = _wider(name, raw)
        lossy = raw.decode(name, "replace") if marked else _as_windows(raw, "")
        text = _strict(raw, wider) or _strict(raw, "utf-8") or _mostly(raw, wider) or lossy
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")


def is_utf_7(charset: str) -> bool:
    """Whether the label names UTF-7, which can write any sign as harmless letters and is never decoded here."""
    return bool(_UTF_7.fullmatch(charset.strip().lower()))


def header_text(raw: bytes) -> str:
    """The text of an unfolded header value, encoded words read."""
    return "".join(decode(piece, charset) for charset, piece in _runs(decode(raw)))


def one_line(text: str, limit: int) -> str:
    """Text fit to be shown on one line: no breaks, control, direction or private characters, at most `limit` long."""
    shown = "".join(" " if unicodedata.category(c) in _UNSHOWN or c.isspace() else c for c in text[: limit * 4])
    line = " ".join(shown.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def _as_windows(raw: bytes, charset: str) -> str:
    """Bytes that are no UTF-8 as Windows-1252; where no label says so, a sign beside a digit may be a lost digit."""
    told = charset and _python_name(charset) != "ascii"
    return (raw if told else _FLIPPED_DIGIT.sub(b"\x81", raw)).decode("cp1252", "replace")


def _python_name(charset: str) -> str | None:
    try:
        name = codecs.lookup(charset.strip()[:40]).name if charset else ""
    except (LookupError, ValueError):
        return None
    return name if name in _LATIN or (_KNOWN.fullmatch(name) and name not in _NEVER) else None


def _strict(raw: bytes, name: str) -> str | None:
    try:
        return raw.decode(name)
    except (UnicodeError, LookupError):
        return None


def _mostly(raw: bytes, name: str) -> str | None:
    """The text with U+FFFD for what is broken, where more letters beyond ASCII are whole than broken."""
    text = _strict(raw, name)
    if text is not None or name.startswith(("utf-16", "utf-32")):
        return text
    lossy = raw.decode(name, "replace")
    broken = lossy.count("\ufffd")
    return lossy if sum(map(len, _BEYOND_ASCII.findall(lossy))) - broken > broken else None


def _wider(name: str, raw: bytes) -> str:
    """The character set that programs write where they name a narrower one."""
    if name in _WINDOWS_FOR and not _CONTROLS.search(raw):
        return name
    return _WINDOWS_FOR.get(name) or _WIDER.get(name, name)


def _runs(text: str) -> list[tuple[str, bytes]]:
    """Pieces with their character set; neighbouring encoded words are joined, since some split a letter between two."""
    runs: list[tuple[str, bytes]] = []
    at, after_word = 0, False
    for word in _WORD.finditer(text):
        between, charset = text[at : word.start()], word[1].partition("*")[0].lower()
        if between and not (after_word and between.isspace()):
            runs.append(("utf-8", between.encode()))
            after_word = False
        piece = _word_bytes(word[2], word[3])
        if after_word and runs[-1][0] == charset:
            piece = runs.pop()[1] + piece
        runs.append((charset, piece))
        at, after_word = word.end(), True
    return [*runs, ("utf-8", text[at:].encode())]


def _word_bytes(encoding: str, coded: str) -> bytes:
    if encoding in "qQ":
        return binascii.a2b_qp(coded.encode(), header=True)
    try:
        return binascii.a2b_base64(coded.encode() + b"===")
    except binascii.Error:
        return coded.encode()

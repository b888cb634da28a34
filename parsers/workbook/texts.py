"""Text and numbers on their way into cells and out of them, so that what comes back can be compared with what went."""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal

from parsers.charsets import one_line

#: The longest text that is taken from one cell.
LONGEST_INPUT = 4000
LONGEST_LABEL = 2000
_LONGEST_NAME = 80
_LONGEST_QUOTE = 60
#: Spreadsheets calculate with 15 digits; what lies behind them is noise.
_DIGITS = ".15g"
#: How the file format writes control characters, and an underscore that would look like the start of one.
_ESCAPED = re.compile(r"_x00(?:[01][0-9A-Fa-f]|7[Ff])_|_x005[Ff]_(?=x)")
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?|-?\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,15})?")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? ", re.IGNORECASE)
_DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d.%m.%y", "%d-%m-%Y", "%d %b %Y", "%d %B %Y", "%d %b %y")


def label(text: str) -> str:
    """A label as it is compared: one line, composed characters, at most `LONGEST_LABEL` long."""
    return _on_one_line(text)[:LONGEST_LABEL]


def _on_one_line(text: str) -> str:
    return " ".join(typed_text(unicodedata.normalize("NFC", text)).split())


def typed_text(text: str) -> str:
    """What somebody typed, without control characters and lone surrogates; line breaks stay."""
    return printable(_ESCAPED.sub(_unescaped, text))


def printable(text: str) -> str:
    """Text that goes into a cell: without control characters and lone surrogates; line breaks stay."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in plain if char == "\n" or not _unwanted(char)).strip()


def _unescaped(found: re.Match[str]) -> str:
    return "_" if found[0].lower() == "_x005f_" else ""


def _unwanted(char: str) -> bool:
    return char != "\t" and (unicodedata.category(char) in ("Cc", "Cs") or char in "\ufffe\uffff")


def quote(text: str) -> str:
    """A cell's text as we show it in a sentence."""
    return f"'{one_line(text, _LONGEST_QUOTE)}'"


def shown_name(name: str) -> str:
    """A file name fit to be shown: its last component, no control or direction marks, its ending kept."""
    last = re.split(r"[/\\]", name[:4000])[-1]
    shown = one_line("".join(char for char in last if unicodedata.category(char) != "Cf"), 1000).strip(" .")
    if len(shown) <= _LONGEST_NAME:
        return "the file" if shown in ("", "unnamed") else shown
    stem, _, ending = shown.rpartition(".")
    if not stem or len(ending) > 8:
        return one_line(shown, _LONGEST_NAME)
    return f"{stem[: _LONGEST_NAME - len(ending) - 2]}….{ending}"


def number_text(value: int | float, percent: bool = False) -> str:
    """A cell's number as a person would type it: no exponent, no idle zeros, no noise; "91%" for 0.91 as a percentage.

    ValueError where it is no finite number.
    """
    number = Decimal(value) if isinstance(value, int) else Decimal(format(value, _DIGITS))
    if not number.is_finite():
        raise ValueError(f"not a number: {value}")
    # Moving the point is exact; multiplying would round long whole numbers.
    shifted = number.scaleb(2) if percent else number
    text = format(shifted, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return ("0" if text in ("-0", "") else text) + ("%" if percent else "")


def as_number(text: str) -> Decimal | None:
    """The number that a text is, commas between thousands allowed; None where it is anything else."""
    return Decimal(text.replace(",", "")) if _NUMBER.fullmatch(text) else None


def same(text: str, sent: str) -> bool:
    """Whether a cell says what was sent in it, however a spreadsheet program wrote it down."""
    if _on_one_line(text) == _on_one_line(sent):
        return True
    number = as_number(text)
    return number is not None and number == as_number(sent)


def uk_date(text: str) -> date | None:
    """The day that a text names in full, day before month; None where it is no such date."""
    words = _WEEKDAY.sub("", _ORDINAL.sub("", " ".join(text.split()[:6]))).replace("Sept ", "Sep ")
    for form in _DATES:
        try:
            found = datetime.strptime(words, form).date()
        except ValueError:
            continue
        return found if 1990 <= found.year <= 2100 else None
    return None

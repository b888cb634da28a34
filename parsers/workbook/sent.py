"""What a workbook says it was when it left: the hidden sheet, written and read."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from collector.domain.period import Quarter
from collector.domain.submission import FormValue
from collector.messages import LAYOUT_VERSION, Sheet, SheetRow
from parsers.workbook import layout
from parsers.workbook.texts import LONGEST_INPUT, as_number, label, typed_text

#: More rows than a partnership has indicators.
MOST_ROWS = 500
_MOST_COLUMNS = 60
_LONGEST_ID = 200
_MARK = "quarterly return"
_DIGEST = 32
_NAMES = ("version", "partnership", "period", "person", "headings", "statuses")
#: The rows of the hidden sheet that hold the drop-down's words, and the indicators from there on.
STATUS_ROW = 7
_FIRST_ROW = 8


@dataclass(frozen=True)
class SentRow:
    """One indicator as it was sent: the texts before the inputs, and what was filled in already."""

    locked: tuple[str, ...]
    held: tuple[str, ...]

    @property
    def code(self) -> str:
        return self.locked[layout.CODE]

    @property
    def title(self) -> str:
        return self.locked[layout.TITLE]


@dataclass(frozen=True)
class Sent:
    """The workbook as it was sent."""

    version: int
    partnership: str
    period: str
    person: str
    headings: tuple[str, ...]
    statuses: tuple[str, ...]
    rows: tuple[SentRow, ...]

    @property
    def inputs_from(self) -> int:
        """The place of the first input among the headings, counted from 0."""
        return len(self.headings) - len(layout.INPUTS)


def sent_of(sheet: Sheet) -> Sent:
    """What will have been sent when this sheet goes out."""
    return Sent(
        version=sheet.version,
        partnership=label(sheet.partnership),
        period=sheet.period.key,
        person=label(sheet.person),
        headings=tuple(label(heading) for heading in layout.headings(sheet)),
        statuses=tuple(label(status) for status in sheet.statuses),
        rows=tuple(_sent_row(sheet, row) for row in sheet.rows),
    )


def _sent_row(sheet: Sheet, row: SheetRow) -> SentRow:
    held = row.held or FormValue(row.code)
    return SentRow(
        locked=tuple(label(text) for text in layout.locked_texts(sheet, row)),
        held=tuple(_held_text(getattr(held, name)) for name in layout.INPUTS),
    )


def _held_text(text: str) -> str:
    kept = typed_text(text)[:LONGEST_INPUT]
    return kept if as_number(kept) is None else kept.replace(",", "")


def to_rows(sent: Sent) -> list[list[str]]:
    """The hidden sheet's rows."""
    rows = [
        [_MARK, digest(sent)],
        ["version", str(sent.version)],
        ["partnership", sent.partnership],
        ["period", sent.period],
    ]
    rows += [["person", sent.person], ["headings", *sent.headings], ["statuses", *sent.statuses]]
    return rows + [["row", *row.locked, *row.held] for row in sent.rows]


def digest(sent: Sent) -> str:
    """A check on all that was sent: a damaged file of the older formats may open, and say what nobody typed.

    What a spreadsheet program writes otherwise is left out of it: white space, and how a number is written.
    """
    about = (str(sent.version), sent.partnership, sent.period, sent.person)
    rows = (about, sent.headings, sent.statuses, *((*row.locked, *row.held) for row in sent.rows))
    told = "\n".join("\t".join(map(_compared, row)).rstrip() for row in rows)
    return hashlib.sha256(told.encode()).hexdigest()[:_DIGEST]


def _compared(text: str) -> str:
    plain = label(text)
    number = as_number(plain)
    return plain if number is None else f"{number.normalize():f}"


def is_altered(rows: Sequence[Sequence[str]], sent: Sent) -> bool:
    """Whether a hidden sheet says something else than when it was sent; an older workbook has nothing to tell it by."""
    said = _at(rows[0], 1)
    return said not in ("", digest(sent))


def version_of(rows: Sequence[Sequence[str]]) -> str | None:
    """Which layout a hidden sheet says the workbook has; None where it is not one of our hidden sheets."""
    if len(rows) < 2 or _at(rows[0], 0) != _MARK or _at(rows[1], 0) != _NAMES[0]:
        return None
    return _at(rows[1], 1)


def from_rows(rows: Sequence[Sequence[str]]) -> Sent | None:
    """Read the hidden sheet of this layout; None unless everything is there and in its place."""
    if version_of(rows) != str(LAYOUT_VERSION) or tuple(_at(row, 0) for row in rows[1 : _FIRST_ROW - 1]) != _NAMES:
        return None
    partnership, period, person = (_at(row, 1) for row in rows[2:5])
    headings, statuses = (_without_gaps(row[1:]) for row in rows[5:7])
    indicators = rows[_FIRST_ROW - 1 :]
    known = all(0 < len(name) <= _LONGEST_ID for name in (partnership, person)) and _is_quarter(period)
    bounded = len(layout.INPUTS) + layout.TITLE < len(headings) <= _MOST_COLUMNS and len(indicators) <= MOST_ROWS
    if not known or not bounded or not all(headings) or any(_at(row, 0) != "row" for row in indicators):
        return None
    read = tuple(_row(row, len(headings)) for row in indicators)
    if any(not row.code for row in read) or len({row.code for row in read}) < len(read):
        return None
    return Sent(LAYOUT_VERSION, partnership, period, person, headings, statuses, read)


def _row(row: Sequence[str], width: int) -> SentRow:
    texts = [_at(row, place) for place in range(1, width + 1)]
    inputs_from = width - len(layout.INPUTS)
    return SentRow(tuple(texts[:inputs_from]), tuple(texts[inputs_from:]))


def _at(row: Sequence[str], place: int) -> str:
    return row[place] if place < len(row) else ""


def _without_gaps(texts: Sequence[str]) -> tuple[str, ...]:
    kept = list(texts)
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)


def _is_quarter(text: str) -> bool:
    try:
        return Quarter.parse(text).key == text
    except ValueError:
        return False

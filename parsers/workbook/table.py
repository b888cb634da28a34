"""The rows of a workbook that came back, each compared with the row that was sent."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from openpyxl.utils import get_column_letter

from collector.domain.submission import FormValue, Mark
from parsers.workbook import layout
from parsers.workbook.checks import FINE, OFF, TO_FILL_IN
from parsers.workbook.grid import Cell, Grid, label_of
from parsers.workbook.headings import Columns
from parsers.workbook.inputs import Typed, typed
from parsers.workbook.sent import Sent, SentRow
from parsers.workbook.texts import quote, same

_MOST_BESIDE = 3
_SEND_AGAIN = "and send the file again, or reply with the figure."
_SAY_SO = "If it should change, reply and say so."
_TAKE_BACK = "To take a figure back, reply with its code, 'not available' and why."


@dataclass(frozen=True)
class Table:
    """The table that came back beside the one that was sent; every column that matters is there.

    Locks stop slips and not people, so each row's code and title are compared with what was sent: rows may have been
    sorted, inserted, copied, deleted or typed over.
    """

    grid: Grid
    sent: Sent
    columns: Columns

    def read(self) -> Iterator[tuple[FormValue | None, list[Mark]]]:
        """Each row's value, if it states anything, and its problems, in the order of the sheet."""
        for number in self._labels:
            row = self._placed.get(number)
            if row is None:
                yield None, self._stray(number)
            elif number == self._found[row.code][0]:
                yield self._read_row(row, number)
        yield None, [self._gone(row) for row in self._missing if any(row.held) and not self._stands_changed(row)]

    # Each of these is gone through for every row, and a stranger's sheet may have very many.

    @cached_property
    def _labels(self) -> dict[int, tuple[str, str]]:
        """Code and title of every row below the headings."""
        numbers = sorted(number for number in self.grid if number > self.columns.row)
        return {number: (self._label(number, layout.CODE), self._label(number, layout.TITLE)) for number in numbers}

    @cached_property
    def _placed(self) -> dict[int, SentRow]:
        """The rows whose code and title are both as sent, wherever they stand now."""
        known = {(row.code, row.title): row for row in self.sent.rows}
        return {number: known[pair] for number, pair in self._labels.items() if pair in known}

    @cached_property
    def _found(self) -> dict[str, list[int]]:
        """Where each code that is in its place stands: more than once if somebody copied its row."""
        found: dict[str, list[int]] = {}
        for number, row in self._placed.items():
            found.setdefault(row.code, []).append(number)
        return found

    @cached_property
    def _missing(self) -> list[SentRow]:
        return [row for row in self.sent.rows if row.code not in self._found]

    @cached_property
    def _words_left(self) -> set[str]:
        """Every code and title that stands in the sheet, paired or not."""
        return {text for pair in self._labels.values() for text in pair if text}

    # --- a row of ours ---

    def _read_row(self, sent: SentRow, number: int) -> tuple[FormValue | None, list[Mark]]:
        copies = self._found[sent.code]
        if len({tuple(self._inputs_apart(row)) for row in copies}) > 1:
            rows = ", ".join(str(row) for row in copies[:5])
            words = f"{sent.code} stands in the rows {rows} with different values, so they were not used"
            return None, [Mark(words, f"Keep one {_SEND_AGAIN}", sent.code, "figure", self._where("figure", number))]
        cells = self._inputs(number)
        remarks = [*self._overwritten(sent, number), *self._marks(sent, number, cells, "remark")]
        problems = self._marks(sent, number, cells, "problem")
        texts = {field: cell.text for field, cell in cells.items()}
        held = dict(zip(layout.INPUTS, sent.held, strict=True))
        states = {field for field, text in texts.items() if text and not same(text, held[field])}
        if problems and states:
            *first, last = problems
            problems = [*first, replace(last, words=f"{last.words}; nothing else in row {number} was used")]
        if problems:
            return None, [*remarks, *problems]
        cleared = [field for field, text in texts.items() if held[field] and not text]
        if not states:
            return None, [*remarks, *self._cleared(sent, cleared, held, number), *self._beside(sent, number)]
        if "figure" in cleared and not states & {"status", "part", "whole"}:
            remarks += self._cleared(sent, ["figure"], held, number)
        where = self._where("figure" if texts["figure"] else next(field for field in texts if texts[field]), number)
        before = _value(sent.code, held) if any(held.values()) else None
        return replace(_value(sent.code, texts), where=where, before=before), remarks

    def _marks(self, sent: SentRow, number: int, cells: dict[str, Typed], kind: str) -> list[Mark]:
        """What was found in the inputs of a row, `kind` a field of `Typed`."""
        found = []
        for field, cell in cells.items():
            if words := getattr(cell, kind):
                where = self._where(field, number)
                found.append(Mark(f"{where} {words}", cell.advice, sent.code, field, where))
        return found

    def _beside(self, sent: SentRow, number: int) -> list[Mark]:
        """What stands outside the columns that were sent in a row that states nothing: a figure may be one cell off."""
        ours = set(self.columns.by_place.values())
        others = [(place, label_of(cell)) for place, cell in self.grid.get(number, {}).items() if place not in ours]
        advice = "Put it into its column and send the file again, or reply with the figure."
        return [
            Mark(
                f"{name} holds {quote(text)}, outside the columns we sent, so it was not used",
                advice,
                sent.code,
                "figure",
                name,
            )
            for name, text in ((f"{get_column_letter(place)}{number}", text) for place, text in others[:_MOST_BESIDE])
            if text and not _is_check(text)
        ]

    def _inputs(self, number: int) -> dict[str, Typed]:
        """What was put into a row, by field."""
        cells = enumerate(layout.INPUTS, start=self.sent.inputs_from)
        return {field: typed(self._cell(number, place), field) for place, field in cells}

    def _inputs_apart(self, number: int) -> Iterator[tuple[str, str]]:
        """A row's inputs as they compare with those of another row."""
        for read in self._inputs(number).values():
            yield read.text, read.problem

    def _cleared(self, sent: SentRow, fields: list[str], held: dict[str, str], number: int) -> list[Mark]:
        if not fields:
            return []
        cells = " and ".join(f"{self._where(field, number)} held {_brief(held[field])}" for field in fields)
        joined = "and is empty now" if len(fields) == 1 else "and they are empty now"
        where = self._where(fields[0], number)
        return [Mark(f"{cells} {joined}; nothing was changed", _TAKE_BACK, sent.code, fields[0], where)]

    def _overwritten(self, sent: SentRow, number: int) -> list[Mark]:
        """Other locked cells that say something else now: the figures beside them still count."""
        found = []
        for place, was in enumerate(sent.locked):
            now = self._label(number, place)
            if now and now != was:
                where = self._name(number, place)
                sent_words = f"we sent {quote(was)}" if was else "we sent nothing"
                words = f"{where} says {quote(now)} where {sent_words}; nothing was changed by that"
                found.append(Mark(words, _SAY_SO, where=where))
        return found

    # --- rows that are not ours any more ---

    def _stray(self, number: int) -> list[Mark]:
        """A row whose code and title are not a pair we sent: it is not used, and it is noticed if it could matter."""
        code, title = self._labels[number]
        filled = any(cell.text or cell.problem for cell in self._inputs(number).values())
        meant = self._meant(number)
        if meant is not None and (code or title or filled):
            place, was, now = (
                (layout.CODE, meant.code, code) if code != meant.code else (layout.TITLE, meant.title, title)
            )
            says = f"says {quote(now)}" if now else "is empty"
            where = self._name(number, place)
            words = f"{where} {says} where we sent {quote(was)}, so row {number} was not used"
            return [Mark(words, f"Put it back {_SEND_AGAIN}", meant.code, "figure", where)]
        if filled:
            called = quote(code or title) if code or title else "no code"
            words = f"Row {number} ({called}) is not one that we sent, so it was not used"
            return [Mark(words, "Reply with its figure and what it is for.")]
        return []

    def _meant(self, number: int) -> SentRow | None:
        """The row that was sent and is missing, and that this one most likely was."""
        code, title = self._labels[number]
        for row in self._missing:
            if row.code == code or (title and row.title == title):
                return row
        place = number - self.columns.row - 1
        here = self.sent.rows[place] if place < len(self.sent.rows) else None
        return here if here in self._missing else None

    def _stands_changed(self, row: SentRow) -> bool:
        """Whether its code or its title is still there: then the row it stands in was named already."""
        return row.code in self._words_left or row.title in self._words_left

    def _gone(self, row: SentRow) -> Mark:
        return Mark(f"{row.code} is not in the sheet any more; nothing was changed", _TAKE_BACK, row.code, "figure")

    # --- cells ---

    def _place(self, field: str) -> int:
        return self.sent.inputs_from + layout.INPUTS.index(field)

    def _cell(self, number: int, place: int) -> Cell | None:
        column = self.columns.by_place.get(place)
        return None if column is None else self.grid.get(number, {}).get(column)

    def _label(self, number: int, place: int) -> str:
        return label_of(self._cell(number, place))

    def _name(self, number: int, place: int) -> str:
        return f"{get_column_letter(self.columns.by_place.get(place, place + 1))}{number}"

    def _where(self, field: str, number: int) -> str:
        return self._name(number, self._place(field))


def _value(code: str, texts: dict[str, str]) -> FormValue:
    figure, part, whole, status, expected, comment = (texts[name] for name in layout.INPUTS)
    return FormValue(code, figure, part, whole, status, expected, comment)


def _is_check(text: str) -> bool:
    """Whether a cell says what our own formula says beside each row."""
    return text in (TO_FILL_IN, FINE) or text.startswith(OFF)


def _brief(text: str) -> str:
    return text if len(text) <= 20 and "\n" not in text else quote(text)

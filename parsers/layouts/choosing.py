"""Which of the cells that could answer one measure is its figure: the one for the quarter asked for, or a question."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from collector.domain.document import CellKind, Stated
from collector.domain.indicator import SHARES, Basis, Unit
from collector.domain.period import MONTHS, Span
from collector.domain.submission import Asked, FormValue
from parsers.figures.frame import Frame
from parsers.figures.periods import Time
from parsers.layouts.above import speaks_against
from parsers.layouts.headings import NO_TIME, Role, When, captioned, tidy_heading, when, without_times
from parsers.layouts.tables import Spot
from parsers.workbook.plain import POUND
from parsers.workbook.texts import as_number, quote

_NOTES = (Unit.MILESTONE, Unit.NARRATIVE)
#: Units whose months may be added up (RULES 2 and 8).
_SUMMED = (Unit.COUNT, Unit.GBP)
_OF_SHARES = (*SHARES, Unit.CHANGE_PERCENT, Unit.PERCENTAGE_POINTS)
_SHARES = re.compile(r"%|\bper ?cent|\bpercentage\b|\bproportion\b|\brate\b", re.I)
_COUNTS = re.compile(r"\b(?:numbers?|no|nos|counts?|volume)\b|#", re.I)
_TOTAL = re.compile(r"\b(?:totals?|sum|cumulative)\b", re.I)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_DIGITS = re.compile(r"\d+")
#: A cell that only says that nothing stands in it.
_DASHES = re.compile(r"[-\u2013\u2014.]+")
_MOST_READINGS = 4


@dataclass(frozen=True)
class _Seen:
    """A spot with the time it stands for, seen from one measure's own period; `doubts` are about its time."""

    spot: Spot
    when: When
    doubts: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        cell = self.spot.cell
        return "" if cell is None or _DASHES.fullmatch(cell.text) else cell.text

    @property
    def filled(self) -> bool:
        return bool(self.text) or (self.spot.cell is not None and self.spot.cell.kind in _UNREADABLE)


_UNREADABLE = (CellKind.FORMULA, CellKind.FAILED)


@dataclass(frozen=True)
class Chooser:
    """Chooses for one measure; `file` is the file's name, `place` the words by which our row is known."""

    frame: Frame
    file: str
    place: str

    @property
    def asked(self) -> Asked:
        """What is asked for."""
        return self.frame.asked

    def choose(self, spots: Sequence[Spot]) -> list[Stated]:
        """What the document states for it: once where that is plain, several times where it is not."""
        mine = [spot for spot in spots if self._is_ours(spot)]
        seen = [self._seen(spot) for spot in mine]
        figures = [one for one in seen if one.spot.column.heading.role is Role.FIGURE]
        visible = [one for one in figures if not one.spot.hidden]
        wanted = [one for one in figures if one.when.time is Time.WANTED]
        plain = [one for one in figures if one.when.time is None]
        if any(one.when.time is not None for one in figures):
            # Beside months or quarters a total is theirs, and not the quarter's.
            plain = [one for one in plain if not _TOTAL.search(one.spot.column.heading.text)]
        months = [] if wanted else self._months(visible or figures)
        here = self._best(wanted) or ([] if wanted or months else self._best(plain))
        if here or months:
            return months or self._stated(here, seen)
        if not wanted and not any(one.filled for one in plain):
            elsewhere = [one for one in figures if one.filled and one.when.time is not None]
            if elsewhere and not self._comments(seen, None):
                return [self._of_another_time(one) for one in self._latest(elsewhere)]
        return self._only_words(seen)

    # --- which spots count ---

    def _is_ours(self, spot: Spot) -> bool:
        """In a table of many places only the row of ours; a place nobody filled in says nothing."""
        return not spot.place or not self.place or _same_place(spot.place, self.place) or not _is_a_place_column(spot)

    def _seen(self, spot: Spot) -> _Seen:
        """A cell's time: its row's and its column's; where they say none, or no year, what stands above decides."""
        home, basis = self.frame.home, self.frame.basis
        said = " ".join(filter(None, (spot.time, spot.column.heading.text)))
        own = when(said, home, basis) if spot.column.heading.role is not None else NO_TIME
        if own.has_year and own.time is not None:
            return _Seen(spot, own)
        for caption in (*spot.captions, self.file.rpartition(".")[0]):
            above = captioned(caption, home)
            if above.time is None:
                continue
            if above.time is Time.WANTED:
                return _Seen(spot, own if own.time else When(Time.WANTED) if basis is Basis.QUARTER else own)
            if own.time is None or (above.time is Time.YEAR and own.time is Time.WANTED):
                named = _in_year(said, above.span) if own.time and above.span else ""
                then = when(named, home, basis) if named else above
                return _Seen(spot, then, (f"{_below(spot, caption)}, and {self.frame.period} is asked for.",))
            if own.time is Time.WANTED:
                doubt = f"{_below(spot, caption)} and its heading says {quote(spot.column.heading.text)}."
                return _Seen(spot, own, (doubt,))
            break
        return _Seen(spot, own)

    def _best(self, seen: list[_Seen]) -> list[_Seen]:
        """Those that are filled in, of the kind asked for, visible and surely named, as far as there are any."""
        best = [one for one in seen if one.filled]
        for fits in (self._is_of_its_kind, _is_visible, _is_sure, _is_plain):
            best = [one for one in best if fits(one)] or best
        return best

    def _is_of_its_kind(self, one: _Seen) -> bool:
        """A column of percentages beside one of numbers: the unit asked for decides."""
        title = one.spot.column.heading.text
        share = _SHARES.search(title) is not None or (
            one.spot.cell is not None and one.spot.cell.kind is CellKind.PERCENT
        )
        if self.asked.unit == Unit.PERCENT:
            return share
        return not share and (self.asked.unit != Unit.COUNT or _COUNTS.search(title) is not None or not share)

    # --- what they state ---

    def _stated(self, here: list[_Seen], seen: list[_Seen]) -> list[Stated]:
        values: dict[tuple[str, str], _Seen] = {}
        for one in here:
            values.setdefault((self._typed(one), _kind(one)), one)
        stated = [self._one(one, seen) for one in list(values.values())[:_MOST_READINGS]]
        if len(stated) < 2:
            return stated
        cells = ", ".join(f"{quote(each.value.figure)} in {each.value.where}" for each in stated)
        doubt = f"Several cells could be it: {cells}."
        return [replace(each, doubts=(doubt, *each.doubts)) for each in stated]

    def _one(self, one: _Seen, seen: list[_Seen]) -> Stated:
        spot = one.spot
        beside = [each for each in seen if each.spot.row == spot.row and each.spot.captions == spot.captions]
        part, whole = (self._count(beside, role, one) for role in (Role.PART, Role.WHOLE))
        if self.asked.unit in _NOTES or not (part and whole):
            part = whole = ""
        text = self._typed(one, part, whole)
        value = FormValue(
            self.asked.code,
            figure=text,
            part=part,
            whole=whole,
            comment=self._comments(beside, one),
            where=spot.where,
        )
        doubts = (*one.doubts, *self._doubts(one))
        if spot.cell is not None and spot.cell.kind in _UNREADABLE:
            value = replace(value, figure="")
        mapping, mapped = self._by_place(spot)
        return Stated(value, doubts, reference=_other(one.when.span, one.doubts), mapping=mapping, mapped=mapped)

    def _doubts(self, one: _Seen) -> list[str]:
        spot, doubts = one.spot, []
        label = quote(" ".join(spot.labels) or spot.column.heading.text)
        if not spot.named.sure:
            doubts.append(f"{spot.where} stands at {label}, and that may not be what is asked for.")
        if spot.column.heading.beyond and not spot.column.named.codes:
            doubts.append(f"{spot.where} stands under {quote(spot.column.heading.text)}.")
        if above := speaks_against(spot.captions, self.place, self.asked.unit in _OF_SHARES):
            doubts.append(f"{_below(spot, above)}.")
        if spot.hidden:
            doubts.append(f"{spot.where} is hidden in your file.")
        match spot.cell.kind if spot.cell else None:
            case CellKind.FORMULA:
                doubts.append(
                    f"{spot.where} holds a formula and no result was saved with it. Open the file, save it and send"
                    " it again, or reply with the figure."
                )
            case CellKind.FAILED:
                doubts.append(f"{spot.where} holds a formula that failed. Reply with the figure.")
            case CellKind.CUT:
                doubts.append(f"The file ends with {quote(one.text)} in {spot.where}, in the middle of a row.")
            case CellKind.PARTED:
                doubts.append(
                    f"The row of {spot.where} has more values than there are headings: a comma within one may have"
                    " parted it."
                )
            case CellKind.STRUCK:
                doubts.append(f"{spot.where} is struck out in your file.")
            case CellKind.DATE if self.asked.unit not in _NOTES:
                doubts.append(f"{spot.where} holds the date {one.text}: a figure may have been turned into it.")
            case _:
                if self._wide_place(spot):
                    doubts.append(f"{spot.where} stands in the row of {quote(spot.place or '')}.")
        return doubts

    def _typed(self, one: _Seen, part: str = "", whole: str = "") -> str:
        """A figure as it would be typed in: a share of one is a percentage where the row's target or counts say so."""
        text, number = one.text, as_number(one.text)
        if self.asked.unit != Unit.PERCENT or number is None or not 0 < number <= 1:
            return text
        if not self._in_shares(one) and not _is_share(number, as_number(part), as_number(whole)):
            return text
        return f"{(number * 100).normalize():f}%"

    def _in_shares(self, one: _Seen) -> bool:
        """Whether the target in the same row is the target asked for, written as a share of one."""
        said = _NUMBER.search(self.asked.target)
        beside = as_number(one.spot.target)
        return said is not None and beside is not None and 0 < beside < 1 and beside * 100 == Decimal(said[0])

    def _count(self, beside: Iterable[_Seen], role: Role, one: _Seen) -> str:
        texts = {
            each.text
            for each in beside
            if each.spot.column.heading.role is role and each.when.time in (one.when.time, None) and each.text
        }
        return texts.pop() if len(texts) == 1 else ""

    def _comments(self, beside: Iterable[_Seen], one: _Seen | None) -> str:
        """What stands under a heading of comments for this time or for none."""
        times = (Time.WANTED, None) if one is None else (Time.WANTED, None, one.when.time)
        said = [each for each in beside if each.spot.column.heading.role is Role.COMMENT and each.when.time in times]
        return "\n".join(dict.fromkeys(each.text for each in said if each.text))

    def _only_words(self, seen: list[_Seen]) -> list[Stated]:
        """No cell holds a figure: the comments may, and are read as words."""
        rows: dict[str, tuple[_Seen, str]] = {}
        for one in seen:
            if one.spot.column.heading.role is Role.COMMENT and one.text and one.when.time in (Time.WANTED, None):
                rows.setdefault(one.text, (one, one.text))
        return [
            Stated(
                FormValue(self.asked.code, comment=text, where=one.spot.where),
                (*one.doubts, *self._doubts(one)),
            )
            for one, text in list(rows.values())[:_MOST_READINGS]
        ]

    # --- other times ---

    def _of_another_time(self, one: _Seen) -> Stated:
        said = quote(one.spot.time or one.spot.column.heading.text)
        doubt = next(iter(one.doubts), f"{one.spot.where} stands under {said}, and {self.frame.period} is asked for.")
        stated = self._one(replace(one, doubts=()), [one])
        basis = one.when.basis if one.when.time in (Time.TO_DATE, Time.ROLLING) else None
        return replace(stated, doubts=(doubt, *stated.doubts), basis=basis, reference=one.when.span)

    def _latest(self, seen: list[_Seen]) -> list[_Seen]:
        """Of other times the last two: who sent last quarter's table meant its last figures."""
        visible = [one for one in seen if not one.spot.hidden] or seen
        return visible[-2:]

    def _months(self, figures: list[_Seen]) -> list[Stated]:
        """The three months of the quarter, each once: added up where they may be, and confirmed once (RULES 8)."""
        parts = [one for one in figures if one.when.time is Time.PART and one.filled and one.when.span is not None]
        spans = sorted({one.when.span for one in parts if one.when.span}, key=lambda span: span.start)
        home = self.frame.home
        if home is None or len(parts) != 3 or not _make_up(spans, home):
            return self._some_months(parts)
        parts.sort(key=lambda one: one.when.span.start if one.when.span else home.start)
        numbers = [as_number(one.text.removeprefix(POUND)) for one in parts]
        told = ", ".join(f"{_month(one)} {one.text} ({one.spot.where})" for one in parts)
        value = FormValue(self.asked.code, where=", ".join(one.spot.where for one in parts))
        doubts = tuple(dict.fromkeys(doubt for one in parts for doubt in (*one.doubts, *self._doubts(one))))
        if self.asked.unit not in _SUMMED or any(number is None for number in numbers):
            why = f"The file gives months: {told}. They can't be added up: give the figure for {self.frame.period}."
            return [Stated(value, (why, *doubts))]
        total = sum((number for number in numbers if number is not None), Decimal(0))
        value = replace(value, figure=f"{total.normalize():f}", comment=self._comments(parts, parts[0]))
        place = f"in the row {quote(parts[0].spot.place)}, " if parts[0].spot.place else ""
        mapped = f"The file gives months, {place}{told}; together they are {total:f}. Is that the quarter's figure?"
        return [Stated(value, doubts, mapping=self._mapping(parts[0].spot, "months"), mapped=mapped)]

    def _some_months(self, parts: list[_Seen]) -> list[Stated]:
        if not parts:
            return []
        told = ", ".join(f"{_month(one)} {quote(one.text)} ({one.spot.where})" for one in parts[:6])
        why = f"The file gives parts of {self.frame.period} and not each of its months once: {told}."
        return [Stated(FormValue(self.asked.code, where=parts[0].spot.where), (why,))]

    # --- our row among others ---

    def _by_place(self, spot: Spot) -> tuple[str, str]:
        if not spot.place or not _is_a_place_column(spot) or self._wide_place(spot):
            return "", ""
        mapped = f"The file has a row for each place, and we took the row {quote(spot.place)}. Is that yours?"
        return self._mapping(spot, "row"), mapped

    def _wide_place(self, spot: Spot) -> bool:
        """A column of places where our own name is not known or is not the row's."""
        return bool(spot.place) and _is_a_place_column(spot) and not _same_place(spot.place or "", self.place)

    def _mapping(self, spot: Spot, way: str) -> str:
        """A file's shape for one measure: the next quarter's file of the same shape has the same name."""
        shape = (way, _plain(spot.place or ""), *(_plain(without_times(label)) for label in spot.labels))
        headed = _DIGITS.sub("", _plain(without_times(tidy_heading(spot.column.heading.text))))
        digest = hashlib.sha256("|".join((*shape, headed, self.asked.code)).encode()).hexdigest()
        return digest[:32]


def _below(spot: Spot, caption: str) -> str:
    """Where a cell stands, as its reader sees it: under a line, in a sheet, or in a file that names a time."""
    if caption not in spot.captions:
        return f"{spot.where} is in the file {quote(caption)}"
    placed = "in the sheet" if spot.where.startswith(f"{caption}!") else "below"
    return f"{spot.where} is {placed} {quote(caption)}"


def _is_share(number: Decimal, part: Decimal | None, whole: Decimal | None) -> bool:
    """Whether a number is its part of the whole, to a tenth of a point (RULES 3)."""
    return part is not None and bool(whole) and abs(part / (whole or Decimal(1)) - number) <= Decimal("0.001")


def _is_a_place_column(spot: Spot) -> bool:
    return spot.place is not None


def _is_visible(one: _Seen) -> bool:
    return not one.spot.hidden


def _is_sure(one: _Seen) -> bool:
    return one.spot.named.sure


def _is_plain(one: _Seen) -> bool:
    return not one.spot.column.heading.beyond and not one.doubts


def _kind(one: _Seen) -> str:
    return one.spot.cell.kind.value if one.spot.cell is not None and one.spot.cell.kind in _UNREADABLE else ""


def _other(span: Span | None, doubts: tuple[str, ...]) -> Span | None:
    return span if doubts else None


def _in_year(said: str, year: Span) -> str:
    return f"{said} {year.start.year}/{year.end.year % 100:02d}"


def _make_up(spans: list[Span], whole: Span) -> bool:
    """Whether months follow one another and are together the quarter asked for."""
    if len(spans) != 3 or spans[0].start != whole.start or spans[-1].end != whole.end:
        return False
    return all((later.start - earlier.end).days == 1 for earlier, later in pairwise(spans))


def _month(one: _Seen) -> str:
    span = one.when.span
    return MONTHS[span.start.month - 1] if span else one.spot.column.heading.text


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


def _same_place(text: str, place: str) -> bool:
    """A row's place is ours where our name is the whole of it, but for the words for what it is."""
    return bool(place) and place_words(text) == place_words(place)


_OF_A_PLACE = re.compile(
    r"\b(?:the|of|and|community|safety|partnership|csp|council|borough|district|city|county|unitary|authority|metropolitan"
    r"|london|royal|ua|la|local|area|police|division|lpa)\b"
)


def place_words(name: str) -> str:
    """A place's own name: "Medway" for "Medway Community Safety Partnership"."""
    return " ".join(_OF_A_PLACE.sub(" ", _plain(name)).split()) or _plain(name)

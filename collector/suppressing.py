"""Which figures of a publication must be suppressed so that no small count can be read or worked back. Pure.

A figure goes as a whole: its value, its counts and its percentage, since each of them gives the others away.

1. Small: a count from 1 to threshold - 1; of a share also its counts, and those on the other side (34 of 36 leaves 2).
2. Worked back from a total: where a part is suppressed, so is at least one more figure of the same sum. A sum of counts
   that stands alone keeps its total and gives up its smallest other parts, until what is suppressed adds up to enough
   for any of it to be any small number. Otherwise the total goes, and with it every total that it is a part of: what
   is suppressed is then bound by nothing that is published.
3. Worked back over time: figures of one measure that cover different days tell what happened between them (a half-year
   less its first quarter). One goes that would tell a stretch of a small count, or one that is suppressed itself.
   Counts to date never fall: a figure to date goes too where it and the last one shown would leave a suppressed one
   between them less room than "small" does.

Quarters are decided one after the other, and nothing hangs on a later one: what was published can't be called back.
The argument for 2 is in `_Quarter._keeping_total`; a solver in the tests tries to find out more than the mark says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from collector.domain.period import Quarter, Span
from collector.domain.publication import Cell
from collector.stretches import told


@dataclass(frozen=True)
class Counted:
    """The counts behind one figure that could show how few people it is about.

    `counts` is the figure itself where it is a count, numerator and denominator where it is a share; `other_side`
    says that what is left of the denominator is a count of people too (percentages, not rates).
    """

    counts: tuple[Decimal, ...]
    other_side: bool = False

    def is_small(self, threshold: int) -> bool:
        """Whether one of them is from 1 to threshold - 1 (in size: a change of -2 is two people)."""
        sizes = [abs(count) for count in self.counts]
        if self.other_side and len(sizes) == 2:
            sizes.append(abs(self.counts[1] - self.counts[0]))
        return any(0 < size < threshold for size in sizes)


@dataclass(frozen=True)
class Sum:
    """A figure that is the sum of others; of shares both counts add up."""

    total: Cell
    parts: tuple[Cell, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The total and its parts."""
        return (self.total, *self.parts)


def suppressed(
    figures: Mapping[Cell, Counted],
    sums: Sequence[Sum],
    days: Mapping[Cell, Span],
    threshold: int,
    unpublished: frozenset[Cell] = frozenset(),
    to_date: frozenset[Cell] = frozenset(),
) -> frozenset[Cell]:
    """The cells that must not be shown, of all the figures that are ever published.

    `days` are what the figures cover whose counts add up over time, `to_date` those that are counted from the year's
    start on, the first quarter's too. `unpublished` cells are kept out for another reason (embargoed, partnership
    only): they must not be worked back either.
    """
    hidden = set(unpublished)
    for period in sorted({cell.period for cell in figures}):
        ending = tuple(_of_known(each, figures) for each in sums if each.total.period == period)
        chained = _chained(days, to_date, period)
        quarter = _Quarter(period, figures, ending, days, to_date, chained, threshold, unpublished)
        hidden = quarter.decided(hidden)
    return frozenset(hidden - unpublished)


def _chained(days: Mapping[Cell, Span], to_date: frozenset[Cell], period: Quarter) -> frozenset[Cell]:
    """The figures of measures to date, or of which one covers other days than its quarter: they tell of each other.

    By what is known in that quarter, so that what was decided for it stays as it was.
    """
    by_then = [cell for cell in days if cell.period <= period]
    running = {cell.code for cell in by_then if cell in to_date or days[cell] != cell.period.span}
    return frozenset(cell for cell in by_then if cell.code in running)


def _of_known(each: Sum, figures: Mapping[Cell, Counted]) -> Sum:
    """A sum with the parts that there are."""
    return Sum(each.total, tuple(part for part in each.parts if part in figures))


@dataclass(frozen=True)
class _Quarter:
    """One quarter's decisions: `sums` are those whose total is this quarter's."""

    period: Quarter
    figures: Mapping[Cell, Counted]
    sums: tuple[Sum, ...]
    days: Mapping[Cell, Span]
    to_date: frozenset[Cell]
    chained: frozenset[Cell]
    threshold: int
    unpublished: frozenset[Cell]

    def decided(self, before: set[Cell]) -> set[Cell]:
        """Everything that is hidden up to this quarter, given what was hidden before it."""
        ours = {cell: counted for cell, counted in self.figures.items() if cell.period == self.period}
        hidden = before | {cell for cell, counted in ours.items() if counted.is_small(self.threshold)}
        while more := self._tells_between(hidden) or self._through_sums(hidden):
            hidden |= more
        return hidden

    def _tells_between(self, hidden: set[Cell]) -> set[Cell]:
        """A figure of this quarter that with others of its measure tells a stretch that must not be known."""
        for cell in sorted(cell for cell in self.chained if cell.period == self.period and cell not in hidden):
            shown = [each for each in self._of_measure(cell) if each not in hidden]
            before = told((self.days[each], self.figures[each].counts) for each in shown if each != cell)
            after = told((self.days[each], self.figures[each].counts) for each in shown)
            tells = any(self._must_not_be_known(cell, *each, hidden) for each in after.items() if each[0] not in before)
            if tells or self._leaves_little(cell, shown) or self._leaves_no_room(cell, shown, hidden):
                return {cell}
        return set()

    def _leaves_little(self, cell: Cell, shown: Sequence[Cell]) -> bool:
        """Whether what a figure covers beside the quarters that are shown comes to a small count together."""
        span = self.days[cell]
        within = [
            each for each in shown
            if each != cell and self.days[each] == each.period.span
            and span.start <= self.days[each].start and self.days[each].end <= span.end
        ]  # fmt: skip
        columns = zip(*(self.figures[each].counts for each in within), strict=True) if within else ()
        inside = [sum(column, Decimal(0)) for column in columns] or [Decimal(0)] * len(self.figures[cell].counts)
        rest = tuple(whole - part for whole, part in zip(self.figures[cell].counts, inside, strict=True))
        return Counted(rest, self.figures[cell].other_side).is_small(self.threshold)

    def _leaves_no_room(self, cell: Cell, shown: Sequence[Cell], hidden: set[Cell]) -> bool:
        """Whether a figure to date narrows one suppressed before it: at least the last shown, and at most itself."""
        chain = [
            each for each in self._of_measure(cell) if each in self.to_date and each.period.year == cell.period.year
        ]
        before = [each for each in chain if each in shown and each < cell]
        between = [each for each in chain if each in hidden and each < cell and (not before or each > before[-1])]
        if cell not in self.to_date or not between:
            return False
        now = self.figures[cell].counts
        # What is suppressed is at least 1; of a share one of the counts may be 0.
        least = self.figures[before[-1]].counts if before else (Decimal(1 if len(now) == 1 else 0),) * len(now)
        return any(high - low + 1 < self.threshold - 1 for low, high in zip(least, now, strict=True))

    def _of_measure(self, cell: Cell) -> list[Cell]:
        return sorted(each for each in self.chained if each.code == cell.code and each.period <= self.period)

    def _must_not_be_known(
        self, cell: Cell, stretch: tuple[date, date], counts: tuple[Decimal, ...], hidden: set[Cell]
    ) -> bool:
        if Counted(counts, self.figures[cell].other_side).is_small(self.threshold):
            return True
        gone = (self.days[each] for each in self._of_measure(cell) if each in hidden)
        return any(stretch == (span.start, span.end + timedelta(days=1)) for span in gone)

    def _through_sums(self, hidden: set[Cell]) -> set[Cell]:
        """What has to go so that the first sum that gives something away no longer does; nothing where none does."""
        for each in self.sums:
            gone = hidden.intersection(each.parts)
            if each.total in hidden:
                more = set() if gone else self._latest_part(each)
            elif gone:
                more = self._keeping_total(each, hidden)
            else:
                more = set()
            if more:
                return more
        return set()

    def _latest_part(self, each: Sum) -> set[Cell]:
        """A hidden total whose parts are all shown is their sum: one of this quarter's goes too, a zero at last."""
        ours = sorted(part for part in each.parts if part.period == self.period)
        return set(([part for part in ours if any(self.figures[part].counts)] or ours)[-1:])

    def _keeping_total(self, each: Sum, hidden: set[Cell]) -> set[Cell]:
        """Which more parts to suppress so that the total can stay; the total where it can't.

        The total and the parts that are shown give away what the suppressed ones come to together. With k of them, each
        at least 1, one can be anything from 1 to rest - (k - 1): nobody learns more than "small" about any of them as
        long as that reaches threshold - 1. That holds for counts of one quarter about which nothing else is known.
        """
        if not self._stands_alone(each):
            return {each.total}
        gone = [part for part in each.parts if part in hidden]
        spare = sorted(
            (part for part in each.parts if part not in hidden and self.figures[part].counts[0] > 0),
            key=lambda part: (self.figures[part].counts[0], part),
        )
        more: list[Cell] = []
        while not self._enough([*gone, *more]):
            if not spare:
                return {each.total}
            more.append(spare.pop(0))
        return set(more)

    def _stands_alone(self, each: Sum) -> bool:
        """Whether it is a sum of counts in one quarter, and none of its figures is in another sum or to date."""
        others = {cell for other in self.sums if other is not each for cell in other.cells}
        plainly = all(
            cell.period == self.period and len(self.figures[cell].counts) == 1 and self.figures[cell].counts[0] >= 0
            for cell in each.cells
        )
        return plainly and others.isdisjoint(each.cells) and (self.chained | self.unpublished).isdisjoint(each.cells)

    def _enough(self, cells: Sequence[Cell]) -> bool:
        together = sum(self.figures[cell].counts[0] for cell in cells)
        return len(cells) >= 2 and together - (len(cells) - 1) >= self.threshold - 1

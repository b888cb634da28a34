"""Which figures of a publication must be suppressed so that no small count can be read or worked back. Pure.

A figure goes as a whole: its value, its counts and its percentage, since each of them gives the others away.

1. Small: a count from 1 to threshold - 1; of a share also its counts, and those on the other side (34 of 36 leaves 2).
2. Worked back from a total: where a part is suppressed, so is at least one more figure of the same sum. A sum of counts
   that stands alone keeps its total and gives up its smallest other parts, until what is suppressed adds up to enough
   for any of it to be any small number. Otherwise the total goes, and with it every total that it is a part of: what
   is suppressed is then bound by nothing that is published.
3. Worked back over time: of figures to date those go that differ by a small count from the last published one of the
   same year.

Quarters are decided one after the other, and nothing hangs on a later one: what was published can't be called back.
The argument for 2 is in `_Quarter._keeping_total`; a solver in the tests tries to find out more than the mark says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from collector.domain.period import Quarter
from collector.domain.publication import Cell


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
    to_date: Sequence[Sequence[Cell]],
    threshold: int,
    unpublished: frozenset[Cell] = frozenset(),
) -> frozenset[Cell]:
    """The cells that must not be shown, of all the figures that are ever published.

    `to_date` are the figures of one measure to date in one year, the earliest first. `unpublished` cells are kept out
    for another reason (embargoed, partnership only): they must not be worked back either.
    """
    hidden = set(unpublished)
    chained = frozenset(cell for chain in to_date for cell in chain)
    for period in sorted({cell.period for cell in figures}):
        ending = tuple(_of_known(each, figures) for each in sums if each.total.period == period)
        quarter = _Quarter(period, figures, ending, to_date, chained, threshold, unpublished)
        hidden = quarter.decided(hidden)
    return frozenset(hidden - unpublished)


def _of_known(each: Sum, figures: Mapping[Cell, Counted]) -> Sum:
    """A sum with the parts that there are."""
    return Sum(each.total, tuple(part for part in each.parts if part in figures))


@dataclass(frozen=True)
class _Quarter:
    """One quarter's decisions: `sums` are those whose total is this quarter's."""

    period: Quarter
    figures: Mapping[Cell, Counted]
    sums: tuple[Sum, ...]
    to_date: Sequence[Sequence[Cell]]
    chained: frozenset[Cell]
    threshold: int
    unpublished: frozenset[Cell]

    def decided(self, before: set[Cell]) -> set[Cell]:
        """Everything that is hidden up to this quarter, given what was hidden before it."""
        ours = {cell: counted for cell, counted in self.figures.items() if cell.period == self.period}
        hidden = before | {cell for cell, counted in ours.items() if counted.is_small(self.threshold)}
        while more := self._too_near(hidden) or self._through_sums(hidden):
            hidden |= more
        return hidden

    def _too_near(self, hidden: set[Cell]) -> set[Cell]:
        """Figures to date that would show a small count as the difference from the last one that is published."""
        found = set()
        for chain in self.to_date:
            shown = [cell for cell in chain if cell not in hidden and cell.period <= self.period]
            if len(shown) > 1 and shown[-1].period == self.period and self._differ_little(shown[-2], shown[-1]):
                found.add(shown[-1])
        return found

    def _differ_little(self, before: Cell, now: Cell) -> bool:
        last, figure = self.figures[before], self.figures[now]
        grown = tuple(new - old for new, old in zip(figure.counts, last.counts, strict=False))
        return Counted(grown, figure.other_side).is_small(self.threshold)

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
        """A hidden total whose parts are all shown is their sum: one of this quarter's goes too, and never a zero."""
        ours = [part for part in each.parts if part.period == self.period and any(self.figures[part].counts)]
        return set(sorted(ours)[-1:])

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

"""Seeded random tables of small counts with totals, siblings, shares and figures to date, for the solver to attack."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from random import Random

from collector.domain.period import Quarter, Span
from collector.domain.publication import Cell
from collector.suppressing import Counted, Sum
from tests.support.recovering import Range, Row, bounds


@dataclass(frozen=True)
class Table:
    """Everything that is on the books of one small partnership, and how it hangs together."""

    figures: dict[Cell, Counted]
    sums: tuple[Sum, ...]
    chains: tuple[tuple[Cell, ...], ...]
    threshold: int

    @property
    def to_date(self) -> frozenset[Cell]:
        """What is counted from the year's start on."""
        return frozenset(cell for chain in self.chains for cell in chain)

    @property
    def days(self) -> dict[Cell, Span]:
        """What each figure covers whose counts add up over time."""
        return {
            cell: Span(date(cell.period.year, 4, 1), cell.period.span.end) if cell in self.to_date else cell.period.span
            for cell in self.figures
            if not cell.code.endswith("year")
        }


def random_table(seed: int) -> Table:
    """Wholes of some parts over some quarters; at times shares, to date, a year's totals, a total of wholes."""
    chance = Random(seed)
    quarters = [Quarter(2015, number) for number in range(1, chance.randint(1, 4) + 1)]
    wholes = [("A", chance.randint(2, 4))] + ([("B", chance.randint(2, 3))] if chance.random() < 0.4 else [])
    shares, running = chance.random() < 0.3, chance.random() < 0.3
    figures: dict[Cell, Counted] = {}
    sums: list[Sum] = []
    parts = [f"{name}{number}" for name, count in wholes for number in range(count)]
    so_far = dict.fromkeys(parts, (Decimal(0), Decimal(0)))
    for quarter in quarters:
        for part in parts:
            counts = _counts(chance, shares)
            before = so_far[part]
            so_far[part] = (before[0] + counts[0], before[1] + counts[-1]) if running else (counts[0], counts[-1])
            figures[Cell(quarter, part)] = Counted(so_far[part] if shares else so_far[part][:1], shares)
        for name, count in wholes:
            _add_up(figures, sums, Cell(quarter, name), [Cell(quarter, f"{name}{n}") for n in range(count)], shares)
        if len(wholes) > 1:
            _add_up(figures, sums, Cell(quarter, "All"), [Cell(quarter, name) for name, _ in wholes], shares)
    if len(quarters) == 4 and not running and chance.random() < 0.7:
        for code in ["A", *[f"A{n}" for n in range(wholes[0][1])]]:
            cells = [Cell(quarter, code) for quarter in quarters]
            _add_up(figures, sums, Cell(quarters[-1], f"{code} year"), cells, shares)
        yearly = [Cell(quarters[-1], f"A{n} year") for n in range(wholes[0][1])]
        sums.append(Sum(Cell(quarters[-1], "A year"), tuple(yearly)))
    codes = dict.fromkeys(cell.code for cell in figures)
    to_date = [tuple(Cell(quarter, code) for quarter in quarters) for code in codes] if running else []
    return Table(figures, tuple(sums), tuple(to_date), chance.choice((3, 5, 5, 5, 8)))


def _counts(chance: Random, shares: bool) -> tuple[Decimal, ...]:
    high = chance.choice((3, 6, 12, 60))
    top = chance.randint(0, high)
    return (Decimal(top), Decimal(top + chance.choice((0, 1, 3, 20, 40)))) if shares else (Decimal(top),)


def _add_up(figures: dict[Cell, Counted], sums: list[Sum], total: Cell, parts: list[Cell], shares: bool) -> None:
    added = tuple(sum(each, Decimal(0)) for each in zip(*(figures[part].counts for part in parts), strict=True))
    figures[total] = Counted(added, shares)
    sums.append(Sum(total, tuple(parts)))


def attacked(table: Table, hidden: frozenset[Cell]) -> list[tuple[Cell, int, Range]]:
    """What can be worked back of each hidden count: the cell, the count as it is, and the range that remains."""
    return [each for which in range(_width(table)) for each in _attacked(table, hidden, which)]


def _width(table: Table) -> int:
    return len(next(iter(table.figures.values())).counts)


def _attacked(table: Table, hidden: frozenset[Cell], which: int) -> list[tuple[Cell, int, Range]]:
    number = {cell: at for at, cell in enumerate(sorted(hidden))}
    value = {cell: int(counted.counts[which]) for cell, counted in table.figures.items()}
    # A zero is published where that can be, so that the attacker takes what is hidden for at least 1, and is told where
    # it is not; a share's numerator can be hidden and 0.
    lows = {at: 0 if _width(table) > 1 or not value[cell] else 1 for cell, at in number.items()}
    equal = [_row([(each.total, 1), *((part, -1) for part in each.parts)], number, value) for each in table.sums]
    least = [_row([(now, 1), (before, -1)], number, value) for chain in table.chains for before, now in pairwise(chain)]
    ranges = bounds([row for row in equal if row[0]], [row for row in least if row[0]], lows)
    return [(cell, value[cell], ranges[at]) for cell, at in number.items()]


def _row(terms: list[tuple[Cell, int]], number: dict[Cell, int], value: dict[Cell, int]) -> Row:
    unknown: dict[int, int] = {}
    known = 0
    for cell, factor in terms:
        if cell in number:
            unknown[number[cell]] = unknown.get(number[cell], 0) + factor
        else:
            known += factor * value[cell]
    return unknown, -known

"""Tries to work suppressed counts back from what is published: exact bounds by linear programming over fractions.

Knows nothing of how anything was suppressed: only what is shown, what adds up to what, that counts to date never fall,
and that what is hidden is a count.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

#: The factors of the unknowns, and the number that they come to. Whole numbers stay whole as long as they can.
Number = int | Fraction
Row = tuple[dict[int, int], int]


@dataclass(frozen=True)
class Range:
    """What an attacker knows of one hidden count; `high` is None where nothing bounds it from above."""

    low: int
    high: int | None

    def width(self) -> int | None:
        """How many counts are possible; None for no end of them."""
        return None if self.high is None else self.high - self.low + 1


def bounds(equal: Sequence[Row], least: Sequence[Row], lows: dict[int, int]) -> dict[int, Range]:
    """The range of each unknown: sums that are `equal` to a number, sums that are at `least` one, and each one's low.

    ValueError where nothing satisfies them all: then the publication contradicts itself.
    """
    found = {}
    for group in _components(sorted(lows), [row for row, _ in (*equal, *least)]):
        rows = [each for each in equal if set(each[0]) <= group]
        above = [each for each in least if set(each[0]) <= group]
        program = _Program(rows, above, {one: lows[one] for one in sorted(group)})
        for one in group:
            found[one] = program.range_of(one)
    return found


def _components(unknown: Sequence[int], rows: Sequence[dict[int, int]]) -> list[frozenset[int]]:
    """Unknowns that have nothing to do with each other are looked at apart."""
    groups = [frozenset([one]) for one in unknown]
    for row in rows:
        touched = [group for group in groups if not group.isdisjoint(row)]
        groups = [group for group in groups if group not in touched] + (
            [frozenset().union(*touched)] if touched else []
        )
    return groups


class _Program:
    """A linear program in a feasible corner; unknowns are counted from their lows. Simplex with Bland's rule."""

    def __init__(self, equal: Sequence[Row], least: Sequence[Row], lows: dict[int, int]) -> None:
        self._lows, self._place = lows, {name: at for at, name in enumerate(lows)}
        self._width = len(lows) + len(least)
        rows = [self._line(row, right, None) for row, right in equal]
        rows += [self._line(row, right, len(lows) + at) for at, (row, right) in enumerate(least)]
        wide = self._width + len(rows)
        table = [
            [*line[:-1], *(int(at == other) for other in range(len(rows))), line[-1]] for at, line in enumerate(rows)
        ]
        basis = list(range(self._width, wide))
        artificial: list[Number] = [*[0] * self._width, *[1] * len(rows)]
        if _least(table, basis, artificial) != 0:
            raise ValueError("nothing satisfies what is published")
        for at, held in enumerate(basis):
            if (
                held >= self._width
                and (other := next((n for n in range(self._width) if table[at][n]), None)) is not None
            ):
                _pivot(table, basis, at, other)
        kept = [at for at, held in enumerate(basis) if held < self._width]
        self._table = [[*table[at][: self._width], table[at][-1]] for at in kept]
        self._basis = [basis[at] for at in kept]

    def _line(self, row: dict[int, int], right: int, slack: int | None) -> list[Number]:
        line: list[Number] = [0] * self._width
        for name, factor in row.items():
            line[self._place[name]] = factor
        if slack is not None:
            line[slack] = -1
        rest = right - sum(factor * self._lows[name] for name, factor in row.items())
        return [*line, rest] if rest >= 0 else [*(-factor for factor in line), -rest]

    def range_of(self, name: int) -> Range:
        """The least and the greatest that an unknown can be."""
        low, negative = (self._least_of(name, sign) for sign in (1, -1))
        assert low is not None
        above = None if negative is None else self._lows[name] + floor(-negative)
        return Range(self._lows[name] + ceil(low), above)

    def _least_of(self, name: int, sign: int) -> Number | None:
        costs: list[Number] = [0] * self._width
        costs[self._place[name]] = sign
        return _least([list(row) for row in self._table], list(self._basis), costs)


def _least(table: list[list[Number]], basis: list[int], costs: list[Number]) -> Number | None:
    """The least cost, None where there is no end to it; the table ends in the corner where it is."""
    goal: list[Number] = [*costs, 0]
    for held, row in zip(basis, table, strict=True):
        if goal[held]:
            _take(goal, row, goal[held])
    while (column := next((n for n, gain in enumerate(goal[:-1]) if gain < 0), None)) is not None:
        ratios = [(Fraction(row[-1]) / row[column], basis[at], at) for at, row in enumerate(table) if row[column] > 0]
        if not ratios:
            return None
        at = min(ratios)[2]
        _pivot(table, basis, at, column)
        _take(goal, table[at], goal[column])
    return -goal[-1]


def _pivot(table: list[list[Number]], basis: list[int], at: int, column: int) -> None:
    factor = table[at][column]
    if factor == -1:
        table[at] = [-each for each in table[at]]
    elif factor != 1:
        table[at] = [Fraction(each) / factor for each in table[at]]
    for other, row in enumerate(table):
        if other != at and row[column]:
            _take(row, table[at], row[column])
    basis[at] = column


def _take(row: list[Number], other: list[Number], times: Number) -> None:
    """Take a row away from another, some times over."""
    for at, each in enumerate(other):
        if each:
            row[at] -= times * each

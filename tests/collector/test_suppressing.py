"""Small counts in a public table: what goes with them, and that nobody can work them back."""

from datetime import date
from decimal import Decimal
from itertools import product
from random import Random

import pytest

from collector.domain.period import Quarter, Span
from collector.domain.publication import Cell
from collector.suppressing import Counted, Sum, suppressed
from tests.support.public_tables import attacked, random_table
from tests.support.recovering import bounds

Q1, Q2, Q3 = (Quarter(2015, number) for number in (1, 2, 3))


def table(*parts: int, total: str = "A") -> tuple[dict[Cell, Counted], list[Sum]]:
    """A total and its parts A0, A1 ... in Q2."""
    cells = {Cell(Q2, f"A{at}"): Counted((Decimal(count),)) for at, count in enumerate(parts)}
    return cells | {Cell(Q2, total): Counted((Decimal(sum(parts)),))}, [Sum(Cell(Q2, total), tuple(cells))]


def gone(*parts: int) -> list[str]:
    """The codes that are suppressed at a threshold of 5."""
    figures, sums = table(*parts)
    return sorted(cell.code for cell in suppressed(figures, sums, {}, 5))


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((10, 20), []),
        ((0, 20), []),
        ((2, 20, 7), ["A0", "A2"]),
        ((2, 3, 20), ["A0", "A1"]),
        ((1, 2, 20), ["A0", "A1", "A2"]),
        ((4, 4, 20), ["A0", "A1"]),
        ((2, 0, 0), ["A", "A0"]),
        ((3, 0, 9), ["A0", "A2"]),
        ((5, 0), []),
        ((6, 1), ["A0", "A1"]),
        ((1, 1), ["A", "A0", "A1"]),
    ],
)
def test_a_small_part_takes_enough_of_its_siblings_with_it_or_else_the_total(
    parts: tuple[int, ...], expected: list[str]
) -> None:
    assert gone(*parts) == expected


@pytest.mark.parametrize(
    ("counts", "small"), [((3, 40), True), ((38, 40), True), ((40, 40), False), ((0, 40), False), ((1, 2), True)]
)
def test_a_share_is_small_on_either_side_of_its_counts(counts: tuple[int, int], small: bool) -> None:
    assert Counted(tuple(Decimal(count) for count in counts), other_side=True).is_small(5) is small


def test_a_figure_to_date_that_grew_by_a_small_count_is_not_shown_beside_the_one_before() -> None:
    chain = [Cell(quarter, "D") for quarter in (Q1, Q2, Q3)]
    figures = dict(zip(chain, (Counted((Decimal(count),)) for count in (10, 12, 15)), strict=True))
    assert suppressed(figures, (), {cell: so_far(cell.period) for cell in chain}, 5) == {chain[1]}


def so_far(period: Quarter) -> Span:
    return Span(date(period.year, 4, 1), period.span.end)


@pytest.mark.parametrize(
    ("counts", "covers", "gone"),
    [
        ((135, 137), (Q1.span, so_far(Q2)), [Q2]),
        ((135, 160), (Q1.span, so_far(Q2)), []),
        ((3, 160), (Q1.span, so_far(Q2)), [Q1]),
        ((135, 20, 157), (Q1.span, Q2.span, so_far(Q3)), [Q3]),
        ((135, 3, 160), (Q1.span, Q2.span, so_far(Q3)), [Q2]),
        ((135, 3, 60, 220), (Q1.span, Q2.span, Q3.span, so_far(Q3.next)), [Q2]),
        ((2, 6, 8), (Q1.span, Q2.span, so_far(Q3)), [Q1, Q3]),
        ((155, 3, 158), (so_far(Q1), Q2.span, so_far(Q2)), [Q2, Q3]),
    ],
    ids=["a half-year less its quarter", "enough between", "a quarter too small itself", "three that tell a fourth",
         "two together tell neither", "one unknown among two", "what two come to is small",
         "a suppressed quarter between two others"],
)  # fmt: skip
def test_figures_that_cover_different_days_do_not_tell_a_small_stretch_between_them(
    counts: tuple[int, ...], covers: tuple[Span, ...], gone: list[Quarter]
) -> None:
    cells = [Cell(quarter, "D") for quarter in (Q1, Q2, Q3, Q3.next)[: len(counts)]]
    figures = {cell: Counted((Decimal(count),)) for cell, count in zip(cells, counts, strict=True)}
    hidden = suppressed(figures, (), dict(zip(cells, covers, strict=True)), 5)
    assert sorted(cell.period for cell in hidden) == gone


def test_nobody_works_a_small_quarter_back_from_figures_of_quarters_and_of_the_year_so_far() -> None:
    looked_at = 0
    for seed in range(150):
        chance = Random(seed)
        quarters = [Q1, Q2, Q3]
        happened = [chance.choice((0, 1, 2, 3, 4, 5, 6, 7, 9)) for _ in quarters]
        runs = [chance.random() < 0.5 for _ in quarters]
        said = [sum(happened[: at + 1]) if runs[at] else happened[at] for at in range(3)]
        cells = [Cell(quarter, "D") for quarter in quarters]
        days = {
            cell: so_far(cell.period) if to_date else cell.period.span
            for cell, to_date in zip(cells, runs, strict=True)
        }
        hidden = suppressed({c: Counted((Decimal(n),)) for c, n in zip(cells, said, strict=True)}, (), days, 5)
        shown = [at for at in range(3) if cells[at] not in hidden]
        could_be = [
            guess
            for guess in product(range(12), repeat=3)
            if all((sum(guess[: at + 1]) if runs[at] else guess[at]) == said[at] for at in shown)
        ]
        for at in range(3):
            if 0 < happened[at] < 5:
                looked_at += 1
                assert len({guess[at] for guess in could_be}) >= 4, (seed, happened, runs, hidden)
    assert looked_at > 150


def test_what_is_embargoed_can_not_be_worked_back_from_its_total() -> None:
    figures, sums = table(40, 20)
    kept = frozenset({Cell(Q2, "A0")})
    assert suppressed(figures, sums, {}, 5, kept) == {Cell(Q2, "A")}


def test_an_embargoed_total_is_not_the_sum_of_what_is_shown() -> None:
    figures, sums = table(40, 20)
    assert suppressed(figures, sums, {}, 5, frozenset({Cell(Q2, "A")})) == {Cell(Q2, "A1")}


#: Tables on which a flat count to date, a first quarter to date or a total of zeros once gave a suppressed one away.
GAVE_AWAY = (2518, 3001, 3593, 3621, 4434, 4746, 4887, 5133, 8529, 9051, 9227, 9347, 9596, 9730)


def test_nobody_works_a_suppressed_count_back_in_a_thousand_random_tables() -> None:
    looked_at = 0
    for seed in (*range(1_000), *GAVE_AWAY):
        one = random_table(seed)
        hidden = suppressed(one.figures, one.sums, one.days, one.threshold, to_date=one.to_date)
        for cell, count, left in attacked(one, hidden):
            looked_at += 1
            width = left.width()
            assert left.low <= count, (seed, cell)
            assert width is None or width >= one.threshold - 1, (seed, cell, count, left)
    assert looked_at > 5_000


def test_a_count_to_date_that_stands_still_does_not_show_a_suppressed_one_before_it() -> None:
    chain = [Cell(Quarter(2015, number), "A") for number in (1, 2, 3)]
    figures = {cell: Counted((Decimal(count),)) for cell, count in zip(chain, (10, 10, 10), strict=True)}
    days = {cell: so_far(cell.period) for cell in chain}
    kept = frozenset({chain[1]})
    assert suppressed(figures, (), days, 5, kept, frozenset(chain)) == {chain[2]}


def test_the_solver_does_work_back_what_only_the_small_counts_were_taken_out_of() -> None:
    found = 0
    for seed in range(50):
        one = random_table(seed)
        small = frozenset(cell for cell, counted in one.figures.items() if counted.is_small(one.threshold))
        found += sum(left.width() == 1 and left.low == count for _, count, left in attacked(one, small))
    assert found > 20


def test_the_solver_finds_exact_bounds_also_where_sums_cross() -> None:
    # a + b = 7, a + c = 5, b + c = 6, which has one solution; d is bound by nothing.
    equal = [({0: 1, 1: 1}, 7), ({0: 1, 2: 1}, 5), ({1: 1, 2: 1}, 6)]
    found = bounds(equal, [], {0: 1, 1: 1, 2: 1, 3: 1})
    assert [(found[at].low, found[at].high) for at in range(4)] == [(3, 3), (4, 4), (2, 2), (1, None)]


def test_what_is_decided_for_a_quarter_is_the_same_once_later_quarters_are_in() -> None:
    for seed in range(200):
        one = random_table(seed)
        whole = suppressed(one.figures, one.sums, one.days, one.threshold, to_date=one.to_date)
        for number in (1, 2, 3):
            until = {cell: counted for cell, counted in one.figures.items() if cell.period.number <= number}
            sums = [each for each in one.sums if each.total in until]
            days = {cell: span for cell, span in one.days.items() if cell in until}
            then = suppressed(until, sums, days, one.threshold, to_date=one.to_date.intersection(until))
            assert then == {cell for cell in whole if cell in until}, seed

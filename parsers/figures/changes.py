"""Changes: how much more or less than before, signed, a reduction negative."""

from decimal import Decimal

from collector.domain.figure import plain
from parsers.figures import consistency
from parsers.figures.facts import Facts, same_kind
from parsers.figures.quantities import Quantity
from parsers.figures.units import Kind
from parsers.figures.verdict import Figure, Verdict, at, listed


def change_percent(facts: Facts) -> Verdict:
    """A signed change in per cent, given as such or as the levels it leads from and to."""
    changes = [c for c in facts.context.changes if c.kind is Kind.PERCENT]
    bare = same_kind(facts.direct, Kind.PERCENT)
    counts = same_kind(facts.direct, Kind.COUNT)
    amounts = list(dict.fromkeys(c.amount for c in changes)) + [q.value for q in bare if q.signed]
    bare = [q for q in bare if not q.signed]
    if len(facts.moves) > 1 or len(set(amounts)) + len(bare) > 1:
        figures = [Figure(c.amount, c.start, c.end) for c in changes] + [
            at(q) for q in same_kind(facts.direct, Kind.PERCENT)
        ]
        return Verdict(figures[:4], ["You gave several changes for it."] if figures else [])
    if any(c.contrary for c in changes):
        return Verdict(
            [Figure(c.amount, c.start, c.end) for c in changes], ["The sign and the word for the change disagree."]
        )
    levels = _levels(facts, counts)
    if amounts or bare:
        return _change_given(facts, amounts, bare, levels)
    if facts.moves and levels:
        move = facts.moves[0]
        computed = consistency.rounded(100 * (levels[1] - levels[0]) / levels[0], 1)
        note = f"{plain(levels[0])} to {plain(levels[1])} is {consistency.change_words(computed)}."
        return Verdict([Figure(computed, move.start, move.end, note=note)], supported=True)
    if counts:
        return Verdict([], [f"You gave {listed(counts)}; a change in per cent is asked for."])
    return Verdict()


def _levels(facts: Facts, counts: list[Quantity]) -> tuple[Decimal, Decimal] | None:
    """The level before and the level after, from "from 22 to 6" or from an earlier period's count beside today's."""
    if facts.moves:
        move = facts.moves[0]
        return (move.first.value, move.last.value) if move.first.kind is Kind.COUNT and move.first.value > 0 else None
    earlier = [s.what for s in facts.elsewhere if isinstance(s.what, Quantity) and s.what.kind is Kind.COUNT]
    if len(earlier) == 1 and len(counts) == 1 and earlier[0].value > 0:
        return earlier[0].value, counts[0].value
    return None


def _change_given(
    facts: Facts, amounts: list[Decimal], bare: list[Quantity], levels: tuple[Decimal, Decimal] | None
) -> Verdict:
    spots = [c for c in facts.context.changes if c.kind is Kind.PERCENT]
    quantities = same_kind(facts.direct, Kind.PERCENT)
    spot = spots[0] if spots else quantities[0]
    given = amounts[0] if amounts else bare[0].value
    start, end = spot.start, spot.end
    if levels is None and amounts:
        counts = same_kind(facts.direct, Kind.COUNT)
        beside = [q for q in counts if facts.sentence(q.start) == facts.sentence(start)]
        unclear = beside and not facts.settled
        doubts = [f"You also gave {listed(beside)}; nothing says how they go together."] if unclear else []
        return Verdict([Figure(given, start, end)], doubts)
    if levels is None:
        if given == 0:
            return Verdict([Figure(given, start, end)])
        both = [Figure(-given, start, end), Figure(given, start, end)]
        return Verdict(both, [f"You gave {plain(given)}% without saying whether it is a reduction or an increase."])
    falling = levels[1] < levels[0]
    signed = given if amounts else (-given if falling else given)
    agreed = consistency.change_with(signed, spot.decimals, *levels)
    start, end = min([start, *(m.start for m in facts.moves)]), max([end, *(m.end for m in facts.moves)])
    first = Figure(agreed.value, start, end, note=agreed.note)
    if agreed.other is None:
        return Verdict([first], supported=True)
    return Verdict([first, Figure(agreed.other, start, end)], [agreed.doubt])


_LEVELS = 2
"""A change is told by the level before and the level after."""


def change_of(facts: Facts, kind: Kind) -> Verdict:
    """A signed change in a kind of quantity."""
    figures = [Figure(c.amount, c.start, c.end) for c in facts.context.changes if c.kind is kind]
    figures += [Figure(m.last.value - m.first.value, m.start, m.end) for m in facts.moves if m.first.kind is kind]
    direct = same_kind(facts.direct, kind)
    figures += [at(q) for q in direct if q.signed]
    bare = [q for q in direct if not q.signed]
    if any(c.contrary for c in facts.context.changes):
        return Verdict(figures, ["The sign and the word for the change disagree."])
    if len({f.value for f in figures}) == 1 and not bare:
        return Verdict(figures[:1])
    made = [figure for figure in figures if levels_of(facts, figure)]
    if len({figure.value for figure in made}) == 1 and len({figure.value for figure in figures}) == 1:
        return Verdict(made[:1], supported=True)
    if figures:
        return Verdict(figures[:4], ["You gave several numbers for the change."])
    if len(bare) == 1 and bare[0].value == 0:
        return Verdict([at(bare[0])])
    if bare:
        return Verdict([], [f"You gave {listed(bare)} without saying whether it is a reduction or an increase."])
    return Verdict()


def levels_of(facts: Facts, change: Figure | Quantity) -> list[Quantity]:
    """The only two levels of its sentence, where they come to a change: "33 against 41, 8 fewer"."""
    start, end = facts.canvas.sentence_at(change.start)
    told = [*facts.previous(), *facts.context.compared, *same_kind(facts.direct, Kind.COUNT)]
    here = [q for q in told if start <= q.start < end and not q.signed and not change.start <= q.start < change.end]
    makes = len(here) == _LEVELS and here[1].value - here[0].value == change.value
    return here if makes else []

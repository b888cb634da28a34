"""From what a clause says to the figure in the unit asked for: what is certain, and what is asked."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import permutations

from collector.domain.figure import plain
from collector.domain.indicator import Unit
from parsers.figures import consistency
from parsers.figures.facts import Facts, same_kind
from parsers.figures.periods import Time
from parsers.figures.quantities import Fraction, Kind, Quantity

#: How a doubt begins that is about more than one figure.
SEVERAL = "You gave several"

_MONTHS_IN_A_QUARTER = 3


@dataclass(frozen=True)
class Figure:
    """One possible figure, in the unit asked for, and where it was read."""

    value: Decimal
    start: int
    end: int
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    note: str = ""


@dataclass
class Verdict:
    """The possible figures and what is doubtful about them. No figures: the words hold none in this unit."""

    figures: list[Figure] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    supported: bool = False


def judge(unit: str, facts: Facts) -> Verdict:
    """The figure that the words give in a unit."""
    match unit:
        case Unit.PERCENT:
            return _percent(facts)
        case Unit.CHANGE_PERCENT:
            return _change_percent(facts)
        case Unit.CHANGE_COUNT:
            return _change_count(facts)
        case Unit.RATE_PER_100K:
            return _rate(facts)
        case Unit.COUNT:
            return _count(facts)
        case Unit.GBP:
            return _lone(facts, Kind.MONEY)
        case Unit.DAYS:
            return _lone(facts, Kind.DAYS)
        case _:
            return _lone(facts, Kind.COUNT)


def _at(quantity: Quantity) -> Figure:
    return Figure(quantity.value, quantity.start, quantity.end)


def _listed(quantities: list[Quantity]) -> str:
    words = [str(q) for q in quantities[:6]]
    return ", ".join(words[:-1]) + f" and {words[-1]}" if len(words) > 1 else words[0]


def _several(quantities: list[Quantity], what: str = "figures") -> Verdict:
    return Verdict([_at(q) for q in quantities[:4]], [f"{SEVERAL} {what} for it: {_listed(quantities)}."])


def _with_moves(facts: Facts, *kinds: Kind) -> list[Quantity]:
    """Direct quantities, and of each "from this to that" the level it led to."""
    return same_kind([*facts.direct, *(move.last for move in facts.moves)], *kinds)


def _percent(facts: Facts) -> Verdict:
    percents = _with_moves(facts, Kind.PERCENT)
    fractions = list(dict.fromkeys((f.numerator, f.denominator) for f in facts.fractions))
    if len(percents) > 1:
        return _several(percents, "percentages")
    if len(fractions) > 1:
        listed = " and ".join(f"{plain(n)} of {plain(d)}" for n, d in fractions[:4])
        return Verdict([_at(q) for q in percents], [f"{SEVERAL} counts for it: {listed}."])
    if fractions:
        return _of_fraction(facts, percents, facts.fractions[0])
    if percents:
        return _percent_alone(facts, percents[0])
    return _no_percent(facts)


def _of_fraction(facts: Facts, percents: list[Quantity], fraction: Fraction) -> Verdict:
    top, bottom = fraction.numerator, fraction.denominator
    if bottom == 0 or top > bottom:
        why = "of nothing" if bottom == 0 else "more than the whole"
        return Verdict([_at(q) for q in percents], [f"You gave {fraction}, which is {why}."])
    beside = [
        q for q in facts.direct if q.kind is Kind.COUNT and facts.sentence(q.start) == facts.sentence(fraction.start)
    ]
    if not percents and len(beside) != 1:
        computed = consistency.percentage(top, bottom)
        note = f"{fraction} is {plain(computed)}%."
        return Verdict(
            [Figure(computed, fraction.start, fraction.end, top, bottom, note)], _unsure(fraction, beside), True
        )
    given = (percents or beside)[0]
    start, end = min(given.start, fraction.start), max(given.end, fraction.end)
    agreed = consistency.fraction_with(given.value, given.decimals, top, bottom)
    figure = Figure(agreed.value, start, end, top, bottom, agreed.note)
    if agreed.other is None:
        return Verdict([figure], supported=True)
    other = Figure(agreed.other, start, end, top, bottom)
    return Verdict([Figure(given.value, start, end), other], [agreed.doubt])


def _unsure(fraction: Fraction, beside: list[Quantity]) -> list[str]:
    """Why a fraction alone may not be the answer."""
    doubts = [f"You wrote {fraction}, which could also be a year."] if fraction.like_years else []
    return doubts + (
        [f"You gave {fraction} and also {_listed(beside)}; nothing says how they go together."] if beside else []
    )


def _percent_alone(facts: Facts, given: Quantity) -> Verdict:
    if given.value < 0 or given.value > 100:
        return Verdict([_at(given)], [f"You gave {given}; a percentage here runs from 0 to 100."])
    counts = _counts_beside(facts, given)
    if not counts:
        return Verdict([_at(given)])
    pair = _pair(counts, given)
    if pair is not None:
        start, end = min(given.start, pair[0].start), max(given.end, pair[0].end)
        return Verdict([Figure(given.value, start, end, pair[0].value, pair[1].value)], supported=True)
    if len(counts) == 1 and _bracketed(facts, given):
        if counts[0].end <= given.start:
            return Verdict([Figure(given.value, counts[0].start, given.end, counts[0].value)], supported=True)
        return Verdict([_at(given)])
    if len(counts) == 1 and facts.canvas.text[given.end : counts[0].start].strip() in ("(", "[", "(n=", "(n ="):
        return Verdict([_at(given)])
    return Verdict([_at(given)], [f"You gave {given} and also {_listed(counts)}; nothing says how they go together."])


def _counts_beside(facts: Facts, given: Quantity) -> list[Quantity]:
    here = facts.canvas.sentence(given.start)
    return [q for q in facts.direct if q.kind is Kind.COUNT and facts.canvas.sentence(q.start) == here]


def _pair(counts: list[Quantity], given: Quantity) -> tuple[Quantity, Quantity] | None:
    """The two counts whose fraction is exactly the percentage given, if there are just two counts."""
    if len(counts) != 2:
        return None
    for top, bottom in permutations(counts):
        if 0 < bottom.value >= top.value:
            agreed = consistency.fraction_with(given.value, given.decimals, top.value, bottom.value)
            if agreed.other is None and not agreed.note:
                return top, bottom
    return None


def _bracketed(facts: Facts, quantity: Quantity) -> bool:
    text = facts.canvas.text
    return text[: quantity.start].rstrip()[-1:] in ("(", "[") and text[quantity.end :].lstrip()[:1] in (")", "]")


def _no_percent(facts: Facts) -> Verdict:
    lone = _with_moves(facts, Kind.COUNT)
    if facts.context.changes:
        return Verdict([], ["You gave a change; the percentage itself is asked for."])
    if len(lone) != 1:
        return Verdict([], [f"You gave {_listed(lone)}; a percentage is asked for."] if lone else [])
    given = lone[0]
    if Decimal(0) < given.value < 1 and given.decimals:
        times = given.value * 100
        doubt = f"You wrote {given.words}, which could be {plain(times)}% or {plain(given.value)}%."
        return Verdict([Figure(times, given.start, given.end), _at(given)], [doubt])
    readable = [_at(given)] if 0 <= given.value <= 100 else []
    return Verdict(readable, [f"You gave {plain(given.value)} without a per cent sign; a percentage is asked for."])


def _change_percent(facts: Facts) -> Verdict:
    changes = [c for c in facts.context.changes if c.kind is Kind.PERCENT]
    bare = same_kind(facts.direct, Kind.PERCENT)
    counts = same_kind(facts.direct, Kind.COUNT)
    amounts = list(dict.fromkeys(c.amount for c in changes)) + [q.value for q in bare if q.signed]
    bare = [q for q in bare if not q.signed]
    if len(facts.moves) > 1 or len(set(amounts)) + len(bare) > 1:
        figures = [Figure(c.amount, c.start, c.end) for c in changes] + [
            _at(q) for q in same_kind(facts.direct, Kind.PERCENT)
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
        return Verdict([], [f"You gave {_listed(counts)}; a change in per cent is asked for."])
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
        doubts = [f"You also gave {_listed(beside)}; nothing says how they go together."] if beside else []
        return Verdict([Figure(given, start, end)], doubts)
    if levels is None:
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


def _change_count(facts: Facts) -> Verdict:
    figures = [Figure(c.amount, c.start, c.end) for c in facts.context.changes if c.kind is Kind.COUNT]
    figures += [Figure(m.last.value - m.first.value, m.start, m.end) for m in facts.moves if m.first.kind is Kind.COUNT]
    direct = same_kind(facts.direct, Kind.COUNT)
    figures += [_at(q) for q in direct if q.signed]
    bare = [q for q in direct if not q.signed]
    if any(c.contrary for c in facts.context.changes):
        return Verdict(figures, ["The sign and the word for the change disagree."])
    if len({f.value for f in figures}) == 1 and not bare:
        return Verdict(figures[:1])
    if figures:
        return Verdict(figures[:4], ["You gave several numbers for the change."])
    if len(bare) == 1 and bare[0].value == 0:
        return Verdict([_at(bare[0])])
    if bare:
        return Verdict([], [f"You gave {_listed(bare)} without saying whether it is a reduction or an increase."])
    return Verdict()


def _rate(facts: Facts) -> Verdict:
    rates = _with_moves(facts, Kind.RATE)
    counts = same_kind(facts.direct, Kind.COUNT)
    if len(rates) > 1:
        return _several(rates, "rates")
    if not rates and not counts:
        return Verdict()
    if not rates:
        doubt = f"You gave {_listed(counts)} without 'per 100,000'; a rate per 100,000 is asked for."
        return Verdict([_at(q) for q in counts[:4]], [doubt])
    given = rates[0]
    beside = _counts_beside(facts, given)
    if len(beside) == 1 and _bracketed(facts, given):
        return Verdict([Figure(given.value, beside[0].start, given.end, beside[0].value)], supported=True)
    if beside:
        return Verdict(
            [_at(given)], [f"You gave {given} and also {_listed(beside)}; nothing says how they go together."]
        )
    return Verdict([_at(given)])


def _count(facts: Facts) -> Verdict:
    counts = _with_moves(facts, Kind.COUNT)
    if len(counts) > 1:
        return _several(counts)
    if facts.fractions:
        first = facts.fractions[0]
        parts = [Figure(first.numerator, first.start, first.end), Figure(first.denominator, first.start, first.end)]
        return Verdict([_at(q) for q in counts] + parts, [f"You gave {first}; one number is asked for."])
    if not counts:
        return _no_count(facts)
    given = counts[0]
    if given.value < 0 or given.value != given.value.to_integral_value():
        return Verdict([_at(given)], [f"You gave {plain(given.value)}; a whole number is asked for."])
    others = [
        q for q in facts.direct if q.kind is not Kind.COUNT and facts.sentence(q.start) == facts.sentence(given.start)
    ]
    doubts = _months_against(facts, given)
    doubts += (
        [f"You gave {plain(given.value)} and also {_listed(others)}; nothing says how they go together."]
        if others
        else []
    )
    return Verdict([_at(given)], doubts)


def _months_against(facts: Facts, given: Quantity) -> list[str]:
    """The figures of the quarter's three months beside a total that they do not add up to."""
    months = [
        said.what.value
        for said in facts.elsewhere
        if isinstance(said.what, Quantity) and said.mention and said.mention.time is Time.PART
    ]
    if len(months) != _MONTHS_IN_A_QUARTER or sum(months) == given.value:
        return []
    added = " + ".join(plain(month) for month in months)
    return [f"You gave {plain(given.value)} and also {added}, which is {plain(sum(months, Decimal(0)))}."]


def _no_count(facts: Facts) -> Verdict:
    if facts.direct:
        return Verdict([], [f"You gave {_listed(facts.direct)}; a count is asked for."])
    if facts.context.changes:
        return Verdict([], ["You gave a change; the number itself is asked for."])
    return Verdict()


def _lone(facts: Facts, kind: Kind) -> Verdict:
    """Units in which only a number that stands alone is certain."""
    quantities = _with_moves(facts, *Kind)
    if len(quantities) > 1 or (quantities and facts.fractions):
        return _several(quantities)
    if not quantities:
        return Verdict()
    given = quantities[0]
    fitting = given.kind in (kind, Kind.COUNT) and not _other_days(given, facts)
    return Verdict(
        [_at(given)], [] if fitting else [f"You gave {given}; it is not clear how that fits what is asked for."]
    )


def _other_days(given: Quantity, facts: Facts) -> bool:
    """Working days are other days than days, unless that is what was asked for."""
    return re.search(r"\b(?:working|calendar)\b", given.words, re.I) is not None

"""From what a clause says to the figure in the unit asked for: what is certain, and what is asked."""

import re
from dataclasses import replace
from decimal import Decimal
from itertools import permutations

from collector.domain.figure import plain
from parsers.figures import consistency
from parsers.figures.changes import change_of, change_percent
from parsers.figures.facts import Facts, same_kind
from parsers.figures.portions import part_that_makes
from parsers.figures.quantities import Fraction, Quantity
from parsers.figures.units import Kind, Wanted
from parsers.figures.verdict import SEVERAL, Figure, Verdict, at, listed, several, unclear, with_moves


def judge(wanted: Wanted, facts: Facts) -> Verdict:
    """The figure that the words give in a unit."""
    if wanted.change:
        return change_percent(facts) if wanted.kind is Kind.PERCENT else change_of(facts, wanted.kind)
    match wanted.kind:
        case Kind.PERCENT:
            return _percent(facts, wanted)
        case Kind.POINTS:
            return _points(facts)
        case Kind.RATE:
            return _rate(facts, wanted)
        case Kind.COUNT if wanted.known:
            return _count(facts, wanted)
        case _:
            return _measured(facts, wanted)


_MOST = 120


def _percent(facts: Facts, wanted: Wanted) -> Verdict:
    percents = with_moves(facts, Kind.PERCENT)
    fractions = list(dict.fromkeys((f.numerator, f.denominator) for f in facts.fractions))
    if len(percents) > 1:
        return several(percents, "percentages")
    if len(fractions) > 1:
        listed = " and ".join(f"{plain(n)} of {plain(d)}" for n, d in fractions[:4])
        return Verdict([at(q) for q in percents], [f"{SEVERAL} counts for it: {listed}."])
    if fractions:
        return _of_fraction(facts, percents, facts.fractions[0])
    if percents:
        return _percent_alone(facts, percents[0], _MOST if wanted.over_all else 100)
    return _no_percent(facts)


def _of_fraction(facts: Facts, percents: list[Quantity], fraction: Fraction) -> Verdict:
    if percents and _is_turned(facts, fraction, percents[0]):
        fraction = replace(fraction, numerator=fraction.denominator, denominator=fraction.numerator)
    top, bottom = fraction.numerator, fraction.denominator
    if bottom == 0 or top > bottom:
        why = "of nothing" if bottom == 0 else "more than the whole"
        return Verdict([at(q) for q in percents], [f"You gave {fraction}, which is {why}."])
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
    part = part_that_makes(facts, given, fraction)
    if part is not None:
        return Verdict([Figure(given.value, start, end, part.value, top)], supported=True)
    other = Figure(agreed.other, start, end, top, bottom)
    return Verdict([Figure(given.value, start, end), other], [agreed.doubt])


def _is_turned(facts: Facts, fraction: Fraction, given: Quantity) -> bool:
    """Whether the whole stands first, as the percentage beside it shows: "242 / 238 / 98%"."""
    top, bottom = fraction.denominator, fraction.numerator
    if " / " not in facts.canvas.text[fraction.start : fraction.end]:
        return False
    return 0 < top < bottom and consistency.fraction_with(given.value, given.decimals, top, bottom).other is None


def _unsure(fraction: Fraction, beside: list[Quantity]) -> list[str]:
    """Why a fraction alone may not be the answer."""
    doubts = [f"You wrote {fraction}, which could also be a year."] if fraction.like_years else []
    return doubts + (
        [f"You gave {fraction} and also {listed(beside)}; nothing says how they go together."] if beside else []
    )


def _percent_alone(facts: Facts, given: Quantity, most: int) -> Verdict:
    if given.value < 0 or given.value > most:
        return Verdict([at(given)], [f"You gave {given}; a percentage here runs from 0 to 100."])
    counts = _counts_beside(facts, given)
    if not counts:
        return Verdict([at(given)])
    pair = _pair(counts, given) or _pair([*_whole_before(facts, given), *counts], given)
    if pair is not None:
        start, end = min(given.start, pair[0].start), max(given.end, pair[0].end)
        return Verdict([Figure(given.value, start, end, pair[0].value, pair[1].value)], supported=True)
    share = _share_of_both(counts, given)
    if share is not None:
        start, end = min(given.start, share.start), max(given.end, share.end)
        return Verdict(
            [Figure(given.value, start, end, share.value, sum((q.value for q in counts), Decimal(0)))], supported=True
        )
    if sum(q.value for q in counts) == given.value and len(counts) > 1:
        # "3.9% (NEET 2.7, not known 1.2)": its parts, without their per cent signs.
        return Verdict([at(given)], supported=True)
    if len(counts) == 1 and _bracketed(facts, given):
        if counts[0].end <= given.start:
            return Verdict([Figure(given.value, counts[0].start, given.end, counts[0].value)], supported=True)
        return Verdict([at(given)])
    if len(counts) == 1 and facts.canvas.text[given.end : counts[0].start].strip() in ("(", "[", "(n=", "(n ="):
        return Verdict([at(given)])
    return Verdict([at(given)], [] if facts.settled else [unclear(given, counts)])


def _counts_beside(facts: Facts, given: Quantity) -> list[Quantity]:
    """Counts in a figure's sentence, those called a part of others too: "of these 117 (81%)"."""
    here = facts.canvas.sentence(given.start)
    said = [*facts.direct, *facts.context.parts]
    return [q for q in said if q.kind is Kind.COUNT and facts.canvas.sentence(q.start) == here]


def _whole_before(facts: Facts, given: Quantity) -> list[Quantity]:
    """The count that "of these" takes up from the sentence before."""
    if _OF_THESE.match(facts.sentence(given.start)) is None:
        return []
    before = facts.canvas.sentence(given.start) - 1
    return [q for q in facts.direct if q.kind is Kind.COUNT and facts.canvas.sentence(q.start) == before]


_OF_THESE = re.compile(r"\W*of (?:these|those|them|which)\b", re.I)


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


def _share_of_both(counts: list[Quantity], given: Quantity) -> Quantity | None:
    """The one of two counts that is the percentage of both together: "584 did and 4,004 did not, i.e. 12.7%"."""
    total = sum((q.value for q in counts), Decimal(0))
    if len(counts) != _BOTH or not given.decimals or not total:
        return None
    shares = (q for q in counts if consistency.rounded(100 * q.value / total, given.decimals) == given.value)
    return next(shares, None)


_BOTH = 2


def _bracketed(facts: Facts, quantity: Quantity) -> bool:
    text = facts.canvas.text
    return text[: quantity.start].rstrip()[-1:] in ("(", "[") and text[quantity.end :].lstrip()[:1] in (")", "]")


def _no_percent(facts: Facts) -> Verdict:
    lone = with_moves(facts, Kind.COUNT)
    if facts.settled and len(lone) == 1:
        return Verdict([at(lone[0])])
    if facts.context.changes:
        return Verdict([], ["You gave a change; the percentage itself is asked for."])
    if len(lone) != 1:
        return Verdict([], [f"You gave {listed(lone)}; a percentage is asked for."] if lone else [])
    given = lone[0]
    if Decimal(0) < given.value < 1 and given.decimals:
        times = given.value * 100
        doubt = f"You wrote {given.words}, which could be {plain(times)}% or {plain(given.value)}%."
        return Verdict([Figure(times, given.start, given.end), at(given)], [doubt])
    readable = [at(given)] if 0 <= given.value <= 100 else []
    return Verdict(readable, [f"You gave {plain(given.value)} without a per cent sign; a percentage is asked for."])


def _points(facts: Facts) -> Verdict:
    """Percentage points: a gap as it is, or a change with its sign."""
    gaps = same_kind(facts.direct, Kind.POINTS)
    changes = [c for c in facts.context.changes if c.kind is Kind.POINTS]
    if gaps and changes:
        return Verdict([at(q) for q in gaps], [f"You gave {listed(gaps)} and also a change."])
    if changes:
        return change_of(facts, Kind.POINTS)
    if len(gaps) > 1:
        return several(gaps)
    if gaps:
        return Verdict([at(gaps[0])])
    percents = with_moves(facts, Kind.PERCENT, Kind.COUNT)
    if percents:
        return Verdict(
            [at(q) for q in percents[:4]], [f"You gave {listed(percents)}; percentage points are asked for."]
        )
    return Verdict([], ["You gave a change; percentage points are asked for."] if facts.context.changes else [])


def _rate(facts: Facts, wanted: Wanted) -> Verdict:
    rates = with_moves(facts, Kind.RATE)
    counts = with_moves(facts, Kind.COUNT)
    per = f"per {plain(wanted.scale)}"
    if len(rates) > 1:
        return several(rates, "rates")
    if not rates and not counts:
        return Verdict()
    if not rates and facts.settled:
        return Verdict([at(counts[0])])
    if not rates:
        return Verdict(
            [at(q) for q in counts[:4]], [f"You gave {listed(counts)} without '{per}'; a rate {per} is asked for."]
        )
    given = rates[0]
    if given.scale != wanted.scale:
        turned = Figure(given.value * wanted.scale / given.scale, given.start, given.end)
        return Verdict([turned, at(given)], [f"You gave {given}; a rate {per} is asked for."])
    beside = _counts_beside(facts, given)
    if len(beside) == 1 and _bracketed(facts, given):
        return Verdict([Figure(given.value, beside[0].start, given.end, beside[0].value)], supported=True)
    return Verdict([at(given)], [unclear(given, beside)] if beside and not facts.settled else [])


_AVERAGED = re.compile(r"\b(?:average|mean|median)\b", re.I)


def _count(facts: Facts, wanted: Wanted) -> Verdict:
    counts = with_moves(facts, Kind.COUNT)
    if len(counts) > 1:
        return several(counts)
    if facts.fractions:
        first = facts.fractions[0]
        parts = [Figure(first.numerator, first.start, first.end), Figure(first.denominator, first.start, first.end)]
        return Verdict([at(q) for q in counts] + parts, [f"You gave {first}; one number is asked for."])
    if not counts:
        return _no_count(facts)
    given = counts[0]
    averaged = _AVERAGED.search(f"{wanted.words} {facts.sentence(given.start)}") is not None
    if given.value < 0 or (given.value != given.value.to_integral_value() and not averaged):
        return Verdict([at(given)], [f"You gave {plain(given.value)}; a whole number is asked for."])
    others = [
        q for q in facts.direct if q.kind is not Kind.COUNT and facts.sentence(q.start) == facts.sentence(given.start)
    ]
    doubts = [unclear(given, others)] if others and not facts.settled else []
    return Verdict([at(given)], doubts)


def _no_count(facts: Facts) -> Verdict:
    if facts.direct:
        return Verdict([], [f"You gave {listed(facts.direct)}; a count is asked for."])
    if facts.context.changes:
        return Verdict([], ["You gave a change; the number itself is asked for."])
    return Verdict()


def _measured(facts: Facts, wanted: Wanted) -> Verdict:
    """Lengths of time, weights, money, staff, ranks, and units nobody told us about."""
    fitting = with_moves(facts, wanted.kind)
    bare = with_moves(facts, Kind.COUNT) if wanted.kind is not Kind.COUNT else []
    turned = {q: value for q in fitting if (value := in_unit(q, wanted)) is not None}
    if len(set(turned.values())) > 1:
        return Verdict(
            [_turned(q, value) for q, value in list(turned.items())[:4]],
            [f"{SEVERAL} figures for it: {listed(fitting)}."],
        )
    if turned:
        given, value = next(iter(turned.items()))
        return Verdict([_turned(given, value)], _other_unit(given, wanted))
    if fitting:
        return Verdict([], [f"You gave {listed(fitting)}; the figure is asked for in {wanted.words}."])
    if facts.fractions and bare:
        return several(bare)
    if len(bare) > 1:
        return several(bare)
    if bare:
        given = bare[0]
        return Verdict([at(given)], [] if facts.settled else [f"You gave {given}; {wanted.words} is asked for."])
    others = with_moves(facts, *Kind)
    if others:
        doubt = f"You gave {listed(others)}; it is not clear how that fits what is asked for."
        return Verdict([at(q) for q in others[:4]], [doubt])
    return Verdict()


def _turned(quantity: Quantity, value: Decimal) -> Figure:
    return Figure(value, quantity.start, quantity.end)


_HOUR = Decimal(3600)


def in_unit(quantity: Quantity, wanted: Wanted) -> Decimal | None:
    """A quantity's value in the unit asked for; None where it can't be turned into it, as months into days."""
    if quantity.kind not in (Kind.TIME, Kind.WEIGHT):
        return quantity.value / wanted.scale if quantity.kind is Kind.MONEY else quantity.value
    if quantity.scale == wanted.scale:
        return quantity.value
    if quantity.scale <= 0 or wanted.scale <= 0:
        return None
    seconds = quantity.value * quantity.scale
    if ":" in quantity.words and quantity.words.count(":") == 1 and wanted.scale >= _HOUR:
        # Where hours are asked for, "7:35" is hours and minutes.
        seconds *= 60
    return (seconds / wanted.scale).quantize(_EXACT).normalize()


_EXACT = Decimal("1e-10")
"""What is turned into another unit is as exact as it was given: 8 min 14 s is 8.2333333333 minutes."""
_WORKING = re.compile(r"\bworking\b", re.I)
_A_DAY = Decimal(86_400)


def _other_unit(given: Quantity, wanted: Wanted) -> list[str]:
    """Working days are no weeks and no hours; as days they are taken at their word."""
    if not _WORKING.search(given.words) or wanted.scale == _A_DAY:
        return []
    return [f"You gave {given}; it is not clear how that fits what is asked for."]

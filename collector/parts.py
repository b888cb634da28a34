"""Several contributors to one figure: the whole is put together from its parts, and never reported by itself. Pure.

Counts are added up; percentages and rates only come from the sums of their counts (RULES 2). The whole exists when
every part is in: until then it is said which are out. What is derived here is stored nowhere but in a lock's snapshot.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from collector.domain.figure import Figure, FigureStatus, Reported, Source, plain
from collector.domain.indicator import SHARES, Definition, Unit
from collector.domain.partnership import Partnership
from collector.domain.period import Quarter
from collector.domain.signing import Restated
from collector.wording import figure_words, status_words, to_a_tenth, value_words

#: The door and the reader of a figure that nobody sent.
DERIVED = "parts"
_READER = "the sum of its parts"


@dataclass(frozen=True)
class Whole:
    """What the parts of an indicator come to: the figure, or None while it can't exist; `words` show how, or why not.

    "312 = 201 Kent Police + 111 Medway Council"; "2 of 3 parts in, outstanding: Kent Fire".
    """

    reported: Reported | None
    words: str


def put_together(
    definition: Definition, defined: Mapping[str, Definition], figures: Mapping[str, Figure], period: Quarter
) -> Whole:
    """The whole of a quarter; `defined` and `figures` are the quarter's, by code."""
    parts = parts_of(definition, defined)
    said = {part.code: figures[part.code].reported for part in parts if part.code in figures}
    return _whole(definition, parts, said, period)


def parts_of(definition: Definition, defined: Mapping[str, Definition]) -> list[Definition]:
    """The definitions of a whole's parts, in the file's order."""
    return [defined[code] for code in definition.parts if code in defined]


def named_parts(definition: Definition, defined: Mapping[str, Definition]) -> str:
    """The parts as people are told them: "AE01-police (Kent Police) and AE01-council (Medway Council)"."""
    named = [f"{part.code} ({part.part})" for part in parts_of(definition, defined)]
    return " and ".join((", ".join(named[:-1]), named[-1])) if len(named) > 1 else "".join(named)


def whole_of(definition: Definition, defined: Mapping[str, Definition]) -> Definition | None:
    """The whole that a definition is a part of."""
    found = defined.get(definition.indicator) if definition.part else None
    return found if found is not None and definition.code in found.parts else None


def with_wholes(partnership: Partnership, period: Quarter, figures: Mapping[str, Figure]) -> Mapping[str, Figure]:
    """A quarter's figures with every whole that exists; a figure of its own that a whole may have had before is not."""
    wholes = partnership.wholes(period)
    if not wholes:
        return figures
    defined = partnership.in_force(period)
    found = {code: figure for code, figure in figures.items() if code not in {whole.code for whole in wholes}}
    for definition in wholes:
        reported = put_together(definition, defined, figures, period).reported
        parts = [figures[code] for code in definition.parts if code in figures]
        if reported is not None:
            found[definition.code] = _figure(reported, parts)
    return found


def with_earlier_wholes(
    partnership: Partnership, history: Mapping[Quarter, Mapping[str, Figure]]
) -> Mapping[Quarter, Mapping[str, Figure]]:
    """Earlier quarters with their wholes; a whole that was loaded for a quarter of which no part is known stands."""
    found = {}
    for period, figures in history.items():
        told = dict(with_wholes(partnership, period, figures))
        for whole in partnership.wholes(period):
            if whole.code in figures and not any(code in figures for code in whole.parts):
                told[whole.code] = figures[whole.code]
        found[period] = told
    return found


def _figure(reported: Reported, parts: Sequence[Figure]) -> Figure:
    """The whole as a figure: it is as new as its latest part, and another version whenever a part is."""
    latest = max(parts, key=lambda part: part.source.recorded_at).source
    source = Source(
        submission=latest.submission,
        person="",
        door=DERIVED,
        said_at=max(part.source.said_at for part in parts),
        received_at=max(part.source.received_at for part in parts),
        recorded_at=latest.recorded_at,
        reader=_READER,
    )
    return Figure(reported, source, version=sum(part.version for part in parts))


def _whole(definition: Definition, parts: Sequence[Definition], said: Mapping[str, Reported], period: Quarter) -> Whole:
    held = [(part, said[part.code]) for part in parts if part.code in said]
    out = [part.part for part in parts if part.code not in said]
    left = [part for part, each in held if each.status is FigureStatus.NOT_APPLICABLE]
    without = [(part, each) for part, each in held if each.value is None and part not in left]
    if out or without:
        return Whole(None, _waiting(len(held), len(parts), out, without))
    told = [(part, each) for part, each in held if part not in left]
    beside = f"; not applicable: {', '.join(part.part for part in left)}" if left else ""
    if not told:
        nothing = Reported(definition.code, period, FigureStatus.NOT_APPLICABLE, basis=definition.basis)
        return Whole(nothing, f"not applicable: {', '.join(part.part for part in left)}")
    if why := _why_not_added(definition, told):
        return Whole(None, f"{len(held)} of {len(parts)} parts in, and they can't be put together: {why}")
    reported = _added(definition, [each for _, each in told], period)
    arithmetic = " + ".join(_part_words(part, each) for part, each in told)
    return Whole(reported, f"{_total_words(reported, definition)} = {arithmetic}{beside}")


def _waiting(count: int, of: int, out: Sequence[str], without: Sequence[tuple[Definition, Reported]]) -> str:
    outstanding = f", outstanding: {', '.join(out)}" if out else ""
    reasons = "".join(f"; {part.part}: {status_words(each)}" for part, each in without)
    return f"{count} of {of} parts in{outstanding}{reasons}"


def _why_not_added(definition: Definition, told: Sequence[tuple[Definition, Reported]]) -> str:
    """Why figures that are all there make no whole; "" where they do."""
    for part, each in told:
        if definition.unit in SHARES and (each.numerator is None or not each.denominator):
            return f"no counts from {part.part}, and a share is never averaged"
    (first, one), *others = told
    for part, each in others:
        if (each.basis, each.reference) != (one.basis, one.reference):
            ways = [
                f"{named.part} gave {figure_words(said, named.unit)}" for named, said in ((first, one), (part, each))
            ]
            return f"they cover other days: {'; '.join(ways)}"
    return ""


def _added(definition: Definition, told: Sequence[Reported], period: Quarter) -> Reported:
    status = FigureStatus.REPORTED
    if any(each.status is FigureStatus.PROVISIONAL for each in told):
        status = FigureStatus.PROVISIONAL
    value, top, bottom = sum((each.value or Decimal(0) for each in told), Decimal(0)), None, None
    if definition.unit in SHARES:
        top = sum((each.numerator or Decimal(0) for each in told), Decimal(0))
        bottom = sum((each.denominator or Decimal(0) for each in told), Decimal(0))
        value = to_a_tenth(SHARES[definition.unit] * top / bottom)
    basis, reference = told[0].basis, told[0].reference
    return Reported(definition.code, period, status, value, top, bottom, basis, reference)


def _part_words(part: Definition, reported: Reported) -> str:
    provisional = " (provisional)" if reported.status is FigureStatus.PROVISIONAL else ""
    return f"{_amount(reported, part.unit)} {part.part}{provisional}"


def _amount(reported: Reported, unit: Unit) -> str:
    if reported.numerator is not None and reported.denominator is not None:
        return f"{plain(reported.numerator)} of {plain(reported.denominator)}"
    return value_words(reported.value or Decimal(0), unit)


def _total_words(reported: Reported, definition: Definition) -> str:
    counts = f" ({_amount(reported, definition.unit)})" if reported.denominator is not None else ""
    return f"{value_words(reported.value or Decimal(0), definition.unit)}{counts}"


def restated_with_wholes(
    partnership: Partnership, restated: Sequence[Restated], quarters: Mapping[Quarter, Mapping[str, Figure]]
) -> tuple[Restated, ...]:
    """What was restated, with the whole after each of its parts: a restated part restates the whole.

    `quarters` are the figures as they stand, by quarter; one that is not among them tells its parts alone.
    """
    found: list[Restated] = []
    for each in restated:
        found.append(each)
        defined = partnership.in_force(each.period)
        part = defined.get(each.measure)
        whole = whole_of(part, defined) if part else None
        if whole is not None and each.period in quarters:
            same = [other for other in restated if other.period == each.period and other.measure in whole.parts]
            was, now = _around(each, same, _stood(quarters[each.period], whole, same))
            before, after = (_whole(whole, parts_of(whole, defined), said, each.period) for said in (was, now))
            if after.reported is not None and after.reported != before.reported:
                found.append(replace(each, measure=whole.code, was=before.reported, now=after.reported))
    return tuple(found)


def _stood(figures: Mapping[str, Figure], whole: Definition, restated: Iterable[Restated]) -> dict[str, Reported]:
    """The parts as they were before any of them was restated."""
    stood = {code: figures[code].reported for code in whole.parts if code in figures}
    for each in sorted(restated, key=lambda each: each.at, reverse=True):
        stood.pop(each.measure, None)
        if each.was is not None:
            stood[each.measure] = each.was
    return stood


def _around(
    wanted: Restated, restated: Iterable[Restated], stood: dict[str, Reported]
) -> tuple[dict[str, Reported], dict[str, Reported]]:
    """The parts just before one restatement, and just after it."""
    before = dict(stood)
    for each in sorted(restated, key=lambda each: each.at):
        after = {**before, each.measure: each.now}
        if each is wanted:
            return before, after
        before = after
    return before, before

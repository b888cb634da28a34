"""The numbers beside the figure, each with what it is: kept as facts of the commentary, never taken for the figure."""

from collector.domain.figure import CommentaryFact, FactKind
from collector.domain.submission import Candidate
from parsers.figures.facts import Facts, Said
from parsers.figures.periods import Time
from parsers.figures.quantities import Quantity

_MOST = 20
_LONGEST_WORDS = 200
_BY_TIME = {
    Time.TO_DATE: FactKind.TO_DATE,
    Time.YEAR: FactKind.TOTAL,
    Time.ROLLING: FactKind.OTHER_TIME,
    Time.PART: FactKind.PART,
}


def facts_beside(facts: Facts, candidates: tuple[Candidate, ...]) -> tuple[CommentaryFact, ...]:
    """Every number of the words that is not the figure, with its kind and its sentence, as they were written."""
    found: list[tuple[int, CommentaryFact]] = []

    def keep(quantity: Quantity, kind: FactKind, said: Said | None = None) -> None:
        span = said.mention.span if said and said.mention else None
        words = facts.sentence(quantity.start).strip()[:_LONGEST_WORDS]
        found.append((quantity.start, CommentaryFact(kind, quantity.value, words, span)))

    for said in facts.elsewhere:
        if isinstance(said.what, Quantity):
            keep(said.what, _kind_of(said), said)
    for quantities, kind in (
        (facts.context.previous, FactKind.PREVIOUS),
        (facts.context.targets, FactKind.TARGET),
        (facts.context.parts, FactKind.PART),
        (facts.forecast, FactKind.BESIDE),
    ):
        for quantity in quantities:
            keep(quantity, kind)
    for move in facts.context.moves:
        keep(move.first, FactKind.PREVIOUS)
    for change in facts.context.changes:
        words = facts.sentence(change.start).strip()[:_LONGEST_WORDS]
        found.append((change.start, CommentaryFact(FactKind.CHANGE, change.amount, words)))
    taken = {number for c in candidates for number in (c.value, c.numerator, c.denominator)}
    for quantity in facts.said:
        if quantity.value not in taken:
            keep(quantity, FactKind.BESIDE)
    ordered = [fact for _, fact in sorted(found, key=lambda each: each[0])]
    return tuple(
        dict.fromkeys(fact for fact in ordered if fact.kind is not FactKind.CHANGE or fact.value not in taken)
    )[:_MOST]


def _kind_of(said: Said) -> FactKind:
    mention = said.mention
    if mention is None:
        return FactKind.OTHER_TIME
    if mention.relative:
        words = mention.words.lower()
        return FactKind.LAST_YEAR if "year" in words or "same" in words else FactKind.PREVIOUS
    return _BY_TIME.get(mention.time, FactKind.PREVIOUS if mention.span else FactKind.OTHER_TIME)

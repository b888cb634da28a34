"""What was read, held against its definition and against what the books hold: certain, possible, the same. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from collector.books import QueryChoice, QueryRow
from collector.domain.figure import FigureStatus, Reported
from collector.domain.indicator import Definition
from collector.domain.series import with_own_days
from collector.domain.submission import Candidate, ReadItem
from collector.validation import check
from collector.view import RoundView


@dataclass(frozen=True)
class Weighed:
    """What an item is worth under its definition: certain, or the readings that are possible and why it is asked."""

    certain: Reported | None
    possible: tuple[Reported, ...]
    reasons: tuple[str, ...]


def weigh(item: ReadItem, view: RoundView) -> Weighed:
    """Hold what was read against the definition; a reading that can't be right is not offered."""
    definition = view.definitions[item.code]
    readings = [_reported(candidate, item.code, view, definition) for candidate in item.candidates]
    found = check(readings[0], definition) if item.certain else []
    # What is only implausible is right where the sender was shown why, and stands by it.
    hard = [each.words for each in found if each.hard and not (item.confirmed and each.code == "plausible")]
    if item.certain and not hard:
        return Weighed(readings[0], (readings[0],), ())
    possible = tuple(reading for reading in readings if not _impossible(reading, definition))
    return Weighed(None, possible, (*item.doubts, *hard))


def _impossible(reported: Reported, definition: Definition) -> bool:
    """Whether a reading can't be right even if the sender says so; what is only implausible can be."""
    return any(problem.hard and problem.code != "plausible" for problem in check(reported, definition))


def _reported(candidate: Candidate, code: str, view: RoundView, definition: Definition) -> Reported:
    said = Reported(
        measure=code,
        period=view.round.period,
        status=candidate.status,
        value=candidate.value,
        numerator=candidate.numerator,
        denominator=candidate.denominator,
        basis=candidate.basis or definition.basis,
        reference=candidate.reference,
        expected_on=candidate.expected_on,
        note=candidate.note,
    )
    return with_own_days(said, definition)


def says_the_same(held: Reported, new: Reported) -> bool:
    """The same value, counts and status: a second note in other words is news only where there is no figure."""
    parts = ("status", "value", "basis", "reference", "expected_on")
    same = all(getattr(held, part) == getattr(new, part) for part in parts)
    counts = new.numerator is None or (held.numerator, held.denominator) == (new.numerator, new.denominator)
    note = held.note == new.note if new.status is FigureStatus.NARRATIVE else True
    return same and counts and note


def only_adds(held: Reported, new: Reported) -> bool:
    """A figure where there was none yet, counts for the same figure, or the same figure now final."""
    if held.value is None:
        return held.status.is_to_come and new.value is not None
    counts = held.numerator is None or (held.numerator, held.denominator) == (new.numerator, new.denominator)
    settled = new.status is held.status or held.status is FigureStatus.PROVISIONAL
    return (
        held.value == new.value and held.basis is new.basis and held.reference == new.reference and counts and settled
    )


def same_question(held: QueryRow, reasons: Sequence[str], choices: Sequence[QueryChoice]) -> bool:
    """Whether a question that is open asks the same for the same reasons."""
    offered = [choice.reported for choice in choices]
    return held.reasons == tuple(reasons) and [choice.reported for choice in held.choices] == offered

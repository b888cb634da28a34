"""Questions to senders: what is odd, in their own words, and the numbered ways to answer."""

from collections.abc import Sequence

from collector.books import QueryChoice, QueryRow
from collector.domain.figure import Figure, FigureStatus, Reported
from collector.domain.indicator import Basis, Definition
from collector.domain.period import Quarter
from collector.messages import Choice, Question
from collector.wording import figure_words


def next_number(queries: Sequence[QueryRow]) -> int:
    """The first free choice number for a person: numbers grow through the round, so that each means one thing."""
    return 1 + max((choice.number for query in queries for choice in query.choices), default=0)


def offer(readings: Sequence[Reported], definition: Definition, first: int, period: Quarter) -> tuple[QueryChoice, ...]:
    """The possible readings as numbered choices; where they differ in what they cover, each says what it is for.

    So does one for another quarter than the round's, whose `period` is given.
    """
    distinct = list(dict.fromkeys(readings))
    covered = {(reported.basis, reported.reference) for reported in distinct}
    choices = []
    for place, reported in enumerate(distinct):
        label = _label(reported, definition)
        if reported.period != period:
            label += f", for {reported.period}"
        elif len(covered) > 1 and reported.reference is None and reported.basis is Basis.QUARTER:
            label += f", for Q{reported.period.number} alone"
        choices.append(QueryChoice(first + place, label, reported))
    return tuple(choices)


def _label(reported: Reported, definition: Definition) -> str:
    """A reading as a choice shows it; of two notes each is named by its own words."""
    if reported.status is FigureStatus.NARRATIVE and reported.note:
        return f"\u201c{' '.join(reported.note.split())[:80]}\u201d"
    return figure_words(reported, definition.unit)


def keep_or_replace(held: Reported, new: Reported, definition: Definition, first: int) -> tuple[QueryChoice, ...]:
    """Keep what is on the books, or put the new statement in its place."""
    keep = QueryChoice(first, f"keep {figure_words(held, definition.unit)}", None)
    return keep, QueryChoice(first + 1, f"now {figure_words(new, definition.unit)}", new)


def as_question(query: QueryRow, definition: Definition, held: Figure | None) -> Question:
    """A question as a message carries it; `held` is the figure that stands meanwhile."""
    choices = tuple(Choice(choice.number, choice.label) for choice in query.choices)
    stands = figure_words(held.reported, definition.unit) if held else ""
    return Question(definition.code, definition.title, query.quoted, query.reasons, choices, stands)


def text_of(query: QueryRow) -> str:
    """A question as one line of plain text."""
    choices = "; ".join(f"{choice.number}: {choice.label}" for choice in query.choices)
    return " ".join(query.reasons) + (f" Reply {choices}." if choices else "")

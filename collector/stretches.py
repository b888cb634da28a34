"""What figures of one measure tell together about stretches of time between them: Q1 and a half-year tell Q2. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from collector.domain.period import Span

#: The counts that a figure holds: one, or numerator and denominator.
Counts = tuple[Decimal, ...]


def told(known: Iterable[tuple[Span, Counts]]) -> Mapping[tuple[date, date], Counts]:
    """Every stretch that figures of one measure tell, by its first day and the day after it, with its counts.

    Each figure binds the day on which it begins to the day after it ends; days bound to each other, over however many
    figures, tell the stretch between any two of them as a sum and difference of what is known.
    """
    bound: dict[date, tuple[date, Counts]] = {}
    for span, counts in known:
        _bind(bound, span.start, span.end + timedelta(days=1), counts)
    days = sorted(bound)
    return {
        (first, last): tuple(b - a for a, b in zip(bound[first][1], bound[last][1], strict=True))
        for at, first in enumerate(days)
        for last in days[at + 1 :]
        if bound[first][0] == bound[last][0] and len(bound[first][1]) == len(bound[last][1])
    }


def _bind(bound: dict[date, tuple[date, Counts]], first: date, last: date, counts: Counts) -> None:
    """Note how far a day lies from the root of those it is bound to, in counts."""
    nothing = tuple(Decimal(0) for _ in counts)
    root, before = bound.setdefault(first, (first, nothing))
    reached = tuple(a + b for a, b in zip(before, counts, strict=False))
    if last not in bound:
        bound[last] = (root, reached)
        return
    other, far = bound[last]
    if other == root or len(far) != len(reached):
        return
    shift = tuple(a - b for a, b in zip(reached, far, strict=True))
    for day, (of_root, counted) in list(bound.items()):
        if of_root == other:
            bound[day] = (root, tuple(a + b for a, b in zip(counted, shift, strict=True)))

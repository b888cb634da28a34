"""Orders as any door would pass them on, and what people get for them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from collector.acting import Acting
from collector.view import view_round
from tests.builders import Q2, Office, at

Said = TypeVar("Said")
AFTER_THE_ROUND = at(9, month=11)


def orders(
    office: Office,
    give: Callable[..., tuple[str, ...]],
    *words: Any,
    by: str = "coordinator",
    when: datetime = AFTER_THE_ROUND,
) -> tuple[str, ...]:
    """Somebody gives an order about the round; what was done, in plain lines."""
    with office.books.begin() as unit:
        view = view_round(unit, Q2)
        return give(Acting(unit, office.calendar, when, view.people[by]), view, *words)


def messages(office: Office, person: str, kind: type[Said]) -> list[Said]:
    """Every message of a kind that was planned for somebody, in the order of planning."""
    with office.books.begin() as unit:
        rows = [row.planned for row in unit.outbox.rows() if row.planned.person == person]
    return [planned.message for planned in rows if isinstance(planned.message, kind)]

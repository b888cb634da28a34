"""Opening a round: who owes what in one quarter."""

from collections import Counter
from datetime import datetime

from collector.acting import Acting, NotDone
from collector.books import AuditLine
from collector.domain.indicator import in_force
from collector.domain.partnership import Partnership
from collector.domain.period import Quarter
from collector.domain.round import Round
from collector.ports import Books, Calendar


def owed_in(partnership: Partnership, period: Quarter) -> list[tuple[str, str, int]]:
    """What is owed for a quarter: (measure, person, number in that person's list), in the plan's order."""
    owners = {held.measure: held.person for held in partnership.responsibilities if held.holds(period)}
    numbers: Counter[str] = Counter()
    owed = []
    for code, definition in in_force(partnership.definitions, period).items():
        if period.number in definition.owed_in and code in owners and not definition.parts:
            numbers[owners[code]] += 1
            owed.append((code, owners[code], numbers[owners[code]]))
    return owed


def open_early(acting: Acting, period: Quarter) -> tuple[str, ...]:
    """Open the round of a quarter that has ended before its opening day; its due day stays where it is."""
    if not acting.coordinates:
        raise NotDone("Only the coordinator opens a round.")
    today = acting.calendar.local(acting.now).date()
    if period.span.end >= today:
        raise NotDone(f"{period} has not ended yet, so its round can't be opened.")
    partnership = acting.unit.plan.get()
    opened = Round(period, acting.now, max(acting.calendar.due(period), acting.now))
    if partnership is None or not acting.unit.rounds.open(opened, owed_in(partnership, period)):
        raise NotDone(f"The round for {period} is open already.")
    acting.write("round opened", period.key, "before its opening day")
    return (f"The round for {period} is open. Everybody who owes something is written to in office hours.",)


def open_due_round(books: Books, calendar: Calendar, now: datetime) -> Round | None:
    """Open the round of the quarter that has ended, once its opening moment has come; None when nothing is to open."""
    period = Quarter.containing(calendar.local(now).date()).previous
    if now < calendar.opens(period):
        return None
    with books.begin() as unit:
        if unit.rounds.get(period) is not None:
            return None
        partnership = unit.plan.get()
        if partnership is None:
            return None
        opened = Round(period, calendar.opens(period), calendar.due(period))
        if not unit.rounds.open(opened, owed_in(partnership, period)):
            return None
        unit.audit.write(AuditLine(now, "collector", "round opened", period.key, "its opening moment came"))
        return opened

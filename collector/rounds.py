"""Opening a round: who owes what in one quarter."""

from collections import Counter
from datetime import datetime

from collector.acting import Acting, NotDone
from collector.books import AuditLine
from collector.domain.indicator import in_force
from collector.domain.partnership import Partnership
from collector.domain.period import Quarter, day
from collector.domain.round import ObligationState, Round
from collector.ports import Books, Calendar, Unit

#: How the audit trail names a load of the definition file.
LOADED = "definitions loaded"


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
    _settle_by_history(acting.unit, period)
    acting.write("round opened", period.key, "before its opening day")
    return (f"The round for {period} is open. Everybody who owes something is written to in office hours.",)


def open_due_round(books: Books, calendar: Calendar, now: datetime) -> Round | None:
    """Open the round of the quarter that has ended, once its opening moment has come; None when nothing is to open.

    What was due before the partnership was loaded for the first time was collected without us: nobody's first mail says
    that they are overdue. The coordinator can open it with an order.
    """
    period = Quarter.containing(calendar.local(now).date()).previous
    if now < calendar.opens(period):
        return None
    with books.begin() as unit:
        if unit.rounds.get(period) is not None or _was_over_at_first_load(unit, calendar, period):
            return None
        partnership = unit.plan.get()
        if partnership is None:
            return None
        opened = Round(period, calendar.opens(period), calendar.due(period))
        if not unit.rounds.open(opened, owed_in(partnership, period)):
            return None
        _settle_by_history(unit, period)
        unit.audit.write(AuditLine(now, "collector", "round opened", period.key, "its opening moment came"))
        return opened


def next_opening(unit: Unit, calendar: Calendar, now: datetime) -> str:
    """Which round opens next by itself, for whoever loads a partnership; "" while one is open."""
    period = Quarter.containing(calendar.local(now).date()).previous
    latest = unit.rounds.latest()
    if latest is not None and latest.period >= period:
        return ""
    passed = latest is None and calendar.due(period) <= now
    coming = period.next if passed else period
    opens = max(calendar.local(calendar.opens(coming)), calendar.local(now))
    words = f"The round for {coming} opens by itself on {day(opens.date())}."
    if passed:
        due = day(calendar.local(calendar.due(period)).date())
        words += f" The one for {period} was due on {due} and does not: to collect it, open it with an order."
    return words


def _was_over_at_first_load(unit: Unit, calendar: Calendar, period: Quarter) -> bool:
    if unit.rounds.latest() is not None:
        return False
    loaded = unit.audit.lines(action=LOADED)
    return bool(loaded) and calendar.due(period) <= loaded[0].at


def _settle_by_history(unit: Unit, period: Quarter) -> None:
    """What was loaded for the quarter before its round opened is in."""
    held = unit.figures.current(period)
    for owed in unit.rounds.obligations(period) if held else ():
        if owed.measure in held:
            unit.rounds.move(owed.id, ObligationState.IN, held[owed.measure].reported.expected_on)

"""How complete and how timely a round is, by contributor, organisation, priority and as a whole. Pure.

Counted by figure, as lateness is (RULES 18). Not counted are figures that are not applicable, whose source has not
published yet, that wait for their source or its release until they are asked for again (nobody could send them), and
that are said to be no longer collected: the row stays until SEG decides, and nobody is late with it (RULES 4).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from collector.domain.figure import FigureStatus
from collector.domain.round import Obligation, ObligationState
from collector.follow_up import chase_times, follow_up_on
from collector.ports import Calendar
from collector.view import RoundView


@dataclass(frozen=True)
class Completeness:
    """Figures of one group: `owed` is the denominator, of which `received` are in, `on_time` of them by their due day.

    `overdue` are out although their due day is over; `not_applicable`, `withdrawn` and `waiting` are not owed.
    """

    name: str
    owed: int = 0
    received: int = 0
    on_time: int = 0
    overdue: int = 0
    not_applicable: int = 0
    waiting: int = 0
    withdrawn: int = 0

    @property
    def share_in(self) -> float | None:
        """In per cent of what is owed; None where nothing is."""
        return 100 * self.received / self.owed if self.owed else None

    @property
    def share_on_time(self) -> float | None:
        """In per cent of what is in or overdue; None where nothing is."""
        told = self.received + self.overdue
        return 100 * self.on_time / told if told else None

    @property
    def words(self) -> str:
        """In words: "5 of 6 figures in (83%), 4 on time, 1 overdue; not counted: 1 awaiting source"."""
        share = f" ({self.share_in:.0f}%)" if self.share_in is not None else ""
        noun = "figure" if self.owed == 1 else "figures"
        overdue = f", {self.overdue} overdue" if self.overdue else ""
        beside = [
            f"{count} {what}"
            for count, what in (
                (self.waiting, "awaiting source"),
                (self.not_applicable, "not applicable"),
                (self.withdrawn, "no longer collected"),
            )
            if count
        ]
        rest = f"; not counted: {', '.join(beside)}" if beside else ""
        return f"{self.received} of {self.owed} {noun} in{share}, {self.on_time} on time{overdue}{rest}"


def of_round(view: RoundView, calendar: Calendar, now: datetime) -> Completeness:
    """The whole round."""
    return _counted(str(view.round.period), view.obligations, view, calendar, now)


def by_priority(view: RoundView, calendar: Calendar, now: datetime) -> list[Completeness]:
    """Each priority, in the plan's order, named by its code and title."""
    names = {one.code: f"{one.code} {one.title}" for one in view.partnership.priorities}
    return _grouped(names, lambda owed: view.definitions[owed.measure].priority, view, calendar, now)


def by_organisation(view: RoundView, calendar: Calendar, now: datetime) -> list[Completeness]:
    """Each organisation that owes something."""
    names = {name: name for name in dict.fromkeys(view.organisation(owed.person) for owed in view.obligations)}
    return _grouped(names, lambda owed: view.organisation(owed.person), view, calendar, now)


def by_contributor(view: RoundView, calendar: Calendar, now: datetime) -> list[Completeness]:
    """Each person who owes something, by title: for the coordinator only (RULES 20)."""
    return _grouped(
        {one.id: one.title for one in view.partnership.people}, lambda owed: owed.person, view, calendar, now
    )


def _grouped(
    names: dict[str, str], key: Callable[[Obligation], str], view: RoundView, calendar: Calendar, now: datetime
) -> list[Completeness]:
    groups: dict[str, list[Obligation]] = {}
    for owed in view.obligations:
        groups.setdefault(key(owed), []).append(owed)
    return [_counted(names[name], groups[name], view, calendar, now) for name in names if name in groups]


def _counted(
    name: str, obligations: Iterable[Obligation], view: RoundView, calendar: Calendar, now: datetime
) -> Completeness:
    today = calendar.local(now).date()
    owed = received = on_time = overdue = not_applicable = waiting = withdrawn = 0
    for one in obligations:
        figure = view.figures.get(one.measure)
        status = figure.reported.status if figure and one.state is ObligationState.IN else None
        if status is FigureStatus.NOT_APPLICABLE:
            not_applicable += 1
        elif status is FigureStatus.NO_LONGER_COLLECTED:
            withdrawn += 1
        elif _can_not_be(one, status, view, calendar, today):
            waiting += 1
        elif figure is not None and status is not None and not status.is_to_come:
            owed, received, on_time = owed + 1, received + 1, on_time + (not figure.late)
        else:
            owed += 1
            overdue += chase_times(view, one, calendar)[0] < now
    return Completeness(name, owed, received, on_time, overdue, not_applicable, waiting, withdrawn)


def _can_not_be(
    owed: Obligation, status: FigureStatus | None, view: RoundView, calendar: Calendar, today: date
) -> bool:
    """Whether nobody can send it yet: its source has not published, or it was answered and is asked for again later."""
    if status is None:
        return view.definitions[owed.measure].published(owed.period) > today
    again = follow_up_on(view, owed, calendar)
    return status is not None and status.is_to_come and (again is None or again > today)

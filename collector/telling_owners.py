"""Whoever owes a figure that somebody else reported is told so, in one notice for each message."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from collector.books import InboxRow, Planned
from collector.cover import Cover
from collector.domain.people import Person
from collector.messages import Notice
from collector.ports import Calendar, Unit
from collector.recording import Entry
from collector.view import RoundView
from collector.wording import figure_words


def tell_owners(
    unit: Unit,
    view: RoundView,
    row: InboxRow,
    sender: Person,
    entries: Sequence[Entry],
    calendar: Calendar,
    now: datetime,
) -> None:
    """Plan a notice for everybody whose figure came from a deputy or their priority's lead."""
    theirs: dict[str, list[str]] = {}
    for entry in entries:
        reported = entry.figure.reported
        owner = view.owner_of(reported.measure)
        if entry.new and owner not in ("", sender.id, *view.partnership.at_address_of(sender.id)):
            words = figure_words(reported, view.definitions[reported.measure].unit)
            theirs.setdefault(owner, []).append(
                f"{reported.measure} ({view.definitions[reported.measure].short}): {words}"
            )
    for owner, lines in theirs.items():
        planned = _notice(view, row, sender, owner, lines, calendar, now)
        if planned is not None:
            unit.outbox.plan(planned, now)


def _notice(
    view: RoundView, row: InboxRow, sender: Person, owner: str, lines: list[str], calendar: Calendar, now: datetime
) -> Planned | None:
    """The notice, not before they are back; none for who can't be told."""
    cover = Cover(view, calendar.local(now).date())
    person, absence = view.people.get(owner), cover.absence_of(owner)
    if person is None or cover.has_left(owner) or (absence is not None and absence.until is None):
        return None
    back = now
    if absence is not None and absence.until is not None:
        morning = calendar.shift(absence.until + timedelta(days=1), 0)
        back = calendar.at(morning, view.partnership.timetable.office_opens)
    told = (
        f"The {sender.title} sent this for you for {view.round.period}:",
        *lines,
        "There is nothing for you to do. If a figure is not right, reply with the code and the right figure.",
    )
    message = Notice(person.title, f"{len(lines)} recorded for you", told, view.round.period)
    key = f"sent-for:{row.id}:{owner}"
    return Planned(key, owner, message, back, True, view.round.period, channel=person.prefers)

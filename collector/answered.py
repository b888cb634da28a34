"""After the return is in, the reminders of the round that stand in Slack are edited to say so, once each."""

from collections.abc import Iterable
from datetime import datetime

from collector.books import OutboxRow, Planned
from collector.closing import is_over
from collector.cover import Cover, deputies_of
from collector.domain.round import ObligationState
from collector.messages import Notice
from collector.ports import Calendar, Unit
from collector.recording import Entry
from collector.reminders import key_of
from collector.screening import SLACK
from collector.view import RoundView
from collector.wording import clock, figure_words, some, weekday


def edit_reminders(
    unit: Unit, view: RoundView, sender: str, entries: Iterable[Entry], calendar: Calendar, now: datetime
) -> None:
    """Plan the edits for everybody of whom nothing more is asked now that this was recorded.

    `view` shows the books afterwards. What is asked for later (a question, a figure sent back) comes in a message anew.
    """
    owners = {view.owner_of(entry.figure.reported.measure) for entry in entries}
    people = {sender, *owners, *(deputy for owner in owners for deputy in deputies_of(view, owner))}
    local = calendar.local(now)
    for person in sorted(people & view.people.keys()):
        listed = [owed for owed in Cover(view, local.date()).list_of(person) if not is_over(view, owed.measure)]
        codes = [owed.measure for owed in listed]
        if (
            not codes
            or any(owed.state is not ObligationState.IN for owed in listed)
            or view.open_queries.keys() & codes
        ):
            continue
        message = _all_in(view, person, codes, local)
        for row in unit.outbox.sent_under(f"{key_of(view.round.period)}{person}:", view.round.period):
            if row.planned.channel == SLACK and row.external_ref:
                unit.outbox.plan(_edit(row, message, now), now)


def _edit(row: OutboxRow, message: Notice, now: datetime) -> Planned:
    """Nobody is told anything by an edit, so it waits for no office hour."""
    return Planned(
        f"answered:{row.planned.dedupe_key}",
        row.planned.person,
        message,
        now,
        unprompted=False,
        period=message.period,
        channel=SLACK,
        edits=row.external_ref,
    )


def _all_in(view: RoundView, person: str, codes: list[str], local: datetime) -> Notice:
    held = ((view.definitions[code], view.figures.get(code)) for code in codes)
    lines = [f"{one.code} {one.short}: {figure_words(figure.reported, one.unit)}" for one, figure in held if figure]
    return Notice(
        view.people[person].title,
        f"All in for {view.round.period}",
        (
            f"Everything we asked you for has been in since {clock(local)} {weekday(local)}. Nothing more to send now.",
            *some(lines),
            "To change a figure, reply with the code, the right figure and the reason.",
        ),
        view.round.period,
    )

"""After the return is in, the reminders of the round that stand in Slack are edited to say so, once each.

Where a plan for a Red, or what came of one, is still to be said, the reminder goes on asking for that, and is edited
once more when it was.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from collector.books import OutboxRow, Planned
from collector.closing import is_over
from collector.cover import Cover, deputies_of
from collector.domain.round import ObligationState
from collector.looking_back import came_of, plans_wanted
from collector.messages import Notice
from collector.ports import Calendar, Unit
from collector.recording import Entry
from collector.reminders import key_of
from collector.screening import SLACK
from collector.view import RoundView
from collector.wording import clock, figure_words, some, weekday

#: How the key ends of an edit that still asks for something.
TO_BE_SAID = ":to-be-said"


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
        wanted = (*came_of(view, view.people[person]), *plans_wanted(view, view.people[person]))
        message = _all_in(view, person, codes, wanted, local)
        for row in unit.outbox.sent_under(f"{key_of(view.round.period)}{person}:", view.round.period):
            if row.planned.channel == SLACK and row.external_ref:
                unit.outbox.plan(_edit(row, message, TO_BE_SAID if wanted else "", now), now)


def _edit(row: OutboxRow, message: Notice, name: str, now: datetime) -> Planned:
    """Nobody is told anything by an edit, so it waits for no office hour."""
    return Planned(
        f"answered:{row.planned.dedupe_key}{name}",
        row.planned.person,
        message,
        now,
        unprompted=False,
        period=message.period,
        channel=SLACK,
        edits=row.external_ref,
    )


def _how_it_stands(since: str, wanted: Sequence[str]) -> tuple[str, ...]:
    if not wanted:
        return (f"Everything we asked you for {since}. There is nothing more to send.",)
    return (f"Every figure we asked you for {since}. Still to be said:", *some(wanted))


def _all_in(view: RoundView, person: str, codes: list[str], wanted: Sequence[str], local: datetime) -> Notice:
    """`wanted` is what is still to be said about figures that are or were Red."""
    held = ((view.definitions[code], view.figures.get(code)) for code in codes)
    lines = [f"{one.code} {one.short}: {figure_words(figure.reported, one.unit)}" for one, figure in held if figure]
    return Notice(
        view.people[person].title,
        f"All in for {view.round.period}",
        (
            *_how_it_stands(f"is in since {clock(local)} {weekday(local)}", wanted),
            *some(lines),
            "To change a figure, reply with the code, the right figure and the reason.",
        ),
        view.round.period,
    )

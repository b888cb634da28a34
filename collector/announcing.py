"""What changed after a round was closed is announced once, in the thread of its board in the group's channel (WORDS 9).

What changed on one day stands in one post, which is edited where more comes that day. Nothing is said of a priority
that its lead has not signed off (RULES 20); colours and commentary stay out of it.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from collector.books import OutboxState, Planned
from collector.chasing import LOOK_AGAIN, Rest
from collector.closing import SUPPLEMENTARY
from collector.domain.people import Role
from collector.domain.period import Quarter
from collector.domain.signing import Restated
from collector.messages import LateChanges
from collector.ports import Calendar, Unit
from collector.posting import BOARD_PAUSE, next_post
from collector.screening import SLACK
from collector.signatures import signature_of
from collector.signed_off import sentence
from collector.view import RoundView, view_round
from collector.wording import figure_words

#: How these posts are called in the outbox.
LATE_CHANGE = "late-change"
#: What changed this long before the latest round opened is still announced: the service may have been down.
_LOOKS_BACK = timedelta(days=14)


def plan_late_changes(unit: Unit, calendar: Calendar, now: datetime, rest: Rest) -> list[Planned]:
    """Announce what was restated or came after the papers, below the board of the round that it belongs to.

    Without a board in the channel there is nothing to stand below: the board, once posted, shows it itself.
    """
    partnership, latest = unit.plan.get(), unit.rounds.latest()
    groups = [person.id for person in partnership.with_role(Role.SEG) if person.slack] if partnership else []
    if latest is None or not groups:
        return []
    since = latest.opens - _LOOKS_BACK
    periods = {latest.period, latest.period.previous, *(each.period for each in unit.locks.settled_since(since))}
    threads = {(group, period): _thread(unit, group, period) for group in groups for period in sorted(periods)}
    below = {place: root for place, root in threads.items() if root}
    seen = (*unit.pulse(), *below.values(), *(_progress(unit, *place) for place in below))
    if not below or rest.holds(seen, now):
        return []
    planned = [
        found
        for (group, period), root in below.items()
        for message in _days(view_round(unit, period), calendar, since)
        if (found := _due(unit, calendar, now, group, root, message)) is not None
    ]
    rest.seen, rest.until = seen, now + LOOK_AGAIN
    return [one for one in planned if unit.outbox.plan(one, now)]


def late_changes_on(view: RoundView, calendar: Calendar, day: date) -> LateChanges | None:
    """What changed on a day in a round that was closed; None where nothing of it may be said."""
    lines = [words for when, words in _told(view) if calendar.local(when).date() == day]
    return LateChanges(view.round.period, day, tuple(lines)) if lines else None


def _days(view: RoundView, calendar: Calendar, since: datetime) -> list[LateChanges]:
    days = sorted({calendar.local(when).date() for when, _ in _told(view) if when > since})
    return [message for day in days if (message := late_changes_on(view, calendar, day)) is not None]


def _told(view: RoundView) -> Iterator[tuple[datetime, str]]:
    """Every late change of the round that may be said, with the moment of it."""
    signed = {each.priority for each in view.signing.signoffs}
    for each in view.signing.restated:
        definition = view.definitions.get(each.measure)
        if each.period == view.round.period and definition is not None and definition.priority in signed:
            yield each.at, _restated(view, each)
    for code, figure in view.figures.items():
        if figure.source.reason.startswith(SUPPLEMENTARY) and signature_of(view, code):
            definition = view.definitions[code]
            words = (
                f"{sentence(definition.short)}, {view.round.period}: {figure_words(figure.reported, definition.unit)}"
            )
            yield figure.source.recorded_at, f"After the papers: {words}."


def _restated(view: RoundView, each: Restated) -> str:
    definition = view.definitions[each.measure]
    was = figure_words(each.was, definition.unit) if each.was else "not in"
    now, why = figure_words(each.now, definition.unit), each.reason.strip().rstrip(".")
    return f"Restated: {sentence(definition.short)}, {each.period}: was {was}, now {now}, because {why}."


def _due(unit: Unit, calendar: Calendar, now: datetime, group: str, root: str, message: LateChanges) -> Planned | None:
    """The day's post, or its edit where it says something else by now; None too where the coordinator dropped it."""
    prefix = f"{LATE_CHANGE}:{message.period.key}:{group}:{message.on.isoformat()}:"
    _, before = unit.outbox.last(prefix, message.period)
    place = next_post(unit, prefix, message.period, calendar, now)
    if place is None or (before is not None and before.state is OutboxState.CANCELLED):
        return None
    post = Planned(
        place.key, group, message, now, unprompted=True, period=message.period, references=(root,), channel=SLACK
    )
    last = place.before
    if last is None or last.sent_at is None:
        return post
    if last.planned.message == message:
        return None
    return replace(post, not_before=max(now, last.sent_at + BOARD_PAUSE), unprompted=False, edits=last.external_ref)


def _thread(unit: Unit, group: str, period: Quarter) -> str:
    """The outside's name of the round's board in the channel; "" where none was posted."""
    _, last = unit.outbox.last(f"slack-board:{period.key}:{group}:", period)
    if last is None:
        return ""
    return last.external_ref or last.planned.edits or ""


def _progress(unit: Unit, group: str, period: Quarter) -> tuple[int, OutboxState | None]:
    """How far the round's posts have come: what changes once one of them is out."""
    count, last = unit.outbox.last(f"{LATE_CHANGE}:{period.key}:{group}:", period)
    return count, last.state if last else None

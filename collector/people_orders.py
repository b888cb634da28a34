"""Orders about people as somebody wrote them: who is away and who covers, who reports what from now on."""

from collector.absence import come_back, go_away
from collector.acting import Acting, NotDone
from collector.books import Planned
from collector.coordinators import told_of_it
from collector.domain.orders import AskForTime, Away, Back, Extend, HandOver, RefuseTime, Snooze
from collector.domain.people import Person
from collector.extending import ask_for_time, extend, refuse_time
from collector.handing_over import hand_over
from collector.messages import Notice
from collector.snooze import put_off_reminders
from collector.view import RoundView
from collector.who_is_meant import meant_by
from collector.wishes import EVERYTHING, HAND_OVER_ASKED


def about_people(
    acting: Acting, view: RoundView, order: Away | Back | HandOver | Snooze | Extend | AskForTime | RefuseTime
) -> tuple[str, ...]:
    """Do what somebody says of themselves or of others."""
    match order:
        case Away():
            return away(acting, view, order)
        case Back():
            return back(acting, view, order)
        case HandOver():
            return hand_over_to(acting, view, order)
        case Snooze(until, who):
            return put_off_reminders(acting, view, _called(view, who) if who else acting.by, until)
        case Extend(codes, until, who, why):
            return extend(acting, view, codes, until, _called(view, who) if who else None, why)
        case AskForTime(codes, until):
            return ask_for_time(acting, view, codes, until)
        case RefuseTime(codes, why):
            return refuse_time(acting, view, codes, why)


def away(acting: Acting, view: RoundView, order: Away) -> tuple[str, ...]:
    """Somebody is away; a deputy whom nobody knows is said, and the one in the file covers."""
    who = _called(view, order.who) if order.who else acting.by
    deputy = meant_by(view.partnership, order.deputy) if order.deputy else None
    told = go_away(acting, view, who, order.first, order.last, deputy)
    if order.deputy and deputy is None and "deputy" not in order.deputy.lower():
        told += (f"Nobody is registered as \u201c{order.deputy}\u201d, so the deputy we have on file is asked.",)
    return told


def back(acting: Acting, view: RoundView, order: Back) -> tuple[str, ...]:
    """Somebody is back today and is written to again."""
    return come_back(acting, view, _called(view, order.who) if order.who else acting.by)


def hand_over_to(acting: Acting, view: RoundView, order: HandOver) -> tuple[str, ...]:
    """Somebody else reports these: what the one who says it owes, or what one other person owes."""
    giver = _called(view, order.owner) if order.owner else _owner(acting, view, order.codes)
    taker = meant_by(view.partnership, order.to) or (
        meant_by(view.partnership, order.address) if order.address else None
    )
    if taker is None and order.address and not acting.coordinates:
        return _ask_coordinator(acting, view, order)
    return hand_over(acting, view, order.codes, giver, taker or _called(view, order.to))


def _ask_coordinator(acting: Acting, view: RoundView, order: HandOver) -> tuple[str, ...]:
    """Somebody new reports it now, says who owes it: the coordinator is asked, and nothing is changed before."""
    period, what = view.round.period, ", ".join(order.codes) or EVERYTHING
    new = f"{order.to}, {order.address}"
    acting.write(HAND_OVER_ASKED, what, f"to {new}")
    lines = (
        f"The {acting.by.title} says that {what} is now done by {new}. Nobody is registered so; nothing was changed.",
        "To have them reported by somebody who is registered, reply: hand over"
        f" {' and '.join(order.codes) or 'everything'} to their role or address.",
        "To register somebody new, reply: definitions, add them in the workbook, and send it back.",
    )
    for coordinator in told_of_it(acting.unit, view.partnership, acting.calendar.local(acting.now).date()):
        notice = Notice(coordinator.title, f"{what} is said to be somebody else's", lines, period)
        key = f"hand-over-asked:{period.key}:{acting.now.isoformat()}:{acting.by.id}:{coordinator.id}:{what}"[:200]
        planned = Planned(key, coordinator.id, notice, acting.now, True, period, channel=coordinator.prefers)
        acting.unit.outbox.plan(planned, acting.now)
    return (
        f"Nobody is registered as \u201c{new}\u201d, so the coordinator is asked. Until they decide, {what} stays with"
        " you.",
    )


def _owner(acting: Acting, view: RoundView, codes: tuple[str, ...]) -> Person:
    if view.owed_by(acting.by.id):
        return acting.by
    owners = {owed.person for owed in view.obligations if _is_named(view, owed.measure, codes)}
    if len(owners) != 1:
        raise NotDone("Say whose figures these are, or name figures of one person only; nothing was handed over.")
    return _called(view, owners.pop())


def _is_named(view: RoundView, measure: str, codes: tuple[str, ...]) -> bool:
    return bool({measure.upper(), view.definitions[measure].indicator.upper()} & set(codes))


def _called(view: RoundView, words: str) -> Person:
    found = meant_by(view.partnership, words) or _mentioned(view, words)
    if found is None:
        raise NotDone(f"Nobody is registered as \u201c{words}\u201d: nothing was changed. Use a role or an address.")
    return found


def _mentioned(view: RoundView, words: str) -> Person | None:
    """The person who is mentioned in Slack by their id there; None where two workspaces have the same."""
    ids = [one for one in view.partnership.people if one.slack and f"@{one.slack.conversation}" == words.strip()]
    return ids[0] if len(ids) == 1 else None

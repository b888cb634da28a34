"""What a lead does with a priority: sign it off, or send a figure back (RULES 19). A lead alters no figure.

While a lead can't answer, their deputy does it in their place.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from collector.acting import Acting, NotDone
from collector.books import Planned
from collector.closing import why_shut
from collector.cover import Cover
from collector.domain.figure import Figure
from collector.domain.indicator import Priority
from collector.domain.people import Person
from collector.domain.round import Obligation, ObligationState, RoundState
from collector.domain.signing import SentBack, SignOff
from collector.handing_over import given_to_its_reporter
from collector.locking import measure_of
from collector.messages import Notice
from collector.signatures import PriorityState, can_be_signed, may_be_signed_now, sent_back_of, state_of
from collector.view import RoundView
from collector.wording import figure_words, some


def sign(
    acting: Acting,
    view: RoundView,
    code: str,
    seen: Mapping[str, int] | None = None,
    without: Collection[str] = (),
) -> tuple[str, ...]:
    """Sign what is in of a priority `without` what the lead leaves out, and say what is out.

    `seen` holds the versions that the lead was shown, by code: a figure that changed since is not signed unseen.
    """
    priority = _priority(view, code)
    if not may_sign(acting, view, priority):
        raise NotDone(f"{_named(priority)} is signed off by its lead, the {_title(view, priority.lead)}.")
    instead = _in_place_of(acting, view, priority)
    state = state_of(view, priority, acting.calendar.local(acting.now).date())
    wanted = [each for each in state.unsigned if may_be_signed_now(view, each)]
    kept_out = [each for each in wanted if each in without]
    wanted = [each for each in wanted if each not in without]
    unseen = [each for each in wanted if seen is not None and seen.get(each) != view.figures[each].version]
    fresh = [each for each in wanted if each not in unseen]
    if not fresh and kept_out and not unseen:
        raise NotDone(f"Nothing of {_named(priority)} is left to sign beside {', '.join(kept_out)}.")
    if not fresh:
        return _nothing_to_sign(view, state, unseen)
    covered = [each for each in state.figures if each in fresh or each in state.signed]
    ids = tuple((each, number) for each in covered if (number := view.figures[each].id) is not None)
    left = (*state.outstanding, *state.awaiting, *unseen, *kept_out)
    acting.unit.signoffs.sign(SignOff(view.round.period, priority.code, acting.by.id, acting.now, ids, left))
    acting.write("signed off", f"{priority.code} {view.round.period.key}", f"{_how_many(covered, left)}{instead}")
    told = f"{_named(priority)}, {view.round.period}: signed off{instead}, {_how_many(covered, left)}."
    return (
        told,
        *_changed_unseen(view, unseen),
        *_stays_unsigned(view, [c for c in state.unsigned if c not in wanted]),
    )


def may_sign(acting: Acting, view: RoundView, priority: Priority) -> bool:
    """Whether a priority is somebody's to sign: its lead's, and while they can't answer their deputy's too."""
    cover = Cover(view, acting.calendar.local(acting.now).date())
    return acting.by.id in (priority.lead, cover.signs_for(priority.lead))


def _in_place_of(acting: Acting, view: RoundView, priority: Priority) -> str:
    """What the books say of a signature that is not the lead's own: ", in place of the ..., who is away"."""
    if acting.by.id == priority.lead:
        return ""
    cover = Cover(view, acting.calendar.local(acting.now).date())
    return f" in place of the {_title(view, priority.lead)} ({cover.why_not(priority.lead)})"


def _nothing_to_sign(view: RoundView, state: PriorityState, unseen: list[str]) -> tuple[str, ...]:
    named, period = _named(state.priority), view.round.period
    if unseen:
        raise NotDone("\n".join(_changed_unseen(view, unseen)))
    if view.round.state is RoundState.LOCKED and state.unsigned:
        raise NotDone(f"{period} is locked; what was not signed then stays shown as not signed off.")
    if not state.figures:
        out = ", ".join(some((*state.outstanding, *state.awaiting)))
        raise NotDone(f"No figure of {named} is in for {period}, so there is nothing to sign. Outstanding: {out}.")
    return (f"{named}, {period}: signed off already, {_how_many(state.figures, ())}.",)


def _changed_unseen(view: RoundView, unseen: list[str]) -> tuple[str, ...]:
    return tuple(
        f"{code} is not signed: it is {figure_words(view.figures[code].reported, view.definitions[code].unit)} now,"
        " which you have not been shown. You will be asked to sign it as it is now."
        for code in unseen
    )


def _stays_unsigned(view: RoundView, codes: list[str]) -> tuple[str, ...]:
    """What can't be signed any more, as its round was locked without a signature under it."""
    if not codes:
        return ()
    return (
        f"Not signed before {view.round.period} was locked, and shown as not signed off: {', '.join(some(codes))}.",
    )


def _how_many(signed: list[str] | tuple[str, ...], left: tuple[str, ...]) -> str:
    count = f"{len(signed)} figure{'' if len(signed) == 1 else 's'}"
    return f"{count}, with {len(left)} outstanding: {', '.join(some(left))}" if left else count


def send_back(acting: Acting, view: RoundView, code: str, why: str) -> tuple[str, ...]:
    """Give a figure back with the reason; it stands until it is answered.

    It goes to who reports it now, in one message; its sender hears of it too where that is somebody else.
    """
    measure = measure_of(view, code)
    owed, held = _to_send_back(acting, view, measure, why)
    if sent_back_of(view, measure):
        return (f"{measure} was sent back already; its contributor has not answered yet.",)
    unit, period = acting.unit, view.round.period
    unit.signoffs.send_back(SentBack(period, measure, held.id or 0, acting.by.id, acting.now, why))
    unit.rounds.move(owed.id, ObligationState.OWED)
    acting.write("figure sent back", f"{measure} {period.key} v{held.version}", why)
    words = figure_words(held.reported, view.definitions[measure].unit)
    now_owed = given_to_its_reporter(unit, view, owed)
    contributor = view.people.get(now_owed.person)
    if contributor is None:
        return (f"{measure} ({words}) is sent back. Nobody in the file answers for it now: say who does.",)
    times = sum(each.measure == measure for each in view.signing.sent_back) + 1
    returned = _Returned(f"sent-back:{period.key}:{measure}:{times}", measure, words, why)
    since = (f"{measure} was handed over to you after this figure had been sent.",) if now_owed != owed else ()
    unit.outbox.plan(_letter(acting, view, contributor, replace(returned, first=since)), acting.now)
    told = [f"{measure} ({words}) is sent back to the {contributor.title}. Reason: {why}"]
    cover = Cover(view, acting.calendar.local(acting.now).date())
    instead = cover.instead_of(now_owed)
    if instead is not None and instead.id != acting.by.id:
        # Who is away gets it too, for when they are back.
        reasons = cover.reasons(instead.id, [now_owed])
        beside = replace(returned, key=f"{returned.key}:{instead.id}", first=reasons)
        unit.outbox.plan(_letter(acting, view, instead, beside), acting.now)
        told.append(f"{cover.why_not(now_owed.person)}: the {instead.title} is told too.")
    sender = view.people.get(held.source.person)
    if sender is not None and sender not in (contributor, instead, acting.by) and not cover.has_left(sender.id):
        unit.outbox.plan(_to_its_sender(acting, view, sender, contributor, returned), acting.now)
        told.append(f"The {sender.title}, who sent it, is told too.")
    return tuple(told)


@dataclass(frozen=True)
class _Returned:
    """What is sent back; `first` is why it comes to somebody else than its sender."""

    key: str
    code: str
    words: str
    why: str
    first: tuple[str, ...] = ()


def _to_send_back(acting: Acting, view: RoundView, measure: str, why: str) -> tuple[Obligation, Figure]:
    """What is sent back; NotDone where it can't be."""
    priority = _priority(view, view.definitions[measure].priority)
    owed = next((each for each in view.obligations if each.measure == measure), None)
    held = view.figures.get(measure)
    if not may_sign(acting, view, priority) and not acting.coordinates:
        raise NotDone(
            f"{measure} can be sent back by the lead of {_named(priority)}, the {_title(view, priority.lead)}."
        )
    if not why.strip():
        raise NotDone(f"Say why {measure} is sent back, like this: send back {measure}: and the reason.")
    if owed is None or held is None:
        raise NotDone(f"No figure for {measure} is in for {view.round.period}, so there is nothing to send back.")
    if (view.reports_now(measure) or owed.person) == acting.by.id:
        raise NotDone(f"{measure} is your own figure: to change it, send the right one.")
    if view.round.state is RoundState.LOCKED and why_shut(view, measure):
        raise NotDone(f"{view.round.period} is locked. Ask the coordinator to open {measure} again.")
    if not can_be_signed(view, owed) and not sent_back_of(view, measure):
        raise NotDone(f"{measure} is in question: its contributor has been asked and has not answered yet.")
    return owed, held


def _letter(acting: Acting, view: RoundView, to: Person, returned: _Returned) -> Planned:
    paragraphs = (
        *returned.first,
        *_what_and_why(acting, view, returned, "the figure" if returned.first else "your figure"),
        f"Reply with the code and the right figure, like this: {returned.code} ... If it is right as it is, send it"
        " again and say why. It stands until you answer.",
    )
    return _planned(
        acting, view, to, returned.key, Notice(to.title, f"{returned.code} was sent back to you", paragraphs)
    )


def _to_its_sender(acting: Acting, view: RoundView, to: Person, contributor: Person, returned: _Returned) -> Planned:
    paragraphs = (
        *_what_and_why(acting, view, returned, "the figure that you sent"),
        f"The {contributor.title} reports {returned.code} and is asked for the right figure. If you know it, tell them,"
        " or reply with the code and the figure.",
    )
    notice = Notice(to.title, f"{returned.code}, which you sent, was sent back", paragraphs)
    return _planned(acting, view, to, f"{returned.key}:{to.id}", notice)


def _what_and_why(acting: Acting, view: RoundView, returned: _Returned, figure: str) -> tuple[str, str]:
    title, period = view.definitions[returned.code].title, view.round.period
    what = f"The {acting.by.title} has sent back {figure} for {returned.code} {title}, {period}: {returned.words}."
    return what, f"The reason: {returned.why}"


def _planned(acting: Acting, view: RoundView, to: Person, key: str, notice: Notice) -> Planned:
    period = view.round.period
    message = replace(notice, period=period)
    return Planned(key, to.id, message, acting.now, unprompted=True, period=period, channel=to.prefers)


def _priority(view: RoundView, code: str) -> Priority:
    wanted = code.strip().upper()
    found = next((each for each in view.partnership.priorities if each.code.upper() == wanted), None)
    if found is None:
        known = ", ".join(each.code for each in view.partnership.priorities)
        raise NotDone(f"{code} is no priority of this plan. Its priorities are {known}.")
    return found


def _named(priority: Priority) -> str:
    return f"{priority.code} {priority.title}"


def _title(view: RoundView, person: str) -> str:
    found = view.people.get(person)
    return found.title if found else "lead, who has left the file"

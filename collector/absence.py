"""Somebody is away, or back: who may say so, what becomes of what they owe, and proposals from automatic replies."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from collector.acting import Acting, NotDone
from collector.books import AuditLine
from collector.coordinators import of_the_cover
from collector.cover import Cover
from collector.domain.absence import Absence, SaidAbsence
from collector.domain.people import Person, Role
from collector.domain.period import day
from collector.domain.round import ObligationState
from collector.domain.submission import Machine, Opened, Refusal
from collector.ports import Border, Unit
from collector.view import RoundView, latest_view
from collector.wording import number_word


def go_away(
    acting: Acting,
    view: RoundView,
    who: Person,
    since: date | None = None,
    until: date | None = None,
    deputy: Person | None = None,
    why: str = "",
) -> tuple[str, ...]:
    """Somebody is away from `since` (today) to `until`, both included; without `until`, until they are back.

    While they are, their reminders go to `deputy`, else to the deputy in the file, else to the priority's lead. What
    was said of the same days before counts no longer. NotDone where the dates or the deputy can't be, or it is not for
    this person to say.
    """
    today = acting.calendar.local(acting.now).date()
    _allowed(acting, view, who)
    said = Absence(0, who.id, since or today, until, deputy.id if deputy else "", acting.by.id, acting.now)
    _checked(view, said, today)
    others = [held for held in view.absences if held.person == who.id]
    if any(replace(held, id=0, said_by=said.said_by, said_at=said.said_at) == said for held in others):
        return (f"That is known already: {_sentence(who, said)}",)
    _make_room(acting.unit, said, others)
    acting.unit.people.add_absence(said)
    acting.write("absence said", who.id, f"{_sentence(who, said)} {why}".strip())
    after = replace(view, absences=[*acting.unit.people.absences()])
    meanwhile = max(said.since, today)
    if who.role is Role.COORDINATOR and not after.owed_by(who.id):
        return (_sentence(who, said), *of_the_cover(after.partnership, who, said, meanwhile))
    return (
        _sentence(who, said),
        *_goes_to(after, who, meanwhile),
        *of_the_cover(after.partnership, who, said, meanwhile),
    )


def come_back(acting: Acting, view: RoundView, who: Person, why: str = "") -> tuple[str, ...]:
    """Somebody is back today: they are written to again. A proposal from an automatic reply is put aside."""
    _allowed(acting, view, who)
    today = acting.calendar.local(acting.now).date()
    held = [said for said in view.absences if said.person == who.id and (said.proposed or said.holds(today))]
    if not held:
        raise NotDone(f"The {who.title} is not away, as far as we know. Nothing was changed.")
    for said in held:
        _ends(acting.unit, said, today - timedelta(days=1))
    acting.write("back", who.id, why)
    out = [owed.measure for owed in view.outstanding(who.id)]
    still = f" Still out for {view.round.period}: {', '.join(out)}." if out else ""
    return (f"The {who.title} is back and is written to again.{still}",)


def propose_absence(unit: Unit, view: RoundView, who: Person, said: SaidAbsence, now: datetime) -> bool:
    """Keep what an automatic reply says, for the coordinator to agree to; False where it is known."""
    told = [held for held in view.absences if held.person == who.id and held.until is not None]
    if any(held.since <= said.until <= (held.until or said.until) for held in told):
        return False
    for held in told:
        if held.proposed:
            unit.people.drop_absence(held.id)
    unit.people.add_absence(Absence(0, who.id, said.since, said.until, "", who.id, now, proposed=True))
    unit.audit.write(AuditLine(now, who.id, "absence proposed", who.id, f"an automatic reply: until {day(said.until)}"))
    return True


def heed_automatic_reply(unit: Unit, opened: Opened | Refusal, border: Border, now: datetime) -> None:
    """An out-of-office reply is no answer, but what it says of its sender's absence is proposed to the coordinator."""
    view = latest_view(unit)
    if view is None or not isinstance(opened, Opened) or opened.machine is not Machine.AUTO_REPLY:
        return
    known = view.partnership.all_known_as(opened.senders[0]) if len(opened.senders) == 1 else ()
    who = known[0] if len(known) == 1 else None
    if who is not None and opened.absence is not None and border.trusted(opened)[0]:
        propose_absence(unit, view, who, opened.absence, now)


def _allowed(acting: Acting, view: RoundView, who: Person) -> None:
    theirs = {who.id, who.deputy, *(view.lead_of(owed.measure) for owed in view.owed_by(who.id))}
    if not acting.coordinates and acting.by.id not in theirs:
        raise NotDone(
            f"Only the {who.title}, their deputy, the lead of their priority or the coordinator can say that they are"
            " away or back. Nothing was changed."
        )


def _checked(view: RoundView, said: Absence, today: date) -> None:
    if said.until is not None and said.until < said.since:
        raise NotDone(f"The last day away, {day(said.until)}, is before the first, {day(said.since)}. Say it again.")
    if said.until is not None and said.until < today:
        raise NotDone(f"{day(said.until)} is over. Say the last day away, like 9 Nov 2015.")
    if said.deputy == said.person:
        raise NotDone("Nobody stands in for themselves. Say who else does.")
    deputy = view.people.get(said.deputy)
    if deputy is not None and not Cover(view, said.since).can_answer(deputy.id):
        raise NotDone(f"{Cover(view, said.since).why_not(deputy.id)}, so they can't stand in. Say who else does.")


def _make_room(unit: Unit, said: Absence, others: Iterable[Absence]) -> None:
    """What is said last counts for its days and after: nothing older outlasts it."""
    for held in others:
        if held.proposed or held.until is None or held.until >= said.since:
            _ends(unit, held, said.since - timedelta(days=1))


def _ends(unit: Unit, held: Absence, last: date) -> None:
    if held.proposed or last < held.since:
        unit.people.drop_absence(held.id)
    else:
        unit.people.end_absence(held.id, last)


def _sentence(who: Person, said: Absence) -> str:
    until = f"to {day(said.until)}" if said.until else "until they are back"
    return f"The {who.title} is away from {day(said.since)} {until}."


def _goes_to(view: RoundView, who: Person, today: date) -> list[str]:
    """Where what is out goes meanwhile, a line for each person."""
    cover = Cover(view, today)
    groups: dict[str | None, list[str]] = {}
    for owed in view.owed_by(who.id):
        if owed.state is not ObligationState.IN:
            groups.setdefault(cover.answers(owed), []).append(owed.measure)
    told = []
    for person, codes in groups.items():
        found = view.people.get(person or "")
        if found is None:
            told.append(f"Nobody can answer for {', '.join(codes)}: the coordinator is told. Say who stands in.")
        else:
            told.append(f"Meanwhile the {found.title} is asked for {', '.join(codes)}, in one message with their own.")
    told += _signs_meanwhile(cover, who)
    return told or [f"{number_word(0)} figure of theirs is out for {view.round.period}."]


def _signs_meanwhile(cover: Cover, lead: Person) -> list[str]:
    """Who signs a lead's priorities off meanwhile, or that nobody does."""
    codes = [each.code for each in cover.view.partnership.priorities if each.lead == lead.id]
    signer = cover.view.people.get(cover.signs_for(lead.id))
    if not codes or signer is None:
        return []
    named = " and ".join(codes)
    if signer.id == lead.id:
        return [f"Nobody signs {named} off in their place: say who stands in."]
    return [f"Meanwhile the {signer.title} signs {named} off in their place."]

"""More time for a figure: asked for by who owes it, granted or refused by the coordinator (RULES 18)."""

from collections.abc import Collection, Sequence
from datetime import date

from collector.acting import Acting, NotDone
from collector.books import Planned
from collector.coordinators import told_of_it
from collector.cover import Cover
from collector.domain.people import Person
from collector.domain.period import day
from collector.domain.round import Obligation, ObligationState, RoundState
from collector.messages import Notice
from collector.owing import due_of
from collector.view import RoundView
from collector.wishes import TIME_ASKED, TIME_GIVEN, TIME_REFUSED
from collector.wording import by_day


def extend(
    acting: Acting, view: RoundView, codes: Sequence[str], until: date, who: Person | None = None, why: str = ""
) -> tuple[str, ...]:
    """Give more time: for these figures, or all that somebody still owes. Whoever owes them is told."""
    if not acting.coordinates:
        raise NotDone(
            "Only the coordinator gives more time. Ask for it like this: I need an extension until 30 October."
        )
    owed = _out(view, codes, {who.id} if who else ())
    _checked(acting, view, owed, until)
    for one in owed:
        acting.unit.rounds.extend(one.id, until)
        acting.write(TIME_GIVEN, f"{one.measure} {view.round.period.key}", f"until {day(until)} {why}".strip())
    told, reason = [], f" Reason: {why}" if why else ""
    cover = Cover(view, acting.calendar.local(acting.now).date())
    for owner in dict.fromkeys(one.person for one in owed):
        theirs = ", ".join(one.measure for one in owed if one.person == owner)
        words = f"{theirs}, {view.round.period}: due on {day(until)} now, not late before that.{reason}"
        standing_in = (cover.instead_of(one) for one in owed if one.person == owner)
        for person in dict.fromkeys((view.people.get(owner), *standing_in)):
            _tell(acting, view, person, "you have more time", (words,))
        title = view.people[owner].title if owner in view.people else owner
        told.append(f"The {title} has until {day(until)} for {words.partition(':')[0]}.{reason}")
    return tuple(told)


def ask_for_time(acting: Acting, view: RoundView, codes: Sequence[str], until: date | None) -> tuple[str, ...]:
    """Somebody needs more time: the coordinator is asked, with the words that decide it. Nothing changes before."""
    covered = Cover(view, acting.calendar.local(acting.now).date()).list_of(acting.by.id) if codes else []
    owed = _out(view, codes, {acting.by.id, *(one.person for one in covered)})
    if until is None:
        example = f"I need an extension until 30 October for {owed[0].measure}"
        raise NotDone(f"Say until when, like this: {example}. Nothing was changed.")
    _checked(acting, view, owed, until)
    period, named = view.round.period, [one.measure for one in owed]
    for measure in named:
        acting.write(TIME_ASKED, f"{measure} {period.key}", f"until {day(until)}")
    grant = f"extend {' and '.join(named)} until {day(until)}: and the reason"
    lines = (
        f"The {acting.by.title} asks for more time for {', '.join(named)}, {period}: until {day(until)}.",
        f"To grant it, reply: {grant}",
        f"To refuse it, reply: no extension for {' and '.join(named)}: and the reason",
    )
    for coordinator in told_of_it(acting.unit, view.partnership, acting.calendar.local(acting.now).date()):
        _tell(acting, view, coordinator, f"the {acting.by.title} asks for more time", lines)
    due = due_of(owed[0], view.definitions[owed[0].measure], view.round, acting.calendar)
    return (
        f"The coordinator is asked for more time for {', '.join(named)}, until {day(until)}. Until they grant it,"
        f" {named[0]} is due {by_day(acting.calendar.local(due))}. You will be told.",
    )


def refuse_time(acting: Acting, view: RoundView, codes: Sequence[str], why: str) -> tuple[str, ...]:
    """The coordinator gives no more time: whoever asked is told why."""
    if not acting.coordinates:
        raise NotDone("Only the coordinator decides about more time.")
    if not why.strip():
        raise NotDone("Say why, so that whoever asked can be told. Nothing was done.")
    told = []
    for measure in (one.measure for one in _out(view, codes, ())):
        subject = f"{measure} {view.round.period.key}"
        asked = acting.unit.audit.lines(subject, TIME_ASKED)
        if not asked:
            raise NotDone(f"Nobody asked for more time for {measure}, {view.round.period}. Nothing was done.")
        acting.write(TIME_REFUSED, subject, why)
        person = view.people.get(asked[-1].actor)
        words = f"{measure}, {view.round.period}: no more time was given, the due day stays. Reason: {why}"
        _tell(acting, view, person, "no more time", (words,))
        told.append(words)
    return tuple(told)


def _out(view: RoundView, codes: Sequence[str], owners: Collection[str]) -> list[Obligation]:
    """What is meant and still out, of these owners or of anybody; NotDone where there is none."""
    wanted = {code.upper() for code in codes}
    found = [
        one
        for one in view.obligations
        if (not wanted or wanted & {one.measure.upper(), view.definitions[one.measure].indicator.upper()})
        and (not owners or one.person in owners)
        and (wanted or owners)
    ]
    unknown = wanted - {
        name.upper() for one in found for name in (one.measure, view.definitions[one.measure].indicator)
    }
    if unknown:
        whose = "you owe" if owners else "anybody owes"
        raise NotDone(
            f"{', '.join(sorted(unknown))} is nothing that {whose} for {view.round.period}. Nothing was done."
        )
    out = [one for one in found if one.state is not ObligationState.IN]
    if not out:
        raise NotDone(f"Nothing of that is out for {view.round.period}, so no more time is needed. Nothing was done.")
    return out


def _checked(acting: Acting, view: RoundView, owed: Sequence[Obligation], until: date) -> None:
    if view.round.state is RoundState.LOCKED:
        raise NotDone(f"{view.round.period} is locked. Nothing was done.")
    if until < acting.calendar.local(acting.now).date():
        raise NotDone(f"{day(until)} is over. Say a day to come. Nothing was done.")
    dues = [due_of(one, view.definitions[one.measure], view.round, acting.calendar) for one in owed]
    first = acting.calendar.local(min(dues))
    if until <= first.date():
        raise NotDone(f"{owed[0].measure} is due {by_day(first)} anyway. Say a later day. Nothing was done.")


def _tell(acting: Acting, view: RoundView, to: Person | None, subject: str, lines: tuple[str, ...]) -> None:
    if to is None or to.id == acting.by.id:
        return
    period = view.round.period
    key = f"more-time:{period.key}:{acting.now.isoformat()}:{to.id}:{len(lines)}:{lines[0][:60]}"
    message = Notice(to.title, subject, lines, period)
    acting.unit.outbox.plan(Planned(key, to.id, message, acting.now, True, period, channel=to.prefers), acting.now)

"""Handing an indicator over, for the round that is open and from now on; it outlives loading the file again.

The file is the master: a hand-over stands as long as the file names the same giver, and is shown at each load.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from collector.acting import Acting, NotDone
from collector.books import Planned, QueryState
from collector.cover import Cover
from collector.domain.absence import HandedOver
from collector.domain.partnership import Partnership
from collector.domain.people import Person, Responsibility
from collector.domain.period import day
from collector.domain.round import Obligation, ObligationState
from collector.follow_up import waits_for_source
from collector.messages import Notice
from collector.ports import Books, Unit
from collector.view import RoundView, current_views


def hand_over(
    acting: Acting, view: RoundView, codes: Sequence[str], giver: Person, taker: Person, why: str = ""
) -> tuple[str, ...]:
    """What one person owes is another's from this round on: the given indicators or measures, or all of theirs.

    What is in stays with who sent it, unless it is asked for again (not available yet, provisional). Both are told,
    except who gave the order: they read the answer. NotDone where something is not the giver's, or not for this person
    to hand over.
    """
    unit, since = acting.unit, view.round.period
    held = unit.plan.get() or view.partnership
    measures = _measures(view, held, codes, giver)
    _allowed(acting, view, measures, giver, taker)
    said = [HandedOver(0, code, giver.id, taker.id, since, acting.by.id, acting.now) for code in measures]
    unit.plan.save(replace(held, responsibilities=_with(held.responsibilities, said)))
    for one in said:
        unit.people.add_hand_over(one)
        who = f"from the {giver.title} to the {taker.title} from {since.key} on"
        acting.write("handed over", one.measure, f"{who}: {why}" if why else who)
    out = _move_what_is_out(acting, measures, giver, taker)
    named = ", ".join(f"{code} ({view.definitions[code].short})" for code in measures)
    lines = (
        f"From {since} on the {taker.title} reports, in place of the {giver.title}: {named}.",
        f"Still to come, from the {taker.title} now: {', '.join(out)}."
        if out
        else "What is in for this round stays as it was sent.",
    )
    for person in (giver, taker):
        if person.id != acting.by.id:
            _tell(acting, view, person, lines)
    return lines


def with_hand_overs(new: Partnership, held: Iterable[HandedOver]) -> tuple[Partnership, list[HandedOver]]:
    """A definition file with the hand-overs on the books that still fit it, and those that it has overtaken."""
    people = {person.id for person in new.people}
    responsibilities, over = new.responsibilities, []
    for one in held:
        after = _with(responsibilities, [one]) if one.taker in people else responsibilities
        if after == responsibilities:
            over.append(one)
        responsibilities = after
    return replace(new, responsibilities=responsibilities), over


def differences(books: Books, new: Partnership) -> list[str]:
    """Where the books differ from a file by a hand-over that is kept, a line each."""
    with books.begin() as unit:
        held = unit.people.hand_overs()
    _, over = with_hand_overs(new, held)
    titles = {person.id: person.title for person in new.people}
    return [
        f"{one.measure}: the file names {titles.get(one.giver, one.giver)}, who handed it over to {titles[one.taker]}"
        f" on {day(one.said_at.date())}, from {one.since} on. That stands until the file names somebody else."
        for one in held
        if one not in over
    ]


def settle_hand_overs(unit: Unit, over: Iterable[HandedOver], now: datetime) -> None:
    """What a file has overtaken counts no more, whatever the next file says."""
    for one in over:
        unit.people.end_hand_over(one.id, now)


def _with(held: tuple[Responsibility, ...], said: Iterable[HandedOver]) -> tuple[Responsibility, ...]:
    """Responsibilities with a measure given on; unchanged where the giver does not hold it then."""
    found = list(held)
    for one in said:
        for at, before in enumerate(found):
            if (before.measure, before.person) == (one.measure, one.giver) and before.holds(one.since):
                until_then = [replace(before, until=one.since)] if before.since < one.since else []
                found[at : at + 1] = [*until_then, Responsibility(one.measure, one.taker, one.since, before.until)]
                break
    return tuple(found)


def _measures(view: RoundView, held: Partnership, codes: Sequence[str], giver: Person) -> list[str]:
    """The measures meant: by their own code or their indicator's; all of the giver's where none is named."""
    owners = {one.measure: one.person for one in held.responsibilities if one.holds(view.round.period)}
    if not codes:
        owned = [code for code in view.definitions if owners.get(code) == giver.id]
        if not owned:
            raise NotDone(f"The {giver.title} owes nothing that could be handed over. Nothing was changed.")
        return owned
    wanted = {code.upper() for code in codes}
    named = [c for c, d in view.definitions.items() if wanted & {c.upper(), d.indicator.upper()} and not d.parts]
    # The code of a figure with several contributors means the giver's part of it.
    others = {c for c in named if view.definitions[c].part and c.upper() not in wanted and owners.get(c) != giver.id}
    named = [c for c in named if c not in others] or named
    unknown = wanted - {name.upper() for c in named for name in (c, view.definitions[c].indicator)}
    if unknown:
        raise NotDone(f"No indicator has the code {', '.join(sorted(unknown))}. Nothing was changed.")
    for code in named:
        if owners.get(code) != giver.id:
            owner = view.people.get(owners.get(code, ""))
            whose = f"the {owner.title}'s" if owner else "nobody's"
            raise NotDone(f"{code} is {whose}, not the {giver.title}'s. Nothing was changed.")
    return named


def _allowed(acting: Acting, view: RoundView, measures: list[str], giver: Person, taker: Person) -> None:
    if giver.id == taker.id:
        raise NotDone(f"The {giver.title} owes it already. Nothing was changed.")
    if acting.by.id != giver.id and not acting.coordinates and any(view.lead_of(m) != acting.by.id for m in measures):
        raise NotDone(
            f"Only the {giver.title}, the lead of the priority or the coordinator can hand this over."
            " Nothing was changed."
        )
    cover = Cover(view, acting.calendar.local(acting.now).date())
    if cover.has_left(taker.id) or not (taker.addresses or taker.slack):
        raise NotDone(f"{cover.why_not(taker.id)}, so it can't be handed over to them. Nothing was changed.")


def given_to_its_reporter(unit: Unit, view: RoundView, owed: Obligation) -> Obligation:
    """What is owed again although it was in: it goes to who reports it now, where it was handed over since."""
    reporter = view.reports_now(owed.measure)
    if reporter in ("", owed.person):
        return owed
    number = max((each.number for each in view.owed_by(reporter)), default=0) + 1
    unit.rounds.hand_over(owed.id, reporter, number)
    return replace(owed, person=reporter, number=number)


def _move_what_is_out(acting: Acting, measures: list[str], giver: Person, taker: Person) -> list[str]:
    """What is to come goes to the taker, at the end of their list; a question about it is asked of them anew."""
    moved = []
    for view in current_views(acting.unit, acting.now):
        last = max((owed.number for owed in view.owed_by(taker.id)), default=0)
        for owed in view.owed_by(giver.id):
            is_in = owed.state is ObligationState.IN
            if owed.measure in measures and (not is_in or waits_for_source(view, owed)):
                last += 1
                acting.unit.rounds.hand_over(owed.id, taker.id, last)
                moved.append(owed.measure)
                query = view.open_queries.get(owed.measure)
                if query is not None and not is_in:
                    acting.unit.queries.close(query.id, QueryState.OVERTAKEN, acting.now)
    return list(dict.fromkeys(moved))


def _tell(acting: Acting, view: RoundView, person: Person, lines: tuple[str, ...]) -> None:
    by = "The coordinator" if acting.coordinates else f"The {acting.by.title}"
    message = Notice(
        to=person.title,
        subject="who reports what has changed",
        paragraphs=(f"{by} has handed this over.", *lines, "If that is not right, reply and say so."),
        period=view.round.period,
    )
    key = f"handed-over:{view.round.period.key}:{acting.now.isoformat()}:{person.id}"
    acting.unit.outbox.plan(
        Planned(key, person.id, message, acting.now, True, view.round.period, channel=person.prefers), acting.now
    )

"""Who answers for what on a day: the owner, else their deputy, else the priority's lead, else nobody. Pure.

Somebody answers who is in the file, has not left, is not away, and can be written to.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from collector.domain.absence import Absence
from collector.domain.figure import Figure
from collector.domain.people import Person
from collector.domain.period import day
from collector.domain.round import Obligation
from collector.ladder import Rung
from collector.ports import Calendar
from collector.view import RoundView


@dataclass(frozen=True)
class Cover:
    """Who answers in a round on one day."""

    view: RoundView
    today: date

    def absence_of(self, person: str) -> Absence | None:
        """Why somebody is away today; what was said last counts."""
        held = (said for said in reversed(self.view.absences) if said.person == person and said.holds(self.today))
        return next(held, None)

    def has_left(self, person: str) -> bool:
        """Whether somebody is not in the file any more, or their last day is over."""
        found = self.view.people.get(person)
        return found is None or found.has_left(self.today)

    def can_answer(self, person: str) -> bool:
        """Whether a question to somebody can be answered today."""
        found = self.view.people.get(person)
        reached = found is not None and (found.addresses or found.slack is not None)
        return bool(reached) and not self.has_left(person) and self.absence_of(person) is None

    def deputy_of(self, person: str) -> str:
        """Who was named for an absence, else the deputy in the file; "" for nobody."""
        absence, found = self.absence_of(person), self.view.people.get(person)
        return (absence.deputy if absence else "") or (found.deputy if found else "")

    def answers(self, owed: Obligation) -> str | None:
        """Who is written to about what is owed; None where nobody is left."""
        line = (owed.person, self.deputy_of(owed.person), self.view.lead_of(owed.measure))
        return next((person for person in line if person and self.can_answer(person)), None)

    def signs_for(self, lead: str) -> str:
        """Who signs today what is a lead's to sign: the lead, else their deputy while they can't (RULES 19).

        The deputy is whom the file or the absence names; without one who can answer it stays the lead's.
        """
        deputy = "" if self.can_answer(lead) else self.deputy_of(lead)
        return deputy if deputy and self.can_answer(deputy) else lead

    def list_of(self, person: str) -> list[Obligation]:
        """What somebody is asked for: their own list, then what they stand in for; the latter has no list numbers.

        Numbers are each person's own: in another's list they would mean two things.
        """
        own = self.view.owed_by(person) if self.can_answer(person) else []
        return [*own, *(replace(owed, number=0) for owed in self._of_others(person))]

    def _of_others(self, person: str) -> Iterator[Obligation]:
        for owner in self.view.may_be_missing:
            if owner != person and not self.can_answer(owner):
                yield from (owed for owed in self.view.owed_by(owner) if self.answers(owed) == person)

    def instead_of(self, owed: Obligation) -> Person | None:
        """Who has to act in place of somebody who can't answer; None where there is no need, or nobody."""
        return None if self.can_answer(owed.person) else self.view.people.get(self.answers(owed) or "")

    def reasons(self, person: str, owed: Iterable[Obligation]) -> tuple[str, ...]:
        """One sentence for each person somebody stands in for: who, what and why."""
        theirs: dict[str, list[Obligation]] = {}
        for one in owed:
            if one.person != person:
                theirs.setdefault(one.person, []).append(one)
        return tuple(self._reason(person, owner, listed) for owner, listed in theirs.items())

    def _reason(self, person: str, owner: str, owed: list[Obligation]) -> str:
        codes = _listed([one.measure for one in owed])
        how = "you stand in for" if self.deputy_of(owner) == person else "as lead of the priority you are asked for"
        return f"{self.why_not(owner)}: {how} {codes}."

    def why_not(self, person: str) -> str:
        """Why somebody can't answer, as the beginning of a sentence."""
        found, absence = self.view.people.get(person), self.absence_of(person)
        if found is None:
            return f"{person} is not in the partnership's file any more"
        if self.has_left(person) and found.left is not None:
            return f"The {found.title} left on {day(found.left)}"
        if absence is not None:
            return f"The {found.title} is away" + (f" until {day(absence.until)}" if absence.until else "")
        return f"There is no address and no Slack for the {found.title}"


def _listed(codes: list[str]) -> str:
    return codes[0] if len(codes) == 1 else f"{', '.join(codes[:-1])} and {codes[-1]}"


def may_report(view: RoundView, person: str, measure: str) -> bool:
    """Whether somebody may give a figure: its owner, their deputy of any day, the priority's lead (RULES 19).

    So may who reports it now that it was handed over.
    """
    owner = view.owner_of(measure)
    own = {owner, view.lead_of(measure), view.reports_now(measure) if owner else ""}
    return person in own or person in deputies_of(view, owner)


def deputies_of(view: RoundView, owner: str) -> set[str]:
    """Everybody who may report for somebody; "" among them means nobody.

    That is who was named to stand in, in the file or for an absence, and who writes from the same address.
    """
    found = view.people.get(owner)
    named = {said.deputy for said in view.absences if said.person == owner and not said.proposed}
    return {*named, *view.partnership.at_address_of(owner), found.deputy if found else ""}


def may_alter(view: RoundView, person: str, held: Figure) -> bool:
    """Whether a figure that stands is theirs to change: who owes it, their deputy of any day, and who sent it.

    A priority's lead can send a figure back but never alter another agency's (RULES 19): what the lead reported for its
    owner is the lead's to put right only until the owner has said something about it.
    """
    measure = held.reported.measure
    owner = view.owner_of(measure)
    theirs = {owner, view.reports_now(measure), *deputies_of(view, owner)} - {""}
    if person in theirs:
        return True
    spoken = any(query.measure == measure and query.person in theirs for query in view.queries)
    return person == held.source.person and not spoken


def could_be_asked(view: RoundView, person: str) -> list[Obligation]:
    """What somebody is asked for on some day of the round: their own, and what they might have to stand in for."""
    others = (owed for owner in view.may_be_missing if owner != person for owed in view.owed_by(owner))
    return [*view.owed_by(person), *(owed for owed in others if may_report(view, person, owed.measure))]


def moved(view: RoundView, person: str, rungs: list[Rung], calendar: Calendar) -> list[Rung]:
    """Somebody's reminders with what absences and their own wishes make of them; one a day.

    Who comes back is written to again, who begins to stand in is told, and what was put off comes on the day said.
    """
    if not (view.absences or view.snoozes or view.may_be_missing):
        return rungs
    opens = view.round.opens
    more = (rung for rung in _more(view, person, calendar) if rung.at > opens)
    days = {calendar.local(rung.at).date(): rung for rung in sorted(more, reverse=True)}
    days |= {calendar.local(rung.at).date(): rung for rung in rungs}
    found = sorted(days.values())
    wishes = [said for said in view.snoozes if said.person == person]
    for said, after in zip(wishes, [*wishes, None][1:], strict=True):
        again = _morning(view, said.until, calendar)
        if after is not None and after.said_at < again:
            # What is said last counts: the day that was said before brings no reminder, and holds none back.
            found = [rung for rung in found if not said.said_at <= rung.at < after.said_at]
        elif calendar.shift(said.until, 0) > calendar.local(opens).date():
            kept = [rung for rung in found if not said.said_at <= rung.at < again]
            name = calendar.local(again).date().isoformat()
            on_that_day = any(calendar.local(rung.at).date().isoformat() == name for rung in kept)
            found = kept if on_that_day else sorted([*kept, Rung(again, name, "put off until today at their own wish")])
    return found


def put_off(view: RoundView, person: str, now: datetime, calendar: Calendar) -> bool:
    """Whether somebody asked not to be reminded yet; what they said last counts."""
    last = next((said for said in reversed(view.snoozes) if said.person == person), None)
    return last is not None and now < _morning(view, last.until, calendar)


def _more(view: RoundView, person: str, calendar: Calendar) -> Iterator[Rung]:
    for absence in view.absences:
        if absence.person == person and absence.until is not None and not absence.proposed:
            at = _morning(view, absence.until + timedelta(days=1), calendar)
            yield Rung(at, calendar.local(at).date().isoformat(), "back from being away, and not in")
    for owner in view.may_be_missing:
        for at in _goes(view, owner, calendar):
            today = calendar.local(at).date()
            cover = Cover(view, today)
            if owner != person and any(cover.answers(owed) == person for owed in view.owed_by(owner)):
                yield Rung(at, f"{today.isoformat()}-stands-in", "stands in from today for somebody who can't answer")


def _goes(view: RoundView, owner: str, calendar: Calendar) -> Iterator[datetime]:
    """The moments from which somebody can't answer."""
    found = view.people.get(owner)
    if found is not None and found.left is not None:
        yield _morning(view, found.left, calendar)
    for absence in view.absences:
        if absence.person == owner and not absence.proposed:
            yield max(_morning(view, absence.since, calendar), absence.said_at)


def _morning(view: RoundView, when: date, calendar: Calendar) -> datetime:
    return calendar.at(calendar.shift(when, 0), view.partnership.timetable.office_opens)

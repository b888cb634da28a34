"""What people have asked of the coordinator and nobody has decided yet: more time, and somebody new who reports."""

from collector.books import AuditLine
from collector.cover import deputies_of
from collector.domain.round import ObligationState
from collector.ports import Unit
from collector.view import RoundView

#: How the audit trail names them, and what settles a wish for more time.
TIME_ASKED, TIME_GIVEN, TIME_REFUSED = "more time asked for", "more time given", "more time refused"
HAND_OVER_ASKED = "hand-over asked for"
#: What a hand-over of all that somebody owes is called.
EVERYTHING = "everything of theirs"


def open_wishes(unit: Unit, view: RoundView) -> list[str]:
    """Every wish of the round that is still to be decided, a line each with the words that decide it."""
    return [*_for_time(unit, view), *_for_somebody_new(unit, view)]


def _for_time(unit: Unit, view: RoundView) -> list[str]:
    opened = view.round.opens
    asked = {line.subject: line for line in unit.audit.lines(action=TIME_ASKED, since=opened)}
    settled = (line for what in (TIME_REFUSED, TIME_GIVEN) for line in unit.audit.lines(action=what, since=opened))
    decided = {line.subject: line.at for line in settled}
    told = []
    for owed in view.obligations:
        line = asked.get(f"{owed.measure} {view.round.period.key}")
        if (
            line is None
            or owed.state is ObligationState.IN
            or (line.subject in decided and decided[line.subject] >= line.at)
        ):
            continue
        code, until = owed.measure, line.reason
        told.append(
            f"{_who(view, line)} asks for more time for {code}, {until}. To grant it, reply: extend {code} {until}: and"
            f" the reason. To refuse it: no extension for {code}: and the reason"
        )
    return told


def _for_somebody_new(unit: Unit, view: RoundView) -> list[str]:
    told = {}
    for line in unit.audit.lines(action=HAND_OVER_ASKED, since=view.round.opens):
        owned = [one.measure for one in view.obligations if _speaks_for(view, line.actor, one.person)]
        named = owned if line.subject == EVERYTHING else line.subject.split(", ")
        if set(owned) & set(named):
            told[line.actor, line.subject] = (
                f"{_who(view, line)} says that {line.subject} is done by somebody else now ({line.reason}), who is not"
                " registered. To register them, reply: definitions. To hand it to somebody who is: hand over"
                f" {'everything' if line.subject == EVERYTHING else ' and '.join(named)} to their role"
            )
    return [*told.values()]


def _speaks_for(view: RoundView, person: str, owner: str) -> bool:
    return person == owner or person in deputies_of(view, owner)


def _who(view: RoundView, line: AuditLine) -> str:
    found = view.people.get(line.actor)
    return f"The {found.title}" if found else "Somebody who has left"

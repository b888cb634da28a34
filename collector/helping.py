"""What somebody can write to the collector, by role, and the answer to what was not understood."""

from collections.abc import Sequence

from collector.domain.people import Person, Role
from collector.messages import Notice
from collector.view import RoundView

_LONGEST = 200
_EVERYBODY = (
    "status",
    "what do I owe?",
    "I'm on leave until 9 November, the Medway Commander covers",
)
_OWES = (
    "the code and the figure, like DA06 153",
    "not available until 30 November",
    "remind me on Friday",
    "I need an extension until 30 October for DA06",
    "hand over DA06 to the Medway Commander",
)
_LEADS = ("signed off", "sign off P1", "send back DA06: the counts are for Q1")
_COORDINATES = (
    "status",
    "who owes what?",
    "on behalf of the Medway Commander: DA06 153",
    "the Medway Commander is on leave until 9 November, the Director of Public Health covers",
    "extend DA06 until 30 October: and the reason",
    "hand over DA06 to the Medway Commander",
    "release all",
    "freeze the round",
    "lock the round: and the reason",
    "reopen DA06: and the reason",
    "decline DA06: and the reason",
    "accept request 3: and what SEG decided",
    "quarantine",
    "requests",
    "what waits for release?",
    "words held back",
    "targets to confirm",
    "confirm the target of DA06: and where it was agreed",
    "timetable",
    "purge 12: and the reason",
    "export",
    "definitions",
    "history DA06",
)
#: What makes files of the partnership's, or reads them, and is done where they lie.
_AT_THE_TERMINAL = (
    "At the terminal only, as they read or make files there: loading the definition file, the report, the public"
    " tables, and checking a paper."
)
_READS = ("status",)
_FEW = 6


def leads(person: Person, view: RoundView) -> bool:
    """Whether somebody signs a priority off."""
    return any(priority.lead == person.id for priority in view.partnership.priorities)


def ways(person: Person, view: RoundView | None) -> Sequence[str]:
    """What somebody can write, the most likely first; codes and roles stand for their own.

    Before the first round there is no view: nobody owes or signs anything yet.
    """
    if person.role is Role.COORDINATOR:
        return _COORDINATES
    if person.role in (Role.CHAIR, Role.SEG):
        return _READS
    if view is None:
        return _EVERYBODY
    signs = _LEADS if leads(person, view) else ()
    return (*signs, *_EVERYBODY, *(_OWES if view.owed_by(person.id) else ()))


def help_lines(person: Person, view: RoundView | None) -> tuple[str, ...]:
    """The answer to "help"."""
    told = ("You can write, each on a line of its own:", *ways(person, view))
    return (*told, _AT_THE_TERMINAL) if person.role is Role.COORDINATOR else told


def not_understood(person: Person, said: str, view: RoundView) -> Notice:
    """For somebody who owes no figures and whose message is no order: what was not understood, and what would work."""
    words = " ".join(said.split())
    short = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}\u2026"
    told = [
        f"We did not understand \u201c{short}\u201d, so nothing was done."
        if short
        else "We found nothing to do in your message, so nothing was done."
    ]
    told += nothing_signed(person, view)
    some = ways(person, view)
    told.append("What works, each on a line of its own: " + "; ".join(some[:_FEW]) + ".")
    if len(some) > _FEW:
        told.append("For all of it, write: help")
    if person.role is not Role.COORDINATOR:
        told.append("Your message is kept, and the coordinator sees it.")
    return Notice(to=person.title, subject="Your message to the collector", paragraphs=tuple(told))


def nothing_signed(person: Person, view: RoundView) -> list[str]:
    """A lead is never left to believe that something was signed."""
    if not leads(person, view):
        return []
    own = next(priority.code for priority in view.partnership.priorities if priority.lead == person.id)
    return [f"Your message signs nothing off. To sign, reply: signed off (or for one priority: sign off {own})."]

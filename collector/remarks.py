"""What a lead says about another's figure and is no certain figure: kept, and shown to the coordinator."""

from datetime import datetime

from collector.cover import deputies_of, may_alter
from collector.domain.figure import Figure
from collector.ports import Unit
from collector.view import RoundView
from collector.wording import figure_words

#: How the audit trail names it; the coordinator is told of each once.
REMARK = "remark about a figure"
REMARKS_TOLD = "What leads said about figures that stand. It changed nothing, and nobody was asked because of it."


def is_anothers(view: RoundView, person: str, held: Figure, spoken: bool) -> bool:
    """Whether what somebody says without certainty about a figure that stands is a remark, and no question to them.

    That is so of another's figure; where they sent it themselves for its owner, they are asked about a number
    (`spoken`), and about words without one they are not.
    """
    owner = view.owner_of(held.reported.measure)
    if person == owner or person in deputies_of(view, owner):
        return False
    return not spoken or not may_alter(view, person, held)


def remark_kept(view: RoundView, held: Figure, words: str) -> str:
    """What its writer is told, with the way to more than a remark."""
    code = held.reported.measure
    stands = figure_words(held.reported, view.definitions[code].unit)
    said = " ".join(words.split()).strip(" .")
    return (
        f"{code}: \u201c{said}\u201d is kept as your remark, and the coordinator sees it. {stands} stands."
        f" To send the figure back, reply: send back {code}: and the reason."
    )


def fresh_remarks(unit: Unit, since: datetime | None) -> list[str]:
    """The remarks since a moment, a line each for the coordinator."""
    partnership = unit.plan.get()
    people = partnership.by_id if partnership else {}
    found = unit.audit.lines(action=REMARK, since=since)
    return [
        f"{line.subject.split()[0]}, the {people[line.actor].title if line.actor in people else line.actor}:"
        f" \u201c{line.reason}\u201d"
        for line in found
    ]

"""Milestones: met, on track, at risk or missed, as a progress note says in so many words, with its reason."""

import re
from dataclasses import dataclass
from enum import StrEnum

from collector.domain.figure import Reported
from collector.domain.period import day
from collector.domain.rag import Judgement, Rag
from collector.domain.target import Target


class Milestone(StrEnum):
    """How far a milestone is."""

    MET = "met"
    ON_TRACK = "on track"
    AT_RISK = "at risk"
    MISSED = "missed"

    @property
    def rag(self) -> Rag:
        """Its colour, once it is said with a reason."""
        return {"at risk": Rag.AMBER, "missed": Rag.RED}.get(self.value, Rag.GREEN)


@dataclass(frozen=True)
class Progress:
    """What a note says of a milestone, and the sender's reason, "" where there is none."""

    milestone: Milestone
    reason: str


# The statement must stand alone at the start: "Met with partners" is no milestone that was met.
_SAID = re.compile(
    r"(?:milestone )?(met|on track|at risk|missed|not met)\s*(?:$|[:;.\u2013\u2014]|-\s|\s-\s)\s*(.*)", re.I | re.S
)


def progress(note: str) -> Progress | None:
    """What a progress note says at its start: "On track: the tender is out". None where it says none of the four."""
    found = _SAID.match(note.strip())
    if found is None:
        return None
    said = found[1].lower()
    milestone = Milestone.MISSED if said == "not met" else Milestone(said)
    return Progress(milestone, re.split(r"(?<=[.!?])\s", found[2].strip())[0].rstrip("."))


#: How somebody says that a milestone stands where it stood (RULES 6: offered for milestones only).
NO_CHANGE = "No change since last quarter"


def unchanged(note: str, before: str) -> str:
    """A note that says "No change since last quarter" with what stood last quarter: its state at the start.

    Any other note stays as it is, and so does this one where nothing was said last quarter.
    """
    said, colon, more = note.strip().partition(":")
    if said.strip(" .").lower() != NO_CHANGE.lower() or not before.strip():
        return note
    stood = progress(before)
    state = f"{stood.milestone.value.capitalize()}: no" if stood else "No"
    why = more.strip() if colon else ""
    then = (stood.reason if stood else before).strip(" .")
    told = f" ({then})" if then and not then.lower().startswith("no change since") else ""
    return f"{state} change since last quarter{told}{f'. {why}' if why else ''}"


def judge_milestone(target: Target, reported: Reported) -> Judgement:
    """The colour of a milestone. A statement without its reason is a claim and gives none (RULES 14).

    What is not met by its day is missed, whatever the note hopes.
    """
    said = progress(reported.note)
    if said is None:
        return Judgement(None, "No colour: a progress note, not a figure.")
    if said.milestone is not Milestone.MET and target.due is not None and target.due <= reported.period.span.end:
        return Judgement(Rag.RED, f"Red: the milestone was due on {day(target.due)} and is not met.")
    if not said.reason:
        return Judgement(None, f"No colour: \u201c{said.milestone.value}\u201d is said without a reason.")
    rag = said.milestone.rag
    return Judgement(rag, f"{rag.word}: the milestone is {said.milestone.value}: \u201c{said.reason}\u201d.")

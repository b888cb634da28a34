"""Numbers that each have a line and a label of their own."""

import re

from parsers.figures.facts import Facts
from parsers.figures.scopes import Number
from parsers.figures.standing import Standing

_AHEAD = 1.25
_AHEAD_BY_LABEL = 0.75
_A_LABEL = re.compile(r"[^:\d]{3,120}: ?[%.;, ]*")


def ahead_of(facts: Facts, best: Standing, other: Standing) -> float:
    """By how much a number must be ahead of another one.

    By less where each has a line and a label, and the one's names all that the other's names of the title, and more:
    "Initial visits on time: 69%", "Review visits on time: 85%".
    """
    labelled = all(_alone_under_a_label(facts, each.number) for each in (best, other))
    return _AHEAD_BY_LABEL if labelled and best.named > other.named else _AHEAD


def _alone_under_a_label(facts: Facts, number: Number) -> bool:
    """Whether a line is a label, a colon and a number, and nothing else."""
    start, end = facts.canvas.sentence_at(number.start)
    line, own = facts.canvas.text[start:end], facts.canvas.text[number.start : number.end]
    return _A_LABEL.fullmatch(line.replace(own, "", 1)) is not None

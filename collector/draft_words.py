"""What a sentence of a draft says in words beside its numbers: which side of a target, and what nobody checks. Pure."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from collector.domain.draft import Role, Statement, Verdict

#: Only of a target: "within 6 months" and "over the year" are no sides.
_SIDE = re.compile(
    r"\b(below|under|within|above|over|exceed(?:s|ed|ing)?) (?:(?:the|its|our|a|this) )?(?:[\w.%-]+ )?"
    r"(?=(?:targets?|limits?|benchmark|threshold)\b|\d+(?:\.\d+)? ?(?:%|per cent))",
    re.I,
)
_BELOW = ("below", "under", "within")


def against_target(statement: Statement, held: Sequence[Decimal]) -> Iterator[tuple[Verdict, str]]:
    """Whether a figure is on the side of its target that the sentence says.

    The figure is the sentence's own; where it gives only the target, those of the books for the time it names (`held`).
    """
    figures = [each.value for each in statement.claimed if each.role is Role.FIGURE and not each.about]
    targets = [each for each in statement.claimed if each.role is Role.TARGET]
    sides = {word.lower() not in _BELOW for word in _SIDE.findall(statement.words)}
    if len(figures) > 1 or len(targets) != 1 or not sides:
        return
    target, compared = targets[0], figures or held
    if len(sides) > 1 or statement.denied or not compared:
        yield Verdict.UNJUDGED, f"which side of {target.words} it is on is for you to see"
        return
    wrong = [value for value in compared if value == target.value or (value > target.value) not in sides]
    said = "above" if sides.pop() else "below"
    if len(wrong) == len(compared):
        yield Verdict.DIFFERS, f"it says {said} {target.words}, and {wrong[-1].normalize():f} is not"
    elif wrong:
        yield Verdict.UNJUDGED, f"only some of the figures are {said} {target.words}"


def not_checked(statement: Statement) -> Iterator[tuple[Verdict, str]]:
    """What it says beside numbers and directions keeps it from agreeing as a whole."""
    if statement.beyond:
        told = ", ".join(f"\u201c{words}\u201d" for words in statement.beyond)
        yield Verdict.UNJUDGED, f"what it says with {told} is not checked"

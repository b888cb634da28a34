"""What was added, and behind it what that makes: "seven joined, taking the total to 54"."""

import re

from parsers.figures.facts import Facts
from parsers.figures.scopes import Number, together

_TAKEN_TO = re.compile(r"\b(?:tak|bring)(?:es?|s|ing) [^.;\d\n]{0,40}$", re.I)
_NEWLY = re.compile(r"\b(?:new|newly|added|additional|joined|recruited|joiners|starters)\b", re.I)
"""Words of a title that ask for what was added."""


_SO_FAR = re.compile(r"\b(?:(?:running|cumulative|year[- ]to[- ]date|ytd) (?:total|figure)|half[- ]year|year)\b", re.I)
"""A total of the year so far, of which what was added is the period's own part."""


def is_an_addition(facts: Facts, title: str, number: Number, rivals: list[Number], *, timed: bool = False) -> bool:
    """Whether a number may be what came on top, where the total behind it could be meant as well.

    `timed` says that the period asked for is named for it: of a running total it is then the period's own part.
    """
    text = facts.canvas.text
    makes = [rival for rival in rivals if together(facts, rival, number)]
    if timed:
        makes = [rival for rival in makes if not _SO_FAR.search(text, number.end, rival.start)]
    return any(_TAKEN_TO.search(text, number.end, rival.start) for rival in makes) and not _NEWLY.search(title)

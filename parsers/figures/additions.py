"""What was added, and behind it what that makes: "seven joined, taking the total to 54"."""

import re

from parsers.figures.facts import Facts
from parsers.figures.scopes import Number, together

_TAKEN_TO = re.compile(r"\b(?:tak|bring)(?:es?|s|ing) [^.;\d\n]{0,40}$", re.I)
_NEWLY = re.compile(r"\b(?:new|newly|added|additional|joined|recruited|joiners|starters)\b", re.I)
"""Words of a title that ask for what was added."""


def is_an_addition(facts: Facts, title: str, number: Number, rivals: list[Number]) -> bool:
    """Whether a number may be what came on top, where the total behind it could be meant as well."""
    makes = [rival for rival in rivals if together(facts, rival, number)]
    return not _NEWLY.search(title) and any(
        _TAKEN_TO.search(facts.canvas.text, number.end, rival.start) for rival in makes
    )

"""A heading and a list of what it is made of: "Theft: shops 41, homes 12", "60 thefts (shops 41, homes 19)"."""

import re

from parsers.figures import subject, vocabulary
from parsers.figures.facts import Facts
from parsers.figures.frame import Frame
from parsers.figures.scopes import Number, together
from parsers.figures.standing import Standing, sums_of

_SEVERAL = re.compile(r",|&|/|\+|\b(?:and|or)\b", re.I)


def names_several(title: str) -> bool:
    """Whether a title lists what it asks for, so that the parts' sum is the figure: "Staff, own and agency"."""
    return _SEVERAL.search(title) is not None


def is_one_of_a_list(frame: Frame, facts: Facts, number: Number, others: list[Number]) -> bool:
    """Whether only the heading is of the title, and the number is one of its kinds: "Theft: shops 41, homes 12"."""
    start, _ = facts.canvas.sentence_at(number.start)
    colon = facts.canvas.text.rfind(":", start, number.start)
    if colon < 0:
        return False
    label = subject.match(facts.canvas.text[colon + 1 : number.start], "", frame.asked)
    listed = any(number.end <= other.start and together(facts, other, number) for other in others)
    return listed and bool(label.strange) and not label.named


def is_a_sum_of_more(frame: Frame, best: Standing, everything: list[Standing]) -> bool:
    """Whether a number is the sum of parts, and most of what the title says is not said of it."""
    told = frozenset(word for word in subject.telling_words(frame.asked) if not vocabulary.is_filler(word))
    few = bool(best.named) and 2 * len(best.named & told) < len(told)
    return few and best.number in sums_of(each.number for each in everything)

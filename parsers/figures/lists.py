"""A heading and a list of what it is made of: "Theft: shops 41, homes 12", "60 thefts (shops 41, homes 19)"."""

import re
from dataclasses import replace

from parsers.figures import subject, vocabulary
from parsers.figures.evidence import sums_of
from parsers.figures.facts import Facts
from parsers.figures.frame import Frame
from parsers.figures.scopes import Number, together
from parsers.figures.standing import Standing


def is_one_of_a_list(frame: Frame, facts: Facts, number: Number, others: list[Number]) -> bool:
    """Whether only the heading is of the title, and the number is one of its kinds: "Theft: shops 41, homes 12"."""
    start, _ = facts.canvas.sentence_at(number.start)
    colon = facts.canvas.text.rfind(":", start, number.start)
    if colon < 0:
        return False
    label = subject.match(facts.canvas.text[colon + 1 : number.start], "", frame.asked)
    listed = any(number.end <= other.start and together(facts, other, number) for other in others)
    return listed and bool(label.strange) and not label.named


def _names_a_kind(frame: Frame, named: frozenset[str]) -> bool:
    """Whether a title says of what kind, by what cause or for whom, and none of those words is among some."""
    kinds = (found["kind"] for found in _KIND.finditer(frame.asked.title))
    words = (subject.telling_words(replace(frame.asked, title=kind, aliases=())) for kind in kinds)
    return any(kind and not kind & named for kind in words)


_KIND = re.compile(
    r"(?:\b(?:for|of|from|by|with|against|among|involving|due to|caused by|resulting in|leading to|relating to"
    r"|related to"
    r"|where|who|in)\b|[-:(,]) ?(?P<kind>[^-:(),]+?)(?= (?:for|of|from|by|with|against|among|in|where|who)\b"
    r"|[-:(),]|$)",
    re.I,
)
_A_GLOSS = re.compile(r"\([^()]*\b(?:definition|excl\w*|incl\w*|as per|based on)\b[^()]*\)", re.I)
"""What a title says in brackets of how it is counted names no kind."""
_SEXES = frozenset(["women", "men", "female", "females", "male", "males", "girls", "boys"])


def is_a_sum_of_more(frame: Frame, best: Standing, everything: list[Standing]) -> bool:
    """Whether a number is the sum of parts, most of what the title says is not said of it, and a part may be meant.

    "9 evictions (6 arrears, 3 ASB)" is no answer to evictions for nuisance: a part may say the rest of the title in
    other words. Women and men cannot, where the title does not name them: "153 clients: 100 women and 53 men". Nor can
    any part where the title names no kind: "Taxi drivers licensed".
    """
    title = replace(frame.asked, title=_A_GLOSS.sub("", frame.asked.title))
    told = frozenset(word for word in subject.telling_words(title) if not vocabulary.is_filler(word))
    if not best.named or 2 * len(best.named & told) >= len(told) or not _names_a_kind(frame, best.named):
        return False
    addends = sums_of(each.number for each in everything).get(best.number, ())
    parts = [each for each in everything if each.number in addends]
    return any(not part.strange or part.strange - _SEXES for part in parts)

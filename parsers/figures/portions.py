"""A part of another number that is the very thing asked for: "412 concerns, of which 138 led to an enquiry"."""

import re

from parsers.figures import consistency, subject
from parsers.figures.facts import Facts
from parsers.figures.frame import Frame
from parsers.figures.quantities import Fraction, Quantity
from parsers.figures.scopes import RUN, Scopes
from parsers.figures.units import Kind

_SEVERAL = re.compile(r",|&|/|\+|\b(?:and|or)\b", re.I)


def names_several(title: str) -> bool:
    """Whether a title lists what it asks for, so that the parts' sum is the figure: "Staff, own and agency"."""
    return _SEVERAL.search(title) is not None


_MOST_UNSAID = 1
"""So many of the title's telling words may be missing where its other words are said of the part."""


def parts_asked_for(frame: Frame, facts: Facts) -> list[Quantity]:
    """The counts called a part of others whose own words name what was asked for, and those of their whole do not.

    The whole must say what it counts: in "258. Of these 160 were in hostels" it may be the figure, whatever the part's
    words are.
    """
    if not facts.context.parts:
        return []
    scopes = Scopes(facts, frame.asked.title)
    return [part for part in facts.context.parts if part.kind is Kind.COUNT and _is_asked_for(frame, scopes, part)]


def _is_asked_for(frame: Frame, scopes: Scopes, part: Quantity) -> bool:
    timed = scopes.is_wanted(part) and scopes.facts.times_before(part.start)
    if timed and not frame.wanted.change:
        # "1,204 since April, 382 of these in Q3": of what was counted to date, the period's own.
        return True
    whole = whole_of(scopes.facts, part)
    if whole is None:
        return False
    own = subject.match(*scopes.around(part)[:2], frame.asked)
    others = subject.match(*scopes.around(whole)[:2], frame.asked)
    if own.against or len(own.strange) > len(own.named) or not (others.named or others.strange):
        return False
    sentence = scopes.facts.sentence(part.start)
    numbered = subject.numbers_of(frame.asked) <= set(RUN.findall(sentence))
    unsaid = subject.telling_words(frame.asked) - own.named - others.named
    allowed = 0 if names_several(frame.asked.title) else _MOST_UNSAID
    return bool(own.named - others.named) and numbered and len(unsaid) <= allowed


def whole_of(facts: Facts, part: Quantity) -> Quantity | None:
    """The count before a part, in its sentence or the one before: what it is a part of."""
    here = facts.canvas.sentence(part.start)
    told = [q for q in facts.said or facts.direct if q.kind is Kind.COUNT and q.end <= part.start]
    near = [q for q in told if here - facts.canvas.sentence(q.start) <= 1]
    return max(near, key=lambda q: q.start, default=None)


def part_that_makes(facts: Facts, given: Quantity, fraction: Fraction) -> Quantity | None:
    """The part of a fraction's own part that a percentage is said of: "81 of 97, and 76 of those (94%)"."""
    here = facts.canvas.sentence(given.start)
    for part in facts.context.parts:
        within = part.kind is Kind.COUNT and 0 < part.value <= fraction.numerator
        if within and facts.canvas.sentence(part.start) == here and part.start >= fraction.start:
            exact = 100 * part.value / fraction.numerator
            if consistency.rounded(exact, given.decimals) == given.value:
                return part
    return None


def count_the_share(frame: Frame, facts: Facts) -> None:
    """Where only so many, and so many of them, are told, what that is of them: "118 fell due and 105 of these ...".

    The part's own words must be of the title and nothing else.
    """
    told = [*facts.direct, *(said.what for said in facts.elsewhere)]
    parts = [part for part in facts.context.parts if part.kind is Kind.COUNT]
    given = facts.fractions or any(isinstance(q, Quantity) and q.kind is Kind.PERCENT for q in told)
    if frame.wanted.kind is not Kind.PERCENT or frame.wanted.change or given or len(parts) != 1:
        return
    part, here = parts[0], facts.canvas.sentence(parts[0].start)
    wholes = [q for q in facts.direct if q.kind is Kind.COUNT and q.end <= part.start and q.value >= part.value > 0]
    wholes = [q for q in wholes if here - facts.canvas.sentence(q.start) <= 1]
    fit = subject.match("", re.split(r"[,.;(\n]", facts.canvas.text[part.end :], maxsplit=1)[0], frame.asked)
    if len(wholes) == 1 and fit.named and not (fit.strange or fit.against):
        facts.fractions = facts.said_fractions = [Fraction(part.value, wholes[0].value, wholes[0].start, part.end)]
        facts.direct = facts.said = [q for q in facts.direct if q is not wholes[0]]

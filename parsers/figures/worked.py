"""Shares that two counts said before them come to: "143 were due. 131 were done, that is 91.6%"."""

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from collector.domain.submission import Asked
from parsers.figures import subject
from parsers.figures.consistency import is_remainder, is_share, rounded
from parsers.figures.facts import Facts
from parsers.figures.quantities import Fraction, Quantity
from parsers.figures.units import Kind, Wanted

_SENTENCES_BACK = 2
_FEWEST = 10
"""Of fewer cases a round percentage comes about by chance."""
_MOST = 8
_WHOLE = Decimal(100)


@dataclass(frozen=True)
class Worked:
    """The words among which the counts stand that a percentage comes to, and those of the part.

    `left` says that the percentage is what the part leaves.
    """

    words: str
    part: str
    left: bool

    def is_of(self, asked: Asked) -> bool:
        """Whether what is told of the part is what was asked, or, where the percentage is what it leaves, is not."""
        fit = subject.match("", _WERE.split(self.part, maxsplit=1)[-1], asked)
        if self.left:
            return bool(fit.strange or fit.against) and not (fit.named and not fit.against)
        return bool(fit.named) and not fit.against and len(fit.strange) <= len(fit.named)


def worked_out(facts: Facts, given: Quantity, wanted: Wanted) -> Worked | None:
    """The counts, or sums, that a share or a rate is worked out of; None where no two come to it, or several do."""
    per = _per(given, wanted)
    if per is None:
        return None
    leaves = _a_fraction_that_agrees(facts, given) if per == _WHOLE else None
    if leaves is not None:
        return leaves
    told = _told_before(facts, given)
    if any(q.kind is Kind.PERCENT and told and told[-1].end <= q.start < given.start for q in facts.said):
        return None
    pairs = [
        pair
        for pair in combinations(told, 2)
        if _stand_together(facts, given, *pair) and _comes_to(given, *pair, per) is not None
    ]
    if len(pairs) != 1:
        return None
    first, last = pairs[0]
    start, _ = facts.canvas.sentence_at(first.start)
    _, end = facts.canvas.sentence_at(last.start)
    words = facts.canvas.text[start : min(end, given.start)]
    return Worked(
        words, _told_of(facts, min(pairs[0], key=lambda q: q.value)), _comes_to(given, first, last, per) is True
    )


def _told_of(facts: Facts, part: Quantity | Fraction) -> str:
    """The words right behind a count or a fraction: what is told of it."""
    return _ENDS.split(facts.canvas.text[part.end :], maxsplit=1)[0]


_WERE = re.compile(r"\b(?:were|was|are|is|had|have|has|did|got)\b", re.I)
_ENDS = re.compile(r"[,.;(=\n]|\b(?:so|that is|which|giving|equal|i\.e)\b")


def _a_fraction_that_agrees(facts: Facts, given: Quantity) -> Worked | None:
    """A fraction of the next sentence that a percentage with a decimal is, or that leaves it: "98.9%. 2 of 180 ..."."""
    here = facts.canvas.sentence(given.start)
    for fraction in facts.said_fractions if given.decimals else ():
        if fraction.denominator < _FEWEST or facts.canvas.sentence(fraction.start) != here + 1:
            continue
        told = (given.value, given.decimals, fraction.numerator, fraction.denominator)
        comes = is_share(*told)
        if comes or is_remainder(*told):
            start, end = facts.canvas.sentence_at(fraction.start)
            return Worked(facts.canvas.text[start:end], _told_of(facts, fraction), not comes)
    return None


def _per(given: Quantity, wanted: Wanted) -> Decimal | None:
    """Per how many a number is said: a hundred for a percentage, what the unit says for a rate; None for any other."""
    if given.kind is Kind.PERCENT:
        return _WHOLE
    rate = given.kind is Kind.RATE or (given.kind is Kind.COUNT and given.decimals > 0)
    return wanted.scale if wanted.kind is Kind.RATE and rate else None


def _told_before(facts: Facts, given: Quantity) -> list[Quantity]:
    """The counts and sums of money before a share or a rate, back to two sentences, and in a bracket behind it."""
    here = facts.canvas.sentence(given.start)
    said = (*facts.said, *facts.context.parts, *facts.context.compared)
    counts = [q for q in said if q.kind in (Kind.COUNT, Kind.MONEY) and not q.signed]
    for fraction in facts.said_fractions:
        for value in (fraction.numerator, fraction.denominator):
            counts.append(Quantity(value, Kind.COUNT, fraction.start, fraction.end, ""))
    text = facts.canvas.text
    # "34.5% (3,908) came from ...": a count in a bracket is as good as one before.
    beside = [q for q in counts if q.start > given.end and _IN_ITS_BRACKET.fullmatch(text, given.end, q.start)]
    near = beside + [
        q for q in counts if q.start < given.start and here - facts.canvas.sentence(q.start) <= _SENTENCES_BACK
    ]
    return sorted(near, key=lambda q: q.start)[-_MOST:]


_IN_ITS_BRACKET = re.compile(r" ?[(\[][^()\[\]]*")


def _stand_together(facts: Facts, given: Quantity, one: Quantity, other: Quantity) -> bool:
    """Whether two counts stand in one sentence, or one begins the sentence after the other's: "143 due. 131 done"."""
    first, second = facts.canvas.sentence(one.start), facts.canvas.sentence(other.start)
    start, _ = facts.canvas.sentence_at(other.start)
    return first == second or other.start > given.end or not facts.canvas.text[start : other.start].strip(" -*")


def _comes_to(given: Quantity, one: Quantity, other: Quantity, per: Decimal) -> bool | None:
    """Whether a percentage is what two counts leave (True) or what they come to (False); None where it is neither."""
    low, high = sorted((one, other), key=lambda q: q.value)
    if one.kind is not other.kind or low.value < 0 or high.value < _FEWEST or low.value == high.value:
        return None
    share = per * low.value / high.value
    if rounded(share, given.decimals) == given.value:
        return False
    return True if per == _WHOLE and rounded(_WHOLE - share, given.decimals) == given.value else None


def is_told_as_asked(facts: Facts, fraction: Fraction, asked: Asked) -> bool:
    """Whether what is told of a fraction is of the title: "14 of the 16 majors were in time (87.5%)"."""
    fit = subject.match("", _told_of(facts, fraction), asked)
    return bool(fit.named) and not fit.against and len(fit.strange) <= len(fit.named)

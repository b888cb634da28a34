"""Numbers that are no rivals of the figure: what it is a part of, and what stands in a bracket behind it."""

import re

from parsers.figures import subject
from parsers.figures.evidence import sums_of
from parsers.figures.facts import Facts
from parsers.figures.frame import Frame
from parsers.figures.portions import names_several, whole_of
from parsers.figures.quantities import Quantity
from parsers.figures.scopes import Number
from parsers.figures.standing import Standing


def is_its_whole(frame: Frame, facts: Facts, best: Standing, rival: Standing, everything: list[Standing]) -> bool:
    """Whether the best number is the part of a rival that was asked for.

    It is called so, "212 victims, of whom 74 ...", or is one of those that the rival is the sum of, "Drivers 806
    (hackney 212, private hire 594)". The part alone must have words of the title, in the second case the one that the
    title begins with, and no strange ones.
    """
    timed = best.wanted and best.number in facts.context.parts
    if (
        timed
        and isinstance(best.number, Quantity)
        and facts.times_before(best.number.start)
        and whole_of(facts, best.number) == rival.number
    ):
        return True
    if best.strange or not best.named > rival.named:
        return False
    if best.number in facts.context.parts and isinstance(best.number, Quantity):
        return whole_of(facts, best.number) == rival.number
    addends = sums_of(each.number for each in everything).get(rival.number, ())
    more = best.named - rival.named
    first = subject.words_in_order(frame.asked)[:1]
    unsaid = subject.telling_words(frame.asked) - best.named
    told = more.issuperset(first) and len(unsaid) <= 1
    return best.number in addends and told and not names_several(frame.asked.title)


_ADDED = re.compile(r"\b(?:and|or|all|total)\b|[&+/]", re.I)
_LABEL = re.compile(r"(?:^|[:;,(]|\band\b)(?P<label>[^:;,()\d]*)$", re.I)


def is_listed_beside(frame: Frame, facts: Facts, best: Standing, number: Number) -> bool:
    """Whether a number stands in one list with the figure under a name that is not of the title: "purple 7, red 9".

    The figure's own name must be of the title and nothing else.
    """
    start, end = facts.canvas.sentence_at(best.number.start)
    if not start <= number.start < end or _ADDED.search(frame.asked.title):
        return False
    text = facts.canvas.text
    own, other = (_LABEL.search(text[start : each.start]) for each in (best.number, number))
    if own is None or other is None or not own["label"].strip():
        return False
    # A name may stand behind its number too: "96% would recommend, response rate 31.7%".
    name = other["label"].strip() or _NAME_BEHIND.match(text[number.end : best.number.start])
    if not name:
        return False
    fit, unfit = (
        subject.match(words if isinstance(words, str) else words[0], "", frame.asked) for words in (own["label"], name)
    )
    return bool(fit.named) and not fit.strange and not unfit.named and bool(unfit.strange)


_NAME_BEHIND = re.compile(r"[^:;,()\d]*[a-z][^:;,()\d]*(?=[,;])", re.I)
_IN_A_BRACKET = re.compile(r" ?\((?P<number>\d[\d,.]*) (?P<noun>[a-z]+(?: [a-z]+)?)\)", re.I)


def is_beside_in_brackets(frame: Frame, facts: Facts, best: Standing, number: Number) -> bool:
    """Whether a number in a bracket behind the figure counts what the title does not name: "14 (21 children)"."""
    beside = _IN_A_BRACKET.match(facts.canvas.text, best.number.end)
    unsaid = subject.telling_words(frame.asked) - best.named
    if beside is None or beside.start("number") != number.start or len(unsaid) > 1 or not best.named:
        return False
    return not subject.match("", beside["noun"], frame.asked).named


_BRACKET_BEHIND = re.compile(r"[^().;\n]*\([^()]*$")


def is_compared_in_brackets(facts: Facts, best: Standing, rival: Standing) -> bool:
    """Whether a number stands among comparisons in one bracket behind the figure: "9th (14th last year, 4th of ours)".

    Another time's number must be among them, and no word of the title speaks for this one alone.
    """
    text, number = facts.canvas.text, rival.number
    if (
        rival.wanted
        or rival.named - best.named
        or _BRACKET_BEHIND.fullmatch(text, best.number.end, number.start) is None
    ):
        return False
    opened, closed = text.rfind("(", 0, number.start), text.find(")", number.end)
    return any(opened < said.what.start < closed for said in facts.elsewhere)

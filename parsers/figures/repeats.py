"""Another number that says the same once more: in other words, with a slip, as the answer the reply opens with."""

import re

from collector.domain.figure import plain
from parsers.figures import subject
from parsers.figures.consistency import is_remainder, is_share
from parsers.figures.evidence import own_fractions
from parsers.figures.facts import Facts
from parsers.figures.field import Field
from parsers.figures.quantities import Fraction, Quantity
from parsers.figures.scopes import Number, kind_of, opens_the_reply, together
from parsers.figures.standing import Standing

_FAR_AHEAD = 2.0
_SAID_BETTER = 3.0
_CLOSE = 40
_OR = re.compile(r",? or ", re.I)


def _said_in_other_words(field: Field) -> bool:
    """A fraction or a forecast claims the same thing with another value."""
    return any(_in_other_words(field.facts, field.best, each) for each in field.hidden)


def _another_change(field: Field) -> bool:
    """Another number could be the change as well."""
    named = field.best.named
    text, best = field.facts.canvas.text, field.best.number
    others = [
        each
        for each in field.hidden
        if each.number in field.facts.direct
        and not _is_its_level(field, each.number)
        and (
            each.named
            or (not named and together(field.facts, each.number, best))
            or _OR.fullmatch(text, best.end, each.number.start)
        )
    ]
    return field.frame.wanted.change and bool(others)


def _is_its_level(field: Field, number: Number) -> bool:
    """Whether a number is the level that a change leads to: "1,988 days, 214 fewer than the quarter before"."""
    best, text = field.best.number, field.facts.canvas.text
    if not isinstance(number, Quantity) or not isinstance(best, Quantity) or not together(field.facts, number, best):
        return False
    return (
        number.end <= best.start and number.value > abs(best.value) and _THAN_BEFORE.match(text, best.end) is not None
    )


_THAN_BEFORE = re.compile(r" ?(?:than|on|against|compared)\b", re.I)


def _said_twice(field: Field) -> bool:
    """Another number claims the same, in the same words or further up."""
    told = subject.telling_words(field.frame.asked)
    return any(
        _earlier_alike(field.best, rival) or _says_the_same(told, field.best, rival)
        for rival in field.rivals
        if not _is_listed_below(field, rival)
    )


def _is_listed_below(field: Field, rival: Standing) -> bool:
    """Whether another number stands in a list behind the figure under a name of its own: "43%: 19% elective"."""
    best = field.best.number
    below = ":" in field.facts.canvas.text[best.end : rival.number.start] and together(field.facts, best, rival.number)
    return below and not rival.own and bool(rival.strange - field.best.strange)


_AT_IT = re.compile(
    r"^\W*at \d[\d.,]*(?: ?%| per ?cent)?,? (?:we|the (?:service|trust|council|team|force|company)"
    r"|performance|this|it|overall)\b",
    re.I | re.M,
)


def _said_again(field: Field) -> bool:
    """A later sentence begins with another value of it: "92% for the quarter ... At 87% the service has missed ..."."""
    text, best = field.facts.canvas.text, field.best.number
    return any(
        rival.number.start > best.end
        and (at := _AT_IT.search(text, field.facts.canvas.sentence_at(rival.number.start)[0]))
        and at.start() <= rival.number.start < at.end()
        for rival in field.everything
        if rival.number in field.facts.direct and kind_of(rival.number) is kind_of(best)
    )


def _a_slip(field: Field) -> bool:
    """A later sentence gives it again with one digit changed or two exchanged: "83.4% ... At 82.4% we are ..."."""
    best = field.best
    return any(
        not (len(rival.strange - best.strange) > 1 or rival.own - best.own or rival.narrowed or rival.difference)
        and not together(field.facts, best.number, rival.number)
        and _is_a_slip(best.number, rival.number)
        and not field.facts.canvas.text[: rival.number.start].endswith("'s ")
        for rival in field.everything
        if rival.number in field.facts.direct
    )


_FEWEST_DIGITS = 3
_CLOSE_BY = 10


def _is_a_slip(one: Number, other: Number) -> bool:
    if isinstance(one, Fraction) or isinstance(other, Fraction) or one.kind is not other.kind:
        return False
    first, second = (re.sub(r"\D", "", plain(each.value)) for each in (one, other))
    if one.decimals != other.decimals or len(first) != len(second) or len(first) < _FEWEST_DIGITS:
        return False
    if abs(one.value - other.value) > max(one.value, other.value) / _CLOSE_BY:
        return False
    differ = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    return len(differ) == 1 or (len(differ) == 2 and differ[0] == differ[1][::-1])


def _behind_an_answer(field: Field) -> bool:
    """The reply opens with another number, as an answer does."""
    if field.best.wanted:
        # "96% - Green. Only 91% of appointments were kept this quarter": one answer without a word, one in words.
        return any(opens_the_reply(field.facts, r.number) and not (r.named or r.strange) for r in field.rivals)
    if field.first:
        return False
    best = field.best
    others = (r for r in field.rivals if not (r.named and best.named > r.named and best.score - r.score >= _FAR_AHEAD))
    return any(_answers_first(field.facts, rival) for rival in others)


def _counted_twice(field: Field) -> bool:
    return any(_counted_otherwise(field.facts, field.best, rival) for rival in field.rivals)


def _earlier_alike(best: Standing, rival: Standing) -> bool:
    """Whether a number further up stands among the same words of the title and is not spoken against."""
    earlier = rival.number.start < best.number.start and rival.score > 0 and not rival.narrowed
    if best.score - rival.score > _SAID_BETTER:
        return False
    return earlier and best.named <= rival.named and bool(best.named) and (rival.wanted or not best.wanted)


def _in_other_words(facts: Facts, best: Standing, other: Standing) -> bool:
    """Whether a fraction or a forecast claims the same thing with another value."""
    told = isinstance(other.number, Fraction) or other.number in facts.forecast
    if isinstance(other.number, Fraction) and _agrees(best, other.number):
        return False
    own = own_fractions(facts, best.number)
    if own and isinstance(other.number, Fraction) and other.number.denominator != own[0].denominator:
        return False
    return told and bool(best.named) and best.named <= other.named and not other.against


def _answers_first(facts: Facts, rival: Standing) -> bool:
    """Whether a reply opens with another number, as an answer does, and not with one of something else."""
    of_another = bool(rival.strange) and not rival.named
    return opens_the_reply(facts, rival.number) and rival.score >= 1 and not of_another


_BY_OTHERS = re.compile(r"^ ?(?:by|according to|per) (?:the|our|their)\b", re.I)


def _agrees(best: Standing, fraction: Fraction) -> bool:
    """Whether a percentage is what a fraction comes to, or what it leaves where that was found to be meant."""
    given = best.number
    if isinstance(given, Fraction):
        return False
    told = (given.value, given.decimals, fraction.numerator, fraction.denominator)
    return is_share(*told) or (best.borne_out and is_remainder(*told))


def _counted_otherwise(facts: Facts, best: Standing, rival: Standing) -> bool:
    """Whether another number counts the same thing by other means: "9 by our count, 11 by the team's"."""
    after = facts.canvas.text[rival.number.end : rival.number.end + _CLOSE]
    return together(facts, best.number, rival.number) and _BY_OTHERS.match(after) is not None


def _says_the_same(told: frozenset[str], best: Standing, rival: Standing) -> bool:
    """Whether another number claims the period asked for among the same words: two figures for one thing.

    One that lacks words of the title (`told`), all of which are said of the best number, is of something wider.
    """
    alike = rival.strange <= best.strange or (bool(rival.named) and rival.score >= 1) or rival.generic
    if rival.narrowed or rival.difference or (told <= best.named and not told <= rival.named):
        return False
    return best.wanted and rival.wanted and rival.named <= best.named and alike


REPEATS = (
    _said_in_other_words,
    _another_change,
    _said_twice,
    _a_slip,
    _said_again,
    _behind_an_answer,
    _counted_twice,
)
"""Each keeps a number from being the figure."""

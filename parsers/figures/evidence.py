"""What besides the title's words speaks for a number: the target it is held against, its past, what it takes up."""

import re
from collections.abc import Iterable
from decimal import Decimal
from itertools import takewhile

from parsers.figures import subject
from parsers.figures.canvas import BLANK
from parsers.figures.consistency import is_share
from parsers.figures.facts import Facts
from parsers.figures.frame import Frame
from parsers.figures.measures import in_unit
from parsers.figures.periods import NOT_WANTED, Time
from parsers.figures.quantities import Fraction, Quantity
from parsers.figures.scopes import UNPAINTED, Number, kind_of, together
from parsers.figures.units import Kind

FOLLOWING = 40


_ALONE_BEHIND = re.compile(
    r"(?: ?\((?P<remark>[^()\n]*)\))?(?:[.;]?\n(?!\W*(?:of|among|including|these|those)\b)|[.;]?$| ?(?:against|vs)\b)",
    re.I,
)
"""What may follow a number that is an answer by itself: nothing, a remark, or what it is held against."""


_A_COLOUR = re.compile(r"^\W*(?:red|amber|green)\b", re.I)
_PER_CENT = re.compile(r"%|\bper ?cent", re.I)


_OF_ALL = re.compile(r" ?of [a-z][a-z ]{2,30}", re.I)
_BESIDE_ITS_TARGET = re.compile(
    r",? (?:just |slightly |narrowly |well |and )?(?:off|on|above|below|under|over|within|meeting|exceeding|missing|at)"
    r" (?:the |our )?(?:target|plan|trajectory)",
    re.I,
)


def is_the_answer(frame: Frame, facts: Facts, number: Number) -> bool:
    """Whether a reply is a number first of all, with nothing to say what it is: "47% (Q3 41%). Nationally 53".

    Its sentence may say what a percentage is of, or no more than how it stands to the target. Numbers in a remark
    behind it must be another time's, or what a percentage is counted from.
    """
    text = facts.canvas.text
    if _A_COLOUR.sub("", text[: number.start]).strip(" -:*"):
        return False
    if _is_all_its_sentence(frame, facts, number):
        return True
    behind = _ALONE_BEHIND.match(text, number.end)
    if behind is None:
        return False
    remark = behind["remark"] or ""
    counts = kind_of(number) is Kind.PERCENT and not _PER_CENT.search(remark)
    if counts or not any(char.isdigit() for char in remark):
        return True
    return any(
        behind.start("remark") <= m.start < behind.end("remark") for m in facts.mentions if m.time != Time.WANTED
    )


_OF_THESE = re.compile(r"\n\W*(?:of|among|including|these|those)\b", re.I)


def _is_all_its_sentence(frame: Frame, facts: Facts, number: Number) -> bool:
    """Whether nothing in a first sentence but what a percentage is of, or words that tell nothing, follows a number."""
    _, end = facts.canvas.sentence_at(number.start)
    painted = facts.canvas.left[number.end : end]
    behind = zip(facts.canvas.text[number.end : end], painted, strict=True)
    if number not in facts.direct or any(char.isdigit() and paint in (char, BLANK) for char, paint in behind):
        return False
    if NOT_WANTED.search(painted) or _OF_THESE.match(facts.canvas.text, end):
        return False
    left = painted.translate(UNPAINTED).strip(" .")
    share = kind_of(number) is Kind.PERCENT and _OF_ALL.fullmatch(left) is not None
    if share or _BESIDE_ITS_TARGET.fullmatch(f" {left}"):
        return True
    fit = subject.match("", left, frame.asked)
    return not (fit.strange or fit.against) and kind_of(number) is frame.wanted.kind


_IT = re.compile(
    r"\W*(?:(?:that|this|it|which)(?:'s)? (?:is|was|equates|equated|represents|represented|makes|made"
    r"|means|gives|gave|amounts"
    r"|works|worked)|(?:very )?(?:\w+ly )?(?:they|these) (?:were|are|came|fell|rose|went|stood|stand))\b[^.;\d\n]*$",
    re.I,
)


def takes_up(facts: Facts, number: Number) -> str:
    """The sentence before, where a number's own only takes it up: "We have trained 412 staff. That equates to 87%"."""
    start, _ = facts.canvas.sentence_at(number.start)
    if start == 0 or _IT.match(facts.canvas.left[start : number.start]) is None:
        return ""
    before, end = facts.canvas.sentence_at(start - 2)
    return facts.canvas.left[before:end]


_HELD_NEAR = 80


def is_held_against_the_target(frame: Frame, facts: Facts, number: Number) -> bool:
    """Whether the indicator's own target is the next mark behind a number: "78% against a target of 85"."""
    _, end = facts.canvas.sentence_at(number.start)
    marks = (*facts.context.targets, *facts.context.compared)
    behind = [mark for mark in marks if number.end <= mark.start < min(end, number.end + _HELD_NEAR)]
    if not behind or not frame.aims:
        return False
    first = min(behind, key=lambda mark: mark.start)
    between = facts.canvas.left[number.end : first.start]
    held = {first.value, in_unit(first, frame.wanted)}
    return bool(held & frame.aims) and not any(char.isdigit() for char in between)


def has_its_past(facts: Facts, number: Number) -> bool:
    """Whether what it was at another time stands right behind a number: "76.5% in time (Q1 94.0%)", "64, up from 51".

    It may also begin the next sentence: "This is a marked improvement on 9.3%".
    """
    # The unit may be left out of the earlier one: "141 days on average, up from 118".
    kinds = {kind_of(number)} if kind_of(number) is Kind.PERCENT else {kind_of(number), Kind.COUNT}
    earlier = [said.what for said in facts.elsewhere if isinstance(said.what, Quantity) and said.what.kind in kinds]
    earlier += [q for q in (*facts.context.previous, *facts.context.compared) if q.kind in kinds]
    _, end = facts.canvas.sentence_at(number.start)
    following = _GOES_ON.match(facts.canvas.text, end)
    if following and any(following.end() <= q.start < facts.canvas.sentence_at(following.end())[1] for q in earlier):
        return True
    behind = [q for q in earlier if number.end <= q.start <= number.end + FOLLOWING]
    if not behind:
        return False
    start = min(behind, key=lambda q: q.start).start
    said, left = facts.canvas.text[number.end : start], facts.canvas.left[number.end : start].translate(UNPAINTED)
    return any(_ITS_PAST.fullmatch(between) for between in (said, left))


_GOES_ON = re.compile(
    r"\n(?:(?:this|that|it|which) (?:is|was|compares|represents|marks|follows|continues)|up|down"
    r"|compared|an? (?:\w+ )?(?:improvement"
    r"|increase|rise|fall|drop|reduction|decrease))\b[^.;\d\n]{0,40}",
    re.I,
)
"""What begins a sentence about how the number before it changed: "This is a marked improvement on 9.3%"."""


_ITS_PAST = re.compile(
    r"(?: [a-z]+){0,3} ?\([^()\d]{0,25}"
    r"|(?: [a-z]+){0,3},? (?:which (?:is|was) )?(?:an? )?(?:[a-z]+ ){0,2}(?:up|down|from|compared"
    r"|against|than|versus|vs"
    r"|improvement|increase|rise|fall|drop|reduction|decrease)\b[^.;\d()]{0,30}",
    re.I,
)


def own_fractions(facts: Facts, number: Number) -> list[Fraction]:
    """The fractions of a percentage's sentence that come to it: what they count, it is a share of."""
    if isinstance(number, Fraction) or number.kind is not Kind.PERCENT:
        return []
    here = [f for f in facts.said_fractions if together(facts, number, f)]
    return [f for f in here if is_share(number.value, number.decimals, f.numerator, f.denominator)]


def sums_of(numbers: Iterable[Number]) -> dict[Number, tuple[Number, ...]]:
    """Numbers that are the sum of the ones behind them or of the ones before, with what they are the sum of.

    As in "16: 4, 7 and 5", "4, 7 and 5: 16", "312.6 WTE (bank 241.1, agency 71.5)".
    """
    told = [n for n in numbers if isinstance(n, Quantity) and n.kind in _ADDED]
    found: dict[Number, tuple[Number, ...]] = {}
    for at, each in enumerate(told):
        for others in (told[at + 1 :], list(reversed(told[:at]))):
            total = Decimal(0)
            for added, other in enumerate(takewhile(lambda n: n.value >= 0, others), 1):
                total += other.value
                if added > 1 and total == each.value and _adds_to(each, other):
                    found.setdefault(each, tuple(others[:added]))
    return found


def _adds_to(total: Quantity, other: Quantity) -> bool:
    """Whether a number is of the kind of a sum, or a bare one; shares with a decimal add up, round ones by chance."""
    if total.kind is Kind.PERCENT:
        return other.kind is total.kind and total.decimals > 0
    return other.kind in (total.kind, Kind.COUNT)


_ADDED = (Kind.COUNT, Kind.MONEY, Kind.WEIGHT, Kind.STAFF, Kind.PERCENT)

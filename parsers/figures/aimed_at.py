"""What a reply says of the target against its figure: "below the threshold" of 9.4, where under 7.5 is asked for."""

import re
from decimal import Decimal

from collector.domain.figure import plain
from parsers.figures import subject
from parsers.figures.facts import Facts
from parsers.figures.frame import Frame
from parsers.figures.periods import Time
from parsers.figures.quantities import Quantity
from parsers.figures.units import Kind
from parsers.figures.verdict import Figure

_CLAIM = re.compile(
    r"\b(?P<low>below|under|short of|missed|missing|miss)\b"
    r"|\b(?P<high>above|exceed\w*|in excess of|over|beat\w*|surpass\w*)\b",
    re.I,
)


_MARK = re.compile(
    r"^(?: [a-z]+){0,4}(?: \d[\d.,]*(?: ?%| per ?cent)?)? (?:target|standard|threshold|trajectory"
    r"|limit|ceiling|plan)\b",
    re.I,
)


_LESS_IS_BETTER = re.compile(
    r"\b(?:residual|sickness|absence|arrears|(?:average|mean|median) (?:\w+ )?(?:time|wait|days)"
    r"|time to|days to|waiting"
    r"|complaints|void|abandon\w*|vacanc\w*|injur\w*|casualt\w*|deaths|killed|missed|error|re-?offending|turnover)\b",
    re.I,
)


def claimed_of_a_mark(frame: Frame, facts: Facts, figure: Figure) -> list[str]:
    """As in "Below the target of 97%" beside 97.4%: what is said of the target against the figures."""
    here, title = facts.canvas.sentence(figure.start), frame.asked.title
    more = frame.wanted.kind is Kind.PERCENT and _MORE_IS_BETTER.search(title) is not None
    sentence = facts.sentence(figure.start)
    marks = {q.value for q in facts.context.targets if facts.canvas.sentence(q.start) == here}
    claims = [c for c in _CLAIM.finditer(sentence) if _MARK.match(sentence[c.end() : c.end() + _LOOKED_AHEAD])]
    if len(marks) != 1 or len(claims) != 1:
        return []
    mark = marks.pop()
    wrong = figure.value > mark if claims[0]["low"] and "miss" not in claims[0][0].lower() else False
    wrong = wrong or (bool(claims[0]["high"]) and figure.value < mark)
    if claims[0]["low"] and "miss" in claims[0][0].lower():
        wrong = figure.value < mark if _LESS_IS_BETTER.search(title) else figure.value > mark if more else False
        return (
            [f"You wrote '{sentence.strip()[:120]}', and {plain(figure.value)} meets {plain(mark)}."] if wrong else []
        )
    return (
        [
            f"You wrote '{sentence.strip()[:120]}', and {plain(figure.value)} "
            f"is not {claims[0][0].lower()} {plain(mark)}."
        ]
        if wrong
        else []
    )


_LOOKED_AHEAD = 60


_MORE_IS_BETTER = re.compile(
    r"\b(?:within|in|on) (?:time|target|\d+|one|two|three|four|five|ten|timescales?)\b|\b(?:satisf\w+|complian\w+"
    r"|recycl\w+|collected|answered"
    r"|resolved|recovery|completed?|uptake|attendance)\b",
    re.I,
)
"""Titles of percentages of which more is better, as of all that is done in time."""


_AT_LEAST = re.compile(
    r"\b(?:at least|min(?:imum)?|or (?:more|above|higher|over|better)|(?:greater|more|higher|better) than|above|over)\b"
    r"|[>≥]|\+$",
    re.I,
)
_AT_MOST = re.compile(
    r"\b(?:at most|max(?:imum)?|or (?:less|lower|fewer|below|under)|no more|(?:less|fewer|lower) than"
    r"|below|under|ceiling|within|reduc\w*|threshold)\b|[<≤]",
    re.I,
)


def wants_more(frame: Frame) -> bool | None:
    """Whether more is better of what is asked for, by its target's words or its title; None where neither says it."""
    least, most = _AT_LEAST.search(frame.asked.target), _AT_MOST.search(frame.asked.target)
    if (least is None) != (most is None):
        return least is not None
    if _LESS_IS_BETTER.search(frame.asked.title) or frame.wanted.kind is Kind.TIME:
        return False
    return True if frame.wanted.kind is Kind.PERCENT and _MORE_IS_BETTER.search(frame.asked.title) else None


_A_MARK = r"(?:target|threshold|ceiling|limit|tolerance|trajectory|standard)"
_SAID_OF_IT = re.compile(
    rf"(?P<side>\b(?:below|under|within|inside|above|over|exceed(?:s|ed|ing)?)) (?:the |our |its |this )?"
    rf"(?:\w+ )?(?P<mark>{_A_MARK})\b(?! (?:of|for|from|date|to|set)\b)"
    r"|\btarget(?: (?:was|is|has been|had been))?(?: therefore| again| narrowly)? (?P<not>not )?"
    r"(?P<met>met|achieved|exceeded|hit|missed)\b",
    re.I,
)
_LOWER = ("below", "under", "within", "inside")


def said_of_the_target(frame: Frame, facts: Facts, given: Quantity) -> list[str]:
    """Words about the indicator's own target, in a sentence about nothing else, that the figure belies.

    As in "97.2% were repaired in time, so the target was missed" of a target of 95. Which side of a target is the good
    one must be known for "met" and "missed", and for a word like "below" beside the word "target", which is said of
    performance too.
    """
    here = facts.canvas.sentence(given.start)
    marks = (*facts.context.targets, *facts.context.compared)
    told = {mark.value for mark in marks if mark.kind is given.kind and facts.canvas.sentence(mark.start) == here}
    aims = told if len(told) == 1 else frame.aims
    if len(aims) != 1 or not facts.canvas.says(("target", *_MARKS_SAID)):
        return []
    (aim,) = aims
    if not _is_comparable(frame, given.value, aim):
        return []
    more = wants_more(frame)
    for found in _SAID_OF_IT.finditer(facts.canvas.text):
        wrong = _belied(found, given.value, aim, more)
        if wrong and _is_of_the_figure(frame, facts, given, found):
            words = facts.sentence(found.start()).strip()[:120]
            return [f"You wrote '{words}', and {given} is {_held(given.value, aim)} the target of {plain(aim)}."]
    return []


_MARKS_SAID = ("threshold", "ceiling", "limit", "tolerance", "trajectory", "standard")


_FAR = 5
_OF_A_YEAR = re.compile(r"\b(?:year(?:ly|[- ]end)?|annual(?:ly)?|p\.?a\b|annum|by (?:the )?end|by march)", re.I)


def _is_comparable(frame: Frame, value: Decimal, aim: Decimal) -> bool:
    """Whether a target is in the figure's own unit and for its stretch of time: no "£1.6m", no yearly sum."""
    summed = frame.wanted.kind in (Kind.COUNT, Kind.MONEY) and _OF_A_YEAR.search(frame.asked.target) is not None
    return not summed and 0 < aim <= _FAR * value and value <= _FAR * aim


def _belied(found: re.Match[str], value: Decimal, aim: Decimal, more: bool | None) -> bool:
    """Whether a value on one side of its target is said to be on the other."""
    if found["met"]:
        missed = found["met"].lower() == "missed" or found["not"] is not None
        if more is None:
            return False
        good = value >= aim if more else value <= aim
        return good if missed else not good and value != aim
    if found["mark"].lower() in ("target", "trajectory", "standard") and more is not True:
        return False
    return value > aim if found["side"].lower() in _LOWER else value < aim


def _held(value: Decimal, aim: Decimal) -> str:
    return "above" if value > aim else "below" if value < aim else "at"


def _is_of_the_figure(frame: Frame, facts: Facts, given: Quantity, found: re.Match[str]) -> bool:
    """Whether a sentence speaks of the figure: its own one, or a later one that names nothing else and no time."""
    start, end = facts.canvas.sentence_at(found.start())
    if any(start <= m.start < end and m.time is not Time.WANTED and not m.relative for m in facts.mentions):
        return False
    if start <= given.start < end:
        between = facts.canvas.left[given.end : found.start()] if given.end <= found.start() else ""
        return given.end <= found.start() and not any(char.isdigit() for char in between) and not _turns(between)
    told = [q for q in facts.said if start <= q.start < end]
    before = facts.canvas.left[start : found.start()]
    first = given.start < start or len(facts.canvas.text[start:end].split()) <= _SHORT
    return first and not told and not subject.match(before, "", frame.asked).strange


_SHORT = 5


def _turns(words: str) -> bool:
    """Whether something else is spoken of from here on."""
    return _TURNS.search(words) is not None


_TURNS = re.compile(r"\b(?:while|whilst|although|though|but|with|and (?!is\b|was\b|so\b|remains\b))")

"""A time that stands beside a figure and is not the one asked for."""

import re

from parsers.figures import vocabulary
from parsers.figures.facts import Facts
from parsers.figures.frame import Frame
from parsers.figures.periods import Mention, Time
from parsers.figures.verdict import Figure

_DIGIT = re.compile(r"\d")


def unbound_time(frame: Frame, facts: Facts, figure: Figure) -> Mention | None:
    """A time that the figure's own sentence, or a later sentence about the figure, names besides the one asked for."""
    if facts.settled:
        return _time_beside(facts, figure) or _time_alone(frame, facts, figure)
    trailing = facts.trailing(figure.start)
    if trailing is not None:
        return trailing
    for sentence, mention in facts.later_unbound(figure.start):
        if vocabulary.speaks_of_the_figure(sentence):
            return mention
    return _time_alone(frame, facts, figure)


_NEAR = 25


_COMPARING = re.compile(
    r"\b(?:than|compar\w+|against|versus|vs|since|from|on|unlike|as|over|to|with|of|half|twice)\b", re.I
)


def _time_beside(facts: Facts, figure: Figure) -> Mention | None:
    """A time named in the figure's own clause, or in a later sentence that only says what the figure is."""
    for mention in facts.unbound():
        start, end = facts.clause(figure.start, figure.end)
        compared = mention.relative and _COMPARING.search(
            facts.canvas.text[max(start, mention.start - _NEAR) : mention.end]
        )
        part = mention.time is Time.PART and (
            mention.start < figure.start or facts.numbers_between(figure.end, mention.start)
        )
        telling = not compared and not part and not _is_a_day(mention)
        if _in_other_brackets(facts, figure, mention) or _of_a_target(facts, mention):
            continue
        if facts.timed and mention.time in (Time.YEAR, Time.OTHER, Time.PART):
            continue
        if telling and start <= mention.start < end:
            return mention
    first, last = facts.canvas.sentence_at(figure.start)
    for mention in facts.mentions:
        here = first <= mention.start < last and mention.time is not Time.WANTED and not mention.relative
        if here and _IT_IS.search(facts.canvas.text[figure.end : mention.start]):
            return mention
    for sentence, mention in facts.later_unbound(figure.start):
        alone = vocabulary.speaks_of_the_figure(sentence) and not _COMPARING.search(sentence)
        if alone and not mention.relative and not _is_a_day(mention) and not facts.numbers_in(mention.start):
            return mention
    return None


def _in_other_brackets(facts: Facts, figure: Figure, mention: Mention) -> bool:
    """Whether a time stands in brackets with a number of its own."""
    text = facts.canvas.text
    opened = text.rfind("(", figure.end, mention.start)
    if opened < 0 or ")" in text[opened : mention.start]:
        return False
    closed = text.find(")", mention.end)
    inside = text[opened : closed if closed >= 0 else mention.end]
    return any(char.isdigit() for char in _A_UNIT.sub("", inside.replace(mention.words, "")))


_A_UNIT = re.compile(r"\bper \d[\d,]*k?\b", re.I)


_TARGET_BEHIND = re.compile(r"(?:'s)? (?:[a-z]+ )?(?:baseline|target|tgt|goal|trajectory)\b", re.I)


_TARGETS_OWN = 40


def _of_a_target(facts: Facts, mention: Mention) -> bool:
    """Whether a time is a target's: "2027 target 15", "a target of 120 over the year"."""
    text = facts.canvas.text
    if _TARGET_BEHIND.match(text, mention.end):
        return True
    if mention.time is not Time.YEAR:
        return False
    before = [target for target in facts.context.targets if target.end <= mention.start]
    between = text[max(before, key=lambda target: target.end).end : mention.start] if before else "."
    return len(between) <= _TARGETS_OWN and not re.search(r"[\d.,;:()\n]", between)


_IT_IS = re.compile(
    r"\b(?:that|this|it|these|they|which)(?:'s| one)? ?"
    r"(?:is|was|are|were|covers?|includes?|contains?|relates? to|refers? to)?"
    r"(?: all| only| just| really| actually)*(?: (?:for|from|to|the|in|of))*\W*$",
    re.I,
)


def _is_a_day(mention: Mention) -> bool:
    return mention.span is not None and mention.span.start == mention.span.end


_TIME_LABEL = re.compile(
    r"^\W*(?:(?:from|for|in|to|of|at|the|a|includ\w+|cover\w*|total|figures?|data|only|and|also|is|are|all|both"
    r"|up|whole|on|based|nb|note|these|this|those|they|it|numbers?|above|please)\b\W*)*$",
    re.I,
)


_SHORT = 8


def is_time_label(besides: str) -> bool:
    """Whether the words besides a time only bind it to the figures: "from", "includes", "all for"."""
    return _TIME_LABEL.match(besides) is not None


_A_TREND = re.compile(
    r"\b(?:fall\w*|fell|ris\w+|rose|increas\w+|decreas\w+|improv\w+|declin\w+|been [a-z]+ing|grow\w*"
    r"|grew)\b[^.;\n]*\bsince\b",
    re.I,
)
"""How things went since a time says nothing of a figure's own: "it has fallen every year since 2016"."""


_OF_ITS_OWN = re.compile(
    r"\b(?:none|nil|zero)\b|\b(?:was|were|is|saw|looks?) (?:\w+ )?(?:better|worse|higher|lower"
    r"|stronger|weaker|quieter|busier|similar)\b",
    re.I,
)
"""What is said of another time, and of no figure that stands elsewhere: "December was slightly worse"."""


def _time_alone(frame: Frame, facts: Facts, figure: Figure) -> Mention | None:
    """A time named in a short later sentence without a figure of its own: "Year to date", "Includes Q1."."""
    text, after = facts.canvas.text, facts.canvas.sentence_at(figure.start)[1]
    unbound = [mention for _, mention in facts.later_unbound(figure.start)]
    for mention in facts.mentions:
        if mention.start <= after or mention.time is Time.WANTED or (facts.settled and _is_a_day(mention)):
            continue
        start, end = facts.canvas.sentence_at(mention.start)
        if _A_TREND.search(text, start, mention.end) or _OF_ITS_OWN.search(text, start, end):
            continue
        besides = text[start : mention.start] + " " + text[mention.end : end]
        if is_time_label(besides):
            return mention
        named = mention.span is not None or mention.basis is not None or mention.time is not Time.OTHER
        short = len(text[start:end].split()) <= _SHORT and not _DIGIT.search(facts.canvas.left[start:end])
        short = short and vocabulary.strange_words(besides, frame.asked) <= 1
        if short and named and mention in unbound and not mention.relative and not _DIGIT.search(besides):
            return mention
    return None

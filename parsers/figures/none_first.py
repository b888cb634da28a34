"""A reply that opens by saying there was none: "No tenant was evicted for arrears. Two warrants were suspended"."""

import re
from decimal import Decimal

from collector.domain.figure import FigureStatus
from collector.domain.indicator import Unit
from collector.domain.submission import Candidate, ReadItem
from parsers.figures import statuses, subject, vocabulary
from parsers.figures.canvas import BLANK
from parsers.figures.facts import Facts
from parsers.figures.frame import Frame
from parsers.figures.grades import is_a_length
from parsers.figures.periods import Time
from parsers.figures.quantities import COUNTING_WORD, Quantity
from parsers.figures.scopes import Scopes

_NONE = re.compile(
    r"\W*(?:(?:in|for|during|this|the|q[1-4]|quarter|period|month)\W+){0,4}"
    r"(?:(?:there (?:were|was|have been|has been|had been)|(?:we|the \w+) (?:still |again )*(?:have|had|has|recorded"
    r"|received|saw)) (?:no|nil|zero)|no|nil|zero|none of (?:our|the)) (?!return\b|change|longer\b"
    r"|update|data\b|figures?\b|"
    r"further|more\b|significant|major|issues?\b|concerns?\b|report\b|target|other\b|single\b|one\b(?! has| was))",
    re.I,
)
"""How such a reply begins; what follows is what there was none of."""
_A_TURN = re.compile(
    r"\b(?:but|except|apart|other than|although|though|however|until|since|unless|besides|only)\b", re.I
)
_FEWEST_SHARE = 2


def none_first(frame: Frame, facts: Facts) -> ReadItem | None:
    """0 of a count, where the first sentence says so in words of the title and no others, and no number could be it.

    A later number must name less of the title than that sentence does, be said of another time, or of something else.
    """
    text = facts.canvas.text
    found = _NONE.match(text) if frame.asked.unit == Unit.COUNT else None
    if found is None:
        return None
    _, end = facts.canvas.sentence_at(0)
    said = text[found.end() : end]
    if _holds_a_number(facts, end) or _A_TURN.search(said) or statuses.statuses_in(text):
        return None
    if any(m.time is not Time.WANTED for m in facts.mentions if m.start < end) or vocabulary.doubts(said, frame.asked):
        return None
    fit = subject.match("", said, frame.asked)
    if fit.strange or not _tells_the_title(frame, fit.named, said):
        return None
    if any(_may_be_meant(frame, facts, fit.named, each) for each in (*facts.direct, *facts.context.parts)):
        return None
    if facts.fractions or facts.context.ranges or facts.moves:
        return None
    return ReadItem(frame.asked.code, "", (Candidate(FigureStatus.REPORTED, Decimal(0), basis=frame.basis),))


def _holds_a_number(facts: Facts, end: int) -> bool:
    """Whether the first sentence holds a number that belongs to nothing else."""
    left = facts.canvas.left[:end]
    painted = zip(facts.canvas.text[:end], left, strict=True)
    return COUNTING_WORD.search(left) is not None or any(c.isdigit() and paint in (c, BLANK) for c, paint in painted)


def _tells_the_title(frame: Frame, named: frozenset[str], said: str) -> bool:
    """Whether words name half of what the title tells, and its limit; or, as "There were no cases", tell nothing."""
    if not named:
        words = subject.without_words_of(said, frame.asked)
        return all(vocabulary.is_filler(word) for word in re.findall(r"[a-z]{2,}", words.lower()))
    told = frozenset(word for word in subject.telling_words(frame.asked) if not vocabulary.is_filler(word))
    limited = subject.has_a_limit(frame.asked) and not any(is_a_length(word) for word in named if " " in word)
    return not limited and _FEWEST_SHARE * len(named & told) >= len(told)


def _may_be_meant(frame: Frame, facts: Facts, named: frozenset[str], number: Quantity) -> bool:
    """Whether a number further down could be the figure all the same."""
    if number.kind is not frame.wanted.kind:
        return False
    start, end = facts.canvas.sentence_at(number.start)
    if any(start <= m.start < end and m.time is not Time.WANTED for m in facts.mentions):
        return False
    fit = subject.match(*Scopes(facts, frame.asked.title).around(number)[:2], frame.asked)
    if fit.against or (named and len(fit.named) < len(named) and fit.strange):
        return False
    return bool(fit.named) or not fit.strange

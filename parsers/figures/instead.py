"""What is said instead of a figure, or beside one: statuses, nothing to report, notes on progress."""

import re
from collections.abc import Iterator
from decimal import Decimal

from collector.domain.figure import FigureStatus
from collector.domain.indicator import Unit
from collector.domain.submission import Candidate, ReadItem
from parsers.figures import (
    dates,
    statuses,
    subject,
    vocabulary,
)
from parsers.figures.clauses import Clause
from parsers.figures.context import Move
from parsers.figures.facts import Facts
from parsers.figures.frame import Frame
from parsers.figures.periods import Time
from parsers.figures.quantities import COUNTING_WORD, Fraction, Quantity
from parsers.figures.verdict import Figure

_LONGEST_NOTE = 4_000
_DIGIT = re.compile(r"\d")
_WORDS = re.compile(r"[^\W\d_]{2,}")
_NIL = re.compile(
    r"^\W*(?:(?:it |this |the |figure |total |was |is |were |are )*)(nil|none"
    r"|zero)\b(?! return)(?! of\b)(?! available)",
    re.I,
)


_NIL_AGAIN = re.compile(r"\b(?:but|however|except|nil|not|actually|correct\w*|data|figures?)\b", re.I)


_NOTHING_BEYOND = re.compile(
    r"^\W*(?:(?:this|in|for|the|quarter|month|period|year|again|recorded|received|reported"
    r"|cases?|incidents?|occurrences?|to|report|thanks|thank|you"
    r"|q[1-4]|by any(?:one|body|(?: [a-z]+){1,2}(?= this\b|\W*$)))\W*)*$",
    re.I,
)


def a_note(frame: Frame, evidence: str, text: str, doubts: list[str], clauses: list[Clause]) -> ReadItem:
    """A progress note is kept as it was written; only its first sentence can say that there is none."""
    note = "\n".join(clause.words.strip() for clause in clauses).strip()[:_LONGEST_NOTE]
    first = text.split("\n")[0]
    said = statuses.statuses_in(first)
    if said:
        candidate = _status(frame, said[0], text)
        if not _PROGRESS.search(first):
            return ReadItem(frame.asked.code, evidence, (candidate,), tuple(doubts))
        also = Candidate(FigureStatus.NARRATIVE, note=note)
        doubt = f"You wrote '{note[:120]}': is that {candidate.status.words}, or a note on progress?"
        return ReadItem(frame.asked.code, evidence, (candidate, also), (*doubts, doubt))
    if len(_WORDS.findall(note)) < 3:
        return ReadItem(frame.asked.code, evidence, (), (f"You wrote '{note[:80]}'; a progress note is asked for.",))
    candidate = Candidate(FigureStatus.NARRATIVE, note=note)
    return ReadItem(frame.asked.code, evidence, (candidate,), tuple(doubts))


_PROGRESS = re.compile(
    r"\b(?:but|although|though|however|except|apart from|(?:has|have) now|now arrived|completed?|opened|launched"
    r"|drafted|delivered|finished)\b",
    re.I,
)
"""Words that tell of progress beside a status: which of them is the return is asked."""


def _status(frame: Frame, said: statuses.Said, text: str) -> Candidate:
    day = statuses.reading_day(frame.task.sent_on, dates.as_quarter(frame.home))
    expected = statuses.expected_on(said, text, day) if said.status in _PROMISING else None
    return Candidate(said.status, expected_on=expected, note=said.sentence)


_PROMISING = (FigureStatus.NOT_AVAILABLE, FigureStatus.AWAITING_RELEASE)


_OTHER_MATTER = re.compile(
    r"\b(?:split|breakdowns?|comparisons?|comparators?"
    r"|benchmarks?|national\w*|regional\w*|detail|analysis|trend)\b",
    re.I,
)


def concerns(frame: Frame, facts: Facts, said: statuses.Said, figure: Figure) -> bool:
    """Whether a status beside a figure may be the figure's, and not a split's, a comparison's or some other work's."""
    text = facts.canvas.text
    start, end = facts.canvas.sentence_at(said.at)
    here = facts.canvas.sentence(figure.start) == facts.canvas.sentence(said.at)
    if said.status is FigureStatus.NIL_RETURN and here and figure.value == 0:
        return False
    if not here and _is_of_another_time(facts, start, end):
        return False
    clause = re.split(r"[;,(]| - ", text[start : said.at])[-1] + text[said.at : end]
    if _OTHER_MATTER.search(clause):
        return False
    if _in_a_bracket_of_its_own(text, figure, said):
        return False
    if here or not facts.settled or said.at < figure.start:
        return True
    sentence = text[start:end]
    return bool(
        vocabulary.speaks_of_the_figure(sentence)
        or _DATA.search(sentence)
        or subject.match(sentence, "", frame.asked).named
        or len(sentence.split()) <= _SHORT_STATUS
    )


def _in_a_bracket_of_its_own(text: str, figure: Figure, said: statuses.Said) -> bool:
    """Whether a status stands in a bracket behind other words: "2.3% owing to the scanner (unavailable)"."""
    opened = text.rfind("(", figure.end, said.at)
    closed = opened >= 0 and ")" not in text[opened : said.at]
    return closed and any(char.isalpha() for char in text[figure.end : opened])


def is_of_another_time(facts: Facts, said: statuses.Said) -> bool:
    """Whether a status stands in a sentence that names another quarter or month, and not the period asked for."""
    return _is_of_another_time(facts, *facts.canvas.sentence_at(said.at))


def _is_of_another_time(facts: Facts, start: int, end: int) -> bool:
    """Whether a sentence names another quarter or month, and not the period asked for: "N/A in Q1."."""
    named = [mention for mention in facts.mentions if start <= mention.start < end]
    return bool(named) and all(m.time is Time.OTHER and m.span is not None and not m.relative for m in named)


_DATA = re.compile(r"\b(?:data|figures?|numbers?|returns?|results?|stats|statistics|final|report)\b", re.I)


def is_about_data(facts: Facts, said: statuses.Said) -> bool:
    """Whether a status may be the figure's own: some other work can be awaited too."""
    start, end = facts.canvas.sentence_at(said.at)
    sentence = facts.canvas.text[start:end]
    return bool(vocabulary.speaks_of_the_figure(sentence) or _DATA.search(sentence))


_NOW = re.compile(r"\b(?:now|since then|since arrived)\b", re.I)


def outweighs(facts: Facts, figure: Quantity | Fraction | Move, said: statuses.Said) -> bool:
    """Whether a figure of another time may be the answer all the same: it comes first, or has come "now"."""
    if facts.canvas.sentence(figure.start) != facts.canvas.sentence(said.at):
        return False
    return figure.end <= said.at or _NOW.search(facts.canvas.text, said.at, figure.start) is not None


_SHORT_STATUS = 3


def is_about_the_target(text: str, at: int) -> bool:
    """A later sentence about the target can mention that something is no longer measured; the figure stands."""
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return start > 0 and re.search(r"\btarget\b", text[start : end if end >= 0 else None], re.I) is not None


def only_status(frame: Frame, evidence: str, said: list[statuses.Said], facts: Facts) -> ReadItem:
    """A status without a figure; two of them are asked about."""
    kinds = list(dict.fromkeys(s.status for s in said))
    candidates = tuple(_status(frame, next(s for s in said if s.status is kind), facts.canvas.text) for kind in kinds)
    doubts = (f"You wrote both '{said[0].sentence[:120]}' and '{said[1].sentence[:120]}'.",) if len(kinds) > 1 else ()
    return ReadItem(frame.asked.code, evidence, candidates, doubts, facts.context.target_change)


def nothing(frame: Frame, text: str, facts: Facts) -> ReadItem | None:
    """'Nil', 'none' and 'zero' are the figure 0 for a count; for other units they are asked about."""
    found = _NIL.search(text)
    if found is None:
        return _none_of_them(frame, text, facts)
    zero = Candidate(FigureStatus.REPORTED, Decimal(0), basis=frame.basis)
    counted = frame.asked.unit in (Unit.COUNT, Unit.CHANGE_COUNT)
    end = facts.canvas.sentence_at(found.start())[1]
    other_time = any(m.time is not Time.WANTED and m.start < end for m in facts.mentions)
    rest, _, later = text[found.end() :].partition("\n")
    rest = subject.without_words_of(rest, frame.asked)
    if (
        counted
        and not other_time
        and _NOTHING_BEYOND.match(rest)
        and not (_unexplained(facts, end) or _NIL_AGAIN.search(later))
    ):
        return ReadItem(frame.asked.code, "", (zero,))
    doubt = f"You wrote '{text.strip()[:80]}': is that 0, or was there nothing to report?"
    return ReadItem(frame.asked.code, "", (zero, Candidate(FigureStatus.NIL_RETURN)), (doubt,))


_NO_SUCH = re.compile(
    r"(?:\b(?:there (?:were|was|have been|has been|had been|are)|(?:we|trust|team|service|force|council)"
    r" (?:had|have had|has had|recorded|received|reported|saw)|(?:recorded|received|reported|seen)) (?:no|zero)"
    r"|\bneither (?:had|have|has|were|was) there (?:been )?any|\bnone of (?:which|these|those|them)"
    r"(?: (?:were|was|is|are|had|has|have|related|relating|led|leading|resulted|involved|to|in|been|about|for))*"
    r"|^\W*(?:no|zero))(?: (?:new|further|recorded|reported|confirmed|reports? of|instances? of"
    r"|cases? of))* (?P<what>[a-z][a-z0-9 '&/-]{2,90}?)"
    r"(?=[.,;(]|$| (?:(?:were|was|have|had|has|in|during|this|for|between|since|which|at|to|reported|recorded)\b))",
    re.I | re.M,
)
_FIRST_SINCE = re.compile(r"\bfirst\b[^.;\n]{0,40}$", re.I)


def _none_of_them(frame: Frame, text: str, facts: Facts) -> ReadItem | None:
    """As in "There were no fires in the home": 0 of a count, where the very words of the title follow the "no"."""
    found = _NO_SUCH.search(text)
    if found is None or frame.asked.unit != Unit.COUNT:
        return None
    if any(said.status is not FigureStatus.NIL_RETURN for said in statuses.statuses_in(text)):
        return None
    if not any(_is_what_was_asked(frame, what) for what in _EITHER.split(found["what"])):
        return None
    start, end = facts.canvas.sentence_at(found.start())
    for mention in facts.mentions:
        since = _FIRST_SINCE.search(text[start : mention.start]) is not None
        if start <= mention.start < end and mention.time is not Time.WANTED and not since:
            return None
    if _unexplained(facts, start) or vocabulary.doubts(text[start:end], frame.asked):
        return None
    zero = Candidate(FigureStatus.REPORTED, Decimal(0), basis=frame.basis)
    return ReadItem(frame.asked.code, "", (zero,))


_BEYOND = r"(?:over|more than|longer than|beyond|above|exceeding)"
_TITLES_LIMIT = re.compile(rf"\b{_BEYOND} (?P<limit>\d{{1,3}})\b", re.I)
_NOBODY = r"(?:nobody|no[- ]one|none|nil|zero|no (?:patients?|people|pathways?|cases?|waits?|waiters?))"


def none_beyond(frame: Frame, facts: Facts) -> ReadItem | None:
    """As in "nobody over 78" and "over 78 weeks nil": 0 where the title counts those beyond that very limit."""
    limit = _TITLES_LIMIT.search(frame.asked.title)
    if limit is None or frame.asked.unit != Unit.COUNT:
        return None
    beyond = rf"{_BEYOND} {limit['limit']}\b(?: ?(?:weeks?|days?|hours?|minutes?))?"
    text = facts.canvas.text
    none = re.search(
        rf"\b{_NOBODY}(?: (?:waiting|waited|was|were))* {beyond}|\b{beyond}(?: waits?)? ?[:=]? ?{_NOBODY}\b", text, re.I
    )
    others = len(re.findall(beyond, text, re.I)) != 1
    if (
        none is None
        or others
        or any(m.time is not Time.WANTED for m in facts.mentions if _beside(facts, m.start, none.start()))
    ):
        return None
    return ReadItem(frame.asked.code, "", (Candidate(FigureStatus.REPORTED, Decimal(0), basis=frame.basis),))


def _beside(facts: Facts, one: int, other: int) -> bool:
    return facts.canvas.sentence(one) == facts.canvas.sentence(other)


_EITHER = re.compile(r",? (?:or|and) (?:any )?|, ")


def _is_what_was_asked(frame: Frame, what: str) -> bool:
    """Whether words are of the title and nothing else, and tell most of it; its place may be left out."""
    fit = subject.match("", what, frame.asked)
    telling = subject.telling_words(frame.asked) - subject.places_of(frame.asked)
    told = frozenset(word for word in telling if not vocabulary.is_filler(word)) or telling
    return not (fit.strange or fit.against) and bool(fit.named & telling) and 2 * len(fit.named & told) >= len(told)


def _unexplained(facts: Facts, start: int) -> bool:
    """Whether a number stands behind a place that belongs to no other time and is nothing we know."""
    for at, line in _lines(facts.canvas.left, start):
        dated = any(at <= m.start < at + len(line) for m in facts.mentions if m.time is not Time.WANTED)
        if not dated and (_DIGIT.search(line) or COUNTING_WORD.search(line)):
            return True
    return False


def _lines(text: str, start: int) -> Iterator[tuple[int, str]]:
    """The lines from a place on, each with where it begins."""
    for line in text[start:].split("\n"):
        yield start, line
        start += len(line) + 1

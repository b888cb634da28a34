"""What people write instead of a figure: not available, awaiting release, not collected, nothing to report."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from collector.domain.figure import FigureStatus
from collector.domain.period import Quarter, Span
from parsers.figures import dates
from parsers.figures.time_words import FINAL

_DATA = r"(?:data|figures?|information|results?|numbers?|stats|statistics|returns?)"
_BE = r"(?:is|are|was|were|has|have|has been|have been|being|be|been|will be|not)"
_RULES: tuple[tuple[FigureStatus, str], ...] = (
    (
        FigureStatus.NO_LONGER_COLLECTED,
        r"no longer (?:being |been )?(?:collect|collat|measur|record|report|captur|gather|monitor)ed"
        r"|no longer (?:collect|collate|record|capture|gather|monitor)s?\b"
        rf"|(?:stopped|ceased|discontinued) (?:collecting|collating|measuring|recording|reporting|monitoring)"
        rf"|(?:measure|indicator|{_DATA}|collection) (?:has been |was |is )?(?:discontinued|withdrawn|stopped)",
    ),
    (
        FigureStatus.AWAITING_RELEASE,
        r"await\w*(?: \w+){0,3} (?:release|approval|clearance|sign[- ]?off|publication)"
        r"|(?:subject to|pending|embargoed until)(?: \w+){0,2} (?:release|approval|clearance|sign[- ]?off"
        r"|publication)"
        r"|under embargo|not (?:yet )?(?:been )?(?:cleared|approved|signed off) for (?:release|publication)",
    ),
    (
        FigureStatus.NOT_AVAILABLE,
        r"#n/?a\b|\bn\.?/a\b(?= ?[-:(,]?(?: \w+){0,3} (?:until|till|yet|data|annual\w*|behind|due|published|awaited))",
    ),
    (FigureStatus.NOT_APPLICABLE, r"not applicable|does(?:n't| not) apply|not relevant (?:to|this|for)|\bn\.?/a\b"),
    (
        FigureStatus.NOT_AVAILABLE,
        rf"(?:\bnot|n't) (?:yet |currently |been |yet been )*(?:available|released|published|received|supplied"
        rf"|provided|ready(?! (?:for|to)\b)|collected|collated|analysed|calculated|measured|returned|to hand)"
        r"|await\w* (?:its |the |our |a )?source\b"
        r"|\bnot (?:yet )?(?:in|out)(?: yet)?(?= ?(?:[.,;]|- |$))"
        rf"|not (?:yet )?(?:due|expected)(?: out| back)? (?:until|till|before)|unavailable"
        rf"|{_DATA} (?:{_BE} )?(?:still )?(?:awaited|outstanding|delayed)"
        rf"|(?:awaiting|waiting for|waiting on) (?:the |this |our |final |latest |\w+ ){{0,4}}{_DATA}"
        rf"|no (?:\w+ ){{0,2}}{_DATA}(?: (?:(?:has |have |was |been "
        rf"|is )*(?:published|received|released|supplied|provided)"
        rf"|yet|available|for|this|to hand|as yet)\b|$|[.,;])"
        rf"|(?:can(?:'t|not)|unable to|not (?:in a position|possible|able) to) (?:\w+ ){{0,2}}(?:provide"
        rf"|supply|give|obtain|get|report)"
        rf"|{_DATA} (?:\w+ )?(?:is |are )?(?:typically |usually |normally |only |will be |due |expected "
        rf"|to be )+(?:released|published|available|out|in|by|on|until|after)\b"
        rf"|{_DATA} (?:for \w+ (?:\w+ )?(?:for )?[\w/-]+ )?(?:is |are )(?:delayed"
        rf"|suspended|late)|nothing (?:yet )?for (?:this|the) (?:quarter|period)"
        rf"|(?:has|have)(?:n't| not) (?:yet )?(?:been )?(?:sent|supplied|given|run"
        rf"|let us have)|(?:update|figures?|data|numbers?) (?:can|will|to) be"
        rf" (?:supplied|provided|given|sent|available)|will (?:have|send"
        rf"|resume)(?: \w+){{0,2}} (?:numbers|figures?|data|reporting)"
        r"|(?:collection|publication|reporting|survey)(?: \w+){0,4} (?:is "
        r"|are |was |were |has been )?(?:paused|suspended"
        r"|on hold)"
        rf"|{_DATA}(?: for [\w /-]{{1,30}})? (?:is |are )(?:paused|on hold|delayed)"
        rf"|(?:\bnot|n't) have (?:the |any |these |those )?{_DATA}"
        r"|\b(?:is|are|was|were|been) suppressed\b|\b(?:is|are) (?:not (?:yet )?complete|incomplete)(?: yet)?\b"
        r"|\bwill be (?:added|included|updated|reported|counted) (?:when|once|after|later|next)\b"
        r"|\btoo few to (?:publish|report)\b"
        r"|no (?:rank|rate|result|reading|position|score)(?= (?:for|yet|available)\b|$|[.,;])"
        r"|still (?:reconciling|validating|checking|cleansing|collating)"
        r"|will (?:only )?be (?:worked out|calculated) (?:once|when|after)"
        rf"|no {_DATA} (?:until|till|before)|not in this (?:report|return)|^\W*withdrawn\W*$"
        rf"|{_DATA} (?:is |are )?(?:due|expected) (?:early |mid |late )?(?:{dates.MONTH}|later|shortly|soon|next)"
        rf"|(?:to follow|will follow|follows? (?:in|by|on|next))\b|\btb[ca]\b|\bnya\b",
    ),
    (
        FigureStatus.NIL_RETURN,
        r"nil return|(?:nothing|none|no change|no activity|no progress) to report|nothing (?:to (?:return"
        r"|declare)|this (?:quarter|time))",
    ),
)
_COMPILED = tuple((status, re.compile(pattern, re.I)) for status, pattern in _RULES)
_PROVISIONAL = re.compile(
    r"\b(?:provisional(?:ly)?|unaudited|est|estimat\w+|unvalidated|unverified|extrapolat\w+|draft figure"
    r"|subject to (?:validation|change|revision|audit))\b|\(p\)",
    re.I,
)


HINTS = re.compile(
    r"n't\b|\b(?:few|suppressed|incomplete|not?|nil|nothing|none|nya|await\w*|waiting|unavail\w*|embargo|paused|hold|still|unable|n/a|n\.a|na|tb[ca]|delay\w*|suspended|late|due|expected"
    r"|until|till|before|follows?|will|can|could|cannot|stopped|ceased|discontinued|withdrawn|embargoed|pending|subject|outstanding"
    r"|released|published|available|typically|usually|normally)\b",
)
"""What a sentence in small letters must hold to say a status."""


@dataclass(frozen=True)
class Said:
    """A status phrase: what it means, the sentence it stands in, and where."""

    status: FigureStatus
    sentence: str
    at: int


_OVERCOME = re.compile(
    r"\bbut (?:it |they )?(?:is|are|has|have)(?: been)? now\b|\bbut now (?:is|are|available)\b", re.I
)
"""What takes a status back: "was not available last quarter but is now"."""


def statuses_in(text: str) -> list[Said]:
    """Every status that is said, one a sentence, the most definite first."""
    found, at = [], 0
    for sentence in text.split("\n"):
        for status, pattern in _COMPILED if HINTS.search(sentence.lower()) else ():
            match = pattern.search(sentence)
            if match and not _OVERCOME.search(sentence, match.end()):
                found.append(Said(status, sentence.strip(), at + match.start()))
                break
        at += len(sentence) + 1
    return found


def is_provisional(text: str) -> bool:
    """Whether a figure is called an estimate or provisional."""
    return _PROVISIONAL.search(text) is not None


_PROMISE = re.compile(r"\b(?:due|expected|available|until|follow|released|published)\b", re.I)
_WHEN = re.compile(
    rf"\b(?:until|till|by|in|on|from|before|after|due|expected|for|around|is|be)(?: the)?(?: w/c| week commencing)? "
    rf"(?:the )?(?P<part>{dates.PART_OF_A_MONTH})?(?P<date>{dates.DATE})",
    re.I,
)
_MIDDLE = 15
"""The day of a month that its middle is taken for."""


def expected_on(said: Said, text: str, today: date | None) -> date | None:
    """The day a figure is promised for, in the same sentence or in another one that promises."""
    promises = [sentence for sentence in text.split("\n") if _PROMISE.search(sentence)]
    found = (_expected_in(sentence, today) for sentence in [said.sentence, *promises])
    return next((day for day in found if day is not None), None)


def final_on(text: str, today: date | None) -> date | None:
    """The day from which a provisional figure is said to be final."""
    found = (_expected_in(promise[0], today) for promise in FINAL.finditer(text))
    return next((day for day in found if day is not None), None)


def _expected_in(sentence: str, today: date | None) -> date | None:
    """A month means its first day, its middle or end where that is said; a date without a year the next one to come."""
    for found in _WHEN.finditer(sentence):
        words, part = found["date"], (found["part"] or "").lower()
        span = dates.day_or_month(words, None)
        if span is not None:
            when = _in_span(span, part)
            return when if today is None or when >= today else None
        if today is not None:
            return _next(words, part, today)
    return None


def _in_span(span: Span, part: str) -> date:
    if part.startswith(("late", "end")):
        return span.end
    if part.startswith("mid"):
        return span.start.replace(day=max(span.start.day, min(_MIDDLE, span.end.day)))
    return span.start


def _next(words: str, part: str, today: date) -> date | None:
    for year in (today.year, today.year + 1):
        span = dates.day_or_month(f"{words.rstrip('.')} {year}", None)
        if span is not None and span.end >= today:
            return max(_in_span(span, part), today)
    return None


def reading_day(sent_on: date | None, period: Quarter | None) -> date | None:
    """The day from which dates without a year are counted: when it was sent, else the day after the period."""
    if sent_on is not None:
        return sent_on
    return None if period is None else period.span.end + timedelta(days=1)

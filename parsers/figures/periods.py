"""Which stretch of time the words speak of, seen from the period that was asked for."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from collector.domain.indicator import Basis
from collector.domain.period import Span
from parsers.figures import dates, time_words
from parsers.figures.canvas import ASIDE, BLANK, Canvas, Hinted


class Time(StrEnum):
    """How a named time stands to the period asked for. The values are the paint on the canvas."""

    WANTED = "\ue001"
    PART = "\ue002"
    OTHER = "\ue003"
    TO_DATE = "\ue004"
    YEAR = "\ue005"
    ROLLING = "\ue006"


_PAINT = f"[{Time.PART}{Time.OTHER}{Time.TO_DATE}{Time.YEAR}{Time.ROLLING}]+"
NOT_WANTED = re.compile(_PAINT)
"""Paint of any other time than the one asked for."""
ELSEWHERE = rf"{_PAINT}(?:,? (?:of |in |for |the |to ){{0,2}}{_PAINT})*"
"""Painted words that name any other time than the one asked for."""


@dataclass(frozen=True)
class Mention:
    """Words that name a time: how it stands to the one asked for, its days where they are known, and its basis."""

    time: Time
    start: int
    end: int
    words: str
    span: Span | None = None
    basis: Basis | None = None
    relative: bool = False
    """Said only in relation to another time ("last quarter"), mostly to compare with it."""


def take_times(canvas: Canvas, home: Span | None, basis: Basis) -> list[Mention]:
    """Paint over and return every mention of a time, the most telling words first."""
    taker = Taker(canvas, home, basis)
    for kind in _HINTED_KINDS.worth_trying(canvas.lowered):
        if kind.basis in (None, basis):
            taker.take(kind)
    return _without_its_own_year(canvas, home, sorted(taker.mentions, key=lambda mention: mention.start))


def _without_its_own_year(canvas: Canvas, home: Span | None, mentions: list[Mention]) -> list[Mention]:
    """The mentions without the year that only says which quarter is meant: "13 in the quarter of 2016/17"."""
    own: set[int] = set()
    for first, second in pairwise(mentions):
        holds = home and second.span and second.span.start <= home.start and home.end <= second.span.end
        beside = canvas.text[first.end : second.start].strip(" ,(") in ("", "in", "of", "for")
        if first.time is Time.WANTED and holds and beside and second.time is Time.YEAR:
            own.add(second.start)
    return [mention for mention in mentions if mention.start not in own]


_LONGER = (Basis.TO_DATE, Basis.CALENDAR_YEAR, Basis.ANNUAL, Basis.ROLLING_YEAR)
Judged = tuple[Time, Span | None, Basis | None]


A_TIME = re.compile(
    r"\d|quarter|qtr|period|month|mth|year|ytd|yr\b|annual|week|half|date|time|previous|prev|last|since|until|rolling|cumulative"
    r"|total|out-?turn|survey|poll|questionnaire|spring|summer|autumn|winter|first|second|third|fourth|far\b|current"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|reported"
)
"""What a sentence in small letters must hold to name a time."""
_A_DATE = re.compile(r"\d ?[/.-] ?\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec")
_A_YEAR = re.compile(r"\d\d")
_A_QUARTER = re.compile(
    r"q(?:tr\.?|uarter)? ?(?:[1-4]|one|two|three|four)|(?:first|second|third|fourth|final|1st|2nd|3rd|4th) q"
)


_YEAR_TO_DATE = re.compile(r"\byear[- ]to[- ]date|\bytd\b|\b(?:so far,? this|this) (?:financial )?year", re.I)
_AT_YEAR_END = re.compile(r"\W*at (?:the )?(?:year[- ]end|end of (?:the )?(?:financial )?year)", re.I)
"""How things stood on the last day of March is how the last quarter ended, too."""
_NEARLY_A_YEAR = 360
_HALF_A_YEAR = 182
_APRIL = 4


class Taker:
    """Judges the times named on one canvas against the period and the basis asked for."""

    def __init__(self, canvas: Canvas, home: Span | None, basis: Basis) -> None:
        self.canvas, self.home, self.basis = canvas, home, basis
        self.mentions: list[Mention] = []

    def take(self, kind: "_Kind") -> None:
        """Paint over the times of one kind, and keep those that are any."""

        def painted(match: re.Match[str]) -> str:
            judged = kind.judge(self, match[0])
            if judged is None or kind.paint:
                return kind.paint if judged else ""
            time, span, basis = judged
            named = Mention(time, match.start(), match.end(), match[0].strip(), span, basis, kind.relative)
            self.mentions.append(named)
            return time.value

        self.canvas.take_if(kind.pattern, painted, within=kind.within)

    def own(self, basis: Basis, otherwise: Time) -> Judged:
        """Words that name a basis are wanted where that very basis was asked for."""
        return (Time.WANTED if self.basis is basis else otherwise, None, basis)

    def _begins_the_year(self) -> bool:
        """Whether the financial year began with what was asked for: its first quarter, or April."""
        home = self.home
        return home is not None and home.start.month == _APRIL and (home.end - home.start).days < _HALF_A_YEAR - 5

    def past_year(self, words: str) -> Judged | None:
        """What is said of "the last year" in the return of a year is that year's."""
        return (Time.WANTED, None, Basis.ANNUAL) if self._a_year() and self.basis is Basis.ANNUAL else None

    def rolling(self, words: str) -> Judged:
        """Twelve months; where their end is named, it is the end of what was asked for or another year's."""
        named = time_words.NAMED_DATE.search(words)
        last = dates.day_or_month(named[0], self.home) if named else None
        if last is not None and self.home is not None and last.end != self.home.end:
            return (Time.OTHER, None, Basis.ROLLING_YEAR)
        if last is not None and self._a_year():
            return (Time.WANTED, self.home, Basis.ANNUAL)
        return self.own(Basis.ROLLING_YEAR, Time.ROLLING)

    def this_one(self, words: str) -> Judged:
        """This quarter is not what was asked for where a month was, nor is "the month" where a quarter was."""
        if self.home is not None and self.basis in (Basis.MONTH, Basis.QUARTER):
            a_month = self.home == dates.month_span(self.home.start.year, self.home.start.month)
            if a_month and re.search(r"quarter|qtr", words, re.I):
                return (Time.OTHER, None, Basis.QUARTER)
            if dates.as_quarter(self.home) is not None and re.search(r"(?<!three )(?<!3 )month", words, re.I):
                return (Time.PART, None, Basis.MONTH)
        return (self.own_quarter(), None, Basis.QUARTER)

    def own_quarter(self) -> Time:
        """'This quarter' is not what was asked for where a figure to date was."""
        return Time.PART if self.basis in _LONGER else Time.WANTED

    def stands(self, span: Span | None) -> Time:
        """How known days stand to those wanted."""
        if span is None or self.home is None:
            return Time.OTHER
        if self._same(span):
            return Time.WANTED
        return Time.PART if self.home.start <= span.start and span.end <= self.home.end else Time.OTHER

    def _same(self, span: Span) -> bool:
        assert self.home is not None
        if span == self.home and self.basis is Basis.TO_DATE and span.start.month != _APRIL:
            return False
        if span == self.home or (self.basis is Basis.SNAPSHOT and span.end == self.home.end):
            return True
        financial_start = self.home.end.replace(year=self.home.end.year - (self.home.end.month < 4), month=4, day=1)
        return self.basis is Basis.TO_DATE and span == Span(financial_start, self.home.end)

    def range(self, words: str) -> Judged | None:
        span = dates.range_named(words, self.home)
        return (self.stands(span), span, None)

    def three_months(self, words: str) -> Judged:
        """The three months that end with a day or a month."""
        named = time_words.NAMED_DATE.search(words)
        last = dates.day_or_month(named[0], self.home) if named else None
        span = dates.three_months_to(last.end) if last else None
        return (self.stands(span), span, None)

    def since(self, words: str) -> Judged | None:
        """'Since April' is to date, unless the period asked for itself began then."""
        if re.match("from", words, re.I) and not re.search(r"to date|onward|start|beginning|year", words, re.I):
            return None
        named = time_words.NAMED_DATE.search(words)
        span = dates.day_or_month(named[0], self.home) if named else None
        if named is None and re.search(r"\b(?:19|20)\d\d$", words):
            return (Time.TO_DATE, None, None)
        if span and self.home and span.start > self.home.end:
            return (Time.OTHER, span, None)
        begun = Span(span.start, self.home.end) if span and self.home else None
        if begun is not None and begun == self.home:
            return (Time.WANTED, begun, None)
        return (self.own(Basis.TO_DATE, Time.TO_DATE)[0], begun, Basis.TO_DATE)

    def to_the_end(self, words: str) -> Judged:
        """As in "By the end of September" is to date; what a quarter's end means to a snapshot is the same."""
        meant = self.basis in (Basis.TO_DATE, Basis.SNAPSHOT, Basis.ROLLING_YEAR) or self._ends_with_it(words)
        return (Time.WANTED if meant else Time.TO_DATE, None, Basis.TO_DATE)

    def _ends_with_it(self, words: str) -> bool:
        """Whether what goes to the end of a first quarter or of April is all of it, and no more."""
        named = time_words.NAMED_DATE.search(words)
        span = dates.day_or_month(named[0], self.home) if named else None
        quarter = dates.quarter_named(words[_quarter_at(words) :]) if _A_QUARTER.search(words.lower()) else None
        own = dates.as_quarter(self.home)
        ends = (
            span.end == self.home.end
            if span and self.home
            else own is not None and quarter is not None and quarter.is_(own)
        )
        return self._begins_the_year() and bool(ends)

    def to_date(self, words: str) -> Judged:
        if "calendar" in words.lower():
            return self.own(Basis.CALENDAR_YEAR, Time.OTHER)
        if self._begins_the_year() and self.basis is Basis.QUARTER and _YEAR_TO_DATE.search(words):
            return (Time.WANTED, None, Basis.TO_DATE)
        if re.search(r"this (?:financial )?year", words, re.I) and self._a_year():
            return (Time.WANTED, None, Basis.ANNUAL)
        if self._a_half_year() and time_words.HALF_YEAR.search(words):
            return (Time.WANTED if self._is_this_half(words) else Time.OTHER, None, None)
        return self.own(Basis.TO_DATE, Time.TO_DATE)

    def year(self, words: str) -> Judged:
        if "calendar" in words.lower():
            return self.own(Basis.CALENDAR_YEAR, Time.YEAR)
        if _AT_YEAR_END.match(words) and self.home and self.home.end.month == _APRIL - 1:
            return (Time.WANTED, None, Basis.SNAPSHOT)
        if self._a_year():
            return (Time.WANTED, None, Basis.ANNUAL)
        return self.own(Basis.ANNUAL, Time.YEAR)

    def _a_year(self) -> bool:
        """Whether a whole year was asked for."""
        return self.home is not None and (self.home.end - self.home.start).days > _NEARLY_A_YEAR

    def _a_half_year(self) -> bool:
        """Whether six months were asked for."""
        return self.home is not None and _HALF_A_YEAR - 5 < (self.home.end - self.home.start).days < _HALF_A_YEAR + 5

    def _is_this_half(self, words: str) -> bool:
        """Whether a half-year is the one asked for; one without a number is."""
        number = re.search(r"\b(first|H1|H2)\b", words, re.I)
        if number is None or self.home is None:
            return True
        return (number[1].lower() == "h2") == (self.home.start.month != _APRIL)

    def quarter(self, words: str) -> Judged:
        named, wanted = dates.quarter_named(words[_quarter_at(words) :]), dates.as_quarter(self.home)
        if named is None:
            return (Time.OTHER, None, None)
        if wanted is None:
            return (Time.PART if self.home else Time.OTHER, None, Basis.QUARTER)
        if named.is_(wanted):
            return (self.own_quarter(), wanted.span, Basis.QUARTER)
        return (Time.OTHER, named.near(wanted).span, Basis.QUARTER)

    def financial_year(self, words: str) -> Judged | None:
        """A year that holds the period asked for says nothing about the figure; another one does."""
        span = dates.financial_year(words)
        if span is None:
            return None
        if self.home and span == self.home:
            return (Time.WANTED, span, Basis.ANNUAL)
        if self.basis is Basis.ANNUAL and self.home and span.start <= self.home.start and self.home.end <= span.end:
            return (Time.WANTED, span, Basis.ANNUAL)
        return (Time.YEAR, span, Basis.ANNUAL)

    def day(self, words: str) -> Judged:
        named = time_words.NAMED_DATE.search(words)
        span = dates.day_or_month(named[0], self.home) if named else None
        by = time_words.AT_THE_END.search(words) or (self._a_year() and time_words.BY.match(words))
        at_the_end = by and span and self.home and span.end == self.home.end
        return (Time.WANTED if at_the_end else self.stands(span), span, Basis.MONTH if span else None)

    def deadline(self, words: str) -> Judged | None:
        """A day or year to come, "to be finished by 2027", is no time of a figure."""
        named = time_words.NAMED_DATE.search(words)
        year = re.search(r"(?:19|20)\d\d$", words)
        start = None
        if named is not None and (span := dates.day_or_month(named[0], self.home)) is not None:
            start = span.start
        elif year is not None:
            start = date(int(year[0]), 1, 1)
        return (Time.WANTED, None, None) if start and self.home and start > self.home.end else None

    def another(self, words: str) -> Judged:
        """Words that can only mean another time."""
        return (Time.OTHER, None, None)

    def a_week(self, words: str) -> Judged:
        return (Time.PART, None, None)

    def survey(self, words: str) -> Judged:
        return (Time.WANTED, None, Basis.SURVEY)

    def promise(self, words: str) -> Judged:
        """When the final figure comes is no time of the provisional one."""
        return (Time.WANTED, None, None)

    def bare_year(self, words: str) -> Judged:
        year = int(words.strip()[-4:])
        span = Span(date(year, 1, 1), date(year, 12, 31))
        if span == self.home or (self.basis is Basis.CALENDAR_YEAR and self.home and self.home.end.year == year):
            return (Time.WANTED, span, Basis.CALENDAR_YEAR)
        return (Time.YEAR, span, Basis.CALENDAR_YEAR)


def _quarter_at(words: str) -> int:
    """Where the quarter itself begins after "in the"."""
    found = re.search(dates.QUARTER, words, re.I)
    return found.start() if found else 0


@dataclass(frozen=True)
class _Kind:
    """Words that name a time of one kind, and how they are judged.

    `hints` are what a text in small letters must hold one of, `within` what a sentence must; `paint` is for what is no
    time of a figure; `basis` the only one asked for under which the words name a time.
    """

    pattern: re.Pattern[str]
    judge: Callable[[Taker, str], Judged | None]
    hints: tuple[str, ...] = ()
    within: re.Pattern[str] = A_TIME
    relative: bool = False
    paint: str = ""
    basis: Basis | None = None


_COMPARING = (
    "same", "corresponding", "equivalent", "comparable", "this", "last", "prev", "prior", "preceding", "(", "q",
    "recent", "ago", "earlier", "before", "year-", "year ", "month ", "period ", "spring", "summer", "autumn", "winter",
    "next", "following",
)  # fmt: skip
_SO_FAR = ("date", "ytd", "y.t.d", "far", "since", "cumulative", "running", "this", "half", "mid", "h1", "h2")
_KINDS = (
    _Kind(time_words.THE_PAST_YEAR, Taker.past_year, ("year",)),
    _Kind(time_words.COMPARED, Taker.another, _COMPARING, relative=True),
    _Kind(time_words.ROLLING, Taker.rolling, ("r12", "12", "twelve", "rolling", "year ")),
    _Kind(time_words.MONTHS, Taker.another, ("month", "mth")),
    _Kind(time_words.THREE_MONTHS, Taker.three_months, ("quarter ", "months "), _A_DATE),
    _Kind(time_words.WEEK, Taker.a_week, ("week", "w/", "wc", "we ", "fortnight"), _A_DATE),
    _Kind(time_words.OVER_WITH, Taker.promise, (" on ",), paint=BLANK),
    _Kind(time_words.FINAL, Taker.promise, ("final", "provisional", "idated", "audit", "confirm"), paint=BLANK),
    _Kind(time_words.RANGE, Taker.range, within=_A_DATE),
    _Kind(time_words.SINCE, Taker.since, ("since", "from")),
    _Kind(time_words.TO_THE_END, Taker.to_the_end, ("end of",)),
    _Kind(time_words.TO_DATE, Taker.to_date, _SO_FAR),
    _Kind(time_words.YEAR, Taker.year, ("year", "annual", "turn", "annum")),
    _Kind(time_words.WANTED, Taker.this_one, ("quarter", "qtr", "period", "month")),
    _Kind(time_words.SURVEY, Taker.survey, basis=Basis.SURVEY),
    _Kind(time_words.QUARTER, Taker.quarter, within=_A_QUARTER),
    _Kind(time_words.FINANCIAL_YEAR, Taker.financial_year, ("/", "-"), _A_YEAR),
    _Kind(time_words.SHORT_YEAR, Taker.financial_year, ("/", "-"), _A_YEAR),
    _Kind(time_words.FINAL, Taker.promise, ("until", "final", "validated", "audited", "confirmed"), paint=BLANK),
    _Kind(time_words.DEADLINE, Taker.deadline, ("by ",), paint=ASIDE),
    _Kind(time_words.DATE, Taker.day, within=_A_DATE),
    _Kind(time_words.BARE_YEAR, Taker.bare_year, ("19", "20"), _A_YEAR),
)
"""In the order in which they are looked for: the most telling first."""
_HINTED_KINDS = Hinted((kind.hints, kind) for kind in _KINDS)

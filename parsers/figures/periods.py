"""Which stretch of time the words speak of, seen from the period that was asked for."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from collector.domain.indicator import Basis
from collector.domain.period import Span
from parsers.figures import dates, time_words
from parsers.figures.canvas import ASIDE, Canvas


class Time(StrEnum):
    """How a named time stands to the period asked for. The values are the paint on the canvas."""

    WANTED = "\ue001"
    PART = "\ue002"
    OTHER = "\ue003"
    TO_DATE = "\ue004"
    YEAR = "\ue005"
    ROLLING = "\ue006"


_PAINT = f"[{Time.PART}{Time.OTHER}{Time.TO_DATE}{Time.YEAR}{Time.ROLLING}]+"
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
    taker.take(time_words.THE_PAST_YEAR, taker.past_year, hints=("year",))
    taker.take(time_words.COMPARED, lambda words: (Time.OTHER, None, None), relative=True)
    taker.take(time_words.ROLLING, taker.rolling, hints=("r12", "12", "twelve", "rolling", "year "))
    taker.take(time_words.MONTHS, lambda words: (Time.OTHER, None, None), hints=("month", "mth"))
    taker.take(time_words.THREE_MONTHS, taker.three_months, within=_A_DATE, hints=("quarter ", "months "))
    taker.take(
        time_words.WEEK,
        lambda words: (Time.PART, None, None),
        within=_A_DATE,
        hints=("week", "w/", "wc", "we ", "fortnight"),
    )
    taker.take(
        time_words.FINAL, taker.promise, paint=ASIDE, hints=("final", "provisional", "idated", "audit", "confirm")
    )
    taker.take(time_words.RANGE, taker.range, within=_A_DATE)
    taker.take(time_words.SINCE, taker.since, hints=("since", "from"))
    taker.take(time_words.TO_THE_END, taker.to_the_end, hints=("end of",))
    taker.take(
        time_words.TO_DATE,
        taker.to_date,
        hints=("date", "ytd", "y.t.d", "far", "since", "cumulative", "running", "this", "half", "h1", "h2"),
    )
    taker.take(time_words.YEAR, taker.year, hints=("year", "annual", "turn", "annum"))
    taker.take(time_words.WANTED, taker.this_one, hints=("quarter", "qtr", "period", "month"))
    if basis is Basis.SURVEY:
        taker.take(time_words.SURVEY, lambda words: (Time.WANTED, None, Basis.SURVEY))
    taker.take(time_words.QUARTER, taker.quarter, within=_A_QUARTER)
    taker.take(time_words.FINANCIAL_YEAR, taker.financial_year, within=_A_YEAR)
    taker.take(time_words.SHORT_YEAR, taker.financial_year, within=_A_YEAR)
    taker.take(
        time_words.FINAL, taker.promise, paint=ASIDE, hints=("until", "final", "validated", "audited", "confirmed")
    )
    taker.take(time_words.DEADLINE, taker.deadline, paint=ASIDE, hints=("by ",))
    taker.take(time_words.DATE, taker.day, within=_A_DATE)
    taker.take(time_words.BARE_YEAR, taker.bare_year, within=_A_YEAR)
    return sorted(taker.mentions, key=lambda mention: mention.start)


_LONGER = (Basis.TO_DATE, Basis.CALENDAR_YEAR, Basis.ANNUAL, Basis.ROLLING_YEAR)
Judged = tuple[Time, Span | None, Basis | None]


A_TIME = re.compile(
    r"\d|quarter|qtr|period|month|mth|year|ytd|yr\b|annual|week|half|date|time|previous|prev|last|since|until|rolling|cumulative"
    r"|total|out-?turn|survey|poll|questionnaire|spring|summer|autumn|winter|first|second|third|fourth|far\b|current"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|reported",
    re.I,
)
"""What a sentence must hold to name a time."""
_A_DATE = re.compile(r"\d ?[/.-] ?\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", re.I)
_A_YEAR = re.compile(r"\d\d")
_A_QUARTER = re.compile(r"q", re.I)


_NEARLY_A_YEAR = 360
_HALF_A_YEAR = 182
_APRIL = 4


class Taker:
    """Judges the times named on one canvas against the period and the basis asked for."""

    def __init__(self, canvas: Canvas, home: Span | None, basis: Basis) -> None:
        self.canvas, self.home, self.basis = canvas, home, basis
        self.mentions: list[Mention] = []

    def take(
        self,
        pattern: re.Pattern[str],
        judge: Callable[[str], Judged | None],
        *,
        relative: bool = False,
        within: re.Pattern[str] = A_TIME,
        paint: str = "",
        hints: tuple[str, ...] = (),
    ) -> None:
        def painted(match: re.Match[str]) -> str:
            judged = judge(match[0])
            if judged is None or paint:
                return paint if judged else ""
            time, span, basis = judged
            self.mentions.append(Mention(time, match.start(), match.end(), match[0].strip(), span, basis, relative))
            return time.value

        self.canvas.take_if(pattern, painted, within=within, hints=hints)

    def own(self, basis: Basis, otherwise: Time) -> Judged:
        """Words that name a basis are wanted where that very basis was asked for."""
        return (Time.WANTED if self.basis is basis else otherwise, None, basis)

    def past_year(self, words: str) -> Judged | None:
        """What is said of "the last year" in the return of a year is that year's."""
        return (Time.WANTED, None, Basis.ANNUAL) if self._a_year() and self.basis is Basis.ANNUAL else None

    def rolling(self, words: str) -> Judged:
        """Twelve months; where their end is named, it is the end of what was asked for or another year's."""
        named = time_words.NAMED_DATE.search(words)
        last = dates.day_or_month(named[0], self.home) if named else None
        if last is not None and self.home is not None and last.end != self.home.end:
            return (Time.OTHER, None, Basis.ROLLING_YEAR)
        return self.own(Basis.ROLLING_YEAR, Time.ROLLING)

    def this_one(self, words: str) -> Judged:
        """This quarter is not what was asked for where a month was, nor is "the month" where a quarter was."""
        if self.home is not None and self.basis in (Basis.MONTH, Basis.QUARTER):
            a_month = self.home == dates.month_span(self.home.start.year, self.home.start.month)
            if a_month and re.search(r"quarter|qtr", words, re.I):
                return (Time.OTHER, None, Basis.QUARTER)
            if dates.as_quarter(self.home) is not None and re.search(r"month", words, re.I):
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
        return (Time.WANTED if self.basis in (Basis.TO_DATE, Basis.SNAPSHOT) else Time.TO_DATE, None, Basis.TO_DATE)

    def to_date(self, words: str) -> Judged:
        if "calendar" in words.lower():
            return self.own(Basis.CALENDAR_YEAR, Time.OTHER)
        if re.search(r"this (?:financial )?year", words, re.I) and self._a_year():
            return (Time.WANTED, None, Basis.ANNUAL)
        if self._a_half_year() and time_words.HALF_YEAR.search(words):
            return (Time.WANTED if self._is_this_half(words) else Time.OTHER, None, None)
        return self.own(Basis.TO_DATE, Time.TO_DATE)

    def year(self, words: str) -> Judged:
        if "calendar" in words.lower():
            return self.own(Basis.CALENDAR_YEAR, Time.YEAR)
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

    def promise(self, words: str) -> Judged:
        """When the final figure comes is no time of the provisional one."""
        return (Time.WANTED, None, None)

    def bare_year(self, words: str) -> Judged:
        year = int(words.strip()[-4:])
        span = Span(date(year, 1, 1), date(year, 12, 31))
        if self.basis is Basis.CALENDAR_YEAR and self.home and self.home.end.year == year:
            return (Time.WANTED, span, Basis.CALENDAR_YEAR)
        return (Time.YEAR, span, Basis.CALENDAR_YEAR)


def _quarter_at(words: str) -> int:
    """Where the quarter itself begins after "in the"."""
    found = re.search(dates.QUARTER, words, re.I)
    return found.start() if found else 0

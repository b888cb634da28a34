"""Which stretch of time the words speak of, seen from the period that was asked for."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from collector.domain.indicator import Basis
from collector.domain.period import Span
from parsers.figures import dates
from parsers.figures.canvas import Canvas


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


_IN = r"(?:\b(?:in|for|during|at|within|as at|as of)(?: the)?(?: period(?: of)?| months? of)? |\bthe )?"

_WANTED = re.compile(
    rf"{_IN}\b(?:(?:this|the current|current|the) (?:quarter|qtr"
    rf"|period|month))\b(?! (?:last|in))|(?:^|(?<=[;,.] ))(?:quarter|qtr)(?= ?[:=-]| \d+\.\d)",
    re.I | re.M,
)
_COMPARED = re.compile(
    rf"{_IN}\b(?:(?:same|corresponding|equivalent|comparable) (?:quarter|period|time|point|months?)"
    r"(?:,? (?:of|in|as))?(?: the)?(?: (?:last|previous|prior|preceding) (?:financial )?year)?"
    r"|this (?:point|time|quarter) (?:in )?(?:the )?(?:last|previous) year"
    r"|(?:last|previous|prev\.?|prior|preceding) (?:financial year|quarter|qtr|yr|year|month|period)(?:'s)?"
    rf"|{dates.QUARTER}(?: of| in)? (?:the )?(?:last|previous|prior|preceding) (?:financial )?year"
    r"|\((?:\d{1,2}|two|three|four|five|six|nine|twelve) (?:months?"
    r"|quarters?|weeks?)\)|\bq[1-4] ?(?:-|to|/|&|and) ?q[1-4]\b"
    r"|prev\.? (?:12|twelve) ?m(?:on)?(?:ths?)?"
    r"|(?:last|most recent) (?:available|published|known|held)"
    r"|when (?:last|previously|first) reported(?: in)?|quarters [1-4] (?:and|&|to|-) [1-4]"
    r"|(?:a|one|1) (?:year|quarter|month) (?:ago|earlier|before|previously)|year[- ]on[- ]year|last time|previously"
    r"|(?:year|quarter|month|period) (?:before|earlier|previous|prior)(?: (?:that|last))?"
    r"|(?:last|previous|this|that|the)? ?(?:spring|summer|autumn|winter)(?= ?[)\].,;]| (?:of|was|were|is|had))"
    r"|(?:next|following) (?:quarter|year|month))\b",
    re.I,
)
_SINCE = re.compile(
    rf"\b(?:since|from)(?: (?:the )?(?:start|beginning) of)?(?: the)? ((?:financial |calendar )?year\b"
    rf"|{dates.DATE}|{dates.QUARTER}|(?:19|20)\d\d\b)"
    r"(?: (?:to date|onwards?))?(?! ?(?:to|-|until) )",
    re.I,
)
_TO_DATE = re.compile(
    rf"{_IN}\b(?:(?:financial |calendar )?year[- ]to[- ]date|ytd|y\.t\.d\b\.?|(?:so|thus) far(?:,? this (?:financial "
    rf"|calendar )?year)?|to[- ]date"
    r"|since (?:inception|launch|(?:[a-z]+ ){1,4}(?:started|began|opened|launched|start|launch|inception))"
    r"|cumulative(?:ly)?(?: total| figure)?|running total|this (?:financial |calendar )?year"
    r"|first half(?: of the year)?|half[- ]year(?:ly)?|H[12])\b",
    re.I,
)
_ROLLING = re.compile(
    rf"{_IN}\b(?:R12\b|12 ?m(?:(?:on)?ths?)? rolling|12 ?mths?\b"
    r"|rolling(?: 12[- ]months?| twelve months?| year| period)?|(?:last|past|previous) (?:12|twelve) months"
    rf"|(?:12|twelve)[- ]months?(?: (?:to|ending|ended)(?: (?:the )?end)?(?: (?:of )?{dates.DATE})?)?"
    rf"|year (?:to|ending|ended|up to) (?:the end of )?{dates.DATE}(?! ?(?:to|-|until) {dates.DATE}))",
    re.I,
)
_YEAR = re.compile(
    rf"{_IN}\b(?:(?:for|over|across|in) the (?:whole |full |entire )?(?:financial |calendar |academic )?year"
    r"|(?:whole|full|entire|calendar|academic)[- ]year|(?:end of (?:the )?|end of )year"
    r"|year[- ]end(?: total)?|annual(?:ly)?"
    r"|(?:total|figure) for the year|out-?turn|per (?:year|annum)"
    r"|(?:year(?:ly)?|annual|full[- ]year) total|full[- ]year)\b",
    re.I,
)
_MONTHS = re.compile(
    r"\b(?:in|for|over|during|across|covers|covering) (?:the )?(?:last |past |first |previous |whole )?"
    r"(?:[2456789]|1[0-8]|two|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen) (?:months?|mths?)\b"
    r"(?! (?:or|of|after|before|ago|later|old|and|from)\b)",
    re.I,
)
"""So many months, other than the three of a quarter."""
_SURVEY = re.compile(rf"{_IN}\b(?:survey|questionnaire|poll)\b(?: (?:of|in|from) {dates.DATE})?", re.I)
_RANGE = re.compile(
    rf"(?:\b(?:between|from|covering|period|during|for|in) (?:the )?(?:period )?)?(?<![\w/]){dates.RANGE}", re.I
)
_QUARTER = re.compile(_IN + dates.QUARTER, re.I)
_FINANCIAL_YEAR = re.compile(rf"{_IN}(?<![\w/-]){dates.FINANCIAL_YEAR}", re.I)
_THREE_MONTHS = re.compile(
    rf"{_IN}\b(?:quarter|three months|3 months) (?:to|ending|ended|up to)(?: the end of)? {dates.DATE}"
    rf"(?! ?(?:to|-|until) {dates.DATE})",
    re.I,
)
_WEEK = re.compile(
    rf"{_IN}\b(?:week|w/?|weekend|fortnight) ?(?:commencing|ending|beginning|c|e|starting|of) {dates.DATE}", re.I
)
_TO_THE_END = re.compile(
    rf"\b(?:up )?(?:to|by|until) (?:the )?end of (?:the )?(?:{dates.QUARTER}"
    rf"|{dates.DATE}(?: quarter\b)?|(?:this |the )?(?:quarter|month|period))",
    re.I,
)
_SHORT_YEAR = re.compile(dates.SHORT_YEAR, re.I)
_DATE = re.compile(
    rf"{_IN}(?:\b(?:(?:at |by |as at )?(?:the )?end of(?: the)?|on|as at|of|by|up to) )?(?<![\w/]){dates.DATE}"
    r"(?: (?:quarter|month)\b)?(?: (?:month )?end\b)?",
    re.I,
)
_AT_THE_END = re.compile(r"\bas (?:at|of)\b|\bat\b|\bon\b", re.I)
_BY = re.compile(r"(?:at |by )", re.I)
"""What has come about by a year's last day is the year's."""
_BARE_YEAR = re.compile(rf"{_IN}(?:\bcalendar year )?(?<![\w,.£/-])(?:19|20)\d\d(?![\w%/]|[.,]\d| ?(?:%|per))", re.I)
_NAMED_DATE = re.compile(dates.DATE, re.I)


def take_times(canvas: Canvas, home: Span | None, basis: Basis) -> list[Mention]:
    """Paint over and return every mention of a time, the most telling words first."""
    taker = _Taker(canvas, home, basis)
    taker.take(_COMPARED, lambda words: (Time.OTHER, None, None), relative=True)
    taker.take(_ROLLING, taker.rolling)
    taker.take(_MONTHS, lambda words: (Time.OTHER, None, None))
    taker.take(_THREE_MONTHS, taker.three_months, within=_A_DATE)
    taker.take(_WEEK, lambda words: (Time.PART, None, None), within=_A_DATE)
    taker.take(_RANGE, taker.range, within=_A_DATE)
    taker.take(_SINCE, taker.since)
    taker.take(_TO_THE_END, taker.to_the_end)
    taker.take(_TO_DATE, taker.to_date)
    taker.take(_YEAR, taker.year)
    taker.take(_WANTED, lambda words: (taker.own_quarter(), None, Basis.QUARTER))
    if basis is Basis.SURVEY:
        taker.take(_SURVEY, lambda words: (Time.WANTED, None, Basis.SURVEY))
    taker.take(_QUARTER, taker.quarter, within=_A_QUARTER)
    taker.take(_FINANCIAL_YEAR, taker.financial_year, within=_A_YEAR)
    taker.take(_SHORT_YEAR, taker.financial_year, within=_A_YEAR)
    taker.take(_DATE, taker.day, within=_A_DATE)
    taker.take(_BARE_YEAR, taker.bare_year, within=_A_YEAR)
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


class _Taker:
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
    ) -> None:
        def paint(match: re.Match[str]) -> str:
            judged = judge(match[0])
            if judged is None:
                return ""
            time, span, basis = judged
            self.mentions.append(Mention(time, match.start(), match.end(), match[0].strip(), span, basis, relative))
            return time.value

        self.canvas.take_if(pattern, paint, within=within)

    def own(self, basis: Basis, otherwise: Time) -> Judged:
        """Words that name a basis are wanted where that very basis was asked for."""
        return (Time.WANTED if self.basis is basis else otherwise, None, basis)

    def rolling(self, words: str) -> Judged:
        """Twelve months; where their end is named, it is the end of what was asked for or another year's."""
        named = _NAMED_DATE.search(words)
        last = dates.day_or_month(named[0], self.home) if named else None
        if last is not None and self.home is not None and last.end != self.home.end:
            return (Time.OTHER, None, Basis.ROLLING_YEAR)
        return self.own(Basis.ROLLING_YEAR, Time.ROLLING)

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
        named = _NAMED_DATE.search(words)
        last = dates.day_or_month(named[0], self.home) if named else None
        span = dates.three_months_to(last.end) if last else None
        return (self.stands(span), span, None)

    def since(self, words: str) -> Judged | None:
        """'Since April' is to date, unless the period asked for itself began then."""
        if re.match("from", words, re.I) and not re.search(r"to date|onward|start|beginning|year", words, re.I):
            return None
        named = _NAMED_DATE.search(words)
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
        named = _NAMED_DATE.search(words)
        span = dates.day_or_month(named[0], self.home) if named else None
        by = _AT_THE_END.search(words) or (self._a_year() and _BY.match(words))
        at_the_end = by and span and self.home and span.end == self.home.end
        return (Time.WANTED if at_the_end else self.stands(span), span, Basis.MONTH if span else None)

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


_SEPARATED = re.compile(
    rf"(?:^|(?<=[\s|;,.:]))(?<!between )(?<!from )(?<!during )(?P<name>{dates.QUARTER}"
    rf"|{dates.RANGE})(?: (?:figures?|data|total|result"
    rf"|actual))? ?(?:[-:=]+(?=[^\d]|\d)|\t)",
    re.I | re.M,
)
_STUCK = re.compile(rf"(?:^|(?<=[%\d)*.])\s|(?<=[|;,]))\s*(?P<name>{dates.QUARTER})[ \t]+(?=[-+£(]?\d)", re.I | re.M)


@dataclass(frozen=True)
class Clause:
    """The words a sender put under one period; `time` is None for those before any period was named."""

    time: Time | None
    words: str
    named: str = ""
    span: Span | None = None


def by_period(text: str, home: Span | None, basis: Basis) -> list[Clause]:
    """The clauses of "Q1 - 41.6% Q2 - 20.5%". Labels inside brackets belong to their sentence and part nothing."""
    labels = sorted(_labels(text), key=lambda found: found.start())
    if not labels:
        return [Clause(None, text)]
    # A lone "Q2:" heads the return of Q2; beside other quarters it says that each figure is a quarter's own.
    taker = _Taker(Canvas(""), home, basis if len(labels) > 1 else Basis.QUARTER)
    clauses = [Clause(None, text[: labels[0].start()])]
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        judge = taker.quarter if re.fullmatch(dates.QUARTER, label["name"], re.I) else taker.range
        judged = judge(label["name"]) or (Time.OTHER, None, None)
        if judged[0] is Time.PART and len(labels) == 1 and judged[1] == home:
            # "Q2: 288" alone labels the return; "Q1 4, Q2 2" gives the quarters one by one.
            judged = (Time.WANTED, judged[1], judged[2])
        words = text[label.end() : following.start() if following else len(text)]
        clauses.append(Clause(judged[0], words.strip(" ,;|\t"), label["name"].strip(), judged[1]))
    return clauses


_FIGURE_FIRST = re.compile(r"[^\w]*[£+-]?\d+(?!\d|st|nd|rd|th)")
"""Where a line begins with a figure, a quarter without a colon may name the figure before it just as well."""


# What follows a period that heads the words behind it.
_HEADS = re.compile(r"[-:=\t]|[ \t]+[-+£(]?\d")


def _named_periods(text: str) -> Iterable[tuple[re.Pattern[str], re.Match[str]]]:
    """Periods that head what follows, line by line: most lines of a long reply hold nothing that could follow one."""
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text) if _HEADS.search(m[0])]
    for pattern in (_SEPARATED, _STUCK):
        for start, end in lines:
            for found in pattern.finditer(text, start, end):
                yield pattern, found


def _labels(text: str) -> Iterable[re.Match[str]]:
    taken: dict[int, re.Match[str]] = {}
    for pattern, found in _named_periods(text):
        before = text[max(0, found.start("name") - 200) : found.start("name")]
        line = before[before.rfind("\n") + 1 :]
        trailing = pattern is _STUCK and _FIGURE_FIRST.match(line)
        if before.rfind("(") <= before.rfind(")") and not trailing:
            taken.setdefault(found.start("name"), found)
    ends = -1
    for at in sorted(taken):
        if at >= ends:
            ends = taken[at].end()
            yield taken[at]

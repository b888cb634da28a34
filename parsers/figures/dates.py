"""Dates, quarters and years as people write them, and the stretch of days they name."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from collector.domain.period import MONTHS, Quarter, Span

# March and May are also ordinary words: only a capital makes them months.
MONTH = (
    r"(?:(?-i:Mar(?:ch)?|May)(?! be\b)|Jan(?:uary)?|Feb(?:ruary)?|Apr(?:il)?|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_YEAR = r"(?:19|20)\d\d"
_DAY = r"(?:[0-3]?\d) ?(?:st|nd|rd|th)?(?: of)?"
_DAY_AND_MONTH = r"(?:[12]?[1-9]|[123]0|31)/(?:0?[1-9]|1[0-2])(?![\d/%])"
DATE = (
    rf"(?:(?:(?<=\bat )|(?<=\bto )|(?<=\bon )|(?<=\bby )|(?<=\bof )){_DAY_AND_MONTH}|{_YEAR}-[01]\d-[0-3]\d"
    rf"|[0-3]?\d[/.][01]?\d[/.](?:{_YEAR}|\d\d)(?!\d)"
    rf"|(?<!\d\.){_DAY} {MONTH}(?:,? {_YEAR}(?![\d-]))?|{MONTH},? {_YEAR}(?![\d-])"
    rf"|{MONTH} '\d\d|(?<=\(){MONTH} \d\d(?=\))|(?<=\bto ){MONTH} [12]\d(?=[ ,.;()])(?! [a-z]+s\b)"
    rf"|{MONTH}-(?:{_YEAR}|\d\d)(?![\d-])"
    rf"|{MONTH} [0-3]?\d(?:st|nd|rd|th)\b"
    rf"|{MONTH}(?! ?(?:3[01]|[12]?\d)(?![\d.,%a-z])(?! ?(?:%|per ?cent|days?|weeks?|hours?|minutes?|mins?))))"
)
PART_OF_A_MONTH = r"early |beginning of |middle of |mid[- ]|late |later in |end[- ](?:of )?"
FINANCIAL_YEAR = (
    rf"(?:(?:FY|financial year|academic year|year) ?)?(?:{_YEAR} ?[-/] ?(?:20)?\d\d|{_YEAR}/\d"
    rf"|(?<=year )\d\d/\d\d|(?<=FY)\d\d/\d\d)(?![\d%/])"
)
_ORDINAL = {"first": 1, "1st": 1, "one": 1, "second": 2, "2nd": 2, "two": 2, "third": 3, "3rd": 3, "three": 3}
_ORDINAL |= {"fourth": 4, "4th": 4, "four": 4, "final": 4}
QUARTER = (
    r"(?:\b(?:q|qtr\.? ?|quarter )(?:[1-4](?!\d)|(?:one|two|three|four)\b)"
    r"|\b(?:first|second|third|fourth|final|1st|2nd|3rd|4th) (?:quarter|qtr)\b)"
    rf"(?:(?:,? ?(?:of |for )?(?:FY ?)?)(?:{_YEAR} ?[-/] ?(?:20)?\d\d|\d\d/\d\d|{_YEAR} to {_YEAR}"
    rf"|{_YEAR})(?![\d/%]|-\d))?"
)
SHORT_YEAR = (
    r"(?:(?:\b(?:in|for|during|on|since|out-?turn|than|to|over|of|into|by|until|quarter|period"
    r"|from)(?: the)? )[012]\d ?[/-] ?\d\d(?![\d%/]|[.,]\d|'?s\b|[- ]years?[- ])"
    r"|(?<![\w./-])[012]\d/\d\d(?=:| \(?[£\d]| [\ue001-\ue006]| (?:year|total|figure|target|average)\b))"
)
"""Two digits and two digits: a financial year where the two follow each other ("outturn 14/15", "14/15: 93.8")."""

_BETWEEN = r" ?(?:-|/|&|to|and|until|through to|through) ?"
_LISTED = rf"{MONTH}(?:, ?{MONTH},? (?:(?:and|&) )?| ?/ ?{MONTH} ?/ ?){MONTH}"
"""A quarter's months one by one: "April, May and June", "Apr/May/Jun"."""
RANGE = rf"(?:{_LISTED}|{DATE}{_BETWEEN}{DATE}|{MONTH}-{MONTH} '?[12]\d(?![\d.,%/])|{MONTH}{_BETWEEN}{MONTH})"

_MONTH_DAY = re.compile(rf"({_DAY}) ({MONTH})(?:,? ({_YEAR}))?", re.I)
_MONTH_YEAR = re.compile(rf"({MONTH})(?:,?[ -]({_YEAR})|[ -]'?(\d\d))?", re.I)
_DAY_LAST = re.compile(rf"({MONTH}) ([0-3]?\d)(?:st|nd|rd|th)", re.I)
_NUMERIC = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{2,4})")
_PARTS = re.compile(
    rf"({MONTH})-({MONTH} '?[12]\d)(?![\d.,%/])|({DATE}){_BETWEEN}({DATE})|({MONTH}){_BETWEEN}({MONTH})", re.I
)


@dataclass(frozen=True)
class Named:
    """A quarter as it was named: its number and, if said, the calendar year or the financial year's first year."""

    number: int
    year: int | None = None
    financial: bool = False

    def is_(self, quarter: Quarter) -> bool:
        """Whether this names the quarter. Without a year, the number decides; a lone year may be either of the two."""
        if self.number != quarter.number:
            return False
        if self.year is None:
            return True
        return self.year == quarter.year or (not self.financial and self.year == quarter.span.end.year)

    def near(self, quarter: Quarter) -> Quarter:
        """The quarter named, seen from the one wanted: without a year it is the nearest that is not later."""
        if self.year is not None:
            return Quarter(self.year, self.number)
        return Quarter(quarter.year if self.number <= quarter.number else quarter.year - 1, self.number)


def quarter_named(words: str) -> Named | None:
    """The quarter that words matching `QUARTER` name; None where the years do not follow each other."""
    head = re.match(r"\W*(?:quarter |qtr\.? ?|q)?(\w+)", words, re.I)
    if head is None:
        return None
    key = head[1].lower()
    digit = re.match(r"[1-4]", key)
    counted = int(digit[0]) if digit and key not in _ORDINAL else _ORDINAL.get(key)
    if counted is None:
        return None
    tail = words[head.end() :]
    pair = re.search(r"(\d{2,4}) ?(?:[-/]|to) ?(\d{2,4})", tail)
    if pair:
        first = _century(int(pair[1]))
        return Named(counted, first, financial=True) if (first + 1) % 100 == int(pair[2]) % 100 else None
    lone = re.search(_YEAR, tail)
    return Named(counted, int(lone[0]) if lone else None)


def financial_year(words: str) -> Span | None:
    """The days of "2015-16", "2015/2016", "2015/6" or "14/15"; None where the two years do not follow each other."""
    pair = re.search(r"(\d{2,4}) ?[-/] ?(\d{1,4})", words)
    if pair is None:
        return None
    first = _century(int(pair[1]))
    told = 10 if len(pair[2]) == 1 else 100
    if (first + 1) % told != int(pair[2]) % told or not 1900 <= first < 2999:
        return None
    return Span(date(first, 4, 1), date(first + 1, 3, 31))


def three_months_to(last: date) -> Span:
    """The three months that end with the month of a day."""
    year, month = (last.year, last.month - 2) if last.month > 2 else (last.year - 1, last.month + 10)
    return Span(date(year, month, 1), last)


def range_named(words: str, home: Span | None) -> Span | None:
    """The days of "1 April to 30 June 2015" or "Oct-Dec"; missing years come from the other end or from `home`."""
    if re.search(_LISTED, words, re.I):
        return _one_by_one(re.findall(MONTH, words, re.I), home)
    parts = _PARTS.search(words)
    if parts is None:
        return None
    first, last = next((parts[at], parts[at + 1]) for at in (1, 3, 5) if parts[at])
    end = day_or_month(last, home)
    if end is None:
        return None
    start = day_or_month(first, home if not re.search(_YEAR, last) else end, before=end.start)
    return Span(start.start, end.end) if start and start.start <= end.end else None


def _one_by_one(months: list[str], home: Span | None) -> Span | None:
    """The days of months that follow each other; None where they do not."""
    last = day_or_month(months[-1], home)
    first = day_or_month(months[0], home, before=last.start if last else None)
    if first is None or last is None:
        return None
    numbers = [_month(each) for each in months]
    follow = all(after == before % 12 + 1 for before, after in pairwise(numbers))
    return Span(first.start, last.end) if follow else None


def day_or_month(words: str, home: Span | None, before: date | None = None) -> Span | None:
    """The days a date or a month names; without a year the one in or nearest before the end of `home`."""
    words = words.strip().rstrip(".")
    if iso := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", words):
        return _one_day(int(iso[1]), int(iso[2]), int(iso[3]))
    if numeric := _NUMERIC.fullmatch(words):
        return _one_day(_century(int(numeric[3])), int(numeric[2]), int(numeric[1]))
    if found := _MONTH_DAY.fullmatch(words):
        month = _month(found[2])
        return _one_day(_year(found[3], month, home, before), month, int(re.sub(r"\D", "", found[1])))
    if found := re.fullmatch(r"(\d{1,2})/(\d{1,2})", words):
        month = int(found[2])
        return _one_day(_year(None, month, home, before), month, int(found[1]))
    if found := _DAY_LAST.fullmatch(words):
        month = _month(found[1])
        return _one_day(_year(None, month, home, before), month, int(found[2]))
    if found := _MONTH_YEAR.fullmatch(words):
        month = _month(found[1])
        said = found[2] or (f"20{found[3]}" if found[3] else None)
        return month_span(_year(said, month, home, before), month)
    return None


def month_span(year: int, month: int) -> Span | None:
    """The first to the last day of a month."""
    if not 1 <= year <= 2999:
        return None
    following = date(year + month // 12, month % 12 + 1, 1)
    return Span(date(year, month, 1), following - timedelta(days=1))


def _month(words: str) -> int:
    return [name.lower() for name in MONTHS].index(words[:3].lower()) + 1


def _century(year: int) -> int:
    return year if year > 99 else 2000 + year


def _year(said: str | None, month: int, home: Span | None, before: date | None) -> int:
    if said:
        return int(said)
    limit = before or (home.end if home else None)
    if limit is None:
        return 0
    return limit.year if month <= limit.month else limit.year - 1


def _one_day(year: int, month: int, dom: int) -> Span | None:
    try:
        when = date(year, month, dom)
    except ValueError:
        return None
    return Span(when, when)


_LAST_12_MONTHS = re.compile(
    rf"(?:12|twelve) months (?:to|ending|ended)(?: the)?(?: end(?: of)?)? ({DATE})|year (?:to|ending|ended) ({DATE})",
    re.I,
)
_HALF = re.compile(rf"(?:H|half )([12])\b.*?({_YEAR}[-/]\d\d)|({_YEAR}[-/]\d\d).*?\b(?:H|half )([12])\b", re.I)


def wanted_span(words: str) -> Span | None:
    """The days of a period as tasks name it: "2015-16 Q2", "2024-25", "March 2025" or other words; None if unknown."""
    words = words.strip()
    try:
        return Quarter.parse(words).span
    except ValueError:
        pass
    if re.fullmatch(FINANCIAL_YEAR, words, re.I):
        return financial_year(words)
    whole = re.fullmatch(rf"({MONTH}) ({_YEAR})", words, re.I)
    if whole:
        return month_span(int(whole[2]), _month(whole[1]))
    if re.fullmatch(rf"(?:calendar year )?{_YEAR}", words, re.I):
        year = int(words[-4:])
        return Span(date(year, 1, 1), date(year, 12, 31))
    return _longer_span(words) or _span_of_a_quarter(words) or range_named(words, None) or _day_named(words)


def _longer_span(words: str) -> Span | None:
    """Twelve months to a date, or half of a financial year."""
    year = _LAST_12_MONTHS.search(words)
    if year:
        last = day_or_month(year[1] or year[2], None)
        if last is None or last.end.year < 2:
            return None
        end = last.end
        first = date(end.year - 1, end.month, 1) if last.start.day == 1 else end.replace(year=end.year - 1, day=1)
        following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        return Span(following, end)
    half = _HALF.search(words)
    if half:
        span = financial_year(half[2] or half[3])
        if span is None:
            return None
        if (half[1] or half[4]) == "1":
            return Span(span.start, date(span.start.year, 9, 30))
        return Span(date(span.start.year, 10, 1), span.end)
    return None


def _span_of_a_quarter(words: str) -> Span | None:
    turned = re.search(r"\b(Q[1-4])\b.*?(\d{4}-\d\d)", words) or re.search(r"(?P<y>\d{4}-\d\d).*?(?P<q>Q[1-4])", words)
    if turned is None:
        return None
    year, quarter = sorted(turned.groups(), key=lambda part: part.startswith("Q"))
    try:
        return Quarter.parse(f"{year} {quarter}").span
    except ValueError:
        return None


def _day_named(words: str) -> Span | None:
    found = re.search(DATE, words, re.I)
    span = day_or_month(found[0], None) if found else None
    return span if span and span.start.year > 1 else None


def as_quarter(span: Span | None) -> Quarter | None:
    """The financial-year quarter that a span is, if it is one."""
    if span is None:
        return None
    quarter = Quarter.containing(span.start)
    return quarter if quarter.span == span else None

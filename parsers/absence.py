"""What somebody writes about being away themselves: the first and the last day, and who covers. Pure.

Days are in the UK order. What is not clear is not guessed: "back soon", "next week" and other people's leave are None.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from collector.domain.absence import SaidAbsence
from collector.domain.period import MONTHS

#: A day without a year that is further ahead than this is a slip of the pen, or over.
_FURTHEST = timedelta(days=200)
#: "Until Friday, back on Monday": so many days may lie between the two ends.
_WEEKEND = timedelta(days=3)

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_NUMBER = r"[0-3]?\d(?:st|nd|rd|th)?"
_DATE = (
    rf"(?:(?:the )?(?:(?P<w_>{_WEEKDAY}),? (?:the )?)?(?:"
    rf"(?P<iso_>\d{{4}}-\d\d-\d\d)|(?P<num_>\d{{1,2}}[/.]\d{{1,2}}(?:[/.](?:\d{{4}}|\d\d))?)(?![\d/%])"
    rf"|(?P<dm_>{_NUMBER}(?: of)? {_MONTH}(?:,? \d{{4}})?)\b|(?P<md_>{_MONTH} {_NUMBER}(?:,? \d{{4}})?)\b"
    rf"|(?P<d_>[0-3]?\d(?:st|nd|rd|th))\b)|(?P<day_>{_WEEKDAY}|today|tomorrow|tonight)\b)"
)


def _date(name: str) -> str:
    """The pattern of a date whose parts are named for it."""
    return _DATE.replace("_>", f"_{name}>")


_STARTS = r"(?:^|[.;:,!\n(\-\u2013]\s*|\b(?:and|but|so|as|because|since|that|now)\s+)"
_I = (
    r"(?:(?:i|we)(?:'m| am|'ll be| will be| shall be|'re| are)\s+(?:(?:currently|now|still|also|presently|then)\s+)?"
    r"|(?:currently|now|still|will be)\s+)?"
)
_CUE = (
    r"(?:on (?:\w+ )?(?:annual |sick |maternity |paternity |parental |compassionate |study |unpaid |special )?leave"
    r"|(?:annual|sick|maternity|paternity|parental|study) leave|away(?: from (?:the office|work|my desk))?"
    r"|out of (?:the |my )?office|ooo|on (?:holiday|vacation|jury service)|off(?: work| sick)?|absent"
    r"|not in(?: the office| work)?)"
)
#: Only of oneself: a figure is "not available until" a day too.
_UNAVAILABLE = r"(?:i|we)(?:'m| am|'ll be| will be) (?:not available|unavailable)"
_BETWEEN = r"(?P<gap>(?:\s+(?!(?:from|until|till|is|are|was|on)\b)[a-z']+){0,8}?)"
_UNTIL = r"(?:up to and including|up until|until|untill|till|til|through|thru|up to)"
_AWAY = re.compile(
    rf"{_STARTS}{_I}(?:{_CUE}|(?<![a-z]){_UNAVAILABLE}){_BETWEEN}\s*,?\s*(?:"
    rf"(?:between |from )?{_date('from')}\s*(?:{_UNTIL}|to|and|-|\u2013)\s*{_date('to')}"
    rf"|{_UNTIL} {_date('until')}|(?:on )?{_date('only')}(?!\s*(?:onwards|to|and|-)))",
    re.IGNORECASE,
)
_FROM = re.compile(rf"\bfrom {_date('since')}", re.IGNORECASE)
_SAYS_AWAY = re.compile(rf"{_STARTS}{_I}{_CUE}\b", re.IGNORECASE)
_BACK = re.compile(
    rf"{_STARTS}(?:(?:i|we)(?:'ll| will| shall|'m| am|'re| are)?\s+)?(?:(?:be|am)\s+)?"
    rf"(?:back|return(?:ing|s)?|in again)"
    rf"(?: (?:to|at|in) (?:the |my )?(?:work|office|desk)| from (?:annual )?leave)?,?(?: again)?(?: on| from)? "
    rf"{_date('back')}",
    re.IGNORECASE,
)
_THEN = r"(?=[,.;)]|$| (?:for|who|until|while|on|in|if)\b)"
#: What makes the words between being away and its end about something else.
_OTHER = re.compile(r"\b(?:available|published|ready|due|figures?|data|return|report)\b", re.IGNORECASE)
_WHO = r"(?P<who>my (?:deputy|manager|colleague|team)|(?:the|our) [\w ]{3,40}?|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
_DEPUTY = (
    re.compile(
        rf"{_WHO} (?:will |is |can |shall )?(?:be )?(?:cover(?:s|ing)?\b|stand(?:s|ing)? in|deputis\w+|deal\w* with)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:covered by|contact|email|e-mail|write to|speak to) {_WHO}{_THEN}",
        re.IGNORECASE,
    ),
)


def read_absence(text: str, today: date) -> SaidAbsence | None:
    """What a text says of its writer's own absence; None where it says nothing, or nothing certain.

    "Until the 9th" is the next 9th, which is the last day away; "back on the 9th" makes it the 8th.
    """
    words = " ".join(line.strip() for line in text.replace("\u2019", "'").splitlines())
    found = {*_stretches(words, today)}
    back = {*_last_days(words, today)}
    if None in found or len(found) > 1 or None in back or len(back) > 1:
        return None
    last = next(iter(back), None)
    stretch = next(iter(found), None)
    if stretch is None:
        stretch = _until_back(words, last, today) if last else None
    elif last is not None:
        if not timedelta() <= last - stretch.until <= _WEEKEND:
            return None
        stretch = _Stretch(stretch.since, last)
    if stretch is None or stretch.until < max(today, stretch.since):
        return None
    return SaidAbsence(stretch.since, stretch.until, _deputy(words))


_ALONE = re.compile(rf"(?:on )?{_date('alone')}", re.IGNORECASE)


def read_day(words: str, today: date) -> date | None:
    """The day to come that words name and nothing else: "tomorrow", "on Monday", "the 9th", "14 Oct"."""
    said = _ALONE.fullmatch(words.strip())
    day = _named(said, "alone") if said else None
    return day(today) if day else None


@dataclass(frozen=True)
class _Stretch:
    since: date
    until: date


def _stretches(words: str, today: date) -> Iterator[_Stretch | None]:
    """The days that the text says its writer is away; None for one that can't be told."""
    for said in _AWAY.finditer(words):
        if _OTHER.search(said["gap"]):
            continue
        first, last, until, only = (_named(said, name) for name in ("from", "to", "until", "only"))
        if last:
            end = last(today)
            start = first(end, before=True) if first and end else None
            yield _Stretch(start, end) if start and end else None
        elif until:
            end = until(today)
            yield _Stretch(_since(words, end, today), end) if end else None
        elif only:
            day = only(today)
            yield _Stretch(day, day) if day else None


def _last_days(words: str, today: date) -> Iterator[date | None]:
    """The day before each day on which the writer says to be back."""
    for said in _BACK.finditer(words):
        back = _named(said, "back")
        day = back(today) if back else None
        yield day - timedelta(days=1) if day else None


def _until_back(words: str, last: date, today: date) -> _Stretch | None:
    """Only the return is said: away from the day named, else from today."""
    begins = _FROM.search(words) if _SAYS_AWAY.search(words) else None
    return _Stretch(_since(words, last, today) if begins else min(today, last), last)


def _since(words: str, end: date, today: date) -> date:
    said = _FROM.search(words)
    first = _named(said, "since") if said else None
    start = first(end, before=True) if first else None
    return start if start is not None and start <= end else today


class _Day:
    """A day as it was written: the next one from a day on, or the last one up to it."""

    def __init__(self, fits: Callable[[date], bool], weekday: int | None, exact: date | None, offset: int | None):
        self._fits, self._weekday, self._exact, self._offset = fits, weekday, exact, offset

    def __call__(self, near: date, before: bool = False) -> date | None:
        found = self._find(near, before)
        wrong = found is not None and self._weekday is not None and found.weekday() != self._weekday
        return None if wrong else found

    def _find(self, near: date, before: bool) -> date | None:
        if self._exact is not None:
            return self._exact
        if self._offset is not None:
            return None if before else near + timedelta(days=self._offset)
        step = timedelta(days=-1 if before else 1)
        days = (near + step * n for n in range(_FURTHEST.days + 1))
        return next((day for day in days if self._fits(day)), None)


def _named(said: re.Match[str], name: str) -> _Day | None:
    """The day that a part of a match names; None where that part is not there."""
    parts = {kind: said[f"{kind}_{name}"] for kind in ("w", "iso", "num", "dm", "md", "d", "day")}
    if not any(parts.values()):
        return None
    weekday = _weekday(parts["w"]) if parts["w"] else None
    if parts["day"]:
        return _in_words(parts["day"].lower())
    if parts["iso"]:
        return _exactly(parts["iso"], weekday)
    if parts["num"]:
        numeric = [int(part) for part in re.split(r"[/.]", parts["num"])]
        return _day(numeric[0], numeric[1], _century(numeric[2]) if len(numeric) > 2 else None, weekday)
    written = parts["dm"] or parts["md"] or parts["d"]
    numbers = [int(number) for number in re.findall(r"\d+", written)]
    month_word = re.search(_MONTH, written, re.IGNORECASE)
    month = [one.lower() for one in MONTHS].index(month_word[0][:3].lower()) + 1 if month_word else None
    return _day(numbers[0], month, numbers[1] if len(numbers) > 1 else None, weekday)


def _in_words(word: str) -> _Day:
    offset = {"today": 0, "tonight": 0, "tomorrow": 1}.get(word)
    wanted = None if offset is not None else _weekday(word)
    return _Day(lambda day: day.weekday() == wanted, None, None, offset)


def _exactly(written: str, weekday: int | None) -> _Day:
    try:
        return _Day(lambda day: True, weekday, date.fromisoformat(written), None)
    except ValueError:
        return _Day(lambda day: False, weekday, None, None)


def _day(day: int, month: int | None, year: int | None, weekday: int | None) -> _Day:
    if year is not None and month is not None:
        return _exactly(f"{year:04d}-{month:02d}-{day:02d}", weekday)
    return _Day(lambda found: found.day == day and month in (None, found.month), weekday, None, None)


def _weekday(word: str) -> int:
    return next(at for at, name in enumerate(_DAYS) if name.startswith(word[:3].lower()))


def _century(year: int) -> int:
    return year if year > 99 else 2000 + year


def _deputy(words: str) -> str:
    found = (pattern.search(words) for pattern in _DEPUTY)
    return next((said["who"].strip() for said in found if said), "")

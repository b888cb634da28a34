"""Days as people write them, in the UK order: "the 9th", "Friday", "31 January", "31/01/2016", "tomorrow". Pure.

A day without a year is the next one from another day on, or the last one up to it; what can't be told is None.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from collector.domain.period import MONTHS

#: A day without a year that is further ahead than this is a slip of the pen, or over.
_FURTHEST = timedelta(days=200)

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


def day_pattern(name: str) -> str:
    """The pattern of a date whose parts are named for it."""
    return _DATE.replace("_>", f"_{name}>")


_ALONE = re.compile(rf"(?:on )?{day_pattern('alone')}", re.IGNORECASE)


def read_day(words: str, today: date) -> date | None:
    """The day to come that words name and nothing else: "tomorrow", "on Monday", "the 9th", "14 Oct"."""
    said = _ALONE.fullmatch(words.strip())
    day = day_named(said, "alone") if said else None
    return day(today) if day else None


_MONTH_ALONE = re.compile(
    rf"(?:the )?(?:end of |end )?(?P<month>{_MONTH})(?:,? (?P<year>(?:19|20)\d\d))?", re.IGNORECASE
)


def read_deadline(words: str, today: date) -> date | None:
    """The last day of what words name and nothing else: a day, or a month ("the end of January", "March 2016")."""
    said = re.sub(r"^(?:by|before|until|on) ", "", words.strip(" .;"), flags=re.IGNORECASE)
    month = _MONTH_ALONE.fullmatch(said)
    if month is None:
        return read_day(said, today)
    number = _month(month["month"])
    year = int(month["year"]) if month["year"] else today.year + (number < today.month)
    return date(year + number // 12, number % 12 + 1, 1) - timedelta(days=1)


class NamedDay:
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


def day_named(said: re.Match[str], name: str) -> NamedDay | None:
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
    month = _month(month_word[0]) if month_word else None
    return _day(numbers[0], month, numbers[1] if len(numbers) > 1 else None, weekday)


def _in_words(word: str) -> NamedDay:
    offset = {"today": 0, "tonight": 0, "tomorrow": 1}.get(word)
    wanted = None if offset is not None else _weekday(word)
    return NamedDay(lambda day: day.weekday() == wanted, None, None, offset)


def _exactly(written: str, weekday: int | None) -> NamedDay:
    try:
        return NamedDay(lambda day: True, weekday, date.fromisoformat(written), None)
    except ValueError:
        return NamedDay(lambda day: False, weekday, None, None)


def _day(day: int, month: int | None, year: int | None, weekday: int | None) -> NamedDay:
    if year is not None and month is not None:
        return _exactly(f"{year:04d}-{month:02d}-{day:02d}", weekday)
    return NamedDay(lambda found: found.day == day and month in (None, found.month), weekday, None, None)


def _month(word: str) -> int:
    return [one.lower() for one in MONTHS].index(word[:3].lower()) + 1


def _weekday(word: str) -> int:
    return next(at for at, name in enumerate(_DAYS) if name.startswith(word[:3].lower()))


def _century(year: int) -> int:
    return year if year > 99 else 2000 + year

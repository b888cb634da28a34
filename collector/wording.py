"""Figures, dates and lists as people read them."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from collector.domain.figure import FigureStatus, Reported, plain
from collector.domain.indicator import Basis, Definition, Rhythm, Unit
from collector.domain.period import MONTHS, Quarter, Span, day
from collector.domain.target import Comparator, Target

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

_BASIS_WORDS = {
    Basis.TO_DATE: "to date",
    Basis.MONTH: "for a month",
    Basis.ROLLING_YEAR: "over a rolling year",
    Basis.CALENDAR_YEAR: "calendar year to date",
    Basis.ANNUAL: "for the year",
    Basis.SURVEY: "from a survey",
    Basis.SNAPSHOT: "at a point in time",
}

#: How a figure is asked for, by its unit.
HINTS = {
    Unit.PERCENT: "per cent, with its counts",
    Unit.COUNT: "a number",
    Unit.CHANGE_PERCENT: "per cent up or down, with the two figures",
    Unit.CHANGE_COUNT: "up or down by how many",
    Unit.PERCENTAGE_POINTS: "in percentage points",
    Unit.RATE_PER_100K: "per 100,000",
    Unit.PER_10K: "per 10,000",
    Unit.PER_1000: "per 1,000",
    Unit.GBP: "in pounds",
    Unit.SECONDS: "in seconds",
    Unit.MINUTES: "in minutes",
    Unit.HOURS: "in hours",
    Unit.DAYS: "in days",
    Unit.WEEKS: "in weeks",
    Unit.TONNES: "in tonnes",
    Unit.FTE: "full-time equivalents",
    Unit.RANK: "a rank",
    Unit.MILESTONE: "a sentence on progress",
    Unit.NARRATIVE: "a sentence on progress",
}


def hint_words(definition: Definition, period: Quarter) -> str:
    """How a figure is asked for: "a number", and its months where they are not the quarter's (RULES 1, 5)."""
    hint, covered = HINTS[definition.unit], definition.covers(period)
    if covered == period.span and definition.rhythm is Rhythm.QUARTERLY:
        return hint
    if definition.basis is Basis.SNAPSHOT:
        return f"{hint}, as it was on {day(covered.end)}"
    return f"{hint}, {'to date, ' if definition.basis is Basis.TO_DATE else ''}for {months(covered)}"


def months(span: Span) -> str:
    """Whole months as people read them: "Apr to Sep 2015", "Sep 2014 to Aug 2015"."""
    first, last = MONTHS[span.start.month - 1], f"{MONTHS[span.end.month - 1]} {span.end.year}"
    return f"{first} to {last}" if span.start.year == span.end.year else f"{first} {span.start.year} to {last}"


#: What stands after a value, by its unit.
AFTER = {
    Unit.PERCENT: "%",
    Unit.CHANGE_PERCENT: "%",
    Unit.PERCENTAGE_POINTS: " percentage points",
    Unit.RATE_PER_100K: " per 100,000",
    Unit.PER_10K: " per 10,000",
    Unit.PER_1000: " per 1,000",
    Unit.SECONDS: " seconds",
    Unit.MINUTES: " minutes",
    Unit.HOURS: " hours",
    Unit.DAYS: " days",
    Unit.WEEKS: " weeks",
    Unit.TONNES: " tonnes",
    Unit.FTE: " FTE",
}
_COUNTED_IN_ONES = (Unit.SECONDS, Unit.MINUTES, Unit.HOURS, Unit.DAYS, Unit.WEEKS, Unit.TONNES, Unit.PERCENTAGE_POINTS)


def value_words(value: Decimal, unit: Unit) -> str:
    """A value with its unit: "28.8%", "320 per 100,000", "72.7% reduction", "£1,200"."""
    match unit:
        case Unit.GBP:
            return f"£{plain(value)}"
        case Unit.CHANGE_PERCENT | Unit.CHANGE_COUNT:
            sign = "%" if unit is Unit.CHANGE_PERCENT else ""
            if value == 0:
                return "no change"
            return f"{plain(abs(value))}{sign} {'reduction' if value < 0 else 'increase'}"
        case _:
            after = AFTER.get(unit, "")
            return plain(value) + (after.removesuffix("s") if value == 1 and unit in _COUNTED_IN_ONES else after)


def to_a_tenth(value: Decimal) -> Decimal:
    """A computed value as it is shown: whole, or with one decimal place. It is never judged by this."""
    return value.quantize(Decimal("0.1")) if value != value.to_integral_value() else value


def to_a_hundredth(value: Decimal) -> Decimal:
    """A computed limit as it is shown: whole, or with up to two decimal places."""
    return value.quantize(Decimal("0.01")) if value != value.to_integral_value() else value


def span_words(span: Span) -> str:
    """A stretch of time as messages name it: a quarter by its name and months, any other by its days."""
    quarter = Quarter.containing(span.start)
    return str(quarter if quarter.span == span else span)


def figure_words(reported: Reported, unit: Unit) -> str:
    """A figure as a receipt shows it: value, counts, what it covers, or its status with date."""
    if reported.value is None:
        return status_words(reported)
    words = value_words(reported.value, unit)
    if reported.numerator is not None and reported.denominator is not None:
        words += f" ({plain(reported.numerator)} of {plain(reported.denominator)})"
    if covers := covers_words(reported):
        words += f", {covers}"
    if reported.status is FigureStatus.PROVISIONAL:
        until = f" until {day(reported.expected_on)}" if reported.expected_on else ""
        words += f", provisional{until}"
    return words


def covers_words(reported: Reported) -> str:
    """The days that a figure says it covers, or how it is counted; "" where it covers its quarter."""
    return span_words(reported.reference) if reported.reference is not None else _BASIS_WORDS.get(reported.basis, "")


def status_words(reported: Reported) -> str:
    """A status in words: "not available until 1 Dec 2015"."""
    if reported.status is FigureStatus.NARRATIVE:
        return "progress noted"
    if reported.expected_on is not None:
        return f"{reported.status.words} until {day(reported.expected_on)}"
    return reported.status.words


def door_words(door: str) -> str:
    """How something reached us: "by email", "in Slack"."""
    known = {
        "mail": "by email",
        "slack": "in Slack",
        "record": "by telephone",
        "file": "from a file",
        "load": "with the definition file",
        "parts": "from its parts",
    }
    return known.get(door, f"by {door}")


def target_words(target: Target) -> str:
    """A target as the plan prints it."""
    return "" if target.comparator is Comparator.NONE else target.wording


def last_words(history: Sequence[tuple[str, Reported]], definition: Definition) -> str:
    """The last figure with a value: "Q1: 43%"; nothing where there is none."""
    for label, reported in history:
        if reported.value is not None:
            return f"{label}: {value_words(reported.value, definition.unit)}"
    return ""


def clock(moment: datetime) -> str:
    """A time as we write it: "5pm", "14:06"."""
    if moment.minute:
        return f"{moment:%H:%M}"
    return f"{moment.hour % 12 or 12}{'am' if moment.hour < 12 else 'pm'}"


def weekday(moment: datetime) -> str:
    """A moment's day as we write it in messages: "Fri 23 Oct 2015"."""
    return on_day(moment.date())


def on_day(when: date) -> str:
    """A day with its day of the week: "Fri 23 Oct 2015"."""
    return f"{_DAYS[when.weekday()]} {day(when)}"


def by_day(moment: datetime) -> str:
    """A time limit in full: "5pm Fri 23 Oct 2015"."""
    return f"{clock(moment)} {weekday(moment)}"


def number_word(count: int) -> str:
    """Small counts as words at the start of a sentence: "Two"."""
    words = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
    return words[count] if count < len(words) else str(count)


def some(lines: Sequence[str], most: int = 10) -> tuple[str, ...]:
    """The first lines in full and then how many more (WORDS 4)."""
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[:most], f"and {len(lines) - most} more")

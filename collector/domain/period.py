"""Financial-year quarters and the spans of days that figures refer to."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_KEY = re.compile(r"(\d{4})-(\d{2})\s*Q([1-4])")


@dataclass(frozen=True, order=True)
class Span:
    """The days a figure refers to, both ends included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a span can't end ({self.end}) before it starts ({self.start})")

    def __str__(self) -> str:
        return f"{day(self.start)} to {day(self.end)}"


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of the financial year: `year` is the one it starts in, Q1 is April to June."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1 <= self.number <= 4 and 1900 <= self.year <= 2999):
            raise ValueError(f"no such quarter: {self.year} Q{self.number}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "2015-16Q2" or "2015-16 Q2"; ValueError says what was wrong."""
        found = _KEY.fullmatch(text.strip())
        if not found or (int(found[1]) + 1) % 100 != int(found[2]):
            raise ValueError(f"a quarter is written like 2015-16Q2, not {text!r}")
        return cls(int(found[1]), int(found[3]))

    @classmethod
    def containing(cls, when: date) -> Self:
        """The quarter in which a day falls."""
        if when.month < 4:
            return cls(when.year - 1, 4)
        return cls(when.year, (when.month - 1) // 3)

    @property
    def key(self) -> str:
        """How the books, keys and options name the quarter: "2015-16Q2"."""
        return f"{self.financial_year}Q{self.number}"

    @property
    def financial_year(self) -> str:
        """The financial year as officers write it: "2015-16"."""
        return f"{self.year}-{(self.year + 1) % 100:02d}"

    @property
    def span(self) -> Span:
        """First to last day."""
        return Span(self._first_day(), self.next._first_day() - timedelta(days=1))

    def _first_day(self) -> date:
        return date(self.year + (self.number == 4), self.number * 3 % 12 + 1, 1)

    @property
    def next(self) -> "Quarter":
        """The quarter after this one."""
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)

    @property
    def previous(self) -> "Quarter":
        """The quarter before this one."""
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)

    def with_before(self, count: int) -> list["Quarter"]:
        """The quarter and so many before it, the latest first."""
        found = [self]
        while len(found) <= count:
            found.append(found[-1].previous)
        return found

    @property
    def last_year(self) -> "Quarter":
        """The same quarter of the year before."""
        return Quarter(self.year - 1, self.number)

    def __str__(self) -> str:
        span = self.span
        months = f"{MONTHS[span.start.month - 1]} to {MONTHS[span.end.month - 1]} {span.end.year}"
        return f"Q{self.number} {self.financial_year} ({months})"


def day(when: date) -> str:
    """A date as we write it in messages: "1 Apr 2015"."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"

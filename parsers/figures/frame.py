"""What a clause is read against."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache

from collector.domain.indicator import Basis
from collector.domain.period import Span
from collector.domain.submission import Asked, ReadingTask
from parsers.figures import dates
from parsers.figures.quantities import NUM, number
from parsers.figures.units import Kind, Wanted, wanted


@dataclass(frozen=True)
class Frame:
    """What is asked and for when: everything a clause is read against."""

    asked: Asked
    task: ReadingTask

    @cached_property
    def home(self) -> Span | None:
        """The days asked for: the task's, or the half-year or year that this one is asked for instead."""
        return self._own or self.task.span

    @property
    def _own(self) -> Span | None:
        """A basis that says its own stretch of time is read against the period, as it always ends with it."""
        return self.asked.covers if self.asked.basis in (Basis.QUARTER, Basis.ANNUAL) else None

    @cached_property
    def period(self) -> str:
        """The period asked for in words."""
        return str(self._own) if self._own else self.task.period

    @cached_property
    def wanted(self) -> Wanted:
        """The unit asked for."""
        return _wanted_of(self.asked.unit, self.asked.title)

    @cached_property
    def aims(self) -> frozenset[Decimal]:
        """The numbers of the indicator's own target."""
        return frozenset(number(found) for found in re.findall(NUM, self.asked.target))

    @cached_property
    def basis(self) -> Basis:
        """The basis asked for; a title may say it, and a task for a month or a year says so itself."""
        if self.asked.basis is not Basis.QUARTER:
            return self.asked.basis
        said = _basis_said(self.asked.title)
        if (
            said is None
            and self.wanted.kind in _COUNTED
            and not self.wanted.change
            and _A_STOCK.search(self.asked.title)
        ):
            said = Basis.SNAPSHOT
        if said is not None:
            return said
        if self.home is None or self._own or dates.as_quarter(self.home) is not None:
            return self.asked.basis
        if _ROLLING.search(self.task.period):
            return Basis.ROLLING_YEAR
        return Basis.ANNUAL if (self.home.end - self.home.start).days > 300 else Basis.MONTH


_COUNTED = (Kind.COUNT, Kind.STAFF, Kind.MONEY)
_A_STOCK = re.compile(
    r"\b(?:waiting(?! times?)|in post|balance|arrears|debts?\b|vacanc(?:y|ies)|case-?loads?"
    r"|outstanding|pending|backlog|awaiting"
    r"|headcount"
    r"|establishment|workforce strength|currently|on (?:a|the) (?:\w+ ){0,3}(?:plan|register|list|books)|subject to"
    r"|in (?:temporary accommodation|bed and breakfast|b&b|care|custody|treatment|placements?|employment)"
    r"|(?:open|live|active|current) (?:cases|investigations|tenancies|plans|referrals|licen[cs]es))\b",
    re.I,
)
"""Titles of what there is at a time rather than what came about in it."""
_AVERAGE = re.compile(r"\b(?:average|mean|median)\b", re.I)
_ROLLING = re.compile(r"\b(?:12|twelve) ?m(?:on)?ths\b|\brolling\b|\byear (?:to|ending|ended)\b", re.I)
_IN_TITLE = (
    (
        Basis.ROLLING_YEAR,
        re.compile(r"\brolling\b|\b(?:12|twelve)[- ]months? (?:average|total|rate|to\b)\b|\(12 months\)", re.I),
    ),
    (Basis.TO_DATE, re.compile(r"\b(?:year[- ]to[- ]date|ytd|cumulative|(?<!up )to date|since april)\b", re.I)),
)
"""Words of a title that say which stretch of time its figure covers."""


@lru_cache(maxsize=512)
def _basis_said(title: str) -> Basis | None:
    """The stretch of time that a title says its figure covers."""
    return next((basis for basis, words in _IN_TITLE if words.search(title)), None)


@lru_cache(maxsize=512)
def _wanted_of(unit: str, title: str) -> Wanted:
    """The unit asked for; of what a title calls an average, the average."""
    meant = wanted(unit)
    meant = replace(meant, over_all=_OVER_ALL.search(title) is not None) if meant.kind is Kind.PERCENT else meant
    return replace(meant, words=f"average {meant.words}") if _AVERAGE.search(title) else meant


_OVER_ALL = re.compile(
    r"\b(?:rent|tax|rates|debts?|charges?)\b.*\bcollect|\bcollect\w*\b.*\b(?:rent|tax|rates|debts?)\b"
    r"|\bfill(?:ed)? rate",
    re.I,
)
"""Shares that can be more than a hundred per cent: arrears are collected too, shifts are filled twice over."""

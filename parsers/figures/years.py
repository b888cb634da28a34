"""Whether the quarters of a year that a reply gives one by one add up to the figure to date beside them."""

import re
from decimal import Decimal

from collector.domain.figure import plain
from collector.domain.indicator import Unit
from collector.domain.period import Quarter, Span
from collector.domain.submission import ReadItem
from parsers.figures import dates
from parsers.figures.canvas import holds_any
from parsers.figures.clauses import by_period
from parsers.figures.frame import Frame
from parsers.figures.quantities import NUM, number

_FIRST = re.compile(rf"\W*(?P<n>{NUM})(?! ?%|\w)")
_TO_DATE = re.compile(
    r"\b(?:cumulative(?:ly)?(?: total)?|(?:financial )?year[- ]to[- ]date"
    r"|ytd|year(?:'s)? total|total for the year|so far)"
    rf"(?: (?:is|was|of|now|stands at))?[ :=(-]{{1,3}}(?P<n>{NUM})(?! ?%|\w)",
    re.I,
)
_SO_FAR = ("cumulative", "year", "ytd", "so far")
_ADDED = (Unit.COUNT, Unit.GBP)


def against_the_year(frame: Frame, words: str, item: ReadItem) -> list[str]:
    """The doubt that "Q1 11, Q2 9, year to date 21" does not add up, with the sum; only for what is added up."""
    wanted, value = dates.as_quarter(frame.home), item.candidates[0].value if len(item.candidates) == 1 else None
    if value is None or frame.asked.unit not in _ADDED:
        return []
    if wanted is None:
        return _not_its_quarters(frame, words, value)
    totals = _TO_DATE.findall(words) if holds_any(words.lower(), _SO_FAR) else []
    if len(totals) != 1:
        return _grown_by(frame, wanted, words, value) if totals else []
    given = _by_quarter(frame, words)
    earlier: list[Decimal] = []
    quarter = wanted
    while quarter.number > 1:
        quarter = quarter.previous
        if quarter.span not in given:
            return []
        earlier.insert(0, given[quarter.span])
    total, told = sum(earlier, value), number(totals[0])
    if not earlier or told == total:
        return []
    added = " + ".join(plain(each) for each in (*earlier, value))
    return [f"You gave {plain(told)} so far this year and also {added}, which is {plain(total)}."]


_A_YEAR = 4


def _not_its_quarters(frame: Frame, words: str, value: Decimal) -> list[str]:
    """The doubt that a year's figure is not what its four quarters come to."""
    if words.lower().count("q") < _A_YEAR:
        return []
    quarters = [c for c in by_period(words, frame.home, frame.basis) if re.fullmatch(dates.QUARTER, c.named, re.I)]
    given = [number(opening["n"]) for clause in quarters if (opening := _FIRST.match(clause.words))]
    if len(given) != _A_YEAR or sum(given) == value:
        return []
    return [f"You gave {plain(value)} and also {' + '.join(plain(each) for each in given)}, which is {sum(given)}."]


def _grown_by(frame: Frame, wanted: Quarter, words: str, value: Decimal) -> list[str]:
    """The doubt that what was reached last quarter and the quarter's own figure do not come to what is reached now."""
    reached: dict[Span | None, Decimal] = {}
    for clause in by_period(words, frame.home, frame.basis):
        told = _TO_DATE.search(clause.words)
        if told is not None:
            reached[clause.span] = number(told["n"])
    if wanted.number == 1 or not {wanted.span, wanted.previous.span} <= reached.keys():
        return []
    now, before = reached[wanted.span], reached[wanted.previous.span]
    if now - before == value:
        return []
    return [f"You gave {plain(before)} and then {plain(now)} so far this year, which is {plain(now - before)} more."]


def _by_quarter(frame: Frame, words: str) -> dict[Span, Decimal]:
    """The number that opens the words of each quarter."""
    found = {}
    for clause in by_period(words, frame.home, frame.basis):
        opening = _FIRST.match(clause.words)
        if clause.span is not None and opening is not None:
            found[clause.span] = number(opening["n"])
    return found

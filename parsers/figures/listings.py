"""Figures listed beside their months or years: laid out as sentences that say each with its time."""

import re

from parsers.figures.dates import FINANCIAL_YEAR, MONTH
from parsers.figures.quantities import NUM

_A_MONTH = rf"{MONTH}:? ?(?:{NUM})"
_ADDED_UP = re.compile(
    rf"(?P<months>\b{_A_MONTH}(?:(?:, ?(?:and )?| and |; ?| ?[/+&] ?){_A_MONTH}){{1,11}}) ?= ?"
    rf"(?P<sum>{NUM})(?![\w%/.,]*\d)",
    re.I,
)
_BETWEEN = re.compile(rf"(?<=\d)[^\w.]+(?:and )?(?={MONTH})", re.I)
_VALUE = rf"{NUM} ?%?"
_TIME = rf"(?:{MONTH}|{FINANCIAL_YEAR})"
_TIMES_BEHIND = re.compile(
    rf"(?<![\w.,/])(?P<values>{_VALUE}(?:(?: ?(?:\t|->|\||;|/) ?|, ){_VALUE}){{1,11}}) ?"
    rf"\((?P<times>{_TIME}(?:(?:, ?| ?\| ?|; ?|\t| ?/ ?){_TIME}){{1,11}})\)",
    re.I,
)


_MONTHS_FIRST = re.compile(
    rf"(?<=\()(?P<list>{MONTH} {NUM}(?:(?:, ?(?:and )?| and |; ?){MONTH} {NUM}){{1,11}})(?=[);])", re.I
)
_MONTH_FIRST = re.compile(rf"(?P<month>{MONTH}) (?P<value>{NUM})", re.I)
"""Months with their figures in a bracket, which could be dates as well: "(July 31, August 28, September 25)"."""


_LIMIT = re.compile(
    r"(?P<side>[<>])=? ?(?P<number>\d{1,3}) ?-?(?P<unit>w|wks?|weeks?|h|hrs?|hours?|mins?|minutes?|d|days?|s|secs?"
    r"|seconds?)\b",
    re.I,
)
_UNITS = {"w": "weeks", "h": "hours", "m": "minutes", "d": "days", "s": "seconds"}


def _in_words(limit: re.Match[str]) -> str:
    """As in ">65w" for "over 65 weeks"."""
    return f"{'over' if limit['side'] == '>' else 'under'} {limit['number']} {_UNITS[limit['unit'][0].lower()]}"


_RATE_LABEL = re.compile(
    rf"(?P<label>\b(?:rate )?(?P<per>per (?:100,?000|100 ?k|10,?000|10 ?k|1,?000|1 ?k))\b[^\d\n.;,]{{0,20}}[:=])"
    rf" ?(?P<rate>{NUM})(?![\d%/]| per\b)",
    re.I,
)
_RATE_BEHIND_ITS_UNIT = re.compile(
    rf"(?P<label>\b(?P<per>per (?:100,?000|100 ?k|10,?000|10 ?k|1,?000|1 ?k))(?: (?:obds?"
    rf"|(?:occupied )?bed[- ]?days?|population|people|residents"
    rf"|births))?(?: (?:was|is|at|of|stood at))?) (?P<rate>{NUM})(?![\d%/]| per\b| (?:obds?|occupied|bed|people"
    rf"|population|residents)\b)",
    re.I,
)
"""The same without a mark: "falls per 1,000 bed days 5.4"."""
"""A rate with its unit before it: "rate per 10k: 71"."""


def in_sentences(words: str) -> str:
    """The same words, each listed figure with its time.

    "April 8 + May 9 = 17" says the months, and then "17 in all for April to May"; "81% / 84% (Aug, Sep)" is "Aug
    81%, Sep 84%". Of a list with more figures than times, or fewer, nobody can tell which is whose: it keeps no times.
    """
    words = _LIMIT.sub(_in_words, words) if ">" in words or "<" in words else words
    if "per" in words:
        words = _RATE_LABEL.sub(r"\g<label> \g<rate> \g<per>", words)
        words = _RATE_BEHIND_ITS_UNIT.sub(r"\g<label> \g<rate> \g<per>", words)
    words = (
        _MONTHS_FIRST.sub(lambda m: _MONTH_FIRST.sub(r"\g<value> in \g<month>", m["list"]), words)
        if "(" in words
        else words
    )
    words = _ADDED_UP.sub(_with_its_sum, words) if "=" in words else words
    return _TIMES_BEHIND.sub(_each_with_its_time, words) if "(" in words else words


def _with_its_sum(found: re.Match[str]) -> str:
    months = re.findall(MONTH, found["months"], re.I)
    return f"{_BETWEEN.sub(', ', found['months'])}. {found['sum']} in all for {months[0]} to {months[-1]}"


def _each_with_its_time(found: re.Match[str]) -> str:
    values, times = re.findall(_VALUE, found["values"], re.I), re.findall(_TIME, found["times"], re.I)
    if len(values) != len(times):
        return found["values"]
    return ", ".join(f"{time} {value.strip()}" for time, value in zip(times, values, strict=True))

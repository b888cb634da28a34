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


def in_sentences(words: str) -> str:
    """The same words, each listed figure with its time.

    "April 8 + May 9 = 17" says the months, and then "17 in all for April to May"; "81% / 84% (Aug, Sep)" is "Aug
    81%, Sep 84%". Of a list with more figures than times, or fewer, nobody can tell which is whose: it keeps no times.
    """
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

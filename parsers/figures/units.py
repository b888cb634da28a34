"""What a figure is counted in: the unit a definition names, kinds of quantity, and how one is turned into another."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache


class Kind(StrEnum):
    """What a number says it counts. The value is how we write it after a number; money has its sign before it."""

    COUNT = ""
    PERCENT = "%"
    POINTS = " percentage points"
    RATE = " per"
    MONEY = "£"
    TIME = " time"
    WEIGHT = " weight"
    STAFF = " FTE"
    RANK = " rank"


#: How many of the smallest one each holds: seconds, kilograms. A month has no fixed length and is turned into nothing.
TIMES = {
    "second": Decimal(1),
    "minute": Decimal(60),
    "hour": Decimal(3600),
    "day": Decimal(86_400),
    "week": Decimal(604_800),
    "month": Decimal(0),
    "year": Decimal(-1),
}
WEIGHTS = {"kg": Decimal(1), "tonne": Decimal(1000), "kilotonne": Decimal(1_000_000)}
_SHORT = {
    "s": "second", "sec": "second", "m": "minute", "min": "minute", "h": "hour", "hr": "hour", "d": "day",
    "wk": "week", "mth": "month", "mnth": "month", "yr": "year",
    "kilogram": "kg", "kilogramme": "kg", "kilo": "kg", "t": "tonne", "ton": "tonne", "kt": "kilotonne",
}  # fmt: skip
PER = {
    "100": 100, "hundred": 100, "1000": 1000, "1k": 1000, "thousand": 1000, "10000": 10_000, "10k": 10_000,
    "tenthousand": 10_000, "100000": 100_000, "100k": 100_000, "hundredthousand": 100_000,
    "million": 1_000_000, "1000000": 1_000_000, "1m": 1_000_000,
}  # fmt: skip
"""Per how many, as people write it, without spaces and commas."""


@dataclass(frozen=True)
class Wanted:
    """The unit a figure is asked for in.

    `scale` is how many of the kind's smallest unit it holds (seconds, kilograms, pounds); for a rate, per how many.
    `change` says that the figure is signed: a reduction is negative. `words` is the unit as the definition words it;
    `over_all` says that a percentage may be more than a hundred, as of what is collected. `known` is false for a unit
    nobody told us about, which only a bare number or its own words can answer.
    """

    kind: Kind
    scale: Decimal = Decimal(1)
    change: bool = False
    words: str = ""
    known: bool = True
    over_all: bool = False


_MONEY = re.compile(r"(?:£|gbp|pounds?(?: sterling)?|money)(?: ?(?P<m>m|mn|millions?)| ?(?P<k>k|000s?|thousands?))?")
_RATE = re.compile(
    r"(?:[a-z ]*? )?(?:per|/) ?(?P<per>100,?000|100 ?k|hundred thousand|10,?000|10 ?k|ten thousand|1,?000,?000"
    r"|million|1,?000|1 ?k|thousand|hundred)\b.*"
)
_PERCENTS = ("percent", "%", "percentage", "per cent", "pc", "proportion", "share")
_POINTS = ("percentage points", "percentage point", "pp", "ppt", "ppts", "% points", "points")
_COUNTS = ("count", "number", "no", "no.", "cases", "people", "incidents")
_STAFF = ("fte", "ftes", "wte", "wtes", "full time equivalent", "full time equivalents")
_RANKS = ("rank", "ranking", "position", "place")


@lru_cache(maxsize=256)
def wanted(unit: str) -> Wanted:
    """The unit that a definition's words name; a unit nobody told us about is kept in its own words."""
    words = re.sub(r"[\s_-]+", " ", unit.lower()).strip()
    change = re.fullmatch(r"(?:change(?: in)? )(.+)|(.+) change", words)
    if change:
        return _changed(wanted((change[1] or change[2]).strip()), unit)
    if words in _PERCENTS:
        return Wanted(Kind.PERCENT, words=unit)
    if words in _POINTS:
        return Wanted(Kind.POINTS, words=unit)
    if words in _COUNTS:
        return Wanted(Kind.COUNT, words=unit)
    if words in _STAFF:
        return Wanted(Kind.STAFF, words=unit)
    if words in _RANKS:
        return Wanted(Kind.RANK, words=unit)
    rate = _RATE.fullmatch(words)
    if rate:
        return Wanted(Kind.RATE, Decimal(PER[re.sub(r"[ ,]", "", rate["per"])]), words=unit)
    money = _MONEY.fullmatch(words.replace(" per annum", ""))
    if money:
        return Wanted(Kind.MONEY, Decimal(1_000_000 if money["m"] else 1000 if money["k"] else 1), words=unit)
    return _measured(words, unit)


def _changed(level: Wanted, unit: str) -> Wanted:
    return Wanted(level.kind, level.scale, change=True, words=unit, known=level.known)


def _measured(words: str, unit: str) -> Wanted:
    """A length of time or a weight, alone or for each of something: "days per FTE", "kg per household"."""
    plain = re.sub(r"^(?:average|mean|median|working|calendar) ", "", re.split(r" ?(?:per|/) ?", words)[0])
    named = singular(plain)
    if named in TIMES:
        return Wanted(Kind.TIME, TIMES[named], words=unit)
    if named in WEIGHTS:
        return Wanted(Kind.WEIGHT, WEIGHTS[named], words=unit)
    return Wanted(Kind.COUNT, words=unit, known=False)


def singular(word: str) -> str:
    """The full name of a unit of time or weight, however it was written: "hrs" is an hour."""
    word = word.lower().rstrip(".")
    if word not in _SHORT and word not in TIMES:
        word = word.removesuffix("s")
    return _SHORT.get(word, word)

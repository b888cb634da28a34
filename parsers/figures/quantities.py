"""Numbers as the UK writes them, in digits and in words."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from collector.domain.figure import plain
from parsers.figures.canvas import BLANK, Canvas

NUM = r"(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,8})?(?![\d])(?![.,]\d)"
PERCENT = r"(?:%|per ?cent\b|percent\b|pc\b)"
PER_100K = r"(?:per|/|in every) ?(?:100,?000|100 ?k|hundred thousand)\b(?: (?:of )?(?:the )?population)?"
SCALE = r"(?: ?(?:k|m|bn|thousand|million|billion)\b)"
ANY = rf"(?<![\w.,])[-+]?£? ?{NUM}{SCALE}?(?: ?{PERCENT}| ?{PER_100K})?"
"""A quantity with no groups, for patterns that bind one to other words."""

_SCALES = {"k": 3, "thousand": 3, "m": 6, "million": 6, "bn": 9, "billion": 9}

_QUANTITY = re.compile(
    rf"(?<![\w.,/:])(?P<bracket>\((?=[\d.,]+\) ?%))?(?P<sign>[-+])?(?P<money>£ ?)?(?P<sign2>-)?(?P<num>{NUM})"
    rf"(?P<scale>{SCALE})?(?(bracket)\))"
    rf"(?: ?(?P<points>(?:percentage|%|per cent) points?\b)| ?(?P<percent>{PERCENT})| ?(?P<rate>{PER_100K})"
    r"|(?P<days> (?:working |calendar )?days?\b))?(?![\d\w])",
    re.I,
)


class Kind(StrEnum):
    """What a number says it counts."""

    COUNT = "count"
    PERCENT = "percent"
    RATE = "rate"
    MONEY = "money"
    DAYS = "days"
    POINTS = "points"


@dataclass(frozen=True)
class Quantity:
    """A number with what it says it counts; `decimals` is the precision it was given to."""

    value: Decimal
    kind: Kind
    start: int
    end: int
    words: str
    decimals: int = 0
    signed: bool = False

    def __str__(self) -> str:
        return written(self.value, self.kind)


@dataclass(frozen=True)
class Fraction:
    """So many of so many."""

    numerator: Decimal
    denominator: Decimal
    start: int
    end: int
    like_years: bool = False

    def __str__(self) -> str:
        return f"{plain(self.numerator)} of {plain(self.denominator)}"


def written(value: Decimal, kind: Kind) -> str:
    """A quantity as we write it back to people."""
    if kind is Kind.MONEY:
        return f"£{plain(value)}"
    return plain(value) + {
        Kind.PERCENT: "%",
        Kind.RATE: " per 100,000",
        Kind.DAYS: " days",
        Kind.POINTS: " points",
    }.get(kind, "")


def number(words: str) -> Decimal:
    """The value of a number that matched `NUM`."""
    return Decimal(words.replace(",", "").replace(" ", ""))


def take_quantities(canvas: Canvas) -> list[Quantity]:
    """Every readable quantity that nothing else has explained."""
    return [_quantity(found) for found in canvas.take_if(_QUANTITY, lambda m: "" if _odd(m) else BLANK)]


def _odd(match: re.Match[str]) -> bool:
    """Leading zeros belong to phone numbers and references, not to figures."""
    return bool(re.match(r"0\d", match["num"]))


def quantity(words: str) -> Quantity | None:
    """The quantity that some words are, whole."""
    found = _QUANTITY.fullmatch(words.strip())
    return None if found is None or _odd(found) else _quantity(found)


def _quantity(found: re.Match[str]) -> Quantity:
    value = number(found["num"])
    if found["scale"]:
        value = value.scaleb(_SCALES[found["scale"].strip().lower()])
    negative = found["sign"] == "-" or bool(found["sign2"]) or bool(found["bracket"])
    _, _, fraction = found["num"].partition(".")
    return Quantity(
        value=-value if negative else value,
        kind=_kind(found),
        start=found.start(),
        end=found.end(),
        words=found[0].strip(),
        decimals=len(fraction),
        signed=negative or found["sign"] == "+",
    )


def _kind(found: re.Match[str]) -> Kind:
    for group, kind in (("points", Kind.POINTS), ("percent", Kind.PERCENT), ("rate", Kind.RATE), ("days", Kind.DAYS)):
        if found[group]:
            return kind
    return Kind.MONEY if found["money"] else Kind.COUNT


_UNDER_TWENTY = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen"""
_BY_TENS = """twenty thirty forty fifty sixty seventy eighty ninety"""
_ONES, _TENS = _UNDER_TWENTY.split(), _BY_TENS.split()
_SMALL = {word: at for at, word in enumerate(_ONES)} | {word: 20 + 10 * at for at, word in enumerate(_TENS)}
_UNDER_100 = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES[1:10])}))?|{'|'.join(reversed(_ONES))})"
WORDED = (
    rf"(?:(?:{_UNDER_100}|a) hundred(?: (?:and )?{_UNDER_100})?|{_UNDER_100})\b(?! (?:hundred|thousand"
    rf"|million)\b)"
)
_IN_FRACTION = re.compile(rf"\b({WORDED}|\d{{1,6}}) (out of|of)( the| all)? ({WORDED}|\d{{1,6}})\b", re.I)
_ALONE = re.compile(
    rf"(^|[:=,] ?|\b(?:was|were|is|are|had|total|to|received|recorded) |[-] )({WORDED})(?= ?[a-z%.(,;]| ?$)",
    re.I | re.M,
)
_PER_CENT = re.compile(rf"\b({WORDED})(?= per ?cent\b| ?%)", re.I)
COUNTING_WORD = re.compile(
    rf"\b(?!one\b|zero\b)(?:{WORDED})(?!-[a-z])|\b(?:dozens?|hundreds?|thousands?|a couple|several)\b", re.I
)


def in_digits(text: str) -> str:
    """Number words made digits where they can only be figures: in fractions and wherever a figure is expected."""
    text = _IN_FRACTION.sub(lambda m: f"{_worded(m[1])} {m[2]}{m[3] or ''} {_worded(m[4])}", text)
    text = _PER_CENT.sub(lambda m: _worded(m[1]), text)
    return _ALONE.sub(lambda m: m[1] + _worded(m[2]), text)


def _worded(words: str) -> str:
    """The digits for a number in words below a thousand."""
    if words[0].isdigit():
        return words
    total = 0
    for word in re.split(r"[- ]", words.lower()):
        if word == "hundred":
            total = max(total, 1) * 100
        else:
            total += _SMALL.get(word, 0)
    return str(total)


_FRACTION = re.compile(
    rf"(?<![\w.,/])({NUM})(?: ?/ ?|(?: (?!instead|short|ahead|because|rather|than|not|and|in|outside|on"
    rf"|with|or)[a-z'-]+){{0,3}} ?\(? ?(?:out )?of (?:the |all |a total of |our |those )?(?:[a-z]+ )?)"
    rf"({NUM})(?! ?%| ?per ?cent|/|[\w])",
    re.I,
)


def take_fractions(canvas: Canvas) -> list[Fraction]:
    """Every "20 of 47", "8/52" and "three out of five"."""
    return [
        Fraction(number(found[1]), number(found[2]), found.start(), found.end(), _like_years(found))
        for found in canvas.take_if(_FRACTION, lambda m: "" if m[2].startswith("0") and len(m[2]) > 1 else BLANK)
    ]


def _like_years(found: re.Match[str]) -> bool:
    """Whether a fraction could be a financial year: "14/15"."""
    return bool(re.fullmatch(r"\d\d ?/ ?\d\d", found[0])) and int(found[2]) == int(found[1]) + 1

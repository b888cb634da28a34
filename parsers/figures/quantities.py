"""Numbers as the UK writes them, in digits and in words."""

import re
from dataclasses import dataclass
from decimal import Decimal

from collector.domain.figure import plain
from parsers.figures.canvas import BLANK, Canvas
from parsers.figures.units import PER, TIMES, WEIGHTS, Kind, singular

NUM = r"(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,8})?(?![\d])(?![.,:]\d)"
PERCENT = r"(?:%(?! ?(?:point|pt))|(?:per ?cent|percent)\b(?! ?(?:age )?point)|pc\b)"
_POINTS = r"(?:(?:percentage|%|per ?cent)[ -]?(?:points?|pts?)\b|pps?\b|ppts?\b|points?\b)"
_PER = (
    r"(?:(?!per\b)[a-z-]+ ){{0,3}}?(?:per|/|in every|for every) ?(?P<{per}>100,?000"
    r"|100 ?k|hundred thousand|10,?000|10 ?k|ten thousand|1,?000,?000"
    r"|million|1,?000|1 ?k|thousand|100|hundred)\b(?!\.?\d)"
    r"(?: (?:of )?(?:the )?(?:\w+ )?(?:population|people|residents|inhabitants|(?:occupied )?bed[- ]?days|children))?"
)
_RATE = _PER.format(per="_").replace("?P<_>", "?:")
SCALE = r"(?: ?(?:k|m|mn|bn|thousand|million|billion)\b)"
_LENGTH = (
    r"(?:(?:work |working |calendar |consecutive )?days?|seconds?|secs?|minutes?|mins?|hours?|hrs?|weeks?|wks?|months?"
    r"|mths?|years?|yrs?)\b"
)
_H = r"\d{1,3} ?(?:hours?|hrs?|h)\b\.?"
_M = r"\d{1,3} ?(?:minutes?|mins?|m)\b\.?"
_S = r"\d{1,2} ?(?:seconds?|secs?|s)\b"
_D = r"\d{1,3} ?(?:days?|d)\b"
_AND = r",? ?(?:and )?"
_W = r"\d{1,3} ?(?:weeks?|wks?)\b"
_TOGETHER = rf"(?:{_W}{_AND}{_D}|{_H}{_AND}{_M}(?:{_AND}{_S})?|{_M}{_AND}{_S}|{_D}{_AND}{_H}(?:{_AND}{_M})?)"
"""Two or three lengths that are one, the longer first: "2 hrs 15 min"."""
_HOURS_AND = (
    r"\d{1,3} ?(?:hours?|hrs?|h|minutes?|mins?) \d{1,2}(?![.,]?\d| ?[%:/£]|\w)"
    r"(?! (?!on\b|for\b|in\b|at\b|from\b|to\b|against|compared|versus|vs?\b|was\b|is\b|and\b|but\b|which\b|this\b)\w)"
)
"""The smaller unit left out where no other noun follows: "1 hr 50 on average"."""
_CLOCK = r"\d{1,3}:[0-5]\d(?::[0-5]\d)?(?![:\d])(?: ?(?:mins?|minutes?|mm:ss|hh:mm:ss|hours?|hrs?)\b)?"
_WEIGHT = r"(?:tonnes?|(?<=\d)t|kilo(?:gram(?:me)?)?s?|kgs?|kt|tco2e?)\b"
_STAFF = r"(?:(?!and\b|of\b|to\b|or\b)[a-z-]+ ){0,2}?(?:[fw]\.?t\.?e\.?s?|(?:full|whole)[- ]time equivalents?)\b"
_TAIL = rf"(?:(?:st|nd|rd|th)\b| ?{PERCENT}| ?{_POINTS}| ?{_RATE}| ?{_LENGTH}| ?{_WEIGHT}| ?{_STAFF})"
ANY = rf"(?<![\w.,:])[-+]?£? ?(?:{_TOGETHER}|{_HOURS_AND}|{_CLOCK}|{NUM}{SCALE}?{_TAIL}?)"
"""A quantity with no groups, for patterns that bind one to other words."""

_SCALES = {"k": 3, "thousand": 3, "m": 6, "mn": 6, "million": 6, "bn": 9, "billion": 9}

_QUANTITY = re.compile(
    rf"(?=[\d£(+-])(?<![\w.,/:])(?<!\bper )(?P<bracket>\((?=[\d.,]+\) ?%)|£ ?\((?=[\d.,]+ ?(?:k|m|mn|bn)?\)))?"
    rf"(?P<sign>[-+])?(?P<money>£ ?)?(?P<sign2>-)?"
    rf"(?:(?P<together>{_TOGETHER}|{_HOURS_AND})|(?P<clock>{_CLOCK})|(?P<num>{NUM})"
    rf"(?P<inside>{SCALE})?(?(bracket)\))(?P<scale>{SCALE})?)"
    rf"(?: ?(?P<points>{_POINTS})| ?(?P<percent>{PERCENT})| ?(?P<rate>{_PER.format(per='per')})"
    rf"| ?(?P<length>{_LENGTH})| ?(?P<weight>{_WEIGHT})| ?(?P<staff>{_STAFF})|(?P<ordinal>st|nd|rd|th)\b)?(?![\d\w])",
    re.I,
)


@dataclass(frozen=True)
class Quantity:
    """A number with what it says it counts.

    `value` is the number as it was written, `scale` how many of the kind's smallest unit one of it holds (seconds,
    kilograms), for a rate per how many it is. `decimals` is the precision it was given to.
    """

    value: Decimal
    kind: Kind
    start: int
    end: int
    words: str
    decimals: int = 0
    signed: bool = False
    scale: Decimal = Decimal(1)

    def __str__(self) -> str:
        return written(self)


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


def written(quantity: Quantity) -> str:
    """A quantity as we write it back to people: a plain number tidied, one with a unit in their own words."""
    match quantity.kind:
        case Kind.COUNT:
            return plain(quantity.value)
        case Kind.MONEY:
            return f"£{plain(quantity.value)}"
        case Kind.PERCENT:
            return f"{plain(quantity.value)}%"
        case Kind.RATE:
            return f"{plain(quantity.value)} per {plain(quantity.scale)}"
        case _:
            return quantity.words


def number(words: str) -> Decimal:
    """The value of a number that matched `NUM`."""
    return Decimal(words.replace(",", "").replace(" ", ""))


def take_quantities(canvas: Canvas) -> list[Quantity]:
    """Every readable quantity that nothing else has explained."""
    return [_quantity(found) for found in canvas.take_if(_QUANTITY, lambda m: "" if _odd(m) else BLANK)]


_LEADING_ZERO = re.compile(r"0\d")


def _odd(match: re.Match[str]) -> bool:
    """Leading zeros belong to phone numbers and references, not to figures."""
    return _LEADING_ZERO.match(match["num"] or "") is not None


def quantity(words: str) -> Quantity | None:
    """The quantity that some words are, whole."""
    found = _QUANTITY.fullmatch(words.strip())
    return None if found is None or _odd(found) else _quantity(found)


def _quantity(found: re.Match[str]) -> Quantity:
    if found["together"] or found["clock"]:
        return _length(found)
    value = number(found["num"])
    if scale_word := found["inside"] or found["scale"]:
        value = value.scaleb(_SCALES[scale_word.strip().lower()])
    negative = found["sign"] == "-" or bool(found["sign2"]) or bool(found["bracket"])
    _, _, fraction = found["num"].partition(".")
    kind, scale = _kind(found)
    return Quantity(
        value=-value if negative else value,
        kind=kind,
        start=found.start(),
        end=found.end(),
        words=found[0].strip(),
        decimals=len(fraction),
        signed=negative or found["sign"] == "+",
        scale=scale,
    )


_LENGTHS_IN = re.compile(r"(\d{1,3}) ?([a-z]+)", re.I)


def _length(found: re.Match[str]) -> Quantity:
    """A length of time in several units, as seconds; "7:35" is minutes and seconds, "1:07:35" has hours before them."""
    if found["clock"]:
        parts = [int(part) for part in re.findall(r"\d+", found["clock"])]
        seconds = sum(part * 60**at for at, part in enumerate(reversed(parts)))
    else:
        rest = "seconds" if re.match(r"\d+ ?m", found["together"], re.I) else "minutes"
        pairs = _LENGTHS_IN.findall(f"{found['together']} {rest}")
        seconds = sum(int(part) * int(TIMES[singular(unit)]) for part, unit in pairs)
    return Quantity(Decimal(seconds), Kind.TIME, found.start(), found.end(), found[0].strip(), 0, False, Decimal(1))


def _kind(found: re.Match[str]) -> tuple[Kind, Decimal]:
    """The kind of a number by the words after it, and how many of the kind's smallest unit that is."""
    for group, kind in (("points", Kind.POINTS), ("percent", Kind.PERCENT)):
        if found[group]:
            return kind, Decimal(1)
    if found["rate"]:
        return Kind.RATE, Decimal(PER[re.sub(r"[ ,]", "", found["per"].lower())])
    if found["length"]:
        return Kind.TIME, TIMES[singular(found["length"].split()[-1])]
    if found["weight"]:
        return Kind.WEIGHT, WEIGHTS.get(singular(found["weight"]), WEIGHTS["tonne"])
    if found["staff"]:
        return Kind.STAFF, Decimal(1)
    if found["ordinal"]:
        return Kind.RANK, Decimal(1)
    return (Kind.MONEY if "£" in found[0] else Kind.COUNT), Decimal(1)


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
    rf"(^|[:=,] ?|\b(?:was|were|is|are|had|total|to|received|recorded|sadly|regrettably|tragically|only"
    rf"|just) |[-] )({WORDED})(?= ?[a-z%.(,;]| ?$)",
    re.I | re.M,
)
_POINT = re.compile(rf"\b({WORDED}) point ((?:{'|'.join(_ONES[:10])})(?:[ -](?:{'|'.join(_ONES[:10])}))*)\b", re.I)
_PER_CENT = re.compile(rf"\b({WORDED})(?= per ?cent\b| ?%)", re.I)
COUNTING_WORD = re.compile(
    rf"\b(?!one\b|zero\b)(?:{WORDED})(?!-[a-z])|\b(?:dozens?|hundreds?|thousands?|a couple|several)\b", re.I
)


def word_value(word: str) -> int | None:
    """The value of a small number in words; None for any other word."""
    return _SMALL.get(word)


_IN_PROSE = re.compile(
    rf"(?<![\w-])(?!one\b|zero\b)({WORDED})(?![\w-]|[- ](?:thirds?|fifths?|quarters? of|halves|half|tenths?|point)\b)",
    re.I,
)
_AND_ONE = re.compile(
    r"(?<=\d)([^.;\n\d]{1,60}\b(?:and|but|of which|of whom|of these) )one"
    r"(?= (?:of (?:them|these|those|which) )?(?:was|were|is|has|had|met|did|went|led|came|[a-z]{2,}ed)\b)",
    re.I,
)
"""Behind a number, "one" that did something is another: "2 came in and one met the threshold"."""
_A_NUMBER_WORD = re.compile(rf"\b(?:{'|'.join(_ONES)}|{'|'.join(_TENS)}|hundred)", re.I)
_AND_A_HALF = re.compile(r"(?<![\w.,])(\d{1,4}) and a half\b(?! of)", re.I)
_SECONDS = re.compile(r"(?<!\bunder \d\d)(?<!\bover \d\d)(?<=\d)s\b")
_TIGHT = re.compile(r"(?<![£\d.,])(\d{1,3})m ?(\d{1,2})s?\b")
_MINUTES = re.compile(r"(?<![£\d.,])(\d{1,3}(?:\.\d+)?)m\b(?! ?\d)")


_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
]
_RANKED = re.compile(
    rf"\b((?:rank(?:s|ed|ing)?|rank of|positioned|placed|came|finished)(?: (?:us|joint|now|as|at|in))* )"
    rf"({'|'.join(_ORDINALS)})\b(?! (?:quarter|time|half|year|month|place since))",
    re.I,
)


_A_SINGLE = re.compile(
    r"^(?:there (?:was|were) )?(?:only |just )?a single (?=[a-z]+ (?:was|has|had|came|took|call|case)\b)", re.I
)


def in_digits(text: str, kind: Kind = Kind.COUNT) -> str:
    """Number words made digits; "one" and "zero" only where a figure is expected. Where a time is, 18m is minutes."""
    if kind is Kind.TIME:
        text = _TIGHT.sub(r"\1 min \2 seconds", text)
        text = _SECONDS.sub(" seconds", _MINUTES.sub(r"\1 min", text))
    if kind is Kind.RANK:
        text = _RANKED.sub(lambda m: f"{m[1]}{_ORDINALS.index(m[2].lower()) + 1}th", text)
    text = _A_SINGLE.sub("1 ", text)
    if _A_NUMBER_WORD.search(text) is None:
        return _AND_A_HALF.sub(r"\1.5", text)
    text = _POINT.sub(lambda m: f"{_worded(m[1])}.{''.join(_worded(each) for each in re.split(r'[ -]', m[2]))}", text)
    text = _IN_FRACTION.sub(lambda m: f"{_worded(m[1])} {m[2]}{m[3] or ''} {_worded(m[4])}", text)
    text = _PER_CENT.sub(lambda m: _worded(m[1]), text)
    text = _ALONE.sub(lambda m: m[1] + _worded(m[2]), text)
    text = _AND_ONE.sub(r"\g<1>1", _IN_PROSE.sub(lambda m: _worded(m[1]), text))
    return _AND_A_HALF.sub(r"\1.5", text)


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


_INTEGER = r"(?:\d{1,3}(?:,\d{3})+|\d{1,9})(?!\d)(?![.,:]\d)"
_OF_SO_MANY = re.compile(
    rf"(?:^|(?<=[.;:,] )|(?<=that ))(?:out )?of (?:the |our "
    rf"|all )*({_INTEGER})\b[^.;%\n\d]{{0,90}}?\b({_INTEGER})(?! ?%"
    rf"| ?per ?cent|\w| (?:days?|weeks?|months?|years?|hours?|minutes?)\b)",
    re.I | re.M,
)
_FRACTION = re.compile(
    rf"(?<![\w.,/£])({_INTEGER})(?: ?/ ?|(?: (?!instead|short|ahead|because|rather|than|not|and|in"
    rf"|outside|on|groups?|teams?|famil(?:y|ies)"
    rf"|with|or|per|days?|weeks?|months?|hours?|minutes?|seconds?)[a-z'][a-z'-]*){{0,3}} ?\(? ?(?:out )?of"
    rf" (?:the |all |a total of |our |those )*(?:(?!which|whom"
    rf"|these|them)[a-z]+ )?)({_INTEGER})(?! ?%| ?per ?cent|/|[\w])",
    re.I,
)
_IN_EVERY = re.compile(
    r"(?<![\w.,/£])(\d{1,2}) in (?:every )?(\d{1,3})(?= [a-z])(?! (?:days?|weeks?|months?|years?)\b)", re.I
)
_NONE_OF = re.compile(rf"\bnone of (?:the |our |all |these )*({_INTEGER})\b(?= [a-z])", re.I)
_ALL_BUT = re.compile(rf"\ball but (\d{{1,4}}) of (?:the |our |all )*({_INTEGER})\b", re.I)


def take_fractions(canvas: Canvas) -> list[Fraction]:
    """Every "20 of 47", "8/52", "three out of five", "4 in 5" and "all but two of 80"."""
    fractions = [
        Fraction(number(found[2]) - number(found[1]), number(found[2]), found.start(), found.end())
        for found in canvas.take(_ALL_BUT, hints=("all but",))
    ]
    fractions += [
        Fraction(Decimal(0), number(found[1]), found.start(), found.end())
        for found in canvas.take(_NONE_OF, hints=("none of",))
    ]
    fractions += [
        Fraction(number(found[2]), number(found[1]), found.start(), found.end())
        for found in canvas.take_if(
            _OF_SO_MANY, lambda m: BLANK if number(m[2]) <= number(m[1]) else "", hints=("of ",)
        )
    ]
    fractions += [
        Fraction(number(found[1]), number(found[2]), found.start(), found.end(), _like_years(found))
        for found in canvas.take_if(
            _FRACTION, lambda m: "" if m[2].startswith("0") and len(m[2]) > 1 else BLANK, hints=("/", "of ")
        )
    ]
    fractions += [
        Fraction(number(found[1]), number(found[2]), found.start(), found.end())
        for found in canvas.take_if(_IN_EVERY, lambda m: BLANK if 0 < int(m[1]) < int(m[2]) else "", hints=(" in ",))
    ]
    return fractions


def _like_years(found: re.Match[str]) -> bool:
    """Whether a fraction could be a financial year: "14/15"."""
    follows = re.fullmatch(r"\d\d ?/ ?\d\d", found[0]) is not None and int(found[2]) == int(found[1]) + 1
    return follows and int(found[1]) < _NO_YEAR_YET


_NO_YEAR_YET = 36

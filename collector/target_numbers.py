"""Numbers in the wording of a target, with the unit they are written in."""

import re
from dataclasses import dataclass
from decimal import Decimal

from collector.domain.indicator import Polarity, Unit
from collector.domain.target import Comparator

NUMBER = r"(?<![\d.,])\d+(?:\.\d+)?(?![\d,]|\.\d)"

_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_QUANTITY = re.compile(rf"(?P<pound>£)?(?P<number>{NUMBER})(?P<percent>%)?(?P<tail>.*)")
_OWN_WORDS = {
    Unit.RATE_PER_100K: r"per 100,?000|per 100k",
    Unit.PER_10K: r"per 10,?000|per 10k",
    Unit.PER_1000: r"per 1,?000|per 1k",
    Unit.PERCENTAGE_POINTS: r"percentage points?|points?",
    Unit.SECONDS: r"seconds?|secs?",
    Unit.MINUTES: r"minutes?|mins?",
    Unit.HOURS: r"hours?|hrs?",
    Unit.DAYS: r"days?",
    Unit.WEEKS: r"weeks?",
    Unit.TONNES: r"tonnes?",
    Unit.FTE: r"fte|full[- ]time equivalents?",
}
#: Words after a figure that say more than what is counted.
_SAYS_MORE = re.compile(
    r"\b(?:than|reductions?|reduce|increases?|decreases?|lower|higher|fewer|less|more|better|worse|up|down|by|from|against|on|"
    r"compared|versus|not|no|except|unless|if|average|baseline|benchmark|target|respectively|or|and|per|every|each|"
    r"until|before|after|points?|year|quarter|months?|weeks?|days?|hours?|minutes?|seconds?|half|third|min|max|minimum|maximum|million|k|thousand)\b",
    re.I,
)


class Unclear(Exception):
    """A wording that has no one meaning; the message says what is missing, as a clause."""


@dataclass(frozen=True)
class Quantity:
    """A number as written; `percent` where a sign of per cent stands beside it."""

    value: Decimal
    percent: bool


def written_out(text: str) -> str:
    """Small numbers that are written as words, as digits: at the start, after a sign, or after "of", "by" or "to"."""
    before = r"^(?:[<>=\u2264\u2265] ?|at (?:least|most) )?|\b(?:of|by|to) (?:at (?:least|most) )?"
    pattern = rf"(?P<before>{before})(?P<word>{'|'.join(_WORDS)})\b"
    return re.sub(
        pattern, lambda found: f"{found['before']}{_WORDS.index(found['word'].lower()) + 1}", text, flags=re.I
    )


def quantity(text: str, unit: Unit) -> Quantity | None:
    """The one number of a phrase that starts with it; None where there is none, or more is said than what is counted.

    Words for another unit (minutes for a count) are more than that, and pounds are for money only.
    """
    found = _QUANTITY.fullmatch(text.strip())
    if found is None or (found["pound"] and unit is not Unit.GBP) or not tail_is_plain(found["tail"], unit):
        return None
    return Quantity(Decimal(found["number"]), bool(found["percent"]))


def tail_is_plain(tail: str, unit: Unit) -> bool:
    """Whether the words after a number only say what is counted."""
    own = _OWN_WORDS.get(unit)
    rest = re.sub(rf"^\s*(?:{own})\b", "", tail, flags=re.I) if own else tail
    if rest and not re.match(r"[\s,]", rest):
        return False
    return re.fullmatch(r"[^\d%<>=/£+()]*", rest) is not None and _SAYS_MORE.search(rest) is None


def on_better_side(polarity: Polarity, strict: bool = False) -> Comparator:
    """The comparator that a figure without one has by its polarity (RULES 12); Unclear where none is confirmed."""
    if polarity is Polarity.BIGGER:
        return Comparator.ABOVE if strict else Comparator.AT_LEAST
    if polarity is Polarity.SMALLER:
        return Comparator.BELOW if strict else Comparator.AT_MOST
    raise Unclear("whether more or less is better has not been confirmed")

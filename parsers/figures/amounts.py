"""Changes that are said, with their direction and what they are counted from: "up 3 to 340", "a 5% reduction"."""

import re
from dataclasses import dataclass
from decimal import Decimal

from parsers.figures.periods import Time
from parsers.figures.quantities import ANY, NUM, quantity
from parsers.figures.units import Kind

ANY_TIME = f"[{''.join(Time)}]+"
"""Paint of any time."""
MEANWHILE = (
    r"(?!up\b|down\b|on\b|than\b|more\b|less\b|higher\b|lower\b|fewer\b|compared\b|against\b|from\b|vs\b"
    r"|versus\b|since\b|better\b|worse\b"
    r"|increase|decrease|reduction|rise|fall|same\b|similar\b|as\b|unlike\b|and\b|but\b|to\b)[a-z]+"
)


_UP = (
    r"(?:up|improv\w+|gain(?:ed)?|increas\w+|rise|rises|rose|risen"
    r"|rising|growth|grew|grown|higher|uplift|jump\w*|more(?= than\b))"
)


_DOWN = (
    r"(?:down|decreas\w+|reduc\w+|fall|falls|fell|fallen|falling|drop\w*|decline|declines|declining|lower"
    r"|fewer(?= than\b)|less(?= than\b))"
)


_RISE = r"(?:improvement|increase|rise|growth|uplift)"


_DROP = r"(?:decrease|reduction|fall|drop|decline|cut)"


_ON = r"(?:on|from|against|over|since|than|vs|compared (?:with|to))"


CHANGE = re.compile(
    rf"\b(?<!made )(?<!make )(?<!makes )(?<!making )(?:(?P<up1>{_UP})|(?P<down1>{_DOWN}))(?: (?:of"
    rf"|by))? (?P<after>{ANY})(?!\w)(?: {_ON}(?: {MEANWHILE}){{0,3}} (?P<base1>{ANY}))?"
    rf"|(?<![\w.,])(?P<before>[-+]?£?{NUM}(?: ?(?:%|per ?cent|(?:percentage|%) points?|pp))?) "
    rf"(?:(?:(?:(?:year|month|quarter)[- ]on[- ](?:year|month|quarter)|annual|slight|small|further|marked"
    rf"|significant) )*(?:(?P<up2>{_RISE})|(?P<down2>{_DROP}))\b(?: {_ON}(?: {MEANWHILE}){{0,3}} (?P<base2>{ANY}))?"
    rf"|(?<=[%ts] )(?!up (?:to date|{Time.TO_DATE}))(?:(?P<up3>{_UP})"
    rf"|(?P<down3>{_DOWN}))\b(?! {_ON}\b[^,.;(\n]{{0,30}}\d)(?! (?:(?:of|by|to"
    rf"|at) )?[-+£]?\d)"
    rf"|(?:(?P<up5>above|over)|(?P<down5>below|under))\b(?= (?:the |our |its |their )?(?:[^.;,\n]{{1,20}} )?baseline\b)"
    rf"|(?:(?P<up4>more)|(?P<down4>fewer|less))\b(?= than {ANY_TIME}| than (?:in|at|for|the|last) | \(|[.,;)]|$))",
    re.I,
)


CHANGE_WORDS = (
    "up", "improv", "gain", "increas", "ris", "rose", "gr", "higher", "jump", "more", "down", "decreas",
    "reduc", "fall",
    "fell", "drop", "declin", "lower", "fewer", "less", "cut", "baseline",
)  # fmt: skip
"""Without one of these nothing is said to have changed."""


@dataclass(frozen=True)
class Change:
    """A change said with its direction; `amount` is signed, `contrary` says that sign and words disagree."""

    amount: Decimal
    kind: Kind
    start: int
    end: int
    decimals: int
    contrary: bool = False


def sets_off(change: re.Match[str]) -> bool:
    """Whether a dash sets a level off from the word for a change: "a drop - 2.49 days"."""
    return (change["after"] or "").startswith("- ")


_BETTER = re.compile(r"\bimprov", re.I)
"""What is better can be more or less."""


def change_in(found: re.Match[str]) -> Change:
    """The change that a match of `CHANGE` says."""
    words = found["after"] or found["before"]
    read = quantity(words)
    down = any(found[group] for group in ("down1", "down2", "down3", "down4", "down5"))
    if read is None:
        return Change(Decimal(0), Kind.COUNT, found.start(), found.end(), 0, contrary=True)
    amount = -abs(read.value) if down else read.value
    contrary = read.value < 0 or _BETTER.search(found[0]) is not None
    kind = Kind.PERCENT if read.kind is Kind.PERCENT else read.kind
    return Change(amount, kind, found.start(), found.end(), read.decimals, contrary)

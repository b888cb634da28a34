"""A paper that somebody drafts about our figures: its sentences, and what each of them claims."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from collector.domain.period import Span


class Direction(StrEnum):
    """Which way a sentence says something went, or that it reached its target."""

    UP = "went up"
    DOWN = "went down"
    BETTER = "got better"
    WORSE = "got worse"
    ON_TARGET = "reached its target"
    OFF_TARGET = "missed its target"


class Role(StrEnum):
    """What a number in a sentence is."""

    FIGURE = "figure"
    TARGET = "target"
    CHANGE = "change"


class Verdict(StrEnum):
    """What the books say to a sentence."""

    DIFFERS = "differs"
    UNJUDGED = "can't be judged"
    AGREES = "agrees"
    NOT_MATCHED = "not in the books"


@dataclass(frozen=True)
class Claimed:
    """A number as a sentence gives it; `decimals` is the precision it was given to.

    `about` says that it is only said to be near it, or above or below.
    """

    value: Decimal
    is_percent: bool
    role: Role
    words: str
    decimals: int = 0
    about: bool = False


@dataclass(frozen=True)
class Statement:
    """A sentence with a number or a direction. `place` is its paragraph, from 0; `codes` are the indicators it fits.

    Several codes: the words fit each of them alike. `span` are the days it names, None where it names none or several.
    `beyond` are its words that nothing can hold against the books ("doubled", "unchanged"); `denied` says that one of
    them turns the rest round. `went` are the two figures from which and to which it says that something went.
    """

    place: int
    words: str
    codes: tuple[str, ...] = ()
    claimed: tuple[Claimed, ...] = ()
    directions: tuple[Direction, ...] = ()
    span: Span | None = None
    beyond: tuple[str, ...] = ()
    denied: bool = False
    went: tuple[Claimed, Claimed] | None = None


@dataclass(frozen=True)
class Draft:
    """A draft as its paragraphs, table cells among them, in the order of the file.

    `cells` are the paragraphs below the first row of a table, each with what its row and its column are called.
    """

    name: str
    paragraphs: tuple[str, ...]
    cells: Mapping[int, tuple[str, str]] = field(default_factory=dict)

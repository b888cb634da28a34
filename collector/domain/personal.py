"""Personal data in people's words: what kind was found, and how words that hold it are dealt with."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from collector.domain.period import Quarter


class Kind(StrEnum):
    """What was found, as people are told it. The value that was found is never said."""

    NHS_NUMBER = "NHS number"
    POSTCODE = "full postcode"
    BIRTH = "date of birth"
    PHONE = "phone number"
    EMAIL = "email address"
    NATIONAL_INSURANCE = "National Insurance number"


@dataclass(frozen=True)
class Found:
    """One find in some words, from `start` to `end`."""

    kind: Kind
    start: int
    end: int


class Dealt(StrEnum):
    """What somebody decided about words that are held back."""

    KEPT = "kept as they are"
    REPLACED = "replaced"
    TAKEN_OUT = "taken out"


@dataclass(frozen=True)
class HeldWords:
    """The words beside one figure that are held back, or that were until somebody dealt with them.

    `dealt` is None while they wait; `shown` is what stands in their place once they were replaced.
    """

    figure: int
    measure: str
    period: Quarter
    person: str
    kinds: tuple[Kind, ...]
    since: datetime
    dealt: Dealt | None = None
    shown: str = ""

    @property
    def found(self) -> str:
        """What was found, in words: "a phone number and a full postcode"."""
        named = [f"{'an' if kind in _AN else 'a'} {kind.value}" for kind in self.kinds]
        return " and ".join((", ".join(named[:-1]), named[-1])) if len(named) > 1 else "".join(named)


_AN = (Kind.NHS_NUMBER, Kind.EMAIL)
#: How words that are held back begin wherever they would have stood.
HELD_BACK = "Words held back until somebody has dealt with them:"


def instead_of(words: str, held: HeldWords | None) -> str:
    """What is read where a sender's own words stood; "" stays ""."""
    if held is None or not words or held.dealt is Dealt.KEPT:
        return words
    if held.dealt is None:
        return f"{HELD_BACK} they seem to hold {held.found}."
    return held.shown if held.dealt is Dealt.REPLACED else ""

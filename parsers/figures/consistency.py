"""Whether the numbers of an answer agree: a percentage with its fraction, a change with its from and to (RULES 3)."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from collector.domain.figure import plain

SLACK = Decimal("0.1")
"""Percentage points by which a sender may be off before the figure is asked about."""

_TENTH = 1


@dataclass(frozen=True)
class Agreement:
    """What to book, or what to ask: `doubt` is empty where the numbers agree; `other` is the computed reading."""

    value: Decimal
    note: str = ""
    doubt: str = ""
    other: Decimal | None = None


def percentage(numerator: Decimal, denominator: Decimal) -> Decimal:
    """So many of so many as a percentage, to one decimal."""
    return rounded(100 * numerator / denominator, _TENTH)


def rounded(value: Decimal, decimals: int) -> Decimal:
    """A value at a precision, halves away from zero as officers round."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def fraction_with(given: Decimal, decimals: int, numerator: Decimal, denominator: Decimal) -> Agreement:
    """A percentage beside its own counts."""
    exact = 100 * numerator / denominator
    words = f"{plain(numerator)} of {plain(denominator)}"
    return _agree(given, decimals, exact, words, f"{plain(percentage(numerator, denominator))}%")


def change_with(given: Decimal, decimals: int, first: Decimal, last: Decimal) -> Agreement:
    """A change in per cent (signed) beside the two levels it leads from and to."""
    exact = 100 * (last - first) / first
    words = f"{plain(first)} to {plain(last)}"
    return _agree(given, decimals, exact, words, change_words(rounded(exact, _TENTH)))


def change_words(change: Decimal) -> str:
    """A signed change in per cent as we write it."""
    return f"{'a reduction' if change < 0 else 'an increase'} of {plain(abs(change))}%"


def _agree(given: Decimal, decimals: int, exact: Decimal, words: str, computed: str) -> Agreement:
    correct = rounded(exact, decimals)
    if correct == given:
        return Agreement(given)
    if abs(exact - given) <= SLACK:
        right = f"{plain(correct)}%"
        note = f"You gave {plain(given)}% and also {words}, which is {right}: {right} is recorded."
        return Agreement(correct, note=note)
    said = f"{plain(abs(given))}%" if given >= 0 or exact < 0 else f"{plain(given)}%"
    doubt = f"You gave {said} and also {words}, which is {computed}."
    return Agreement(given, doubt=doubt, other=rounded(exact, _TENTH))


def is_share(given: Decimal, decimals: int, numerator: Decimal, denominator: Decimal) -> bool:
    """Whether a percentage, given to so many decimal places, is what a fraction comes to."""
    return bool(denominator) and rounded(100 * numerator / denominator, decimals) == given


def is_remainder(given: Decimal, decimals: int, numerator: Decimal, denominator: Decimal) -> bool:
    """Whether a percentage, given to so many decimal places, is what a fraction leaves."""
    return is_share(given, decimals, denominator - numerator, denominator)

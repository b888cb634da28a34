"""Checks of what was read against the definition and what came before: hard ones ask, soft ones are said."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from collector.domain.figure import Reported, plain
from collector.domain.indicator import Basis, Definition, Unit
from collector.domain.problem import Problem
from collector.wording import value_words

#: RULES 3: a percentage may be off its own fraction by this much and still be put right without asking.
ROUNDING_SLIP = Decimal("0.1")
#: How a remark ends that its sender gets; nobody else is told to reply.
TO_THE_SENDER = " Reply if it is not right."

_COUNTED = (Unit.COUNT,)


def check(reported: Reported, definition: Definition, earlier: Sequence[Reported] = ()) -> list[Problem]:
    """Every problem of one figure; `earlier` are the comparable figures before it, the latest first."""
    if reported.value is None:
        return []
    checks = (_unit, _whole_counts, _fraction, _own_percentage, _plausible)
    problems = [problem for one in checks for problem in one(reported, definition)]
    return problems or _change(reported, definition, earlier)


def _unit(reported: Reported, definition: Definition) -> list[Problem]:
    value = reported.value
    if value is None:
        return []
    if not definition.unit.has_figure:
        return [Problem("unit", f"{definition.short} is reported as a note on progress, and you gave {plain(value)}.")]
    if definition.unit is Unit.PERCENT and not 0 <= value <= 100:
        return [Problem("range", f"You gave {plain(value)}%; this percentage runs from 0 to 100.")]
    if not definition.unit.signed and value < 0:
        return [Problem("range", f"You gave {plain(value)}; this figure can't be below 0.")]
    return []


def _whole_counts(reported: Reported, definition: Definition) -> list[Problem]:
    counts = [reported.numerator, reported.denominator]
    if definition.unit in _COUNTED:
        counts.append(reported.value)
    broken = [count for count in counts if count is not None and count != count.to_integral_value()]
    return [Problem("whole", f"You gave {plain(count)}; this is a count of whole cases.") for count in broken]


def _fraction(reported: Reported, definition: Definition) -> list[Problem]:
    top, bottom = reported.numerator, reported.denominator
    if top is None or bottom is None:
        return []
    if bottom == 0:
        return [Problem("fraction", f"You gave {plain(top)} of 0; there is nothing to take a share of.")]
    if top > bottom:
        return [Problem("fraction", f"You gave {plain(top)} of {plain(bottom)}; the part is larger than the whole.")]
    return []


def _own_percentage(reported: Reported, definition: Definition) -> list[Problem]:
    top, bottom, value = reported.numerator, reported.denominator, reported.value
    if definition.unit is not Unit.PERCENT or value is None or top is None or not bottom or top > bottom:
        return []
    computed = 100 * top / bottom
    if abs(value - computed) <= ROUNDING_SLIP or value == computed.quantize(_precision(value), ROUND_HALF_UP):
        return []
    right = computed.quantize(Decimal("0.1"), ROUND_HALF_UP)
    words = f"You gave {plain(value)}% and also {plain(top)} of {plain(bottom)}, which is {plain(right)}%."
    return [Problem("percentage", words)]


def _precision(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def _plausible(reported: Reported, definition: Definition) -> list[Problem]:
    if definition.plausible is None or reported.value is None:
        return []
    low, high = definition.plausible
    if low <= reported.value <= high:
        return []
    given, least, most = (value_words(number, definition.unit) for number in (reported.value, low, high))
    return [Problem("plausible", f"You gave {given}; {definition.short} is expected between {least} and {most}.")]


def _change(reported: Reported, definition: Definition, earlier: Sequence[Reported]) -> list[Problem]:
    """Softly: more than twice, or less than half, of all that was comparable before (at least two figures)."""
    if definition.unit in (Unit.CHANGE_PERCENT, Unit.CHANGE_COUNT) or reported.basis is not Basis.QUARTER:
        return []
    values = [past.value for past in earlier if past.value is not None and past.basis is reported.basis]
    if len(values) < 2 or reported.value is None:
        return []
    low, high = min(values), max(values)
    if low / 2 <= reported.value <= high * 2:
        return []
    given, least, most = (value_words(number, definition.unit) for number in (reported.value, low, high))
    side = "more than twice" if reported.value > high else "less than half"
    between = f"{least} to {most}" if low != high else least
    words = f"{definition.short}: {given} is {side} of what was reported before ({between}).{TO_THE_SENDER}"
    return [Problem("change", words, hard=False)]

"""What in one row of the definition file can't be meant: pairs of the key and the words about it."""

from collections.abc import Iterator

from collector.domain.indicator import Polarity, Rhythm, Unit
from collector.domain.target import DOWNWARD, UPWARD, Comparator
from collector.target_wording import Row
from parsers.target_file import TargetShape, fraction_doubts


def rhythm_doubts(rhythm: Rhythm, owed_in: tuple[int, ...] | None) -> Iterator[tuple[str, str]]:
    """Whether the quarters in which a figure is owed fit how often it is."""
    if owed_in is None:
        return
    once = rhythm in (Rhythm.ANNUAL, Rhythm.ACADEMIC_YEAR)
    if len(set(owed_in)) != len(owed_in) or not owed_in:
        yield "owed_in", "owed_in names each quarter once, like [2, 4]"
    elif once and len(owed_in) != 1:
        yield "owed_in", f"a figure that is {rhythm.value} is owed in one quarter, like [4]"
    elif rhythm is Rhythm.SIX_MONTHLY and sorted(owed_in) not in ([1, 3], [2, 4]):
        yield "owed_in", "a six_monthly figure is owed in [2, 4] or in [1, 3]"


def target_doubts(row: Row, target: TargetShape) -> Iterator[tuple[str, str]]:
    """Where a target does not fit the unit and the polarity of its row, or itself."""
    unit, polarity, held = row.unit, row.polarity, target.domain(row)
    if held.comparator is Comparator.NOT_UNDERSTOOD and held.confirmed:
        yield "target", f"what is not understood can't be confirmed: {held.note}"
    if held.profile is not None and held.profile.points[3] not in (100, held.value):
        yield "target", "a profile ends with 100 (shares) or with the target of the year"
    falls = held.comparator is Comparator.CHANGE and held.value is not None and held.value < 0
    rises = held.comparator is Comparator.CHANGE and held.value is not None and held.value > 0
    if (falls and polarity is Polarity.BIGGER) or (rises and polarity is Polarity.SMALLER):
        yield "target", f"a change of {held.value} and {polarity.value} pull apart"
    if unit.has_figure and held.comparator is Comparator.MILESTONE:
        yield "target", f"a milestone is no target for a figure in {unit.value}"
    if not unit.has_figure and held.value is not None:
        yield "target", f"{held.comparator.value} needs a figure, and a {unit.value} has none; use milestone"
    if (held.comparator in UPWARD and polarity is Polarity.SMALLER) or (
        held.comparator in DOWNWARD and polarity is Polarity.BIGGER
    ):
        yield "target", f"{held.comparator.value} and {polarity.value} pull apart"
    bounds = [bound for bound in (held.value, held.high) if bound is not None]
    if unit is Unit.PERCENT and held.comparator is not Comparator.CHANGE:
        if not all(0 <= b <= 100 for b in bounds):
            yield "target", "a percentage is between 0 and 100"
        yield from (("target", words) for words in fraction_doubts(target, bounds))

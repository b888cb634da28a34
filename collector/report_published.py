"""What was printed before beside what the books hold: every difference with its arithmetic. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from collector.domain.figure import Reported, plain
from collector.domain.indicator import SHARES, Definition, Unit
from collector.domain.period import Quarter, Span
from collector.domain.series import Unknown
from collector.domain.target import DOWNWARD, UPWARD
from collector.report_cells import Quarterly
from collector.report_trends import short
from collector.wording import figure_words, target_words, to_a_tenth, value_words


class PublishedKind(StrEnum):
    """What a printed number is, beside the measure's figure itself."""

    FIGURE = "figure"
    COUNTS = "counts"
    LEVELS = "levels"
    QUARTER_COUNT = "quarter_count"
    YEAR = "year"
    PREDICTED = "predicted"
    TARGET = "target"
    DATED = "dated"
    REPEATED = "repeated"


@dataclass(frozen=True)
class Published:
    """One fact that an earlier document printed of a measure and quarter.

    `value` is in the measure's unit; `numerator` of `denominator` are counts, or the later and the earlier level of a
    change; `reference` are the days it names; `words` are a target as it was printed, or what a date is about.
    """

    code: str
    period: Quarter
    kind: PublishedKind
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    reference: Span | None = None
    words: str = ""


@dataclass(frozen=True)
class _Held:
    """What the books hold of the measure."""

    quarter: Quarterly
    definition: Definition
    found: Sequence[Quarterly]

    @property
    def reported(self) -> Reported | None:
        figure = self.quarter.view.figures.get(self.definition.code)
        return figure.reported if figure else None

    @property
    def value(self) -> Decimal | None:
        return self.reported.value if self.reported else None

    @property
    def words(self) -> str:
        if self.reported is None:
            return "The books hold no figure."
        said = figure_words(self.reported, self.definition.unit)
        return f"The books hold {said}." if self.value is not None else f"The books hold no figure: {said}."

    def shown(self, value: Decimal) -> str:
        return value_words(to_a_tenth(value), self.definition.unit)


def against_the_books(printed: Published, quarter: Quarterly, found: Sequence[Quarterly]) -> Iterable[str]:
    """What is odd about a printed fact, in a sentence or two; nothing where it agrees."""
    held = _Held(quarter, quarter.view.definitions[printed.code], found)
    return _RULES[printed.kind](printed, held)


def _figure(printed: Published, held: _Held) -> Iterable[str]:
    """A percentage is right where it is its own fraction rounded (RULES 3), and the books hold it too."""
    if printed.value is None:
        return
    said = f"Published as {value_words(printed.value, held.definition.unit)}"
    made = _share(printed, held.definition)
    if made is not None and _rounded(made, printed.value) != printed.value:
        yield f"{said} with {_of(printed)}, which is {held.shown(made)}. {held.words}"
    elif printed.reference is not None and not _inside(printed.reference, held.quarter.period):
        yield f"{said} from {_days(printed.reference)}, outside the quarter. {held.words}"
    elif printed.value != held.value:
        yield f"{said}. {held.words}"


def _counts(printed: Published, held: _Held) -> Iterable[str]:
    """Counts that stand elsewhere in the same document: a sibling row, a sentence."""
    made = _share(printed, held.definition)
    if made is None or held.value is None or _rounded(made, held.value) == held.value:
        return
    same = [
        other.period
        for other in held.found
        if other.period != held.quarter.period
        and (figure := other.view.figures.get(printed.code))
        and figure.reported.value == held.value
    ]
    too = f" It is the figure of {short(same[-1])}." if same else ""
    yield f"Published elsewhere as {_of(printed)}, which is {held.shown(made)}. {held.words}{too}"


def _levels(printed: Published, held: _Held) -> Iterable[str]:
    """A change with the levels it was counted from."""
    if printed.value is None or printed.numerator is None or not printed.denominator:
        return
    made = 100 * (printed.numerator - printed.denominator) / printed.denominator
    if _rounded(made, printed.value) != printed.value:
        levels = f"from {plain(printed.denominator)} to {plain(printed.numerator)}"
        said = value_words(printed.value, Unit.CHANGE_PERCENT)
        change = value_words(to_a_tenth(made), Unit.CHANGE_PERCENT)
        yield f"Published as a {said}, {levels}, which is a {change}. {held.words}"


def _quarter_count(printed: Published, held: _Held) -> Iterable[str]:
    """A quarter's count beside a rate: what it comes to in a year on the population that an earlier rate implies."""
    series, scale = held.quarter.view.series(printed.code), SHARES.get(held.definition.unit)
    known = [each for each in series.before(held.quarter.period) if each.value and each.numerator]
    if not known or scale is None or printed.numerator is None or not held.value:
        return
    last = known[0]
    people = scale * (last.numerator or Decimal(0)) / (last.value or Decimal(1))
    made = 4 * scale * printed.numerator / people
    if abs(made - held.value) > held.value / 10:
        on = f"on the population of {plain(Decimal(round(people)))} that {short(last.period)} implies"
        said = value_words(Decimal(round(made)), held.definition.unit)
        yield f"Published with {plain(printed.numerator)} in the quarter: about {said} a year {on}. {held.words}"


def _year(printed: Published, held: _Held) -> Iterable[str]:
    """A percentage for the year that its quarters can't make, even where those not known are 0 or 100."""
    series, year = held.quarter.view.series(printed.code), held.quarter.period.year
    known = [(q, series.figure(q)) for q in (Quarter(year, number) for number in (1, 2, 3, 4))]
    parts = [(q, each.value) for q, each in known if not isinstance(each, Unknown) and each.value is not None]
    if printed.value is None or not parts or held.definition.unit is not Unit.PERCENT:
        return
    least = sum((value for _, value in parts), Decimal(0)) / 4
    most = least + Decimal(100 * (4 - len(parts))) / 4
    if least <= printed.value <= most:
        return
    quarters = " and ".join(f"{short(q)} at {value_words(value, Unit.PERCENT)}" for q, value in parts)
    bound = f"at most {held.shown(most)}" if printed.value > most else f"at least {held.shown(least)}"
    said = value_words(printed.value, Unit.PERCENT)
    yield f"Published for the year: {said}. With {quarters} it is {bound}, were all quarters of one size."


def _predicted(printed: Published, held: _Held) -> Iterable[str]:
    """A forecast for the year that the figure has passed already, or that misses the target."""
    if printed.value is None:
        return
    said = f"Published beside it: {held.shown(printed.value)} predicted for the year"
    if held.value is not None and held.definition.unit is Unit.COUNT and held.value > printed.value:
        yield f"{said}, which is passed already. {held.words}"
    target = held.definition.target
    missed = target.value is not None and (
        (target.comparator in DOWNWARD and printed.value > target.value)
        or (target.comparator in UPWARD and printed.value < target.value)
    )
    if missed and target.value is not None:
        yield f"{said}, which misses the target, {held.shown(target.value)} ({target_words(target)})."


def _target(printed: Published, held: _Held) -> Iterable[str]:
    """A second target: the agreed one stands until SEG decides (RULES 13)."""
    agreed = target_words(held.definition.target)
    stands = f"The agreed one ({agreed}) stands" if agreed else "There is no agreed one"
    yield f"Published with another target: {printed.words}. {stands} until SEG decides."


def _dated(printed: Published, held: _Held) -> Iterable[str]:
    if printed.reference is not None and not _inside(printed.reference, held.quarter.period):
        yield f"Published for the quarter: {printed.words}, {_days(printed.reference)}, which is outside it."


def _repeated(printed: Published, held: _Held) -> Iterable[str]:
    yield f"Published with the words of {short(held.quarter.period.previous)}: {printed.words}."


def _share(printed: Published, definition: Definition) -> Decimal | None:
    if definition.unit not in SHARES or printed.numerator is None or not printed.denominator:
        return None
    return SHARES[definition.unit] * printed.numerator / printed.denominator


def _rounded(value: Decimal, like: Decimal) -> Decimal:
    """A value with as many decimal places as another."""
    exponent = like.as_tuple().exponent
    return value.quantize(Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0))


def _of(printed: Published) -> str:
    return f"{plain(printed.numerator or Decimal(0))} of {plain(printed.denominator or Decimal(0))}"


def _inside(days: Span, period: Quarter) -> bool:
    return period.span.start <= days.start and days.end <= period.span.end


def _days(days: Span) -> str:
    return str(days).partition(" to ")[0] if days.start == days.end else str(days)


_RULES: dict[PublishedKind, Callable[[Published, _Held], Iterable[str]]] = {
    PublishedKind.FIGURE: _figure,
    PublishedKind.COUNTS: _counts,
    PublishedKind.LEVELS: _levels,
    PublishedKind.QUARTER_COUNT: _quarter_count,
    PublishedKind.YEAR: _year,
    PublishedKind.PREDICTED: _predicted,
    PublishedKind.TARGET: _target,
    PublishedKind.DATED: _dated,
    PublishedKind.REPEATED: _repeated,
}

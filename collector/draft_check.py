"""What a draft says about our figures, held against the locked books (RULES 31). Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from collector.assessment import judge
from collector.domain.draft import Claimed, Direction, Role, Statement, Verdict
from collector.domain.figure import Reported
from collector.domain.indicator import Basis, Definition, Polarity, Unit
from collector.domain.period import Quarter
from collector.domain.rag import Rag
from collector.domain.series import Series
from collector.domain.submission import Asked
from collector.domain.target import Comparator
from collector.draft_words import against_target, not_checked
from collector.view import RoundView
from collector.wording import target_words, value_words

#: "A reduction" without a period is held against the last year's figures.
_LATEST = 4
#: Words that make a count a year's.
_A_YEAR = re.compile(r"\b(?:years?|annual(?:ly)?|in total)\b", re.I)
_CHANGES = (Unit.CHANGE_PERCENT, Unit.CHANGE_COUNT)
_PERCENTS = (Unit.PERCENT, Unit.CHANGE_PERCENT, Unit.PERCENTAGE_POINTS)


@dataclass(frozen=True)
class Finding:
    """A sentence, what the books say to it, and why, in plain words."""

    statement: Statement
    verdict: Verdict
    why: str

    @property
    def line(self) -> str:
        """The finding as it stands in a list or a comment."""
        return f"{self.verdict.value.capitalize()}: {self.why}"


def asked_of(view: RoundView) -> tuple[Asked, ...]:
    """Every indicator that the books know, as the reader matches words with titles."""
    latest: dict[str, Definition] = {}
    for definition in sorted(view.partnership.definitions, key=lambda each: each.from_period):
        latest[definition.code] = definition
    return tuple(
        Asked(at, one.code, one.title, one.unit.value, one.basis, target_words(one.target), (one.short, *one.aliases))
        for at, one in enumerate(latest.values(), start=1)
    )


def check_draft(view: RoundView, statements: Sequence[Statement]) -> list[Finding]:
    """Each sentence with what the books hold up to a round say to it; none is left out."""
    return [_finding(view, statement) for statement in statements]


def _finding(view: RoundView, statement: Statement) -> Finding:
    if not statement.codes:
        return Finding(statement, Verdict.NOT_MATCHED, "no indicator of ours is recognised in it. Check it by hand.")
    if len(statement.codes) > 1:
        told = "; ".join(_held_words(_Books(view, code)) for code in statement.codes[:5])
        return Finding(statement, Verdict.UNJUDGED, f"it could be about several indicators. {told}.")
    books = _Books(view, statement.codes[0])
    if not books.figures:
        return Finding(statement, Verdict.NOT_MATCHED, f"{books.name} has no figures on the books.")
    said = [*_numbers(books, statement), *_directions(books, statement), *not_checked(statement)]
    verdict = next((each for each in Verdict if any(found is each for found, _ in said)), Verdict.UNJUDGED)
    reasons = [words for found, words in said if found is verdict] or ["it claims nothing that can be compared"]
    return Finding(statement, verdict, f"{'; '.join(reasons)}. {_held_words(books)}.")


class _Books:
    """What the books hold of one indicator up to a round."""

    def __init__(self, view: RoundView, code: str) -> None:
        self.series: Series = view.series(code)
        known = {quarter: held for quarter, held in self.series.figures.items() if held.value is not None}
        self.figures: Mapping[Quarter, Reported] = {quarter: known[quarter] for quarter in sorted(known)}
        # What its figures mean, which an indicator that has become a milestone since no longer says.
        latest = self.series.definition(max(known)) if known else None
        self.definition: Definition = latest or view.partnership.dated[code][-1]
        self.name = f"{code} ({self.definition.short})"

    def within(self, statement: Statement) -> dict[Quarter, Reported]:
        """The figures of the days that a sentence names; the latest where it names none."""
        if statement.span is None:
            return dict(list(self.figures.items())[-_LATEST:])
        span = statement.span
        return {
            quarter: held
            for quarter, held in self.figures.items()
            if quarter.span.start <= span.end and span.start <= quarter.span.end
        }

    def with_one_before(self, held: dict[Quarter, Reported]) -> dict[Quarter, Reported]:
        """A single figure with the one before it, to say which way it went."""
        earlier = [quarter for quarter in self.figures if held and quarter < min(held)]
        return {earlier[-1]: self.figures[earlier[-1]], **held} if len(held) == 1 and earlier else held

    def words(self, held: Reported) -> str:
        """A figure in the unit that it had then."""
        then = self.series.definition(held.period) or self.definition
        return value_words(held.value or Decimal(0), then.unit)


def _held_words(books: _Books) -> str:
    latest = list(books.figures.items())[-_LATEST:]
    told = ", ".join(f"{books.words(held)} in {quarter}" for quarter, held in latest) or "no figures"
    return f"The books hold for {books.name}: {told}"


# --- numbers ----------------------------------------------------------------------------------------------------------


def _numbers(books: _Books, statement: Statement) -> Iterator[tuple[Verdict, str]]:
    yield from against_target(statement, [held.value or Decimal(0) for held in books.within(statement).values()])
    if statement.went is not None:
        yield _became(books, statement, *statement.went)
    for claimed in (each for each in statement.claimed if each not in (statement.went or ())):
        match claimed.role:
            case Role.TARGET:
                yield _target(books, claimed)
            case Role.CHANGE if books.definition.unit not in _CHANGES:
                yield _change(books, statement, claimed)
            case _:
                yield _figure(books, statement, claimed)


def _figure(books: _Books, statement: Statement, claimed: Claimed) -> tuple[Verdict, str]:
    unit = books.definition.unit
    if claimed.is_percent != (unit in _PERCENTS):
        return Verdict.UNJUDGED, f"{claimed.words} is another kind of number than {books.name} is counted in"
    held = books.within(statement)
    if not held:
        return Verdict.NOT_MATCHED, f"the books have no figure for the time it names, to compare with {claimed.words}"
    if claimed.about:
        return Verdict.UNJUDGED, f"{claimed.words} is said to be near, or a limit"
    signed = -claimed.value if unit in _CHANGES and Direction.DOWN in statement.directions else claimed.value
    for quarter, reported in reversed(held.items()):
        if _same(reported.value or Decimal(0), signed, claimed.decimals):
            return Verdict.AGREES, f"{claimed.words} is the figure for {quarter}"
    if books.definition.unit is Unit.COUNT and _A_YEAR.search(statement.words) and len(held) < _LATEST:
        short = f"a year's total takes {_LATEST} quarters, and the books hold {len(held)}"
        return Verdict.UNJUDGED, f"{claimed.words} can't be compared: {short}"
    year = _sum_of_year(books, held)
    if year is not None and _same(year, signed, claimed.decimals):
        return Verdict.AGREES, f"{claimed.words} is the sum of {len(held)} quarters"
    return Verdict.DIFFERS, f"{claimed.words} is none of the figures"


def _became(books: _Books, statement: Statement, first: Claimed, last: Claimed) -> tuple[Verdict, str]:
    """Of two figures the one from which it went must be the earlier on the books."""
    named = f"from {first.words} to {last.words}"
    found: list[list[Quarter]] = [
        [
            quarter
            for quarter, held in books.figures.items()
            if _same(held.value or Decimal(0), each.value, each.decimals)
        ]
        for each in (first, last)
    ]
    if not all(found):
        missing = first if not found[0] else last
        return Verdict.DIFFERS, f"{missing.words} is none of the figures"
    named_quarters = [
        quarter for quarter in found[1] if statement.span == quarter.span and quarter.previous in found[0]
    ]
    if named_quarters:
        return Verdict.AGREES, f"it went {named} in {named_quarters[0]}"
    if min(found[0]) < max(found[1]):
        return Verdict.UNJUDGED, f"the books have it going {named} at some time: check the quarters by hand"
    return Verdict.DIFFERS, f"the books never have it going {named}"


def _sum_of_year(books: _Books, held: Mapping[Quarter, Reported]) -> Decimal | None:
    """Counts of quarters can be added up; nothing else can (RULES 1, 2)."""
    if books.definition.unit is not Unit.COUNT or any(each.basis is not Basis.QUARTER for each in held.values()):
        return None
    return sum((each.value or Decimal(0) for each in held.values()), Decimal(0))


def _same(held: Decimal, claimed: Decimal, decimals: int) -> bool:
    return held.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) == claimed


def _target(books: _Books, claimed: Claimed) -> tuple[Verdict, str]:
    targets = [each.target for each in books.series.definitions]
    numbers = {number for target in targets for number in (target.value, target.high) if number is not None}
    named = [target_words(target) for target in targets if target.comparator is not Comparator.NONE]
    told = " and ".join(dict.fromkeys(named))
    if not numbers:
        return Verdict.UNJUDGED, f"{claimed.words} is given as the target, and the books hold no number for it"
    if claimed.value in {abs(number) for number in numbers}:
        return Verdict.AGREES, f"{claimed.words} is the target on the books"
    return Verdict.DIFFERS, f"{claimed.words} is given as the target; on the books it is {told}"


def _change(books: _Books, statement: Statement, claimed: Claimed) -> tuple[Verdict, str]:
    """A change that the draft worked out: held against the first and the last figure of the time it names."""
    held = list(books.within(statement).items())
    if len(held) < 2 or not held[0][1].value:
        return Verdict.UNJUDGED, f"a change by {claimed.words} needs two figures to compare"
    (start, first), (end, last) = held[0], held[-1]
    before, now = first.value or Decimal(0), last.value or Decimal(0)
    by_points, by_share = now - before, 100 * (now - before) / before
    size = [abs(by_points)] if not claimed.is_percent else [abs(by_share), abs(by_points)]
    if any(_same(each, claimed.value, claimed.decimals) for each in size):
        return Verdict.AGREES, f"from {start} to {end} it changed by {claimed.words}"
    return Verdict.UNJUDGED, (
        f"it does not say from when to when it changed by {claimed.words}; from {start} to {end} it went from"
        f" {books.words(first)} to {books.words(last)}"
    )


# --- directions -------------------------------------------------------------------------------------------------------


def _directions(books: _Books, statement: Statement) -> Iterator[tuple[Verdict, str]]:
    held = books.with_one_before(books.within(statement))
    if statement.went is not None:
        yield from _as_it_went(books, *statement.went, statement.directions)
        return
    for direction in statement.directions:
        if statement.denied:
            yield Verdict.UNJUDGED, f"whether it {direction.value} or not is denied or doubted"
        elif direction in (Direction.ON_TARGET, Direction.OFF_TARGET):
            yield _reached(books, books.within(statement), direction)
        elif not any(claimed.role is Role.TARGET for claimed in statement.claimed) or len(statement.claimed) > 1:
            yield _went(books, held, direction)


def _as_it_went(
    books: _Books, first: Claimed, last: Claimed, directions: Sequence[Direction]
) -> Iterator[tuple[Verdict, str]]:
    """A direction beside the two figures that it is about: their own order says whether it holds."""
    went = Direction.UP if last.value > first.value else Direction.DOWN if last.value < first.value else None
    for direction in directions:
        if direction not in (Direction.ON_TARGET, Direction.OFF_TARGET):
            yield _weighed(books, went, direction, f"it went from {first.words} to {last.words}")


def _reached(books: _Books, held: Mapping[Quarter, Reported], direction: Direction) -> tuple[Verdict, str]:
    judged = {}
    for quarter, reported in held.items():
        definition = books.series.definition(quarter)
        colour = judge(definition, reported, books.series).rag if definition else None
        if colour is not None:
            judged[quarter] = colour
    if not judged:
        return Verdict.UNJUDGED, "the books give no colour for it, so nothing says whether the target was reached"
    told = ", ".join(f"{colour.value.capitalize()} in {quarter}" for quarter, colour in judged.items())
    greens = [colour is Rag.GREEN for colour in judged.values()]
    expected = direction is Direction.ON_TARGET
    if all(green is expected for green in greens):
        return Verdict.AGREES, f"it {direction.value}: {told}"
    return Verdict.DIFFERS, f"it says that it {direction.value}, and the books say {told}"


def _went(books: _Books, held: Mapping[Quarter, Reported], direction: Direction) -> tuple[Verdict, str]:
    if books.definition.unit in _CHANGES:
        return _changed(books, held, direction)
    if len(held) < 2:
        return Verdict.UNJUDGED, f"there are not two figures to say whether it {direction.value}"
    (start, first), *_, (end, last) = held.items()
    if why := books.series.why_broken(start, end):
        return Verdict.UNJUDGED, f"{start} and {end} can't be compared: {why}"
    before, now = first.value or Decimal(0), last.value or Decimal(0)
    went = Direction.UP if now > before else Direction.DOWN if now < before else None
    told = f"from {start} to {end} it went from {books.words(first)} to {books.words(last)}"
    return _weighed(books, went, direction, told)


def _changed(books: _Books, held: Mapping[Quarter, Reported], direction: Direction) -> tuple[Verdict, str]:
    """A figure that is itself a change says by its sign which way things went."""
    if not held:
        return Verdict.UNJUDGED, f"there is no figure to say whether it {direction.value}"
    signs = {(each.value or Decimal(0)).compare(Decimal(0)) for each in held.values()}
    told = ", ".join(f"{books.words(each)} in {quarter}" for quarter, each in held.items())
    if len(signs) > 1:
        return Verdict.UNJUDGED, f"it went up and down: {told}"
    sign = signs.pop()
    went = Direction.UP if sign > 0 else Direction.DOWN if sign < 0 else None
    return _weighed(books, went, direction, told)


def _weighed(books: _Books, went: Direction | None, said: Direction, told: str) -> tuple[Verdict, str]:
    if said in (Direction.BETTER, Direction.WORSE):
        polarity = books.definition.polarity
        if polarity not in (Polarity.BIGGER, Polarity.SMALLER):
            return Verdict.UNJUDGED, f"nobody has said which way is better: {told}"
        good = Direction.UP if polarity is Polarity.BIGGER else Direction.DOWN
        bad = Direction.DOWN if polarity is Polarity.BIGGER else Direction.UP
        said = good if said is Direction.BETTER else bad
    return (Verdict.AGREES if went is said else Verdict.DIFFERS), told

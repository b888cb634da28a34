"""Targets as a partnership's file writes them: structured, or by the wording of the plan alone."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, PlainValidator, model_validator

from collector.domain.figure import plain
from collector.domain.target import Against, Base, Comparator, Confirmation, Deviation, Profile, Target
from collector.target_wording import Row, propose
from parsers.shape import Day, Note, Number, Range, Shape, Text, a_date, one_line

#: How the file writes a comparator; `change_by` is a change in the unit, where `change` is one in per cent.
COMPARATORS = {
    **{known.value: known for known in Comparator if known is not Comparator.NOT_UNDERSTOOD},
    "change_by": Comparator.CHANGE,
}


def _confirmed(given: Any) -> bool | Confirmation:
    if str(given).lower() in ("true", "false"):
        return str(given).lower() == "true"
    if not isinstance(given, Mapping) or set(given) != {"by", "on"} or not str(given["by"] or "").strip():
        raise ValueError("this is true, false, or who has confirmed it and when: {by: Coordinator, on: 2015-04-24}")
    return Confirmation(one_line(str(given["by"])), a_date(given["on"]))


def _points(given: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    if len(given) != 4 or list(given) != sorted(given) or given[0] < 0 or given[3] <= 0:
        raise ValueError("this needs four numbers that build up through the year: [25, 50, 75, 100]")
    return given


Points = Annotated[tuple[Number, ...], AfterValidator(_points)]
Confirmed = Annotated[bool | Confirmation, PlainValidator(_confirmed)]


class BaselineShape(Shape):
    """What a change is counted from; without a value there is no colour yet."""

    name: Note = ""
    value: Number | None = None


class ProfileShape(Shape):
    """How a yearly target builds up by the end of each quarter, in shares or values, and who approved it."""

    points: Points
    approved_by: Note = ""


class AcceptedShape(Shape):
    """A miss that was accepted for a while."""

    until: Day
    by: Text
    why: Text


class TargetShape(Shape):
    """`{at_least: 85, wording: "85%"}`: one comparator, and how the plan prints it; or the wording by itself.

    A wording by itself is proposed as what it would mean, and has no effect until a person has confirmed it.
    """

    at_least: Number | None = None
    at_most: Number | None = None
    above: Number | None = None
    below: Number | None = None
    between: Range | None = None
    exactly: Number | None = None
    change: Number | None = None
    change_by: Number | None = None
    milestone: Text | None = None
    awaiting: Note | None = None
    none: Note | None = None
    of: Literal["last_year", "last_year_to_date", "previous_quarter", "baseline"] | None = None
    baseline: BaselineShape | None = None
    wording: Note = ""
    tolerance: Annotated[Number, Field(ge=0)] | None = None
    per_year: bool = False
    profile: ProfileShape | None = None
    benchmark: Note = ""
    due: Day | None = None
    accepted: AcceptedShape | None = None
    confirmed: Confirmed | None = None
    note: Note = ""

    @property
    def written(self) -> str:
        """The key of the comparator that was written, "" where there is only a wording."""
        return next((key for key in COMPARATORS if key in self.model_fields_set), "")

    @model_validator(mode="after")
    def _one_comparator(self) -> "TargetShape":
        written = [key for key in COMPARATORS if key in self.model_fields_set]
        if len(written) > 1 or not (written or self.wording):
            count = len(written)
            raise ValueError(
                f"a target needs one comparator of {', '.join(COMPARATORS)}, or its wording alone; here are {count}"
            )
        if written and getattr(self, written[0]) is None:
            raise ValueError(f"{written[0]} has no value")
        if (self.written in ("change", "change_by")) != (self.of is not None):
            raise ValueError("a change says of what (of: last_year), and nothing else does")
        if (self.of == "baseline") != (self.baseline is not None):
            raise ValueError("a change of: baseline names its baseline, and nothing else does")
        if self.profile is not None and not self.per_year and written:
            raise ValueError("a profile is for a target with per_year: true")
        if self.per_year and self.of == "previous_quarter":
            raise ValueError("a change for the year can't be counted from a quarter")
        if self.due is not None and self.milestone is None:
            raise ValueError("only a milestone is due on a day")
        return self

    def domain(self, row: Row) -> Target:
        """The target as the rules hold it, for a row of the plan; a wording by itself is proposed.

        What `milestone` says is its wording; why there is `none`, or what is `awaiting`, its note.
        """
        if not self.written:
            proposed = propose(self.wording, row)
            target = replace(proposed, note=self.note or proposed.note)
        else:
            target = self._structured()
        profile, accepted = self.profile, self.accepted
        return replace(
            target,
            tolerance=self.tolerance,
            benchmark=self.benchmark or target.benchmark,
            profile=Profile(profile.points, profile.approved_by) if profile else None,
            due=self.due,
            deviation=Deviation(accepted.until, accepted.by, accepted.why) if accepted else None,
            confirmed=target.confirmed if self.confirmed is None else self.confirmed is not False,
            confirmation=self.confirmed if isinstance(self.confirmed, Confirmation) else None,
        )

    def _structured(self) -> Target:
        given = getattr(self, self.written)
        low, high = given if self.between is not None else (given, None)
        baseline = self.baseline or BaselineShape()
        # A year's target stands against last year's figure to date, not against one quarter of it.
        of = "last_year_to_date" if self.per_year and self.of == "last_year" else self.of
        base = of and Against(Base(of), self.change_by is not None, baseline.value, baseline.name)
        return Target(
            comparator=COMPARATORS[self.written],
            wording=self.milestone or self.wording,
            value=low if isinstance(low, Decimal) else None,
            high=high,
            per_year=self.per_year,
            note=self.none or self.awaiting or self.note,
            against=base or None,
        )


def fraction_doubts(target: TargetShape, bounds: Iterable[Decimal]) -> Iterator[str]:
    """A percentage below 1 may be a fraction: the plan's wording, or who has confirmed it, settles that."""
    said = target.wording.replace(" ", "").replace("percent", "%")
    for bound in bounds:
        if 0 < bound < 1 and target.written and target.confirmed is None and f"{plain(bound)}%" not in said:
            small, whole = plain(bound), plain(100 * bound)
            yield (
                f"{small} may mean {small}% or {whole}%; write {whole}, or the wording with {small}% in it, or who"
                " has confirmed it"
            )

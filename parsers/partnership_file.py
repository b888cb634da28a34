"""The shape of a partnership's file: which keys there are and what each may hold. No rules across keys."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails

from collector.domain.figure import FigureStatus
from collector.domain.indicator import Basis, Polarity, Rhythm, Unit
from collector.domain.partnership import Release
from collector.domain.people import Person, Role, SlackAccount
from collector.domain.retention import Retention
from parsers.located_yaml import Findings, Where
from parsers.publication_file import AddsUpShape, PublicationShape
from parsers.shape import Code, Day, LowerAddress, Note, Number, Period, Range, Shape, SlackId, Text, some
from parsers.target_file import COMPARATORS, AcceptedShape, BaselineShape, ProfileShape, TargetShape
from parsers.timetable_file import PapersShape, TimetableShape

S = TypeVar("S", bound="Shape")


def _target(given: Any) -> Any:
    return {"none": ""} if given == "none" else given


class Facts(Shape):
    """What a definition says; a change or a measure repeats only what differs."""

    title: Text | None = None
    short: Annotated[Text, Field(max_length=60)] | None = None
    unit: Unit | None = None
    polarity: Polarity | None = None
    basis: Basis | None = None
    rhythm: Rhythm | None = None
    owed_in: tuple[Annotated[int, Field(ge=1, le=4)], ...] | None = None
    lag_days: Annotated[int, Field(ge=0, le=1000)] | None = None
    plausible: Range | None = None
    target: Annotated[TargetShape, BeforeValidator(_target)] | None = None
    aliases: tuple[Text, ...] | None = None
    owed_by: Code | None = None
    priority: Code | None = None

    def facts(self) -> dict[str, Any]:
        """What is said here, by key."""
        return {key: getattr(self, key) for key in Facts.model_fields if key in self.model_fields_set}


class MeasureShape(Facts):
    """One figure of an indicator that asks for several."""

    code: Code
    short: Annotated[Text, Field(max_length=60)]
    continues: Code | None = None


class PartShape(Shape):
    """One contributor's part of a figure that is put together from several; what it does not say is the indicator's."""

    code: Code
    short: Annotated[Text, Field(max_length=40)]
    owed_by: Code | None = None
    title: Text | None = None
    lag_days: Annotated[int, Field(ge=0, le=1000)] | None = None
    plausible: Range | None = None
    target: Annotated[TargetShape, BeforeValidator(_target)] | None = None
    aliases: tuple[Text, ...] = ()
    continues: Code | None = None


class ChangeShape(Facts):
    """What is different from a quarter on, and why; `measures` or `parts` replace the indicator's whole list."""

    since: Annotated[Period, Field(alias="from")]
    comparable: bool = True
    why: Note = ""
    measures: tuple[MeasureShape, ...] | None = None
    parts: tuple[PartShape, ...] | None = None


class IndicatorShape(Facts):
    """A row of the plan with its history of changes, and the row of an earlier plan whose series it continues."""

    code: Code
    priority: Code
    since: Annotated[Period, Field(alias="from")]
    retired: Period | None = None
    continues: Code | None = None
    comparable: bool = True
    why: Note = ""
    measures: tuple[MeasureShape, ...] | None = None
    parts: tuple[PartShape, ...] | None = None
    changes: tuple[ChangeShape, ...] = ()


class PriorityShape(Shape):
    """A priority and its lead."""

    code: Code
    title: Text
    lead: Code


class PersonShape(Shape):
    """Somebody by their role; who is in Slack may do without an address."""

    id: Code
    title: Text
    organisation: Text
    role: Role
    addresses: tuple[LowerAddress, ...] = ()
    slack: SlackId | None = None
    deputy: Code | None = None
    left: Day | None = None

    @model_validator(mode="after")
    def _can_be_reached(self) -> "PersonShape":
        if not self.addresses and self.slack is None:
            raise ValueError("addresses or slack: there must be a way to write to them")
        return self

    def domain(self) -> Person:
        """The person as the rules hold them."""
        team, _, conversation = (self.slack or "").partition("/")
        slack = SlackAccount(team, conversation) if self.slack else None
        about = (self.id, self.title, self.organisation, self.role, self.addresses, slack)
        return Person(*about, deputy=self.deputy or "", left=self.left)


class ReleaseShape(Shape):
    """What waits for the coordinator before it goes out (RULES 22)."""

    first_round: bool = True
    always: tuple[Literal["escalation", "public_export"], ...] = ("escalation",)

    def domain(self) -> Release:
        """The setting as the rules hold it."""
        return Release(self.first_round, self.always)


_Days = Annotated[int, Field(ge=30, le=36_500)]


class RetentionShape(Shape):
    """For how many days bytes are kept, by kind (RULES 28)."""

    messages: _Days = Retention.messages
    set_aside: _Days = Retention.set_aside
    letters: _Days = Retention.letters

    def domain(self) -> Retention:
        """The setting as the rules hold it."""
        return Retention(self.messages, self.set_aside, self.letters)


class FileShape(Shape):
    """The whole file."""

    id: Code
    name: Text
    plan: Text
    mailbox: LowerAddress
    history: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*\.csv$")] | None = None
    timetable: TimetableShape = TimetableShape()
    release: ReleaseShape = ReleaseShape()
    retention: RetentionShape = RetentionShape()
    publication: PublicationShape | None = None
    priorities: Annotated[tuple[PriorityShape, ...], AfterValidator(some)]
    people: Annotated[tuple[PersonShape, ...], AfterValidator(some)]
    indicators: Annotated[tuple[IndicatorShape, ...], AfterValidator(some)]


class HistoryRow(Shape):
    """A line of the history."""

    period: Period
    code: Code
    status: FigureStatus
    value: Number | None = None
    numerator: Number | None = None
    denominator: Number | None = None
    basis: Basis | None = None
    reference_from: Day | None = None
    reference_to: Day | None = None
    note: Note = ""


_AT: dict[str, type[Shape]] = {
    "timetable": TimetableShape,
    "papers": PapersShape,
    "release": ReleaseShape,
    "retention": RetentionShape,
    "publication": PublicationShape,
    "add_up": AddsUpShape,
    "priorities": PriorityShape,
    "people": PersonShape,
    "indicators": IndicatorShape,
    "changes": ChangeShape,
    "measures": MeasureShape,
    "parts": PartShape,
    "target": TargetShape,
    "baseline": BaselineShape,
    "profile": ProfileShape,
    "accepted": AcceptedShape,
}
SHAPES: tuple[type[Shape], ...] = (FileShape, HistoryRow, *_AT.values())

_WORDS = {
    "missing": "{key!r} is missing",
    "decimal_parsing": "{given!r} is not a number",
    "decimal_type": "{given!r} is not a number",
    "finite_number": "{given!r} is not a number",
    "decimal_max_digits": "{given!r} has more digits than any figure here",
    "decimal_max_places": "{given!r} has more than six decimal places",
    "int_parsing": "{given!r} is not a whole number",
    "int_type": "{given!r} is not a whole number",
    "bool_parsing": "{given!r} is neither true nor false",
    "time_parsing": '{given!r} is not a time; write it like "17:00"',
    "string_type": "this should be text; put it in quotes",
    "tuple_type": "this should be a list",
    "model_type": "this should hold keys and values",
    "model_attributes_type": "this should hold keys and values",
    "string_too_long": "this is longer than {max_length} letters",
    "enum": "{given!r} is not a {key}; use {expected}",
    "literal_error": "{given!r} is not known here; use {expected}",
}

_PATTERNS = {
    "history": "{given!r} is not the name of a CSV file beside this one, like history.csv",
    "mailbox": "{given!r} is not an email address",
    "addresses": "{given!r} is not an email address",
    "slack": "{given!r} is not a workspace and a member or channel of it, like T012AB3CD/U012AB3CD",
}


def shaped(shape: type[S], given: object, findings: Findings, line: int | None = None) -> S | None:
    """The data in its shape, or None with every problem noted. `line` is given where the data is one line."""
    try:
        return shape.model_validate(given)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            _note(detail, findings, line)
    return None


def _note(detail: ErrorDetails, findings: Findings, line: int | None) -> None:
    where: Where = tuple(detail["loc"])
    at = findings.line(where) if line is None else line
    if detail["type"] == "extra_forbidden":
        findings.add(where[:-1], _unknown_key(where), at)
    else:
        findings.add(where[:-1] if detail["type"] == "missing" else where, _words(detail, where), at)


def _words(detail: ErrorDetails, where: Where) -> str:
    context: Mapping[str, Any] = detail.get("ctx", {})
    names = [part for part in where if isinstance(part, str)] or [""]
    if detail["type"] == "value_error":
        return str(context["error"])
    if detail["type"] == "string_pattern_mismatch":
        words = _PATTERNS.get(names[-1], "{given!r} is not a code; use letters, digits and -, up to 30")
    else:
        words = _WORDS.get(detail["type"], detail["msg"].replace("{", "(").replace("}", ")"))
    expected = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
    given = str(detail["input"])[:60]
    return words.format(key=names[-1], given=given, expected=expected, max_length=context.get("max_length"))


def _unknown_key(where: Where) -> str:
    key = str(where[-1])
    names = [part for part in where[:-1] if isinstance(part, str)]
    shape = _AT.get(names[-1], FileShape) if names else FileShape
    known = [field.alias or name for name, field in shape.model_fields.items()]
    near = get_close_matches(key, known, 1)
    if shape is TargetShape and not (near and near[0] not in COMPARATORS):
        return f"{key!r} is not a comparator; use {', '.join(COMPARATORS)}"
    return f"{key!r} is not known here; " + (f"did you mean {near[0]!r}?" if near else f"use {', '.join(known)}")

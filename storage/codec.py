"""Typed JSON: dataclasses of the rules to and from what the database keeps."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from pydantic import TypeAdapter

from collector.books import Aside, QueryChoice
from collector.domain.figure import Reported, Source
from collector.domain.indicator import Definition
from collector.domain.partnership import Release
from collector.domain.publication import Publication
from collector.domain.retention import Retention
from collector.domain.timetable import Timetable
from collector.messages import Board, Digest, LateChanges, Message, Notice, Receipt, Reminder, SignOffSheet, WeekSummary

T = TypeVar("T")


@dataclass(frozen=True)
class Codec(Generic[T]):
    """One type's way into JSON and back."""

    adapter: TypeAdapter[T]

    def dump(self, value: T) -> Any:
        """Plain JSON values."""
        return self.adapter.dump_python(value, mode="json")

    def load(self, stored: Any) -> T:
        """The value again; pydantic's ValidationError if the row was tampered with."""
        return self.adapter.validate_python(stored)


definitions = Codec(TypeAdapter(Definition))
timetables = Codec(TypeAdapter(Timetable))
reported = Codec(TypeAdapter(Reported))
sources = Codec(TypeAdapter(Source))
releases = Codec(TypeAdapter(Release))
retentions = Codec(TypeAdapter(Retention))
publications: Codec[Publication | None] = Codec(TypeAdapter(Publication | None))
asides = Codec(TypeAdapter(Aside))
choices = Codec(TypeAdapter(tuple[QueryChoice, ...]))

_MESSAGES = (Reminder, Receipt, SignOffSheet, Board, LateChanges, WeekSummary, Digest, Notice)
_KINDS: dict[str, TypeAdapter[Any]] = {kind.__name__: TypeAdapter(kind) for kind in _MESSAGES}


def dump_message(message: Message) -> dict[str, Any]:
    """A message with its kind beside it."""
    kind = type(message).__name__
    return {"kind": kind, **_KINDS[kind].dump_python(message, mode="json")}


def load_message(stored: dict[str, Any]) -> Message:
    """The message again."""
    fields = {key: value for key, value in stored.items() if key != "kind"}
    return cast(Message, _KINDS[stored["kind"]].validate_python(fields))

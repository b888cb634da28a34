"""Definitions in by mail and in Slack: a workbook that comes is looked over, and a line in answer to that changes them.

Nothing changes at the workbook's coming (RULES 23): its sender gets what it would change. What is applied is the very
workbook that was looked over, found through the message that is answered.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from collector.acting import Acting, NotDone
from collector.books import OutboxRow, Planned
from collector.definition_changes import NOTHING, change_definitions, preview
from collector.domain.came_back import CameBack
from collector.domain.orders import ChangeDefinitions, PreviewDefinitions
from collector.domain.period import Quarter
from collector.domain.submission import Attachment, Opened
from collector.messages import File, Notice, Previewed
from collector.ports import Books, Opener, Unit

_ONLY_THE_COORDINATOR = "Only the coordinator changes definitions: nothing was changed. Send the workbook to them."
_HOW = "answer this message with “change the definitions:” and the reason, on a line of its own"
_ANSWER_IT = (
    "Send the workbook first; what it would change comes back. To change it, answer that message itself (in Slack in"
    " its thread). Nothing was changed."
)


@dataclass(frozen=True)
class Workbook:
    """A workbook of definitions as it was read, with its bytes."""

    came: CameBack
    raw: bytes


@dataclass(frozen=True)
class Definitions:
    """The workbooks of definitions that a message is about: those it brought, and the one whose preview it answers.

    `since` is the quarter from which that one was looked over.
    """

    brought: tuple[Workbook, ...] = ()
    answered: Workbook | None = None
    since: Quarter | None = None


NO_DEFINITIONS = Definitions()


def asking_for_preview(opened: Opened, brought: Sequence[Workbook]) -> Opened:
    """A message that brings workbooks of definitions asks what they would change."""
    return replace(opened, orders=(*opened.orders, PreviewDefinitions())) if brought else opened


def with_answered(
    books: Books, opener: Opener, opened: Opened, person: str, brought: tuple[Workbook, ...]
) -> Definitions:
    """The workbooks of a message, and where it tells us to change the definitions the one that was looked over.

    That one is read again from the bytes that were kept.
    """
    if not any(isinstance(order, ChangeDefinitions) for order in opened.orders):
        return Definitions(brought)
    with books.begin() as unit:
        seen = _seen_in(unit, opened.references, person)
        raw = unit.blobs.get(seen.file.blob) if seen else b""
    read = opener.read_file(Attachment(seen.file.name, "", raw)) if seen else None
    if seen is None or not isinstance(read, CameBack):
        return Definitions(brought)
    return Definitions(brought, Workbook(read, raw), seen.since)


def _seen_in(unit: Unit, references: Sequence[str], person: str) -> Previewed | None:
    """The preview that a message answers: the latest it refers to, or the person's last one in the same thread."""
    for reference in reversed(references):
        if seen := _seen(unit.outbox.by_references([reference])):
            return seen
    _, last = unit.outbox.last(_key_of(person), None)
    if last is not None and last.sent_at is not None and set(references) & set(last.planned.references):
        return _seen(last)
    return None


def _seen(row: OutboxRow | None) -> Previewed | None:
    return row.planned.message.previewed if row is not None and isinstance(row.planned.message, Notice) else None


def _key_of(person: str) -> str:
    return f"preview:{person}:"


def to_be_found(planned: Planned) -> Planned:
    """A preview under a key by which the person's last one is found."""
    if isinstance(planned.message, Notice) and planned.message.previewed:
        return replace(planned, dedupe_key=f"{_key_of(planned.person)}{planned.dedupe_key}")
    return planned


def look_over(acting: Acting, definitions: Definitions) -> tuple[tuple[str, ...], Previewed | None]:
    """What a workbook would change, or everything that is in the way; nothing is changed."""
    if not acting.coordinates:
        raise NotDone(_ONLY_THE_COORDINATOR)
    if len(definitions.brought) != 1:
        raise NotDone("Your message had several workbooks of definitions. Send one at a time; nothing was changed.")
    (workbook,) = definitions.brought
    partnership, opened = acting.unit.plan.get(), acting.unit.rounds.latest()
    if partnership is None:
        raise NotDone("No partnership is loaded yet, so nothing was changed.")
    latest = opened.period if opened else None
    since = Quarter.parse(workbook.came.since)
    since = max(since, latest.next) if latest else since
    found, name = preview(partnership, workbook.came, latest, since), workbook.came.name
    acting.write("definitions looked over", name, "nothing was changed")
    if found.problems:
        return (
            f"{name} can't be used as it is. Put this right and send it again; nothing was changed.",
            *found.problems,
        ), None
    if not found.changes:
        return (f"{name}: {NOTHING}",), None
    number = "1 change" if len(found.changes) == 1 else f"{len(found.changes)} changes"
    first = f"{name} would make {number}, from {since}. Nothing is changed yet. To change it, {_HOW}."
    return (first, *found.lines), Previewed(File(name, acting.unit.blobs.put(workbook.raw)), since)


def change_as_seen(acting: Acting, order: ChangeDefinitions, definitions: Definitions) -> tuple[str, ...]:
    """Change the definitions as the workbook says whose preview is answered; NotDone where none is."""
    if not acting.coordinates:
        raise NotDone(_ONLY_THE_COORDINATOR)
    seen = definitions.answered
    if any(seen is None or brought.raw != seen.raw for brought in definitions.brought):
        raise NotDone(f"What this workbook would change is told first. To change it, {_HOW}. Nothing was changed.")
    if seen is None:
        raise NotDone(_ANSWER_IT)
    if not order.why:
        raise NotDone("Say why on the same line, after “change the definitions:”. Nothing was changed.")
    try:
        told = change_definitions(acting, seen.came, order.since or definitions.since, order.why, seen.raw)
    except NotDone as why:
        raise NotDone(f"Nothing was changed. {why}") from why
    return told if told == (NOTHING,) else (f"The definitions are changed as {seen.came.name} says.", *told)

"""What a message that waits for release will say, in plain lines: its words, without its letter's form."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from collector.acting import Acting
from collector.books import OutboxRow, OutboxState
from collector.domain.period import Quarter
from collector.messages import File, Message, Sheet
from collector.releasing import described
from collector.screening import partnership_of


def waiting_message(acting: Acting, number: int) -> OutboxRow | None:
    """The message with a number that waits for release; None where there is none."""
    row = acting.unit.outbox.get(number)
    return row if row is not None and row.state is OutboxState.HELD else None


def show_waiting(acting: Acting, row: OutboxRow) -> tuple[str, ...]:
    """A message that waits for release, and what can be said of it."""
    head = f"{described(row, partnership_of(acting.unit))}. It says, as things are now:"
    cover = (f"Before it stands: \u201c{row.planned.cover}\u201d",) if row.planned.cover else ()
    ways = f"To let it go: release {row.id}. To put a sentence before it: cover {row.id}: and the sentence."
    return (head, *cover, *words_of(row.planned.message), f"{ways} To take it back for good: drop {row.id}.")


def words_of(message: Message) -> Iterator[str]:
    """Every line of what a message holds, in its order."""
    yield from _lines(message)


def _lines(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from filter(None, (value,))
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _lines(each)
    elif is_dataclass(value) and not isinstance(value, Sheet | File | Quarter | type):
        held = [getattr(value, field.name) for field in fields(value)]
        own = [str(each) for each in held if each and isinstance(each, str | Quarter)]
        yield from filter(None, (", ".join(own),))
        for each in held:
            if not isinstance(each, str):
                yield from _lines(each)

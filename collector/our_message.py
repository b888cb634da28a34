"""Which message of ours somebody answers: by its unguessable name, and as a last resort by the reference in a subject.

A name gives no rights: it says what is being talked about, and who may do what is decided as for any message.
"""

from collections.abc import Sequence

from collector.books import OutboxRow
from collector.domain.submission import Opened, Refusal
from collector.ports import Unit

#: A token of ours, whole, is longer than any reference.
_TOKEN = 26


def our_message(unit: Unit, opened: Opened | Refusal, people: Sequence[str] = ()) -> OutboxRow | None:
    """The message that is answered: by reference or plus-address, else by its subject.

    A subject is short enough to be guessed: it counts only for the trusted sender (one of `people`) who was sent it.
    """
    if not isinstance(opened, Opened):
        return None
    names = (*opened.references, *(name for name in opened.ours if len(name) == _TOKEN))
    found = unit.outbox.by_references(names) if names else None
    if found is not None:
        return found
    short = [name for name in opened.ours if len(name) < _TOKEN]
    theirs = (unit.outbox.by_reference(person, name) for name in short for person in people)
    return next((row for row in theirs if row is not None), None)

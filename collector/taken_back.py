"""A message that was deleted after it was read: what was recorded from it stands, and its writer is asked about it."""

from collector.books import InboxRow
from collector.closing import why_shut
from collector.domain.figure import Figure, FigureStatus
from collector.domain.people import Person
from collector.domain.submission import Candidate, ReadItem
from collector.ports import Unit
from collector.view import RoundView

#: How a door names a deletion: the key of the message, and this.
_DELETED = ":deleted"
_ASKED = "You deleted the message that it came with. Does the figure stand?"
_NOTE = "taken back by its sender"


def taken_back(unit: Unit, view: RoundView, row: InboxRow, person: Person) -> tuple[ReadItem, ...]:
    """Each figure that stands on the words of a message its sender deleted, to be kept or taken back.

    A figure of a round that is closed is not asked about.
    """
    if not row.delivery_key.endswith(_DELETED):
        return ()
    deleted = row.delivery_key.removesuffix(_DELETED)
    return tuple(
        _asked(code, figure)
        for code, figure in view.figures.items()
        if figure.source.person == person.id
        and not why_shut(view, code)
        and (came := unit.inbox.find(figure.source.submission)) is not None
        and (came.delivery_key == deleted or came.delivery_key.startswith(f"{deleted}:"))
    )


def _asked(code: str, figure: Figure) -> ReadItem:
    held = figure.reported
    stands = Candidate(
        held.status,
        held.value,
        held.numerator,
        held.denominator,
        held.basis,
        held.reference,
        held.expected_on,
        held.note,
    )
    gone = Candidate(FigureStatus.NOT_AVAILABLE, note=_NOTE)
    return ReadItem(code, figure.source.evidence, (stands, gone), (_ASKED,))

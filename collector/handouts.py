"""What the coordinator is sent on asking: the round and the definitions as workbooks, a figure's history (RULES 23)."""

from collector.acting import Acting, NotDone
from collector.booklet import Booklet
from collector.definition_changes import next_round
from collector.definition_sheets import definitions_booklet
from collector.domain.partnership import Partnership
from collector.domain.period import Quarter
from collector.exporting import export
from collector.history import NoSuchMeasure, histories
from collector.history_words import paragraphs
from collector.messages import File
from collector.ports import BookletWriter
from collector.view import RoundView


def send_round(
    acting: Acting, view: RoundView, period: Quarter | None, write: BookletWriter
) -> tuple[tuple[str, ...], File]:
    """The whole round as it stands now."""
    _only_the_coordinator(acting)
    wanted = period or view.round.period
    booklet = export(acting.unit, acting.calendar, acting.now, (wanted,))
    acting.write("round sent out", wanted.key, "asked for")
    return (f"The whole round for {wanted} is attached.",), _kept(acting, f"round-{wanted.key}.xlsx", booklet, write)


def send_definitions(acting: Acting, partnership: Partnership, write: BookletWriter) -> tuple[tuple[str, ...], File]:
    """The definitions in force from the next round on, to be changed and sent back."""
    _only_the_coordinator(acting)
    since = next_round(acting.unit, acting.calendar, acting.now)
    booklet = definitions_booklet(partnership, since, acting.calendar, acting.now)
    acting.write("definitions sent out", since.key, "asked for")
    told = f"The definitions that hold from {since} are attached."
    return (told,), _kept(acting, f"definitions-{since.key}.xlsx", booklet, write)


def send_history(acting: Acting, view: RoundView, code: str, period: Quarter | None) -> tuple[str, ...]:
    """One figure from bytes to report."""
    _only_the_coordinator(acting)
    try:
        found = histories(acting.unit, acting.calendar, code, period or view.round.period)
    except NoSuchMeasure as why:
        raise NotDone(str(why)) from why
    return tuple(line for one in found for line in paragraphs(one))


def _only_the_coordinator(acting: Acting) -> None:
    if not acting.coordinates:
        raise NotDone("Only the coordinator is sent this: it names officers. Ask the coordinator for a copy.")


def _kept(acting: Acting, name: str, booklet: Booklet, write: BookletWriter) -> File:
    return File(name, acting.unit.blobs.put(write(booklet)))

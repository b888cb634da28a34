"""Lists that the coordinator asks for by mail or in Slack, as the terminal shows them."""

from collections.abc import Callable, Mapping

from collector import releasing
from collector.acting import Acting, NotDone
from collector.confirming import listed
from collector.domain.orders import Listed
from collector.domain.period import Quarter, day
from collector.held_words import waiting_lines, words_waiting
from collector.requests import request_lines
from collector.timetable import steps_of
from collector.view import RoundView


def list_of(acting: Acting, view: RoundView, what: Listed) -> tuple[str, ...]:
    """One list in plain lines; what is in none is said, too."""
    if not acting.coordinates:
        raise NotDone("That list is the coordinator's. What you can ask is in the answer to: help")
    return _LISTS[what](acting, view)


def _requests(_acting: Acting, view: RoundView) -> tuple[str, ...]:
    return tuple(request_lines(view)) or ("There is no change request.",)


def _held(acting: Acting, view: RoundView) -> tuple[str, ...]:
    rows = releasing.held(acting.unit)
    return tuple(releasing.waiting_lines(rows, view)) if rows else ("Nothing waits for release.",)


def _words(acting: Acting, view: RoundView) -> tuple[str, ...]:
    return tuple(waiting_lines(view, words_waiting(acting.unit))) or ("No words are held back.",)


def _targets(_acting: Acting, view: RoundView) -> tuple[str, ...]:
    """Only what nobody has confirmed: the whole list is in the definitions workbook."""
    waiting = [line for line in listed(view.partnership, view.round.period) if line.open]
    told = [
        f"{line.definition.code} {line.definition.short}, \u201c{line.definition.target.wording}\u201d: {line.meaning}"
        f" ({line.state})"
        for line in waiting
    ]
    if not told:
        return ("Every target is confirmed.",)
    return (*told, "To confirm one: confirm the target of its code, a colon and where it was agreed.")


def _timetable(acting: Acting, view: RoundView) -> tuple[str, ...]:
    """The dates of the round and of the next, from opening to SEG (RULES 17)."""
    return tuple(line for period in (view.round.period, view.round.period.next) for line in _dates(acting, period))


def _dates(acting: Acting, period: Quarter) -> tuple[str, ...]:
    steps = steps_of(acting.calendar.dates(period))
    return (f"{period}: {'; '.join(f'{name} {day(when)}' for name, when in steps)}.",)


_LISTS: Mapping[Listed, Callable[[Acting, RoundView], tuple[str, ...]]] = {
    Listed.REQUESTS: _requests,
    Listed.HELD: _held,
    Listed.WORDS: _words,
    Listed.TARGETS: _targets,
    Listed.TIMETABLE: _timetable,
}

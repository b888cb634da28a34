"""What is out or came late, by organisation and never by person (RULES 20), and what is said of it. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from collector.closing import was_due_after_the_lock
from collector.domain.round import Obligation, ObligationState, RoundState
from collector.messages import DigestLine, OrganisationCount
from collector.view import RoundView

#: What is said of figures that were in at the lock and yet not settled.
_UNSETTLED = "in, but sent back or in question when the round was locked"

#: What an organisation has still to send of one indicator.
_Missing = tuple[str, Sequence[Obligation]]


def outstanding(view: RoundView, today: date) -> tuple[OrganisationCount, ...]:
    """How many indicators each organisation has still to send, and how many of those it is being asked about."""
    return _counted(_missing(view, today))


def unpublished(view: RoundView, indicator: str, today: date) -> bool:
    """Not in, and its source has not published yet: nobody can be late with it (promise 8)."""
    missing = [owed for owed in view.by_indicator[indicator] if owed.state is not ObligationState.IN]
    return bool(missing) and all(view.definitions[o.measure].published(view.round.period) > today for o in missing)


def late_lines(view: RoundView, now: datetime) -> Iterable[DigestLine]:
    """What each organisation owes and why that is so, then how much came late; `now` is local time."""
    over, today = now > view.round.due or view.round.state is RoundState.LOCKED, now.date()
    grouped: dict[str, list[_Missing]] = {}
    for organisation, theirs in _missing(view, today):
        why = _why_out(view, theirs, today) if over else ""
        grouped.setdefault(why, []).append((organisation, theirs))
    for why, missing in grouped.items():
        for line in _counted(missing):
            asked = "" if why == _UNSETTLED else _in_question(line)
            yield DigestLine(f"{line.organisation}: {line.outstanding} {why}".rstrip() + asked)
    late: Counter[str] = Counter()
    # By who owed it, whoever sent it for them; a whole is as late as its parts, which are told.
    for owed in view.obligations:
        figure = view.figures.get(owed.measure)
        if figure is not None and figure.late:
            late[view.organisation(owed.person)] += 1
    for organisation, count in late.most_common():
        yield DigestLine(f"{organisation}: {count} came in after the due date")


def _missing(view: RoundView, today: date) -> Iterable[_Missing]:
    """What is out of each indicator, by organisation: one with several contributors is out with each of them."""
    for indicator, obligations in view.by_indicator.items():
        if unpublished(view, indicator, today):
            continue
        missing = [owed for owed in obligations if owed.state is not ObligationState.IN]
        for organisation in dict.fromkeys(view.organisation(owed.person) for owed in missing):
            yield organisation, [owed for owed in missing if view.organisation(owed.person) == organisation]


def _counted(missing: Iterable[_Missing]) -> tuple[OrganisationCount, ...]:
    out: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for organisation, theirs in missing:
        out[organisation] += 1
        asked[organisation] += any(owed.state is ObligationState.ASKED for owed in theirs)
    return tuple(OrganisationCount(name, count, asked[name]) for name, count in out.most_common())


def _why_out(view: RoundView, theirs: Sequence[Obligation], today: date) -> str:
    """What is said of what an organisation has not sent by the due day or the lock.

    What has time of its own, or was never owed by the lock, is not held against it (RULES 18).
    """
    if view.round.state is not RoundState.LOCKED:
        return "not due yet" if all(_has_time(view, owed, today) for owed in theirs) else "overdue"
    if all(owed.measure in view.figures for owed in theirs):
        return _UNSETTLED
    if not all(was_due_after_the_lock(view, owed.measure) for owed in theirs):
        return "not in when the round was locked"
    if any(view.signing.waiting(owed.measure) for owed in theirs):
        return "not due before the lock, came since and waits for the coordinator"
    return "not due before the lock, and not in yet"


def _has_time(view: RoundView, owed: Obligation, today: date) -> bool:
    """Whether the day on which its source publishes, or its extension ends, is not over."""
    published = view.definitions[owed.measure].published(owed.period)
    return max(published, owed.extended_to or published) >= today


def _in_question(line: OrganisationCount) -> str:
    if not line.being_asked:
        return ""
    if line.being_asked < line.outstanding:
        return f", {line.being_asked} of them in question"
    return ", in question" if line.outstanding == 1 else ", all of them in question"

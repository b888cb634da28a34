"""What waits for the coordinator before it goes out: seen, let go, held back, covered, dropped (RULES 22).

Only what the collector says by itself waits. An answer to what somebody sent goes at once (promises 3 and 8), and so
does what is written to the coordinator; an edit of a board follows the post that was released.
"""

from collections.abc import Collection, Iterable

from collector.acting import Acting, NotDone
from collector.books import OutboxRow, OutboxState
from collector.domain.partnership import Partnership
from collector.domain.people import Role
from collector.outgoing import what_and_to_whom
from collector.ports import Unit
from collector.stale import ALL_IN, is_stale
from collector.view import RoundView

_LONGEST_COVER = 500


def must_wait(unit: Unit, row: OutboxRow) -> bool:
    """Whether a message that is about to go has to be released first."""
    planned, partnership = row.planned, unit.plan.get()
    if not planned.unprompted or row.released_by is not None or row.blob is not None or partnership is None:
        return False
    person = partnership.by_id.get(planned.person)
    if (person is not None and person.role is Role.COORDINATOR) or planned.kind == "review":
        return False
    rule = partnership.release
    return planned.kind in rule.always or (
        rule.first_round and planned.period is not None and planned.period == unit.rounds.first()
    )


def held(unit: Unit) -> list[OutboxRow]:
    """What waits for release, the oldest first."""
    return list(unit.outbox.held())


def described(row: OutboxRow, partnership: Partnership) -> str:
    """One message in words: its number, what it is, to whom, about which quarter."""
    return f"{row.id}: {what_and_to_whom(row.planned, partnership)}"


def release(acting: Acting, view: RoundView, message: int) -> tuple[str, ...]:
    """Let one message go; it says what is true when it goes, and goes in office hours like any other."""
    return (_let_go(acting, view, _waiting(acting, message)),)


def release_all(acting: Acting, view: RoundView, without: Collection[int] = ()) -> tuple[str, ...]:
    """Let everything go that waits, but for the messages with these numbers: each of them has to wait, too."""
    _may(acting)
    for message in without:
        _waiting(acting, message)
    rows = held(acting.unit)
    told = [_let_go(acting, view, row) for row in rows if row.id not in without]
    told += [f"It waits on: {described(row, view.partnership)}" for row in rows if row.id in without]
    return tuple(told) or ("Nothing waits for release.",)


def hold_all(acting: Acting, view: RoundView) -> tuple[str, ...]:
    """Hold back everything that is about to go by itself."""
    _may(acting)
    about_to_go = [r for r in acting.unit.outbox.rows() if r.state is OutboxState.DUE and r.planned.unprompted]
    told = [line for row in about_to_go for line in hold(acting, view, row.id)]
    waits = [f"It is held already: {described(row, view.partnership)}" for row in held(acting.unit)]
    return tuple(dict.fromkeys((*told, *(line for line in waits if not _is_told(line, told))))) or (
        "Nothing is about to go.",
    )


def _is_told(line: str, told: Iterable[str]) -> bool:
    return any(line.partition(": ")[2] == one.partition(": ")[2] for one in told)


def hold(acting: Acting, view: RoundView, message: int) -> tuple[str, ...]:
    """Hold back a message that is planned and has not gone yet."""
    _may(acting)
    row = acting.unit.outbox.get(message)
    if row is None:
        raise NotDone(_unknown(message))
    if row.state is OutboxState.HELD:
        return (f"It is held already: {described(row, view.partnership)}",)
    if not row.planned.unprompted:
        raise NotDone(f"Message {message} is an answer to what somebody sent. Answers are not held.")
    if not acting.unit.outbox.hold(message):
        raise NotDone(f"Message {message} is {_state(row)}: it can't be held back any more.")
    acting.write("message held", row.planned.dedupe_key)
    return (f"Held: {described(row, view.partnership)}",)


def cover(acting: Acting, view: RoundView, message: int, words: str) -> tuple[str, ...]:
    """Put a sentence of the coordinator's before a message that waits; no words take it away again."""
    row = _waiting(acting, message)
    said = " ".join(words.split())
    if len(said) > _LONGEST_COVER:
        raise NotDone(f"That is {len(said)} letters. A covering sentence has room for {_LONGEST_COVER}.")
    acting.unit.outbox.cover(message, said)
    acting.write("message covered", row.planned.dedupe_key, said)
    if not said:
        return (f"Without a covering sentence: {described(row, view.partnership)}",)
    return (f"{described(row, view.partnership)} begins with: \u201c{said}\u201d",)


def drop(acting: Acting, view: RoundView, message: int, why: str = "") -> tuple[str, ...]:
    """A message that waits goes nowhere. What is still owed then is reminded of at the next moment of the ladder."""
    row = _waiting(acting, message)
    acting.unit.outbox.drop(message)
    acting.write("message dropped", row.planned.dedupe_key, why)
    return (f"Dropped: {described(row, view.partnership)}",)


def _let_go(acting: Acting, view: RoundView, row: OutboxRow) -> str:
    if is_stale(acting.unit, row, acting.calendar, acting.now):
        acting.unit.outbox.drop(row.id)
        acting.write("message dropped", row.planned.dedupe_key, ALL_IN)
        return f"Dropped instead of released, as {ALL_IN}: {described(row, view.partnership)}"
    acting.unit.outbox.release(row.id, acting.by.id)
    acting.write("message released", row.planned.dedupe_key)
    return f"Released: {described(row, view.partnership)}"


def _waiting(acting: Acting, message: int) -> OutboxRow:
    _may(acting)
    row = acting.unit.outbox.get(message)
    if row is None:
        raise NotDone(_unknown(message))
    if row.state is not OutboxState.HELD:
        raise NotDone(f"Message {message} does not wait for release: it is {_state(row)}.")
    return row


def _unknown(message: int) -> str:
    return f"No message has the number {message}. The list of what waits for release shows the numbers."


def _state(row: OutboxRow) -> str:
    words = {
        OutboxState.DUE: "about to go",
        OutboxState.SENDING: "on its way",
        OutboxState.SENT: "sent",
        OutboxState.CANCELLED: "dropped",
        OutboxState.FAILED: "refused by the other side",
    }
    return words.get(row.state, "held")


def _may(acting: Acting) -> None:
    if not acting.coordinates:
        raise NotDone("Only the coordinator can let messages go, hold them or drop them. Write to the coordinator.")


def waiting_lines(rows: Iterable[OutboxRow], view: RoundView) -> list[str]:
    """A line for each message, with its covering sentence where it has one."""
    return [
        described(row, view.partnership)
        + (f", beginning with \u201c{row.planned.cover}\u201d" if row.planned.cover else "")
        for row in rows
    ]

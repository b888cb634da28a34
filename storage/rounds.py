"""Rounds, what is owed in them, the questions asked, and the change requests for SEG."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

import sqlalchemy as sa

from collector.books import ChangeRequest, InboxRow, QueryChoice, QueryRow, QueryState, RequestState
from collector.domain.figure import FigureStatus
from collector.domain.period import Quarter
from collector.domain.round import Obligation, ObligationState, Round, RoundState
from storage.codec import choices as choices_codec
from storage.dialect import insert_if_absent
from storage.tables import change_request, figure, obligation, query, round_

_ASKED_AGAIN = (FigureStatus.NOT_AVAILABLE, FigureStatus.AWAITING_RELEASE, FigureStatus.PROVISIONAL)


class SqlRounds:
    """Rounds and obligations over one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def open(self, opened: Round, owed: Sequence[tuple[str, str, int]]) -> bool:
        """Open a round with what is owed in it, each (measure, person, number); False when it is open already."""
        values = {"period": opened.period, "opens": opened.opens, "due": opened.due, "state": opened.state}
        if not insert_if_absent(self._connection, round_, values, round_.c.period):
            return False
        rows = [
            {"period": opened.period, "measure": m, "person": p, "number": n, "state": ObligationState.OWED}
            for m, p, n in owed
        ]
        if rows:
            self._connection.execute(sa.insert(obligation), rows)
        return True

    def get(self, period: Quarter) -> Round | None:
        """One round."""
        row = self._connection.execute(sa.select(round_).where(round_.c.period == period)).first()
        return None if row is None else _round(row)

    def first(self) -> Quarter | None:
        """The quarter of the first round that was ever opened."""
        found: Quarter | None = self._connection.execute(sa.select(sa.func.min(round_.c.period))).scalar_one()
        return found

    def latest(self) -> Round | None:
        """The round of the latest quarter."""
        row = self._connection.execute(sa.select(round_).order_by(round_.c.period.desc()).limit(1)).first()
        return None if row is None else _round(row)

    def obligations(self, period: Quarter, only: Collection[str] | None = None) -> Sequence[Obligation]:
        """What is owed in a round, or by some people, each person's in the order of their list."""
        found = sa.select(obligation).where(obligation.c.period == period)
        if only is not None:
            found = found.where(obligation.c.person.in_(only))
        found = found.order_by(obligation.c.person, obligation.c.number)
        return [
            Obligation(
                r.id, r.period, r.measure, r.person, r.number, ObligationState(r.state), r.expected_on, r.extended_to
            )
            for r in self._connection.execute(found)
        ]

    def move(self, obligation_id: int, state: ObligationState, expected_on: date | None = None) -> None:
        """Where an obligation stands now."""
        changed = sa.update(obligation).where(obligation.c.id == obligation_id)
        self._connection.execute(changed.values(state=state, expected_on=expected_on))

    def extend(self, obligation_id: int, until: date) -> None:
        """It has time until the end of a day."""
        changed = sa.update(obligation).where(obligation.c.id == obligation_id)
        self._connection.execute(changed.values(extended_to=until))

    def owners(self, period: Quarter) -> Sequence[str]:
        """Whoever owes something in a round."""
        found = sa.select(obligation.c.person).where(obligation.c.period == period).distinct()
        return self._connection.execute(found).scalars().all()

    def unfinished(self) -> Sequence[Round]:
        """The rounds in which something may still be asked for, the latest first.

        At any time that is what is not in, as a source may publish after the lock, and what was not available or
        provisional once; before the lock also what is in question.
        """
        not_in = obligation.c.state.in_((ObligationState.OWED, ObligationState.ASKED))
        out = sa.select(obligation.c.id).where(obligation.c.period == round_.c.period, not_in)
        asked = sa.select(query.c.id).where(query.c.period == round_.c.period, query.c.state == QueryState.OPEN)
        again = sa.select(figure.c.period).where(figure.c.status.in_(_ASKED_AGAIN))
        in_question = sa.and_(round_.c.state != RoundState.LOCKED, asked.exists())
        found = sa.select(round_).where(sa.or_(out.exists(), in_question, round_.c.period.in_(again)))
        return [_round(row) for row in self._connection.execute(found.order_by(round_.c.period.desc()))]

    def set_state(self, period: Quarter, state: RoundState) -> None:
        """Where a round stands now."""
        self._connection.execute(sa.update(round_).where(round_.c.period == period).values(state=state))

    def hand_over(self, obligation_id: int, person: str, number: int) -> None:
        """Somebody else owes it now."""
        changed = sa.update(obligation).where(obligation.c.id == obligation_id)
        self._connection.execute(changed.values(person=person, number=number, state=ObligationState.OWED))

    def owe(self, period: Quarter, measure: str, person: str, number: int) -> None:
        """One more is owed in a round that is open."""
        values = {"period": period, "measure": measure, "person": person, "number": number}
        self._connection.execute(sa.insert(obligation).values(state=ObligationState.OWED, **values))


def _round(row: sa.Row[tuple[object, ...]]) -> Round:
    f = row._mapping
    return Round(f["period"], f["opens"], f["due"], RoundState(f["state"]))


class SqlQueries:
    """Questions to senders over one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def ask(
        self,
        owed: Obligation,
        submission: InboxRow,
        quoted: str,
        reasons: Sequence[str],
        choices: Sequence[QueryChoice],
        now: datetime,
    ) -> QueryRow:
        """Write a question down; it is sent with the answer to the submission that raised it."""
        values = {
            "obligation": owed.id,
            "submission": submission.id,
            "period": owed.period,
            "measure": owed.measure,
            "person": owed.person,
            "quoted": quoted,
            "reasons": list(reasons),
            "choices": choices_codec.dump(tuple(choices)),
            "state": QueryState.OPEN,
            "raised_at": submission.received_at,
            "asked_at": now,
        }
        made = self._connection.execute(sa.insert(query).values(values).returning(query.c.id)).scalar_one()
        return self._select(query.c.id == made)[0]

    def all(self, period: Quarter) -> Sequence[QueryRow]:
        """Every question of a round."""
        return self._select(query.c.period == period)

    def close(self, query_id: int, state: QueryState, now: datetime) -> None:
        """It is settled."""
        still_open = sa.and_(query.c.id == query_id, query.c.state == QueryState.OPEN)
        self._connection.execute(sa.update(query).where(still_open).values(state=state, answered_at=now))

    def _select(self, *where: sa.ColumnElement[bool]) -> list[QueryRow]:
        rows = self._connection.execute(sa.select(query).where(*where).order_by(query.c.id))
        return [_query(row) for row in rows]


def _query(row: sa.Row[tuple[object, ...]]) -> QueryRow:
    f = {name: value for name, value in row._mapping.items() if name != "obligation"}
    f["reasons"] = tuple(f["reasons"])
    f["choices"] = choices_codec.load(f["choices"])
    f["state"] = QueryState(f["state"])
    return QueryRow(**f)


class SqlRequests:
    """Change requests over one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, request: ChangeRequest) -> bool:
        """Put a request before SEG, once however often it is said in the same words."""
        values = {name: getattr(request, name) for name in ("measure", "period", "words", "submission", "person")}
        if any((r.measure, r.words) == (request.measure, request.words) for r in self.all(request.period)):
            return False
        self._connection.execute(sa.insert(change_request).values(values))
        return True

    def all(self, period: Quarter) -> Sequence[ChangeRequest]:
        """The requests of a round, and those of earlier ones that are still to be decided."""
        earlier = sa.and_(change_request.c.period < period, change_request.c.state == RequestState.OPEN)
        wanted = sa.or_(change_request.c.period == period, earlier)
        found = sa.select(change_request).where(wanted).order_by(change_request.c.id)
        return [
            ChangeRequest(**{**row._mapping, "state": RequestState(row.state)})
            for row in self._connection.execute(found)
        ]

    def decide(self, decided: ChangeRequest) -> None:
        """Write down what SEG has decided."""
        names = ("state", "decided_by", "decided_at", "decision")
        changed = sa.update(change_request).where(change_request.c.id == decided.id)
        self._connection.execute(changed.values({name: getattr(decided, name) for name in names}))

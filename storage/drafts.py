"""Drafts: the pages of somebody's form that were sent in before its last."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from collector.domain.period import Quarter
from storage.dialect import upsert
from storage.tables import draft


class SqlDrafts:
    """Drafts over one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def keep(self, person: str, period: Quarter, page: int, fields: Mapping[str, Any], now: datetime) -> None:
        """Keep a page in the place of what was kept of it; drafts of other rounds go."""
        others = sa.and_(draft.c.person == person, draft.c.period != period)
        self._connection.execute(sa.delete(draft).where(others))
        values = {"person": person, "period": period, "page": page, "fields": dict(fields), "saved_at": now}
        upsert(self._connection, draft, values, draft.c.person, draft.c.period, draft.c.page)

    def of(self, person: str, period: Quarter) -> Mapping[int, Mapping[str, Any]]:
        """The pages that were kept, in their order."""
        theirs = sa.and_(draft.c.person == person, draft.c.period == period)
        rows = self._connection.execute(sa.select(draft.c.page, draft.c.fields).where(theirs).order_by(draft.c.page))
        return {row.page: row.fields for row in rows}

    def drop(self, person: str, period: Quarter) -> None:
        """The whole was sent in."""
        self._connection.execute(sa.delete(draft).where(draft.c.person == person, draft.c.period == period))

    def periods(self, person: str) -> Sequence[Quarter]:
        """The rounds for which somebody has begun a form, in their order."""
        found = sa.select(draft.c.period).where(draft.c.person == person).distinct().order_by(draft.c.period)
        return list(self._connection.execute(found).scalars())

    def old(self, before: datetime) -> Sequence[tuple[str, Quarter]]:
        """The people and rounds of forms on which nothing was done since a moment."""
        latest = sa.func.max(draft.c.saved_at)
        found = sa.select(draft.c.person, draft.c.period).group_by(draft.c.person, draft.c.period)
        rows = self._connection.execute(found.having(latest < before).order_by(draft.c.person, draft.c.period))
        return [(row.person, row.period) for row in rows]

    def forget(self, words: Sequence[str]) -> int:
        """Let every form go in which one of these stands; how many."""
        rows = self._connection.execute(sa.select(draft.c.person, draft.c.period, draft.c.fields)).all()
        quoted = [_quoted(each) for each in words]
        held = {(row.person, row.period) for row in rows if any(each in _quoted(row.fields) for each in quoted)}
        for person, period in held:
            self.drop(person, period)
        return len(held)


def _quoted(value: Any) -> str:
    """Words as they stand within the fields of a form."""
    return json.dumps(value, ensure_ascii=False).strip('"')

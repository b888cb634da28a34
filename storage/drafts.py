"""Drafts: the pages of somebody's form that were sent in before its last."""

from collections.abc import Mapping
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

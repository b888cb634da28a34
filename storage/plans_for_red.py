"""What is planned about Red figures, and what came of it; only ever added."""

from collections.abc import Sequence
from dataclasses import fields

import sqlalchemy as sa

from collector.domain.action import PlanForRed
from collector.domain.period import Quarter
from storage.tables import plan_for_red

_NAMES = tuple(field.name for field in fields(PlanForRed))


class SqlPlansForRed:
    """Plans over one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, plan: PlanForRed) -> None:
        """Add what one message said."""
        self._connection.execute(sa.insert(plan_for_red).values({name: getattr(plan, name) for name in _NAMES}))

    def all(self, *periods: Quarter) -> Sequence[PlanForRed]:
        """What was said in some rounds, the oldest first."""
        found = sa.select(plan_for_red).where(plan_for_red.c.period.in_(periods)).order_by(plan_for_red.c.id)
        return [PlanForRed(*(row._mapping[name] for name in _NAMES)) for row in self._connection.execute(found)]

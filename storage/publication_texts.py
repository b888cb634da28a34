"""Texts for publication; only ever added, the latest of each figure stands."""

from collections.abc import Mapping
from dataclasses import fields

import sqlalchemy as sa

from collector.domain.period import Quarter
from collector.domain.publication import PublicationText
from storage.tables import publication_text

_NAMES = tuple(field.name for field in fields(PublicationText))


class SqlPublicationTexts:
    """Texts over one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, text: PublicationText) -> None:
        """Add what somebody wrote, or took out."""
        self._connection.execute(sa.insert(publication_text).values({name: getattr(text, name) for name in _NAMES}))

    def of(self, period: Quarter) -> Mapping[str, PublicationText]:
        """The text that stands beside each figure of a quarter, by measure; none for what was taken out."""
        of_quarter = publication_text.c.period == period
        found = self._connection.execute(sa.select(publication_text).where(of_quarter).order_by(publication_text.c.id))
        latest = {row.measure: PublicationText(*(row._mapping[name] for name in _NAMES)) for row in found}
        return {measure: text for measure, text in latest.items() if text.words}

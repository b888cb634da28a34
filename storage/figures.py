"""Figures and their versions: only ever added; the current one is the latest by the sender's time."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import sqlalchemy as sa

from collector.domain.figure import CommentaryFact, FactKind, Figure, FigureStatus, Reported, Source
from collector.domain.indicator import Basis
from collector.domain.period import Quarter, Span
from collector.domain.personal import Dealt, HeldWords, Kind, instead_of
from collector.personal_data import kinds_in
from storage.tables import figure, held_words

_SOURCE = ("submission", "person", "door", "said_at", "received_at", "recorded_at", "reader", "evidence", "reason")
_WITH_WORDS = sa.select(figure, held_words.c.kinds, held_words.c.dealt, held_words.c.shown).outerjoin(held_words)
_PLACE = (
    sa.func.row_number()
    .over(partition_by=(figure.c.period, figure.c.measure), order_by=(figure.c.said_at.desc(), figure.c.version.desc()))
    .label("place")
)
_SAID = ("measure", "period", "value", "numerator", "denominator", "expected_on", "note")


def _figure(row: sa.Row[tuple[object, ...]]) -> Figure:
    """The figure as it is read: words that hold personal data only as was decided about them."""
    f = row._mapping
    reference = Span(f["reference_from"], f["reference_to"]) if f["reference_from"] else None
    reported = Reported(
        status=FigureStatus(f["status"]),
        basis=Basis(f["basis"]),
        reference=reference,
        **{name: f[name] for name in _SAID},
    )
    source = Source(**{name: f[name] for name in _SOURCE}, facts=tuple(_fact(each) for each in f["facts"]))
    whole = Figure(reported, source, f["version"], f["late"], f["id"])
    return whole if f["kinds"] is None else _as_decided(whole, _held(row))


def _held(row: sa.Row[tuple[object, ...]]) -> HeldWords:
    f = row._mapping
    dealt = Dealt(f["dealt"]) if f["dealt"] else None
    kinds = tuple(Kind(each) for each in f["kinds"])
    about = (f["id"], f["measure"], f["period"], f["person"], kinds, f["recorded_at"])
    return HeldWords(*about, dealt, f["shown"])


def _as_decided(found: Figure, held: HeldWords) -> Figure:
    """A figure whose words hold personal data: the same numbers, and what may be read of the words."""
    reported, source = found.reported, found.source
    kept = held.dealt is Dealt.KEPT
    words = replace(
        source,
        evidence=source.evidence if kept else instead_of(source.evidence, replace(held, shown="")),
        reason=source.reason if kept or not kinds_in(source.reason) else instead_of(source.reason, held),
        facts=source.facts if kept else tuple(fact for fact in source.facts if not kinds_in(fact.words)),
    )
    return replace(found, reported=replace(reported, note=instead_of(reported.note, held)), source=words, held=held)


def _kinds_of(reported: Reported, source: Source) -> list[Kind]:
    words = (reported.note, source.evidence, source.reason, *(fact.words for fact in source.facts))
    return list(dict.fromkeys(kind for each in words for kind in kinds_in(each)))


def _kept(fact: CommentaryFact) -> dict[str, str]:
    """A fact as it lies in the books: numbers as text, so that no digit is lost."""
    days = {"from": fact.reference.start.isoformat(), "to": fact.reference.end.isoformat()} if fact.reference else {}
    return {"kind": fact.kind.value, "value": str(fact.value), "words": fact.words, **days}


def _fact(kept: dict[str, str]) -> CommentaryFact:
    reference = Span(date.fromisoformat(kept["from"]), date.fromisoformat(kept["to"])) if "from" in kept else None
    return CommentaryFact(FactKind(kept["kind"]), Decimal(kept["value"]), kept["words"], reference)


class SqlFigures:
    """The figures over one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, reported: Reported, source: Source, late: bool) -> Figure:
        """Add a version."""
        same = sa.and_(figure.c.measure == reported.measure, figure.c.period == reported.period)
        last = self._connection.execute(sa.select(sa.func.max(figure.c.version)).where(same)).scalar_one()
        version = (last or 0) + 1
        values = {name: getattr(reported, name) for name in _SAID} | {name: getattr(source, name) for name in _SOURCE}
        values |= {
            "version": version,
            "status": reported.status,
            "basis": reported.basis,
            "reference_from": reported.reference and reported.reference.start,
            "reference_to": reported.reference and reported.reference.end,
            "late": late,
            "facts": [_kept(each) for each in source.facts],
        }
        made = self._connection.execute(sa.insert(figure).values(values).returning(figure.c.id)).scalar_one()
        whole = Figure(reported, source, version, late, made)
        kinds = _kinds_of(reported, source)
        if not kinds:
            return whole
        self._connection.execute(sa.insert(held_words).values(figure=made, kinds=[kind.value for kind in kinds]))
        about = (made, reported.measure, reported.period, source.person, tuple(kinds), source.recorded_at)
        return _as_decided(whole, HeldWords(*about))

    def held_words(self) -> Sequence[HeldWords]:
        """The words of figures in which personal data was found, the oldest first."""
        found = _WITH_WORDS.where(held_words.c.figure.is_not(None)).order_by(figure.c.id)
        return [_held(row) for row in self._connection.execute(found)]

    def own_words(self, figure_id: int) -> str:
        """The note of a figure as its sender wrote it, to tell whether it was sent again; not to be shown."""
        found = sa.select(figure.c.note).where(figure.c.id == figure_id)
        return str(self._connection.execute(found).scalar_one())

    def deal_with(self, figure_id: int, how: Dealt, shown: str) -> None:
        """Note what was decided about the words of a figure; what stands in their place where they were replaced."""
        where = held_words.c.figure == figure_id
        self._connection.execute(sa.update(held_words).where(where).values(dealt=how, shown=shown))

    def current(self, period: Quarter, only: Collection[str] | None = None) -> Mapping[str, Figure]:
        """The figure that stands for each measure, or each of some, of a quarter."""
        return {found.reported.measure: found for found in self._standing(figure.c.period == period, *_of(only))}

    def periods_of(self, submission: int) -> Sequence[Quarter]:
        """The quarters for which a message brought figures."""
        found = sa.select(figure.c.period).where(figure.c.submission == submission).distinct()
        return list(self._connection.execute(found).scalars())

    def versions(self, measure: str, period: Quarter) -> Sequence[Figure]:
        """All versions of one figure, the oldest first."""
        return self._select(figure.c.measure == measure, figure.c.period == period)

    def before(self, period: Quarter, only: Collection[str] | None = None) -> Mapping[Quarter, Mapping[str, Figure]]:
        """The figures that stood for each earlier quarter, by quarter and measure; or those of some measures."""
        # Every quarter is named, also where these measures have nothing: what is made of it looks the same.
        by_quarter: dict[Quarter, dict[str, Figure]] = {quarter: {} for quarter in self._quarters(period)}
        for found in self._standing(figure.c.period < period, *_of(only)):
            by_quarter[found.reported.period][found.reported.measure] = found
        return by_quarter

    def _quarters(self, before: Quarter) -> Iterator[Quarter]:
        """The earlier quarters with figures, the latest first; each is one look into the index."""
        found: Quarter | None = before
        while found is not None:
            latest = sa.select(sa.func.max(figure.c.period)).where(figure.c.period < found)
            found = self._connection.execute(latest).scalar_one()
            if found is not None:
                yield found

    def _standing(self, *where: sa.ColumnElement[bool]) -> list[Figure]:
        """Of each figure the version that stands: the latest by the sender's time. What it replaced is not read."""
        placed = sa.select(figure.c.id, _PLACE).where(*where).subquery()
        return self._select(figure.c.id.in_(sa.select(placed.c.id).where(placed.c.place == 1)))

    def _select(self, *where: sa.ColumnElement[bool]) -> list[Figure]:
        found = _WITH_WORDS.where(*where).order_by(figure.c.measure, figure.c.version)
        return [_figure(row) for row in self._connection.execute(found)]


def _of(measures: Collection[str] | None) -> list[sa.ColumnElement[bool]]:
    return [] if measures is None else [figure.c.measure.in_(measures)]

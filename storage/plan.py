"""The partnership as loaded: people, priorities, dated definitions, who owes what."""

import secrets
from dataclasses import dataclass

import sqlalchemy as sa

from collector.domain.indicator import Definition, Priority
from collector.domain.partnership import Partnership
from collector.domain.people import Person, Responsibility, Role, SlackAccount
from storage import tables as t
from storage.codec import definitions, publications, releases, retentions, timetables
from storage.dialect import upsert


@dataclass
class PlanRead:
    """The partnership as it was read last, and the stamp that the books bore then: a large one is read once."""

    held: tuple[str, Partnership] | None = None


class SqlPlan:
    """The definition file's content over one connection. Loading adds and updates; nothing with a history goes.

    Whatever writes a table that `get` reads gives the partnership a new stamp.
    """

    def __init__(self, connection: sa.Connection, read: PlanRead) -> None:
        self._connection = connection
        self._read = read

    def save(self, partnership: Partnership) -> None:
        """Bring the books up to a definition file."""
        self._save_partnership(partnership)
        self._save_people(partnership.people)
        for place, priority in enumerate(partnership.priorities):
            values = {"code": priority.code, "place": place, "title": priority.title, "lead": priority.lead}
            upsert(self._connection, t.priority, values, t.priority.c.code)
        self._save_definitions(partnership.definitions)
        kept = [priority.code for priority in partnership.priorities]
        self._connection.execute(sa.delete(t.priority).where(t.priority.c.code.not_in(kept)))
        self._connection.execute(sa.delete(t.responsibility))
        self._insert(
            t.responsibility,
            [
                {"measure": one.measure, "person": one.person, "since": one.since, "until": one.until}
                for one in partnership.responsibilities
            ],
        )

    def _save_partnership(self, partnership: Partnership) -> None:
        values = {
            "id": partnership.id,
            "name": partnership.name,
            "plan": partnership.plan,
            "mailbox": partnership.mailbox,
            "timetable": timetables.dump(partnership.timetable),
            "release": releases.dump(partnership.release),
            "retention": retentions.dump(partnership.retention),
            "publication": publications.dump(partnership.publication),
            # Never the same twice, so that what a unit wrote and rolled back is taken for nothing else.
            "stamp": secrets.token_hex(16),
        }
        upsert(self._connection, t.partnership, values, t.partnership.c.id)

    def _save_people(self, people: tuple[Person, ...]) -> None:
        self._connection.execute(sa.update(t.person).values(active=False))
        self._connection.execute(sa.delete(t.address))
        for place, person in enumerate(people):
            values = {
                "id": person.id,
                "place": place,
                "title": person.title,
                "organisation": person.organisation,
                "role": person.role,
                "active": True,
                "slack_team": person.slack.team if person.slack else None,
                "slack_conversation": person.slack.conversation if person.slack else None,
                "deputy": person.deputy,
                "left_on": person.left,
            }
            upsert(self._connection, t.person, values, t.person.c.id)
            for order, email in enumerate(person.addresses):
                self._connection.execute(
                    sa.insert(t.address).values(email=email.lower(), person=person.id, place=order)
                )

    def _save_definitions(self, all_definitions: tuple[Definition, ...]) -> None:
        self._connection.execute(sa.delete(t.definition))
        known = set(self._connection.execute(sa.select(t.measure.c.code)).scalars())
        indicators = set(self._connection.execute(sa.select(t.indicator.c.code)).scalars())
        measures: dict[str, tuple[str, int]] = {}
        for place, definition in enumerate(all_definitions):
            measures[definition.code] = (definition.indicator, place)
        new = dict.fromkeys(indicator for indicator, _ in measures.values() if indicator not in indicators)
        self._insert(t.indicator, [{"code": code} for code in new])
        rows = {code: {"code": code, "indicator": i, "place": p} for code, (i, p) in measures.items()}
        self._insert(t.measure, [values for code, values in rows.items() if code not in known])
        for values in [values for code, values in rows.items() if code in known]:
            upsert(self._connection, t.measure, values, t.measure.c.code)
        self._insert(t.definition, [_defined(each) for each in all_definitions])

    def _insert(self, table: sa.Table, rows: list[dict[str, object]]) -> None:
        if rows:
            self._connection.execute(sa.insert(table), rows)

    def get(self) -> Partnership | None:
        """The partnership, without the history its file brought (that is in the figures); None before `load`."""
        row = self._connection.execute(sa.select(t.partnership)).first()
        if row is None:
            return None
        if row.stamp and self._read.held is not None and self._read.held[0] == row.stamp:
            return self._read.held[1]
        partnership = self._read_anew(row)
        self._read.held = (row.stamp, partnership)
        return partnership

    def _read_anew(self, row: sa.Row[tuple[object, ...]]) -> Partnership:
        return Partnership(
            id=row.id,
            name=row.name,
            plan=row.plan,
            mailbox=row.mailbox,
            timetable=timetables.load(row.timetable),
            priorities=self._priorities(),
            people=self._people(),
            definitions=self._definitions(),
            responsibilities=self._responsibilities(),
            release=releases.load(row.release),
            retention=retentions.load(row.retention),
            publication=publications.load(row.publication),
        )

    def _priorities(self) -> tuple[Priority, ...]:
        rows = self._connection.execute(sa.select(t.priority).order_by(t.priority.c.place))
        return tuple(Priority(r.code, r.title, r.lead) for r in rows)

    def _people(self) -> tuple[Person, ...]:
        mail: dict[str, list[str]] = {}
        for row in self._connection.execute(sa.select(t.address).order_by(t.address.c.place)):
            mail.setdefault(row.person, []).append(row.email)
        rows = self._connection.execute(sa.select(t.person).where(t.person.c.active).order_by(t.person.c.place))
        return tuple(
            Person(
                r.id, r.title, r.organisation, Role(r.role), tuple(mail.get(r.id, ())), _slack(r), r.deputy, r.left_on
            )
            for r in rows
        )

    def _definitions(self) -> tuple[Definition, ...]:
        ordered = (
            sa.select(t.definition.c.content)
            .join(t.measure, t.measure.c.code == t.definition.c.measure)
            .order_by(t.measure.c.place, t.definition.c.from_period)
        )
        return tuple(definitions.load(content) for content in self._connection.execute(ordered).scalars())

    def _responsibilities(self) -> tuple[Responsibility, ...]:
        columns = t.responsibility
        rows = self._connection.execute(sa.select(columns).order_by(columns.c.measure, columns.c.since))
        return tuple(Responsibility(r.measure, r.person, r.since, r.until) for r in rows)


def _defined(definition: Definition) -> dict[str, object]:
    return {
        "measure": definition.code,
        "from_period": definition.from_period,
        "retired_from": definition.retired_from,
        "priority": definition.priority,
        "title": definition.title,
        "unit": definition.unit,
        "content": definitions.dump(definition),
    }


def _slack(row: sa.Row[tuple[object, ...]]) -> SlackAccount | None:
    f = row._mapping
    return SlackAccount(f["slack_team"], f["slack_conversation"]) if f["slack_team"] else None

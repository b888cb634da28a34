"""The definitions as tables of text: what goes out in the coordinator's workbook and is compared when it comes back."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from collector.booklet import Booklet, Column, Page
from collector.confirming import meaning
from collector.definition_words import POLARITIES, ROLES, UNITS, names_of, rhythm_words, rhythms, settled
from collector.domain.came_back import Texts
from collector.domain.figure import plain
from collector.domain.indicator import Definition, in_force
from collector.domain.partnership import Partnership
from collector.domain.period import Quarter, day
from collector.domain.target import Comparator
from collector.ports import Calendar
from collector.timetable import steps_of
from collector.wording import clock, on_day

#: Another number is another kind of workbook.
VERSION = 2
ORIGIN_SHEET = "Origin"
MARK = "definitions"
INDICATORS, PEOPLE, PRIORITIES, TIMETABLE = "Indicators", "People", "Priorities", "Timetable"
PAGES = (INDICATORS, PEOPLE, PRIORITIES, TIMETABLE)
#: What stands under Part, and nothing under Owed by, where a figure is the sum of its parts.
PUT_TOGETHER = "put together"
_SPARE_ROWS = 15
_ROUNDS_SHOWN = 4


@dataclass(frozen=True)
class Table:
    """One sheet as text: rows by their key, which stands in the first column."""

    page: str
    headings: Texts
    rows: Mapping[str, Texts]

    def field(self, key: str, heading: str) -> str:
        """What a row says under a heading, "" where there is no such row."""
        return self.rows[key][self.headings.index(heading)] if key in self.rows else ""


_TARGET_NOTE = "As the plan words it. Changed words are read anew, and have effect once somebody has confirmed them."
_MEANING_NOTE = "What the target is understood to mean. If that is wrong, say here what it means: at least 85%."
_COLUMNS: Mapping[str, tuple[Column, ...]] = {
    INDICATORS: (
        Column(
            "Code", 10, "The measure's code. A code that is new is a new measure; a row taken out is asked no more."
        ),
        Column("Indicator", 11, "The indicator that a measure belongs to, where one asks for several figures."),
        Column("Title", 44),
        Column("Short name", 20, "How it is named in messages, up to 60 letters."),
        Column("Priority", 10, "The priority's code, from the sheet Priorities."),
        Column("Unit", 18, "What is counted. Pick from the list.", tuple(UNITS.values())),
        Column("Which way is better", 18, "No colour before it is confirmed.", tuple(POLARITIES.values())),
        Column("Target", 26, _TARGET_NOTE),
        Column("It means", 34, _MEANING_NOTE),
        Column("Tolerance", 11, "How far from the target is still Amber, in the unit. Empty: 5% of the target."),
        Column("How often", 22, "And in which quarters it is owed. Pick from the list."),
        Column("Owed by", 30, "Who sends the figure: a role title from the sheet People."),
        Column("Published after", 12, "How many days from the quarter's end until the source publishes."),
        Column("Goes on", 10, "No: figures before the change can't be compared with those after it.", ("yes", "no")),
        Column("Part", 18, "Whose part of the indicator's figure this is, where several contributors report it."),
    ),
    PEOPLE: (
        Column("Id", 18, "A short name of letters, digits and hyphens. It stays the same when the title changes."),
        Column("Role title", 40, "How they are written to. Roles, no private names."),
        Column("Organisation", 36),
        Column("Part", 18, "What they are to the round. Pick from the list.", tuple(ROLES.values())),
        Column("Addresses", 50, "Email addresses, with ; between them. The first is the one that is written to."),
        Column("Slack", 26, "Workspace and member as Slack's ids: T012AB3CD/U012AB3CD. Empty: not in Slack."),
    ),
    PRIORITIES: (
        Column("Code", 10),
        Column("Title", 60),
        Column("Lead", 40, "Who signs it off: a role title from the sheet People."),
    ),
    TIMETABLE: (Column("What", 50), Column("When", 60)),
}
_HEADINGS: Mapping[str, Texts] = {page: tuple(column.heading for column in each) for page, each in _COLUMNS.items()}


def tables_of(partnership: Partnership, since: Quarter) -> dict[str, Table]:
    """What the books say for a quarter and later, as the sheets that can be changed: by page, then by key."""
    found = (
        (INDICATORS, _indicators(partnership, since)),
        (PEOPLE, _people(partnership)),
        (PRIORITIES, _priorities(partnership)),
    )
    return {
        page: Table(page, _HEADINGS[page], {row[0]: row for row in (tuple(map(settled, each)) for each in rows)})
        for page, rows in found
    }


def _indicators(partnership: Partnership, since: Quarter) -> Iterable[Texts]:
    names = names_of(partnership.people)
    owners = {held.measure: names.get(held.person, "") for held in partnership.responsibilities if held.holds(since)}
    for definition in in_force(partnership.definitions, since).values():
        yield _indicator(definition, owners.get(definition.code, ""), since)


def _indicator(definition: Definition, owner: str, since: Quarter) -> Texts:
    target = definition.target
    broken = definition.from_period == since and not definition.comparable_with_previous
    return (
        definition.code,
        definition.indicator,
        definition.title,
        definition.short,
        definition.priority,
        UNITS[definition.unit],
        POLARITIES[definition.polarity],
        target.wording,
        "" if target.comparator is Comparator.MILESTONE else meaning(definition),
        "" if target.tolerance is None else plain(target.tolerance),
        rhythm_words(definition.rhythm, definition.owed_in),
        owner,
        str(definition.lag_days),
        "no" if broken else "yes",
        PUT_TOGETHER if definition.parts else definition.part,
    )


def _people(partnership: Partnership) -> Iterable[Texts]:
    for person in partnership.people:
        slack = f"{person.slack.team}/{person.slack.conversation}" if person.slack else ""
        addresses = "; ".join(person.addresses)
        yield person.id, person.title, person.organisation, ROLES[person.role], addresses, slack


def _priorities(partnership: Partnership) -> Iterable[Texts]:
    names = names_of(partnership.people)
    for priority in partnership.priorities:
        yield priority.code, priority.title, names.get(priority.lead, "")


def definitions_booklet(partnership: Partnership, since: Quarter, calendar: Calendar, now: datetime) -> Booklet:
    """The workbook that goes out: what is in force from a quarter on, and in a hidden sheet what it was made from."""
    made, tables = calendar.local(now), tables_of(partnership, since)
    about = (
        f"What holds from {since}, as the books stood on {on_day(made.date())}, {clock(made)}.",
        "Change what stands under the headings, add rows below, take rows out. What would change is shown before "
        "anything does.",
    )
    timetable = _timetable(partnership, since, calendar)
    pages = [_page(table, partnership, about) for table in tables.values()]
    pages.append(_timetable_page(timetable))
    return Booklet(
        title=f"{settled(partnership.name)}: definitions from {since}",
        author=settled(partnership.name),
        made=made,
        pages=tuple(pages),
        period=f"Definitions from {since}",
        hidden_name=ORIGIN_SHEET,
        hidden=tuple(_origin(partnership, since, made, (*tables.values(), timetable))),
    )


def _page(table: Table, partnership: Partnership, about: Texts) -> Page:
    names = tuple(names_of(partnership.people).values())
    offered = {
        "Priority": tuple(priority.code for priority in partnership.priorities),
        "How often": tuple(rhythms(partnership.definitions)),
        "Owed by": names,
        "Lead": names,
    }
    columns = tuple(
        Column(c.heading, c.width, c.note, offered.get(c.heading, c.choices), must=bool(c.choices))
        for c in _COLUMNS[table.page]
    )
    rows = tuple(table.rows.values())
    frozen = 3 if table.page == INDICATORS else 1
    when = "Holds from a quarter on: the past stays as it was." if table.page == INDICATORS else "Changes at once."
    return Page(
        table.page,
        table.page,
        columns,
        rows,
        (about[0], f"{about[1]} {when}"),
        frozen,
        editable=True,
        spare=_SPARE_ROWS,
    )


def _timetable(partnership: Partnership, since: Quarter, calendar: Calendar) -> Table:
    """What applies, in words: it is shown and not taken back in."""
    held = partnership.timetable
    rungs = ", ".join(_rung(days) for days in held.rungs)
    rows = [
        ("Reminders", f"{rungs} the due date, in working days"),
        ("Office hours", f"{_hour(held.office_opens)} to {_hour(held.office_closes)}, {held.timezone}"),
        ("Board and digest", f"{_WEEKDAYS[held.weekly_on]}, {_hour(held.weekly_at)}"),
        ("A question counts as answered in time within", f"{held.query_days} working days"),
        ("Closed days", ", ".join(map(day, held.closed)) or "none but weekends and bank holidays"),
    ]
    period = since
    for _ in range(_ROUNDS_SHOWN):
        steps = steps_of(calendar.dates(period))
        rows.append((str(period), "; ".join(f"{name} {on_day(when)}" for name, when in steps)))
        period = period.next
    return Table(
        TIMETABLE, _HEADINGS[TIMETABLE], {settled(what): (settled(what), settled(when)) for what, when in rows}
    )


def _timetable_page(table: Table) -> Page:
    about = ("What applies. It is changed in the partnership's definition file, not here.",)
    return Page(TIMETABLE, TIMETABLE, _COLUMNS[TIMETABLE], tuple(table.rows.values()), about, locked=True)


_WEEKDAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


def _hour(when: time) -> str:
    return f"{when:%H:%M}"


def _rung(days: int) -> str:
    if days == 0:
        return "on"
    return f"{abs(days)} {'before' if days < 0 else 'after'}"


def _origin(partnership: Partnership, since: Quarter, made: datetime, tables: Sequence[Table]) -> Iterable[Texts]:
    """The rows of the hidden sheet: whose it is and what was sent, in full, so that what changed since can be told."""
    yield (MARK, str(VERSION))
    yield ("partnership", partnership.id)
    yield ("from", since.key)
    yield ("made", made.isoformat())
    rows = [(table.page, *row) for table in tables for row in table.rows.values()]
    yield ("digest", digest_of(rows))
    for row in rows:
        yield ("row", *row)


def digest_of(rows: Iterable[Texts]) -> str:
    """The digest of what was sent: a hidden sheet that was worked in is no witness any more."""
    said = hashlib.sha256()
    for row in rows:
        said.update("\x1f".join(row).rstrip("\x1f").encode() + b"\n")
    return said.hexdigest()


def headings_of(page: str) -> Texts:
    """The headings of a sheet."""
    return _HEADINGS[page]

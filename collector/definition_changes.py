"""The definitions in from a workbook: what would change is said first, and nothing changes before somebody says yes.

A changed definition is a new one from a quarter on (the next round, unless another is named); the past stays as it
was. People and priorities change at once. The definition file and the workbook live together like this: what a
workbook changes is on the books, and loading the file again shows it as a difference like any other.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from collector.acting import Acting, NotDone
from collector.books import AuditLine
from collector.definition_parts import with_its_parts
from collector.definition_people import people_of, priorities_of
from collector.definition_rows import EditedRow, Edits, edits, timetable_problems
from collector.definition_sheets import INDICATORS, PEOPLE, PRIORITIES, tables_of
from collector.definition_telling import becomes, lost, new_words, would_mean
from collector.definition_values import Ground, ReadRow, read_row
from collector.definition_words import is_code, names_of, rhythms
from collector.domain.came_back import CameBack, CameTable, Texts
from collector.domain.indicator import Definition, in_force
from collector.domain.partnership import Partnership
from collector.domain.people import Person, Responsibility
from collector.domain.period import Quarter
from collector.domain.submission import Inbound
from collector.ports import Calendar, Unit

_BY_WORKBOOK = "changed by the coordinator's workbook"
NOTHING = "Nothing changes: the books hold this already."


@dataclass(frozen=True)
class Change:
    """One change in a plain line, and the code or person that it is about."""

    about: str
    words: str


@dataclass(frozen=True)
class Preview:
    """What a workbook would change, or every reason why it can't; `partnership` is what the books would hold."""

    changes: tuple[Change, ...]
    problems: Texts
    partnership: Partnership

    @property
    def lines(self) -> Texts:
        """The changes as they are shown."""
        return tuple(change.words for change in self.changes) or (NOTHING,)


def next_round(unit: Unit, calendar: Calendar, now: datetime) -> Quarter:
    """The first quarter whose round has not opened: the earliest from which a change can hold."""
    latest = unit.rounds.latest()
    ended = Quarter.containing(calendar.local(now).date()).previous
    return ended if latest is None else max(latest.period.next, ended)


def preview(
    partnership: Partnership, came: CameBack, latest: Quarter | None, since: Quarter | None = None, why: str = ""
) -> Preview:
    """Hold a workbook against the books; `latest` is the latest round that was opened.

    Changes hold from `since`, or from the quarter for which the workbook was made.
    """
    if came.partnership != partnership.id:
        words = f"{came.name} is another partnership's. These books are {partnership.name}'s."
        return Preview((), (words,), partnership)
    made_for = Quarter.parse(came.since)
    start = since or made_for
    if latest is not None and start <= latest:
        words = f"The round of {start} was opened already, and what it was collected under stays as it was."
        return Preview((), (f"{words} Changes can hold from {latest.next}: say so with that quarter.",), partnership)
    return _Maker(partnership, came, made_for, start, latest, why).preview()


class _Maker:
    """Makes the preview of one workbook."""

    def __init__(
        self,
        partnership: Partnership,
        came: CameBack,
        made_for: Quarter,
        since: Quarter,
        latest: Quarter | None,
        why: str,
    ) -> None:
        self._old, self._came, self._made_for = partnership, came, made_for
        self._since, self._latest, self._why = since, latest, why
        self._problems = [*came.problems, *timetable_problems(came)]
        self._changes: list[Change] = []

    def preview(self) -> Preview:
        """Sheet by sheet; all problems at once."""
        tables = tables_of(self._old, self._made_for)
        rows, people, priorities = (edits(self._came, tables[page]) for page in (INDICATORS, PEOPLE, PRIORITIES))
        for found in (rows, people, priorities):
            self._problems += found.problems
        everybody = people_of(people, self._old, self._latest, self._problems)
        names = _known_names(self._old.people, everybody)
        leading = priorities_of(priorities, self._old, names, self._problems)
        new = replace(self._old, people=everybody, priorities=leading)
        definitions = self._definitions(rows, new, names)
        self._tell(people, "at once", {person.id: person.title for person in (*self._old.people, *everybody)})
        self._tell(priorities, "at once", {})
        if self._problems:
            return Preview((), tuple(dict.fromkeys(self._problems)), self._old)
        return Preview(tuple(self._changes), (), definitions)

    # --- indicators ---------------------------------------------------------------------------------------------------

    def _definitions(self, rows: Edits, new: Partnership, names: Mapping[str, str]) -> Partnership:
        then, now = in_force(new.definitions, self._made_for), in_force(new.definitions, self._since)
        ground = Ground(
            since=self._since,
            why=self._why or _BY_WORKBOOK,
            names=names,
            priorities=tuple(priority.code for priority in new.priorities),
            rhythms=rhythms(new.definitions),
            sharing=_sharing(self._came.tables),
            wholes=tuple(held.code for held in new.wholes(self._since)),
        )
        for row in rows.edited:
            held = now.get(row.key)
            if not row.new and held != then.get(row.key):
                words = f"what “{row.key}” means changes between {self._made_for} and {self._since} already"
                self._problems.append(f"{INDICATORS}, row {row.number}: {words}. Take a workbook for {self._since}.")
                continue
            if row.new and (wrong := self._why_no_code(row.key)):
                self._problems.append(f"{row.cell('Code')}: {wrong}")
            read = read_row(row, held, ground, self._problems)
            if read is not None:
                new = self._with(new, row, held, read)
        for code in rows.removed:
            new = self._without(new, code)
        return with_its_parts(new, self._since, ground.why, self._problems)

    def _why_no_code(self, code: str) -> str:
        if not is_code(code):
            return f"“{code}” is no code. Use letters, digits and hyphens, up to 30."
        if any(code.casefold() in (d.code.casefold(), d.indicator.casefold()) for d in self._old.definitions):
            return f"“{code}” has meant something before, and a code means one thing. Take another."
        return ""

    def _with(self, new: Partnership, row: EditedRow, held: Definition | None, read: ReadRow) -> Partnership:
        """The partnership with a definition from the quarter on, and who owes it; each change is told."""
        definition = read.definition
        if held is not None and held.from_period != self._since:
            # Only a measure's first definition says what it continues.
            definition = replace(definition, continues="")
        if held is None:
            self._changes.append(Change(row.key, new_words(definition, row.texts["Owed by"], self._since)))
        else:
            self._changes += [Change(row.key, words) for words in self._differences(row, held, definition)]
        same = held is not None and _says_the_same(definition, held)
        definitions = new.definitions if same else _inserted(new.definitions, definition, held)
        owed = new.responsibilities
        if not definition.parts:
            owed = _owed(owed, row.key, read.owner, self._since)
        return replace(new, definitions=definitions, responsibilities=owed)

    def _differences(self, row: EditedRow, held: Definition, definition: Definition) -> Iterator[str]:
        start = f"from {self._since}"
        for heading in row.changed:
            if heading not in ("Target", "It means"):
                yield f"{row.key} {heading.lower()}: {becomes(row.was[heading], row.texts[heading])} {start}."
        was, now = held.target, definition.target
        if replace(was, tolerance=now.tolerance) != now:
            words = f"{row.key} target: {becomes(was.wording, now.wording)} {start}."
            if was.wording == now.wording:
                words = f"{row.key} target: “{now.wording}” is read anew {start}."
            yield words + would_mean(definition) + lost(held, definition)
        later = [d.from_period for d in self._old.definitions if d.code == row.key and d.from_period > self._since]
        if later:
            yield f"{row.key}: this holds until {min(later)}, from which the books have another definition already."

    def _without(self, new: Partnership, code: str) -> Partnership:
        """A measure that is asked no more from the quarter on; what was collected stays."""
        held = in_force(new.definitions, self._since).get(code)
        if held is None:
            self._problems.append(f"{INDICATORS}: “{code}” ends before {self._since} already. Put its row back.")
            return new
        words = f"{code} ({held.short}): no longer asked for from {self._since}; what was collected stays."
        self._changes.append(Change(code, words))
        definitions = tuple(
            replace(d, retired_from=self._since) if d.code == code else d
            for d in new.definitions
            if d.code != code or d.from_period < self._since
        )
        owed = tuple(
            replace(r, until=self._since) if r.measure == code and (r.until is None or r.until > self._since) else r
            for r in new.responsibilities
            if r.measure != code or r.since < self._since
        )
        return replace(new, definitions=definitions, responsibilities=owed)

    # --- people and priorities ----------------------------------------------------------------------------------------

    def _tell(self, found: Edits, start: str, titles: Mapping[str, str]) -> None:
        for row in found.edited:
            if row.new:
                said = ", ".join(text for heading, text in row.texts.items() if text and heading not in ("Id", "Code"))
                self._changes.append(Change(row.key, f"{row.page}: {row.key} is new {start}: {said}."))
                continue
            for heading in row.changed:
                words = f"{titles.get(row.key, row.key)} {heading.lower()}: "
                words += f"{becomes(row.was[heading], row.texts[heading])} {start}."
                self._changes.append(Change(row.key, words))
        for key in found.removed:
            self._changes.append(Change(key, f"{titles.get(key, key)}: taken out {start}."))


def _known_names(*people: Sequence[Person]) -> dict[str, str]:
    """People's ids by every name that they go by: as they were called and as they are, and the id itself."""
    known: dict[str, str] = {}
    last = {person.id for person in people[-1]}
    for each in people:
        known |= {name.casefold(): key for key, name in names_of(each).items() if key in last}
    return known | {person.id.casefold(): person.id for person in people[-1]}


def _sharing(tables: Sequence[CameTable]) -> dict[str, tuple[int, int]]:
    """Of measures of one indicator whose target has the same words ("65%/75%"): the place of each, and how many."""
    together: dict[tuple[str, str], list[str]] = {}
    for table in tables:
        if table.page == INDICATORS:
            for row in table.rows:
                indicator, wording = row.texts["Indicator"] or row.texts["Code"], row.texts["Target"]
                together.setdefault((indicator, wording), []).append(row.texts["Code"])
    return {code: (place, len(codes)) for codes in together.values() for place, code in enumerate(codes)}


def _says_the_same(definition: Definition, held: Definition) -> bool:
    """Whether a definition only repeats the one that it would follow."""
    if not definition.comparable_with_previous and definition.from_period != held.from_period:
        return False
    kept = ("from_period", "why", "continues", "comparable_with_previous")
    return replace(definition, **{name: getattr(held, name) for name in kept}) == held


def _inserted(
    definitions: Sequence[Definition], definition: Definition, held: Definition | None
) -> tuple[Definition, ...]:
    """A definition in its place: in place of the one held where both start together, after it, or last."""
    found = list(definitions)
    if held is None:
        like = [at for at, each in enumerate(found) if each.priority == definition.priority]
        found.insert(like[-1] + 1 if like else len(found), definition)
    elif held.from_period == definition.from_period:
        found[found.index(held)] = definition
    else:
        found.insert(found.index(held) + 1, definition)
    return tuple(found)


def _owed(
    responsibilities: Sequence[Responsibility], measure: str, owner: str, since: Quarter
) -> tuple[Responsibility, ...]:
    """Who owes a measure from a quarter on; for the quarters before nothing changes."""
    holding = [r for r in responsibilities if r.measure == measure and r.holds(since)]
    if [r.person for r in holding] == [owner]:
        return tuple(responsibilities)
    kept = [r for r in responsibilities if r not in holding]
    kept += [replace(r, until=since) for r in holding if r.since < since]
    until = min((r.since for r in kept if r.measure == measure and r.since > since), default=None)
    ends = holding[-1].until if holding else until
    return (*kept, Responsibility(measure, owner, since, ends))


def change_definitions(
    acting: Acting, came: CameBack, since: Quarter | None = None, why: str = "", raw: bytes = b""
) -> Texts:
    """Bring a workbook of definitions in: what was changed, a line each. NotDone names everything that is in the way.

    `raw` are the workbook's bytes; they are kept, so that each change leads back to what it came from.
    """
    if not acting.coordinates:
        raise NotDone("Only the coordinator changes definitions. Send the workbook to the coordinator.")
    unit, now = acting.unit, acting.now
    partnership, opened = unit.plan.get(), unit.rounds.latest()
    if partnership is None:
        raise NotDone("No partnership is loaded yet.")
    found = preview(partnership, came, opened.period if opened else None, since, why)
    if found.problems:
        raise NotDone("\n".join(found.problems))
    if not found.changes:
        return (NOTHING,)
    unit.plan.save(found.partnership)
    kept = unit.blobs.put(raw)
    unit.inbox.keep(Inbound("load", f"definitions:{kept}", now, raw, len(raw)), kept, handled=True)
    for change in found.changes:
        acting.write("definition changed", change.about, f"{change.words} {why}".strip())
    unit.audit.write(AuditLine(now, acting.by.id, "definitions changed by workbook", came.name, f"sha256 {kept}"))
    return (*found.lines, *_to_confirm(found))


def _to_confirm(found: Preview) -> Texts:
    """What has no effect yet."""
    about = {change.about for change in found.changes}
    open_ = sorted(
        {
            d.code
            for d in found.partnership.definitions
            if d.code in about and not d.target.confirmed and d.target.can_be_confirmed
        }
    )
    if not open_:
        return ()
    return (f"To be confirmed before there is a colour: {', '.join(open_)}.",)

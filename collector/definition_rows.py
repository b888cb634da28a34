"""What was changed in a workbook of definitions, held against what was sent and what the books say now. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from collector.definition_sheets import TIMETABLE, Table
from collector.domain.came_back import CameBack, CameRow, CameTable, Texts

_FRESH = "Take a fresh workbook and make the change there."


@dataclass(frozen=True)
class EditedRow:
    """A row that was changed or added: the headings whose words changed; all of them where it is `new`."""

    page: str
    key: str
    number: int
    columns: Mapping[str, str]
    texts: Mapping[str, str]
    changed: Texts
    was: Mapping[str, str]
    new: bool = False

    def cell(self, heading: str) -> str:
        """How a cell is named to people."""
        return f"{self.page}, cell {self.columns[heading]}{self.number}"


@dataclass
class Edits:
    """What was changed in one sheet; `problems` name their sheet and cell."""

    edited: list[EditedRow] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def edits(came: CameBack, now: Table) -> Edits:
    """The rows of a sheet that were changed, added or taken out since it was sent.

    A row that the books changed too meanwhile is refused; a change that the books hold already is none.
    """
    found = Edits()
    came_table = next((each for each in came.tables if each.page == now.page), None)
    if came_table is None:
        return found
    sent, seen = came.sent[now.page], set[str]()
    for row in came_table.rows:
        key = row.texts[now.headings[0]]
        where = f"{now.page}, cell {came_table.columns[now.headings[0]]}{row.number}"
        if not key:
            found.problems.append(f"{where}: the row has no {now.headings[0].lower()}. Give it one, or clear the row.")
        elif key.casefold() in seen:
            found.problems.append(f"{where}: “{key}” is here twice. Take one of the rows out.")
        else:
            seen.add(key.casefold())
            _weigh(found, now, came_table, row, key, sent.get(key))
    for key in sent:
        if key.casefold() not in seen and key in now.rows:
            if now.rows[key] == sent[key]:
                found.removed.append(key)
            else:
                words = f"“{key}” was taken out here and changed on the books since this workbook was made"
                found.problems.append(f"{now.page}: {words} ({_differences(now, key, sent[key])}). {_FRESH}")
    return found


def _weigh(found: Edits, now: Table, table: CameTable, row: CameRow, key: str, sent: Texts | None) -> None:
    said = tuple(row.texts[heading] for heading in now.headings)
    held = now.rows.get(key)
    if sent is None:
        _weigh_new(found, now, table, row, key, held)
        return
    changed = tuple(heading for heading, was, theirs in zip(now.headings, sent, said, strict=True) if was != theirs)
    where = f"{now.page}, row {row.number}"
    if not changed or (held is not None and all(_alike(row.texts[each], now.field(key, each)) for each in changed)):
        return
    if held is None:
        found.problems.append(f"{where}: “{key}” is not on the books any more. Clear the row.")
    elif held != sent:
        words = f"“{key}” was changed here and on the books too since this workbook was made"
        found.problems.append(f"{where}: {words} ({_differences(now, key, sent)}). {_FRESH}")
    else:
        was = dict(zip(now.headings, held, strict=True))
        found.edited.append(EditedRow(now.page, key, row.number, table.columns, row.texts, changed, was))


def _weigh_new(found: Edits, now: Table, table: CameTable, row: CameRow, key: str, held: Texts | None) -> None:
    if held is None:
        nothing = dict.fromkeys(now.headings, "")
        new = EditedRow(now.page, key, row.number, table.columns, row.texts, now.headings, nothing, new=True)
        found.edited.append(new)
    elif not all(_alike(text, now.field(key, heading)) for heading, text in row.texts.items() if text):
        words = f"“{key}” was added to the books since this workbook was made, and says something else there"
        found.problems.append(f"{now.page}, row {row.number}: {words}. {_FRESH}")


def _alike(text: str, held: str) -> bool:
    """Names and what is picked from lists mean the same whatever their capitals."""
    return text.casefold() == held.casefold()


def _differences(now: Table, key: str, sent: Texts) -> str:
    pairs = zip(now.headings, sent, now.rows[key], strict=True)
    told = [f"{heading.lower()}: “{was}” is “{held}” now" for heading, was, held in pairs if was != held]
    return "; ".join(told)


def timetable_problems(came: CameBack) -> list[str]:
    """The timetable is only shown: what was changed in it is told."""
    table = next((each for each in came.tables if each.page == TIMETABLE), None)
    if table is None:
        return []
    sent = came.sent[TIMETABLE]
    return [
        f"{TIMETABLE}, row {row.number}: the timetable is changed in the partnership's definition file, not here."
        for row in table.rows
        if tuple(row.texts.values()) != sent.get(next(iter(row.texts.values())))
    ]

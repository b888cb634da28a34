"""The sheets People and Priorities as they came back: every problem names its cell. What changes, changes at once."""

import re
from collections.abc import Iterable, Mapping, Sequence

from collector.definition_rows import EditedRow, Edits
from collector.definition_words import ROLES, is_code, names_of, picked
from collector.domain.indicator import Priority
from collector.domain.partnership import Partnership
from collector.domain.people import Person, Role, SlackAccount
from collector.domain.period import Quarter

_ADDRESS = re.compile(r"[^@\s<>,;:\"]+@[^@\s<>,;:\"]+\.[A-Za-z]+")
_SLACK = re.compile(r"[TE][A-Z0-9]{2,20}/[UWCG][A-Z0-9]{2,20}")
_BETWEEN = re.compile(r"[;,\s]+")
_CODE_WORDS = "Use letters, digits and hyphens, up to 30."


def people_of(
    found: Edits, partnership: Partnership, latest: Quarter | None, problems: list[str]
) -> tuple[Person, ...]:
    """Everybody, as the sheet says; `latest` is the latest round that was opened."""
    held = {person.id: person for person in partnership.people}
    for row in found.edited:
        person = _person(row, problems)
        if person is not None:
            held[person.id] = person
    names = names_of(partnership.people)
    for gone in found.removed:
        del held[gone]
        owed = [r.measure for r in partnership.responsibilities if r.person == gone and _later(r.until, latest)]
        if owed:
            words = f"still owes {', '.join(owed[:5])}{' and more' if len(owed) > 5 else ''}"
            later = f" also after {latest}" if latest else ""
            problems.append(
                f"People: {names[gone]} {words}{later}. Name somebody else for it first, and take the row out later."
            )
    people = tuple(held.values())
    rows = {row.key: row for row in found.edited}
    problems += _clashes(people, partnership.mailbox, rows)
    for role in (Role.CHAIR, Role.COORDINATOR):
        count = sum(person.role is role for person in people)
        if count != 1:
            problems.append(f"People: there must be one {ROLES[role]}; here are {count or 'none'}.")
    return people


def _later(until: Quarter | None, latest: Quarter | None) -> bool:
    return until is None or latest is None or until > latest


def _person(row: EditedRow, problems: list[str]) -> Person | None:
    found = len(problems)
    if row.new and not is_code(row.key):
        problems.append(f"{row.cell('Id')}: “{row.key}” is no short name. {_CODE_WORDS}")
    for heading in ("Role title", "Organisation"):
        if not row.texts[heading]:
            problems.append(f"{row.cell(heading)}: there is nothing here. Write the {heading.lower()}.")
    role = picked(row.texts["Part"], {role.value: words for role, words in ROLES.items()})
    if role is None:
        problems.append(f"{row.cell('Part')}: “{row.texts['Part']}” is none of the list. Pick one from the list.")
    addresses = tuple(each.lower() for each in _BETWEEN.split(row.texts["Addresses"]) if each)
    for address in addresses:
        if not _ADDRESS.fullmatch(address) or len(address) > 200:
            problems.append(f"{row.cell('Addresses')}: “{address}” is no email address.")
    slack = row.texts["Slack"]
    if slack and not _SLACK.fullmatch(slack):
        problems.append(f"{row.cell('Slack')}: “{slack}” is no workspace and member, like T012AB3CD/U012AB3CD.")
    if not addresses and not slack:
        problems.append(f"{row.cell('Addresses')}: there must be a way to write to {row.key}: an address, or Slack.")
    if len(problems) > found or role is None:
        return None
    team, _, conversation = slack.partition("/")
    account = SlackAccount(team, conversation) if slack else None
    distinct = tuple(dict.fromkeys(addresses))
    return Person(row.key, row.texts["Role title"], row.texts["Organisation"], Role(role), distinct, account)


def _clashes(people: Sequence[Person], mailbox: str, rows: Mapping[str, EditedRow]) -> Iterable[str]:
    """Two people with one address: nobody could tell who wrote."""
    owners = {mailbox.lower(): "the partnership's own mailbox"}
    for person in people:
        for address in person.addresses:
            owner = owners.setdefault(address.lower(), person.id)
            if owner != person.id:
                row = rows.get(person.id) or rows.get(owner)
                where = row.cell("Addresses") if row else "People"
                yield f"{where}: {address} is the address of {owner} already."


def priorities_of(
    found: Edits, partnership: Partnership, names: Mapping[str, str], problems: list[str]
) -> tuple[Priority, ...]:
    """The plan's priorities, as the sheet says; `names` are people's ids by the names they go by."""
    held = {priority.code: priority for priority in partnership.priorities}
    for row in found.edited:
        lead = names.get(row.texts["Lead"].casefold())
        if row.new and not is_code(row.key):
            problems.append(f"{row.cell('Code')}: “{row.key}” is no code. {_CODE_WORDS}")
        if not row.texts["Title"]:
            problems.append(f"{row.cell('Title')}: there is nothing here. Write the priority's title.")
        if lead is None:
            said = (
                f"nobody in the sheet People is called “{row.texts['Lead']}”" if row.texts["Lead"] else "nobody leads"
            )
            problems.append(f"{row.cell('Lead')}: {said}. Write the role title of somebody there.")
        else:
            held[row.key] = Priority(row.key, row.texts["Title"], lead)
    for gone in found.removed:
        named = sorted({d.code for d in partnership.definitions if d.priority == gone})
        if named:
            few = ", ".join(named[:5]) + (" and more" if len(named) > 5 else "")
            problems.append(f"Priorities: {gone} stays, for {few} belong or belonged to it.")
        else:
            del held[gone]
    for priority in held.values():
        if priority.lead not in names.values():
            problems.append(
                f"Priorities: the lead of {priority.code} is not in the sheet People any more. Name another."
            )
    return tuple(held.values())

"""Loading a partnership's definition file: what it changes is shown before it is changed; history comes with it."""

import hashlib
from collections import Counter
from dataclasses import fields, replace
from datetime import datetime

from collector.books import AuditLine, QueryState
from collector.confirming import meaning, with_confirmations
from collector.domain.figure import Reported, Source
from collector.domain.indicator import Definition
from collector.domain.partnership import Partnership
from collector.domain.people import Person
from collector.domain.period import Quarter
from collector.domain.round import ObligationState, RoundState
from collector.domain.submission import Inbound
from collector.domain.target import Comparator
from collector.handing_over import settle_hand_overs, with_hand_overs
from collector.known_addresses import with_known_addresses
from collector.ports import Books, Unit
from collector.rounds import LOADED, owed_in
from collector.wording import figure_words

_Dated = Partnership | Definition | Person


class WrongPartnership(Exception):
    """The file is another partnership's: one database is one partnership."""


def changes(books: Books, new: Partnership) -> list[str]:
    """What loading a file would change, a line each; empty when the books say the same already."""
    with books.begin() as unit:
        new = with_known_addresses(new, unit.addresses.known())
        new, _ = with_hand_overs(with_confirmations(new, unit.plan.get()), unit.people.hand_overs())
        return _changes(unit, new)


def load(books: Books, new: Partnership, sources: dict[str, bytes], now: datetime, actor: str) -> list[str]:
    """Bring the books up to a definition file, keeping the files' bytes; what was changed, a line each.

    `sources` are the bytes by kind: "definitions", and "history" where the file brings one. What a target's wording
    means has no effect until a person has confirmed it (RULES 11); a confirmation outlives a file that lacks it.
    """
    with books.begin() as unit:
        new = with_known_addresses(new, unit.addresses.known())
        new, over = with_hand_overs(with_confirmations(new, unit.plan.get()), unit.people.hand_overs())
        settle_hand_overs(unit, over, now)
        told = _changes(unit, new)
        if not told:
            return []
        rows = {kind: _keep(unit, kind, raw, now) for kind, raw in sources.items()}
        unit.plan.save(new)
        for reported in _news(unit, new.history):
            source = Source(
                rows["history"], actor, "load", now, now, now, "history/1", reason="loaded with the definition file"
            )
            unit.figures.add(reported, source, late=False)
        _bring_round_up(unit, new, now)
        unit.audit.write(AuditLine(now, actor, LOADED, new.id, f"{len(told)} changes"))
        return told


def _bring_round_up(unit: Unit, new: Partnership, now: datetime) -> None:
    """The round that is open follows the file: what is not in yet goes to who owes it now, what is new is owed too.

    What the file no longer asks for stays on the books and is shown nowhere (see `view_round`).
    """
    opened = unit.rounds.latest()
    if opened is None or opened.state is not RoundState.OPEN:
        return
    held = {owed.measure: owed for owed in unit.rounds.obligations(opened.period)}
    last = Counter[str]()
    for owed in held.values():
        last[owed.person] = max(last[owed.person], owed.number)
    for measure, person, _ in owed_in(new, opened.period):
        owed_now = held.get(measure)
        if owed_now is not None and (owed_now.person == person or owed_now.state is ObligationState.IN):
            continue
        last[person] += 1
        if owed_now is None:
            unit.rounds.owe(opened.period, measure, person, last[person])
            continue
        unit.rounds.hand_over(owed_now.id, person, last[person])
        for query in unit.queries.all(opened.period):
            if query.measure == measure and query.state is QueryState.OPEN:
                unit.queries.close(query.id, QueryState.OVERTAKEN, now)


def _keep(unit: Unit, kind: str, raw: bytes, now: datetime) -> int:
    key = f"load:{kind}:{hashlib.sha256(raw).hexdigest()}"
    row = unit.inbox.keep(Inbound("load", key, now, raw, len(raw)), unit.blobs.put(raw), handled=True)
    held = row or unit.inbox.by_key(key)
    if held is None:
        raise LookupError(f"{key} is neither new nor known")
    return held.id


def _changes(unit: Unit, new: Partnership) -> list[str]:
    old = unit.plan.get()
    if old is None:
        told = [f"new partnership: {new.name}, plan {new.plan}"]
    elif old.id != new.id:
        raise WrongPartnership(f"These books are {old.name}'s and the file is {new.name}'s. Use other books for it.")
    else:
        told = _field_changes(
            "partnership", old, new, ("name", "plan", "mailbox", "timetable", "release", "retention", "publication")
        )
    old_definitions = {(d.code, d.from_period): d for d in old.definitions} if old else {}
    told += _definition_changes(old_definitions, new.definitions)
    told += _people_changes({p.id: p for p in old.people} if old else {}, new.people)
    for what in ("priorities", "responsibilities"):
        held, wanted = set(getattr(old, what)) if old else set(), getattr(new, what)
        count = len([item for item in wanted if item not in held]) + len(held - set(wanted))
        if count:
            told.append(f"{what}: {count} changed")
    labels = {d.code: d for d in new.definitions}
    for reported in _news(unit, new.history):
        words = figure_words(reported, labels[reported.measure].unit)
        told.append(f"history {reported.period.key} {reported.measure}: {words}")
    return told


def _definition_changes(held: dict[tuple[str, Quarter], Definition], wanted: tuple[Definition, ...]) -> list[str]:
    told = []
    for definition in wanted:
        name = f"{definition.code} from {definition.from_period.key}"
        before = held.pop((definition.code, definition.from_period), None)
        if before is None:
            told.append(f"definition {name}: new, {definition.short}{_proposed(definition)}")
        else:
            told += _definition_fields(f"definition {name}", before, definition)
    told += [f"definition {d.code} from {d.from_period.key}: gone from the file" for d in held.values()]
    return told


def _proposed(definition: Definition) -> str:
    """What is still to be confirmed about a target, in words; a wording that nobody understands is said too."""
    target = definition.target
    if target.confirmed or target.comparator is Comparator.NONE:
        return ""
    state = "to be confirmed: " if target.can_be_confirmed else ""
    return f"; target \u201c{target.wording}\u201d, {state}{meaning(definition)}"


def _definition_fields(what: str, old: Definition, new: Definition) -> list[str]:
    """The fields that differ; a target in the words that people confirm."""
    told = _field_changes(what, old, replace(new, target=old.target))
    if old.target != new.target:
        was, now = (f"\u201c{d.target.wording}\u201d, {meaning(d)}" for d in (old, new))
        to_confirm = " To be confirmed." if new.target.can_be_confirmed and not new.target.confirmed else ""
        told.append(f"{what}: target was {was} Now {now}{to_confirm}")
    return told


def _people_changes(held: dict[str, Person], wanted: tuple[Person, ...]) -> list[str]:
    told = []
    for person in wanted:
        before = held.pop(person.id, None)
        if before is None:
            told.append(f"person {person.id}: new, {person.title}")
        else:
            told += _field_changes(f"person {person.id}", before, person)
    return told + [f"person {person.id}: gone from the file" for person in held.values()]


def _field_changes(what: str, old: _Dated, new: _Dated, only: tuple[str, ...] = ()) -> list[str]:
    names = only or tuple(field.name for field in fields(new))
    pairs = ((name, getattr(old, name), getattr(new, name)) for name in names)
    return [f"{what}: {name} was {_shown(was)}, now {_shown(now)}" for name, was, now in pairs if was != now]


def _shown(value: object) -> str:
    return "not set" if value in (None, "", ()) else str(value)


def _news(unit: Unit, history: tuple[Reported, ...]) -> list[Reported]:
    """The figures of the history that the books do not hold in the same words."""
    held = {period: unit.figures.current(period) for period in {reported.period for reported in history}}
    news = []
    for reported in history:
        figure = held[reported.period].get(reported.measure)
        if figure is None or (figure.reported != reported and figure.source.door == "load"):
            news.append(reported)
    return news

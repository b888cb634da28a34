"""A partnership's own definition file: YAML as an officer writes it, checked in full, then what the rules need.

An indicator lists what it says `from` a quarter on; `changes` repeat only what differs from then on. What a measure
says for itself wins over its indicator. Responsibilities follow `owed_by` through the changes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from collector.domain.indicator import Basis, Definition, Polarity, Priority, Rhythm
from collector.domain.partnership import Partnership
from collector.domain.people import Responsibility, Role
from collector.domain.period import Quarter
from collector.target_sentences import worded
from collector.target_wording import Row
from parsers.definition_doubts import rhythm_doubts, target_doubts
from parsers.errors import ParsersError
from parsers.history_csv import read_history
from parsers.located_yaml import Findings, Where, load, text_of
from parsers.partnership_file import ChangeShape, FileShape, IndicatorShape, MeasureShape, PartShape, shaped
from parsers.parts_file import AskedRow, Split, codes_of, key_of, part_doubts, rows_of, split_of
from parsers.publication_file import publication_doubts


class PartnershipError(ParsersError):
    """The file can't be used; `problems` holds every reason, each with file, line and key."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class _Stage:
    """What one measure says from a quarter until another; `where` is the part of the file that says so."""

    where: Where
    code: str
    indicator: IndicatorShape
    asked: AskedRow
    since: Quarter
    until: Quarter | None
    retired: Quarter | None
    facts: dict[str, Any]
    comparable: bool = True
    why: str = ""
    continues: str = ""
    place: int = 0
    measures: int = 1

    @property
    def row(self) -> Row:
        """What the wording of its target is read with."""
        polarity = self.facts.get("polarity") or Polarity.UNCONFIRMED
        return Row(self.facts["unit"], polarity, self.place, self.measures)


def read_partnership(path: Path) -> Partnership:
    """The partnership that a file describes, with its history; PartnershipError lists all problems at once."""
    findings = Findings(path.name)
    text = text_of(path, findings)
    given = None if text is None else load(text, findings)
    if findings.problems:
        raise PartnershipError(findings.problems)
    shape = shaped(FileShape, given, findings)
    if shape is None or findings.problems:
        raise PartnershipError(findings.problems)
    stages = _checked(shape, findings)
    if findings.problems:
        raise PartnershipError(findings.problems)
    definitions = tuple(_definition(stage) for stage in stages)
    history, problems = read_history(path.parent / shape.history, definitions) if shape.history else ((), [])
    if problems:
        raise PartnershipError(problems)
    return Partnership(
        id=shape.id,
        name=shape.name,
        plan=shape.plan,
        mailbox=shape.mailbox,
        timetable=shape.timetable.domain(),
        release=shape.release.domain(),
        retention=shape.retention.domain(),
        publication=shape.publication.domain() if shape.publication else None,
        priorities=tuple(Priority(row.code, row.title, row.lead) for row in shape.priorities),
        people=tuple(row.domain() for row in shape.people),
        definitions=definitions,
        responsibilities=_responsibilities(stages),
        history=history,
        history_file=shape.history or "",
    )


def _checked(shape: FileShape, findings: Findings) -> list[_Stage]:
    """The stages of every measure, after every check that looks at more than one key."""
    _check_people(shape, findings)
    _check_priorities(shape, findings)
    _check_codes(shape, findings)
    _check_continued(shape, findings)
    stages = []
    for at, indicator in enumerate(shape.indicators):
        if _in_order(indicator, ("indicators", at), findings):
            stages += list(_stages(indicator, ("indicators", at)))
    people = {person.id for person in shape.people}
    said: set[tuple[str, str]] = set()
    for stage in stages:
        for key, words in _doubts(stage, people):
            if (stage.code, words) not in said:
                findings.add((*stage.where, key), f"{stage.code} from {stage.since.key}: {words}")
                said.add((stage.code, words))
    if shape.publication is not None:
        known_codes = {stage.code for stage in stages} | {indicator.code for indicator in shape.indicators}
        for place, words in publication_doubts(shape.publication, known_codes):
            findings.add(("publication", *place), words)
    return stages


def _check_people(shape: FileShape, findings: Findings) -> None:
    _once(((person.id, ("people", at, "id")) for at, person in enumerate(shape.people)), findings, "person")
    for role in (Role.CHAIR, Role.COORDINATOR):
        count = sum(person.role is role for person in shape.people)
        if count != 1:
            findings.add(("people",), f"there must be one {role.value}; here are {count or 'none'}")
    owners = {shape.mailbox: "the partnership's own mailbox"}
    known = {person.id for person in shape.people}
    # Who leads, coordinates or chairs has rights of their own, and these never hang on an address of several people.
    contributors = {person.id for person in shape.people if person.role is Role.CONTRIBUTOR}
    for at, person in enumerate(shape.people):
        for number, address in enumerate(person.addresses):
            owner = owners.setdefault(address, person.id)
            if owner != person.id and not {owner, person.id} <= contributors:
                findings.add(
                    ("people", at, "addresses", number),
                    f"{address} is the address of {owner} already; only contributors share one",
                )
        if person.deputy is not None and person.deputy not in known - {person.id}:
            other = "somebody else" if person.deputy == person.id else f"somebody in people, not {person.deputy!r}"
            findings.add(("people", at, "deputy"), f"a deputy is {other}")


def _check_priorities(shape: FileShape, findings: Findings) -> None:
    _once(((row.code, ("priorities", at, "code")) for at, row in enumerate(shape.priorities)), findings, "priority")
    people = {person.id for person in shape.people}
    for at, priority in enumerate(shape.priorities):
        if priority.lead not in people:
            findings.add(("priorities", at, "lead"), f"nobody in people is {priority.lead!r}")
    known = {priority.code for priority in shape.priorities}
    for at, indicator in enumerate(shape.indicators):
        where: Where = ("indicators", at)
        for place, said in [*_parts(indicator, where), *_measures(indicator, where)]:
            if not isinstance(said, PartShape) and said.priority is not None and said.priority not in known:
                words = f"no priority has the code {said.priority!r}; there are {', '.join(sorted(known))}"
                findings.add((*place, "priority"), words)


def _check_codes(shape: FileShape, findings: Findings) -> None:
    """A code means one thing, in whatever case it is written; so does an alias."""
    codes: list[tuple[str, Where]] = []
    aliases: dict[str, str] = {}
    for at, indicator in enumerate(shape.indicators):
        where: Where = ("indicators", at)
        codes.append((indicator.code, (*where, "code")))
        names = {measure.code: (*place, "code") for place, measure in reversed(list(_measures(indicator, where)))}
        codes += names.items()
        for place, said in _aliases(indicator, where):
            owner = aliases.setdefault(said.casefold(), indicator.code)
            if owner != indicator.code:
                findings.add(place, f"{said!r} is an alias of {owner} already")
    _once(codes, findings, "indicator or measure")


def _check_continued(shape: FileShape, findings: Findings) -> None:
    """What a new measure continues was there before it."""
    begun: dict[str, Quarter] = {}
    said: list[tuple[Where, str, str, Quarter]] = []
    for at, indicator in enumerate(shape.indicators):
        for number, (place, part) in enumerate(_parts(indicator, ("indicators", at))):
            for code in _codes(indicator, number):
                begun[code] = min(part.since, begun.get(code, part.since))
            said += [
                ((*place, key_of(part), n, "continues"), measure.code, measure.continues, part.since)
                for n, measure in enumerate(split_of(part) or ())
                if measure.continues
            ]
        if indicator.continues:
            said.append((("indicators", at, "continues"), indicator.code, indicator.continues, indicator.since))
    for where, code, continued, since in said:
        if continued not in begun:
            findings.add(where, f"{code} can't continue {continued!r}: no indicator or measure has that code")
        elif begun[continued] >= since:
            findings.add(where, f"{code} can't continue {continued}: that is not defined before {since.key}")


def _measures(indicator: IndicatorShape, where: Where) -> Iterator[tuple[Where, MeasureShape | PartShape]]:
    for place, said in _parts(indicator, where):
        for number, measure in enumerate(split_of(said) or ()):
            yield (*place, key_of(said), number), measure


def _aliases(indicator: IndicatorShape, where: Where) -> Iterator[tuple[Where, str]]:
    for place, said in [*_parts(indicator, where), *_measures(indicator, where)]:
        for number, alias in enumerate(said.aliases or ()):
            yield (*place, "aliases", number), alias


def _parts(indicator: IndicatorShape, where: Where) -> list[tuple[Where, IndicatorShape | ChangeShape]]:
    return [(where, indicator), *(((*where, "changes", at), said) for at, said in enumerate(indicator.changes))]


def _once(codes: Iterable[tuple[str, Where]], findings: Findings, kind: str) -> None:
    first: dict[str, Where] = {}
    for code, where in codes:
        held = first.setdefault(code.casefold(), where)
        if held is not where:
            findings.add(where, f"the {kind} {code!r} is here twice, first on line {findings.line(held)}")


def _in_order(indicator: IndicatorShape, where: Where, findings: Findings) -> bool:
    """Whether each change comes after the one before, and the retirement after them all."""
    last, sound = indicator.since, True
    for at, change in enumerate(indicator.changes):
        if change.since <= last:
            words = f"{indicator.code} has a definition from {last.key} already; changes go forward in time"
            findings.add((*where, "changes", at, "from"), words)
            sound = False
        last = max(last, change.since)
    if indicator.retired and indicator.retired <= last:
        findings.add((*where, "retired"), f"{indicator.code} can't be retired before it was last defined, {last.key}")
        sound = False
    for place, said in _parts(indicator, where):
        codes = [measure.code for measure in split_of(said) or ()]
        for at, code in enumerate(codes):
            if code in codes[:at]:
                words = f"the {'part' if said.parts else 'measure'} {code!r} is here twice"
                findings.add((*place, key_of(said), at, "code"), words)
                sound = False
        if said.measures is not None and said.parts is not None:
            findings.add((*place, "parts"), f"{indicator.code} has either measures or parts, not both")
            sound = False
    return sound


def _stages(indicator: IndicatorShape, where: Where) -> Iterator[_Stage]:
    parts = _parts(indicator, where)
    starts = [said.since for _, said in parts]
    facts: dict[str, Any] = {}
    split: Split = ()
    listed = [_codes(indicator, number) for number in range(len(parts))]
    for number, (place, said) in enumerate(parts):
        facts = facts | said.facts()
        here = split_of(said)
        split = split if here is None else here
        for asked in rows_of(indicator.code, facts, split):
            code, own = asked.code, asked.own
            at = [each.code for each in split].index(code) if own is not None else 0
            shared = isinstance(own, MeasureShape) and len(split) > 1 and own.target is None
            later = (starts[then] for then in range(number + 1, len(parts)) if code not in listed[then])
            new = not any(code in codes for codes in listed[:number])
            continues = (own or indicator).continues if new else None
            yield _Stage(
                where=(*place, key_of(said), at) if here is not None and own is not None else place,
                code=code,
                indicator=indicator,
                asked=asked,
                since=said.since,
                until=[*starts, indicator.retired][number + 1],
                retired=next(later, indicator.retired),
                facts=asked.facts,
                comparable=said.comparable,
                why=said.why,
                continues=continues or "",
                place=at if shared else 0,
                measures=len(split) if shared else 1,
            )


def _codes(indicator: IndicatorShape, number: int) -> list[str]:
    """The measures of an indicator, and itself where it has parts, after so many of its changes."""
    lists = [split for _, said in _parts(indicator, ())[: number + 1] if (split := split_of(said)) is not None]
    return codes_of(indicator.code, lists[-1] if lists else ())


def _doubts(stage: _Stage, people: set[str]) -> Iterator[tuple[str, str]]:
    """What is missing or at odds in one definition, by key."""
    facts = stage.facts
    for key in ("title", "short", "unit"):
        if facts.get(key) is None:
            yield key, f"{key!r} is missing"
    if facts.get("target") is None:
        yield "target", "'target' is missing; write none where there is none"
    yield from part_doubts(stage.asked)
    owner = facts.get("owed_by")
    if owner is None and not stage.asked.parts:
        yield "owed_by", "nobody owes it; name somebody in owed_by"
    elif owner is not None and owner not in people:
        yield "owed_by", f"nobody in people is {owner!r}"
    yield from rhythm_doubts(facts.get("rhythm") or Rhythm.QUARTERLY, facts.get("owed_in"))
    if facts.get("basis") is Basis.QUARTER and (facts.get("rhythm") or Rhythm.QUARTERLY).usual_basis is Basis.ANNUAL:
        yield "basis", f"a figure that is {facts['rhythm'].value} covers a year, not a quarter; write basis: annual"
    if facts.get("unit") and facts["unit"].has_figure and facts.get("polarity") is None:
        yield "polarity", f"'polarity' is missing; use {', '.join(Polarity)}"
    if facts.get("unit") and facts.get("target"):
        yield from target_doubts(stage.row, facts["target"])


def _definition(stage: _Stage) -> Definition:
    facts = {key: value for key, value in stage.facts.items() if value is not None}
    rhythm = facts.get("rhythm", Rhythm.QUARTERLY)
    basis = facts.get("basis", rhythm.usual_basis)
    return Definition(
        code=stage.code,
        indicator=stage.indicator.code,
        title=facts["title"],
        short=facts["short"],
        priority=facts["priority"],
        unit=facts["unit"],
        from_period=stage.since,
        target=worded(facts["target"].domain(stage.row), facts["unit"], basis, rhythm),
        polarity=facts.get("polarity", Polarity.UNCONFIRMED),
        basis=basis,
        rhythm=rhythm,
        owed_in=facts.get("owed_in", rhythm.usually_owed_in),
        lag_days=facts.get("lag_days", 0),
        plausible=facts.get("plausible"),
        comparable_with_previous=stage.comparable,
        retired_from=stage.retired,
        aliases=facts.get("aliases", ()),
        why=stage.why,
        continues=stage.continues,
        parts=stage.asked.parts,
        part=stage.asked.part,
    )


def _responsibilities(stages: list[_Stage]) -> tuple[Responsibility, ...]:
    """Who owes each measure and since when; one line as long as it stays the same person."""
    held: dict[str, list[Responsibility]] = {}
    for stage in (each for each in stages if not each.asked.parts):
        owed = Responsibility(stage.code, stage.facts["owed_by"], stage.since, stage.until)
        before = held.setdefault(stage.code, [])
        if before and before[-1].person == owed.person and before[-1].until == owed.since:
            owed = Responsibility(owed.measure, owed.person, before.pop().since, owed.until)
        before.append(owed)
    return tuple(responsibility for lines in held.values() for responsibility in lines)

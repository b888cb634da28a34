"""A row of the sheet Indicators as a definition: every cell is read, and every problem names its cell. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from collector.definition_rows import EditedRow
from collector.definition_sheets import PUT_TOGETHER
from collector.definition_words import POLARITIES, UNITS, is_code, picked
from collector.domain.indicator import Definition, Polarity, Rhythm, Unit
from collector.domain.period import Quarter
from collector.domain.target import NO_TARGET, Comparator, Target
from collector.target_wording import Row, propose

_LONGEST, _LONGEST_SHORT, _LONGEST_PART, _LONGEST_LAG = 1000, 60, 40, 1000
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,6})?")
_PICK = "Pick one from the list."


@dataclass(frozen=True)
class Ground:
    """What a row is read against. `names` are people's ids by the names they go by.

    `sharing` says of measures of one indicator that have the same words for their target which of them a code is
    (0 first), and how many they are. `wholes` are the indicators that are put together from parts.
    """

    since: Quarter
    why: str
    names: Mapping[str, str]
    priorities: tuple[str, ...]
    rhythms: Mapping[str, tuple[Rhythm, tuple[int, ...]]]
    sharing: Mapping[str, tuple[int, int]]
    wholes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadRow:
    """A definition from a quarter on, and the id of who owes it."""

    definition: Definition
    owner: str


def read_row(row: EditedRow, held: Definition | None, ground: Ground, problems: list[str]) -> ReadRow | None:
    """The definition that a row asks for in place of the one held; None where something in it can't be."""
    return _RowReader(row, held, ground, problems).read()


class _RowReader:
    def __init__(self, row: EditedRow, held: Definition | None, ground: Ground, problems: list[str]) -> None:
        self._row, self._held, self._ground, self._problems = row, held, ground, problems
        self._sound = True

    def read(self) -> ReadRow | None:
        """Every cell, so that all problems are told at once."""
        title, short = self._words("Title", _LONGEST), self._words("Short name", _LONGEST_SHORT)
        priority = self._one_of("Priority", {code: code for code in self._ground.priorities})
        unit = self._one_of("Unit", {unit.value: words for unit, words in UNITS.items()})
        polarity = self._polarity()
        rhythm = self._one_of("How often", {words: words for words in self._ground.rhythms})
        owner, part = self._owner(), self._part()
        lag, tolerance, indicator = self._lag(), self._tolerance(), self._indicator()
        goes_on = self._one_of("Goes on", {"yes": "yes", "no": "no"}, usual="yes")
        target = self._target(Unit(unit), polarity) if unit else None
        if target is None or not self._sound:
            return None
        often, owed_in = self._ground.rhythms[rhythm]
        base = self._held or Definition(
            self._row.key, indicator, title, short, priority, Unit(unit), self._ground.since, target
        )
        broken = goes_on == "no" and self._held is not None
        return ReadRow(
            replace(
                base,
                title=title,
                short=short,
                priority=priority,
                unit=Unit(unit),
                polarity=polarity,
                target=replace(target, tolerance=tolerance),
                rhythm=often,
                basis=often.usual_basis if base.basis is base.rhythm.usual_basis else base.basis,
                owed_in=owed_in,
                lag_days=lag,
                from_period=self._ground.since,
                comparable_with_previous=not broken,
                why=self._ground.why,
                part=part,
            ),
            owner,
        )

    def _wrong(self, heading: str, words: str) -> None:
        self._sound = False
        self._problems.append(f"{self._row.cell(heading)}: {words}")

    def _text(self, heading: str) -> str:
        return self._row.texts[heading]

    def _words(self, heading: str, longest: int) -> str:
        text = self._text(heading)
        if not text:
            self._wrong(heading, f"there is nothing here. Write the {heading.lower()} of {self._row.key}.")
        elif len(text) > longest:
            self._wrong(heading, f"the text has {len(text)} letters, and there is room for {longest}. Make it shorter.")
        return text

    def _one_of(self, heading: str, words: Mapping[str, str], usual: str = "") -> str:
        text = self._text(heading)
        if not text and usual:
            return usual
        found = picked(text, words)
        if found is None:
            said = f"“{text}” is none of the list" if text else "there is nothing here"
            self._wrong(heading, f"{said}. {_PICK}")
        return found or ""

    def _polarity(self) -> Polarity:
        words = {polarity.value: said for polarity, said in POLARITIES.items()}
        found = self._one_of("Which way is better", words, usual=Polarity.UNCONFIRMED.value)
        return Polarity(found) if found else Polarity.UNCONFIRMED

    def _part(self) -> str:
        """Whose part it is. What is put together stays so, and a part stays one."""
        text, held = self._text("Part"), self._held
        whole = held is not None and bool(held.parts)
        if held is not None and (whole, bool(held.part)) != (text == PUT_TOGETHER, bool(text) and not whole):
            was = "is put together from its parts" if whole else "is a part" if held.part else "is no part"
            self._wrong("Part", f"{self._row.key} {was}, and stays so. Use another code, or the definition file.")
        elif len(text) > _LONGEST_PART:
            self._wrong("Part", f"the text has {len(text)} letters, and there is room for {_LONGEST_PART}.")
        elif held is None and text and (text == PUT_TOGETHER or self._text("Indicator") not in self._ground.wholes):
            self._wrong("Part", "a part belongs to an indicator that is put together, by its code under Indicator.")
        return "" if whole else text

    def _owner(self) -> str:
        text = self._text("Owed by")
        if self._held is not None and self._held.parts:
            if text:
                self._wrong("Owed by", f"{self._row.key} is put together from its parts. Name who owes each of those.")
            return ""
        found = self._ground.names.get(text.casefold(), "")
        if not found:
            said = f"nobody in the sheet People is called “{text}”" if text else "nobody owes this"
            self._wrong("Owed by", f"{said}. Write the role title of somebody there.")
        return found

    def _lag(self) -> int:
        text = self._text("Published after") or "0"
        if text.isdecimal() and int(text) <= _LONGEST_LAG:
            return int(text)
        self._wrong("Published after", f"“{text}” is no number of days from 0 to {_LONGEST_LAG}.")
        return 0

    def _tolerance(self) -> Decimal | None:
        text = self._text("Tolerance").replace(",", "")
        if not text:
            return None
        if _NUMBER.fullmatch(text):
            return Decimal(text)
        self._wrong("Tolerance", f"“{text}” is no plain number. Write how far from the target is Amber, in the unit.")
        return None

    def _indicator(self) -> str:
        text = self._text("Indicator") or self._row.key
        if self._held is not None and text != self._held.indicator:
            self._wrong(
                "Indicator", f"{self._row.key} belongs to {self._held.indicator}, and a measure stays where it is."
            )
        elif not is_code(text):
            self._wrong("Indicator", f"“{text}” is no code. Use letters, digits and hyphens, up to 30.")
        return text

    # --- the target ---------------------------------------------------------------------------------------------------

    def _target(self, unit: Unit, polarity: Polarity) -> Target | None:
        """The target as it was, or what the words that changed would mean: a proposal until somebody confirms it."""
        wording, said, changed = self._text("Target"), self._text("It means"), self._row.changed
        explained = bool(said) and "It means" in changed
        if self._held is not None and self._held.unit is unit and "Target" not in changed and not explained:
            return self._kept(self._held, polarity)
        if not wording and not explained:
            return self._without_words(unit)
        place, measures = self._ground.sharing.get(self._row.key, (0, 1))
        read = propose(said if explained else wording, Row(unit, polarity, place, measures))
        if explained and read.comparator is Comparator.NOT_UNDERSTOOD:
            self._wrong("It means", f"“{said}” can't be read as a target: {read.note}. Write it like: at least 85%.")
            return None
        return _carried_over(replace(read, wording=wording or said), self._held)

    def _kept(self, held: Definition, polarity: Polarity) -> Target | None:
        way = _direction(held.target)
        if (way > 0 and polarity is Polarity.SMALLER) or (way < 0 and polarity is Polarity.BIGGER):
            asked = f"the target “{held.target.wording}” asks for {'more' if way > 0 else 'less'}"
            self._wrong("Which way is better", f"{asked}, and {POLARITIES[polarity]}. Change one of the two.")
            return None
        return held.target

    def _without_words(self, unit: Unit) -> Target | None:
        if not unit.has_figure:
            self._wrong("Target", f"{self._row.key} says nothing that is to be reached. Write it.")
            return None
        if self._held is not None and "Target" not in self._row.changed and self._held.target != NO_TARGET:
            self._wrong("It means", "the unit changes, so the target has to be said anew. Write it like: at least 85%.")
            return None
        return NO_TARGET


def _direction(target: Target) -> int:
    """1 where more meets a target, -1 where less does, 0 where it is neither or both."""
    if target.comparator is Comparator.CHANGE:
        value = target.value or Decimal(0)
        return (value > 0) - (value < 0)
    ways = {Comparator.AT_LEAST: 1, Comparator.ABOVE: 1, Comparator.AT_MOST: -1, Comparator.BELOW: -1}
    return ways.get(target.comparator, 0)


def _carried_over(target: Target, held: Definition | None) -> Target:
    """What was approved apart from the target's words and still fits: a profile in shares, a milestone's day."""
    if held is None:
        return target
    profile = held.target.profile
    fits = profile is not None and target.per_year and profile.points[3] == 100
    due = held.target.due if target.comparator is Comparator.MILESTONE else None
    return replace(target, profile=profile if fits else None, due=due)

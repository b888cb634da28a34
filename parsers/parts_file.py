"""The parts of an indicator that several contributors report, as the definition file lists them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from collector.domain.indicator import ADDED_UP, SHARES
from parsers.partnership_file import ChangeShape, IndicatorShape, MeasureShape, PartShape
from parsers.target_file import TargetShape

_LONGEST_SHORT = 60


@dataclass(frozen=True)
class AskedRow:
    """One definition that an indicator asks for: its code and facts, what the file says of it alone, and its parts."""

    code: str
    facts: dict[str, Any]
    own: MeasureShape | PartShape | None = None
    parts: tuple[str, ...] = ()
    part: str = ""


#: The measures or the parts that an indicator lists.
Split = tuple[MeasureShape | PartShape, ...]


def split_of(said: IndicatorShape | ChangeShape) -> Split | None:
    """The list that is given here, None where there is none."""
    return said.measures if said.parts is None else said.parts


def key_of(said: IndicatorShape | ChangeShape) -> str:
    """The key under which that list stands."""
    return "measures" if said.parts is None else "parts"


def codes_of(indicator: str, split: Split) -> list[str]:
    """The codes that are defined: of a split indicator its measures, of a whole with its parts both."""
    if not split:
        return [indicator]
    codes = [each.code for each in split]
    return [indicator, *codes] if isinstance(split[0], PartShape) else codes


def rows_of(indicator: str, facts: dict[str, Any], split: Split) -> Iterator[AskedRow]:
    """Each definition with its facts; an indicator's aliases would be ambiguous among its measures."""
    if not split:
        yield AskedRow(indicator, facts)
        return
    parts = tuple(each.code for each in split if isinstance(each, PartShape))
    if parts:
        yield AskedRow(indicator, {**facts, "owed_by": None}, parts=parts)
    for each in split:
        if isinstance(each, PartShape):
            yield AskedRow(each.code, _of_part(facts, each), each, part=each.short)
        else:
            yield AskedRow(each.code, {**facts, "aliases": (), **each.facts()}, each)


def _of_part(facts: dict[str, Any], part: PartShape) -> dict[str, Any]:
    """What a part says: the target and the range are the whole's alone, its names say whose part it is."""
    said = {key: value for key in ("owed_by", "lag_days") if (value := getattr(part, key)) is not None}
    named = {
        "title": part.title or f"{facts.get('title')} ({part.short})",
        "short": f"{facts.get('short')} ({part.short})",
        "plausible": part.plausible,
        "target": part.target or TargetShape(none=""),
        "aliases": (*(facts.get("aliases") or ()), *part.aliases),
    }
    return {**facts, **said, **named}


def part_doubts(row: AskedRow) -> Iterator[tuple[str, str]]:
    """What is at odds about a whole and its parts, by key."""
    unit = row.facts.get("unit")
    if row.part and len(row.facts["short"]) > _LONGEST_SHORT:
        yield "short", f"{row.facts['short']!r} is longer than {_LONGEST_SHORT} letters; shorten one of the two"
    if not row.parts:
        return
    if len(row.parts) < 2:
        yield "parts", "one part is no sum; name two or more, or leave 'parts' out"
    if unit is not None and unit not in (*ADDED_UP, *SHARES):
        kinds = ", ".join((*ADDED_UP, *SHARES))
        yield "parts", f"figures in {unit.value} are not put together from parts; figures in {kinds} are"

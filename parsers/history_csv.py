"""Figures a partnership brings with it: a CSV file beside its own file, one figure a line."""

from pathlib import Path

from collector.domain.figure import FigureStatus, Reported
from collector.domain.indicator import Definition, Unit, in_force
from collector.domain.period import Quarter, Span
from collector.domain.series import with_own_days
from parsers.csv_rows import rows_of
from parsers.located_yaml import Findings, text_of
from parsers.partnership_file import HistoryRow

COUNTED = (FigureStatus.REPORTED, FigureStatus.PROVISIONAL, FigureStatus.NIL_RETURN)


def read_history(path: Path, definitions: tuple[Definition, ...]) -> tuple[tuple[Reported, ...], list[str]]:
    """The figures of the file under the definitions in force at the time, and every problem with its line."""
    findings = Findings(path.name)
    text = text_of(path, findings)
    rows = [] if text is None else rows_of(text, HistoryRow, findings)
    seen: dict[tuple[str, Quarter], int] = {}
    wholes: list[tuple[int, HistoryRow, tuple[str, ...]]] = []
    history = []
    for line, row in rows:
        first = seen.setdefault((row.code, row.period), line)
        if first != line:
            findings.add(("code",), f"{row.code} has a figure for {row.period.key} on line {first} already", line)
        definition = in_force(definitions, row.period).get(row.code)
        wholes += [(line, row, definition.parts)] if definition and definition.parts else []
        reported = _reported(row, definition, findings, line)
        if reported:
            history.append(reported)
    for line, row, parts in wholes:
        if any((part, row.period) in seen for part in parts):
            words = f"{row.code} is put together from its parts in {row.period.key}, and they are here: leave it out"
            findings.add(("code",), words, line)
    return tuple(history), findings.problems


def _reported(row: HistoryRow, definition: Definition | None, findings: Findings, line: int) -> Reported | None:
    if definition is None:
        findings.add(("code",), f"no measure {row.code!r} is in force in {row.period.key}", line)
        return None
    for key, words in _doubts(row, definition):
        findings.add((key,), words, line)
    said = Reported(
        measure=row.code,
        period=row.period,
        status=row.status,
        value=row.value,
        numerator=row.numerator,
        denominator=row.denominator,
        basis=row.basis or definition.basis,
        reference=_reference(row, findings, line),
        note=row.note,
    )
    return with_own_days(said, definition)


def _doubts(row: HistoryRow, definition: Definition) -> list[tuple[str, str]]:
    found = []
    if row.status in COUNTED and row.value is None:
        found.append(("value", f"{row.status.words} needs a value"))
    if row.status not in COUNTED and row.value is not None:
        found.append(("value", f"{row.status.words} has no value; blank and zero are different things"))
    if row.value is not None and not definition.unit.has_figure:
        found.append(("value", f"{row.code} is a {definition.unit.value} in {row.period.key} and has no value"))
    if definition.unit is Unit.PERCENT and row.value is not None and not 0 <= row.value <= 100:
        found.append(("value", f"{row.value} is not between 0 and 100 per cent"))
    if row.denominator is not None and (row.numerator is None or row.denominator <= 0):
        found.append(("denominator", "a denominator is above 0 and has a numerator beside it"))
    return found


def _reference(row: HistoryRow, findings: Findings, line: int) -> Span | None:
    if row.reference_from is None and row.reference_to is None:
        return None
    if row.reference_from is None or row.reference_to is None or row.reference_to < row.reference_from:
        findings.add(("reference_to",), "reference_from and reference_to come together, the earlier day first", line)
        return None
    return Span(row.reference_from, row.reference_to)

"""The answer to a workbook with problems: the same workbook again, with what was accepted and what to look at. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from collector.books import QueryRow
from collector.domain.submission import Form, Mark
from collector.messages import Sheet

#: Problems that are told in full in a message (WORDS 4); the workbook lists every one.
_IN_FULL = 10
_HOW_TO_ANSWER = "Put the right figure here, or answer the question in our message."


def problem_notes(form: Form) -> list[str]:
    """What could not be used of a form, for the message: those alike together, the first ten in full."""
    if not form.marks:
        return list(form.problems)
    by_advice: dict[str, list[str]] = {}
    for mark in form.marks[:_IN_FULL]:
        by_advice.setdefault(mark.advice, []).append(mark.words)
    grouped = [str(Mark("; ".join(words), advice)) for advice, words in by_advice.items()]
    if len(form.marks) > _IN_FULL:
        grouped.append(f"And {len(form.marks) - _IN_FULL} more in {form.name}, all listed in the workbook we attach.")
    first = f"In {form.name}, sheet '{form.sheet}': "
    return [f"{first}{grouped[0]}", *grouped[1:]]


def placed(form: Form) -> tuple[Mark, ...]:
    """A form's marks with the file and the sheet in which their cells are."""
    return tuple(replace(mark, where=_at(form, mark.where)) for mark in form.marks)


def cells_of(form: Form) -> dict[str, str]:
    """Where each figure stands in a workbook, by code."""
    return {value.code: _at(form, value.where) for value in form.values}


def _at(form: Form, where: str) -> str:
    return f"{form.name}, sheet '{form.sheet}'{f', cell {where}' if where else ''}"


def sheet_again(sheet: Sheet, marks: Sequence[Mark], questions: Iterable[QueryRow], cells: Mapping[str, str]) -> Sheet:
    """The sheet as it goes back, with what to look at in the order of its rows; what belongs to no row stands last.

    `marks` are what could not be used; of the `questions` those are in it that are about a figure of a workbook:
    `cells` are their places there, by code.
    """
    asked = [
        Mark(" ".join(query.reasons).rstrip("."), _HOW_TO_ANSWER, query.measure, "figure", cells[query.measure])
        for query in questions
        if query.measure in cells
    ]
    places = {row.code: place for place, row in enumerate(sheet.rows)}
    found = sorted(dict.fromkeys((*marks, *asked)), key=lambda mark: places.get(mark.code, len(places)))
    return replace(sheet, look_at=tuple(found))

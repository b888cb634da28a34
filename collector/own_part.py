"""Somebody gives a figure for the whole: it is asked whether it is their part, and never taken for either. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from collector.cover import may_report
from collector.domain.figure import plain
from collector.domain.people import Person
from collector.domain.submission import Asked, ReadItem
from collector.parts import named_parts
from collector.view import RoundView


def wholes_named(view: RoundView, person: Person, words: set[str]) -> tuple[Asked, ...]:
    """The wholes that a message names by their code, of which one part is the sender's to report.

    They have no title, so that other words lead to the part. `words` are in capitals.
    """
    named = (code for code in view.wholes if code.upper() in words and own_part(view, person, code))
    return tuple(Asked(0, code, "", view.definitions[code].unit, view.definitions[code].basis) for code in named)


def own_part(view: RoundView, person: Person, whole: str) -> str:
    """The one part of a whole that somebody reports, "" where it is none or several of them."""
    parts = view.wholes.get(whole, [])
    owned = [part for part in parts if view.owner_of(part) == person.id]
    theirs = owned or [part for part in parts if may_report(view, person.id, part)]
    return theirs[0] if len(theirs) == 1 else ""


def as_parts(view: RoundView, person: Person, items: Iterable[ReadItem]) -> tuple[list[ReadItem], list[str]]:
    """What was read, with a question about their part in place of a figure for a whole, and what is said of it."""
    given = list(items)
    named = {item.code for item in given if item.candidates}
    found: list[ReadItem] = []
    notes: list[str] = []
    for item in given:
        part = own_part(view, person, item.code)
        if not part:
            found.append(item)
        elif _is_what_stands(view, item):
            notes.append(f"{_put_together(view, item.code)} They come to {_amount(item)} already; nothing was changed.")
        elif part in named and item.candidates:
            notes.append(f"{_put_together(view, item.code)} {_amount(item)} was not recorded for it.")
        elif item.candidates:
            found.append(_asked_about(view, item, part))
        elif item.target_change is not None:
            found.append(replace(item, code=part, doubts=()))
    return found, notes


def not_reported(view: RoundView, whole: str) -> str:
    """What somebody is told who gives a figure for a whole and has none of its parts, or several."""
    return f"{_put_together(view, whole)} Nothing was recorded for it: a part is sent by its own code."


def whole_stands(view: RoundView, whole: str) -> str:
    """Where a whole stands, in a sentence: its figure with its arithmetic, or which parts are out."""
    held, definition = view.figures.get(whole), view.definitions[whole]
    words = view.judged(held.reported).why if held else f"{view.whole(whole).words}."
    return f"{whole} ({definition.short}), of which this is a part: {words}"


def _put_together(view: RoundView, whole: str) -> str:
    definition = view.definitions[whole]
    parts = named_parts(definition, view.definitions)
    return f"{whole} ({definition.short}) is put together from its parts, {parts}."


def _is_what_stands(view: RoundView, item: ReadItem) -> bool:
    held = view.figures.get(item.code)
    return held is not None and item.certain and item.candidates[0].value == held.reported.value


def _asked_about(view: RoundView, item: ReadItem, part: str) -> ReadItem:
    held = view.figures.get(part)
    if held is not None and item.certain and item.candidates[0].value == held.reported.value:
        return replace(item, code=part)
    name = view.definitions[part].part
    words = f"{_put_together(view, item.code)} Is this the part of {name} alone? If not, send the figure of that part."
    return replace(item, code=part, doubts=(*item.doubts, words))


def _amount(item: ReadItem) -> str:
    value = item.candidates[0].value
    return "What you gave" if value is None else plain(value)

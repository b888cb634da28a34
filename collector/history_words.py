"""A figure's history for a terminal, and as data. Pure."""

import textwrap
from collections.abc import Iterator
from datetime import datetime

from collector.history import Event, History
from collector.wording import by_day, on_day

_INDENT = 4
_NAMES = 12


def lines(history: History, width: int = 100) -> list[str]:
    """The history as lines of plain text, none of them longer than `width`."""
    head = [f"{history.code}, {history.period}", history.title]
    told = [("target", history.target or "none"), ("owed by", history.owed_by), ("due", by_day(history.due))]
    told += [("stands", history.stands), ("colour", _colour(history))]
    told += [("asked for", text) for text in history.definitions]
    found = [line for text in head for line in _wrapped(text, width, "", "")]
    for name, text in told:
        if text:
            found += _detail(name, text, width)
    last = ""
    for event in history.events:
        date = on_day(event.at.date())
        if date != last:
            found += ["", date]
        last = date
        found += _event(event, width)
    return found if history.events else [*found, "", "Nothing happened yet."]


def paragraphs(history: History) -> list[str]:
    """The history for a message: what stands, then a paragraph for each thing that happened."""
    stands = f"{history.code}, {history.period}: {history.title}. Stands: {history.stands}."
    told = [f"{stands} {_colour(history)}".strip()]
    for event in history.events:
        details = "; ".join(f"{name}: {text}" for name, text in event.details)
        told.append(f"{on_day(event.at.date())}, {event.at:%H:%M}: {event.what}{f' ({details})' if details else ''}")
    return told


def _colour(history: History) -> str:
    return f"{history.rag.sign} {history.why}" if history.rag else history.why


def _event(event: Event, width: int) -> Iterator[str]:
    # Hours and minutes stand out; details are beneath.
    yield from _wrapped(event.what, width, f"{event.at:%H:%M}  ", " " * 7)
    for name, text in event.details:
        yield from _detail(name, text, width)


def _detail(name: str, text: str, width: int) -> Iterator[str]:
    start = " " * _INDENT + f"{name}: ".ljust(_NAMES + 1)
    yield from _wrapped(text, width, start, " " * (_INDENT + _NAMES + 1))


def _wrapped(text: str, width: int, first: str, others: str) -> list[str]:
    plain = "".join(char if char.isprintable() else " " for char in text)
    return textwrap.wrap(
        " ".join(plain.split()), width, initial_indent=first, subsequent_indent=others, break_on_hyphens=False
    )


def facts(history: History) -> dict[str, object]:
    """The history as data; moments carry their zone."""
    return {
        "code": history.code,
        "title": history.title,
        "period": history.period.key,
        "target": history.target,
        "owed_by": history.owed_by,
        "due": history.due.isoformat(),
        "stands": history.stands,
        "rag": history.rag.value if history.rag else None,
        "why": history.why,
        "definitions": list(history.definitions),
        "events": [_facts(event.at, event) for event in history.events],
    }


def _facts(at: datetime, event: Event) -> dict[str, object]:
    details = [{"name": name, "text": text} for name, text in event.details]
    return {"at": at.isoformat(), "what": event.what, "details": details}

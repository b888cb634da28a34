"""A code or a title that a measure had before it was renamed, moved to another plan or split. Pure.

The code that carries the series on is meant; where several do, nobody can say which, and it is asked.
"""

import re
from collections.abc import Sequence
from dataclasses import fields, replace
from functools import cache
from typing import Any

from collector.acting import Acting, NotDone
from collector.domain.indicator import Definition, lineage
from collector.domain.orders import Order, SendHistory
from collector.view import RoundView

#: The fields of orders that hold codes.
_CODES = ("code", "codes", "without")


def goes_on_as(view: RoundView) -> dict[str, tuple[str, ...]]:
    """Every code that is another one by now, in capitals, with the code that continues it, or those it was split into.

    A code that is in use in the round means itself.
    """
    found: dict[str, tuple[str, ...]] = {}
    for code, definition in view.definitions.items():
        if definition.continues or len(view.partnership.dated[code]) > 1:
            for old in dict.fromkeys(held.code for held in lineage(view.partnership.dated, code)):
                if old not in view.definitions:
                    found[old.upper()] = (*found.get(old.upper(), ()), code)
    return found


def earlier_titles(view: RoundView, code: str) -> tuple[str, ...]:
    """The titles that a measure had before, under its own code or those that it continues."""
    held = lineage(view.partnership.dated, code)
    now = view.definitions[code]
    then = [name for each in reversed(held) if each.from_period < now.from_period for name in (each.title, each.short)]
    return tuple(dict.fromkeys(name for name in then if name not in ("", now.title, now.short)))


def in_todays_codes(text: str, renamed: Sequence[tuple[str, str]]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """A text with today's codes in place of earlier ones, and which of these pairs it named."""
    named = []
    for old, new in renamed:
        text, count = code_pattern(old).subn(new, text)
        named += [(old, new)] if count else []
    return text, tuple(named)


@cache
def code_pattern(code: str) -> re.Pattern[str]:
    """A code as people spell it ("DA06", "da-06", "DA 06"), by itself."""
    spelled = r"[ -]?".join(map(re.escape, re.findall(r"[A-Za-z]+|\d+|[^\w\s-]+|_+", code)))
    return re.compile(rf"(?<![\w-]){spelled}(?![\w]|-\d)", re.IGNORECASE)


def renamed_in(view: RoundView) -> tuple[tuple[str, str], ...]:
    """Each earlier code with the one code that it is now; those that were split are not among them."""
    return tuple((old, codes[0]) for old, codes in goes_on_as(view).items() if len(codes) == 1)


def split_in(view: RoundView) -> tuple[str, ...]:
    """Each earlier code that was split into several."""
    return tuple(old for old, codes in goes_on_as(view).items() if len(codes) > 1)


def heard_by_earlier_code(acting: Acting, view: RoundView, pairs: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Say, and note, that what somebody wrote of an earlier code was read as today's: the figure holds the latter."""
    for old, new in pairs:
        acting.write("earlier code read as today's", f"{new} {view.round.period.key}", old)
    return tuple(understood(view, old, new) for old, new in pairs)


def understood(view: RoundView, old: str, new: str) -> str:
    """What the answer says of an earlier code: "DA06 is IP02 since Q3 ...: it was read as that."."""
    return f"{old} is {new} ({view.definitions[new].short}) since {_since(view, new)}, and was read as that."


def called_now(view: RoundView, old: str) -> str:
    """What somebody is told who asks about a code in a quarter in which it has another name; "" for any other."""
    codes = goes_on_as(view).get(old.strip().upper(), ())
    if not codes:
        return ""
    named = " and ".join(f"{code} ({view.definitions[code].short})" for code in codes)
    return f"Since {_since(view, codes[0])} it is {named}. For what came before, name its quarter too."


def was_split(view: RoundView, old: str) -> str:
    """What somebody is asked who names a code that was split; "" for any other."""
    codes = goes_on_as(view).get(old.upper(), ())
    if len(codes) < 2:
        return ""
    named = " and ".join(f"{code} ({view.definitions[code].short})" for code in codes)
    return (
        f"{old} was split into {named} in {_since(view, codes[0])}, so nothing was done for it. Which do you mean?"
        f" Reply with that code, like this: {codes[0]} ... For a quarter before that, answer our message about it."
    )


def order_in_todays_codes(view: RoundView, order: Order) -> tuple[Order, tuple[str, ...]]:
    """An order with today's codes in place of earlier ones, and what is said of that; NotDone where one was split.

    A history is asked for by the code of its time.
    """
    if isinstance(order, SendHistory):
        return order, ()
    today, told = goes_on_as(view), []
    changed: dict[str, Any] = {}
    for each in fields(order):
        held = getattr(order, each.name)
        if each.name not in _CODES or not held:
            continue
        codes = [held] if isinstance(held, str) else [*held]
        for at, code in enumerate(codes):
            if asked := was_split(view, code):
                raise NotDone(asked)
            if code.upper() in today:
                codes[at] = today[code.upper()][0]
                told.append(understood(view, code, codes[at]))
        changed[each.name] = codes[0] if isinstance(held, str) else tuple(codes)
    return (replace(order, **changed) if told else order), tuple(told)


def _since(view: RoundView, code: str) -> str:
    first: Definition = view.partnership.dated[code][0]
    return str(first.from_period)

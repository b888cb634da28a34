"""A plan for a Red figure in somebody's own words: "Reason: ... Action: ... Owner: ... By: ...". Pure.

What is read here is taken out of the text before figures are looked for in it: "recruit 2 by 31 Jan" is no figure.
"""

import re
from collections.abc import Collection
from dataclasses import fields, replace
from datetime import date
from typing import Any

from collector.domain.action import SaidPlan
from collector.ports import Reader

_LABEL = re.compile(r"(?<![\w-])(reasons?|actions?|owner|owned by|by(?: when)?|outcome)[ \t]*:", re.IGNORECASE)
_PART = {name: name for name in ("reason", "action", "owner", "outcome")} | {"owned": "owner", "by": "by_when"}
_MARKS = " \t\n\r;,.-\u2022"
#: So many different labels make a plan of any words; fewer only where a plan was asked for.
_ENOUGH = 2


def plans_in(text: str, codes: Collection[str], asked: Collection[str]) -> tuple[str, tuple[SaidPlan, ...]]:
    """The text without its plans, and the plans; `codes` are the sender's own, `asked` those with a plan to be given.

    One label alone ("Reason: staffing") is a plan only for a code that was asked about: it may as well say why a
    figure is not available.
    """
    if not _LABEL.search(text):
        return text, ()
    known = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, codes))})(?!\w)", re.IGNORECASE) if codes else None
    kept, plans = [], []
    for block in _blocks(text, known):
        head, plan = _taken_apart(block, known)
        named = next((code for code in codes if code.upper() == plan.code.upper()), "")
        labels = sum(bool(getattr(plan, field.name)) for field in fields(plan) if field.name != "code")
        if labels >= _ENOUGH or (labels and (named in asked or (not named and len(asked) == 1))):
            plans.append(replace(plan, code=named or (next(iter(asked)) if len(asked) == 1 else "")))
            bare = known.sub("", head).strip(_MARKS + ":") if known else head.strip(_MARKS)
            kept.append(head if bare else "")
        else:
            kept.append(block)
    return "\n".join(part for part in kept if part.strip()), tuple(plans)


def dated(plans: Collection[SaidPlan], reader: Reader, said_on: date | None) -> tuple[SaidPlan, ...]:
    """Plans with their dates as dates, where what was said on a day names one."""
    if said_on is None:
        return tuple(plans)
    return tuple(replace(plan, due=reader.read_deadline(plan.by_when, said_on)) for plan in plans)


def _blocks(text: str, known: re.Pattern[str] | None) -> list[str]:
    """The text cut before each line that begins with a code, and at empty lines before words of another kind."""
    blocks: list[list[str]] = [[]]
    gap = False
    for line in text.splitlines():
        found = known.search(line) if known else None
        begins = found is not None and not line[: found.start()].strip(_MARKS + "0123456789)")
        if begins or (gap and line.strip() and not _LABEL.match(line.strip())):
            blocks.append([])
        blocks[-1].append(line)
        gap = not line.strip()
    return ["\n".join(block) for block in blocks]


def _taken_apart(block: str, known: re.Pattern[str] | None) -> tuple[str, SaidPlan]:
    """What stands before the first label, and the plan, with which a block ends."""
    found = list(_LABEL.finditer(block))
    if not found:
        return block, SaidPlan()
    head = block[: found[0].start()]
    named = known.findall(head) if known else []
    plan = SaidPlan(code=named[-1] if named else "")
    for place, label in enumerate(found):
        ends = found[place + 1].start() if place + 1 < len(found) else len(block)
        words = " ".join(block[label.end() : ends].split()).strip(_MARKS)
        name = _PART[label[1].lower().split()[0].removesuffix("s")]
        part: dict[str, Any] = {name: words or getattr(plan, name)}
        plan = replace(plan, **part)
    return head, plan

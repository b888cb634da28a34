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
from collector.reason_words import gives_figure, in_own_words

_LABEL = re.compile(
    r"(?<![\w-])(?:(reasons?|actions?|owner|owned by|by(?: when)?|outcome)[ \t]*:|the (reason) (?:is|was)(?: that)?\b)"
    r"|^[ \t]*(?:[-*\u2022][ \t]*)?(reasons?|actions?|owner|by when|deadline|date|outcome)[ \t]*[-\u2013:](?=[ \t])",
    re.IGNORECASE | re.MULTILINE,
)
_PART = {name: name for name in ("reason", "action", "owner", "outcome")} | {"owned": "owner", "by": "by_when"}
_PART |= {"deadline": "by_when", "date": "by_when"}
#: "Reason for DA06: ..." is "DA06 Reason: ...".
_FOR = re.compile(r"\b(reason|action|plan|outcome) for ([\w-]+)[ \t]*:", re.IGNORECASE)
_MARKS = " \t\n\r;,.-\u2022"
#: So many different labels make a plan of any words; fewer only where a plan was asked for.
_ENOUGH = 2


def plans_in(
    text: str,
    codes: Collection[str],
    asked: Collection[str],
    red: Collection[str] = (),
    unexplained: Collection[str] = (),
) -> tuple[str, tuple[SaidPlan, ...]]:
    """The text without its plans, and the plans; `codes` are the sender's own, `asked` those with a plan to be given.

    One label alone ("Reason: staffing") is a plan only for a code that was asked about: it may as well say why a
    figure is not available. A reason that stands behind a figure is taken, and the figure left; so are the words that
    explain a figure that is `red`, of which nothing was said yet (`unexplained`) where they name none.
    """
    known = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, codes))})(?!\w)", re.IGNORECASE) if codes else None
    kept: list[str] = []
    plans: list[SaidPlan] = []
    for block in _blocks(_FOR.sub(r"\2 \1:", text), known):
        if not _LABEL.search(block):
            rest, own = in_own_words(block, text, codes, red, unexplained)
            kept.append(rest)
            plans += own
            continue
        head, plan = _taken_apart(block, known)
        named = next((code for code in codes if code.upper() == plan.code.upper()), "")
        labels = sum(bool(getattr(plan, field.name)) for field in fields(plan) if field.name != "code")
        if labels == 1 and plan.reason and named and gives_figure(head, named):
            plans.append(SaidPlan(named, plan.reason))
            kept.append(head)
        elif labels >= _ENOUGH or (labels and (named in asked or (not named and len(asked) == 1))):
            plans.append(replace(plan, code=named or (next(iter(asked)) if len(asked) == 1 else "")))
            bare = known.sub("", head).strip(_MARKS + ":") if known else head.strip(_MARKS)
            kept.append(head if bare else "")
        else:
            kept.append(block)
    return ("\n".join(part for part in kept if part.strip()), tuple(plans)) if plans else (text, ())


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
    while found and found[0][0].strip(_MARKS).lower().startswith("date"):
        # A date is a plan's only behind another part of it: a mail's heading has one too.
        del found[0]
    if not found:
        return block, SaidPlan()
    head = block[: found[0].start()]
    named = known.findall(head) if known else []
    plan = SaidPlan(code=named[-1] if named else "")
    for place, label in enumerate(found):
        ends = found[place + 1].start() if place + 1 < len(found) else len(block)
        words = " ".join(block[label.end() : ends].split()).strip(_MARKS)
        said = next(filter(None, label.groups()))
        name = _PART[said.lower().split()[0].removesuffix("s")]
        part: dict[str, Any] = {name: words or getattr(plan, name)}
        plan = replace(plan, **part)
    return head, plan

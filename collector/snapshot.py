"""A round as it is locked: everything that counts, as canonical JSON, so that the same round gives the same bytes."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from collector.actions import plan_line
from collector.domain.figure import Figure
from collector.domain.people import Person
from collector.signatures import NOT_SIGNED_OFF, PriorityState, signature_of, states
from collector.view import RoundView
from collector.wording import figure_words, target_words


@dataclass(frozen=True)
class Locked:
    """Who locks, when (local time) and why; the first lock of a round has the number 1."""

    by: Person
    at: datetime
    number: int
    reason: str


@dataclass(frozen=True)
class LockedFigure:
    """What a snapshot holds of one figure: as it was said, judged and signed; `words` is "" where nothing was in."""

    code: str
    title: str
    unit: str
    target: str
    figure: int | None = None
    words: str = ""
    value: Decimal | None = None
    rag: str | None = None
    why: str = ""
    signed_by: str = NOT_SIGNED_OFF


def read(raw: bytes) -> dict[str, LockedFigure]:
    """The figures of a snapshot by their codes, as `content` wrote them."""
    return {facts["code"]: _locked(facts) for facts in json.loads(raw)["figures"]}


def _locked(facts: dict[str, Any]) -> LockedFigure:
    bare = LockedFigure(facts["code"], facts["title"], facts["unit"], facts["target"])
    if "words" not in facts:
        return bare
    value = None if facts["value"] is None else Decimal(facts["value"])
    return replace(
        bare,
        figure=facts["figure"],
        words=facts["words"],
        value=value,
        rag=facts["rag"],
        why=facts["why"],
        signed_by=facts["signed_by"],
    )


def content(view: RoundView, locked: Locked) -> bytes:
    """The round as UTF-8 JSON with sorted keys: what was owed, each figure's version, colour and signature."""
    facts = {
        "partnership": view.partnership.id,
        "plan": view.partnership.plan,
        "period": view.round.period.key,
        "locked": {
            "by": locked.by.id,
            "at": locked.at.isoformat(),
            "number": locked.number,
            "reason": locked.reason,
        },
        "priorities": [_priority(state) for state in states(view, locked.at.date())],
        "figures": [_figure(view, code) for code in sorted((*(o.measure for o in view.obligations), *view.wholes))],
    }
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _priority(state: PriorityState) -> dict[str, object]:
    return {
        "code": state.priority.code,
        "title": state.priority.title,
        "lead": state.priority.lead,
        "sign_off": "signed off" if state.signed_off else NOT_SIGNED_OFF,
        "signed_at": state.last.at.isoformat() if state.last else None,
        "outstanding": sorted((*state.outstanding, *state.awaiting)),
        "unsigned": sorted(state.unsigned),
    }


def _figure(view: RoundView, measure: str) -> dict[str, object]:
    definition, held = view.definitions[measure], view.figures.get(measure)
    facts: dict[str, object] = {
        "code": measure,
        "title": definition.title,
        "unit": definition.unit.value,
        "target": target_words(definition.target),
    }
    if definition.parts:
        facts |= {"parts": list(definition.parts), "put_together": view.whole(measure).words}
    return facts | ({"figure": None} if held is None else _held(view, held))


def _held(view: RoundView, figure: Figure) -> dict[str, object]:
    reported, signed = figure.reported, signature_of(view, figure.reported.measure)
    judged = view.judged(reported)
    facts: dict[str, object] = {
        "figure": figure.id,
        "version": figure.version,
        "words": figure_words(reported, view.definitions[reported.measure].unit),
        "status": reported.status.value,
        "basis": reported.basis.value,
        "value": _exact(reported.value),
        "numerator": _exact(reported.numerator),
        "denominator": _exact(reported.denominator),
        "commentary": reported.note,
        "rag": judged.rag.value if judged.rag else None,
        "why": judged.why,
        "signed_by": signed.person if signed else NOT_SIGNED_OFF,
        "late": figure.late,
    }
    plan = plan_line(view, reported.measure)
    return facts | {"plan": " ".join(plan)} if plan else facts


def _exact(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"

"""Returns and whole replies in our own words, labelled with what a careful officer would make of them."""

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from parsers.figures.jsonl import answer

Json = dict[str, Any]

_FOLDER = Path(__file__).parent / "examples"
_PLAIN_BASES = ("quarter", "snapshot", "month", "annual", "rolling_year", None)
_MUST_ASK = ("arithmetic", "contradiction", "period")


class Outcome(StrEnum):
    """How an answer stands beside its label."""

    RIGHT = "right"
    WRONG = "wrong"
    ASKED = "asked"
    NEEDLESS = "needless"
    MISSED = "missed"


@dataclass(frozen=True)
class Judged:
    """One figure's label, the answer to it, and what came of it."""

    id: str
    label: Json
    answer: Json
    outcome: Outcome

    def __str__(self) -> str:
        return f"{self.id}: {self.outcome}, {self.answer['value']} where {self.label['value']} is meant"


def _load(name: str) -> list[Json]:
    lines = (_FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


SINGLES: dict[str, Json] = {row["id"]: row for row in _load("singles")}
COMMENTARIES: dict[str, Json] = {row["id"]: row for row in _load("commentaries")}
REPLIES: dict[str, Json] = {row["id"]: row for row in _load("replies")}


@cache
def judged(name: str) -> tuple[Judged, ...]:
    """What comes of an example: one figure, or one for each indicator of a whole reply."""
    if name in SINGLES or name in COMMENTARIES:
        row = SINGLES.get(name) or COMMENTARIES[name]
        given = answer(_question(row))
        return (Judged(name, row, given, outcome(row, given)),)
    row = REPLIES[name]
    figures = {figure["code"]: figure for figure in answer(row)["figures"]}
    labels = [label | {"period": row["period"]} for label in row["truth"]]
    return tuple(
        Judged(f"{name}/{label['code']}", label, figures[label["code"]], outcome(label, figures[label["code"]]))
        for label in labels
    )


def _question(row: Json) -> Json:
    indicator = {"title": row["indicator"], "code": row.get("code"), "unit": row["unit"]}
    indicator["target"] = row.get("target_text")
    return {"id": row["id"], "period": row["period"], "indicator": indicator, "text": row["snippet"]}


def outcome(label: Json, given: Json) -> Outcome:
    """Wrong is a figure recorded with another value, or recorded though a careful officer must ask first."""
    if given["outcome"] == "asked":
        return Outcome.NEEDLESS if _is_plain(label) else Outcome.ASKED
    if given["outcome"] == "recorded" and given["value"] is not None:
        right = not _must_ask(label) and any(_same(given["value"], value) for value in _values(label))
        return Outcome.RIGHT if right else Outcome.WRONG
    return Outcome.RIGHT if label["value"] is None else Outcome.MISSED


def _must_ask(label: Json) -> bool:
    """The reply's own numbers contradict each other, or its figure is for another period than the quarter asked for."""
    if label.get("inconsistency_kind") in _MUST_ASK:
        return True
    of_a_quarter = re.fullmatch(r"\d{4}-\d{2} Q[1-4]", label["period"]) is not None
    another_period = label.get("status") == "annual_only" and label.get("confidence") == "clear"
    return of_a_quarter and another_period and label["value"] is not None


def _is_plain(label: Json) -> bool:
    """Nothing about the reply is odd, so that asking about it only wastes the sender's time."""
    odd = label.get("inconsistency_kind") or label.get("confidence") == "judgement" or label["status"] != "reported"
    return not odd and label.get("value_basis") in _PLAIN_BASES


def _values(label: Json) -> list[float]:
    """The label's value and what else may be recorded for it: 83% (10 of 12) may be 83 or 83.3."""
    values = [label["value"], *label.get("acceptable_values", [])]
    if label["unit"] == "percent" and label.get("numerator") is not None and label.get("denominator"):
        exact = 100 * label["numerator"] / label["denominator"]
        values += [exact, round(exact, 1), round(exact, 2)]
    return [value for value in values if value is not None]


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-9 * max(1.0, abs(other))

"""The reader as a command: JSON questions in, JSON answers out, scored against the labelled returns."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from parsers.figures.jsonl import answer

REPOSITORY = Path(__file__).parents[3]
SHARED = REPOSITORY.parent / "shared"
RETURNS = SHARED / "returns" / "medway_2014_16.jsonl"
SCORE = SHARED / "tools" / "score_reading.py"
COMPOSE = SHARED / "tools" / "compose_replies.py"


def question(text: str, unit: str = "count", **more: Any) -> dict[str, Any]:
    indicator = {"title": "Clients referred", "code": None, "unit": unit, "target": None}
    return {"id": "q", "period": "2015-16 Q2", "indicator": indicator, "text": text} | more


def test_a_plain_answer_is_recorded_with_its_counts() -> None:
    said = answer(question("43% (20 of 47 clients)", "percent"))
    assert (said["outcome"], said["value"], said["numerator"], said["denominator"]) == ("recorded", 43, 20, 47)
    assert (said["status"], said["basis"], said["queries"]) == ("reported", "quarter", [])


def test_a_doubtful_answer_asks_and_records_nothing() -> None:
    said = answer(question("19% (15 of 52)", "percent"))
    assert (said["outcome"], said["value"]) == ("asked", None)
    assert said["queries"] == ["You gave 19% and also 15 of 52, which is 28.8%."]


@pytest.mark.parametrize(
    ("text", "unit", "status"),
    [
        ("the hub opened in July", "milestone", "narrative_only"),
        ("not yet available", "count", "not_available"),
        ("no longer collected", "count", "not_available"),
        ("awaiting approval", "count", "not_available"),
        ("nothing to report", "count", "nil_return"),
    ],
)
def test_a_status_is_recorded_without_a_value(text: str, unit: str, status: str) -> None:
    said = answer(question(text, unit))
    assert (said["outcome"], said["value"], said["status"]) == ("recorded", None, status)


def test_a_whole_reply_is_answered_figure_by_figure() -> None:
    indicators = [{"title": "Clients referred", "code": c, "unit": "count"} for c in ("AB1", "AB2", "AB3")]
    said = answer({"id": "r", "period": "2015-16 Q2", "indicators": indicators, "text": "AB1 5\nAB2 about 6"})
    assert [(f["code"], f["outcome"], f["value"]) for f in said["figures"]] == [
        ("AB1", "recorded", 5),
        ("AB2", "asked", None),
        ("AB3", "none", None),
    ]


def test_an_open_query_is_answered_by_a_choice() -> None:
    context = {"queries": [{"code": None, "choices": [19, 28.8]}]}
    assert answer(question("2", "percent", context=context))["value"] == 28.8


def test_an_unknown_unit_takes_a_lone_number_only() -> None:
    assert answer(question("54.9", "tonnes"))["outcome"] == "recorded"
    assert answer(question("54.9 and 10.4", "tonnes"))["outcome"] == "asked"


def tally_of(truth: Path, folder: Path) -> dict[str, int]:
    """Score the reader against a file of labelled replies."""
    asked = subprocess.run([sys.executable, SCORE, "--questions", truth], capture_output=True, text=True, check=True)
    answers = folder / "answers.jsonl"
    answers.write_text("\n".join(json.dumps(answer(json.loads(line))) for line in asked.stdout.splitlines()))
    scored = subprocess.run([sys.executable, SCORE, truth, answers], capture_output=True, text=True, check=True).stdout
    return {name: int(count) for name, count in re.findall(r"(\w+) (\d+)/\d+", scored)}


def test_no_published_return_is_recorded_wrongly(tmp_path: Path) -> None:
    tally = tally_of(RETURNS, tmp_path)
    assert (tally["wrong"], tally["missed"]) == (0, 0)
    assert tally["flagged"] == 9
    assert tally["right"] >= 100
    assert tally["needless"] <= 3


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_no_figure_of_a_composed_reply_is_recorded_wrongly(seed: int, tmp_path: Path) -> None:
    composed = tmp_path / "composed.jsonl"
    made = subprocess.run([sys.executable, COMPOSE, RETURNS, "--seed", str(seed)], capture_output=True, check=True)
    composed.write_bytes(made.stdout)
    tally = tally_of(composed, tmp_path)
    assert (tally["wrong"], tally["missed"]) == (0, 0)


def runs_of(text: str) -> set[tuple[str, ...]]:
    """Every five words in a row."""
    words = re.findall(r"[a-z0-9']+", text.lower())
    return set(zip(words, words[1:], words[2:], words[3:], words[4:], strict=False))


def test_no_sentence_of_the_published_returns_stands_in_the_parsers() -> None:
    published: set[tuple[str, ...]] = set()
    for line in RETURNS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for key in ("indicator", "comment", "comment_plain", "period_comment", "snippet", "target_text"):
            published |= runs_of(row.get(key) or "")
    for source in (REPOSITORY / "parsers").rglob("*.py"):
        assert not runs_of(source.read_text(encoding="utf-8")) & published, source


def test_five_words_in_a_row_are_found() -> None:
    assert runs_of("One two, three four five six") == {
        ("one", "two", "three", "four", "five"),
        ("two", "three", "four", "five", "six"),
    }

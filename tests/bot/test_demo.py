"""The demo, played from beginning to end as a newcomer starts it."""

import json
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest

from parsers.partnership import read_partnership
from tests.support.block_kit import problems_of_message

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "out"
    env = {key: value for key, value in os.environ.items() if not key.startswith(("IMAP", "SMTP", "DATABASE"))}
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "demo", "--output", str(folder)],
        cwd=folder.parent,
        env=env | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (folder / "transcript.txt").write_text(done.stdout, encoding="utf-8")
    return folder


def expected() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((ROOT / "examples/medway/expected-q2.json").read_text(encoding="utf-8"))
    return found


def number(text: str | None) -> float | None:
    return None if text is None else float(text)


def test_the_books_hold_the_published_quarter_as_written_down_by_hand(played: Path) -> None:
    with sqlite3.connect(played / "collector.db") as books:
        rows = books.execute(
            """SELECT measure, value, numerator, denominator, status, basis, expected_on, reference_from, reference_to
               FROM figure AS f WHERE period = '2015-16Q2' AND version = (SELECT max(version) FROM figure AS g
               WHERE g.measure = f.measure AND g.period = f.period)"""
        ).fetchall()
    held = {row[0]: row[1:] for row in rows}
    assert set(held) == {wanted["code"] for wanted in expected()}
    for wanted in expected():
        value, top, bottom, status, basis, expected_on, since, until = held[wanted["code"]]
        assert (number(value), number(top), number(bottom)) == (
            wanted["value"],
            wanted["numerator"],
            wanted["denominator"],
        ), wanted["code"]
        assert (status, basis) == (wanted["status"], wanted["basis"]), wanted["code"]
        assert expected_on == wanted.get("expected_on"), wanted["code"]
        if "reference" in wanted:
            assert {"from": since, "to": until} == wanted["reference"]


def test_the_summary_is_whole_and_made_from_the_books(played: Path) -> None:
    summary = json.loads((played / "summary.json").read_text(encoding="utf-8"))
    assert summary["period"] == "2015-16Q2"
    assert (summary["owed"], summary["received"]) == (35, 34)
    assert (summary["board_posts"], summary["digests"]) == (1, 4)
    assert summary["board_edits"] > 5
    keys = {"code", "indicator", "value", "numerator", "denominator", "status", "door", "rag", "why"}
    assert all(keys <= set(figure) for figure in summary["figures"])
    assert {figure["door"] for figure in summary["figures"]} == {"mail", "slack"}
    slip = next(query for query in summary["queries"] if query["indicator"] == "RO06")
    assert "19%" in slip["text"]
    assert "15 of 52, which is 28.8%" in slip["text"]


def test_every_mail_is_kept_and_nobody_but_the_registered_was_answered(played: Path) -> None:
    mails = [message_from_bytes(file.read_bytes()) for file in sorted((played / "mail").glob("*-out-*.eml"))]
    assert len(mails) > 30
    told = {str(mail["To"]) for mail in mails}
    assert not any("elsewhere.example.org" in address for address in told)
    assert all(mail["Message-ID"] and mail["Auto-Submitted"] for mail in mails)


def test_the_transcript_says_what_happened(played: Path) -> None:
    told = (played / "transcript.txt").read_text(encoding="utf-8")
    for words in ("Round opened", "reminder of", "Asked", "Recorded", "Set aside", "Ignored", "34 of 35 in"):
        assert words in told


def test_a_second_performance_in_the_same_folder_starts_afresh(played: Path) -> None:
    before = len(list((played / "mail").glob("*.eml")))
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "bot.cli", "demo", "--output", str(played)]
    subprocess.run(command, cwd=played.parent, env=env, capture_output=True, timeout=110, check=True)
    assert len(list((played / "mail").glob("*.eml"))) == before


def test_every_message_in_slack_keeps_slacks_limits_and_every_workbook_is_kept(played: Path) -> None:
    posted = [json.loads(file.read_text(encoding="utf-8")) for file in sorted((played / "slack").glob("*-out-*.json"))]
    assert len(posted) > 25
    for payload in posted:
        assert problems_of_message({"text": payload["text"], "blocks": payload["blocks"]}) == []
    ways = Counter(file.name.split("-")[1] for file in (played / "workbooks").glob("*.xlsx"))
    assert ways["in"] == 2
    assert ways["out"] >= len([payload for payload in posted if payload["files"]])


def test_the_board_says_organisations_and_never_a_person_and_a_colour_only_once_it_is_signed_off(played: Path) -> None:
    """RULES 20."""
    titles = {person.title for person in read_partnership(ROOT / "examples/medway/medway.yaml").people}
    posts = [json.loads(file.read_text(encoding="utf-8")) for file in (played / "slack").glob("*-out-seg.json")]
    boards = [post for post in posts if ": the week, " not in post["text"]]
    assert not any(f"{colour}:" in post["text"] for post in posts if post not in boards for colour in ("Red", "Green"))
    assert len(boards) > 5
    for board in boards:
        assert board["channel"] == "C0SEG"
        assert not any(title in board["text"] for title in titles - {"Strategic Executive Group"})
        coloured = any(colour in board["text"] for colour in ("Red", "Amber", "Green"))
        assert coloured == ("signed off on Fri 30 Oct 2015" in board["text"])
    assert sum("signed off on" in board["text"] for board in boards) in range(1, len(boards) - 5)


def test_without_local_slack_the_same_round_is_played_in_the_console(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bot.cli", "demo", "--output", str(tmp_path / "out"), "--console"]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=110, check=False)
    assert done.returncode == 0, done.stderr
    assert "Slack's messages are shown in this console" in done.stdout
    assert "| Slack, to U0SAFER:" in done.stdout
    assert "34 of 35 in" in done.stdout

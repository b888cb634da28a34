"""The guard: whatever a document does to the child, the service gets an answer in time."""

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import pytest

from collector.domain.document import Document
from collector.domain.period import Quarter
from collector.domain.submission import Asked, Opened, ReadingTask, Refusal
from parsers import mime
from parsers.guard import GuardedFinder, GuardedOpener, Limits, guarded, within
from parsers.layouts import find_in
from parsers.layouts.separated import read_separated
from tests.parsers import guard_helpers
from tests.parsers.letters_by_hand import letter, multipart, part

NOT_OUR_WORDS = ("sorry", "invalid", "illegal", "please", "oops", "error")

TABLE = Document("return.csv", read_separated(b"Ref,Q2\nDA06,153\n"))
TASK = ReadingTask(str(Quarter(2015, 2)), Quarter(2015, 2).span, (Asked(1, "DA06", "Referrals", "count"),))


def refusal(answer: object) -> Refusal:
    assert isinstance(answer, Refusal)
    assert not any(word in answer.words.lower() for word in NOT_OUR_WORDS)
    return answer


def test_what_comes_back_is_equal_to_what_was_returned() -> None:
    content = bytes(range(256))
    thing = guarded(guard_helpers.a_thing, content)
    assert thing == guard_helpers.a_thing(content)
    assert isinstance(thing, guard_helpers.Thing)
    assert str(thing.inside[0].value) == "1.10"
    assert thing.value == Decimal("28.8")


def test_a_mail_opened_in_a_child_is_the_same_as_one_opened_here() -> None:
    raw = multipart(
        part("Content-Type: text/plain", body="DA06 153"),
        part('Content-Type: application/octet-stream; name="r.xlsx"', body=b"\x00\x01\xfe"),
    )
    assert GuardedOpener().open("mail", raw, len(raw), False) == mime.open_mail(raw, len(raw), False)


def test_what_is_found_in_a_child_is_the_same_as_what_is_found_here() -> None:
    assert GuardedFinder()(TABLE, TASK, "Medway") == find_in(TABLE, TASK, "Medway")
    assert find_in(TABLE, TASK, "Medway").stated


def test_tables_that_take_too_long_to_go_through_are_refused_by_name() -> None:
    answer = refusal(GuardedFinder(Limits(seconds=0.001))(TABLE, TASK, "Medway"))
    assert answer.code == "too_slow"
    assert answer.words.startswith("return.csv took longer than")


def test_each_document_has_a_child_of_its_own() -> None:
    pids = {guarded(guard_helpers.own_pid) for _ in range(3)}
    assert len(pids) == 3
    assert os.getpid() not in pids


def test_a_child_that_spins_is_stopped_by_the_clock() -> None:
    assert refusal(within(Limits(seconds=0.5), guard_helpers.spin)).code == "too_slow"


def test_a_child_that_spins_is_stopped_by_its_own_limit_too() -> None:
    assert refusal(within(Limits(seconds=8, cpu_seconds=1), guard_helpers.spin)).code == "too_slow"


def test_a_child_that_waits_is_stopped_by_the_clock() -> None:
    assert refusal(within(Limits(seconds=0.3), guard_helpers.sleep, 60)).code == "too_slow"


def test_a_document_that_wants_too_much_memory_is_refused() -> None:
    assert refusal(guarded(guard_helpers.hog)).code == "too_big_to_read"


def test_too_many_layers_are_refused() -> None:
    assert refusal(guarded(guard_helpers.dive)).code == "too_deep"


@pytest.mark.parametrize("function", [guard_helpers.die, guard_helpers.fail, guard_helpers.lie])
def test_a_child_that_breaks_gives_a_refusal(function: Callable[[], int]) -> None:
    assert refusal(guarded(function)).code == "crashed"


def test_the_next_document_is_read_after_a_bad_one() -> None:
    guarded(guard_helpers.die)
    assert isinstance(guarded(guard_helpers.own_pid), int)


def test_it_works_from_many_threads_at_once_and_children_have_none_of_them() -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: guarded(guard_helpers.threads), range(24)))
    assert answers == [1] * 24


def test_a_mail_near_the_size_limit_fits_into_the_memory_limit() -> None:
    lines = (b"A" * 76 + b"\r\n") * (23 * 1024 * 1024 // 78)
    raw = multipart(
        part("Content-Type: text/plain", body="DA06 153"),
        part("Content-Type: image/png; name=scan.png", "Content-Transfer-Encoding: base64", body=lines),
    )
    opened = GuardedOpener().open("mail", raw, len(raw), False)
    assert isinstance(opened, Opened)
    assert len(opened.attachments[0].content) > 17_000_000


def test_a_mail_that_takes_too_long_still_says_who_sent_it() -> None:
    page = "<p>a" * 480_000
    raw = letter("Content-Type: text/html", "Subject: Return", body=page)
    answer = refusal(GuardedOpener(Limits(seconds=0.05)).open("mail", raw, len(raw), False))
    assert answer.code == "too_slow"
    assert answer.senders == ("officer@example.org",)
    assert answer.subject == "Return"


def test_a_file_is_opened_as_mail_if_it_is_one_and_as_text_otherwise() -> None:
    opener = GuardedOpener()
    saved, text = letter(), b"DA06 153\n"
    as_mail, as_text = (opener.open("file", raw, len(raw), False) for raw in (saved, text))
    assert isinstance(as_mail, Opened)
    assert isinstance(as_text, Opened)
    assert as_mail.senders == ("officer@example.org",)
    assert (as_text.senders, as_text.text) == ((), "DA06 153")


def run_program(directory: Path, source: str) -> str:
    """What a program prints that is started like the service: `python -m program`."""
    room = directory / "program"
    room.mkdir()
    (room / "__init__.py").touch()
    (room / "__main__.py").write_text(source, encoding="utf-8")
    path = f"{directory}{os.pathsep}{Path(__file__).parents[2]}"
    command = [sys.executable, "-m", "program"]
    environment = {"PYTHONPATH": path, "PATH": os.environ["PATH"]}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
    return done.stdout


def test_it_works_in_a_program_started_by_its_module_name(tmp_path: Path) -> None:
    source = "from parsers import guard, mime\nprint(guard.guarded(mime.open_text, b'DA06 153').text)\n"
    assert run_program(tmp_path, source) == "DA06 153\n"

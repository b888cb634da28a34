"""The terminal: a command is run in this process, in a folder and with books of its own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from bot.cli.books import MEDWAY
from tests.support.terminal import Run, at_the_terminal, exit_code


@pytest.fixture(autouse=True)
def own_log() -> Iterator[None]:
    """A command writes its log where the runner reads it; afterwards that place is closed."""
    yield
    structlog.reset_defaults()


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the program over empty books."""
    at_the_terminal(monkeypatch, tmp_path)

    def typed(*words: str) -> tuple[int, str, str]:
        code = exit_code(monkeypatch, words)
        said = capsys.readouterr()
        return code, said.out, said.err

    return typed


@pytest.fixture(scope="session")
def medway_books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Books that hold the example, with a round open and its first messages made: loaded once, copied for each test."""
    folder = tmp_path_factory.mktemp("medway")
    with pytest.MonkeyPatch.context() as monkeypatch:
        at_the_terminal(monkeypatch, folder)
        for words in (("load", str(MEDWAY)), ("remind",)):
            assert exit_code(monkeypatch, words) == 0
    return folder


@pytest.fixture
def loaded(run: Run, medway_books: Path, tmp_path: Path) -> Run:
    """Runs the program over the example, with a round open."""
    shutil.copytree(medway_books, tmp_path, dirs_exist_ok=True)
    return run

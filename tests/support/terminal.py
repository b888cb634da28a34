"""The program as somebody types it, in this process: its exit code, what it said, and what it said on stderr."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from bot.cli.app import main

Run = Callable[..., tuple[int, str, str]]
"""A command's words; the exit code, stdout and stderr."""


def at_the_terminal(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Work in this folder, with books of its own, on the first Monday of a round, with no mailbox set up."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{folder / 'collector.db'}")
    monkeypatch.setenv("COLLECTOR_CLOCK", "2015-10-05T09:00")
    for name in ("IMAP_HOST", "SMTP_HOST", "MAIL_BORDER"):
        monkeypatch.delenv(name, raising=False)


def exit_code(monkeypatch: pytest.MonkeyPatch, words: Sequence[str]) -> int:
    """Type a command and wait for its end."""
    monkeypatch.setattr("sys.argv", ["collector", *words])
    with pytest.raises(SystemExit) as end:
        main()
    return int(end.value.code or 0)

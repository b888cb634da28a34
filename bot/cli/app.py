"""The program's commands put together, and how what goes wrong is told: on stderr, in plain words, with exit code 1."""

import os
import sys

import typer

from bot.cli import (
    books,
    care,
    cycle,
    definitions,
    demo,
    drafts,
    export,
    people,
    publish,
    quarantine,
    reading,
    release,
    report,
    rounds,
    service,
    targets,
    texts,
    words,
)
from bot.cli.support import CommandError
from bot.settings import SettingsError
from collector.loading import WrongPartnership
from collector.ports import NotLoaded
from collector.timetable import WrongTimetable
from parsers.errors import ParsersError
from storage.books import StorageError

app = typer.Typer(
    name="collector",
    help="Collects a partnership's quarterly returns: reminds, reads what comes back, asks where it is not sure, "
    "records, and tells SEG and the chair. Settings come from the environment or a .env file; docs/settings.md "
    "lists them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for group in (
    demo,
    service,
    books,
    rounds,
    cycle,
    people,
    release,
    report,
    quarantine,
    care,
    export,
    definitions,
    targets,
    reading,
    publish,
    drafts,
    words,
    texts,
):
    group.register(app)


#: What is told in its own words; anything else is our fault.
_TOLD = (CommandError, SettingsError, StorageError, ParsersError, WrongPartnership, WrongTimetable, NotLoaded, OSError)


def main() -> None:
    """Run a command: 0 when it worked, 1 when it could not, 2 when it was called wrongly."""
    try:
        app(prog_name="collector")
    except BrokenPipeError:
        # A reader that has seen enough, like `| head`: what is still to be flushed goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except _TOLD as error:
        typer.echo(f"collector: {error}", err=True)
        sys.exit(1)

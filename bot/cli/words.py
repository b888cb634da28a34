"""The command about words that are held back because they seem to hold personal data."""

from typing import Annotated

import typer

from bot.cli.support import CommandError, give
from collector.domain.personal import Dealt
from collector.held_words import deal_with_words, waiting_lines, words_waiting


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("words", short_help="Show or settle words held back for personal data.")(words_command)


def words_command(
    code: Annotated[str, typer.Argument(help="the code of the figure, like DA06; without it, all that waits")] = "",
    keep: Annotated[bool, typer.Option("--keep", help="the words stay as they are")] = False,
    take_out: Annotated[bool, typer.Option("--take-out", help="nothing stands in their place")] = False,
    replace: Annotated[str, typer.Option("--replace", help="what stands in their place")] = "",
    by: Annotated[str | None, typer.Option("--by", help="who decides: an id, an address or a role")] = None,
    period: Annotated[str | None, typer.Option("--period", help="the round, like 2015-16Q2; the latest")] = None,
) -> None:
    """Show the words that are held back, or keep, replace or take out those beside one figure."""
    if not code:
        give(lambda acting, view: tuple(waiting_lines(view, words_waiting(acting.unit))) or (_NOTHING,), by, period)
        return
    said = [how for how, given in zip(Dealt, (keep, bool(replace), take_out), strict=True) if given]
    if len(said) != 1:
        raise CommandError('Say one of --keep, --replace "the new words" and --take-out.')
    give(lambda acting, view: deal_with_words(acting, view, code.upper(), said[0], replace), by, period)


_NOTHING = "No words are held back."

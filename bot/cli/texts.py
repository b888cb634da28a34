"""The command about what is written for publication beside a figure."""

from typing import Annotated

import typer

from bot.cli.support import CommandError, give
from collector.domain.orders import LegalCheckDone, PublishWords, TakeOutText, TextOrder
from collector.publication_words import about_text, text_lines


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("publication-text", short_help="Show or write what is printed beside a figure.")(text_command)


def text_command(
    code: Annotated[str, typer.Argument(help="the code of the figure, like DA06; without it, every text")] = "",
    words: Annotated[str, typer.Option("--write", help="what is printed with the figure")] = "",
    legal_check: Annotated[bool, typer.Option("--legal-check", help="not before a legal check is done")] = False,
    checked: Annotated[bool, typer.Option("--checked", help="the legal check is done")] = False,
    take_out: Annotated[bool, typer.Option("--take-out", help="nothing is printed")] = False,
    by: Annotated[str | None, typer.Option("--by", help="who writes: an id, an address or a role")] = None,
    period: Annotated[str | None, typer.Option("--period", help="the round, like 2015-16Q2; the latest")] = None,
) -> None:
    """Show the texts for publication, or write, release or take out the one beside a figure."""
    if not code:
        give(text_lines, by, period)
        return
    orders: dict[TextOrder, bool] = {
        PublishWords(code, words, legal_check): bool(words),
        LegalCheckDone(code): checked,
        TakeOutText(code): take_out,
    }
    said = [order for order, given in orders.items() if given]
    if len(said) != 1:
        raise CommandError('Say one of --write "the text", --checked and --take-out.')
    give(lambda acting, view: about_text(acting, view, said[0]), by, period)

"""Commands about closing a round: round status, freeze, lock, reopen, decline; sign and send-back."""

from typing import Annotated

import typer

from bot.cli.support import CommandError, coordinator_of, give, need_partnership, rooms, view_of
from collector.acting import Acting, NotDone
from collector.corrections import decline
from collector.domain.period import Quarter
from collector.locking import freeze, lock, measure_of, reopen, reopen_figure
from collector.requests import accept_request, reject_request, request_lines
from collector.round_status import status_lines
from collector.rounds import open_early
from collector.signoff import send_back, sign

_Why = Annotated[str, typer.Option("--why", help="the reason; it stays in the books")]
_Which = Annotated[str | None, typer.Option("--period", help="another round than the latest, like 2015-16Q2")]
_By = Annotated[str | None, typer.Option("--by", help="who says so: id, address or role title")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
    group.command("status", short_help="Show where sign-off and lock stand.")(status_command)
    group.command("open", short_help="Open the round of a quarter before its opening day.")(open_command)
    group.command("freeze", short_help="Close the round for its papers; late source data still comes in.")(
        freeze_command
    )
    group.command("lock", short_help="Lock the round and keep it as a snapshot.")(lock_command)
    group.command("reopen", short_help="Open a round again, or one figure of it.")(reopen_command)
    group.command("decline", short_help="Leave a figure as it is although a correction came.")(decline_command)
    group.command("requests", short_help="List what SEG has to decide, and what it decided.")(requests_command)
    group.command("decide", short_help="Enter SEG's decision on a change request.")(decide_command)
    app.add_typer(group, name="round", short_help="Sign-off, freeze, lock, and what comes after the lock.")
    app.command("sign", short_help="Sign a priority off for its lead.")(sign_command)
    app.command("send-back", short_help="Send a figure back to its contributor, with the reason.")(send_back_command)


def status_command(period: _Which = None) -> None:
    """Show each priority's sign-off, what waits for you, and what was locked and restated."""
    with rooms() as found:
        need_partnership(found)
        local = found.calendar.local(found.now())
        with found.books.begin() as unit:
            told = status_lines(view_of(unit, period), local)
    for line in told:
        typer.echo(line)


def open_command(period: Annotated[str, typer.Argument(help="the quarter, like 2015-16Q2")]) -> None:
    """Open the round of a quarter that has ended before its opening day; its due day stays where it is."""
    with rooms() as found:
        coordinator = coordinator_of(need_partnership(found))
        try:
            with found.books.begin() as unit:
                told = open_early(Acting(unit, found.calendar, found.now(), coordinator), Quarter.parse(period))
        except (NotDone, ValueError) as error:
            raise CommandError(str(error)) from error
    for line in told:
        typer.echo(line)


def freeze_command(why: _Why = "", period: _Which = None) -> None:
    """Freeze the round: corrections of what stands wait for you, late source data still comes in."""
    give(lambda acting, view: freeze(acting, view, why), period=period)


def lock_command(why: _Why = "", period: _Which = None) -> None:
    """Lock the round and keep all of it as a snapshot. Who has not signed is shown as "not signed off"."""
    give(lambda acting, view: lock(acting, view, why), period=period)


def reopen_command(
    code: Annotated[str | None, typer.Argument(help="one figure's code; without it the whole round")] = None,
    why: _Why = "",
    period: _Which = None,
) -> None:
    """Open a locked round again, or one figure of it: a correction that waits is taken, else the next that comes."""
    if code is None:
        give(lambda acting, view: reopen(acting, view, why), period=period)
    else:
        give(lambda acting, view: reopen_figure(acting, view, code, why), period=period)


def decline_command(
    code: Annotated[str, typer.Argument(help="the figure's code, like DA06")], why: _Why = "", period: _Which = None
) -> None:
    """Leave a figure as it is although a correction waits for it; its sender is told why."""
    give(lambda acting, view: decline(acting, view, measure_of(view, code), why), period=period)


def requests_command(period: _Which = None) -> None:
    """List the change requests, each with its number and decision."""
    with rooms() as found:
        need_partnership(found)
        with found.books.begin() as unit:
            told = request_lines(view_of(unit, period))
    for line in told or ["There is no change request."]:
        typer.echo(line)


def decide_command(
    number: Annotated[int, typer.Argument(help="the request's number, as round requests lists it")],
    accept: Annotated[bool, typer.Option("--accept/--reject", help="what SEG decided")],
    why: _Why = "",
    period: _Which = None,
) -> None:
    """Enter SEG's decision on a change request; a target itself is changed in the definition file."""
    decide = accept_request if accept else reject_request
    give(lambda acting, view: decide(acting, view, number, why), period=period)


def sign_command(
    priority: Annotated[str, typer.Argument(help="the priority's code, like P4")],
    by: _By = None,
    period: _Which = None,
) -> None:
    """Sign a priority off as its lead does: what is in is signed, and what is out is said."""
    if by is None:
        raise CommandError("Say who signs: collector sign P4 --by WHO. Only the priority's lead can.")
    give(lambda acting, view: sign(acting, view, priority), by, period)


def send_back_command(
    code: Annotated[str, typer.Argument(help="the figure's code, like DA06")],
    why: _Why = "",
    by: _By = None,
    period: _Which = None,
) -> None:
    """Send a figure back to its contributor, who gets one message with the reason."""
    give(lambda acting, view: send_back(acting, view, code, why), by, period)

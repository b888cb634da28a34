"""Commands about people: away and back, handing over, putting reminders off, who owes what."""

from datetime import date
from typing import Annotated

import typer

from bot.cli.support import CommandError, find_person, give, need_partnership, need_view, rooms
from collector.absence import come_back, go_away
from collector.acting import Acting
from collector.extending import extend
from collector.handing_over import hand_over
from collector.reminders import key_of
from collector.snooze import put_off_reminders
from collector.view import RoundView
from collector.who_owes import who_owes

_WHO = typer.Argument(help="id, address or role title")
_BY = typer.Option("--by", help="who says so: id, address or role title; the coordinator if left out")
_WHY = typer.Option("--why", help="why, for the audit trail")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(no_args_is_help=True, help="Who is away, who stands in, who reports what.")
    group.command("away", short_help="Somebody is away; their deputy is asked meanwhile.")(away_command)
    group.command("back", short_help="Somebody is back and is written to again.")(back_command)
    group.command("hand-over", short_help="Hand indicators over to somebody else.")(hand_over_command)
    group.command("snooze", short_help="Put somebody's reminders off for some days.")(snooze_command)
    group.command("extend", short_help="Give somebody more time for a figure.")(extend_command)
    app.add_typer(group, name="people", short_help="Absence, deputies, handing over, reminders put off.")
    app.command("who-owes", short_help="Show who owes what, by when, and who is away.")(who_owes_command)


def away_command(
    who: Annotated[str, _WHO],
    since: Annotated[str | None, typer.Option("--from", help="the first day away, like 2015-11-02; else today")] = None,
    until: Annotated[str | None, typer.Option(help="the last day away; else until they are back")] = None,
    deputy: Annotated[str | None, typer.Option(help="who stands in; else the deputy that the file names")] = None,
    by: Annotated[str | None, _BY] = None,
    why: Annotated[str, _WHY] = "",
) -> None:
    """Say that somebody is away: reminders and questions go to their deputy, else to the lead of the priority."""
    first, last = _day(since), _day(until)

    def order(acting: Acting, view: RoundView) -> tuple[str, ...]:
        standing_in = find_person(view.partnership, deputy) if deputy else None
        return go_away(acting, view, find_person(view.partnership, who), first, last, standing_in, why)

    give(order, by)


def back_command(
    who: Annotated[str, _WHO], by: Annotated[str | None, _BY] = None, why: Annotated[str, _WHY] = ""
) -> None:
    """Say that somebody is back today; also puts aside what an automatic reply proposed."""
    give(lambda acting, view: come_back(acting, view, find_person(view.partnership, who), why), by)


def hand_over_command(
    code: Annotated[str, typer.Argument(help="an indicator's code, several with commas, or all")],
    giver: Annotated[str, typer.Option("--from", help="who reports it now")],
    taker: Annotated[str, typer.Option("--to", help="who reports it from this round on")],
    by: Annotated[str | None, _BY] = None,
    why: Annotated[str, _WHY] = "",
) -> None:
    """Hand one indicator over, or all of somebody's, for the round that is open and from now on."""
    codes = () if code.strip().lower() == "all" else tuple(part.strip() for part in code.split(",") if part.strip())
    if not codes and code.strip().lower() != "all":
        raise CommandError("Say which indicator, by its code, or all.")

    def order(acting: Acting, view: RoundView) -> tuple[str, ...]:
        return hand_over(
            acting, view, codes, find_person(view.partnership, giver), find_person(view.partnership, taker), why
        )

    give(order, by)


def snooze_command(
    who: Annotated[str, _WHO],
    until: Annotated[str | None, typer.Option(help="the day of the next reminder; else the next working day")] = None,
    by: Annotated[str | None, _BY] = None,
    why: Annotated[str, _WHY] = "",
) -> None:
    """Put somebody's reminders off until a day, within the limit of the timetable (snooze_days)."""
    day = _day(until)
    give(lambda acting, view: put_off_reminders(acting, view, find_person(view.partnership, who), day, why), by)


def extend_command(
    code: Annotated[str, typer.Argument(help="an indicator's code, several with commas")],
    until: Annotated[str, typer.Option(help="the new last day, like 2015-10-30")],
    by: Annotated[str | None, _BY] = None,
    why: Annotated[str, _WHY] = "",
) -> None:
    """Give more time for a figure: it is not late before that day, and whoever owes it is told."""
    codes, last = tuple(part.strip() for part in code.split(",") if part.strip()), date.fromisoformat(_written(until))
    give(lambda acting, view: extend(acting, view, codes, last, None, why), by)


def who_owes_command() -> None:
    """Show who owes what: due day, last reminder, open questions, who is away and who is asked instead."""
    with rooms() as found:
        need_partnership(found)
        with found.books.begin() as unit:
            view = need_view(unit)
            told = unit.outbox.told(key_of(view.round.period), view.round.period)
        lines = who_owes(view, told, found.calendar, found.now())
    for line in lines:
        typer.echo(line)


def _written(day: str) -> str:
    """A day that is needed, as it is written."""
    found = _day(day)
    if found is None:
        raise CommandError("Say the new last day, like --until 2015-10-30.")
    return found.isoformat()


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise CommandError(f"A day is written like 2015-11-09, not {written!r}.") from None

"""The command that plays Medway's round."""

import json
import logging
import signal
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import structlog
import typer

from bot.cli.books import MEDWAY, sources_of
from bot.cli.support import CommandError
from parsers.partnership import read_partnership

if TYPE_CHECKING:
    from bot.demo.play import Demo


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo", short_help="Play Medway's Q2 2015-16 round on this machine.")(demo_command)


def demo_command(
    output: Annotated[Path, typer.Option(help="the folder for what the round leaves behind")] = Path("demo-output"),
    pause: Annotated[
        bool, typer.Option("--pause", help="keep the doors open at the end, to try them yourself")
    ] = False,
    console: Annotated[
        bool, typer.Option("--console", help="show Slack's messages here, even where local-slack could run")
    ] = False,
) -> None:
    """Play Medway's Q2 2015-16 round on this machine: real mail, a Slack of its own, no account, under a minute."""
    # Here, so that no other command waits for the demo's servers to be imported.
    from bot.demo.play import differences, on_stage
    from bot.demo.traces import NotOurs

    # Ended from outside, it clears the stage as after Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    begun = time.monotonic()
    partnership = read_partnership(MEDWAY)
    expected = json.loads((MEDWAY.parent / "expected-q2.json").read_text(encoding="utf-8"))
    stage = on_stage(output, partnership, MEDWAY.parent / "replies", sources_of(MEDWAY, partnership), console)
    with ExitStack() as stack:
        try:
            demo = stack.enter_context(stage)
        except NotOurs as error:
            raise CommandError(str(error)) from error
        summary = demo.play()
        told = differences(summary, expected)
        demo.transcript.say(
            f"\n{summary['received']} of {summary['owed']} indicators in or accounted for, "
            f"{summary['asked']} questions asked, {summary['late']} late, "
            f"{summary['reminders']} reminders, {summary['digests']} digests; "
            f"{time.monotonic() - begun:.0f} seconds. Look at {output}/digest.html, {output}/summary.json "
            f"and {output}/mail."
        )
        if pause:
            _hold(demo, output)
    if told:
        raise CommandError("The books differ from examples/medway/expected-q2.json:\n" + "\n".join(told))


def _hold(demo: "Demo", output: Path) -> None:
    """Keep the doors open and the service running until the newcomer has seen enough."""
    office = demo.mailers.office
    person = demo.partnership.people[-1]
    page = (
        f"""

Slack: open {demo.slack.page}, choose under \u201cAct as\u201d who you are (Head of Safer Communities, say), open that
name under Direct messages, and press Fill in, or write: DA06: 155, counted again
"""
        if demo.slack.page
        else "\n"
    )
    demo.transcript.say(
        f"""
The doors stay open; the clock stands just after the last digest. The collector reads what you send. Try:
{page}
Mail:
curl smtp://127.0.0.1:{office.smtp_port} --mail-from {person.addresses[0]} --mail-rcpt {demo.partnership.mailbox} \\
     --crlf -T - <<'MAIL'
From: {person.addresses[0]}
Subject: a correction

RS04: the September course was cancelled
MAIL

IMAP on 127.0.0.1:{office.imap_port}, user {demo.partnership.mailbox}, password {demo.password}
DATABASE_URL=sqlite:///{output / "collector.db"} ./run collector status

Ctrl-C ends it."""
    )
    try:
        demo.keep_going()
    except KeyboardInterrupt:
        demo.transcript.say("\nDoors closed.")

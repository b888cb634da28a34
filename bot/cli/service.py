"""The command that runs the service."""

import logging
import signal
from types import FrameType
from typing import Annotated

import structlog
import typer

from bot.settings import read_settings
from bot.wiring import furnish, service_of


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("run", short_help="Run the service: mailbox, Slack, clock, what goes out.")(run_command)


def run_command(
    once: Annotated[bool, typer.Option("--once", help="one pass over everything, then end")] = False,
) -> None:
    """Run the service: read the mailbox, work through what came, remind, send board and digest; SIGTERM ends it."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(typer.get_text_stream("stderr")),
    )
    settings = read_settings()
    rooms = furnish(settings)
    try:
        service = service_of(settings, rooms)
        if once:
            service.once()
            return

        def end(_signal: int, _frame: FrameType | None) -> None:
            service.stop()

        signal.signal(signal.SIGTERM, end)
        signal.signal(signal.SIGINT, end)
        service.run()
    finally:
        rooms.books.close()

"""The Slack door as the service runs it: the connection that brings what is said, and the sweep for what it missed."""

from dataclasses import dataclass

import structlog

from bot.slack.app import SlackConnection
from bot.slack.errors import SlackDown
from bot.slack.sweep import Sweep

log = structlog.get_logger()


@dataclass(frozen=True)
class LiveSlack:
    """Socket and sweep over the same door."""

    connection: SlackConnection
    sweeper: Sweep

    def start(self) -> None:
        """Begin to connect; returns at once."""
        self.connection.start()

    def stop(self) -> None:
        """Hang up."""
        self.connection.stop()

    def sweep(self) -> int:
        """Bring in what was said while nobody listened; how many messages."""
        try:
            return self.sweeper.run()
        except SlackDown as error:
            log.warning("slack not swept", why=str(error))
            return 0

"""The ticker: APScheduler with nothing stored, so that two processes or a missed tick can't fire anything twice."""

from collections.abc import Callable
from datetime import UTC

from apscheduler.schedulers.background import BackgroundScheduler


class Ticker:
    """Calls a function every so many seconds in a thread of its own; what is due is asked of the books each time."""

    def __init__(self) -> None:
        self._scheduler = BackgroundScheduler(timezone=UTC)

    def every(self, seconds: int, function: Callable[[], object]) -> None:
        """Call a function from `start` on; a run that is missed, or due while one is going, is not made up for."""
        self._scheduler.add_job(
            function, "interval", seconds=seconds, coalesce=True, max_instances=1, misfire_grace_time=seconds
        )

    def start(self) -> None:
        """Begin to tick."""
        self._scheduler.start()

    def stop(self) -> None:
        """Finish the tick under way and stop."""
        self._scheduler.shutdown(wait=True)

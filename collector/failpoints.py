"""Named places where a test can end the process: after every commit and every call to the outside (DESIGN 4)."""

from collections.abc import Callable
from enum import StrEnum


class Failpoint(StrEnum):
    """The steps of a message's way, in order."""

    FETCHED = "fetched"
    ACCEPTED = "accepted"
    CURSOR_MOVED = "cursor_moved"
    CLAIMED = "claimed"
    FILES_KEPT = "files_kept"
    OPENED = "opened"
    PROCESSED = "processed"
    PLANNED = "planned"
    RENDERED = "rendered"
    SENT = "sent"
    NOTED = "noted"
    FILED = "filed"


Reached = Callable[[Failpoint], None]


def pass_by(_point: Failpoint) -> None:
    """What happens at a failpoint in service: nothing."""

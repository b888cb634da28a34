"""How long something keeps the processor busy, apart from what measuring coverage adds."""

import sys
import threading
import time
from collections.abc import Callable
from typing import TypeVar

_Made = TypeVar("_Made")


def timed(work: Callable[[], _Made]) -> tuple[float, _Made]:
    """Processor seconds of some work and what it made; in a thread of its own, which no tracer follows."""
    made: list[_Made] = []
    taken: list[float] = []

    def run() -> None:
        sys.settrace(None)
        begun = time.thread_time()
        made.append(work())
        taken.append(time.thread_time() - begun)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return taken[0], made[0]

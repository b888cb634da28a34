"""How long something keeps the processor busy."""

import time
from collections.abc import Callable
from typing import TypeVar

_Made = TypeVar("_Made")


def timed(work: Callable[[], _Made]) -> tuple[float, _Made]:
    """Processor seconds of some work in this thread, and what it made."""
    begun = time.thread_time()
    made = work()
    return time.thread_time() - begun, made

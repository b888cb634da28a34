"""Functions for a child to run; the child imports this module by its name."""

import os
import threading
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import cast


@dataclass(frozen=True)
class Thing:
    content: bytes
    value: Decimal
    when: date
    at: datetime
    inside: tuple["Thing", ...] = ()


def a_thing(content: bytes) -> Thing:
    inner = Thing(b"\x00\xff", Decimal("1.10"), date(2015, 10, 20), datetime(2015, 10, 20, tzinfo=UTC))
    return Thing(content, Decimal("28.8"), date(2015, 10, 20), datetime(2015, 10, 20, tzinfo=UTC), (inner,))


def spin() -> int:
    while True:
        pass


def sleep(seconds: float) -> int:
    time.sleep(seconds)
    return 0


def hog() -> int:
    return len(bytearray(2 * 1024**3))


def dive() -> int:
    return dive() + 1


def die() -> int:
    os.abort()


def fail() -> int:
    raise KeyError("xl/workbook.xml")


def own_pid() -> int:
    return os.getpid()


def threads() -> int:
    return threading.active_count()


def lie() -> int:
    return cast("int", "not a number")  # the lie is what is tested

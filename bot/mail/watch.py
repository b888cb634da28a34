"""Watches the mailbox: reads it as mail comes, files what is finished, and comes back when the server was away."""

import random
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from bot.mail.door import MailDoor
from bot.mail.errors import MailboxDown

log = structlog.get_logger()

#: Seconds before the mailbox is tried again after a failure, doubled each time up to the last.
_FIRST_PAUSE, _LAST_PAUSE = 2.0, 300.0
#: Seconds an IMAP wait may take before the mailbox is looked at again.
_WAIT = 60


@dataclass
class BackOff:
    """How long to wait before each try: longer each time up to a bound, and never in step with others."""

    first: float = _FIRST_PAUSE
    last: float = _LAST_PAUSE
    chance: Callable[[], float] = random.random
    _tries: int = 0

    def next(self) -> float:
        """Seconds until the next try: between half of the pause and the whole of it."""
        pause = min(self.first * 2.0 ** min(self._tries, 30), self.last)
        self._tries += 1
        return pause * (0.5 + self.chance() / 2)

    def reset(self) -> None:
        """It worked: the next failure begins anew."""
        self._tries = 0


@dataclass
class MailWatch:
    """Goes on until `stopping`; sets `kept` when something came in, and `looked` once the first look is over."""

    door: MailDoor
    now: Callable[[], datetime]
    kept: threading.Event
    looked: threading.Event
    stopping: threading.Event
    back_off: BackOff = field(default_factory=BackOff)
    _said: str = ""

    def run(self) -> None:
        """Read, file, wait for mail; after a failure try again with growing pauses."""
        while not self.stopping.is_set():
            try:
                self._connect()
                while not self.stopping.is_set():
                    if self.door.collect(self.now()):
                        self.kept.set()
                    self.looked.set()
                    self._tidy()
                    self.back_off.reset()
                    self.door.mailbox.wait(_WAIT)
            except MailboxDown as error:
                self._is_down(str(error))
            except Exception:
                log.exception("failed", part="mailbox")
            finally:
                self.door.mailbox.close()
                self.looked.set()
            self.stopping.wait(self.back_off.next())

    def look(self) -> None:
        """One look at what lies there; the connection is left open for `leave`."""
        try:
            self._connect()
            self.door.collect(self.now())
        except MailboxDown as error:
            self._is_down(str(error))

    def leave(self) -> None:
        """File what is finished by now, and hang up."""
        try:
            self._tidy()
        except MailboxDown as error:
            log.info("handled mail stays for now", why=str(error))
        finally:
            self.door.mailbox.close()

    def _connect(self) -> None:
        self.door.mailbox.connect()
        since = self.door.is_up()
        self._said = ""
        log.info("mailbox connected", **({"down_since": since.isoformat()} if since else {}))
        self._say_obstacle()

    def _tidy(self) -> None:
        filed = self.door.tidy()
        if filed:
            log.info("handled mail filed", messages=filed)
        self._say_obstacle()

    def _say_obstacle(self) -> None:
        obstacle = self.door.hindered(self.now())
        if obstacle:
            log.warning("handled mail stays where it is", why=obstacle)

    def _is_down(self, why: str) -> None:
        """Said once for each reason, not at every try; the books keep since when it lasts."""
        with suppress(Exception):
            self.door.is_down(self.now(), why)
        if why != self._said:
            log.warning("mailbox down", why=why)
        self._said = why

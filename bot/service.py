"""Starts and stops the loops: mail in, workers, clock, mail out, in one process."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

import structlog

from bot.mail.door import MailDoor
from bot.mail.errors import MailboxDown
from collector.clock import Clock, Ticked
from collector.delivery import Delivered, Delivery, Fate
from collector.intake import Intake, Processed

log = structlog.get_logger()

#: Seconds between two looks at an idle queue; a wake-up makes it at once.
_IDLE = 5.0
#: Seconds before the mailbox is tried again after a failure, doubled each time up to the last.
_BACK_OFF = (2.0, 300.0)
#: Seconds the first look at the mailbox may take before the clock starts without it.
_FIRST_LOOK = 60.0
#: Seconds an IMAP wait may take before the mailbox is looked at again.
_WAIT = 60


class Ticks(Protocol):
    """Calls a function in steady time."""

    def every(self, seconds: int, function: Callable[[], object]) -> None: ...
    def start(self) -> None: ...
    def stop(self) -> None: ...


@dataclass
class Pass:
    """What one pass over everything came to."""

    ticked: Ticked
    processed: list[Processed]
    delivered: list[Delivered]


@dataclass
class Service:
    """The whole service over its parts; `once` does a single pass, `run` goes on until `stop`."""

    door: MailDoor
    intake: Intake
    clock: Clock
    delivery: Delivery
    ticks: Ticks
    now: Callable[[], datetime]
    tick_every: int = 30
    _stopping: threading.Event = field(default_factory=threading.Event)
    _mail: threading.Event = field(default_factory=threading.Event)
    _post: threading.Event = field(default_factory=threading.Event)
    _looked: threading.Event = field(default_factory=threading.Event)

    def once(self) -> Pass:
        """Bring in what lies in the mailbox, work through it, tick, and send what is due."""
        try:
            self.door.mailbox.connect()
            self.door.collect(self.now())
        except MailboxDown as error:
            log.warning("mailbox down", why=str(error))
        finally:
            self.door.mailbox.close()
        processed = self.work()
        ticked = self.tick()
        return Pass(ticked, processed, self.send())

    def work(self) -> list[Processed]:
        """Work through what waits."""
        done = []
        while not self._stopping.is_set():
            processed = self.intake.process_next(self.now())
            if processed is None:
                break
            outcome = processed.outcome.value if processed.outcome else "to be tried again"
            log.info("read", message=processed.row.id, outcome=outcome, reason=processed.reason)
            done.append(processed)
        return done

    def tick(self) -> Ticked:
        """Plan what is due."""
        ticked = self.clock.tick(self.now())
        if ticked.opened or ticked.planned:
            log.info("planned", messages=len(ticked.planned), opened=str(ticked.opened.period) if ticked.opened else "")
            self._post.set()
        return ticked

    def send(self) -> list[Delivered]:
        """Send what is due."""
        done: list[Delivered] = []
        while not self._stopping.is_set():
            delivered = self.delivery.send_next(self.now())
            if delivered is None:
                break
            level = log.warning if delivered.fate is Fate.FAILED else log.info
            level("mail", key=delivered.row.planned.dedupe_key, fate=delivered.fate.value, why=delivered.why)
            done.append(delivered)
        return done

    def run(self) -> None:
        """Run until `stop`; every loop survives what goes wrong in one round of it."""
        loops = [
            threading.Thread(target=self._read_mailbox, name="mailbox", daemon=True),
            threading.Thread(target=self._loop, args=("worker", self.work, self._mail), name="worker", daemon=True),
            threading.Thread(target=self._loop, args=("sender", self.send, self._post), name="sender", daemon=True),
        ]
        self.ticks.every(self.tick_every, lambda: self._safely("tick", self.tick))
        loops[0].start()
        # Replies that came while the service was down are read before anybody is reminded of them.
        self._looked.wait(_FIRST_LOOK)
        self._safely("worker", self.work)
        self._safely("tick", self.tick)
        self.ticks.start()
        for loop in loops[1:]:
            loop.start()
        log.info("started")
        self._stopping.wait()
        self.ticks.stop()
        for loop in loops:
            loop.join(timeout=10)
        log.info("stopped")

    def stop(self) -> None:
        """Finish what is under way and end."""
        self._stopping.set()
        self._mail.set()
        self._post.set()
        self._looked.set()
        self.door.mailbox.interrupt()

    def _loop(self, name: str, business: Callable[[], object], wake: threading.Event) -> None:
        while not self._stopping.is_set():
            self._safely(name, business)
            if name == "worker":
                self._post.set()
            wake.wait(_IDLE)
            wake.clear()

    def _safely(self, name: str, business: Callable[[], object]) -> None:
        try:
            business()
        except Exception:
            # The books hold what was not finished; the next round of the loop takes it up again.
            log.exception("failed", part=name)

    def _read_mailbox(self) -> None:
        pause = _BACK_OFF[0]
        mailbox = self.door.mailbox
        while not self._stopping.is_set():
            try:
                mailbox.connect()
                log.info("mailbox connected")
                while not self._stopping.is_set():
                    if self.door.collect(self.now()):
                        self._mail.set()
                    self._looked.set()
                    pause = _BACK_OFF[0]
                    mailbox.wait(_WAIT)
            except MailboxDown as error:
                log.warning("mailbox down", why=str(error), retry_in=pause)
            except Exception:
                log.exception("failed", part="mailbox")
            finally:
                mailbox.close()
                self._looked.set()
            self._stopping.wait(pause)
            pause = min(pause * 2, _BACK_OFF[1])

"""Starts and stops the loops: mail in, Slack in, workers, clock, mail and Slack out, in one process."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Protocol

import structlog

from bot.mail.door import MailDoor
from bot.mail.watch import MailWatch
from collector.clock import Clock, Ticked
from collector.delivery import Delivered, Delivery, Fate
from collector.intake import Intake, Processed

log = structlog.get_logger()

#: Seconds between two looks at an idle queue; a wake-up makes it at once.
_IDLE = 5.0
#: Seconds the first look at the mailbox may take before the clock starts without it.
_FIRST_LOOK = 60.0
#: Seconds after which a signal to end is heeded at the latest.
_HEED = 0.5
#: Seconds between two sweeps of Slack for what the socket may have missed.
_SWEEP_EVERY = 300.0


class Ticks(Protocol):
    """Calls a function in steady time."""

    def every(self, seconds: int, function: Callable[[], object]) -> None: ...
    def start(self) -> None: ...
    def stop(self) -> None: ...


class LiveDoor(Protocol):
    """A door that is told of messages as they are written (Slack's socket), and can look for what it missed.

    `sweep` gives how many messages it brought in.
    """

    def start(self) -> None: ...
    def stop(self) -> None: ...
    def sweep(self) -> int: ...


@dataclass
class Pass:
    """What one pass over everything came to."""

    ticked: Ticked
    processed: list[Processed]
    delivered: list[Delivered]


@dataclass
class Service:
    """The whole service over its parts; `once` does a single pass, `run` goes on until `stop`.

    A door sets `kept` when it has taken something in, and `missed` when it may have missed something; it gives up
    what takes long once `stopping` is set.
    """

    door: MailDoor
    intake: Intake
    clock: Clock
    deliveries: Sequence[Delivery]
    ticks: Ticks
    now: Callable[[], datetime]
    live: LiveDoor | None = None
    tick_every: int = 30
    kept: threading.Event = field(default_factory=threading.Event)
    missed: threading.Event = field(default_factory=threading.Event)
    stopping: threading.Event = field(default_factory=threading.Event)
    _looked: threading.Event = field(default_factory=threading.Event)
    _swept: threading.Event = field(default_factory=threading.Event)
    _caught_up: threading.Event = field(default_factory=threading.Event)
    _post: list[threading.Event] = field(init=False)
    _mailbox: MailWatch = field(init=False)

    def __post_init__(self) -> None:
        self._post = [threading.Event() for _ in self.deliveries]
        self._mailbox = MailWatch(self.door, self.now, self.kept, self._looked, self.stopping)

    def once(self) -> Pass:
        """Bring in what lies in the mailbox and in Slack, work through it, tick, and send what is due."""
        self._mailbox.look()
        if self.live is not None:
            self._safely("slack", self.live.sweep)
        processed = self.work()
        self._mailbox.leave()
        ticked = self.tick()
        return Pass(ticked, processed, self.send())

    def work(self) -> list[Processed]:
        """Work through what waits."""
        done = []
        while not self.stopping.is_set():
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
            self._wake_senders()
        return ticked

    def send(self) -> list[Delivered]:
        """Send what is due, by every channel."""
        done = [delivered for delivery in self.deliveries for delivered in self._send(delivery)]
        # What one channel could not bring may have gone over to one that was through already.
        return done + [delivered for delivery in self.deliveries for delivered in self._send(delivery)]

    def _send(self, delivery: Delivery, answers_only: bool = False) -> list[Delivered]:
        done: list[Delivered] = []
        while not self.stopping.is_set():
            delivered = delivery.send_next(self.now(), answers_only)
            if delivered is None:
                break
            level = log.warning if delivered.fate is Fate.FAILED else log.info
            planned = delivered.row.planned
            level(planned.channel, key=planned.dedupe_key, fate=delivered.fate.value, why=delivered.why)
            done.append(delivered)
        return done

    def run(self) -> None:
        """Run until `stop`; every loop survives what goes wrong in one round of it.

        What came while the service was down is read, and answered, before anybody is written to unprompted.
        """
        doors = [_thread("mailbox", self._mailbox.run)]
        if self.live is not None:
            doors.append(_thread("slack", self._read_slack, self.live))
        worker = _thread("worker", self._loop, "worker", self.work, self.kept)
        senders = [
            _thread(f"sender {number}", self._loop, "sender", partial(self._send_due, delivery), wake)
            for number, (delivery, wake) in enumerate(zip(self.deliveries, self._post, strict=True))
        ]
        self.ticks.every(self.tick_every, lambda: self._safely("tick", self.tick))
        for thread in (*doors, *senders):
            thread.start()
        self._work_until(self._looked)
        if self.live is not None:
            self._work_until(self._swept)
        self._safely("worker", self.work)
        self._safely("tick", self.tick)
        self._caught_up.set()
        self._wake_senders()
        self.ticks.start()
        worker.start()
        log.info("started")
        # A signal that reached another thread is heeded by this one once it wakes: it must not sleep for ever.
        while not self.stopping.wait(_HEED):
            pass
        self.ticks.stop()
        for thread in (*doors, worker, *senders):
            thread.join(timeout=10)
        log.info("stopped")

    def _work_until(self, looked: threading.Event) -> None:
        """Work through what a door brings while it takes its first look."""
        until = time.monotonic() + _FIRST_LOOK
        while not looked.wait(_HEED) and time.monotonic() < until:
            self._safely("worker", self.work)
            self._wake_senders()

    def _send_due(self, delivery: Delivery) -> list[Delivered]:
        return self._send(delivery, answers_only=not self._caught_up.is_set())

    def stop(self) -> None:
        """Finish what is under way and end."""
        self.stopping.set()
        for event in (self.kept, self._looked, self.missed, self._swept):
            event.set()
        self._wake_senders()
        self.door.mailbox.interrupt()

    def _wake_senders(self) -> None:
        for event in self._post:
            event.set()

    def _loop(self, name: str, business: Callable[[], object], wake: threading.Event) -> None:
        while not self.stopping.is_set():
            self._safely(name, business)
            if name == "worker":
                self._wake_senders()
            wake.wait(_IDLE)
            wake.clear()

    def _safely(self, name: str, business: Callable[[], object]) -> None:
        try:
            business()
        except Exception:
            # The books hold what was not finished; the next round of the loop takes it up again.
            log.exception("failed", part=name)

    def _read_slack(self, live: LiveDoor) -> None:
        """What is written while the socket is there comes by itself; each time it comes back, what it missed."""
        self._safely("slack", live.start)
        while not self.stopping.is_set():
            self.missed.clear()
            if self.stopping.is_set():
                break
            self._safely("slack", live.sweep)
            self._swept.set()
            self.kept.set()
            self.missed.wait(_SWEEP_EVERY)
        self._safely("slack", live.stop)


def _thread(name: str, business: Callable[..., object], *args: object) -> threading.Thread:
    return threading.Thread(target=business, args=args, name=name, daemon=True)

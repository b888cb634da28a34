"""Signing off, locking, and what comes after the lock: who vouched for which version of a figure, and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from collector.domain.action import PlanForRed
from collector.domain.figure import Reported, Source
from collector.domain.period import Quarter


@dataclass(frozen=True)
class SignOff:
    """A lead's signature under a priority: the version of each figure it covers, and what was out (RULES 19).

    `figures` pairs each measure with the id of the version that was signed; a later version is not signed by it.
    """

    period: Quarter
    priority: str
    person: str
    at: datetime
    figures: tuple[tuple[str, int], ...]
    outstanding: tuple[str, ...] = ()

    def covers(self, measure: str, figure: int | None) -> bool:
        """Whether this version of a measure's figure was signed."""
        return (measure, figure) in self.figures


@dataclass(frozen=True)
class SentBack:
    """A figure that a lead gave back to its contributor; `figure` is the id of the version that was sent back."""

    period: Quarter
    measure: str
    figure: int
    person: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class Snapshot:
    """A round as it was locked: `sha256` names its canonical JSON among the blobs; the first has the number 1."""

    period: Quarter
    number: int
    sha256: str
    person: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class Reopening:
    """One figure that was opened again after the lock: the version that stood, and the one that took its place.

    `was` is None where nothing was in; `now` until the new figure has come.
    """

    id: int
    period: Quarter
    measure: str
    person: str
    at: datetime
    reason: str
    was: int | None = None
    now: int | None = None
    settled_at: datetime | None = None


class CorrectionState(StrEnum):
    """What became of a figure that came after its round was closed; `overtaken` by a later one."""

    WAITING = "waiting"
    TAKEN = "taken"
    DECLINED = "declined"
    OVERTAKEN = "overtaken"


@dataclass(frozen=True)
class Correction:
    """A figure that came for a round that was locked or frozen, kept for the coordinator; the books are unchanged."""

    id: int
    reported: Reported
    source: Source
    late: bool
    state: CorrectionState = CorrectionState.WAITING


@dataclass(frozen=True)
class Restated:
    """A figure that changed after its round was locked, with what stood before it and why (was/now)."""

    period: Quarter
    measure: str
    was: Reported | None
    now: Reported
    reason: str
    at: datetime


@dataclass(frozen=True)
class Signing:
    """All of it for one round, each in the order of time.

    `restated` holds earlier rounds' figures too, since this one opened; `signed_before` is what was signed of a measure
    whose figure is another one now; `plans` for Red figures are this round's and those of the year before.
    """

    signoffs: Sequence[SignOff] = ()
    sent_back: Sequence[SentBack] = ()
    snapshots: Sequence[Snapshot] = ()
    reopenings: Sequence[Reopening] = ()
    corrections: Sequence[Correction] = ()
    restated: Sequence[Restated] = ()
    signed_before: Mapping[str, Reported] = field(default_factory=dict)
    plans: Sequence[PlanForRed] = ()

    def reopened(self, measure: str) -> Reopening | None:
        """The reopening under which a figure may come in now."""
        return next((each for each in self.reopenings if each.measure == measure and each.now is None), None)

    def waiting(self, measure: str) -> Correction | None:
        """The correction of a measure that waits for the coordinator."""
        found = (each for each in self.corrections if each.reported.measure == measure)
        return next((each for each in found if each.state is CorrectionState.WAITING), None)

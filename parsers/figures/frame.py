"""What a clause is read against."""

from dataclasses import dataclass

from collector.domain.indicator import Basis
from collector.domain.period import Span
from collector.domain.submission import Asked, ReadingTask
from parsers.figures import dates


@dataclass(frozen=True)
class Frame:
    """What is asked and for when: everything a clause is read against."""

    asked: Asked
    task: ReadingTask

    @property
    def home(self) -> Span | None:
        """The days asked for."""
        return self.task.span

    @property
    def basis(self) -> Basis:
        """The basis asked for; a task for a month or a year says so itself."""
        if self.asked.basis is Basis.QUARTER and self.home is not None and dates.as_quarter(self.home) is None:
            return Basis.ANNUAL if (self.home.end - self.home.start).days > 300 else Basis.MONTH
        return self.asked.basis

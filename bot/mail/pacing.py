"""Not faster than the mail server wants it."""

import time
from collections.abc import Callable
from dataclasses import dataclass

#: Servers that take so many letters a minute from one account, and refuse more.
_KNOWN = {"smtp.office365.com": 30, "outlook.office365.com": 30}
#: Their clocks are not ours: a little slower than allowed.
_SLACK = 1.05


@dataclass
class Pace:
    """Lets one letter go each time its turn has come; without `per_minute` at once."""

    per_minute: int | None = None
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _next: float = 0.0

    def wait(self) -> None:
        """Return when the next letter may go."""
        if not self.per_minute:
            return
        left = self._next - self.clock()
        if left > 0:
            self.sleep(left)
        self._next = self.clock() + 60 / self.per_minute * _SLACK


def pace_for(host: str, per_minute: int | None) -> Pace:
    """As the settings say; where they are silent, as the server is known to want it."""
    return Pace(per_minute if per_minute is not None else _KNOWN.get(host.lower().rstrip(".")))

"""One thing for the coordinator to settle, told until it is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Alarm:
    """Its name in the books, and what to do in plain words."""

    key: str
    words: str

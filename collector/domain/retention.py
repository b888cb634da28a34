"""How long bytes are kept, by kind, in days; figures and what is said of them in the books are kept for good."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Retention:
    """`messages` came in and were dealt with, with their files; `set_aside` were not; `letters` went out."""

    messages: int = 1095
    set_aside: int = 365
    letters: int = 1095

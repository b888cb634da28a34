"""Something that is not right about a figure: a value, never an exception."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """`hard` ones keep a figure off the books until the sender has answered; soft ones are said beside it."""

    code: str
    words: str
    hard: bool = True

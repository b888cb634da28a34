"""Colours and what they are held to mean: always a word and a sign, never colour alone."""

from dataclasses import dataclass
from enum import StrEnum


class Rag(StrEnum):
    """Red, Amber or Green; a figure without what RULES 14 asks has none."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"

    @property
    def word(self) -> str:
        """The word people read."""
        return self.value.capitalize()

    @property
    def sign(self) -> str:
        """A sign that carries the meaning without colour."""
        return {"red": "▼", "amber": "●", "green": "▲"}[self.value]


@dataclass(frozen=True)
class Judgement:
    """A colour, or None, and the one line of arithmetic that anyone can check."""

    rag: Rag | None
    why: str

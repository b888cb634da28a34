"""The numbers of a clause as they are weighed against each other."""

from dataclasses import dataclass

from parsers.figures.facts import Facts
from parsers.figures.frame import Frame
from parsers.figures.standing import Standing


@dataclass(frozen=True)
class Field:
    """The best number, the others that could be meant, and those that are bound to something else (`hidden`).

    `everything` are all of them, the parts of the best one too.
    """

    frame: Frame
    facts: Facts
    best: Standing
    rivals: list[Standing]
    hidden: list[Standing]
    beyond: str
    everything: list[Standing]

    @property
    def first(self) -> bool:
        """Whether no other number stands before the best one."""
        return all(self.best.number.start <= rival.number.start for rival in self.rivals)

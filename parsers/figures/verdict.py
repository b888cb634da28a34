"""What a clause amounts to in the unit asked for: possible figures, and what is doubtful about them."""

from dataclasses import dataclass, field
from decimal import Decimal

from parsers.figures.facts import Facts, same_kind
from parsers.figures.quantities import Quantity
from parsers.figures.units import Kind

#: How a doubt begins that is about more than one figure.
SEVERAL = "You gave several"
#: How a doubt begins that is about finding the figure among words: where it stands in a field of its own it is none.
COULD_NOT_TELL = "We could not tell"


@dataclass(frozen=True)
class Figure:
    """One possible figure, in the unit asked for, and where it was read."""

    value: Decimal
    start: int
    end: int
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    note: str = ""


@dataclass
class Verdict:
    """The possible figures and what is doubtful about them. No figures: the words hold none in this unit."""

    figures: list[Figure] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    supported: bool = False


def at(quantity: Quantity) -> Figure:
    """A quantity as the figure it says, unit for unit."""
    return Figure(quantity.value, quantity.start, quantity.end)


def listed(quantities: list[Quantity]) -> str:
    """Quantities as we write them in a row."""
    words = [str(q) for q in quantities[:6]]
    return ", ".join(words[:-1]) + f" and {words[-1]}" if len(words) > 1 else words[0]


def several(quantities: list[Quantity], what: str = "figures") -> Verdict:
    """More than one quantity could be the figure."""
    return Verdict([at(q) for q in quantities[:4]], [f"{SEVERAL} {what} for it: {listed(quantities)}."])


def unclear(given: Quantity, beside: list[Quantity]) -> str:
    """The doubt about numbers that stand together and nobody relates."""
    return f"You gave {given} and also {listed(beside)}; nothing says how they go together."


def with_moves(facts: Facts, *kinds: Kind) -> list[Quantity]:
    """Direct quantities, and of each "from this to that" the level it led to."""
    return same_kind([*facts.direct, *(move.last for move in facts.moves)], *kinds)

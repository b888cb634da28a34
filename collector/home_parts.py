"""What a page of the home tab is made of: lines, and presses that say words in their presser's name. Data."""

from dataclasses import dataclass

from collector.messages import Board, Sheet


@dataclass(frozen=True)
class Press:
    """Something to press: its label, and the words that it says.

    Where an order lacks a word, `asks` is how it is asked for, and stands in `says` as "{why}". What can't be taken
    back says in `sure` what will happen, and is asked about once more.
    """

    label: str
    says: str
    asks: str = ""
    first: bool = False
    sure: str = ""


@dataclass(frozen=True)
class HomeLine:
    """A line, and what can be done about it."""

    words: str
    presses: tuple[Press, ...] = ()


@dataclass(frozen=True)
class HomePart:
    """Lines that belong together, under a title with a `note`; `empty` is said where there are none.

    Where not all lines are shown, `rest` says how to see them all, and `presses`, which are about every line, are
    offered only where `presses_in_part`.
    """

    title: str
    lines: tuple[HomeLine, ...]
    presses: tuple[Press, ...] = ()
    empty: str = ""
    note: str = ""
    rest: str = ""
    presses_in_part: bool = True


@dataclass(frozen=True)
class Home:
    """Somebody's page: `sheet` where they have something to fill in or to change, `board` for who reads that.

    What they owe is the first of `parts` where there is a sheet; `told` stands below the headline.
    """

    to: str
    headline: str
    parts: tuple[HomePart, ...] = ()
    sheet: Sheet | None = None
    board: Board | None = None
    told: str = ""

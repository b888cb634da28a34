"""All that a message says, as one reading."""

from decimal import Decimal

from collector.domain.figure import FigureStatus
from collector.domain.submission import Candidate, ReadItem
from collector.hearing import merged


def items(*values: str | None, doubts: tuple[str, ...] = ()) -> list[ReadItem]:
    return [
        ReadItem(
            "DA06",
            f"evidence {value}",
            () if value is None else (Candidate(FigureStatus.REPORTED, Decimal(value)),),
            doubts,
        )
        for value in values
    ]


def test_what_is_said_twice_in_the_same_way_is_said_once() -> None:
    (joined,) = merged(items("153", "153.0"))
    assert joined.certain
    assert joined.evidence == "evidence 153 / evidence 153.0"


def test_what_is_said_in_two_ways_is_asked_about() -> None:
    (joined,) = merged(items("153", "155"))
    assert [candidate.value for candidate in joined.candidates] == [153, 155]
    assert joined.doubts == ("Your message gives two different figures for it.",)


def test_words_without_a_figure_take_nothing_from_the_figure_beside_them() -> None:
    (joined,) = merged([ReadItem("DA06", "as attached", ()), *items("153")])
    assert joined.certain

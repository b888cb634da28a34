"""A figure said to be the last quarter's again: asked about with what the books hold, never recorded (RULES 6)."""

from decimal import Decimal

import pytest

from collector.domain.period import Quarter
from collector.domain.submission import Asked, ReadingTask, ReadItem
from parsers.figures import TextReader

HOME = Quarter(2025, 3)


def read(words: str, *, held: str | None = None) -> ReadItem:
    history = {"BT01": {Quarter(2025, 2): Decimal(held)}} if held else {}
    task = ReadingTask(str(HOME), HOME.span, (Asked(1, "BT01", "Boats towed", "count"),), history=history)
    return TextReader().read(words, task).items[0]


SAID = ["Same as last quarter", "BT01: as last quarter.", "No change from the previous quarter", "unchanged"]


@pytest.mark.parametrize("words", SAID)
def test_the_figure_in_the_books_is_proposed_and_asked_about(words: str) -> None:
    item = read(words, held="41")
    assert not item.certain
    assert [candidate.value for candidate in item.candidates] == [41]
    assert "the books hold 41 for Q2 2025-26 (Jul to Sep 2025)" in item.doubts[0]


@pytest.mark.parametrize("words", SAID)
def test_without_a_figure_in_the_books_it_is_asked_for(words: str) -> None:
    item = read(words)
    assert item.candidates == ()
    assert "we hold no figure for Q2 2025-26 (Jul to Sep 2025)" in item.doubts[0]


def test_a_figure_that_is_given_stands_beside_the_words() -> None:
    assert read("38, the same method as last quarter", held="41").candidates[0].value == 38

"""Patterns that are tried only where a word stands without which they can't match."""

import re

import pytest

from collector.domain.submission import Asked
from parsers.figures.canvas import Canvas, Hinted
from parsers.figures.labels import labels_of

_TWELVE = re.compile("12")
_BY_WORD = Hinted(((("tel", "phone"), "numbers to ring"), ((), "anything"), (("age",), "ages")))


@pytest.mark.parametrize(
    ("text", "tried"),
    [
        ("nothing to see", ["anything"]),
        ("aged 12", ["anything", "ages"]),
        ("by telephone at any age", ["numbers to ring", "anything", "ages"]),
    ],
)
def test_a_pattern_is_tried_where_one_of_its_words_stands_in_the_order_of_the_list(text: str, tried: list[str]) -> None:
    assert _BY_WORD.worth_trying(text) == tried


@pytest.mark.parametrize("line", ["AB-C01: 5", "ab c 01: 5", "Abc01: 5", "for ab-c-01 it is 5"])
def test_a_code_is_found_however_its_letters_and_digits_are_set_apart(line: str) -> None:
    labels = labels_of((Asked(1, "AB-C01", "Visits made", "count"), Asked(2, "X-02", "Calls taken", "count")))
    assert [label.codes for label in labels.codes_in(line)] == [("AB-C01",)]


def test_a_single_sentence_is_searched_as_one_of_several_is() -> None:
    one, several = Canvas("12 were seen"), Canvas("nothing else\n12 were seen\nthe end")
    for canvas in (one, several):
        canvas.take(_TWELVE)
    assert several.left.split("\n")[1] == one.left != "12 were seen"

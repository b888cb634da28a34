"""Courtesies and questions are told from figures, orders and answers."""

from datetime import date

import pytest

from collector.domain.orders import AskAbout, Help, Thank, WhoOwes
from parsers.orders import read_orders
from parsers.polite import is_polite

TODAY = date(2015, 10, 6)


@pytest.mark.parametrize(
    "words",
    [
        "thanks!",
        "Thank you very much.",
        "OK, thanks",
        "Great, thanks \U0001f44d",
        "many thanks for the reminder",
        "Ta",
        "noted",
    ],
)
def test_courtesy_alone_is_courtesy(words: str) -> None:
    assert is_polite(words)
    assert read_orders(words, TODAY).orders == (Thank(),)


@pytest.mark.parametrize(
    "words",
    [
        "ok",
        "yes",
        "1",
        "no thanks",
        "thanks, but DA06 is 153",
        "Thanks, 153",
        "thanks, I have left",
        "noted, not mine",
        "",
        "\U0001f44d",
    ],
)
def test_words_that_say_something_are_not(words: str) -> None:
    assert not is_polite(words)


@pytest.mark.parametrize(
    "words",
    ["who do I ask about DA07?", "What does da 07 mean?", "Could you help me with DA07, please?", "I'm stuck on DA07"],
)
def test_a_question_about_a_code_is_a_question(words: str) -> None:
    assert read_orders(words, TODAY).orders == (AskAbout("DA07"),)


@pytest.mark.parametrize(
    "words",
    ["DA07 91%, who do I ask about DA06?", "what is DA07? 91%", "DA07 is 91%", "help, DA07 153", "what was DA07: 91%"],
)
def test_what_may_hold_a_figure_is_left_to_be_read(words: str) -> None:
    told = read_orders(words, TODAY)
    assert (told.orders, told.rest) == ((), words)


def test_how_and_when_are_answered_with_help_and_what_is_owed() -> None:
    assert read_orders("How do I send you my figures?", TODAY).orders == (Help(),)
    assert read_orders("when is it due?", TODAY).orders == (WhoOwes(),)

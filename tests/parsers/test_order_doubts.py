"""Words that begin as an order and are against it, or leave it open, carry nothing out."""

from datetime import date

import pytest

from collector.domain.orders import Doubtful, Freeze, Lock, OnBehalf, Reopen, SignOff, Status
from parsers.orders import read_orders

TODAY = date(2015, 10, 20)


@pytest.mark.parametrize(
    "words",
    [
        "Lock the round as soon as DA06 is in",
        "Lock the round: not yet, wait for P4",
        "Lock the round - but not before Friday",
        "Lock the round: SEG met, but not before Friday",
        "lock the round when P4 is signed",
        "Please lock the round, unless DA06 is still out",
        "lock the round on Friday",
        "lock the round tomorrow",
        "lock Q2 once it is all in",
        "freeze the round until SEG has met",
        "Freeze the round: not before the 9th",
        "reopen DA06 if the police ask for it",
        "reopen the round: once SEG agrees",
        "Signed off subject to DA06 being corrected",
        "Signed off - but DA06 needs checking",
        "Lock the round\nbut not before Friday",
        "Signed off\nunless DA06 is wrong",
    ],
)
def test_an_order_on_a_condition_is_no_order(words: str) -> None:
    (order,) = read_orders(words, TODAY).orders
    assert isinstance(order, Doubtful)
    assert order.said == " ".join(words.split())


@pytest.mark.parametrize("words", ["Please don't lock the round", "don\u2019t lock the round yet", "> lock the round"])
def test_a_refusal_and_a_quote_are_no_orders(words: str) -> None:
    assert read_orders(words, TODAY).orders == ()


@pytest.mark.parametrize(
    ("words", "order"),
    [
        ("lock the round :)", Lock()),
        ("reopen DA06: :)", Reopen("DA06", "")),
        ("Could you please lock the round?", Lock()),
        ("I\u2019d like you to lock the round", Lock()),
        ("\u2022 lock the round", Lock()),
        ("1. status", Status()),
        ("*lock the round*", Lock()),
        ("Lock the round \U0001f44d", Lock()),
        ("Hi Sam - please lock the round", Lock()),
        ("Morning, please lock the round", Lock()),
        ("Hi there. Please freeze the round.", Freeze()),
        ("Signed off \U0001f44d", SignOff()),
    ],
)
def test_what_stands_around_an_order_does_it_no_harm(words: str, order: Lock) -> None:
    assert read_orders(words, TODAY).orders == (order,)


@pytest.mark.parametrize("words", ["Lock the round?", "Can we lock the round?", "Should I lock the round?"])
def test_a_question_whether_to_do_something_does_nothing(words: str) -> None:
    assert read_orders(words, TODAY).orders == ()


def test_what_is_entered_for_somebody_goes_on_over_all_its_lines() -> None:
    told = read_orders("On behalf of the Medway Commander:\nDA06 153\n\nDA07 91%", TODAY)
    assert told.orders == (OnBehalf("the Medway Commander", "DA06 153\n\nDA07 91%"),)
    assert told.rest == ""


def test_what_is_entered_for_somebody_ends_at_the_next_order() -> None:
    words = "On behalf of the DA team: DA06 153,\nDA07 91%\nOn leave until 30 October\non behalf of yot: RO06 4\nstatus"
    assert read_orders(words, TODAY).orders == (
        OnBehalf("the DA team", "DA06 153,\nDA07 91%\nOn leave until 30 October"),
        OnBehalf("yot", "RO06 4"),
        Status(),
    )

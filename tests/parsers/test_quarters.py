"""The quarter that stands beside an order, in the wordings people use."""

from datetime import date

import pytest

from collector.domain.orders import Decline, ForRound, Freeze, Lock, Order, Reopen, SendBack, SignOff, Status, WhoOwes
from collector.domain.period import Quarter
from parsers.orders import read_orders

Q2 = Quarter(2015, 2)


@pytest.mark.parametrize(
    ("words", "order", "period"),
    [
        ("Lock Q2 2015-16: SEG meets on Friday", Lock("SEG meets on Friday"), Q2),
        ("Lock the Q2 round", Lock(), 2),
        ("Lock the round for Q2 2015-16 (Jul to Sep 2015): SEG met", Lock("SEG met"), Q2),
        ("freeze the round for quarter 2, 2015/16", Freeze(), Q2),
        ("freeze Jul to Sep 2015", Freeze(), Q2),
        ("freeze the round for January-March 2016", Freeze(), Quarter(2015, 4)),
        (
            "reopen the round for 2015-16 Q2 because the police sent new counts",
            Reopen("", "the police sent new counts"),
            Q2,
        ),
        ("reopen DA06 for Q2 2015-16: a miscount", Reopen("DA06", "a miscount"), Q2),
        ("decline DA06 for Q2 15/16: it was right", Decline("DA06", "it was right"), Q2),
        ("sign off P4 for Q2", SignOff("P4"), 2),
        ("send back DA06 for Q2: wrong counts", SendBack("DA06", "wrong counts"), 2),
        ("status for Q2", Status(), 2),
        ("who owes what for Q2?", WhoOwes(), 2),
    ],
)
def test_an_order_takes_the_quarter_it_is_about(words: str, order: Order, period: Quarter | int) -> None:
    assert read_orders(words, date(2016, 1, 8)).orders == (ForRound(order, period),)


def test_a_quarter_in_the_reason_is_the_reasons_own() -> None:
    told = read_orders("send back DA06: the counts are for Q1 2015-16", date(2016, 1, 8))
    assert told.orders == (SendBack("DA06", "the counts are for Q1 2015-16"),)


@pytest.mark.parametrize("words", ["lock Q2 2015-17", "lock Aug to Oct 2015", "lock Q5"])
def test_a_quarter_that_can_not_be_is_not_guessed(words: str) -> None:
    assert read_orders(words, date(2016, 1, 8)).orders == ()

"""How leads write that they sign, and how people write who reports something now."""

from datetime import date

import pytest

from collector.domain.orders import Approve, HandOver, Order, SignOff
from parsers.orders import read_orders


@pytest.mark.parametrize(
    ("words", "order"),
    [
        ("Hi, all fine from me - signed off", SignOff()),
        ("I'm happy to sign this off", SignOff()),
        ("Signed off: P1", SignOff("P1")),
        ("P1 and P2 signed off", SignOff("P1 and P2")),
        ("All signed off", SignOff()),
        ("sign off the rest", SignOff()),
        ("sign off P1 except DA06", SignOff("P1", ("DA06",))),
        ("Signed off, apart from DA06 and DA07", SignOff("", ("DA06", "DA07"))),
        ("Signed off but not DA06", SignOff("", ("DA06",))),
        ("Approved", Approve()),
        ("I approve", Approve()),
        (
            "hand over DA06, DA07 & DA08 to the Medway Commander",
            HandOver(("DA06", "DA07", "DA08"), "the Medway Commander"),
        ),
        ("Hand over everything to yot@youth.example.org. I leave on Friday.", HandOver((), "yot@youth.example.org")),
        ("hand over all my figures to yot@youth.example.org", HandOver((), "yot@youth.example.org")),
        (
            "DA06: now done by Youth Offending Team Manager, yot@youth.example.org",
            HandOver(("DA06",), "Youth Offending Team Manager", address="yot@youth.example.org"),
        ),
    ],
)
def test_ordinary_words_are_understood(words: str, order: Order) -> None:
    assert read_orders(words, date(2015, 10, 20)).orders == (order,)


@pytest.mark.parametrize(
    "words",
    [
        "Who reports DA06",
        "DA07 is now done by hand",
        "The Medway Commander no longer reports DA06",
        "DA06 153\napproved",
    ],
)
def test_what_only_looks_like_an_order_is_none(words: str) -> None:
    assert read_orders(words, date(2015, 10, 20)).orders == ()

"""Personal data in people's words: what is found, and what is not mistaken for it."""

import json
from pathlib import Path
from random import Random

import pytest

from collector.domain.personal import Kind
from collector.personal_data import kinds_in, personal_data, without_values

RETURNS = Path(__file__).parents[3] / "shared" / "returns" / "medway_2014_16.jsonl"


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("NHS no 943 476 5919 was referred", Kind.NHS_NUMBER),
        ("client 9434765919 has moved", Kind.NHS_NUMBER),
        ("AB 12 34 56 C", Kind.NATIONAL_INSURANCE),
        ("ab123456c", Kind.NATIONAL_INSURANCE),
        ("at ME7 2NY", Kind.POSTCODE),
        ("at me7 2ny", Kind.POSTCODE),
        ("at SW1A1AA", Kind.POSTCODE),
        ("born 12/03/1987", Kind.BIRTH),
        ("DOB: 1987-03-12", Kind.BIRTH),
        ("a girl aged 14 (12 March 2001)", Kind.BIRTH),
        ("12.3.87 (d.o.b.)", Kind.BIRTH),
        ("07700 900123", Kind.PHONE),
        ("07700900123", Kind.PHONE),
        ("+44 7700 900123", Kind.PHONE),
        ("call (01634) 306000", Kind.PHONE),
        ("write to lead@council.example.org.", Kind.EMAIL),
    ],
)
def test_each_kind_is_found_as_people_write_it(words: str, kind: Kind) -> None:
    assert kinds_in(words) == (kind,)
    assert kinds_in(f"In all 15 of 52, 28.8%; {words} (Q2 2015-16).") == (kind,)


@pytest.mark.parametrize(
    "words",
    [
        "DA06: 9434765919",
        "ref 9434765919",
        "Crime reference: 46/123456/15",
        "£1634306000 over ten years",
        "1,634,306,000 visits",
        "4010232137 visits",
        "153 153 1534",
        "117 of 144 since 1 April 2015, 81%",
        "ME7 and ME8 wards",
        "aged 18 to 24 on 1 April 2015",
        "between 01/04/2015 and 30/06/2015",
        "born between April and June: 12 babies",
        "2014-15 2015-16 2016-17",
        "QQ 12 34 56 C",
        "943 476 5910",
    ],
)
def test_figures_references_and_dates_are_no_personal_data(words: str) -> None:
    assert personal_data(words) == ()


def nhs_number(chance: Random) -> str:
    """A number with a right check digit."""
    while True:
        digits = [chance.randint(0, 9) for _ in range(9)]
        check = (11 - sum(digit * (10 - at) for at, digit in enumerate(digits)) % 11) % 11
        if check < 10 and len({*digits}) > 2:
            text = "".join(map(str, (*digits, check)))
            return f"{text[:3]} {text[3:6]} {text[6:]}"


def test_any_nhs_number_is_found_and_none_with_another_check_digit() -> None:
    chance = Random(9)
    for _ in range(200):
        number = nhs_number(chance)
        wrong = number[:-1] + str((int(number[-1]) + chance.randint(1, 9)) % 10)
        assert Kind.NHS_NUMBER in kinds_in(f"the client's NHS number is {number}")
        assert Kind.NHS_NUMBER not in kinds_in(f"the client's NHS number is {wrong}")


def test_no_ordinary_return_raises_a_false_alarm() -> None:
    chance = Random(2)
    for _ in range(300):
        top, bottom = chance.randint(0, 400), chance.randint(400, 90_000)
        words = f"Q{chance.randint(1, 4)}: {top} of {bottom:,} ({100 * top / bottom:.1f}%)"
        words += f", last year {chance.randint(0, 10**9)}"
        assert personal_data(words) == (), words


def test_the_published_commentary_raises_no_false_alarm() -> None:
    rows = [json.loads(line) for line in RETURNS.read_text(encoding="utf-8").splitlines()]
    alarms = [words for row in rows for words in row.values() if isinstance(words, str) and personal_data(words)]
    assert (len(rows) > 100, alarms) == (True, [])


def test_only_the_kind_stands_where_the_value_stood() -> None:
    words = "Call 07700 900123 or lead@council.example.org about 15 of 52"
    assert without_values(words) == "Call [phone number] or [email address] about 15 of 52"

"""Whatever is thrown together out of the words officers use, the reader answers: seeded, so that it can be repeated."""

import random
from datetime import date
from decimal import Decimal

import pytest

from collector.domain.indicator import Basis, Unit
from collector.domain.period import Quarter
from collector.domain.submission import Asked, OpenChoice, ReadingTask
from parsers.figures import TextReader

PHRASES = """\
since April|Q1|Q2|Q2 2015-16|43%|(20 of 47)|20 of 47|nil|none|zero|not available|until December|1.|2|3)|AB06|AB07
CD01|CD01a|was|and|from|to|up|down|reduction|target|now|153|1,234|12.5|per 100k|-3|(4.2)%|95-98|three|out of|five
year to date|last quarter|:|-|,|.|;|=|no longer collected|provisional|should be|not|%|£1.2m|days|per cent
compared with|this quarter|on 4 November|2015|of|the same|half|?|(|)"""
WORDS = (*PHRASES.replace("\n", "|").split("|"), "\t", "\n")
CODES = ("AB06", "AB07", "CD01a", "CD01b")


def task(chance: random.Random) -> ReadingTask:
    units = [*Unit, "tonnes"]
    asked = tuple(
        Asked(number, code, f"Number of {code} things", chance.choice(units), chance.choice(list(Basis)), "85%")
        for number, code in enumerate(CODES[: chance.randint(0, 4)], 1)
    )
    values = (None, Decimal(19), Decimal("28.8"), Decimal(2))
    choices = [OpenChoice(n, chance.choice(CODES), chance.choice(values)) for n in range(1, chance.randint(1, 5))]
    return ReadingTask("2015-16 Q2", Quarter(2015, 2).span, asked, tuple(choices), {}, date(2015, 10, 6))


@pytest.mark.parametrize("seed", range(8))
def test_the_reader_answers_whatever_is_written(seed: int) -> None:
    chance, reader = random.Random(seed), TextReader()
    for _ in range(400):
        text = " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, 14)))
        given = task(chance)
        reading = reader.read(text, given)
        assert {item.code for item in reading.items} <= set(CODES)
        assert set(reading.chosen) <= {choice.number for choice in given.choices}

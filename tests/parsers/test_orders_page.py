"""Every order on the page about them is read as one."""

import re
from datetime import date
from pathlib import Path

import pytest

from parsers.orders import read_orders

PAGE = (Path(__file__).parents[2] / "docs" / "orders.md").read_text(encoding="utf-8")
TABLE = [line.split("|")[2] for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| who")]
WRITTEN = [words for cell in TABLE for words in re.findall(r"`([^`]+)`", cell) if not words.startswith("collector ")]


@pytest.mark.parametrize("words", WRITTEN)
def test_what_the_page_says_is_read_as_an_order(words: str) -> None:
    told = read_orders(words, date(2015, 10, 6))
    assert len(told.orders) == 1
    assert told.rest.strip() == ""

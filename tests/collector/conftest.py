"""The rules over real books."""

import pytest

from storage.books import SqlBooks
from tests.builders import Office


@pytest.fixture
def office(books: SqlBooks) -> Office:
    return Office(books).prepare()

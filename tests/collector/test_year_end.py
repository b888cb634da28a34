"""Q4 asks for the year's out-turn and holds it against the year's quarters (RULES 10)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from collector.domain.indicator import Basis, Unit
from collector.domain.period import Quarter
from collector.domain.target import Comparator, Target
from collector.messages import Reminder
from storage.books import SqlBooks
from tests.builders import PARTNERSHIP, Office, at, define, figure
from tests.support.orders import messages

A_YEAR = Target(Comparator.AT_MOST, "60 a year", Decimal(60), per_year=True)
IN_APRIL = at(7, month=4, year=2016)


def in_q4(books: SqlBooks, target: Target = A_YEAR, quarters: tuple[int, ...] = (1, 2, 3), **more: Basis) -> Office:
    others = tuple(one for one in PARTNERSHIP.definitions if one.code != "DA06")
    history = tuple(figure("DA06", Quarter(2015, n), str(10 + n)) for n in quarters)
    defined = (define("DA06", Unit.COUNT, target, **more), *others)
    office = Office(books, partnership=replace(PARTNERSHIP, definitions=defined, history=history)).prepare()
    office.ticks(at(6, month=4, year=2016))
    return office


def hint(office: Office) -> str:
    last = messages(office, "da", Reminder)[-1]
    return next(line.hint for line in last.owed if line.code == "DA06")


def test_q4_asks_for_the_out_turn_and_its_receipt_says_what_the_quarters_come_to(books: SqlBooks) -> None:
    office = in_q4(books)
    assert hint(office) == (
        "a number; and the year's out-turn, if it is not this quarter and Q1 to Q3 (11 + 12 + 13 = 36) together"
    )
    office.says("da", "DA06 14", IN_APRIL)
    assert office.answers()[-1].notes[0] == (
        "DA06: the year's out-turn is 11 + 12 + 13 + 14 = 50. If you hold another, reply with the quarter that changed,"
        " its figure and the reason."
    )


@pytest.mark.parametrize(
    ("target", "quarters", "basis"),
    [
        (replace(A_YEAR, per_year=False), (1, 2, 3), Basis.QUARTER),
        (A_YEAR, (1, 3), Basis.QUARTER),
        (A_YEAR, (1, 2, 3), Basis.TO_DATE),
    ],
)
def test_where_there_is_nothing_to_reconcile_nothing_is_asked(
    books: SqlBooks, target: Target, quarters: tuple[int, ...], basis: Basis
) -> None:
    office = in_q4(books, target, quarters, basis=basis)
    assert "out-turn" not in hint(office)
    office.says("da", "DA06 50", IN_APRIL)
    assert not [note for note in office.answers()[-1].notes if "out-turn" in note]

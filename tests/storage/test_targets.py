"""A target comes back from the books with everything it says; one from older books says what it said then."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from collector.assessment import judge
from collector.domain.indicator import Unit
from collector.domain.target import Against, Base, Comparator, Confirmation, Deviation, Profile, Target
from collector.loading import load
from storage.books import SqlBooks
from storage.codec import definitions
from tests.builders import OPENS, PARTNERSHIP, define, figure
from tests.builders import Q2 as PERIOD

FULL = Target(
    Comparator.CHANGE,
    "5.71% reduction per year",
    Decimal("-5.71"),
    tolerance=Decimal("0.5"),
    per_year=True,
    note="as agreed",
    against=Against(Base.BASELINE, absolute=True, value=Decimal("85.2"), name="2004 to 2008 average"),
    profile=Profile((Decimal(10), Decimal("33.3"), Decimal(70), Decimal(100)), "SEG"),
    benchmark="County",
    due=date(2015, 5, 31),
    deviation=Deviation(date(2015, 12, 31), "SEG", "new system"),
    confirmation=Confirmation("Coordinator", date(2015, 4, 24)),
)


def test_a_target_comes_back_with_every_digit_and_who_confirmed_it(books: SqlBooks) -> None:
    changed = replace(PARTNERSHIP.definitions[0], target=FULL)
    load(books, replace(PARTNERSHIP, definitions=(changed,), history=(), responsibilities=()), {}, OPENS, "coordinator")
    with books.begin() as unit:
        held = unit.plan.get()
    assert held is not None
    assert held.definitions[0].target == FULL


def test_honest_a_change_from_books_that_kept_no_base_gives_no_colour() -> None:
    before = define("X1", Unit.COUNT, Target(Comparator.CHANGE, "5% reduction", Decimal(-5)))
    stored = definitions.dump(before)
    known = ("comparator", "wording", "value", "high", "tolerance", "per_year", "confirmed", "note")
    stored["target"] = {name: stored["target"][name] for name in known}
    old = definitions.load(stored)
    assert old == before
    assert "not one figure to compare with" in judge(old, figure("X1", PERIOD, "5")).why

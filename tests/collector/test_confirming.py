"""A wording has no effect until a person has confirmed what it means, and the books remember who did."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from collector.confirming import NotConfirmed, confirm, listed
from collector.domain.indicator import Definition, Polarity, Unit
from collector.domain.partnership import Partnership
from collector.domain.period import Quarter
from collector.domain.rag import Rag
from collector.domain.target import Comparator, Confirmation, Target
from collector.loading import changes, load
from collector.target_wording import Row, propose
from storage.books import SqlBooks
from tests.builders import OPENS, PARTNERSHIP, PEOPLE, Office, at, define

ROW = Row(Unit.PERCENT, Polarity.BIGGER)
COORDINATOR = PEOPLE[0]
SOURCES = {"definitions": b"definitions", "history": b"history"}


def worded(wording: str, *others: Definition) -> Partnership:
    """The partnership with another wording for the target of DA07."""
    target = propose(wording, ROW)
    mine = tuple(replace(d, target=target) if d.code == "DA07" else d for d in PARTNERSHIP.definitions)
    return replace(PARTNERSHIP, definitions=(*mine, *others))


def loaded(books: SqlBooks, partnership: Partnership) -> list[str]:
    return load(books, partnership, SOURCES, OPENS, "coordinator")


def target_on(books: SqlBooks) -> Target:
    with books.begin() as unit:
        partnership = unit.plan.get()
    assert partnership is not None
    return next(d.target for d in partnership.definitions if d.code == "DA07")


def test_loading_shows_what_a_wording_would_mean_before_it_is_confirmed(books: SqlBooks) -> None:
    told = changes(books, worded("Above 80%"))
    assert "target \u201cAbove 80%\u201d, to be confirmed: Above 80%." in next(line for line in told if "DA07" in line)
    told = changes(books, worded("Maintain"))
    assert "\u201cMaintain\u201d, Not understood: it does not say at what level." in " ".join(told)


def test_a_confirmed_wording_gives_colours_from_then_on(books: SqlBooks) -> None:
    office = Office(books, partnership=worded("Above 80%")).prepare()
    office.says("da", "DA07 91%", at(6))
    figure = office.view().figures["DA07"].reported
    why = office.view().judged(figure).why
    assert why == "No colour: nobody has confirmed yet what the target, \u201cAbove 80%\u201d, means."
    confirm(books, "DA07", COORDINATOR, "Agreed by SEG", at(7), date(2015, 10, 7))
    assert office.view().judged(figure).rag is Rag.GREEN


def test_traceable_who_confirmed_what_when_and_why_stands_in_the_audit(books: SqlBooks) -> None:
    loaded(books, worded("Above 80%"))
    confirm(books, "da07", COORDINATOR, "Agreed by SEG on 1 October.", at(7), date(2015, 10, 7))
    with books.begin() as unit:
        line = unit.audit.lines("DA07")[-1]
    assert (line.at, line.actor, line.action) == (at(7), "coordinator", "target confirmed")
    assert line.reason == "\u201cAbove 80%\u201d from 2014-15Q3 means: Above 80%. Agreed by SEG on 1 October."
    assert target_on(books).confirmation == Confirmation("Community Safety Coordinator", date(2015, 10, 7))


def test_a_confirmation_outlives_loading_the_same_file_again(books: SqlBooks) -> None:
    loaded(books, worded("Above 80%"))
    confirm(books, "DA07", COORDINATOR, "", at(7), date(2015, 10, 7))
    assert changes(books, worded("Above 80%")) == []
    assert loaded(books, worded("Above 80%")) == []
    assert target_on(books).confirmed


def test_a_confirmation_outlives_a_new_tolerance(books: SqlBooks) -> None:
    loaded(books, worded("Above 80%"))
    confirm(books, "DA07", COORDINATOR, "", at(7), date(2015, 10, 7))
    wider = worded("Above 80%")
    definitions = tuple(
        replace(d, target=replace(d.target, tolerance=Decimal(2))) if d.code == "DA07" else d for d in wider.definitions
    )
    loaded(books, replace(wider, definitions=definitions))
    assert target_on(books).confirmed
    assert target_on(books).tolerance == 2


def test_a_confirmation_does_not_carry_over_to_another_meaning(books: SqlBooks) -> None:
    loaded(books, worded("Above 80%"))
    confirm(books, "DA07", COORDINATOR, "", at(7), date(2015, 10, 7))
    told = loaded(books, worded("Above 85%"))
    assert told == [
        "definition DA07 from 2014-15Q3: target was \u201cAbove 80%\u201d, Above 80%."
        " Now \u201cAbove 85%\u201d, Above 85%. To be confirmed."
    ]
    assert not target_on(books).confirmed


@pytest.mark.parametrize(
    ("wording", "code", "since", "why"),
    [
        ("Maintain", "DA07", None, "it does not say at what level. Say what it means in the definition file"),
        ("Above 80%", "ZZ99", None, "No measure has the code 'ZZ99'"),
        ("Above 80%", "DA07", Quarter(2015, 1), "no definition from 2015-16Q1"),
        ("Above 80%", "DA06", None, "nothing to confirm: as the definition file says"),
        ("Monitor only", "DA07", None, "nothing to confirm"),
        ("Awaiting figure from the court", "DA07", None, "nothing to confirm"),
    ],
)
def test_what_can_not_be_confirmed_says_why(
    books: SqlBooks, wording: str, code: str, since: Quarter | None, why: str
) -> None:
    loaded(books, worded(wording))
    with pytest.raises(NotConfirmed, match=why):
        confirm(books, code, COORDINATOR, "", at(7), date(2015, 10, 7), since)


def test_never_guessed_which_of_two_definitions_is_meant_must_be_said(books: SqlBooks) -> None:
    later = define("DA07", Unit.PERCENT, propose("Above 90%", ROW), from_period=Quarter(2015, 2))
    loaded(books, worded("Above 80%", later))
    with pytest.raises(NotConfirmed, match=r"2 targets of DA07 .* --from 2014-15Q3, --from 2015-16Q2"):
        confirm(books, "DA07", COORDINATOR, "", at(7), date(2015, 10, 7))
    assert confirm(books, "DA07", COORDINATOR, "", at(7), date(2015, 10, 7), Quarter(2015, 2)).target.value == 90


def test_the_list_leaves_out_what_is_over(books: SqlBooks) -> None:
    later = define("DA07", Unit.PERCENT, propose("Above 90%", ROW), from_period=Quarter(2015, 2))
    partnership = worded("Above 80%", later)
    codes = [(line.definition.code, line.meaning) for line in listed(partnership, Quarter(2015, 2))]
    assert ("DA07", "Above 90%.") in codes
    assert ("DA07", "Above 80%.") not in codes
    assert [line.open for line in listed(partnership, Quarter(2015, 1)) if line.definition.code == "DA07"] == [True] * 2
    assert not any(
        line.definition.target.comparator is Comparator.NONE for line in listed(partnership, Quarter(2015, 1))
    )

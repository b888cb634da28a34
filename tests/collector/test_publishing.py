"""The public export: what leaves the partnership, what does not, and what is in the way."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from collector.acting import Acting, NotDone
from collector.booklet import Booklet, Quantity
from collector.domain.figure import FigureStatus, Reported
from collector.domain.indicator import Unit
from collector.domain.period import Quarter, Span
from collector.domain.publication import AddsUp, Cell, Handling, Publication, PublicationText, WithoutCounts
from collector.public_words import PublicWords
from collector.publishing import SUPPRESSED, publish
from storage.books import SqlBooks
from tests.builders import DEFINITIONS, HISTORY, PARTNERSHIP, PEOPLE, Office, at, define

Q1 = Quarter(2015, 1)
RULES = Publication(5, 1, Handling.PUBLIC, WithoutCounts.PUBLISH)
KIN = tuple(define(code, Unit.COUNT) for code in ("ZZ01", "ZZ02", "ZZ03"))
SAID = (
    Reported("DA07", Q1, FigureStatus.REPORTED, Decimal("94.4"), Decimal(34), Decimal(36)),
    Reported("SA01", Q1, FigureStatus.REPORTED, Decimal("7.7")),
    Reported("RS08", Q1, FigureStatus.NARRATIVE, note="Met: the group talked about it"),
    Reported("ZZ01", Q1, FigureStatus.REPORTED, Decimal(2)),
    Reported("ZZ02", Q1, FigureStatus.REPORTED, Decimal(31)),
    Reported("ZZ03", Q1, FigureStatus.REPORTED, Decimal(33)),
)
BASE = replace(PARTNERSHIP, definitions=DEFINITIONS + KIN, history=(*HISTORY, *SAID), publication=RULES)


def published(books: SqlBooks, rules: Publication | None, period: Quarter = Q1) -> Booklet:
    office = Office(books, partnership=replace(BASE, publication=rules)).prepare()
    with books.begin() as unit:
        return publish(Acting(unit, office.calendar, at(6), PEOPLE[0]), [period]).booklet


def cells(booklet: Booklet) -> dict[str, tuple[object, ...]]:
    """What is shown of each code: figure, number, out of, status."""

    def bare(value: object) -> object:
        return value.value if isinstance(value, Quantity) else value

    return {str(row[1]): tuple(bare(value) for value in row[5:9]) for row in booklet.pages[0].rows}


def test_small_counts_are_marked_and_zeros_words_and_colours_are_what_they_are(books: SqlBooks) -> None:
    shown = cells(published(books, replace(RULES, add_up=(AddsUp("ZZ03", ("ZZ01", "ZZ02")),))))
    assert shown["DA06"] == (Decimal(135), None, None, "")
    assert shown["DA07"] == (SUPPRESSED, SUPPRESSED, SUPPRESSED, "suppressed")
    assert shown["SA01"][0] == Decimal("7.7")
    assert shown["RS08"] == (None, None, None, "progress reported")
    assert [shown[code][0] for code in ("ZZ01", "ZZ02", "ZZ03")] == [SUPPRESSED, SUPPRESSED, Decimal(33)]


def test_what_is_embargoed_or_for_the_partnership_only_is_not_in_the_table(books: SqlBooks) -> None:
    rules = replace(
        RULES, rounding=5, without_counts=WithoutCounts.SUPPRESS, partnership_only=("DA06",),
        embargoed={"ZZ03": date(2015, 10, 7)},
    )  # fmt: skip
    booklet = published(books, replace(rules, things=("ZZ01",)))
    shown = cells(booklet)
    assert shown["ZZ01"][0] == Decimal(2)
    assert "DA06" not in shown
    assert "ZZ03" not in shown
    assert "2 indicators are not in this table." in booklet.pages[0].about
    assert shown["ZZ02"][0] == Decimal(30)
    assert shown["SA01"][0] == SUPPRESSED


def test_without_rules_or_a_locked_round_nothing_is_written_and_it_says_why(books: SqlBooks) -> None:
    with pytest.raises(NotDone, match="No rules for going public are set"):
        published(books, None)
    with pytest.raises(NotDone, match="is not locked"):
        published(books, RULES, Quarter(2015, 2))
    with books.begin() as unit:
        assert not unit.audit.lines(action="published")


def test_before_an_election_nothing_goes_out_until_the_monitoring_officer_agrees(books: SqlBooks) -> None:
    rules = replace(RULES, pre_election=(Span(date(2015, 10, 6), date(2015, 10, 20)),))
    office = Office(books, partnership=replace(BASE, publication=rules)).prepare()
    with books.begin() as unit:
        with pytest.raises(NotDone, match=r"6 Oct 2015 to 20 Oct 2015: what is published waits for the monitoring"):
            publish(Acting(unit, office.calendar, at(20), PEOPLE[0]), [Q1])
        publish(Acting(unit, office.calendar, at(20), PEOPLE[0]), [Q1], "by email, 19 Oct 2015")
        publish(Acting(unit, office.calendar, at(21), PEOPLE[0]), [Q1])
        told = [line.reason for line in unit.audit.lines(action="published")]
    assert told == ["8 figures; the monitoring officer agreed: by email, 19 Oct 2015", "8 figures"]


def test_a_figure_that_covers_other_days_than_its_quarter_says_so(books: SqlBooks) -> None:
    half = Span(date(2015, 4, 1), date(2015, 9, 30))
    said = Reported("DA07", Q1, FigureStatus.REPORTED, Decimal(81), Decimal(117), Decimal(144), reference=half)
    own = Reported("SA01", Q1, FigureStatus.PROVISIONAL, Decimal("4.9"), reference=Q1.span)
    office = Office(books, partnership=replace(BASE, history=(said, own))).prepare()
    with books.begin() as unit:
        shown = cells(publish(Acting(unit, office.calendar, at(6), PEOPLE[0]), [Q1]).booklet)
    assert shown["DA07"] == (Decimal(81), Decimal(117), Decimal(144), "1 Apr 2015 to 30 Sep 2015")
    assert shown["SA01"] == (Decimal("4.9"), None, None, "provisional")


def test_only_the_coordinator_publishes_and_the_audit_trail_says_so(books: SqlBooks) -> None:
    published(books, RULES)
    with books.begin() as unit:
        assert [line.actor for line in unit.audit.lines(action="published")] == ["coordinator"]
        with pytest.raises(NotDone, match="The coordinator publishes"):
            publish(Acting(unit, Office(books).calendar, at(6), PEOPLE[1]), [Q1])


def test_the_rules_come_back_from_the_books_as_they_were_loaded(books: SqlBooks) -> None:
    rules = replace(RULES, embargoed={"DA06": date(2016, 1, 1)}, add_up=(AddsUp("DA06", ("DA07",)),))
    Office(books, partnership=replace(BASE, publication=rules)).prepare()
    with books.begin() as unit:
        loaded = unit.plan.get()
    assert loaded is not None
    assert loaded.publication == rules


def test_a_text_for_publication_goes_out_where_it_tells_no_more_than_its_row(books: SqlBooks) -> None:
    office = Office(books, partnership=replace(BASE, publication=replace(RULES, words=40))).prepare()
    written = {
        "DA06": "In Q1 2015-16 there were 135 referrals, more than in the year before.",
        "DA07": "The rate is suppressed.",
        "ZZ01": "Few people were concerned.",
        "ZZ02": "Of 33 people all but two came from Gillingham.",
        "ZZ03": "We helped 33 people in April 2015.",
        "RS08": "The group met and agreed its plan.",
        "SA01": "Two in three left treatment.",
    }
    with books.begin() as unit:
        acting = Acting(unit, office.calendar, at(6), PEOPLE[0])
        for code, words in written.items():
            unit.texts.add(PublicationText(Q1, code, words, code == "SA01", PEOPLE[0].id, at(6)))
        published = publish(acting, [Q1])
    printed = {str(row[1]): row[-1] for row in published.booklet.pages[0].rows if row[-1]}
    assert printed == {code: written[code] for code in ("DA06", "ZZ03", "RS08")}
    assert all(code in published.told for code in ("SA01", "DA07", "ZZ01", "ZZ02"))
    with books.begin() as unit:
        assert "Not printed" in unit.audit.lines(action="published")[-1].reason


def test_where_nothing_is_kept_from_the_public_a_text_may_name_any_number() -> None:
    cell = Cell(Q1, "ZZ02")
    text = PublicationText(Q1, "ZZ02", "Half of the 62 who asked.", False, PEOPLE[0].id, at(6))
    assert PublicWords({cell: text}, anything_hidden=False).beside(cell, None, False, [Decimal(31)]) == text.words
    assert not PublicWords({cell: text}, anything_hidden=True).beside(cell, None, False, [Decimal(31)])


def test_a_text_that_was_written_before_its_figure_changed_stays_in(books: SqlBooks) -> None:
    office = Office(books, partnership=BASE).prepare()
    with books.begin() as unit:
        unit.texts.add(PublicationText(Q1, "ZZ03", "A quiet quarter.", False, PEOPLE[0].id, at(1).replace(year=2000)))
        published = publish(Acting(unit, office.calendar, at(6), PEOPLE[0]), [Q1])
    assert not any(row[-1] for row in published.booklet.pages[0].rows)
    assert "ZZ03" in published.told

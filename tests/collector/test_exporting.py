"""The whole round as a workbook, at any moment."""

from dataclasses import replace
from decimal import Decimal

import pytest

from collector.booklet import Booklet, Colour, Page, Quantity, Value
from collector.domain.indicator import Unit
from collector.domain.period import Quarter
from collector.domain.rag import Rag
from collector.exporting import NoSuchRange, export, quarters_of
from storage.books import SqlBooks
from tests.builders import DEFINITIONS, PARTNERSHIP, Office, at

Q1, Q2 = Quarter(2015, 1), Quarter(2015, 2)


def exported(office: Office, *quarters: Quarter, officers: bool = True, signed: str = "") -> Booklet:
    with office.books.begin() as unit:
        signed_off = {Q2: {"P1": signed}} if signed else {}
        return export(unit, office.calendar, at(26), quarters or (Q2,), signed_off, officers)


def page(booklet: Booklet, name: str) -> Page:
    return next(each for each in booklet.pages if each.name == name)


def row(found: Page, key: str) -> dict[str, Value]:
    """The row that has a word in it, by heading."""
    headings = [column.heading for column in found.columns]
    return next(dict(zip(headings, each, strict=True)) for each in found.rows if key in each)


def texts(booklet: Booklet) -> str:
    return "\n".join(str(value) for each in booklet.pages for cells in each.rows for value in cells)


def test_a_figure_stands_with_its_counts_target_colour_and_arithmetic(office: Office) -> None:
    office.says("yot", "RO06: 28.8% (15 of 52)", at(20))
    told = row(page(exported(office), "Indicators"), "RO06")
    assert told["Figure"] == Quantity(Decimal("28.8"), Unit.PERCENT)
    assert (told["Counts"], told["Target"], told["RAG"]) == ("15 of 52", "< 50%", Colour(Rag.GREEN))
    assert told["Why"] == "Green: 28.8% meets the target, below 50%."
    assert (told["Owner"], told["Since last quarter"]) == ("Youth Justice", "better")
    assert told["Q1 2015-16"] == Quantity(Decimal(43), Unit.PERCENT)
    assert (told["Status"], told["Version"], told["How"], told["Signed off"]) == (
        "reported",
        1,
        "by email",
        "not signed off",
    )


def test_what_is_not_in_yet_has_no_figure_and_says_so(office: Office) -> None:
    office.says("yot", "RO06: 19% (15 of 52)", at(20))
    found = page(exported(office), "Indicators")
    assert [row(found, code)["Status"] for code in ("RO06", "DA06")] == ["in question", "outstanding"]
    assert row(found, "DA06")["Figure"] is None
    (question,) = page(exported(office), "Open questions").rows
    assert "15 of 52" in str(question)


def test_the_counts_are_by_organisation_and_never_by_person(office: Office) -> None:
    office.says("da", "DA06: 360\nDA07: 91%", at(26))
    summary = page(exported(office), "Summary")
    assert list(row(summary, "All organisations").values())[2:] == [5, 2, 3, 0, 0, 2, 0, 0, 2, 0]
    assert list(row(summary, "Council").values())[2:] == [2, 2, 0, 0, 0, 2, 0, 0, 2, 0]
    assert not any(person.title in str(summary) for person in PARTNERSHIP.people)


def test_every_version_stands_with_who_when_from_what_and_why(office: Office) -> None:
    office.says("da", "DA06: 360", at(12))
    office.says("da", "DA06: 350, corrected: two were counted twice", at(13))
    office.says("da", "2", at(14))
    found = page(exported(office), "Versions")
    told = [dict(zip([c.heading for c in found.columns], each, strict=True)) for each in found.rows]
    assert [(each["Version"], each["By"]) for each in told] == [
        (number, "Domestic Abuse Coordinator (Council)") for number in range(1, len(told) + 1)
    ]
    assert len(told) > 1
    assert told[0]["Received"] == at(12)
    assert "360" in str(told[0]["Taken from"])


def test_what_seg_has_to_decide_is_a_sheet_of_its_own(office: Office) -> None:
    office.says("da", "DA07: no longer collected", at(20))
    (request,) = page(exported(office), "Change requests").rows
    assert "said to be no longer collected" in request
    assert not any(person.title in str(request) for person in PARTNERSHIP.people)


def test_what_names_officers_says_so_and_the_rest_names_none(office: Office) -> None:
    office.says("da", "DA06: 360\nDA07: 19% (15 of 52)", at(12))
    booklet = exported(office)
    assert [each.name for each in booklet.pages if each.for_coordinator] == ["Open questions", "Versions", "Audit"]
    for each in booklet.pages:
        if not each.for_coordinator:
            assert not any(person.title in str(each) for person in PARTNERSHIP.people)


def test_to_be_passed_on_it_names_nobody_and_has_no_colour_before_sign_off(office: Office) -> None:
    office.says("da", "DA06: 360\nDA07: 19% (15 of 52)", at(12))
    booklet = exported(office, officers=False)
    assert [each.name for each in booklet.pages] == ["Summary", "Indicators", "Open questions", "Change requests"]
    assert not any(person.title in texts(booklet) for person in PARTNERSHIP.people)
    told = row(page(booklet, "Indicators"), "DA06")
    assert (told["RAG"], told["Why"]) == (None, "No colour before the priority is signed off.")
    assert list(row(page(booklet, "Summary"), "All organisations").values())[-4:] == [0, 0, 0, 1]
    signed = exported(office, officers=False, signed="Director of Public Health, 27 Oct 2015")
    told = row(page(signed, "Indicators"), "DA06")
    assert told["RAG"] == Colour(Rag.GREEN)
    assert told["Signed off"] == "Director of Public Health, 27 Oct 2015"


def test_every_page_is_marked_unpublished_and_names_the_period(office: Office) -> None:
    booklet = exported(office)
    assert (booklet.mark, booklet.period) == ("Unpublished, not for quotation", str(Q2))


def test_a_range_has_a_sheet_for_each_quarter_under_the_definitions_then_in_force(books: SqlBooks) -> None:
    later = replace(DEFINITIONS[0], from_period=Q2, title="Another title")
    office = Office(books, partnership=replace(PARTNERSHIP, definitions=(*DEFINITIONS, later))).prepare()
    booklet = exported(office, *quarters_of("2015-16Q1..2015-16Q2"))
    titles = [
        row(page(booklet, name), "DA06")["Indicator"] for name in ("Indicators Q1 2015-16", "Indicators Q2 2015-16")
    ]
    assert titles == ["Number of clients referred for IDVA support", "Another title"]
    assert booklet.period == f"{Q1} to {Q2}"


def test_a_quarter_that_was_only_loaded_has_its_figures_and_their_owners(office: Office) -> None:
    found = page(exported(office, Q1), "Indicators")
    told = row(found, "RO06")
    assert (told["Figure"], told["RAG"]) == (Quantity(Decimal(43), Unit.PERCENT), Colour(Rag.GREEN))
    assert (told["Owner"], row(found, "DA07")["Status"]) == ("Youth Justice", "no figure")
    assert row(page(exported(office, Q1), "Summary"), "Youth Justice")["Green"] == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2015-16Q5", "a quarter is written like"),
        ("2015-16Q2..2015-16Q1", "goes forward in time: 2015-16Q1..2015-16Q2"),
        ("2001-02Q1..2015-16Q1", "up to 24 quarters"),
    ],
)
def test_a_range_that_is_none_is_told_with_how_it_is_written(text: str, words: str) -> None:
    with pytest.raises(NoSuchRange, match=words.replace(".", r"\.")):
        quarters_of(text)

"""What people tell the collector to do, by mail and in Slack: done, answered, and never mixed up with figures."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from collector.books import InboxState, Outcome
from collector.domain.figure import FigureStatus
from collector.messages import Notice, Receipt
from storage.books import SqlBooks
from tests.builders import IN_SLACK, Q2, Office, at
from tests.collector.test_doors import edit


@pytest.fixture
def office(books: SqlBooks) -> Office:
    return Office(books, partnership=IN_SLACK).prepare()


def answers(office: Office) -> list[Notice | Receipt]:
    """What was answered so far."""
    with office.books.begin() as unit:
        rows = [row for row in unit.outbox.rows() if row.planned.dedupe_key.startswith("answer:")]
    return [row.planned.message for row in rows if isinstance(row.planned.message, Notice | Receipt)]


def test_the_coordinator_asks_for_the_status_by_mail_and_is_told_in_plain_lines(office: Office) -> None:
    done = office.says("coordinator", "Hello,\n\nstatus please\n\nThanks", at(6))
    assert done.outcome is Outcome.CARRIED_OUT
    (notice,) = answers(office)
    assert isinstance(notice, Notice)
    assert notice.paragraphs[0] == "Q2 2015-16 (Jul to Sep 2015): 0 of 5 in, due 5pm Fri 23 Oct 2015."
    assert "Youth Justice 2" in notice.paragraphs[1]


def test_a_contributor_who_asks_is_told_what_they_owe_and_nothing_of_others(office: Office) -> None:
    office.posts("da", "what do I owe?", at(6))
    (notice,) = answers(office)
    assert isinstance(notice, Notice)
    assert notice.paragraphs[0].startswith("You still owe 2 for Q2 2015-16 (Jul to Sep 2015)")
    assert not any("RO06" in line or "Youth" in line for line in notice.paragraphs)


def test_an_order_beside_figures_is_done_and_the_figures_are_recorded(office: Office) -> None:
    done = office.says("da", "DA06 153\nstatus", at(6))
    assert done.outcome is Outcome.RECORDED
    (receipt,) = answers(office)
    assert isinstance(receipt, Receipt)
    assert any(note.startswith("You still owe 2") for note in receipt.notes)
    assert [line.code for line in receipt.recorded] == ["DA06"]


def test_the_coordinator_enters_a_figure_for_somebody_who_is_told_of_it(office: Office) -> None:
    office.says("coordinator", "On behalf of the Youth Offending Team Manager: RO06 48%", at(6))
    office.processes(at(6))
    first, second = answers(office)
    assert isinstance(first, Notice)
    assert first.paragraphs == (
        "Entered for the Youth Offending Team Manager: RO06 48%. They are sent what was recorded, or asked.",
    )
    assert isinstance(second, Receipt)
    assert second.to == "Youth Offending Team Manager"
    figure = office.view().figures["RO06"]
    assert (figure.reported.status, figure.source.person) == (FigureStatus.REPORTED, "yot")
    assert figure.reported.value == 48
    with office.books.begin() as unit:
        assert ("coordinator", "entered on behalf", "RO06 48%", "yot") in [
            (line.actor, line.action, line.subject, line.reason) for line in unit.audit.lines()
        ]


def test_nobody_but_the_coordinator_enters_figures_for_others(office: Office) -> None:
    office.says("da", "On behalf of Youth Offending Team Manager: RO06 48%", at(6))
    (notice,) = answers(office)
    assert isinstance(notice, Notice)
    assert notice.paragraphs[0].startswith("Only the coordinator enters figures for others.")
    assert "RO06" not in office.view().figures


def test_what_is_entered_for_somebody_gives_no_orders_in_their_name(office: Office) -> None:
    office.says("coordinator", "on behalf of Director of Public Health: status", at(6))
    done = office.processes(at(6))
    assert done.outcome is not Outcome.CARRIED_OUT


def test_a_name_nobody_knows_is_said_back_and_nothing_is_entered(office: Office) -> None:
    office.says("coordinator", "on behalf of the Fire Chief: RO06 48%", at(6))
    (notice,) = answers(office)
    assert isinstance(notice, Notice)
    assert notice.paragraphs == (
        "Nobody is registered as \u201cthe Fire Chief\u201d, so nothing was entered for them.",
    )


def test_an_order_that_comes_twice_is_done_once(office: Office) -> None:
    for hour in (10, 11):
        office.says("coordinator", "on behalf of yot: RO06 48%", at(6, hour), message_id="<one@council.example.org>")
    while office.intake.process_next(at(6, 12)) is not None:
        pass
    assert sorted(type(message).__name__ for message in answers(office)) == ["Notice", "Receipt"]
    with office.books.begin() as unit:
        assert len(unit.figures.versions("RO06", Q2)) == 1


def test_an_order_that_is_not_vouched_for_is_not_done(books: SqlBooks) -> None:
    office = Office(books)
    office.border.distrusted = ("coordinator@council.example.org",)
    office.prepare()
    office.says("coordinator", "on behalf of yot: RO06 48%", at(6))
    with office.books.begin() as unit:
        assert [row.state for row in unit.inbox.quarantined()] == [InboxState.QUARANTINED]
        assert unit.inbox.waiting() == 0
    assert answers(office) == []


def test_an_order_that_was_edited_in_slack_is_not_done_again(office: Office) -> None:
    office.posts("da", "status", at(6))
    assert edit(office, "status", "status\nDA06 153", at(6, 11))
    office.processes(at(6, 11))
    first, second = answers(office)
    assert isinstance(first, Notice)
    assert isinstance(second, Receipt)
    assert not any(note.startswith("You still owe") for note in second.notes)


def test_the_coordinator_is_sent_the_round_the_definitions_and_a_history_on_asking(office: Office) -> None:
    office.says("da", "DA06 153", at(6))
    office.says("coordinator", "Send me the whole round as a workbook\ndefinitions\nhistory DA06", at(6, 12))
    office.sends(at(6, 12))
    notice = answers(office)[-1]
    assert isinstance(notice, Notice)
    assert [file.name for file in notice.files] == ["round-2015-16Q2.xlsx", "definitions-2015-16Q3.xlsx"]
    assert any("DA06" in line and "153" in line for line in notice.paragraphs)
    sent = [raw for address, raw in office.outside.taken if address == "coordinator@council.example.org"]
    with office.books.begin() as unit:
        books = [unit.blobs.get(file.blob) for file in notice.files]
    assert all(raw in sent[-1] for raw in books)
    pages = [load_workbook(BytesIO(raw)).sheetnames for raw in books]
    assert "Open questions" in pages[0]
    assert "People" in pages[1]


def test_workbooks_that_name_officers_go_to_nobody_else(office: Office) -> None:
    office.says("dph", "export\ndefinitions\nhistory DA06", at(6))
    (notice,) = answers(office)
    assert isinstance(notice, Notice)
    assert notice.files == ()
    assert all(line.startswith("Only the coordinator is sent this") for line in notice.paragraphs)


def test_a_history_of_what_is_not_asked_for_says_what_there_is(office: Office) -> None:
    office.says("coordinator", "history ZZ99", at(6))
    (notice,) = answers(office)
    assert isinstance(notice, Notice)
    assert "No measure has the code" in notice.paragraphs[0]
    assert "DA06" in notice.paragraphs[0]


def test_who_says_that_they_are_back_is_written_to_again(office: Office) -> None:
    office.says("yot", "I'm on leave until 16 October, my deputy covers", at(6))
    office.says("yot", "I'm back", at(8))
    notice = answers(office)[-1]
    assert isinstance(notice, Notice)
    assert notice.paragraphs == (
        "The Youth Offending Team Manager is back and is written to again. Still out for Q2 2015-16 (Jul to Sep 2015):"
        " RO06, RS08.",
    )
    assert not any(said.holds(at(8).date()) for said in office.view().absences)


def test_the_coordinator_says_that_somebody_is_back_and_others_say_it_of_nobody_else(office: Office) -> None:
    office.says("yot", "I'm on leave until 16 October", at(6))
    office.posts("da", "the Youth Offending Team Manager is back", at(7))
    refused = answers(office)[-1]
    assert isinstance(refused, Notice)
    assert refused.paragraphs[0].startswith("Only the Youth Offending Team Manager, their deputy, the lead of their")
    office.says("coordinator", "The Youth Offending Team Manager is back", at(8))
    done = answers(office)[-1]
    assert isinstance(done, Notice)
    assert done.paragraphs[0].startswith("The Youth Offending Team Manager is back and is written to again.")


def test_figures_beside_being_back_are_recorded_from_somebody_who_was_not_away(office: Office) -> None:
    done = office.says("da", "I'm back\nDA06 153", at(6))
    assert done.outcome is Outcome.RECORDED
    (receipt,) = answers(office)
    assert isinstance(receipt, Receipt)
    assert receipt.notes[-1] == "The Domestic Abuse Coordinator is not away, as far as we know. Nothing was changed."

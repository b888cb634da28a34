"""The week's summary below the board: once a week, by organisation, nothing that is nobody's business."""

import pytest

from collector.books import Planned
from collector.messages import WeekLine, WeekSummary
from storage.books import SqlBooks
from tests.builders import IN_SLACK, Office, Outside, at


@pytest.fixture
def office(books: SqlBooks) -> Office:
    return Office(books, partnership=IN_SLACK, slack=Outside(names="slack:T0TEST:{address}:{number}.000100")).prepare()


def weeks(planned: list[Planned]) -> list[Planned]:
    return [one for one in planned if isinstance(one.message, WeekSummary)]


def test_it_goes_once_a_week_into_the_boards_thread(office: Office) -> None:
    office.ticks(at(5, 9, 5))
    with office.books.begin() as unit:
        board = next(row for row in unit.outbox.rows() if row.planned.kind == "slack-board")
    seen = [one for day in range(6, 20) for hour in (9, 14) for one in weeks(office.ticks(at(day, hour, 5)))]
    assert [one.references for one in seen] == [(board.external_ref,)] * 2
    assert len({one.dedupe_key for one in seen}) == 2
    assert weeks(office.ticks(at(19, 15))) == []


def test_it_counts_by_organisation_what_is_in_and_what_is_out_and_shows_no_figure(office: Office) -> None:
    office.ticks(at(5, 9, 5))
    office.posts("da", "DA06 153; DA07 91%", at(6))
    (found,) = [one for day in range(6, 13) for one in weeks(office.ticks(at(day, 9, 5)))][:1]
    assert isinstance(found.message, WeekSummary)
    assert found.message.lines == (
        WeekLine("Council", 2, 0),
        WeekLine("Public Health", 0, 0, 1),
        WeekLine("Youth Justice", 0, 2),
    )
    assert "153" not in repr(found.message)
    assert "91" not in repr(found.message)


def test_without_a_board_in_the_channel_there_is_none(books: SqlBooks) -> None:
    office = Office(books).prepare()
    assert [one for day in range(5, 13) for one in weeks(office.ticks(at(day, 9, 5)))] == []

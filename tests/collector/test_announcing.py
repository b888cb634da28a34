"""What changes after a round was closed is announced below its board: once, a post a day, only what is signed."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from collector.books import OutboxRow, OutboxState
from collector.corrections import accept
from collector.domain.partnership import Release
from collector.domain.rag import Rag
from collector.domain.timetable import Papers, Timetable
from collector.failpoints import Failpoint
from collector.locking import lock
from collector.messages import LateChanges
from collector.releasing import drop, release_all
from collector.signoff import sign
from storage.books import SqlBooks
from tests.builders import IN_SLACK, OPENS, Q2, Office, at
from tests.support.orders import orders

DA06 = "Restated: Short of DA06, Q2 2015-16 (Jul to Sep 2015): was 153, now 155, because a miscount."
DA07 = "Restated: Short of DA07, Q2 2015-16 (Jul to Sep 2015): was 91%, now 92%, because found late."


@pytest.fixture
def office(books: SqlBooks) -> Office:
    """A round with its board in the channel, signed off and locked."""
    office = Office(books, partnership=IN_SLACK).prepare()
    office.ticks(OPENS)
    office.says("da", "DA06 153, DA07 91%\nThe commentary is ours.", at(20))
    return office


def closed(office: Office, signed: bool = True) -> Office:
    if signed:
        orders(office, sign, "P1", by="dph", when=at(26))
    orders(office, lock, when=at(4, month=11))
    office.ticks(at(4, 12, month=11))
    office.ticks(at(4, 13, month=11))
    return office


def restates(office: Office, code: str, value: str, why: str, when: datetime) -> None:
    office.says("da", f"{code} {value}", when)
    orders(office, accept, code, why, when=when)


def posts(office: Office) -> list[OutboxRow]:
    with office.books.begin() as unit:
        return [row for row in unit.outbox.rows() if isinstance(row.planned.message, LateChanges)]


def lines(office: Office) -> list[tuple[str, ...]]:
    return [row.planned.message.lines for row in posts(office) if isinstance(row.planned.message, LateChanges)]


def test_a_restatement_is_announced_once_in_the_thread_of_the_rounds_board(office: Office) -> None:
    restates(closed(office), "DA06", "155", "a miscount.", at(5, month=11))
    for hour in (11, 12, 13, 14):
        office.ticks(at(5, hour, month=11))
    office.ticks(at(6, month=11))
    (post,) = posts(office)
    assert (post.state, lines(office)) == (OutboxState.SENT, [(DA06,)])
    with office.books.begin() as unit:
        boards = [row for row in unit.outbox.rows() if row.planned.dedupe_key.startswith("slack-board:")]
    assert post.planned.references[0] in {row.external_ref for row in boards}
    assert not any(rag.word in DA06 for rag in Rag)


def test_several_of_a_day_stand_in_one_post_that_is_edited_and_the_next_days_in_another(office: Office) -> None:
    closed(office)
    restates(office, "DA06", "155", "a miscount", at(5, 10, month=11))
    office.ticks(at(5, 11, month=11))
    restates(office, "DA07", "92%", "found late", at(5, 12, month=11))
    for minute in (30, 40, 50):
        office.ticks(at(5, 12, minute, month=11))
    restates(office, "DA06", "156", "another", at(6, 10, month=11))
    office.ticks(at(6, 11, month=11))
    first, edit, next_day = posts(office)
    assert (first.planned.edits, edit.planned.edits, next_day.planned.edits) == (None, first.external_ref, None)
    assert lines(office)[1] == (DA06, DA07)
    assert [words.partition(": was ")[2] for words in lines(office)[2]] == ["155, now 156, because another."]
    assert {row.state for row in posts(office)} == {OutboxState.SENT}


def test_nothing_is_said_of_a_priority_that_is_not_signed_off_until_it_is(office: Office) -> None:
    restates(closed(office, signed=False), "DA06", "155", "a miscount", at(5, month=11))
    office.ticks(at(5, 11, month=11))
    assert posts(office) == []
    orders(office, sign, "P1", by="dph", when=at(6, month=11))
    office.ticks(at(6, 11, month=11))
    assert lines(office) == [(DA06,)]


def test_it_waits_for_office_hours_and_says_then_how_things_are(office: Office) -> None:
    closed(office)
    restates(office, "DA06", "155", "a miscount", at(5, 20, month=11))
    office.ticks(at(5, 21, month=11))
    assert posts(office) == []
    office.ticks(at(9, 10, month=11))
    assert lines(office) == [(DA06,)]


def test_two_clocks_and_a_crash_after_planning_announce_it_once(office: Office) -> None:
    class Died(Exception):
        pass

    def dies(point: Failpoint) -> None:
        if point is Failpoint.PLANNED:
            raise Died

    restates(closed(office), "DA06", "155", "a miscount", at(5, month=11))
    other = Office(office.books, partnership=IN_SLACK, reached=dies)
    with pytest.raises(Died):
        other.clock.tick(at(5, 11, month=11))
    office.clock.tick(at(5, 11, month=11))
    office.sends(at(5, 11, month=11))
    assert len(posts(office)) == 1


def test_without_a_board_in_the_channel_nothing_is_posted(books: SqlBooks) -> None:
    office = Office(books).prepare()
    office.says("da", "DA06 153, DA07 91%", at(20))
    restates(closed(office), "DA06", "155", "a miscount", at(5, month=11))
    office.ticks(at(5, 11, month=11))
    assert posts(office) == []


def test_what_came_after_the_papers_is_announced_once_it_is_signed(books: SqlBooks) -> None:
    days = {"opens": date(2015, 10, 5), "due": date(2015, 10, 23), "freeze": date(2015, 10, 30)}
    papers = Papers(Q2, seg=date(2015, 11, 23), publication=date(2015, 11, 13), **days)
    office = Office(books, partnership=replace(IN_SLACK, timetable=Timetable(papers=(papers,)))).prepare()
    office.ticks(OPENS)
    office.ticks(at(2, month=11))
    office.says("dph", "SA01 8.1%", at(24, month=11))
    office.ticks(at(24, 11, month=11))
    assert posts(office) == []
    orders(office, sign, "P1", by="dph", when=at(25, month=11))
    office.ticks(at(25, 11, month=11))
    assert lines(office) == [("After the papers: Short of SA01, Q2 2015-16 (Jul to Sep 2015): 8.1%.",)]


def test_what_the_coordinator_drops_is_not_announced_again(books: SqlBooks) -> None:
    first_round = replace(IN_SLACK, release=Release(first_round=True))
    office = Office(books, partnership=first_round).prepare()
    office.ticks(OPENS)
    orders(office, release_all, when=OPENS)
    office.ticks(at(5, 11))
    office.says("da", "DA06 153, DA07 91%", at(20))
    restates(closed(office), "DA06", "155", "a miscount", at(5, month=11))
    office.ticks(at(5, 11, month=11))
    (waits,) = posts(office)
    assert waits.state is OutboxState.HELD
    orders(office, drop, waits.id, when=at(5, 12, month=11))
    office.ticks(at(9, 11, month=11))
    assert [row.state for row in posts(office)] == [OutboxState.CANCELLED]

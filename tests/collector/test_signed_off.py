"""Board and digest before sign-off, after it, after the lock and after a restatement (RULES 17, 19, 20)."""

from collections.abc import Iterable

from collector.domain.rag import Rag
from collector.locking import freeze, lock, reopen_figure
from collector.messages import Board, Digest, DigestLine
from collector.signoff import send_back, sign
from collector.summary import board, digest
from storage.books import SqlBooks
from tests.builders import IN_SLACK, OPENS, Office, at
from tests.support.orders import messages, orders

COLOURS = {rag.word for rag in Rag}


def board_at(office: Office, day: int, month: int = 11) -> Board:
    return board(office.view(), at(day, month=month))


def digest_at(office: Office, day: int, month: int = 11) -> Digest:
    return digest(office.view(), at(day, month=month), OPENS)


def texts(lines: Iterable[DigestLine]) -> list[str]:
    return [line.text for line in lines]


def collected(office: Office) -> Office:
    office.sends(OPENS)
    office.says("da", "DA06 153, DA07 91%", at(20))
    office.says("yot", "RO06 28.8% (15 of 52)", at(20))
    return office


def test_before_sign_off_board_and_digest_give_the_figures_no_colour(office: Office) -> None:
    collected(office)
    assert board_at(office, 23, 10).signed == ()
    told = digest_at(office, 23, 10)
    assert {line.rag for line in told.changed} == {None}
    assert (
        "3 came in, not signed off yet: short of DA06 153; short of DA07 91%; short of RO06 28.8% (15 of 52)"
        in texts(told.changed)
    )
    assert not any(colour in text for text in texts(told.changed) for colour in (*COLOURS, "misses", "meets"))


def test_once_a_priority_is_signed_off_its_colours_are_shown_with_what_is_left_out(office: Office) -> None:
    collected(office)
    orders(office, sign, "P1", by="dph", when=at(26))
    (signed,) = board_at(office, 27, 10).signed
    assert signed.signed == "signed off on Mon 26 Oct 2015, with 2 outstanding"
    assert [line.rag for line in signed.lines] == [Rag.RED, Rag.GREEN, Rag.GREEN]
    assert signed.lines[0].text.startswith("Short of DA06 (Q1: 135): 153 misses the target")
    assert [line.rag for line in digest_at(office, 27, 10).changed] == [Rag.RED, Rag.GREEN, Rag.GREEN, None]


def test_a_figure_that_changed_after_it_was_signed_loses_its_colour_until_it_is_signed_again(office: Office) -> None:
    collected(office)
    orders(office, sign, "P1", by="dph", when=at(26))
    office.says("da", "DA06 155", at(27))
    (signed,) = board_at(office, 28, 10).signed
    assert signed.signed.endswith("with 2 outstanding, except short of DA06, which came or changed since")
    assert [line.rag for line in signed.lines] == [Rag.GREEN, Rag.GREEN]
    orders(office, sign, "P1", by="dph", when=at(28))
    assert board_at(office, 29, 10).signed[0].lines[0].rag is Rag.RED


def test_what_was_signed_since_the_last_digest_is_told_with_its_colour_although_it_came_before(office: Office) -> None:
    collected(office)
    orders(office, sign, "P1", by="dph", when=at(26))
    told = digest(office.view(), at(30), at(23, 12))
    assert [line.rag for line in told.changed] == [Rag.RED, Rag.GREEN, Rag.GREEN, None]
    assert told.unchanged_since is None


def test_silence_is_not_consent_a_lock_shows_not_signed_off(office: Office) -> None:
    collected(office)
    assert board_at(office, 5).not_signed == ()
    orders(office, lock)
    told = board_at(office, 10)
    assert (told.state, told.not_signed, told.signed) == ("Locked", ("P1 Tackle everything",), ())
    assert "P1 Tackle everything: not signed off" in texts(digest_at(office, 10).doubtful)
    assert "Youth Justice: 1 not in when the round was locked" in texts(digest_at(office, 10).late)


def test_what_was_never_owed_by_the_lock_is_not_said_to_have_been_missing_from_it(office: Office) -> None:
    orders(collected(office), lock, when=at(9, month=11))
    assert not [line for line in texts(digest_at(office, 24, month=11).late) if "Public Health" in line]
    assert "Public Health: 1 not due before the lock, and not in yet" in texts(digest_at(office, 26, month=11).late)
    office.says("dph", "SA01 8.1% (40 of 494)", at(26, month=11))
    waits = "Public Health: 1 not due before the lock, came since and waits for the coordinator"
    told = texts(digest_at(office, 27, month=11).late)
    assert waits in told
    assert "Youth Justice: 1 not in when the round was locked" in told


def test_what_was_sent_back_or_in_question_at_the_lock_is_not_said_to_have_been_missing(office: Office) -> None:
    collected(office)
    orders(office, send_back, "DA06", "October is counted too", by="dph", when=at(26))
    orders(office, lock, when=at(9, month=11))
    told = texts(digest_at(office, 10).late)
    assert "Council: 1 in, but sent back or in question when the round was locked" in told


def test_a_restated_figure_is_shown_with_was_now_and_why_on_the_next_board_and_digest(office: Office) -> None:
    collected(office)
    orders(office, lock, when=at(6, month=11))
    office.ticks(at(6, 12, month=11))
    office.says("da", "DA06 155", at(10, month=11))
    orders(office, reopen_figure, "DA06", "two clients were missed", when=at(10, 11, month=11))
    line = "DA06 restated: 155, was 153: two clients were missed"
    assert board_at(office, 11).restated == (line,)
    office.ticks(at(13, 12, month=11))
    assert messages(office, "chair", Digest)[-1].changed[0].text == line


def test_a_locked_round_is_told_of_again_only_when_something_about_it_changed(office: Office) -> None:
    collected(office)
    orders(office, lock, when=at(5, month=11))
    office.ticks(at(6, 12, month=11))
    told = len(messages(office, "chair", Digest))
    for day in (13, 20, 27):
        office.ticks(at(day, 12, month=11))
    assert len(messages(office, "chair", Digest)) == told


def test_a_frozen_round_is_told_of_every_week(office: Office) -> None:
    collected(office)
    orders(office, freeze, when=at(5, month=11))
    for day in (6, 13):
        office.ticks(at(day, 12, month=11))
    assert len(messages(office, "chair", Digest)) == 2
    assert messages(office, "seg", Board)[-1].state == "Frozen for the papers"


def test_a_figure_restated_after_the_next_round_has_opened_is_shown_with_that_rounds_board(office: Office) -> None:
    collected(office)
    orders(office, lock, when=at(6, month=11))
    office.ticks(at(6, month=1, year=2016))
    told = orders(office, reopen_figure, "DA07", "came late", when=at(7, month=1, year=2016))
    assert told[0].startswith("DA07 is open again for Q2")
    office.says("da", "DA07 92%", at(7, month=1, year=2016), In_Reply_To=reminder_id(office))
    office.ticks(at(8, 12, month=1, year=2016))
    restated = messages(office, "seg", Board)[-1].restated
    assert restated == ("DA07 restated for Q2 2015-16 (Jul to Sep 2015): 92%, was 91%: came late",)


def reminder_id(office: Office) -> str:
    """The Message-ID of a mail about the second quarter."""
    with office.books.begin() as unit:
        row = next(row for row in unit.outbox.rows() if row.planned.person == "da")
    return f"<{row.token}@csp.example.org>"


def test_the_board_in_slack_is_edited_when_a_priority_is_signed_off(books: SqlBooks) -> None:
    office = collected(Office(books, partnership=IN_SLACK).prepare())
    office.ticks(at(26, 9))
    orders(office, sign, "P1", by="dph", when=at(26))
    office.ticks(at(26, 11))
    office.ticks(at(26, 11, 10))
    assert messages(office, "seg", Board)[-1].signed != ()

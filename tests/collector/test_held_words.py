"""Words that seem to hold personal data: the figure counts, the words wait, and the value goes nowhere."""

import pytest

from collector.acting import Acting, NotDone
from collector.domain.orders import AboutWords, ForRound
from collector.domain.personal import HELD_BACK, Dealt
from collector.exporting import export
from collector.forms import sheet_of
from collector.held_words import deal_with_words, waiting_lines, words_waiting
from collector.locking import lock
from collector.messages import Notice
from collector.summary import digest
from collector.view import RoundView, view_round
from parsers.orders import read_orders
from storage.books import SqlBooks
from tests.builders import OPENS, PEOPLE, Q2, Office, at
from tests.support.orders import messages, orders

PHONE = "07700 900123"
SAID = f"DA06: 153. The last of them can be reached on {PHONE}.\nDA07: 91%"


@pytest.fixture
def office(books: SqlBooks) -> Office:
    office = Office(books).prepare()
    office.says("da", SAID, at(6))
    return office


def viewed(office: Office) -> RoundView:
    with office.books.begin() as unit:
        return view_round(unit, Q2)


def everything_out(office: Office) -> str:
    """Whatever the collector shows or sends of the round: messages, digest, the coordinator's own workbook, audit."""
    office.clock.tick(at(23, 17, 30))
    with office.books.begin() as unit:
        view = view_round(unit, Q2)
        told = [str(row.planned.message) for row in unit.outbox.rows()]
        told += [str(export(unit, office.calendar, at(23), [Q2])), str(digest(view, at(23), OPENS)), str(view.figures)]
        told += [str(line) for line in unit.audit.lines()]
    return "\n".join(told)


def test_the_figure_counts_the_words_wait_and_the_value_is_repeated_nowhere(office: Office) -> None:
    figure = viewed(office).figures["DA06"]
    assert figure.reported.value == 153
    assert (figure.reported.note or figure.source.evidence).startswith(HELD_BACK)
    out = everything_out(office)
    assert "900123" not in out
    assert "DA06: your words seem to hold a phone number, so they are held back; the figure counts." in out


def test_the_coordinator_sees_whose_words_wait_and_what_kind_of_thing_they_hold(office: Office) -> None:
    with office.books.begin() as unit:
        lines = waiting_lines(view_round(unit, Q2), words_waiting(unit))
    assert lines == [
        "words held back: DA06, Q2 2015-16 (Jul to Sep 2015), from Domestic Abuse Coordinator (Council): a phone number"
    ]


def test_the_sender_decides_by_mail_and_only_once_asked_again(office: Office) -> None:
    office.says("da", "replace the words for DA06: The last of them has been reached", at(7))
    figure = viewed(office).figures["DA06"]
    assert figure.reported.value == 153
    assert figure.held is not None
    assert (figure.held.dealt, figure.version) == (Dealt.REPLACED, 1)
    with office.books.begin() as unit:
        assert words_waiting(unit) == []
    office.says("da", "keep the words for DA06", at(8))
    assert PHONE in viewed(office).figures["DA06"].source.evidence
    office.says("da", "take out the words for DA06", at(9))
    figure = viewed(office).figures["DA06"]
    assert (figure.reported.note, figure.source.evidence) == ("", "")


def test_the_same_words_sent_again_change_nothing_and_new_words_are_checked_too(office: Office) -> None:
    office.says("da", SAID, at(7))
    assert viewed(office).figures["DA06"].version == 1
    with office.books.begin() as unit:
        acting = Acting(unit, office.calendar, at(8), PEOPLE[0])
        with pytest.raises(NotDone, match="seem to hold personal data too"):
            deal_with_words(acting, view_round(unit, Q2), "DA06", Dealt.REPLACED, f"Ring {PHONE}")


def test_nobody_else_decides_and_nothing_is_done_where_nothing_waits(office: Office) -> None:
    with office.books.begin() as unit:
        view = view_round(unit, Q2)
        with pytest.raises(NotDone, match="sender or the coordinator"):
            deal_with_words(Acting(unit, office.calendar, at(8), PEOPLE[4]), view, "DA06", Dealt.KEPT)
        with pytest.raises(NotDone, match="No words for DA07 are held back"):
            deal_with_words(Acting(unit, office.calendar, at(8), PEOPLE[0]), view, "DA07", Dealt.KEPT)


def test_a_note_is_held_back_too_and_a_second_copy_of_it_is_no_new_version(books: SqlBooks) -> None:
    office = Office(books).prepare()
    words = "RS08: Met. The group was held on 5 August and the next is arranged by lead@council.example.org."
    office.says("yot", words, at(6))
    held = viewed(office).figures["RS08"]
    assert held.reported.note.startswith(HELD_BACK)
    office.says("yot", words, at(7))
    assert viewed(office).figures["RS08"].version == held.version
    assert "lead@council" not in everything_out(office)


def test_an_order_about_words_names_its_figure_and_round_in_plain_words() -> None:
    told = read_orders("take out my words for DA06 for Q2 2015-16", at(6).date())
    assert told.orders == (ForRound(AboutWords("DA06", Dealt.TAKEN_OUT), Q2),)


def test_who_signed_while_words_were_held_back_hears_what_stands_there_now(office: Office) -> None:
    office.says("dph", "signed off", at(7))
    office.says("da", "replace the words for DA06: The last of them has been reached", at(8))
    told = messages(office, "dph", Notice)[-1]
    assert told.paragraphs[0].endswith("They are replaced now: \u201cThe last of them has been reached\u201d.")
    assert "send back DA06: and the reason" in told.paragraphs[1]
    heard = len(messages(office, "dph", Notice))
    office.says("da", "take out the words for DA06", at(9))
    assert len(messages(office, "dph", Notice)) == heard


def test_once_the_round_is_closed_the_coordinator_decides_what_is_read_and_a_sender_may_take_it_out(
    office: Office,
) -> None:
    orders(office, lock, "SEG met", when=at(26))
    told = office.says("da", "replace the words for DA06: something else", at(27)).notes
    closed = (
        "Q2 2015-16 (Jul to Sep 2015) is locked: what stands beside DA06 is for the coordinator to decide about now."
    )
    assert told == [closed]
    held = viewed(office).figures["DA06"].held
    assert held is not None
    assert held.dealt is None
    office.says("da", "take out the words for DA06", at(27))
    assert viewed(office).figures["DA06"].source.evidence == ""
    office.says("coordinator", "keep the words for DA06", at(28))
    assert PHONE in viewed(office).figures["DA06"].source.evidence


def test_held_words_are_not_offered_as_what_a_milestone_was_last_quarter(books: SqlBooks) -> None:
    office = Office(books).prepare()
    office.says("yot", f"RS08: Met. The group was held on 5 August; ring {PHONE}.", at(6))
    office.ticks(at(6, month=1, year=2016))
    with office.books.begin() as unit:
        view = view_round(unit, Q2.next)
    assert [row.unchanged for row in sheet_of(view, view.people["yot"]).rows if row.code == "RS08"] == [""]

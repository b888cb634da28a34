"""Freezing and locking a round, and what comes after: nothing lost, nothing changed silently (RULES 17, 19)."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from collector.acting import NotDone
from collector.corrections import decline
from collector.delivery import Fate
from collector.domain.round import RoundState
from collector.domain.signing import CorrectionState
from collector.domain.timetable import Papers, Timetable
from collector.locking import freeze, lock, reopen, reopen_figure
from collector.messages import Notice, Reminder
from collector.round_status import status_lines
from collector.signoff import sign
from storage.books import SqlBooks
from tests.builders import DUE, OPENS, PARTNERSHIP, Q2, Office, at
from tests.support.orders import messages, orders

LOCKED_ON = at(6, month=11)
AFTER = at(9, month=11)


@pytest.fixture
def locked(office: Office) -> Office:
    """A round of which DA06 and RO06 are in, signed by nobody, and locked."""
    office.says("da", "DA06 153", at(20))
    office.says("yot", "RO06 28.8% (15 of 52)", at(20))
    orders(office, lock, "SEG meets on Monday", when=LOCKED_ON)
    return office


def snapshot(office: Office, number: int = 1) -> dict[str, Any]:
    with office.books.begin() as unit:
        sealed = unit.locks.snapshots(Q2)[number - 1]
        found: dict[str, Any] = json.loads(unit.blobs.get(sealed.sha256))
    return found


# The freeze


def papers(**more: Any) -> Timetable:
    return Timetable(papers=(Papers(Q2, seg=date(2015, 11, 23), due=date(2015, 10, 23), **more),))


def test_a_round_freezes_by_itself_at_five_on_its_freeze_date(books: SqlBooks) -> None:
    timetable = papers(freeze=date(2015, 10, 30), opens=date(2015, 10, 5))
    office = Office(books, partnership=replace(PARTNERSHIP, timetable=timetable)).prepare()
    office.ticks(at(30, 16, 59))
    assert office.view().round.state is RoundState.OPEN
    office.ticks(at(30, 17))
    office.ticks(at(30, 17))
    assert office.view().round.state is RoundState.FROZEN
    with office.books.begin() as unit:
        assert [line.actor for line in unit.audit.lines("2015-16Q2") if line.action == "round frozen"] == ["collector"]


def test_a_round_that_was_opened_again_after_its_freeze_does_not_freeze_by_itself(books: SqlBooks) -> None:
    timetable = papers(freeze=date(2015, 10, 30), opens=date(2015, 10, 5))
    office = Office(books, partnership=replace(PARTNERSHIP, timetable=timetable)).prepare()
    office.ticks(at(31, 9))
    orders(office, reopen, "the fire service resends everything")
    office.ticks(at(10, month=11))
    assert office.view().round.state is RoundState.OPEN


def test_a_round_without_papers_freezes_only_by_the_coordinator(office: Office) -> None:
    office.ticks(at(10, month=12))
    assert office.view().round.state is RoundState.OPEN
    with pytest.raises(NotDone, match="Only the coordinator"):
        orders(office, freeze, by="dph")
    assert "late still comes in" in orders(office, freeze)[0]
    assert office.view().round.state is RoundState.FROZEN


def test_a_frozen_round_takes_what_was_still_out_and_what_its_source_brings_late(office: Office) -> None:
    office.says("da", "DA06: not available until 9 November", at(20))
    orders(office, freeze, when=at(30))
    office.says("da", "DA06 153", at(9, month=11))
    office.says("dph", "SA01 8.1%", at(9, month=11))
    assert (str(office.value("DA06")), str(office.value("SA01"))) == ("153", "8.1")


def test_a_correction_in_a_frozen_round_waits_for_the_coordinator(office: Office) -> None:
    office.says("da", "DA06 153", at(20))
    orders(office, freeze, when=at(30))
    office.says("da", "DA06 155", at(9, month=11))
    assert office.value("DA06") == 153
    assert office.answers()[-1].notes == (
        "Q2 2015-16 (Jul to Sep 2015) is frozen for its papers; the coordinator has your correction of DA06: 155"
        " (now 153). It changes nothing until they decide.",
    )
    assert orders(office, reopen_figure, "da06", "a miscount") == (
        "DA06 short of DA06, Q2 2015-16 (Jul to Sep 2015): corrected, 155, was 153. Reason: a miscount",
    )
    assert office.value("DA06") == 155
    assert office.view().signing.restated == ()


def test_late_source_data_after_publication_is_a_supplementary_item(books: SqlBooks) -> None:
    timetable = papers(freeze=date(2015, 10, 30), opens=date(2015, 10, 5), publication=date(2015, 11, 13))
    office = Office(books, partnership=replace(PARTNERSHIP, timetable=timetable)).prepare()
    office.ticks(at(31))
    office.says("da", "DA07 91%", at(13, 16, month=11))
    office.says("dph", "SA01 8.1%", at(16, month=11))
    figures = office.view().figures
    assert figures["DA07"].source.reason == ""
    assert figures["SA01"].source.reason == "supplementary item: the papers were published on 13 Nov 2015"
    assert office.answers()[-1].notes[0].startswith("SA01 goes to the Strategic Executive Group as a supplementary")


def test_reminders_of_what_is_out_go_on_while_the_round_is_frozen(office: Office) -> None:
    office.sends(OPENS)
    orders(office, freeze, when=at(22))
    office.ticks(DUE.replace(hour=9))
    assert any(key.endswith("2015-10-23") for key in office.keys("reminder:"))


# The lock


def test_only_the_coordinator_locks_and_only_once(locked: Office) -> None:
    with pytest.raises(NotDone, match="locked already"):
        orders(locked, lock)
    orders(locked, reopen, "a mistake")
    with pytest.raises(NotDone, match="Only the coordinator locks"):
        orders(locked, lock, by="dph")


def test_a_lock_says_who_did_not_sign_and_what_never_came(office: Office) -> None:
    office.says("da", "DA06 153", at(20))
    told = orders(office, lock, when=LOCKED_ON)
    assert told[0].startswith("Q2 2015-16 (Jul to Sep 2015) is locked, snapshot 1 (")
    assert told[1:] == (
        "P1 Tackle everything: not signed off.",
        "3 not in: DA07, RO06, RS08.",
        "1 awaiting source: SA01.",
    )


def test_the_snapshot_holds_each_figures_version_colour_and_signature(office: Office) -> None:
    office.says("da", "DA06 153", at(20))
    orders(office, sign, "P1", by="dph", when=at(21))
    office.says("yot", "RO06 28.8% (15 of 52)", at(22))
    orders(office, lock, "for SEG", when=LOCKED_ON)
    kept = snapshot(office)
    figures = {each["code"]: each for each in kept["figures"]}
    assert figures["DA06"]["figure"] == office.view().figures["DA06"].id
    assert (figures["DA06"]["words"], figures["DA06"]["rag"], figures["DA06"]["signed_by"]) == ("153", "red", "dph")
    assert (figures["RO06"]["value"], figures["RO06"]["rag"]) == ("28.8", "green")
    assert figures["RO06"]["signed_by"] == "not signed off"
    assert figures["SA01"]["figure"] is None
    assert (kept["locked"]["by"], kept["locked"]["reason"]) == ("coordinator", "for SEG")
    assert kept["priorities"][0]["outstanding"] == ["DA07", "RS08", "SA01"]


def test_a_snapshot_is_named_by_the_hash_of_its_bytes_and_the_audit_says_who_and_why(locked: Office) -> None:
    with locked.books.begin() as unit:
        sealed = unit.locks.snapshots(Q2)[0]
        line = next(line for line in unit.audit.lines("2015-16Q2") if line.action == "round locked")
    assert (line.actor, line.at) == ("coordinator", LOCKED_ON)
    assert line.reason == f"SEG meets on Monday; snapshot 1, sha256 {sealed.sha256}"


def test_nobody_is_chased_or_escalated_for_what_could_have_been_in_by_the_lock(locked: Office) -> None:
    before = len(locked.keys("reminder:2015-16Q2"))
    for day in (9, 16, 24):
        locked.ticks(at(day, month=11))
    assert len(locked.keys("reminder:2015-16Q2")) == before
    assert not [*locked.keys("prepared:"), *locked.keys("escalation:")]


def test_an_escalation_that_waited_a_day_is_not_sent_once_the_round_is_locked(office: Office) -> None:
    office.sends(OPENS)
    office.clock.tick(at(2, month=11))
    assert office.keys("prepared:")
    orders(office, lock, when=at(2, 12, month=11))
    assert not [one for one in office.sends(at(2, 13, month=11)) if one.row.planned.kind == "prepared" and one.raw]


def test_what_its_source_publishes_after_the_lock_is_asked_for_then_and_escalated_only_after_its_reminders(
    locked: Office,
) -> None:
    locked.sends(AFTER)
    for day in range(9, 31):
        locked.ticks(at(day, month=11))
    assert [key for key in locked.keys("reminder:2015-16Q2:dph") if "2015-11" in key] == [
        "reminder:2015-16Q2:dph:2015-11-25",
        "reminder:2015-16Q2:dph:2015-11-27",
    ]
    assert [line.code for line in messages(locked, "dph", Reminder)[-1].owed] == ["SA01"]
    assert not locked.keys("prepared:")
    for day in (1, 2, 3):
        locked.ticks(at(day, month=12))
    assert locked.keys("reminder:2015-16Q2:dph:2015-12-02")
    assert len(locked.keys("prepared:")) == 1


def test_what_came_after_the_lock_from_its_source_is_not_asked_for_again_while_it_waits(locked: Office) -> None:
    locked.ticks(at(25, month=11))
    locked.says("dph", "SA01 8.1% (40 of 494)", at(26, month=11))
    (note,) = locked.answers()[-1].notes
    assert note.endswith("Then it goes to the Strategic Executive Group as a supplementary item.")
    for day in (27, 30):
        locked.ticks(at(day, month=11))
    locked.ticks(at(2, month=12))
    assert not locked.keys("reminder:2015-16Q2:dph:2015-11-27")
    assert not locked.keys("prepared:")
    orders(locked, reopen_figure, "SA01", "its source published on 25 November", when=at(3, month=12))
    assert str(locked.value("SA01")) == "8.1"


def test_a_reminder_that_waited_when_the_round_was_locked_does_not_go(office: Office) -> None:
    office.sends(OPENS)
    office.clock.tick(DUE.replace(hour=9))
    assert any(key.endswith("2015-10-23") for key in office.keys("reminder:"))
    orders(office, lock, when=DUE.replace(hour=10))
    sent = {done.row.planned.dedupe_key: done.fate for done in office.sends(DUE.replace(hour=11))}
    assert {fate for key, fate in sent.items() if key.startswith("reminder")} == {Fate.CANCELLED}


# A figure for a locked round


def test_a_correction_for_a_locked_round_is_kept_answered_and_changes_nothing(locked: Office) -> None:
    locked.says("da", "DA06 155", AFTER)
    answer = locked.answers()[-1]
    assert answer.notes == (
        "Q2 2015-16 (Jul to Sep 2015) is locked; the coordinator has your correction of DA06: 155 (now 153)."
        " It changes nothing until they decide.",
    )
    assert (answer.recorded, answer.still_owed, answer.questions) == ((), (), ())
    assert locked.value("DA06") == 153
    waiting = locked.view().signing.waiting("DA06")
    assert waiting is not None
    assert (str(waiting.reported.value), waiting.source.person, waiting.source.received_at) == ("155", "da", AFTER)


def test_a_late_figure_for_a_locked_round_waits_too(locked: Office) -> None:
    locked.says("da", "DA07 91%", AFTER)
    assert "your figure for DA07: 91% (nothing is in)" in locked.answers()[-1].notes[0]
    assert "DA07" not in locked.view().figures


def test_a_correction_that_comes_twice_waits_once_and_a_later_one_takes_its_place(locked: Office) -> None:
    locked.says("da", "DA06 155", AFTER)
    locked.says("da", "DA06 156", at(10, month=11))
    states = [(str(each.reported.value), each.state) for each in locked.view().signing.corrections]
    assert states == [("155", CorrectionState.OVERTAKEN), ("156", CorrectionState.WAITING)]


def test_the_coordinator_is_told_once_of_what_waits(locked: Office) -> None:
    locked.says("da", "DA06 155", AFTER)
    for day in (10, 11):
        locked.ticks(at(day, month=11))
    told = [notice for notice in messages(locked, "coordinator", Notice) if "correction" in notice.subject]
    assert [notice.subject for notice in told] == ["1 correction of closed rounds to decide"]
    assert "DA06, Q2 2015-16 (Jul to Sep 2015): 155 (now 153)" in told[0].paragraphs


def test_taking_a_correction_after_the_lock_restates_just_that_figure_with_was_now_and_why(locked: Office) -> None:
    before = snapshot(locked)
    locked.says("da", "DA06 155", AFTER)
    told = orders(locked, reopen_figure, "DA06", "two clients were missed", when=at(10, month=11))
    assert told == (
        "DA06 short of DA06, Q2 2015-16 (Jul to Sep 2015): restated, 155, was 153. Reason: two clients were missed",
    )
    view = locked.view()
    assert (str(locked.value("DA06")), view.round.state) == ("155", RoundState.LOCKED)
    assert view.figures["DA06"].source.reason == "two clients were missed"
    assert [(str(each.was and each.was.value), str(each.now.value), each.reason) for each in view.signing.restated] == [
        ("153", "155", "two clients were missed")
    ]
    assert snapshot(locked) == before
    assert messages(locked, "da", Notice)[-1].paragraphs == told
    locked.says("da", "DA06 157", at(11, month=11))
    assert locked.value("DA06") == 155


def test_a_figure_opened_again_takes_the_next_figure_that_comes_and_shuts(locked: Office) -> None:
    assert (
        "the next figure that comes for it is taken" in orders(locked, reopen_figure, "DA07", "came after the lock")[0]
    )
    locked.says("da", "DA07 91%", at(10, month=11))
    locked.says("da", "DA07 92%", at(11, month=11))
    restated = locked.view().signing.restated
    assert [(each.was, str(each.now.value), each.reason) for each in restated] == [(None, "91", "came after the lock")]
    assert locked.value("DA07") == 91
    assert "DA07 came late: 91%, was not in: came after the lock" in status_lines(locked.view(), AFTER)


def test_a_correction_that_is_declined_leaves_the_books_and_its_sender_is_told_why(locked: Office) -> None:
    locked.says("da", "DA06 155", AFTER)
    told = orders(locked, decline, "DA06", "155 counts October too")
    assert told[0].endswith("155 was not taken over, 153 stands. Reason: 155 counts October too")
    assert messages(locked, "da", Notice)[-1].paragraphs == told
    assert locked.value("DA06") == 153
    with pytest.raises(NotDone, match="No correction of DA06 waits"):
        orders(locked, decline, "DA06", "again")


@pytest.mark.parametrize(("by", "why", "words"), [("da", "x", "Only the coordinator"), ("coordinator", " ", "Say why")])
def test_opening_a_figure_again_needs_the_coordinator_and_a_reason(
    locked: Office, by: str, why: str, words: str
) -> None:
    with pytest.raises(NotDone, match=words):
        orders(locked, reopen_figure, "DA06", why, by=by)


def test_a_question_answered_after_the_lock_waits_as_a_correction(office: Office) -> None:
    office.says("yot", "RO06 19% (15 of 52)", at(20))
    number = office.view().open_queries["RO06"].choices[1].number
    orders(office, lock, when=LOCKED_ON)
    office.says("yot", f"{number}", AFTER)
    assert "RO06" not in office.view().figures
    waiting = office.view().signing.waiting("RO06")
    assert waiting is not None
    assert str(waiting.reported.value).startswith("28.8")


@pytest.mark.parametrize(("words", "late"), [("DA06 155", False), ("DA07 91%", True)])
def test_a_correction_taken_after_the_lock_is_no_later_than_what_it_corrects_and_a_late_figure_is_late(
    locked: Office, words: str, late: bool
) -> None:
    locked.says("da", words, AFTER)
    orders(locked, reopen_figure, words[:4], "taken", when=at(10, month=11))
    assert locked.view().figures[words[:4]].late is late


def test_what_was_set_aside_in_time_and_accepted_after_the_lock_waits_and_is_not_late(office: Office) -> None:
    office.border.distrusted = ("da@council.example.org",)
    done = office.says("da", "DA06 153", DUE)
    orders(office, lock, when=LOCKED_ON)
    office.border.distrusted = ()
    with office.books.begin() as unit:
        unit.inbox.reopen(done.row.id, "da")
    office.processes(AFTER)
    orders(office, reopen_figure, "DA06", "it had come in time", when=at(10, month=11))
    assert office.view().figures["DA06"].late is False


# Opening the whole round again


def test_opening_a_round_again_makes_the_next_lock_a_new_snapshot_and_keeps_the_old(locked: Office) -> None:
    first = snapshot(locked)
    with pytest.raises(NotDone, match="Say why"):
        orders(locked, reopen, "")
    assert orders(locked, reopen, "SEG moved its meeting")[0].endswith(
        "Snapshot 1 stays; the next lock makes number 2."
    )
    locked.says("da", "DA06 155", at(10, month=11))
    assert locked.value("DA06") == 155
    orders(locked, lock, "again", when=at(11, month=11))
    assert snapshot(locked, 1) == first
    assert {each["code"]: each.get("words") for each in snapshot(locked, 2)["figures"]}["DA06"] == "155"


def test_an_open_round_is_not_opened_again(office: Office) -> None:
    for give, words in ((reopen, ("why",)), (reopen_figure, ("DA06", "why"))):
        with pytest.raises(NotDone, match="is open"):
            orders(office, give, *words)


def test_a_note_corrected_after_the_due_day_is_no_later_than_it_was_and_after_the_lock_it_is_restated(
    office: Office,
) -> None:
    office.says("yot", "RS08: Met on 5 August.", at(20))
    office.says("yot", "RS08: Met on 5 August and 7 September.", at(26))
    corrected = office.view().figures["RS08"]
    assert (corrected.version, corrected.late) == (2, False)
    orders(office, lock, when=LOCKED_ON)
    office.says("yot", "RS08: Met three times.", AFTER)
    (told,) = orders(office, reopen_figure, "RS08", "one was left out", when=at(10, month=11))
    assert "restated" in told
    assert office.view().figures["RS08"].late is False
    assert [line for line in status_lines(office.view(), AFTER) if "RS08 restated" in line]


def test_a_lock_tells_what_is_in_question_from_what_is_not_in(office: Office) -> None:
    office.says("yot", "RO06 28.8% (15 of 52)", at(20))
    office.says("yot", "RO06 not available until 20 November", at(21))
    told = orders(office, lock, when=LOCKED_ON)[2:]
    assert told == ("3 not in: DA06, DA07, RS08.", "1 in question: RO06.", "1 awaiting source: SA01.")

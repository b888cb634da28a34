"""A lead signs their priority off, or sends a figure back; a later figure takes the signature off it (RULES 19)."""

from dataclasses import replace
from datetime import date

import pytest

from collector.acting import NotDone
from collector.domain.indicator import Priority
from collector.domain.people import Person, Role
from collector.handing_over import hand_over
from collector.locking import freeze, lock, reopen_figure
from collector.messages import Notice, Reminder, SignOffSheet
from collector.round_status import status_lines
from collector.signatures import signature_of
from collector.signing_sheet import seen_in
from collector.signoff import send_back, sign
from storage.books import SqlBooks
from tests.builders import DUE, IN_SLACK, OPENS, PARTNERSHIP, Q2, Office, at
from tests.collector.people import person
from tests.support.orders import messages, orders

SIGNED = "P1 Tackle everything, Q2 2015-16 (Jul to Sep 2015): signed off, "


@pytest.fixture
def complete(office: Office) -> Office:
    """A round in which everything is in that can be: SA01's source publishes on 25 November."""
    office.sends(OPENS)
    office.says("da", "DA06 153, DA07 91%", at(20))
    office.says("yot", "RO06 28.8% (15 of 52)\nRS08: Two discussions were held.", at(20))
    return office


def sheets(office: Office) -> list[SignOffSheet]:
    return messages(office, "dph", SignOffSheet)


def signed(office: Office) -> list[str]:
    view = office.view()
    return [code for code in view.figures if signature_of(view, code)]


# Signing


def test_a_lead_signs_every_figure_of_the_priority(complete: Office) -> None:
    complete.says("dph", "SA01 8.1%", at(21))
    assert orders(complete, sign, "p1", by="dph") == (f"{SIGNED}5 figures.",)
    assert signed(complete) == ["DA06", "DA07", "RO06", "RS08", "SA01"]
    with complete.books.begin() as unit:
        line = unit.audit.lines("P1 2015-16Q2")[-1]
    assert (line.actor, line.action, line.reason) == ("dph", "signed off", "5 figures")


def test_what_is_out_is_said_and_not_signed(office: Office) -> None:
    office.says("da", "DA06 153, DA07 91%", at(20))
    office.says("yot", "RO06 19% (15 of 52)", at(20))
    assert orders(office, sign, "P1", by="dph") == (f"{SIGNED}2 figures, with 3 outstanding: RO06, RS08, SA01.",)
    assert signed(office) == ["DA06", "DA07"]


def test_signing_twice_is_one_signature(complete: Office) -> None:
    orders(complete, sign, "P1", by="dph")
    assert orders(complete, sign, "P1", by="dph")[0].endswith("signed off already, 4 figures.")
    assert len(complete.view().signing.signoffs) == 1


@pytest.mark.parametrize(
    ("code", "by", "words"),
    [
        ("P1", "da", "signed off by its lead, the Director of Public Health"),
        ("P1", "coordinator", "signed off by its lead, the Director of Public Health"),
        ("P7", "dph", "P7 is no priority of this plan. Its priorities are P1."),
    ],
)
def test_nobody_signs_for_somebody_else(complete: Office, code: str, by: str, words: str) -> None:
    with pytest.raises(NotDone, match=words):
        orders(complete, sign, code, by=by)


def test_there_is_nothing_to_sign_before_a_figure_is_in(office: Office) -> None:
    with pytest.raises(NotDone, match=r"nothing to sign\. Outstanding: DA06, DA07, RO06, RS08, SA01"):
        orders(office, sign, "P1", by="dph")


def test_a_later_figure_takes_the_signature_off_that_figure_alone(complete: Office) -> None:
    orders(complete, sign, "P1", by="dph", when=at(22))
    complete.says("da", "DA06 155", at(23))
    assert signed(complete) == ["DA07", "RO06", "RS08"]
    told = status_lines(complete.view(), at(23, 12))
    assert "P1 Tackle everything: signed on Thu 22 Oct 2015 except DA06 with 1 outstanding: SA01" in told
    assert "  DA06: signed before it changed from 153 to 155" in told
    orders(complete, sign, "P1", by="dph", when=at(23, 13))
    assert signed(complete) == ["DA06", "DA07", "RO06", "RS08"]


def test_a_figure_that_changed_after_the_sheet_was_sent_is_not_signed_unseen(complete: Office) -> None:
    complete.ticks(at(21))
    complete.says("da", "DA06 155", at(21, 11))
    told = orders(complete, sign, "P1", seen_in(sheets(complete)[0]), by="dph", when=at(21, 12))
    assert told == (
        f"{SIGNED}3 figures, with 2 outstanding: SA01, DA06.",
        "DA06 is not signed: it is 155 now, which you have not been shown. You will be asked to sign it as it is now.",
    )
    assert signed(complete) == ["DA07", "RO06", "RS08"]


def test_after_the_lock_only_what_was_restated_is_signed(complete: Office) -> None:
    orders(complete, sign, "P1", by="dph", when=at(22))
    orders(complete, lock)
    complete.says("da", "DA06 155", at(10, month=11))
    orders(complete, reopen_figure, "DA06", "a miscount", when=at(10, 11, month=11))
    assert orders(complete, sign, "P1", by="dph", when=at(10, 12, month=11))[0].startswith(f"{SIGNED}4 figures")


def test_what_was_not_signed_when_the_round_was_locked_stays_not_signed_off(complete: Office) -> None:
    orders(complete, lock)
    with pytest.raises(NotDone, match="stays shown as not signed off"):
        orders(complete, sign, "P1", by="dph")


# The lead is asked


def test_the_lead_is_asked_once_everything_is_in_with_every_figure_and_its_colour(complete: Office) -> None:
    complete.ticks(at(21))
    complete.ticks(at(21))
    assert len(sheets(complete)) == 1
    part = sheets(complete)[0].parts[0]
    assert [(line.code, line.figure, line.rag and line.rag.word) for line in part.lines] == [
        ("DA06", "153", "Red"),
        ("DA07", "91%", "Green"),
        ("RO06", "28.8% (15 of 52)", "Green"),
        ("RS08", "progress noted", None),
    ]
    assert part.lines[0].why.startswith("Red: 153 misses the target, at least 340")
    assert part.awaiting == ("SA01 short of SA01: its source publishes about 25 Nov 2015",)


def test_the_lead_is_not_asked_while_something_is_out_or_in_question(office: Office) -> None:
    office.sends(OPENS)
    office.says("da", "DA06 153, DA07 91%", at(20))
    office.says("yot", "RO06 19% (15 of 52)\nRS08: Two discussions were held.", at(20))
    office.ticks(at(21))
    assert sheets(office) == []


def test_at_the_freeze_the_lead_is_asked_with_what_is_out(office: Office) -> None:
    office.sends(OPENS)
    office.says("da", "DA06 153", at(20))
    office.says("yot", "RO06 19% (15 of 52)", at(20))
    orders(office, freeze, when=at(26))
    office.ticks(at(27))
    (sheet,) = sheets(office)
    assert sheet.frozen
    assert sheet.parts[0].outstanding == (
        "DA07 short of DA07: Council, nothing yet",
        "RO06 short of RO06: Youth Justice, asked: You gave 19% and also 15 of 52, which is 28.8%.",
        "RS08 short of RS08: Youth Justice, nothing yet",
    )


def test_the_lead_is_asked_again_at_the_freeze_and_when_a_signed_figure_changed_never_twice_a_day(
    complete: Office,
) -> None:
    complete.ticks(at(21))
    orders(complete, freeze, when=at(21, 11))
    complete.ticks(at(21, 12))
    assert len(sheets(complete)) == 1
    complete.ticks(at(22))
    assert [sheet.frozen for sheet in sheets(complete)] == [False, True]
    orders(complete, sign, "P1", by="dph", when=at(22, 11))
    complete.ticks(at(23))
    assert len(sheets(complete)) == 2
    complete.says("dph", "SA01 8.1%", at(23))
    complete.ticks(at(26))
    assert [line.code for line in sheets(complete)[2].parts[0].lines if not line.signed] == ["SA01"]


def test_a_changed_figure_is_shown_with_what_was_signed_before(complete: Office) -> None:
    orders(complete, sign, "P1", by="dph", when=at(21))
    complete.says("da", "DA06 155", at(21))
    complete.ticks(at(22))
    lines = {line.code: line for line in sheets(complete)[0].parts[0].lines}
    assert (lines["DA06"].was, lines["DA06"].signed, lines["DA07"].signed) == ("153", False, True)


def test_a_sheet_that_waited_says_how_things_are_when_it_goes_or_does_not_go(complete: Office) -> None:
    complete.clock.tick(at(21))
    complete.says("da", "DA06 155", at(21))
    complete.sends(at(21, 11))
    assert sheets(complete)[0].parts[0].lines[0].figure == "155"
    complete.says("da", "DA07 92%", at(22))
    complete.clock.tick(at(22))
    orders(complete, sign, "P1", by="dph", when=at(22))
    assert "cancelled" in {done.fate.value for done in complete.sends(at(22, 11))}


def test_a_lead_is_not_written_to_at_night(complete: Office) -> None:
    complete.ticks(at(20, 22))
    assert sheets(complete) == []


def test_a_lead_of_two_priorities_gets_one_message_and_another_lead_their_own(books: SqlBooks) -> None:
    second = Person("fire", "Fire Commander", "Fire", Role.LEAD, ("fire@fire.example.org",))
    priorities = (Priority("P1", "One", "dph"), Priority("P2", "Two", "dph"), Priority("P3", "Three", "fire"))
    place = {"DA06": "P1", "DA07": "P2", "RO06": "P3", "SA01": "P3", "RS08": "P3"}
    definitions = tuple(replace(d, priority=place[d.code]) for d in PARTNERSHIP.definitions)
    partnership = replace(
        PARTNERSHIP, priorities=priorities, people=(*PARTNERSHIP.people, second), definitions=definitions
    )
    office = Office(books, partnership=partnership).prepare()
    office.says("da", "DA06 153, DA07 91%", at(20))
    office.says("yot", "RO06 28.8% (15 of 52)\nRS08: Two discussions were held.", at(20))
    office.ticks(at(21))
    assert [[part.code for part in sheet.parts] for sheet in sheets(office)] == [["P1", "P2"]]
    assert [part.code for part in messages(office, "fire", SignOffSheet)[0].parts] == ["P3"]


def test_a_lead_in_slack_is_asked_there(books: SqlBooks) -> None:
    office = Office(books, partnership=IN_SLACK).prepare()
    office.sends(OPENS)
    office.says("da", "DA06 153, DA07 91%", at(20))
    office.says("yot", "RO06 28.8% (15 of 52)\nRS08: Two discussions were held.", at(20))
    office.ticks(at(21))
    assert [to for to, raw in office.slack.taken if b"message=SignOffSheet" in raw] == ["U0DPH"]


# Sending back


def test_a_figure_is_sent_back_with_the_reason_and_its_contributor_gets_one_message(complete: Office) -> None:
    told = orders(complete, send_back, "da06", "October is counted too", by="dph", when=at(21))
    assert told == ("DA06 (153) is sent back to the Domestic Abuse Coordinator. Reason: October is counted too",)
    orders(complete, send_back, "DA06", "October is counted too", by="dph", when=at(21))
    (notice,) = messages(complete, "da", Notice)
    assert notice.subject == "DA06 was sent back to you"
    assert notice.paragraphs[1] == "The reason: October is counted too"
    assert complete.value("DA06") == 153


def test_what_was_sent_back_is_out_until_its_contributor_answers(complete: Office) -> None:
    orders(complete, send_back, "DA06", "October is counted too", by="dph", when=at(21))
    told = orders(complete, sign, "P1", by="dph", when=at(21))
    assert told == (f"{SIGNED}3 figures, with 2 outstanding: DA06, SA01.",)
    complete.ticks(DUE.replace(hour=10))
    assert any(key.endswith(":da:2015-10-23") for key in complete.keys("reminder:"))
    complete.says("da", "DA06 149", DUE.replace(hour=11))
    orders(complete, sign, "P1", by="dph", when=DUE.replace(hour=12))
    assert "DA06" in signed(complete)


def test_what_is_sent_back_after_a_hand_over_goes_to_who_took_over_and_its_sender_hears_of_it(complete: Office) -> None:
    orders(complete, hand_over, ["DA06"], person("da"), person("yot"), when=at(21))
    before = len(messages(complete, "da", Notice))
    told = orders(complete, send_back, "DA06", "October is counted too", by="dph", when=at(21, 11))
    assert told == (
        "DA06 (153) is sent back to the Youth Offending Team Manager. Reason: October is counted too",
        "The Domestic Abuse Coordinator, who sent it, is told too.",
    )
    asked, heard = messages(complete, "yot", Notice)[-1], messages(complete, "da", Notice)[before:]
    assert asked.subject == "DA06 was sent back to you"
    assert asked.paragraphs[0] == "DA06 was handed over to you after this figure had been sent."
    assert [notice.subject for notice in heard] == ["DA06, which you sent, was sent back"]
    assert heard[0].paragraphs[-1].startswith("The Youth Offending Team Manager reports DA06 and is asked")
    owed = next(one for one in complete.view().outstanding("yot") if one.measure == "DA06")
    assert owed.number == 3, "at the end of their list"
    complete.says("yot", "DA06 149", at(22))
    assert complete.value("DA06") == 149


def test_a_sender_who_has_left_hears_nothing_of_what_is_sent_back(complete: Office) -> None:
    orders(complete, hand_over, ["DA06"], person("da"), person("yot"), when=at(21))
    people = tuple(replace(one, left=date(2015, 10, 22)) if one.id == "da" else one for one in PARTNERSHIP.people)
    complete.loads(at(22), replace(PARTNERSHIP, people=people))
    before = len(messages(complete, "da", Notice))
    told = orders(complete, send_back, "DA06", "October is counted too", by="dph", when=at(22, 11))
    assert told == ("DA06 (153) is sent back to the Youth Offending Team Manager. Reason: October is counted too",)
    assert len(messages(complete, "da", Notice)) == before


def test_a_lead_who_took_a_figure_over_sends_the_right_one_instead_of_sending_it_back(complete: Office) -> None:
    orders(complete, hand_over, ["DA06"], person("da"), person("dph"), when=at(21))
    with pytest.raises(NotDone, match="your own figure"):
        orders(complete, send_back, "DA06", "wrong", by="dph", when=at(21, 11))
    assert orders(complete, send_back, "DA06", "wrong", when=at(21, 12))[0].startswith(
        "DA06 (153) is sent back to the Director of Public Health."
    )


def test_a_contributor_may_answer_that_the_figure_is_right(complete: Office) -> None:
    orders(complete, send_back, "DA06", "October is counted too", by="dph", when=at(21))
    complete.says("da", "DA06 153", at(22))
    orders(complete, sign, "P1", by="dph", when=at(22))
    assert "DA06" in signed(complete)


@pytest.mark.parametrize(
    ("code", "why", "by", "words"),
    [
        ("DA06", "", "dph", "Say why DA06 is sent back"),
        ("DA06", "wrong", "yot", "can be sent back by the lead of P1 Tackle everything, the Director of Public Health"),
        ("XX99", "wrong", "dph", "XX99 is not a code of Q2"),
        ("SA01", "wrong", "dph", "No figure for SA01 is in"),
    ],
)
def test_what_can_not_be_sent_back_says_why(complete: Office, code: str, why: str, by: str, words: str) -> None:
    with pytest.raises(NotDone, match=words):
        orders(complete, send_back, code, why, by=by)


def test_a_lead_does_not_send_their_own_figure_back(complete: Office) -> None:
    complete.says("dph", "SA01 8.1%", at(21))
    with pytest.raises(NotDone, match="your own figure"):
        orders(complete, send_back, "SA01", "wrong", by="dph")


def test_nothing_is_sent_back_from_a_locked_round(complete: Office) -> None:
    orders(complete, lock)
    with pytest.raises(NotDone, match=r"is locked\. Ask the coordinator"):
        orders(complete, send_back, "DA06", "wrong", by="dph")


def test_what_was_sent_back_may_change_although_the_round_is_frozen(complete: Office) -> None:
    orders(complete, freeze, when=at(26))
    orders(complete, send_back, "DA06", "October is counted too", by="dph", when=at(26, 11))
    complete.says("da", "DA06 149", at(27))
    assert complete.value("DA06") == 149


# What a lead says beside a signature


@pytest.mark.parametrize("between", [".\n", ". "])
def test_a_remark_beside_a_signature_is_no_question_and_the_coordinator_sees_it(complete: Office, between: str) -> None:
    complete.says("dph", "SA01 8.1%", at(21))
    complete.says("dph", f"Signed off{between}DA07 looks low, but the team has explained.", at(21, 12))
    assert signed(complete) == ["DA06", "DA07", "RO06", "RS08", "SA01"]
    assert not complete.view().open_queries
    complete.ticks(at(22))
    assert any(
        words == "DA07, the Director of Public Health: \u201clooks low, but the team has explained.\u201d"
        for notice in messages(complete, "coordinator", Notice)
        for words in notice.paragraphs
    )
    complete.ticks(at(27))
    assert not [reminder for reminder in messages(complete, "da", Reminder) if not reminder.opening]


def test_a_signature_with_an_exception_signs_nothing_and_says_why(complete: Office) -> None:
    complete.says("dph", "Not happy with DA06 (wrong counts). Otherwise signed off", at(21))
    assert signed(complete) == []
    assert any(note.startswith("Nothing is signed off: ") for note in complete.answers()[-1].notes)


def test_figures_that_somebody_says_were_signed_off_elsewhere_are_no_business_of_a_lead(office: Office) -> None:
    office.says("da", "These are signed off, not before time: DA06 153, DA07 91%", at(20))
    assert not [note for note in office.answers()[-1].notes if "sign" in note]


def test_a_figure_that_is_in_and_in_question_is_reminded_of_by_its_question(complete: Office) -> None:
    complete.says("da", "DA07: not available", at(21))
    assert "DA07" in complete.view().open_queries
    complete.ticks(at(27))
    reminder = messages(complete, "da", Reminder)[-1]
    assert (reminder.owed, [question.code for question in reminder.to_answer]) == ((), ["DA07"])


def test_after_the_lock_the_sheet_shows_what_can_still_be_signed_and_signing_says_what_stays_unsigned(
    complete: Office,
) -> None:
    orders(complete, lock, "SEG met", when=at(9, month=11))
    complete.says("da", "DA06 155", at(10, month=11))
    orders(complete, reopen_figure, "DA06", "two late referrals", when=at(10, 12, month=11))
    complete.ticks(at(11, month=11))
    (part,) = sheets(complete)[-1].parts
    assert [line.code for line in part.lines] == ["DA06"]
    told = orders(complete, sign, "P1", by="dph", when=at(11, 12, month=11))
    assert signed(complete) == ["DA06"]
    assert told[-1] == (
        "Not signed before Q2 2015-16 (Jul to Sep 2015) was locked, and shown as not signed off: DA07, RO06, RS08."
    )


def test_the_sheet_shows_what_is_done_about_a_red_or_that_nobody_has_said(complete: Office) -> None:
    complete.ticks(at(21))
    assert [line.remarks for line in sheets(complete)[-1].parts[0].lines if line.code == "DA06"] == [
        ("No plan yet: reason, action, owner and date are still to be said.",)
    ]


def test_a_plan_stands_in_one_line_on_the_sheet_and_in_the_snapshot(complete: Office) -> None:
    complete.says(
        "da", "DA06 Reason: staff off sick. Action: recruit. Owner: DA Manager. By: 31 January 2016", at(20, 12)
    )
    complete.ticks(at(21))
    assert [line.remarks for line in sheets(complete)[-1].parts[0].lines if line.code == "DA06"] == [
        ("Reason: staff off sick. Action: recruit. Owner: DA Manager. By: 31 Jan 2016.",)
    ]
    orders(complete, lock, "SEG met", when=at(9, month=11))
    with complete.books.begin() as unit:
        kept = unit.blobs.get(unit.locks.snapshots(Q2)[0].sha256).decode()
    assert '"plan":"Reason: staff off sick. Action: recruit. Owner: DA Manager. By: 31 Jan 2016."' in kept

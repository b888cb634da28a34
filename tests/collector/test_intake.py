"""The way of a message, on both databases, with the real reader; each promise of DESIGN 5 has its tests here."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from collector.books import InboxState, Outcome, QueryState
from collector.domain.figure import FigureStatus
from collector.domain.round import ObligationState
from collector.domain.submission import Asked, Inbound, Reading, ReadingTask, ReadItem
from collector.failpoints import Failpoint
from collector.intake import LEASE, Intake
from collector.messages import Notice
from storage.books import SqlBooks
from tests.builders import LONDON, Q2, Office, OpenBorder, at, letter


def notices(office: Office) -> list[Notice]:
    with office.books.begin() as unit:
        return [row.planned.message for row in unit.outbox.rows() if isinstance(row.planned.message, Notice)]


def test_a_figure_with_its_code_is_recorded_and_a_receipt_sent(office: Office) -> None:
    done = office.says("da", "DA06 153\nDA07: 91%", at(6))
    assert done.outcome is Outcome.RECORDED
    assert [office.value("DA06"), office.value("DA07")] == [153, 91]
    receipt = office.answers()[0]
    assert [line.figure for line in receipt.recorded] == ["153", "91%"]
    assert receipt.recorded[0].last == "Q1: 135"
    assert receipt.recorded[1].why.startswith("Green: 91% meets the target")
    assert receipt.still_owed == ()


def test_a_receipt_says_what_is_still_owed(office: Office) -> None:
    office.says("yot", "RO06: 43% (20 of 47)", at(6))
    assert [line.code for line in office.answers()[0].still_owed] == ["RS08"]


def test_kept_what_a_door_has_acknowledged_is_on_disk_bytes_and_all(office: Office) -> None:
    raw = letter("da", "DA06 153", at(6))
    office.arrives(raw, at(6), key="mail:inbox:1:77")
    with office.books.begin() as unit:
        row = unit.inbox.by_key("mail:inbox:1:77")
        assert row is not None
        assert unit.blobs.get(row.blob) == raw
        assert row.state is InboxState.WAITING


def test_once_the_same_delivery_changes_nothing(office: Office) -> None:
    raw = letter("da", "DA06 153", at(6))
    assert office.arrives(raw, at(6), key="mail:inbox:1:7")
    assert not office.arrives(raw, at(6), key="mail:inbox:1:7")


def test_once_a_reply_that_arrives_twice_is_recorded_once(office: Office) -> None:
    raw = letter("da", "DA06 153", at(6))
    office.arrives(raw, at(6))
    office.arrives(b"Received: from another road\r\n" + raw, at(6))
    assert office.processes(at(6)).outcome is Outcome.RECORDED
    copy = office.processes(at(6))
    assert copy.outcome is Outcome.IGNORED
    assert "a copy of message" in copy.reason
    assert len(office.answers()) == 1
    with office.books.begin() as unit:
        assert len(unit.figures.versions("DA06", Q2)) == 1


def test_once_a_mail_without_a_message_id_is_known_again_by_its_content(office: Office) -> None:
    raw = letter("da", "DA06 153", at(6), message_id="")
    office.arrives(raw, at(6))
    office.arrives(raw, at(7))
    assert office.processes(at(7)).outcome is Outcome.RECORDED
    assert office.processes(at(7)).outcome is Outcome.IGNORED


@pytest.mark.parametrize("message_id", ["<same@example.org>", ""])
def test_once_a_copy_that_is_read_while_the_original_rests_between_tries_has_one_effect(
    books: SqlBooks, message_id: str
) -> None:
    faults = [RuntimeError("the disk was away for a moment")]

    def reached(point: Failpoint) -> None:
        if point is Failpoint.OPENED and faults:
            raise faults.pop()

    office = Office(books, reached=reached).prepare()
    raw = letter("da", "DA06 153", at(6), message_id=message_id)
    office.arrives(raw, at(6))
    office.arrives(b"Received: from another way\r\n" + raw, at(6))
    assert office.processes(at(6)).outcome is None, "the original rests"
    assert office.processes(at(6)).outcome is Outcome.RECORDED, "the copy is read meanwhile"
    original = office.processes(at(6, 11))
    assert original.outcome is Outcome.IGNORED
    assert "a copy of message" in original.reason
    assert len(office.answers()) == 1


def test_once_a_reply_sent_again_by_hand_is_answered_and_recorded_once(office: Office) -> None:
    office.says("da", "DA06 153", at(6))
    again = office.says("da", "DA06 153", at(6, 11))
    assert again.outcome is Outcome.RECORDED
    assert [entry.new for entry in again.entries] == [False]
    assert [line.changed for line in office.answers()[1].recorded] == [False]
    with office.books.begin() as unit:
        assert len(unit.figures.versions("DA06", Q2)) == 1


def test_the_same_message_id_with_other_content_goes_to_review(office: Office) -> None:
    office.says("da", "DA06 153", at(6), message_id="<same@example.org>")
    other = office.says("da", "DA06 999", at(7), message_id="<same@example.org>")
    assert other.outcome is Outcome.REFUSED
    assert "its Message-ID was used by another message" in other.reason
    assert office.value("DA06") == 153


def test_answered_a_stranger_gets_silence_and_the_coordinator_sees_it(office: Office) -> None:
    done = office.says("surveys@elsewhere.example.org", "DA06 999", at(7, 11))
    assert done.outcome is Outcome.REFUSED
    assert office.value("DA06") is None
    assert office.keys("answer:") == []
    office.ticks(at(7, 12))
    assert office.keys("review:") == ["review:2015-10-07:coordinator"]
    office.clock.tick(at(8, 12))
    assert len(office.keys("review:")) == 1, "told once"


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"subject": "Automatic reply: Q2 figures"},
        {"Precedence": "bulk"},
        {"List_Id": "<council.example.org>"},
    ],
)
def test_answered_machine_mail_is_ignored_for_ever(office: Office, headers: dict[str, str]) -> None:
    done = office.says("da", "DA06 999", at(6), **headers)
    assert done.outcome is Outcome.IGNORED
    assert office.value("DA06") is None
    assert office.keys("answer:") == []


def test_answered_a_sender_the_border_does_not_vouch_for_changes_nothing(books: SqlBooks) -> None:
    office = Office(books, border=OpenBorder("da@council.example.org")).prepare()
    done = office.says("da", "DA06 999", at(6))
    assert done.outcome is Outcome.REFUSED
    assert "not trusted" in done.reason
    assert office.value("DA06") is None
    assert office.keys("answer:") == []


def test_answered_an_empty_reply_is_told_what_to_write(office: Office) -> None:
    done = office.says("da", "", at(6))
    assert done.outcome is Outcome.ASKED
    assert "We found no figures in your message. Two still to come" in office.answers()[0].notes[0]


def test_answered_somebody_who_owes_nothing_is_told_so(office: Office) -> None:
    done = office.says("chair", "How is it going? 42 in yet?", at(6))
    assert done.outcome is Outcome.REFUSED
    assert notices(office)[-1].paragraphs[0].endswith("so nothing was done.")


def test_answered_a_mail_of_30_mb_gets_a_plain_reason_and_is_kept_as_its_headers(office: Office) -> None:
    head = letter("da", "", at(6)).split(b"\n\n")[0] + b"\n\n"
    inbound = Inbound("mail", "mail:inbox:1:30", at(6), head, 30 * 1024 * 1024, cut=True)
    assert office.intake.accept(inbound) is not None
    done = office.processes(at(6))
    assert done.outcome is Outcome.REFUSED
    told = notices(office)[-1]
    assert "30 MB and we can open up to 25 MB" in told.paragraphs[0]
    assert "Nothing was recorded" in told.paragraphs[1]


def test_answered_a_mail_with_hostile_headers_changes_nothing_and_the_coordinator_sees_it(office: Office) -> None:
    office.arrives(b"From: da@council.example.org\r\nTo: " + b"(" * 100_000 + b"\r\n\r\nDA06 999", at(6))
    assert office.processes(at(6)).outcome is Outcome.REFUSED
    assert office.value("DA06") is None
    with office.books.begin() as unit:
        assert len(unit.inbox.quarantined()) == 1


def test_a_code_that_does_not_exist_is_named(office: Office) -> None:
    office.says("da", "DA06 153\nDA99 12", at(6))
    assert office.value("DA06") == 153
    assert any("DA99, which is not a code we know" in note for note in office.answers()[0].notes)


def test_a_figure_for_somebody_elses_indicator_is_not_recorded(office: Office) -> None:
    office.says("da", "DA06 153\nRO06 12%", at(6))
    assert office.value("RO06") is None
    assert any("RO06" in note for note in office.answers()[0].notes)


@pytest.mark.parametrize(
    "text", ["DA07 loads", "DA07: 0.91", "DA06: 153 or 154", "DA06 was 12.5", "DA07 191%", "DA06 95-98", "DA07 91"]
)
def test_never_guessed_what_is_not_certain_is_asked_about(office: Office, text: str) -> None:
    done = office.says("da", text, at(6))
    recorded = {entry.figure.reported.value for entry in done.entries}
    assert recorded <= {Decimal(91)}, "only a lone 91 for a percentage may be taken as it is"
    assert done.questions or done.entries


def test_never_guessed_another_quarters_figure_is_not_booked_on_this_one(office: Office) -> None:
    done = office.says("da", "DA06 for Q1 2015-16 was 135", at(6))
    assert done.entries == []
    assert office.value("DA06") is None
    assert office.answers()[0].questions or office.answers()[0].notes


def test_never_guessed_a_percentage_that_its_own_numbers_contradict_is_asked_and_the_answer_recorded(
    office: Office,
) -> None:
    asked = office.says("yot", "RO06: 19% (15 of 52)", at(6))
    assert asked.outcome is Outcome.ASKED
    question = office.answers()[0].questions[0]
    assert "You gave 19% and also 15 of 52, which is 28.8%." in question.reasons
    assert [choice.label for choice in question.choices] == ["19%", "28.8% (15 of 52)"]
    done = office.says("yot", "2", at(7))
    assert done.outcome is Outcome.RECORDED
    figure = office.view().figures["RO06"]
    assert figure.reported.value == Decimal("28.8")
    assert [figure.reported.numerator, figure.reported.denominator] == [15, 52]
    assert figure.source.reason.startswith("answer 2 to: You gave 19%")
    assert [query.state for query in office.view().queries] == [QueryState.ANSWERED]


def test_choices_are_numbered_on_so_that_a_number_means_one_thing(office: Office) -> None:
    office.says("yot", "RO06: 19% (15 of 52)", at(6))
    office.says("yot", "RO06: 23% (15 of 52)", at(7))
    numbers = [choice.number for query in office.view().queries for choice in query.choices]
    assert numbers == [1, 2, 3, 4]
    assert [query.state for query in office.view().queries] == [QueryState.OVERTAKEN, QueryState.OPEN]


def test_the_same_question_is_not_asked_twice_over(office: Office) -> None:
    office.says("yot", "RO06: 19% (15 of 52)", at(6))
    office.says("yot", "RO06: 19% (15 of 52)", at(7))
    assert len(office.view().queries) == 1
    assert len(office.answers()[1].questions) == 1, "but it stands in the second answer too"


def test_a_plain_figure_settles_an_open_question(office: Office) -> None:
    office.says("yot", "RO06: 19% (15 of 52)", at(6))
    office.says("yot", "RO06: 28.8% (15 of 52)", at(7))
    assert office.value("RO06") == Decimal("28.8")
    assert office.view().open_queries == {}


def test_traceable_a_figure_leads_back_to_its_bytes_its_sender_and_its_words(office: Office) -> None:
    raw = letter("da", "Hello,\n\nDA06 153\n\nRegards", at(6))
    office.arrives(raw, at(6, 11))
    office.processes(at(6, 12))
    source = office.view().figures["DA06"].source
    with office.books.begin() as unit:
        assert unit.blobs.get(unit.inbox.get(source.submission).blob) == raw
        lines = [line.action for line in unit.audit.lines()]
    assert (source.person, source.door, source.received_at) == ("da", "mail", at(6, 11))
    assert "153" in source.evidence
    assert lines[-1] == "figure recorded"


def test_traceable_a_correction_is_a_new_version_beside_the_old(office: Office) -> None:
    office.says("da", "DA06 153", at(6))
    office.says("da", "DA06 should be 135", at(7))
    assert office.value("DA06") == 135
    assert office.answers()[1].recorded[0].before == "153"
    with office.books.begin() as unit:
        versions = unit.figures.versions("DA06", Q2)
    assert [figure.reported.value for figure in versions] == [153, 135]


def test_the_latest_by_the_senders_time_stands_whatever_arrives_last(office: Office) -> None:
    older, newer = letter("da", "DA06 100", at(6)), letter("da", "DA06 153", at(7))
    office.arrives(newer, at(7))
    office.arrives(older, at(8))
    office.processes(at(8))
    office.processes(at(8))
    assert office.value("DA06") == 153


def test_honest_not_available_with_its_date_is_no_zero_and_no_blank(office: Office) -> None:
    office.says("dph", "SA01: not available until December", at(6))
    figure = office.view().figures["SA01"].reported
    assert (figure.status, figure.value) == (FigureStatus.NOT_AVAILABLE, None)
    assert str(figure.expected_on) == "2015-12-01"


def test_a_figure_is_not_replaced_by_not_available_without_asking(office: Office) -> None:
    office.says("da", "DA06 153", at(6))
    done = office.says("da", "DA06 not available until December", at(7))
    assert done.outcome is Outcome.ASKED
    assert office.value("DA06") == 153
    keep = office.answers()[1].questions[0].choices[0]
    assert keep.label == "keep 153"
    office.says("da", str(keep.number), at(8))
    assert office.value("DA06") == 153
    states = {owed.measure: owed.state for owed in office.view().obligations}
    assert states["DA06"] is ObligationState.IN


def test_a_changed_target_is_a_change_request_and_not_a_target(office: Office) -> None:
    office.says("da", "DA07 91%. The target is now 80%.", at(6))
    assert office.value("DA07") == 91
    assert "80%" in office.view().requests[0].words
    assert office.view().definitions["DA07"].target.value == 74


def test_no_longer_collected_is_a_proposal_for_seg(office: Office) -> None:
    office.says("da", "DA06 is no longer collected", at(6))
    assert office.view().figures["DA06"].reported.status is FigureStatus.NO_LONGER_COLLECTED
    assert office.view().requests[0].words == "said to be no longer collected"


@pytest.mark.parametrize(("hour", "minute", "late"), [(16, 59, False), (17, 0, False), (17, 1, True)])
def test_late_is_after_five_on_the_due_day(office: Office, hour: int, minute: int, late: bool) -> None:
    office.says("da", "DA06 153", at(23, hour, minute))
    assert office.view().figures["DA06"].late is late


def test_a_figure_within_its_sources_lag_is_not_late(office: Office) -> None:
    office.says("dph", "SA01 8.1%", at(20, month=11))
    assert not office.view().figures["SA01"].late


@pytest.mark.parametrize(("day", "late"), [(26, False), (27, False), (28, True)])
def test_an_answer_within_two_working_days_of_the_question_is_not_late(office: Office, day: int, late: bool) -> None:
    office.says("yot", "RO06: 19% (15 of 52)", at(23, 15))
    office.says("yot", "2", at(day))
    assert office.view().figures["RO06"].late is late


def test_a_worker_that_died_leaves_its_message_to_the_next(office: Office) -> None:
    office.arrives(letter("da", "DA06 153", at(6)), at(6))
    with office.books.begin() as unit:
        assert unit.inbox.claim("a worker that dies", at(6), LEASE) is not None
    assert office.intake.process_next(at(6)) is None
    assert office.processes(at(6) + LEASE + timedelta(seconds=1)).outcome is Outcome.RECORDED


def test_what_fails_three_times_goes_to_quarantine_with_its_reason(office: Office) -> None:
    class Broken:
        def read(self, text: str, task: ReadingTask) -> Reading:
            raise RuntimeError("the reader broke")

        def read_one(self, asked: Asked, words: str, task: ReadingTask, beside: str = "") -> ReadItem:
            raise RuntimeError("the reader broke")

        def read_deadline(self, words: str, today: date) -> date | None:
            raise RuntimeError("the reader broke")

    office.arrives(letter("da", "DA06 153", at(6)), at(6))
    broken = Intake(
        office.books,
        office.intake.opener,
        Broken(),
        office.intake.orders,
        office.intake.booklets,
        office.border,
        office.calendar,
        finder=office.intake.finder,
    )
    tries = [broken.process_next(at(6, hour)) for hour in (10, 11, 12)]
    assert [done.outcome for done in tries if done] == [None, None, Outcome.REFUSED]
    assert all("RuntimeError: the reader broke" in done.reason for done in tries if done), "the log has it"
    with office.books.begin() as unit:
        reason = unit.inbox.quarantined()[0].reason
    assert "which is our fault and not its sender's" in reason
    assert "RuntimeError" not in reason
    (told,) = notices(office)
    assert told.to == "Domestic Abuse Coordinator"
    assert "something went wrong on our side" in told.paragraphs[0]


def test_what_kills_its_worker_every_time_goes_to_quarantine(office: Office) -> None:
    office.arrives(letter("da", "DA06 153", at(6)), at(6))
    for number in range(3):
        with office.books.begin() as unit:
            unit.inbox.claim(f"worker {number}", at(6 + number), LEASE)
    done = office.processes(at(10))
    assert done.outcome is Outcome.REFUSED
    assert "3 tries" in done.reason


def test_harmless_text_from_people_stays_text(office: Office) -> None:
    hostile = 'RS08: =HYPERLINK("x") <script>alert(1)</script> <!channel> we met twice this quarter'
    office.says("yot", hostile, at(6))
    note = office.view().figures["RS08"].reported.note
    assert "<script>" in note, "kept as it was said; every renderer escapes it"


@pytest.mark.parametrize("text", ["DA07 191%", "DA06 12.5", "RO06: 92% (60 of 52)"])
def test_never_guessed_what_can_not_be_right_is_not_offered_as_a_choice(office: Office, text: str) -> None:
    person = "yot" if text.startswith("RO") else "da"
    office.says(person, text, at(6))
    office.says(person, "1", at(7))
    values = {figure.reported.value for figure in office.view().figures.values()}
    assert not values & {Decimal(191), Decimal("12.5"), Decimal("115.4")}


def test_a_thank_you_leaves_an_open_question_as_it_is(office: Office) -> None:
    office.says("yot", "RO06: 19% (15 of 52)", at(6))
    office.says("yot", "Thanks a lot, will check", at(7))
    office.says("yot", "2", at(8))
    assert office.value("RO06") == Decimal("28.8")


def test_open_questions_stand_in_every_receipt_until_they_are_answered(office: Office) -> None:
    office.says("yot", "RO06: 19% (15 of 52)", at(6))
    office.says("yot", "RS08: the group met twice this quarter", at(7))
    assert [question.code for question in office.answers()[1].questions] == ["RO06"]


def test_an_answer_with_a_figure_instead_of_a_number_is_no_later_than_its_question(office: Office) -> None:
    office.says("yot", "RO06: 19% (15 of 52)", at(23, 16))
    office.says("yot", "RO06: 28.8% (15 of 52)", at(26))
    assert not office.view().figures["RO06"].late


def test_a_correction_is_no_later_than_the_figure_it_corrects(office: Office) -> None:
    office.says("da", "DA06 153", at(6))
    office.says("da", "DA06 should be 135", at(28))
    assert not office.view().figures["DA06"].late


def test_a_message_that_was_overtaken_on_its_way_is_told_that_the_later_one_stands(office: Office) -> None:
    office.says("da", "DA06 160", at(8))
    office.arrives(letter("da", "DA06 153", at(6)), at(9))
    office.processes(at(9))
    assert office.value("DA06") == 160
    receipt = office.answers()[1]
    assert receipt.recorded == ()
    assert any("you sent 160 after you wrote this; that stands" in note for note in receipt.notes)


def test_a_trusted_copy_of_a_mail_that_was_set_aside_is_read(books: SqlBooks) -> None:
    border = OpenBorder("da@council.example.org")
    office = Office(books, border=border).prepare()
    raw = letter("da", "DA06 153", at(6))
    office.arrives(raw, at(6))
    assert office.processes(at(6)).outcome is Outcome.REFUSED
    border.distrusted = ()
    office.arrives(raw, at(7))
    assert office.processes(at(7)).outcome is Outcome.RECORDED


def test_a_reply_in_an_old_thread_changes_no_figure_of_an_old_quarter_without_asking(office: Office) -> None:
    office.says("da", "DA06 153", at(6))
    january = datetime(2016, 1, 6, 10, tzinfo=LONDON)
    office.clock.tick(january)
    with office.books.begin() as unit:
        token = next(row.token for row in unit.outbox.rows(Q2))
    done = office.says("da", "DA06 171", january, In_Reply_To=f"<{token}@csp.example.org>")
    assert done.outcome is Outcome.ASKED
    assert office.value("DA06") == 153


def test_a_figure_entered_by_the_coordinator_is_confirmed_to_who_said_it(office: Office) -> None:
    office.intake.accept(Inbound("record", "record:1", at(6), b"DA06: 153", 9, claimed_sender="da"))
    assert office.processes(at(6)).outcome is Outcome.RECORDED
    assert "entered for you by the coordinator" in office.answers()[0].notes[0]


def test_never_guessed_a_mail_whose_subject_is_another_quarters_is_asked_about(office: Office) -> None:
    done = office.says("da", "DA06 144", at(6), subject="Q1 return")
    assert done.outcome is Outcome.ASKED
    assert office.value("DA06") is None

"""Reminders, boards and digests by the clock, on both databases."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from collector.books import OutboxRow, OutboxState
from collector.delivery import Delivery, Fate
from collector.domain.people import Person, Role
from collector.loading import load
from collector.mail_care import status_lines
from collector.messages import Board, Digest, Notice, Reminder
from collector.ports import SendFailed
from collector.signoff import sign
from collector.summary import facts
from storage.books import SqlBooks
from tests.builders import DUE, OPENS, PARTNERSHIP, Office, PlainRenderer, address_of, at, letter
from tests.support.orders import orders


def reminders(office: Office) -> list[Reminder]:
    with office.books.begin() as unit:
        return [row.planned.message for row in unit.outbox.rows() if isinstance(row.planned.message, Reminder)]


def test_the_round_opens_by_itself_with_one_message_a_person(office: Office) -> None:
    assert sorted(office.keys("reminder:")) == [f"reminder:2015-16Q2:{who}:opening" for who in ("da", "dph", "yot")]
    assert [line.code for line in reminders(office)[0].owed] == ["DA06", "DA07"]
    assert reminders(office)[0].due == DUE


def test_nothing_opens_before_its_moment(books: SqlBooks) -> None:
    office = Office(books)
    office.clock.tick(OPENS - timedelta(seconds=1))
    assert office.clock.tick(OPENS - timedelta(seconds=1)).opened is None


def test_once_a_second_tick_plans_nothing_new(office: Office) -> None:
    assert office.clock.tick(OPENS).planned == []
    assert office.clock.tick(OPENS + timedelta(seconds=30)).planned == []


def test_considerate_a_service_that_was_down_sends_one_reminder_and_not_five(office: Office) -> None:
    office.sends(OPENS)
    planned = office.clock.tick(at(27)).planned
    told = [one.person for one in planned if isinstance(one.message, Reminder)]
    assert sorted(told) == ["da", "yot"], "once each; what has no source yet is not chased"


def test_considerate_the_reminder_stops_once_the_return_is_in(office: Office) -> None:
    office.sends(OPENS)
    office.says("da", "DA06 153, DA07 91%", at(6))
    office.clock.tick(at(16))
    assert [key.split(":")[2] for key in office.keys("reminder:") if key.endswith("2015-10-16")] == ["yot"]


def test_considerate_a_planned_reminder_is_not_sent_when_the_return_came_meanwhile(office: Office) -> None:
    office.says("da", "DA06 153, DA07 91%", OPENS)
    fates = {one.row.planned.dedupe_key: one.fate for one in office.sends(OPENS)}
    assert fates["reminder:2015-16Q2:da:opening"] is Fate.CANCELLED


def test_considerate_a_reminder_that_waited_says_what_is_owed_now(office: Office) -> None:
    office.says("da", "DA06 153", OPENS)
    sent = {one.row.planned.dedupe_key: one.row.planned.message for one in office.sends(OPENS)}
    told = sent["reminder:2015-16Q2:da:opening"]
    assert isinstance(told, Reminder)
    assert [line.code for line in told.owed] == ["DA07"]


@pytest.mark.parametrize("night", [at(5, 20), at(10, 12), at(26, 3)])
def test_considerate_nothing_unprompted_goes_at_night_or_at_the_weekend(office: Office, night: datetime) -> None:
    assert all(one.fate is Fate.POSTPONED for one in office.sends(night))
    assert office.outside.taken == []
    assert office.clock.tick(night).planned == []
    morning = office.calendar.next_office_hour(night)
    assert {address for address, _ in office.sends_all(morning)} >= {address_of("da"), address_of("yot")}


def test_considerate_an_answer_goes_at_any_hour(office: Office) -> None:
    office.says("da", "DA06 153", at(10, 23))
    sent = [one.row.planned.dedupe_key for one in office.sends(at(10, 23)) if one.fate is Fate.SENT]
    assert [key.partition(":")[0] for key in sent] == ["answer"]


def test_considerate_what_has_no_source_yet_is_told_but_not_chased(office: Office) -> None:
    opening = next(message for message in reminders(office) if message.to == "Director of Public Health")
    assert opening.owed == ()
    assert "publishes about 25 Nov 2015" in opening.awaiting[0]
    planned = office.clock.tick(at(22)).planned
    assert not [one for one in planned if one.person == "dph"]


def test_the_last_rungs_come_after_the_due_day(office: Office) -> None:
    office.sends(OPENS)
    for day in (16, 22, 23, 27, 30):
        office.ticks(at(day, 9))
    told = [key.rsplit(":", 1)[1] for key in office.keys("reminder:2015-16Q2:da")]
    assert told == ["opening", "2015-10-16", "2015-10-22", "2015-10-23", "2015-10-27", "2015-10-30"]
    assert [message.days_left for message in reminders(office) if message.to.startswith("Domestic")] == [
        14,
        5,
        1,
        0,
        -2,
        -5,
    ]


def test_board_and_digest_go_once_a_week_at_noon_on_friday(office: Office) -> None:
    assert not office.keys("digest:")
    office.clock.tick(at(9, 11, 59))
    assert not office.keys("digest:")
    office.clock.tick(at(9, 12))
    office.clock.tick(at(9, 12, 1))
    office.clock.tick(at(12, 9))
    assert office.keys("digest:") == ["digest:2015-16Q2:2015-10-09:chair"]
    assert office.keys("board:") == ["board:2015-16Q2:2015-10-09:seg"]


def digest_at(office: Office, moment: datetime) -> tuple[Board, Digest]:
    office.ticks(moment)
    with office.books.begin() as unit:
        found = [row.planned.message for row in unit.outbox.rows()]
    boards = [message for message in found if isinstance(message, Board)]
    digests = [message for message in found if isinstance(message, Digest)]
    return boards[-1], digests[-1]


def test_the_board_counts_by_organisation_and_shows_no_colour(office: Office) -> None:
    office.says("da", "DA06 153", at(6))
    office.says("dph", "SA01 not available until December", at(6))
    board, _ = digest_at(office, at(9, 12))
    assert (board.owed, board.received) == (5, 1)
    assert [(line.organisation, line.outstanding) for line in board.outstanding] == [
        ("Youth Justice", 2),
        ("Council", 1),
    ]
    assert board.awaiting_source == ("short of SA01, by 1 Dec 2015",)


def test_the_digest_puts_decisions_first_and_says_why_a_signed_figure_is_red(office: Office) -> None:
    office.says("da", "DA06 153\nDA07 12%. The target is now 80%.", at(6))
    orders(office, sign, "P1", by="dph", when=at(7))
    _, digest = digest_at(office, at(9, 12))
    assert "the target is said to have changed" in digest.decisions[0].text
    assert any("12% misses the target, at least 74%" in line.text for line in digest.changed)
    assert digest.unchanged_since is None


def test_a_digest_of_a_week_in_which_nothing_moved_says_so(office: Office) -> None:
    office.says("da", "DA06 153", at(6))
    digest_at(office, at(9, 12))
    _, digest = digest_at(office, at(16, 12))
    assert digest.unchanged_since == at(9, 12)
    assert digest.changed == ()


def test_the_chair_sees_organisations_and_never_people(office: Office) -> None:
    office.says("yot", "RO06: 19% (15 of 52)", at(23, 18))
    _, digest = digest_at(office, at(30, 12))
    told = " ".join(line.text for part in (digest.late, digest.doubtful, digest.decisions) for line in part)
    assert "Youth Justice" in told
    assert "Youth Offending Team Manager" not in told


def test_a_temporary_refusal_is_tried_again_with_the_same_bytes(office: Office) -> None:
    office.outside.failing = [SendFailed("451 later")]
    first = office.sends(OPENS)[0]
    assert first.fate is Fate.POSTPONED
    again = [one for one in office.sends(OPENS + timedelta(minutes=1)) if one.row.id == first.row.id]
    assert [one.fate for one in again] == [Fate.SENT]


def test_a_refusal_for_good_is_shown_to_the_coordinator(office: Office) -> None:
    office.outside.failing = [SendFailed("550 no such person", permanent=True)]
    failed = office.sends(OPENS)[0]
    assert failed.fate is Fate.FAILED
    with office.books.begin() as unit:
        assert [row.state for row in unit.outbox.rows()].count(OutboxState.FAILED) == 1
        assert unit.audit.lines(failed.row.planned.dedupe_key)[0].reason == "550 no such person"


def test_the_facts_count_by_indicator_and_come_from_the_books(office: Office) -> None:
    office.says("da", "DA06 153, DA07 91%", at(6))
    office.says("yot", "RO06: 19% (15 of 52)", at(24))
    told = facts(office.view())
    assert (told["period"], told["owed"], told["received"], told["asked"], told["late"]) == ("2015-16Q2", 5, 2, 1, 0)


def test_what_has_no_source_yet_is_awaited_and_nobody_is_late_with_it(office: Office) -> None:
    board, digest = digest_at(office, at(30, 12))
    assert "Public Health" not in {line.organisation for line in board.outstanding}
    assert board.awaiting_source == ("short of SA01, published about 25 Nov 2015",)
    assert not any("Public Health" in line.text for line in digest.late)
    assert (
        board.received + len(board.awaiting_source) + sum(line.outstanding for line in board.outstanding) == board.owed
    )


def test_one_letter_that_can_not_be_made_does_not_hold_up_the_rest(office: Office) -> None:
    class Breaks(PlainRenderer):
        def render(self, row: OutboxRow, recipient_title: str, address: str, files: Sequence[bytes] = ()) -> bytes:
            if "Youth" in recipient_title:
                raise RuntimeError("this one can't be drawn")
            return super().render(row, recipient_title, address, files)

    channel = replace(office.channels["mail"], renderer=Breaks())
    delivery = Delivery(office.books, {"mail": channel}, office.calendar)
    fates = [delivered.fate for _ in range(3) if (delivered := delivery.send_next(OPENS)) is not None]
    assert sorted(fates) == [Fate.POSTPONED, Fate.SENT, Fate.SENT]
    moment = OPENS
    while fates[-1] is not Fate.FAILED:
        moment += timedelta(hours=1)
        delivered = delivery.send_next(moment)
        assert delivered is not None
        fates.append(delivered.fate)
    office.clock.tick(at(6, 12))
    told = notice_to_the_coordinator(office)
    assert "1 message not delivered" in told.subject
    lost = "reminder to Youth Offending Team Manager, Q2 2015-16 (Jul to Sep 2015)"
    assert any(line.startswith(f"{lost}: ") for line in told.paragraphs)
    with office.books.begin() as unit:
        assert [line for line in status_lines(unit, office.calendar) if line.startswith(f"not delivered: {lost}: ")]


def notice_to_the_coordinator(office: Office) -> Notice:
    with office.books.begin() as unit:
        found = [row.planned.message for row in unit.outbox.rows() if row.planned.dedupe_key.startswith("review:")]
    assert isinstance(found[-1], Notice)
    return found[-1]


def test_a_post_office_that_is_away_for_a_day_loses_no_letter_and_wakes_nobody_at_night(office: Office) -> None:
    office.outside.failing = [SendFailed("connection refused")] * 200
    moment = at(5, 15)
    while moment < at(6, 8):
        office.sends(moment)
        moment += timedelta(minutes=30)
    office.outside.failing = []
    assert office.sends(at(6, 8)) == [], "not before nine"
    assert {address for address, _ in office.sends_all(at(6, 10))} >= {address_of("da"), address_of("yot")}


def test_a_reminder_that_could_not_be_sent_is_dropped_once_the_return_is_in(office: Office) -> None:
    office.outside.failing = [SendFailed("connection refused")] * 3
    office.sends(OPENS)
    office.says("da", "DA06 153, DA07 91%", at(5, 10))
    fates = {one.row.planned.dedupe_key: one.fate for one in office.sends(at(5, 11))}
    assert fates["reminder:2015-16Q2:da:opening"] is Fate.CANCELLED


def test_what_is_recorded_late_in_the_week_is_told_in_the_next_digest(office: Office) -> None:
    office.arrives(letter("da", "DA06 153", at(9, 11, 58)), at(9, 11, 58))
    digest_at(office, at(9, 12, 5))
    office.processes(at(9, 12, 6))
    _, digest = digest_at(office, at(16, 12))
    assert digest.unchanged_since is None
    assert digest.changed != ()


def test_a_new_officer_in_the_file_takes_over_what_is_not_in_yet(office: Office) -> None:
    office.says("yot", "RO06: 19% (15 of 52)", at(6))
    newcomer = Person("yot2", "Deputy Youth Manager", "Youth Justice", Role.CONTRIBUTOR, ("yot2@youth.example.org",))
    people = (*(person for person in PARTNERSHIP.people if person.id != "yot"), newcomer)
    held = tuple(replace(one, person="yot2") if one.person == "yot" else one for one in PARTNERSHIP.responsibilities)
    load(office.books, replace(PARTNERSHIP, people=people, responsibilities=held), {"definitions": b"n"}, at(7), "me")
    assert {owed.measure for owed in office.view().owed_by("yot2")} == {"RO06", "RS08"}
    assert office.view().open_queries == {}
    board, _ = digest_at(office, at(9, 12))
    assert "Youth Justice" in {line.organisation for line in board.outstanding}


def test_an_indicator_that_leaves_the_file_leaves_the_round_and_the_clock_goes_on(office: Office) -> None:
    office.says("yot", "RS08: the group met twice this quarter", at(6))
    kept = tuple(definition for definition in PARTNERSHIP.definitions if definition.code != "RS08")
    owed = tuple(one for one in PARTNERSHIP.responsibilities if one.measure != "RS08")
    load(
        office.books, replace(PARTNERSHIP, definitions=kept, responsibilities=owed), {"definitions": b"n"}, at(7), "me"
    )
    board, _ = digest_at(office, at(9, 12))
    assert board.owed == 4

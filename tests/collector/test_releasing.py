"""Release control (RULES 22) and escalation (RULES 21), on both databases."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from collector import releasing
from collector.acting import Acting, NotDone
from collector.books import OutboxRow, OutboxState
from collector.delivery import Fate
from collector.domain.partnership import Release
from collector.domain.people import Person, Role
from collector.messages import Notice
from storage.books import SqlBooks
from tests.builders import OPENS, PARTNERSHIP, Office, address_of, at

FIRST_ROUND = replace(PARTNERSHIP, release=Release(first_round=True))
YOUTH_SEG = Person("youth-seg", "Head of Youth Justice", "Youth Justice", Role.SEG, ("head@youth.example.org",))
#: Youth Justice has a member in SEG, the Council has none.
WITH_SEG = replace(PARTNERSHIP, people=(*PARTNERSHIP.people, YOUTH_SEG))


@pytest.fixture
def first(books: SqlBooks) -> Office:
    office = Office(books, partnership=FIRST_ROUND).prepare()
    office.sends(OPENS)
    return office


def orders(office: Office, order: Any, *given: Any, when: datetime = OPENS, by: str = "coordinator") -> list[str]:
    view = office.view()
    with office.books.begin() as unit:
        return list(order(Acting(unit, office.calendar, when, view.people[by]), view, *given))


def held(office: Office) -> dict[str, OutboxRow]:
    with office.books.begin() as unit:
        return {row.planned.dedupe_key: row for row in releasing.held(unit)}


def told(office: Office, kind: str) -> list[tuple[str, Notice, OutboxState]]:
    with office.books.begin() as unit:
        rows = [row for row in unit.outbox.rows() if row.planned.kind == kind]
    return [
        (row.planned.person, row.planned.message, row.state) for row in rows if isinstance(row.planned.message, Notice)
    ]


DA_OPENING = "reminder:2015-16Q2:da:opening"


def test_in_a_partnerships_first_round_nothing_goes_before_the_coordinator_lets_it(first: Office) -> None:
    assert first.outside.taken == []
    assert sorted(held(first)) == [f"reminder:2015-16Q2:{who}:opening" for who in ("da", "dph", "yot")]


def test_what_is_released_goes_once_and_the_rest_goes_on_waiting(first: Office) -> None:
    number = held(first)[DA_OPENING].id
    told_back = orders(first, releasing.release, number)
    assert told_back == [f"Released: {number}: reminder to Domestic Abuse Coordinator, Q2 2015-16 (Jul to Sep 2015)"]
    first.sends(OPENS)
    first.sends(OPENS + timedelta(minutes=1))
    assert [address for address, _ in first.outside.taken] == [address_of("da")]
    assert len(held(first)) == 2
    with first.books.begin() as unit:
        line = unit.audit.lines(DA_OPENING)[0]
    assert (line.actor, line.action) == ("coordinator", "message released")


def test_all_can_be_released_at_once_and_they_go_in_office_hours_only(first: Office) -> None:
    assert len(orders(first, releasing.release_all, when=at(5, 20))) == 3
    first.sends(at(5, 20))
    assert first.outside.taken == []
    first.sends(at(6, 9))
    assert len(first.outside.taken) == 3
    assert orders(first, releasing.release_all) == ["Nothing waits for release."]


def test_a_released_reminder_says_what_is_owed_then_and_is_dropped_when_the_return_is_in(first: Office) -> None:
    first.says("da", "DA06 153, DA07 91%", at(5, 11))
    orders(first, releasing.release_all, when=at(5, 12))
    fates = {one.row.planned.dedupe_key: one.fate for one in first.sends(at(5, 12))}
    assert fates[DA_OPENING] is Fate.CANCELLED


def test_an_answer_to_what_somebody_sent_does_not_wait(first: Office) -> None:
    first.says("da", "DA06 153", at(5, 11))
    sent = [one.row.planned.kind for one in first.sends(at(5, 11)) if one.fate is Fate.SENT]
    assert sent == ["answer"]


def test_a_covering_sentence_stands_before_the_message_it_was_written_for(first: Office) -> None:
    orders(first, releasing.cover, held(first)[DA_OPENING].id, "This is the new way\nof collecting.")
    orders(first, releasing.release_all)
    covers = {one.row.planned.dedupe_key: one.row.planned.cover for one in first.sends(OPENS)}
    assert covers.pop(DA_OPENING) == "This is the new way of collecting."
    assert set(covers.values()) == {""}


def test_what_is_dropped_goes_nowhere_and_the_next_moment_of_the_ladder_comes(first: Office) -> None:
    orders(first, releasing.drop, held(first)[DA_OPENING].id, "they know")
    first.sends(OPENS)
    first.ticks(at(5, 15))
    assert DA_OPENING not in held(first)
    first.ticks(at(16, 9))
    assert "reminder:2015-16Q2:da:2015-10-16" in held(first)


def test_reminders_do_not_pile_up_while_one_waits(first: Office) -> None:
    for day in (16, 22, 23):
        first.ticks(at(day, 9))
    assert [key for key in held(first) if ":da:" in key] == [DA_OPENING]


def test_a_digest_that_waits_makes_way_for_the_next_weeks(first: Office) -> None:
    for day in (9, 16):
        first.ticks(at(day, 12))
    assert [key for key in held(first) if key.startswith("digest:")] == ["digest:2015-16Q2:2015-10-16:chair"]


def test_the_coordinator_hears_each_day_of_what_waits(first: Office) -> None:
    for moment in (at(5, 10), at(5, 11), at(6, 9)):
        first.ticks(moment)
    notices = [(message.subject, state) for _, message, state in told(first, "review")]
    assert notices == [("3 messages to release", OutboxState.SENT)] * 2


def test_a_message_that_has_not_gone_yet_can_be_held_back(office: Office) -> None:
    with office.books.begin() as unit:
        number = next(row.id for row in unit.outbox.rows() if row.planned.dedupe_key == DA_OPENING)
    orders(office, releasing.hold, number)
    office.sends(OPENS)
    assert address_of("da") not in {address for address, _ in office.outside.taken}
    with pytest.raises(NotDone, match="can't be held back any more"):
        orders(office, releasing.hold, number + 1)


def test_nobody_else_can_release_and_an_unknown_number_is_told_plainly(first: Office) -> None:
    with pytest.raises(NotDone, match="Only the coordinator"):
        orders(first, releasing.release_all, by="da")
    with pytest.raises(NotDone, match="No message has the number 999"):
        orders(first, releasing.release, 999)


def test_after_the_first_round_only_escalations_wait(books: SqlBooks) -> None:
    office = Office(books, partnership=FIRST_ROUND).prepare()
    office.sends(OPENS)
    orders(office, releasing.release_all)
    office.ticks(at(6, 9, month=1, year=2016))
    assert not [key for key in held(office) if key.startswith("reminder:2015-16Q3")]
    assert any(address == address_of("yot") for address, _ in office.outside.taken)


# Escalation


@pytest.fixture
def escalating(books: SqlBooks) -> Office:
    office = Office(books, partnership=WITH_SEG).prepare()
    office.sends(OPENS)
    return office


def test_what_is_overdue_by_the_last_rung_goes_to_the_partners_own_seg_member_once_released(escalating: Office) -> None:
    escalating.ticks(at(29, 9))
    assert told(escalating, "escalation") == []
    escalating.ticks(at(30, 9))
    escalating.ticks(at(30, 10))
    (person, notice, state) = told(escalating, "escalation")[0]
    assert (person, state) == ("youth-seg", OutboxState.HELD)
    assert notice.subject == "Overdue from Youth Justice: two figures for Q2 2015-16 (Jul to Sep 2015)"
    assert "Youth Offending Team Manager" not in str(notice)
    orders(escalating, releasing.release_all, when=at(30, 11))
    escalating.ticks(at(30, 11))
    assert "head@youth.example.org" in {address for address, _ in escalating.outside.taken}
    assert len(told(escalating, "escalation")) == 1


def test_where_a_partner_has_no_seg_member_the_coordinator_gets_the_prepared_text(escalating: Office) -> None:
    escalating.ticks(at(30, 9))
    (person, notice, state) = told(escalating, "prepared")[0]
    assert (person, state) == ("coordinator", OutboxState.SENT)
    assert "Two figures from Council" in notice.paragraphs[0]


def test_the_chair_is_next_after_five_more_working_days_and_sees_organisations_only(escalating: Office) -> None:
    escalating.ticks(at(30, 9))
    escalating.ticks(at(5, 9, month=11))
    assert "chair" not in {person for person, _, _ in told(escalating, "escalation")}
    escalating.ticks(at(6, 9, month=11))
    (notice,) = (notice for person, notice, _ in told(escalating, "escalation") if person == "chair")
    assert {"Council: 2 overdue", "Youth Justice: 2 overdue"} <= set(notice.paragraphs)
    assert "Manager" not in str(notice)
    assert "Coordinator" not in str(notice)


def test_an_escalation_is_dropped_when_the_figures_come_in_before_its_release(escalating: Office) -> None:
    escalating.ticks(at(30, 9))
    escalating.says("yot", "RO06 45%, RS08: the group met twice this quarter", at(30, 10))
    orders(escalating, releasing.release_all, when=at(30, 11))
    escalating.sends(at(30, 11))
    answered = [state for _, _, state in told(escalating, "escalation")]
    assert answered == [OutboxState.CANCELLED]


def test_an_escalation_with_nothing_left_to_say_does_not_wait_any_longer_and_the_audit_says_so(
    escalating: Office,
) -> None:
    escalating.ticks(at(30, 9))
    escalating.says("yot", "RO06 45%, RS08: the group met twice this quarter", at(30, 10))
    escalating.ticks(at(30, 11))
    assert [state for _, _, state in told(escalating, "escalation")] == [OutboxState.CANCELLED]
    with escalating.books.begin() as unit:
        line = unit.audit.lines(action="message dropped")[-1]
    assert (line.actor, line.reason) == ("collector", "what it speaks of is in, or nobody is asked for it any more")


def test_letting_an_escalation_go_that_has_nothing_left_to_say_says_that_it_was_dropped(escalating: Office) -> None:
    escalating.ticks(at(30, 9))
    escalating.says("yot", "RO06 45%, RS08: the group met twice this quarter", at(30, 10))
    (line,) = orders(escalating, releasing.release_all, when=at(30, 11))
    assert line.startswith("Dropped instead of released, as what it speaks of is in")


def test_what_has_no_source_yet_is_not_escalated(escalating: Office) -> None:
    escalating.ticks(at(6, 9, month=11))
    assert "Public Health" not in str([notice for _, notice, _ in told(escalating, "escalation")])


def test_a_service_that_was_down_prepares_each_escalation_once(escalating: Office) -> None:
    for hour in (9, 10, 11):
        escalating.ticks(at(20, hour, month=11))
    assert sorted(person for person, _, _ in told(escalating, "escalation")) == ["chair", "youth-seg"]

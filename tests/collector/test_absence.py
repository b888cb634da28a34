"""While somebody is away their reminders go to the deputy, then to the lead; when they are back, to them again."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from collector.absence import come_back, go_away
from collector.acting import Acting, NotDone
from collector.books import Outcome
from collector.domain.submission import FormValue
from collector.forecast import forecast
from collector.forms import expected_from, refused
from collector.view import RoundView
from storage.books import SqlBooks
from tests.builders import OPENS, PARTNERSHIP, Office, at, form
from tests.collector.people import codes, lives_through, notices, orders, person, told


def says_away(
    office: Office, who: str, first: int, last: int | None, deputy: str = "", by: str = "coordinator", month: int = 10
) -> tuple[str, ...]:
    since, until = date(2015, 10, first), date(2015, month, last) if last else None
    standing_in = person(deputy) if deputy else None
    return orders(
        office, by, at(first, 8), lambda acting, view: go_away(acting, view, person(who), since, until, standing_in)
    )


@pytest.fixture
def opened(office: Office) -> Office:
    """A round whose opening reminders are out."""
    office.sends(OPENS)
    return office


def test_while_somebody_is_away_their_deputy_is_reminded_in_the_one_message_with_their_own(opened: Office) -> None:
    says_away(opened, "yot", 14, 20, deputy="da")
    lives_through(opened, at(16), at(16))
    (opening, reminder) = told(opened, "da")
    assert codes(opening) == ["DA06", "DA07"]
    assert codes(reminder) == ["DA06", "DA07", "RO06", "RS08"]
    assert reminder.standing_in == (
        "The Youth Offending Team Manager is away until 20 Oct 2015: you stand in for RO06 and RS08.",
    )
    assert [line.number for line in reminder.owed] == [1, 2, 0, 0]
    assert len(told(opened, "yot")) == 1


def test_who_is_away_is_sent_nothing_until_they_are_back_and_then_what_is_still_out(opened: Office) -> None:
    says_away(opened, "yot", 14, 24, deputy="da")
    lives_through(opened, at(14), at(25))
    assert len(told(opened, "yot")) == 1
    lives_through(opened, at(26), at(26))
    assert [codes(reminder) for reminder in told(opened, "yot")][1:] == [["RO06", "RS08"]]
    assert told(opened, "da")[-1].standing_in[0].startswith("The Youth Offending Team Manager is away")


def test_who_is_back_early_is_written_to_again_the_same_day(opened: Office) -> None:
    says_away(opened, "yot", 14, None, deputy="da")
    lives_through(opened, at(14), at(20))
    (line,) = orders(opened, "yot", at(21, 8), lambda acting, view: come_back(acting, view, person("yot")))
    assert line == (
        "The Youth Offending Team Manager is back and is written to again."
        " Still out for Q2 2015-16 (Jul to Sep 2015): RO06, RS08."
    )
    lives_through(opened, at(21), at(21))
    assert len(told(opened, "yot")) == 2


def test_a_reminder_that_waits_is_not_sent_to_somebody_who_is_away_by_now(opened: Office) -> None:
    opened.clock.tick(at(16, 9))
    says_away(opened, "yot", 16, 20, deputy="da")
    opened.sends(at(16, 9, 30))
    assert len(told(opened, "yot")) == 1


def test_the_file_names_a_deputy_for_who_names_none(books: SqlBooks) -> None:
    people = tuple(replace(one, deputy="da") if one.id == "yot" else one for one in PARTNERSHIP.people)
    office = Office(books, partnership=replace(PARTNERSHIP, people=people)).prepare()
    office.sends(OPENS)
    says_away(office, "yot", 14, 20)
    lives_through(office, at(16), at(16))
    assert codes(told(office, "da")[-1]) == ["DA06", "DA07", "RO06", "RS08"]


def test_with_the_deputy_away_too_the_priority_lead_is_next(opened: Office) -> None:
    says_away(opened, "yot", 14, 20, deputy="da")
    says_away(opened, "da", 15, 20)
    lives_through(opened, at(16), at(16))
    reminder = told(opened, "dph")[-1]
    assert codes(reminder) == ["DA06", "DA07", "RO06", "RS08"]
    assert reminder.standing_in == (
        "The Domestic Abuse Coordinator is away until 20 Oct 2015: as lead of the priority you are asked for DA06 and"
        " DA07.",
        "The Youth Offending Team Manager is away until 20 Oct 2015: as lead of the priority you are asked for RO06"
        " and RS08.",
    )


def test_who_begins_to_stand_in_between_two_reminders_is_told_at_once(opened: Office) -> None:
    lives_through(opened, at(16), at(16))
    says_away(opened, "yot", 19, 23, deputy="da")
    lives_through(opened, at(19), at(20))
    assert [codes(one) for one in told(opened, "da")][2:] == [["DA06", "DA07", "RO06", "RS08"]]


def test_a_deputy_answers_by_the_codes_and_the_owner_is_told_when_back(opened: Office) -> None:
    says_away(opened, "yot", 14, 20, deputy="da")
    done = opened.says("da", "RO06 15 of 52, 28.8%\nDA06 153", at(16))
    assert {entry.figure.reported.measure for entry in done.entries} == {"RO06", "DA06"}
    lives_through(opened, at(16), at(20))
    assert notices(opened, "yot") != []
    assert "yot@youth.example.org" not in [to for to, _ in opened.outside.taken[6:]]
    opened.sends(at(21, 9))
    assert opened.outside.taken[-1][0] == "yot@youth.example.org"
    (notice,) = notices(opened, "yot")
    assert "RO06 (short of RO06): 28.8% (15 of 52)" in notice.paragraphs


def test_a_number_in_a_deputys_reply_means_their_own_list(opened: Office) -> None:
    says_away(opened, "yot", 14, 20, deputy="da")
    done = opened.says("da", "1. 153", at(16))
    assert [entry.figure.reported.measure for entry in done.entries] == ["DA06"]


def test_an_open_question_goes_to_the_deputy_without_the_numbers_of_the_one_it_was_put_to(opened: Office) -> None:
    opened.says("yot", "RO06 19% (15 of 52)", at(12))
    says_away(opened, "yot", 14, 20, deputy="da")
    lives_through(opened, at(16), at(16))
    (question,) = told(opened, "da")[-1].to_answer
    assert question.choices == ()
    assert question.reasons[0].startswith("The Youth Offending Team Manager wrote: \u201c19% (15 of 52)\u201d.")
    opened.says("da", "RO06 28.8% (15 of 52)", at(16, 16))
    assert opened.view().open_queries == {}


def test_who_is_away_may_still_answer(opened: Office) -> None:
    says_away(opened, "yot", 14, 20, deputy="da")
    done = opened.says("yot", "RO06 15 of 52, 28.8%", at(16))
    assert [entry.figure.reported.measure for entry in done.entries] == ["RO06"]


@pytest.mark.parametrize(
    ("who", "last", "deputy", "by", "words"),
    [
        ("yot", 13, "", "yot", "is before the first"),
        ("yot", 20, "yot", "yot", "Nobody stands in for themselves"),
        ("yot", 20, "", "da", "Only the Youth Offending Team Manager"),
    ],
)
def test_an_absence_that_can_not_be_is_told_why(
    opened: Office, who: str, last: int, deputy: str, by: str, words: str
) -> None:
    with pytest.raises(NotDone, match=words):
        says_away(opened, who, 14, last, deputy, by)
    assert opened.view().absences == []


@pytest.mark.parametrize("by", ["yot", "dph", "coordinator"])
def test_an_absence_is_said_by_themselves_their_lead_or_the_coordinator(opened: Office, by: str) -> None:
    lines = says_away(opened, "yot", 14, 20, deputy="da", by=by)
    assert lines == (
        "The Youth Offending Team Manager is away from 14 Oct 2015 to 20 Oct 2015.",
        "Meanwhile the Domestic Abuse Coordinator is asked for RO06, RS08, in one message with their own.",
    )
    with opened.books.begin() as unit:
        (line,) = [line for line in unit.audit.lines("yot") if line.action == "absence said"]
    assert (line.actor, line.at) == (by, at(14, 8))


def test_what_is_said_last_of_an_absence_counts(opened: Office) -> None:
    says_away(opened, "yot", 14, 30, deputy="da")
    says_away(opened, "yot", 16, 20, deputy="dph")
    assert [(said.since.day, said.until and said.until.day, said.deputy) for said in opened.view().absences] == [
        (14, 15, "da"),
        (16, 20, "dph"),
    ]
    again = says_away(opened, "yot", 16, 20, deputy="dph")
    assert again[0].startswith("That is known already")


def test_what_a_leaver_owes_goes_to_the_deputy_and_the_coordinator_is_told(books: SqlBooks) -> None:
    people = tuple(
        replace(one, deputy="da", left=date(2015, 10, 14)) if one.id == "yot" else one for one in PARTNERSHIP.people
    )
    office = Office(books, partnership=replace(PARTNERSHIP, people=people)).prepare()
    office.sends(OPENS)
    assert codes(told(office, "yot")[0]) == ["RO06", "RS08"]
    lives_through(office, at(14), at(16))
    assert told(office, "da")[-1].standing_in == (
        "The Youth Offending Team Manager left on 14 Oct 2015: you stand in for RO06 and RS08.",
    )
    assert len(told(office, "yot")) == 1
    (notice,) = notices(office, "coordinator")
    assert notice.paragraphs[0] == (
        "The Youth Offending Team Manager left on 14 Oct 2015. What is out for Q2 2015-16 (Jul to Sep 2015) goes to"
        " the Domestic Abuse Coordinator: RO06, RS08. To make that lasting, reply: hand over RO06 and RS08 to, and who"
        " reports it now; or change the definition file."
    )


def test_what_nobody_can_answer_is_an_alarm_once_and_again_after_five_working_days(opened: Office) -> None:
    for who in ("yot", "dph"):
        says_away(opened, who, 14, 25)
    lives_through(opened, at(14), at(21))
    alarms = notices(opened, "coordinator")
    assert [notice.subject for notice in alarms] == ["3 things to settle about people"] * 2
    assert alarms[0].paragraphs[0] == (
        "SA01 (short of SA01) for Q2 2015-16 (Jul to Sep 2015): nobody can answer. The Director of Public Health is"
        " away until 25 Oct 2015, and no deputy or lead can be reached in their place. Say who stands in, or hand it"
        " over."
    )
    assert opened.keys("review:") == ["review:2015-10-14:coordinator", "review:2015-10-21:coordinator"]


def test_an_alarm_that_was_over_is_told_anew_when_it_is_back(opened: Office) -> None:
    says_away(opened, "dph", 14, 14)
    lives_through(opened, at(14), at(15))
    says_away(opened, "dph", 16, 16)
    lives_through(opened, at(16), at(19))
    assert opened.keys("review:") == ["review:2015-10-14:coordinator", "review:2015-10-16:coordinator"]


def test_somebody_without_address_or_slack_is_an_alarm_where_nobody_else_can_answer(books: SqlBooks) -> None:
    people = tuple(replace(one, addresses=()) if one.id in ("yot", "dph") else one for one in PARTNERSHIP.people)
    office = Office(books, partnership=replace(PARTNERSHIP, people=people)).prepare()
    office.ticks(at(6))
    (notice,) = notices(office, "coordinator")
    assert any("no address and no Slack for the Youth Offending Team Manager" in line for line in notice.paragraphs)


def test_the_forecast_shows_who_will_be_written_to_while_somebody_is_away(opened: Office) -> None:
    says_away(opened, "yot", 14, 20, deputy="da")
    expected = forecast(opened.books, opened.calendar, at(14, 9), at(24))
    to_come = [(one.at.day, one.to, one.what) for one in expected if "reminder" in one.what and one.at.day in (16, 21)]
    assert to_come == [
        (16, "Domestic Abuse Coordinator", "reminder: DA06, DA07, RO06, RS08"),
        (21, "Youth Offending Team Manager", "reminder: RO06, RS08"),
    ]


def test_an_out_of_office_reply_is_no_answer_and_its_end_is_proposed_to_the_coordinator(opened: Office) -> None:
    words = "I am out of the office until 20 October."
    done = opened.says("yot", words, at(14), subject="Automatic reply: figures", Auto_Submitted="auto-replied")
    assert (done.outcome, opened.answers()) == (Outcome.IGNORED, [])
    opened.says("yot", words, at(14, 11), subject="Automatic reply: figures", Auto_Submitted="auto-replied")
    (said,) = opened.view().absences
    assert (said.person, said.until, said.proposed) == ("yot", date(2015, 10, 20), True)
    lives_through(opened, at(14), at(16))
    (notice,) = notices(opened, "coordinator")
    assert notice.paragraphs[0] == (
        "An automatic reply says that the Youth Offending Team Manager is away until 20 Oct 2015. Nothing was changed:"
        " they are still written to. To agree, reply: the Youth Offending Team Manager is on leave until 20 Oct 2015"
    )
    assert len(told(opened, "yot")) == 2


def test_an_automatic_reply_that_the_border_does_not_vouch_for_proposes_nothing(opened: Office) -> None:
    opened.border.distrusted = ("yot@youth.example.org",)
    opened.says("yot", "I am out of the office until 20 October.", at(14), Auto_Submitted="auto-replied")
    assert opened.view().absences == []


def test_a_lead_reports_for_everybody_of_the_priority_by_code_and_the_owner_is_told(opened: Office) -> None:
    done = opened.says("dph", "SA01 8.1%\nDA06 153", at(14))
    assert {entry.figure.reported.measure for entry in done.entries} == {"SA01", "DA06"}
    assert opened.view().figures["DA06"].source.person == "dph"
    (notice,) = notices(opened, "da")
    assert notice.paragraphs[:2] == (
        "The Director of Public Health sent this for you for Q2 2015-16 (Jul to Sep 2015):",
        "DA06 (short of DA06): 153",
    )


def test_a_bare_figure_of_a_lead_is_their_own(opened: Office) -> None:
    done = opened.says("dph", "8.1%", at(14))
    assert [entry.figure.reported.measure for entry in done.entries] == ["SA01"]


def test_a_lead_never_alters_a_figure_that_another_agency_sent(opened: Office) -> None:
    opened.says("da", "DA06 153", at(12))
    opened.says("dph", "DA06 155", at(14))
    assert opened.value("DA06") == 153
    assert opened.answers()[-1].notes[0] == (
        "DA06: the Domestic Abuse Coordinator sent 153, and that stands: only they can change it."
        " They are asked about 155."
    )


def test_once_the_owner_has_spoken_what_the_lead_says_is_a_question_to_the_owner(opened: Office) -> None:
    opened.says("dph", "RO06 28.8% (15 of 52)", at(14))
    opened.says("yot", "RO06 30.8% (16 of 52)", at(15))
    opened.says("dph", "RO06 32%", at(15, 12))
    assert opened.value("RO06") == Decimal("28.8")
    assert opened.view().open_queries["RO06"].person == "yot"
    told = notices(opened, "yot")[-1].paragraphs
    assert told[0].startswith("The Director of Public Health says 32% for RO06")
    opened.says("yot", "2", at(16))
    assert opened.value("RO06") == Decimal("30.8")


def test_a_lead_puts_right_what_they_sent_for_an_owner_who_has_said_nothing(opened: Office) -> None:
    opened.says("dph", "RO06 28.8% (15 of 52)", at(14))
    opened.says("dph", "RO06 30.8% (16 of 52)", at(15))
    assert opened.value("RO06") == Decimal("30.8")


def test_a_doubtful_word_of_the_lead_takes_no_question_from_the_owner(opened: Office) -> None:
    opened.says("yot", "RO06 28.8% (15 of 52)", at(14))
    opened.says("dph", "RO06 32% (15 of 52)", at(15))
    assert not opened.view().open_queries
    note, _awaits = opened.answers()[-1].notes
    assert "is kept as your remark, and the coordinator sees it. 28.8% (15 of 52) stands." in note


def test_a_deputy_who_says_otherwise_than_the_owner_is_asked_which_stands(opened: Office) -> None:
    opened.says("yot", "RO06 28.8% (15 of 52)", at(12))
    says_away(opened, "yot", 14, 20, deputy="da")
    opened.says("da", "RO06 30.8% (16 of 52)", at(16))
    (question,) = opened.answers()[-1].questions
    assert question.reasons == (
        "Recorded 28.8% (15 of 52) from the Youth Offending Team Manager on 12 Oct 2015; now 30.8% (16 of 52)."
        " Keep which?",
    )
    opened.says("da", "2", at(16, 11))
    assert opened.value("RO06") == Decimal("30.8")


def test_who_is_neither_deputy_nor_lead_reports_nothing_for_others(opened: Office) -> None:
    opened.says("da", "DA06 153, DA07 91%, RO06 28.8% (15 of 52)", at(14))
    assert opened.value("RO06") is None


def test_two_ticks_and_a_service_that_was_down_send_a_deputy_one_message(opened: Office) -> None:
    says_away(opened, "yot", 14, 26, deputy="da")
    for _ in range(3):
        opened.clock.tick(at(23, 11))
    opened.sends(at(23, 11))
    opened.ticks(at(23, 16))
    assert [codes(one) for one in told(opened, "da")][1:] == [["DA06", "DA07", "RO06", "RS08"]]
    assert len(told(opened, "yot")) == 1


def test_an_order_that_is_cut_off_leaves_the_books_as_they_were(opened: Office) -> None:
    def cut_off(acting: Acting, view: RoundView) -> tuple[str, ...]:
        go_away(acting, view, person("yot"), until=date(2015, 10, 20), deputy=person("da"))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        orders(opened, "yot", at(14), cut_off)
    assert opened.view().absences == []
    with opened.books.begin() as unit:
        assert unit.audit.lines("yot") == []


def test_a_deputy_may_send_back_the_workbook_that_the_owner_was_sent(opened: Office) -> None:
    says_away(opened, "yot", 14, 20, deputy="da")
    expected = expected_from(opened.view(), person("da"))
    sent = form(FormValue("RO06", "28.8"), person="yot")
    assert refused(sent, expected) == ""
    assert "was made for the Director of Public Health" in refused(form(person="dph"), expected)
    assert "made for the Youth Offending Team" in refused(sent, expected_from(opened.view(), person("dph")))

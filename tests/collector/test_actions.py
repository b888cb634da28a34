"""A Red asks for reason, action, owner and date, and next quarter's reminder asks what came of it (RULES 15)."""

from datetime import date

import pytest

from collector.actions import plan_of
from collector.domain.action import SaidPlan
from collector.messages import Notice, Reminder
from collector.plan_words import plans_in
from tests.builders import OPENS, Office, at
from tests.support.orders import messages

PLAN = "DA06 Reason: two vacancies. Action: recruit 2 advisers. Owner: Service Manager. By: 31 January"
SAID = SaidPlan("DA06", "two vacancies", "recruit 2 advisers", "Service Manager", "31 January")
CODES = ("DA06", "DA07")


def notes(office: Office) -> str:
    return " ".join(office.answers()[-1].notes)


def test_a_red_figures_receipt_asks_for_reason_action_owner_and_date(office: Office) -> None:
    office.says("da", "DA06 153\nDA07 91%", at(20))
    assert "DA06 is Red. Reply with the reason, what is being done, who owns it and by when" in notes(office)
    assert "DA07 is Red" not in notes(office)


def test_a_plan_is_kept_with_the_message_it_came_with_and_no_number_in_it_is_a_figure(office: Office) -> None:
    office.says("da", "DA06 153", at(20))
    done = office.says("da", PLAN, at(21))
    assert str(office.value("DA06")) == "153"
    assert [*done.entries, *done.questions] == []
    assert notes(office) == "DA06: your plan is kept with the books."
    plan = plan_of(office.view(), "DA06")
    assert plan is not None
    assert (plan.action, plan.by_when, plan.submission) == ("recruit 2 advisers", "31 January", done.row.id)


def test_a_figure_and_its_plan_may_come_in_one_message(office: Office) -> None:
    office.says("da", f"DA07 91%\n{PLAN.replace('DA06', 'DA06 153.')}", at(20))
    assert (str(office.value("DA06")), str(office.value("DA07"))) == ("153", "91")
    assert "DA06 is Red" not in notes(office)


def test_missing_parts_are_asked_for_once(office: Office) -> None:
    office.says("da", "DA06 153", at(20))
    office.says("da", "DA06 Reason: two vacancies. Action: recruit 2 advisers.", at(21))
    assert "Still to be said: who owns it and by when." in notes(office)
    office.says("da", "Owner: Service Manager", at(22))
    assert "Still to be said" not in notes(office)
    plan = plan_of(office.view(), "DA06")
    assert plan is not None
    assert (plan.reason, plan.owner, plan.by_when) == ("two vacancies", "Service Manager", "")


def test_a_plan_for_somebody_elses_figure_is_not_kept(office: Office) -> None:
    office.says("yot", "Reason: two vacancies. Action: recruit 2 advisers.", at(21))
    assert "without a code" in notes(office)
    assert office.view().signing.plans == []


def test_next_quarters_reminder_asks_what_came_of_it_until_it_is_said(office: Office) -> None:
    office.sends(OPENS)
    office.says("da", "DA06 153", at(20))
    office.says("da", PLAN, at(21))
    office.ticks(at(6, month=1, year=2016))
    asked = (
        "Last quarter DA06 was Red; you planned: recruit 2 advisers, by 31 Jan 2016. What came of it?"
        " Reply: DA06 Outcome: ..."
    )
    opening = next(told for told in messages(office, "da", Reminder) if told.period.number == 3)
    assert opening.came_of == (asked,)
    office.says("da", "DA06 Outcome: both advisers started on 4 January", at(7, month=1, year=2016))
    assert notes(office) == "DA06: what came of last quarter's plan is kept with the books."
    office.ticks(at(19, month=1, year=2016))
    told = [each for each in messages(office, "da", Reminder) if each.period.number == 3]
    assert [(each.opening, each.came_of) for each in told[1:]] == [(False, ())]


def reviews(office: Office) -> list[str]:
    told = [paragraph for notice in messages(office, "coordinator", Notice) for paragraph in notice.paragraphs]
    return [paragraph for paragraph in told if "was to be done by" in paragraph]


def test_an_action_whose_date_is_past_is_told_to_the_coordinator_once(office: Office) -> None:
    office.says("da", "DA06 153", at(20))
    office.says("da", PLAN.replace("31 January", "13 November"), at(21))
    for day in (12, 13):
        office.ticks(at(day, month=11))
    assert reviews(office) == []
    for day in (16, 17, 18):
        office.ticks(at(day, month=11))
    assert reviews(office) == [
        "DA06, Q2 2015-16 (Jul to Sep 2015): \u201crecruit 2 advisers\u201d was to be done by 13 Nov 2015. Owner:"
        " Service Manager."
    ]


def test_an_action_of_which_something_was_said_is_not_overdue(office: Office) -> None:
    office.says("da", "DA06 153", at(20))
    office.says("da", PLAN.replace("31 January", "13 November"), at(21))
    office.says("da", "DA06 Outcome: both have started", at(10, month=11))
    office.ticks(at(16, month=11))
    assert reviews(office) == []


@pytest.mark.parametrize(("words", "due"), [("31 January", date(2016, 1, 31)), ("when funds allow", None)])
def test_a_plans_date_is_kept_as_a_date_where_it_is_one(office: Office, words: str, due: date | None) -> None:
    office.says("da", "DA06 153", at(20))
    office.says("da", PLAN.replace("31 January", words), at(21))
    plan = plan_of(office.view(), "DA06")
    assert plan is not None
    assert (plan.by_when, plan.due) == (words, due)


def test_a_later_word_on_the_date_takes_the_place_of_the_earlier_one(office: Office) -> None:
    office.says("da", "DA06 153", at(20))
    office.says("da", PLAN, at(21))
    office.says("da", "DA06 By: once the panel has met", at(22))
    plan = plan_of(office.view(), "DA06")
    assert plan is not None
    assert (plan.deadline, plan.action) == ("once the panel has met", "recruit 2 advisers")


@pytest.mark.parametrize(
    ("text", "left", "plans"),
    [
        (PLAN, "", (SAID,)),
        (
            "DA06\nReason: two vacancies\nAction: recruit 2 advisers\nOwner: Service Manager\nBy when: 31 January",
            "",
            (SAID,),
        ),
        (f"DA06 153\n\nDA07 91%\n{PLAN}", "DA06 153\n\nDA07 91%", (SAID,)),
        (PLAN.lower(), "", (SaidPlan("DA06", "two vacancies", "recruit 2 advisers", "service manager", "31 january"),)),
        ("DA07: not available. Reason: staffing", "DA07: not available. Reason: staffing", ()),
        ("DA06 153, by: phone", "DA06 153, by: phone", ()),
        ("DA06 153", "DA06 153", ()),
        ("Reason: a. Action: b.\n\nDA07 91%", "DA07 91%", (SaidPlan("", "a", "b"),)),
    ],
)
def test_a_plan_is_taken_out_of_the_words_and_nothing_else_is(
    text: str, left: str, plans: tuple[SaidPlan, ...]
) -> None:
    found, said = plans_in(text, CODES, ())
    assert (found.strip(), said) == (left, plans)


def test_one_part_alone_is_a_plan_only_for_what_was_asked_about() -> None:
    assert plans_in("DA06 Owner: the manager", CODES, ("DA06",)) == ("", (SaidPlan("DA06", owner="the manager"),))
    assert plans_in("Owner: the manager", CODES, ("DA06", "DA07")) == ("Owner: the manager", ())

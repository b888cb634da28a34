"""What is done about a Red figure and why a figure is as it is: asked for again, looked back at, never a figure."""

from dataclasses import replace
from datetime import datetime

import pytest

from collector.corrections import reason_given
from collector.domain.action import SaidPlan
from collector.domain.indicator import Rhythm, Unit
from collector.domain.partnership import Partnership
from collector.domain.people import Responsibility
from collector.domain.period import Quarter
from collector.domain.rag import Rag
from collector.domain.target import Comparator, Target
from collector.locking import lock, reopen_figure
from collector.messages import Digest, Reminder
from collector.plan_words import plans_in
from collector.signoff import sign
from storage.books import SqlBooks
from tests.builders import OPENS, PARTNERSHIP, Office, at, define
from tests.support.orders import messages, orders

PLAN = "DA06 Reason: two vacancies. Action: recruit 2 advisers. Owner: Service Manager. By: 31 January"
CODES = ("DA06", "DA07")
JANUARY = at(6, month=1, year=2016)


def notes(office: Office) -> str:
    return " ".join(office.answers()[-1].notes)


def renamed(*codes: str) -> Partnership:
    """The 2016-20 plan from Q3 on: DA06 goes on as these."""
    since = Quarter(2015, 3)
    held = PARTNERSHIP
    old = next(one for one in held.definitions if one.code == "DA06")
    new = [
        replace(old, code=code, indicator=code, title=f"Clients that were helped, {code}", from_period=since)
        for code in codes
    ]
    return replace(
        held,
        plan="2016-20",
        definitions=(
            *(replace(one, retired_from=since) if one is old else one for one in held.definitions),
            *(replace(one, continues="DA06") for one in new),
        ),
        responsibilities=(*held.responsibilities, *(Responsibility(code, "da", since) for code in codes)),
    )


def opening(office: Office, quarter: int = 3) -> Reminder:
    return next(told for told in messages(office, "da", Reminder) if told.period.number == quarter)


def test_a_reminder_that_goes_anyway_asks_again_for_the_plan_of_a_red(office: Office) -> None:
    office.sends(OPENS)
    office.says("da", "DA06 153", at(8))
    office.ticks(at(16, hour=9))
    last = messages(office, "da", Reminder)[-1]
    assert [line.code for line in last.owed] == ["DA07"]
    assert last.plans_wanted == (
        "DA06 is Red and has no plan yet. Reply with the reason, what is being done, who owns it and by when, like"
        " this: DA06 Reason: ... Action: ... Owner: ... By: ...",
    )
    office.says("da", "DA06 Reason: two vacancies. Action: recruit 2 advisers", at(17))
    office.ticks(at(22, hour=9))
    assert messages(office, "da", Reminder)[-1].plans_wanted == (
        "DA06 is Red. Of its plan who owns it and by when is still to be said. Reply: DA06 Owner: ... By: ...",
    )


def test_the_chairs_digest_says_what_is_done_about_a_red_once_it_is_signed_off(office: Office) -> None:
    office.says("da", "DA06 153", at(8))
    office.ticks(at(13, hour=9))
    assert [each.plans for each in messages(office, "chair", Digest)] == [()]
    orders(office, sign, "P1", by="dph", when=at(14))
    office.ticks(at(19, hour=9))
    office.says("da", PLAN, at(20))
    office.ticks(at(27, hour=9))
    told = [each.plans for each in messages(office, "chair", Digest)[1:]]
    assert [(line.rag, line.text) for plans in told for line in plans] == [
        (Rag.RED, "No plan yet for short of DA06: reason, action, owner and date are still to be said."),
        (
            Rag.RED,
            "Short of DA06. Reason: two vacancies. Action: recruit 2 advisers. Owner: Service Manager."
            " By: 31 Jan 2016.",
        ),
    ]


def test_next_quarters_reminder_asks_what_came_of_a_plan_under_the_code_that_carries_the_series_on(
    office: Office,
) -> None:
    office.sends(OPENS)
    office.says("da", "DA06 153", at(20))
    office.says("da", PLAN, at(21))
    office.loads(at(4, month=1, year=2016), renamed("IP02"))
    office.ticks(JANUARY)
    assert opening(office).came_of == (
        "Last quarter DA06, which is IP02 now, was Red; you planned: recruit 2 advisers, by 31 Jan 2016. What came of"
        " it? Reply: IP02 Outcome: ...",
    )
    office.says("da", "IP02 Outcome: both started", at(7, month=1, year=2016))
    office.ticks(at(19, month=1, year=2016))
    assert messages(office, "da", Reminder)[-1].came_of == ()
    office.ticks(at(2, month=2, year=2016))
    assert "recruit 2 advisers" not in str(messages(office, "coordinator", object))


def test_next_quarters_reminder_asks_about_a_red_of_which_no_plan_came(office: Office) -> None:
    office.sends(OPENS)
    office.says("da", "DA06 153", at(20))
    office.ticks(JANUARY)
    assert opening(office).came_of == (
        "Last quarter DA06 was Red, and no plan for it came. What was done, and what came of it?"
        " Reply: DA06 Outcome: ...",
    )


def test_a_red_of_a_figure_that_is_owed_twice_a_year_is_asked_about_the_quarter_after_too(books: SqlBooks) -> None:
    twice = define(
        "HY01",
        Unit.COUNT,
        Target(Comparator.AT_LEAST, "300", PARTNERSHIP.definitions[0].target.value),
        rhythm=Rhythm.SIX_MONTHLY,
        owed_in=(2, 4),
    )
    held = replace(
        PARTNERSHIP,
        definitions=(*PARTNERSHIP.definitions, twice),
        responsibilities=(*PARTNERSHIP.responsibilities, Responsibility("HY01", "da", Quarter(2014, 3))),
    )
    office = Office(books, partnership=held).prepare()
    office.sends(OPENS)
    office.says("da", "HY01 12", at(20))
    office.ticks(JANUARY)
    assert "HY01" not in [line.code for line in opening(office).owed]
    assert [line.partition(",")[0] for line in opening(office).came_of] == ["Last quarter HY01 was Red"]
    office.says("da", "HY01 Outcome: the second worker started", at(7, month=1, year=2016))
    assert notes(office) == "HY01: what came of last quarter's plan is kept with the books."


WHY = "2 of 3 advisers left"


@pytest.mark.parametrize(
    "words",
    [
        f"DA06 153. Reason: {WHY}.",
        f"DA06 153\nReason: {WHY}",
        f"DA06: 153 because {WHY}",
        "DA06: 153 (we lost 2 of our 3 advisers)",
    ],
)
def test_a_reason_with_numbers_behind_a_figure_is_kept_and_asks_nothing(office: Office, words: str) -> None:
    done = office.says("da", words, at(20))
    assert [*done.questions] == []
    assert str(office.value("DA06")) == "153"
    (plan,) = office.view().signing.plans
    assert "2 of" in plan.reason
    assert plan.measure == "DA06"


@pytest.mark.parametrize(
    "words",
    [
        "2 of our 3 advisers left in July because of the move, and 14 clients went elsewhere.",
        "DA06 is red because 14 fewer cases came from the police.",
        "Reason for DA06: 14 fewer cases came from the police",
        "The reason is that 2 of 3 posts are vacant.",
        "Reason - 3 of 5 posts are vacant\nAction - agency staff for 12 weeks\nOwner - Head of Service\nDate - 31 Dec",
        "We are recruiting 2 advisers and 12 sessions a week start on 4 January.\n\nKind regards\nTel 01634 000000",
    ],
)
def test_words_that_explain_a_red_are_kept_as_its_reason_and_no_number_in_them_is_asked_about(
    office: Office, words: str
) -> None:
    office.says("da", "DA06 153\nDA07 91%", at(20))
    done = office.says("da", words, at(21))
    assert [*done.entries, *done.questions] == []
    (plan,) = office.view().signing.plans
    assert (plan.measure, bool(plan.reason), "01634" in plan.reason) == ("DA06", True, False)


@pytest.mark.parametrize(
    "words",
    [
        "We have 150 now",
        "140, because we had 3 late returns",
        "It should be 150 because we missed 3",
        "DA07 90%, because 2 were counted twice. 140 in total for DA06 because 3 were late",
        "Date: 20 Oct 2015",
        "DA06 153 because 12 of 20 is 60%",
        "DA06 153, down to 140 because of Q1",
    ],
)
def test_what_may_give_a_figure_is_left_to_be_read(words: str) -> None:
    assert "DA06" not in [plan.code for plan in plans_in(words, CODES, ["DA06"], ["DA06"], ["DA06"])[1]]


def test_words_that_could_explain_two_reds_are_asked_for_their_code() -> None:
    found = plans_in("2 of 3 posts are vacant", CODES, CODES, CODES, CODES)
    assert found == ("", (SaidPlan("", "2 of 3 posts are vacant"),))


def corrected(office: Office, words: str, when: datetime) -> None:
    office.says("da", "DA06 153", at(20))
    orders(office, lock)
    office.says("da", words, when)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("DA06 should be 156. Reason: late returns", "late returns"),
        ("DA06 should be 156 because 3 returns came late", "because 3 returns came late"),
    ],
)
def test_the_reason_that_comes_with_a_correction_of_a_locked_figure_is_that_corrections(
    office: Office, words: str, why: str
) -> None:
    corrected(office, words, at(10, month=11))
    view = office.view()
    (waiting,) = view.signing.corrections
    assert (str(waiting.reported.value), reason_given(waiting)) == ("156", why)
    assert view.signing.plans == []
    assert f"Your reason goes with it: {why}." in notes(office)
    office.ticks(at(11, month=11))
    assert f"156 (now 153), reason given: {why}" in str(messages(office, "coordinator", object))
    orders(office, reopen_figure, "DA06", "", when=at(12, month=11))
    (restated,) = office.view().signing.restated
    assert (str(restated.now.value), restated.reason) == ("156", why)


def test_a_correction_without_any_reason_is_not_taken_without_one(office: Office) -> None:
    corrected(office, "DA06 should be 156", at(10, month=11))
    with pytest.raises(Exception, match="Say why"):
        orders(office, reopen_figure, "DA06", "", when=at(12, month=11))


def test_the_reason_of_a_correction_in_an_open_round_stays_with_the_figure(office: Office) -> None:
    office.says("da", "DA06 153", at(20))
    office.says("da", "DA06 should be 156. Reason: 3 late returns", at(21))
    held = office.view().figures["DA06"]
    assert (str(held.reported.value), held.source.reason) == (
        "156",
        "corrected by the sender; reason given: 3 late returns",
    )

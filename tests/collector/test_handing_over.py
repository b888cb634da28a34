"""One indicator or all of them go to somebody else, for this round and from now on; the file stays the master."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from collector.acting import NotDone
from collector.domain.people import Responsibility
from collector.domain.period import Quarter
from collector.handing_over import differences, hand_over
from collector.rounds import owed_in
from tests.builders import OPENS, PARTNERSHIP, Q2, Office, at
from tests.collector.people import codes, lives_through, notices, orders, person, told


@pytest.fixture
def opened(office: Office) -> Office:
    office.sends(OPENS)
    return office


def hands_over(
    office: Office, given: Sequence[str], giver: str = "yot", taker: str = "da", by: str = "yot"
) -> tuple[str, ...]:
    return orders(
        office, by, at(14), lambda acting, view: hand_over(acting, view, given, person(giver), person(taker), "moved")
    )


def owners(office: Office) -> dict[str, str]:
    return {owed.measure: owed.person for owed in office.view().obligations}


def test_an_indicator_is_handed_over_for_this_round_and_from_now_on(opened: Office) -> None:
    assert hands_over(opened, ["ro06"]) == (
        "From Q2 2015-16 (Jul to Sep 2015) on the Domestic Abuse Coordinator reports, in place of the Youth Offending"
        " Team Manager: RO06 (short of RO06).",
        "Still to come, from the Domestic Abuse Coordinator now: RO06.",
    )
    assert owners(opened)["RO06"] == "da"
    lives_through(opened, at(15), at(16))
    assert codes(told(opened, "da")[-1]) == ["DA06", "DA07", "RO06"]
    assert [line.number for line in told(opened, "da")[-1].owed] == [1, 2, 3]
    with opened.books.begin() as unit:
        plan = unit.plan.get()
    assert plan is not None
    assert ("RO06", "da") in [(code, who) for code, who, _ in owed_in(plan, Q2.next)]
    assert ("RO06", "yot") in [(code, who) for code, who, _ in owed_in(plan, Q2.previous)]


def test_everything_is_handed_over_at_once(opened: Office) -> None:
    hands_over(opened, [])
    assert opened.view().owed_by("yot") == []
    lives_through(opened, at(16), at(16))
    assert len(told(opened, "yot")) == 1


def test_what_is_in_stays_with_who_sent_it(opened: Office) -> None:
    opened.says("yot", "RO06 28.8% (15 of 52)", at(12))
    lines = hands_over(opened, ["RO06"])
    assert lines[1] == "What is in for this round stays as it was sent."
    assert owners(opened)["RO06"] == "yot"
    assert opened.view().figures["RO06"].source.person == "yot"


@pytest.mark.parametrize("said", ["RO06: not available until 3 November", "RO06: 28.8% (15 of 52), provisional"])
def test_what_is_asked_for_again_is_asked_of_who_took_over(opened: Office, said: str) -> None:
    opened.says("yot", said, at(12))
    assert hands_over(opened, ["RO06"])[1] == "Still to come, from the Domestic Abuse Coordinator now: RO06."
    assert opened.view().figures["RO06"].source.person == "yot"
    before = len(told(opened, "yot"))
    lives_through(opened, at(2, month=11), at(12, month=1, year=2016))
    assert len([one for one in told(opened, "yot")[before:] if "RO06" in codes(one)]) == 0
    assert "RO06" in [code for one in told(opened, "da") for code in codes(one)]


def test_a_question_that_was_open_is_closed_and_the_figure_asked_for_anew(opened: Office) -> None:
    opened.says("yot", "RO06 19% (15 of 52)", at(12))
    hands_over(opened, ["RO06"])
    assert opened.view().open_queries == {}
    opened.says("da", "RO06 28.8% (15 of 52)", at(15))
    assert opened.view().figures["RO06"].source.person == "da"


@pytest.mark.parametrize(("by", "informed"), [("yot", ["da"]), ("coordinator", ["da", "yot"]), ("dph", ["da", "yot"])])
def test_both_sides_are_told_but_who_gave_the_order_reads_the_answer(
    opened: Office, by: str, informed: list[str]
) -> None:
    hands_over(opened, ["RO06"], by=by)
    assert [who for who in ("da", "yot") if notices(opened, who)] == informed
    with opened.books.begin() as unit:
        (line,) = [line for line in unit.audit.lines("RO06") if line.action == "handed over"]
    told = "from the Youth Offending Team Manager to the Domestic Abuse Coordinator from 2015-16Q2 on: moved"
    assert (line.actor, line.reason) == (by, told)


@pytest.mark.parametrize(
    ("given", "giver", "taker", "by", "words"),
    [
        (["RO06"], "yot", "da", "da", "Only the Youth Offending Team Manager, the lead of the priority or the coord"),
        (["DA06"], "yot", "da", "yot", "DA06 is the Domestic Abuse Coordinator's"),
        (["XX99"], "yot", "da", "yot", "No indicator has the code XX99"),
        (["RO06"], "yot", "yot", "yot", "owes it already"),
        ([], "chair", "da", "coordinator", "owes nothing that could be handed over"),
    ],
)
def test_what_can_not_be_handed_over_is_told_why_and_nothing_changes(
    opened: Office, given: list[str], giver: str, taker: str, by: str, words: str
) -> None:
    before = owners(opened)
    with pytest.raises(NotDone, match=words):
        hands_over(opened, given, giver, taker, by)
    assert owners(opened) == before


# The file is the master


def test_a_hand_over_outlives_loading_the_file_again_and_is_shown(opened: Office) -> None:
    hands_over(opened, ["RO06"])
    assert opened.loads(at(15)) == []
    assert owners(opened)["RO06"] == "da"
    assert differences(opened.books, PARTNERSHIP) == [
        "RO06: the file names Youth Offending Team Manager, who handed it over to Domestic Abuse Coordinator on"
        " 14 Oct 2015, from Q2 2015-16 (Jul to Sep 2015) on. That stands until the file names somebody else."
    ]


def test_a_file_that_names_a_third_person_ends_a_hand_over_for_good(opened: Office) -> None:
    hands_over(opened, ["RO06"])
    others = tuple(held for held in PARTNERSHIP.responsibilities if held.measure != "RO06")
    third = replace(PARTNERSHIP, responsibilities=(*others, Responsibility("RO06", "dph", Quarter(2014, 3))))
    opened.loads(at(15), third)
    assert owners(opened)["RO06"] == "dph"
    opened.loads(at(16))
    assert owners(opened)["RO06"] == "yot"
    assert differences(opened.books, PARTNERSHIP) == []


def test_what_was_handed_on_is_handed_on_again(opened: Office) -> None:
    hands_over(opened, ["RO06"])
    hands_over(opened, ["RO06"], giver="da", taker="dph", by="da")
    opened.loads(at(15))
    assert owners(opened)["RO06"] == "dph"


def test_who_took_over_corrects_what_was_in_and_the_giver_may_too(opened: Office) -> None:
    opened.says("yot", "RO06 28.8% (15 of 52)", at(12))
    hands_over(opened, ["RO06"])
    done = opened.says("da", "RO06 30.8% (16 of 52)", at(13))
    (question,) = done.questions
    opened.says("da", str(question.choices[1].number), at(13))
    assert str(opened.value("RO06")) == "30.8"

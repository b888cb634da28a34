"""A form of several pages: kept page by page, asked about where something is unusual, and sent in as one message."""

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from bot.slack.doubt_view import CALLBACK as DOUBTS
from bot.slack.doubt_view import INSTEAD, RIGHT, doubt_view
from bot.slack.draft import Draft
from bot.slack.form_pages import answer_to_doubts, answer_to_page, opened_form, page_before
from bot.slack.view import ROWS_A_PAGE, form_view, pages_of
from collector.books import Outcome
from collector.desk import Doubt
from collector.domain.indicator import Unit
from collector.domain.people import Responsibility
from collector.domain.period import Quarter
from collector.messages import Sheet
from collector.retaining import let_go
from storage.books import SqlBooks
from tests.bot.slack.payloads import ALL_IN_SLACK, PLACES, door_of, picked, sent, typed
from tests.builders import HISTORY, Q2, Office, at, define, figure
from tests.support.block_kit import problems_of_view

ORIGIN = "slack:T0TEST:D1:1444125600.000100"
#: So many that the Domestic Abuse Coordinator's form has three pages.
CODES = [f"AB{number:02d}" for number in range(2 * ROWS_A_PAGE)]
PARTNERSHIP = replace(
    ALL_IN_SLACK,
    definitions=(
        *(
            replace(one, plausible=(Decimal(50), Decimal(300))) if one.code == "DA06" else one
            for one in ALL_IN_SLACK.definitions
        ),
        *(define(code, Unit.COUNT) for code in CODES),
    ),
    responsibilities=(
        *ALL_IN_SLACK.responsibilities,
        *(Responsibility(code, "da", Quarter(2014, 3)) for code in CODES),
    ),
    history=(*HISTORY, *(figure("AB00", quarter, "10") for quarter in (Quarter(2014, 4), Quarter(2015, 1)))),
)


@pytest.fixture
def office(books: SqlBooks) -> Office:
    return Office(books, partnership=PARTNERSHIP).prepare()


def sheet(office: Office, user: str = "U0DA") -> Sheet:
    found = office.desk.sheet_for(f"slack:T0TEST:{user}", at(6))
    assert found is not None
    return found


def page(office: Office, number: int = 0) -> dict[str, Any]:
    given = sheet(office)
    fields = Draft(door_of(office, at(6)), "da", Q2).fields()
    return form_view(given, ORIGIN, number, fields)


def filled(view: dict[str, Any], **figures: str) -> dict[str, Any]:
    """The state of a page: what it was handed out with, and these figures."""
    values: dict[str, Any] = {}
    for block in view["blocks"]:
        element = block.get("element", {})
        if element.get("type") == "plain_text_input":
            values[block["block_id"]] = typed(element.get("initial_value", ""))
        elif element:
            values[block["block_id"]] = {"type": element["type"]}
    return values | {f"figure:{code}": typed(value) for code, value in figures.items()}


def submit(office: Office, view: dict[str, Any], **figures: str) -> dict[str, Any]:
    return answer_to_page(door_of(office, at(6)), sent("da", view, filled(view, **figures)))


def through(office: Office, *pages: dict[str, str]) -> dict[str, Any]:
    """Fill in the pages one after the other; the answer to the last of them."""
    view, answer = page(office), dict[str, Any]()
    for figures in pages:
        answer = submit(office, view, **figures)
        view = answer.get("view", view)
    return answer


def field(view: dict[str, Any], block_id: str) -> dict[str, Any]:
    (found,) = [block for block in view["blocks"] if block.get("block_id") == block_id]
    assert isinstance(found, dict)
    return found


def test_a_form_that_does_not_fit_has_pages_and_slack_takes_each(office: Office) -> None:
    given = sheet(office)
    assert (len(given.rows), pages_of(given)) == (34, 3)
    shown: Any = [form_view(given, ORIGIN, number) for number in range(3)]
    assert [problems_of_view(view) for view in shown] == [[], [], []]
    codes = [block["block_id"] for view in shown for block in view["blocks"] if "figure:" in block.get("block_id", "")]
    assert codes == [f"figure:{row.code}" for row in given.rows]
    assert [view["submit"]["text"] for view in shown] == ["Next page", "Next page", "Send"]


def back(office: Office, view: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Press "Back a page" with some of its fields filled in."""
    return page_before(door_of(office, at(6)), sent("da", view, filled(view) | more))


def test_a_page_can_be_gone_back_to_and_nothing_that_was_put_in_is_lost(office: Office) -> None:
    first = through(office, {"DA06": "153"})["view"]
    second = submit(office, first)["view"]
    assert all("Back a page" in json.dumps(view) for view in (first, second))
    assert "Back a page" not in json.dumps(page(office))
    files = {"type": "file_input", "files": [{"id": "F1", "name": "return.xlsx", "size": 9}]}
    shown = back(office, second, **{"figure:AB31": typed("about a dozen"), "file:return": files})
    assert shown["private_metadata"] == first["private_metadata"]
    shown = back(office, shown)
    assert field(shown, "figure:DA06")["element"]["initial_value"] == "153"
    last = submit(office, submit(office, shown, DA06="155")["view"])["view"]
    assert problems_of_view(last) == []
    assert field(last, "figure:AB31")["element"]["initial_value"] == "about a dozen"
    assert "return.xlsx" in field(last, "file:return")["hint"]["text"]
    assert submit(office, last)["errors"].keys() == {"figure:AB31"}, "what was not looked over on going back is now"
    office.files["F1"] = b"no workbook"
    assert submit(office, last, AB31="12") == {}
    done = office.processes(at(6))
    assert [office.value("DA06"), office.value("AB31")] == [155, 12]
    assert any("return.xlsx" in note for note in done.notes)


def test_going_back_in_the_form_of_a_round_that_is_over_shows_the_one_that_is_open(office: Office) -> None:
    view = through(office, {"DA06": "153"})["view"]
    about = json.loads(view["private_metadata"]) | {"period": "2015-16Q1"}
    shown = back(office, view | {"private_metadata": json.dumps(about)}, **{"figure:AB20": typed("8")})
    assert "What you had put in for Q1 2015-16 (Apr to Jun 2015) and not sent was not recorded" in json.dumps(shown)
    assert json.loads(shown["private_metadata"])["period"] == Q2.key
    assert page_before(door_of(office, at(6)), sent("chair", view, {}))["title"]["text"] == "Return"


def test_slack_takes_a_full_page_with_everything_that_is_told_above_it(office: Office) -> None:
    given = sheet(office)
    told = [f"{code} is not on your list any more, so {'x' * 300} was left out." for code in CODES]
    held = {"figure:AB00": {"block": {}, "state": typed("7")}}
    full = replace(given, rows=given.rows[:ROWS_A_PAGE])
    for one, number in ((full, 0), (given, 0), (given, 1), (given, 2)):
        assert problems_of_view(form_view(one, ORIGIN, number, held, told if number == 0 else ())) == []


def test_nothing_counts_before_the_last_page_and_then_all_of_it_in_one_message(office: Office) -> None:
    answer = through(office, {"DA06": "153", "AB01": "7"}, {"AB20": "8"})
    assert answer["response_action"] == "update"
    assert office.intake.process_next(at(6)) is None
    assert submit(office, answer["view"], AB31="9") == {}
    done = office.processes(at(6))
    assert done.reason == "4 recorded, 0 asked"
    assert [office.value(code) for code in ("DA06", "AB01", "AB20", "AB31")] == [153, 7, 8, 9]
    assert Draft(door_of(office, at(6)), "da", Q2).fields() == {}


def test_what_was_put_in_and_not_sent_is_there_again_and_counts_as_new(office: Office) -> None:
    through(office, {"DA06": "153"})
    again = page(office)
    assert field(again, "figure:DA06")["element"]["initial_value"] == "153"
    assert "What you put in before and did not send is filled in." in json.dumps(again)
    view = submit(office, again)["view"]
    view = submit(office, view)["view"]
    assert submit(office, view) == {}
    assert office.processes(at(6)).reason == "1 recorded, 0 asked"
    assert office.value("DA06") == 153


def test_a_draft_of_a_round_that_is_closed_is_told_until_something_is_sent(office: Office) -> None:
    with office.books.begin() as unit:
        unit.drafts.keep("da", Quarter(2015, 1), 0, {"figure:DA06": {"block": {}, "state": typed("135")}}, at(6))
    told = "What you had put in for Q1 2015-16 (Apr to Jun 2015) and not sent was not recorded"
    for _ in range(2):
        view: dict[str, Any] = opened_form(door_of(office, at(6)), sheet(office), "slack:T0TEST:U0DA", ORIGIN)
        assert told in json.dumps(view)
        assert "initial_value" not in field(view, "figure:DA06")["element"]
    submit(office, view, DA06="153")
    with office.books.begin() as unit:
        assert unit.drafts.periods("da") == [Q2]
    assert told not in json.dumps(opened_form(door_of(office, at(6)), sheet(office), "slack:T0TEST:U0DA", ORIGIN))


def test_what_was_handed_over_meanwhile_is_left_out_of_a_draft_and_told(office: Office) -> None:
    through(office, {"DA06": "153", "AB01": "7"})
    office.posts("da", "hand over DA06 to the Youth Offending Team Manager", at(6))
    door = door_of(office, at(6))
    view: dict[str, Any] = opened_form(door, sheet(office), "slack:T0TEST:U0DA", ORIGIN)
    assert "DA06 is not on your list any more, so what you had put in for it (153) was left out." in json.dumps(view)
    assert problems_of_view(view) == []
    assert field(view, "figure:AB01")["element"]["initial_value"] == "7"
    for _ in range(2):
        view = submit(office, view)["view"]
    assert submit(office, view) == {}
    assert office.processes(at(6)).reason == "1 recorded, 0 asked"


def test_a_draft_goes_with_what_is_purged_and_when_its_time_is_over(office: Office) -> None:
    said = "RS08: we discussed the case of one family at length"
    done = office.posts("yot", said, at(6), user=PLACES["yot"])
    through(office, {"DA06": "153"})
    view = page(office)
    comment = {"comment:DA06": typed("we discussed the case of one family at length")}
    answer_to_page(door_of(office, at(6)), sent("da", view, filled(view) | comment))
    office.posts("coordinator", f"purge {done.row.id}: it names a family", at(6, 11), user=PLACES["coordinator"])
    assert Draft(door_of(office, at(6)), "da", Q2).fields() == {}
    through(office, {"DA06": "153"})
    with office.books.begin() as unit:
        assert let_go(unit, at(7)) == 0
        assert let_go(unit, at(7, year=2017)) >= 1
        assert unit.drafts.periods("da") == []
        (line,) = unit.audit.lines(action="no longer kept")[-1:]
    assert (line.subject, line.reason) == ("draft da 2015-16Q2", "kept for 365 days")


def test_a_draft_is_its_writers_alone(office: Office) -> None:
    through(office, {"DA06": "153"})
    assert Draft(door_of(office, at(6)), "yot", Q2).fields() == {}


def test_what_is_wrong_on_a_page_is_marked_all_at_once_and_nothing_is_kept_of_it(office: Office) -> None:
    marked = submit(office, page(office), DA07="19% (15 of 52)", AB01="about a dozen", AB02="4")
    assert marked["response_action"] == "errors"
    assert marked["errors"].keys() == {"figure:DA07", "figure:AB01"}
    assert Draft(door_of(office, at(6)), "da", Q2).fields() == {}


def test_the_last_page_sent_in_twice_is_one_message(office: Office) -> None:
    view = through(office, {"DA06": "153"}, {})["view"]
    body = sent("da", view, filled(view))
    assert answer_to_page(door_of(office, at(6)), body) == {}
    assert answer_to_page(door_of(office, at(6)), body) == {}
    office.processes(at(6))
    assert office.intake.process_next(at(6)) is None


def test_a_kill_before_the_draft_goes_leaves_one_message(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    view = through(office, {"DA06": "153"}, {})["view"]
    body = sent("da", view, filled(view))

    def killed(_draft: Draft) -> None:
        raise OSError("killed")

    with monkeypatch.context() as fault:
        fault.setattr(Draft, "drop", killed)
        with pytest.raises(OSError, match="killed"):
            answer_to_page(door_of(office, at(6)), body)
    assert answer_to_page(door_of(office, at(6)), body) == {}
    assert office.processes(at(6)).outcome is Outcome.RECORDED
    assert office.intake.process_next(at(6)) is None


def test_what_is_unusual_is_asked_about_before_it_is_sent_with_the_reason(office: Office) -> None:
    asked = through(office, {"DA06": "900", "AB00": "45"}, {}, {})["view"]
    assert asked["callback_id"] == DOUBTS
    words = json.dumps(asked)
    assert "is expected between 50 and 300" in words
    assert "45 is more than twice of what was reported before (10)." in words
    assert problems_of_view(asked) == []
    assert office.intake.process_next(at(6)) is None


def test_what_was_confirmed_is_recorded_without_another_question_and_what_was_changed_as_changed(
    office: Office,
) -> None:
    asked = through(office, {"DA06": "900", "AB00": "45"}, {}, {})["view"]
    values = {RIGHT + "DA06": picked("yes"), RIGHT + "AB00": picked("no"), INSTEAD + "AB00": typed("15")}
    body = sent("da", asked, {**values, INSTEAD + "DA06": typed("")})
    assert answer_to_doubts(door_of(office, at(6)), body) == {}
    done = office.processes(at(6))
    assert done.reason == "2 recorded, 0 asked"
    assert [office.value("DA06"), office.value("AB00")] == [900, 15]
    reasons = [entry.figure.source.reason for entry in done.entries if entry.figure.reported.measure == "DA06"]
    assert reasons == ["confirmed as right by the sender"]
    assert not any("Reply if it is not right" in note for note in done.notes)
    assert answer_to_doubts(door_of(office, at(6)), body) == {}
    assert office.intake.process_next(at(6)) is None


@pytest.mark.parametrize(
    ("given", "marked"),
    [
        ({RIGHT + "DA06": picked("no")}, "Say that DA06 is right, or give the right figure."),
        ({RIGHT + "DA06": picked("no"), INSTEAD + "DA06": typed("-4")}, "You gave -4; a whole number is asked for."),
    ],
)
def test_a_doubt_that_is_answered_with_neither_is_marked(office: Office, given: dict[str, Any], marked: str) -> None:
    asked = through(office, {"DA06": "900"}, {}, {})["view"]
    answer = answer_to_doubts(door_of(office, at(6)), sent("da", asked, given))
    assert answer["errors"].keys() == {INSTEAD + "DA06"}
    assert marked in answer["errors"][INSTEAD + "DA06"]


def test_a_changed_figure_that_is_unusual_too_is_asked_about_again(office: Office) -> None:
    asked = through(office, {"DA06": "900"}, {}, {})["view"]
    values = {RIGHT + "DA06": picked("no"), INSTEAD + "DA06": typed("800")}
    answer = answer_to_doubts(door_of(office, at(6)), sent("da", asked, values))
    assert answer["view"]["callback_id"] == DOUBTS
    assert "You gave 800" in json.dumps(answer["view"])


def test_a_file_inside_the_form_comes_with_it(office: Office) -> None:
    view = page(office, 2)
    files = [{"id": "F1", "name": "return.xlsx", "size": 9, "url_private_download": "https://files.slack.com/f1"}]
    body = sent(
        "yot", form_view(sheet(office, "U0YOT"), ORIGIN), {"file:return": {"type": "file_input", "files": files}}
    )
    assert field(view, "file:return")["element"]["type"] == "file_input"
    office.files["F1"] = b"no workbook"
    assert answer_to_page(door_of(office, at(6)), body) == {}
    done = office.processes(at(6))
    assert any("return.xlsx" in note for note in done.notes)


def test_slack_takes_the_page_of_doubts_however_many_and_long() -> None:
    doubts = [Doubt(f"AB{n:02d}", "<!channel> *x* " * 50, "9" * 200, ("y" * 900,) * 5) for n in range(60)]
    assert problems_of_view(doubt_view(doubts, "{}", Q2)) == []

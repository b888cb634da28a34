"""The form: what it asks, what it holds already, and what comes back by which name."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack.view import ACTION, CALLBACK, COMMENT, EXPECTED, FIGURE, FILES, STATUS, form_view, refusal_view
from collector.domain.submission import FormValue
from collector.messages import SheetRow
from tests.bot.slack.samples import ROWS, STATUSES, sheet
from tests.bot.slack.test_posts import HOSTILE, ORIGIN, words_in
from tests.support.block_kit import problems_of_view


def field(block_id: str, view: dict[str, Any] | None = None) -> dict[str, Any]:
    shown: Any = view or form_view(sheet(), ORIGIN)
    (block,) = [block for block in shown["blocks"] if block.get("block_id") == block_id]
    assert isinstance(block, dict)
    return block


def row_of(held: FormValue, hint: str = "a number") -> dict[str, Any]:
    return form_view(sheet((replace(ROWS[0], hint=hint, held=held),)), ORIGIN)


def test_the_form_says_whose_it_is_and_where_it_was_opened() -> None:
    view = form_view(sheet(), ORIGIN)
    assert view["callback_id"] == CALLBACK
    assert json.loads(str(view["private_metadata"])) == {
        "partnership": "medway",
        "period": "2015-16Q2",
        "person": "yot",
        "version": 1,
        "origin": ORIGIN,
    }


def test_every_field_may_be_left_empty_and_answers_to_its_name() -> None:
    blocks: Any = form_view(sheet(), ORIGIN)["blocks"]
    fields = [block for block in blocks if block["type"] == "input"]
    assert [block["block_id"] for block in fields] == [
        *(prefix + row.code for row in ROWS for prefix in (FIGURE, STATUS, EXPECTED, COMMENT)),
        FILES,
    ]
    assert all(block["optional"] is True and block["element"]["action_id"] == ACTION for block in fields)


def test_what_is_held_is_filled_in() -> None:
    assert field("figure:RO04")["element"]["initial_value"] == "28.8% (15 of 52)"
    assert field("comment:RO04")["element"]["initial_value"] == (
        "I read the wrong line of the sheet.\nNow it is right."
    )
    assert field("status:RO03")["element"]["initial_option"]["value"] == "Not available yet"
    assert "initial_value" not in field("figure:RO01")["element"]
    assert field("expected:RO03")["element"]["initial_date"] == "2015-12-01"
    assert "initial_date" not in field("expected:RO01")["element"]


@pytest.mark.parametrize(
    ("held", "shown"),
    [
        (FormValue("RO01", "28.8%", "15", "52"), "28.8% (15 of 52)"),
        (FormValue("RO01", "28.8% (15 of 52)", "15", "52"), "28.8% (15 of 52)"),
        (FormValue("RO01", "", "15", "52"), "15 of 52"),
        (FormValue("RO01", "320"), "320"),
        (FormValue("RO01", "0"), "0"),
    ],
)
def test_counts_stand_beside_their_figure_once(held: FormValue, shown: str) -> None:
    assert field("figure:RO01", row_of(held))["element"]["initial_value"] == shown


@pytest.mark.parametrize(
    ("hint", "shown"),
    [
        ("per cent, with its counts", "28.8%"),
        ("per cent up or down, with the two figures", "28.8"),
        ("a number", "28.8"),
    ],
)
def test_a_percentage_that_is_held_without_its_sign_is_shown_with_it(hint: str, shown: str) -> None:
    assert field("figure:RO01", row_of(FormValue("RO01", "28.8"), hint))["element"]["initial_value"] == shown


def test_a_comment_that_is_too_long_is_not_cut_but_left_out() -> None:
    block = field("comment:RO01", row_of(FormValue("RO01", comment="word " * 700)))
    assert "initial_value" not in block["element"]
    assert "too long to be shown" in block["hint"]["text"]


@pytest.mark.parametrize(
    ("hint", "label", "how", "multiline"),
    [
        ("a number", "RO01 figure", "A number, such as 42", False),
        ("per cent, with its counts", "RO01 figure", "Per cent, with its counts, such as 40% (20 of 50)", False),
        ("up or down by how many", "RO01 figure", "Up or down by how many, such as 3 fewer (from 50 to 47)", False),
        ("a sentence on progress", "RO01 progress", "A sentence on progress", True),
    ],
)
def test_a_field_says_how_it_is_filled_in(hint: str, label: str, how: str, multiline: bool) -> None:
    block = field("figure:RO01", row_of(FormValue("RO01"), hint))
    assert (block["label"]["text"], block["hint"]["text"]) == (label, how)
    assert block["element"]["multiline"] is multiline


def test_a_status_that_is_not_on_the_list_is_not_chosen() -> None:
    assert "initial_option" not in field("status:RO01", row_of(FormValue("RO01", status="gone")))["element"]


def test_without_statuses_there_is_no_empty_list() -> None:
    view = form_view(sheet(statuses=()), ORIGIN)
    assert problems_of_view(view) == []
    assert STATUS not in json.dumps(view)


def test_forty_rows_stand_on_three_pages_and_each_says_which_it_is() -> None:
    rows = tuple(replace(ROWS[0], number=number, code=f"RO{number:02d}") for number in range(1, 41))
    shown = [form_view(sheet(rows), ORIGIN, page) for page in range(3)]
    assert [problems_of_view(view) for view in shown] == [[], [], []]
    for number, (view, count) in enumerate(zip(shown, (16, 16, 8), strict=True), 1):
        assert f"Page {number} of 3." in json.dumps(view)
        assert json.dumps(view).count('"block_id": "figure:') == count


def test_a_refusal_only_says_why() -> None:
    view = refusal_view("This form was for Q1 2015-16 (Apr to Jun 2015), which is locked. Open the new one from Q2.")
    assert problems_of_view(view) == []
    assert "submit" not in view


def wild(words: str) -> dict[str, object]:
    held = FormValue("RO01", words, words, words, words, words, words)
    row = SheetRow(1, "RO01", words, words, words, (words, words), held)
    rows = (row, replace(ROWS[3], title=words, held=replace(held, code="SA07")))
    given = replace(sheet(rows, (*STATUSES, words)), partnership_name=words, earlier=(words, words))
    return form_view(given, ORIGIN)


def without_values(view: Any) -> Any:
    """What a field holds is shown as it is: nothing of it is read as markup, and it has to come back as it was."""
    if isinstance(view, dict):
        return {name: without_values(child) for name, child in view.items() if name not in ("initial_value", "value")}
    return [without_values(child) for child in view] if isinstance(view, list) else view


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_text_from_people_stays_text_in_the_form(words: str) -> None:
    view = wild(words)
    assert problems_of_view(view) == []
    assert [said for said in words_in(without_values(view)) if "<!" in said or "<@" in said or "<#" in said] == []
    assert problems_of_view(refusal_view(words + ".")) == []


@settings(max_examples=100, deadline=None)
@given(words=st.text(max_size=500))
def test_whatever_people_write_slack_takes_the_form(words: str) -> None:
    assert problems_of_view(wild(words)) == []

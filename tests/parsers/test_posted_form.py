"""Forms that were sent in in Slack, out of their envelope."""

from typing import Any

import pytest

from collector.domain.submission import FormValue, Opened, Refusal
from parsers.posted import open_posted
from tests.parsers.payloads import TS, D, T, form, opened


def values(found: Opened) -> list[tuple[str, str, str, str]]:
    assert found.form is not None
    return [(value.code, value.figure, value.status, value.comment) for value in found.form.values]


def test_a_form_says_whose_and_for_which_round_it_is_and_what_was_put_in() -> None:
    found = opened(form({"figure:DA06": " 153 ", "status:DA07": "Not applicable", "comment:DA07": "No clients"}))
    assert found.form is not None
    assert (found.form.name, found.form.partnership, found.form.period) == ("the form", "medway", "2015-16Q2")
    assert (found.form.person, found.form.version, found.form.problems) == ("da", 1, ())
    assert found.form.values[0] == FormValue("DA06", figure="153", where="figure:DA06")
    assert values(found) == [("DA06", "153", "", ""), ("DA07", "", "Not applicable", "No clients")]
    assert found.senders == ("slack:T01:U1",)
    assert found.references == (f"slack:{T}:{D}:{TS}",)
    assert (found.message_id or "").startswith("slack:view:V1:1.a:")
    assert found.sent_at is None


def test_what_was_filled_in_beforehand_and_not_touched_is_no_statement() -> None:
    held = {"figure:DA06": "153", "status:DA06": "Provisional", "comment:DA06": "as agreed"}
    found = opened(form({**held, "figure:DA07": "91%"}, held))
    assert values(found) == [("DA07", "91%", "", "")]
    assert found.form is not None
    assert found.form.problems == ()


def test_a_figure_that_was_changed_keeps_the_status_beside_it() -> None:
    held = {"figure:DA06": "153", "status:DA06": "Provisional", "comment:DA06": "as agreed"}
    assert values(opened(form({**held, "figure:DA06": "154"}, held))) == [("DA06", "154", "Provisional", "")]
    assert values(opened(form({**held, "status:DA06": "Final"}, held))) == [("DA06", "153", "Final", "")]
    assert values(opened(form({**held, "comment:DA06": "new"}, held))) == [("DA06", "", "", "new")]


def test_a_new_date_for_what_is_not_available_yet_is_a_statement_with_its_reason() -> None:
    held = {"status:DA06": "Not available yet", "expected:DA06": "2015-11-25", "comment:DA06": "June is missing"}
    found = opened(form({**held, "expected:DA06": "2015-12-01"}, held))
    assert found.form is not None
    assert found.form.values == (
        FormValue(
            "DA06",
            status="Not available yet",
            expected="2015-12-01",
            comment="June is missing",
            where="figure:DA06",
        ),
    )
    assert values(opened(form(held, held))) == []


def test_a_field_that_was_emptied_takes_nothing_back() -> None:
    held = {"figure:DA06": "153", "comment:DA06": "as agreed", "status:DA07": "Not applicable"}
    found = opened(form({"figure:DA06": "", "comment:DA06": "", "status:DA07": ""}, held))
    assert values(found) == []
    assert found.form is not None
    assert found.form.problems == (
        "You emptied DA06, which held 153; nothing was changed."
        " To take it back, reply 'DA06: not available' and say why.",
        "You emptied the comment on DA06; it stands as it was.",
        "You emptied DA07, which held Not applicable; nothing was changed."
        " To take it back, reply 'DA07: not available' and say why.",
    )


def test_a_figure_may_be_emptied_for_a_status() -> None:
    found = opened(form({"figure:DA06": "", "status:DA06": "Not applicable"}, {"figure:DA06": "153"}))
    assert values(found) == [("DA06", "", "Not applicable", "")]
    assert found.form is not None
    assert found.form.problems == ()


def test_the_same_view_with_other_values_is_another_message() -> None:
    one, same, other = (opened(form({"figure:DA06": value})) for value in ("153", "153", "154"))
    assert one.message_id == same.message_id != other.message_id
    assert one.fingerprint == same.fingerprint != other.fingerprint


@pytest.mark.parametrize("about", [None, [], "x", {"version": "1"}, {}])
def test_a_form_that_does_not_say_whose_it_is_is_refused_to_its_sender(about: Any) -> None:
    found = open_posted(form({"figure:DA06": "153"}, about=about))
    assert isinstance(found, Refusal)
    assert found.senders == ("slack:T01:U1",)
    assert "Open it again" in found.words

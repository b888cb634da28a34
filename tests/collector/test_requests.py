"""What SEG has to decide stays on the digest until its decision is entered (RULES 4, 13)."""

from collections.abc import Callable

import pytest

from collector.acting import NotDone
from collector.requests import accept_request, reject_request, request_lines
from collector.summary import board, digest
from tests.builders import OPENS, Office, at
from tests.support.orders import orders

Order = Callable[..., tuple[str, ...]]
WORDS = "the target is said to have changed"


def asked(office: Office) -> int:
    office.says("da", "DA07 80%. The target is now 80%.", at(6))
    (request,) = office.view().requests
    assert request.id is not None
    return request.id


def decisions(office: Office) -> list[str]:
    return [line.text for line in digest(office.view(), at(30), OPENS).decisions]


@pytest.mark.parametrize(("give", "state"), [(accept_request, "accepted"), (reject_request, "rejected")])
def test_a_request_is_on_the_digest_until_segs_decision_is_entered(office: Office, give: Order, state: str) -> None:
    number = asked(office)
    assert WORDS in decisions(office)[0]
    told = orders(office, give, number, "SEG, 23 November")
    assert f"{state}" in told[0]
    assert decisions(office) == []
    assert request_lines(office.view())[0].endswith(f"{state}: SEG, 23 November")
    with office.books.begin() as unit:
        line = unit.audit.lines("DA07 2015-16Q2")[-1]
    assert (line.actor, line.action, line.reason) == ("coordinator", f"change request {state}", "SEG, 23 November")


def test_a_request_is_decided_once_with_a_reason_and_by_the_coordinator(office: Office) -> None:
    number = asked(office)
    for by, why, words in (("da", "x", "decision is entered by the coordinator"), ("coordinator", "", "Say why")):
        with pytest.raises(NotDone, match=words):
            orders(office, reject_request, number, why, by=by)
    with pytest.raises(NotDone, match="No change request has the number 99"):
        orders(office, reject_request, 99, "x")
    orders(office, reject_request, number, "no")
    with pytest.raises(NotDone, match="rejected already"):
        orders(office, accept_request, number, "yes")


def test_a_request_that_is_still_open_goes_on_to_the_next_rounds_digest(office: Office) -> None:
    asked(office)
    office.ticks(at(6, month=1, year=2016))
    with office.books.begin() as unit:
        latest = unit.rounds.latest()
        assert latest is not None
        assert [each.words[:34] for each in unit.requests.all(latest.period)] == [WORDS]


def test_what_is_no_longer_collected_is_for_seg_to_decide_until_it_has(office: Office) -> None:
    office.says("da", "DA07: no longer collected", at(6))
    assert board(office.view(), at(9)).to_decide == ("short of DA07",)
    (request,) = office.view().requests
    orders(office, accept_request, request.id, "SEG, 23 November")
    assert (board(office.view(), at(24, month=11)).to_decide, board(office.view(), at(9)).received) == ((), 1)

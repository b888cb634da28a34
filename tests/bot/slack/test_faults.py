"""What becomes of messages when Slack refuses: each fault has one defined end, and nothing is lost or said twice."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot.slack.messenger import Messenger
from bot.slack.posts import Posts
from collector.books import OutboxRow, OutboxState
from collector.delivery import NOT_DELIVERED, Channel, Delivery
from parsers.workbook import write_workbook
from storage.books import SqlBooks
from tests.bot.slack.payloads import ALL_IN_SLACK
from tests.builders import TEAM, Office, at

Json = dict[str, Any]


def refusal(code: str) -> Callable[[], Json]:
    """Slack's answer where it refuses."""
    return lambda: {"ok": False, "error": code}


def no_route() -> Json:
    raise ConnectionError("no route to host")


class FaultySlack(WebClient):
    """Takes every post, but for the conversations in which `trouble` says what happens instead."""

    def __init__(self) -> None:
        super().__init__(token="xoxb-test")
        self.trouble: dict[str, Callable[[], Json]] = {}
        self.posted: list[tuple[str, str]] = []

    def api_call(self, api_method: str, **given: Any) -> SlackResponse:
        """What every method of the client ends in."""
        said = {**(given.get("params") or {}), **(given.get("data") or {}), **(given.get("json") or {})}
        where = str(said.get("channel") or said.get("users") or "")
        for named in (where, "everything"):
            if named in self.trouble:
                return _answered(self.trouble[named]())
        found: Json = {"ok": True, "team_id": TEAM, "channel": {"id": f"D{said.get('users')}"}, "messages": []}
        if api_method == "chat.postMessage":
            self.posted.append((where, str(said.get("text"))))
            found["ts"] = f"{len(self.posted)}.000100"
        return _answered(found)

    def files_upload_v2(self, **_given: Any) -> SlackResponse:
        return _answered({"ok": True})


def _answered(data: Json) -> SlackResponse:
    """Raises SlackApiError where it is a refusal, as the client does."""
    response = SlackResponse(
        client=None, http_verb="POST", api_url="", req_args={}, data=data, headers={}, status_code=200
    )
    validated: Callable[[], SlackResponse] = response.validate
    return validated()


@dataclass
class Place:
    """An office whose Slack is faulty; mail works."""

    office: Office
    slack: FaultySlack

    def __post_init__(self) -> None:
        messenger = Messenger(self.slack)
        posts = Channel(
            Posts("Test", write_workbook), messenger, lambda person: person.slack.conversation if person.slack else None
        )
        channels = {**self.office.channels, "slack": posts}
        self.delivery = Delivery(self.office.books, channels, self.office.calendar)

    def sends(self, when: datetime) -> None:
        while self.delivery.send_next(when) is not None:
            pass

    def rows(self, kind: str, person: str) -> list[OutboxRow]:
        with self.office.books.begin() as unit:
            rows = unit.outbox.rows()
        return [row for row in rows if row.planned.kind == kind and row.planned.person == person]

    def given_up(self) -> list[str]:
        with self.office.books.begin() as unit:
            return [line.subject for line in unit.audit.lines(action=NOT_DELIVERED)]

    def to(self, conversation: str) -> list[str]:
        return [text for where, text in self.slack.posted if where == conversation]


@pytest.fixture
def place(books: SqlBooks) -> Place:
    return Place(Office(books, partnership=ALL_IN_SLACK).prepare(), FaultySlack())


@pytest.mark.parametrize("code", ["token_revoked", "invalid_auth", "account_inactive", "missing_scope"])
def test_with_a_token_that_is_not_taken_messages_wait_until_another_is_there(place: Place, code: str) -> None:
    place.slack.trouble = {"everything": refusal(code)}
    for hour in range(9, 17):
        place.sends(at(5, hour, 5))
    assert place.slack.posted == []
    (reminder,) = place.rows("reminder", "da")
    assert (reminder.state, reminder.planned.channel) == (OutboxState.SENDING, "slack")
    assert place.given_up() == []
    place.slack.trouble = {}
    place.sends(at(6, 10))
    place.sends(at(6, 12))
    assert len(place.to("DU0DA")) == 1


def test_while_slack_is_down_for_a_day_nothing_is_lost_and_afterwards_everything_comes_once(place: Place) -> None:
    place.slack.trouble = {"everything": no_route}
    for hour in range(24):
        moment = at(5, 9, 5) + timedelta(hours=hour)
        place.office.clock.tick(moment)
        place.sends(moment)
    place.office.posts("da", "DA06 153", at(5, 12))
    place.sends(at(5, 12))
    place.slack.trouble = {}
    for hour in (10, 11, 12):
        place.sends(at(6, hour))
    assert len(place.to("DU0YOT")) == 1
    # The reminder and the receipt of what came meanwhile.
    assert len(place.to("DU0DA")) == 2
    assert place.given_up() == []


@pytest.mark.parametrize("code", ["user_not_found", "user_disabled", "cannot_dm_bot", "channel_not_found"])
def test_who_is_not_in_the_workspace_any_more_is_written_to_by_mail(place: Place, code: str) -> None:
    place.slack.trouble = {"U0DA": refusal(code)}
    place.sends(at(5, 9, 5))
    (reminder,) = place.rows("reminder", "da")
    assert (reminder.state, reminder.planned.channel) == (OutboxState.SENT, "mail")
    assert [address for address, _ in place.office.outside.taken] == ["da@council.example.org"]
    assert place.to("DU0YOT"), "nobody else is held up by it"


@pytest.mark.parametrize("code", ["is_archived", "not_in_channel", "channel_not_found", "restricted_action"])
def test_a_channel_that_is_archived_or_that_the_app_was_removed_from_keeps_the_board_out_and_is_told(
    place: Place, code: str
) -> None:
    place.slack.trouble = {"C0SEG": refusal(code)}
    place.office.clock.tick(at(5, 9, 5))
    place.sends(at(5, 9, 5))
    boards = place.rows("slack-board", "seg")
    assert [board.state for board in boards] == [OutboxState.FAILED]
    assert place.given_up() == [boards[0].planned.dedupe_key]
    assert place.to("DU0DA"), "everybody's own messages go on"
    for hour in (10, 12, 16):
        place.office.clock.tick(at(5, hour))
    assert len(place.rows("slack-board", "seg")) == 1, "it is not tried again and again"
    place.slack.trouble = {}
    place.office.clock.tick(at(6, 10))
    place.sends(at(6, 10))
    assert len(place.to("C0SEG")) == 1


def test_the_coordinator_hears_of_what_could_not_be_delivered(place: Place) -> None:
    place.slack.trouble = {"C0SEG": refusal("is_archived")}
    place.office.clock.tick(at(5, 9, 5))
    place.sends(at(5, 9, 5))
    place.office.clock.tick(at(6, 9, 5))
    (notice,) = place.rows("review", "coordinator")
    assert "could not be delivered" in repr(notice.planned.message)

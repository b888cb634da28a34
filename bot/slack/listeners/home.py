"""The home tab: shown anew each time somebody opens it, and once what they pressed in it is done."""

import time
from collections.abc import Callable
from typing import Any

import structlog
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.door import NOT_ON_THE_LIST, SlackDoor, arrival_of, team_of
from bot.slack.errors import code_of
from bot.slack.home_view import home_view, refusal_home
from collector.desk import NotOnTheList

#: Seconds that a press may take before the page is shown anew as it is, and between two looks.
_PATIENCE, _LOOK = 3.0, 0.1

log = structlog.get_logger()

Json = dict[str, Any]


def register(app: App, door: SlackDoor) -> None:
    """Listen to people who open the home tab."""

    def opened(event: Json, body: Json, client: WebClient) -> None:
        if event.get("tab") == "home":
            team = str(event.get("user_team") or team_of(body))
            show_home(door, client, f"slack:{team}:{event['user']}", str(event["user"]))

    app.event("app_home_opened")(opened)


def show_home(door: SlackDoor, client: WebClient, sender: str, user: str, notice: str = "") -> None:
    """Publish somebody's page as the books are now, under a `notice`; a page that can't be shown stays as it was."""
    try:
        view = home_view(door.desk.home_of(sender, door.now()), notice)
    except NotOnTheList:
        view = refusal_home(NOT_ON_THE_LIST)
    try:
        client.views_publish(user_id=user, view=view)
    except (SlackApiError, OSError) as error:
        log.warning("home not shown", why=code_of(error) if isinstance(error, SlackApiError) else type(error).__name__)


def when_done(door: SlackDoor, body: Json, then: Callable[[], None]) -> None:
    """Do something once a press is worked through, or has taken too long to wait for."""
    arrival = arrival_of(body)
    for _ in range(int(_PATIENCE / _LOOK)):
        if arrival is None or door.is_settled(arrival.key):
            break
        time.sleep(_LOOK)
    then()

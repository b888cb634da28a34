"""When a listener fails: it is logged, and who pressed a button to see something is told that it can't be shown."""

from typing import Any

import structlog
from slack_bolt import App, Respond
from slack_sdk import WebClient

from bot.slack.door import SlackDoor, arrival_of
from bot.slack.listeners.opening import Presser

_NOT_SHOWN = "We could not show you that just now, and nothing was changed. Press the button again in a minute."

log = structlog.get_logger()


def register(app: App, door: SlackDoor) -> None:
    """Listen to what goes wrong. What was not acknowledged stays so: Slack delivers it again."""

    def failed(error: Exception, body: dict[str, Any], client: WebClient, respond: Respond) -> None:
        log.error("failed", part="slack listener", exc_info=error)
        # A press that says something is kept by now and answered in its time: there is nothing to press again.
        if body.get("type") == "block_actions" and arrival_of(body) is None:
            Presser(door, client, respond, body).tell(_NOT_SHOWN)

    app.error(failed)

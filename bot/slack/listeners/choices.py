"""Buttons that say something by themselves. A press is kept before it gets here; whom it is not for is told."""

import re
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.slack.door import SlackDoor, presser_of
from bot.slack.listeners.home import show_home, when_done
from bot.slack.listeners.opening import Presser
from bot.slack.modals import SAY
from bot.slack.posts import CHOOSE

IDS = re.compile(f"^(?:{re.escape(CHOOSE)}|{re.escape(SAY)})")


def register(app: App, door: SlackDoor) -> None:
    """Listen to the buttons of our messages."""

    def chosen(ack: Ack, body: dict[str, Any], client: WebClient, respond: Respond) -> None:
        ack()
        words = door.objection(body)
        if words:
            Presser(door, client, respond, body).tell(words)
        elif (body.get("container") or {}).get("type") == "view":
            user = str(body["user"]["id"])
            when_done(door, body, lambda: show_home(door, client, presser_of(body), user))

    app.action(IDS)(chosen)

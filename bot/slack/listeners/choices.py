"""The numbered choices under a question. A press is kept before it gets here; whom it is not for is told so."""

import re
from typing import Any

from slack_bolt import Ack, App, Respond

from bot.slack.door import SlackDoor
from bot.slack.posts import CHOOSE

IDS = re.compile(f"^{re.escape(CHOOSE)}")


def register(app: App, door: SlackDoor) -> None:
    """Listen to the buttons of our questions."""

    def chosen(ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        ack()
        words = door.objection(body)
        if words:
            respond(text=words, response_type="ephemeral", replace_original=False)

    app.action(IDS)(chosen)

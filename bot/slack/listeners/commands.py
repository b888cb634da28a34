"""The command "/returns" and what stands behind it: kept before it gets here, and answered like any message."""

from typing import Any

from slack_bolt import Ack, App

from bot.slack.blocks import ROOMS, line
from bot.slack.door import COMMAND, NOT_ON_THE_LIST, SlackDoor, commander_of
from bot.slack.mrkdwn import marked
from collector.desk import NotOnTheList

Json = dict[str, Any]


def register(app: App, door: SlackDoor) -> None:
    """Listen to the command."""

    def given(ack: Ack, body: Json) -> None:
        ack(text=told(door, body), response_type="ephemeral")

    app.command(COMMAND)(given)


def told(door: SlackDoor, body: Json) -> str:
    """What who gave a command sees at once, where they gave it and seen by them only."""
    try:
        door.desk.sheet_for(commander_of(body), door.now())
    except NotOnTheList:
        return NOT_ON_THE_LIST
    said = " ".join(str(body.get("text") or "help").split())
    return marked(line(f"We have \u201c{said}\u201d. The answer comes in your conversation with us."), ROOMS[0].words)

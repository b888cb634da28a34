"""The other ways to answer a reminder: buttons that ask for a word or two, and the small modals they open."""

import re
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.slack.door import NOT_ON_THE_LIST, SlackDoor
from bot.slack.form_pages import answer_to_words
from bot.slack.listeners.forms import NOTHING_OWED
from bot.slack.listeners.opening import Presser
from bot.slack.modals import ASK, ASK_WHY, STATUSES_SENT, WORDS_SENT, answer_view, words_view
from collector.desk import NotOnTheList

_NO_MILESTONES = "None of your milestones had a note last quarter, so there is nothing that could be unchanged."

_WHY = ASK_WHY.removeprefix(ASK)

Json = dict[str, Any]


def register(app: App, door: SlackDoor) -> None:
    """Listen to the buttons that ask first, and to what they asked for."""

    def asked(ack: Ack, body: Json, client: WebClient, respond: Respond) -> None:
        ack()
        presser = Presser(door, client, respond, body)
        action = body["actions"][0]
        kind, label = str(action["action_id"]).removeprefix(ASK), str(action["text"]["text"])
        try:
            sheet = door.desk.sheet_for(presser.who, door.now())
            people = door.desk.colleagues(presser.who, door.now())
        except NotOnTheList:
            presser.tell(NOT_ON_THE_LIST)
            return
        if kind.startswith(_WHY):
            # Who may give the order is decided where it is carried out.
            presser.show(_why_view(kind, label, str(action["value"]), presser.origin), label)
        elif sheet is None:
            presser.tell(NOTHING_OWED)
        elif view := answer_view(kind, sheet, people, presser.origin):
            presser.show(view, label)
        else:
            presser.tell(_NO_MILESTONES)

    def sent_in(ack: Ack, body: Json) -> None:
        ack(**answer_to_words(door, body))

    app.action(re.compile(f"^{re.escape(ASK)}"))(asked)
    for callback in (STATUSES_SENT, WORDS_SENT):
        app.view(callback)(sent_in)


def _why_view(kind: str, label: str, template: str, origin: str) -> dict[str, object]:
    """The modal that asks for the word that an order lacks."""
    asked = kind.removeprefix(_WHY).partition(":")[2] or "Why"
    return words_view(label, f"{asked}. What you write is kept with it.", asked, template, origin)

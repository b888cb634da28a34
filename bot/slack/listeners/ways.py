"""The other ways to answer a reminder: buttons that ask for a word or two, and the small modals they open."""

import re
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.slack.door import NOT_ON_THE_LIST, SlackDoor, presser_of
from bot.slack.form_pages import answer_to_words
from bot.slack.listeners.forms import NOTHING_OWED
from bot.slack.listeners.opening import open_view, origin, tell
from bot.slack.modals import ASK, STATUSES_SENT, WORDS_SENT, answer_view, words_view
from collector.desk import NotOnTheList

_NO_MILESTONES = "None of your milestones had a note last quarter, so there is nothing that could be unchanged."

#: A press that asks for a word before it says its value.
_WHY = "why:"

Json = dict[str, Any]


def register(app: App, door: SlackDoor) -> None:
    """Listen to the buttons that ask first, and to what they asked for."""

    def asked(ack: Ack, body: Json, client: WebClient, respond: Respond) -> None:
        ack()
        who, kind = presser_of(body), str(body["actions"][0]["action_id"]).removeprefix(ASK)
        if kind.startswith(_WHY):
            _ask_why(door, client, respond, body, kind)
            return
        try:
            sheet = door.desk.sheet_for(who, door.now())
            people = door.desk.colleagues(who, door.now())
        except NotOnTheList:
            tell(client, respond, body, NOT_ON_THE_LIST)
            return
        if sheet is None:
            tell(client, respond, body, NOTHING_OWED)
            return
        view = answer_view(kind, sheet, people, origin(body))
        if view is None:
            tell(client, respond, body, _NO_MILESTONES)
            return
        open_view(client, respond, body, view, str(body["actions"][0]["text"]["text"]))

    def sent_in(ack: Ack, body: Json) -> None:
        ack(**answer_to_words(door, body))

    app.action(re.compile(f"^{re.escape(ASK)}"))(asked)
    for callback in (STATUSES_SENT, WORDS_SENT):
        app.view(callback)(sent_in)


def _ask_why(door: SlackDoor, client: WebClient, respond: Respond, body: Json, kind: str) -> None:
    """Ask for the word that an order lacks; who may give it is decided where it is carried out."""
    if not door.knows(presser_of(body)):
        tell(client, respond, body, NOT_ON_THE_LIST)
        return
    action = body["actions"][0]
    label, template = str(action["text"]["text"]), str(action["value"])
    asked = kind.removeprefix(_WHY).partition(":")[2] or "Why"
    view = words_view(label, f"{asked}. What you write is kept with it.", asked, template, origin(body))
    open_view(client, respond, body, view, label)

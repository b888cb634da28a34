"""The return as a form: the button that opens it, and its pages as they are sent in."""

from typing import Any

import structlog
from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack import doubt_view
from bot.slack.door import NOT_ON_THE_LIST, SlackDoor
from bot.slack.draft import told_of_closed
from bot.slack.errors import code_of
from bot.slack.form_pages import answer_to_doubts, answer_to_page, opened_form, page_before
from bot.slack.listeners.opening import Presser
from bot.slack.posts import OPEN_FORM
from bot.slack.view import BACK, CALLBACK
from collector.desk import NotOnTheList

NOTHING_OWED = "You owe nothing at the moment, so there is no form to fill in. To change a figure, reply with it."

log = structlog.get_logger()

Json = dict[str, Any]


def register(app: App, door: SlackDoor) -> None:
    """Listen to the button that opens the form, to its pages, and to what is said about what is unusual in it."""

    def pressed(ack: Ack, body: Json, client: WebClient, respond: Respond) -> None:
        ack()
        presser = Presser(door, client, respond, body)
        try:
            sheet = door.desk.sheet_for(presser.who, door.now())
        except NotOnTheList:
            presser.tell(NOT_ON_THE_LIST)
            return
        if sheet is None:
            closed = told_of_closed(door, presser.who, None)
            presser.tell(" ".join((NOTHING_OWED, *closed)))
            return
        presser.show(opened_form(door, sheet, presser.who, presser.origin), "Open the form")

    def page_sent(ack: Ack, body: Json) -> None:
        ack(**answer_to_page(door, body))

    def went_back(ack: Ack, body: Json, client: WebClient, respond: Respond) -> None:
        ack()
        shown = body["view"]
        try:
            client.views_update(view_id=shown["id"], hash=shown["hash"], view=page_before(door, body))
        except NotOnTheList:
            Presser(door, client, respond, body).tell(NOT_ON_THE_LIST)
        except SlackApiError as error:
            # It was pressed twice, or the form is gone: what was put in is kept.
            log.warning("page not shown", why=code_of(error))

    def said_right(ack: Ack, body: Json) -> None:
        ack(**answer_to_doubts(door, body))

    app.action(OPEN_FORM)(pressed)
    app.action(BACK)(went_back)
    app.view(CALLBACK)(page_sent)
    app.view(doubt_view.CALLBACK)(said_right)

"""Everything else that Slack tells us is acknowledged: what goes unanswered it sends again, and then stops talking."""

import re

from slack_bolt import Ack, App

from bot.slack.doubt_view import CALLBACK as DOUBTS
from bot.slack.modals import ASK, SAY, STATUSES_SENT, WORDS_SENT
from bot.slack.posts import CHOOSE, OPEN_FORM
from bot.slack.view import BACK, CALLBACK

#: All but our own: a listener of ours that is slow or fails must not have its work acknowledged here.
_OTHER_ACTIONS = re.compile(f"^(?!{re.escape(CHOOSE)}|{SAY}|{ASK}|(?:{re.escape(OPEN_FORM)}|{BACK})$)")
_OTHER_VIEWS = re.compile(f"^(?!(?:{CALLBACK}|{DOUBTS}|{STATUSES_SENT}|{WORDS_SENT})$)")
_ANY = re.compile("")


def register(app: App) -> None:
    """Listen last, to whatever nobody else listens to."""
    app.event(_ANY)(_noted)
    app.action(_OTHER_ACTIONS)(_noted)
    app.view_submission(_OTHER_VIEWS)(_noted)
    app.view_closed(_ANY)(_noted)
    app.command(_ANY)(_noted)
    app.shortcut(_ANY)(_noted)
    app.options(_ANY)(_no_options)


def _noted(ack: Ack) -> None:
    ack()


def _no_options(ack: Ack) -> None:
    ack(options=[])

"""Opening a view from a press: a trigger of Slack's is good for three seconds, and a fresh button takes its place."""

from collections.abc import Mapping
from typing import Any

import structlog
from slack_bolt import Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.blocks import ROOMS, Button, blocks_of, buttons, line, section, words_of
from bot.slack.door import origin_of
from bot.slack.errors import code_of
from bot.slack.view import refusal_view

_TOO_SLOW = "Slack gave us three seconds to open the form, and we took longer. Press the button again."
_NOT_NOW = "Slack did not open the form. Press the button again in a minute, or reply with the figures."
_TRIGGER_GONE = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id", "trigger_expired"})
#: A button of ours that only its presser sees carries here which thread the form belongs to.
_ORIGIN = "origin:"

log = structlog.get_logger()

Json = dict[str, Any]


def open_view(client: WebClient, respond: Respond, body: Json, view: Mapping[str, object], label: str) -> None:
    """Show a view to who pressed; where Slack does not, a button `label` that works, seen by them only."""
    try:
        client.views_open(trigger_id=body["trigger_id"], view=dict(view))
    except (SlackApiError, OSError) as error:
        _offer_again(respond, body, error, label)


def tell(client: WebClient, respond: Respond, body: Json, words: str) -> None:
    """Say something to who pressed and to nobody else; in the home tab, where there is no conversation, in a modal."""
    if body.get("response_url") or body.get("response_urls"):
        respond(text=words, response_type="ephemeral", replace_original=False)
        return
    try:
        client.views_open(trigger_id=body["trigger_id"], view=refusal_view(words))
    except (SlackApiError, OSError) as error:
        log.warning("not told", why=_why(error))


def origin(body: Json) -> str:
    """The thread that a press belongs to: "" for the home tab."""
    if (body.get("container") or {}).get("type") == "view":
        return ""
    block_id = str((body.get("actions") or [{}])[0].get("block_id") or "")
    return block_id.removeprefix(_ORIGIN) if block_id.startswith(_ORIGIN) else origin_of(body)


def _offer_again(respond: Respond, body: Json, error: SlackApiError | OSError, label: str) -> None:
    """The form did not open: say so where the presser looks, with a button that works."""
    code = _why(error)
    log.warning("form not opened", why=code)
    if not body.get("response_url"):
        return  # the home tab keeps its buttons
    pressed = (body.get("actions") or [{}])[0]
    words = _TOO_SLOW if code in _TRIGGER_GONE else _NOT_NOW
    button = Button(label, str(pressed.get("action_id")), str(pressed.get("value") or "form"))
    parts = [*section([line(words)], ROOMS[0].words), buttons([button], f"{_ORIGIN}{origin(body)}")]
    respond(text=words_of(parts), blocks=blocks_of(parts), response_type="ephemeral", replace_original=False)


def _why(error: SlackApiError | OSError) -> str:
    return code_of(error) if isinstance(error, SlackApiError) else type(error).__name__

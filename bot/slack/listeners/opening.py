"""What who pressed a button sees at once: a view, or words. A trigger of Slack's is good for three seconds only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from slack_bolt import Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.blocks import ROOMS, Button, blocks_of, buttons, line, section, words_of
from bot.slack.door import SlackDoor, origin_of, presser_of
from bot.slack.errors import code_of
from bot.slack.listeners.home import show_home
from bot.slack.view import refusal_view

_TOO_SLOW = "Slack gave us three seconds to open the form, and we took longer. Press the button again."
_NOT_NOW = "Slack did not open the form. Press the button again in a minute, or reply with the figures."
_TRIGGER_GONE = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id", "trigger_expired"})
#: A button of ours that only its presser sees carries here which thread the form belongs to.
_ORIGIN = "origin:"

log = structlog.get_logger()

Json = dict[str, Any]


@dataclass(frozen=True)
class Presser:
    """Somebody who pressed a button and waits: `body` is the press."""

    door: SlackDoor
    client: WebClient
    respond: Respond
    body: Json

    @property
    def who(self) -> str:
        """By whom they are known ("slack:TEAM:USER")."""
        return presser_of(self.body)

    @property
    def origin(self) -> str:
        """The thread that the press belongs to: "" for the home tab."""
        if self._at_home:
            return ""
        block_id = str((self.body.get("actions") or [{}])[0].get("block_id") or "")
        return block_id.removeprefix(_ORIGIN) if block_id.startswith(_ORIGIN) else origin_of(self.body)

    @property
    def _at_home(self) -> bool:
        return (self.body.get("container") or {}).get("type") == "view"

    def show(self, view: Mapping[str, object], label: str) -> None:
        """Open a view; where Slack does not, say so where they look, with a button `label` that works."""
        try:
            self.client.views_open(trigger_id=self.body["trigger_id"], view=dict(view))
        except (SlackApiError, OSError) as error:
            self._offer_again(_why(error), label)

    def tell(self, words: str) -> None:
        """Say something to them and to nobody else; in the home tab, where there is no conversation, in a modal."""
        if not self._at_home:
            self.respond(text=words, response_type="ephemeral", replace_original=False)
            return
        try:
            self.client.views_open(trigger_id=self.body["trigger_id"], view=refusal_view(words))
        except (SlackApiError, OSError) as error:
            log.warning("not told in a modal", why=_why(error))
            self._show_home(words)

    def _show_home(self, notice: str) -> None:
        show_home(self.door, self.client, self.who, str(self.body["user"]["id"]), notice)

    def _offer_again(self, code: str, label: str) -> None:
        log.warning("form not opened", why=code)
        words = _TOO_SLOW if code in _TRIGGER_GONE else _NOT_NOW
        if self._at_home:
            self._show_home(words)  # the page has its buttons anew
            return
        pressed = (self.body.get("actions") or [{}])[0]
        button = Button(label, str(pressed.get("action_id")), str(pressed.get("value") or "form"))
        parts = [*section([line(words)], ROOMS[0].words), buttons([button], f"{_ORIGIN}{self.origin}")]
        self.respond(text=words_of(parts), blocks=blocks_of(parts), response_type="ephemeral", replace_original=False)


def _why(error: SlackApiError | OSError) -> str:
    return code_of(error) if isinstance(error, SlackApiError) else type(error).__name__

"""The return as a form: opened from a button, looked over when it is sent in, kept only when it holds together."""

from collections.abc import Sequence
from typing import Any

import structlog
from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.blocks import ROOMS, Button, blocks_of, buttons, line, section, words_of
from bot.slack.door import NOT_ON_THE_LIST, SlackDoor, origin_of, presser_of
from bot.slack.errors import code_of
from bot.slack.posts import OPEN_FORM
from bot.slack.view import CALLBACK, form_view, refusal_view
from collector.desk import FieldProblem, NotOnTheList

NOTHING_OWED = "You owe nothing at the moment, so there is no form to fill in. To change a figure, reply with it."
_TOO_SLOW = "Slack gave us three seconds to open the form, and we took longer. Press the button again."
_NOT_NOW = "Slack did not open the form. Press the button again in a minute, or reply with the figures."
_TRIGGER_GONE = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id", "trigger_expired"})
#: A button of ours that only its presser sees carries here which thread the form belongs to.
_ORIGIN = "origin:"
#: Slack documents no limit; a field's message stands in a narrow column.
_LONGEST_PROBLEM = 500

log = structlog.get_logger()

Json = dict[str, Any]


def register(app: App, door: SlackDoor) -> None:
    """Listen to the button that opens the form, and to the form."""

    def pressed(ack: Ack, body: Json, client: WebClient, respond: Respond) -> None:
        ack()
        try:
            sheet = door.desk.sheet_for(presser_of(body), door.now())
        except NotOnTheList:
            _say(respond, NOT_ON_THE_LIST)
            return
        if sheet is None:
            _say(respond, NOTHING_OWED)
            return
        try:
            client.views_open(trigger_id=body["trigger_id"], view=form_view(sheet, _origin(body)))
        except (SlackApiError, OSError) as error:
            _offer_again(respond, body, error)

    def sent_in(ack: Ack, body: Json) -> None:
        form = door.form(body)
        try:
            problems = door.desk.look_over(form, door.now())
        except NotOnTheList:
            # It changes nothing, but the coordinator is shown it, as with a stranger's mail.
            door.take_in(form)
            ack(response_action="update", view=refusal_view(NOT_ON_THE_LIST))
            return
        if problems:
            ack(response_action="errors", errors=_by_field(problems, body["view"]))
            return
        door.take_in(form)
        ack()

    app.action(OPEN_FORM)(pressed)
    app.view(CALLBACK)(sent_in)


def _by_field(problems: Sequence[FieldProblem], view: Json) -> dict[str, str]:
    """One text a field. Slack shows nothing at all where a field is not in the form: the first field takes those."""
    fields = [str(block.get("block_id")) for block in view.get("blocks") or [] if block.get("type") == "input"]
    words: dict[str, list[str]] = {}
    for problem in problems:
        where = problem.where if problem.where in fields else next(iter(fields), problem.where)
        words.setdefault(where, []).append(problem.words)
    return {where: _short(" ".join(said)) for where, said in words.items()}


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST_PROBLEM else f"{words[: _LONGEST_PROBLEM - 1]}…"


def _say(respond: Respond, words: str) -> None:
    respond(text=words, response_type="ephemeral", replace_original=False)


def _origin(body: Json) -> str:
    block_id = str((body.get("actions") or [{}])[0].get("block_id") or "")
    return block_id.removeprefix(_ORIGIN) if block_id.startswith(_ORIGIN) else origin_of(body)


def _offer_again(respond: Respond, body: Json, error: SlackApiError | OSError) -> None:
    """The form did not open: say so where the presser looks, with a button that works."""
    code = code_of(error) if isinstance(error, SlackApiError) else type(error).__name__
    log.warning("form not opened", why=code)
    words = _TOO_SLOW if code in _TRIGGER_GONE else _NOT_NOW
    value = str((body.get("actions") or [{}])[0].get("value") or "form")
    button = Button("Open the form", OPEN_FORM, value)
    parts = [*section([line(words)], ROOMS[0].words), buttons([button], f"{_ORIGIN}{_origin(body)}")]
    respond(text=words_of(parts), blocks=blocks_of(parts), response_type="ephemeral", replace_original=False)

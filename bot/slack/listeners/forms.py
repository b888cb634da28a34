"""The return as a form: opened from a button, looked over when it is sent in, kept only when it holds together."""

from collections.abc import Sequence
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.slack.door import NOT_ON_THE_LIST, SlackDoor, presser_of
from bot.slack.listeners.opening import open_view, origin, tell
from bot.slack.posts import OPEN_FORM
from bot.slack.view import CALLBACK, form_view, refusal_view
from collector.desk import FieldProblem, NotOnTheList

NOTHING_OWED = "You owe nothing at the moment, so there is no form to fill in. To change a figure, reply with it."
#: Slack documents no limit; a field's message stands in a narrow column.
_LONGEST_PROBLEM = 500

Json = dict[str, Any]


def register(app: App, door: SlackDoor) -> None:
    """Listen to the button that opens the form, and to the form."""

    def pressed(ack: Ack, body: Json, client: WebClient, respond: Respond) -> None:
        ack()
        try:
            sheet = door.desk.sheet_for(presser_of(body), door.now())
        except NotOnTheList:
            tell(client, respond, body, NOT_ON_THE_LIST)
            return
        if sheet is None:
            tell(client, respond, body, NOTHING_OWED)
            return
        open_view(client, respond, body, form_view(sheet, origin(body)), "Open the form")

    def sent_in(ack: Ack, body: Json) -> None:
        look_over_and_keep(door, ack, body)

    app.action(OPEN_FORM)(pressed)
    app.view(CALLBACK)(sent_in)


def look_over_and_keep(door: SlackDoor, ack: Ack, body: Json) -> None:
    """Keep what was sent in where it holds together; else mark what does not, all at once, and keep nothing."""
    form = door.form(body)
    try:
        problems = door.desk.look_over(form, door.now())
    except NotOnTheList:
        # It changes nothing, but the coordinator is shown it, as with a stranger's mail.
        door.take_in(form)
        ack(response_action="update", view=refusal_view(NOT_ON_THE_LIST))
        return
    if problems:
        ack(response_action="errors", errors=by_field(problems, body["view"]))
        return
    door.take_in(form)
    ack()


def by_field(problems: Sequence[FieldProblem], view: Json) -> dict[str, str]:
    """One text a field. Slack shows nothing at all where a field is not in the form: the first field takes those."""
    fields = [str(block.get("block_id")) for block in view.get("blocks") or [] if block.get("type") == "input"]
    words: dict[str, list[str]] = {}
    for problem in problems:
        where = problem.where if problem.where in fields else next(iter(fields), problem.where)
        words.setdefault(where, []).append(problem.words)
    return {where: _short(" ".join(said)) for where, said in words.items()}


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST_PROBLEM else f"{words[: _LONGEST_PROBLEM - 1]}…"

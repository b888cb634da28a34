"""Small modals: a status for some figures, and orders that need a word or two. Pure.

What comes back is found under `state.values["word:" + NAME]["value"]`; `private_metadata` says what it is for:
`status` or `figure` for the figures that were ticked, or `say`, an order with a place for what was filled in.
"""

import json
from collections.abc import Sequence

from bot.slack.blocks import Block, Button, blocks_of, line, plain_text, section
from bot.slack.mrkdwn import length
from bot.slack.view import ACTION, metadata_of
from collector.messages import LAYOUT_VERSION, Sheet, SheetRow
from collector.milestones import NO_CHANGE

#: Buttons: their value is said in the presser's name, or they ask for what is missing first.
SAY, ASK = "say:", "ask:"
#: A press that asks for a word first: its template is its value, what it asks is its action's own business.
ASK_WHY = f"{ASK}why:"
#: What the two kinds of modals are sent in under.
STATUSES_SENT, WORDS_SENT = "statuses", "words"
NOT_AVAILABLE, NOTHING, NO_CHANGE_ASKED, HAND_OVER = "not_available", "nothing", "no_change", "hand_over"

_TITLE, _LABEL, _OPTION, _DESCRIPTION, _LINE = 24, 200, 75, 75, 500
#: Slack takes ten boxes to tick in a group.
_BOXES = 10
_PEOPLE = 100
_WHY = 200

_STATUS = {NOT_AVAILABLE: "Not available yet", NOTHING: "Nothing to report"}
_TITLES = {
    NOT_AVAILABLE: "Not available yet",
    NOTHING: "Nothing to report",
    NO_CHANGE_ASKED: "No change",
    HAND_OVER: "Hand over",
}
_SAYS = {
    NOT_AVAILABLE: "The reminder stops for these until the day you expect them.",
    NOTHING: "This says that there is nothing to report, which is not the same as zero.",
    NO_CHANGE_ASKED: "What was said last quarter is said again, as unchanged.",
    HAND_OVER: "They report these from now on. The coordinator is asked where we don't know them.",
}


def ways_to_answer(sheet: Sheet | None) -> list[Button]:
    """The buttons beside "Fill in": each says the same as its typed words."""
    ways = [Button("Not available yet", ASK + NOT_AVAILABLE, "-"), Button("Nothing to report", ASK + NOTHING, "-")]
    if sheet and any(row.unchanged for row in sheet.rows):
        ways.append(Button("No change", ASK + NO_CHANGE_ASKED, "-"))
    return [*ways, Button("Hand over", ASK + HAND_OVER, "-"), say("Remind me tomorrow", "remind me tomorrow")]


def say(label: str, words: str, name: str = "", primary: bool = False) -> Button:
    """A button that says these words; `name` tells it from others in the same row."""
    return Button(label, f"{SAY}{name or words}"[:250], words, primary)


def ask(label: str, template: str, asked: str, name: str) -> Button:
    """A button that asks for the words an order lacks; `name` tells it from others in the same place."""
    return Button(label, f"{ASK_WHY}{name}:{asked}"[:250], template)


def answer_view(kind: str, sheet: Sheet, people: Sequence[str], origin: str) -> dict[str, object] | None:
    """The modal behind one of `ways_to_answer`; None where there is nothing it could be about."""
    rows = [row for row in sheet.rows if row.unchanged] if kind == NO_CHANGE_ASKED else list(sheet.rows)
    rows.sort(key=lambda row: row.held is not None)  # what is still owed comes first
    if not rows:
        return None
    about = json.loads(metadata_of(sheet, origin))
    fields = _boxes(rows, kind)
    match kind:
        case "not_available":
            fields += [_day("When you expect it"), _typed("comment", "Why", optional=False)]
        case "nothing" | "no_change":
            fields.append(_typed("comment", "Anything to add", optional=True))
        case _:
            fields += _to_whom(people)
    if kind == HAND_OVER:
        return _modal(WORDS_SENT, kind, about | {"say": "hand over {codes} to {to|other}"}, fields)
    said = {"figure": NO_CHANGE} if kind == NO_CHANGE_ASKED else {"status": _STATUS[kind]}
    return _modal(STATUSES_SENT, kind, about | said, fields)


def words_view(title: str, explained: str, label: str, template: str, origin: str) -> dict[str, object]:
    """A modal that asks for the one thing an order lacks: `template` has a place "{why}" for it."""
    about = {"version": LAYOUT_VERSION, "origin": origin, "say": template}
    fields = [_typed("why", label, optional=False)]
    return {
        "type": "modal",
        "callback_id": WORDS_SENT,
        "title": plain_text(title, _TITLE),
        "submit": plain_text("Send", _TITLE),
        "close": plain_text("Cancel", _TITLE),
        "private_metadata": json.dumps(about, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        "blocks": [*blocks_of(section([line(explained)], _LINE)), *fields],
    }


def _modal(callback: str, kind: str, about: dict[str, object], fields: list[Block]) -> dict[str, object]:
    return {
        "type": "modal",
        "callback_id": callback,
        "title": plain_text(_TITLES[kind], _TITLE),
        "submit": plain_text("Send", _TITLE),
        "close": plain_text("Cancel", _TITLE),
        "private_metadata": json.dumps(about, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        "blocks": [*blocks_of(section([line(_SAYS[kind])], _LINE)), *fields],
    }


def _boxes(rows: Sequence[SheetRow], kind: str) -> list[Block]:
    """The figures to tick, up to ten; a list to pick from where there are more."""
    options = [_option(row, kind) for row in rows[:_PEOPLE]]
    element: Block = {"type": "checkboxes", "action_id": ACTION, "options": options}
    if len(options) > _BOXES:
        element = {"type": "multi_static_select", "action_id": ACTION, "options": [_bare(one) for one in options]}
    if len(options) == 1:
        element["initial_options"] = options
    return [_input("codes", "Which figures", element, optional=False)]


def _option(row: SheetRow, kind: str) -> Block:
    option: Block = {"text": plain_text(f"{row.code} {row.title}", _OPTION), "value": row.code}
    before = plain_text(row.unchanged, _DESCRIPTION) if kind == NO_CHANGE_ASKED else None
    return {**option, "description": before} if before and before["text"] else option


def _bare(option: Block) -> Block:
    return {key: option[key] for key in ("text", "value")}


def _to_whom(people: Sequence[str]) -> list[Block]:
    options = [{"text": plain_text(title, _OPTION), "value": title} for title in people if length(title) <= _OPTION]
    known: list[Block] = []
    if options:
        element: Block = {"type": "static_select", "action_id": ACTION, "options": options[:_PEOPLE]}
        known = [_input("to", "To whom", element, optional=True)]
    other = "Somebody else: their email address" if known else "To whom: their role or email address"
    return [*known, _typed("other", other, optional=bool(known))]


def _typed(name: str, label: str, optional: bool) -> Block:
    element: Block = {"type": "plain_text_input", "action_id": ACTION, "multiline": False, "max_length": _WHY}
    return _input(name, label, element, optional)


def _day(label: str) -> Block:
    return _input("expected", label, {"type": "datepicker", "action_id": ACTION}, optional=False)


def _input(name: str, label: str, element: Block, optional: bool) -> Block:
    return {
        "type": "input",
        "block_id": f"word:{name}",
        "optional": optional,
        "label": plain_text(label, _LABEL),
        "element": element,
    }

"""The checker reports what Slack would refuse, each broken payload for its own reason."""

from typing import Any

import pytest

from tests.support.block_kit import problems_of_message, problems_of_view


def plain(words: str = "words") -> dict[str, Any]:
    return {"type": "plain_text", "text": words, "emoji": False}


def mrkdwn(words: str = "words") -> dict[str, Any]:
    return {"type": "mrkdwn", "text": words, "verbatim": True}


def button(**changes: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain(), "action_id": "press", "value": "1", **changes}


def actions(*elements: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements), **changes}


def section(**changes: Any) -> dict[str, Any]:
    return {"type": "section", "text": mrkdwn(), **changes}


def option(value: str = "a", words: str = "words") -> dict[str, Any]:
    return {"text": plain(words), "value": value}


def select(**changes: Any) -> dict[str, Any]:
    return {"type": "static_select", "action_id": "pick", "options": [option()], **changes}


def typed(**changes: Any) -> dict[str, Any]:
    return {"type": "plain_text_input", "action_id": "type", **changes}


def asked(element: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"type": "input", "label": plain(), "element": element, **changes}


def message(*blocks: dict[str, Any], text: str = "words") -> dict[str, Any]:
    return {"text": text, "blocks": list(blocks)}


def view(*blocks: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"type": "modal", "title": plain(), "submit": plain(), "blocks": list(blocks), **changes}


IMAGE = {"type": "image", "image_url": "https://example.org/board.png", "alt_text": "29 of 35 in"}
GOOD = (
    {"type": "header", "text": plain()},
    section(fields=[mrkdwn()]),
    section(accessory=button()),
    section(accessory=IMAGE),
    {"type": "context", "elements": [mrkdwn(), plain(), IMAGE]},
    {"type": "divider"},
    IMAGE | {"title": plain()},
    actions(button(style="primary"), select()),
)


def test_what_is_right_is_not_reported() -> None:
    assert problems_of_message(message(*GOOD)) == []
    assert problems_of_view(view(*GOOD, asked(typed(placeholder=plain(), max_length=5, initial_value="1")))) == []
    assert problems_of_view(view(asked(select(initial_option=option()), hint=plain(), block_id="x"))) == []


BROKEN = {
    "text: missing": message(section(), text=" "),
    "text: 3500 characters": message(section(), text="x" * 3500),
    "blocks: 0": message(),
    "blocks: 51": message(*[section()] * 51),
    "characters, under 10000": message(*[section(text=mrkdwn("x" * 2999))] * 4),
    "'a' twice": message(section(block_id="a"), section(block_id="a")),
    "block_id: 256": message(section(block_id="x" * 256)),
    "block_id: empty": message(section(block_id="")),
    "type 'input' has no place": message(asked(typed())),
    "type 'carousel' has no place": message({"type": "carousel"}),
    "blocks[0].text: no text object": message({"type": "header"}),
    "blocks[0].text: must be plain_text": message({"type": "header", "text": mrkdwn()}),
    "blocks[0].text: 151": message({"type": "header", "text": plain("x" * 151)}),
    "neither text nor fields": message({"type": "section"}),
    "blocks[0].text: 3001": message(section(text=mrkdwn("x" * 3001))),
    "blocks[0].text: 3002": message(section(text=mrkdwn("🎉" * 1501))),
    "blocks[0].text: empty": message(section(text=mrkdwn("\n"))),
    "emoji has no place": message(section(text=mrkdwn() | {"emoji": True})),
    "verbatim has no place": message(section(text=plain() | {"verbatim": True})),
    "half a character": message(section(text=mrkdwn("\ud83d"))),
    "fields: 11": message(section(fields=[plain()] * 11)),
    "fields[0]: 2001": message(section(fields=[plain("x" * 2001)])),
    "accessory: type 'plain_text_input'": message(section(accessory=typed())),
    "elements: 11": message({"type": "context", "elements": [plain()] * 11}),
    "elements: 0": message({"type": "context", "elements": []}),
    "alt_text: missing": message({"type": "image", "image_url": "https://example.org/board.png"}),
    "image_url: missing": message({"type": "image", "alt_text": "29 of 35 in"}),
    "a divider holds nothing": message({"type": "divider", "text": plain()}),
    "elements: 26": message(actions(*[button(action_id=str(n)) for n in range(26)])),
    "at least one wanted": message(actions()),
    "action_id 'press' twice": message(actions(button(), button())),
    "action_id: missing": message(actions({"type": "button", "text": plain()})),
    "action_id: 256": message(actions(button(action_id="x" * 256))),
    "elements[0].text: 76": message(actions(button(text=plain("x" * 76)))),
    "elements[0].text: must be plain_text": message(actions(button(text=mrkdwn()))),
    "value: 2001": message(actions(button(value="x" * 2001))),
    "url: 3001": message(actions(button(url="x" * 3001))),
    "accessibility_label: 76": message(actions(button(accessibility_label="x" * 76))),
    "is no style": message(actions(button(style="green"))),
    "options: 101": message(actions(select(options=[option(str(n)) for n in range(101)]))),
    "options[0].text: 76": message(actions(select(options=[option(words="x" * 76)]))),
    "options[0]: value: 76": message(actions(select(options=[option("x" * 76)]))),
    "a value twice": message(actions(select(options=[option(), option()]))),
    "none of the options": message(actions(select(initial_option=option("b")))),
    "placeholder: 151": message(actions(select(placeholder=plain("x" * 151)))),
}
BROKEN_VIEWS = {
    "is no modal": view(section(), type="page"),
    "title: missing": {"type": "modal", "blocks": [section()]},
    "title: 25": view(section(), title=plain("x" * 25)),
    "submit: 25": view(section(), submit=plain("x" * 25)),
    "close: must be plain_text": view(section(), close=mrkdwn()),
    "callback_id: 256": view(section(), callback_id="x" * 256),
    "private_metadata: 3001": view(section(), private_metadata="x" * 3001),
    "submit: missing": {"type": "modal", "title": plain(), "blocks": [asked(typed())]},
    "blocks: 101": view(*[section()] * 101),
    "label: no text object": view({"type": "input", "element": typed()}),
    "label: 2001": view(asked(typed(), label=plain("x" * 2001))),
    "hint: 2001": view(asked(typed(), hint=plain("x" * 2001))),
    "element: type None": view({"type": "input", "label": plain()}),
    "element: type 'button'": view(asked(button())),
    "initial_value: 3001": view(asked(typed(initial_value="x" * 3001))),
    "initial_value: 6": view(asked(typed(initial_value="x" * 6, max_length=5))),
    "initial_value: empty": view(asked(typed(initial_value=""))),
    "max_length: 3001": view(asked(typed(max_length=3001))),
    "element.placeholder: 151": view(asked(typed(placeholder=plain("x" * 151)))),
}


@pytest.mark.parametrize("reason", BROKEN)
def test_a_broken_message_is_reported(reason: str) -> None:
    assert reason in "; ".join(problems_of_message(BROKEN[reason]))


@pytest.mark.parametrize("reason", BROKEN_VIEWS)
def test_a_broken_view_is_reported(reason: str) -> None:
    assert reason in "; ".join(problems_of_view(BROKEN_VIEWS[reason]))

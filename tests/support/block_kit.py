"""What Slack would refuse: the limits of Block Kit as Slack documents them, since the stand-in checks none of them.

Written from the reference at docs.slack.dev; where an older page and a newer one differ, the stricter number is taken.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

Json = Mapping[str, Any]

_MESSAGE_BLOCKS = 50
_VIEW_BLOCKS = 100
#: Ours: Slack answers `msg_blocks_too_long` somewhere above this and says nowhere how it counts.
_MESSAGE_CHARACTERS = 10_000
#: Ours: Slack cuts the text of a message near 4,000 in places.
_TEXT = 3500
_TEXT_OBJECT = 3000
_ID = 255
_METADATA = 3000
_PLAIN_ONLY = "must be plain_text"


def problems_of_message(payload: Json) -> list[str]:
    """Everything that Slack, or we, would not take in a message."""
    return [*_message(payload)]


def problems_of_view(view: Json) -> list[str]:
    """Everything that Slack would not take in a modal."""
    return [*_view(view)]


def _size(words: str) -> int:
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def _message(payload: Json) -> Iterator[str]:
    text = payload.get("text")
    if not isinstance(text, str) or not text.strip():
        yield "text: missing"
    elif _size(text) >= _TEXT:
        yield f"text: {_size(text)} characters, under {_TEXT} wanted"
    blocks = payload.get("blocks", [])
    yield from _blocks(blocks, _MESSAGE_BLOCKS, _MESSAGE_TYPES)
    characters = _size(json.dumps(blocks, ensure_ascii=False, separators=(",", ":")))
    if characters >= _MESSAGE_CHARACTERS:
        yield f"blocks: {characters} characters, under {_MESSAGE_CHARACTERS} wanted"


def _view(view: Json) -> Iterator[str]:
    if view.get("type") not in ("modal", "home"):
        yield f"type: {view.get('type')!r} is no modal"
    if view.get("type") != "home" and "title" not in view:
        yield "title: missing"
    for name in ("title", "submit", "close"):
        if name in view:
            yield from _text(view[name], name, 24, plain=True)
    yield from _string(view, "callback_id", _ID)
    yield from _string(view, "private_metadata", _METADATA)
    blocks = view.get("blocks", [])
    if any(block.get("type") == "input" for block in blocks) and "submit" not in view:
        yield "submit: missing where there are inputs"
    yield from _blocks(blocks, _VIEW_BLOCKS, _VIEW_TYPES)


def _blocks(
    blocks: Sequence[Json], most: int, types: Mapping[str, Callable[[Json, str], Iterator[str]]]
) -> Iterator[str]:
    if not 1 <= len(blocks) <= most:
        yield f"blocks: {len(blocks)}, at most {most} and at least one wanted"
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    yield from (f"block_id: {name!r} twice" for name in sorted({name for name in ids if ids.count(name) > 1}))
    for number, block in enumerate(blocks):
        where = f"blocks[{number}]"
        yield from (f"{where}: {problem}" for problem in _string(block, "block_id", _ID))
        check = types.get(str(block.get("type")))
        if check is None:
            yield f"{where}: type {block.get('type')!r} has no place here"
        else:
            yield from check(block, where)


def _string(holder: Json, name: str, most: int, required: bool = False) -> Iterator[str]:
    value = holder.get(name)
    if value is None:
        if required:
            yield f"{name}: missing"
    elif not isinstance(value, str) or not value:
        yield f"{name}: empty or no text"
    elif _size(value) > most:
        yield f"{name}: {_size(value)} characters, at most {most}"


def _text(given: Any, where: str, most: int = _TEXT_OBJECT, plain: bool = False) -> Iterator[str]:
    if not isinstance(given, Mapping) or given.get("type") not in ("plain_text", "mrkdwn"):
        yield f"{where}: no text object"
        return
    words = given.get("text")
    if given["type"] == "mrkdwn":
        if plain:
            yield f"{where}: {_PLAIN_ONLY}"
        if "emoji" in given:
            yield f"{where}: emoji has no place in mrkdwn"
    elif "verbatim" in given:
        yield f"{where}: verbatim has no place in plain_text"
    if not isinstance(words, str) or not words.strip():
        yield f"{where}: empty text"
    elif _size(words) > most:
        yield f"{where}: {_size(words)} characters, at most {most}"
    elif re.search(r"[\ud800-\udfff]", words):
        yield f"{where}: half a character"


def _header(block: Json, where: str) -> Iterator[str]:
    yield from _text(block.get("text"), f"{where}.text", 150, plain=True)


def _section(block: Json, where: str) -> Iterator[str]:
    fields = block.get("fields", [])
    if "text" not in block and not fields:
        yield f"{where}: neither text nor fields"
    if "text" in block:
        yield from _text(block["text"], f"{where}.text")
    if len(fields) > 10:
        yield f"{where}.fields: {len(fields)}, at most 10"
    for number, given in enumerate(fields):
        yield from _text(given, f"{where}.fields[{number}]", 2000)
    if "accessory" in block:
        yield from _element(block["accessory"], f"{where}.accessory", _ACTION_TYPES | {"image": _image})


def _context(block: Json, where: str) -> Iterator[str]:
    elements = block.get("elements", [])
    if not 1 <= len(elements) <= 10:
        yield f"{where}.elements: {len(elements)}, at most 10 and at least one wanted"
    for number, given in enumerate(elements):
        at = f"{where}.elements[{number}]"
        yield from _image(given, at) if given.get("type") == "image" else _text(given, at)


def _actions(block: Json, where: str) -> Iterator[str]:
    elements = block.get("elements", [])
    if not 1 <= len(elements) <= 25:
        yield f"{where}.elements: {len(elements)}, at most 25 and at least one wanted"
    ids = [element.get("action_id") for element in elements]
    yield from (
        f"{where}: action_id {name!r} twice" for name in sorted({str(name) for name in ids if ids.count(name) > 1})
    )
    for number, given in enumerate(elements):
        yield from _element(given, f"{where}.elements[{number}]", _ACTION_TYPES)


def _input(block: Json, where: str) -> Iterator[str]:
    yield from _text(block.get("label"), f"{where}.label", 2000, plain=True)
    if "hint" in block:
        yield from _text(block["hint"], f"{where}.hint", 2000, plain=True)
    yield from _element(block.get("element", {}), f"{where}.element", _INPUT_TYPES)


def _image(block: Json, where: str) -> Iterator[str]:
    if "slack_file" not in block:
        yield from (f"{where}: {problem}" for problem in _string(block, "image_url", 3000, required=True))
    yield from (f"{where}: {problem}" for problem in _string(block, "alt_text", 2000, required=True))
    if isinstance(block.get("title"), Mapping):
        yield from _text(block["title"], f"{where}.title", 2000, plain=True)


def _divider(block: Json, where: str) -> Iterator[str]:
    if extra := sorted(set(block) - {"type", "block_id"}):
        yield f"{where}: a divider holds nothing ({', '.join(extra)})"


def _element(given: Json, where: str, types: Mapping[str, Callable[[Json, str], Iterator[str]]]) -> Iterator[str]:
    check = types.get(str(given.get("type")))
    if check is None:
        yield f"{where}: type {given.get('type')!r} has no place here"
        return
    if check is not _image:
        yield from (f"{where}: {problem}" for problem in _string(given, "action_id", _ID, required=True))
    yield from check(given, where)


def _button(given: Json, where: str) -> Iterator[str]:
    yield from _text(given.get("text"), f"{where}.text", 75, plain=True)
    for name, most in (("value", 2000), ("url", 3000), ("accessibility_label", 75)):
        yield from (f"{where}: {problem}" for problem in _string(given, name, most))
    if given.get("style", "primary") not in ("primary", "danger"):
        yield f"{where}.style: {given['style']!r} is no style"
    if "confirm" in given:
        for name, most in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
            yield from _text(given["confirm"].get(name), f"{where}.confirm.{name}", most, plain=name != "text")


def _static_select(given: Json, where: str) -> Iterator[str]:
    options = given.get("options", [])
    if not 1 <= len(options) <= 100:
        yield f"{where}.options: {len(options)}, at most 100 and at least one wanted"
    for number, option in enumerate(options):
        yield from _text(option.get("text"), f"{where}.options[{number}].text", 75, plain=True)
        yield from (f"{where}.options[{number}]: {problem}" for problem in _string(option, "value", 75, required=True))
    values = [option.get("value") for option in options]
    if len(set(values)) < len(values):
        yield f"{where}.options: a value twice"
    if "initial_option" in given and given["initial_option"] not in options:
        yield f"{where}.initial_option: none of the options"
    yield from _placeholder(given, where)


def _boxes(given: Json, where: str) -> Iterator[str]:
    options = given.get("options", [])
    if not 1 <= len(options) <= 10:
        yield f"{where}.options: {len(options)}, at most 10 and at least one wanted"
    for number, option in enumerate(options):
        yield from _text(option.get("text"), f"{where}.options[{number}].text", 75)
        if "description" in option:
            yield from _text(option["description"], f"{where}.options[{number}].description", 75)
        yield from (f"{where}.options[{number}]: {problem}" for problem in _string(option, "value", 75, required=True))
    first = given.get("initial_options", [given["initial_option"]] if "initial_option" in given else [])
    if any(one not in options for one in first):
        yield f"{where}.initial_options: none of the options"


def _file_input(given: Json, where: str) -> Iterator[str]:
    if not 1 <= given.get("max_files", 10) <= 10:
        yield f"{where}.max_files: {given['max_files']}, from 1 to 10 wanted"
    if not 1 <= len(given.get("filetypes", ["any"])) <= 25:
        yield f"{where}.filetypes: at most 25 and at least one wanted"


def _datepicker(given: Json, where: str) -> Iterator[str]:
    day = given.get("initial_date")
    if day is not None and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(day)):
        yield f"{where}.initial_date: {day!r} is no date like 2015-11-25"
    yield from _placeholder(given, where)


def _plain_text_input(given: Json, where: str) -> Iterator[str]:
    most = given.get("max_length", 3000)
    if not 1 <= most <= 3000:
        yield f"{where}.max_length: {most}, from 1 to 3000 wanted"
    yield from (f"{where}: {problem}" for problem in _string(given, "initial_value", min(most, 3000)))
    yield from _placeholder(given, where)


def _placeholder(given: Json, where: str) -> Iterator[str]:
    if "placeholder" in given:
        yield from _text(given["placeholder"], f"{where}.placeholder", 150, plain=True)


_MESSAGE_TYPES: Mapping[str, Callable[[Json, str], Iterator[str]]] = {
    "header": _header,
    "section": _section,
    "context": _context,
    "actions": _actions,
    "divider": _divider,
    "image": _image,
}
_VIEW_TYPES = {**_MESSAGE_TYPES, "input": _input}
_ACTION_TYPES: dict[str, Callable[[Json, str], Iterator[str]]] = {"button": _button, "static_select": _static_select}
_INPUT_TYPES: dict[str, Callable[[Json, str], Iterator[str]]] = {
    "plain_text_input": _plain_text_input,
    "static_select": _static_select,
    "multi_static_select": _static_select,
    "checkboxes": _boxes,
    "radio_buttons": _boxes,
    "datepicker": _datepicker,
    "file_input": _file_input,
}

"""The pieces a Slack message is made of, each as a block and as words. Pure; the limits are Slack's.

Nothing outside this room makes a text object, so every word on its way to Slack passes `mrkdwn`.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.slack.mrkdwn import Line, Piece, Strong, cost, length, marked, plain, spoken

Block = dict[str, object]
Entry = Sequence[Line]

#: Under Slack's 3,000 for a section, 150 for a header and 75 for a button.
_SECTION = 2900
_HEADER = 140
_BUTTON = 75
_BUTTONS = 25
#: What a phone shows of a button before it cuts; longer labels stand above the buttons in full.
_BUTTON_ON_A_PHONE = 30
#: What is asked before a press counts.
_CONFIRM_TITLE, _CONFIRM_TEXT = 100, 300
#: All blocks of a message as JSON: Slack refused some below 13,000 characters and says nowhere how it counts.
_MESSAGE = 9600
_BLOCKS = 50
#: The top-level text.
_TEXT = 3400
_MORE_IN_MESSAGE = "The rest stands in the message itself."


@dataclass(frozen=True)
class Room:
    """How much of each list is shown and how long a line may be; `brief` figures get a line instead of a section."""

    owed: int
    recorded: int
    brief: int
    questions: int
    choices: int
    lines: int
    words: int


#: From roomy to cramped: a message takes the first in which it fits, and everything fits in the last.
ROOMS = (
    Room(owed=60, recorded=10, brief=40, questions=10, choices=12, lines=10, words=1500),
    Room(owed=60, recorded=10, brief=40, questions=10, choices=12, lines=10, words=300),
    Room(owed=60, recorded=10, brief=30, questions=6, choices=8, lines=10, words=160),
    Room(owed=40, recorded=10, brief=20, questions=3, choices=6, lines=10, words=120),
    Room(owed=20, recorded=6, brief=10, questions=3, choices=6, lines=6, words=90),
    Room(owed=10, recorded=5, brief=5, questions=2, choices=4, lines=5, words=60),
)


@dataclass(frozen=True)
class Part:
    """A piece of a message: a block, where there is something to see, and the same in words."""

    block: Block | None
    words: tuple[str, ...]


@dataclass(frozen=True)
class Button:
    """Something to press; `sure` is what is asked before it counts."""

    label: str
    action: str
    value: str
    primary: bool = False
    sure: str = ""

    @property
    def crowded(self) -> bool:
        """Whether a phone would cut the label."""
        return cost(self.label) > _BUTTON_ON_A_PHONE


def line(*pieces: Piece) -> Line:
    """A line of pieces that follow each other without a gap."""
    return pieces


def plain_text(words: str, most: int) -> Block:
    """A plain_text object in which ":name:" stays as it was typed."""
    return {"type": "plain_text", "text": plain(words, most), "emoji": False}


def heading(words: str, said: str) -> Part:
    """A headline; `said` is what it is in the top-level text, where it comes first in a notification."""
    text = plain_text(words, _HEADER)
    return Part({"type": "header", "text": text} if text["text"] else None, (spoken((said,), _SECTION),))


def rule() -> Part:
    """A line between what was said and what is asked."""
    return Part({"type": "divider"}, ())


def section(lines: Iterable[Line], most: int) -> list[Part]:
    """Lines that belong together."""
    return listed("", [tuple(lines)], most)


def listed(title: str, entries: Iterable[Entry], most: int, gap: bool = False) -> list[Part]:
    """A titled list in as few sections as hold it; `gap` puts an empty line between its entries."""
    head = [(Strong(title),)] if title else []
    shown = [marked(given, most) for given in head]
    parts: list[Part] = []
    said = [spoken(given, most) for given in head]
    for number, unit in enumerate(unit for entry in entries for unit in _units(entry, most)):
        words = "\n".join(filter(None, (marked(given, most) for given in unit)))
        if shown and length("\n".join([*shown, words])) > _SECTION:
            parts.append(_section(shown, said))
            shown, said = [], []
        shown += [""] * (gap and number > 0 and bool(shown)) + [words] * bool(words)
        said += [spoken(given, most) for given in unit]
    return [*parts, _section(shown, said)] if shown else parts


def saying(lines: Iterable[Line], parts: Sequence[Part], most: int) -> list[Part]:
    """Parts whose words are these lines, where not all of what is said has to be seen."""
    words = tuple(spoken(given, most) for given in lines)
    return [replace(part, words=() if number else words) for number, part in enumerate(parts)]


def _units(entry: Entry, most: int) -> list[Entry]:
    """An entry, which stays together in a section where one can hold it at all; otherwise its lines."""
    whole = sum(length(marked(given, most)) + 1 for given in entry) <= _SECTION
    return [entry] if whole else [(given,) for given in entry]


def _section(shown: Sequence[str], said: Sequence[str]) -> Part:
    # Without `expand` Slack folds a long section behind "See more", and half of what is owed with it.
    block: Block = {"type": "section", "text": _mrkdwn("\n".join(shown)), "expand": True}
    return Part(block, tuple(said))


def small(lines: Sequence[Line], most: int) -> Part:
    """The small print."""
    shown = [marked(given, most) for given in lines]
    block: Block = {"type": "context", "elements": [_mrkdwn("\n".join(shown))]}
    return Part(block, tuple(spoken(given, most) for given in lines))


def buttons(given: Sequence[Button], block_id: str = "") -> Part:
    """A row of buttons; what they are for stands in the words beside them. A press brings the `block_id` back."""
    block: Block = {"type": "actions", "elements": [_button(button) for button in given[:_BUTTONS]]}
    return Part({**block, "block_id": block_id} if block_id else block, ())


def beside(part: Part, button: Button) -> Part:
    """A section with a button at its side."""
    return replace(part, block={**(part.block or {}), "accessory": _button(button)})


def _button(button: Button) -> Block:
    block: Block = {
        "type": "button",
        "text": plain_text(button.label, _BUTTON),
        "action_id": button.action,
        "value": button.value,
    }
    if button.primary:
        block["style"] = "primary"
    return {**block, "confirm": _confirm(button)} if button.sure else block


def _confirm(button: Button) -> Block:
    return {
        "title": plain_text(f"{button.label}?", _CONFIRM_TITLE),
        "text": plain_text(button.sure, _CONFIRM_TEXT),
        "confirm": plain_text(button.label, _BUTTON_ON_A_PHONE),
        "deny": plain_text("Cancel", _BUTTON_ON_A_PHONE),
    }


def _mrkdwn(words: str) -> Block:
    # verbatim: Slack must not look for links, channels and names in what people wrote.
    return {"type": "mrkdwn", "text": words, "verbatim": True}


def blocks_of(parts: Sequence[Part]) -> list[Block]:
    """The blocks to send."""
    return [part.block for part in parts if part.block is not None]


def fits(blocks: Sequence[Block]) -> bool:
    """Whether Slack takes these blocks in one message."""
    size = length(json.dumps(blocks, ensure_ascii=False, separators=(",", ":")))
    return len(blocks) <= _BLOCKS and size <= _MESSAGE


def words_of(parts: Sequence[Part]) -> str:
    """The top-level text: the whole message in words, or as much of it as is sensible to read out."""
    kept: list[str] = []
    room = _TEXT
    for said in (said for part in parts for said in part.words if said):
        room -= length(said) + 1
        if room < 0:
            return "\n".join([*kept, _MORE_IN_MESSAGE])
        kept.append(said)
    return "\n".join(kept)


def a_line_each(words: Sequence[str], most: int, mark: str = "• ") -> list[list[Line]]:
    """A line for each, and how many more there are."""
    shown = [[line(mark, given)] for given in words[:most]]
    return [*shown, [line(f"and {len(words) - most} more.")]] if len(words) > most else shown


def titled(title: str, words: Sequence[str], room: Room) -> list[Part]:
    """A list under a title, with how many more there are; nothing where it is empty."""
    return listed(title, a_line_each(words, room.lines), room.words) if words else []

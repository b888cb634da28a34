"""The second page of a form: "Is this right?", for what is unusual and may be right. Pure.

What comes back stands under `right:CODE` ("yes" or "no") and `instead:CODE`, the figure that is right instead.
"""

from collections.abc import Sequence

from bot.slack.blocks import Block, blocks_of, line, plain_text, section
from bot.slack.mrkdwn import Strong
from bot.slack.view import ACTION
from collector.desk import Doubt
from collector.domain.period import Quarter

CALLBACK = "is_it_right"
RIGHT, INSTEAD = "right:", "instead:"
YES, NO = "yes", "no"
#: Three blocks each, below the first; the rest is asked about in a message.
MOST = 30
_REASONS = 3
_TITLE, _LABEL, _OPTION, _WORDS, _FIELD = 24, 200, 75, 600, 300


def doubt_view(doubts: Sequence[Doubt], metadata: str, period: Quarter) -> dict[str, object]:
    """Each figure as it was understood, why it is asked about, and the two ways to answer."""
    first = line(f"{period}. Nothing is sent yet. This is unusual and may be right: say so, or give the right figure.")
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": plain_text("Is this right?", _TITLE),
        "submit": plain_text("Send", _TITLE),
        "close": plain_text("Cancel", _TITLE),
        "private_metadata": metadata,
        "blocks": [
            *blocks_of(section([first], _WORDS)),
            *(block for doubt in doubts[:MOST] for block in _asked(doubt)),
        ],
    }


def _asked(doubt: Doubt) -> list[Block]:
    told = any(words.startswith("You gave") for words in doubt.reasons)
    given = [] if told else [line(f"You gave {doubt.figure}.")]
    why = [line(Strong(doubt.code), f" {doubt.title}"), *given, *map(line, doubt.reasons[:_REASONS])]
    options = [_option(YES, f"Yes, {doubt.figure} is right"), _option(NO, "No, the right figure is below")]
    radio: Block = {"type": "radio_buttons", "action_id": ACTION, "options": options}
    typed: Block = {"type": "plain_text_input", "action_id": ACTION, "multiline": False, "max_length": _FIELD}
    return [
        *blocks_of(section(why, _WORDS)),
        _input(RIGHT + doubt.code, f"Is {doubt.code} right?", radio, optional=False),
        _input(INSTEAD + doubt.code, f"{doubt.code}, the right figure", typed, optional=True),
    ]


def _option(value: str, words: str) -> Block:
    return {"text": plain_text(words, _OPTION), "value": value}


def _input(block_id: str, label: str, element: Block, optional: bool) -> Block:
    return {
        "type": "input",
        "block_id": block_id,
        "optional": optional,
        "label": plain_text(label, _LABEL),
        "element": element,
    }

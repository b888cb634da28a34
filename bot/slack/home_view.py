"""The home tab: somebody's own page, with what they can do about each line. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from bot import phrases
from bot.slack.blocks import ROOMS, Block, Button, Part, blocks_of, buttons, heading, line, rule, section, small
from bot.slack.modals import ASK, say, ways_to_answer
from bot.slack.mrkdwn import Strong
from bot.slack.posts import OPEN_FORM
from bot.slack.summaries import board
from collector.home import Home, HomeLine, HomePart, Press

#: A press that asks for a word first: its template is its value, what it asks is its label's own business.
ASK_WHY = f"{ASK}why:"
_BLOCKS = 100
_WORDS = 600
_MOST_LINES = 30


def home_view(home: Home) -> dict[str, object]:
    """What is shown; what does not fit is counted, never dropped in silence."""
    parts: list[Part] = [heading(home.headline, home.headline)]
    if home.board is not None:
        parts = board(home.board, ROOMS[0], home.to)
    for number, part in enumerate(home.parts):
        parts += _part(part, number)
        if number == 0 and home.sheet is not None:
            parts.append(_ways(home, part))
    if not home.parts and home.board is None:
        parts += section([line("There is nothing for you to do here.")], _WORDS)
    return {"type": "home", "blocks": _bounded(blocks_of(parts))}


def refusal_home(words: str) -> dict[str, object]:
    """What somebody sees who is not on the list."""
    return {"type": "home", "blocks": blocks_of(section([line(words)], _WORDS))}


def _bounded(blocks: list[Block]) -> list[Block]:
    if len(blocks) <= _BLOCKS:
        return blocks
    more = "There is more than fits here. Write to us: status"
    return [*blocks[: _BLOCKS - 1], *blocks_of(section([line(more)], _WORDS))]


def _ways(home: Home, owed: HomePart) -> Part:
    fill = Button("Fill in" if owed.lines else "Change a figure", OPEN_FORM, "home", bool(owed.lines))
    return buttons([fill, *(ways_to_answer(home.sheet) if owed.lines else [])])


def _part(part: HomePart, number: int) -> list[Part]:
    shown: Sequence[HomeLine] = part.lines[:_MOST_LINES]
    parts = [rule(), *section([line(Strong(part.title))], _WORDS)]
    plain: list[HomeLine] = []
    for place, given in enumerate(shown):
        if not given.presses:
            plain.append(given)
            continue
        parts += _together(plain)
        plain = []
        parts += section([line(given.words)], _WORDS)
        parts.append(buttons([_button(press, f"{number}.{place}") for press in given.presses]))
    parts += _together(plain)
    if not shown:
        parts.append(small([line(part.empty)], _WORDS))
    if len(part.lines) > len(shown):
        parts.append(small([line(f"and {len(part.lines) - len(shown)} more.")], _WORDS))
    if part.presses and part.unless_whole and len(part.lines) > len(shown):
        parts.append(small([line(part.unless_whole)], _WORDS))
    elif part.presses:
        parts.append(buttons([_button(press, f"{number}") for press in part.presses]))
    return parts


def _together(lines: Sequence[HomeLine]) -> list[Part]:
    return section([line("• ", phrases.one_line(given.words)) for given in lines], _WORDS) if lines else []


def _button(press: Press, place: str) -> Button:
    if press.asks:
        return Button(press.label, f"{ASK_WHY}{place}:{press.asks}"[:250], press.says, press.first)
    return replace(say(press.label, press.says, f"{place}:{press.label}", press.first), sure=press.sure)

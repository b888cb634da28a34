"""The home tab: somebody's own page, with what they can do about each line. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from bot import phrases
from bot.slack.blocks import ROOMS, Button, Part, beside, blocks_of, buttons, heading, line, rule, section, small
from bot.slack.modals import ask, say, ways_to_answer
from bot.slack.mrkdwn import Strong
from bot.slack.posts import OPEN_FORM
from bot.slack.summaries import board
from collector.home_parts import Home, HomeLine, HomePart, Press
from collector.messages import Sheet

_BLOCKS = 100
_WORDS = 600
#: Lines that only say something are many to a block.
_MOST_SAID = 100
#: So many lines with presses are shown of each part: of the first number with which the page fits.
_MOST_PRESSED = (75, 40, 20, 12, 8, 5, 3, 1)
_ANSWERED = "What you press here is answered in Messages."


def home_view(home: Home, notice: str = "") -> dict[str, object]:
    """What is shown, under a `notice` where there is one; what does not fit is counted, never dropped in silence."""
    for most in _MOST_PRESSED:
        blocks = blocks_of(_parts(home, most, notice))
        if len(blocks) <= _BLOCKS:
            break
    return {"type": "home", "blocks": blocks[:_BLOCKS]}


def refusal_home(words: str) -> dict[str, object]:
    """What somebody sees who is not on the list."""
    return {"type": "home", "blocks": blocks_of(section([line(words)], _WORDS))}


def _parts(home: Home, most: int, notice: str) -> list[Part]:
    parts = section([line(Strong(notice))], _WORDS) if notice else []
    parts += board(home.board, ROOMS[0], home.to) if home.board else [heading(home.headline, home.headline)]
    if home.told:
        parts.append(small([line(home.told)], _WORDS))
    for number, part in enumerate(home.parts):
        parts += _part(part, number, most, home.sheet if number == 0 else None)
    if not home.parts and home.board is None:
        parts += section([line("There is nothing for you to do here.")], _WORDS)
    if any(part.presses or any(one.presses for one in part.lines) for part in home.parts):
        parts += [rule(), small([line(_ANSWERED)], _WORDS)]
    return parts


def _ways(sheet: Sheet, owes: bool) -> Part:
    fill = Button("Fill in" if owes else "Change a figure", OPEN_FORM, "home", owes)
    return buttons([fill, *(ways_to_answer(sheet) if owes else [])])


def _part(part: HomePart, number: int, most: int, sheet: Sheet | None) -> list[Part]:
    """A part with its presses; `sheet` is what can be filled in from it."""
    shown = _first_of(part.lines, most)
    parts = [rule(), *section([line(Strong(part.title))], _WORDS)]
    if part.note:
        parts.append(small([line(part.note)], _WORDS))
    plain: list[HomeLine] = []
    for place, given in enumerate(shown):
        if not given.presses:
            plain.append(given)
            continue
        parts += [*_together(plain), *_pressed(given, f"{number}.{place}")]
        plain = []
    parts += _together(plain)
    whole = len(shown) == len(part.lines)
    if not whole:
        parts.append(small([line(f"and {len(part.lines) - len(shown)} more. {part.rest}")], _WORDS))
    elif not shown:
        parts.append(small([line(part.empty)], _WORDS))
    if part.presses and (whole or part.presses_in_part):
        parts.append(buttons([_button(press, f"{number}") for press in part.presses]))
    return [*parts, _ways(sheet, bool(part.lines))] if sheet else parts


def _first_of(lines: Sequence[HomeLine], most: int) -> list[HomeLine]:
    """The lines there is room for: those with presses take a block and more each."""
    shown: list[HomeLine] = []
    for given in lines[:_MOST_SAID]:
        most -= bool(given.presses)
        if most < 0:
            break
        shown.append(given)
    return shown


def _pressed(given: HomeLine, place: str) -> list[Part]:
    """A line and its presses: one stands beside it, several below."""
    words = section([line(given.words)], _WORDS)
    pressed = [_button(press, place) for press in given.presses]
    if len(pressed) == 1 and len(words) == 1:
        return [beside(words[0], pressed[0])]
    return [*words, buttons(pressed)]


def _together(lines: Sequence[HomeLine]) -> list[Part]:
    return section([line("• ", phrases.one_line(given.words)) for given in lines], _WORDS) if lines else []


def _button(press: Press, place: str) -> Button:
    if press.asks:
        return ask(press.label, press.says, press.asks, place)
    return replace(say(press.label, press.says, f"{place}:{press.label}", press.first), sure=press.sure)

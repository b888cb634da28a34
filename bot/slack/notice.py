"""A notice as Slack shows it: paragraphs apart, short lines that make a list together. Pure."""

from collections.abc import Sequence

from bot import phrases
from bot.slack.blocks import Part, Room, a_line_each, heading, listed, small
from bot.slack.mrkdwn import Line, Strong
from collector.messages import Notice

#: What is no longer is a line of a list, in characters.
_SHORT = 80


def notice(message: Notice, room: Room, foot: list[Line]) -> list[Part]:
    """The parts of the post; what does not fit is counted."""
    headline = phrases.subject_of(message)
    entries = _together(a_line_each(message.paragraphs, room.owed, ""))
    return [heading(headline, headline), *listed("", entries, room.words, gap=True), small(foot, room.words)]


def _together(entries: Sequence[Sequence[Line]]) -> list[list[Line]]:
    kept: list[list[Line]] = []
    for entry in entries:
        if kept and all(_is_short(given) for given in (*kept[-1], *entry)):
            kept[-1] += entry
        else:
            kept.append(list(entry))
    return kept


def _is_short(given: Line) -> bool:
    return sum(len(piece.words if isinstance(piece, Strong) else piece) for piece in given) <= _SHORT

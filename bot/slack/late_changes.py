"""What changed after a round was closed, as it stands below the board: a short post, a line for each."""

from bot.slack.blocks import Part, Room, line, listed, small
from collector.messages import LateChanges


def late_changes(message: LateChanges, room: Room, foot: str) -> list[Part]:
    """The parts of the post; what does not fit is counted."""
    entries = [[line(words)] for words in message.lines[: room.owed]]
    if len(message.lines) > room.owed:
        entries.append([line(f"and {len(message.lines) - room.owed} more, on the board.")])
    return [*listed("", entries, room.words), small([line(foot)], room.words)]

"""Words to quantities to figures: the free-text reader."""

from collector.domain.submission import Reading, ReadingTask
from parsers.figures.reader import TextReader


def read(text: str, task: ReadingTask) -> Reading:
    """Read a whole message: what is certain, what is asked, what was left unread."""
    return TextReader().read(text, task)


__all__ = ["TextReader", "read"]

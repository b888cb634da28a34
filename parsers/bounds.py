"""How much of a message's words is read: enough for any person, and so little that a bomb takes no more than a second.

Mail that people write has a few hundred lines; what takes time is not size but lines, and in a page its tags.
"""

import re
from dataclasses import dataclass
from itertools import islice

LONGEST_TEXT = 1_000_000
MOST_LINES = 20_000
MOST_TAGS = 40_000
_ONLY_BEGINNING = "The formatted email is very long; only its beginning was read."
_ONLY_LINES = f"The text is very long; only its first {MOST_LINES:,} lines, or {LONGEST_TEXT:,} characters, were read."
#: Where a page may be cut without cutting a figure in two.
_BLOCKS = ("<p", "<div", "<tr", "<br", "\n")
_TAG = re.compile("<")


@dataclass
class Room:
    """What may still be read of a message, all its parts together; what is read is taken off."""

    characters: int = LONGEST_TEXT
    lines: int = MOST_LINES
    page: int = LONGEST_TEXT
    tags: int = MOST_TAGS

    def for_text(self, text: str) -> tuple[str, tuple[str, ...]]:
        """The beginning of a text that there is room for, and what its sender is told if that is not all."""
        kept, told = _bounded(text, self.characters, self.lines)
        self.characters -= len(kept)
        self.lines -= kept.count("\n")
        return kept, told

    def for_page(self, page: str) -> tuple[str, tuple[str, ...]]:
        """The beginning of a page, mark-up and all, and what its sender is told: its newest words stand first."""
        at = next(islice(_TAG.finditer(page, 0, self.page), max(self.tags, 0), None), None)
        kept = page[: at.start() if at else self.page]
        if len(kept) < len(page):
            kept = _up_to_a(_BLOCKS, kept)
        self.page -= len(kept)
        self.tags -= kept.count("<")
        return kept, () if len(kept) == len(page) else (_ONLY_BEGINNING,)


def bounded_text(text: str) -> tuple[str, tuple[str, ...]]:
    """The text up to the longest that is read, and the defect that says so if it was longer."""
    return _bounded(text, LONGEST_TEXT, MOST_LINES)


def _bounded(text: str, characters: int, lines: int) -> tuple[str, tuple[str, ...]]:
    if len(text) <= characters and text.count("\n") <= lines:
        return text, ()
    kept = text[: max(characters, 0)]
    too_tall = kept.count("\n") > lines
    kept = "\n".join(kept.split("\n", lines)[:lines]) if too_tall else _up_to_a(("\n", " "), kept)
    return kept, (_ONLY_LINES,)


def _up_to_a(breaks: tuple[str, ...], kept: str) -> str:
    """What was cut off anywhere, cut at a break near its end instead, so that no figure is cut in two."""
    at = max(kept.rfind(one, len(kept) * 9 // 10) for one in breaks)
    return kept[:at] if at >= 0 else kept

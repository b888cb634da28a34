"""Pictures that may show figures, told apart from the logos in signatures. None of them is read."""

import re
from dataclasses import dataclass

from parsers.charsets import one_line
from parsers.markup import page_text
from parsers.reply import own_words

#: Lines, dots and logos are smaller, in bytes.
_SMALL = 5_000
_MOST_NAMED = 5
_DECORATION = re.compile(
    r"(image|picture|oledata|outlook|att|logo|icon|sign|banner|footer|header|facebook|twitter|linkedin|instagram)", re.I
)


@dataclass(frozen=True)
class Picture:
    """A picture as it came: its name for showing, the id by which a page shows it, and whether it was attached."""

    name: str
    content_id: str
    attached: bool
    size: int


def telling(pictures: list[Picture], pages: list[str], own: str) -> tuple[str, ...]:
    """The names of those that somebody attached, and of those pasted in instead of figures; `own` are their words."""
    shown = _pasted(pictures, pages) if not any(map(str.isdigit, own)) else set()
    named = [one.name for one in pictures if one.size >= _SMALL and (_is_a_file(one) or one.content_id in shown)]
    return tuple(dict.fromkeys(one_line(name, 80) for name in named[:_MOST_NAMED]))


def _is_a_file(picture: Picture) -> bool:
    return picture.attached and not picture.content_id and not _DECORATION.match(picture.name)


def _pasted(pictures: list[Picture], pages: list[str]) -> set[str]:
    """The ids of the pictures that stand among the sender's own words, not in a quotation and not in a signature."""
    wanted = {one.content_id for one in pictures if one.content_id}
    if not wanted:
        return set()
    text = "\n".join(own_words(page_text(page, pictures=True), forwarded=False) for page in pages)
    return {content_id for content_id in wanted if f"[cid:{content_id}]" in text}

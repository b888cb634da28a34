"""The same words in several forms: which is read, and what happens when they are not the same words."""

import re

from parsers.markup import CELL
from parsers.reply import own_words

_PLACEHOLDER = re.compile(
    r"\bhtml\b.{0,80}\b(view|viewer|client|support|format|display)|(view|support).{0,80}\bhtml\b", re.I
)
_NUMBER = re.compile(r"\d[\d.,]*")
# Mail programs write out in plain text where a link leads and which picture stood there.
_ADDRESSES = re.compile(
    r"<[^<>\s]{1,2000}>|\[(?:cid|image):[^\]\n]{0,500}\]|(?:https?|ftp)://\S+|\bwww\.\S+|[^\s@<>]{1,64}@[^\s<>]{1,255}",
    re.I,
)
_LIST_NUMBER = re.compile(r"^[ \t]*\d{1,2}[.)][ \t]", re.M)
_MOST_SHOWN = 10


def one_of(plain: str, page: str, source: str) -> tuple[str, tuple[str, ...]]:
    """What is read of a plain text and a page that should say the same, and what the sender is told.

    Of the same words the plain form is taken, unless it is empty or has torn up a table of figures. Where the sender's
    own words hold other numbers in one form than in the other, neither is taken.
    `source` is the page as it was written: what is struck out or hidden there is no difference.
    """
    if not page.strip():
        return plain, ()
    if not says_something(plain):
        return page, ()
    if _tears_a_table(plain, page):
        return page, ()
    return _same(plain, page, source)


def says_something(text: str) -> bool:
    """Whether there is a word or a number in it, and not only the hint to use another program."""
    words = text.strip()
    return any(map(str.isalnum, words[:10_000])) and not (len(words) < 300 and _PLACEHOLDER.search(words))


def _same(plain: str, page: str, source: str) -> tuple[str, tuple[str, ...]]:
    """The plain form, unless the sender's own words hold a number in one form that the other has nowhere."""
    own_plain, own_page = (_numbers(_LIST_NUMBER.sub("", own_words(one, forwarded=False))) for one in (plain, page))
    differing = (own_page - _numbers(plain)) | (own_plain - _numbers(page) - _numbers(source))
    if not differing:
        return plain, ()
    shown = ", ".join(sorted(differing)[:_MOST_SHOWN])
    return "", (
        "Your email holds its text twice, as plain text and as a formatted page, and only one of them has "
        f"{shown}. Nothing was taken from either: reply with the figures.",
    )


def _numbers(text: str) -> set[str]:
    return {found.rstrip(".,") for found in _NUMBER.findall(_ADDRESSES.sub(" ", text))}


def _tears_a_table(plain: str, page: str) -> bool:
    """Whether the sender's own words hold a row with a number that the plain form has spread over several lines."""
    if CELL not in page:
        return False
    rows = [row.split(CELL) for row in own_words(page, forwarded=False).split("\n") if CELL in row]
    lines = {" ".join(line.split()) for line in plain.split("\n")}
    return any(any(map(str.isdigit, "".join(row))) and not _has_row(lines, row) for row in rows[:50])


def _has_row(lines: set[str], row: list[str]) -> bool:
    cells = [" ".join(cell.split()) for cell in row if cell.strip()]
    return any(all(cell in line for cell in cells) for line in lines)

"""Words as Slack may show them: people's text stays text, whatever Slack's markup would make of it.

Slack reads `<` and `&` as the beginning of a mention, a link or an entity, and `* _ ~ `` :name:` as formatting and
emoji. The first are escaped as Slack asks; for the others there is no escape, so each becomes the character that looks
like it and means nothing. The books keep the words as they were typed.
"""

import re
from dataclasses import dataclass

from bot.phrases import one_line

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
#: Signs that format wherever they stand; an underscore does so only at a word's edge, a colon only around a name.
_LOOKALIKES = str.maketrans(
    {"*": "\N{ASTERISK OPERATOR}", "~": "\N{TILDE OPERATOR}", "`": "\N{MODIFIER LETTER GRAVE ACCENT}"}
)
_LIKE_UNDERSCORE = "\N{MODIFIER LETTER LOW MACRON}"
_LIKE_COLON = "\N{RATIO}"
_LIKE_AT = "\N{FULLWIDTH COMMERCIAL AT}"
_LIKE_LESS = "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}"
_LIKE_MORE = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
_EDGE_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
#: ":name:" but not the middle of "at 14:06: fine".
#: At the end of a piece the colon that closes it may be ours.
_EMOJI_COLON = re.compile(r"(?<!\d):(?=[\w+'-]+(?::|$))|:(?!\d+:)(?=[\w+'-]+:)")
_GROUP_MENTION = re.compile(r"@(?=here|channel|everyone|group)", re.IGNORECASE)
#: In plain text nothing is read as markup, but "<5" has to stay as it is: only what looks like a tag is turned.
_TAG = re.compile(r"<(?=[^\s\d=])")
_CUT = " …"


@dataclass(frozen=True)
class Strong:
    """Words that are shown in bold."""

    words: str


Piece = str | Strong
Line = tuple[Piece, ...]


def length(words: str) -> int:
    """How many characters Slack counts in a text as it is sent: an emoji is two."""
    return len(words) + sum(char > "\uffff" for char in words)


def cost(words: str) -> int:
    """How many characters words come to once they are escaped for Slack and for JSON."""
    return len(words) + sum(_extra(char) for char in words if char in '&<>"\\' or char > "\uffff")


def _extra(char: str) -> int:
    return len(_ENTITIES.get(char, "  ")) - 1


def cut(words: str, most: int) -> str:
    """Words that cost no more than `most`, with a sign where something was left off."""
    if cost(words) <= most:
        return words
    room = most - len(_CUT)
    for index, char in enumerate(words):
        room -= cost(char)
        if room < 0:
            return words[:index].rstrip() + _CUT
    return words


def inert(words: str) -> str:
    """Words that mean nothing as mrkdwn, whoever wrote them."""
    turned = _EDGE_UNDERSCORE.sub(_LIKE_UNDERSCORE, words.translate(_LOOKALIKES))
    turned = _GROUP_MENTION.sub(_LIKE_AT, _EMOJI_COLON.sub(_LIKE_COLON, turned))
    return "".join(_ENTITIES.get(char, char) for char in turned)


def plain(words: str, most: int) -> str:
    """One line for a plain_text object, where Slack reads no markup: cut, and without what looks like a tag."""
    return _TAG.sub(_LIKE_LESS, cut(one_line(words), most))


def marked(line: Line, most: int) -> str:
    """A line as mrkdwn."""
    fitted = ((inert(words), strong) for words, strong in _fitted(line, most))
    return _unquoted("".join(f"*{words}*" if strong and words else words for words, strong in fitted))


def spoken(line: Line, most: int) -> str:
    """A line without any formatting, for the text that notifications, search and screen readers take."""
    return _unquoted("".join(inert(words) for words, _ in _fitted(line, most)))


def _unquoted(words: str) -> str:
    """A line that doesn't begin as a quotation does."""
    kept = words.strip()
    return _LIKE_MORE + kept.removeprefix("&gt;") if kept.startswith("&gt;") else kept


def _fitted(line: Line, most: int) -> list[tuple[str, bool]]:
    """The pieces that fit, each collapsed to one line, with whether it is strong."""
    fitted = []
    for piece in line:
        strong = isinstance(piece, Strong)
        words = cut(one_line(piece.words) if isinstance(piece, Strong) else _collapsed(piece), max(most, 0))
        fitted.append((words, strong))
        most -= cost(words)
        if words.endswith(_CUT):
            break
    return fitted


def _collapsed(words: str) -> str:
    """One line that keeps a space at either end, where the next piece begins."""
    kept = one_line(words)
    return " " * words.startswith(" ") + kept + " " * (words.endswith(" ") and bool(kept))

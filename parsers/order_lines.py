"""A line as an order is looked for in it: without bullets, greetings, courtesies and the pictures around it. Pure."""

import re
import unicodedata

_BULLET = re.compile(r"^(?:[\u2022\u00b7\u25aa\u2023\u25cf\u25e6*+\u2013\u2014-]\s+|\(?\d{1,2}[.)]\s+)+")
_EMPHASIS = re.compile(r"^([*_]{1,3})(?=[^\s*_])(.+)\1$")
_SMILEY = re.compile(r"(?:\s*[:,;-])?(?:\s*(?::[a-z0-9_+-]{2,30}:|[:;]-?[)D(P]))+\s*$", re.IGNORECASE)
_NAME = r"(?:\b[^,:!.?;\u2013\u2014-]{0,40})"
_HELLO = (
    r"(?:(?:hi|hello|hey|dear|hiya)\b|good (?:morning|afternoon|evening|day)\b|(?:morning|afternoon|evening)\b(?! of))"
)
# Said around an order: "Hi Sam - could you ... please. Thanks".
_BEFORE = re.compile(
    rf"^(?:{_HELLO}{_NAME}(?:[,:!.]| [\u2013\u2014-]) ?|(?:hi|hello|hey) (?=please|pls|can|could|would))?"
    r"(?:@?collector[,:!]? )?(?:(?:ok(?:ay)?|yes|right|and|great|fine)[,.!]? |thanks[,.!] )*",
    re.IGNORECASE,
)
_ASKS = re.compile(r"(?:please |pls |kindly |just )*(?:can|could|would|will) you (?:please |kindly |just )*", re.I)
_KINDLY = re.compile(r"(?:please |pls |kindly |(?:i'd|i would) like (?:you )?to |just )*", re.IGNORECASE)
_AFTER = re.compile(
    r"(?:[,.!]? ?(?:please|pls|thanks|thank you|thx|many thanks|cheers|regards|kind regards|now"
    r"|(?:thanks|thank you),? [a-z]{2,20}))*[ .!]*$",
    re.IGNORECASE,
)


def plainly(line: str) -> str:
    """The words of a line that can be an order. A question mark goes only where somebody asks for something."""
    words = " ".join(_without_pictures(line).replace("\u2019", "'").replace("\u2018", "'").split())
    words = _SMILEY.sub("", _BULLET.sub("", words))
    words = _EMPHASIS.sub(r"\2", words)
    words = _BEFORE.sub("", words, count=1)
    asked = _ASKS.match(words)
    if asked:
        words = re.sub(
            r"(?:,? (?:please|pls|thanks))*\s*\?+(?:\s*(?:thanks|thank you|please)[.!]*)?$", "", words, flags=re.I
        )
        words = words[asked.end() :]
    words = words[_end_of_courtesy(words) :]
    return _AFTER.sub("", words, count=1)


def _end_of_courtesy(words: str) -> int:
    found = _KINDLY.match(words)
    return found.end() if found else 0


def _without_pictures(line: str) -> str:
    """Emoji, and what gives them their colour, out of a line; plain symbols that mean something stay."""
    return "".join(
        " " if unicodedata.category(letter) in ("So", "Sk") and ord(letter) > 0xFF else letter
        for letter in line
        if letter not in "\ufe0e\ufe0f\u200d\u200b"
    )

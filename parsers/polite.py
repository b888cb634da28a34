"""Whether a message is polite and nothing else: "thanks!", "Many thanks, will do". Pure."""

import re

_THANKS = (
    r"(?:(?:many |very many )?thanks?(?: (?:very much|so much|a lot|again|all|for (?:this|that|the reminder"
    r"|letting (?:me|us) know|your help)))*|thank (?:you|u)(?: (?:very much|so much|again|all|for (?:this|that"
    r"|the reminder|letting (?:me|us) know|your help)))*|thx|ta|cheers|much appreciated|got it|noted|received"
    r"|understood|great|brilliant|lovely|perfect|good morning|morning|hi|hello|hiya|no problem|you're welcome)"
)
_BETWEEN = r"[\s,.!;:\u2013\u2014-]*"
_POLITE = re.compile(
    rf"{_BETWEEN}(?:(?:ok(?:ay)?|and|all){_BETWEEN})*{_THANKS}(?:{_BETWEEN}(?:{_THANKS}))*{_BETWEEN}", re.I
)
#: A longer message says something.
_LONGEST = 120


def is_polite(text: str) -> bool:
    """Whether these words are courtesy alone. "OK" by itself is not: it may answer a question."""
    words = "".join(letter for letter in text.replace("\u2019", "'") if ord(letter) < 0x2190)
    return bool(words.strip()) and len(words) <= _LONGEST and _POLITE.fullmatch(words) is not None

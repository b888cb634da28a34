"""A sign-off within a line: "Signed off, thanks. DA07 looks low." signs; what makes exceptions does not."""

import re

from collector.domain.orders import SignOff

_SIGNS = re.compile(
    r"(?:(?:hi|hello|dear|morning|good (?:morning|afternoon))\b[^.:!?]{0,40}[,:!-] ?)?"
    r"(?:(?:all|that'?s|looks?|everything(?: is| looks)?) (?:fine|good|ok(?:ay)?|well)(?: (?:from|by|with) me)?"
    r" ?[,:;.\u2013\u2014-] ?)?"
    r"(?:i(?:'m| am| can| have)? (?:now )?(?:happy to )?)?sign(?:ed|ing)?[ -]?off"
    r"(?: (?P<what>p\d{1,2}|priority \d{1,2}))?(?: ?,? ?(?:thanks|thank you|many thanks|regards|cheers))?",
    re.I,
)
_SPEAKS_OF_IT = re.compile(r"\bsign(?:ed|ing)?[ -]off\b(?! by\b)", re.I)
#: What may take something out of a signature, or put it off.
_EXCEPTS = re.compile(
    r"\b(?:not|n[o']t|except|excluding|apart|other than|otherwise|subject to|unless|until|once|when|if|pending|provided"
    r"|only|hold|wait|before|after|yet|cannot|un-?sign|withdraw\w*|cancel\w*|ignore|should|wrong|incorrect)\b"
    r"|n['\u2019]t\b|\?",
    re.I,
)
#: Before a signature these leave something out of it.
_OTHERWISE = re.compile(
    r"^(?:otherwise|apart from (?:that|this)|except for (?:that|this)|(?:everything|all)(?: the)? (?:else|rest)"
    r"|the rest)(?: is| are)?,? ",
    re.I,
)
_SENTENCE = re.compile(r"(?<=[.!])\s+")


def speaks_of_signing(line: str) -> bool:
    """Whether a line may hold a signature."""
    return _SPEAKS_OF_IT.search(line) is not None


def signing_within(line: str, below: str) -> tuple[SignOff | None, str]:
    """The signature in a line of prose, or words that may be one, and what of the line is left to be read.

    It is a signature where a sentence says so and nothing in its paragraph, `below` included, makes an exception.
    """
    words = " ".join(line.split())
    sentences = _SENTENCE.split(words)
    for place, sentence in enumerate(sentences):
        said = sentence.rstrip(" .!")
        bare = _OTHERWISE.sub("", said)
        found = _SIGNS.fullmatch(bare)
        if found is None:
            continue
        rest = " ".join((*sentences[:place], *sentences[place + 1 :]))
        if bare != said or _EXCEPTS.search(f"{rest} {below}"):
            return SignOff(doubtful=words), line
        return SignOff(found["what"] or ""), rest
    return None, line

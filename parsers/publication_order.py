"""The order that brings a text for publication, which may go on over the lines of a paragraph."""

import re
from collections.abc import Sequence
from itertools import takewhile

from collector.domain.orders import Doubtful, ForRound, PublishWords
from parsers.order_grammar import ONE_CODE, codes_in
from parsers.order_lines import plainly
from parsers.quarters import take_quarter

#: A text longer than this, in characters, is no text beside a figure.
_LONGEST = 5_000
_QUOTED = 80
_BEGINS = re.compile(r"\W*(?:\w+ ){0,3}publication text\b", re.I)
_TEXT = re.compile(rf"(?:the )?publication text (?:for|of|beside) (?P<code>{ONE_CODE})(?: for)?", re.I)
_LEGAL = re.compile(
    r",? ?(?:\b(?:it )?(?:needs|with|after|subject to|awaiting|pending) )?(?:a |the )?\blegal check\b,?", re.I
)
_INSTEAD = "publication text for DA06: and the words"


def text_for_publication(lines: Sequence[str]) -> tuple[PublishWords | ForRound | Doubtful, int] | None:
    """The order at the start of some lines and how many of them it takes: up to the next empty one.

    A text of which nobody can say whose it is does nothing, and is never read for figures.
    """
    head, colon, first = lines[0][:_LONGEST].partition(":")
    if not colon or not _BEGINS.match(head):
        return None
    paragraph = [first, *takewhile(str.strip, lines[1:])]
    words = plainly(head)
    plain = _LEGAL.sub(" ", words).strip(" ,")
    quarter = take_quarter(plain)
    found = _TEXT.fullmatch(" ".join((quarter[0] if quarter else plain).split()))
    if found is None:
        return Doubtful(" ".join(lines[0].split())[:_QUOTED], _INSTEAD), len(paragraph)
    text = " ".join(" ".join(paragraph).split())[:_LONGEST]
    order = PublishWords(codes_in(found["code"])[0], text, _LEGAL.search(words) is not None)
    return (ForRound(order, quarter[1]) if quarter else order), len(paragraph)

"""Whether a clause is about the number that stands out, or names more of the title elsewhere."""

import re

from parsers.figures import subject
from parsers.figures.facts import Facts
from parsers.figures.frame import Frame
from parsers.figures.scopes import RUN, Number
from parsers.figures.standing import Standing

_LOOKED_AT = 400


def speaks_of_another(frame: Frame, facts: Facts, best: Standing) -> bool:
    """Whether the clause names more of the title elsewhere than where the best number stands."""
    if best.wanted and best.generic:
        return False
    opens = not RUN.search(facts.canvas.text[: best.number.start])
    anywhere = subject.match("", facts.canvas.text[:_LOOKED_AT], frame.asked).named
    if not best.named:
        return bool(anywhere) and not best.wanted and not opens
    own = best.named | _told_of_it(frame, facts, best.number)
    # A time that the title names too, "rolling 12 months", is no other subject.
    times = subject.match("", " ".join(mention.words for mention in facts.mentions), frame.asked).named
    return len(own) * 2 < len(anywhere - (times - own))


_OF_A_WHOLE = re.compile(r" of\b")


def _told_of_it(frame: Frame, facts: Facts, number: Number) -> frozenset[str]:
    """What the rest of a sentence tells of the number that opens it: "92% of visits (all areas), ..., were on time"."""
    start, end = facts.canvas.sentence_at(number.start)
    if facts.canvas.text[start : number.start].strip(" -:*") or not _OF_A_WHOLE.match(facts.canvas.text, number.end):
        return frozenset()
    following = RUN.search(facts.canvas.left, number.end, end)
    rest = facts.canvas.text[number.end : following.start() if following else end]
    return subject.match("", rest, frame.asked).named

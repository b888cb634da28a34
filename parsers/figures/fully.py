"""The one number of a reply that is called all that the title says: "Hate crime 214: race 141, disability 19"."""

import re

from parsers.figures import subject, vocabulary
from parsers.figures.frame import Frame
from parsers.figures.quantities import Quantity
from parsers.figures.standing import Standing

_FEWEST_WORDS = 2
_TOO_LITTLE = 1.0


def fully_named(frame: Frame, standings: list[Standing]) -> Standing | None:
    """The only number whose words, with those that head its list, are all the telling ones of the title and no others.

    Its own words must have the one that the title begins with: what comes first tells one of a list from the others.
    """
    told = [word for word in subject.words_in_order(frame.asked) if not vocabulary.is_filler(word)]
    if len(set(told)) < _FEWEST_WORDS:
        return None
    if _BY_AGENT.match(frame.asked.title):
        return None
    shares = subject.shares_named(frame.asked)
    own = [each for each in standings if not (isinstance(each.number, Quantity) and each.number.value in shares)]
    full = [each for each in own if each.named.issuperset(told) and not _is_spoken_against(each)]
    same = len({(each.number, each.own) for each in full}) == 1
    return full[0] if same and told[0] in full[0].own and not full[0].strange else None


_BY_AGENT = re.compile(r"\w+[- ](?:\w+ed|led|run)\b", re.I)
"""A title that begins with who counted: in "Police recorded theft" the police's part of a list is not meant."""


def _is_spoken_against(standing: Standing) -> bool:
    return standing.against or standing.narrowed or standing.difference or standing.score <= _TOO_LITTLE


def is_outnamed_by(frame: Frame, full: Standing, rival: Standing) -> bool:
    """Whether a number's own words lack some of the title, and say something else or less than the full name does."""
    told = {word for word in subject.telling_words(frame.asked) if not vocabulary.is_filler(word)}
    lacking = bool(told - rival.own) and bool(rival.own or rival.strange)
    return lacking and not (rival.wanted and (rival.own or not full.wanted))

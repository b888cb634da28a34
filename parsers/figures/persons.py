"""Events and the people in them, counted side by side: "340 contacts with 72 people"."""

import re

from parsers.figures import vocabulary
from parsers.figures.facts import Facts
from parsers.figures.scopes import Number, together

_WITH = re.compile(r"\b(?:with|involving|for|from|by|to|among|between)(?: [a-z]+)? ?$", re.I)
_PEOPLE = re.compile(
    r" ?(?:[a-z]+ )?(?:people|persons?|individuals?|adults?|children|households?|families|residents?|clients?"
    r"|patients?|victims?|residents?|women|men|pupils?)\b",
    re.I,
)
_NOUN = re.compile(r" ?(?P<noun>[a-z]{3,})", re.I)
_WORD = re.compile(r"[a-z]+")


def may_count_events(facts: Facts, title: str, number: Number, rivals: list[Number]) -> bool:
    """Whether a number counts events that the title does not name so, beside a number of the people in them."""
    text = facts.canvas.text
    noun = _NOUN.match(text, number.end)
    words = {word.removesuffix("s") for word in _WORD.findall(title.lower())}
    if noun is None or noun["noun"].lower().removesuffix("s") in words:
        return False
    return any(
        together(facts, rival, number)
        and _WITH.search(text, number.end, rival.start) is not None
        and _PEOPLE.match(text, rival.end) is not None
        for rival in rivals
    )


def is_another_thing_in_brackets(facts: Facts, title: str, number: Number, others: list[Number]) -> bool:
    """Whether a number in a bracket behind another counts what the title does not name: "77 trips (29 residents)"."""
    text = facts.canvas.text
    noun = _NOUN.match(text, number.end)
    words = {word.removesuffix("s") for word in _WORD.findall(title.lower())}
    if noun is None or not vocabulary.is_noun(noun["noun"].lower()):
        return False
    named = noun["noun"].lower().removesuffix("s") in words and not _PEOPLE.match(text, number.end)
    return not named and any(
        other.end < number.start and text[other.end : number.start].strip().rpartition(" ")[2] in ("(", "[")
        for other in others
    )


_EVENTS = re.compile(
    r"(?: ?\nunits?:)? ?[(\[]? ?(?:(?!(?:of|in|on|over|for|at|to|by|with|from|and|or|who|after|during|following|through"
    r"|via|across)\b)[a-z-]+ )?(?P<noun>visits?|sessions?|contacts?|appointments?|attendances?|calls?|meetings?"
    r"|workshops?|groups?|couples?|pairs?|teams?|letters?)\b",
    re.I,
)
"""What people have or are in, and is no number of people."""


def counts_no_people(title: str, text: str, end: int) -> str:
    """The words behind a number that count visits or groups, where the title asks for people and names none of them."""
    noun = _EVENTS.match(text, end)
    if noun is None or not _PEOPLE.search(title):
        return ""
    words = {word.removesuffix("s") for word in _WORD.findall(title.lower())}
    named = noun["noun"].lower().removesuffix("s") in words and not _PEOPLE_WHO.match(title)
    return "" if named else noun[0].strip(" ([\n")


_PEOPLE_WHO = re.compile(
    rf"(?:(?:total )?(?:number|no\.?) of |total )?{_PEOPLE.pattern}"
    r" (?:[a-z]+(?:ing|ed)|who|at|in|by|through|on|with)\b",
    re.I,
)
"""A title that asks for people, whatever it says they do: "People attending workshops"."""

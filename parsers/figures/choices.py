"""Replies that take one of the numbered choices of an open query."""

import re
from dataclasses import dataclass
from decimal import Decimal

from collector.domain.figure import plain
from collector.domain.submission import OpenChoice
from parsers.figures.quantities import NUM, number

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_POLITE = r"(?:[ ,-]{0,3}(?:please|thanks|thank you|many thanks|is (?:right|correct)|it is))*[.!]?"
_CHOSEN = re.compile(
    rf"(?:(?:reply|option|choice|answer|choose|i choose|we choose|go with|it is|it's|number|no\.?"
    rf"|#) ?)?(\d{{1,2}}(?:(?: ?(?:,|&|and|;) ?|\s+)\d{{1,2}}){{0,9}}){_POLITE}",
    re.I,
)
_ORDINAL = re.compile(
    rf"(?:it is |it's )?(?:the )?({'|'.join(_ORDINALS)})(?: (?:one|option|choice|figure))?{_POLITE}", re.I
)
_EXPLAINED = re.compile(
    r"(?:(?:reply|option|choice|answer|number|no\.?|#) ?)?(\d{1,2}) ?"
    r"(?:,|;|:|-|\u2013|\.(?=\s)|\s(?=because|as\b))\s*([^\d%£]{3,})",
    re.I,
)
"""A choice's number and then words about it: "2, the other one was last year's"."""
_SAYS_SOMETHING_ELSE = re.compile(
    r"\b(?:nil|none|zero|no|not|n't|available|awaiting|release|applicable|collected|report(?:ed)?|neither|either|or"
    r"|half|dozen|hundred|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b",
    re.I,
)
_REPEATED = re.compile(
    rf"(?:(?:it|the|right|correct|figure|is|was|should|read|be|actually|sorry|yes|value|answer|percentage"
    rf"|number|,)[ ,:.]*){{0,8}}({NUM}) ?(%|per ?cent)?(?: (?:is|was) (?:right|correct))?{_POLITE}",
    re.I,
)


@dataclass(frozen=True)
class Taken:
    """The choices a message takes, the lines that were not choices, and codes for which it takes more than one."""

    numbers: tuple[int, ...]
    rest: str
    doubts: dict[str, str]


def take_choices(text: str, choices: tuple[OpenChoice, ...]) -> Taken:
    """Read whole lines that are a choice and nothing else; "1. 153" is none."""
    if not choices:
        return Taken((), text, {})
    numbers: list[int] = []
    doubts: dict[str, str] = {}
    rest = []
    for line in text.split("\n"):
        chosen, doubt = _line(line.strip(), choices)
        numbers += chosen
        doubts |= doubt
        if not chosen and not doubt:
            rest.append(line)
    return _without_clashes(tuple(dict.fromkeys(numbers)), "\n".join(rest), doubts, choices)


def _line(line: str, choices: tuple[OpenChoice, ...]) -> tuple[list[int], dict[str, str]]:
    if not line or len(line) > 120:
        return [], {}
    open_numbers = {choice.number for choice in choices}
    ordinal = _ORDINAL.fullmatch(line)
    if ordinal:
        position = _ORDINALS[ordinal[1].lower()]
        return ([position] if position in open_numbers else []), {}
    found = _CHOSEN.fullmatch(line)
    said = [int(n) for n in re.findall(r"\d+", found[1])] if found else []
    explained = _EXPLAINED.fullmatch(line)
    if explained and int(explained[1]) in open_numbers and not _SAYS_SOMETHING_ELSE.search(explained[2]):
        return [int(explained[1])], {}
    repeated = _by_value(line, choices)
    if said and all(n in open_numbers for n in said):
        if repeated and [choice.number for choice in repeated] != said:
            return [], {
                repeated[0].code: f"You wrote {said[0]}, which is a choice's number and another choice's figure."
            }
        return said, {}
    return ([repeated[0].number] if len(repeated) == 1 else []), {}


def _by_value(line: str, choices: tuple[OpenChoice, ...]) -> list[OpenChoice]:
    """The choices whose figure the line repeats, where only one code has open choices."""
    found = _REPEATED.fullmatch(line)
    if found is None or len({choice.code for choice in choices}) != 1:
        return []
    value: Decimal = number(found[1])
    return [choice for choice in choices if choice.value is not None and choice.value == value]


def _without_clashes(
    numbers: tuple[int, ...], rest: str, doubts: dict[str, str], choices: tuple[OpenChoice, ...]
) -> Taken:
    """Two choices for one code take none of them."""
    by_code: dict[str, list[OpenChoice]] = {}
    for choice in choices:
        if choice.number in numbers:
            by_code.setdefault(choice.code, []).append(choice)
    for code, taken in by_code.items():
        if len(taken) > 1:
            listed = " and ".join(
                f"{c.number}" + (f" ({plain(c.value)})" if c.value is not None else "") for c in taken
            )
            doubts = doubts | {code: f"You chose both {listed}."}
            numbers = tuple(n for n in numbers if n not in [c.number for c in taken])
    return Taken(numbers, rest, doubts)

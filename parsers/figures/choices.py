"""Replies that take one of the numbered choices of an open query."""

import re
from dataclasses import dataclass
from decimal import Decimal

from collector.domain.figure import plain
from collector.domain.indicator import Basis
from collector.domain.submission import OpenChoice
from parsers.figures.quantities import NUM, number

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_POLITE = r"(?:[ ,-]{0,3}(?:please|thanks|thank you|many thanks|is (?:right|correct)|it is))*[.!]?"
_CHOSEN = re.compile(
    rf"(?:(?:please|yes|ok|okay)[ ,]+){{0,2}}(?:use )?(?:(?:reply|option|choice|answer|choose|i choose|we choose"
    rf"|go with|it is|it's|number|no\.?|#) ?)?"
    rf"[(\[]?(\d{{1,2}}(?:(?: ?(?:,|&|and|;) ?|\s+)\d{{1,2}}){{0,9}})[)\]]?{_POLITE}",
    re.I,
)
_ORDINAL = re.compile(
    rf"(?:it is |it's )?(?:the )?({'|'.join(_ORDINALS)})(?: (?:one|option|choice|figure))?{_POLITE}", re.I
)
_NUMBERED = r"(?:(?:reply|option|choice|answer|number|no\.?|#) ?)?(\d{1,2})"
_EXPLAINED = re.compile(
    rf"{_NUMBERED} ?(?:,|;|:|-|\u2013|\.(?=\s)|\)|\s(?=because|as\b))\s*([^\d%£]{{2,}})",
    re.I,
)
"""A choice's number and then words about it: "2, sorry, I misread the sheet"."""
_LISTED = re.compile(
    rf"{_NUMBERED}(?:[.)](?:\s+|(?=[£\d]))|[:;]\s*|,\s+|\s*[-\u2013]\s*|\s*[(\[]\s*)([-+£]?\d.*)", re.I
)
"""A choice's number and then a figure: "2. 15%" may be a line of a list just as well."""
_LONGEST_LINE = 120
_DECIMAL = re.compile(r"\d+\.\d")
_WRONG_PLACE = (
    r"(?:line|row|column|sheet|cell|figure|number)(?: (?:of|in|from|on) the (?:\w+ )?(?:sheet|table|report))?"
)
_HARMLESS = (
    r"(?:thanks|thank you|many|very much|please|yes|ok|okay|right|correct|agreed|sorry|apologies|my mistake|my error"
    r"|(?:a |just a |it was a )?typo|(?:that|this|it|which)(?: is|'s)(?: the)? (?:right|correct)(?: one| figure)?"
    r"|that is what the \w+ says|as (?:you|i|we) (?:say|said|wrote|write)"
    rf"|(?:i|we)(?: have|'ve)? (?:misread|mistyped|(?:read|copied|typed|gave|took) the wrong {_WRONG_PLACE})"
    rf"(?: the (?:sheet|table|line|row))?"
    r"|the other (?:one|line|figure) was (?:wrong|a typo))"
)
_EXPLANATION = re.compile(rf"{_HARMLESS}(?:[ ,.;!\u2013-]+{_HARMLESS}){{0,8}}[ .!,]*", re.I)
"""All that may be said about a choice; other words could qualify the figure or take it back."""
_REPEATED = re.compile(
    rf"(?:(?:it|the|right|correct|figure|is|was|should|read|be|actually|sorry|yes|value|answer|percentage"
    rf"|number|,)[ ,:.]*){{0,8}}({NUM}) ?(%|per ?cent)?(?: (?:is|was) (?:right|correct))?{_POLITE}",
    re.I,
)

_WORDED = re.compile(rf"(?:{_NUMBERED} ?[:.,)\u2013-] *)?(.{{3,110}}?){_POLITE}", re.I)
"""A choice's own words, with its number before them or not: "1: keep 706", "keep 706"."""
_A_WORD = re.compile(r"[a-z]{3}", re.I)
_VALUE = re.compile(rf"£?({NUM}) ?(?:%|per ?cent)?[)\]]?{_POLITE}", re.I)


@dataclass(frozen=True)
class Taken:
    """The choices a message takes, the lines that were not choices, and codes for which it takes more than one."""

    numbers: tuple[int, ...]
    rest: str
    doubts: dict[str, str]


def take_choices(text: str, choices: tuple[OpenChoice, ...], spent: frozenset[int] = frozenset()) -> Taken:
    """Read whole lines that are a choice and nothing else; "1. 153" is none.

    A number of a choice that is no longer open (`spent`) is taken too where it stands alone: it is no figure.
    """
    if not choices and not spent:
        return Taken((), text, {})
    numbers: list[int] = []
    doubts: dict[str, str] = {}
    rest = []
    for line in text.split("\n"):
        answer = _GREETED.sub("", line.strip())
        chosen, doubt = _line(answer, choices) if choices else ([], {})
        chosen = chosen or ([] if doubt else _too_late(answer, spent | {choice.number for choice in choices}))
        numbers += chosen
        doubts |= doubt
        if not chosen and not doubt:
            rest.append(line)
    return _without_clashes(tuple(dict.fromkeys(numbers)), "\n".join(rest), doubts, choices)


def _too_late(line: str, known: frozenset[int]) -> list[int]:
    """Numbers of choices of which some are over, alone on a line or with harmless words about them."""
    if len(line) > _LONGEST_LINE:
        return []
    found, explained = _CHOSEN.fullmatch(line), _EXPLAINED.fullmatch(line)
    said = [int(n) for n in re.findall(r"\d+", found[1])] if found else []
    if explained and _EXPLANATION.fullmatch(explained[2].strip()):
        said = [int(explained[1])]
    return said if known.issuperset(said) else []


def _line(line: str, choices: tuple[OpenChoice, ...]) -> tuple[list[int], dict[str, str]]:
    if not line or len(line) > _LONGEST_LINE:
        return [], {}
    by_number = {choice.number: choice for choice in choices}
    labelled = _by_label(line, choices)
    if labelled:
        return [labelled[0].number], {}
    by_code = _for_codes(line, choices)
    if by_code:
        return by_code, {}
    told = _in_words(line, choices)
    if told:
        return [told.number], {}
    ordinal = _ORDINAL.fullmatch(line)
    if ordinal:
        return _by_position(_ORDINALS[ordinal[1].lower()], line, choices)
    repeated = _by_value(line, choices)
    found = _CHOSEN.fullmatch(line)
    said = [int(n) for n in re.findall(r"\d+", found[1])] if found else []
    if said and all(n in by_number for n in said):
        if repeated and [choice.number for choice in repeated] != said:
            return [], {
                repeated[0].code: f"You wrote {said[0]}, which is a choice's number and another choice's figure."
            }
        return said, {}
    explained = _EXPLAINED.fullmatch(line)
    if explained and int(explained[1]) in by_number:
        number_said = int(explained[1])
        if _EXPLANATION.fullmatch(explained[2].strip()):
            return [number_said], {}
        return [], {by_number[number_said].code: f"You wrote '{line}'; which figure is right?"}
    listed = _LISTED.fullmatch(line)
    if listed and int(listed[1]) in by_number and not _DECIMAL.match(line):
        return _numbered(line, listed[2], by_number[int(listed[1])])
    if len(repeated) > 1:
        return [], {repeated[0].code: f"You wrote '{line}', which is the figure of more than one choice."}
    return ([repeated[0].number] if repeated else []), {}


_GREETED = re.compile(r"^(?:hi|hello|hey|morning|afternoon|thanks|thank you)(?: all| both| again)?[,!.]\s+", re.I)
_TO_DATE = re.compile(
    r"(?:yes,? )?(?:it(?:'s| is| was| covers)? |that(?:'s| is) "
    r"|they are )?(?:all )?(?:the )?(?:figure )?(?:to[- ]date|year[- ]to[- ]date|ytd"
    r"|cumulative|since (?:1 )?april|from (?:1 )?april|for the year so far)(?: figure)?" + _POLITE,
    re.I,
)
_QUARTER_ALONE = re.compile(
    r"(?:yes,? )?(?:it(?:'s| is| was| covers)? |that(?:'s| is) "
    r"|they are )?(?:just |only )?(?:for )?(?:the |this )?(?:quarter|q[1-4])"
    r"(?: \d{4}[-/]\d\d)?(?: (?:alone|only|itself|on its own))?" + _POLITE,
    re.I,
)
_YES = re.compile(
    r"(?:yes|yep|yeah|correct|confirmed|agreed)(?:[ ,]+(?:that's"
    r"|that is|it's|it is|this is))?(?: right| correct| fine)?" + _POLITE,
    re.I,
)
_LOWER = re.compile(r"\b(?:lower|lowest|smaller|smallest)\b", re.I)


def _in_words(line: str, choices: tuple[OpenChoice, ...]) -> OpenChoice | None:
    """A choice said by its stretch of time ("to date", "Q2 alone"), or "yes" where there is but one to say it to."""
    if len({choice.code for choice in choices}) != 1:
        return None
    if len(choices) == 1 and (_YES.fullmatch(line) or _QUARTER_ALONE.fullmatch(line)):
        return choices[0]
    for pattern, basis in ((_TO_DATE, Basis.TO_DATE), (_QUARTER_ALONE, Basis.QUARTER)):
        fitting = [choice for choice in choices if choice.basis is basis]
        if pattern.fullmatch(line) and len(fitting) == 1:
            return fitting[0]
    return None


_WITH_CODE = re.compile(
    r"(?:(?:please |and |take |use )*(?P<word>option|choice|reply|answer"
    r"|number|no\.?|#)? ?(?P<n>\d{1,2}) (?:for|on) (?P<code>[\w./-]+?)"
    r"|(?P<code2>[\w./-]+?) ?[:=-]? ?(?:please |take |use "
    r"|go with )*(?P<word2>option|choice|answer|reply) (?P<n2>\d{1,2})"
    r"|(?P<code3>[\w./-]+?) ?[:=-] ?(?:please |take |use |keep "
    r"|go with )*(?:the )?(?P<side>lower|lowest|smaller|higher|highest|larger)"
    r"(?: (?:one|figure|number|of the two))?)",
    re.I,
)
_AND = re.compile(r"\s*(?:,|;|\band\b|&)\s*", re.I)


def _for_codes(line: str, choices: tuple[OpenChoice, ...]) -> list[int]:
    """As in "Option 1 for DA06 and 3 for DA07", "DA07: option 3", "DA06 - the lower one"."""
    parts = [part for part in _AND.split(line.strip(" .!")) if part]
    said = [_WITH_CODE.fullmatch(part) for part in parts]
    if not said or any(each is None for each in said):
        return []
    found = [_with_code(each, choices) for each in said if each is not None]
    worded = any(each is not None and (each["word"] or each["word2"] or each["side"]) for each in said)
    return [number_said for number_said in found if number_said] if worded and all(found) else []


def _with_code(said: re.Match[str], choices: tuple[OpenChoice, ...]) -> int:
    code = (said["code"] or said["code2"] or said["code3"]).lower()
    own = [choice for choice in choices if choice.code.lower() == code]
    if said["side"]:
        valued = sorted((c for c in own if c.value is not None), key=lambda choice: choice.value or 0)
        if len(valued) < 2:
            return 0
        return (valued[0] if _LOWER.search(said["side"]) else valued[-1]).number
    number_said = int(said["n"] or said["n2"])
    return number_said if any(choice.number == number_said for choice in own) else 0


def _by_label(line: str, choices: tuple[OpenChoice, ...]) -> list[OpenChoice]:
    """The one choice whose words the line repeats, as on its button; without its number a bare figure is no words."""
    said = _WORDED.fullmatch(line)
    if said is None:
        return []
    found = [choice for choice in choices if _is_worded(choice, said[1], said[2])]
    return found if len(found) == 1 else []


def _is_worded(choice: OpenChoice, number_said: str | None, words: str) -> bool:
    if not choice.label or choice.label.casefold() != " ".join(words.casefold().split()):
        return False
    return int(number_said) == choice.number if number_said else bool(_A_WORD.search(choice.label))


def _by_position(position: int, line: str, choices: tuple[OpenChoice, ...]) -> tuple[list[int], dict[str, str]]:
    """An ordinal is certain only where one query is open and its choice at that place has that number."""
    codes = {choice.code for choice in choices}
    numbers = sorted(choice.number for choice in choices)
    if len(codes) == 1 and numbers[position - 1 : position] == [position]:
        return [position], {}
    return [], dict.fromkeys(codes, f"You wrote '{line}'; the number of the choice is needed.")


def _numbered(line: str, words: str, choice: OpenChoice) -> tuple[list[int], dict[str, str]]:
    """A choice's number with its own figure takes it; with another figure it may be a place in the sender's list."""
    figure = _VALUE.fullmatch(words)
    if figure and choice.value is not None and number(figure[1]) == choice.value:
        return [choice.number], {}
    doubt = f"You wrote '{line}'; {choice.number} is the number of a choice and could be a place in your list."
    return [], {choice.code: doubt}


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

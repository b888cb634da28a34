"""Measure words that we turn into nothing else: miles, acres, litres, dozens; and the unit's own beside a number."""

import re
from functools import lru_cache

from parsers.figures.units import Kind, Wanted, singular

_LENGTHS = {
    "mile": "miles?|mi", "kilometre": "kilomet(?:re|er)s?|kms?", "metre": "met(?:re|er)s?|mtrs?", "yard": "yards?|yds?",
    "foot": "feet|ft", "inch": "inch(?:es)?", "centimetre": "centimet(?:re|er)s?|cms?",
    "millimetre": "millimet(?:re|er)s?|mms?",
}  # fmt: skip
_SQUARES = {f"square {name}": rf"sq(?:uare)?\.? ?(?:{said})" for name, said in _LENGTHS.items()}
_SQUARES["square metre"] += "|sq ?m|m2"
_SQUARES["square kilometre"] += "|km2"
_CUBES = {f"cubic {name}": rf"cu(?:bic)?\.? ?(?:{said})" for name, said in _LENGTHS.items()}
_CUBES["cubic metre"] += "|m3"
_OTHERS = {
    "area": {"acre": "acres?", "hectare": "hectares?|ha", **_SQUARES},
    "volume": {
        "litre": "lit(?:re|er)s?|ltrs?", "millilitre": "millilit(?:re|er)s?|mls?", "gallon": "gallons?",
        "pint": "pints?", **_CUBES,
    },
    "energy": {
        "kilowatt hour": "kwhs?|kilowatt[- ]hours?", "megawatt hour": "mwhs?|megawatt[- ]hours?",
        "gigawatt hour": "gwhs?|gigawatt[- ]hours?", "therm": "therms?",
    },
    "length": _LENGTHS,
    "weight": {
        "kg": "kgs?|kilos?|kilogram(?:me)?s?", "tonne": "tonnes?", "gram": "gram(?:me)?s?", "ounce": "ounces?|oz",
        "pound": "lbs?", "stone": r"stones?(?! [a-z])",
    },
    "money": {"pounds": "pounds?|quid", "pence": "pence|p", "euro": "euros?", "dollar": "dollars?"},
    "many": {"dozen": "dozens?", "hundred": "hundreds?"},
}  # fmt: skip
"""Measure words by what they measure, each with its spellings. Feet are not in the singular: a foot patrol is none."""
_TIMES = r"seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|wks?|months?|years?|yrs?"
_ONE_LETTER = {"metre": "m", "litre": "l", "gram": "g"}
"""Spellings that only the unit asked for gives a number: elsewhere "12m" is twelve million."""
_DIMENSION = {name: dimension for dimension, names in _OTHERS.items() for name in names}
_SPELT = {name: said for names in _OTHERS.values() for name, said in names.items()}
_NAMES = tuple(_SPELT)
_WORD = "(?=[a-z])(?:" + "|".join(f"(?P<w{at}>{_SPELT[name]})" for at, name in enumerate(_NAMES)) + r")(?!\w)"
_TIME_WORD = rf"(?P<time>{_TIMES})(?!\w)"
_ANYWHERE = re.compile(rf"(?<![^\W\d])(?:{_WORD}|{_TIME_WORD})", re.I)
_NO_ADJECTIVE = (
    r"(?!(?:of|in|on|over|for|at|to|by|with|within|from|per|across|and|or|under|every|each|last|past|previous|next|this"
    r"|these|those|most|some|all|few|other)\b)"
)
_RIGHT_BEHIND = re.compile(
    rf"[ -]?(?:{_WORD})| ?[(\[] ?(?:in )?(?:{_WORD.replace('?P<w', '?P<b')}|{_TIME_WORD}) ?[)\]]"
    rf"| {_NO_ADJECTIVE}[a-z-]+ (?:{_WORD.replace('?P<w', '?P<n')}|(?P<hours>minutes|mins|hours|hrs|days|weeks)\b)",
    re.I,
)
"""Right behind a number, in brackets behind it, or with one word between: "2 new miles", "12 patrol hours"."""
_ADDED = re.compile(rf"[^.;:()/\d\n]*(?:,|\band\b|&|\bplus\b|\+)[^.;:()/\d\n]*\d[\d,.]*[ -]?(?:{_WORD})", re.I)
"""What comes on top in another measure: "12 km and 300 metres"; in brackets or behind a slash it is the same again."""
_CURRENCY = re.compile(r"[€$¥] ?$")
_BARE = re.compile(r"\d(?P<scale>(?: ?(?:k|m|mn|bn|thousand|million|billion))*)$", re.I)
_LETTERS = re.compile(r"[ km]+", re.I)
_PER = re.compile(r" ?\bper\b ?| ?/ ?")
_FOR_EACH = r"(?= ?(?:(?:per|for each|for every|each|every|an?)\b|/))"
_LABEL = re.compile(r"[^.;,:=\n]*(?:[:=][ -]*|[(\[][^.;,()\n]*[)\]] ?)$")
_A_CELL = re.compile(rf"^[(\[ ]*(?P<unit>(?:units?|uom)\b[: ]*)?(?:in )?(?:{_WORD}|{_TIME_WORD})[)\] ]*$", re.I | re.M)
"""A cell of a table that says the unit and nothing else."""
_BEHIND_A_NUMBER = re.compile(r"(?:\d|\b(?:per|an?|each|every))[ -]?$", re.I)


def _name(found: re.Match[str]) -> str:
    """The measure that a match names; a length of time by its full name."""
    said = found.groupdict()
    if time := said.get("time") or said.get("hours"):
        return singular(time)
    return next(_NAMES[int(group[1:])] for group, words in said.items() if words and group[1:].isdigit())


@lru_cache(maxsize=512)
def _named(words: str) -> frozenset[str]:
    """The measures that words name."""
    return frozenset(_name(found) for found in _ANYWHERE.finditer(words))


@lru_cache(maxsize=256)
def _own(unit: str) -> frozenset[str]:
    """The measures that a unit's words name; those behind "per" are what it is held against."""
    return _named(_PER.split(unit.replace("_", " "))[0])


@lru_cache(maxsize=256)
def _own_behind(unit: str) -> re.Pattern[str]:
    """A number with the unit's own words behind it; where the unit is per something, only with that."""
    head, *per = _PER.split(unit.replace("_", " ").strip())
    measures = _own(unit)
    said = [_SPELT[name] for name in measures if name in _SPELT]
    said += [rf"{re.escape(head.removesuffix('s'))}s?"] if head else []
    letters = "".join(_ONE_LETTER[name] for name in measures if name in _ONE_LETTER)
    letter = f"[{letters}]" if letters else "(?!)"
    return re.compile(
        rf"(?P<number>\d[\d,.]*)(?: ?(?P<letter>{letter})|[ -]?(?:{'|'.join(said) or '(?!)'}))(?!\w)"
        + (_FOR_EACH if per else ""),
        re.I,
    )


def without_its_unit(words: str, wanted: Wanted) -> str:
    """Words in digits without the unit asked for behind a number, where nobody told us of it: "12km of path".

    "1.2m" stays: where metres are asked for it could be millions as well.
    """
    if wanted.known:
        return words
    return _own_behind(wanted.words).sub(lambda m: m[0] if m["letter"] and "." in m["number"] else m["number"], words)


def measured_otherwise(text: str, start: int, end: int, wanted: Wanted, title: str) -> str:
    """The words that measure the number at a place in other than the unit asked for; empty where none do.

    Where the unit is no measure word itself, those of the title are: "Miles of road gritted", counted.
    """
    bare = _BARE.search(text, start, end)
    if bare is None:
        return ""
    own = frozenset(["pounds"]) if wanted.kind is Kind.MONEY else _own(wanted.words) or _named(title)
    currency = _CURRENCY.search(text, 0, start)
    if currency:
        return text[currency.start() : end]
    if not wanted.known:
        said = _not_its_unit(text, start, end, wanted, bare)
        if said:
            return said
    behind = _RIGHT_BEHIND.match(text, end)
    if behind and _name(behind) not in own:
        return text[start : behind.end()]
    added = _ADDED.match(text, end)
    if added and _is_another(_name(added), own):
        return text[start : added.end()]
    return _labelled(text, start, end, own)


def _not_its_unit(text: str, start: int, end: int, wanted: Wanted, bare: re.Match[str]) -> str:
    """A number that its own words keep from being in a unit nobody told us of: "5k", "3 new routes" for kilometres."""
    head, *per = _PER.split(wanted.words.replace("_", " "))
    dimensions = {_dimension(name) for name in _own(wanted.words)}
    if dimensions & _OF_SPACE and _LETTERS.fullmatch(bare["scale"]) and _RIGHT_BEHIND.match(text, end) is None:
        return text[start:end]
    other = _OTHER_THINGS.match(text, end) if dimensions else None
    if other is None and per:
        # So many visits are no visits per officer.
        other = re.compile(rf" {re.escape(head)}\b(?! ?(?:per|for each|for every|each|every|an?)\b| ?/)", re.I).match(
            text, end
        )
    return text[start : other.end()] if other else ""


_OTHER_THINGS = re.compile(
    r" (?:new|more|further|extra|additional|different|separate|other|such) (?!of\b)[a-z]{3,}", re.I
)


def _labelled(text: str, start: int, end: int, own: frozenset[str]) -> str:
    """A label whose last measure is another of the same kind, "Weeks: 6", "Route (miles): 2"; or a cell of its own."""
    label = _LABEL.search(text, text.rfind("\n", 0, start) + 1, start)
    words = label[0] if label else ""
    said = [each for each in _ANYWHERE.finditer(words) if not _BEHIND_A_NUMBER.search(words, 0, each.start())]
    if said and _is_another(_name(said[-1]), own):
        return (words + text[start:end]).strip()
    cell = _A_CELL.search(text)
    if cell is not None and _name(cell) not in own and (cell["unit"] or _is_another(_name(cell), own)):
        return f"{text[start:end]} ({cell[0].strip().strip('()')})"
    return ""


def _is_another(name: str, own: frozenset[str]) -> bool:
    """Whether a measure is of the same kind as the unit asked for, and not it."""
    return name not in own and any(_dimension(name) == _dimension(each) for each in own)


_OF_SPACE = frozenset(["length", "area", "volume"])
"""Where "12k" could be kilometres and "12m" metres."""


def _dimension(name: str) -> str:
    return _DIMENSION.get(name, "time")

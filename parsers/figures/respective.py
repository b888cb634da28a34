"""Several names and several figures in one sentence, matched by "respectively": made one line for each."""

import re

from parsers.figures.quantities import NUM

_VALUE = rf"£?{NUM}(?: ?(?:%|per ?cent|k|m)\b|%)?"
_VALUES = rf"(?P<values>{_VALUE}(?:,? (?:and )?{_VALUE})+)"
_NAMES_FIRST = re.compile(
    rf"(?P<names>[^.;:\n\d]+?) (?P<verb>(?:was|were|is|are|stood at|stand at|came to|reached|rose to|fell to|at)) "
    rf"{_VALUES},? respectively\b",
    re.I,
)
_NAMES_LAST = re.compile(
    rf"(?P<lead>[^.;\n\d]*?){_VALUES} (?P<binds>for|in|on|among) (?P<names>[^.;:\n\d]+?),? respectively\b", re.I
)
_BETWEEN = re.compile(r",? and |, ")
_MOST_LEAD = 200


def one_by_one(words: str) -> str:
    """The same words, where "Initial and review visits on time were 69% and 85% respectively" is a line for each visit.

    A sentence with more names than figures, or fewer, is left as it is: what it means nobody can tell.
    """
    if "respectively" not in words.lower():
        return words
    return _NAMES_LAST.sub(_by_last, _NAMES_FIRST.sub(_by_first, words))


def _by_first(found: re.Match[str]) -> str:
    names, values = _BETWEEN.split(found["names"].strip()), _values(found)
    if len(names) != len(values) or len(found["names"]) > _MOST_LEAD:
        return found[0]
    # "Initial and review visits on time": what the last name says after its first word is said of all.
    _, _, shared = names[-1].partition(" ")
    full = [name if " " in name or not shared else f"{name} {shared}" for name in names]
    return "\n" + "\n".join(f"{name}: {value}." for name, value in zip(full, values, strict=True)) + "\n"


def _by_last(found: re.Match[str]) -> str:
    names, values = _BETWEEN.split(found["names"].strip()), _values(found)
    if len(names) != len(values) or len(found["lead"]) > _MOST_LEAD:
        return found[0]
    said = zip(names, values, strict=True)
    return "\n" + "\n".join(f"{found['lead'].strip()} {value} {found['binds']} {name}." for name, value in said) + "\n"


def _values(found: re.Match[str]) -> list[str]:
    return re.findall(_VALUE, found["values"], re.I)

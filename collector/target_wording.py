"""The wording of a plan, read as a target: a proposal for a person to confirm, never a guess (RULES 11 to 13).

One reading or none: what could mean two things is `NOT_UNDERSTOOD`, with what is missing said in its note. What a
proposal means is said by `target_sentences.sentence`, and that sentence is read back as the same proposal.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from collector.domain.indicator import Polarity, Unit
from collector.domain.target import DOWNWARD, UPWARD, Comparator, Target
from collector.target_changes import read_change
from collector.target_numbers import NUMBER, Quantity, Unclear, on_better_side, quantity, tail_is_plain
from collector.target_tidy import tidy

_AWAITING = re.compile(
    r"(?:awaiting|to be (?:confirmed|agreed|set)|not yet (?:set|agreed)|tb[ac])\b.*"
    r"|(?:(?:to )?(?:set|establish)(?:ing)? (?:a |the )?)?baseline(?: year| to be (?:set|established))?",
    re.I,
)
_MONITORED = re.compile(
    r"(?:monitor(?:ed|ing)?(?: only)?|for (?:information|monitoring|context)(?: only)?|no target(?: set)?|"
    r"n\.?/?a\.?|not applicable)",
    re.I,
)
_EACH = re.compile(
    rf"{NUMBER}%?(?:\s*/\s*{NUMBER}%?)+(?:,? respectively)?|{NUMBER}%?(?: and {NUMBER}%?)+,? respectively", re.I
)
_YEAR = re.compile(
    r",?\s*\b(?:(?:a|per|each|every) year|per annum|p\.?a\.?(?!\w)|annually|yearly|"
    r"(?:over|in|for|by the end of) the year(?! before))(?!\w)",
    re.I,
)
_QUARTER = re.compile(r",?\s*\b(?:(?:a|per|each|every|in the) quarter|quarterly)\b", re.I)
_NOT_A_YEAR = re.compile(
    r"\b(?:in total|altogether|cumulative(?:ly)?"
    r"|(?:over|across|during|throughout|by the end of) (?:the |its )?(?:(?!same\b)[\w-]+ )?"
    r"(?:life(?:time)?|course|period|term|duration|length|plan|strategy|programme)"
    r"|(?:over|in|within|across|for|during|throughout|next|each|every)\b[^.;]*?\byears)\b",
    re.I,
)
_OTHER_PACE = re.compile(
    r"\b(?:(?:a|per|each|every) (?:day|week|fortnight|month|half[- ]year)|daily|weekly|monthly|six-monthly)\b", re.I
)
_BENCHMARK = re.compile(r"(?:(?<=%)\s+|,\s*)(?:the )?(?P<source>[^\W\d][^\d,()]*?) benchmark$", re.I)
_STANDARD = re.compile(
    r"(?P<way>better than|no worse than|above|below|at least|at most|higher than|lower than|at or above|at or below)"
    r" (?:the )?(?P<source>[^\d,()]*?(?P<kind>average|benchmark|median))(?P<later>, which is still to come)?",
    re.I,
)
_ASIDE = re.compile(r"\s*\((?P<said>[^()]*)\)")
_BETWEEN = re.compile(
    rf"(?:between|from)\s+(?P<low>.+?)\s+(?:and|to)\s+(?P<high>.+)"
    rf"|(?P<l>{NUMBER}%?)\s*(?:-|\u2013| to )\s*(?P<h>{NUMBER}%?)(?P<after>\D*)",
    re.I,
)
_KEPT = re.compile(
    r"(?:maintain(?:ed)?|remain|keep|stay|kept)(?: (?:it|the rate|the level|performance))?"
    r"(?: at(?! or ))?\s+(?P<rest>.*\d.*)",
    re.I,
)
_BEFORE = (
    (
        Comparator.AT_LEAST,
        r"at least|no(?:t)? (?:less|fewer|lower) than|(?:a )?min(?:imum\b|\.|\b)(?: of)?|at or above|>=|\u2265",
    ),
    (
        Comparator.AT_MOST,
        r"at most|no(?:t)? (?:more|greater|higher) than|up to|(?:a )?max(?:imum\b|\.|\b)(?: of)?"
        r"|at or below|not exceeding|<=|\u2264",
    ),
    (Comparator.ABOVE, r"above|over|more than|greater than|higher than|exceed(?:ing)?|>"),
    (Comparator.BELOW, r"below|under|less than|fewer than|lower than|<"),
    (Comparator.EXACTLY, r"exactly|equal to|="),
)
_AFTER = (
    (Comparator.AT_LEAST, r"or (?:more|above|higher|better|over)|minimum"),
    (Comparator.AT_MOST, r"or (?:less|below|lower|fewer|under)|max(?:imum)?"),
)
_REACHED = re.compile(
    r"(?:(?P<up>increase|raise|rise)|(?P<down>reduce|reduction|decrease|cut|lower|fall)|improve(?:ment)?)d?\b"
    r"(?P<what>[^\d]*?)\s+to (?P<rest>.+)",
    re.I,
)


@dataclass(frozen=True)
class Row:
    """Whose target it is: the figure's unit and polarity, and which of an indicator's measures (0 first) it is."""

    unit: Unit
    polarity: Polarity
    place: int = 0
    measures: int = 1


def propose(wording: str, row: Row) -> Target:
    """What a wording would mean for a row of the plan: unconfirmed, and `NOT_UNDERSTOOD` where it is not clear.

    A milestone means what it says, and what is awaited or only monitored sets nothing: these need no confirming.
    """
    if not row.unit.has_figure:
        return Target(Comparator.MILESTONE, wording)
    try:
        read = _read(tidy(wording), row)
        _check(read, row)
    except Unclear as unclear:
        read = Target(Comparator.NOT_UNDERSTOOD, note=str(unclear))
    return replace(read, wording=wording, confirmed=read.comparator in (Comparator.AWAITING, Comparator.NONE))


def _read(text: str, row: Row) -> Target:
    if not text:
        raise Unclear("there are no words")
    if _AWAITING.fullmatch(text):
        return Target(Comparator.AWAITING)
    if _MONITORED.fullmatch(text):
        return Target(Comparator.NONE)
    if text.lower() == "none":
        raise Unclear("it may say that there is no target, or that the target is 0")
    if _OTHER_PACE.search(text) or _NOT_A_YEAR.search(text):
        raise Unclear("it counts by another stretch of time than a quarter or a year")
    per_year, per_quarter = bool(_YEAR.search(text)), bool(_QUARTER.search(text))
    change = read_change(_QUARTER.sub("", _YEAR.sub("", text)), row.unit, row.polarity, per_year, per_quarter)
    if change is not None:
        return change
    if per_year and per_quarter:
        raise Unclear("it speaks of a year and of a quarter")
    held = _held(_own_part(_QUARTER.sub("", _YEAR.sub("", text)).strip(), row), row)
    return replace(held, per_year=per_year)


def _own_part(text: str, row: Row) -> str:
    """Of "65%/75% respectively" the part that is the measure's own (RULES 13: or there are two targets)."""
    if not _EACH.fullmatch(text):
        return text
    parts: list[str] = [
        part + ("%" if "%" in text and "%" not in part else "") for part in re.findall(NUMBER + "%?", text)
    ]
    if len(parts) != row.measures:
        raise Unclear(f"there are {len(parts)} figures for {row.measures} measure{'s' if row.measures > 1 else ''}")
    return parts[row.place]


def _held(text: str, row: Row) -> Target:
    for reader in (_standard, _benchmark, _between, _kept, _reached, _compared, _bare):
        found = reader(text, row)
        if found is not None:
            return found
    raise Unclear(_what_is_missing(text))


def _what_is_missing(text: str) -> str:
    numbers = re.findall(r"\d+", text)
    if not numbers and re.match(r"(?:reduc|decreas|increas|improv|lower|fewer|more|less)", text, re.I):
        return "it does not say by how much, and against what"
    if not numbers and re.match(r"(?:maintain|remain|keep)", text, re.I):
        return "it does not say at what level"
    if not numbers:
        return "it says no figure"
    return "it says more than one figure" if len(numbers) > 1 else "only a part of it could be read"


def _standard(text: str, row: Row) -> Target | None:
    """A figure from elsewhere that is only named: "Better than the national average"."""
    found = _STANDARD.fullmatch(text)
    if found is None:
        return None
    source = found["source"].strip()
    source = source.removesuffix(" benchmark") if found["kind"].lower() == "benchmark" else source
    ways = {"above": Comparator.ABOVE, "higher than": Comparator.ABOVE, "below": Comparator.BELOW}
    ways |= {"lower than": Comparator.BELOW, "at least": Comparator.AT_LEAST, "at or above": Comparator.AT_LEAST}
    ways |= {"at most": Comparator.AT_MOST, "at or below": Comparator.AT_MOST}
    way = found["way"].lower()
    comparator = ways.get(way) or on_better_side(row.polarity, strict=way == "better than")
    return Target(comparator, benchmark=source)


def _benchmark(text: str, row: Row) -> Target | None:
    found = _BENCHMARK.search(text)
    if found is None or not re.search(r"\d", text[: found.start()]):
        return None
    return replace(_held(text[: found.start()], row), benchmark=found["source"])


def _between(text: str, row: Row) -> Target | None:
    found = _BETWEEN.fullmatch(text)
    if found is None:
        return None
    low, high = found["low"] or found["l"], found["high"] or found["h"] + found["after"]
    ends = [quantity(low, row.unit), quantity(high, row.unit)]
    if ends[0] is None or ends[1] is None:
        return None
    if "%" in low and "%" not in high:
        raise Unclear("only one of its two figures is a percentage")
    values = [_value(end, row) for end in ends if end is not None]
    if values[0] >= values[1]:
        raise Unclear("its lower figure is not below its higher")
    return Target(Comparator.BETWEEN, value=values[0], high=values[1])


def _kept(text: str, row: Row) -> Target | None:
    found = _KEPT.fullmatch(text)
    return _held(found["rest"], row) if found else None


def _reached(text: str, row: Row) -> Target | None:
    """A level that is to be reached: "Increase to 80%"."""
    found = _REACHED.fullmatch(text)
    held = quantity(_without_aside(found["rest"]), row.unit) if found else None
    if found is None or held is None or not tail_is_plain(f" {found['what'].strip()}".rstrip(), row.unit):
        return None
    way = Comparator.AT_LEAST if found["up"] else Comparator.AT_MOST if found["down"] else on_better_side(row.polarity)
    return Target(way, value=_value(held, row))


def _compared(text: str, row: Row) -> Target | None:
    for patterns, made in ((_BEFORE, r"(?:{words})\s*(?P<rest>.+)"), (_AFTER, r"(?P<rest>.+?)\s*,?\s+(?:{words})")):
        for comparator, words in patterns:
            found = re.fullmatch(made.format(words=words), text, re.I)
            held = quantity(_without_aside(found["rest"]), row.unit) if found else None
            if held is not None:
                return Target(comparator, value=_value(held, row))
    return None


def _bare(text: str, row: Row) -> Target | None:
    """A figure by itself: at least or at most as the polarity says."""
    held = quantity(_without_aside(text), row.unit)
    if held is None:
        return None
    value = _value(held, row)
    if not value and row.polarity is Polarity.BIGGER:
        raise Unclear("it asks for nothing, and bigger is better")
    return Target(on_better_side(row.polarity), value=value)


def _without_aside(text: str) -> str:
    """The words without what is said in brackets, as long as that holds no other figure (RULES 13)."""
    if any(re.search(r"\d", found["said"]) for found in _ASIDE.finditer(text)):
        raise Unclear("it says more than one figure")
    return _ASIDE.sub("", text)


def _value(held: Quantity, row: Row) -> Decimal:
    if row.unit in (Unit.CHANGE_PERCENT, Unit.CHANGE_COUNT):
        raise Unclear("it does not say whether it is a reduction or an increase")
    if held.percent and row.unit is not Unit.PERCENT:
        raise Unclear("it is a percentage, and the figure is none")
    if row.unit is Unit.PERCENT and not 0 <= held.value <= 100:
        raise Unclear("a percentage is between 0 and 100")
    if row.unit is Unit.PERCENT and not held.percent and 0 < held.value < 1:
        raise Unclear("it could be a fraction or a percentage")
    return held.value


def _check(read: Target, row: Row) -> None:
    """What pulls apart is not understood; see RULES 12 for a polarity that is not confirmed."""
    size = read.value or Decimal(0)
    upwards = read.comparator in UPWARD or (read.comparator is Comparator.CHANGE and size > 0)
    downwards = read.comparator in DOWNWARD or (read.comparator is Comparator.CHANGE and size < 0)
    if (upwards and row.polarity is Polarity.SMALLER) or (downwards and row.polarity is Polarity.BIGGER):
        raise Unclear(f"it asks for {'more' if upwards else 'less'}, and {row.polarity.value.replace('_', ' ')}")

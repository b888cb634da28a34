"""Wordings that ask for a change: "5% reduction", "a reduction of 5 casualties a year", "improve on 2014-15"."""

import re
from dataclasses import replace
from decimal import Decimal

from collector.domain.indicator import Polarity, Unit
from collector.domain.target import Against, Base, Comparator, Target
from collector.target_numbers import NUMBER, Unclear, on_better_side, tail_is_plain

_DOWN = r"reductions?|decreases?|falls?|drops?|cuts?|fewer|less|lower"
_UP = r"increases?|rises?|more|higher"
_BETTER = r"improvements?|better"
_SIZE = rf"(?P<size>{NUMBER})(?P<percent>%)?(?P<points> (?:percentage )?points?)?(?P<share> of it)?"
_LEAST = r"(?:at least |a minimum of )?"
_SAID = (
    # "5% reduction in fly tips on last year", "at least 5% lower than ..."
    rf"(?:an? )?{_LEAST}{_SIZE}\s+(?P<what>[^\d]*?)(?P<way>{_DOWN}|{_UP}|{_BETTER})\b(?P<base>.*)",
    # "a reduction of 5 casualties"
    rf"(?:an? )?(?P<way>{_DOWN}|{_UP}|{_BETTER})(?P<what>) (?:of|by) {_LEAST}{_SIZE}(?P<base>.*)",
    # "reduce the number of thefts by 10% against ..."
    rf"(?P<way>reduce|decrease|cut|lower|increase|raise|improve)\b(?P<what>[^\d]*?)\bby {_LEAST}{_SIZE}(?P<base>.*)",
    # "reduction in fly tips of 5%"
    rf"(?:an? )?(?P<way>{_DOWN}|{_UP}|{_BETTER})\b(?P<what>(?: in)? [^\d]*?) (?:of|by) {_LEAST}{_SIZE}(?P<base>.*)",
)
_ON_BASE = re.compile(
    r"(?P<way>improve(?:ment)? on|better than|no worse than|at least|at most|above|below|no more than|no less than|"
    r"no (?:increase|rise|reduction|decrease|fall) (?:on|from|over|against)|"
    r"no fewer than|more than|less than|fewer than|lower than|higher than) (?P<base>\D.*|\d{4}[/-].*)",
    re.I,
)
_COMPARATORS = {
    "at least": Comparator.AT_LEAST,
    "no less than": Comparator.AT_LEAST,
    "no fewer than": Comparator.AT_LEAST,
    "at most": Comparator.AT_MOST,
    "no more than": Comparator.AT_MOST,
    "above": Comparator.ABOVE,
    "more than": Comparator.ABOVE,
    "higher than": Comparator.ABOVE,
    "below": Comparator.BELOW,
    "less than": Comparator.BELOW,
    "fewer than": Comparator.BELOW,
    "lower than": Comparator.BELOW,
}
_PREPOSITION = r"(?:on|against|from|than|over|of|versus|vs\.?|compared (?:with|to)|relative to)"
_YEAR = r"(?:19|20)\d\d(?:[/-](?:19|20)?\d\d)?"
_BASES = (
    (Base.LAST_YEAR, r"(?:the )?same quarter (?:of )?(?:last year|the previous year|the year before)"),
    (
        Base.LAST_YEAR_TO_DATE,
        r"(?:the )?(?:same period (?:of |in )?)?"
        r"(?:last year|the previous year|the year before|previous year)(?:,? to date)?",
    ),
    (Base.PREVIOUS_QUARTER, r"(?:the )?(?:previous|last|preceding) quarter|the quarter before"),
)
_BASELINE = re.compile(
    rf"(?:the )?(?P<name>{_YEAR}(?: (?:baseline|out-?turn|average|figure|level))?|baseline)"
    rf"(?:,? of (?P<of>{NUMBER})(?P<op>%)?| \((?P<in>{NUMBER})(?P<ip>%)?\)|, which is still to come"
    rf"|, as the books hold it)?"
    r"(?P<unit>\s[^()]*)?",
    re.I,
)
_THAT_IS = re.compile(rf",?\s+(?:i\.?e\.?|that is),?\s+(?:to )?(?P<goal>{NUMBER})%?$", re.I)
_FIRST_WORD = re.compile(rf"(?P<counted>[^\d]*?)(?:\s*\b(?P<preposition>{_PREPOSITION})\b\s*(?P<base>.*))?", re.I)


def read_change(text: str, unit: Unit, polarity: Polarity, per_year: bool, per_quarter: bool) -> Target | None:
    """The change that a wording asks for, without its "a year" and "a quarter"; None where it asks for none.

    A percentage by itself is taken to date against the same period last year (RULES 11); everything else must be said.
    """
    text = text.strip()
    goal = _THAT_IS.search(text)
    main = text[: goal.start()] if goal else text
    for pattern in _SAID:
        found = re.fullmatch(pattern, main, re.I)
        if found is not None and tail_is_plain(_counted(found["what"]), unit):
            change = _sized(found, unit, polarity, per_year, per_quarter)
            return _settled(change, _ways(found, unit), Decimal(goal["goal"]) if goal else None)
    found = _ON_BASE.fullmatch(main)
    base = _base(found["base"], unit) if found and unit not in (Unit.CHANGE_PERCENT, Unit.CHANGE_COUNT) else None
    if found is None or base is None:
        return None
    way = found["way"].lower()
    if way == "no worse than":
        on_better_side(polarity)
        return _over_time(Target(Comparator.CHANGE, value=Decimal(0), against=base), unit, per_year, per_quarter)
    kept = re.match(r"no (?:(increase|rise)|reduction|decrease|fall)", way)
    if kept is not None:
        return _over_time(
            Target(Comparator.AT_MOST if kept[1] else Comparator.AT_LEAST, against=base), unit, per_year, per_quarter
        )
    comparator = _COMPARATORS.get(way) or on_better_side(polarity, strict=True)
    return _over_time(Target(comparator, against=base), unit, per_year, per_quarter)


def _counted(what: str) -> str:
    return f" {what.strip()}" if what.strip() else ""


def _sized(found: re.Match[str], unit: Unit, polarity: Polarity, per_year: bool, per_quarter: bool) -> Target:
    size = Decimal(found["size"]) * _sign(found["way"].lower(), polarity)
    if not size:
        raise Unclear("a change of nothing is none")
    tail = _FIRST_WORD.fullmatch(found["base"].strip()) if found["base"].strip() else None
    if found["base"].strip() and tail is None:
        raise Unclear("it says more than one figure")
    said = (tail["base"] or "").strip() if tail else ""
    if tail is not None and not tail_is_plain(_counted(tail["counted"]), unit):
        said = found["base"].strip()
    if unit in (Unit.CHANGE_PERCENT, Unit.CHANGE_COUNT):
        return _itself_a_change(size, bool(found["percent"]), unit, said, per_year)
    absolute = _ways(found, unit)[0]
    base = _base(said, unit) if said else None
    if said and base is None:
        raise Unclear(f"\u201c{said}\u201d is nothing known to compare with")
    if base is None and absolute and not per_year:
        raise Unclear("it does not say what the change is counted from")
    base = base or Against(Base.LAST_YEAR_TO_DATE)
    change = Target(Comparator.CHANGE, value=size, against=replace(base, absolute=absolute))
    return _over_time(change, unit, per_year, per_quarter)


def _sign(way: str, polarity: Polarity) -> int:
    if re.fullmatch(rf"{_DOWN}|reduce|decrease|cut|lower", way):
        return -1
    if re.fullmatch(rf"{_UP}|increase|raise", way):
        return 1
    return 1 if on_better_side(polarity) is Comparator.AT_LEAST else -1


def _ways(found: re.Match[str], unit: Unit) -> tuple[bool, ...]:
    """Whether the change is in the unit: "2%" of a percentage may be two points or a fiftieth of it."""
    if unit is not Unit.PERCENT:
        if found["points"]:
            raise Unclear("points are for percentages")
        return (not found["percent"],)
    if found["points"] or found["share"]:
        return (bool(found["points"]),)
    return (True, False)


def _itself_a_change(size: Decimal, percent: bool, unit: Unit, base: str, per_year: bool) -> Target:
    """A figure that is reported as a change has its base already."""
    if percent is not (unit is Unit.CHANGE_PERCENT):
        raise Unclear(f"the figure is a change in {'per cent' if unit is Unit.CHANGE_PERCENT else 'numbers'}")
    if base or per_year:
        raise Unclear("the figure is a change itself; a change on what is not to be said twice")
    return Target(Comparator.AT_MOST if size < 0 else Comparator.AT_LEAST, value=size)


def _base(said: str, unit: Unit) -> Against | None:
    said = said.strip()
    for base, pattern in _BASES:
        if re.fullmatch(pattern, said, re.I):
            return Against(base)
    found = _BASELINE.fullmatch(said)
    if found is None or not tail_is_plain(found["unit"] or "", unit):
        return None
    value = found["of"] or found["in"]
    if (found["op"] or found["ip"]) and unit is not Unit.PERCENT:
        raise Unclear("its baseline is a percentage, and the figure is not")
    name = "" if found["name"].lower() == "baseline" else found["name"]
    name += " figure" if name and name[-1].isdigit() else ""
    return Against(Base.BASELINE, value=Decimal(value) if value else None, name=name)


def _over_time(target: Target, unit: Unit, per_year: bool, per_quarter: bool) -> Target:
    """Over which time a change counts: a count of a named year is a whole year's."""
    against = target.against or Against(Base.BASELINE)
    if per_year and per_quarter:
        raise Unclear("it speaks of a year and of a quarter")
    of_a_quarter = against.base in (Base.LAST_YEAR, Base.PREVIOUS_QUARTER)
    if per_year and of_a_quarter:
        raise Unclear("a quarter's base can't carry a target for the year")
    to_date_by_itself = against.base is Base.LAST_YEAR_TO_DATE
    if per_quarter and to_date_by_itself:
        raise Unclear("it speaks of a quarter, and of the year to date")
    # In per cent the same stretch of last year is a base for any part of the year.
    if to_date_by_itself and not against.absolute:
        return target
    if against.base is Base.BASELINE and unit is Unit.COUNT and not (per_year or per_quarter):
        if not against.name:
            raise Unclear("whether the baseline is a quarter's or a year's is not said")
        per_year = True
    return replace(target, per_year=per_year)


def _settled(change: Target, ways: tuple[bool, ...], goal: Decimal | None) -> Target:
    """Points or a share of the percentage? Where the wording says what it comes to, that decides."""
    against, size = change.against, change.value or Decimal(0)
    if against is None:
        return change
    if goal is not None:
        if against.value is None:
            raise Unclear("it says what it comes to, but not from where")
        base = against.value
        ways = tuple(way for way in ways if (base + size if way else base * (100 + size) / 100) == goal)
    if len(ways) != 1:
        raise Unclear(
            "it may be points or a share of the percentage" if ways else "its own figures contradict each other"
        )
    return replace(change, against=replace(against, absolute=ways[0]))

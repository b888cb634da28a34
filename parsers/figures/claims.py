"""What a reply says of its figure later on, and that can't be: "all nine falls" of seven, "lower than the 46" of 49."""

import re
from decimal import Decimal

from collector.domain.figure import plain
from parsers.figures import subject
from parsers.figures.consistency import rounded
from parsers.figures.facts import Facts
from parsers.figures.frame import Frame
from parsers.figures.quantities import ANY, NUM, SCALE, Quantity, number, quantity
from parsers.figures.units import Kind


def claims_against(frame: Frame, facts: Facts, given: Quantity) -> list[str]:
    """Everything that is claimed of a figure behind it and contradicts it, in plain words with the arithmetic."""
    return (
        _all_of_another_number(frame, facts, given)
        + _the_other_way(facts, given)
        + _another_for_the_period(facts, given)
        + _a_share_of_money(facts, given)
        + _a_list_that_adds_up_to_less(facts, given)
        + _so_far_off_its_target(frame, facts, given)
    )


_ALL_SO_MANY = re.compile(
    rf"\b(?:all|each) (?:of )?(?:the |these |those )?(?P<n>{NUM})(?P<noun>(?: [a-z]+){{1,2}})", re.I
)


def _all_of_another_number(frame: Frame, facts: Facts, given: Quantity) -> list[str]:
    """As in "7 falls were reported. RCA is complete for all 9 falls"."""
    counted = given.kind is Kind.COUNT and frame.wanted.kind is Kind.COUNT
    if not (counted and facts.canvas.says(("all ", "each "))):
        return []
    for found in _ALL_SO_MANY.finditer(facts.canvas.text, facts.canvas.sentence_at(given.start)[1]):
        fit = subject.match("", found["noun"].split()[0], frame.asked)
        if fit.named and number(found["n"]) > given.value:
            return [f"You gave {given} and later wrote '{found[0].strip()}'."]
    return []


_IT_WAS = re.compile(
    r"(?:\n|[^.;\n\d]{0,40}, )(?:this|that|it|which)(?: figure| total| number| result)? (?:is|was"
    r"|represents|marks) (?:also "
    r"|again )?(?:an? )?"
    r"(?:(?P<less>lower|fewer|less|below|down|fall|drop|reduction|decrease)"
    rf"|(?P<more>higher|more|greater|above|up|rise|increase))(?: than| on| from)? (?:the "
    rf"|last [a-z]+'s )?(?P<was>{ANY})",
    re.I,
)


def _the_other_way(facts: Facts, given: Quantity) -> list[str]:
    """As in "49 homes. This was lower than the 46 in Q2"."""
    text, (_, end) = facts.canvas.text, facts.canvas.sentence_at(given.start)
    found = _IT_WAS.match(text, given.end, end) or _IT_WAS.match(text, end)
    was = quantity(found["was"]) if found else None
    if found is None or was is None or was.kind is not given.kind or was.value == given.value:
        return []
    if (given.value < was.value) == (found["less"] is not None):
        return []
    return [f"You gave {given} and wrote '{found[0].strip()}'."]


_THE_PERIODS = re.compile(
    rf"\bthis (?:quarter|period|month|year)'s (?P<n>{ANY})(?= (?:rate|figure|total|result|performance"
    rf"|score|position)\b)",
    re.I,
)


def _another_for_the_period(facts: Facts, given: Quantity) -> list[str]:
    """As in "18.2% reoffended. ... this quarter's 23.4% rate keeps us below the average"."""
    for found in _THE_PERIODS.finditer(facts.canvas.text) if facts.canvas.says(("this ",)) else ():
        said = quantity(found["n"])
        if said is not None and said.kind is given.kind and said.value != given.value:
            return [f"You gave {given} and also wrote '{found[0].strip()}'."]
    return []


_MONEY = rf"£ ?{NUM}{SCALE}?"
_SO_MUCH_OF = re.compile(
    rf"(?P<part>{_MONEY})(?: [a-z]+){{0,3}} (?:out )?of (?:the|a|our|its)? ?(?:total |annual "
    rf"|gross )?(?P<whole>{_MONEY})",
    re.I,
)
_FARTHEST = 15
_NEAREST = Decimal("0.6")


def _a_share_of_money(facts: Facts, given: Quantity) -> list[str]:
    """As in "We collected £13.42m of the £13.66m due, giving a rate of 99.6%"."""
    start, end = facts.canvas.sentence_at(given.start)
    found = _SO_MUCH_OF.search(facts.canvas.text, start, end) if given.kind is Kind.PERCENT else None
    part, whole = (quantity(found["part"]), quantity(found["whole"])) if found else (None, None)
    if found is None or part is None or whole is None or not 0 < part.value < whole.value:
        return []
    share = 100 * part.value / whole.value
    between = facts.canvas.text[found.end() : given.start]
    another = given.start < found.end() or any(char.isdigit() for char in between)
    off = min(abs(share - given.value), abs(100 - share - given.value))
    if another or not _NEAREST < off <= _FARTHEST:
        return []
    return [f"You gave {given} and also {found['part']} of {found['whole']}, which is {plain(rounded(share, 1))}%."]


_NAMED_ITEMS = re.compile(
    r"(?::|\b(?i:split|broken down|breakdown|made up|comprising|by (?:area|district|locality|site|team|ward|service))\b"
    r"[^:;.\n]{0,60}?(?:\b(?:was|is|were|of|as)\b"
    r"|:))(?P<items>(?: ?[A-Z][A-Za-z '&/-]*? \d[\d,]*(?:,(?= )|;| and|(?=[.\n])|$)){3,12})\.?(?=\n|$)"
)
_SPLIT_NEXT = re.compile(
    r"\n(?:this |that |they |the \w+ )?(?:is |was |were |are )?(?:split|broken down|breakdown|made up|by )", re.I
)
_ITEM = re.compile(r" (?P<n>\d[\d,]*)(?=[,;. \n]|$)")
_MOST_OF_IT = Decimal("0.75")


def _a_list_that_adds_up_to_less(facts: Facts, given: Quantity) -> list[str]:
    """As in "Total 26: Medicine 11, Surgery 8, Family 4, Diagnostics 5", a list of names that is 28 in all.

    What comes to much less is a list of the largest only.
    """
    _, end = facts.canvas.sentence_at(given.start)
    counted = given.kind is Kind.COUNT
    found = _NAMED_ITEMS.search(facts.canvas.text, given.end, end) if counted else None
    _, following = facts.canvas.sentence_at(min(end + 1, len(facts.canvas.text)))
    if found is None and counted and _SPLIT_NEXT.match(facts.canvas.text, end):
        found = _NAMED_ITEMS.search(facts.canvas.text, end, following)
    if found is None or any(given.end <= q.start < found.start() for q in facts.said):
        return []
    items = [number(item["n"]) for item in _ITEM.finditer(found["items"])]
    total = sum(items, Decimal(0))
    if total == given.value or total < given.value * _MOST_OF_IT:
        return []
    return [f"You gave {given} and also {' + '.join(plain(item) for item in items)}, which is {plain(total)}."]


_SO_FAR_OFF = re.compile(
    rf"[^.;\n\d]{{0,30}}?\b(?P<off>£?{NUM}{SCALE}?) (?P<way>above|over|ahead of|up on|below|under|short of|behind) "
    r"(?:the |our |its )?(?:target|plan|profile|budget|trajectory)\b",
    re.I,
)
_ANOTHER_TARGET = 3


def _so_far_off_its_target(frame: Frame, facts: Facts, given: Quantity) -> list[str]:
    """As in "43,870, which is 2,870 above target", of a target of 42,000; a target of another stretch is left alone."""
    found = _SO_FAR_OFF.match(facts.canvas.text, given.end)
    off = quantity(found["off"]) if found else None
    if found is None or off is None or off.kind is not given.kind or len(frame.aims) != 1 or not off.value:
        return []
    (aim,) = frame.aims
    gap = abs(given.value - aim)
    if gap == off.value or not 1 <= max(gap, off.value) / max(min(gap, off.value), Decimal(1)) <= _ANOTHER_TARGET:
        return []
    said = f"{found['off']} {found['way']} target"
    return [f"You gave {given} and wrote '{said}'; the target of {plain(aim)} is {plain(gap)} away."]

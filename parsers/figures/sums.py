"""Whether the counts beside a figure add up to it: months, quarters, parts, totals, shares, rates (RULES 3)."""

import re
from decimal import Decimal

from collector.domain.figure import plain
from parsers.figures import consistency, dates, subject
from parsers.figures.facts import Facts, Said
from parsers.figures.frame import Frame
from parsers.figures.periods import Time
from parsers.figures.quantities import Quantity
from parsers.figures.shares import shares_against
from parsers.figures.units import Kind
from parsers.figures.verdict import listed

_ADDED = (Kind.COUNT, Kind.MONEY, Kind.WEIGHT)
_A_QUARTERS_MONTHS = 3
_A_YEARS_QUARTERS = 4
_FINELY = Decimal("0.11")


def sums_against(frame: Frame, facts: Facts, given: Quantity) -> list[str]:
    """Everything the counts beside a figure say against it, in plain words with the arithmetic."""
    doubts = _months_against(frame, facts, given) + _parts_against(facts, given) + _total_against(facts, given)
    doubts += _deficit(frame, facts, given) + _not_all_of_it(facts, given)
    return doubts + shares_against(facts, given) + _rate_against(frame, facts, given)


_AVERAGED = re.compile(r"\b(?:average|mean|median|rate|score|percentage|proportion)\b", re.I)


def _months_against(frame: Frame, facts: Facts, given: Quantity) -> list[str]:
    """The quarter's three months beside a total they do not add up to, or an average that lies outside them."""
    if frame.home is None:
        return []
    expected = _A_QUARTERS_MONTHS if dates.as_quarter(frame.home) else _A_YEARS_QUARTERS
    months = [s.what for s in facts.elsewhere if _is_a_month(s) and isinstance(s.what, Quantity)]
    months = [
        m for m in months if m.kind in (given.kind, Kind.COUNT) and not _of_something_else(frame, facts, given, m)
    ]
    if expected == _A_QUARTERS_MONTHS and 0 < len(months) < expected:
        return _only_some_months(frame, given, months)
    if len(months) != expected:
        return []
    values = [m.value for m in months]
    low, high, total = min(values), max(values), sum(values, Decimal(0))
    if low <= given.value <= high or (given.kind in _ADDED and total == given.value):
        return []
    averaged = given.kind not in _ADDED or _AVERAGED.search(frame.asked.title)
    added = " + ".join(plain(value) for value in values)
    if averaged:
        return [f"You gave {given} and also {listed(months)} for its parts; the figure lies outside them."]
    return [f"You gave {given} and also {added}, which is {plain(total)}."]


def _of_something_else(frame: Frame, facts: Facts, given: Quantity, month: Quantity) -> bool:
    """Whether a month's figure stands in another sentence, which is of something else."""
    if _same_sentence(facts, given, month):
        return False
    fit = subject.match(facts.unexplained(month.start), "", frame.asked)
    return bool(fit.strange) and not fit.named


def _only_some_months(frame: Frame, given: Quantity, months: list[Quantity]) -> list[str]:
    """A total that is no more than the months given beside it, where the quarter has others: "Apr 121, total 121"."""
    total = sum((month.value for month in months), Decimal(0))
    if given.kind not in _ADDED or not total or total != given.value:
        return []
    added = " + ".join(plain(month.value) for month in months)
    return [f"You gave {given} in all and only {added} by month; is {given} all of {frame.period}?"]


def _is_a_month(said: Said) -> bool:
    return said.mention is not None and said.mention.time is Time.PART


_OF_THESE = re.compile(
    r"^\W*(?:of (?:these|those|them|which|the)|these (?:were|are|comprise)|comprising|made up of"
    r"|by (?:area|district|team|type|site|division|ward|locality|region|category|age)\b[^\d]{0,20})\b",
    re.I,
)


_LIST = re.compile(r"^[^.;\n]*?:(?P<items>[^.;\n]+)\.?$", re.I)


_ITEM = re.compile(r"(?:^|,|\band\b|&) ?(?P<n>\d[\d,]*)(?= (?!of\b)[a-z]| ?\()", re.I)


_LEAST_ITEMS = 2


def _parts_against(facts: Facts, given: Quantity) -> list[str]:
    """Parts that come to more than the total, or a list of parts that does not come to it."""
    if given.kind not in _ADDED or (given.kind is Kind.COUNT and given.decimals):
        return []
    _, end = facts.canvas.sentence_at(given.start)
    colon = facts.canvas.text.find(":", given.end, end)
    listed_sums = [q for q in facts.said if q.kind is given.kind and given.end <= colon < q.start < end]
    if given.kind is not Kind.COUNT:
        total = sum((q.value * q.scale for q in listed_sums), Decimal(0))
        some = _SOME.search(facts.canvas.text, colon, end) if colon >= 0 else None
        if len(listed_sums) < _LEAST_ITEMS or total == given.value * given.scale or some:
            return []
        return [f"You gave {given} and also {' + '.join(str(q) for q in listed_sums)}, which is {plain(total)}."]
    following = facts.canvas.text[end + 1 :].split("\n", 1)[0]
    listing = _LIST.match(facts.canvas.text[given.end : end])
    if any(
        m.time is not Time.WANTED and not facts.canvas.text[m.end : colon].strip()
        for m in facts.mentions
        if m.end <= colon
    ):
        # "6 in the quarter (Q2: 5 collisions, 5 deaths)": a list of another time's.
        listing = None
    for words, whole in (
        (following if _OF_THESE.match(following) else "", False),
        (listing["items"] if listing else "", True),
    ):
        parts = [Decimal(found["n"].replace(",", "")) for found in _ITEM.finditer(_OF_THESE.sub("", words).strip())]
        if len(parts) < _LEAST_ITEMS:
            continue
        total = sum(parts, Decimal(0))
        if total > given.value or (whole and total != given.value and not _SOME.search(words)):
            return [f"You gave {given} and also {' + '.join(plain(p) for p in parts)}, which is {plain(total)}."]
    return []


_A_PAIR = 2
_POPULATION = re.compile(r"\bpopulation(?: (?:of|is|was))? \d{1,3}(?:,\d{3})+\b", re.I)


_ABOUT_RIGHT = Decimal("0.02")


_FAR = 3


def _rate_against(frame: Frame, facts: Facts, given: Quantity) -> list[str]:
    """A rate beside its count and the population it is a rate of."""
    counts = [q for q in facts.said if q.kind is Kind.COUNT and not q.decimals]
    counts = [q for q in counts if q.start != given.start]
    per = given.scale if given.kind is Kind.RATE else frame.wanted.scale
    if frame.wanted.kind is not Kind.RATE or len(counts) != _A_PAIR:
        return []
    low, high = sorted(counts, key=lambda q: q.value)
    if high.value == 0 or given.value <= 0:
        return []
    worked = low.value * per / high.value
    told = _POPULATION.search(facts.canvas.text) is not None
    close = given.value / _FAR <= worked <= given.value * _FAR
    here = facts.canvas.sentence(given.start)
    close = close and all(abs(facts.canvas.sentence(each.start) - here) <= 1 for each in counts)
    if not (told or close) or abs(worked - given.value) <= max(given.value * _ABOUT_RIGHT, _FINELY):
        return []
    rate = plain(consistency.rounded(worked, 1))
    return [f"You gave {given} and also {low} and {high}, which is {rate} per {plain(per)}."]


_DEFICIT = re.compile(r"\b(?:deficit|variance|surplus|balance)\b", re.I)


def _deficit(frame: Frame, facts: Facts, given: Quantity) -> list[str]:
    """A sum in brackets where a deficit is possible: accountants write what is missing so."""
    if given.kind is not Kind.MONEY or given.signed:
        return []
    before, after = facts.canvas.text[: given.start].rstrip(), facts.canvas.text[given.end :].lstrip()
    bracketed = before.endswith("(") and after.startswith(")")
    start, _ = facts.canvas.sentence_at(given.start)
    named = _A_DEFICIT.search(facts.canvas.text[start : given.start]) is not None
    if _SAYS_WHICH.search(frame.asked.title):
        return []
    either = _EITHER_WAY.search(frame.asked.title) is not None
    possible = (bracketed and _DEFICIT.search(frame.asked.title) is not None) or (named and either)
    return [f"You wrote ({given}); is that a deficit?"] if possible else []


_A_DEFICIT = re.compile(r"\b(?:deficit|shortfall|overspen[dt]|loss)\b[^,;£]{0,30}$", re.I)
_SAYS_WHICH = re.compile(
    r"\b(?:overspend|over-spend|overspent)\b(?!\W+(?:or|and) under)(?<!underspend/overspend)", re.I
)
"""A title of which an overspend is the positive side."""
_EITHER_WAY = re.compile(r"\b(?:surplus|position|balance|variance|i&e|income and expenditure|net)\b", re.I)
"""What can be more or less than nothing."""
_TOTAL = re.compile(r"^,? ?(?:in (?:all|total)|altogether|all told)\b", re.I)


_FEWEST_ADDED = 2


def _total_against(facts: Facts, given: Quantity) -> list[str]:
    """As in "£400k plus £300k, £1.2m in total"."""
    parts = said_to_make(facts, given)
    total = sum((q.value * q.scale for q in parts), Decimal(0))
    if not parts or total == given.value * given.scale:
        return []
    return [f"You gave {given} and also {' + '.join(str(q) for q in parts)}, which is {plain(total)}."]


def said_to_make(facts: Facts, given: Quantity) -> list[Quantity]:
    """What a number is called the total of, whether or not it comes to that."""
    if given.kind not in _ADDED or _TOTAL.match(facts.canvas.text[given.end :]) is None:
        return []
    parts = [
        q for q in facts.said if q.kind is given.kind and q.start < given.start and _same_sentence(facts, q, given)
    ]
    return parts if len(parts) >= _FEWEST_ADDED else []


def _same_sentence(facts: Facts, one: Quantity, other: Quantity) -> bool:
    return facts.canvas.sentence(one.start) == facts.canvas.sentence(other.start)


_SPACED = re.compile(r"(?<![\d.,:/])\d{1,3}(?: \d{3})+(?![\d.,:/%])")


_AND_MORE = re.compile(
    r"^(?: [a-z]+){0,2},? (?:and|plus|with) (?:a )?(?:further |another "
    r"|about )?\d[\d.,]*(?: [a-z]+)? (?:more|further|additional|extra)\b"
    r"|^(?: [a-z]+){0,2},? (?:and|plus) (?:a further|another|an additional) \d",
    re.I,
)


def _not_all_of_it(facts: Facts, given: Quantity) -> list[str]:
    """A number written with spaces, and one that has more added to it."""
    around = facts.canvas.text[max(0, given.start - 4) : given.end + 5]
    if _SPACED.search(around):
        return [f"You wrote '{around.strip()}', which could be one number or two."]
    added = _AND_MORE.match(facts.canvas.text[given.end : given.end + 60])
    return [f"You wrote '{given}{added[0]}'; is {given} all of it?"] if added else []


_SOME = re.compile(r"\b(?:including|such as|mainly|mostly|largely|chiefly|among|for example|e\.g)\b", re.I)

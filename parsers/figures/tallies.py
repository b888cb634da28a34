"""Whether what was counted allows the figure: few who replied, those who passed and failed, two sources, two trends."""

import re
from decimal import Decimal

from collector.domain.figure import plain
from parsers.figures.facts import Facts, Said
from parsers.figures.frame import Frame
from parsers.figures.quantities import Quantity
from parsers.figures.units import Kind
from parsers.figures.verdict import listed


def tallies_against(frame: Frame, facts: Facts, given: Quantity) -> list[str]:
    """Everything that the other counts, sources and trends of a reply say against its figure."""
    doubts = _too_few(facts, given) + _not_all_told(facts, given)
    return doubts + _by_another_source(facts, given) + _wrong_way(frame, facts, given)


_FEW = re.compile(
    r"(?:\b(?:only|just|from|of) )(?P<n>\d{1,2}) (?:[a-z]+ ){0,2}?(?:replied|responded|returned|responses?|replies"
    r"|respondents|returns|answered|surveyed|(?<!of \d cases)(?<!of \d\d cases)cases|forms)\b",
    re.I,
)
_SAMPLED = re.compile(r"\b(?:samples?|audits?|reviews?) (?:of )?$", re.I)
_HALF = Decimal("0.5")


def _too_few(facts: Facts, given: Quantity) -> list[str]:
    """As in "95% were satisfied; only 4 replied": no number of 4 people is 95% of them."""
    found = _FEW.search(facts.canvas.text)
    if found and _SAMPLED.search(facts.canvas.text, 0, found.start("n")):
        return []
    if found is None or given.kind is not Kind.PERCENT or not int(found["n"]):
        return []
    whole = int(found["n"])
    if any(abs(Decimal(100 * part) / whole - given.value) <= _HALF for part in range(whole + 1)):
        return []
    return [f"You gave {given} and also {whole} in all; no part of {whole} is {given}."]


_PASSED_AND_FAILED = re.compile(
    r"(?P<all>\d[\d,]*) [^.;\n\d]{0,40}?, (?P<one>\d[\d,]*) (?:[a-z]+ )?(?:passed|met|upheld|in time|on time|completed"
    r"|successful|compliant)\b[^.;\n\d]{0,30}?(?:,| and) (?P<other>\d[\d,]*) (?:[a-z]+ )?"
    r"(?:failed|missed|not upheld|late|out of time|overdue|incomplete|unsuccessful|non-compliant)\b",
    re.I,
)


def _not_all_told(facts: Facts, given: Quantity) -> list[str]:
    """As in "84 tested, 61 passed, 25 failed": those who passed and those who failed are all there were."""
    found = _PASSED_AND_FAILED.search(facts.canvas.text) if given.kind is Kind.PERCENT else None
    if found is None:
        return []
    whole, one, other = (Decimal(found[group].replace(",", "")) for group in ("all", "one", "other"))
    if one + other == whole:
        return []
    return [
        f"You gave {plain(whole)} in all, and {plain(one)} and {plain(other)} of them, which is {plain(one + other)}."
    ]


_THE_SAME_TIME = re.compile(
    r"\b(?:for|in|over|during) (?:the|that) same (?:quarter|period|month|year)\b"
    r"(?! (?:last|of|in|the|a|previous|before)\b)",
    re.I,
)
_COMPARES = re.compile(r"\b(?:compar\w+|than|against|versus|vs|up|down|from|last|previous|national|england)\b", re.I)
_PAPERS = r"(?:headline|scorecard|dashboard|summary (?:sheet|table)|spreadsheet|workbook|front sheet|commentary)"
_SOURCE = re.compile(
    rf"\b{_PAPERS}\b[^.;\n]{{0,25}}?(?:[:=]|\b(?:is|says|shows|gives|has)\b)? ?(?P<n>\d[\d.,]*\d|\d)", re.I
)


def _by_another_source(facts: Facts, given: Quantity) -> list[str]:
    """Another value for the same time, or under another paper's name: "headline in scorecard 97%"."""
    others: list[Quantity] = []
    everything = [*facts.said, *(said.what for said in facts.elsewhere if isinstance(said.what, Quantity))]
    for other in everything:
        if other.kind is not given.kind or other.value == given.value or other.start == given.start:
            continue
        sentence = facts.sentence(other.start)
        if _THE_SAME_TIME.search(sentence) and not _COMPARES.search(sentence):
            others.append(other)
    here = facts.canvas.text
    others += [
        other
        for other in facts.said
        for found in _SOURCE.finditer(here)
        if found.start("n") == other.start and other.kind is given.kind and other.value != given.value
    ]
    return [f"You gave {given} and also {listed(others[:2])} for the same time."] if others else []


_SMALLER_IS_BETTER = re.compile(
    r"\b(?:sickness|absences?|vacanc(?:y|ies)|turnover|mortality|deaths?|infections?|falls|ulcers|crimes?|offences|arrears"
    r"|complaints|delays?|delayed|re-?offending|waits?|waiting|overdue|accidents?|casualties|breaches|missed)\b",
    re.I,
)
_A_GOOD_SHARE = re.compile(
    r"\b(?:within|in time|on time|under|less than|recorded|solved|resolved|detected|answered|seen|complet\w+|satisf\w+"
    r"|compliance|reduc\w+|avoid\w*|prevent\w*)\b",
    re.I,
)
"""Words of a title that turn it about: fewer complaints are better, more complaints answered in time are too."""
_WAY = re.compile(r"\b(?:(?P<better>improv\w+)|(?P<worse>deteriorat\w+|worsen\w*))\b", re.I)
_LOOKED_BACK = 60


def _wrong_way(frame: Frame, facts: Facts, given: Quantity) -> list[str]:
    """As in "sickness improved to 4.9% (October 4.6%)": better or worse, and the figures went the other way."""
    start, end = facts.canvas.sentence_at(given.start)
    said = _WAY.search(facts.canvas.text, max(start, given.start - _LOOKED_BACK), given.start)
    title = frame.asked.title
    if said is None or frame.wanted.change or not _SMALLER_IS_BETTER.search(title) or _A_GOOD_SHARE.search(title):
        return []
    earlier = [other for other in _told_before(facts) if other.kind is given.kind and given.end <= other.start < end]
    if not earlier or earlier[0].value == given.value:
        return []
    if (given.value < earlier[0].value) == (said["better"] is not None):
        return []
    return [f"You wrote '{said[0]}' for {given}, and it was {earlier[0]} before."]


def _told_before(facts: Facts) -> list[Quantity]:
    """What is said of earlier times, in the order it was written."""
    named = [said for said in facts.elsewhere if _is_dated(said)]
    found = [*facts.context.previous, *(said.what for said in named if isinstance(said.what, Quantity))]
    return sorted(found, key=lambda each: each.start)


def _is_dated(said: Said) -> bool:
    return said.mention is not None and (said.mention.relative or said.mention.span is not None)

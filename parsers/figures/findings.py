"""What a clause's own words say against its figure: levels and changes, claims about the target, times, areas."""

import re
from decimal import Decimal

from collector.domain.figure import plain
from parsers.figures import consistency, subject, vocabulary
from parsers.figures.aimed_at import claimed_of_a_mark, said_of_the_target, wants_more
from parsers.figures.amounts import Change
from parsers.figures.canvas import holds_any
from parsers.figures.claims import claims_against
from parsers.figures.facts import Facts
from parsers.figures.frame import Frame
from parsers.figures.portions import whole_of
from parsers.figures.quantities import Quantity
from parsers.figures.sums import sums_against
from parsers.figures.tallies import tallies_against
from parsers.figures.units import Kind
from parsers.figures.verdict import Figure, Verdict

_ROUNDED = Decimal("0.6")


_FINELY = Decimal("0.11")


def against(frame: Frame, facts: Facts, verdict: Verdict) -> list[str]:
    """Everything a clause's own numbers and words say against its first figure, in plain words with the arithmetic."""
    figure = verdict.figures[0]
    levels = [*facts.direct, *(move.last for move in facts.moves)]
    given = next((q for q in levels if figure.start <= q.start and q.end <= figure.end), None)
    doubts = [*claimed_of_a_mark(frame, facts, figure), *_two_times(facts), *_elsewhere(frame, facts, figure)]
    if frame.wanted.kind is not Kind.RANK:
        doubts += _turned_about(facts, figure)
    doubts += in_bulk(facts.canvas.text) + _parts_over(frame, facts, figure)
    if frame.wanted.change or frame.wanted.kind is Kind.POINTS:
        return doubts + _levels_against(frame, facts, figure)
    if given is not None:
        doubts += _change_against(frame, facts, given) + _direction_against(facts, given, wants_more(frame))
        doubts += said_of_the_target(frame, facts, given) + _as_expected(frame, facts, given)
        doubts += sums_against(frame, facts, given) + tallies_against(frame, facts, given)
        doubts += claims_against(frame, facts, given)
    return doubts


_RISING = re.compile(r"\b(?:rose|risen|rises?|rising|increas\w+|grew|grown|climbed|up|jump\w*|higher|growth)\b", re.I)


_FALLING = re.compile(
    r"\b(?:fell|fallen|falls?|falling|decreas\w+|reduc\w+|dropp?\w*|declin\w+|down|lower|shrank|shrunk)\b", re.I
)


_LOOKED_BACK = 30
_LOOKED_AHEAD = 60


def _turned_about(facts: Facts, figure: Figure) -> list[str]:
    """A rise that leads to less, or a fall that leads to more."""
    found = []
    for move in facts.context.moves:
        start, end = facts.canvas.sentence_at(move.start)
        if facts.settled and not start <= figure.start < end:
            continue
        before = facts.canvas.text[max(start, move.start - _LOOKED_BACK) : move.start]
        rising, falling = _RISING.search(before) is not None, _FALLING.search(before) is not None
        grew = move.last.value > move.first.value
        if move.last.value != move.first.value and rising != falling and rising != grew:
            found.append(
                f"You wrote '{facts.canvas.text[start:end].strip()[:120]}', and {move.first} to {move.last} is "
                f"{'an increase' if grew else 'a reduction'}."
            )
    return found


_BULK = re.compile(
    r"£ ?'?000'?s?\b|(?<![\d.,])'?000'?s\b|£ ?(?:k|m|mn|million)\b"
    r"|\(£?'?(?:m|k|mn)\)|\b(?:in|figures? in) (?:thousands|millions)\b",
    re.I,
)
"""A heading's way of saying that the figures below are to be multiplied."""
_MANY = ("000", "£", "m)", "k)", "n)", "thousand", "million")


def in_bulk(words: str) -> list[str]:
    """The doubt that figures may be in thousands or millions."""
    found = _BULK.search(words) if holds_any(words.lower(), _MANY) else None
    if found is None:
        return []
    return [f"You wrote '{found[0].strip()}'; the whole figure is asked for, with every nought."]


def _parts_over(frame: Frame, facts: Facts, figure: Figure) -> list[str]:
    """A part that is more than its whole: "153, of which 160 were women"."""
    if frame.wanted.kind is not Kind.COUNT or frame.wanted.change:
        return []
    return [
        f"You wrote {plain(part.value)} of {plain(figure.value)}; a part can't be more than the whole."
        for part in facts.context.parts
        if part.kind is Kind.COUNT and part.value > figure.value and _is_its_whole(facts, figure, part)
    ][:1]


def _is_its_whole(facts: Facts, figure: Figure, part: Quantity) -> bool:
    """Whether no other count stands between a figure and what is called a part."""
    whole = whole_of(facts, part)
    return whole is None or figure.start <= whole.start < figure.end


def _two_times(facts: Facts) -> list[str]:
    """Two times side by side that can't both be meant: "July to September (Q1)"."""
    for first, second in zip(facts.mentions, facts.mentions[1:], strict=False):
        between = facts.canvas.text[first.end : second.start]
        if first.span is None or second.span is None or between.strip() not in ("(", "[", "=", "i.e.", "ie"):
            continue
        own = facts.numbers_between(second.end, facts.canvas.text.find(")", second.end))
        if not own and (first.span.end < second.span.start or second.span.end < first.span.start):
            return [f"You wrote '{first.words}' and '{second.words}' for the same time."]
    return []


def _of_another_thing(frame: Frame, facts: Facts, given: Quantity, change: Change) -> bool:
    """Whether a change has a subject of its own behind a word that parts it: "even though calls were 17% fewer"."""
    if change.start < given.end:
        return False
    parted = list(_PARTS_IT.finditer(facts.canvas.text, given.end, change.start))
    if not parted:
        return False
    own = facts.canvas.text[parted[-1].end() : change.start]
    fit = subject.match(own, "", frame.asked)
    later = facts.canvas.sentence(change.start) > facts.canvas.sentence(given.start)
    return bool(fit.strange) and (later or not fit.named)


_PARTS_IT = re.compile(r"\b(?:though|although|while|whilst|whereas|despite|but|even|and)\b|[,;\n]", re.I)


def _change_against(frame: Frame, facts: Facts, given: Quantity) -> list[str]:
    """A level, the one before and the change between them, in one sentence."""
    if any(part.start == given.start for part in facts.context.parts):
        return []
    here = facts.canvas.sentence(given.start)
    near = (here, here + 1)
    changes = [c for c in facts.context.changes if facts.canvas.sentence(c.start) in near]
    changes = [c for c in changes if not _of_another_thing(frame, facts, given, c)]
    before = [q for q in facts.previous() if q.kind is given.kind and facts.canvas.sentence(q.start) == here]
    before += [m.first for m in facts.context.moves if m.last.value == given.value]
    levels = {q.value for q in before}
    if len(changes) > 1 and before:
        # "rose by 8% to 203, which is 4% lower than a year before (188)": the one that stands right before the level.
        last = before[-1].start
        beside = [c for c in changes if given.end <= c.start < last]
        changes = beside[-1:] if len(before) == 1 else changes
    if len(changes) != 1 or len(levels) != 1:
        return []
    change, level = changes[0], levels.pop()
    rise = given.value - level
    possible = _changes(given, level, change.kind)
    slack = _ROUNDED if change.decimals == 0 and change.kind is Kind.PERCENT else _FINELY
    if not possible or any(abs(abs(each) - abs(change.amount)) <= slack for each in possible):
        agrees = rise == 0 or change.amount == 0 or (rise > 0) == (change.amount > 0)
        if agrees or not possible:
            return []
    was = Quantity(level, given.kind, 0, 0, plain(level), scale=given.scale)
    said = Quantity(abs(change.amount), change.kind, 0, 0, plain(abs(change.amount)))
    way = "an increase" if change.amount > 0 else "a reduction"
    unit = " percentage points" if change.kind is Kind.POINTS else "%" if change.kind is Kind.PERCENT else ""
    worked = plain(consistency.rounded(abs(possible[0]), 1))
    return [
        f"You gave {given} after {was}, and {way} of {plain(said.value)}{unit}; "
        f"{was} to {given} is {'an increase' if rise > 0 else 'a reduction'} of {worked}{unit}."
    ]


_MORTALITY = re.compile(r"\b(?:hsmr|shmi|mortality (?:ratio|index|indicator))\b", re.I)
_THAN_EXPECTED = re.compile(
    r"\b(?:(?P<low>lower|better|fewer|below)|(?P<high>higher|worse|more|above)) than expected\b", re.I
)


def _as_expected(frame: Frame, facts: Facts, given: Quantity) -> list[str]:
    """A mortality ratio is 100 (or 1) where as many die as expected: "104.2, lower than expected" can't be."""
    said = _THAN_EXPECTED.search(facts.sentence(given.start))
    if said is None or _MORTALITY.search(frame.asked.title) is None or not given.value:
        return []
    over = given.value > (100 if given.value > _A_RATIO else 1)
    if over != bool(said["low"]):
        return []
    return [f"You wrote '{said[0]}' of {given}; as expected would be {100 if given.value > _A_RATIO else 1}."]


_A_RATIO = 10
_IMPROVED_TO = re.compile(r"\bimprov(?:ed|ing|es) [^.;,\d\n]{0,30}$", re.I)
_AN_IMPROVEMENT = re.compile(
    r"(?:[^.;\n\d]|(?<=[Qq])\d){0,40}?,? (?:(?:which|this|that) (?:is"
    r"|was) )?(?:an? (?:\w+ )?improvement (?:on|from|over)"
    r"|improv(?:ed|ing) (?:on|from))\b",
    re.I,
)


def _is_improved(facts: Facts, given: Quantity, start: int) -> bool:
    text = facts.canvas.text
    return (
        _IMPROVED_TO.search(text, start, given.start) is not None or _AN_IMPROVEMENT.match(text, given.end) is not None
    )


def _direction_against(facts: Facts, given: Quantity, more: bool | None) -> list[str]:
    """As in "Rose to 97.4% (97.6% the year before)": the way it went against the level before, in one sentence.

    `more` says whether more is better, so that an improvement to less can't be, or less; None where nobody knows.
    """
    start, end = facts.canvas.sentence_at(given.start)
    before = facts.canvas.text[max(start, given.start - _LOOKED_BACK) : given.start]
    earlier = [q for q in facts.previous() if q.kind is given.kind and start <= q.start < end]
    worse = len(earlier) == 1 and (given.value > earlier[0].value if more is False else given.value < earlier[0].value)
    if worse and more is not None and given.value != earlier[0].value and _is_improved(facts, given, start):
        return [f"You wrote that {given} is an improvement, and it was {earlier[0]} before."]
    rising, falling = _RISING.search(before), _FALLING.search(before)
    near = facts.canvas.text[given.end : given.end + _LOOKED_AHEAD]
    earlier = [q for q in facts.previous() if q.kind is given.kind and given.end <= q.start < given.end + len(near)]
    if (rising is None) == (falling is None) or len(earlier) != 1 or "\n" in near[: earlier[0].start - given.end]:
        return []
    grew = given.value > earlier[0].value
    if given.value == earlier[0].value or grew == (rising is not None):
        return []
    said = rising or falling
    return [f"You wrote '{said[0] if said else ''}' for {given}, and it was {earlier[0]} before."]


def _changes(given: Quantity, level: Decimal, kind: Kind) -> list[Decimal]:
    """What the change between two levels could be called, in a kind of quantity; empty where it can't be told."""
    rise = given.value - level
    if kind is given.kind and kind is not Kind.PERCENT:
        return [rise]
    if kind is Kind.POINTS and given.kind is Kind.PERCENT:
        return [rise]
    if kind is Kind.PERCENT and level:
        relative = 100 * rise / level
        return [relative, rise] if given.kind is Kind.PERCENT else [relative]
    return []


def _levels_against(frame: Frame, facts: Facts, figure: Figure) -> list[str]:
    """A change beside the level now and the level before, all three in one sentence."""
    here = facts.canvas.sentence(figure.start)
    kinds = (Kind.PERCENT,) if frame.wanted.kind is Kind.POINTS else (Kind.COUNT, Kind.MONEY, Kind.TIME, Kind.RATE)
    now = [q for q in facts.said if q.kind in kinds and facts.canvas.sentence(q.start) == here and not q.signed]
    before = [q for q in facts.previous() if q.kind in kinds and facts.canvas.sentence(q.start) == here]
    for low, high, start in facts.context.ranges:
        if facts.canvas.sentence(start) == here and low.kind in kinds:
            before, now = [*before, low], [*now, high]
    before += [q for q in facts.context.compared if q.kind in kinds and facts.canvas.sentence(q.start) == here]
    if not now and not before:
        now = [q for q in facts.said if q.kind in kinds and not q.signed]
        before = [q for q in facts.previous() if q.kind in kinds]
    if len(now) != 1 or len(before) != 1 or now[0].kind is not before[0].kind:
        return []
    possible = _changes(now[0], before[0].value, frame.wanted.kind)
    if not possible or any(abs(each - figure.value) <= _ROUNDED for each in possible):
        return []
    worked = plain(consistency.rounded(possible[0], 1))
    return [f"You gave a change of {plain(figure.value)}; {before[0]} to {now[0]} is {worked}."]


_OTHERS = re.compile(r"neighbouring|adjoining|other", re.I)


def _elsewhere(frame: Frame, facts: Facts, figure: Figure) -> list[str]:
    """A figure for another area than the one asked for."""
    start, end = facts.clause(figure.start, figure.end)
    near = facts.canvas.left[start:end]
    if frame.wanted.kind is Kind.RANK:
        return []
    for found in vocabulary.ANOTHER_AREA.finditer(near):
        if found[0].lower() not in frame.asked.title.lower() and (
            _OTHERS.match(found[0]) or found[0].split()[-1].lower() not in frame.asked.title.lower()
        ):
            return [f"You wrote '{facts.sentence(figure.start).strip()[:120]}'; is that for the area asked for?"]
    return []

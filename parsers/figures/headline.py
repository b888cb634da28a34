"""Which of several numbers is the figure: the one that stands out, where one does."""

import re
from dataclasses import dataclass, replace
from itertools import combinations

from collector.domain.figure import plain
from parsers.figures import subject
from parsers.figures.changes import levels_of
from parsers.figures.compared import base_in
from parsers.figures.consistency import is_remainder
from parsers.figures.context import Context
from parsers.figures.evidence import own_fractions, sums_of
from parsers.figures.facts import Facts
from parsers.figures.field import Field
from parsers.figures.frame import Frame
from parsers.figures.fully import fully_named, is_outnamed_by
from parsers.figures.numbers import numbers_of, shadows_of
from parsers.figures.objections import OBJECTIONS, TO_ONE_ALONE
from parsers.figures.portions import names_several
from parsers.figures.quantities import Fraction, Quantity
from parsers.figures.scopes import IN_ALL, RUN, Number, together
from parsers.figures.standing import Standing, standings
from parsers.figures.sums import said_to_make
from parsers.figures.units import Kind
from parsers.figures.verdict import COULD_NOT_TELL, Figure
from parsers.figures.wholes import is_beside_in_brackets, is_compared_in_brackets, is_its_whole, is_listed_beside


@dataclass(frozen=True)
class Choice:
    """The number that stands out, and the clause with only it and what belongs to it left to be judged."""

    standing: Standing
    facts: Facts
    beside: tuple[Number, ...]


def choose(frame: Frame, facts: Facts, beyond: str = "", *, labelled: bool = False) -> Choice | None:
    """The number that stands out as the figure; None where none does, or another one could be meant as well.

    `beyond` are words of the reply that were set aside as another period's; `labelled` says that the clause stands
    under the period asked for ("Q2 - 33 ...").
    """
    numbers = numbers_of(frame, facts)
    if not numbers:
        return None
    shadows = shadows_of(frame, facts, numbers)
    everything = standings(frame, facts, numbers, shadows, labelled=labelled)
    found = sorted((s for s in everything if s.number in numbers), key=lambda standing: -standing.score)
    full = fully_named(frame, found)
    best = full or _of_everything(frame, facts, found) or found[0]
    if "respectively" in facts.sentence(best.number.start):
        return None
    addends = _parts_of(frame, facts, best, everything)
    others = [each for each in everything if each.number not in addends]
    rivals = [each for each in found if each in others and not _says_it_again(facts, each, best)]
    if full is not None:
        rivals = [rival for rival in rivals if not is_outnamed_by(frame, full, rival)]
    if not frame.wanted.change:
        # How far a figure is from another one is never the figure: "12 seconds quicker".
        rivals = [rival for rival in rivals if not _is_a_distance(facts, rival, best)]
    if not _is_the_target(frame, best.number):
        rivals = [rival for rival in rivals if rival.borne_out or not _is_the_target(frame, rival.number)]
    if _leads(facts, best):
        rivals = [rival for rival in rivals if _stands_up_to(frame, facts, rival, best)]
    rivals = [
        rival for rival in rivals if together(facts, rival.number, best.number) or not _lacks_the_limit(best, rival)
    ]
    rivals = [rival for rival in rivals if not _only_tells_where(frame, facts, best, rival)]
    rivals = [rival for rival in rivals if not _is_a_kind_of_it(best, rival)]
    if best.whole:
        rivals = [rival for rival in rivals if not _is_a_part_of_all(best, rival)]
    rivals = [
        rival
        for rival in rivals
        if not is_its_whole(frame, facts, best, rival, everything)
        and not is_beside_in_brackets(frame, facts, best, rival.number)
        and not is_listed_beside(frame, facts, best, rival.number)
        and not is_compared_in_brackets(facts, best, rival)
    ]
    levels = levels_of(facts, best.number) if frame.wanted.change and isinstance(best.number, Quantity) else []
    hidden = [each for each in others if each.number in shadows and each.number not in levels]
    field = Field(frame, facts, best, rivals, hidden, beyond, everything)
    if any(speaks_against(field) for speaks_against in (OBJECTIONS if len(everything) > 1 else TO_ONE_ALONE)):
        return None
    return Choice(best, _only(frame, facts, best), tuple(rival.number for rival in rivals))


def unsettled_words(frame: Frame, facts: Facts, figure: Figure) -> str:
    """The doubt that a number was not found to stand out."""
    words = facts.sentence(figure.start).strip()[:120]
    value = plain(figure.value) + ("%" if frame.wanted.kind is Kind.PERCENT else "")
    return f"You wrote '{words}'; {COULD_NOT_TELL.lower()} whether {value} is the figure asked for."


def _parts_of(frame: Frame, facts: Facts, best: Standing, everything: list[Standing]) -> list[Number]:
    """What the best number is the sum of, where no single part of it fits the title or the time better than the sum.

    What it is said to be the sum of ("70 plus 93, 153 in total") are its parts as well; that they come to something
    else is asked about.
    """
    numbers = sums_of(each.number for each in everything).get(best.number, ())
    if not numbers and isinstance(best.number, Quantity) and _PLUS.search(facts.sentence(best.number.start)):
        numbers = tuple(said_to_make(facts, best.number))
    parts = [each for each in everything if each.number in numbers]
    in_all = IN_ALL.match(facts.canvas.text, best.number.end) is not None
    # The time that is named for one addend is the sum's: "1,884 in the quarter and a further 243, so 2,127 in all".
    special = [part for part in parts if part.named - best.named or (part.wanted and not best.wanted and not in_all)]
    # A word of the title that several parts have and their sum has not is no name of one of them: "12 upheld, 16 not".
    alike = any(one.named & other.named - best.named for one, other in combinations(special, 2))
    several = not special or (len(special) == len(parts) and not alike and names_several(frame.asked.title))
    return list(numbers) if several else []


_PLUS = re.compile(r"\bplus\b|\+", re.I)


def _is_the_target(frame: Frame, number: Number) -> bool:
    """Whether a number is the target quoted back."""
    return isinstance(number, Quantity) and number.value in frame.aims


def _lacks_the_limit(best: Standing, rival: Standing) -> bool:
    """Whether the title's number with its word ("52 weeks") is said of the best number alone, like all else of it."""
    limits = frozenset(word for word in best.named if word[:1].isdigit() and " " in word)
    own = bool(rival.own or rival.strange) and not (rival.wanted and not best.wanted)
    return (
        own
        and bool(limits - rival.named)
        and rival.named < best.named
        and not best.narrowed
        and len(best.strange) < len(best.named)
    )


_FEWEST = 2


def _of_everything(frame: Frame, facts: Facts, found: list[Standing]) -> Standing | None:
    """The one percentage of a list that is called the overall one, between the highest and the lowest of the others.

    None where another one has words of the title that it has not, besides those that head the list.
    """
    whole = [each for each in found if each.whole and not (each.narrowed or each.against or each.strange)]
    others = [each for each in found if each not in whole and not each.difference]
    if len(whole) != 1 or len(others) < _FEWEST or frame.wanted.kind is not Kind.PERCENT:
        return None
    values = [each.number.value for each in others if isinstance(each.number, Quantity)]
    best = whole[0]
    if not isinstance(best.number, Quantity) or not min(values) <= best.number.value <= max(values):
        return None
    for each in others:
        start, _ = facts.canvas.sentence_at(each.number.start)
        name = re.split(r"[:;,]", facts.canvas.text[start : each.number.start])[-1]
        if each.own - best.named and subject.match(name, "", frame.asked).named - best.named:
            return None
    return best


def _only_tells_where(frame: Frame, facts: Facts, best: Standing, rival: Standing) -> bool:
    """Whether a number tells where that was done which the title begins with: "312 citizens at 13 ceremonies"."""
    behind = " ".join(facts.canvas.text[best.number.end : best.number.end + _CLOSE].split()[:2])
    first = subject.words_in_order(frame.asked)[:1]
    return rival.oblique and bool(first) and subject.match("", behind, frame.asked).named.issuperset(first)


def _is_a_part_of_all(best: Standing, rival: Standing) -> bool:
    """Whether a number beside the one for everything is one area's or group's: "Overall 76%; children 91%"."""
    timed = rival.wanted and not best.wanted
    return bool(rival.strange) and not (rival.whole or timed or rival.own - best.named)


def _is_a_kind_of_it(best: Standing, rival: Standing) -> bool:
    """Whether a number behind the figure is said of one kind of the same: "Turnover 10.8%. HCSW turnover is 15.2%"."""
    further = rival.number.start > best.number.start and rival.named <= best.named
    return further and rival.special and not (best.special or best.strange or rival.wanted)


def _leads(facts: Facts, best: Standing) -> bool:
    """Whether a reply begins with the figure: its first number, in its first sentence, named and for the period."""
    first = RUN.search(facts.canvas.left) or RUN.search(facts.canvas.text, best.number.start)
    opens = first is not None and first.start() >= best.number.start
    return opens and best.wanted and bool(best.named) and not facts.canvas.sentence(best.number.start)


def _stands_up_to(frame: Frame, facts: Facts, rival: Standing, best: Standing) -> bool:
    """Whether a number may still be meant where a reply began with the figure: in its sentence, or for its time."""
    if together(facts, rival.number, best.number) or rival.wanted:
        return True
    more = rival.named - best.named
    special = any(char.isdigit() for word in more for char in word) or subject.qualifies(more, best.named, frame.asked)
    return bool(more) and (special or len(more) > 1 or not rival.strange)


_THAN = re.compile(
    r" ?(?:points? )?(?:quicker|slower|faster|longer|shorter|better|worse|higher|lower|more|fewer|less|adverse"
    r"|favourable|ahead|behind|up|down|short)\b(?! (?:for|and|at|in)\b)"
    r"| (?:above|below|over|under|off|inside) (?:the|our|last|target|plan|profile|budget|trajectory|what|where)\b",
    re.I,
)


def _is_a_distance(facts: Facts, rival: Standing, best: Standing) -> bool:
    """Whether a number is how far the figure before it is from another one."""
    behind = best.number.end <= rival.number.start
    return behind and rival.difference and _THAN.match(facts.canvas.text, rival.number.end) is not None


def _says_it_again(facts: Facts, other: Standing, best: Standing) -> bool:
    """Whether a number is the best one once more, and not as many of another thing: "1 vandalism, 1 fraud"."""
    if other.number == best.number or not _same_figure(other.number, best.number):
        return other.number == best.number
    listed = together(facts, other.number, best.number) and bool(best.strange)
    return not (listed and other.strange - best.strange and not other.named)


def _same_figure(one: Number, other: Number) -> bool:
    if isinstance(one, Fraction) or isinstance(other, Fraction):
        return one == other
    if one.kind is Kind.TIME and other.kind is Kind.TIME:
        return one.value * one.scale == other.value * other.scale
    return (one.kind, one.value, one.scale) == (other.kind, other.value, other.scale)


def _only(frame: Frame, facts: Facts, best: Standing) -> Facts:
    """The same clause with the chosen number, the counts of its sentence, and the fractions that belong to it."""
    chosen = best.number
    here = facts.canvas.sentence(chosen.start)
    context = _without_others_changes(frame, facts, chosen) if frame.wanted.change else facts.context
    only = Facts(facts.canvas, context, facts.mentions, settled=True, timed=best.wanted)
    only.elsewhere = facts.elsewhere
    only.said, only.said_fractions, only.forecast = facts.said, facts.said_fractions, facts.forecast
    changed = isinstance(chosen, Quantity) and chosen.signed
    only.moves = [m for m in facts.moves if m.start == chosen.start or (changed and together(facts, m.first, chosen))]
    for quantity in facts.direct:
        counts = isinstance(chosen, Quantity) and chosen.kind is Kind.PERCENT and quantity.kind is Kind.COUNT
        if quantity == chosen or (counts and facts.canvas.sentence(quantity.start) == here):
            only.direct.append(quantity)
    if isinstance(chosen, Quantity) and chosen.kind is Kind.COUNT and not only.direct and not only.moves:
        only.direct.append(chosen)
        return only
    only.fractions = [f for f in facts.fractions if f == chosen or _belongs(facts, f, chosen)]
    if best.borne_out and isinstance(chosen, Quantity):
        # What a share leaves is no other claim: "3 of 60 are empty, so 95% are let".
        only.fractions = [
            f for f in only.fractions if not is_remainder(chosen.value, chosen.decimals, f.numerator, f.denominator)
        ]
    return only


def _without_others_changes(frame: Frame, facts: Facts, chosen: Number) -> Context:
    """What the words say without the changes of other things, each in a sentence of its own: "Fraud up 9%."."""
    text, kept = facts.canvas.text, []
    meant = base_in(frame.asked.title)
    for change in facts.context.changes:
        base = base_in(re.split(r"\d|[;,.\n]", text[change.end :], maxsplit=1)[0])
        if change.start != chosen.start and None not in (meant, base) and base is not meant:
            # One change on the quarter before and one on the year before: only one of them is asked for.
            continue
        start, end = facts.canvas.sentence_at(change.start)
        own = start <= chosen.start < end or not chosen.signed if isinstance(chosen, Quantity) else True
        if own or not subject.match(text[start : change.start], text[change.end : end], frame.asked).strange:
            kept.append(change)
    return replace(facts.context, changes=kept)


_CLOSE = 40
_SHORT = 8
"""So many words in the next sentence say the figure's counts and nothing else."""


def _belongs(facts: Facts, fraction: Fraction, chosen: Number) -> bool:
    """Whether a fraction stands right beside the chosen percentage, or is what it says."""
    if isinstance(chosen, Fraction) or not fraction.denominator:
        return False
    own = own_fractions(facts, chosen)
    if own and fraction not in own:
        return False
    first_end, last_start = min(fraction.end, chosen.end), max(fraction.start, chosen.start)
    between = facts.canvas.text[first_end:last_start]
    if len(between) <= _CLOSE and not re.search(r"\d|\n|;", between):
        return True
    exact = 100 * fraction.numerator / fraction.denominator
    here, there = facts.canvas.sentence(chosen.start), facts.canvas.sentence(fraction.start)
    if there == here + 1 and len(facts.sentence(fraction.start).split()) <= _SHORT:
        return not any(q.kind is Kind.PERCENT and facts.canvas.sentence(q.start) == there for q in facts.direct)
    alone = [q for q in facts.direct if q.kind is Kind.PERCENT and together(facts, q, fraction)] == [chosen]
    return alone or abs(exact - chosen.value) <= 1

"""What keeps the number that most speaks for from being the figure: another one could be meant as well."""

import re

from collector.domain.indicator import Basis
from parsers.figures import subject
from parsers.figures.context import is_forecast
from parsers.figures.evidence import sums_of
from parsers.figures.facts import Facts
from parsers.figures.field import Field
from parsers.figures.frame import Frame
from parsers.figures.likenesses import LIKENESSES
from parsers.figures.lines import ahead_of
from parsers.figures.misfits import MISFITS
from parsers.figures.periods import Time
from parsers.figures.portions import names_several, whole_of
from parsers.figures.quantities import Fraction, Quantity
from parsers.figures.repeats import REPEATS
from parsers.figures.scopes import IN_ALL, Number, kind_of, opens_the_reply, together
from parsers.figures.standing import Standing
from parsers.figures.topics import speaks_of_another
from parsers.figures.units import Kind

_LEAST = 2.0
_LOOKED_AT = 400
_LEAST_NAMED = 1.5
_LEAST_ALONE = 0.5
_LEAST_WITH_UNIT = -0.5
_LEAST_RARE = -1.5
_IDLE = -1.0
_FAR_AHEAD = 2.0
_WELL = 2
_OUT_OF_SIGHT = 4.0
_SAID_BETTER = 3.0
_CLOSE = 40
_RARE = (Kind.WEIGHT, Kind.STAFF, Kind.RANK, Kind.RATE)


def _not_itself(field: Field) -> bool:
    """A number that is narrowed, that the title contradicts or that stands under a label of its own."""
    best = field.best
    return (
        best.narrowed
        or best.against
        or (not (best.named or best.total) and _under_a_strange_label(field.facts, best))
        or (not best.named and best.total and bool(best.strange) and not (best.wanted or _is_added_up(field)))
    )


def _is_added_up(field: Field) -> bool:
    """Whether a number is called the total, and others come to it that the title names no better."""
    best, text = field.best, field.facts.canvas.text
    if not (_CALLED_ALL.search(text, 0, best.number.start) or IN_ALL.match(text, best.number.end)):
        return False
    addends = sums_of(each.number for each in field.everything).get(best.number, ())
    monthly = [
        s.what.value
        for s in field.facts.elsewhere
        if s.mention and s.mention.time is Time.PART and isinstance(s.what, Quantity)
    ]
    if isinstance(best.number, Quantity) and len(monthly) > 1 and sum(monthly) == best.number.value:
        return True
    if addends and best.wanted and best.total:
        return True
    parts = [each for each in field.everything if each.number in addends]
    return len(parts) >= _A_WHOLE_LIST and not any(part.own - best.named for part in parts)


_A_WHOLE_LIST = 2
_CALLED_ALL = re.compile(r"\b(?:total|all|overall|altogether|combined)\b[^.;,\d\n]{0,30}$", re.I)


def _a_stranger(field: Field) -> bool:
    """A number alone, among more strange words than words of the title.

    A weight, staff, a rank or a rate in the first sentence tells enough by its unit; a length of time or a sum of money
    may be anything's, and does so only where the reply opens with it.
    """
    best, kind = field.best, kind_of(field.best.number)
    told = kind in _RARE and not field.facts.canvas.sentence(best.number.start)
    told = told or (kind not in (Kind.COUNT, Kind.PERCENT) and opens_the_reply(field.facts, best.number))
    lone = not field.rivals and not best.total
    told = told or best.borne_out or (best.past and bool(best.named)) or best.whole or _begins_alone(field)
    return lone and not best.wanted and not told and len(best.strange) > len(best.named)


def _begins_alone(field: Field) -> bool:
    """Whether a reply begins with a name of its own and the one number it gives: "Usage of 184,401 fell ..."."""
    best, text = field.best, field.facts.canvas.text
    name = _A_NAME.fullmatch(text[: best.number.start])
    others = (*field.rivals, *field.hidden, *field.facts.context.parts, *field.facts.fractions)
    if name is None or others or isinstance(best.number, Fraction):
        return False
    behind = _CLAUSE_ENDS.split(text[best.number.end : best.number.end + _LOOKED_AT], maxsplit=1)[0]
    return len(best.strange) <= 1 and not subject.match("", behind, field.frame.asked).strange


_A_NAME = re.compile(
    r"[^\d:;.,()\n]{2,40}(?:\b(?:of|was|were|is|are|at|stands?|stood|totall?(?:s|ed)?|position|performance|rate) )"
)
_CLAUSE_ENDS = re.compile(r"[\d,;.()\n]")


def _too_little(field: Field) -> bool:
    """Too little speaks for the number."""
    best, rivals = field.best, field.rivals
    told = bool(best.named) or not best.strange or best.wanted
    if (best.borne_out or (best.past and best.named and not rivals) or _begins_alone(field)) and not best.against:
        return False
    outdone = field.first and told and all(best.score - rival.score >= _FAR_AHEAD for rival in rivals)
    return best.score < (_least_among(best) if rivals and not outdone else _least_alone(best.number))


def _too_close(field: Field) -> bool:
    """Nearly as much speaks for another number, or for a month's."""
    best = field.best
    if _is_added_up(field):
        return False
    monthly = [each for each in field.hidden if not best.wanted and _is_monthly(field.facts, each.number)]
    return any(best.score - other.score < ahead_of(field.facts, best, other) for other in (*field.rivals, *monthly))


def _one_of_many_cells(field: Field) -> bool:
    """One cell of several: rows and columns say what belongs together, not the words around."""
    return field.facts.canvas.cells and bool(field.rivals or (field.hidden and not field.best.wanted))


def _bare_among_others(field: Field) -> bool:
    """A number without the unit asked for, among others."""
    kind = field.frame.wanted.kind
    bare = kind is not Kind.COUNT and kind_of(field.best.number) is Kind.COUNT
    opens = opens_the_reply(field.facts, field.best.number)
    others = [r for r in field.rivals if r.named or not r.strange or not (opens or field.best.named)]
    others = [r for r in others if not (r.narrowed and opens and field.best.score - r.score >= _OUT_OF_SIGHT)]
    return not field.best.wanted and bare and bool(others)


def _of_another_stretch(field: Field) -> bool:
    """A longer stretch than the period is asked for, and named for another number: "93% in June, 94% to date"."""
    longer = field.frame.basis in (Basis.TO_DATE, Basis.ROLLING_YEAR)
    if not longer or field.best.wanted:
        return False
    addends = sums_of(each.number for each in field.everything).get(field.best.number, ())
    others = [rival for rival in field.rivals if rival.number not in addends]
    return any(rival.wanted and (rival.named or len(rival.strange) <= 1) for rival in others)


def _heads_another(field: Field) -> bool:
    """A colon and another number follow: "Jul 2, Aug 2, Sep 2: 6"."""
    text, best = field.facts.canvas.text, field.best.number
    between = (text[best.end : rival.number.start].strip() for rival in field.rivals)
    return any(words in (":", "=") for words in between)


def _beside_the_total(field: Field) -> bool:
    """Another number of the sentence is called the total."""
    best = field.best
    return any(
        rival.total
        and not best.total
        and (rival.named or not best.own or not rival.strange)
        and together(field.facts, rival.number, best.number)
        for rival in field.rivals
    )


def _of_a_kind_of_it(field: Field) -> bool:
    """A number of a special kind of what is asked for, beside one of the whole."""
    best = field.best
    return best.modified and any(best.named <= other.named for other in (*field.rivals, *field.hidden))


def _told_elsewhere(field: Field) -> bool:
    """The words set aside hold a qualifier of the title that the number's own do not."""
    told = subject.match("", field.beyond, field.frame.asked).named
    return subject.qualifies(told - field.best.named, field.best.named, field.frame.asked)


def _said_of_another_part(field: Field) -> bool:
    """A bare number of the sentence is said for another part of it: "31 days for flats, 28 for houses"."""
    best, text = field.best.number, field.facts.canvas.text
    bare = [q for q in field.facts.direct if q.kind is Kind.COUNT and q != best and together(field.facts, q, best)]
    return kind_of(best) is not Kind.COUNT and any(_FOR_ANOTHER.match(text, q.end) for q in bare)


def _in_a_series(field: Field) -> bool:
    return _among_a_series(field.facts, field.best)


def _behind_a_range(field: Field) -> bool:
    """A range stands before it, and nothing names it."""
    best = field.best
    return not best.wanted and not best.named and any(s < best.number.start for _, _, s in field.facts.context.ranges)


def _beside_another(field: Field) -> bool:
    """Nothing names it, and another number stands beside it."""
    best = field.best
    named = best.named or best.wanted or best.total
    return not named and any(_stands_beside(field.facts, best.number, rival) for rival in field.rivals)


def _outnamed(field: Field) -> bool:
    best = field.best
    told = _is_added_up(field) or (best.borne_out and (best.generic or bool(best.named)))
    return not told and _another_fits_better(field.frame, field.facts, field.best, field.rivals, field.hidden)


def _off_the_subject(field: Field) -> bool:
    """The clause names more of the title elsewhere."""
    best = field.best
    ahead = all(best.score - rival.score >= _SAID_BETTER for rival in field.rivals)
    well_named = field.first and len(best.own) >= _WELL and not best.strange
    if ((best.wanted and best.named) or well_named) and field.rivals and ahead:
        return False
    if (field.best.borne_out and (field.best.generic or field.best.wanted or field.first)) or (
        field.best.past and ahead
    ):
        return False
    if (field.best.actual and not any(rival.actual for rival in field.rivals)) or _is_added_up(field):
        return False
    kind = kind_of(field.best.number)
    tells = kind not in (Kind.COUNT, Kind.PERCENT, Kind.POINTS) and not field.frame.wanted.change
    if not field.rivals and (tells or field.best.total):
        return False
    return bool(field.rivals or field.hidden or kind is Kind.COUNT) and speaks_of_another(
        field.frame, field.facts, field.best
    )


def _is_monthly(facts: Facts, number: Number) -> bool:
    """Whether a number was bound to a part of the period asked for."""
    return any(said.what == number and said.mention and said.mention.time is Time.PART for said in facts.elsewhere)


_LABEL_ENDS = re.compile(r"[:=] ?\(?$")


def _under_a_strange_label(facts: Facts, best: Standing) -> bool:
    """Whether a colon sets a number under words that have nothing to do with what was asked: "Previous: 81%"."""
    start, _ = facts.canvas.sentence_at(best.number.start)
    before = facts.canvas.text[start : best.number.start]
    return bool(best.strange) and _LABEL_ENDS.search(before) is not None and not best.wanted


def _least_among(best: Standing) -> float:
    """What must speak for a number that stands among others."""
    return _LEAST_NAMED if best.named else _LEAST


def _among_a_series(facts: Facts, best: Standing) -> bool:
    """Whether a number without a time stands beside a list of other times, each with its own."""
    dated = [
        s for s in facts.elsewhere if s.mention is not None and s.mention.span is not None and not s.mention.relative
    ]
    before = {said.mention for said in dated if said.what.start < best.number.start}
    return not best.wanted and not best.total and len(before) >= _A_SERIES


_A_SERIES = 2


def _least_alone(number: Number) -> float:
    """A number that says its own unit needs less to speak for it than a bare one or a percentage."""
    if kind_of(number) in _RARE:
        return _LEAST_RARE
    return _LEAST_ALONE if kind_of(number) is Kind.COUNT else _LEAST_WITH_UNIT


def _another_fits_better(
    frame: Frame, facts: Facts, best: Standing, rivals: list[Standing], hidden: list[Standing]
) -> bool:
    """Whether another number stands among words of the title that the best one does not."""
    if best.wanted and best.generic:
        return any(rival.wanted and not rival.named <= best.named for rival in rivals)
    if any(_names_more(frame, best, rival) for rival in rivals if not rival.against and rival.score > _IDLE):
        return True
    # A "not" may be the matter's own: "4 nights were cancelled for not having safe levels of staffing".
    ungraded = not subject.numbers_of(frame.asked)
    if ungraded and any(rival.against and len(rival.named - best.named) >= _CLEARLY for rival in rivals):
        return True
    if best.wanted:
        dated = [said.what for said in facts.elsewhere]
        hidden = [each for each in hidden if each.number not in dated]
    if kind_of(best.number) is frame.wanted.kind:
        hidden = [each for each in hidden if kind_of(each.number) is frame.wanted.kind]
    opens = best.wanted and not facts.canvas.text[: best.number.start].strip(" -:=")
    if opens and not best.named:
        return False
    telling = [each for each in hidden if not each.against and not _is_to_come(facts, each.number)]
    if any(each.named > best.named for each in telling):
        return True
    if best.wanted and best.named:
        return False
    return any(_names_more(frame, best, each) for each in telling)


def _is_to_come(facts: Facts, number: Number) -> bool:
    """Whether a number is a forecast, also one for a time that is named: "90% is projected for September"."""
    bound = any(said.what == number for said in facts.elsewhere)
    behind = facts.canvas.text[number.end : number.end + _CLOSE].partition("\n")[0]
    return number in facts.forecast or (bound and is_forecast(f"{facts.unexplained(number.start)} {behind}"))


def _a_part_is_asked_for(field: Field) -> bool:
    """A number called a part, or one that it is the sum of, has words of the title that it lacks itself."""
    if names_several(field.frame.asked.title) and field.best.total:
        return False
    addends = sums_of(each.number for each in field.everything).get(field.best.number, ())
    parts = [each for each in field.rivals if each.number in addends]
    parts += [each for each in field.everything if each.number in field.facts.context.parts and _is_of(field, each)]
    return bool(field.best.named) and any(each.own - field.best.named for each in parts)


def _is_of(field: Field, part: Standing) -> bool:
    """Whether the count that a part is of is the best number, or nobody can tell which it is."""
    whole = whole_of(field.facts, part.number) if isinstance(part.number, Quantity) else None
    return whole in (None, field.best.number) and kind_of(part.number) is kind_of(field.best.number)


def _names_more(frame: Frame, best: Standing, other: Standing) -> bool:
    """Whether a number stands among words of the title that the best one lacks, too many or too special to ignore."""
    more = other.named - best.named
    if not more or (other.strange and not more & other.own):
        # What only heads a list, and that under other names, names none of it better.
        return False
    if subject.qualifies(more, best.named, frame.asked):
        return True
    mostly_strange = bool(best.named) and len(other.strange) > len(other.named)
    return not mostly_strange and len(best.named) < len(other.named) + _CLEARLY


_CLEARLY = 2


OBJECTIONS = (
    *LIKENESSES,
    *MISFITS,
    *REPEATS,
    _not_itself,
    _a_stranger,
    _too_little,
    _too_close,
    _one_of_many_cells,
    _bare_among_others,
    _of_another_stretch,
    _heads_another,
    _beside_the_total,
    _of_a_kind_of_it,
    _told_elsewhere,
    _in_a_series,
    _said_of_another_part,
    _behind_a_range,
    _beside_another,
    _outnamed,
    _a_part_is_asked_for,
    _off_the_subject,
)
"""What keeps the best number from being the figure; one is enough."""
_AMONG_OTHERS = frozenset(
    [
        *REPEATS,
        _too_close,
        _bare_among_others,
        _of_another_stretch,
        _heads_another,
        _beside_the_total,
        _of_a_kind_of_it,
        _beside_another,
        _outnamed,
        _a_part_is_asked_for,
    ]
)
TO_ONE_ALONE = tuple(each for each in OBJECTIONS if each not in _AMONG_OTHERS)
"""Those that may hold where no other number is told: most replies are one figure."""


def _stands_beside(facts: Facts, number: Number, rival: Standing) -> bool:
    """Whether another number of the sentence, or one alone in its own, could be meant as well."""
    alone = not facts.sentence(rival.number.start).replace(_words_of(facts, rival.number), "").strip(" .,;:%*()-")
    near = alone or together(facts, number, rival.number)
    opens = opens_the_reply(facts, number)
    instead = _OR_ELSE.search(facts.canvas.text, number.end, rival.number.start)
    if opens and rival.strange and not rival.narrowed and not rival.named and not instead:
        return False
    return near and (rival.narrowed or rival.score > _SPOKEN_AGAINST)


_OR_ELSE = re.compile(r"\b(?:or|but|whereas|says?)\b", re.I)
"""Words between two numbers that set one against the other."""


_FOR_ANOTHER = re.compile(r" (?:for|if|when|where|without|excluding|including|leaving|counting|with)\b", re.I)


def _words_of(facts: Facts, number: Number) -> str:
    return facts.canvas.text[number.start : number.end]


_SPOKEN_AGAINST = -2.5

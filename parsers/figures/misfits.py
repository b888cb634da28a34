"""Numbers of something else than was asked: another grade, a kind of it, a place, a gap, what merely stands there."""

import re

from collector.domain.indicator import Basis
from parsers.figures import subject
from parsers.figures.facts import Facts
from parsers.figures.field import Field
from parsers.figures.grades import is_a_length
from parsers.figures.periods import Time
from parsers.figures.portions import whole_of
from parsers.figures.scopes import RUN, Number


def _only_its_place(field: Field) -> bool:
    """Nothing but the title's place is named, and something else is counted: "six calls from West Dereham"."""
    best = field.best
    return bool(best.named and best.strange) and best.named <= subject.places_of(field.frame.asked)


def _mostly_strange(field: Field) -> bool:
    """More strange words than words of the title stand around it, and another number is given as well."""
    best = field.best
    told = best.wanted or best.total or best.whole or best.borne_out
    near = [rival for rival in field.rivals if best.score - rival.score < _FAR_AHEAD]
    return bool(near) and not told and len(best.strange) > len(best.named)


_FAR_AHEAD = 4.0


def _of_another_grade(field: Field) -> bool:
    """The title's number with its word ("type 1") is said of another number and not of it."""
    others = (each for each in (*field.rivals, *field.hidden) if not each.against)
    grades = {word for each in others for word in each.own if " " in word and not is_a_length(word)}
    return bool(grades - field.best.named)


def _of_a_kind_of_all(field: Field) -> bool:
    """All of a thing is asked for, a kind of it is told: "Burglary victims 84%" for "Overall victim satisfaction"."""
    best = field.best
    others = [
        field.facts.clause(rival.number.start, rival.number.end)
        for rival in field.everything
        if not rival.strange and rival is not best
    ]
    told = any(_ALL_OF_IT.search(field.facts.canvas.text, *clause) for clause in others)
    if not (told or (field.rivals and best.strange)) or _ALL_OF_IT.search(field.frame.asked.title) is None:
        return False
    start, end = field.facts.clause(best.number.start, best.number.end)
    return _ALL_OF_IT.search(field.facts.canvas.text, start, end) is None


def _a_grade_of_all(field: Field) -> bool:
    """All grades are asked for and one is told: "Type 1 performance was 76%" for "A&E standard (all types)"."""
    if _ALL_GRADES.search(field.frame.asked.title) is None:
        return False
    start, end = field.facts.clause(field.best.number.start, field.best.number.end)
    return _A_GRADE.search(field.facts.canvas.text, start, end) is not None


_ALL_GRADES = re.compile(r"\ball[- ](?:grades|categories|types|tiers|bands|priorities|levels|groups)\b", re.I)


_ALL_OF_IT = re.compile(r"\b(?:overall|all|total|combined)\b", re.I)


def _of_what_there_is(field: Field) -> bool:
    """What there is by now, where what came about is told for the period: "98 in all. There are now 742 points"."""
    best, facts = field.best, field.facts
    start, _ = facts.canvas.sentence_at(best.number.start)
    stands = _THERE_ARE_NOW.search(facts.canvas.text, start, best.number.start) is not None
    return stands and not best.wanted and any(each.wanted for each in field.everything)


_THERE_ARE_NOW = re.compile(
    r"\b(?:there (?:are|is) now|now (?:has|have)|(?:has|have|with) now)\b[^.;\d\n]{0,20}$", re.I
)


def _of_what_came(field: Field) -> bool:
    """What there is is asked for; this came in or went, and another number is what there is now."""
    best, facts = field.best, field.facts
    if field.frame.basis is not Basis.SNAPSHOT:
        return False
    text = facts.canvas.text
    if _WHAT_CAME.search(text, 0, best.number.start):
        return True
    now = [each for each in field.rivals if _IS_NOW.search(text, 0, each.number.start)]
    return _CAME_IN.match(text, best.number.end) is not None and bool(now) and best not in now


_WHAT_CAME = re.compile(
    r"\b(?:opened|closed|took in|taken in|received|completed|resolved|started|added|removed) $", re.I
)
_IS_NOW = re.compile(r"\b(?:(?:is|are|was|were) now|now|stands? at|stood at|remains?(?: at)?)(?: [a-z]+){0,2} $", re.I)
_CAME_IN = re.compile(
    r"(?: [a-z]+){0,3} (?:came|went|received|completed|opened|closed|joined|left|started|ended|added|removed)\b", re.I
)


def _of_the_stock(field: Field) -> bool:
    """What came about is asked for, "children becoming looked after", and said of another number than this one."""
    facts = field.facts
    if _COMES_ABOUT.search(field.frame.asked.title) is None:
        return False
    flows = [n for n in (field.best, *field.rivals, *field.hidden) if _comes_about(facts, n.number)]
    return bool(flows) and field.best not in flows


_COMES_ABOUT = re.compile(r"\b(?:becoming|entering|starting|ceasing|leaving|joining)\b", re.I)
_CAME_ABOUT = re.compile(
    r"\b(?:bec(?:a|o)me|becoming|entered|entering|started|starting|came into|ceased|ceasing|left|leaving|joined|new)\b",
    re.I,
)


def _comes_about(facts: Facts, number: Number) -> bool:
    start, end = facts.clause(number.start, number.end)
    return _CAME_ABOUT.search(facts.canvas.text, start, end) is not None


def _no_variance(field: Field) -> bool:
    """How far off the plan something is is asked for, and said of another number: "31.6 taken, shortfall 3.4"."""
    if _VARIANCE.search(field.frame.asked.title) is None or field.best.named:
        return False
    off = [each for each in (field.best, *field.rivals) if _is_off(field.facts, each.number)]
    return bool(off) and field.best not in off


_VARIANCE = re.compile(r"\b(?:variance|underspend|overspend|shortfall|deficit|surplus)\b", re.I)
_OFF_THE_PLAN = re.compile(
    r"\b(?:variances?|under-?spen[dt]|over-?spen[dt]|shortfall|deficit|surplus|adverse|favourable)\b", re.I
)


def _is_off(facts: Facts, number: Number) -> bool:
    before = re.split(r"[\d,;(]", facts.canvas.text[: number.start])[-1]
    after = re.split(r"[\d,;.(\n]", facts.canvas.text[number.end :], maxsplit=1)[0]
    return _OFF_THE_PLAN.search(f"{before} | {after}") is not None


def _under_one_of_labels(field: Field) -> bool:
    """It stands under a name that is not of the title, and another number under another: "Vapes: 27%. Alcohol: 5%"."""
    own, facts = _label_of(field, field.best.number), field.facts
    if not own:
        return False
    fit = subject.match(own, "", field.frame.asked)
    if fit.named or not fit.strange:
        return False
    starts = (facts.canvas.sentence_at(at)[0] for at in _numbers_after(facts, field.best.number.end))
    others = {
        facts.canvas.text[start : facts.canvas.text.find(":", start)] for start in starts if _labelled(facts, start)
    }
    return any(label.strip() and label != own for label in others)


def _label_of(field: Field, number: Number) -> str:
    start, _ = field.facts.canvas.sentence_at(number.start)
    return (
        field.facts.canvas.text[start : field.facts.canvas.text.find(":", start)]
        if _labelled(field.facts, start)
        else ""
    )


_A_NAME_FIRST = re.compile(r"[A-Z][^:;.,\d\n]{2,30}:")


def _labelled(facts: Facts, start: int) -> bool:
    return _A_NAME_FIRST.match(facts.canvas.text, start) is not None


def _numbers_after(facts: Facts, at: int) -> list[int]:
    return [found.start() for found in RUN.finditer(facts.canvas.text, at)]


def _by_grades(field: Field) -> bool:
    """It is told by grades of which the title names none: "grade 1 jobs 11 minutes; grade 2 is an hour"."""
    facts, best = field.facts, field.best.number
    graded = _A_GRADE.search(field.frame.asked.title) or any(" " in word for word in field.best.own)
    if graded or field.best.total or not facts.canvas.says(_GRADES):
        return False
    start, end = facts.clause(best.start, best.end)
    own = [(found[1].lower(), found[2]) for found in _A_GRADE.finditer(facts.canvas.text, start, end)]
    told = ((found[1].lower(), found[2]) for found in _A_GRADE.finditer(facts.canvas.text))
    return len(own) == 1 and len({number for word, number in told if word == own[0][0]}) > 1


_GRADES = ("grade", "cat", "tier", "band", "priority", "type", "level", "group", "zone", "area", "phase")
_A_GRADE = re.compile(r"\b(grade|category|cat|tier|band|priority|type|level|group|zone|area|phase) ?(\d|[A-D]\b)", re.I)


def _of_the_gap(field: Field) -> bool:
    """It is the gap between two groups, and the title asks for none."""
    sentence = field.facts.sentence(field.best.number.start)
    return _GAP.search(sentence) is not None and _GAP.search(field.frame.asked.title) is None and not field.best.wanted


_GAP = re.compile(r"\b(?:gap|difference) between\b", re.I)


def _led_only(field: Field) -> bool:
    """Only what heads its sentence is of the title, and its own words are of something else."""
    best = field.best
    return bool(best.strange and best.named and field.rivals) and not best.own and not (best.wanted or best.total)


_AT_A_PLACE = re.compile(r" (?:at|in|for|on) (?:the )?(?P<place>[A-Z][a-z]+)")


def _of_one_place(field: Field) -> bool:
    """Its sentence gives one for another place too: "96% at Larch House and 90% at the Dell"."""
    facts, title = field.facts, field.frame.asked.title
    start, end = facts.canvas.sentence_at(field.best.number.start)
    own = _AT_A_PLACE.match(facts.canvas.text, field.best.number.end)
    if own is None or own["place"] in title:
        return False
    beside = [each for each in field.rivals if start <= each.number.start < end]
    return any(
        (other := _AT_A_PLACE.match(facts.canvas.text, each.number.end)) is not None and other["place"] != own["place"]
        for each in beside
    )


def _its_part_is_of_the_time(field: Field) -> bool:
    """The period is named for a part of it, and not for it: "stood at 4,360, of which 168 in the quarter"."""
    facts, best = field.facts, field.best
    parts = [part for part in facts.context.parts if whole_of(facts, part) == best.number]
    return not best.wanted and any(each.wanted for each in field.everything if each.number in parts)


_BRINGS_IT_TO = re.compile(
    r"\b(?:brings?|bringing|brought|takes?|taking|took|makes?|making) (?:the|our|its|this|us)\b[^.;\d\n]{0,50}\bto $",
    re.I,
)


def _what_it_makes(field: Field) -> bool:
    """What there is now with what came on top, where what came is asked for: "14 installed. This brings us to 46"."""
    best, facts = field.best, field.facts
    if field.frame.basis in (Basis.SNAPSHOT, Basis.TO_DATE, Basis.ROLLING_YEAR, Basis.ANNUAL):
        return False
    before = [q for q in (*facts.said, *(said.what for said in facts.elsewhere)) if q.end <= best.number.start]
    start, _ = facts.canvas.sentence_at(best.number.start)
    return bool(before) and _BRINGS_IT_TO.search(facts.canvas.text, start, best.number.start) is not None


_LONGER = (Time.ROLLING, Time.TO_DATE, Time.YEAR)


def _behind_a_longer_stretch(field: Field) -> bool:
    """The reply opens with the same for a longer stretch, and tells this of something narrower further down."""
    best, facts = field.best, field.facts
    if best.wanted or not best.strange or not facts.canvas.sentence(best.number.start):
        return False
    first = [
        said.what
        for said in facts.elsewhere
        if said.mention is not None and said.mention.time in _LONGER and not facts.canvas.sentence(said.what.start)
    ]
    return any(each.number in first and each.named >= best.named for each in field.hidden)


def _another_clause_names_it(field: Field) -> bool:
    """A clause without a number names more of the title before it: "Fewer first checks were late; 82% had a check"."""
    best, facts = field.best, field.facts
    start, _ = facts.canvas.sentence_at(best.number.start)
    above, end = facts.canvas.sentence_at(max(0, start - 2))
    clause = facts.canvas.text[above:end]
    if not start or not clause.endswith(";") or best.wanted or any(char.isdigit() for char in clause):
        return False
    earlier = subject.match(clause, "", field.frame.asked).named
    return len(earlier) > len(best.own) and bool(best.strange)


MISFITS = (
    _only_its_place,
    _mostly_strange,
    _of_another_grade,
    _of_a_kind_of_all,
    _a_grade_of_all,
    _of_the_stock,
    _of_what_there_is,
    _of_what_came,
    _no_variance,
    _under_one_of_labels,
    _by_grades,
    _of_the_gap,
    _led_only,
    _of_one_place,
    _its_part_is_of_the_time,
    _behind_a_longer_stretch,
    _what_it_makes,
    _another_clause_names_it,
)
"""Each keeps a number from being the figure."""

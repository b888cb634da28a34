"""Numbers of something else than was asked: another grade, a kind of it, a place, a gap, what merely stands there."""

import re

from parsers.figures import subject
from parsers.figures.facts import Facts
from parsers.figures.field import Field
from parsers.figures.grades import is_a_length
from parsers.figures.scopes import RUN, Number


def _only_its_place(field: Field) -> bool:
    """Nothing but the title's place is named, and something else is counted: "six calls from West Dereham"."""
    best = field.best
    return bool(best.named and best.strange) and best.named <= subject.places_of(field.frame.asked)


def _mostly_strange(field: Field) -> bool:
    """More strange words than words of the title stand around it, and another number is given as well."""
    best = field.best
    return bool(field.rivals) and not (best.wanted or best.total) and len(best.strange) > len(best.named)


def _of_another_grade(field: Field) -> bool:
    """The title's number with its word ("type 1") is said of another number and not of it."""
    others = (each for each in (*field.rivals, *field.hidden) if not each.against)
    grades = {word for each in others for word in each.own if " " in word and not is_a_length(word)}
    return bool(grades - field.best.named)


def _of_a_kind_of_all(field: Field) -> bool:
    """All of a thing is asked for, a kind of it is told: "Burglary victims 84%" for "Overall victim satisfaction"."""
    best = field.best
    if not (field.rivals and best.strange) or _ALL_OF_IT.search(field.frame.asked.title) is None:
        return False
    start, end = field.facts.clause(best.number.start, best.number.end)
    return _ALL_OF_IT.search(field.facts.canvas.text, start, end) is None


_ALL_OF_IT = re.compile(r"\b(?:overall|all|total|combined)\b", re.I)


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
    told = [(found[1].lower(), found[2]) for found in _A_GRADE.finditer(facts.canvas.text)]
    start, end = facts.clause(best.start, best.end)
    own = [(found[1].lower(), found[2]) for found in _A_GRADE.finditer(facts.canvas.text, start, end)]
    others = {number for word, number in told if own and word == own[0][0]}
    return len(own) == 1 and not (graded or field.best.total) and len(others) > 1


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


MISFITS = (
    _only_its_place,
    _mostly_strange,
    _of_another_grade,
    _of_a_kind_of_all,
    _of_the_stock,
    _no_variance,
    _under_one_of_labels,
    _by_grades,
    _of_the_gap,
    _led_only,
)
"""Each keeps a number from being the figure."""

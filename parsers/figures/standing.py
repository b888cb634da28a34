"""What speaks for each of several numbers: the title's words it stands among, its time, its place."""

import re
from dataclasses import dataclass, replace

from collector.domain.figure import plain
from collector.domain.indicator import Basis
from parsers.figures import subject, vocabulary
from parsers.figures.averages import is_said_of_it
from parsers.figures.compared import base_in
from parsers.figures.evidence import (
    FOLLOWING,
    has_its_past,
    is_held_against_the_target,
    is_the_answer,
    own_fractions,
    sums_of,
    takes_up,
)
from parsers.figures.facts import Facts
from parsers.figures.frame import Frame
from parsers.figures.grades import is_a_length
from parsers.figures.numbers import unit_may_be_left_out
from parsers.figures.portions import whole_of
from parsers.figures.quantities import Quantity
from parsers.figures.scopes import TOTAL_AFTER, Number, Scopes, kind_of
from parsers.figures.subject import Match
from parsers.figures.units import Kind
from parsers.figures.worked import is_told_as_asked, worked_out

_PART_BEFORE = re.compile(
    r"\b(?:of (?:which|whom|these|those|them|this|the (?:total|above))|within (?:that"
    r"|this|these|those)|including|includes?|comprising|consisting of|split"
    r"|made up of|broken down|excluding|excludes?)\b[^.;]*$|\b(?:involving|affecting) $"
    r"|\b(?:further|additional(?:ly)?|another|remaining|other|extra)(?: [a-z]+)? $",
    re.I,
)
_ALL_ADDED = re.compile(r"\btotal(?:s|led|ling|ed)?\b(?! average)", re.I)
"""Where an average is asked for, a total is something else."""
_OTHERS = re.compile(r"^ ?other\b|\b(?:all|the|our|\d+|both)(?: (?:of the|the|our|\d+))? other\b", re.I)
_PART_AFTER = re.compile(
    r"^ ?of the (?! )|^(?: [a-z-]+){0,4} (?<!than )(?<!over )(?<!within )(?<!under )(?:per|a|each|every) (?:week"
    r"|month|day|night|year)\b(?! (?:worse|better|longer|shorter|quicker|slower|faster|more|less|earlier|later"
    r"|ahead|behind|over|under|up|down|off|short)\b)|^\W*(?:\w+ ){0,2}(?:of (?:which"
    r"|whom|these|those|them|this|the (?:total|above))|(?:were|was|are|is) (?:for|from|by"
    r"|in(?! (?:post|place|treatment|care|custody"
    r"|receipt|use|work|employment|date|time|education|training)\b))"
    r"|of the \d)\b",
    re.I,
)
_WHERE_THEY_WERE = re.compile(
    r"\W*(?:\w+ ){0,2}(?:were|was|are|is) (?:for|from|in|by)| ?of the (?=[a-z ]{2,40}\b(?:were|was|are|is)\b)", re.I
)
_PER_TIME = re.compile(r"\b(?:per|a|each) (?:day|week|month)\b|\b(?:daily|weekly|monthly)\b", re.I)
_GENERIC = re.compile(
    r"\b(?:performance|figures?|results?|out-?turn|value|actual|currently|stands?|stood|total|overall|achieved|reported"
    r"|rate|average|score)\b",
    re.I,
)
_OUTTURN = re.compile(r"\bout-?turn (?:figure )?(?:is|was|of|at|stands at)? ?$", re.I)
"""A word for the year's figure, which is read as its time."""
_ACTUAL = re.compile(r"\b(?:actual|out-?turn|achieved)\b(?: (?:figure|result|performance|is|was|of))* ?[:=-]? ?$", re.I)
"""Words that set a number apart from its target: "Target 25, actual 15"."""
_DIFFERENCE = re.compile(
    r"^ ?(?:\(\d[\d.]* ?%\) ?)?(?:(?:percentage )?points? |pp )?(?:quicker|slower|better"
    r"|worse|higher|lower|more|fewer|less|faster|longer|shorter"
    r"|above|below|over|under|up|down|ahead|behind|short|adverse"
    r"|favourable|light|improvement)\b(?! (?:for|and|at|in|all)\b)(?! the (?:quarter|period|year|month"
    r"|three|3|half|whole)\b)(?! from (?:the |an? )?£?\d)"
    r"|^ (?:inside|outside|off|shy of)(?= (?:the|our|last|target|plan|profile|standard|what|where)\b)",
    re.I,
)
"""Words right after a number that make it the distance between two figures."""
_TOTAL_BEFORE = re.compile(r"\b(?:totall?(?:ing|ed)?|in total|altogether|total of|equals|making|=)\W*$", re.I)

_NEXT = 4
"""So many words after a number may narrow it."""


@dataclass(frozen=True)
class Standing:
    """A number and what speaks for it: the title's words it stands among, and the sum of everything.

    `named` has the words that head its sentence too, `own` only those next to it. `oblique` says that it only tells
    where or by how many something was done, `whole` that words make it the
    figure of everything ("overall", "trust-wide"), `borne_out` that more than words speaks for it: it is held against
    the indicator's own target, or counts that the title names come to it; `past` that its own earlier one is beside it.
    """

    number: Number
    score: float
    named: frozenset[str]
    against: bool
    wanted: bool
    generic: bool
    strange: frozenset[str]
    total: bool
    modified: bool
    narrowed: bool
    difference: bool
    actual: bool
    own: frozenset[str]
    oblique: bool
    whole: bool
    borne_out: bool
    past: bool
    special: bool


@dataclass(frozen=True)
class _Scope:
    """The words around a number, how they fit the title, and whether the period asked for is named for it."""

    number: Number
    before: str
    after: str
    fit: Match
    led: Match
    wanted: bool
    reference: bool
    behind: str
    following: str
    preceding: str
    may_be_a_part: bool
    worked: bool
    aimed: bool
    past: bool
    measured: bool


def standings(
    frame: Frame, facts: Facts, numbers: list[Number], shadows: list[Number], *, labelled: bool = False
) -> list[Standing]:
    """Each number with what speaks for it, in the order they were written; shadows are weighed but never come first."""
    scopes = Scopes(facts, frame.asked.title)
    opening = min(number.start for number in numbers)
    answers = any(number.start == opening and is_the_answer(frame, facts, number) for number in numbers)
    labelled = labelled or answers
    found = []
    for number in sorted([*numbers, *shadows], key=lambda number: number.start):
        before, after, lead = scopes.around(number)
        if number in shadows:
            before, after = scopes.raw(number)
        fit, led = subject.match(before, after, frame.asked), subject.match(lead, "", frame.asked)
        for fraction in own_fractions(facts, number):
            told = subject.match(*scopes.around(fraction)[:2], frame.asked)
            fit = replace(fit, named=fit.named | told.named)
        # "In the quarter 71 of 187 were on time, that is 38%": what a fraction comes to is said for its time.
        timed = any(scopes.is_wanted(each) for each in (number, *own_fractions(facts, number)))
        wanted = timed or (labelled and number.start == opening)
        behind = scopes.raw(number)[1] if frame.wanted.change else ""
        reference, portion = scopes.is_reference(number, numbers), number in facts.context.parts and number in numbers
        whole = whole_of(facts, number) if portion and isinstance(number, Quantity) else None
        if whole is not None:
            # What is said of the whole holds for its part: "272 fires in homes, 249 of them accidental".
            fit = replace(fit, named=fit.named | subject.match(*scopes.around(whole)[:2], frame.asked).named)
        worked = worked_out(facts, number, frame.wanted) if isinstance(number, Quantity) else None
        if worked is not None and not worked.is_of(frame.asked):
            worked = None
        if worked is not None:
            told = subject.match(worked.words, "", frame.asked)
            fit = Match(fit.named | told.named, fit.strange, fit.against and not worked.left)
        taken_up = takes_up(facts, number)
        if taken_up:
            fit = replace(fit, named=fit.named | subject.match(taken_up, "", frame.asked).named)
        following = facts.canvas.text[number.end : number.end + FOLLOWING]
        preceding = facts.canvas.text[max(0, number.start - FOLLOWING) : number.start]
        found.append(
            _Scope(
                number,
                before,
                after,
                fit,
                led,
                wanted,
                reference,
                behind,
                following,
                preceding,
                portion,
                bool(fit.named)
                and (
                    worked is not None
                    or any(is_told_as_asked(facts, each, frame.asked) for each in own_fractions(facts, number))
                ),
                is_held_against_the_target(frame, facts, number),
                has_its_past(facts, number),
                bool(fit.named) and is_said_of_it(frame.asked.title, facts.canvas.text, number.start),
            )
        )
    weights = _weights(found)
    sums = sums_of(scope.number for scope in found)
    return [
        _standing(
            frame,
            scope,
            weights,
            first=scope.number.start == opening,
            total=scope.number in sums,
            answers=answers and scope.number.start == opening,
        )
        for scope in found
    ]


def _weights(scopes: list[_Scope]) -> dict[str, float]:
    """A word of the title tells the more, the fewer of the numbers stand near it."""
    # A group's size, "visits across the 22 libraries", makes the title's words no commoner.
    told = [scope for scope in scopes if not _THE_GROUP.search(scope.before)] or scopes
    named = [scope.fit.named | scope.led.named for scope in told]
    words = frozenset().union(*(scope.fit.named | scope.led.named for scope in scopes))
    return {word: 1 / max(1, sum(1 for each in named if word in each)) for word in words}


def _standing(
    frame: Frame, scope: _Scope, weights: dict[str, float], *, first: bool, total: bool, answers: bool
) -> Standing:
    fit, led = scope.fit, scope.led
    bare = not fit.named and not fit.strange and not led.named and not led.strange
    all_told = sum(weights.values()) or 1.0
    score = 4 * sum(weights[word] for word in fit.named) / all_told
    score += 2 * sum(weights[word] for word in led.named - fit.named) / all_told
    score -= 0.5 * min(len(fit.strange), 4)
    whole = _WHOLE_OF_IT.search(f"{scope.before} | {scope.after}") is not None and not fit.against
    borne_out = scope.worked or scope.measured or (scope.aimed and bool(fit.named or not fit.strange))
    total = total or bool(TOTAL_AFTER.match(scope.after) or _TOTAL_BEFORE.search(scope.before))
    score += 2 if total else 0
    score += 1.5 if scope.wanted else 0
    score += 1 if scope.wanted and scope.may_be_a_part else 0
    score += 0.5 if first else 0
    score += 1.5 if bare and first else 0
    generic = _GENERIC.search(f"{scope.before} | {scope.after}") is not None or bool(_OUTTURN.search(scope.preceding))
    score += 0.5 if generic else 0
    difference = _DIFFERENCE.match(scope.following.removeprefix(")")) is not None
    actual = _ACTUAL.search(scope.before) is not None and not difference
    score += 1.5 if actual else 0
    score += 1.5 if whole else 0
    score += 2 if answers else 0
    score += 3 if frame.basis is Basis.SNAPSHOT and _LEAVING.search(scope.before) else 0
    score += 2 if borne_out else 0
    score -= 4 if fit.against or (led.against and not fit.named) else 0
    counted = kind_of(scope.number) is not Kind.PERCENT
    ranked = frame.wanted.kind is Kind.RANK
    each = counted and not ranked and not _PER_TIME.search(f"{frame.asked.title} {frame.wanted.words}")
    summed = frame.wanted.words.startswith("average") and _ALL_ADDED.search(f"{scope.before} | {scope.after}")
    others = _OTHERS.search(scope.before) is not None and "other" not in frame.asked.title.lower()
    of_another = _PART_BEFORE.search(scope.before) is not None and not scope.may_be_a_part
    after = _PART_AFTER.search(scope.after) if each and not scope.may_be_a_part else None
    parted = after is not None and not (fit.named and _WHERE_THEY_WERE.fullmatch(after[0]))
    group = each and _THE_GROUP.search(scope.before) is not None and not scope.may_be_a_part
    grouped = group and (bool(fit.strange) or _SPREAD.search(scope.before) is not None)
    oblique = _counts(frame) and not first and _OBLIQUE.search(scope.before) and _A_NOUN.match(scope.after)
    score -= 2 if _HEDGED.search(scope.preceding) else 0
    score -= 1.5 if _THE_EXTREME.search(scope.before) else 0
    score += 1 if scope.past else 0
    averaged = (_counts(frame) or _sums_time(frame)) and _AVERAGED.search(scope.before) and not _averages(frame)
    invited = _counts(frame) and _INVITED.match(scope.after) and not _INVITED.search(f" {frame.asked.title}")
    alone = _BY_ITSELF.search(f"{scope.before[-FOLLOWING:]} | {scope.after[:FOLLOWING]}") is not None
    part = bool(alone or oblique or invited or summed or others or of_another or parted or averaged or grouped)
    score -= 2 if part else 0
    score -= 2.5 if scope.reference else 0
    score -= 3 if difference else 0
    behind = "" if _of_its_whole(scope) else " ".join(scope.after.split()[:_NEXT])
    narrowing = vocabulary.narrowed(scope.before, behind, frame.asked)
    # Who waits beyond the title's own limit is a breach: "27 breaches of 65 weeks".
    breach = (narrowing or "").lower().startswith("breach") and any(is_a_length(word) for word in fit.named)
    narrowed = narrowing is not None and not breach
    score -= 4 if narrowed or _is_the_titles(scope.number, frame) else 0
    score -= 1.5 if kind_of(scope.number) is not frame.wanted.kind and not unit_may_be_left_out(frame) else 0
    score += _by_its_base(frame, scope)
    return Standing(
        number=scope.number,
        score=score,
        named=fit.named | led.named,
        against=fit.against or (led.against and not fit.named),
        wanted=scope.wanted,
        generic=generic,
        strange=frozenset() if _of_its_whole(scope) else fit.strange,
        total=total,
        modified=_is_modified(scope, frame),
        narrowed=narrowed or part,
        difference=difference,
        actual=actual,
        own=fit.named,
        oblique=bool(oblique or grouped),
        whole=whole,
        borne_out=borne_out,
        past=scope.past,
        special=_is_a_special_kind(scope, frame),
    )


_A_SHORT_NAME = re.compile(r"[A-Z][A-Z&/]{1,7}s?|[A-Z][a-z]+")


def _is_a_special_kind(scope: _Scope, frame: Frame) -> bool:
    """Whether a name that is not of the title stands right before a word of it: "HCSW turnover was 15.2%"."""
    before = ""
    for word in _NAMES.findall(scope.before):
        if before and subject.match("", word, frame.asked).named:
            strange = subject.match("", before, frame.asked).strange
            return bool(strange) and _A_SHORT_NAME.fullmatch(before) is not None
        before = word
    return False


_NAMES = re.compile(r"[^\W\d_][\w&/-]*")


_WHOLE_OF_IT = re.compile(
    r"\b(?:overall|combined|taken together"
    r"|(?<!force )(?<!county )(?<!country )(?<!region )(?<!system )as a whole|across (?:all"
    r"|the (?:whole|entire))"
    r"|(?:trust|council|service|authority|company|organisation|site)[- ]?wide"
    r"|(?:whole|entire) (?:trust|council|service|authority|organisation)"
    r"|all (?:sites|areas|services|departments|directorates|divisions|wards|schools|stations|teams|districts))\b",
    re.I,
)


_LEAVING = re.compile(r"\bleaving (?:[a-z]+ ){0,3}$", re.I)
"""What is left is what there is: "took in 540 and completed 614, leaving 612"."""
_OBLIQUE = re.compile(
    r"(?:^|(?<!stood)(?<!stands)(?<!remains)(?<!remained)(?<!now)(?<!is)(?<!are)(?<!was)(?<!were) )"
    r"(?:at|in|across|from|by|among|between|through|via|with|over|on)(?: (?:the|our|its|all|just|only))* $",
    re.I,
)
"""Where or by how many something was done that another number counts: "312 citizens were welcomed at 13 ceremonies"."""
_A_NOUN = re.compile(r" [a-z]{3,}")
_BY_ITSELF = re.compile(r"\b(?:by itself|by themselves|(?<=[a-z] )on (?:its|their) own|in its own right)\b", re.I)
_THE_EXTREME = re.compile(
    r"\b(?:outlier|highest|lowest|worst|weakest|strongest|poorest)\b(?! since)(?: [a-z]+){0,3} $", re.I
)
"""One group's, at one end: "the outlier at 13.9%"."""
_HEDGED = re.compile(
    r"\b(?:below|under|over|above|more than|less than|fewer than|at least|at most|exceed(?:s|ed|ing)?"
    r"|up to|longer than|within) $",
    re.I,
)
"""A limit rather than a figure: "five wards fell below 85%"."""
_AVERAGED = re.compile(r"\b(?:average|mean|median)\b[^.;,:]{0,30}$", re.I)


def _counts(frame: Frame) -> bool:
    return frame.wanted.kind is Kind.COUNT and frame.wanted.known and not frame.wanted.change


def _sums_time(frame: Frame) -> bool:
    """Whether a length of time is asked for that adds up, as bed days do, and no time that something takes."""
    return frame.wanted.kind is Kind.TIME and _TAKES.search(frame.asked.title) is None


_TAKES = re.compile(
    r"\b(?:times?|length|waits?|waiting|duration|speed|turnaround|response|stay|taken?|age|per|fte|average)\b", re.I
)


def _averages(frame: Frame) -> bool:
    return frame.wanted.words.startswith("average")


_INVITED = re.compile(r"(?: [a-z]+){0,3} (?:offered|invited|eligible)\b", re.I)
"""Who was offered something is not who had it."""
_THE_GROUP = re.compile(
    r"\b(?:across|in|at|from|over|between|among|by) (?:all |each of )?(?:the|our|its|their) $|\b(?:across|among"
    r"|spread over) $",
    re.I,
)
"""A group of a known size: "across the 11 branches"."""


_SPREAD = re.compile(r"\b(?:across|spread over) (?:all |each of )?(?:the|our|its|their)? ?$", re.I)
_COPULA = re.compile(r"\b(?:is|was|are|were|stands at|stood at|remains at|of|at) ?$", re.I)
_OF_A_WHOLE = re.compile(r"^ of (?:the|all|our|its|their|total|those)\b", re.I)


def _of_its_whole(scope: _Scope) -> bool:
    """Whether "vacancy rate is 6% of the posts" names the figure before it, and behind it what it is a share of."""
    named = bool(scope.fit.named) and bool(_COPULA.search(scope.before)) and not scope.fit.against
    told = [word for word in _WORD.findall(scope.before) if not vocabulary.is_filler(word.lower())]
    share = kind_of(scope.number) is Kind.PERCENT and _OF_A_WHOLE.match(scope.after) is not None
    return named and share and all(word.lower() in scope.fit.named for word in told)


_WORD = re.compile(r"[^\W\d_]{2,}")


def _by_its_base(frame: Frame, scope: _Scope) -> float:
    """What speaks for a change that is counted from what the title says, and against one that is not."""
    if not frame.wanted.change:
        return 0
    meant, said = base_in(frame.asked.title), base_in(scope.behind)
    if meant is None or said is None:
        return 0
    return 2 if meant is said else -4


def _is_the_titles(number: Number, frame: Frame) -> bool:
    """Whether a percentage, or a bare number where a rank is asked for, is one that the title names."""
    if not isinstance(number, Quantity):
        return False
    if number.kind is Kind.COUNT and frame.wanted.kind is Kind.RANK:
        return plain(number.value) in subject.numbers_of(frame.asked)
    return number.kind is Kind.PERCENT and number.value in subject.shares_named(frame.asked)


def _is_modified(scope: _Scope, frame: Frame) -> bool:
    """Whether strange words stand between a count and what the title calls it: "9 statutory children's complaints"."""
    head = re.split(r"[,;.]", scope.after.strip())[0].split()[:_NEXT]
    before_name: list[str] = []
    for word in head:
        fit = subject.match("", word, frame.asked)
        if fit.named:
            return any(subject.match("", each, frame.asked).strange for each in before_name)
        before_name.append(word)
    return False

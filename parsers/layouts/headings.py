"""What a heading in somebody's own table says: which kind of thing stands below it, and for which time."""

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from collector.domain.indicator import Basis
from collector.domain.period import Span
from parsers.figures.canvas import Canvas
from parsers.figures.periods import Mention, Time, take_times


class Role(Enum):
    """What stands in a column."""

    LABEL = auto()
    FIGURE = auto()
    PART = auto()
    WHOLE = auto()
    COMMENT = auto()
    TARGET = auto()
    PLACE = auto()
    TIME = auto()
    ASIDE = auto()


#: A heading that is longer is a sentence.
LONGEST = 120
_WORDS = {
    Role.ASIDE: r"rag|status|dot|direction(?: of travel)?|trend|variance|var|change|rank|ranking|quartile|on track"
    r"|england|national|regional|average|family|peers?|priority|owner|lead(?: officer)?|responsible(?: officer)?"
    r"|officer|unit|polarity|frequency|source|data source|theme|outcome|objective|good performance|organisation"
    r"|agency|partner|evidence|difference|diff|forecasts?|predicted|projected|projection|expected|rating|deadline"
    r"|year end estimate|due|due date|type|category|risk|completed by|contact|email",
    Role.TARGET: r"targets?|tgt|goals?|aims?|plan(?:ned)?|threshold|trajectory|standard|benchmark|tolerance|baseline"
    r"|budget",
    Role.COMMENT: r"comments?|commentary|narrative|updates?|notes?|progress|explanation|reasons?|context|analysis"
    r"|latest position|remarks?|summary|actions?|further information|additional information|details?",
    Role.PART: r"numerator|num|part|numbers? (?:achieved|meeting|successful)",
    Role.WHOLE: r"denominator|denom|whole|out of|cohort|total (?:cohort|cases)",
    Role.PLACE: r"districts?|areas?|local authority|authority|la|la name|csp|community safety partnership|boroughs?"
    r"|councils?|division|local authority (?:name|area)|police district|place|locality|partnership",
    Role.TIME: r"periods?|quarters?|months?|dates?|reporting period|qtr|financial quarter|year|financial year",
    Role.LABEL: r"indicators?|measures?|kpis?|pis?|performance (?:indicators?|measures?)|descriptions?|titles?|names?"
    r"|metrics?|refs?|references?|codes?|ids?|no|number|#|what we measure|success measures?|local indicators?"
    r"|(?:indicator|measure|kpi|pi|our) ?(?:ref(?:erence)?|codes?|nos?|numbers?|ids?|title|name|description|definition)"
    r"|ref(?:erence)? ?(?:no|number|code)|key performance indicators?|performance indicator title",
    Role.FIGURE: r"actuals?|results?|values?|figures?|performance|out-?turn|achieved|scores?|reported|data|position"
    r"|rate|percent|percentage|%|number|no|nos|count|total|volume|this|current|latest|in period|your figure|counts",
}
_PATTERNS = {role: re.compile(rf"(?:{words})", re.I) for role, words in _WORDS.items()}
_ANYWHERE = {
    role: re.compile(rf"(?<![\w])(?:{_WORDS[role]})(?![\w])", re.I)
    for role in (Role.TARGET, Role.COMMENT, Role.PART, Role.WHOLE)
}
_ASIDE_ANYWHERE = re.compile(
    r"\b(?:rag|dot|direction of travel|trend|variance|rank|england|national|regional average|forecasts?|projected"
    r"|predicted|projection|estimate for|rating|change (?:on|from|since)|% ?change|difference|previous|owner"
    r"|officer|expected)\b",
    re.I,
)
_OUTTURN = re.compile(r"out-?turn", re.I)
_AGAINST_TARGET = re.compile(r"\b(?:against|versus|vs\.?|towards) (?:the )?(?:target|plan|profile)\b", re.I)
_SAYS = re.compile(r"[^\W_]|[%£#]")
_EDGES = " .:;,-\u2013()*?"
_BEYOND_FIGURE = re.compile(
    r"\b(?:actuals?|results?|values?|figures?|performance|out-?turn|achieved|scores?|reported|data|position|rate|percent"
    r"|percentage|numbers?|nos?|counts?|volume|this|current|latest|in|for|the|of|to|period|your|quarter|provisional|revised"
    r"|final|and|gbp|days?|fy|as|at)\b|%|£|[().,:;/#&+*-]",
    re.I,
)
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}"
_SHORT_YEAR = re.compile(rf"\b({_MONTH})[ '\u2019/-]{{1,2}}(\d\d)\b(?![\d/-])", re.I)
_YEAR_FIRST = re.compile(
    r"\b((?:20)?\d\d ?[-/\u2013] ?(?:20)?\d\d)[ ,:-]{0,3}((?:q|qtr|quarter) ?[1-4])\b(?! ?\(?(?:20)?\d\d[-/])", re.I
)
_SPLIT_QUARTER = re.compile(r"\bq(?:tr|uarter)?[ .-]{1,2}([1-4])\b", re.I)
_FISCAL = re.compile(r"\bfy ?'?(?=\d\d(?:\d\d)? ?[-/\u2013])", re.I)
_ENDING_YEAR = re.compile(r"\bfy ?'?(?:20)?(\d\d)\b(?! ?[-/\u2013])", re.I)


@dataclass(frozen=True)
class Heading:
    """A heading as words, with its kind; `beyond` are words that say something else than which figure and when."""

    text: str
    role: Role | None
    beyond: str = ""


@dataclass(frozen=True)
class When:
    """The time a heading stands for, seen from the one asked for; `time` is None where it names none."""

    time: Time | None
    span: Span | None = None
    basis: Basis | None = None
    has_year: bool = False


NO_TIME = When(None)


@lru_cache(maxsize=4096)
def heading(text: str) -> Heading:
    """What a heading says stands below it; without a role it is no heading of a figures' table."""
    words = " ".join(text.split())
    if not words or len(words) > LONGEST:
        return Heading(words, None)
    left = without_times(words)
    bare = left.strip(_EDGES).lower()
    timed = left != tidy_heading(words)
    for role, pattern in _PATTERNS.items():
        if pattern.fullmatch(bare):
            return Heading(words, _of_time(role) if timed else role)
    if _ASIDE_ANYWHERE.search(left):
        return Heading(words, Role.ASIDE)
    if _AGAINST_TARGET.search(left):
        return Heading(words, Role.COMMENT if _ANYWHERE[Role.COMMENT].search(left) else Role.ASIDE)
    for role, pattern in _ANYWHERE.items():
        if pattern.search(left):
            return Heading(words, role)
    beyond = " ".join(_BEYOND_FIGURE.sub(" ", left).split())
    if re.search(r"\d", beyond):
        return Heading(words, None, beyond)
    if timed or (not beyond and _SAYS.search(left)):
        return Heading(words, Role.FIGURE, beyond)
    return Heading(words, None, beyond)


def names_a_kind(text: str) -> bool:
    """Whether a row's label says that its numbers are no figures: "Target", "Numerator", "RAG"."""
    bare = without_times(text).strip(_EDGES).lower()
    return any(_PATTERNS[role].fullmatch(bare) for role in _NO_FIGURES)


_NO_FIGURES = (Role.ASIDE, Role.TARGET, Role.PART, Role.WHOLE)


def _of_time(role: Role) -> Role:
    """A heading that names its own time stands above figures, unless it says that it does not."""
    return Role.FIGURE if role in (Role.LABEL, Role.TIME, Role.PLACE) else role


@lru_cache(maxsize=8192)
def tidy_heading(text: str) -> str:
    """A heading with its times as people write them in sentences: "2015/16 Q 2" is "Q2 2015/16"."""
    words = _FISCAL.sub("", text.replace("_", " ").replace("\u2013", "-"))
    words = _SPLIT_QUARTER.sub(r"Q\1", words)
    words = _SHORT_YEAR.sub(r"\1 20\2", words)
    words = _ENDING_YEAR.sub(lambda found: f"20{int(found[1]) - 1:02d}/{found[1]}" if int(found[1]) else "", words)
    return " ".join(_YEAR_FIRST.sub(r"\2 \1", words).split())


@lru_cache(maxsize=4096)
def without_times(text: str) -> str:
    """A heading's words without the times it names."""
    canvas = Canvas(tidy_heading(text))
    # Which times are taken out does not depend on the quarter asked for.
    take_times(canvas, None, Basis.QUARTER)
    return " ".join(re.sub(r"[\ue000-\uf8ff]+", " ", canvas.left).split())


@lru_cache(maxsize=8192)
def when(text: str, home: Span | None, basis: Basis) -> When:
    """The time that a heading names, the narrowest of them where it names several that hold each other."""
    if len(text) > 4 * LONGEST:
        return NO_TIME
    mentions = take_times(Canvas(tidy_heading(text)), home, basis)
    years = [mention for mention in mentions if mention.time is Time.YEAR]
    has_year = bool(years) or any(re.search(r"\d\d ?[/-] ?\d\d|20\d\d", mention.words) for mention in mentions)
    holding = [mention for mention in years if _holds(mention, home)]
    # "Q2 outturn" is the quarter's; alone an outturn is the year's.
    ended = [mention for mention in mentions if len(mentions) > 1 and _OUTTURN.fullmatch(mention.words)]
    others = [mention for mention in mentions if mention not in holding and mention not in ended]
    if not others:
        found = holding[0] if holding else None
        return When(found.time, found.span, found.basis, has_year) if found else NO_TIME
    worst = max(others, key=lambda mention: _FAR[mention.time])
    return When(worst.time, worst.span, worst.basis, has_year)


#: A heading that names two times ("Q2 year to date") is for the one farther from the quarter asked for.
_FAR = {Time.WANTED: 0, Time.PART: 1, Time.TO_DATE: 3, Time.ROLLING: 4, Time.YEAR: 5, Time.OTHER: 6}


def _holds(mention: Mention, home: Span | None) -> bool:
    span = mention.span
    return bool(span and home and span.start <= home.start and home.end <= span.end)


def captioned(text: str, home: Span | None) -> When:
    """The quarter or the financial year that a caption, a sheet's or a file's name is about; days in it say nothing."""
    mentions = take_times(Canvas(tidy_heading(text[: 4 * LONGEST])), home, Basis.QUARTER)
    quarters = [m for m in mentions if m.basis is Basis.QUARTER or _is_quarter(m.span)]
    years = [m for m in mentions if m.time is Time.YEAR and m.basis is Basis.ANNUAL]
    if any(m.time is Time.WANTED for m in quarters):
        return When(Time.WANTED, has_year=True)
    told = quarters or [m for m in years if not _holds(m, home)]
    if not told or any(_holds(m, home) for m in years if not quarters):
        return NO_TIME
    return When(told[0].time, told[0].span, told[0].basis, has_year=True)


def _is_quarter(span: Span | None) -> bool:
    return span is not None and 88 < (span.end - span.start).days < 93 and span.start.day == 1

"""Parting a reply by the periods it names: "Q1 - 41.6% Q2 - 20.5%"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from collector.domain.indicator import Basis
from collector.domain.period import Quarter, Span
from parsers.figures import dates
from parsers.figures.canvas import Canvas
from parsers.figures.periods import Taker, Time

_SEPARATED = re.compile(
    rf"(?:^|(?<=[\s|;,.:]))(?<!between )(?<!from )(?<!during )"
    rf"(?<!between \d )(?<!between \d\d )(?<!from \d )(?<!from \d\d )(?P<name>{dates.QUARTER}"
    rf"|{dates.RANGE})(?: (?:figures?|data|total|result"
    rf"|actual))? ?(?:[-:=]+(?=[^\d]|\d)|\t)",
    re.I | re.M,
)
_MONTH_HEADS = re.compile(
    rf"(?:^|(?<=[.;|]) ?)(?P<name>{dates.MONTH}(?:[ -]'?\d\d(?:\d\d)?)?) ?(?:[:=]|-(?= ))", re.I | re.M
)
"""Months that head what is said of each: "Feb 26 - 133 sent. Jan 26 - 121 sent."."""
_STUCK = re.compile(
    rf"(?:^|(?<=[%\d)*.])\s|(?<=[|;,]))\s*(?P<name>{dates.QUARTER}|{dates.RANGE})[ \t]+"
    rf"(?=[-+£(]?\d)(?!(?:19|20)\d\d\b)",
    re.I | re.M,
)


_THE_YEAR = re.compile(
    r"(?:^|(?<=[\s|;,.:]))(?P<name>(?:full |whole |the )?year(?:[- ]end)?(?: total)?|annual total)(?: ?[:=-])? "
    r"(?=£|\d{3}|\d[\d,]*[.,]\d|\d+ ?%)",
    re.I | re.M,
)
"""What heads the year's figure behind the quarters': "Q1 4; Q2 6; Q3 5; Q4 7. Year 22"."""


@dataclass(frozen=True)
class Clause:
    """The words a sender put under one period; `time` is None for those before any period was named."""

    time: Time | None
    words: str
    named: str = ""
    span: Span | None = None


def by_period(text: str, home: Span | None, basis: Basis) -> list[Clause]:
    """The clauses of "Q1 - 41.6% Q2 - 20.5%". Labels inside brackets belong to their sentence and part nothing."""
    if home is not None and home == dates.month_span(home.start.year, home.start.month):
        return _by_month(text, home)
    text = _in_quarters(text, home)
    labels = sorted(_labels(text), key=lambda found: found.start())
    if labels and home is not None and basis is Basis.ANNUAL:
        labels = sorted([*labels, *_THE_YEAR.finditer(text)], key=lambda found: found.start())
    if not labels:
        return [Clause(None, text)]
    # A lone "Q2:" heads the return of Q2; beside other quarters it says that each figure is a quarter's own.
    taker = Taker(Canvas(""), home, basis if len(labels) > 1 else Basis.QUARTER)
    clauses = [Clause(None, text[: labels[0].start()])]
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        judge = taker.quarter if re.fullmatch(dates.QUARTER, label["name"], re.I) else taker.range
        judge = taker.year if label.re is _THE_YEAR else judge
        judged = judge(label["name"]) or (Time.OTHER, None, None)
        if judged[0] is Time.PART and len(labels) == 1 and judged[1] == home:
            # "Q2: 288" alone labels the return; "Q1 4, Q2 2" gives the quarters one by one.
            judged = (Time.WANTED, judged[1], judged[2])
        words = text[label.end() : following.start() if following else len(text)]
        clauses.append(Clause(judged[0], words.strip(" ,;|\t"), label["name"].strip(), judged[1]))
    return clauses


_A_MONTHS = re.compile(
    rf"(?:^|(?<=[\s|;,]))(?P<month>{dates.MONTH})(?P<year>[- ]'?(?:20)?\d\d)?(?: ?[:=] ?|\t)(?=[-+£(]?\d)", re.I | re.M
)
_A_QUARTER = 3


def _in_quarters(text: str, home: Span | None) -> str:
    """The same words, where months head a series of quarters' ends, "Sep-23: 4.8 | Dec-23: 5.1", with the quarters."""
    quarter = dates.as_quarter(home)
    found = list(_A_MONTHS.finditer(text)) if quarter is not None else []
    spans = [dates.day_or_month(f"{each['month']} {_year_of(each)}".strip(), home) for each in found]
    ends = [12 * span.end.year + span.end.month for span in spans if span is not None]
    steps = {abs(after - before) for before, after in pairwise(ends)}
    if len(ends) < len(found) or steps != {_A_QUARTER} or any(end % _A_QUARTER for end in ends):
        return text
    at = iter(spans)
    return _A_MONTHS.sub(lambda _: _named_quarter(next(at)), text)


def _year_of(month: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", month["year"] or "")
    return digits if len(digits) != 2 else f"20{digits}"


def _named_quarter(last: Span | None) -> str:
    quarter = Quarter.containing(last.start) if last else None
    return f"Q{quarter.number} {quarter.year}-{(quarter.year + 1) % 100:02d}: " if quarter else ""


_A_LIST = 2


def _by_month(text: str, home: Span) -> list[Clause]:
    """The clauses of months that each head their own; all as one where fewer than two do, or none is the one asked."""
    heads = list(_MONTH_HEADS.finditer(text))
    spans = [dates.day_or_month(re.sub(r"[- ]'?(?=\d\d$)", " '", head["name"]), home) for head in heads]
    if len(heads) < _A_LIST or home not in spans or None in spans:
        return [Clause(None, text)]
    clauses = [Clause(None, text[: heads[0].start()])]
    for head, span, following in zip(heads, spans, [*heads[1:], None], strict=True):
        words = text[head.end() : following.start() if following else len(text)]
        time = Time.WANTED if span == home else Time.OTHER
        clauses.append(Clause(time, words.strip(" ,;|\t"), head["name"].strip(), span))
    return clauses


_FIGURE_FIRST = re.compile(r"[^\w]*[£+-]?\d+(?!\d|st|nd|rd|th)")
"""Where a line begins with a figure, a quarter without a colon may name the figure before it just as well."""


# What follows a period that heads the words behind it.
_HEADS = re.compile(r"[-:=\t]| [-+£(]?\d")


_SERIES_IN_BRACKETS = re.compile(r"\((?:q[1-4] ?[:=]? ?[-+£]?\d[\d.,]*\d? ?%?(?:[;,/|]| and)? ?){2,4}\)", re.I)
"""Quarters one by one in a bracket: "921,004 (Q1 312,450; Q2 318,112; Q3 290,442)"."""


def _in_a_series(text: str, at: int) -> bool:
    return any(found.start() < at < found.end() for found in _SERIES_IN_BRACKETS.finditer(text))


_A_PERIOD = re.compile(
    r"q(?:tr\.?|uarter)? ?(?:[1-4]|one|two|three|four)|(?:first|second|third|fourth|final|1st|2nd|3rd|4th) q"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
)
"""What a line in small letters must hold to name a quarter or a month."""


def _named_periods(text: str) -> Iterable[tuple[re.Pattern[str], re.Match[str]]]:
    """Periods that head what follows, line by line: most lines of a long reply hold nothing that could follow one."""
    lines = [
        (m.start(), m.end())
        for m in re.finditer(r"[^\n]+", text)
        if _HEADS.search(m[0]) and _A_PERIOD.search(m[0].lower())
    ]
    for pattern in (_SEPARATED, _STUCK):
        for start, end in lines:
            for found in pattern.finditer(text, start, end):
                yield pattern, found


def _labels(text: str) -> Iterable[re.Match[str]]:
    taken: dict[int, re.Match[str]] = {}
    for pattern, found in _named_periods(text):
        before = text[max(0, found.start("name") - 200) : found.start("name")]
        line = before[before.rfind("\n") + 1 :]
        if "=" in found[0] and before.endswith(" in "):
            # "1,415 started in Q2 = 4.1%": what the number before comes to.
            continue
        trailing = pattern is _STUCK and _FIGURE_FIRST.match(line)
        bracketed = before.rfind("(") > before.rfind(")")
        if not trailing and not (bracketed and not _in_a_series(text, found.start("name"))):
            taken.setdefault(found.start("name"), found)
    ends = -1
    for at in sorted(taken):
        if at >= ends:
            ends = taken[at].end()
            yield taken[at]

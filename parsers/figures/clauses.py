"""Parting a reply by the periods it names: "Q1 - 41.6% Q2 - 20.5%"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from collector.domain.indicator import Basis
from collector.domain.period import Span
from parsers.figures import dates
from parsers.figures.canvas import Canvas
from parsers.figures.periods import Taker, Time

_SEPARATED = re.compile(
    rf"(?:^|(?<=[\s|;,.:]))(?<!between )(?<!from )(?<!during )(?P<name>{dates.QUARTER}"
    rf"|{dates.RANGE})(?: (?:figures?|data|total|result"
    rf"|actual))? ?(?:[-:=]+(?=[^\d]|\d)|\t)",
    re.I | re.M,
)
_STUCK = re.compile(rf"(?:^|(?<=[%\d)*.])\s|(?<=[|;,]))\s*(?P<name>{dates.QUARTER})[ \t]+(?=[-+£(]?\d)", re.I | re.M)


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


_FIGURE_FIRST = re.compile(r"[^\w]*[£+-]?\d+(?!\d|st|nd|rd|th)")
"""Where a line begins with a figure, a quarter without a colon may name the figure before it just as well."""


# What follows a period that heads the words behind it.
_HEADS = re.compile(r"[-:=\t]| [-+£(]?\d")


_A_PERIOD = re.compile(
    r"q(?:tr\.?|uarter)? ?(?:[1-4]|one|two|three|four)|(?:first|second|third|fourth|1st|2nd|3rd|4th) q"
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
        trailing = pattern is _STUCK and _FIGURE_FIRST.match(line)
        if before.rfind("(") <= before.rfind(")") and not trailing:
            taken.setdefault(found.start("name"), found)
    ends = -1
    for at in sorted(taken):
        if at >= ends:
            ends = taken[at].end()
            yield taken[at]

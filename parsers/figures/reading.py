"""Reading what was written for one measure: the one place that decides what is certain."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from collector.domain.figure import FigureStatus
from collector.domain.indicator import Basis, Unit
from collector.domain.period import Quarter
from collector.domain.submission import Asked, Candidate, ReadingTask, ReadItem
from parsers.figures import (
    commentary,
    dates,
    findings,
    headline,
    instead,
    measures,
    numbers,
    past,
    portions,
    statuses,
    subject,
    tables,
    vocabulary,
    years,
)
from parsers.figures.canvas import has_unusual_digits
from parsers.figures.clauses import Clause, by_period
from parsers.figures.doubts import beside, doubts_around, unread_numbers
from parsers.figures.facts import Facts, Said, lay_out
from parsers.figures.frame import Frame
from parsers.figures.none_first import none_first
from parsers.figures.other_measures import without_other_measures
from parsers.figures.periods import Mention, Time
from parsers.figures.quantities import COUNTING_WORD, Fraction, Quantity
from parsers.figures.rewording import in_readable_digits, on_lines
from parsers.figures.sentences import parted
from parsers.figures.times_beside import unbound_time
from parsers.figures.units import Kind
from parsers.figures.verdict import Figure, Verdict

MOST_CANDIDATES = 6
LONGEST_WORDS = 20_000
MOST_NUMBERS = 200
"""More than this for one measure is no answer but a document; reading time stays bounded."""

LONGEST_EVIDENCE = 500

_NOTES = (Unit.MILESTONE, Unit.NARRATIVE)
_DIGIT = re.compile(r"\d")
_NUMBERS = re.compile(r"\d+")
_WORDS = re.compile(r"[^\W\d_]{2,}")


def read_words(asked: Asked, words: str, task: ReadingTask, *, opened: bool = False) -> ReadItem:
    """What the words written for one measure say. Never raises; what is not certain is asked.

    `opened` says that their first number stands in a field of its own for the period asked for.
    """
    frame = Frame(asked, task)
    evidence = words.strip()[:LONGEST_EVIDENCE]
    if has_unusual_digits(words):
        return ReadItem(asked.code, evidence, (), ("The reply holds digits that we can't read for certain.",))
    if asked.unit not in _NOTES and (len(words) > LONGEST_WORDS or len(_NUMBERS.findall(words)) > MOST_NUMBERS):
        return ReadItem(asked.code, evidence, (), ("What you wrote for it is too long to pick the figure out.",))
    if (asked.unit in _NOTES or not _DIGIT.search(words)) and _HANDED_OVER.search(words[:_OPENING]):
        return ReadItem(asked.code, evidence, (), (_STAYS,))
    again = past.repeated(frame, words)
    if asked.unit not in _NOTES:
        cells = tables.in_table(frame, words)
        if cells is not None:
            return _in_cells(frame, evidence, words, cells)
    clauses, doubts = _wanted(by_period(on_lines(words), frame.home, frame.basis))
    text = parted("\n".join(clause.words for clause in clauses))
    if asked.unit in _NOTES:
        return instead.a_note(frame, evidence, text, [*doubts, *again], clauses)
    item = _read_clause(
        frame,
        evidence,
        in_readable_digits(frame, _telling(text)),
        cells=tables.has_cells(words),
        beyond=_set_aside(words, clauses),
        labelled=opened or any(c.time is Time.WANTED for c in clauses),
    )
    again = again + years.against_the_year(frame, words, item)
    item = replace(item, doubts=(*item.doubts, *again)) if again and item.candidates else item
    return _booked_elsewhere(item, clauses, doubts) if doubts else item


@dataclass(frozen=True)
class Spot:
    """What words that name nothing outright say of one measure: the reading, and where and among what it stands."""

    item: ReadItem
    start: int
    named: frozenset[str]
    settled: bool


def spot(asked: Asked, words: str, task: ReadingTask) -> Spot | None:
    """The figure for one measure in words about several; None where nothing there is about it."""
    if asked.unit in _NOTES or has_unusual_digits(words) or len(_NUMBERS.findall(words)) > MOST_NUMBERS:
        return None
    frame = Frame(asked, task)
    text = in_readable_digits(frame, parted(on_lines(words)))
    facts = lay_out(text, frame.home, frame.basis, frame.wanted, subject.numbers_named(asked))
    choice = headline.choose(frame, facts)
    if choice is None:
        named = subject.match("", text, asked).named
        settled, start = False, -1
    else:
        named, settled, start = choice.standing.named, True, choice.standing.number.start
    if not named:
        return None
    evidence = facts.sentence(start).strip() if settled else text.strip()
    item = _read_clause(frame, evidence[:LONGEST_EVIDENCE], text, cells=False)
    return Spot(item, start, named, settled) if item.candidates or item.doubts else None


def _in_cells(frame: Frame, evidence: str, words: str, cells: tuple[tables.Cell, ...]) -> ReadItem:
    """A pasted table: its one fitting cell is read like a reply of its own; otherwise the cell is asked for."""
    readings = [
        _read_clause(frame, cell.line, in_readable_digits(frame, _as_said(frame, cell)), cells=False) for cell in cells
    ]
    candidates = tuple(dict.fromkeys(candidate for item in readings for candidate in item.candidates))
    bulk = findings.in_bulk(words)
    if len(cells) == 1 and candidates:
        blank = tables.left_blank(frame, words, cells[0])
        some = [f"You left {' and '.join(blank)} blank; is {cells[0].words} all of {frame.period}?"] if blank else []
        return replace(readings[0], doubts=(*readings[0].doubts, *some, *bulk))
    doubt = "We could not tell which cell of your table is the figure asked for."
    return ReadItem(frame.asked.code, evidence, candidates[:MOST_CANDIDATES], (doubt,))


_PERCENTAGES = re.compile(r"%|\bper ?cent|\bpercentage\b|\brate\b|\bproportion\b", re.I)


def _as_said(frame: Frame, cell: tables.Cell) -> str:
    """A cell's words; the per cent sign can stand in the heading."""
    told = f"{cell.row} {cell.column} {frame.asked.title}"
    bare = re.fullmatch(r"[\d.,]+", cell.words) is not None
    whole = bare and not cell.words.startswith(("0.", "."))
    return f"{cell.words}%" if whole and frame.wanted.kind is Kind.PERCENT and _PERCENTAGES.search(told) else cell.words


def _wanted(clauses: list[Clause]) -> tuple[list[Clause], list[str]]:
    """The clauses for the period asked for and what stands before any period; others only where nothing else is."""
    if len(clauses) == 1:
        return clauses, []
    opening = [clause for clause in clauses if clause.time is None and _WORDS.search(clause.words + " ")]
    opening += [
        clause for clause in clauses if clause.time is None and clause not in opening and _DIGIT.search(clause.words)
    ]
    wanted = [clause for clause in clauses if clause.time is Time.WANTED]
    if wanted:
        return opening + wanted, []
    if any(_DIGIT.search(clause.words) for clause in opening):
        return opening, []
    others = [clause for clause in clauses if clause.time is not None]
    names = ", ".join(dict.fromkeys(_in_full(clause) for clause in others))
    return opening + others, [f"You wrote {names}; that is not the period asked for."]


def _in_full(clause: Clause) -> str:
    """The period that a clause names; a quarter with its months."""
    quarter = Quarter.containing(clause.span.start) if clause.span else None
    return str(quarter) if quarter is not None and quarter.span == clause.span else clause.named


def _booked_elsewhere(item: ReadItem, clauses: list[Clause], doubts: list[str]) -> ReadItem:
    """Figures that stand under another period keep it and are asked about (RULES 5)."""
    spans = {clause.span for clause in clauses if clause.time is not None}
    span = spans.pop() if len(spans) == 1 else None
    candidates = tuple(replace(c, reference=c.reference or span) for c in item.candidates)
    return replace(item, candidates=candidates, doubts=(*doubts, *item.doubts))


_OPENING = 200
_HANDED_OVER = re.compile(
    r"^\W*(?:this is |it is |it's )?(?:now )?(?:done|reported|handled|covered|owned|led) (?:now )?by\b"
    r"|\b(?:someone|somebody) else\b|\btaken (?:this|it|that)? ?over\b|\bno longer (?:me|mine|ours|us)\b",
    re.I,
)
_STAYS = "You say that somebody else does this now. It stays on your list until the coordinator has changed it."


_LONG_REMARK = 10
_MAY_MATTER = re.compile(
    r"\d|\b(?:since|to date|ytd|cumulative|rolling|years?|quarters?"
    r"|qtr|months?|half|this|these|those|figures?|data|numbers?|both|all"
    r"|none|estimat\w*|provisional\w*|unvalidated|draft)\b",
    re.I,
)


def _telling(text: str) -> str:
    """The sentences that may matter to a figure: not the long ones that name no number, no time and no state."""
    lines = text.split("\n")
    if len(lines) <= _LONG_REMARK:
        return text
    return "\n".join(line for line in lines if _matters(line))


# Read in lower case, a third of the time of a search that ignores case: most of a long reply passes only here.
_MATTERING = re.compile(
    r"(?=\b[a-z]|\d|n't)(?:"
    + "|".join(known.pattern for known in (_MAY_MATTER, statuses.HINTS, vocabulary.SECOND_THOUGHTS, COUNTING_WORD))
    + ")"
)


def _matters(line: str) -> bool:
    return len(line.split()) <= _LONG_REMARK or _MATTERING.search(line.lower()) is not None


def _set_aside(words: str, kept: list[Clause]) -> str:
    """The words of a reply that stand under another period than the ones kept."""
    for clause in kept:
        words = words.replace(clause.words.strip(), " ")
    return words


def _read_clause(
    frame: Frame, evidence: str, text: str, *, cells: bool, beyond: str = "", labelled: bool = False
) -> ReadItem:
    names = subject.numbers_named(frame.asked)
    facts = lay_out(text, frame.home, frame.basis, frame.wanted, names, cells=cells)
    portions.count_the_share(frame, facts)
    beyond_it = none_first(frame, facts) or instead.none_beyond(frame, facts)
    if beyond_it is not None:
        return replace(beyond_it, evidence=evidence, target_change=facts.context.target_change)
    said = [s for s in statuses.statuses_in(text) if not instead.is_about_the_target(text, s.at)]
    if facts.elsewhere:
        # What another quarter is waiting for says nothing of the figures that are given.
        said = [s for s in said if not instead.is_of_another_time(facts, s)]
    choice = headline.choose(frame, facts, beyond, labelled=labelled)
    unsettled = choice is None and numbers.numbers_of(frame, facts)
    facts = choice.facts if choice else facts
    verdict = without_other_measures(frame, facts, measures.judge(frame.wanted, facts))
    if unsettled and verdict.figures and not verdict.doubts:
        verdict.doubts.append(headline.unsettled_words(frame, facts, verdict.figures[0]))
    nil = None if verdict.figures or facts.direct else instead.nothing(frame, text, facts)
    change = facts.context.target_change
    if said and not verdict.figures and not facts.direct and not facts.fractions:
        return _status_and_more(frame, evidence, said, facts, nil)
    if nil is not None:
        return replace(nil, evidence=evidence, target_change=change)
    if not verdict.figures and not verdict.doubts:
        return _nothing_direct(frame, evidence, facts)
    telling = [s for s in said if not verdict.figures or instead.concerns(frame, facts, s, verdict.figures[0])]
    doubts = [*verdict.doubts, *(f"You also wrote '{s.sentence[:120]}'." for s in telling)]
    times = [unbound_time(frame, facts, figure) for figure in verdict.figures]
    if verdict.figures:
        doubts += doubts_around(frame, facts, verdict, times[0]) + past.against_the_books(frame, facts)
    candidates = tuple(_candidates(frame, facts, verdict, times, text)[:MOST_CANDIDATES])
    return ReadItem(
        frame.asked.code,
        evidence,
        candidates,
        tuple(dict.fromkeys(doubts)),
        change,
        facts=commentary.facts_beside(facts, candidates),
    )


def _status_and_more(
    frame: Frame, evidence: str, said: list[statuses.Said], facts: Facts, nil: ReadItem | None
) -> ReadItem:
    """A status; where its own sentence also gives a figure, or the reply opens with "none", which counts is asked."""
    item = instead.only_status(frame, evidence, said, facts)
    here = facts.canvas.sentence(said[0].at)
    nil_return = len(said) == 1 and said[0].status is FigureStatus.NIL_RETURN
    if nil is not None and nil.certain and nil_return:
        return replace(nil, evidence=evidence, target_change=facts.context.target_change)
    if nil is not None and nil.certain and here and not instead.is_about_data(facts, said[0]):
        return replace(nil, evidence=evidence, target_change=facts.context.target_change)
    beside = [
        each for each in facts.elsewhere if _is_a_part(each, said[0]) or instead.outweighs(facts, each.what, said[0])
    ]
    told = [each for each in _offered(frame, facts) if beside]
    if nil is not None and nil.certain and here:
        told = [*told, *nil.candidates]
    if not told or item.doubts:
        return item
    candidates = (*item.candidates, *told)[:MOST_CANDIDATES]
    return replace(item, candidates=candidates, doubts=(f"You wrote '{said[0].sentence[:120]}' and also a figure.",))


def _is_a_part(told: Said, status: statuses.Said) -> bool:
    """Whether a month's figure comes before the word that the rest will follow."""
    return told.what.end <= status.at and told.mention is not None and told.mention.time is Time.PART


def _nothing_direct(frame: Frame, evidence: str, facts: Facts) -> ReadItem:
    """No figure for the period asked for: what belongs to another time is offered, else the figure is asked for."""
    code, change = frame.asked.code, facts.context.target_change
    if facts.context.ranges:
        low, high, _ = facts.context.ranges[0]
        ends = tuple(Candidate(FigureStatus.REPORTED, q.value, basis=frame.basis) for q in (low, high))
        return ReadItem(code, evidence, ends, (f"You gave a range, {low} to {high}; one figure is asked for.",), change)
    offered = _offered(frame, facts)
    if offered:
        names = ", ".join(dict.fromkeys(said.mention.words for said in facts.elsewhere if said.mention))
        return ReadItem(code, evidence, tuple(offered[:MOST_CANDIDATES]), (beside(frame, names),), change)
    years = [m for m in facts.mentions if re.fullmatch(r"\d{4}", m.words)]
    if len(years) == 1 and len(_NUMBERS.findall(facts.canvas.text)) == 1:
        lone = Candidate(FigureStatus.REPORTED, Decimal(years[0].words), basis=frame.basis)
        return ReadItem(code, evidence, (lone,), (f"You wrote {years[0].words}: is it the figure or a year?",), change)
    again = None if _DIGIT.search(facts.canvas.left) else past.same_again(frame, facts.canvas.text)
    if again is not None:
        candidates, doubt = again
        return ReadItem(code, evidence, candidates, (doubt,), change)
    unread = unread_numbers(facts, 0, len(facts.canvas.text))
    doubt = "No figure was found in what you wrote for it." if evidence else "Nothing was written for it."
    return ReadItem(code, evidence, (), (*unread, doubt), change)


def _offered(frame: Frame, facts: Facts) -> list[Candidate]:
    """Figures of other times, each with its own basis and days; a figure to date could also be the quarter's."""
    quantities = [said for said in facts.elsewhere if isinstance(said.what, Quantity)]
    fractions = [said for said in facts.elsewhere if isinstance(said.what, Fraction)]
    shadow = Facts(facts.canvas, facts.context, facts.mentions)
    shadow.direct = [said.what for said in quantities if isinstance(said.what, Quantity)]
    shadow.fractions = [said.what for said in fractions if isinstance(said.what, Fraction)]
    verdict = measures.judge(frame.wanted, shadow)
    found: list[Candidate] = []
    for figure in verdict.figures:
        found += _readings(frame, facts, figure, _mention_of(facts.elsewhere, figure))
    return found


def _mention_of(elsewhere: list[Said], figure: Figure) -> Mention | None:
    return next((s.mention for s in elsewhere if figure.start <= s.what.start <= figure.end and s.mention), None)


_BASIS = {Time.TO_DATE: Basis.TO_DATE, Time.ROLLING: Basis.ROLLING_YEAR, Time.YEAR: Basis.ANNUAL}


def _readings(frame: Frame, facts: Facts, figure: Figure, mention: Mention | None, status: str = "") -> list[Candidate]:
    """A figure as a candidate: under its own time, and for a figure to date also as the quarter's."""
    state = FigureStatus(status) if status else FigureStatus.REPORTED
    closed = figure.end + (facts.canvas.text[figure.end : figure.end + 1] == ")")
    words = facts.canvas.text[figure.start : closed].strip()
    words = words if "(" in words else words.rstrip(")")
    own = Candidate(
        state, figure.value, figure.numerator, figure.denominator, frame.basis, remark=figure.note, words=words
    )
    if mention is None:
        return [own]
    other = replace(own, basis=mention.basis or _BASIS.get(mention.time), reference=mention.span)
    return [other, own] if mention.time is Time.TO_DATE else [other]


def _candidates(
    frame: Frame, facts: Facts, verdict: Verdict, times: list[Mention | None], text: str
) -> list[Candidate]:
    """The figures of a verdict, each under the time that stands beside it."""
    status = FigureStatus.PROVISIONAL if statuses.is_provisional(text) else FigureStatus.REPORTED
    found: list[Candidate] = []
    for figure, time in zip(verdict.figures, times, strict=True):
        found += _readings(frame, facts, figure, time, status)
    if status is FigureStatus.PROVISIONAL:
        today = statuses.reading_day(frame.task.sent_on, dates.as_quarter(frame.home))
        found = [replace(each, expected_on=statuses.final_on(text, today)) for each in found]
    return list(dict.fromkeys(found))

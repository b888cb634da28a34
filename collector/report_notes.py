"""What a report says about itself: how colours are given, how good the data is, what the words mean. Pure."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from collector.assessment import SMALL_DENOMINATOR
from collector.completeness import of_round
from collector.domain.figure import Figure, plain
from collector.domain.indicator import Polarity, Unit
from collector.domain.period import day
from collector.ports import Calendar
from collector.report_cells import Quarterly
from collector.wording import AFTER, some

#: Words that every report uses; a partnership's own abbreviations are found in its titles.
_WORDS = (
    ("Amber", "The target is missed by no more than the tolerance."),
    ("Baseline", "The figure that a change is counted from."),
    ("Break in the series", "From here on a figure means something else, so it is not compared with earlier ones."),
    ("Footnote", "A raised number beside a figure; the footnotes stand together below the tables."),
    ("Green", "The target is met."),
    ("Locked", "The coordinator has closed the round; what changes afterwards is shown as restated."),
    ("Not signed off", "The lead of the priority has not vouched for the figure."),
    ("Provisional", "The source may still change it."),
    ("Red", "The target is missed by more than the tolerance."),
    ("Restated", "Changed after the round was locked: the earlier figure and the reason are given."),
    ("To date", "From 1 April to the end of the quarter."),
    ("Tolerance", "How far from its target a figure may be and still be Amber."),
)
_DEFAULT = (
    "Without an approved tolerance a figure that misses its target by up to 5% of the target is Amber, by more Red."
    " The unrounded figure decides."
)
_ABBREVIATION = re.compile(r"((?:[A-Za-z'-]+ ){2,7})\(([A-Z]{2,7})s?\)")


def tolerance_of(found: Sequence[Quarterly]) -> Iterable[str]:
    """The rule that colours follow, and every tolerance and deviation that was approved for one measure (RULES 9)."""
    yield _DEFAULT
    told = set()
    for quarter in found:
        for code, definition in quarter.view.definitions.items():
            target = definition.target
            if target.tolerance is not None:
                told.add(f"{code}: a miss by up to {plain(target.tolerance)}{AFTER.get(definition.unit, '')} is Amber.")
            if target.deviation is not None:
                accepted = target.deviation
                told.add(f"{code}: a miss is accepted by {accepted.by} until {day(accepted.until)}: {accepted.why}.")
    yield from sorted(told)


def quality_of(found: Sequence[Quarterly], calendar: Calendar, now: datetime) -> Iterable[str]:
    """How complete and timely each quarter is, and what to mind about its figures (RULES 2, 12, 14)."""
    for quarter in found:
        view = quarter.view
        if quarter.collected:
            yield f"{quarter.period}: {of_round(view, calendar, now).words}."
        else:
            yield f"{quarter.period}: loaded from an earlier report; who gave each figure and when is not on the books."
        held = [(code, figure) for code, figure in view.figures.items() if figure.reported.value is not None]
        for codes, words in (
            (
                [code for code, figure in held if _is_small(figure)],
                f"fewer than {SMALL_DENOMINATOR} in the denominator",
            ),
            ([code for code, figure in held if _uncounted(quarter, code, figure)], "percentages without their counts"),
            ([code for code, _ in held if _unsettled(quarter, code)], "targets that nobody has confirmed"),
            (
                [code for code, _ in held if view.definitions[code].polarity is Polarity.UNCONFIRMED],
                "not settled whether more or less is better",
            ),
        ):
            if codes:
                yield f"{quarter.period}, {words}: {', '.join(some(codes, 40))}."


def _is_small(figure: Figure) -> bool:
    denominator = figure.reported.denominator
    return denominator is not None and denominator < SMALL_DENOMINATOR


def _uncounted(quarter: Quarterly, code: str, figure: Figure) -> bool:
    return quarter.view.definitions[code].unit is Unit.PERCENT and not figure.reported.denominator


def _unsettled(quarter: Quarterly, code: str) -> bool:
    target = quarter.view.definitions[code].target
    return target.can_be_confirmed and not target.confirmed


def glossary_of(found: Sequence[Quarterly]) -> Iterable[tuple[str, str]]:
    """The report's words and the abbreviations that the plan's own titles explain, in alphabetical order."""
    known = dict(_WORDS)
    for quarter in found:
        for definition in quarter.view.definitions.values():
            for words, short in _ABBREVIATION.findall(f"{definition.title} {definition.target.wording}"):
                known.setdefault(short, _spelt_out(words.split(), short))
    return sorted(((name, words) for name, words in known.items() if words), key=lambda pair: pair[0].lower())


def _spelt_out(words: Sequence[str], short: str) -> str:
    """The last words whose initials make the abbreviation; "" where none do."""
    initials = [part for word in words for part in word.replace("-", " ").split()]
    for size in range(len(short), min(len(initials), len(short) + 2) + 1):
        tail = initials[-size:]
        if _fits([word[0].lower() for word in tail], short.lower()):
            return " ".join(tail)
    return ""


def _fits(letters: Sequence[str], short: str) -> bool:
    """Whether the abbreviation's letters stand among the initials in their order, the first one at the beginning."""
    rest = iter(letters)
    return letters[0] == short[0] and all(letter in rest for letter in short)

"""Figures that the words beside them measure in another unit than the one asked for: asked about, never recorded."""

from collector.domain.figure import plain
from parsers.figures.facts import Facts
from parsers.figures.frame import Frame
from parsers.figures.measure_words import measured_otherwise
from parsers.figures.persons import counts_no_people
from parsers.figures.units import Kind, Wanted
from parsers.figures.verdict import Figure, Verdict


def without_other_measures(frame: Frame, facts: Facts, verdict: Verdict) -> Verdict:
    """A verdict without the figures that are in another measure: two miles are no two kilometres."""
    said = {each: words for each in verdict.figures if (words := _said_otherwise(frame, facts, each))}
    if not said:
        return verdict
    doubts = [f"You wrote '{words[:120]}'; the figure is asked for {_meant(frame.wanted)}." for words in said.values()]
    return Verdict([each for each in verdict.figures if each not in said], [*doubts, *verdict.doubts])


def _meant(wanted: Wanted) -> str:
    """The unit asked for, as we write it to people."""
    match wanted.kind:
        case Kind.COUNT if wanted.known:
            return "as a number of its own"
        case Kind.PERCENT:
            return "as a percentage"
        case Kind.RATE:
            return f"per {plain(wanted.scale)}"
        case Kind.MONEY:
            return "in pounds"
        case Kind.RANK:
            return "as a rank"
        case _:
            return f"in {wanted.words.replace('_', ' ')}"


def _said_otherwise(frame: Frame, facts: Facts, figure: Figure) -> str:
    """The words that measure a figure in another unit; a fraction's counts have units of their own."""
    if figure.numerator is not None:
        return ""
    text, title = facts.canvas.text, " ".join((frame.asked.title, *frame.asked.aliases))
    words = measured_otherwise(text, figure.start, figure.end, frame.wanted, title)
    people = counts_no_people(title, text, figure.end) if frame.wanted.kind is Kind.COUNT and not words else ""
    return words or (f"{text[figure.start : figure.end]} {people}" if people else "")

"""Which numbers of a clause could be the figure at all, and which never are but tell what it is about."""

import re
from dataclasses import replace

from collector.domain.submission import Asked
from parsers.figures import subject, vocabulary
from parsers.figures.facts import Facts
from parsers.figures.frame import Frame
from parsers.figures.portions import parts_asked_for
from parsers.figures.quantities import Fraction, Quantity
from parsers.figures.scopes import RUN, Number, Scopes, opens_the_reply, together
from parsers.figures.units import Kind, Wanted


def shadows_of(frame: Frame, facts: Facts, numbers: list[Number]) -> list[Number]:
    """Numbers of the kind asked for that were bound to another time or called a part: never the figure, but telling."""
    kind = frame.wanted.kind
    bound = [said.what for said in facts.elsewhere if isinstance(said.what, Quantity)]
    shares = [f for f in facts.fractions if f.denominator] if kind is Kind.PERCENT else []
    kinds = (kind, Kind.COUNT) if kind in _MAY_BE_BARE else (kind,)
    told = [q for q in (*bound, *facts.context.parts) if q.kind in kinds]
    unsigned = [q for q in facts.direct if q.kind is kind and not q.signed] if frame.wanted.change else []
    if kind is Kind.POINTS:
        unsigned = [*unsigned, *facts.changes(Kind.COUNT), *facts.changes(Kind.PERCENT)]
    other = [f for f in shares if not _borne_out(f, numbers)]
    bare = [q for q in facts.direct if q.kind is Kind.COUNT and _stands_bare(facts, q)] if kind in _MAY_BE_BARE else []
    forecast = [q for q in facts.forecast if q.kind is kind]
    found: list[Number] = [*told, *other, *unsigned, *bare, *forecast]
    return [n for n in found if n not in numbers]


def _borne_out(fraction: Fraction, numbers: list[Number]) -> bool:
    exact = 100 * fraction.numerator / fraction.denominator
    return any(isinstance(n, Quantity) and abs(n.value - exact) <= 1 for n in numbers)


def numbers_of(frame: Frame, facts: Facts) -> list[Number]:
    """The numbers of the kind asked for, of a from-to the level it led to; bare ones where the kind may be left out."""
    kind = frame.wanted.kind
    if frame.wanted.change or kind is Kind.POINTS:
        return [*facts.changes(kind), *([] if frame.wanted.change else [q for q in facts.direct if q.kind is kind])]
    moved = [replace(move.last, start=move.start) for move in facts.moves]
    levels = [*facts.direct, *moved]
    fitting: list[Number] = [q for q in levels if q.kind is kind]
    if kind is Kind.PERCENT:
        bare = [q for q in levels if q.kind is Kind.COUNT]
        alone = [f for f in facts.fractions if f.denominator and not any(together(facts, f, q) for q in bare)]
        if _was_asked(frame) and not fitting and not alone:
            return list[Number](q for q in bare if 0 <= q.value <= _WHOLE)
        said_so = any(isinstance(s.what, Quantity) and s.what.kind is kind for s in facts.elsewhere)
        return fitting or list(alone) or [q for q in bare if not said_so and q.decimals and 1 < q.value < _WHOLE]
    if kind is Kind.RATE and not (fitting or says_rate(frame.asked.title)):
        return []
    if not frame.wanted.known:
        own = [q for q in levels if q.kind is kind and _said_in(facts, q, frame.wanted, frame.asked)]
        first = min((other.start for other in levels if other.kind is kind), default=0)
        return list[Number](q for q in own if q.start == first or scopes_wanted(facts, q))
    if kind is Kind.COUNT and not frame.wanted.change:
        return [*fitting, *_counted_of(frame, facts), *parts_asked_for(frame, facts)]
    if kind in _MAY_BE_BARE:
        other_days = _OTHER_DAYS.get(_DAYS_MEANT.search(frame.asked.title + " " + frame.wanted.words) is not None)
        if kind is Kind.RATE and not fitting:
            few = len(facts.canvas.text.split()) <= _FEW_WORDS
            levels = [
                q
                for q in levels
                if q.decimals or few or _RATE_BEFORE.search(facts.canvas.text, 0, q.start) or _opens(facts, q)
            ]
        meant = [q for q in fitting if isinstance(q, Quantity) and not (other_days and other_days.search(q.words))]
        bare = [q for q in levels if q.kind is Kind.COUNT and _stands_bare(facts, q) and not _like_a_clock(frame, q)]
        return list[Number](meant or bare)
    return fitting


def _opens(facts: Facts, quantity: Quantity) -> bool:
    """Whether a reply is a number first of all, with nothing before it and no noun behind it."""
    return opens_the_reply(facts, quantity) and _stands_bare(facts, quantity)


_RATE_BEFORE = re.compile(r"\brate\b[^.;]{0,60}$", re.I)
_COUNTED_OF = re.compile(
    r"(?P<n>\d[\d,]*) (?!(?:out )?of\b)[a-z][a-z ]{2,40}? (?:out )?of\b|of [^.;]{0,80}?\b(?P<last>\d[\d,]*)$", re.I
)


def _counted_of(frame: Frame, facts: Facts) -> list[Quantity]:
    """The counted part of "37 breaches out of 4,912": with its noun it is a count, bare it could be either number."""
    found = []
    for fraction in facts.fractions:
        whole = _whole_of(frame, facts, fraction)
        if whole is not None:
            found += whole
            continue
        said = _COUNTED_OF.match(facts.canvas.text[fraction.start : fraction.end])
        if said is None:
            found += _told_of(frame, facts, fraction)
            continue
        group = "n" if said["n"] else "last"
        start = fraction.start + said.start(group)
        found.append(Quantity(fraction.numerator, Kind.COUNT, start, start + len(said[group]), said[group]))
    return found


_WERE = re.compile(r"(?P<whole>[^.;,\n]{0,60}?)\b(?:were|are|was|is|have|had|has)\b(?P<told>[^.;,\n]{0,60})", re.I)


def _told_of(frame: Frame, facts: Facts, fraction: Fraction) -> list[Quantity]:
    """The counted part of "34 of the 41 who started have completed", where what is told of it is what was asked."""
    text = facts.canvas.text
    said, opening = _WERE.match(text, fraction.end), RUN.match(text, fraction.start)
    if said is None or opening is None:
        return []
    whole, told = (subject.match("", said[group], frame.asked) for group in ("whole", "told"))
    if not told.named or told.against or told.named <= whole.named:
        return []
    return [Quantity(fraction.numerator, Kind.COUNT, fraction.start, opening.end(), opening[0])]


_OF_THE_WHOLE = re.compile(r"of (?:the |our |all )*(?P<n>\d[\d,]*)(?P<whole>[^.;\n]*?)\d[\d,]*$", re.I)


def _whole_of(frame: Frame, facts: Facts, fraction: Fraction) -> list[Quantity] | None:
    """The whole of "of the 501 calls received, 164 were ...", where its words are more of what was asked.

    Nothing where what is told of the part is of the title too: either could be meant.
    """
    said = _OF_THE_WHOLE.match(facts.canvas.text, fraction.start, fraction.end)
    if said is None:
        return None
    _, end = facts.canvas.sentence_at(fraction.end)
    whole = subject.match("", said["whole"], frame.asked)
    told = subject.match("", facts.canvas.text[fraction.end : end], frame.asked)
    if whole.against or len(whole.named) <= len(told.named):
        return None
    if told.named - whole.named:
        return []
    return [Quantity(fraction.denominator, Kind.COUNT, said.start("n"), said.end("n"), said["n"])]


_DAYS_MEANT = re.compile(r"\bworking\b", re.I)
_OTHER_DAYS = {True: re.compile(r"\bcalendar\b", re.I)}
_AN_HOUR = 3600
_A_CLOCKS_DECIMALS = 2


def _like_a_clock(frame: Frame, quantity: Quantity) -> bool:
    """Whether a bare "11.04" could be minutes and seconds as well."""
    short = frame.wanted.kind is Kind.TIME and 0 < frame.wanted.scale < _AN_HOUR
    return short and quantity.decimals == _A_CLOCKS_DECIMALS


def scopes_wanted(facts: Facts, quantity: Quantity) -> bool:
    """Whether the period asked for is named for a number."""
    return Scopes(facts).is_wanted(quantity)


def unit_may_be_left_out(frame: Frame) -> bool:
    """Whether the title says a rate, so that a bare number is no worse than one with its unit."""
    return frame.wanted.kind is Kind.RATE and says_rate(frame.asked.title)


def _was_asked(frame: Frame) -> bool:
    """Whether this is the answer to a question, or the correction of a figure: a bare number is in its unit."""
    code = frame.asked.code
    return code in frame.task.recorded or any(choice.code == code for choice in frame.task.choices)


def says_rate(title: str) -> bool:
    """Whether a title says itself that a rate is meant, so that a bare number is one."""
    return re.search(r"\bper\b|\brates?\b|/ ?1", title, re.I) is not None


_NOUN_AFTER = re.compile(r" ?[a-z][a-z-]+", re.I)


def _stands_bare(facts: Facts, quantity: Quantity) -> bool:
    """Whether no noun follows: "135 vehicles" is no length of time."""
    following = _NOUN_AFTER.match(facts.canvas.left, quantity.end)
    word = following[0].strip().lower() if following else ""
    return not word or not (vocabulary.is_noun(word) or word in _COUNTED)


def _said_in(facts: Facts, quantity: Quantity, wanted: Wanted, asked: Asked) -> bool:
    """Whether a number has no noun behind it, or the words of the unit asked for or of the title."""
    following = _NOUN_AFTER.match(facts.canvas.left, quantity.end)
    if _stands_bare(facts, quantity) or following is None:
        return True
    noun = following[0].strip()
    return noun.lower()[:4] in wanted.words.lower().split(" per ")[0] or (
        quantity.decimals > 0 and bool(subject.match("", noun, asked).named)
    )


_COUNTED = frozenset(
    ["completed", "received", "reported", "recorded", "issued", "made", "identified", "found", "seen", "dealt"]
)
"""Behind a bare number they say that things were counted, and not how long they took or what they cost."""
_WHOLE = 100
_FEW_WORDS = 4
_MAY_BE_BARE = (Kind.TIME, Kind.WEIGHT, Kind.STAFF, Kind.MONEY, Kind.RANK, Kind.RATE)

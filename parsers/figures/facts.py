"""What a clause says, laid out: quantities, fractions, changes, each with the time it belongs to."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from collector.domain.indicator import Basis
from collector.domain.period import Span
from parsers.figures import dates
from parsers.figures.aims import take_targets
from parsers.figures.asides import take_asides
from parsers.figures.canvas import ASIDE, BLANK, Canvas
from parsers.figures.context import Context, Move, is_forecast, take_comparisons
from parsers.figures.periods import Mention, Time, take_times
from parsers.figures.quantities import COUNTING_WORD, Fraction, Quantity, take_fractions, take_quantities
from parsers.figures.units import Kind, Wanted

_CARRIED = (Time.TO_DATE, Time.ROLLING, Time.YEAR)
_FOLLOWS_ON = re.compile(r"^\W*(?:of (?:these|those|them|which)|these|those|they|among)\b", re.I)
_SINCE = re.compile(r"since|from", re.I)
_A_NUMBER = re.compile(r"[\d,.]*\d")
_OPENED = re.compile(r" ?[(\[] ?")
"""What stands in a bracket right after a time belongs to that time."""


@dataclass(frozen=True)
class Said:
    """A quantity, a fraction or a move; `mention` names the time it belongs to, None is the period asked for."""

    what: Quantity | Fraction | Move
    mention: Mention | None = None


@dataclass
class Facts:
    """A clause laid out. `direct` belong to the period asked for, `elsewhere` to the time each names.

    `settled` says that one number was found to stand out, and the others of its kind were left out, `timed` that
    the period asked for is named for it. `said` and
    `said_fractions` are everything that was said for the period asked for, also where one number is settled on.
    """

    canvas: Canvas
    context: Context
    mentions: list[Mention]
    direct: list[Quantity] = field(default_factory=list)
    fractions: list[Fraction] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    elsewhere: list[Said] = field(default_factory=list)
    settled: bool = False
    timed: bool = False
    said: list[Quantity] = field(default_factory=list)
    said_fractions: list[Fraction] = field(default_factory=list)
    forecast: list[Quantity] = field(default_factory=list)

    def previous(self) -> list[Quantity]:
        """What is said of an earlier time: compared with, or bound to a quarter, month or year other than this one."""
        bound = [
            said.what
            for said in self.elsewhere
            if isinstance(said.what, Quantity) and said.mention is not None
            if said.mention.time is Time.OTHER or self._of_a_quarter(said.mention)
            if not said.what.signed
        ]
        return [*self.context.previous, *bound]

    def _of_a_quarter(self, mention: Mention) -> bool:
        """Whether a year only says which quarter is compared with: "the same quarter of 2018/19"."""
        before = [m for m in self.mentions if m.relative and m.end <= mention.start]
        return (
            mention.time is Time.YEAR and bool(before) and not self.canvas.text[before[-1].end : mention.start].strip()
        )

    def changes(self, kind: Kind) -> list[Quantity]:
        """Changes of a kind that were said with their direction, and signed numbers, as quantities."""
        said = [
            Quantity(c.amount, c.kind, c.start, c.end, self.canvas.text[c.start : c.end], c.decimals, signed=True)
            for c in self.context.changes
            if c.kind is kind and not self._of_another_time(c.start)
        ]
        return [*said, *(q for q in self.direct if q.kind is kind and q.signed)]

    def _of_another_time(self, at: int) -> bool:
        """Whether another time stands right before a place, "(2021-22: down 43%)", or opens its sentence."""
        start, _ = self.canvas.sentence_at(at)
        opening = [m for m in self.mentions if start <= m.start < at and not self.canvas.text[start : m.start].strip()]
        if opening and opening[0].time in _CARRIED:
            return True
        return any(
            m.end <= at and m.time is not Time.WANTED and not self.canvas.text[m.end : at].strip(" :,=-")
            for m in self.mentions
        )

    def sentence(self, at: int) -> str:
        """The words of the sentence a position lies in."""
        start, end = self.canvas.sentence_at(at)
        return self.canvas.text[start:end]

    def unexplained(self, at: int) -> str:
        """What is left of that sentence: the words nobody explained."""
        start, end = self.canvas.sentence_at(at)
        return self.canvas.left[start:end]

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """Where the words around a number begin and end: no further than the next comma or full stop."""
        first, last = self.canvas.sentence_at(start)
        before, after = self.canvas.left[first:start], self.canvas.left[end:last]
        return first + max(_breaks(before), default=0), end + min(_breaks(after), default=len(after))

    def near(self, start: int, end: int) -> str:
        """What is left of the words around a number."""
        first, last = self.clause(start, end)
        return self.canvas.left[first:start] + " | " + self.canvas.left[end:last]

    def numbers_in(self, at: int) -> bool:
        """Whether the sentence a position lies in holds a number besides its times."""
        start, end = self.canvas.sentence_at(at)
        text, left = self.canvas.text[start:end], self.canvas.left[start:end]
        if COUNTING_WORD.search(left):
            return True
        return any(c.isdigit() and painted in (c, BLANK) for c, painted in zip(text, left, strict=True))

    def numbers_between(self, start: int, end: int) -> bool:
        """Whether a number stands between two places."""
        return any(c.isdigit() for c in self.canvas.text[start:end])

    def trailing(self, at: int) -> Mention | None:
        """A time named in the same sentence that binds to nothing and is not the one asked for."""
        start, end = self.canvas.sentence_at(at)
        return next((m for m in self.unbound() if start <= m.start < end), None)

    def unbound(self) -> list[Mention]:
        """Times other than the one asked for that no number took up."""
        alone = [m for m in self.mentions if m.time is not Time.WANTED and self.canvas.left[m.start] == m.time]
        return [m for m in alone if not _INTO.search(self.canvas.text, 0, m.start)]

    def times_before(self, at: int) -> list[Mention]:
        """The times longer than the period that its sentence, or the one before, names before a place."""
        start, _ = self.canvas.sentence_at(at)
        before, _ = self.canvas.sentence_at(max(0, start - 2))
        return [m for m in self.mentions if before <= m.start < at and m.time is Time.TO_DATE]

    def later(self, at: int) -> list[str]:
        """The sentences after the one a position lies in."""
        return self.canvas.text[self.canvas.sentence_at(at)[1] :].split("\n")[1:]

    def later_unbound(self, at: int) -> list[tuple[str, Mention]]:
        """Times that bind to nothing in later sentences, each with its sentence."""
        end = self.canvas.sentence_at(at)[1]
        return [(self.sentence(m.start), m) for m in self.unbound() if m.start > end]


_INTO = re.compile(
    r"\b(?:into|beyond|throughout the rest of|affect(?:s|ing)?|impact(?:s|ing)?(?: on)?|improve in"
    r"|continue (?:in|through))(?: the)? ?$",
    re.I,
)
"""What goes on into another time is said of it, and no figure: "the schemes continue into 2025/26"."""


def _breaks(words: str) -> list[int]:
    return [found.start() for found in _BREAK.finditer(words)]


_BREAK = re.compile(r",(?= ?[\d£])|[;,](?=\s\S+\s+\S+\s+\S+\s+\S+)| - ")
"""Where a clause ends: a comma with a few words behind it; "153, I think" is one."""


def lay_out(
    words: str,
    home: Span | None,
    basis: Basis,
    wanted: Wanted,
    names: re.Pattern[str] | None = None,
    *,
    cells: bool = False,
) -> Facts:
    """Read a clause (sentences parted by newlines) down to what nobody explained; `names` are numbers in the title."""
    canvas = Canvas(words, cells=cells)
    context = Context()
    if names is not None:
        canvas.take(names, ASIDE)
    canvas.take(_PUBLISHED, ASIDE, ("published", "issued", "released", "printed"))
    canvas.take(_SINCE_IT_BEGAN, ASIDE, ("since",))
    canvas.take_if(_SO_MANY_THIS_YEAR, lambda _: ASIDE, within=_A_COUNTING_YEAR)
    mentions = take_times(canvas, home, basis)
    take_asides(canvas, wanted)
    take_targets(canvas, context)
    fractions = take_fractions(canvas)
    take_comparisons(canvas, context, wanted)
    facts = Facts(canvas, context, [m for m in mentions if m.start not in context.compared_times])
    quantities = take_quantities(canvas)
    _sort_by_time(facts, quantities, fractions)
    facts.fractions = _without_breakdowns(facts)
    facts.said, facts.said_fractions = facts.direct, facts.fractions
    for bound, paint, at in context.elsewhere:
        facts.elsewhere.append(Said(bound, _mention_near(facts.mentions, at, paint)))
    _with_their_counts(facts)
    return facts


def _without_breakdowns(facts: Facts) -> list[Fraction]:
    """The fractions without those that part an earlier one's counted part: "7 of 17 ... 5 of the 7 were late"."""
    return [
        each
        for each in facts.fractions
        if not any(
            other.end <= each.start
            and other.numerator == each.denominator
            and facts.canvas.sentence(other.start) < facts.canvas.sentence(each.start)
            for other in facts.fractions
        )
    ]


_SINCE_IT_BEGAN = re.compile(
    r"\bsince (?:we|records?|monitoring|reporting|recording|measurement|measuring|(?:the"
    r"|this) [a-z]+)\b[^.;,\d\n]{0,40}?"
    r"(?: in)? (?:19|20)\d\d\b",
    re.I,
)
"""From when something is measured, of which a figure is the best one: "the lowest since we began this in 2015"."""
_SO_MANY_THIS_YEAR = re.compile(
    r"\bthe (?:first|second|third|fourth|fifth|sixth|seventh|eighth|\d{1,2}(?:st|nd|rd|th))"
    r"(?! (?:half|quarter|month|term|week|day|six|nine|three|two))(?: [a-z]+){0,2}?"
    r" (?:so far )?(?:this|in the|of the) (?:financial )?year\b",
    re.I,
)
"""Which one of the year it is: "this is the second this year"."""
_A_COUNTING_YEAR = re.compile(r"year")
_PUBLISHED = re.compile(rf"\b(?:published|issued|released|printed)(?: in| on)? {dates.DATE}", re.I)
_OPENING = re.compile(r"\s*[(,]?\s*")


def _with_their_counts(facts: Facts) -> None:
    """Counts in brackets right behind a figure of another time are of that time too."""
    for fraction in list(facts.fractions):
        for said in facts.elsewhere:
            after = facts.canvas.text[said.what.end : fraction.start]
            counts = said.what.end <= fraction.start and _OPENING.fullmatch(after)
            if counts or _is_its_share(facts, said.what, fraction):
                facts.fractions.remove(fraction)
                facts.elsewhere.append(Said(fraction, said.mention))
                break


def _is_its_share(facts: Facts, what: Quantity | Fraction | Move, fraction: Fraction) -> bool:
    """Whether a fraction of the same sentence comes to a percentage: "for Q1 it was 77.4%, with 2,918 of 3,770"."""
    if not isinstance(what, Quantity) or what.kind is not Kind.PERCENT or not fraction.denominator:
        return False
    share = (100 * fraction.numerator / fraction.denominator).quantize(Decimal(1).scaleb(-what.decimals))
    return share == what.value and facts.canvas.sentence(what.start) == facts.canvas.sentence(fraction.start)


def _sort_by_time(facts: Facts, quantities: list[Quantity], fractions: list[Fraction]) -> None:
    """Give each quantity the time its sentence, or a sentence before it, speaks of."""
    times = _Times(facts)
    everything: list[Quantity | Fraction | Move] = [*quantities, *fractions, *facts.context.moves]
    for what in everything:
        at = what.start
        if facts.canvas.sentence(at) and is_forecast(facts.near(at, what.end)):
            if isinstance(what, Quantity):
                facts.forecast.append(what)
            continue
        mention = times.of(at)
        if mention is not None:
            facts.elsewhere.append(Said(what, mention))
        elif isinstance(what, Quantity):
            facts.direct.append(what)
        elif isinstance(what, Fraction):
            facts.fractions.append(what)
        else:
            facts.moves.append(what)


_ADDED = re.compile(r"\d[^\d;.\n]{0,60}\b(?:and|plus)(?: [a-z]+){0,2} ?$", re.I)
_COLON = re.compile(r" ?:(?! ?$)", re.M)
"""A time with a colon heads what follows in its sentence: "Survey of 2022: 58% after dark, 91% by day"."""


class _Times:
    """The time each place of a clause speaks of."""

    def __init__(self, facts: Facts) -> None:
        self.canvas, self.mentions = facts.canvas, facts.mentions

    def of(self, at: int) -> Mention | None:
        """The time named before a place in its sentence, or carried over from the sentences before."""
        start, end = self.canvas.sentence_at(at)
        for mention in self.mentions:
            if (
                mention.end <= at
                and mention.time is not Time.WANTED
                and _OPENED.fullmatch(self.canvas.text, mention.end, at)
                and not self._is_wanted_in_bracket(at)
            ):
                return mention
        headed = [m for m in self.mentions if start <= m.start and m.end < at]
        if headed and headed[-1].time is not Time.WANTED and _COLON.match(self.canvas.text, headed[-1].end):
            return headed[-1]
        here = [m for m in self.mentions if start <= m.start < end and self._stands_alone(m)]
        if any(m.time is Time.WANTED for m in self.mentions if start <= m.start < end):
            return self._part_right_before(start, at)
        before = [m for m in here if m.start < at and not self._bracketed(m, at)]
        if before:
            return before[-1]
        opening = self._opens_for_all(start, at)
        if opening is not None:
            return opening
        if here:
            return next((m for m in here if _SINCE.match(m.words) and self._closes(at, m)), None)
        return self._carried(start, self.canvas.text[start:end])

    def _is_wanted_in_bracket(self, at: int) -> bool:
        """Whether the period asked for is named before the bracket closes: "93.8% in March (82.7% for the year)"."""
        closes = self.canvas.text.find(")", at)
        return any(m.time is Time.WANTED and at < m.start < closes for m in self.mentions)

    def _opens_for_all(self, start: int, at: int) -> Mention | None:
        """A time that opens a sentence holds for what "and" adds: "In Q1 there were 18 arrests and 7 cautions"."""
        opening = [m for m in self.mentions if start <= m.start < at and not self.canvas.text[start : m.start].strip()]
        others = [m for m in self.mentions if opening and opening[0].end <= m.start < at]
        if len(opening) != 1 or others or opening[0].time not in (Time.OTHER, Time.YEAR) or opening[0].relative:
            return None
        return opening[0] if _ADDED.search(self.canvas.text, opening[0].end, at) else None

    def _part_right_before(self, start: int, at: int) -> Mention | None:
        """A part of the period that is named last before a place: "for the month it fell to 86%, leaving Q3 at 90%"."""
        before = [m for m in self.mentions if start <= m.start and m.end <= at]
        last = max(before, key=lambda m: m.end, default=None)
        if last is None or last.time is not Time.PART or not self._stands_alone(last):
            return None
        if last.span is not None and last.span.start == last.span.end:
            return None
        return None if any(c.isdigit() for c in self.canvas.text[last.end : at]) else last

    def _bracketed(self, mention: Mention, at: int) -> bool:
        """Whether a time has a bracket and a number there of its own: "9 [+2 on last year]: primary 1"."""
        opened = max(self.canvas.text.rfind(mark, 0, mention.start) for mark in "([")
        closed = re.search(r"[)\]]", self.canvas.text[mention.end : at])
        inside = self.canvas.text[opened + 1 : mention.start] + (
            self.canvas.text[mention.end : mention.end + closed.start()] if closed else ""
        )
        return (
            opened >= 0 and closed is not None and not re.search(r"[)\]\n]", inside) and any(map(str.isdigit, inside))
        )

    def _closes(self, at: int, mention: Mention) -> bool:
        """Whether "since April" ends the clause of a number: "47 cases have now been seen since April"."""
        words = _A_NUMBER.sub("", self.canvas.text[at : mention.start], 1)
        return mention.time is Time.TO_DATE and not re.search(r"[\d,;()]| - |\b(?:and|but|up|down)\b", words)

    def _stands_alone(self, mention: Mention) -> bool:
        """Not taken up by one quantity only; what is said "since April" holds for the whole sentence."""
        if mention.time is Time.TO_DATE and _SINCE.match(mention.words):
            return True
        return self.canvas.left[mention.start] == mention.time.value and mention.time is not Time.WANTED

    def _carried(self, start: int, sentence: str) -> Mention | None:
        for mention in reversed([m for m in self.mentions if m.start < start]):
            if mention.time is Time.WANTED:
                return None
            follows = _FOLLOWS_ON.search(sentence) and mention.time is not Time.PART
            if self._stands_alone(mention) and (mention.time in _CARRIED or self._is_range(mention) or follows):
                return mention
        return None

    @staticmethod
    def _is_range(mention: Mention) -> bool:
        return mention.time is Time.OTHER and mention.span is not None and mention.basis is None


def _mention_near(mentions: list[Mention], at: int, paint: str) -> Mention | None:
    """The mention of that paint nearest to a place."""
    alike = [m for m in mentions if m.time.value == paint]
    return min(alike, key=lambda m: min(abs(m.start - at), abs(m.end - at)), default=None)


def same_kind(quantities: list[Quantity], *kinds: Kind) -> list[Quantity]:
    """The quantities of these kinds, one for each value, in the order they were written."""
    found: dict[tuple[Kind, object], Quantity] = {}
    for each in quantities:
        if each.kind in kinds:
            found.setdefault((each.kind, each.value), each)
    return list(found.values())

"""What a reply says of earlier quarters against what the books hold for them, and words sent before (RULES 6)."""

import re
from decimal import Decimal

from collector.domain.figure import FigureStatus, plain
from collector.domain.period import Quarter
from collector.domain.submission import Candidate
from parsers.figures import consistency, dates
from parsers.figures.facts import Facts
from parsers.figures.frame import Frame
from parsers.figures.measures import in_unit
from parsers.figures.periods import Mention
from parsers.figures.quantities import Quantity

_NEAR = 40
_FEWEST_WORDS = 6
_SPACES = re.compile(r"\W+")


def against_the_books(frame: Frame, facts: Facts) -> list[str]:
    """An earlier quarter's figure that is not the one in the books."""
    home, held = dates.as_quarter(frame.home), frame.task.history.get(frame.asked.code, {})
    if home is None or not held:
        return []
    for quantity, mention in _told(facts):
        quarter = _quarter_of(mention, home)
        if quarter is None or quarter not in held or quantity.kind is not frame.wanted.kind:
            continue
        said = in_unit(quantity, frame.wanted)
        if said is not None and said != consistency.rounded(held[quarter], quantity.decimals):
            return [f"You wrote {quantity} for {quarter}; the books hold {plain(held[quarter])} for it."]
    return []


def _told(facts: Facts) -> list[tuple[Quantity, Mention]]:
    """Figures of earlier times with the words that name the time."""
    bound = [(s.what, s.mention) for s in facts.elsewhere if isinstance(s.what, Quantity) and s.mention is not None]
    near = []
    for quantity in facts.context.previous:
        start, end = facts.canvas.sentence_at(quantity.start)
        named = [m for m in facts.mentions if start <= m.start < end and abs(m.start - quantity.end) <= _NEAR]
        near += [(quantity, named[0])] if len(named) == 1 else []
    return bound + near


def _quarter_of(mention: Mention, home: Quarter) -> Quarter | None:
    named = dates.as_quarter(mention.span)
    if named is not None:
        return named
    words = mention.words.lower()
    if not mention.relative or ("quarter" not in words and "qtr" not in words):
        return None
    if "year" in words:
        return Quarter(home.year - 1, home.number)
    return _before(home)


_SAME_AGAIN = re.compile(
    r"\b(?:same|as|unchanged|identical|no (?:change|different)|no difference)(?: figures?| numbers?| as| from| since"
    r"| to| than| on| in| for| at| the)* (?:last|previous|prior|preceding) (?:quarter|qtr|time|period)\b"
    r"|^\W*(?:no change|unchanged|same again|same as before|as before)\W*$",
    re.I,
)


def same_again(frame: Frame, words: str) -> tuple[tuple[Candidate, ...], str] | None:
    """The figure of the quarter before, where words say that it is this one's too: asked about (RULES 6)."""
    said, home = _SAME_AGAIN.search(words), dates.as_quarter(frame.home)
    if said is None or home is None:
        return None
    before = _before(home)
    held = frame.task.history.get(frame.asked.code, {}).get(before)
    written = f"You wrote '{said[0].strip()[:80]}'"
    if held is None:
        return (), f"{written}; we hold no figure for {before}. Which figure is it for {frame.period}?"
    told = Candidate(FigureStatus.REPORTED, held, basis=frame.basis, words=said[0].strip())
    return (told,), f"{written}; the books hold {plain(held)} for {before}. Is it {plain(held)} for {frame.period} too?"


def _before(quarter: Quarter) -> Quarter:
    return Quarter(quarter.year, quarter.number - 1) if quarter.number > 1 else Quarter(quarter.year - 1, 4)


def repeated(frame: Frame, words: str) -> list[str]:
    """Commentary that is the last quarter's, word for word."""
    before = frame.task.said_before.get(frame.asked.code)
    if not before:
        return []
    said, earlier = _plain(words), _plain(before)
    if said != earlier or len(said.split()) < _FEWEST_WORDS:
        return []
    return ["Your words for it are those of the quarter before, word for word."]


def _plain(words: str) -> str:
    return _SPACES.sub(" ", words).strip().casefold()


def against_siblings(share: Decimal, total: Decimal, part: Decimal) -> str:
    """A percentage of one line against a count and its part in another; "" where they agree."""
    if total <= 0 or not 0 <= part <= total:
        return ""
    worked = 100 * part / total
    if abs(worked - share) <= 1:
        return ""
    right = plain(consistency.rounded(worked, 1))
    return f"You gave {plain(share)}% here and {plain(part)} of {plain(total)} in another line, which is {right}%."

"""Figures in prose that no code, number or title sets off: whose they are is told by the words they stand among."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from collector.domain.figure import plain
from collector.domain.indicator import Basis, Unit
from collector.domain.submission import Asked, ReadingTask, ReadItem
from parsers.figures import subject
from parsers.figures.facts import lay_out
from parsers.figures.quantities import Quantity, in_digits, quantity
from parsers.figures.reading import Spot, read_words, spot
from parsers.figures.sentences import parted
from parsers.figures.units import Kind, Wanted, wanted

ANYTHING = Wanted(Kind.COUNT)

_LONGEST = 4_000
_BETWEEN = re.compile(r"\s*(?:[,;\n|]|\band\b)\s*(?![\d]{3}\b)", re.I)
_IN_ORDER = re.compile(r"^[^\d:]{0,60}\b(?:order|sequence|turn)\b[^\d:]{0,30}:", re.I)
_NIL = re.compile(r"(?:nil|none|zero)", re.I)
_DIGIT = re.compile(r"\d")
_SAME = "Two figures could stand at the same place in your reply."


@dataclass(frozen=True)
class _Found:
    asked: Asked
    spot: Spot


def spread(
    said: str, unclaimed: str, asked: tuple[Asked, ...], task: ReadingTask, taken: frozenset[Decimal]
) -> list[ReadItem]:
    """What words that name nothing outright say about each thing asked: certain, asked, or nothing.

    `said` is what stands under no code and no title, `unclaimed` the part of it that nothing set off; `taken` are
    figures that were already read for something else.
    """
    if not _DIGIT.search(in_digits(said[:_LONGEST])):
        return []
    listed = in_order(unclaimed[:_LONGEST], asked, task)
    if listed:
        return listed
    found = [_Found(each, place) for each in asked if (place := spot(each, said[:_LONGEST], task)) is not None]
    return [item for each in found if (item := _item(each, found, asked, taken)) is not None]


def unplaced(
    unclaimed: str, asked: tuple[Asked, ...], task: ReadingTask, items: tuple[ReadItem, ...]
) -> list[ReadItem]:
    """A question about each thing still open where a number was written that nobody could place."""
    told = {candidate.value for item in items if item.certain for candidate in item.candidates}
    for sentence in parted(unclaimed[:_LONGEST]).split("\n"):
        facts = lay_out(in_digits(sentence), task.span, Basis.QUARTER, wanted(asked[0].unit) if asked else ANYTHING)
        numbers = [q.value for q in (*facts.direct, *(move.last for move in facts.moves)) if q.value not in told]
        if numbers or any(f.numerator not in told for f in facts.fractions):
            doubt = f"You wrote '{sentence.strip()[:100]}'; we could not tell what it is for."
            figures = [each for each in asked if each.unit not in (Unit.MILESTONE, Unit.NARRATIVE)]
            return [ReadItem(each.code, sentence.strip()[:_EVIDENCE], (), (doubt,)) for each in figures]
    return []


_EVIDENCE = 500


def _item(each: _Found, found: list[_Found], asked: tuple[Asked, ...], taken: frozenset[Decimal]) -> ReadItem | None:
    own = _own_words(each.asked, asked)
    item, named = each.spot.item, each.spot.named
    if not named & own and len(named) * 2 <= len(own):
        return None
    if not each.spot.settled and not any(c.value is not None and c.value not in taken for c in item.candidates):
        return None
    if not each.spot.settled:
        return item if item.doubts else replace(item, doubts=("We could not tell which figure is meant.",))
    rivals = [
        other for other in found if other is not each and other.spot.settled and other.spot.start == each.spot.start
    ]
    if any(len(other.spot.named & _own_words(other.asked, asked)) >= len(named & own) for other in rivals):
        return replace(item, doubts=(*item.doubts, _SAME))
    return item


def _own_words(one: Asked, asked: tuple[Asked, ...]) -> frozenset[str]:
    """The telling words of a title that no other title of the list has."""
    others = [subject.telling_words(other) for other in asked if other.code != one.code]
    return frozenset(word for word in subject.telling_words(one) if not any(word in each for each in others))


def in_order(text: str, asked: tuple[Asked, ...], task: ReadingTask) -> list[ReadItem]:
    """Bare figures in the order of the list, each read in its unit: certain where it fits that and no other's."""
    text = _IN_ORDER.sub("", text).strip().strip(".")
    parts = [part.strip(" .") for part in _BETWEEN.split(text) if part.strip(" .")]
    if len(parts) != len(asked) or len(asked) < 2:
        return []
    read = [_bare(part) for part in parts]
    if any(each is None for each in read):
        return []
    kinds = [wanted(each.unit).kind for each in asked]
    fits = all(_fits(each, kind) for each, kind in zip(read, kinds, strict=True) if each is not None)
    if not fits:
        return []
    items = []
    for one, kind, words in zip(asked, kinds, parts, strict=True):
        item = read_words(one, words, task)
        value = item.candidates[0].value if item.candidates else None
        if value is not None and sum(1 for other in read if other is not None and _fits(other, kind)) > 1:
            doubt = f"You gave figures without saying which is which; is {plain(value)} for this one?"
            item = replace(item, doubts=(*item.doubts, doubt))
        items.append(item)
    return items


def _bare(part: str) -> Quantity | None:
    if _NIL.fullmatch(part):
        return quantity("0")
    return quantity(in_digits(part))


def _fits(value: Quantity, kind: Kind) -> bool:
    return value.kind is kind

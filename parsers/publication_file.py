"""What the partnership's file says about going public: every rule is named, none is taken for granted."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

from pydantic import Field, PlainValidator

from collector.domain.period import Span
from collector.domain.publication import DEFAULT_WORDS, AddsUp, Handling, Publication, WithoutCounts
from parsers.shape import Code, Day, Shape


class AddsUpShape(Shape):
    """A figure that is the sum of others."""

    total: Code
    parts: Annotated[tuple[Code, ...], Field(min_length=1)]


def _days(given: Any) -> Span:
    """The days of "2015-03-30 to 2015-05-07", both among them."""
    first, _, last = str(given).partition(" to ")
    try:
        return Span(date.fromisoformat(first), date.fromisoformat(last))
    except ValueError:
        raise ValueError(f'write it like "2015-03-30 to 2015-05-07", the earlier day first, not {given!r}') from None


class PublicationShape(Shape):
    """The rules for a public export (RULES 25, 26)."""

    threshold: Annotated[int, Field(ge=2, le=1000)]
    rounding: Annotated[int, Field(ge=1, le=1000)]
    handling: Handling
    without_counts: WithoutCounts
    public: tuple[Code, ...] = ()
    partnership_only: tuple[Code, ...] = ()
    things: tuple[Code, ...] = ()
    embargoed: Annotated[dict[Code, Day], Field(default_factory=dict)]
    add_up: tuple[AddsUpShape, ...] = ()
    words: Annotated[int, Field(ge=5, le=1000)] = DEFAULT_WORDS
    pre_election: tuple[Annotated[Span, PlainValidator(_days)], ...] = ()

    def domain(self) -> Publication:
        """The rules as the export holds them."""
        sums = tuple(AddsUp(each.total, each.parts) for each in self.add_up)
        return Publication(
            self.threshold,
            self.rounding,
            self.handling,
            self.without_counts,
            self.public,
            self.partnership_only,
            self.things,
            self.embargoed,
            sums,
            self.words,
            self.pre_election,
        )


def publication_doubts(shape: PublicationShape, known: set[str]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """What is wrong across keys, each with where it stands below `publication`."""
    if shape.rounding > 2 * shape.threshold:
        yield ("rounding",), f"a count of {shape.threshold} would be rounded to 0: use {2 * shape.threshold} or less"
    for key in ("public", "partnership_only", "things"):
        for at, code in enumerate(getattr(shape, key)):
            if code not in known:
                yield (key, at), f"no indicator or measure has the code {code!r}"
    for code in sorted(set(shape.public) & set(shape.partnership_only)):
        yield ("partnership_only",), f"{code} is in public too; it can be in one of them"
    for code in shape.embargoed:
        if code not in known:
            yield ("embargoed", code), f"no indicator or measure has the code {code!r}"
    for at, each in enumerate(shape.add_up):
        for code in (each.total, *each.parts):
            if code not in known:
                yield ("add_up", at), f"no indicator or measure has the code {code!r}"
        if each.total in each.parts:
            yield ("add_up", at), f"{each.total} can't be a part of itself"

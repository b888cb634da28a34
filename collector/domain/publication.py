"""What a partnership lets out of its door: the rules for figures that are made public (RULES 25, 26)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from collector.domain.period import Quarter, Span, day

#: A text for publication has no more words than this where the partnership sets no limit of its own.
DEFAULT_WORDS = 100


class Handling(StrEnum):
    """Who may see a figure (RULES 26)."""

    PUBLIC = "public"
    PARTNERSHIP_ONLY = "partnership_only"


class WithoutCounts(StrEnum):
    """What becomes of a percentage or rate of which the books hold no counts, so that nobody can say how small."""

    PUBLISH = "publish"
    SUPPRESS = "suppress"


@dataclass(frozen=True)
class AddsUp:
    """A figure that is the sum of others without the collector putting it together: anyone can work one back."""

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Publication:
    """The rules for a public export; there are none but those that the partnership has set.

    A count from 1 to `threshold` - 1 is small and is suppressed. What is published is rounded to a multiple of
    `rounding` (1: as it is). `handling` holds for every code that is neither in `public` nor in `partnership_only`.
    An `embargoed` code may be published from its day on, not before. The counts of `things` (campaigns, schools) are of
    nobody, and never small. A text for publication has no more than `words` words. In a `pre_election` period nothing
    is published unless the monitoring officer agrees (RULES 25).
    """

    threshold: int
    rounding: int
    handling: Handling
    without_counts: WithoutCounts
    public: tuple[str, ...] = ()
    partnership_only: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    embargoed: dict[str, date] = field(default_factory=dict)
    add_up: tuple[AddsUp, ...] = ()
    words: int = DEFAULT_WORDS
    pre_election: tuple[Span, ...] = ()

    def election_on(self, today: date) -> Span | None:
        """The pre-election period that a day lies in."""
        return next((span for span in self.pre_election if span.start <= today <= span.end), None)

    def why_kept(self, code: str, today: date) -> str:
        """Why a figure is not for the public on a day, in plain words; "" where it is."""
        until = self.embargoed.get(code)
        if until is not None and today < until:
            return f"embargoed until {day(until)}"
        if code in self.partnership_only or (self.handling is Handling.PARTNERSHIP_ONLY and code not in self.public):
            return "for the partnership only"
        return ""


@dataclass(frozen=True)
class PublicationText:
    """What may be read beside a figure outside the partnership; the sender's own words stay untouched.

    While it waits for a `legal_check` it is not printed. "" where it was taken out. The latest one stands (RULES 27).
    """

    period: Quarter
    measure: str
    words: str
    legal_check: bool
    person: str
    at: datetime


@dataclass(frozen=True, order=True)
class Cell:
    """One figure in a publication: a code in a quarter."""

    period: Quarter
    code: str

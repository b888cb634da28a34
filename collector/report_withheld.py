"""What of a report the public does not see, so that nobody who reads it passes a figure on unawares (RULES 25, 26)."""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date

from collector.domain.period import Quarter
from collector.domain.publication import Cell, Publication
from collector.publishing import SUPPRESSED, withheld
from collector.view import RoundView

#: Stands on every page of a report that holds more than the public may see.
NOT_FOR_THE_PUBLIC = "For the partnership only: it holds figures that are not for the public"


@dataclass(frozen=True)
class Withheld:
    """The figures that the public does not see: `kept` by their handling, `hidden` because they are suppressed."""

    rules: Publication | None = None
    today: date = date.min
    kept: Set[Cell] = frozenset()
    hidden: Set[Cell] = frozenset()

    def why(self, period: Quarter, code: str) -> str:
        """The footnote of a figure that the public does not see, or not yet; "" for any other."""
        cell = Cell(period, code)
        if self.rules is None:
            return ""
        if cell in self.kept:
            why = self.rules.why_kept(code, self.today)
            return f"{why[:1].upper()}{why[1:]}: not to be passed on."
        if cell in self.hidden:
            return (
                f"Suppressed in what is published ({SUPPRESSED}): it is about fewer than {self.rules.threshold} people,"
                " or would let such a number be worked out. Not to be passed on."
            )
        return ""

    def lines(self) -> Iterable[str]:
        """What is to be minded before anything of the report is made public."""
        election = self.rules.election_on(self.today) if self.rules else None
        if election is not None:
            yield f"Pre-election period, {election}: nothing of it is published before the monitoring officer agrees."


def withheld_from_public(latest: RoundView, today: date) -> Withheld:
    """What is kept from the public of the quarters up to the latest one, as an export today would have it."""
    rules = latest.partnership.publication
    return Withheld(rules, today, *withheld(latest, rules, today)) if rules else Withheld()

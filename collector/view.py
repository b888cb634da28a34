"""One round as the books show it at one moment: what every message and summary is made from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from collector.assessment import judge
from collector.books import ChangeRequest, QueryRow, QueryState
from collector.domain.figure import Figure, FigureStatus, Reported
from collector.domain.indicator import Definition, in_force
from collector.domain.partnership import Partnership
from collector.domain.people import Person
from collector.domain.period import Quarter
from collector.domain.rag import Judgement
from collector.domain.round import Obligation, ObligationState, Round
from collector.domain.series import Series
from collector.ports import Unit
from collector.validation import check

_WAITING_FOR_SOURCE = (FigureStatus.NOT_AVAILABLE, FigureStatus.AWAITING_RELEASE)


@dataclass(frozen=True)
class RoundView:
    """The facts of a round; everything else here is derived from them."""

    partnership: Partnership
    round: Round
    obligations: Sequence[Obligation]
    figures: Mapping[str, Figure]
    history: Mapping[Quarter, Mapping[str, Figure]]
    queries: Sequence[QueryRow]
    requests: Sequence[ChangeRequest]

    @cached_property
    def definitions(self) -> dict[str, Definition]:
        """The definitions in force, by measure."""
        return in_force(self.partnership.definitions, self.round.period)

    @cached_property
    def people(self) -> dict[str, Person]:
        """Everybody, by id."""
        return {person.id: person for person in self.partnership.people}

    def organisation(self, person: str) -> str:
        """The organisation of somebody, also of who has left the file since."""
        found = self.people.get(person)
        return found.organisation if found else "a contributor who has left"

    @cached_property
    def open_queries(self) -> dict[str, QueryRow]:
        """The open question of each measure."""
        return {query.measure: query for query in self.queries if query.state is QueryState.OPEN}

    def owed_by(self, person: str) -> list[Obligation]:
        """Everything a person owes in the round, in the order of their list."""
        return [owed for owed in self.obligations if owed.person == person]

    def outstanding(self, person: str) -> list[Obligation]:
        """What of it is not in yet."""
        return [owed for owed in self.owed_by(person) if owed.state is not ObligationState.IN]

    @cached_property
    def by_indicator(self) -> dict[str, list[Obligation]]:
        """Obligations grouped by indicator: a split one is in when all its measures are."""
        groups: dict[str, list[Obligation]] = {}
        for code, definition in self.definitions.items():
            owed = [obligation for obligation in self.obligations if obligation.measure == code]
            if owed:
                groups.setdefault(definition.indicator, []).extend(owed)
        return groups

    def is_in(self, indicator: str) -> bool:
        """Whether everything about an indicator has come in."""
        return all(owed.state is ObligationState.IN for owed in self.by_indicator[indicator])

    def statuses(self, indicator: str) -> list[FigureStatus]:
        """The statuses that stand for an indicator's measures."""
        found = (self.figures.get(owed.measure) for owed in self.by_indicator[indicator])
        return [figure.reported.status for figure in found if figure is not None]

    def awaiting_source(self, indicator: str) -> bool:
        """In, but waiting for its source to publish or release."""
        return self.is_in(indicator) and any(status in _WAITING_FOR_SOURCE for status in self.statuses(indicator))

    def withdrawn(self, indicator: str) -> bool:
        """In, but said to be no longer collected: SEG decides (RULES 4)."""
        return self.is_in(indicator) and FigureStatus.NO_LONGER_COLLECTED in self.statuses(indicator)

    def past(self, measure: str) -> list[tuple[str, Reported]]:
        """What was reported before in the same unit, the latest quarter first, labelled "Q1" or "Q4 2014-15"."""
        found = []
        unit = self.definitions[measure].unit
        for quarter in sorted(self.history, reverse=True):
            figure = self.history[quarter].get(measure)
            then = in_force(self.partnership.definitions, quarter).get(measure)
            if figure is not None and then is not None and then.unit is unit:
                same_year = quarter.year == self.round.period.year
                label = f"Q{quarter.number}" if same_year else f"Q{quarter.number} {quarter.financial_year}"
                found.append((label, figure.reported))
        return found

    def comparable(self, measure: str) -> list[Reported]:
        """Earlier figures under definitions that can be compared, the latest first."""
        dated = [d for d in self.partnership.definitions if d.code == measure]
        breaks = [d.from_period for d in dated if not d.comparable_with_previous and d.from_period <= self.round.period]
        since = max(breaks, default=None)
        past = ((quarter, self.history[quarter].get(measure)) for quarter in sorted(self.history, reverse=True))
        return [figure.reported for quarter, figure in past if figure and (since is None or quarter >= since)]

    @cached_property
    def _dated(self) -> dict[str, tuple[Definition, ...]]:
        dated: dict[str, tuple[Definition, ...]] = {}
        for definition in self.partnership.definitions:
            dated[definition.code] = (*dated.get(definition.code, ()), definition)
        return dated

    def series(self, measure: str) -> Series:
        """A measure through time: every definition it had, and the figures that stand, this round's among them."""
        quarters = {**self.history, self.round.period: self.figures}
        held = {quarter: found[measure].reported for quarter, found in quarters.items() if measure in found}
        return Series(self._dated.get(measure, ()), held)

    def judged(self, reported: Reported) -> Judgement:
        """What a figure of this round means against its target."""
        return judge(self.definitions[reported.measure], reported, self.series(reported.measure))

    def remarks(self, figure: Figure) -> list[str]:
        """What is unusual about a figure that stands (soft checks)."""
        code = figure.reported.measure
        problems = check(figure.reported, self.definitions[code], self.comparable(code))
        return [problem.words for problem in problems if not problem.hard]


def view_round(unit: Unit, period: Quarter) -> RoundView:
    """Read a round from the books; LookupError when there is none."""
    partnership, found = unit.plan.get(), unit.rounds.get(period)
    if partnership is None or found is None:
        raise LookupError(f"no round is open for {period}")
    # What the definition file no longer holds stays on the books and is not part of the round any more.
    defined = in_force(partnership.definitions, period)
    return RoundView(
        partnership=partnership,
        round=found,
        obligations=[owed for owed in unit.rounds.obligations(period) if owed.measure in defined],
        figures={code: figure for code, figure in unit.figures.current(period).items() if code in defined},
        history=unit.figures.before(period),
        queries=[query for query in unit.queries.all(period) if query.measure in defined],
        requests=[request for request in unit.requests.all(period) if request.measure in defined],
    )


def latest_view(unit: Unit) -> RoundView | None:
    """The latest round, if any was opened."""
    found = unit.rounds.latest()
    return None if found is None else view_round(unit, found.period)

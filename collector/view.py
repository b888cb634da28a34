"""One round as the books show it at one moment: what every message and summary is made from."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property

from collector.assessment import judge
from collector.books import ChangeRequest, QueryRow, QueryState
from collector.domain.absence import Absence, PutOff
from collector.domain.figure import Figure, FigureStatus, Reported
from collector.domain.indicator import Definition, lineage
from collector.domain.partnership import Partnership
from collector.domain.people import Person
from collector.domain.period import Quarter
from collector.domain.rag import Judgement
from collector.domain.round import Obligation, ObligationState, Round
from collector.domain.series import Series
from collector.domain.signing import Signing
from collector.parts import Whole, parts_of, put_together, restated_with_wholes, with_earlier_wholes, with_wholes
from collector.ports import Unit
from collector.restating import closing_of, signing_of
from collector.validation import check

#: Nothing is chased for longer than this after its source has published.
_CHASED_FOR = timedelta(days=90)
#: Nobody says of a figure that it will come later than this after its round was due.
_EXPECTED_WITHIN = timedelta(days=366)


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
    signing: Signing = field(default_factory=Signing)
    absences: Sequence[Absence] = ()
    snoozes: Sequence[PutOff] = ()

    @cached_property
    def definitions(self) -> dict[str, Definition]:
        """The definitions in force, by measure."""
        return self.partnership.in_force(self.round.period)

    @cached_property
    def people(self) -> dict[str, Person]:
        """Everybody, by id."""
        return self.partnership.by_id

    @cached_property
    def may_be_missing(self) -> tuple[str, ...]:
        """Who owes something and can't answer on some day: was said to be away, has left, or has no address."""
        away = {said.person for said in self.absences}
        owners = dict.fromkeys(owed.person for owed in self.obligations)
        return tuple(owner for owner in owners if owner in away or not always_there(self.people.get(owner)))

    def lead_of(self, measure: str) -> str:
        """The lead of a measure's priority."""
        return self._leads.get(self.definitions[measure].priority, "")

    @cached_property
    def _leads(self) -> dict[str, str]:
        return {priority.code: priority.lead for priority in self.partnership.priorities}

    def owner_of(self, measure: str) -> str:
        """Who owes a measure in the round; "" where nobody does."""
        return self._owners.get(measure, "")

    @cached_property
    def _owners(self) -> dict[str, str]:
        return {owed.measure: owed.person for owed in self.obligations}

    def reports_now(self, measure: str) -> str:
        """Who reports a measure from now on: not its owner where it was handed over once it was in; "" for nobody."""
        held = [one.person for one in self.partnership.reporters_of(measure) if one.holds(self.round.period)]
        return held[-1] if held else ""

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
        return self._by_person.get(person, [])

    @cached_property
    def _by_person(self) -> dict[str, list[Obligation]]:
        lists: dict[str, list[Obligation]] = {}
        for owed in self.obligations:
            lists.setdefault(owed.person, []).append(owed)
        return lists

    def not_owed_now(self, person: str) -> list[str]:
        """What a person reports in other quarters than this."""
        held = (one.measure for one in self.partnership.reported_by(person) if one.holds(self.round.period))
        return [measure for measure in held if measure in self.definitions and not self.owner_of(measure)]

    def outstanding(self, person: str) -> list[Obligation]:
        """What of it is not in yet."""
        return [owed for owed in self.owed_by(person) if owed.state is not ObligationState.IN]

    @cached_property
    def by_indicator(self) -> dict[str, list[Obligation]]:
        """Obligations grouped by indicator: a split one is in when all its measures are."""
        groups: dict[str, list[Obligation]] = {}
        by_measure = {owed.measure: owed for owed in self.obligations}
        for code, definition in self.definitions.items():
            if code in by_measure:
                groups.setdefault(definition.indicator, []).append(by_measure[code])
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
        return self.is_in(indicator) and any(status.is_to_come for status in self.statuses(indicator))

    def waits_for_source(self, measure: str) -> bool:
        """Whether what stands for a measure says that its source has not published or released it yet."""
        figure = self.figures.get(measure)
        return figure is not None and figure.reported.status.is_to_come

    def withdrawn(self, indicator: str) -> bool:
        """In, but said to be no longer collected: SEG decides (RULES 4)."""
        return self.is_in(indicator) and FigureStatus.NO_LONGER_COLLECTED in self.statuses(indicator)

    def past(self, measure: str) -> list[tuple[str, Reported]]:
        """What was reported before in the same unit, the latest quarter first, labelled "Q1" or "Q4 2014-15".

        A figure from before a break in the series says so.
        """
        if measure not in self._pasts:
            self._pasts[measure] = self._past(measure)
        return self._pasts[measure]

    @cached_property
    def _pasts(self) -> dict[str, list[tuple[str, Reported]]]:
        return {}

    def _past(self, measure: str) -> list[tuple[str, Reported]]:
        found = []
        series, period = self.series(measure), self.round.period
        for reported in series.before(period):
            quarter, then = reported.period, series.definition(reported.period)
            if then is not None and then.unit is self.definitions[measure].unit:
                same_year = quarter.year == period.year
                label = f"Q{quarter.number}" if same_year else f"Q{quarter.number} {quarter.financial_year}"
                told = f"{label}, counted differently" if series.why_broken(quarter, period) else label
                found.append((told, reported))
        return found

    def series(self, measure: str) -> Series:
        """A measure through time: every definition it had, and the figures that stand, this round's among them.

        Those of another code that it continues are part of it.
        """
        definitions = lineage(self.partnership.dated, measure)
        bare = Series(definitions)
        held = {}
        for quarter, figures in {**self.history, self.round.period: self.figures}.items():
            then = bare.definition(quarter)
            figure = figures.get(then.code) if then else None
            if figure is not None:
                held[quarter] = figure.reported
        return Series(definitions, held)

    def stood_before(self, measure: str) -> Figure | None:
        """The figure of the quarter before, by the code that the series had then."""
        before = self.round.period.previous
        then = self.series(measure).definition(before)
        return self.history.get(before, {}).get(then.code) if then else None

    def comparable(self, measure: str) -> list[Reported]:
        """Earlier figures under definitions that can be compared, the latest first."""
        series, period = self.series(measure), self.round.period
        return [reported for reported in series.before(period) if not series.why_broken(reported.period, period)]

    def judged(self, reported: Reported) -> Judgement:
        """What a figure of this round means against its target; of a whole, with its parts."""
        definition = self.definitions[reported.measure]
        judged = judge(definition, reported, self.series(reported.measure))
        whole = self.whole(reported.measure) if definition.parts else None
        if whole is None or whole.reported is None:
            return judged
        return replace(judged, why=f"{judged.why.removesuffix('.')}; {whole.words}.")

    def whole(self, measure: str) -> Whole:
        """What the parts of a measure come to, or what of it is out."""
        return put_together(self.definitions[measure], self.definitions, self.figures, self.round.period)

    @cached_property
    def wholes(self) -> dict[str, list[str]]:
        """The codes that are put together in this round, each with its parts that are owed."""
        defined = self.partnership.wholes(self.round.period)
        owed = {one.measure for one in self.obligations} if defined else set()
        found = {
            whole.code: [part.code for part in parts_of(whole, self.definitions) if part.code in owed]
            for whole in defined
        }
        return {code: parts for code, parts in found.items() if parts}

    def whole_of(self, measure: str) -> str:
        """The code that a measure is a part of in this round, "" where it is none."""
        return self._whole_of.get(measure, "")

    @cached_property
    def _whole_of(self) -> dict[str, str]:
        return {part: code for code, parts in self.wholes.items() for part in parts}

    def who_sends(self, measure: str) -> str:
        """The organisations that report a measure: those of its parts where it is put together."""
        owners = [self.owner_of(part) for part in self.wholes.get(measure, [measure])]
        return " and ".join(dict.fromkeys(self.organisation(owner) for owner in owners if owner))

    def remarks(self, figure: Figure) -> list[str]:
        """What is unusual about a figure that stands (soft checks)."""
        code = figure.reported.measure
        problems = check(figure.reported, self.definitions[code], self.comparable(code))
        return [problem.words for problem in problems if not problem.hard]


def always_there(person: Person | None) -> bool:
    """Whether somebody is in the file to stay, and can be written to."""
    return person is not None and person.left is None and bool(person.addresses or person.slack)


def view_round(unit: Unit, period: Quarter, only: Collection[str] | None = None, past: bool = True) -> RoundView:
    """Read a round from the books; LookupError when there is none.

    A large round need not be read as a whole: `only` gives what these people owe or may have to stand in for, `past`
    False no earlier quarters. A whole one is read once in a unit of work until something is written.
    """
    if only is None:
        return unit.worked_out((view_round, period, past), lambda: _read(unit, period, None, past))
    return _read(unit, period, only, past)


def _read(unit: Unit, period: Quarter, only: Collection[str] | None, past: bool) -> RoundView:
    partnership, found = unit.plan.get(), unit.rounds.get(period)
    if partnership is None or found is None:
        raise LookupError(f"no round is open for {period}")
    # What the definition file no longer holds stays on the books and is not part of the round any more.
    defined = partnership.in_force(period)
    absences = unit.people.absences()
    if only is not None:
        away = {said.person for said in absences}
        owners = unit.rounds.owners(period)
        only = {*only, *(code for code in owners if code in away or not always_there(partnership.by_id.get(code)))}
    owed = [one for one in unit.rounds.obligations(period, only) if _is_owed(one, defined)]
    theirs = [one.measure for person in only or () for one in partnership.reported_by(person)]
    measures = None if only is None else _with_earlier_codes(partnership, [*(one.measure for one in owed), *theirs])
    kept = defined.keys() if measures is None else defined.keys() & measures
    figures = unit.figures.current(period, measures)
    signing, history = signing_of(unit, found, figures), unit.figures.before(period, measures) if past else {}
    figures = with_wholes(partnership, period, {code: figure for code, figure in figures.items() if code in kept})
    history = with_earlier_wholes(partnership, history)
    restated = restated_with_wholes(partnership, signing.restated, {**history, period: figures})
    return RoundView(
        partnership=partnership,
        round=found,
        obligations=owed,
        figures=figures,
        history=history,
        queries=[query for query in unit.queries.all(period) if query.measure in kept],
        requests=[request for request in unit.requests.all(period) if request.measure in kept],
        signing=replace(signing, restated=restated),
        absences=absences,
        snoozes=unit.people.snoozes(),
    )


def _is_owed(one: Obligation, defined: Mapping[str, Definition]) -> bool:
    """Still asked for: a figure that is put together from parts by now is owed by nobody."""
    return one.measure in defined and not defined[one.measure].parts


def _with_earlier_codes(partnership: Partnership, measures: Iterable[str]) -> set[str]:
    """Measures, and the codes whose series they continue."""
    return {held.code for measure in measures for held in lineage(partnership.dated, measure)}


def bare_view(unit: Unit, period: Quarter) -> RoundView:
    """A round without its past: who owes what, what came, what is in question. Enough to see who is to be reminded.

    It is read once in a unit of work until something is written.
    """
    return unit.worked_out((bare_view, period), lambda: _read_bare(unit, period))


def _read_bare(unit: Unit, period: Quarter) -> RoundView:
    partnership, found = unit.plan.get(), unit.rounds.get(period)
    if partnership is None or found is None:
        raise LookupError(f"no round is open for {period}")
    defined = partnership.in_force(period)
    owed = [one for one in unit.rounds.obligations(period) if _is_owed(one, defined)]
    return RoundView(
        partnership,
        found,
        owed,
        with_wholes(partnership, period, unit.figures.current(period)),
        {},
        unit.queries.all(period),
        (),
        closing_of(unit, found),
        absences=unit.people.absences(),
        snoozes=unit.people.snoozes(),
    )


def board_view(unit: Unit, period: Quarter) -> RoundView:
    """A round as the group's board needs it: the past only where something is signed off and has its colour."""
    view = view_round(unit, period, past=False)
    return view_round(unit, period) if view.signing.signoffs else view


def latest_view(unit: Unit) -> RoundView | None:
    """The latest round, if any was opened."""
    found = unit.rounds.latest()
    return None if found is None else view_round(unit, found.period)


def current_periods(unit: Unit, now: datetime) -> list[Quarter]:
    """The latest round, and those before it in which something may still be chased; the latest first.

    A figure of an earlier round is chased when its source publishes late, its time was extended, or it is provisional.
    """
    latest, partnership = unit.rounds.latest(), unit.plan.get()
    if latest is None or partnership is None:
        return []
    lag = timedelta(days=max((definition.lag_days for definition in partnership.definitions), default=0))
    earlier = (one for one in unit.rounds.unfinished() if one.period < latest.period)
    recent = (one for one in earlier if now <= one.due + lag + _CHASED_FOR + _EXPECTED_WITHIN)
    return [latest.period, *(one.period for one in recent if now <= _last_due(unit, one) + lag + _CHASED_FOR)]


def _last_due(unit: Unit, opened: Round) -> datetime:
    """The round's due moment, or as much later as somebody said that a figure would come."""
    due = opened.due
    found = (each.reported.expected_on for each in unit.figures.current(opened.period).values())
    last = max((expected for expected in found if expected), default=due.date())
    return due + max(timedelta(0), last - due.date())


def current_views(unit: Unit, now: datetime) -> list[RoundView]:
    """The rounds in which something may still be chased, in full; the latest first."""
    return [view_round(unit, period) for period in current_periods(unit, now)]

"""The whole round as a workbook, at any moment (RULES 23): what a coordinator needs to finish it by hand."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from collector.booklet import UNPUBLISHED, Booklet, Column, Page, Value
from collector.books import AuditLine, QueryState
from collector.domain.figure import Figure
from collector.domain.period import Quarter
from collector.exporting_rows import indicator_columns, indicator_row, reported_cells, summary_rows
from collector.past_view import owners, view_quarter
from collector.ports import Calendar, NotLoaded, Unit
from collector.view import RoundView
from collector.wording import door_words

#: A scrutiny pack covers four quarters; more than this is a slip of the pen.
MOST_QUARTERS = 24
_NOTHING_SIGNED: Mapping[Quarter, Mapping[str, str]] = {}


class NoSuchRange(ValueError):
    """The words don't name a quarter or a range of them; the message says how they are written."""


def quarters_of(text: str) -> tuple[Quarter, ...]:
    """The quarters that "2015-16Q2" or "2014-15Q3..2015-16Q2" names, the earliest first (RULES 16)."""
    first, dots, last = text.partition("..")
    try:
        start, end = Quarter.parse(first), Quarter.parse(last if dots else first)
    except ValueError as error:
        raise NoSuchRange(f"{error}; a range like 2014-15Q3..2015-16Q2") from error
    if end < start:
        raise NoSuchRange(f"A range goes forward in time: {end.key}..{start.key}, not {text}")
    found = [start]
    while found[-1] < end:
        found.append(found[-1].next)
        if len(found) > MOST_QUARTERS:
            raise NoSuchRange(f"A range has up to {MOST_QUARTERS} quarters, and {text} has more.")
    return tuple(found)


def export(
    unit: Unit,
    calendar: Calendar,
    now: datetime,
    quarters: Sequence[Quarter],
    signed_off: Mapping[Quarter, Mapping[str, str]] = _NOTHING_SIGNED,
    officers: bool = True,
) -> Booklet:
    """One or more quarters as a workbook, each under the definitions then in force.

    `signed_off` says by quarter and priority who signed it off and when. Without `officers` it is fit to be passed
    on: nobody is named but by organisation, what only the coordinator sees is left out, and there is no colour
    before its priority is signed off (RULES 20).
    """
    partnership = unit.plan.get()
    if partnership is None:
        raise NotLoaded
    views = [view_quarter(unit, calendar, period) for period in quarters]
    first, last = quarters[0], quarters[-1]
    period = str(last) if first == last else f"{first} to {last}"
    made = calendar.local(now)
    teller = _Teller(unit, calendar, views, signed_off, officers)
    pages = [teller.summary(made), *teller.indicators(), teller.questions(), teller.requests()]
    if officers:
        pages += [teller.versions(), teller.audit()]
    return Booklet(f"{partnership.name}: {period}", partnership.name, made, tuple(pages), period, UNPUBLISHED)


class _Teller:
    """Makes the pages of one export."""

    def __init__(
        self,
        unit: Unit,
        calendar: Calendar,
        views: Sequence[RoundView],
        signed_off: Mapping[Quarter, Mapping[str, str]],
        officers: bool,
    ) -> None:
        self._unit, self._calendar, self._views = unit, calendar, views
        self._signed_off, self._officers = signed_off, officers

    def summary(self, made: datetime) -> Page:
        """Counts of each quarter, for all and by organisation, never by person."""
        headings = ("Quarter", "Organisation", "Owed", "In", "Outstanding", "In question", "Awaiting source", "Late")
        widths = (29, 36, 9, 9, 13, 12, 12, 9)
        notes = (
            "",
            "",
            "Indicators that are owed",
            "Indicators about which everything is in",
            "",
            "Outstanding, and the sender was asked something",
            "In, and the source has not published or released it yet",
            "Figures that came after their due date",
        )
        columns = tuple(Column(*each) for each in zip(headings, widths, notes, strict=True))
        colours = ("Red", "Amber", "Green", "No colour")
        columns += tuple(Column(name, 10, "Figures, not indicators") for name in colours)
        rows = [row for view in self._views for row in summary_rows(view, self._signed(view), not self._officers)]
        about = (f"As the books stood on {made:%d} {made:%b %Y}, {made:%H:%M}.",)
        return Page("Summary", self._title("Summary"), columns, tuple(rows), about, frozen=2)

    def indicators(self) -> list[Page]:
        """One page a quarter, a row a measure."""
        return [self._indicators(view) for view in self._views]

    def _indicators(self, view: RoundView) -> Page:
        period, signed, owner = view.round.period, self._signed(view), owners(view)
        rows = tuple(
            indicator_row(view, code, owner.get(code), signed, self._calendar, hide=not self._officers)
            for code in view.definitions
        )
        name = "Indicators" if len(self._views) == 1 else f"Indicators Q{period.number} {period.financial_year}"
        about = () if view.obligations else ("No round was held for this quarter: the figures were loaded.",)
        return Page(name, f"Indicators, {period}", indicator_columns(period), rows, about, frozen=2)

    def questions(self) -> Page:
        """Questions to senders that nobody has answered."""
        columns = _columns(
            ("Quarter", 27),
            ("Code", 10),
            ("Indicator", 40),
            ("Asked", 34),
            ("On", 19),
            ("Question", 60),
            ("Answers", 60),
        )
        rows: list[tuple[Value, ...]] = []
        for view in self._views:
            for query in view.queries:
                if query.state is QueryState.OPEN:
                    choices = "\n".join(f"{choice.number}: {choice.label}" for choice in query.choices)
                    definition, asked = view.definitions[query.measure], self._calendar.local(query.asked_at)
                    who, about = self._who(view, query.person), " ".join(query.reasons)
                    rows.append((str(query.period), query.measure, definition.title, who, asked, about, choices))
        return self._page("Open questions", columns, rows, "No question is open.", frozen=2, officers=True)

    def requests(self) -> Page:
        """What only SEG can decide."""
        columns = _columns(
            ("Quarter", 27),
            ("Code", 10),
            ("Indicator", 40),
            ("Agreed target", 30),
            ("Request", 50),
            ("Organisation", 30),
        )
        rows: list[tuple[Value, ...]] = []
        for view in self._views:
            for request in view.requests:
                held = view.definitions[request.measure]
                organisation = view.organisation(request.person)
                rows.append(
                    (str(request.period), held.code, held.title, held.target.wording, request.words, organisation)
                )
        return self._page("Change requests", columns, rows, "There is nothing for SEG to decide.", frozen=2)

    def versions(self) -> Page:
        """Every version of every figure: who, when, from what, why, and the sender's own words."""
        columns = _columns(
            ("Quarter", 27),
            ("Code", 10),
            ("Version", 9),
            ("Figure", 17),
            ("Counts", 14),
            ("Status", 18),
            ("By", 30),
            ("How", 14),
            ("Said", 19),
            ("Received", 19),
            ("Recorded", 19),
            ("Late", 7),
            ("Reason", 36),
            ("Taken from", 44),
            ("Sender's words, unedited", 50),
        )
        rows = []
        for view in self._views:
            for code in view.definitions:
                for figure in self._unit.figures.versions(code, view.round.period):
                    rows.append(self._version(view, figure))
        return self._page("Versions", columns, rows, "No figure is on the books.", frozen=3, officers=True)

    def _version(self, view: RoundView, figure: Figure) -> tuple[Value, ...]:
        source, reported = figure.source, figure.reported
        value, counts, status = reported_cells(reported, view.definitions[reported.measure])
        moments = (self._calendar.local(at) for at in (source.said_at, source.received_at, source.recorded_at))
        return (
            str(reported.period),
            reported.measure,
            figure.version,
            value,
            counts,
            status,
            self._who(view, source.person),
            door_words(source.door),
            *moments,
            "late" if figure.late else "",
            source.reason,
            source.evidence,
            reported.note,
        )

    def audit(self) -> Page:
        """The audit trail; of all time, since what was done before a quarter can matter in it."""
        columns = _columns(("When", 19), ("Who", 34), ("What", 28), ("About", 40), ("Why", 80))
        titles = {person.id: person.title for person in self._views[-1].partnership.people}
        rows = [self._audited(line, titles) for line in self._unit.audit.lines()]
        return self._page("Audit", columns, rows, "Nothing was done yet.", officers=True)

    def _audited(self, line: AuditLine, titles: Mapping[str, str]) -> tuple[Value, ...]:
        who = titles.get(line.actor, line.actor)
        return (self._calendar.local(line.at), who, line.action, line.subject, line.reason)

    def _page(
        self,
        name: str,
        columns: tuple[Column, ...],
        rows: Sequence[tuple[Value, ...]],
        nothing: str,
        frozen: int = 1,
        officers: bool = False,
    ) -> Page:
        named = officers and self._officers
        about = (
            "For the coordinator: this sheet names officers by their roles. Take it out before you pass the file on.",
        )
        lines = (about if named else ()) + (() if rows else (nothing,))
        return Page(name, self._title(name), columns, tuple(rows), lines, frozen, for_coordinator=named)

    def _title(self, name: str) -> str:
        first, last = self._views[0].round.period, self._views[-1].round.period
        return f"{name}, {last}" if first == last else f"{name}, {first} to {last}"

    def _who(self, view: RoundView, person: str) -> str:
        found = view.people.get(person)
        if not self._officers:
            return view.organisation(person)
        return f"{found.title} ({found.organisation})" if found else person

    def _signed(self, view: RoundView) -> Mapping[str, str]:
        return self._signed_off.get(view.round.period, {})


def _columns(*given: tuple[str, int]) -> tuple[Column, ...]:
    return tuple(Column(heading, width) for heading, width in given)

"""One measure in one quarter as the report shows it: from the snapshot where the round is locked, else as it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from collector.closing import SUPPLEMENTARY, was_due_after_the_lock
from collector.domain.figure import Figure, FigureStatus
from collector.domain.indicator import Definition, Unit
from collector.domain.period import Quarter, day
from collector.domain.publication import PublicationText
from collector.domain.rag import Judgement, Rag
from collector.domain.round import Obligation, ObligationState, RoundState
from collector.domain.series import own_stretch
from collector.past_view import owners
from collector.personal_data import without_values
from collector.report import Cell
from collector.report_withheld import Withheld
from collector.signatures import NOT_SIGNED_OFF, sent_back_of, signature_of
from collector.snapshot import LockedFigure
from collector.view import RoundView
from collector.wording import figure_words

#: How a source names figures that came with the definition file.
LOADED = "load"
_LOADED = "From an earlier report, loaded with the definition file; it was not collected or signed off here."
_UNSIGNED = "Not signed off by the priority's lead."
_HELD = "Words held back: they seem to hold personal data."
_WAITS_FOR_CHECK = "The text for publication waits for a legal check."
_NO_COLOUR_YET = "No colour before the priority is signed off."


@dataclass
class Footnotes:
    """The report's footnotes, each text once; numbers begin with 1."""

    texts: list[str] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)

    def number(self, text: str) -> int:
        """The number of a footnote, new or known."""
        if text not in self._numbers:
            self.texts.append(text)
            self._numbers[text] = len(self.texts)
        return self._numbers[text]


@dataclass(frozen=True)
class Quarterly:
    """A quarter of the report as it stands today: its view, and its snapshot's figures by code where it is locked.

    `texts` are what was written for publication, `withheld` says what of it the public does not see.
    """

    view: RoundView
    locked: Mapping[str, LockedFigure]
    today: date
    texts: Mapping[str, PublicationText] = field(default_factory=dict)
    withheld: Withheld = field(default_factory=Withheld)

    @property
    def period(self) -> Quarter:
        """Which quarter."""
        return self.view.round.period

    @cached_property
    def owed(self) -> dict[str, Obligation]:
        """What was asked for in the round, by measure."""
        return {each.measure: each for each in self.view.obligations}

    @cached_property
    def owners(self) -> dict[str, str]:
        """Who answers for each measure."""
        return owners(self.view)

    @cached_property
    def signatures(self) -> dict[str, str]:
        """When each priority was signed last, in words; those that nobody has signed are not among them."""
        return {each.priority: f"signed off on {day(each.at.date())}" for each in self.view.signing.signoffs}

    @property
    def collected(self) -> bool:
        """Whether a round was held; else its figures were loaded with the definition file."""
        return bool(self.view.obligations)

    @property
    def final(self) -> bool:
        """Whether a snapshot holds it, so that it can't change any more without being restated."""
        return self.view.round.state is RoundState.LOCKED

    def snapshot_of(self, code: str) -> LockedFigure | None:
        """What the snapshot holds of a figure that is still the one on the books."""
        held, figure = self.locked.get(code), self.view.figures.get(code)
        if held is None or not held.words or figure is None:
            return None
        # What is put together from parts has no version of its own.
        same = held.figure == figure.id if figure.id is not None else held.value == figure.reported.value
        return held if same else None

    def judged(self, code: str) -> Judgement:
        """The colour the snapshot gives, else that of today; none before the sign-off of an open round (RULES 20)."""
        figure, held = self.view.figures.get(code), self.snapshot_of(code)
        if figure is None:
            return Judgement(None, "")
        if held is not None:
            return Judgement(Rag(held.rag) if held.rag else None, held.why)
        if self.collected and not self.final and signature_of(self.view, code) is None:
            return Judgement(None, _NO_COLOUR_YET)
        return self.view.judged(figure.reported)


def cell_of(quarter: Quarterly, code: str, notes: Footnotes, commentary: bool) -> Cell:
    """A measure's cell; a sender's own words only where `commentary` asks for them (RULES 27)."""
    view, definition = quarter.view, quarter.view.definitions.get(code)
    if definition is None:
        return _taken_out(quarter, code)
    figure, held = view.figures.get(code), quarter.snapshot_of(code)
    if figure is None:
        return Cell(quarter.period, _missing(quarter, code), definition.unit)
    reported, judged = figure.reported, quarter.judged(code)
    unit = Unit(held.unit) if held else definition.unit
    words = held.words if held else figure_words(reported, unit)
    told = tuple(sorted({notes.number(text) for text in _notes(quarter, definition, figure)}))
    cell = Cell(
        quarter.period,
        words,
        unit,
        reported.value,
        reported.numerator,
        reported.denominator,
        judged.rag,
        judged.why,
        told,
    )
    return _with_commentary(cell, figure, quarter.texts.get(code), commentary)


def _taken_out(quarter: Quarterly, code: str) -> Cell:
    """What the definition file no longer holds: as it was locked, where it was."""
    held = quarter.locked.get(code)
    if held is None:
        return Cell(quarter.period, "not asked for in this quarter", Unit.NARRATIVE)
    rag = Rag(held.rag) if held.rag else None
    words = held.words or "not in when the round was locked"
    return Cell(quarter.period, words, Unit(held.unit), held.value, rag=rag, why=held.why)


def _with_commentary(cell: Cell, figure: Figure, text: PublicationText | None, asked: bool) -> Cell:
    """What was written for publication; without that what was loaded, which is the coordinator's wording.

    What came in is the sender's, and stays out unless asked for. Words that are held back say so and no more.
    """
    if text is not None:
        return replace(cell, commentary=_WAITS_FOR_CHECK if text.legal_check else text.words)
    note = " ".join(figure.reported.note.split())
    if note and figure.held is not None and figure.held.dealt is None:
        return replace(cell, commentary=_HELD)
    if not note or figure.source.door == LOADED:
        return replace(cell, commentary=note)
    return replace(cell, commentary=note, unedited=True) if asked else cell


def _missing(quarter: Quarterly, code: str) -> str:
    view = quarter.view
    if code in view.wholes:
        return view.whole(code).words
    owed = quarter.owed.get(code)
    if owed is None:
        return "not owed this quarter" if quarter.collected else "no figure on the books"
    later = was_due_after_the_lock(view, code)
    if quarter.final and not later:
        return "not in when the round was locked"
    published = view.definitions[code].published(quarter.period)
    if published > quarter.today:
        return f"awaiting source, published about {day(published)}"
    if quarter.final:
        return "not due before the round was locked"
    return "in question" if owed.state is ObligationState.ASKED else "outstanding"


def _notes(quarter: Quarterly, definition: Definition, figure: Figure) -> list[str]:
    """Everything a reader has to know of a figure beside it, each as a footnote."""
    view, reported = quarter.view, figure.reported
    told = []
    if reported.status is FigureStatus.PROVISIONAL:
        until = f" until {day(reported.expected_on)}" if reported.expected_on else ""
        told.append(f"Provisional{until}: it may still change.")
    told += _restated(view, definition)
    if figure.source.reason.startswith(SUPPLEMENTARY):
        told.append(f"{_sentence(SUPPLEMENTARY)}: in since {day(figure.source.received_at.date())}.")
    if definition.from_period == quarter.period and not definition.comparable_with_previous:
        because = f" {definition.why}." if definition.why else ""
        told.append(f"Break in the series: from {quarter.period} on it can't be compared with before.{because}")
    own = (None, quarter.period.span, own_stretch(definition, quarter.period))
    if reported.reference not in own:
        told.append(f"Covers {reported.reference}, not the quarter alone.")
    text = quarter.texts.get(definition.code)
    if text is not None and text.at < figure.source.recorded_at:
        told.append("The figure was changed after the text beside it was written.")
    told.append(quarter.withheld.why(quarter.period, definition.code))
    return [*filter(None, told), *_signatures(quarter, figure)]


def _restated(view: RoundView, definition: Definition) -> list[str]:
    told = []
    for each in view.signing.restated:
        if each.measure == definition.code and each.period == view.round.period:
            was = figure_words(each.was, definition.unit) if each.was else "not in"
            why = without_values(each.reason).rstrip(".")
            told.append(f"Restated on {day(each.at.date())}: was {was} when the round was locked. {why}.")
    return told


def _signatures(quarter: Quarterly, figure: Figure) -> list[str]:
    """Silence is not consent (RULES 19); what was loaded was never to be signed here."""
    view, code = quarter.view, figure.reported.measure
    if figure.source.door == LOADED:
        return [_LOADED]
    if view.signing.sent_back and sent_back_of(view, code):
        return ["Sent back by the priority's lead to who gave it."]
    held = quarter.snapshot_of(code)
    signed = held.signed_by != NOT_SIGNED_OFF if held else signature_of(view, code) is not None
    return [] if signed else [_UNSIGNED]


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]

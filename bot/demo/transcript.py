"""The live transcript: who was reminded, what came back, what was asked and recorded, and how far the round is."""

from collections.abc import Mapping
from datetime import datetime

from rich.console import Console
from rich.text import Text

from bot.phrases import receipt_headline
from collector.books import Outcome
from collector.delivery import MAIL, Delivered, Fate
from collector.domain.partnership import Partnership
from collector.domain.round import Round
from collector.intake import Processed
from collector.messages import Board, Digest, LateChanges, Message, Notice, Receipt, Reminder, SignOffSheet, WeekSummary
from collector.questions import text_of
from collector.view import RoundView
from collector.wording import clock, weekday

_LONGEST = 110


class Transcript:
    """Writes to the terminal as things happen; says a moment only when something happens at it."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(highlight=False, soft_wrap=True)
        self._moment: datetime | None = None
        self._progress = ""

    def moment(self, at: datetime) -> None:
        """The clock moves."""
        self._moment = at

    def opened(self, opened: Round) -> None:
        """The round opens."""
        self._say("Round opened", f"{opened.period}", "bold")

    def wrote(self, who: str, words: str, workbook: str) -> None:
        """Somebody answers."""
        joined = " / ".join(line.strip() for line in words.splitlines() if line.strip())
        attached = f" [{workbook}]" if workbook else ""
        self._say("In", f"{who}: {_short(joined)}{attached}", "cyan")

    def marked(self, fields: Mapping[str, str]) -> None:
        """A form's values that are marked in place."""
        for field, words in fields.items():
            self._say("Marked", f"{field.partition(':')[2]}: {words}", "magenta")

    def processed(self, done: Processed) -> None:
        """The collector has read something."""
        if done.outcome in (Outcome.IGNORED, Outcome.REFUSED):
            self._say("Set aside" if done.outcome is Outcome.REFUSED else "Ignored", done.reason, "yellow")
        for entry in done.entries:
            reported = entry.figure.reported
            what = f"{reported.value:f}" if reported.value is not None else reported.status.words
            counts = f" ({reported.numerator:f} of {reported.denominator:f})" if reported.denominator else ""
            self._say("Recorded" if entry.new else "Held already", f"{reported.measure} {what}{counts}", "green")
        for query in done.questions:
            self._say("Asked", f"{query.measure}: {text_of(query)}", "magenta")
        for note in done.notes:
            self._say("Said", _short(note), "dim")

    def delivered(self, done: Delivered, partnership: Partnership) -> None:
        """The collector has sent something."""
        titles = {person.id: person.title for person in partnership.people}
        to = titles.get(done.row.planned.person, done.row.planned.person)
        if done.fate is Fate.SENT:
            where = f" ({done.row.planned.channel.capitalize()})" if done.row.planned.channel != MAIL else ""
            message, edited = done.row.planned.message, ", edited in place" if done.row.planned.edits else ""
            # The only notice that edits anything closes a reminder whose return is in.
            kind = "earlier reminder" if edited and isinstance(message, Notice) else _kind(message)
            self._say("Out", f"{kind} to {to}{where}{edited}", "blue")
        elif done.fate is not Fate.POSTPONED:
            self._say("Not sent", f"{_kind(done.row.planned.message)} to {to}: {done.why}", "yellow")

    def progress(self, view: RoundView) -> None:
        """How far the round is, when it has moved."""
        received = sum(view.is_in(code) for code in view.by_indicator)
        owed = len(view.by_indicator)
        bar = "#" * (24 * received // owed) if owed else ""
        line = f"[{bar:<24}] {received} of {owed} in, {len(view.open_queries)} in question"
        if line != self._progress:
            self._progress = line
            self._console.print(Text(f"{'':12}{line}", style="bold"))

    def say(self, line: str) -> None:
        """A plain line."""
        self._console.print(Text(line))

    def _say(self, what: str, words: str, style: str) -> None:
        if self._moment is not None:
            self._console.print(Text(f"\n{weekday(self._moment)}, {clock(self._moment)}", style="bold"))
            self._moment = None
        self._console.print(Text(f"  {what:<13}", style=style) + Text(words))


def _kind(message: Message) -> str:
    match message:
        case Reminder():
            return f"reminder of {len(message.owed)}"
        case Receipt():
            return f"receipt ({receipt_headline(message)})"
        case SignOffSheet():
            return f"sign-off sheet for {', '.join(part.code for part in message.parts)}"
        case Board():
            return "status board"
        case LateChanges():
            return "late changes"
        case WeekSummary():
            return "the week"
        case Digest():
            return "digest"
        case Notice():
            return f"notice ({message.subject})"


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 3] + "..."

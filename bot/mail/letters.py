"""Letters: what the rules want to say, as mail. Pure: the same message gives the same bytes."""

import base64
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import css_inline

from bot import phrases
from bot.mail.envelope import Enclosed, Envelope, Inline, sealed
from bot.report.picture import ON_PAPER, chart, png
from bot.templating import environment
from collector.books import OutboxRow
from collector.messages import (
    Board,
    Digest,
    LateChanges,
    Message,
    Moved,
    Notice,
    Receipt,
    Reminder,
    Sheet,
    SignOffSheet,
    WeekSummary,
)

_TEMPLATES = Path(__file__).parent / "templates"
_SHORT = 6
#: A chart of the digest in pixels, width and height.
CHART_SIZE = (220, 52)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HELPERS = (
    phrases.answer_line,
    phrases.at_moment,
    phrases.board_headline,
    phrases.board_lists,
    phrases.board_note,
    phrases.by_when,
    phrases.counted,
    phrases.digest_headline,
    phrases.due_headline,
    phrases.due_sentences,
    phrases.figures,
    phrases.late_changes_headline,
    phrases.late_heading,
    phrases.nothing_owed,
    phrases.on_day,
    phrases.or_send,
    phrases.quiet_lines,
    phrases.quoted,
    phrases.reason,
    phrases.receipt_headline,
    phrases.receipt_opening,
    phrases.receipt_sentence,
    phrases.sentence,
    phrases.sign_off_answers,
    phrases.sign_off_headline,
    phrases.sign_off_mark,
    phrases.sign_off_sentence,
    phrases.workbook_attached,
    phrases.workbook_name,
)


class Preview(NamedTuple):
    """A message as a person would see it; the HTML names its `pictures` by "cid:" and their ids."""

    subject: str
    text: str
    html: str
    pictures: tuple[Inline, ...] = ()

    @property
    def page(self) -> str:
        """The HTML with its pictures inside, to be looked at by itself."""
        shown = self.html
        for picture in self.pictures:
            data = base64.b64encode(picture.content).decode("ascii")
            shown = shown.replace(f"cid:{picture.cid}", f"data:{picture.content_type};base64,{data}")
        return shown


class Letters:
    """Renders messages as mail from a partnership's mailbox. `domain` is that of our Message-IDs.

    `workbook` makes the bytes of the workbook that goes with a message.
    """

    def __init__(
        self,
        mailbox: str,
        partnership: str,
        workbook: Callable[[Sheet], bytes],
        domain: str | None = None,
        plus: bool = False,
    ) -> None:
        self._workbook = workbook
        self._mailbox = mailbox
        self._plus = plus
        self._partnership = partnership
        self._domain = domain or mailbox.rpartition("@")[2]
        self._text = environment(_TEMPLATES, _HELPERS, html=False)
        self._html = environment(_TEMPLATES, _HELPERS, html=True)
        self._inliner = css_inline.CSSInliner(
            keep_style_tags=False, keep_at_rules=True, load_remote_stylesheets=False, minify_css=True
        )

    def render(self, row: OutboxRow, recipient_title: str, address: str, files: Sequence[bytes] = ()) -> bytes:
        """The mail's bytes, to be kept and sent as they are however often it is tried."""
        planned = row.planned
        preview = self.preview(planned.message, short_token(row.token), planned.cover)
        envelope = Envelope(
            sender_name=self._partnership,
            mailbox=self._mailbox,
            recipient_title=recipient_title,
            address=address,
            subject=preview.subject,
            token=row.token,
            domain=self._domain,
            written_at=phrases.local(row.planned_at),
            answers=isinstance(planned.message, Receipt | Notice) and planned.in_reply_to is not None,
            in_reply_to=planned.in_reply_to,
            references=planned.references,
            plus=self._plus,
        )
        enclosed = self._enclosed(planned.message, files)
        return sealed(envelope, preview.text, preview.html, enclosed, preview.pictures)

    def _enclosed(self, message: Message, files: Sequence[bytes]) -> list[Enclosed]:
        if isinstance(message, Notice):
            return [Enclosed(file.name, XLSX, raw) for file, raw in zip(message.files, files, strict=True)]
        sheet = message.workbook if isinstance(message, Reminder | Receipt) else None
        return [Enclosed(phrases.workbook_name(sheet), XLSX, self._workbook(sheet))] if sheet else []

    def preview(self, message: Message, reference: str = "", cover: str = "") -> Preview:
        """Subject, plain text and HTML of a message, without an envelope; `cover` stands before it."""
        kind = _kind(message)
        subject = phrases.one_line(phrases.subject_of(message, reference))
        given = {
            "message": message,
            "partnership": self._partnership,
            "mailbox": self._mailbox,
            "reference": message.reference if isinstance(message, Receipt) else reference,
            "subject": subject,
            "cover": cover,
            "domain": self._domain,
        }
        opening = f"{phrases.one_line(cover)}\n\n" if cover else ""
        text = opening + self._text.get_template(f"{kind}.txt.j2").render(given)
        html = self._html.get_template(f"{kind}.html.j2").render(given)
        return Preview(subject, text, self._inliner.inline(html), self._pictures(message))

    def _pictures(self, message: Message) -> tuple[Inline, ...]:
        """The digest's charts: mail programs strip drawings, so they go along as pictures."""
        charts = message.moved if isinstance(message, Digest) and not message.unchanged_since else ()
        return tuple(
            Inline(f"chart-{number}@{self._domain}", "image/png", png(drawn(given)))
            for number, given in enumerate(charts, start=1)
        )


def drawn(given: Moved) -> str:
    """A chart of the digest as SVG, on paper of its own so that it can be read in light and dark."""
    return chart([point.value for point in given.points], given.goal, given.words, ON_PAPER, *CHART_SIZE)


def short_token(token: str) -> str:
    """The part of a message's token that stands in its subject, for the telephone."""
    return token[:_SHORT].upper()


def _kind(message: Message) -> str:
    match message:
        case Reminder():
            return "reminder"
        case Receipt():
            return "receipt"
        case SignOffSheet():
            return "signoffsheet"
        case Board():
            return "board"
        case LateChanges():
            return "latechanges"
        case Digest():
            return "digest"
        case Notice() | WeekSummary():
            return "notice"

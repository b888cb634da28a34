"""The officers who answer by mail: what their mail programs send, with our mail quoted below."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP as SMTP_POLICY
from email.policy import default as default_policy
from email.utils import format_datetime
from smtplib import SMTP

from bot.demo.postoffice import Delivered, PostOffice
from bot.demo.script import AWAY_WORDS, STRANGER_WORDS, Kind, Scene
from collector.domain.partnership import Partnership

_XLSX = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass
class Mailers:
    """Everybody who writes mail; each answers the last mail they got."""

    partnership: Partnership
    office: PostOffice
    last_to: dict[str, EmailMessage] = field(default_factory=dict)
    seen: int = 0

    def look(self) -> None:
        """Read what has been delivered since the last look."""
        while self.seen < len(self.office.delivered):
            self._received(self.office.delivered[self.seen])
            self.seen += 1

    def write(self, scene: Scene, words: str, at: datetime, copy: int, workbook: bytes | None = None) -> bytes:
        """Send a mail; its bytes."""
        address = self._address(scene.who)
        mail = self._mail(scene, words, address, at, copy)
        if workbook is not None:
            name = self.workbook_name(scene.who)
            mail.add_attachment(workbook, maintype="application", subtype=_XLSX, filename=name)
        raw = mail.as_bytes(policy=SMTP_POLICY)
        with SMTP("127.0.0.1", self.office.smtp_port, timeout=10) as smtp:
            smtp.sendmail(address, [self.partnership.mailbox], raw)
        return raw

    def workbook_of(self, who: str) -> bytes:
        """The workbook that came with the last mail somebody got."""
        return self._attached(who)[1]

    def workbook_name(self, who: str) -> str:
        """Its name."""
        return self._attached(who)[0]

    def _attached(self, who: str) -> tuple[str, bytes]:
        found = list(_attached_to(self.last_to[self._address(who)]))
        if not found:
            raise LookupError(f"no workbook came to {who}")
        return found[0]

    def _received(self, posted: Delivered) -> None:
        self.last_to[posted.rcpt] = _parsed(posted.raw)

    def _address(self, who: str) -> str:
        people = {person.id: person for person in self.partnership.people}
        return people[who].addresses[0] if who in people else who

    def _mail(self, scene: Scene, words: str, address: str, at: datetime, copy: int) -> EmailMessage:
        mail = EmailMessage()
        titles = {person.id: person.title for person in self.partnership.people}
        mail["From"] = f'"{titles.get(scene.who, "Survey Desk")}" <{address}>'
        mail["To"] = self.partnership.mailbox
        mail["Date"] = format_datetime(at)
        mail["Message-ID"] = f"<{scene.kind.value}-{scene.text or 'mail'}-{copy}@{address.partition('@')[2]}>"
        answered = self.last_to.get(address) if scene.kind is not Kind.MAIL else None
        subject = str(answered["Subject"]) if answered else "Your quarter"
        if scene.kind is Kind.OUT_OF_OFFICE:
            mail["Auto-Submitted"] = "auto-replied"
            mail["Subject"] = f"Automatic reply: {subject}"
            mail.set_content(AWAY_WORDS)
            return mail
        mail["Subject"] = f"RE: {subject}" if answered else subject
        if answered is not None:
            mail["In-Reply-To"] = mail["References"] = str(answered["Message-ID"])
        mail.set_content((STRANGER_WORDS if scene.kind is Kind.STRANGER else words) + _quoted(answered))
        return mail


def workbooks_in(raw: bytes) -> list[tuple[str, bytes]]:
    """The files that go with a mail of ours: their names and bytes."""
    return list(_attached_to(_parsed(raw)))


def _parsed(raw: bytes) -> EmailMessage:
    message = BytesParser(policy=default_policy).parsebytes(raw)
    if not isinstance(message, EmailMessage):
        raise TypeError("the default policy makes nothing else")
    return message


def _attached_to(mail: EmailMessage) -> Iterator[tuple[str, bytes]]:
    for part in mail.iter_attachments():
        content = part.get_content()
        if isinstance(content, bytes):
            yield part.get_filename() or "return.xlsx", content


def _quoted(answered: EmailMessage | None) -> str:
    """The mail that is answered, quoted below as mail programs do."""
    if answered is None:
        return ""
    body = answered.get_body(("plain",))
    lines = body.get_content().splitlines() if body is not None else []
    heading = f"\n\nOn {answered['Date']}, {answered['From']} wrote:\n"
    return heading + "\n".join(f"> {line}" for line in lines) + "\n"

"""Replies come back to an address that names the message, where the mail server delivers such addresses."""

from email import message_from_bytes, policy

from bot.mail.letters import Letters
from collector.books import OutboxRow, OutboxState, Planned
from collector.messages import Notice
from parsers.mime import open_mail
from parsers.workbook import write_workbook
from tests.builders import at

TOKEN = "0123456789abcdef0123456789"


def reply_to(plus: bool) -> str:
    planned = Planned("answer:1", "da", Notice("DA", "Hello", ("Hello.",)), at(6), unprompted=False)
    row = OutboxRow(1, planned, OutboxState.DUE, 0, TOKEN, at(6))
    raw = Letters("returns@csp.example.org", "CSP", write_workbook, plus=plus).render(
        row, "DA", "da@council.example.org"
    )
    return str(message_from_bytes(raw, policy=policy.default)["Reply-To"])


def test_a_reply_to_a_plus_address_names_the_message_and_a_plain_one_does_not() -> None:
    assert reply_to(plus=False) == "returns@csp.example.org"
    assert reply_to(plus=True) == f"returns+{TOKEN}@csp.example.org"
    raw = f"From: da@council.example.org\r\nTo: {reply_to(plus=True)}\r\nSubject: Re: Hello\r\n\r\nDA06 153".encode()
    opened = open_mail(raw, len(raw), cut=False)
    assert getattr(opened, "ours", ()) == (TOKEN,)

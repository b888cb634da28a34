"""Mail that programs write, in the structure each is known for (words our own): bounces, auto-replies, receipts.

Every form is given as a mailbox shows it to us, so without the Return-Path that some servers take away.
"""

from collections.abc import Iterator

from collector.domain.submission import Machine

_US = "returns@csp.example.org"
_ORIGINAL = (
    f"From: Partnership <{_US}>\r\nTo: officer@example.org\r\nSubject: Q2 2015-16 (Jul to Sep 2015): 2 figures due\r\n"
    "Message-ID: <t0ken@csp.example.org>\r\n\r\n1. DA06 Referrals (Q1: 147)\r\n2. DA07 Risk reduced (Q1: 91%)\r\n"
)
_STATUS = (
    "Reporting-MTA: dns; mx.example.org\r\n\r\nFinal-Recipient: rfc822; officer@example.org\r\n"
    "Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 no such user\r\n"
)
_TOLD = "Your message to officer@example.org could not be delivered: 550 5.1.1 no such user.\r\n"
_READ = "Reporting-UA: mail.example.org\r\nFinal-Recipient: rfc822; officer@example.org\r\n"


def machine_mail() -> Iterator[tuple[str, Machine, bytes]]:
    """Name, what it is, and its bytes."""
    for name, kind, headers, content_type, body in (*_bounces(), *_old_bounces(), *_replies(), *_receipts()):
        head = ["Date: Tue, 20 Oct 2015 14:06:00 +0100", f"To: {_US}", *headers, "MIME-Version: 1.0", content_type]
        yield name, kind, ("\r\n".join(head) + "\r\n\r\n" + body).encode()


_Form = tuple[str, Machine, list[str], str, str]


def _report(kind: str, *parts: tuple[str, str]) -> tuple[str, str]:
    body = "".join(f"--b0\r\nContent-Type: {what}\r\n\r\n{content}\r\n" for what, content in parts)
    return f'Content-Type: multipart/report; report-type={kind};\r\n boundary="b0"', body + "--b0--\r\n"


def _bounces() -> Iterator[_Form]:
    """Delivery reports as RFC 3464 has them."""
    status = ("message/delivery-status", _STATUS)
    for name, sender, subject, original in (
        (
            "Postfix",
            "MAILER-DAEMON@mx.example.org (Mail Delivery System)",
            "Undelivered Mail Returned to Sender",
            "rfc822",
        ),
        ("Microsoft 365", "<postmaster@example.org>", "Undeliverable: Q2 2015-16: 2 figures due", "rfc822"),
        (
            "Exchange",
            "MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.org",
            "Undeliverable: Q2 2015-16",
            "rfc822-headers",
        ),
        (
            "Exim",
            "Mail Delivery System <Mailer-Daemon@mx.example.org>",
            "Mail delivery failed: returning message",
            "rfc822",
        ),
        (
            "Gmail",
            "Mail Delivery Subsystem <mailer-daemon@mail.example.org>",
            "Delivery Status Notification (Failure)",
            "rfc822",
        ),
        (
            "Proofpoint",
            "Mail Delivery Subsystem <MAILER-DAEMON@pp.example.org>",
            "Returned mail: see transcript",
            "rfc822",
        ),
        ("Mimecast", "<postmaster@mimecast.example.org>", "[Postmaster] Email Delivery Failure", "rfc822-headers"),
        ("Domino", "Mail Router <postmaster@domino.example.org>", "DELIVERY FAILURE: User not listed", "rfc822"),
        ("GroupWise", "<Mailer-Daemon@gw.example.org>", "Message status - undeliverable", "rfc822"),
    ):
        parts = (
            ("text/plain", _TOLD),
            status,
            (f"message/{original}" if original == "rfc822" else "text/rfc822-headers", _ORIGINAL),
        )
        content_type, body = _report("delivery-status", *parts)
        yield f"{name} bounce", Machine.BOUNCE, [f"From: {sender}", f"Subject: {subject}"], content_type, body


def _old_bounces() -> Iterator[_Form]:
    """Bounces from before there were delivery reports, or from programs that never took them up."""
    plain = "Content-Type: text/plain; charset=us-ascii"
    below = f"{_TOLD}\r\n--- Below this line is a copy of the message.\r\n\r\n{_ORIGINAL}"
    for name, headers in (
        ("qmail", ["From: MAILER-DAEMON@qmail.example.org", "Subject: failure notice"]),
        (
            "Exim without a report",
            [
                "From: Mail Delivery System <Mailer-Daemon@mx.example.org>",
                "X-Failed-Recipients: officer@example.org",
                "Subject: Mail delivery failed: returning message to sender",
            ],
        ),
        (
            "Exchange 5.5",
            [
                "From: System Administrator <administrator@example.org>",
                "Subject: Undeliverable: Q2 2015-16 (Jul to Sep 2015)",
            ],
        ),
        (
            "Domino without a report",
            [
                "From: Administrator <admin@domino.example.org>",
                "Subject: DELIVERY FAILURE: User officer not listed in Domino Directory",
            ],
        ),
        (
            "GroupWise without a report",
            ["From: System <gwia@gw.example.org>", "Subject: Message status - undeliverable"],
        ),
        (
            "Mimecast held",
            [
                "From: Mimecast Postmaster <no-reply@mimecast.example.org>",
                "X-MC-System: bounce",
                "Subject: [Postmaster] Messages on hold for returns",
            ],
        ),
        (
            "a gateway in French",
            ["From: Administrateur <admin@passerelle.example.org>", "Subject: Non remis : Q2 2015-16"],
        ),
    ):
        yield f"{name} bounce", Machine.BOUNCE, headers, plain, below


def _replies() -> Iterator[_Form]:
    plain = "Content-Type: text/plain; charset=utf-8"
    away = f"I am out of the office until 2 November. Ring 01634 153153.\r\n\r\n{_ORIGINAL}"
    for name, headers in (
        (
            "Microsoft 365",
            [
                "Subject: Automatic reply: Q2 2015-16",
                "Auto-Submitted: auto-generated",
                "X-Auto-Response-Suppress: All",
                "X-MS-Exchange-Inbox-Rules-Loop: officer@example.org",
            ],
        ),
        ("Exchange 2003", ["Subject: Out of Office AutoReply: Q2 2015-16"]),
        ("Gmail", ["Subject: Re: Q2 2015-16", "Auto-Submitted: auto-replied", "Precedence: bulk", "X-Autoreply: yes"]),
        (
            "Domino",
            ["Subject: AUTO: Officer is out of the office (returning 02/11/2015)", "Auto-Submitted: auto-generated"],
        ),
        ("Domino, bare", ["Subject: AUTO: Officer is out of the office (returning 02/11/2015)"]),
        ("Domino agent", ["Subject: Officer is out of the office."]),
        ("GroupWise", ["Subject: Re: Q2 2015-16 (Out of office)", "X-Autogenerated: Reply"]),
        ("GroupWise rule", ["Subject: Out of the office until Monday"]),
        ("Mimecast", ["Subject: We have moved", "X-MC-System: autoresponse", "X-Auto-Response-Suppress: All"]),
        ("vacation", ["Subject: away from my mail", "Precedence: junk", "Auto-Submitted: auto-replied"]),
        ("cPanel", ["Subject: Autoreply: Q2", "X-Autorespond: Q2", "Precedence: auto_reply"]),
        (
            "a help desk",
            [
                "Subject: [Ticket 4711] We received your request",
                "X-Auto-Response-Suppress: All",
                "X-Mail-Autoreply: yes",
            ],
        ),
        (
            "a mailbox rule",
            ["Subject: Re: Q2 2015-16", "X-POST-MessageClass: 9; Autoresponder", "Delivered-To: autoresponder"],
        ),
        ("Outlook in German", ["Subject: Automatische Antwort: Q2 2015-16"]),
        ("Outlook in Welsh", ["Subject: Ateb awtomatig: Q2 2015-16"]),
        ("Outlook in French", ["Subject: Réponse automatique : Q2 2015-16"]),
    ):
        yield f"{name} auto-reply", Machine.AUTO_REPLY, ["From: Officer <officer@example.org>", *headers], plain, away


def _receipts() -> Iterator[_Form]:
    officer = "From: Officer <officer@example.org>"
    read = ("message/disposition-notification", f"{_READ}Disposition: manual-action/MDN-sent-manually; displayed\r\n")
    content_type, body = _report("disposition-notification", ("text/plain", "Your message was read.\r\n"), read)
    yield "Outlook read receipt", Machine.RECEIPT, [officer, "Subject: Read: Q2 2015-16"], content_type, body
    plain = "Content-Type: text/plain; charset=us-ascii"
    yield (
        "Domino read receipt",
        Machine.RECEIPT,
        [officer, "Subject: Return Receipt: Q2"],
        plain,
        "Your document was read.\r\n",
    )
    yield (
        "GroupWise read receipt",
        Machine.RECEIPT,
        [officer, "Subject: Message status - opened"],
        plain,
        "Opened 14:06\r\n",
    )
    for answer in ("Accepted", "Declined", "Tentative"):
        calendar = (
            f"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nSUMMARY:{answer}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        )
        yield (
            f"Outlook calendar reply, {answer.lower()}",
            Machine.CALENDAR,
            [officer, f"Subject: {answer}: Round opens"],
            "Content-Type: text/calendar; method=REPLY; charset=utf-8",
            calendar,
        )
    words = "--b0\r\nContent-Type: text/plain\r\n\r\nI can come\r\n"
    reply = f"--b0\r\nContent-Type: text/calendar; method=REPLY\r\n\r\n{calendar}--b0--\r\n"
    shared = words + reply
    kind = 'Content-Type: multipart/alternative; boundary="b0"'
    yield "Gmail calendar reply", Machine.CALENDAR, [officer, "Subject: Accepted: Round opens"], kind, shared

"""Opening mail: who sent it, what they wrote, what they attached; and what hostile mail gets."""

import base64
import time
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from collector.domain.submission import Machine, Opened, Refusal
from parsers.mime import looks_like_mail, open_file, open_mail, open_text, refuse_mail
from tests.parsers.letters_by_hand import letter, multipart, part

PAGE = "<html><body><p>See below</p><table><tr><td>DA06</td><td>153</td></tr><tr><td>DA07</td><td>91%</td></tr></table>"


def opened(raw: bytes) -> Opened:
    result = open_mail(raw, len(raw), False)
    assert isinstance(result, Opened), result
    return result


def refused(raw: bytes, size: int | None = None, cut: bool = False) -> Refusal:
    started = time.process_time()
    result = open_mail(raw, size or len(raw), cut)
    assert isinstance(result, Refusal), result
    assert time.process_time() - started < 3
    assert not any(word in result.words.lower() for word in ("sorry", "invalid", "illegal", "please", "error"))
    return result


# --- who sent it ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "sender"),
    [
        ("officer@example.org", "officer@example.org"),
        ("Officer <Officer@Example.ORG>", "officer@example.org"),
        ('"Officer, Contributing (Police)" <officer@example.org>', "officer@example.org"),
        ("Officer (Police) <officer@example.org>", "officer@example.org"),
        ("officer@example.org (Officer)", "officer@example.org"),
        ("=?utf-8?q?B=C3=A9n?= <o'neill+q2@sub.example.org>", "o'neill+q2@sub.example.org"),
        ('"boss@example.org" <officer@example.org>', "officer@example.org"),
        ("Offic\u00e9r\r\n <officer@example.org>", "officer@example.org"),
    ],
)
def test_an_honest_from_has_one_sender_in_lower_case(written: str, sender: str) -> None:
    assert opened(letter(sender=f"From: {written}")).senders == (sender,)


@pytest.mark.parametrize(
    "written",
    [
        "From: alice@example.org(<mallory@evil.example.org>",
        "From: alice@example.org <mallory@evil.example.org>",
        "From: alice@example.org\r\n <mallory@evil.example.org>",
        "From: <alice@example.org> <mallory@evil.example.org>",
        "From: <alice@example.org>mallory@evil.example.org",
        "From: alice@example.org, mallory@evil.example.org",
        'From: "alice@example.org" mallory@evil.example.org',
        'From: "alice\\" <alice@example.org>" <m@evil.example.org>, <alice@example.org>',
        "From: alice@example.org;mallory@evil.example.org",
        "From: partners: alice@example.org;",
        "From: (<alice@example.org>) mallory",
        "From: alice@example.org(comment (nested) <mallory@evil.example.org>)",
        "From: =?utf-8?q?alice=40example=2Eorg?=",
        "From: =?utf-8?q?alice=40example=2Eorg_=3Cx?= alice",
        "From: <=?utf-8?q?alice?=@example.org>",
        "From: =?utf-8?q?alice@example.org?= <mallory@evil.example.org>",
        "From: <@evil.example.org:alice@example.org>",
        "From: alice@example.org@evil.example.org",
        "From: alice@[10.0.0.1]",
        "From: alic\u0435@ex\u0430mple.org",
        "From: alice\x00@example.org",
        "From: alice@example.org\x00<mallory@evil.example.org>",
        "From: alice@example.org\r \r\nX: y",
        "From:",
        "From: nobody",
        "From: <>",
        "Subject: x\rFrom: alice@example.org",
        "Subject: x\r\n \r\nFrom: alice@example.org",
        "From: alice@example.org\r\nFrom: alice@example.org",
        "From: alice@example.org\r\nFrom : mallory@evil.example.org",
        "From: alice@example.org\r\nfrom: mallory@evil.example.org",
        "From: alice@example.org\r\nthis is no header\r\nFrom: mallory@evil.example.org",
    ],
)
def test_a_hostile_from_never_has_a_single_sender(written: str) -> None:
    assert len(opened(letter(sender=written)).senders) != 1


def test_a_from_with_a_comment_trick_has_no_single_sender() -> None:
    assert opened(letter(sender="From: alice@police.example.org(<mallory@evil>")).senders == ()


def test_two_addresses_are_two_senders() -> None:
    assert opened(letter(sender="From: A <a@example.org>, B <b@example.org>")).senders == (
        "a@example.org",
        "b@example.org",
    )


# --- the other headers ------------------------------------------------------------------------------------------------


def test_the_headers_are_read() -> None:
    mail = opened(
        letter(
            "Subject: =?iso-8859-1?Q?Q2_=A3_fi?= =?iso-8859-1?Q?gures?=",
            "In-Reply-To: <two@example.org>",
            "References: <zero@example.org>\r\n <two@example.org> <three@example.org>",
            "Authentication-Results: mx.example.org; dkim=pass",
            "Authentication-Results: forged.example.org;\r\n spf=pass",
        )
    )
    assert mail.subject == "Q2 £ figures"
    assert mail.message_id == "<one@example.org>"
    assert mail.references == ("<two@example.org>", "<zero@example.org>", "<three@example.org>")
    assert mail.sent_at == datetime(2015, 10, 20, 13, 6, tzinfo=UTC)
    assert mail.verdicts == ("mx.example.org; dkim=pass", "forged.example.org; spf=pass")


@pytest.mark.parametrize(
    "date", ["", "yesterday", "Tue, 99 Oct 2015 14:06:00 +0100", "Tue, 20 Oct 2015 14:06:00 +9999", "1 1 1"]
)
def test_a_date_nobody_can_read_is_none(date: str) -> None:
    raw = letter().replace(b"Tue, 20 Oct 2015 14:06:00 +0100", date.encode())
    assert opened(raw).sent_at is None


def test_a_date_without_a_zone_is_taken_as_utc() -> None:
    assert opened(letter().replace(b"+0100", b"-0000")).sent_at == datetime(2015, 10, 20, 14, 6, tzinfo=UTC)


def test_a_subject_can_not_smuggle_a_header_or_turn_its_text_around() -> None:
    coded = base64.b64encode("Q2\r\nBcc: x@example.org\x00\u202e fig".encode()).decode()
    subject = opened(letter(f"Subject: =?utf-8?b?{coded}?=")).subject
    assert subject == "Q2 Bcc: x@example.org fig"
    assert not set("\r\n\x00\u202e") & set(subject)


def test_a_long_subject_is_shortened() -> None:
    assert len(opened(letter(f"Subject: {'x' * 5000}")).subject) == 300


@pytest.mark.parametrize(
    "subject", ["=?unknown-8bit?q?=A3?=", "=?utf-8?b?!!!?=", "=?unicode_escape?q?=5Cud800?=", "\udca3 5", "=?"]
)
def test_a_strange_subject_is_text_all_the_same(subject: str) -> None:
    opened(letter(f"Subject: {subject}")).subject.encode()


# --- the same message twice -------------------------------------------------------------------------------------------


def test_the_same_message_by_another_way_has_the_same_fingerprint() -> None:
    raw = letter("Subject: Q2")
    again = b"Received: from a\r\nDelivered-To: b\r\nAuthentication-Results: c\r\n" + raw.replace(b"<one@", b"<two@")
    assert opened(again).fingerprint == opened(raw).fingerprint


def test_other_coding_of_the_same_words_has_the_same_fingerprint() -> None:
    plain = letter("Content-Transfer-Encoding: 8bit", "Content-Type: text/plain; charset=utf-8", body="£5 DA06\r\n")
    quoted = letter(
        "Content-Transfer-Encoding: quoted-printable",
        "Content-Type: text/plain; charset=utf-8",
        body="=C2=A35 DA06\r\n",
    )
    assert opened(plain).fingerprint == opened(quoted).fingerprint


def test_other_content_has_another_fingerprint() -> None:
    def with_file(content: str, name: str = "r.csv") -> bytes:
        return multipart(part(body="DA06 153"), part(f"Content-Type: text/csv; name={name}", body=content))

    messages = [
        letter(),
        letter(body="DA06 154"),
        letter("Subject: Q2"),
        letter(sender="From: other@example.org"),
        letter().replace(b"14:06", b"14:07"),
        with_file("a,1"),
        with_file("a,2"),
        with_file("a,2", "s.csv"),
    ]
    assert len({opened(raw).fingerprint for raw in messages}) == len(messages)


# --- machines ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "machine"),
    [
        (("Auto-Submitted: auto-replied",), Machine.AUTO_REPLY),
        (("Auto-Submitted: auto-generated (out of office)", "Return-Path: <>"), Machine.AUTO_REPLY),
        (("Auto-Submitted: no",), None),
        (("X-Autoreply: yes",), Machine.AUTO_REPLY),
        (("X-Autorespond: Q2",), Machine.AUTO_REPLY),
        (("Subject: Automatic reply: Q2 figures",), Machine.AUTO_REPLY),
        (("Subject: Out of office",), Machine.AUTO_REPLY),
        (("Subject: Out of Office AutoReply: Q2",), Machine.AUTO_REPLY),
        (("Subject: Autoreply: Q2",), Machine.AUTO_REPLY),
        (("Subject: Out of office hours ASB figures",), None),
        (("Subject: Re: Automatic reply: Q2",), None),
        (("X-Auto-Response-Suppress: All", "Subject: On annual leave until Monday"), Machine.AUTO_REPLY),
        (("X-Auto-Response-Suppress: DR, OOF, AutoReply", "Subject: Q2 figures"), None),
        (("Precedence: bulk",), Machine.LIST),
        (("List-Id: <l.example.org>",), Machine.LIST),
        (("List-Unsubscribe: <https://example.org>",), Machine.LIST),
        (("Return-Path: <>",), Machine.BOUNCE),
        (("Return-Path: <officer@example.org>",), None),
        (("X-Failed-Recipients: x@example.org",), Machine.BOUNCE),
        (("Content-Type: multipart/report; report-type=delivery-status; boundary=x",), Machine.BOUNCE),
        (("Content-Type: multipart/report; boundary=x; report-type=disposition-notification",), Machine.RECEIPT),
        ((), None),
    ],
)
def test_mail_that_no_person_wrote_is_recognised(headers: tuple[str, ...], machine: Machine | None) -> None:
    assert opened(letter(*headers)).machine is machine


@pytest.mark.parametrize(
    "sender", ["MAILER-DAEMON (Mail Delivery)", "Mail <MAILER-DAEMON@example.org>", "<postmaster@example.org>"]
)
def test_a_mail_server_that_writes_is_a_bounce(sender: str) -> None:
    assert opened(letter(sender=f"From: {sender}")).machine is Machine.BOUNCE


def test_an_answer_to_an_invitation_is_a_calendar_matter() -> None:
    answer = "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR"
    raw = multipart(part(body="Accepted"), part("Content-Type: text/calendar; method=REPLY", body=answer))
    assert opened(raw).machine is Machine.CALENDAR


# --- the text ---------------------------------------------------------------------------------------------------------


def alternative(plain: str, page: str) -> bytes:
    return multipart(
        part("Content-Type: text/plain; charset=utf-8", body=plain),
        part("Content-Type: text/html; charset=utf-8", body=page),
        kind="alternative",
    )


def test_the_plain_form_is_taken_where_it_says_something() -> None:
    assert opened(alternative("DA06 153", "<p>DA06: <b>153</b></p>")).body == "DA06 153"


@pytest.mark.parametrize("plain", ["", " \r\n", "Your mail program does not support HTML. View it in a browser."])
def test_the_page_is_taken_where_the_plain_form_says_nothing(plain: str) -> None:
    assert opened(alternative(plain, "<p>DA06 <b>15</b>3</p>")).text == "DA06 153"


def test_a_table_in_a_page_keeps_a_row_on_a_line() -> None:
    assert opened(letter("Content-Type: text/html", body=PAGE)).text == "See below\n\nDA06 | 153\nDA07 | 91%"


def test_a_table_that_the_plain_form_has_torn_up_is_read_from_the_page() -> None:
    assert "DA06 | 153" in opened(alternative("See below\r\nDA06\r\n153\r\nDA07\r\n91%", PAGE)).text


def test_a_table_in_the_quoted_reminder_does_not_choose_the_page() -> None:
    page = f"<p>153</p><blockquote type=cite>{PAGE}</blockquote>"
    assert opened(alternative("153\r\n> DA06\r\n> 147", page)).text == "153"


def test_what_a_page_quotes_is_not_the_senders_own() -> None:
    page = (
        "<div>153</div><div class=gmail_quote>On Tue, 20 Oct 2015 at 14:06, C &lt;c@example.org&gt; wrote:<br>"
        "<blockquote class=gmail_quote><p>1. DA06 Referrals (Q1: 147)</p></blockquote></div>"
    )
    assert opened(letter("Content-Type: text/html", body=page)).text == "153"


def test_answers_within_a_quoted_page_keep_their_codes() -> None:
    page = "<blockquote type=cite>DA06 Referrals</blockquote>153<blockquote type=cite>DA07 Repeats</blockquote>12"
    assert opened(letter("Content-Type: text/html", body=page)).text == "DA06: 153\nDA07: 12"


def test_an_indented_paragraph_is_not_a_quotation() -> None:
    page = '<p>Ours:</p><blockquote style="margin: 0 0 0 40px; border: none">DA06 153</blockquote>'
    assert opened(letter("Content-Type: text/html", body=page)).text == "Ours:\n\nDA06 153"


def test_hidden_and_struck_words_are_left_out_and_footnotes_stay_apart() -> None:
    page = "<p>DA06 <s>19%</s> 28.8%<sup>2</sup><span style='display: none'>DA07 1</span> on the 1<sup>st</sup></p>"
    assert opened(letter("Content-Type: text/html", body=page)).text == "DA06 28.8% [2] on the 1st"


def test_texts_around_a_file_are_all_read() -> None:
    raw = multipart(part(body="DA06 153"), part("Content-Type: image/png", body="x"), part(body="DA07 91%"))
    assert opened(raw).body == "DA06 153\n\nDA07 91%"


@pytest.mark.parametrize(
    ("content_type", "coded"),
    [
        ("text/plain; charset=utf-8", b"\xa35 and caf\xe9"),
        ("text/plain; charset=iso-8859-1", "£5 and café".encode()),
        ("text/plain; charset=us-ascii", b"\xa35 and caf\xe9"),
        ("text/plain; charset=nonsense", "£5 and café".encode()),
        ("text/plain; charset=unicode_escape", "£5 and café".encode()),
        ("text/plain; charset=utf-16", "£5 and café".encode("utf-16")),
        ("text/plain; charset*=''%00", "£5 and café".encode()),
        ("text/plain", "£5 and café".encode()),
        ("nonsense", "£5 and café".encode()),
    ],
)
def test_a_wrong_character_set_costs_nothing(content_type: str, coded: bytes) -> None:
    assert (
        opened(letter(f"Content-Type: {content_type}", "Content-Transfer-Encoding: 8bit", body=coded)).body
        == "£5 and café"
    )


def test_flowed_lines_are_joined_and_quotes_are_not() -> None:
    body = "DA06 15 \r\nof 52\r\n> quoted \r\nDA07 12\r\n"
    raw = letter("Content-Type: text/plain; format=flowed", body=body)
    assert opened(raw).text == "DA06 15 of 52\nDA07 12"


def test_a_reply_with_only_a_quote_says_nothing_and_a_forward_keeps_its_words() -> None:
    body = "From: C\r\nSent: Tuesday\r\nTo: O\r\nSubject: Q2\r\n\r\nDA06 147\r\n"
    assert opened(letter("Subject: RE: Q2", body=body)).text == ""
    assert opened(letter("Subject: FW: Q2", body=body)).text == "DA06 147"


# --- attachments ------------------------------------------------------------------------------------------------------


def test_files_are_kept_with_their_bytes_and_not_read_as_text() -> None:
    raw = multipart(
        part("Content-Type: text/plain", body="See attached"),
        part("Content-Type: text/csv; name=r.csv", body="DA06,153"),
        part("Content-Type: text/plain", 'Content-Disposition: attachment; filename="notes.txt"', body="DA07 91%"),
    )
    mail = opened(raw)
    assert mail.body == "See attached"
    assert [(a.name, a.content_type, a.content) for a in mail.attachments] == [
        ("r.csv", "text/csv", b"DA06,153"),
        ("notes.txt", "text/plain", b"DA07 91%"),
    ]


@pytest.mark.parametrize(
    ("parameter", "name"),
    [
        ('filename="../../etc/passwd"', "passwd"),
        ('filename="C:\\\\docs\\\\return q2.xlsx"', "return q2.xlsx"),
        ("filename*=utf-8''caf%C3%A9%0d%0aBcc.xlsx", "café Bcc.xlsx"),
        ('filename="=?utf-8?q?caf=C3=A9=2Fx.xlsx?="', "x.xlsx"),
        ('filename="\u202exslx.exe"', "xslx.exe"),
        ('filename=".."', "unnamed"),
        ("filename*=nonsense''%ff", "ÿ"),
        ("filename*0*=utf-8''a%2F; filename*1=b.xlsx", "b.xlsx"),
        (f"filename*{'9' * 5000}*=x", "unnamed"),
    ],
)
def test_the_name_of_a_file_is_plain_text_and_no_path(parameter: str, name: str) -> None:
    raw = multipart(part("Content-Type: application/x-any", f"Content-Disposition: attachment; {parameter}", body="x"))
    assert opened(raw).attachments[0].name == name


def test_a_long_name_keeps_its_ending() -> None:
    raw = multipart(part(f"Content-Type: application/x-any; name={'n' * 500}.xlsx", body="x"))
    name = opened(raw).attachments[0].name
    assert len(name) == 120
    assert name.endswith(".xlsx")


def test_a_message_attached_to_a_message_is_a_file() -> None:
    raw = multipart(part(body="See attached"), part("Content-Type: message/rfc822", body=letter(body="DA07 1")))
    mail = opened(raw)
    assert mail.body == "See attached"
    assert b"DA07 1" in mail.attachments[0].content


def test_a_file_that_arrived_damaged_is_named() -> None:
    coded = part(
        "Content-Type: application/x-any; name=r.xlsx", "Content-Transfer-Encoding: base64", body="QUJ*DRA=====x"
    )
    assert any("r.xlsx" in defect for defect in opened(multipart(coded)).defects)


def test_an_encrypted_mail_is_named() -> None:
    sealed = opened(letter("Content-Type: application/pkcs7-mime; name=smime.p7m", body="x"))
    assert "encrypted" in sealed.defects[0]


# --- limits and hostile mail ------------------------------------------------------------------------------------------


def test_a_mail_over_the_size_limit_is_refused_and_says_who_sent_it() -> None:
    answer = refused(letter("Subject: Q2"), size=30 * 1024 * 1024, cut=True)
    assert (answer.code, answer.senders, answer.message_id) == (
        "too_big",
        ("officer@example.org",),
        "<one@example.org>",
    )
    assert answer.subject == "Q2"
    assert "30 MB" in answer.words


@pytest.mark.parametrize(
    "header",
    [
        f"Subject: {'x' * 200_000}",
        "Subject: " + "=?utf-8?q?x?= " * 15_000,
        "Subject: " + "a\r\n " * 50_000 + "z",
        "Content-Type: text/plain" + "; a=b" * 80_000,
        "Content-Type: text/plain; a=" + '"' * 400_000,
        "To: " + "(" * 10_000,
        "\r\n".join(f"X-{n}: {'y' * 1000}" for n in range(100)),
    ],
)
def test_headers_over_the_limits_are_refused_and_say_who_sent_them(header: str) -> None:
    answer = refused(letter(header, "Auto-Submitted: auto-replied"))
    assert (answer.code, answer.senders, answer.machine) == ("broken", ("officer@example.org",), Machine.AUTO_REPLY)


def test_a_from_over_the_limit_names_nobody() -> None:
    assert refused(letter(sender="From: " + "(" * 200_000 + "alice@example.org")).senders == ()


def test_a_bomb_of_brackets_below_the_limit_is_harmless() -> None:
    assert opened(letter("To: " + "(" * 8000, "Cc: " + "<" * 8000)).senders == ("officer@example.org",)
    assert opened(letter(sender="From: " + "(" * 8000)).senders == ()


def nested(depth: int) -> bytes:
    lines = [f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}' for n in range(depth)]
    return letter("MIME-Version: 1.0", lines[0], body="\r\n".join([*lines[1:], "", "DA06 1"]))


def test_a_thousand_nested_parts_are_refused() -> None:
    assert refused(nested(1000)).code == "too_deep"


def test_a_thousand_nested_messages_are_refused() -> None:
    body = b"Content-Type: message/rfc822\r\n\r\n" * 1000
    assert refused(letter("Content-Type: message/rfc822", body=body)).code == "too_deep"


def test_nesting_below_the_limit_is_opened() -> None:
    assert isinstance(opened(nested(15)), Opened)


def test_a_thousand_parts_are_refused() -> None:
    assert refused(multipart(*[part(body="x")] * 1000)).code == "too_many_parts"


def test_a_hundred_parts_are_opened() -> None:
    assert len(opened(multipart(*[part("Content-Type: image/png", body="x")] * 100)).attachments) == 100


@pytest.mark.parametrize(
    "boundary",
    ['boundary="edge"', "boundary=edge", "boundary*=utf-8''edge", "boundary*0=ed; boundary*1=ge", "BOUNDARY = edge"],
)
def test_a_long_header_of_a_part_is_refused_however_the_boundary_is_written(boundary: str) -> None:
    bad = part("Content-Type: text/plain" + "; a=b" * 80_000, body="x")
    raw = letter(f"Content-Type: multipart/mixed; {boundary}", body=b"--edge\r\n" + bad + b"\r\n--edge--")
    assert refused(raw).code == "broken"


def test_lines_of_dashes_in_a_text_are_not_parts() -> None:
    assert opened(multipart(part(body="--\r\n-----\r\n" * 500 + "DA06 1"))).text.endswith("DA06 1")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00" * 1000,
        bytes(range(256)) * 100,
        b"\r\n" * 1000,
        b": \r\n" * 100,
        b"From: a@example.org",
        b"\xa3\xe9" * 5000,
        letter(body=b"\x00DA06 153\x00"),
        letter("Content-Type: multipart/mixed; boundary=", body="x"),
        letter("Content-Type: multipart/mixed", body="x"),
        letter("Content-Type: multipart/mixed; boundary=never", body="x"),
        letter("Content-Type: multipart/alternative; boundary=e", body="--e\r\n--e\r\n--e--\r\n--e"),
        letter("Content-Transfer-Encoding: base64", body="!!!! not base64 ===="),
        letter("Content-Transfer-Encoding: x-uuencode", body="begin 644 x\n!!!!\nend"),
        letter("Content-Transfer-Encoding: quoted-printable", body="=ZZ=\r\n=="),
        letter("Content-Type: text/html", body="<table>" * 3000),
        letter("Content-Type: text/html", body="<" * 100_000),
        letter("Content-Type: message/rfc822", body="\xff\xfe"),
        letter("Content-Type: message/delivery-status", body="a: b\r\n\r\n" * 500),
        letter("Content-Type: ;;;=;", "Content-Disposition: ;;=;*0*=''", body="x"),
    ],
)
def test_garbage_is_opened_or_refused_and_never_an_exception(raw: bytes) -> None:
    result = open_mail(raw, len(raw), False)
    assert isinstance(result, Opened | Refusal)


def test_nearly_a_megabyte_on_one_line_is_opened() -> None:
    started = time.process_time()
    assert len(opened(letter(body="DA06 " + "1" * 900_000)).text) == 900_005
    assert time.process_time() - started < 3


def test_a_mail_as_the_standard_library_writes_it_is_opened() -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "Officer <officer@example.org>", "Q2 café"
    message.set_content("DA06 153\n")
    message.add_alternative("<p>DA06 153</p>", subtype="html")
    message.add_attachment(b"\x00PK", maintype="application", subtype="octet-stream", filename="réturn.xlsx")
    mail = opened(message.as_bytes())
    assert (mail.subject, mail.text, mail.attachments[0].name) == ("Q2 café", "DA06 153", "réturn.xlsx")
    assert (mail.message_id, mail.sent_at, mail.defects) == (None, None, ())


def test_a_refusal_after_the_guard_says_what_the_headers_say() -> None:
    answer = refuse_mail(letter("Subject: Q2"), "too_slow", "It took too long.")
    assert (answer.senders, answer.subject, answer.code) == (("officer@example.org",), "Q2", "too_slow")


# --- files given to the collector -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw",
    ["£5 DA06\r\n".encode(), "£5 DA06\n".encode("utf-8-sig"), "£5 DA06\n".encode("cp1252"), "£5 DA06".encode("utf-16")],
)
def test_a_text_file_is_read_in_the_usual_character_sets(raw: bytes) -> None:
    text = open_text(raw)
    assert (text.text, text.senders, text.message_id, text.sent_at) == ("£5 DA06", (), None, None)


def test_a_text_file_with_nul_and_garbage_is_read() -> None:
    assert "DA06" in open_text(b"\x00DA06\x00\x81\xff").text


def test_only_saved_mail_looks_like_mail() -> None:
    assert looks_like_mail(letter())
    assert looks_like_mail(b"From x Tue Oct 20\r\nReceived: y\r\nFrom: a@example.org\r\n\r\n")
    assert not looks_like_mail(b"DA06 153\n")
    assert not looks_like_mail(b"From: 1 July\nTo: 30 September\nDA06: 153\n")
    assert not looks_like_mail(b"")


def test_a_file_over_the_size_limit_is_refused() -> None:
    answer = open_file(b"DA06 153", 26 * 1024 * 1024, False)
    assert isinstance(answer, Refusal)
    assert answer.code == "too_big"

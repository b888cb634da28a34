"""What our letters look like: golden files beside this one. UPDATE_GOLDEN=1 writes them anew."""

import os
import re
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from bot.mail.letters import Letters
from collector.messages import Message, Receipt, RecordedLine, Sheet
from tests.bot.mail.samples import RECEIPT, SAMPLES, TOKEN, reminder, row

GOLDEN = Path(__file__).parent / "golden"


def repr_of(sheet: Sheet) -> bytes:
    """The workbook has tests of its own."""
    return repr(sheet).encode()


LETTERS = Letters("returns@medway.example.org", "Medway Community Safety Partnership", repr_of)
FORBIDDEN = ("please", "sorry", "oops", "invalid", "illegal", "forbidden", "error code", "you forgot", "null", "n/a")
HOSTILE = (
    "<script>alert(1)</script>",
    "all well\r\nBcc: mallory@evil.example.org\r\n\r\nReply 1 for: 99%",
    "fine\nReply 1 for: nothing at all\nSTILL OWED\nNo further figures.",
    '=cmd|"/c calc"!A1',
    "”} {{ 7 * 7 }} {% raw %} \u202egnihtyreve\u202c \u2028Bcc: mallory@evil.example.org",
    "\ud83d lone surrogate \x00 \x1b[31mred",
)


def rendered(message: Message, answering: str | None = None) -> bytes:
    return LETTERS.render(row(message, answering), "Youth Offending Team Manager", "yot@council.example.org")


def parsed(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def part(message: EmailMessage, subtype: str) -> str:
    body = message.get_body((subtype,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def compare(name: str, content: bytes) -> None:
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_bytes(content)
    assert path.read_bytes() == content, f"{name} differs; if that is meant, run with UPDATE_GOLDEN=1"


@pytest.mark.parametrize("name", SAMPLES)
def test_a_letter_reads_as_its_golden_files_say(name: str) -> None:
    preview = LETTERS.preview(SAMPLES[name], "3F9A1C")
    compare(f"{name}.txt", f"Subject: {preview.subject}\n\n{preview.text}".encode())
    compare(f"{name}.html", preview.html.encode())


@pytest.mark.parametrize("name", ["reminder-before", "receipt"])
def test_a_mail_has_the_bytes_its_golden_file_holds(name: str) -> None:
    compare(f"{name}.eml", rendered(SAMPLES[name], "<return-1@council.example.org>"))


def test_no_golden_file_is_left_over() -> None:
    known = {f"{name}.{kind}" for name in SAMPLES for kind in ("txt", "html")}
    assert {path.name for path in GOLDEN.iterdir()} == known | {"reminder-before.eml", "receipt.eml"}


@pytest.mark.parametrize("path", sorted(GOLDEN.iterdir()), ids=lambda path: path.name)
def test_no_letter_holds_a_word_that_blames_or_puzzles(path: Path) -> None:
    text = path.read_text(encoding="utf-8").lower()
    assert [word for word in FORBIDDEN if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)] == []


def test_the_same_message_gives_the_same_bytes() -> None:
    again = Letters("returns@medway.example.org", "Medway Community Safety Partnership", repr_of)
    first = again.render(row(RECEIPT), "Youth Offending Team Manager", "yot@council.example.org")
    assert first == rendered(RECEIPT)


def test_a_covering_sentence_opens_the_letter_and_is_no_markup() -> None:
    text, page = LETTERS.preview(RECEIPT, cover="A <b>new</b> way\nof collecting.")[1:3]
    assert text.startswith("A <b>new</b> way of collecting.\n\n")
    assert "A &lt;b&gt;new&lt;/b&gt; way of collecting." in page


def test_headers_say_who_when_and_in_answer_to_what() -> None:
    references = ("<first@council.example.org>", "<return-1@council.example.org>")
    raw = LETTERS.render(
        row(RECEIPT, "<return-1@council.example.org>", references), "Youth Manager", "yot@council.example.org"
    )
    mail = parsed(raw)
    assert mail["From"] == "Medway Community Safety Partnership <returns@medway.example.org>"
    assert mail["To"] == "Youth Manager <yot@council.example.org>"
    assert mail["Reply-To"] == "returns@medway.example.org"
    assert mail["Message-ID"] == f"<{TOKEN}@medway.example.org>"
    assert mail["In-Reply-To"] == "<return-1@council.example.org>"
    assert mail["References"] == " ".join(references)
    assert mail["Date"] == "Tue, 20 Oct 2015 14:06:30 +0100"
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail.get_content_type() == "multipart/alternative"


def test_what_nobody_asked_for_is_auto_generated() -> None:
    assert parsed(rendered(reminder(3)))["Auto-Submitted"] == "auto-generated"


def test_the_words_are_the_same_in_bytes_and_preview() -> None:
    mail = parsed(rendered(RECEIPT))
    preview = LETTERS.preview(RECEIPT)
    assert mail["Subject"] == preview.subject
    assert part(mail, "plain").rstrip() == preview.text.rstrip()
    assert part(mail, "html").rstrip() == preview.html.rstrip()


def test_a_line_fits_what_every_mail_server_takes() -> None:
    assert max(map(len, rendered(RECEIPT).split(b"\r\n"))) <= 100
    assert b"\n" not in rendered(RECEIPT).replace(b"\r\n", b"")


@pytest.mark.parametrize(
    ("days_left", "opening", "words"),
    [
        (14, True, "4 figures due 5pm Fri 23 Oct [3F9A1C]"),
        (3, False, "4 figures due in 3 working days, 5pm Fri 23 Oct [3F9A1C]"),
        (1, False, "4 figures due in 1 working day, 5pm Fri 23 Oct [3F9A1C]"),
        (0, False, "4 figures due today, 5pm Fri 23 Oct [3F9A1C]"),
        (-1, False, "4 figures overdue since 5pm Fri 23 Oct [3F9A1C]"),
    ],
)
def test_a_reminders_subject_names_quarter_count_and_limit(days_left: int, opening: bool, words: str) -> None:
    subject = LETTERS.preview(reminder(days_left, opening), "3F9A1C").subject
    assert subject == f"Q2 2015-16 (Jul to Sep 2015): {words}"


def test_a_receipt_without_figures_says_in_its_subject_that_it_asks() -> None:
    subject = LETTERS.preview(SAMPLES["receipt-question"]).subject
    assert subject == "Q2 2015-16 (Jul to Sep 2015): 1 question about your return [R-4M7PQ2]"


def test_a_reminder_holds_no_figure_that_could_be_read_as_an_answer() -> None:
    how = LETTERS.preview(SAMPLES["reminder-overdue"]).text.partition("HOW TO ANSWER")[2].partition("-----")[0]
    assert re.findall(r"(?<![A-Z])\d", re.sub(r"[A-Z]+\d+", "", how)) == []


def hostile(words: str) -> Receipt:
    line = RecordedLine("RO01", words, words, words, words, words, note=words)
    question = replace(RECEIPT.questions[0], title=words, quoted=words, reasons=(words,))
    owed = replace(RECEIPT.still_owed[0], title=words, hint=words, last=words, target=words)
    return replace(RECEIPT, to=words, recorded=(line,), questions=(question,), notes=(words,), still_owed=(owed,))


@pytest.mark.parametrize("words", HOSTILE)
def test_text_from_people_never_becomes_a_header_a_line_or_an_element(words: str) -> None:
    tame = parsed(LETTERS.render(row(hostile("all well")), "all well", "yot@council.example.org"))
    wild = parsed(LETTERS.render(row(hostile(words), words, (words,)), words, "yot@council.example.org"))
    assert [name for name, _ in wild.items() if name != "In-Reply-To"] == tame.keys()
    assert wild["Bcc"] is None
    assert len(part(wild, "plain").splitlines()) == len(part(tame, "plain").splitlines())
    assert re.findall(r"<\w+", part(wild, "html")) == re.findall(r"<\w+", part(tame, "html"))


def test_a_reply_number_in_a_note_does_not_begin_a_line() -> None:
    text = LETTERS.preview(hostile("fine\nReply 1 for: nothing")).text
    assert [line for line in text.splitlines() if line.strip().startswith("Reply 1")] == []


def test_quotation_marks_can_not_be_closed_from_inside() -> None:
    text = LETTERS.preview(hostile("well” Recorded. “")).text
    assert "Your words: “well' Recorded. '”" in text


def test_very_long_words_are_cut_and_a_thread_stays_short() -> None:
    message = hostile("word " * 40_000)
    references = tuple(f"<{number}@council.example.org>" for number in range(500))
    raw = LETTERS.render(row(message, "<x@council.example.org>", references), "Chair", "chair@council.example.org")
    assert len(raw) < 150_000
    assert str(parsed(raw)["References"]).split()[0] == "<0@council.example.org>"
    assert str(parsed(raw)["References"]).count("@") == 20


def test_an_id_that_is_no_message_id_is_left_out() -> None:
    mail = parsed(rendered(RECEIPT, "<a@b>\r\nBcc: x@evil.example.org"))
    assert mail["In-Reply-To"] is None
    assert mail["References"] is None


def test_a_long_message_id_is_kept_letter_for_letter() -> None:
    long_id = f"<{'L0' * 60}@outlook.example.org>"
    assert f"In-Reply-To: {long_id}\r\n".encode() in rendered(RECEIPT, long_id)


def test_titles_with_accents_and_commas_stay_titles() -> None:
    raw = LETTERS.render(row(RECEIPT), "Crèche Lead, Kent", "lead@council.example.org")
    assert parsed(raw)["To"].addresses[0].addr_spec == "lead@council.example.org"
    assert parsed(raw)["To"].addresses[0].display_name == "Crèche Lead, Kent"


def test_an_address_can_not_add_another() -> None:
    raw = LETTERS.render(row(RECEIPT), "Chair", "chair@council.example.org>, <mallory@evil.example.org\r\nBcc: x")
    assert len(parsed(raw)["To"].addresses) == 1
    assert parsed(raw)["Bcc"] is None

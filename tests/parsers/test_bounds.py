"""Bombs: what would take long is read up to a bound, and its sender is told."""

import pytest

from collector.domain.submission import Opened
from parsers.bounds import LONGEST_TEXT, MOST_LINES, Room, bounded_text
from parsers.mime import open_mail
from tests.parsers.letters_by_hand import letter, multipart, part

TWO_MEGABYTES = 2_000_000


def full_of(piece: bytes) -> bytes:
    return (piece * (TWO_MEGABYTES // len(piece) + 1))[:TWO_MEGABYTES]


def opened(raw: bytes) -> Opened:
    result = open_mail(raw, len(raw), False)
    assert isinstance(result, Opened), result
    return result


BOMBS = {
    "paragraphs": letter("Content-Type: text/html", body=full_of(b"<p>1")),
    "breaks": letter("Content-Type: text/html", body=full_of(b"<br>")),
    "rows": letter("Content-Type: text/html", body=b"<table>" + full_of(b"<tr><td>1</td><td>2</td></tr>")),
    "quote marks": letter(body=full_of(b">\n")),
    "dashes": letter(body=full_of(b"-- \n")),
    "torn lines": letter(body=full_of(b"1\x81\n")),
    "headings": letter(body=full_of(b"From: a@b\n")),
    "introductions": letter(body=full_of(b"On 12:30\n")),
    "two versions": multipart(
        part("Content-Type: text/plain", body=full_of(b"1 ")),
        part("Content-Type: text/html", body=full_of(b"<p>1")),
        kind="alternative",
    ),
    "many parts": multipart(*[part("Content-Type: text/html", body=full_of(b"<p>1")[:100_000])] * 60),
}


@pytest.mark.parametrize("name", BOMBS)
def test_of_a_bomb_only_the_beginning_is_read_and_its_sender_is_told(name: str) -> None:
    mail = opened(BOMBS[name])
    assert any("very long" in words for words in mail.defects)
    assert len(mail.body) <= LONGEST_TEXT
    assert mail.body.count("\n") <= 2 * MOST_LINES


def test_what_is_read_of_a_long_text_ends_with_a_whole_line() -> None:
    text = "DA06 153\n" * (MOST_LINES + 10)
    kept, told = bounded_text(text)
    assert kept.split("\n") == ["DA06 153"] * MOST_LINES
    assert "very long" in told[0]
    assert bounded_text("DA06 153") == ("DA06 153", ())


def test_all_parts_of_a_message_share_one_bound() -> None:
    room = Room(characters=20, page=20, tags=3)
    assert room.for_text("DA06 153\nDA07 9") == ("DA06 153\nDA07 9", ())
    assert room.for_text("DA08 17\nDA09 5")[0] == "DA08"
    assert room.for_page("<p>1<p>2") == ("<p>1<p>2", ())
    assert room.for_page("<p>3<p>4")[0] == "<p>3"

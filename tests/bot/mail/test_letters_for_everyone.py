"""Letters that everybody can read: on a small screen, in dark mode, with a screen reader."""

import re
from email import message_from_bytes, policy
from itertools import pairwise
from pathlib import Path

import pytest

from bot.mail import letters
from tests.bot.mail.samples import SAMPLES, row
from tests.bot.mail.test_letters import LETTERS, hostile

CSS = (Path(letters.__file__).parent / "templates" / "letter.css").read_text(encoding="utf-8")
LIGHT, _, DARK = CSS.partition("@media (prefers-color-scheme: dark)")
#: What the texts of a letter may stand on.
GROUNDS = {"light": ("#ffffff", "#f3f7fa", "#f3f5f7"), "dark": ("#171d23", "#212a32")}


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def rules(css: str) -> list[tuple[str, dict[str, str]]]:
    found = re.findall(r"([^{}]+)\{([^{}]*)\}", css)
    return [
        (name.strip(), dict(re.findall(r"([a-z-]+):\s*([^;!]+?)\s*(?:!important)?;", body))) for name, body in found
    ]


@pytest.mark.parametrize(("scheme", "css"), [("light", LIGHT), ("dark", DARK)])
def test_every_text_stands_out_from_what_it_stands_on(scheme: str, css: str) -> None:
    for name, said in rules(css):
        colour = said.get("color", "")
        own = said.get("background", "")
        for ground in (own,) if own.startswith("#") else GROUNDS[scheme]:
            assert not colour.startswith("#") or contrast(colour, ground) >= 4.5, (scheme, name, colour, ground)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_letter_names_its_language_has_one_title_and_skips_no_heading(name: str) -> None:
    html = LETTERS.preview(SAMPLES[name], "3F9A1C").html
    levels = [int(level) for level in re.findall(r"<h([1-6])", html)]
    assert '<html lang="en-GB">' in html
    assert levels[:1] == [1]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_table_is_for_layout_or_a_picture_or_its_headings_say_what_they_head(name: str) -> None:
    html = LETTERS.preview(SAMPLES[name], "3F9A1C").html
    for table in re.findall(r"<table[^>]*>", html):
        assert 'role="presentation"' in table or 'role="img"' in table or 'class="counts"' in table
    assert all("scope=" in heading for heading in re.findall(r"<th\b[^>]*>", html))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_letter_fetches_nothing_and_says_in_words_what_a_picture_shows(name: str) -> None:
    seen = LETTERS.preview(SAMPLES[name], "3F9A1C")
    assert not re.search(r"<link|<script|url\(|https?://", seen.html)
    shown = re.findall(r'<img src="cid:([^"]+)"[^>]* alt="([^"]+)"', seen.html)
    assert len(shown) == seen.html.count("<img") == seen.html.count("src=")
    assert [cid for cid, _ in shown] == [picture.cid for picture in seen.pictures]
    for _, words in shown:
        title, _, told = words.partition(": ")
        assert told in seen.text
        assert f"<strong>{title}</strong>" in seen.html


def test_a_chart_goes_along_with_the_digest_and_the_plain_text_stays_the_first_alternative() -> None:
    raw = LETTERS.render(row(SAMPLES["digest"]), "Chair of the Partnership", "chair@council.example.org")
    mail = message_from_bytes(raw, policy=policy.default)
    assert not mail.defects
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
        "image/png",
    ]
    charts = [part for part in mail.walk() if part.get_content_type() == "image/png"]
    assert all(part.get_content().startswith(b"\x89PNG") and len(part.get_content()) < 8_000 for part in charts)
    assert [part["Content-ID"] for part in charts] == ["<chart-1@medway.example.org>", "<chart-2@medway.example.org>"]
    assert raw == LETTERS.render(row(SAMPLES["digest"]), "Chair of the Partnership", "chair@council.example.org")


def test_a_page_that_is_looked_at_by_itself_holds_its_charts() -> None:
    page = LETTERS.preview(SAMPLES["digest"]).page
    assert "cid:" not in page
    assert page.count("data:image/png;base64,") == 2


def test_a_word_as_long_as_a_line_is_wrapped_on_a_small_screen() -> None:
    html = LETTERS.preview(hostile("w" * 400)).html
    card = re.search(r'<table[^>]*class="card"[^>]*>', html)
    assert card is not None
    assert "overflow-wrap:anywhere" in card[0].replace(" ", "")
    assert "table-layout:fixed" in card[0].replace(" ", "")

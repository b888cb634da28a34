"""Mails damaged on their way, many thousand kinds of it: always a reading, a question or a plain reason."""

import base64
import quopri
import re
from dataclasses import replace

import pytest

from collector.domain.period import Quarter
from collector.domain.submission import Asked, Opened, Reading, ReadingTask, Refusal
from parsers.figures import TextReader
from parsers.guard import GuardedOpener
from parsers.mime import open_mail
from tests.support.damage import damaged, well_formed

Q2 = Quarter(2015, 2)
TASK = ReadingTask(
    str(Q2),
    Q2.span,
    (
        Asked(1, "DA06", "Number of clients referred for IDVA support", "count"),
        Asked(2, "DA07", "Percentage of clients where risk is reduced", "percent"),
    ),
)
RIGHT = {"DA06": "153", "DA07": "91"}
EACH = 250


def reading(mail: Opened) -> Reading:
    return TextReader().read(mail.text, replace(TASK, subject=mail.subject))


def said_in(raw: bytes) -> str:
    """Everything that a mail's bytes may say, each run of base64 and quoted-printable undone as well."""
    runs = re.findall(rb"(?:[A-Za-z0-9+/]{4,}={0,2}[\r\n]{0,4})+", raw)
    undone = [base64.b64decode(b"".join(run.split()) + b"==") for run in runs if len(b"".join(run.split())) % 4 != 1]
    return b"\n".join([raw, quopri.decodestring(raw), *undone]).decode("latin-1")


def really_says(raw: bytes, value: str) -> bool:
    """Whether the damaged mail has this number, whole, somewhere in its text."""
    return bool(
        re.search(rf"(?<![0-9.,\x80-\xff\x00-\x08]){re.escape(value)}(?![0-9\x80-\xff\x00-\x08])", said_in(raw))
    )


@pytest.mark.parametrize("name", well_formed())
def test_the_mails_say_what_they_should_before_anything_happens_to_them(name: str) -> None:
    mail = open_mail(raw := well_formed()[name], len(raw), False)
    assert isinstance(mail, Opened)
    assert {item.code: str(item.candidates[0].value) for item in reading(mail).items if item.certain} == RIGHT


@pytest.mark.parametrize("name", well_formed())
def test_a_damaged_mail_never_gives_a_figure_that_its_text_does_not_say(name: str) -> None:
    for done, raw in damaged(well_formed()[name], seed=len(name), count=EACH):
        mail = open_mail(raw, len(raw), False)
        if isinstance(mail, Refusal):
            assert mail.words, done
            continue
        for item in reading(mail).items:
            value = str(item.candidates[0].value) if item.certain and item.candidates[0].value is not None else ""
            assert not value or value == RIGHT[item.code] or really_says(raw, value), (done, item, raw)


@pytest.mark.parametrize("name", ["alternative", "with a file"])
def test_a_damaged_mail_is_opened_the_same_in_a_child_under_limits(name: str) -> None:
    opener = GuardedOpener()
    for _, raw in damaged(well_formed()[name], seed=7, count=5):
        assert opener.open("mail", raw, len(raw), False) == open_mail(raw, len(raw), False)

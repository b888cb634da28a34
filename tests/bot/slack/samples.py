"""Forms as the rules make them; the messages are those of the letters."""

from dataclasses import replace

from bot.slack.doubt_view import doubt_view
from bot.slack.home_view import refusal_home
from bot.slack.modals import HAND_OVER, NO_CHANGE_ASKED, NOT_AVAILABLE, NOTHING, answer_view, words_view
from bot.slack.view import form_view, metadata_of, refusal_view
from collector.desk import Doubt
from collector.domain.submission import FormValue
from collector.messages import Sheet, SheetRow
from tests.bot.mail.samples import DUE, Q2

_ORIGIN = "slack:T01:D01:1445346390.000100"
_KINDS = (NOT_AVAILABLE, NOTHING, NO_CHANGE_ASKED, HAND_OVER)
STATUSES = (
    "Provisional",
    "Not available yet",
    "Awaiting release approval",
    "Nothing to report",
    "Not applicable",
    "No longer collected",
)
ROWS = (
    SheetRow(1, "RO01", "First-time entrants to the youth justice system", "per 100,000", "Below 450", ("383", "402")),
    SheetRow(
        2,
        "RO04",
        "Re-offending by young people within 6 months",
        "per cent, with its counts",
        "Below 50%",
        ("43%", ""),
        FormValue("RO04", "28.8", "15", "52", comment="I read the wrong line of the sheet.\nNow it is right."),
    ),
    SheetRow(
        3,
        "RO03",
        "Young people in suitable accommodation",
        "per cent, with its counts",
        "95%",
        ("", ""),
        FormValue("RO03", status="Not available yet", expected="2015-12-01", comment="housing reports twice a year"),
    ),
    SheetRow(4, "SA07", "Hospital alcohol project", "a sentence on progress", "Launched & evaluated", ("", "")),
)


def sheet(rows: tuple[SheetRow, ...] = ROWS, statuses: tuple[str, ...] = STATUSES) -> Sheet:
    """A return to be filled in."""
    return Sheet(
        partnership="medway",
        partnership_name="Medway Community Safety Partnership",
        period=Q2,
        person="yot",
        to="Youth Offending Team Manager",
        due=DUE,
        mailbox="returns@medway.example.org",
        earlier=("Q1", "Q4 2014-15"),
        rows=rows,
        statuses=statuses,
    )


def modals() -> dict[str, dict[str, object]]:
    """Every modal but the return itself, as it is shown."""
    unchanged = replace(sheet().rows[3], unchanged="On track: the project was booked.")
    form = replace(sheet(), rows=(*sheet().rows[:3], unchanged))
    people = ["Medway Commander", "Director of Public Health"]
    small = {f"modal-{kind}": answer_view(kind, form, people, _ORIGIN) for kind in _KINDS}
    told = ("RO01 is not on your list any more, so what you had put in for it (383) was left out.",)
    doubts = [
        Doubt("RO01", "First-time entrants", "900", ("You gave 900, which is more than twice the last figure (383).",)),
        Doubt("RO04", "Re-offending", "28.8% (15 of 52)", ("The denominator was 47 in Q1 and is 52 now.",)),
    ]
    return {
        **{name: view for name, view in small.items() if view is not None},
        "modal-why": words_view(
            "Send back", "Why RO04 goes back. It is kept.", "Why", "send back RO04: {why}", _ORIGIN
        ),
        "modal-no": refusal_view("You are not on the list of people who send returns, so nothing was changed."),
        "form-doubts": doubt_view(doubts, metadata_of(sheet(), _ORIGIN), Q2),
        "form-left-out": form_view(replace(form, rows=form.rows[1:2]), _ORIGIN, told=told),
        "home-refused": refusal_home("You are not on the list of people who send returns, so nothing was changed."),
    }

"""Forms as the rules make them; the messages are those of the letters."""

from collector.domain.submission import FormValue
from collector.messages import Sheet, SheetRow
from tests.bot.mail.samples import DUE, Q2

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

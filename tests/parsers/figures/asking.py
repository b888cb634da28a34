"""Shortcuts for asking the reader: one thing or a list of things, for Q2 2015-16 unless a test says otherwise."""

from datetime import date
from decimal import Decimal

from collector.domain.indicator import Basis
from collector.domain.period import Quarter
from collector.domain.submission import Asked, OpenChoice, Reading, ReadingTask, ReadItem
from parsers.figures import TextReader
from parsers.figures.dates import wanted_span

TITLES = {
    "count": "Number of clients referred for specialist support",
    "percent": "Percentage of clients whose risk fell after support",
    "change_percent": "Change in repeat victims of nuisance",
    "change_count": "Change in repeat victims of nuisance",
    "rate_per_100k": "First time entrants to the justice system",
    "GBP": "Compensation paid to victims",
    "days": "Days taken to respond",
    "tonnes": "Waste removed",
    "milestone": "Open the new hub",
    "narrative": "Progress with the hub",
}

LIST = (
    Asked(1, "DA06", "Clients referred for specialist support", "count"),
    Asked(2, "DA07", "Percentage of clients whose risk fell after support", "percent", aliases=("risk reduced",)),
    Asked(3, "DA08", "Repeat referrals to the panel", "percent"),
    Asked(4, "NI111", "First time entrants to youth justice", "rate_per_100k"),
    Asked(5, "SF2", "Littering notices served", "count"),
    Asked(6, "SF15a", "Open the new hub", "milestone"),
)


def read_one(text: str, unit: str = "count", period: str = "2015-16 Q2", basis: Basis = Basis.QUARTER) -> ReadItem:
    """What the reader makes of a reply to one question."""
    asked = Asked(1, "AB12", TITLES[unit], unit, basis)
    task = ReadingTask(period, wanted_span(period), (asked,), sent_on=date(2015, 10, 20))
    items = TextReader().read(text, task).items
    return items[0] if items else ReadItem("AB12", text, (), ("nothing was read",))


def read_list(text: str, choices: tuple[OpenChoice, ...] = (), asked: tuple[Asked, ...] = LIST) -> Reading:
    """What the reader makes of a whole reply."""
    task = ReadingTask("2015-16 Q2", Quarter(2015, 2).span, asked, choices, sent_on=date(2015, 10, 20))
    return TextReader().read(text, task)


def figures(reading: Reading) -> dict[str, Decimal | None]:
    """The certain figures of a reading, by code."""
    return {item.code: item.candidates[0].value for item in reading.items if item.certain}


def asked_about(reading: Reading) -> set[str]:
    """The codes that a reading asks about."""
    return {item.code for item in reading.items if not item.certain}

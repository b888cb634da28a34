"""Reads a file of somebody's own as the service does, for tests of what is found in it."""

from datetime import date
from decimal import Decimal

from collector.document_reading import read_document
from collector.domain.document import Document
from collector.domain.period import Quarter
from collector.domain.submission import Asked, ReadingTask, ReadItem
from parsers.figures import TextReader
from parsers.files import read_file
from parsers.layouts import find_in
from tests.parsers.layouts.books import Rows, book

Q2 = Quarter(2015, 2)


def asked_for(*asked: Asked) -> ReadingTask:
    return ReadingTask(str(Q2), Q2.span, asked, sent_on=date(2015, 10, 14))


TASK = asked_for(
    Asked(1, "DA06", "Number of clients referred for IDVA support", "count", target="at least 340"),
    Asked(2, "DA07", "Percentage of clients where risk is reduced", "percent", target="at least 74%"),
)


def found(name: str, content: bytes, task: ReadingTask = TASK) -> dict[str, ReadItem]:
    document = read_file(name, "", content)
    assert isinstance(document, Document), document
    in_it = find_in(document, task, "Medway Community Safety Partnership")
    return {item.code: item for item in read_document(document, in_it, task, TextReader(), frozenset())}


def of_sheet(rows: Rows, name: str = "Data", task: ReadingTask = TASK) -> dict[str, ReadItem]:
    return found("return.xlsx", book((name, rows)), task)


def value(item: ReadItem) -> Decimal | None:
    assert item.certain, item
    return item.candidates[0].value


def doubts(item: ReadItem) -> str:
    assert not item.certain, item
    return " ".join(item.doubts)

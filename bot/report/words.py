"""What every rendering of the report says in the same words."""

from collector.domain.rag import Rag
from collector.report import Cell, Corrective, Report, Row
from collector.wording import clock, on_day

NOT_SAID = "not said yet"
#: Above what keeps a draft from being final.
MISSING = "This is a draft. What is missing:"
#: Above the counts of each quarter.
BY_COLOUR = "Figures by colour; a split indicator has several figures."


def made_words(report: Report) -> str:
    """When it was made, and for which plan."""
    return f"Plan {report.plan}. As the books stood on {on_day(report.made.date())}, {clock(report.made)}."


def rag_words(rag: Rag | None) -> str:
    """A colour with its sign and word; a figure without one says so."""
    return f"{rag.sign} {rag.word}" if rag else "No colour"


def why_words(cell: Cell) -> str:
    """The arithmetic of a colour without the colour's own word, which stands beside it."""
    return cell.why.removeprefix(f"{cell.rag.word}: ") if cell.rag else cell.why


def commentary_words(cell: Cell) -> str:
    """What was said with a figure; a sender's own words are marked (RULES 27)."""
    return f"Sender's words, unedited: {cell.commentary}" if cell.unedited else cell.commentary


def numbers(notes: tuple[int, ...]) -> str:
    """Footnote numbers: "1, 4"."""
    return ", ".join(map(str, notes))


def notes_of(row: Row, cell: Cell) -> tuple[int, ...]:
    """The footnotes of a cell; those of its row stand with the last one."""
    return (*cell.notes, *(row.notes if cell is row.cells[-1] else ()))


def said(words: str) -> str:
    """A part of a plan, or that nobody has given it."""
    return words or NOT_SAID


def is_planned(action: Corrective) -> bool:
    """Whether anybody has said anything about a Red figure."""
    return any((action.reason, action.action, action.owner, action.by_when))


def chart_words(row: Row) -> str:
    """A trend's alternative text."""
    goal = f" Target: {row.target}." if row.trend.goal is not None else ""
    return f"{row.code}: {row.trend.words}.{goal}"

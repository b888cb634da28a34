"""The report as one HTML page that stands alone: pictures inside, prints on A4, readable on a telephone."""

from pathlib import Path

from markupsafe import Markup

from bot.report import words
from bot.report.picture import AS_TEXT, chart
from bot.templating import environment
from collector.report import Report, Row
from collector.report_trends import short

_TEMPLATES = Path(__file__).parent / "templates"
_HELPERS = (
    short,
    words.chart_words,
    words.commentary_words,
    words.is_planned,
    words.made_words,
    words.notes_of,
    words.rag_words,
    words.said,
    words.why_words,
)


def html_of(report: Report) -> bytes:
    """The page in UTF-8; whatever a person wrote is text in it (promise 7)."""
    made = environment(_TEMPLATES, _HELPERS, html=True)
    made.globals |= {"picture_of": _picture, "MISSING": words.MISSING, "BY_COLOUR": words.BY_COLOUR}
    return made.get_template("report.html.j2").render(report=report).encode()


def _picture(row: Row) -> Markup:
    """A row's trend; `chart` has escaped its words."""
    values = [point.value for point in row.trend.points]
    return Markup(chart(values, row.trend.goal, words.chart_words(row), AS_TEXT)) if values else Markup("")

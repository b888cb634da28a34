"""Done once in the fork server, so that no child has to: importing this reads a small return, as a child will.

The libraries find out much on their first document; every child has what they found.
"""

from datetime import UTC, datetime

from collector.domain.period import Quarter
from collector.messages import Sheet, SheetRow
from parsers import guard
from parsers.workbook import read_attachment, write_workbook

_ROW = SheetRow(1, "A", "A", "", "", ())
_SHEET = Sheet("a", "A", Quarter(2015, 1), "a", "A", datetime(2015, 7, 1, tzinfo=UTC), "", (), (_ROW,), ())

guard.answer_of(read_attachment)(value=read_attachment("a.xlsx", "", write_workbook(_SHEET))).model_dump_json()

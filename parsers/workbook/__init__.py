"""The workbook that goes out with what is owed and comes back filled in: `layout` alone knows what it looks like."""

from parsers.workbook.booklet import write_booklet
from parsers.workbook.definitions import read_definitions
from parsers.workbook.read import read_attachment, read_workbook
from parsers.workbook.write import write_workbook

__all__ = ["read_attachment", "read_definitions", "read_workbook", "write_booklet", "write_workbook"]

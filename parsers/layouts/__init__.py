"""Other people's layouts: their own spreadsheets, separated values and Word tables, in the guard and after it."""

from parsers.layouts.finding import find_in
from parsers.layouts.opening import open_document

__all__ = ["find_in", "open_document"]

"""The rows of a CSV file whose first line names its columns, each held against its shape."""

import csv
import io

from parsers.located_yaml import Findings
from parsers.partnership_file import S, shaped


def rows_of(text: str, shape: type[S], findings: Findings) -> list[tuple[int, S]]:
    """Each row that has the shape, with its line; what is wrong with the others goes to `findings`."""
    columns = tuple(shape.model_fields)
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    rows = []
    try:
        if set(reader.fieldnames or ()) != set(columns):
            findings.add((), f"the first line must name the columns {','.join(columns)}", 1)
            return []
        for cells in reader:
            given = {key: cell for key, cell in cells.items() if cell}
            if None in cells or None in cells.values():
                words = f"there should be {len(columns)} cells; put text with commas in quotes"
                findings.add((), words, reader.line_num)
            elif row := shaped(shape, given, findings, reader.line_num):
                rows.append((reader.line_num, row))
    except csv.Error as error:
        findings.add((), f"this can't be read as CSV ({error})", reader.line_num)
    return rows

"""Somebody's own file, gone through for what they were asked: what it states for each measure, each with its cell."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from collector.domain.document import Document, DocumentTable, FoundInDocument, Stated
from collector.domain.submission import FormValue, ReadingTask
from parsers.figures.frame import Frame
from parsers.layouts.choosing import Chooser, place_words
from parsers.layouts.headings import Role, heading
from parsers.layouts.naming import Names
from parsers.layouts.tables import Spot, spots
from parsers.workbook.texts import quote

_MOST_LEFT = 200
_MOST_OF_A_MEASURE = 8


def find_in(document: Document, task: ReadingTask, partnership: str) -> FoundInDocument:
    """What a document states for what was asked; pure. `partnership` is its name, for files of many places."""
    names = Names(task.asked)
    by_code: dict[str, list[Spot]] = {}
    left: dict[str, None] = {}
    unheaded: list[Stated] = []
    for table in document.tables:
        found = spots(table, names)
        with_caption = [_by_caption(spot, names) for spot in found]
        if not any(spot.named.codes for spot in with_caption):
            unheaded += _without_headings(table, names)
        for spot in with_caption:
            for code in spot.named.codes:
                by_code.setdefault(code, []).append(spot)
            figure = spot.cell is not None and spot.column.heading.role is Role.FIGURE
            if figure and spot.labels and not spot.named.codes and len(left) < _MOST_LEFT:
                left.setdefault(" ".join(spot.labels))
    stated: list[Stated] = []
    for asked in task.asked:
        if asked.code in by_code:
            chooser = Chooser(Frame(asked, task), document.name, place_words(partnership))
            stated += chooser.choose(by_code[asked.code])
    headed = {each.code for each in stated}
    stated += _apart(each for each in unheaded if each.code not in headed)
    told = tuple(replace(each, doubts=tuple(map(_as_sentence, each.doubts))) for each in stated)
    return FoundInDocument(told, tuple(left), document.remarks)


def _as_sentence(doubt: str) -> str:
    """A doubt that begins with a place in a text ("row 2 of the first table") begins like a sentence."""
    return f"R{doubt[1:]}" if doubt.startswith("row ") else doubt


def _apart(stated: Iterable[Stated]) -> list[Stated]:
    """Each thing that is said of a measure once, however often it stands there; more than a few are not read."""
    kept: dict[str, dict[tuple[str, str], Stated]] = {}
    for each in stated:
        of_measure = kept.setdefault(each.code, {})
        if len(of_measure) < _MOST_OF_A_MEASURE:
            of_measure.setdefault((each.value.figure, each.value.comment), each)
    return [each for of_measure in kept.values() for each in of_measure.values()]


def _by_caption(spot: Spot, names: Names) -> Spot:
    """A table with a row for each place, or a column for each month, is about what stands above it."""
    if spot.named.codes:
        return spot
    for caption in spot.captions:
        named = names.of(caption)
        if len(named.codes) == 1 and (spot.place is not None or not spot.labels):
            return replace(spot, named=named)
    return spot


def _without_headings(table: DocumentTable, names: Names) -> Iterator[Stated]:
    """Rows that each say what they are about, below no headings: the words beside a label are what is said of it."""
    for row in table.rows:
        for at, cell in enumerate(row.cells):
            named = names.of(cell.text)
            if not named.codes:
                continue
            rest = [each for each in row.cells[at + 1 :] if not (len(row.cells) > at + 2 and names.of(each.text).codes)]
            if not rest:
                break
            where = table.where(row.number, rest[0].column)
            at_label = f"{where} stands at {quote(cell.text)}, and that may not be what is asked for."
            doubts = () if named.sure and not names.numbers_beyond(cell.text, named.codes) else (at_label,)
            numbers = [each for each in rest if heading(each.text).role is None and any(c.isdigit() for c in each.text)]
            for code in named.codes:
                if len(numbers) == 1 and numbers[0].kind.value in ("n", "p"):
                    where = table.where(row.number, numbers[0].column)
                    words = "\n".join(each.text for each in rest if each is not numbers[0])
                    value = FormValue(code, figure=numbers[0].text, comment=words, where=where)
                else:
                    value = FormValue(code, comment=" | ".join(each.text for each in rest), where=where)
                yield Stated(value, doubts)
            break

"""A workbook that came back, as a form. Pure; a stranger's bytes are read in the guard's child and nowhere else."""

from collections.abc import Callable, Iterator
from math import ceil

from collector.domain.came_back import CameBack
from collector.domain.submission import Form, FormValue, Mark, Refusal
from collector.messages import LAYOUT_VERSION
from parsers.carried import carried
from parsers.workbook.definitions import read_definitions
from parsers.workbook.grid import Grids, load
from parsers.workbook.headings import Columns, find_columns
from parsers.workbook.kinds import Kind, Sort, kind_of
from parsers.workbook.old_format import load_old
from parsers.workbook.opendocument import load_opendocument
from parsers.workbook.package import MOST_BYTES, NEVER_OPENED, look_through
from parsers.workbook.refusals import OR_REPLY, Unfit, not_read, refusal
from parsers.workbook.sent import Sent, from_rows, is_altered, version_of
from parsers.workbook.table import Table
from parsers.workbook.texts import quote, shown_name

#: More are counted and not said: whoever sent this gets one line for them.
_MOST_PROBLEMS = 50


def read_workbook(name: str, content: bytes) -> Form | Refusal:
    """Read a workbook of ours as it came back: what was put in, and what could not be used.

    What was filled in before it went out and came back unchanged is not a statement and is left out. Refusals:
    `password`, `labelled`, `broken`, `altered`, `foreign`, `other_version`, `old_format`, `too_big`, `suspicious`,
    `strict_format`, `too_big_to_read`, `not_read`, `never_read`, `empty`, `packed`, `outlook_only`, `kept_beside`,
    `carried`.
    """
    shown = shown_name(name)
    kind = kind_of(name, "", content)
    if kind.sort not in _LOADERS:
        return _refused(shown, kind, content)
    if len(content) > MOST_BYTES:
        return refusal("too_big", shown, f"{ceil(len(content) / 1024 / 1024):,} MB")
    try:
        grids = _loaded(content, _LOADERS[kind.sort])
        sent = _identified(grids)
    except Unfit as unfit:
        return refusal(unfit.code, shown)
    return _form(shown, sent, grids)


def read_attachment(name: str, content_type: str, content: bytes) -> Form | CameBack | Refusal | None:
    """Read a file that came with a message as a return or as definitions, by what its hidden sheet says it is.

    None for a kind in which nobody sends either (a picture, a card).
    Every other kind of document is refused as `not_read`; it is kept with the message it came in.
    """
    kind = kind_of(name, content_type, content)
    if kind.sort is Sort.NO_RETURN:
        return None
    if kind.sort not in _LOADERS:
        return _refused(shown_name(name), kind, content)
    read = read_workbook(name, content)
    if isinstance(read, Form) or read.code != "foreign" or kind.sort is not Sort.WORKBOOK:
        return read
    definitions = read_definitions(name, content)
    return read if isinstance(definitions, Refusal) and definitions.code == "foreign" else definitions


def _refused(shown: str, kind: Kind, content: bytes) -> Refusal:
    match kind.sort:
        case Sort.MESSAGE:
            return carried(shown, content)
        case (
            Sort.PASSWORD
            | Sort.LABELLED
            | Sort.OLD_FORMAT
            | Sort.NEVER_READ
            | Sort.BROKEN
            | Sort.EMPTY
            | Sort.PACKED
            | Sort.OUTLOOK_ONLY
            | Sort.KEPT_BESIDE
        ):
            return refusal(kind.sort.name.lower(), shown, kind.what)
        case _:
            return not_read(shown, kind.what or "pictures")


def _load_package(content: bytes) -> Grids:
    return load(content, look_through(content, NEVER_OPENED))


_LOADERS: dict[Sort, Callable[[bytes], Grids]] = {
    Sort.WORKBOOK: _load_package,
    Sort.OPEN_DOCUMENT: load_opendocument,
    Sort.OLD_WORKBOOK: load_old,
}


def _loaded(content: bytes, load_it: Callable[[bytes], Grids]) -> Grids:
    try:
        return load_it(content)
    except (Unfit, MemoryError, RecursionError):
        # The last two are for the guard to answer: it knows which limit it was.
        raise
    except Exception as found:
        # zipfile, zlib, expat and openpyxl raise some twenty kinds of their own for damaged files, undocumented.
        raise Unfit("broken") from found


def _identified(grids: Grids) -> Sent:
    sent = from_rows(grids.sent)
    if sent is not None:
        if is_altered(grids.sent, sent):
            raise Unfit("altered")
        return sent
    version = version_of(grids.sent)
    raise Unfit("foreign" if version in (None, str(LAYOUT_VERSION)) else "other_version")


def _form(shown: str, sent: Sent, grids: Grids) -> Form:
    values: list[FormValue] = []
    marks: list[Mark] = []
    name, columns = _filled_in(sent, grids)
    if columns is None:
        words = f"The row of headings that we sent is not in {shown} any more, so nothing in it was used"
        marks.append(Mark(words, f"Fill in the workbook from our last message and send it back, {OR_REPLY}."))
    else:
        marks += columns.problems
        if columns.complete:
            for value, found in Table(grids.others[name], sent, columns).read():
                values += [value] if value else []
                marks += found
    marks += _filled_in_elsewhere(sent, grids, name)
    kept = _bounded(marks)
    problems = tuple(str(mark) for mark in kept)
    remarks = (f"{shown} has macros in it. They were not run and are ignored.",) if grids.has_macros else ()
    said = (tuple(values), problems, kept, name, remarks)
    return Form(shown, sent.partnership, sent.period, sent.person, sent.version, *said)


def _filled_in(sent: Sent, grids: Grids) -> tuple[str, Columns | None]:
    """The sheet that people fill in, which may have another name by now, and its columns."""
    first = next(iter(grids.others))
    for name, grid in grids.others.items():
        columns = find_columns(grid, sent)
        if columns is not None:
            return name, columns
    return first, None


def _filled_in_elsewhere(sent: Sent, grids: Grids, used: str) -> Iterator[Mark]:
    """Copies of our sheet that hold something: which of the two counts is for the sender to say."""
    for name, grid in grids.others.items():
        columns = find_columns(grid, sent) if name != used else None
        if columns and columns.complete and any(value for value, _ in Table(grid, sent, columns).read()):
            words = f"The sheet {quote(name)} is filled in too and was not used"
            yield Mark(words, f"Put its figures into the sheet that we sent and send the file again, {OR_REPLY}.")


def _bounded(marks: list[Mark]) -> tuple[Mark, ...]:
    if len(marks) <= _MOST_PROBLEMS:
        return tuple(marks)
    more = f"{len(marks) - _MOST_PROBLEMS} more cells and rows could not be used"
    return (*marks[:_MOST_PROBLEMS], Mark(more, "Reply with the figures."))

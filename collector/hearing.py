"""What a message brings beside its own words (forms, workbooks, unusable files), and all of it as one reading."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from collector.definitions_by_message import NO_DEFINITIONS, Definitions, Workbook
from collector.domain.action import SaidPlan
from collector.domain.came_back import CameBack
from collector.domain.document import Document
from collector.domain.figure import FigureStatus, plain
from collector.domain.indicator import Unit
from collector.domain.submission import Candidate, Form, Mark, OpenChoice, Opened, Reading, ReadingTask, ReadItem
from collector.form_reading import read_form
from collector.forms import Expected, refused
from collector.looking_again import cells_of, placed, problem_notes
from collector.ports import Opener, OrderReader, Reader
from collector.wording import value_words

#: Who read it, as figures tell where they come from.
FORM_READER, WORKBOOK_READER = "form/1", "workbook/1"
#: Files that are no return of ours but were meant as one: the right workbook goes back with the answer.
_SEND_ANEW = ("foreign", "broken", "altered", "old_format", "not_read", "password", "packed", "empty", "outlook_only")


#: So many files of one message are opened: a worker's lease has to last for all of them.
MOST_FILES = 10
_MOST_NAMED = 5


@dataclass(frozen=True)
class Heard:
    """Forms with who read them, plain words about what could not be used, and whether a fresh workbook would help.

    `definitions` are the workbooks of definitions that it is about, `documents` somebody's own tables.
    """

    forms: tuple[tuple[Form, str], ...] = ()
    words: tuple[str, ...] = ()
    wants_workbook: bool = False
    definitions: Definitions = NO_DEFINITIONS
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True)
class Said:
    """What a whole message says, and what is said about the parts of it that could not be used.

    `earlier` pairs each earlier code that it named with the one as which it was read. `marks` are what could not
    be used of our workbooks, `cells` where each figure stood in them, by code.
    """

    reading: Reading = field(default_factory=Reading)
    notes: tuple[str, ...] = ()
    send_anew: bool = False
    plans: tuple[SaidPlan, ...] = ()
    earlier: tuple[tuple[str, str], ...] = ()
    marks: tuple[Mark, ...] = ()
    cells: dict[str, str] = field(default_factory=dict)


def hear(opened: Opened, opener: Opener) -> Heard:
    """Read every file of a message; what is in them is checked against the round later."""
    forms: list[tuple[Form, str]] = [(opened.form, FORM_READER)] if opened.form else []
    words: list[str] = []
    definitions: list[Workbook] = []
    documents: list[Document] = []
    pictures = [*opened.pictures]
    anew = False
    files = max(len(opened.attachments), len(opened.remote))
    if files > MOST_FILES:
        words.append(f"Your message had {files} files, and the first {MOST_FILES} were opened. Send the rest again.")
    for attachment in opened.attachments[:MOST_FILES]:
        read = opener.read_file(attachment)
        if isinstance(read, Form):
            forms.append((read, WORKBOOK_READER))
        elif isinstance(read, CameBack):
            definitions.append(Workbook(read, attachment.content))
        elif isinstance(read, Document):
            documents.append(read)
        elif read is not None:
            words.append(read.words)
            anew = anew or read.code in _SEND_ANEW
        elif opened.remote and attachment.content_type.startswith("image/"):
            # In a mail most pictures are logos; a file in Slack was meant to be seen.
            pictures.append(attachment.name)
    if pictures:
        names = ", ".join(pictures[:_MOST_NAMED])
        words.append(
            f"We can't read figures from a picture ({names}). Reply with the figures, or fill in the workbook."
        )
    anew = anew or bool(pictures)
    return Heard(tuple(forms), (*words, *opened.defects), anew, Definitions(tuple(definitions)), tuple(documents))


def read_forms(heard: Heard, text: str, expected: Expected, task: ReadingTask, reader: Reader) -> Said:
    """The forms that are this person's for the round that is open; each of the others gets its plain reason.

    The message's own `text` may say something about all that is in them ("these are since April").
    """
    items: list[ReadItem] = []
    notes = list(heard.words)
    marks: list[Mark] = []
    cells: dict[str, str] = {}
    anew = heard.wants_workbook
    for form, reader_name in heard.forms:
        reason = refused(form, expected)
        if reason:
            notes.append(reason)
            anew = True
            continue
        read = read_form(form, task, reader, reader_name, expected.held)
        items += in_the_light_of(text, read.items, task, reader)
        notes += [*form.remarks, *read.notes, *problem_notes(form)]
        if reader_name == WORKBOOK_READER:
            marks += placed(form)
            cells |= cells_of(form)
        if not form.values and not form.problems:
            notes.append(f"Nothing new was filled in in {form.name}, so nothing was recorded from it.")
    return Said(Reading(tuple(items)), tuple(notes), anew or bool(marks), marks=tuple(marks), cells=cells)


def in_the_light_of(text: str, items: Sequence[ReadItem], task: ReadingTask, reader: Reader) -> list[ReadItem]:
    """What the words around a form raise about its figures, as if these were written below the words."""
    if not text.strip():
        return list(items)
    units = {asked.code: asked.unit for asked in task.asked}
    lines = [f"{item.code}: {_written(item.candidates[0], units[item.code])}" for item in items if _has_figure(item)]
    around = {item.code: item for item in reader.read("\n".join((text, "", *lines)), task).items}
    alone = {item.code: item for item in reader.read("\n".join(lines), task).items}
    judged = []
    for item in items:
        said = around.get(item.code)
        if _has_figure(item) and said and said.doubts and alone.get(item.code, said).certain:
            known = {replace(one, note="") for one in item.candidates}
            news = (one for one in said.candidates if replace(one, note="") not in known)
            candidates = (*dict.fromkeys(news), *item.candidates)
            item = replace(item, doubts=said.doubts, candidates=candidates)
        judged.append(item)
    return judged


def _has_figure(item: ReadItem) -> bool:
    return item.certain and item.candidates[0].value is not None


def _written(candidate: Candidate, unit: str) -> str:
    """A figure as somebody would write it in a message."""
    counts = ""
    if candidate.numerator is not None and candidate.denominator is not None:
        counts = f" ({plain(candidate.numerator)} of {plain(candidate.denominator)})"
    return f"{value_words(candidate.value or Decimal(0), Unit(unit))}{counts}"


def merged(items: Sequence[ReadItem]) -> tuple[ReadItem, ...]:
    """One item a measure: what a message says twice in the same way is said once, what it says in two ways is asked."""
    by_code: dict[str, list[ReadItem]] = {}
    for item in items:
        by_code.setdefault(item.code, []).append(item)
    return tuple(_joined(same) for same in by_code.values())


def _joined(same: list[ReadItem]) -> ReadItem:
    telling = [item for item in same if item.candidates or item.doubts or item.target_change] or same
    # "Attached." beside a file with the figure is no answer of its own.
    telling = [item for item in telling if _tells(item)] or telling
    if len(telling) == 1:
        return telling[0]
    candidates = tuple(dict.fromkeys(candidate for item in telling for candidate in item.candidates))
    values = {(candidate.status, candidate.value) for candidate in candidates}
    doubts = tuple(dict.fromkeys(doubt for item in telling for doubt in item.doubts))
    evidence = " / ".join(dict.fromkeys(item.evidence for item in telling))
    target_change = next((item.target_change for item in telling if item.target_change), None)
    if len(values) == 1 and all(item.certain for item in telling):
        # The one with its counts is the fuller statement of the same figure.
        fullest = max(candidates, key=lambda one: (one.numerator is not None, bool(one.note)))
        return replace(telling[0], candidates=(fullest,), evidence=evidence, target_change=target_change)
    if len(values) > 1 and not doubts:
        doubts = ("Your message gives two different figures for it.",)
    return replace(telling[0], candidates=candidates, doubts=doubts, evidence=evidence, target_change=target_change)


def _tells(item: ReadItem) -> bool:
    return bool(item.candidates or item.target_change) or any(char.isdigit() for char in item.evidence)


def ordered(opened: Opened, orders: OrderReader, today: date) -> Opened:
    """A message with its orders taken out of its words; of an edited one only those that were not in it before."""
    told = orders(opened.text, today)
    if opened.before_edit is None:
        return replace(opened, text=told.rest, orders=told.orders)
    before = orders(opened.before_edit, today)
    anew = tuple(order for order in told.orders if order not in before.orders)
    return replace(opened, text=told.rest, before_edit=before.rest, orders=anew)


def only_new(read: Reading, before: Reading) -> tuple[Reading, tuple[str, ...]]:
    """What an edit added to a message; what it took out is told, and stands."""
    known = {item.code: item for item in before.items}
    items = tuple(_changed(item, known.get(item.code)) for item in read.items if not _same(item, known.get(item.code)))
    chosen = tuple(number for number in read.chosen if number not in before.chosen)
    gone = [code for code, item in known.items() if item.candidates and code not in {one.code for one in read.items}]
    if not gone:
        return replace(read, items=items, chosen=chosen), ()
    words = (
        f"You took {', '.join(gone)} out of your message; what was recorded from it stands. To change it, reply with"
    )
    return replace(read, items=items, chosen=chosen), (f"{words} the right figure.",)


def _changed(item: ReadItem, before: ReadItem | None) -> ReadItem:
    """A figure that reads otherwise since its message was edited is asked about."""
    if before is None or not (item.certain and before.certain):
        return item
    (now,), (was,) = item.candidates, before.candidates
    if (now.status, now.value) == (was.status, was.value):
        return item
    doubt = "You changed it in your message after you had sent it. Which of the two is right?"
    return replace(item, candidates=(now, was), doubts=(doubt,))


def _same(item: ReadItem, before: ReadItem | None) -> bool:
    return before is not None and (item.candidates, bool(item.doubts)) == (before.candidates, bool(before.doubts))


def _agrees(item: ReadItem, choice: OpenChoice) -> bool:
    """Whether what was filled in says no more and nothing else than the choice."""
    plainly = item.certain and item.candidates[0].status is FigureStatus.REPORTED
    return plainly and item.candidates[0].value == choice.value


def without_contradicted(
    chosen: tuple[int, ...], said: Said, task: ReadingTask
) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """A numbered choice does not swallow another figure that came for the same measure in the same message."""
    in_forms = {item.code: item for item in said.reading.items if item.candidates}
    kept, told = [], []
    for number in chosen:
        choice = next((one for one in task.choices if one.number == number), None)
        item = in_forms.get(choice.code) if choice else None
        if choice is None or item is None or _agrees(item, choice):
            kept.append(number)
        else:
            told.append(f"{choice.code}: you took choice {number} and also filled it in; what you filled in was used.")
    return tuple(kept), tuple(told)

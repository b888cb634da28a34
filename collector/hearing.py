"""What a message brings beside its own words: forms and workbooks, and files that can't be used."""

from dataclasses import dataclass, field

from collector.domain.submission import Form, FormValue, Opened, Reading, ReadingTask, ReadItem
from collector.forms import Expected, read_form, refused
from collector.ports import Opener, Reader

#: Who read it, as figures tell where they come from.
FORM_READER, WORKBOOK_READER = "form/1", "workbook/1"
#: Files that are no return of ours but were meant as one: the right workbook goes back with the answer.
_SEND_ANEW = ("foreign", "broken", "old_format", "not_read", "password")


@dataclass(frozen=True)
class Heard:
    """Forms with who read them, plain words about what could not be used, and whether a fresh workbook would help."""

    forms: tuple[tuple[Form, str], ...] = ()
    words: tuple[str, ...] = ()
    wants_workbook: bool = False


@dataclass(frozen=True)
class Said:
    """What a whole message says, and what is said about the parts of it that could not be used."""

    reading: Reading = field(default_factory=Reading)
    notes: tuple[str, ...] = ()
    send_anew: bool = False


def hear(opened: Opened, opener: Opener) -> Heard:
    """Read every file of a message; what is in them is checked against the round later."""
    forms: list[tuple[Form, str]] = [(opened.form, FORM_READER)] if opened.form else []
    words: list[str] = []
    anew = False
    for attachment in opened.attachments:
        read = opener.read_file(attachment)
        if isinstance(read, Form):
            forms.append((read, WORKBOOK_READER))
        elif read is not None:
            words.append(read.words)
            anew = anew or read.code in _SEND_ANEW
    return Heard(tuple(forms), (*words, *opened.defects), anew)


def _comment_only(value: FormValue) -> FormValue:
    return FormValue(value.code, comment=value.comment, where=value.where)


def read_forms(heard: Heard, expected: Expected, task: ReadingTask, reader: Reader) -> Said:
    """The forms that are this person's for the round that is open; each of the others gets its plain reason."""
    items: list[ReadItem] = []
    notes = list(heard.words)
    anew = heard.wants_workbook
    for form, reader_name in heard.forms:
        reason = refused(form, expected)
        if reason:
            notes.append(reason)
            anew = True
            continue
        for value, item in zip(form.values, read_form(form, task, reader, reader_name), strict=True):
            if value.comment and value.code in task.recorded and value == _comment_only(value) and not item.candidates:
                notes.append(f"{value.code}: your comment is kept with your message; the figure stands as it is.")
            else:
                items.append(item)
        notes += form.problems
        if not form.values and not form.problems:
            notes.append(f"Nothing new was filled in in {form.name}, so nothing was recorded from it.")
    return Said(Reading(tuple(items)), tuple(notes), anew)

"""A form that was sent in in Slack: what its fields held when it was opened, what they hold now, and what that says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from collector.domain.submission import Form, FormValue, Opened
from parsers.payload import (
    LONGEST_FIELD,
    MOST_BLOCKS,
    Json,
    about_view,
    cleaned,
    digest_of_values,
    fingerprint,
    id_in,
    items_in,
    object_in,
    presser_of,
    word_in,
)
from parsers.posted_files import files_in

#: The field of a form that takes files.
FILE_BLOCK = "file:return"
_FORM_ODD = "We couldn't read the form. Open it again from our latest message, or reply with the figures."


@dataclass(frozen=True)
class _Field:
    """One field of a form: what it held when it was opened, and what it holds now."""

    before: str = ""
    now: str = ""

    @property
    def changed(self) -> bool:
        return self.before != self.now


_UNTOUCHED = _Field()
_KINDS = ("figure", "status", "expected", "comment")


def opened_form(body: Json) -> Opened:
    """What a form says, with the message it was opened from; raises Odd where it does not say whose it is."""
    view = object_in(body, "view")
    values = object_in(object_in(view, "state"), "values")
    about = about_view(view, _FORM_ODD)
    form: Form | None = _form(view, values, about)
    files, lost = files_in(items_in(object_in(object_in(values, FILE_BLOCK), "value"), "files"))
    said = _as_filled_in(form) if form else ""
    if files and form and not (form.values or form.problems):
        form = None  # only a file was handed in
    senders = presser_of(body)
    origin = word_in(about, "origin")
    message_id = f"slack:view:{id_in(view, 'id')}:{id_in(view, 'hash')}:{digest_of_values(values, _FORM_ODD)}"
    return Opened(
        senders=senders,
        subject="",
        text="",
        body=said,
        message_id=message_id,
        references=(origin,) if re.fullmatch(r"slack:[A-Za-z0-9:.]{1,120}", origin) else (),
        sent_at=None,
        fingerprint=fingerprint(*senders, message_id),
        form=form,
        remote=files,
        defects=lost,
    )


def _form(view: Json, values: Json, about: Json) -> Form:
    fields = _fields(view, values)
    statements: list[FormValue] = []
    problems: list[str] = []
    for code in dict.fromkeys(code for _, code in fields):
        figure, status, expected, comment = (fields.get((kind, code), _UNTOUCHED) for kind in _KINDS)
        value = _statement(code, figure, status, expected, comment)
        if value is not None:
            statements.append(value)
        problems += _emptied(code, figure, status, comment)
    return Form(
        name="the form",
        partnership=word_in(about, "partnership"),
        period=word_in(about, "period"),
        person=word_in(about, "person"),
        version=int(about["version"]),
        values=tuple(statements),
        problems=tuple(problems),
        confirmed=tuple(cleaned(code) for code in items_in(about, "confirmed") if isinstance(code, str)),
    )


def _fields(view: Json, values: Json) -> dict[tuple[str, str], _Field]:
    """What the fields held and hold, by kind and code."""
    held = {word_in(block, "block_id"): _held(block) for block in items_in(view, "blocks", MOST_BLOCKS)}
    found: dict[tuple[str, str], _Field] = {}
    for block_id, actions in list(values.items())[:MOST_BLOCKS]:
        kind, colon, code = cleaned(block_id).partition(":")
        if colon and code and kind in _KINDS:
            now = _put_in(object_in(actions, "value"))
            found[kind, code[:100]] = _Field(held.get(block_id, ""), now)
    return found


def _held(block: object) -> str:
    element = object_in(block, "element")
    return _first(element, "initial_value", "initial_option", "initial_date")


def _put_in(state: Json) -> str:
    return _first(state, "value", "selected_option", "selected_date")


def _first(holder: Json, *keys: str) -> str:
    """The first of these that holds words: typed, a date, or picked from a list, whose values are the sheet's words."""
    for key in keys:
        value = holder.get(key)
        text = word_in(value, "value") if isinstance(value, dict) else value
        if isinstance(text, str) and text.strip():
            return cleaned(text)[:LONGEST_FIELD].strip()
    return ""


def _statement(code: str, figure: _Field, status: _Field, expected: _Field, comment: _Field) -> FormValue | None:
    """What a row says. Figure, status and date are one statement: where one of them is new, all count as they stand."""
    where = f"figure:{code}"
    held = (figure.before, status.before, expected.before, comment.before)
    before = FormValue(code, held[0], "", "", *held[1:]) if any(held) else None
    # The comment beside a status says why there is no figure: it belongs to the statement even where it is not new.
    said = comment.now if comment.changed or (status.now and not figure.now) else ""
    dated = expected.changed and bool(expected.now)
    if (figure.changed and figure.now) or (status.changed and (status.now or figure.now)) or dated:
        now = (status.now, expected.now, said, where)
        return FormValue(code, figure.now, "", "", *now, before=before)
    said = comment.now if comment.changed else ""
    return FormValue(code, comment=said, where=where, before=before) if said else None


def _emptied(code: str, figure: _Field, status: _Field, comment: _Field) -> Iterator[str]:
    """A field that held something and was emptied takes nothing back by itself."""
    keep = f"nothing was changed. To take it back, reply '{code}: not available' and say why."
    if figure.before and not figure.now and not (status.changed and status.now):
        yield f"You emptied {code}, which held {figure.before}; {keep}"
    elif status.before and not status.now and not figure.now:
        yield f"You emptied {code}, which held {status.before}; {keep}"
    if comment.before and not comment.now:
        yield f"You emptied the comment on {code}; it stands as it was."


def _as_filled_in(form: Form) -> str:
    lines = (" ".join(filter(None, (v.code, v.figure, v.status, v.comment))) for v in form.values)
    return "\n".join((*lines, *form.problems))

"""What was posted in Slack, as the door kept it, taken out of its envelope: a message, a pressed button, a form.

Every payload is a guest's word: any key may be missing or of another kind, and nothing here may raise.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from collector.domain.submission import Form, FormValue, Machine, Opened, Refusal, RemoteFile
from parsers.errors import ParsersError
from parsers.reply import own_words

#: A payload above this is not opened, in bytes; Slack's own messages end at 40,000 characters.
WHOLE_PAYLOAD = 1_000_000
#: Of a message this much is read, in characters.
LONGEST_TEXT = 20_000

_LONGEST_FIELD = 3_000
_MOST_FILES = 20
_MOST_BLOCKS = 200
_BY_PERSONS = frozenset({"", "file_share", "thread_broadcast", "me_message"})
_LOST_FILES = frozenset({"tombstone", "hidden_by_limit"})

_ID = re.compile(r"[A-Za-z0-9_.\-]{1,80}")
_TS = re.compile(r"\d{1,11}(\.\d{1,9})?")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_ANGLE = re.compile(r"<([^<>\n]{1,3000})>")
_ESCAPED = re.compile(r"&(amp|lt|gt);")
_EMPHASIS = re.compile(r"(?<!\w)([*_`])(?=\S)([^*_`\n]{1,500})(?<=\S)\1(?!\w)")
#: What its writer has struck through is not said; "~50" with nothing that closes it is "about 50".
_STRUCK = re.compile(r"(?<![\w~])~(?=[^\s~])([^~]{1,2000}?)(?<=[^\s~])~(?![\w~])")
_EMOJI = re.compile(r"(?<!\S):[a-z0-9_+'-]{1,80}:(?::skin-tone-\d:)?(?=$|[\s.,;!?)])", re.IGNORECASE | re.MULTILINE)
_CHARACTERS = {"amp": "&", "lt": "<", "gt": ">"}

_SEND_ANEW = "Send the figures in a new message."
_DELETED = "You deleted a message. What was recorded from it stands; to change a figure, reply with the right one."
_STRUCK_OUT = "What you struck through was left out."
_FORM_ODD = "We couldn't read the form. Open it again from our latest message, or reply with the figures."

Json = dict[str, Any]


class _Odd(ParsersError):
    """A payload that is not as Slack makes it; the words are for its sender."""


def open_posted(raw: bytes) -> Opened | Refusal:
    """Open what the Slack door kept."""
    if len(raw) > WHOLE_PAYLOAD:
        return Refusal("too_big", f"Your message was too long for us to open. {_SEND_ANEW}")
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        return Refusal("broken", f"The message reached us broken. {_SEND_ANEW}")
    kind = body.get("type")
    try:
        if kind == "block_actions":
            return _opened_button(body)
        if kind == "view_submission":
            return _opened_form(body)
        return _opened_message(body)
    except _Odd as odd:
        return Refusal("broken", str(odd), senders=_presser(body) or _sender(_object(body, "event"), ""))


# --- messages ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Said:
    """One message event: `message` is what stands now and `previous` what stood before an edit or a deletion.

    `version` is "" for a new message, the moment of an edit, or "deleted"; `moment` is Slack's time of it.
    """

    team: str
    channel: str
    ts: str
    message: Json
    previous: Json
    version: str
    moment: str

    @property
    def reference(self) -> str:
        """The message itself, whatever became of it."""
        return f"slack:{self.team}:{self.channel}:{self.ts}"

    @property
    def id(self) -> str:
        """What was said: an edit and a deletion have names of their own."""
        return f"{self.reference}:{self.version}" if self.version else self.reference


def _opened_message(body: Json) -> Opened:
    event = _object(body, "event")
    said = _said(body, event)
    us = _ours(body)
    written = said.previous if said.version == "deleted" else said.message
    sender = _sender(written, said.team)
    text, cut_short = _bounded(_body(said.message, us))
    files, lost = _files(said)
    struck = (_STRUCK_OUT,) if _has_struck(said.message) else ()
    defects = (_DELETED,) if said.version == "deleted" else (*cut_short, *struck, *lost)
    by_person = _word(written, "subtype") in _BY_PERSONS and not written.get("bot_id")
    return Opened(
        senders=sender,
        subject="",
        text=_own_words(text),
        body=text,
        message_id=said.id,
        references=_references(said, written),
        sent_at=_time(said.moment),
        fingerprint=_fingerprint(*sender, said.moment, text, *(file.id for file in files), said.version),
        machine=None if by_person else Machine.AUTO_REPLY,
        defects=defects,
        remote=files,
        before_edit=_own_words(_bounded(_body(said.previous, us))[0]) if said.previous.get("user") else None,
    )


def _own_words(text: str) -> str:
    return own_words(text, forwarded=not re.search(r"^[ \t]*>", text, re.MULTILINE))


def _said(body: Json, event: Json) -> _Said:
    team, channel = _team(body), _id(event, "channel")
    subtype = _word(event, "subtype")
    if subtype not in ("message_changed", "message_deleted"):
        ts = _ts(event, "ts")
        return _Said(team, channel, ts, event, {}, "", ts)
    message, previous = _object(event, "message"), _object(event, "previous_message")
    # Where a deleted message had replies, Slack leaves a tombstone in its place.
    if subtype == "message_deleted" or _word(message, "subtype") == "tombstone":
        ts = _ts(event if "deleted_ts" in event else previous, "deleted_ts" if "deleted_ts" in event else "ts")
        return _Said(team, channel, ts, {}, previous, "deleted", _word(event, "event_ts") or _word(event, "ts"))
    edited = _ts(_object(message, "edited"), "ts")
    return _Said(team, channel, _ts(message, "ts"), message, previous, edited, edited)


def _references(said: _Said, written: Json) -> tuple[str, ...]:
    """The root of the thread; an edited message is the root of its own, a deleted one is nothing to refer to."""
    root = _word(written, "thread_ts")
    if _TS.fullmatch(root) and root != said.ts:
        return (f"slack:{said.team}:{said.channel}:{root}",)
    return (said.reference,) if said.version not in ("", "deleted") else ()


def _body(message: Json, us: frozenset[str]) -> str:
    blocks = [block for block in _items(message, "blocks", _MOST_BLOCKS) if isinstance(block, dict)]
    text = _plain(_word(message, "text", None), us)
    if not text.strip():
        return "\n".join(line for block in blocks for line in _block_lines(block, us)).strip()
    rows = [row for block in blocks if block.get("type") == "table" for row in _rows(block, us)]
    # Beside a pasted table the text may be a notice of it, or its cells without columns: these are not said twice.
    loose = {" ".join(row.split()) for row in rows}
    return "\n".join((*(line for line in text.strip().split("\n") if " ".join(line.split()) not in loose), *rows))


def _has_struck(message: Json) -> bool:
    text = _ESCAPED.sub(lambda found: _CHARACTERS[found[1]], _word(message, "text", None))
    return bool(_STRUCK.search(text)) or '"strike": true' in json.dumps(message.get("blocks") or [])


def _bounded(text: str) -> tuple[str, tuple[str, ...]]:
    if len(text) <= LONGEST_TEXT:
        return text, ()
    words = f"Your message was longer than {LONGEST_TEXT:,} characters; we read only so much. Send the rest again."
    return text[:LONGEST_TEXT], (words,)


def _plain(text: str, us: frozenset[str]) -> str:
    """Slack's own marks out of a text: links become their labels, entities the characters they stand for."""
    text = _ANGLE.sub(lambda found: _angle(found[1], us), text)
    text = _ESCAPED.sub(lambda found: _CHARACTERS[found[1]], text).replace("\u00a0", " ").replace("```", "")
    text = _EMOJI.sub(" ", _STRUCK.sub(" ", text))
    for _ in range(2):  # bold words in italics have two pairs
        text = _EMPHASIS.sub(r"\2", text)
    return text


def _angle(inner: str, us: frozenset[str]) -> str:
    target, _, label = inner.partition("|")
    match target[:1]:
        case "@":
            return "" if target[1:] in us else "@someone"
        case "#":
            return f"#{label or 'channel'}"
        case "!":
            return label or "@" + target[1:].partition("^")[0]
    return label or target.removeprefix("mailto:")


def _block_lines(block: Json, us: frozenset[str]) -> Iterator[str]:
    match block.get("type"):
        case "rich_text":
            for element in _items(block, "elements"):
                yield from _rich_lines(element, us)
        case "table":
            yield from _rows(block, us)
        case "section":
            for holder in (block.get("text"), *_items(block, "fields")):
                yield _plain(_word(holder, "text", None), us)


def _rich_lines(element: object, us: frozenset[str]) -> Iterator[str]:
    kind = _word(element, "type")
    if kind == "rich_text_list":
        for item in _items(element, "elements"):
            yield _inline(item, us)
        return
    for line in _inline(element, us).split("\n"):
        yield f"> {line}" if kind == "rich_text_quote" else line


def _inline(section: object, us: frozenset[str]) -> str:
    """The words of one stretch; what stands in blocks is not escaped."""
    return "".join(_inline_words(piece, us) for piece in _items(section, "elements")).replace("\u00a0", " ")


def _inline_words(piece: object, us: frozenset[str]) -> str:
    if _object(piece, "style").get("strike") is True:
        return " "
    match _word(piece, "type"):
        case "user":
            return "" if _word(piece, "user_id") in us else "@someone"
        case "link":
            return _word(piece, "text", None) or _word(piece, "url", None)
        case "emoji":
            return " "
        case "date":
            return _word(piece, "fallback")
    return _word(piece, "text", None)


def _rows(table: Json, us: frozenset[str]) -> Iterator[str]:
    for row in _items(table, "rows", 200):
        cells = (_cell(cell, us) for cell in (row[:50] if isinstance(row, list) else ()))
        # An empty cell holds its column's place: without it last quarter's figure would stand under this quarter.
        yield "\t".join(cells)


def _cell(cell: object, us: frozenset[str]) -> str:
    text = _word(cell, "text", None)
    if not text:
        text = " ".join(line for element in _items(cell, "elements") for line in _rich_lines(element, us))
    return " ".join(text.split())


def _files(said: _Said) -> tuple[tuple[RemoteFile, ...], tuple[str, ...]]:
    """The files to fetch, and plain words for those that can't be. An edit brings no file a second time."""
    known = {_word(file, "id") for file in _items(said.previous, "files")}
    listed = [file for file in _items(said.message, "files", 1000) if _word(file, "id") not in known]
    found: list[RemoteFile] = []
    lost: list[str] = []
    for file in listed[:_MOST_FILES]:
        why = _unreachable(file)
        if why:
            lost.append(why)
        else:
            found.append(_remote(file))
    if len(listed) > _MOST_FILES:
        lost.append(f"Your message had {len(listed)} files and we open the first {_MOST_FILES}. Send the rest again.")
    return tuple(found), tuple(lost)


def _unreachable(file: object) -> str:
    name = _name(file)
    if _word(file, "mode") in _LOST_FILES:
        return f"{name} was deleted in Slack before we could open it. Send it again, or reply with the figures."
    if _is_external(file):
        return (
            f"{name} is only a link to another site, which we don't open. Upload the file, or reply with the figures."
        )
    if not _address(file) or not _ID.fullmatch(_word(file, "id")):
        return f"Slack did not hand {name} to us. Send it again, or reply with the figures."
    return ""


def _is_external(file: object) -> bool:
    return isinstance(file, dict) and (bool(file.get("is_external")) or file.get("mode") in ("external", "email"))


def _remote(file: object) -> RemoteFile:
    size = file.get("size") if isinstance(file, dict) else 0
    return RemoteFile(
        id=_word(file, "id"),
        name=_name(file),
        content_type=_word(file, "mimetype"),
        size=size if isinstance(size, int) and 0 <= size < 2**60 else 0,
        url=_address(file),
    )


def _address(file: object) -> str:
    return _word(file, "url_private_download") or _word(file, "url_private")


def _name(file: object) -> str:
    return " ".join((_word(file, "name") or _word(file, "title")).split())[:200] or "A file"


# --- buttons ----------------------------------------------------------------------------------------------------------


def _opened_button(body: Json) -> Opened:
    container, message = _object(body, "container"), _object(body, "message")
    action = next((one for one in _items(body, "actions") if _word(one, "action_id").startswith("choose:")), None)
    number = _word(action, "value")
    if action is None or not re.fullmatch(r"[0-9]{1,4}", number):
        raise _Odd("We couldn't read which button was pressed. Reply with the number instead.")
    pressed = _ts(container, "message_ts")
    channel = _id(container, "channel_id") if container.get("channel_id") else _id(_object(body, "channel"), "id")
    place = f"{_team(body)}:{channel}"
    root = _word(container, "thread_ts") or _word(message, "thread_ts")
    roots = (root, pressed) if _TS.fullmatch(root) else (pressed,)
    moment, label = _ts(action, "action_ts"), _word(_object(action, "text"), "text")
    senders = _presser(body)
    return Opened(
        senders=senders,
        subject="",
        text="",
        body=label,
        message_id=f"slack:act:{place}:{pressed}:{moment}",
        references=tuple(f"slack:{place}:{ts}" for ts in dict.fromkeys(roots)),
        sent_at=_time(moment),
        fingerprint=_fingerprint(*senders, pressed, moment, number),
        chosen=(int(number),),
    )


# --- forms ------------------------------------------------------------------------------------------------------------


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


def _opened_form(body: Json) -> Opened:
    view = _object(body, "view")
    values = _object(_object(view, "state"), "values")
    about = _about(view)
    form = _form(view, values, about)
    senders = _presser(body)
    origin = _word(about, "origin")
    message_id = f"slack:view:{_id(view, 'id')}:{_id(view, 'hash')}:{_digest(values)}"
    return Opened(
        senders=senders,
        subject="",
        text="",
        body=_as_filled_in(form),
        message_id=message_id,
        references=(origin,) if re.fullmatch(r"slack:[A-Za-z0-9:.]{1,120}", origin) else (),
        sent_at=None,
        fingerprint=_fingerprint(*senders, message_id),
        form=form,
    )


def _about(view: Json) -> Json:
    try:
        about = json.loads(_word(view, "private_metadata"))
    except (ValueError, RecursionError):
        about = None
    if not isinstance(about, dict) or not isinstance(about.get("version"), int):
        raise _Odd(_FORM_ODD)
    return about


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
        partnership=_word(about, "partnership"),
        period=_word(about, "period"),
        person=_word(about, "person"),
        version=int(about["version"]),
        values=tuple(statements),
        problems=tuple(problems),
    )


def _fields(view: Json, values: Json) -> dict[tuple[str, str], _Field]:
    """What the fields held and hold, by kind and code."""
    held = {_word(block, "block_id"): _held(block) for block in _items(view, "blocks", _MOST_BLOCKS)}
    found: dict[tuple[str, str], _Field] = {}
    for block_id, actions in list(values.items())[:_MOST_BLOCKS]:
        kind, colon, code = _UNPRINTABLE.sub("", block_id).partition(":")
        if colon and code and kind in _KINDS:
            now = _put_in(_object(actions, "value"))
            found[kind, code[:100]] = _Field(held.get(block_id, ""), now)
    return found


def _held(block: object) -> str:
    element = _object(block, "element")
    return _first(element, "initial_value", "initial_option", "initial_date")


def _put_in(state: Json) -> str:
    return _first(state, "value", "selected_option", "selected_date")


def _first(holder: Json, *keys: str) -> str:
    """The first of these that holds words: typed, a date, or picked from a list, whose values are the sheet's words."""
    for key in keys:
        value = holder.get(key)
        text = _word(value, "value") if isinstance(value, dict) else value
        if isinstance(text, str) and text.strip():
            return _clean(text)[:_LONGEST_FIELD].strip()
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


# --- what all of them share -------------------------------------------------------------------------------------------


def _team(body: Json) -> str:
    """The workspace we are installed in, which names the conversation; the sender's may be another."""
    for authorization in _items(body, "authorizations"):
        if _ID.fullmatch(_word(authorization, "team_id")):
            return _word(authorization, "team_id")
    team = _word(body, "team_id") or _word(_object(body, "team"), "id") or _word(_object(body, "user"), "team_id")
    if not _ID.fullmatch(team):
        raise _Odd(f"The message does not say where it comes from. {_SEND_ANEW}")
    return team


def _ours(body: Json) -> frozenset[str]:
    return frozenset(_word(one, "user_id") for one in _items(body, "authorizations")) - {""}


def _sender(message: Json, team: str) -> tuple[str, ...]:
    home = next((_word(message, key) for key in ("user_team", "source_team", "team") if _word(message, key)), team)
    return _person(home, _word(message, "user"))


def _presser(body: Json) -> tuple[str, ...]:
    user = _object(body, "user")
    home = _word(user, "team_id") or _word(_object(body, "team"), "id")
    return _person(home, _word(user, "id"))


def _person(team: str, user: str) -> tuple[str, ...]:
    return (f"slack:{team}:{user}",) if _ID.fullmatch(team) and _ID.fullmatch(user) else ()


def _time(ts: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(ts), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _fingerprint(*pieces: str) -> str:
    """Each piece with its length, so that none can shift into the next."""
    whole = hashlib.sha256()
    for piece in pieces:
        encoded = piece.encode("utf-8", "replace")
        whole.update(len(encoded).to_bytes(8, "big") + encoded)
    return whole.hexdigest()


def _digest(values: Json) -> str:
    """Tells what was put in: the same view sent in with other values is another message (the door's key has it too)."""
    try:
        written = json.dumps(values, sort_keys=True)
    except RecursionError:
        raise _Odd(_FORM_ODD) from None
    return hashlib.sha256(written.encode()).hexdigest()[:12]


def _object(holder: object, key: str) -> Json:
    found = holder.get(key) if isinstance(holder, dict) else None
    return found if isinstance(found, dict) else {}


def _items(holder: object, key: str, most: int = 1000) -> Sequence[Any]:
    found = holder.get(key) if isinstance(holder, dict) else None
    return found[:most] if isinstance(found, list) else ()


def _word(holder: object, key: str, most: int | None = _LONGEST_FIELD) -> str:
    found = holder.get(key) if isinstance(holder, dict) else None
    return _clean(found[:most]) if isinstance(found, str) else ""


def _clean(text: str) -> str:
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _id(holder: Json, key: str) -> str:
    found = _word(holder, key)
    if not _ID.fullmatch(found):
        raise _Odd(f"The message does not say where it comes from. {_SEND_ANEW}")
    return found


def _ts(holder: object, key: str) -> str:
    found = _word(holder, key)
    if not _TS.fullmatch(found):
        raise _Odd(f"The message does not say when it was written. {_SEND_ANEW}")
    return found

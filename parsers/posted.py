"""What was posted in Slack, as the door kept it, taken out of its envelope: a message, a pressed button or a command.

Nothing that arrives may make `open_posted` raise; forms and buttons have modules of their own, and all take a payload
apart with `payload.py`.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from collector.domain.submission import Machine, Opened, Refusal, RemoteFile
from parsers.payload import (
    MOST_BLOCKS,
    SEND_ANEW,
    Json,
    Odd,
    fingerprint,
    id_in,
    is_id,
    is_ts,
    items_in,
    moment_of,
    object_in,
    presser_of,
    sender_of,
    team_of,
    ts_in,
    word_in,
)
from parsers.posted_files import files_in
from parsers.posted_form import opened_form
from parsers.posted_modal import opened_statuses, opened_words
from parsers.posted_press import opened_command, opened_press
from parsers.reply import own_words

#: A payload above this is not opened, in bytes; Slack's own messages end at 40,000 characters.
WHOLE_PAYLOAD = 1_000_000
#: Of a message this much is read, in characters.
LONGEST_TEXT = 20_000

_BY_PERSONS = frozenset({"", "file_share", "thread_broadcast", "me_message"})

_HANDS_OVER = re.compile(
    r"\b(?:hand|transfer|reassign)\b.* to $|\bnow (?:reported|done|sent|given) by $", re.IGNORECASE
)
_ANGLE = re.compile(r"<([^<>\n]{1,3000})>")
_ESCAPED = re.compile(r"&(amp|lt|gt);")
_EMPHASIS = re.compile(r"(?<!\w)([*_`])(?=\S)([^*_`\n]{1,500})(?<=\S)\1(?!\w)")
#: What its writer has struck through is not said; "~50" with nothing that closes it is "about 50".
_STRUCK = re.compile(r"(?<![\w~])~(?=[^\s~])([^~]{1,2000}?)(?<=[^\s~])~(?![\w~])")
_EMOJI = re.compile(r"(?<!\S):[a-z0-9_+'-]{1,80}:(?::skin-tone-\d:)?(?=$|[\s.,;!?)])", re.IGNORECASE | re.MULTILINE)
_CHARACTERS = {"amp": "&", "lt": "<", "gt": ">"}

#: The modals that say less than a whole return, by the name they are sent in under.
_FORMS = {"statuses": opened_statuses, "words": opened_words}

_DELETED = "You deleted a message. What was recorded from it stands until you say otherwise."
_STRUCK_OUT = "What you struck through was left out."


def open_posted(raw: bytes) -> Opened | Refusal:
    """Open what the Slack door kept."""
    if len(raw) > WHOLE_PAYLOAD:
        return Refusal("too_big", f"Your message was too long for us to open. {SEND_ANEW}")
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        return Refusal("broken", f"The message reached us broken. {SEND_ANEW}")
    kind = body.get("type")
    try:
        if kind == "block_actions":
            return opened_press(body)
        if "command" in body:
            return opened_command(body)
        if kind == "view_submission":
            return _FORMS.get(word_in(object_in(body, "view"), "callback_id"), opened_form)(body)
        return _opened_message(body)
    except Odd as odd:
        return Refusal("broken", str(odd), senders=presser_of(body) or sender_of(object_in(body, "event"), ""))


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
    event = object_in(body, "event")
    said = _said(body, event)
    us = _ours(body)
    written = said.previous if said.version == "deleted" else said.message
    sender = sender_of(written, said.team)
    text, cut_short = _bounded(_body(said.message, us))
    files, lost = _files(said)
    struck = (_STRUCK_OUT,) if _has_struck(said.message) else ()
    defects = (_DELETED,) if said.version == "deleted" else (*cut_short, *struck, *lost)
    by_person = word_in(written, "subtype") in _BY_PERSONS and not written.get("bot_id")
    return Opened(
        senders=sender,
        subject="",
        text=_own_words(text),
        body=text,
        message_id=said.id,
        references=_references(said, written),
        sent_at=moment_of(said.moment),
        fingerprint=fingerprint(*sender, said.moment, text, *(file.id for file in files), said.version),
        machine=None if by_person else Machine.AUTO_REPLY,
        defects=defects,
        remote=files,
        before_edit=_own_words(_bounded(_body(said.previous, us))[0]) if said.previous.get("user") else None,
    )


def _ours(body: Json) -> frozenset[str]:
    return frozenset(word_in(one, "user_id") for one in items_in(body, "authorizations")) - {""}


def _own_words(text: str) -> str:
    return own_words(text, forwarded=not re.search(r"^[ \t]*>", text, re.MULTILINE))


def _said(body: Json, event: Json) -> _Said:
    team, channel = team_of(body), id_in(event, "channel")
    subtype = word_in(event, "subtype")
    if subtype not in ("message_changed", "message_deleted"):
        ts = ts_in(event, "ts")
        return _Said(team, channel, ts, event, {}, "", ts)
    message, previous = object_in(event, "message"), object_in(event, "previous_message")
    # Where a deleted message had replies, Slack leaves a tombstone in its place.
    if subtype == "message_deleted" or word_in(message, "subtype") == "tombstone":
        ts = ts_in(event if "deleted_ts" in event else previous, "deleted_ts" if "deleted_ts" in event else "ts")
        return _Said(team, channel, ts, {}, previous, "deleted", word_in(event, "event_ts") or word_in(event, "ts"))
    edited = ts_in(object_in(message, "edited"), "ts")
    return _Said(team, channel, ts_in(message, "ts"), message, previous, edited, edited)


def _references(said: _Said, written: Json) -> tuple[str, ...]:
    """The root of the thread; an edited message is the root of its own, a deleted one is nothing to refer to."""
    root = word_in(written, "thread_ts")
    if is_ts(root) and root != said.ts:
        return (f"slack:{said.team}:{said.channel}:{root}",)
    return (said.reference,) if said.version not in ("", "deleted") else ()


def _body(message: Json, us: frozenset[str]) -> str:
    blocks = [block for block in items_in(message, "blocks", MOST_BLOCKS) if isinstance(block, dict)]
    text = _plain(word_in(message, "text", None), us)
    if not text.strip():
        return "\n".join(line for block in blocks for line in _block_lines(block, us)).strip()
    rows = [row for block in blocks if block.get("type") == "table" for row in _rows(block, us)]
    # Beside a pasted table the text may be a notice of it, or its cells without columns: these are not said twice.
    loose = {" ".join(row.split()) for row in rows}
    return "\n".join((*(line for line in text.strip().split("\n") if " ".join(line.split()) not in loose), *rows))


def _has_struck(message: Json) -> bool:
    text = _ESCAPED.sub(lambda found: _CHARACTERS[found[1]], word_in(message, "text", None))
    return bool(_STRUCK.search(text)) or '"strike": true' in json.dumps(message.get("blocks") or [])


def _bounded(text: str) -> tuple[str, tuple[str, ...]]:
    if len(text) <= LONGEST_TEXT:
        return text, ()
    words = f"Your message was longer than {LONGEST_TEXT:,} characters; we read only so much. Send the rest again."
    return text[:LONGEST_TEXT], (words,)


def _plain(text: str, us: frozenset[str]) -> str:
    """Slack's own marks out of a text: links become their labels, entities the characters they stand for."""
    text = _ANGLE.sub(lambda found: _whom(found) or _angle(found[1], us), text)
    text = _ESCAPED.sub(lambda found: _CHARACTERS[found[1]], text).replace("\u00a0", " ").replace("```", "")
    text = _EMOJI.sub(" ", _STRUCK.sub(" ", text))
    for _ in range(2):  # bold words in italics have two pairs
        text = _EMPHASIS.sub(r"\2", text)
    return text


def _whom(found: re.Match[str]) -> str:
    """Who is mentioned where something is handed over, by their id; elsewhere a mention is nobody's figure."""
    line = found.string[: found.start()].rpartition("\n")[2]
    name = found[1][1:].partition("|")[0]
    return f"@{name}" if found[1][0] == "@" and is_id(name) and _HANDS_OVER.search(line) else ""


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
            for element in items_in(block, "elements"):
                yield from _rich_lines(element, us)
        case "table":
            yield from _rows(block, us)
        case "section":
            for holder in (block.get("text"), *items_in(block, "fields")):
                yield _plain(word_in(holder, "text", None), us)


def _rich_lines(element: object, us: frozenset[str]) -> Iterator[str]:
    kind = word_in(element, "type")
    if kind == "rich_text_list":
        for item in items_in(element, "elements"):
            yield _inline(item, us)
        return
    for line in _inline(element, us).split("\n"):
        yield f"> {line}" if kind == "rich_text_quote" else line


def _inline(section: object, us: frozenset[str]) -> str:
    """The words of one stretch; what stands in blocks is not escaped."""
    return "".join(_inline_words(piece, us) for piece in items_in(section, "elements")).replace("\u00a0", " ")


def _inline_words(piece: object, us: frozenset[str]) -> str:
    if object_in(piece, "style").get("strike") is True:
        return " "
    match word_in(piece, "type"):
        case "user":
            return "" if word_in(piece, "user_id") in us else "@someone"
        case "link":
            return word_in(piece, "text", None) or word_in(piece, "url", None)
        case "emoji":
            return " "
        case "date":
            return word_in(piece, "fallback")
    return word_in(piece, "text", None)


def _rows(table: Json, us: frozenset[str]) -> Iterator[str]:
    for row in items_in(table, "rows", 200):
        cells = (_cell(cell, us) for cell in (row[:50] if isinstance(row, list) else ()))
        # An empty cell holds its column's place: without it last quarter's figure would stand under this quarter.
        yield "\t".join(cells)


def _cell(cell: object, us: frozenset[str]) -> str:
    text = word_in(cell, "text", None)
    if not text:
        text = " ".join(line for element in items_in(cell, "elements") for line in _rich_lines(element, us))
    return " ".join(text.split())


def _files(said: _Said) -> tuple[tuple[RemoteFile, ...], tuple[str, ...]]:
    """The files to fetch, and plain words for those that can't be. An edit brings no file a second time.

    How many are opened is decided where those of a mail are counted too.
    """
    known = {word_in(file, "id") for file in items_in(said.previous, "files")}
    return files_in([file for file in items_in(said.message, "files", 1000) if word_in(file, "id") not in known])

"""A payload of Slack's, taken apart word by word: who and where, and each value only where it is of its kind.

Every payload is a guest's word: any key may be missing or of another kind. What is odd but can be left out comes back
empty; what can't be done without raises Odd, and nothing else is raised here.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from parsers.errors import ParsersError

#: Of a single word this much is read, in characters; what people type into a field of a form ends here too.
LONGEST_FIELD = 3_000
#: Of a message or a form so many blocks are looked at; Slack's own end at 100, a form of several pages is kept as one.
MOST_BLOCKS = 1000
#: What a sender is asked to do about a message that can't be read.
SEND_ANEW = "Send the figures in a new message."

_ID = re.compile(r"[A-Za-z0-9_.\-]{1,80}")
_TS = re.compile(r"\d{1,11}(\.\d{1,9})?")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")

Json = dict[str, Any]


class Odd(ParsersError):
    """A payload that is not as Slack makes it; the words are for its sender."""


def team_of(body: Json) -> str:
    """The workspace we are installed in, which names the conversation; the sender's may be another."""
    for authorization in items_in(body, "authorizations"):
        if is_id(word_in(authorization, "team_id")):
            return word_in(authorization, "team_id")
    team = (
        word_in(body, "team_id")
        or word_in(object_in(body, "team"), "id")
        or word_in(object_in(body, "user"), "team_id")
    )
    if not is_id(team):
        raise Odd(f"The message does not say where it comes from. {SEND_ANEW}")
    return team


def sender_of(message: Json, team: str) -> tuple[str, ...]:
    """Who wrote a message, known by their own workspace, or else by `team`; () where it does not say."""
    home = next((word_in(message, key) for key in ("user_team", "source_team", "team") if word_in(message, key)), team)
    return _person(home, word_in(message, "user"))


def presser_of(body: Json) -> tuple[str, ...]:
    """Who pressed a button or sent a form in; () where it does not say."""
    user = object_in(body, "user")
    home = word_in(user, "team_id") or word_in(object_in(body, "team"), "id")
    return _person(home, word_in(user, "id"))


def _person(team: str, user: str) -> tuple[str, ...]:
    return (f"slack:{team}:{user}",) if is_id(team) and is_id(user) else ()


def moment_of(ts: str) -> datetime | None:
    """The moment that Slack's name of a message stands for; None where it stands for none."""
    try:
        return datetime.fromtimestamp(float(ts), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def fingerprint(*pieces: str) -> str:
    """What tells one message from another: each piece with its length, so that none can shift into the next."""
    whole = hashlib.sha256()
    for piece in pieces:
        encoded = piece.encode("utf-8", "replace")
        whole.update(len(encoded).to_bytes(8, "big") + encoded)
    return whole.hexdigest()


def object_in(holder: object, key: str) -> Json:
    """The object under a key; empty where there is none."""
    found = holder.get(key) if isinstance(holder, dict) else None
    return found if isinstance(found, dict) else {}


def items_in(holder: object, key: str, most: int = 1000) -> Sequence[Any]:
    """The first items of the list under a key; empty where there is none."""
    found = holder.get(key) if isinstance(holder, dict) else None
    return found[:most] if isinstance(found, list) else ()


def word_in(holder: object, key: str, most: int | None = LONGEST_FIELD) -> str:
    """The beginning of the text under a key, cleaned; "" where there is none."""
    found = holder.get(key) if isinstance(holder, dict) else None
    return cleaned(found[:most]) if isinstance(found, str) else ""


def cleaned(text: str) -> str:
    """A text with one kind of line end and nothing unprintable."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def is_id(text: str) -> bool:
    """Whether it can be an id of Slack's."""
    return bool(_ID.fullmatch(text))


def is_ts(text: str) -> bool:
    """Whether it can be the name Slack gives a message in its conversation, which is its moment."""
    return bool(_TS.fullmatch(text))


def id_in(holder: Json, key: str) -> str:
    """The id under a key, without which nothing can be said; Odd where there is none."""
    found = word_in(holder, key)
    if not is_id(found):
        raise Odd(f"The message does not say where it comes from. {SEND_ANEW}")
    return found


def ts_in(holder: object, key: str) -> str:
    """The moment under a key, without which nothing can be said; Odd where there is none."""
    found = word_in(holder, key)
    if not is_ts(found):
        raise Odd(f"The message does not say when it was written. {SEND_ANEW}")
    return found


def about_view(view: Json, odd: str) -> Json:
    """What a view of ours says about itself, its version among it; Odd with these words where it says nothing."""
    try:
        about = json.loads(word_in(view, "private_metadata"))
    except (ValueError, RecursionError):
        about = None
    if not isinstance(about, dict) or not isinstance(about.get("version"), int):
        raise Odd(odd)
    return about


def digest_of_values(values: Json, odd: str) -> str:
    """Tells what was put in: the same view sent in with other values is another message (the door's key has it too)."""
    try:
        written = json.dumps(values, sort_keys=True)
    except RecursionError:
        raise Odd(odd) from None
    return hashlib.sha256(written.encode()).hexdigest()[:12]

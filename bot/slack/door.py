"""The Slack door: what people say to us is kept in the books before Slack is told that we have it."""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

import structlog

from bot.slack.modals import SAY
from bot.slack.posts import CHOOSE
from collector.books import InboxRow, InboxState, OutboxRow
from collector.desk import Doubt, FieldProblem, NotOnTheList
from collector.domain.partnership import Partnership
from collector.domain.submission import Inbound
from collector.home_parts import Home
from collector.messages import Sheet
from collector.ports import Books

log = structlog.get_logger()

DOOR = "slack"
#: The command whose words are orders.
COMMAND = "/returns"

NOT_ON_THE_LIST = (
    "You are not on the list of people who send returns, so nothing was changed. "
    "Ask the coordinator of the partnership to add you."
)
NOT_YOURS = (
    "This question is for somebody else, so nothing was changed. Reply in a message to us with your own figures."
)

#: What people write: everything else that Slack calls a message is a notice or a bot's.
_BY_PERSONS = frozenset({"", "file_share", "thread_broadcast", "me_message"})
_TS = re.compile(r"\d{1,11}(\.\d{1,9})?")
_ID = re.compile(r"[A-Za-z0-9_.\-]{1,80}")

Json = dict[str, Any]


class Taker(Protocol):
    """Keeps what arrives: the intake."""

    def accept(self, inbound: Inbound) -> InboxRow | None: ...


class FrontDesk(Protocol):
    """Hands out forms and looks over what was filled in: the desk."""

    def sheet_for(self, sender: str, now: datetime) -> Sheet | None: ...
    def look_over(self, inbound: Inbound, now: datetime) -> list[FieldProblem]: ...
    def doubts(self, inbound: Inbound, now: datetime) -> list[Doubt]: ...
    def home_of(self, sender: str, now: datetime) -> Home: ...
    def colleagues(self, sender: str, now: datetime) -> list[str]: ...


@dataclass(frozen=True)
class Arrival:
    """Something a person said or did: the key it is kept under and Slack's time of it."""

    key: str
    ts: str


@dataclass(frozen=True)
class SlackDoor:
    """Turns what Slack delivers into inbound messages. `on_kept` is told of each new one, to wake the worker."""

    intake: Taker
    desk: FrontDesk
    books: Books
    now: Callable[[], datetime]
    on_kept: Callable[[], None] = field(default=lambda: None)

    def keep(self, body: Json) -> bool:
        """Keep what a person said or pressed; whether it is new. When this returns it is on disk.

        Forms are not kept here: they are looked over first. A press on a question to somebody else is not kept.
        """
        try:
            arrival = arrival_of(body)
        except (AttributeError, TypeError, ValueError, LookupError):
            # Slack would send the same oddity again and again.
            log.warning("odd event passed over", kind=str(body.get("type"))[:40])
            return False
        if arrival is None or self.is_for_another(body):
            return False
        return self._accept(self._inbound(body, arrival))

    def form(self, body: Json) -> Inbound:
        """A form that was sent in, to be looked over; it is not kept yet."""
        view = body["view"]
        # The same view sent in twice is one message; with other values in it, it is another.
        digest = hashlib.sha256(json.dumps(view["state"]["values"], sort_keys=True).encode()).hexdigest()[:12]
        return self._inbound(body, Arrival(f"slack:view:{view['id']}:{view['hash']}:{digest}", ""))

    def take_in(self, form: Inbound) -> bool:
        """Keep a form; whether it is new."""
        return self._accept(form)

    def knows(self, sender: str) -> bool:
        """Whether somebody is on the list of people who send returns."""
        try:
            self.desk.sheet_for(sender, self.now())
        except NotOnTheList:
            return False
        return True

    def objection(self, body: Json) -> str:
        """Why somebody's press on a choice changes nothing, in words for them; empty where it counts."""
        if self.is_for_another(body):
            return NOT_YOURS
        return "" if self.knows(presser_of(body)) else NOT_ON_THE_LIST

    def is_settled(self, key: str) -> bool:
        """Whether what was kept under a key is worked through."""
        with self.books.begin() as unit:
            row = unit.inbox.by_key(key)
        return row is None or row.state in (InboxState.DONE, InboxState.QUARANTINED)

    def is_for_another(self, body: Json) -> bool:
        """Whether somebody we know pressed a choice that we put to somebody else.

        A stranger's press is kept all the same: it changes nothing, and the coordinator is shown it.
        """
        if body.get("type") != "block_actions":
            return False
        asked, partnership = self._asked(body)
        if asked is None or partnership is None:
            return False
        who = presser_of(body)
        people = {person.id: person for person in partnership.people}
        account = people[asked.planned.person].slack if asked.planned.person in people else None
        if account is None or not account.conversation.startswith(("U", "W")):
            return False
        return account.sender != who and partnership.known_as(who) is not None

    def _asked(self, body: Json) -> tuple[OutboxRow | None, Partnership | None]:
        """The message of ours whose button was pressed."""
        team, channel, pressed = place_of(body)
        with self.books.begin() as unit:
            return unit.outbox.by_references([f"slack:{team}:{channel}:{pressed}"]), unit.plan.get()

    def _accept(self, inbound: Inbound) -> bool:
        new = self.intake.accept(inbound) is not None
        if new:
            self.on_kept()
        return new

    def _inbound(self, body: Json, arrival: Arrival) -> Inbound:
        raw = json.dumps(body, ensure_ascii=True, separators=(",", ":")).encode()
        # What counts for lateness is when Slack had it, not when we came to look (RULES 18).
        now = self.now()
        said_at = datetime.fromtimestamp(float(arrival.ts), UTC) if arrival.ts else now
        return Inbound(DOOR, arrival.key, min(said_at, now), raw, len(raw))


def arrival_of(body: Json) -> Arrival | None:
    """Under which key a person's words or press are kept; None for everything else that Slack tells us."""
    if body.get("type") == "block_actions":
        return _press(body)
    if body.get("command") == COMMAND:
        return _command(body)
    event = body.get("event")
    if not isinstance(event, dict):
        return None
    if event.get("type") == "app_mention":
        return _message(body, event, event)
    if event.get("type") == "message" and _is_with_us(event):
        return _said(body, event)
    return None


def _said(body: Json, event: Json) -> Arrival | None:
    subtype = event.get("subtype")
    if subtype not in ("message_changed", "message_deleted"):
        return _message(body, event, event)
    message, previous = event.get("message") or {}, event.get("previous_message") or {}
    # Where a deleted message had replies, Slack leaves a tombstone in its place.
    if subtype == "message_deleted" or message.get("subtype") == "tombstone":
        ts = event.get("deleted_ts") or previous.get("ts")
        found = _message(body, event, {**previous, "ts": ts})
        return found and Arrival(f"{found.key}:deleted", str(event.get("event_ts") or event.get("ts") or ts))
    edited = (message.get("edited") or {}).get("ts")
    if not edited or _says_the_same(message, previous):
        return None  # a link was unfolded, or a reply was counted
    found = _message(body, event, message)
    return found and Arrival(f"{found.key}:{edited}", str(edited))


def _says_the_same(message: Json, previous: Json) -> bool:
    """A table's text may stand in the blocks only."""
    kept = ("text", "blocks") if "blocks" in previous else ("text",)
    return all(message.get(key) == previous.get(key) for key in kept)


def _message(body: Json, event: Json, message: Json) -> Arrival | None:
    """A person's message: bots, ourselves among them, and notices are passed over."""
    user, subtype = str(message.get("user") or ""), str(message.get("subtype") or "")
    if message.get("bot_id") or subtype not in _BY_PERSONS or user in {"", "USLACKBOT", *_ours(body)}:
        return None
    team, channel, ts = team_of(body), str(event.get("channel") or ""), str(message.get("ts") or "")
    if not (_ID.fullmatch(team) and _ID.fullmatch(channel) and _TS.fullmatch(ts)):
        return None
    return Arrival(f"slack:{team}:{channel}:{ts}", ts)


def _is_with_us(event: Json) -> bool:
    """Whether it was said in a conversation with us alone; an edit may not say so but by the channel's id."""
    return event.get("channel_type") == "im" or str(event.get("channel") or "").startswith("D")


def _press(body: Json) -> Arrival | None:
    actions = body.get("actions") or []
    action = next((one for one in actions if str(one.get("action_id")).startswith((CHOOSE, SAY))), None)
    if action is None:
        return None
    team, channel, pressed = place_of(body)
    moment = str(action.get("action_ts") or "")
    container = body.get("container") or {}
    if container.get("type") == "view":
        view = str(container.get("view_id") or "")
        if not (_ID.fullmatch(team) and _ID.fullmatch(view) and _TS.fullmatch(moment)):
            return None
        # The home tab is everybody's own: whose it is stands in its id.
        return Arrival(f"slack:act:{team}:home:{view}:{moment}", moment)
    if not (_ID.fullmatch(channel) and _TS.fullmatch(pressed) and _TS.fullmatch(moment)):
        return None
    return Arrival(f"slack:act:{team}:{channel}:{pressed}:{moment}", moment)


def _command(body: Json) -> Arrival | None:
    team, trigger = team_of(body), str(body.get("trigger_id") or "")
    known = _ID.fullmatch(team) and _ID.fullmatch(trigger) and _ID.fullmatch(str(body.get("user_id") or ""))
    return Arrival(f"slack:command:{team}:{trigger}", "") if known else None


def commander_of(body: Json) -> str:
    """Who gave a command."""
    return f"slack:{team_of(body)}:{body.get('user_id')}"


def place_of(body: Json) -> tuple[str, str, str]:
    """The team, the channel and the message whose button was pressed."""
    container = body.get("container") or {}
    channel = container.get("channel_id") or (body.get("channel") or {}).get("id") or ""
    return team_of(body), str(channel), str(container.get("message_ts") or "")


def origin_of(body: Json) -> str:
    """The reference of the thread that a press belongs to: what comes of it is answered there."""
    team, channel, pressed = place_of(body)
    inside = (body.get("container") or {}).get("thread_ts") or (body.get("message") or {}).get("thread_ts")
    return f"slack:{team}:{channel}:{inside or pressed}"


def presser_of(body: Json) -> str:
    """Who pressed a button or sent a form: a person is known by their own workspace and their id."""
    user = body.get("user") or {}
    return f"slack:{user.get('team_id') or (body.get('team') or {}).get('id')}:{user.get('id')}"


def team_of(body: Json) -> str:
    """The workspace we are installed in, which names the conversation; the sender's may be another."""
    for authorization in body.get("authorizations") or []:
        if authorization.get("team_id"):
            return str(authorization["team_id"])
    user = body.get("user") or {}
    return str(body.get("team_id") or (body.get("team") or {}).get("id") or user.get("team_id") or "")


def _ours(body: Json) -> frozenset[str]:
    return frozenset(str(one.get("user_id")) for one in body.get("authorizations") or [])

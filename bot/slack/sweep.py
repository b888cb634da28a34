"""The sweep: what was said while nobody listened is looked up in Slack's history and kept like an event.

It looks further back than it must: the keys are those of the events, so what is known already is passed over.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from typing import Any

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.slack.door import DOOR, SlackDoor, arrival_of
from bot.slack.errors import ABOUT_THE_ACCOUNT, SlackDown, code_of, retry_after
from collector.ports import Books, Unit

log = structlog.get_logger()

#: What Slack took late, and replies to threads that were quiet, lie before the cursor: so far back is looked again.
OVERLAP = timedelta(days=1)
#: Where there is neither a cursor nor a round, so far back is looked.
FIRST_LOOK = timedelta(days=35)

_PAGE = 200
_MOST_PAGES = 50
_MOST_WAITS = 5
_LONGEST_WAIT = 60.0
_MICRO = 1_000_000

Json = dict[str, Any]


class _Unfinished(Exception):
    """A conversation could not be read to its end."""


@dataclass(frozen=True)
class _Us:
    team: str
    user: str


@dataclass(frozen=True)
class Sweep:
    """Looks through the conversations with everybody on the list.

    `wait` waits that many seconds and says whether to give up (a stop event's `wait` does).
    """

    client: WebClient
    books: Books
    door: SlackDoor
    now: Callable[[], datetime]
    wait: Callable[[float], bool]

    def run(self) -> int:
        """Take in what nobody knew of; how many messages. SlackDown when Slack can't be read now."""
        answer = self._ask("auth.test")
        us = _Us(str(answer["team_id"]), str(answer["user_id"]))
        kept = 0
        for user in self._people():
            try:
                kept += self._conversation(str(self._ask("conversations.open", users=user)["channel"]["id"]), us)
            except (_Unfinished, SlackApiError, LookupError, TypeError, ValueError, AttributeError) as error:
                # One person's conversation, or one odd message in it, must not keep the others from being read.
                why = code_of(error) if isinstance(error, SlackApiError) else f"{type(error).__name__}: {error}"
                log.warning("conversation not swept", user=user, why=why)
        return kept

    def _people(self) -> list[str]:
        """The users who are on the list; groups are no conversations with us."""
        with self.books.begin() as unit:
            partnership = unit.plan.get()
        accounts = [person.slack for person in (partnership.people if partnership else ()) if person.slack]
        return [one.conversation for one in accounts if one.conversation.startswith(("U", "W"))]

    def _conversation(self, channel: str, us: _Us) -> int:
        with self.books.begin() as unit:
            since, roots = self._since(unit, channel), _known_roots(unit, us.team, channel)
            begins = self._begins(unit, since)
        seen = {str(message["ts"]): message for message in self._pages("conversations.history", channel, begins)}
        newest = max(seen, key=float, default="")
        roots.update(ts for ts, message in seen.items() if _is_busy(message, since))
        quiet = {ts for ts, message in seen.items() if not _is_busy(message, since)}
        for root in sorted(roots - quiet, key=float):
            seen.update(self._thread(channel, root, since))
        ordered = (message for _, message in sorted(seen.items(), key=lambda one: float(one[0])))
        kept = sum(self._keep(message, channel, us) for message in ordered)
        if newest:
            self._move(channel, newest)
        return kept

    def _thread(self, channel: str, root: str, since: datetime) -> dict[str, Json]:
        try:
            return {str(one["ts"]): one for one in self._pages("conversations.replies", channel, since, ts=root)}
        except SlackApiError as error:
            if code_of(error) in ("thread_not_found", "message_not_found"):
                return {}  # it was deleted, and what was said in it with it
            raise

    def _since(self, unit: Unit, channel: str) -> datetime:
        cursor = unit.cursors.get(DOOR, channel)
        if cursor is None:
            return self.now() - FIRST_LOOK
        return datetime.fromtimestamp(cursor[1] / _MICRO, UTC) - OVERLAP

    def _begins(self, unit: Unit, since: datetime) -> datetime:
        """History is read from the round's opening on: it says which of our messages have new replies."""
        newest = unit.rounds.latest()
        return min(since, newest.opens) if newest else since

    def _keep(self, message: Json, channel: str, us: _Us) -> bool:
        for body in self._bodies(message, channel, us):
            arrival = arrival_of(body)
            if arrival is not None and self._kept(arrival.key) is None:
                return self.door.keep(body)
        return False

    def _bodies(self, message: Json, channel: str, us: _Us) -> Iterator[Json]:
        """The event that would have told us. Of an edited message only what it says now can still be had."""
        if not (message.get("edited") or {}).get("ts"):
            yield _event({**message, "type": "message"}, channel, us)
            return
        first = self._kept(f"slack:{us.team}:{channel}:{message['ts']}")
        previous: Json = {}
        if first is not None:
            # Files that came with the first version were fetched with it; what it said is known already.
            previous = {key: message[key] for key in ("ts", "user", "files") if key in message}
            previous |= {key: first[key] for key in ("text", "blocks") if key in first}
        yield _event({"type": "message", "subtype": "message_changed", "message": message,
                      "previous_message": previous}, channel, us)  # fmt: skip

    def _kept(self, key: str) -> Json | None:
        """A message as it first came to us; empty where its bytes were let go, None where we don't have it."""
        with self.books.begin() as unit:
            row = unit.inbox.by_key(key)
            raw = unit.blobs.get(row.blob) if row is not None else None
        if not raw:
            return None if raw is None else {}
        event = json.loads(raw).get("event")
        return event if isinstance(event, dict) else {}

    def _move(self, channel: str, newest: str) -> None:
        position = int(float(newest) * _MICRO)
        with self.books.begin() as unit:
            cursor = unit.cursors.get(DOOR, channel)
            if cursor is None or cursor[1] < position:
                unit.cursors.move(DOOR, channel, 0, position)

    def _pages(self, method: str, channel: str, since: datetime, **asked: str) -> Iterator[Json]:
        place: Json = {"channel": channel, "oldest": f"{since.timestamp():.6f}", "limit": _PAGE, **asked}
        for _ in range(_MOST_PAGES):
            page = self._ask(method, **place)
            yield from page.get("messages") or ()
            place["cursor"] = (page.get("response_metadata") or {}).get("next_cursor")
            if not place["cursor"]:
                return
        raise _Unfinished(f"more than {_MOST_PAGES * _PAGE} messages since {since:%d %b %Y}")

    def _ask(self, method: str, **params: object) -> Mapping[str, Any]:
        """One call; it waits where Slack asks for it, but not for ever."""
        for _ in range(_MOST_WAITS):
            try:
                answer = self.client.api_call(method, params=params).data
                if isinstance(answer, bytes):
                    raise SlackDown("Slack's answer could not be read.")
                return answer
            except SlackApiError as error:
                pause = retry_after(error)
                if pause is None:
                    raise self._down(error) or error from error
                if self.wait(min(pause.total_seconds(), _LONGEST_WAIT)):
                    raise SlackDown("We stopped while Slack asked us to wait.") from error
            except (SlackClientError, OSError, HTTPException) as error:
                raise SlackDown(f"Slack can't be read: {' '.join(str(error).split())[:200]}") from error
        raise SlackDown("Slack asked us to wait too many times.")

    def _down(self, error: SlackApiError) -> SlackDown | None:
        """Trouble that every further call would have as well."""
        code = code_of(error)
        if code in ABOUT_THE_ACCOUNT:
            return SlackDown(f"Slack does not accept our account ({code}). Check SLACK_BOT_TOKEN and its scopes.")
        if not code or error.response.status_code != 200:
            return SlackDown(f"Slack is not well: it answered {error.response.status_code} {code}".rstrip())
        return None


def _event(event: Json, channel: str, us: _Us) -> Json:
    """A message from the history in the shape in which Slack would have told us of it."""
    return {
        "team_id": us.team,
        "authorizations": [{"team_id": us.team, "user_id": us.user}],
        "found": "conversations.history",
        "event": {**event, "channel": channel, "channel_type": "im"},
    }


def _is_busy(message: Json, since: datetime) -> bool:
    """Whether something was said in a message's thread lately."""
    latest = message.get("latest_reply")
    return bool(latest) and float(str(latest)) >= since.timestamp()


def _known_roots(unit: Unit, team: str, channel: str) -> set[str]:
    """The threads that our messages of the newest round and the one before it stand in or begin."""
    newest = unit.rounds.latest()
    if newest is None:
        return set()
    begin = f"slack:{team}:{channel}:"
    rows = (*unit.outbox.rows(newest.period.previous), *unit.outbox.rows(newest.period))
    named = ((row.planned.references[:1] or ()) + (row.external_ref or "",) for row in rows)
    firsts = (next((name for name in names if name.startswith(begin)), "") for names in named)
    return {name.removeprefix(begin).partition(":")[0] for name in firsts if name}

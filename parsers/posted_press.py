"""A button that was pressed and a command that was given in Slack: a numbered choice, or words in somebody's name."""

import re

from collector.domain.submission import Opened
from parsers.payload import (
    Json,
    Odd,
    fingerprint,
    id_in,
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

#: Buttons whose value says something in their presser's name, and those of the numbered choices.
SAYS = "say:"
_CHOOSES = "choose:"
_UNREAD = "We couldn't read which button was pressed. Reply with the number instead."
#: A command's own words for the orders that are written longer in a message.
_SHORT = {"": "help"}


def opened_press(body: Json) -> Opened:
    """Which button was pressed, and below which message of ours; Odd where it can't be told."""
    action = next((one for one in items_in(body, "actions") if _is_ours(word_in(one, "action_id"))), None)
    value, says = word_in(action, "value"), word_in(action, "action_id").startswith(SAYS)
    if action is None or not (value.strip() if says else re.fullmatch(r"[0-9]{1,4}", value)):
        raise Odd(_UNREAD)
    place, pressed, roots = _pressed_at(body)
    moment, label = ts_in(action, "action_ts"), word_in(object_in(action, "text"), "text")
    senders = presser_of(body)
    return Opened(
        senders=senders,
        subject="",
        text=" ".join(value.split()) if says else "",
        body=label,
        message_id=f"slack:act:{place}:{pressed}:{moment}",
        references=tuple(f"slack:{place}:{ts}" for ts in dict.fromkeys(roots)),
        sent_at=moment_of(moment),
        fingerprint=fingerprint(*senders, pressed, moment, value),
        chosen=() if says else (int(value),),
    )


def opened_command(body: Json) -> Opened:
    """What stands behind "/returns", as if it had been written to us; alone it asks for help."""
    said = " ".join(word_in(body, "text").split())
    senders = sender_of({"user": word_in(body, "user_id")}, team_of(body))
    trigger = id_in(body, "trigger_id")
    return Opened(
        senders=senders,
        subject="",
        text=_SHORT.get(said.lower(), said),
        body=f"{word_in(body, 'command')} {said}".strip(),
        message_id=f"slack:command:{team_of(body)}:{trigger}",
        references=(),
        sent_at=None,
        fingerprint=fingerprint(*senders, trigger, said),
    )


def _is_ours(action_id: str) -> bool:
    return action_id.startswith((_CHOOSES, SAYS))


def _pressed_at(body: Json) -> tuple[str, str, tuple[str, ...]]:
    """The conversation, the message and its threads; the home tab has none: the answer begins one."""
    container, message = object_in(body, "container"), object_in(body, "message")
    if container.get("type") == "view":
        return f"{team_of(body)}:home", id_in(container, "view_id"), ()
    pressed = ts_in(container, "message_ts")
    channel = id_in(container, "channel_id") if container.get("channel_id") else id_in(object_in(body, "channel"), "id")
    root = word_in(container, "thread_ts") or word_in(message, "thread_ts")
    return f"{team_of(body)}:{channel}", pressed, (root, pressed) if is_ts(root) else (pressed,)

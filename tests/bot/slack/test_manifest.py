"""The manifest asks for what the code uses, and for nothing else."""

import re
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.slack.door import COMMAND

ROOT = Path(__file__).parents[3]
SOURCES = sorted((ROOT / "bot" / "slack").rglob("*.py"))

#: What each method of the Web API needs, as Slack's reference says it of a bot token; none where nothing is needed.
NEEDS: dict[str, frozenset[str]] = {
    "auth.test": frozenset(),
    "chat.postMessage": frozenset({"chat:write"}),
    "chat.update": frozenset({"chat:write"}),
    # Direct messages, the group's public or private channel.
    "conversations.history": frozenset({"im:history", "channels:history", "groups:history"}),
    "conversations.replies": frozenset({"im:history", "channels:history", "groups:history"}),
    "conversations.open": frozenset({"im:write"}),
    "files.upload_v2": frozenset({"files:write"}),
    "views.open": frozenset(),
    "views.publish": frozenset(),
    "views.update": frozenset(),
}
#: What each kind of event needs.
EVENTS = {
    "app_home_opened": frozenset[str](),
    "app_mention": frozenset({"app_mentions:read"}),
    "message": frozenset({"im:history"}),
}
#: Files that people shared are fetched with the token itself, and commands are a scope of their own.
BESIDE = frozenset({"files:read", "commands"})

_CALLS = re.compile(r"client\.((?:auth|chat|conversations|files|views|users|reactions|pins)_\w+)\(")
_NAMED = re.compile(r'"((?:auth|chat|conversations|files|views|users|reactions|pins)\.\w+)"')
_LISTENS = re.compile(r'app\.event\("(\w+)"\)|for kind in \(("\w+"(?:, "\w+")*)\)')


def manifest() -> dict[str, Any]:
    found: dict[str, Any] = YAML(typ="safe").load((ROOT / "examples/slack/manifest.yaml").read_text())
    return found


def methods_called() -> set[str]:
    found: set[str] = set()
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        found |= {name.replace("_", ".", 1) for name in _CALLS.findall(text)}
        found |= {name for name in _NAMED.findall(text) if "history" not in name or "messages" in text}
    return found


def events_heard() -> set[str]:
    found: set[str] = set()
    for path in SOURCES:
        for alone, several in _LISTENS.findall(path.read_text(encoding="utf-8")):
            found |= {alone} if alone else set(re.findall(r"\w+", several))
    return found


def test_the_scopes_are_those_of_the_methods_called_and_the_events_heard() -> None:
    methods, events = methods_called(), events_heard()
    assert methods == NEEDS.keys(), "a method is called that the test does not know, or none calls one it knows"
    assert events == EVENTS.keys()
    needed = BESIDE.union(*NEEDS.values(), *EVENTS.values())
    assert sorted(manifest()["oauth_config"]["scopes"]["bot"]) == sorted(needed)


def test_slack_is_asked_for_the_events_that_are_heard() -> None:
    asked = {event.partition(".")[0] for event in manifest()["settings"]["event_subscriptions"]["bot_events"]}
    assert asked == EVENTS.keys()


def test_the_command_the_home_tab_and_the_socket_are_there() -> None:
    given = manifest()
    assert [one["command"] for one in given["features"]["slash_commands"]] == [COMMAND]
    assert given["features"]["app_home"]["home_tab_enabled"] is True
    assert given["settings"]["socket_mode_enabled"] is True
    assert given["settings"]["interactivity"]["is_enabled"] is True
    assert "request_url" not in str(given), "nothing of ours is open to the internet"


def test_the_page_for_the_administrator_names_every_scope_and_the_manifest() -> None:
    page = (ROOT / "docs" / "slack.md").read_text(encoding="utf-8")
    for scope in manifest()["oauth_config"]["scopes"]["bot"]:
        assert f"`{scope}`" in page, scope
    assert "examples/slack/manifest.yaml" in page

"""What the coordinator can do at the terminal can be written in Slack and by mail, but for what the page names."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from typer.main import get_command

from bot.cli.app import app
from parsers.orders import read_orders

PAGE = (Path(__file__).parents[3] / "docs" / "orders.md").read_text(encoding="utf-8")
#: What is written for each command of the terminal.
WRITTEN = {
    "status": "status",
    "round status": "status",
    "round open": "open the round for 2015-16 Q2",
    "round freeze": "freeze the round",
    "round lock": "lock the round: SEG met",
    "round reopen": "reopen DA06: a corrected count",
    "round decline": "decline DA06: the first count was right",
    "round requests": "requests",
    "round decide": "accept request 3: SEG 12 January",
    "sign": "sign off P4",
    "send-back": "send back DA06: the counts are for Q1",
    "record": "on behalf of the Medway Commander: DA06 153",
    "who-owes": "who owes what?",
    "timetable": "timetable",
    "people away": "the Medway Commander is on leave until 9 November",
    "people back": "the Medway Commander is back",
    "people hand-over": "hand over DA06 to the Medway Commander",
    "people snooze": "remind the Medway Commander on Friday",
    "people extend": "extend DA06 until 30 October: the police are late",
    "release list": "what waits for release?",
    "release send": "release 12",
    "release hold": "hold 12",
    "release cover": "cover 12: SEG has agreed the new targets",
    "release drop": "drop 12",
    "quarantine list": "quarantine",
    "quarantine show": "show 12",
    "quarantine accept": "accept 12",
    "quarantine reject": "reject 12: not one of our partners",
    "quarantine address-works": "the address commander@kent.example.org works again",
    "purge": "purge 12: a list of names came with it",
    "export": "export",
    "history": "history DA06",
    "definitions out": "definitions",
    "definitions in": "change the definitions: SEG 12 January",
    "targets list": "targets to confirm",
    "targets confirm": "confirm the target of DA06: SEG 12 January",
    "words": "words held back",
    "publication-text": "publication text for DA06: All clients were offered support.",
}


def commands(held: object, name: str = "") -> Iterator[str]:
    """Every command of the terminal by its name."""
    within: Mapping[str, object] = getattr(held, "commands", {})
    for each, inner in within.items():
        yield from commands(inner, f"{name} {each}".strip())
    if not within:
        yield name


def test_every_command_of_the_terminal_can_be_written_or_is_named_as_the_terminals_alone() -> None:
    told = PAGE.partition("## At the terminal only")[2]
    alone = {words.split(" --")[0] for words in re.findall(r"`([^`]+)`", told)}
    assert alone.isdisjoint(WRITTEN)
    assert set(commands(get_command(app))) == alone | WRITTEN.keys()


def test_what_is_written_for_a_command_is_read_as_one_order() -> None:
    for name, words in WRITTEN.items():
        told = read_orders(words, date(2015, 10, 6))
        assert (len(told.orders), told.rest.strip()) == (1, ""), name

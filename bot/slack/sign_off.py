"""A sign-off sheet as Slack shows it: each figure of a priority with its colour and arithmetic, and how to answer."""

from collections.abc import Sequence
from dataclasses import replace

from bot import phrases
from bot.slack.blocks import Part, Room, buttons, heading, line, listed, rule, section, small
from bot.slack.modals import ask, say
from bot.slack.mrkdwn import Line, Strong
from collector.messages import SignOffLine, SignOffPart, SignOffSheet


def sign_off(message: SignOffSheet, room: Room, foot: list[Line]) -> list[Part]:
    """The parts of the post; what does not fit is counted."""
    answers = [line(f"• {how}: ", Strong(words)) for how, words in phrases.sign_off_answers(message)]
    shared = replace(
        room,
        recorded=max(1, room.recorded // len(message.parts)),
        brief=max(1, room.brief // len(message.parts)),
        lines=max(1, room.lines // len(message.parts)),
    )
    silence = line("Without your answer the papers say: not signed off.")
    return [
        heading(phrases.sentence(phrases.sign_off_headline(message)), phrases.subject_of(message)),
        *section([line(phrases.sign_off_sentence(message))], room.words),
        *(part for priority in message.parts for part in _priority(priority, shared)),
        rule(),
        _presses(message),
        *listed("How to answer", [[line("Reply here:"), *answers]], room.words),
        small([silence, *foot], room.words),
    ]


def _presses(message: SignOffSheet) -> Part:
    """The same answers as buttons; a press is an answer to the sheet, and signs what it showed."""
    codes = [given.code for part in message.parts for given in part.lines if not given.signed]
    one = len(message.parts) == 1
    back = ask("Send one back", "send back {why}", f"Which one and why, like this: {codes[0]}: the reason", "sheet")
    signs = [
        say(f"Sign off {part.code}", f"sign off {part.code}", f"{number}:sign off", primary=one)
        for number, part in enumerate(message.parts)
    ]
    return buttons([*signs, back])


def _priority(given: SignOffPart, room: Room) -> list[Part]:
    full, brief = given.lines[: room.recorded], given.lines[room.recorded :]
    parts = [rule(), *section([line(Strong(f"{given.code} {given.title}"))], room.words)]
    parts += [part for each in full for part in section(_figure(each), room.words)]
    if brief:
        entries = [[line(Strong(each.code), f": {each.figure}{_colour(each)}")] for each in brief[: room.brief]]
        if len(brief) > room.brief:
            entries.append([line(f"and {len(brief) - room.brief} more.")])
        parts += listed("Also in", entries, room.words)
    return [
        *parts,
        *_titled(f"Outstanding in {given.code} ({len(given.outstanding)})", given.outstanding, room),
        *_titled(f"Awaiting source in {given.code} ({len(given.awaiting)})", given.awaiting, room),
    ]


def _figure(given: SignOffLine) -> list[Line]:
    facts = " ".join(filter(None, (given.last and f"{given.last}.", given.target and f"Target: {given.target}.")))
    judged = f"{given.rag.sign} {given.rag.word}: {phrases.reason(given)}" if given.rag else given.why
    return [
        line(Strong(given.code), f" {given.title}"),
        line(Strong(given.figure), f", from {given.from_whom}{phrases.sign_off_mark(given)}"),
        line(judged),
        line(facts),
        *(line(remark) for remark in given.remarks),
        line(f"Their words: {phrases.quoted(given.note)}" if given.note else ""),
    ]


def _colour(given: SignOffLine) -> str:
    return f", {given.rag.sign} {given.rag.word}" if given.rag else ""


def _titled(title: str, words: Sequence[str], room: Room) -> list[Part]:
    if not words:
        return []
    shown = [[line("• ", given)] for given in words[: room.lines]]
    more = [[line(f"and {len(words) - room.lines} more.")]] if len(words) > room.lines else []
    return listed(title, [*shown, *more], room.words)

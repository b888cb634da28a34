"""Posts: what the rules want to say, as Slack messages. Pure: the same row gives the same bytes."""

import base64
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot import phrases
from bot.slack.blocks import (
    ROOMS,
    Block,
    Button,
    Part,
    Room,
    a_line_each,
    blocks_of,
    buttons,
    fits,
    heading,
    line,
    listed,
    rule,
    saying,
    section,
    small,
    titled,
    words_of,
)
from bot.slack.late_changes import late_changes
from bot.slack.modals import ways_to_answer
from bot.slack.mrkdwn import Line, Strong, plain
from bot.slack.notice import notice
from bot.slack.sign_off import sign_off
from bot.slack.summaries import board, digest, week
from bot.slack.week_picture import alt_text, picture_of
from collector.books import OutboxRow, Planned
from collector.messages import (
    Board,
    Choice,
    Digest,
    LateChanges,
    Message,
    Notice,
    OwedLine,
    Question,
    Receipt,
    RecordedLine,
    Reminder,
    Sheet,
    SignOffSheet,
    WeekSummary,
)

#: What our buttons are called; a listener takes each by its name. A choice's number follows the prefix.
OPEN_FORM = "open_form"
CHOOSE = "choose:"
#: A message of ours carries its token in its first block, so that it can be found again after a crash.
TOKEN_PREFIX = "collector:"

_REFERENCE = re.compile(r"slack:[A-Z0-9]+:([A-Z0-9]+):(\d+\.\d+)(?::.*)?", re.DOTALL)
_SHORT = 6
_EXAMPLES = 3


@dataclass(frozen=True)
class Post:
    """A message as a person would see it."""

    text: str
    blocks: list[Block]


@dataclass(frozen=True)
class _Place:
    """Where a message goes: beneath which one, or in whose stead."""

    channel: str
    thread_ts: str | None = None
    update_ts: str | None = None


class Posts:
    """Renders messages for Slack. `workbook` makes the bytes of the return that goes with a message."""

    def __init__(self, partnership_name: str, workbook: Callable[[Sheet], bytes]) -> None:
        self._partnership = partnership_name
        self._workbook = workbook

    def render(self, row: OutboxRow, recipient_title: str, address: str, files: Sequence[bytes] = ()) -> bytes:
        """What is to be posted, as JSON, to be kept and sent as it is however often it is tried."""
        post = self.preview(row.planned.message, row.token[:_SHORT].upper(), row.planned.cover)
        place = _place(row.planned, address)
        first, *others = post.blocks
        payload = {
            "channel": place.channel,
            "thread_ts": place.thread_ts,
            "update_ts": place.update_ts,
            "token": row.token,
            "text": post.text,
            "blocks": [{**first, "block_id": TOKEN_PREFIX + row.token}, *others],
            "files": [*map(self._return, _enclosed(row.planned.message)), *_files(row.planned.message, files)],
        }
        return json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    def preview(self, message: Message, reference: str = "", cover: str = "") -> Post:
        """The words and blocks of a message, in the first room in which it fits; `cover` stands before it."""
        foot = f"{self._partnership}, performance returns"
        for room in ROOMS:
            parts = _parts(message, room, foot, reference)
            if cover:
                parts = [*section([line(cover)], room.words), *parts]
            blocks = blocks_of(parts)
            if fits(blocks):
                break
        return Post(words_of(parts), blocks)

    def _return(self, sheet: Sheet) -> dict[str, str]:
        title = f"Return for {sheet.period}, {sheet.to}, {len(sheet.rows)} to fill in"
        return _file(phrases.workbook_name(sheet), title, self._workbook(sheet))


def _file(name: str, title: str, raw: bytes) -> dict[str, str]:
    return {"name": name, "title": plain(title, 200), "content": base64.b64encode(raw).decode("ascii")}


def _files(message: Message, files: Sequence[bytes]) -> list[dict[str, str]]:
    if isinstance(message, WeekSummary):
        name = f"round-{message.period.key}-{message.at:%Y-%m-%d}.png"
        picture = _file(name, f"{message.period}, who is in", picture_of(message))
        return [{**picture, "alt": plain(alt_text(message), 1000)}]
    if not isinstance(message, Notice):
        return []
    return [_file(file.name, file.name, raw) for file, raw in zip(message.files, files, strict=True)]


def _enclosed(message: Message) -> list[Sheet]:
    sheet = message.workbook if isinstance(message, Reminder | Receipt) else None
    return [sheet] if sheet else []


def _place(planned: Planned, address: str) -> _Place:
    """The thread a person wrote in, where that is in their conversation with us; otherwise the top of it.

    Never a channel: an answer holds figures and colours that are nobody else's yet (RULES 20). Only late changes and
    the week's summary stand there, below the board.
    """
    if planned.edits and (edited := _REFERENCE.fullmatch(planned.edits)):
        return _Place(edited[1], update_ts=edited[2])
    references = planned.references
    if (
        isinstance(planned.message, LateChanges | WeekSummary)
        and references
        and (root := _REFERENCE.fullmatch(references[0]))
    ):
        return _Place(root[1], thread_ts=root[2])
    inside = len(references) > 1 or bool(references and planned.in_reply_to and planned.in_reply_to != references[0])
    if inside and (root := _REFERENCE.fullmatch(references[0])) and root[1].startswith("D"):
        return _Place(root[1], thread_ts=root[2])
    return _Place(address)


def _parts(message: Message, room: Room, foot: str, reference: str) -> list[Part]:
    match message:
        case Reminder():
            return _reminder(message, room, _signed(foot, reference))
        case Receipt():
            return _receipt(message, room, _signed(foot, message.reference))
        case SignOffSheet():
            return sign_off(message, room, _signed(foot, reference))
        case Board():
            return board(message, room, foot)
        case LateChanges():
            return late_changes(message, room, foot)
        case WeekSummary():
            return week(message, room, foot)
        case Digest():
            return digest(message, room, foot)
        case Notice():
            return notice(message, room, _signed(foot, reference))


def _signed(foot: str, reference: str) -> list[Line]:
    """The small print under what a person gets: it can be answered, and by which name to speak of it."""
    named = f"{foot} [{reference}]" if reference else foot
    return [
        line("Reply here in your own words. What the collector can't place goes to the coordinator."),
        line(named),
    ]


def _reminder(message: Reminder, room: Room, foot: list[Line]) -> list[Part]:
    asked = frozenset(question.code for question in message.to_answer)
    return [
        heading(phrases.sentence(phrases.due_headline(message)), phrases.subject_of(message)),
        *section([line(phrases.due_sentences(message))], room.words),
        *([_ways(message)] if message.owed else []),
        *_owed("What is due", message.owed, room, asked),
        *_questions("Open question", message.to_answer, room),
        *(_how_to_answer(message, room) if message.owed else []),
        *titled("What is done about Red", message.plans_wanted, room),
        *titled("What came of it", message.came_of, room),
        *_awaiting(message.awaiting, room),
        small(foot, room.words),
    ]


def _ways(message: Reminder) -> Part:
    return buttons([_fill_in(message.period.key, primary=True), *ways_to_answer(message.workbook)])


def _fill_in(period: str, primary: bool = False) -> Button:
    return Button("Fill in", OPEN_FORM, period, primary)


def _owed(title: str, owed: Sequence[OwedLine], room: Room, asked: frozenset[str] = frozenset()) -> list[Part]:
    entries = [_owed_entry(given, given.code in asked) for given in owed[: room.owed]]
    if len(owed) > room.owed:
        entries.append((line(f"and {len(owed) - room.owed} more, all of them in the form."),))
    return listed(title, entries, room.words, gap=True) if entries else []


def _owed_entry(owed: OwedLine, asked: bool) -> tuple[Line, ...]:
    send = "A question is open, see below." if asked else f"Send: {owed.hint}."
    return (
        line(f"{owed.number}. " if owed.number else "", Strong(owed.code), f" {owed.title}"),
        line(_facts(send, owed.last, owed.target)),
    )


def _facts(first: str, last: str, target: str) -> str:
    return " ".join(filter(None, (first, last and f"{last}.", target and f"Target: {target}.")))


def _how_to_answer(message: Reminder, room: Room) -> list[Part]:
    code = message.owed[0].code
    lines = [
        line("Press Fill in, or reply here, a line for each, the code first:"),
        *(line("• ", phrases.answer_line(owed)) for owed in message.owed[:_EXAMPLES]),
        line("Or, after the code, say:"),
        line(f"• Not available yet: {code}: not available until (date), and why"),
        line(f"• Waiting to be cleared: {code}: awaiting release approval"),
        line(f"• Nothing to report: {code}: nothing to report"),
        line(f"• Someone else does this now: {code}: now done by (role and address)"),
    ]
    if message.workbook:
        lines.append(line(f"Or fill in the workbook {phrases.workbook_name(message.workbook)} and send it back here."))
    return [rule(), *listed("How to answer", [lines], room.words)]


def _awaiting(awaiting: Sequence[str], room: Room) -> list[Part]:
    if not awaiting:
        return []
    why = line("Nothing is due for these before the day that each names.")
    return listed("Not due yet", [[why], *a_line_each(awaiting, room.owed, "")], room.words)


def _receipt(message: Receipt, room: Room, foot: list[Line]) -> list[Part]:
    hidden = len(message.questions) > room.questions
    return [
        heading(phrases.sentence(phrases.receipt_headline(message)), phrases.subject_of(message)),
        *section([line(_receipt_sentence(message))], room.words),
        *_recorded(message.recorded, room),
        *_questions("Question for you", message.questions, room),
        rule(),
        *(listed("Worth knowing", a_line_each(message.notes, room.lines), room.words) if message.notes else []),
        *_look_at(message.workbook, room),
        *_still_owed(message, room),
        *([buttons([_fill_in(message.period.key)])] if message.still_owed or hidden else []),
        small([*([line(_TO_CORRECT)] if message.recorded else []), *foot], room.words),
    ]


_TO_CORRECT = "To correct: reply with the code, the right figure and the reason."


def _receipt_sentence(message: Receipt) -> str:
    when = f"[{message.reference}] {phrases.at_moment(message.at)}, for {message.period}."
    return f"{phrases.receipt_opening(message)} {when} {phrases.receipt_sentence(message)}".rstrip()


def _look_at(sheet: Sheet | None, room: Room) -> list[Part]:
    """What the workbook is that comes with a receipt, where something in it is to be looked at."""
    if sheet is None or not sheet.look_at:
        return []
    return section([line(Strong("Your workbook")), line(phrases.workbook_attached(sheet))], room.words)


def _still_owed(message: Receipt, room: Room) -> list[Part]:
    if not message.still_owed:
        return listed("Still owed", [[line(phrases.nothing_owed(message))]], room.words)
    parts = _owed("Still owed", message.still_owed, room)
    if message.workbook and not message.workbook.look_at:
        name = phrases.workbook_name(message.workbook)
        words = f"Fill in the workbook {name} and send it back here, press Fill in, or reply."
        parts += section([line(words)], room.words)
    return parts


def _recorded(recorded: Sequence[RecordedLine], room: Room) -> list[Part]:
    """Each figure in full, then each in a line, then how many more: a receipt is proof of all of them."""
    full, brief = recorded[: room.recorded], recorded[room.recorded :]
    parts = [part for given in full for part in section(_recorded_lines(given), room.words)]
    if not brief:
        return parts
    entries = [[line(Strong(given.code), f": {_figure(given)}")] for given in brief[: room.brief]]
    if len(brief) > room.brief:
        entries.append([line(f"and {len(brief) - room.brief} more, recorded as well.")])
    return [*parts, *listed("Also recorded", entries, room.words)]


def _recorded_lines(given: RecordedLine) -> list[Line]:
    judged = f"{given.rag.sign} {given.rag.word}: {phrases.reason(given)}" if given.rag else given.why
    return [
        line(Strong(given.code), f" {given.title}"),
        line(Strong(given.figure), _figure(given).removeprefix(given.figure)),
        line(judged),
        line(_facts("", given.last, given.target)),
        line(f"Your words: {phrases.quoted(given.note)}" if given.note else ""),
    ]


def _figure(given: RecordedLine) -> str:
    if given.before:
        return f"{given.figure}, corrected from {given.before}"
    return given.figure if given.changed else f"{given.figure}, as already recorded"


def _questions(title: str, questions: Sequence[Question], room: Room) -> list[Part]:
    if not questions:
        return []
    plural = title.replace("uestion", "uestions", 1) if len(questions) > 1 else title
    shown = questions[: room.questions]
    parts = [rule(), *section([line(Strong(plural))], room.words)]
    parts += [part for question in shown for part in _question(question, room)]
    if more := len(questions) - len(shown):
        one = "1 more question is" if more == 1 else f"{more} more questions are"
        words = f"{one} open. Answer in the form, or reply with the code and the right figure."
        parts += section([line(words)], room.words)
    return parts


def _question(question: Question, room: Room) -> list[Part]:
    choices = question.choices[: room.choices]
    pressed = [_choice_button(choice) for choice in choices]
    spelled = [line(f"Reply {choice.number} for: ", choice.label) for choice in choices]
    asked = [
        line(Strong(question.code), f" {question.title}"),
        *([line(f"You wrote: {phrases.quoted(question.quoted)}")] if question.quoted else []),
        *(line(reason) for reason in question.reasons[: room.lines]),
    ]
    close = line(phrases.or_send(question))
    press = line("Press one. ", phrases.or_send(question)) if choices else close
    # On buttons that show their labels in full, the same words above them would only make the phone scroll.
    crowded = any(button.crowded for button in pressed)
    shown = section([*asked, *spelled, close] if crowded else [*asked, press], room.words)
    return [*saying([*asked, *spelled, close], shown, room.words), *([buttons(pressed)] if pressed else [])]


def _choice_button(choice: Choice) -> Button:
    return Button(f"{choice.number}: {choice.label}", f"{CHOOSE}{choice.number}", str(choice.number))

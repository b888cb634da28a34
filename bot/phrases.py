"""The words that a letter's numbers come to: subjects, due dates, counts. Pure; the templates hold the rest."""

import re
import unicodedata
from datetime import datetime
from zoneinfo import ZoneInfo

from collector.messages import (
    Board,
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
    SignOffLine,
    SignOffSheet,
    WeekSummary,
)
from collector.wording import clock, weekday

LONDON = ZoneInfo("Europe/London")
#: What a person wrote is quoted up to here; the books keep all of it.
_LONGEST = 1500


def one_line(value: str) -> str:
    """Text from people as it may stand in a letter: one line, no control or direction marks, of bounded length."""
    kept = "".join(" " if _breaks(char) else char for char in value[: _LONGEST * 2] if not _hidden(char))
    line = " ".join(kept.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST] + " …"


def _breaks(char: str) -> bool:
    return char in "\t\n\r\v\f\x85" or unicodedata.category(char) in ("Zl", "Zp")


def _hidden(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Cs") and not _breaks(char)


def quoted(value: str) -> str:
    """A person's words in quotation marks that they can't close."""
    return "“" + one_line(value).translate({ord("“"): "'", ord("”"): "'", ord('"'): "'"}) + "”"


def figures(count: int) -> str:
    """A number of figures: "4 figures", "1 figure"."""
    return f"{count} figure{'' if count == 1 else 's'}"


def counted(count: int, noun: str) -> str:
    """A number and its noun: "1 question", "2 questions"."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def local(moment: datetime) -> datetime:
    """A moment as London's clocks show it."""
    return moment.astimezone(LONDON)


def on_day(moment: datetime) -> str:
    """A day in full: "Fri 23 Oct 2015"."""
    return weekday(local(moment))


def by_when(moment: datetime) -> str:
    """A time limit in full: "5pm Fri 23 Oct 2015"."""
    return f"{clock(local(moment))} {on_day(moment)}"


def by_when_short(moment: datetime) -> str:
    """A time limit for a subject line, where the period names the year: "5pm Fri 23 Oct"."""
    return by_when(moment).rsplit(" ", 1)[0]


def at_moment(moment: datetime) -> str:
    """When something happened: "Tue 20 Oct 2015, 14:06"."""
    return f"{on_day(moment)}, {local(moment):%H:%M}"


def working_days(count: int) -> str:
    """A number of working days: "1 working day", "3 working days"."""
    return counted(count, "working day")


def due_headline(message: Reminder) -> str:
    """What is owed and by when, for subject and heading."""
    if not message.owed and message.to_answer:
        return f"{counted(len(message.to_answer), 'question')} still open"
    if not message.owed:
        return "the round is open, nothing to send yet"
    count, limit = figures(len(message.owed)), by_when_short(message.due)
    if message.days_left < 0:
        return f"{count} overdue since {limit}"
    if message.days_left == 0:
        return f"{count} due today, {limit}"
    if message.opening:
        return f"{count} due {limit}"
    return f"{count} due in {working_days(message.days_left)}, {limit}"


def due_sentences(message: Reminder) -> str:
    """The letter's first sentences: what is owed, for which quarter, by when (WORDS 8), and for whom else."""
    return " ".join((_due_sentences(message), *message.standing_in))


def _due_sentences(message: Reminder) -> str:
    opened = f"The round for {message.period} is open. " if message.opening else ""
    if not message.owed and message.to_answer:
        one = len(message.to_answer) == 1
        what = "A question about a figure that is in is" if one else "Questions about figures that are in are"
        for_period = "" if opened else f" for {message.period}"
        return f"{opened}{what} still open{for_period}. Nothing else of yours is due now."
    if not message.owed:
        return f"{opened}There is nothing for you to send yet: what you report has not been published by its source."
    count, limit = figures(len(message.owed)), by_when(message.due)
    one = len(message.owed) == 1
    for_period = "" if opened else f" for {message.period}"
    if message.days_left < 0:
        late = working_days(-message.days_left)
        verb = ("was", "is") if one else ("were", "are")
        return f"{opened}{count}{for_period} {verb[0]} due {limit}, {late} ago, and {verb[1]} still to come."
    verb_now = "is" if one else "are"
    if message.days_left == 0:
        return f"{opened}{count}{for_period} {verb_now} due today, {limit}."
    return f"{opened}{count}{for_period} {verb_now} due in {working_days(message.days_left)}, {limit}."


def answer_line(owed: OwedLine) -> str:
    """How an answer is written, with dots: a number here could be read as a figure when our letter is quoted."""
    if "up or down" in owed.hint:
        return f"{owed.code}: reduction of ... (from ... to ...)"
    if "per cent" in owed.hint:
        return f"{owed.code}: ...% (... of ...)"
    return f"{owed.code}: ... (a sentence)" if "sentence" in owed.hint else f"{owed.code}: ..."


def reason(line: RecordedLine | SignOffLine) -> str:
    """Why a figure has its colour, without the colour's word, which stands before it with its sign."""
    return line.why.removeprefix(f"{line.rag.word}: ") if line.rag else line.why


def receipt_headline(message: Receipt) -> str:
    """What became of a message, for subject and heading."""
    asked = counted(len(message.questions), "question")
    if not message.recorded:
        return f"{asked} about your return" if message.questions else "nothing new to record"
    new = sum(line.changed for line in message.recorded)
    done = f"{new} recorded" if new else f"{len(message.recorded)} already recorded"
    return f"{done}, {asked}" if message.questions else done


def receipt_opening(message: Receipt) -> str:
    """The first word of a receipt: recorded is only what is new on the books."""
    return "Recorded" if any(line.changed for line in message.recorded) else "Received"


def receipt_sentence(message: Receipt) -> str:
    """What stands after a receipt's reference and time: nothing where the figures below say it."""
    if any(line.changed for line in message.recorded):
        return ""
    if message.recorded:
        return "All of it is on the books already; nothing was changed."
    return f"Nothing new is recorded {'until you answer' if message.questions else 'from it'}."


def nothing_owed(message: Receipt) -> str:
    """What is still owed where no figure is: an open question wants its answer."""
    if not message.questions:
        return "No further figures."
    count = len(message.questions)
    return (
        "Only your answer to the question above."
        if count == 1
        else f"Only your answers to the {count} questions above."
    )


def sign_off_headline(message: SignOffSheet) -> str:
    """What there is to sign, for subject and heading: "P4 to sign off, 6 figures, 2 outstanding"."""
    to_sign = sum(not line.signed for part in message.parts for line in part.lines)
    out = sum(len(part.outstanding) for part in message.parts)
    left = f", {out} outstanding" if out else ""
    return f"{_and([part.code for part in message.parts])} to sign off, {figures(to_sign)}{left}"


def sign_off_sentence(message: SignOffSheet) -> str:
    """The letter's first sentences: in whose place, what is asked, and why now."""
    return " ".join((*message.standing_in, _what_to_sign(message)))


def _what_to_sign(message: SignOffSheet) -> str:
    named = _and([f"{part.code} {part.title}" for part in message.parts])
    if any(line.was for part in message.parts for line in part.lines):
        signed = "it was signed" if message.standing_in else "you signed it"
        return f"A figure of {named} changed after {signed} for {message.period}. Your signature is asked for anew."
    if any(part.outstanding for part in message.parts):
        why = "The round is frozen for its papers" if message.frozen else "What is out is listed too"
        return (
            f"{why}: sign off what is in of {named} for {message.period}, and what is out stays shown as outstanding."
        )
    return f"Everything of {named} for {message.period} is in or accounted for. Sign it off, or send a figure back."


def sign_off_mark(line: SignOffLine) -> str:
    """What a line adds about signatures: ", signed before it changed from 153"."""
    if line.was:
        return f", signed before it changed from {line.was}"
    return ", signed" if line.signed else ""


def sign_off_answers(message: SignOffSheet) -> list[tuple[str, str]]:
    """The ways to answer a sheet, each with its words."""
    codes = [line.code for part in message.parts for line in part.lines if not line.signed]
    signed = [("To sign " + ("all of it" if len(message.parts) > 1 else message.parts[0].code), "signed off")]
    if len(message.parts) > 1:
        signed.append(("To sign one priority", f"sign off {message.parts[0].code}"))
    return [*signed, ("To send a figure back to who gave it", f"send back {codes[0]}: the reason")]


def _and(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def board_headline(message: Board) -> str:
    """The round in a line: "29 of 35 in, 4 outstanding"."""
    out = sum(line.outstanding for line in message.outstanding)
    return f"{message.received} of {message.owed} in, {out} outstanding"


def board_note(message: Board) -> str:
    """What the board's colours stand for."""
    state = f"{message.state}. " if message.state else ""
    if not message.signed:
        return f"{state}Before sign-off: no colours."
    return f"{state}Colours only where a priority is signed off."


def board_lists(message: Board) -> list[tuple[str, tuple[str, ...]]]:
    """The lists under the counts, each with its heading; those that are empty are left out."""
    lists = [
        (f"Awaiting source ({len(message.awaiting_source)})", message.awaiting_source),
        (f"Withdrawn, SEG to decide ({len(message.to_decide)})", message.to_decide),
        (f"Not signed off ({len(message.not_signed)})", message.not_signed),
        (f"Changed after the lock ({len(message.restated)})", message.restated),
        (f"After the papers ({len(message.supplementary)})", message.supplementary),
    ]
    return [(title, words) for title, words in lists if words]


def late_changes_headline(message: LateChanges) -> str:
    """How many figures changed after the round was closed: "2 late changes"."""
    return counted(len(message.lines), "late change")


def digest_headline(message: Digest) -> str:
    """The chair's page in a line."""
    decisions = counted(len(message.decisions), "decision") if message.decisions else "no decisions"
    return f"{message.received} of {message.owed} in, {decisions}"


def quiet_lines(message: Digest) -> tuple[str, str]:
    """The whole digest of a week in which nothing changed: what stands, and what still waits."""
    since = on_day(message.unchanged_since) if message.unchanged_since else ""
    late = {line.text.partition(":")[0] for line in message.late} if message.at > message.due else set()
    waits = [
        *([counted(len(message.decisions), "decision")] if message.decisions else []),
        *([f"{counted(len(late), 'organisation')} late"] if late else []),
        *([counted(len(message.doubtful), "doubt")] if message.doubtful else []),
    ]
    still = f"Still open, as told before: {', '.join(waits)}." if waits else "Nothing waits for a decision."
    due = f" Returns are due {by_when(message.due)}." if message.at < message.due else ""
    return f"Nothing has changed since {since}: {message.received} of {message.owed} in.", f"{still}{due}"


def subject_of(message: Message, reference: str = "") -> str:
    """The subject line, with the period in full and the reference by which the message is quoted."""
    match message:
        case Reminder():
            words = f"{message.period}: {due_headline(message)}"
        case Receipt():
            words, reference = f"{message.period}: {receipt_headline(message)}", message.reference
        case SignOffSheet():
            words = f"{message.period}: {sign_off_headline(message)}"
        case Board():
            words = f"{message.period}: {board_headline(message)}"
        case LateChanges():
            words = f"{message.period}: {late_changes_headline(message)}"
        case WeekSummary():
            words = f"{message.period}: the week, {message.received} of {message.owed} in"
        case Digest():
            words = f"Unpublished: {message.period} for SEG, {digest_headline(message)}"
        case Notice():
            named = message.period is None or str(message.period) in message.subject
            words = message.subject if named else f"{message.period}: {message.subject}"
    return f"{words} [{reference}]" if reference else words


def sentence(words: str) -> str:
    """Words with a capital at their beginning."""
    return words[:1].upper() + words[1:]


def workbook_attached(sheet: Sheet) -> str:
    """What is attached to a receipt and what to do with it."""
    name = workbook_name(sheet)
    if not sheet.look_at:
        return f"{name} is attached: the one for {sheet.period}, filled in with what we have."
    found = len(sheet.look_at)
    listed = "names one thing to look at" if found == 1 else f"lists {found} things to look at"
    return (
        f"{name} is attached, filled in with what was accepted. Its first sheet {listed}; a comment marks each cell."
        f" Put {'it' if found == 1 else 'them'} right there and send it back, or reply."
    )


def workbook_name(sheet: Sheet) -> str:
    """The file name of somebody's workbook, the same on every channel: "return-2015-16Q2-yot.xlsx"."""
    kept = re.sub(r"[^A-Za-z0-9]+", "-", sheet.person).strip("-") or "person"
    return f"return-{sheet.period.key}-{kept}.xlsx"


def or_send(question: Question) -> str:
    """What can be sent in place of a choice, and what the books hold while a question is open."""
    send = "Or send the right figure." if question.choices else "Send the figure."
    stands = f"{question.stands} stands" if question.stands else "Nothing is recorded for it"
    return f"{send} {stands} until you answer."


def late_heading(message: Digest) -> str:
    """Nobody is late before the due day is over."""
    return "Late" if message.at > message.due else "Still to come"

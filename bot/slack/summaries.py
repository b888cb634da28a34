"""The round as a whole in Slack: the board of the group and the chair's page. Pure."""

from collections.abc import Sequence

from bot import phrases
from bot.slack.blocks import Part, Room, a_line_each, heading, line, listed, section, small, titled
from bot.slack.mrkdwn import Strong
from collector.messages import Board, Digest, DigestLine, Moved, OrganisationCount, SignedPriority, WeekSummary
from collector.moved import moved_lines


def board(message: Board, room: Room, foot: str) -> list[Part]:
    """The board: what is out by organisation, what is signed off with its colours, what waits and changed."""
    outstanding = [line("• ", _organisation(given)) for given in message.outstanding[: room.owed]]
    if len(message.outstanding) > room.owed:
        outstanding.append(line(f"and {len(message.outstanding) - room.owed} more."))
    headline = phrases.subject_of(message)
    as_at = f"As at {phrases.at_moment(message.at)}. Returns due {phrases.by_when(message.due)}."
    return [
        heading(headline, headline),
        *listed("Outstanding", [outstanding or [line("Nothing is outstanding.")]], room.words),
        *(part for given in message.signed for part in _signed_priority(given, room)),
        *(part for title, words in phrases.board_lists(message) for part in titled(title, words, room)),
        small([line(as_at, " ", phrases.board_note(message)), line(foot)], room.words),
    ]


def _signed_priority(given: SignedPriority, room: Room) -> list[Part]:
    title = f"{given.code} {given.title}, {given.signed}"
    return listed(title, a_line_each(_facts_of(given.lines), room.lines), room.words)


def _organisation(given: OrganisationCount) -> str:
    asked = f" ({given.being_asked} in question)" if given.being_asked else ""
    return f"{given.organisation}: {given.outstanding}{asked}"


def digest(message: Digest, room: Room, foot: str) -> list[Part]:
    """The chair's page: decisions first, then late, changed, doubtful and coming up."""
    state = (
        f"{message.received} of {message.owed} in. As at {phrases.at_moment(message.at)}."
        f" Returns due {phrases.by_when(message.due)}."
    )
    if message.unchanged_since:
        quiet = [line(Strong("Unpublished, not for quotation")), *map(line, phrases.quiet_lines(message))]
        top = heading(f"{message.period}, for SEG", phrases.subject_of(message))
        return [top, *section(quiet, room.words), small([line(foot)], room.words)]
    decisions = [f"{number}. {given.text}" for number, given in enumerate(message.decisions, 1)]
    return [
        heading(f"{message.period}, for SEG", phrases.subject_of(message)),
        *section([line(Strong("Unpublished, not for quotation")), line(state)], room.words),
        *listed(
            "For decision",
            a_line_each(decisions, room.lines, "") or [[line("Nothing needs a decision this week.")]],
            room.words,
        ),
        *titled(phrases.late_heading(message), _facts_of(message.late), room),
        *titled("Changed since the last digest", _facts_of(message.changed), room),
        *titled("What is done about Red", _facts_of(message.plans), room),
        *titled("What moved", _moved(message.moved), room),
        *titled("Doubtful", _facts_of(message.doubtful), room),
        *titled("Coming up", _facts_of(message.coming_up), room),
        small([line(foot)], room.words),
    ]


def _facts_of(lines: Sequence[DigestLine]) -> list[str]:
    return [f"{given.rag.sign} {given.rag.word}: {given.text}" if given.rag else given.text for given in lines]


def week(message: WeekSummary, room: Room, foot: str) -> list[Part]:
    """The week below the board: counts by organisation, as a table would hold them; the picture goes beside it."""
    headline = phrases.subject_of(message)
    lines = [line("• ", Strong(one.organisation), f": {one.words}") for one in message.lines[: room.owed]]
    if len(message.lines) > room.owed:
        lines.append(line(f"and {len(message.lines) - room.owed} more."))
    as_at = f"As at {phrases.at_moment(message.at)}. Returns due {phrases.by_when(message.due)}."
    return [
        heading(headline, headline),
        *listed("By organisation", [lines or [line("Nobody owes anything.")]], room.words),
        *titled("Signed off", message.signed, room),
        small([line(as_at), line(foot)], room.words),
    ]


def _moved(charts: Sequence[Moved]) -> list[str]:
    """Charts in words: a picture would have to be fetched before the post could be read."""
    return _facts_of([DigestLine(words, given.rag) for words, given in zip(moved_lines(charts), charts, strict=True)])

"""What decides which turn a message takes on its way: whose it is, when it was said, whether it says anything. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from collector.books import InboxRow
from collector.domain.orders import Away, Order, Thank
from collector.domain.submission import Opened, ReadingTask, ReadItem, Refusal
from collector.forms import Expected
from collector.hearing import Said
from collector.screening import Screened


@dataclass(frozen=True)
class Task:
    """What is known before a message is read: what was asked, and what a form must say about itself.

    `other_round` is the period of our message that this one answers, where its form is for another;
    `planning` are the codes about whose Red figures a plan may come, `red` are those that are Red now, `unexplained`
    those of them of which nothing was said yet. `renamed` pairs an earlier code with the one that it is now; `split`
    are those that are several by now.
    `mappings` are how the person's own files are
    understood, as they confirmed it. `taken_back` are the figures whose message is deleted by this one; `mailbox` is
    our own address.
    """

    reading: ReadingTask
    expected: Expected
    other_round: str = ""
    planning: tuple[str, ...] = ()
    red: tuple[str, ...] = ()
    unexplained: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    mappings: frozenset[str] = frozenset()
    taken_back: tuple[ReadItem, ...] = ()
    split: tuple[str, ...] = ()
    mailbox: str = ""


def is_anothers(row: InboxRow, opened: Opened, screened: Screened) -> bool:
    """Whether the coordinator accepted a message in the name of somebody who did not send it themselves."""
    person = screened.person
    return bool(row.accepted_by) and person is not None and not any(map(person.is_sender, opened.senders))


def says_figures(said: Said) -> bool:
    """Whether a message brings anything for the books beside what it tells the collector to do."""
    return bool(said.reading.items or said.reading.chosen or said.notes or said.plans)


def in_turn(orders: Sequence[Order], brings: bool) -> tuple[tuple[Order, ...], tuple[Order, ...]]:
    """The orders to carry out before what a message `brings` is recorded, and those after it.

    What comes with somebody's leave is not asked of whoever stands in. A courtesy beside anything else is left at that.
    """
    later = tuple(order for order in orders if isinstance(order, Away)) if brings else ()
    more = brings or len(orders) > 1
    first = (order for order in orders if order not in later and not (more and isinstance(order, Thank)))
    return tuple(first), later


def says_nothing_new(opened: Opened | Refusal, said: Said) -> bool:
    """A typo that was put right in Slack needs no answer."""
    if isinstance(opened, Refusal) or opened.before_edit is None:
        return False
    if opened.attachments or opened.defects or opened.orders:
        return False
    return not (said.reading.items or said.reading.chosen or said.notes or said.plans)


def said_at(opened: Opened, row: InboxRow) -> datetime:
    """The sender's time; a clock that runs ahead of ours can't make a figure stand for ever."""
    return min(opened.sent_at, row.received_at) if opened.sent_at else row.received_at

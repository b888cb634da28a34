"""Reads what people tell the collector to do: "sign off P4", "send back DA06: the wrong quarter", "lock the round".

An order stands alone on its line, said in so many words; nothing is an order by halves. What is no order is left for
the reader of figures.
"""

import re
from collections.abc import Sequence
from datetime import date
from itertools import takewhile

from collector.domain.orders import (
    AboutWords,
    Approve,
    AskAbout,
    AskForTime,
    Away,
    Decline,
    Doubtful,
    Extend,
    ForRound,
    Freeze,
    HandOver,
    Instructions,
    LegalCheckDone,
    Lock,
    OnBehalf,
    Order,
    RefuseTime,
    Reopen,
    SendBack,
    SignOff,
    Snooze,
    Status,
    TakeOutText,
    Thank,
    WhoOwes,
)
from parsers.absence import says_away
from parsers.doubts import doubted, goes_on_with_a_condition
from parsers.leave import read_leave
from parsers.order_grammar import KNOWN, ONE_CODE
from parsers.order_lines import plainly
from parsers.orders_about_people import read_about_people
from parsers.polite import is_polite
from parsers.publication_order import text_for_publication
from parsers.quarters import take_quarter
from parsers.signing_words import signing_within, speaks_of_signing

#: A line longer than this is prose, not an order, in characters.
LONGEST = 300

#: Orders about a round, which may name its quarter.
_OF_A_ROUND = (
    SignOff,
    SendBack,
    Freeze,
    Lock,
    Reopen,
    Decline,
    Status,
    WhoOwes,
    Extend,
    AskForTime,
    RefuseTime,
    AboutWords,
    AskAbout,
    LegalCheckDone,
    TakeOutText,
)
#: A word that signs only in answer to a sheet: all that somebody wrote.
_APPROVED = re.compile(
    r"\s*(?:(?:hi|hello)\b[^,\n]{0,30},\s*)?(?:all )?(?:approved|i approve(?: (?:it|this|these|all))?)[.!\s]*", re.I
)
_TAKES_EFFECT = (SignOff, Freeze, Lock, Reopen)
# A line that may hold a figure beside what it says of its writer's leave.
_MAY_REPORT = re.compile(
    rf"[:=%]|\b(?!(?:from|till?|to|on|and|of|by|w/c|jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec) )"
    rf"{ONE_CODE}\b",
    re.I,
)
_FIRST_SENTENCE = re.compile(r"(?P<order>.+?[a-z0-9])\. +(?P<more>[A-Z].*)")
#: Leave is spoken of on so many lines at most.
_WRAPPED = 3
_STARTS_ANEW = re.compile(rf"\W*(?:\d|{ONE_CODE}\b)(?!\d? ?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))", re.I)
_ON_BEHALF = re.compile(
    rf"(?:on behalf of|entered for) (?P<who>[^:]{{2,80}}?)(?: ?: ?| [\u2013\u2014-] ?|,? (?={ONE_CODE}\b))(?P<text>.*)",
    re.IGNORECASE,
)


def read_orders(text: str, today: date) -> Instructions:
    """Take the orders out of what somebody wrote on a day; a line that is no order stays as it is.

    Leave that its writer speaks of is an order too: "I'm on leave until the 9th, my deputy covers". What is entered on
    behalf of somebody goes on to the next order, or to the end.
    """
    if _APPROVED.fullmatch(text):
        return Instructions((Approve(),), "")
    if is_polite(text):
        return Instructions((Thank(),), "")
    orders: list[Order] = []
    rest: list[str] = []
    lines = text.splitlines()
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if entered := _entered(line):
            words = [entered["text"]]
            while at < len(lines) and not _ends_what_is_entered(lines[at], today):
                words.append(lines[at])
                at += 1
            orders.append(OnBehalf(entered["who"].strip(), "\n".join(words).strip()))
            continue
        if written := text_for_publication(lines[at - 1 :]):
            orders.append(written[0])
            at += written[1] - 1
            continue
        order = _order(line, today)
        if (order is None or isinstance(order, Away)) and (wrapped := _leave_over_lines(lines[at - 1 :], today)):
            order, more = wrapped
            rest += [each for each in lines[at - 1 : at + more - 1] if _MAY_REPORT.search(each)]
            at += more
            line = lines[at - 1]
        if order is None and len(line) <= LONGEST and speaks_of_signing(line):
            signed, left = signing_within(line, _paragraph(lines[at:]))
            rest.append(left)
            orders += [signed] if signed is not None else []
            continue
        if order is not None:
            below = lines[at] if at < len(lines) else ""
            order = _in_doubt(order, line, below)
            if isinstance(order, Doubtful) and goes_on_with_a_condition(below):
                at += 1
            orders.append(order)
        if order is None or (isinstance(order, Away) and _MAY_REPORT.search(line)):
            rest.append(line)
    return Instructions(tuple(orders), "\n".join(rest)) if orders else Instructions((), text)


def _entered(line: str) -> re.Match[str] | None:
    """A line with which something is entered for somebody else, whatever its length is below."""
    return _ON_BEHALF.fullmatch(plainly(line)) if len(line) <= LONGEST else None


def _ends_what_is_entered(line: str, today: date) -> bool:
    """Somebody's leave that was spoken of belongs to what they said."""
    return bool(_entered(line)) or not isinstance(_order(line, today), Away | Snooze | None)


def _leave_over_lines(lines: Sequence[str], today: date) -> tuple[Away, int] | None:
    """Leave that goes on below its first line, and over how many more: mail programs wrap lines."""
    if not lines or len(lines[0]) > LONGEST or not says_away(lines[0].replace("\u2019", "'")):
        return None
    alone = read_leave(lines[0], today)
    for more in range(1, min(_WRAPPED, len(lines))):
        if not lines[more].strip() or _STARTS_ANEW.match(lines[more]) or len(lines[more]) > LONGEST:
            return None
        away = read_leave(" ".join(lines[: more + 1]), today)
        if away is not None and away != alone and (alone is None or not alone.deputy):
            fuller = _leave_over_lines([" ".join(lines[: more + 1]), *lines[more + 1 :]], today)
            return (fuller[0], fuller[1] + more) if fuller else (away, more)
    return None


def _in_doubt(order: Order, line: str, below: str) -> Order:
    if not isinstance(order, ForRound):
        return doubted(order, line, below if isinstance(order, _TAKES_EFFECT) else "")
    inner = _in_doubt(order.order, line, below)
    return inner if isinstance(inner, Doubtful) else ForRound(inner, order.period)


def _paragraph(lines: Sequence[str]) -> str:
    """The lines up to the next empty one, as one."""
    return " ".join(takewhile(str.strip, lines))


def _order(line: str, today: date) -> Order | None:
    if len(line) > LONGEST:
        return None
    words = plainly(line)
    quarter = take_quarter(words)
    if quarter is not None:
        order = _known(quarter[0], today)
        if isinstance(order, _OF_A_ROUND):
            return ForRound(order, quarter[1])
    order = _known(words, today)
    if order is None and (first := _FIRST_SENTENCE.fullmatch(words)) and not goes_on_with_a_condition(first["more"]):
        alone = _known(first["order"], today)
        order = alone if isinstance(alone, HandOver) else None
    if order is not None:
        return order
    return read_leave(words if words.lower().startswith("the ") else line, today)


def _known(words: str, today: date) -> Order | None:
    for known, made in KNOWN:
        found = known.fullmatch(words)
        if found:
            return made(found)
    return read_about_people(words, today)

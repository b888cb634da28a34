"""Reads what people tell the collector to do: "sign off P4", "send back DA06: the wrong quarter", "lock the round".

An order stands alone on its line, said in so many words; nothing is an order by halves. What is no order is left for
the reader of figures.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import takewhile

from collector.domain.orders import (
    Accept,
    AddressWorks,
    Away,
    Back,
    ChangeDefinitions,
    Decide,
    Decline,
    Drop,
    Freeze,
    HandOver,
    Hold,
    Instructions,
    ListQuarantine,
    Lock,
    OnBehalf,
    OpenRound,
    Order,
    Purge,
    Reject,
    Release,
    Reopen,
    SendBack,
    SendDefinitions,
    SendHistory,
    SendRound,
    ShowQuarantined,
    SignOff,
    Snooze,
    Status,
    WhoOwes,
)
from collector.domain.period import Quarter
from parsers.absence import read_absence
from parsers.days import read_day
from parsers.signing_words import signing_within, speaks_of_signing

#: A line longer than this is prose, not an order, in characters.
LONGEST = 300


_ONE_CODE = r"[a-z]{1,4}[- ]?\d{1,4}[a-z]?"
_CODE = rf"(?P<code>{_ONE_CODE})"
_PERIOD = r"(?P<period>q[1-4] ?(?:of )?(?:20)?\d\d ?[-/ ] ?(?:20)?\d\d|(?:20)?\d\d ?[-/] ?\d\d ?q[1-4])"
_WHY = r"(?:(?: ?[:,;\u2013\u2014-] ?| because (?:of )?| as | since )(?P<why>\S.*))"
_ROUND = r"(?: (?:the |this )?round)?"
_AS_WORKBOOK = r"(?: (?:as|in|to) (?:a workbook|excel|a spreadsheet))"
_IDS = r"(?P<ids>(?:messages? )?#?\d{1,9}(?:(?: ?,| and|,? and) ?#?\d{1,9})*)"

# Said around an order: "Hi, could you ... please. Thanks".
_BEFORE = re.compile(
    r"^(?:(?:hi|hello|dear|good (?:morning|afternoon))\b[^,:!]{0,40}[,:!] ?)?(?:(?:ok(?:ay)?|yes|right|and)[,.!]? )?"
    r"(?:please |pls |kindly |(?:can|could|would|will) you (?:please )?|(?:i'd|i would) like (?:you )?to |just )*",
    re.I,
)
_AFTER = re.compile(r"(?:[,.]? ?(?:please|pls|thanks|thank you|many thanks|cheers|regards|now))*[ .!]*$", re.I)


def _codes(words: str) -> tuple[str, ...]:
    found = re.findall(rf"{_ONE_CODE}\b", words, re.I)
    return tuple(re.sub(r"[- ]", "", code).upper() for code in found)


def _quarter(words: str) -> Quarter:
    number, years = re.search(r"q([1-4])", words, re.I), re.sub(r"q ?[1-4]", "", words, flags=re.I)
    first = int(re.findall(r"\d+", years)[0])
    return Quarter(first if first > 99 else 2000 + first, int(number[1]) if number else 1)


def _ids(words: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", words))


_Made = Callable[[re.Match[str]], Order]


def _hand_over(said: re.Match[str]) -> Order:
    return HandOver(_codes(said["codes"]), said["to"].strip(" ."))


def _accept(said: re.Match[str]) -> Order:
    return Accept(int(said["message"]), (said["who"] or "").strip(" ."), bool(said["remember"]))


_MESSAGE = r"(?:message )?#?(?P<message>\d{1,9})"
_CODES = rf"(?P<codes>all(?: of (?:it|them|mine))?|everything|{_ONE_CODE}(?:(?: ?,| and|,? and) ?{_ONE_CODE})*)"
_FROM_LEAVE = (
    r"(?: (?:at|in) (?:work|the office|my desk)| (?:at|to) work"
    r"| (?:from|after) (?:my |their )?(?:\w+ )?(?:leave|holidays?|absence))?(?: (?:today|again))?"
)
_WHO = r"(?P<to>(?:the )?[^\d:;,]{2,80}|[^\s@]+@[^\s@]+)"

_ORDERS: tuple[tuple[str, _Made], ...] = (
    (
        r"(?:i(?:'m| am| can| have)? (?:now )?(?:happy to )?)?sign(?:ed|ing)?[ -]?off"
        r"(?: (?:on |for )?(?P<what>[^:;?]{2,80}))?",
        lambda said: SignOff((said["what"] or "").strip(" .")),
    ),
    (
        r"(?P<what>p\d{1,2}|priority \d{1,2}) (?:is )?signed[ -]?off",
        lambda said: SignOff(said["what"]),
    ),
    (rf"(?:send(?:ing)?|return) back {_CODE}{_WHY}", lambda said: SendBack(_codes(said["code"])[0], said["why"])),
    (rf"(?:send(?:ing)?) {_CODE} back{_WHY}", lambda said: SendBack(_codes(said["code"])[0], said["why"])),
    (rf"freeze{_ROUND}{_WHY}?", lambda said: Freeze(said["why"] or "")),
    (rf"lock{_ROUND}{_WHY}?", lambda said: Lock(said["why"] or "")),
    (rf"(?:re-?open|unlock) {_CODE}{_WHY}?", lambda said: Reopen(_codes(said["code"])[0], said["why"] or "")),
    (rf"(?:re-?open|unlock){_ROUND}{_WHY}?", lambda said: Reopen("", said["why"] or "")),
    (
        rf"(?:decline|leave) {_CODE}(?: as it is)?{_WHY}",
        lambda said: Decline(_codes(said["code"])[0], said["why"]),
    ),
    (
        rf"(?P<how>accept|reject)(?:ed)? (?:change )?request (?P<number>\d{{1,9}}){_WHY}",
        lambda said: Decide(int(said["number"]), said["how"].lower() == "accept", said["why"]),
    ),
    (rf"open (?:the )?(?:round )?(?:for )?{_PERIOD}", lambda said: OpenRound(_quarter(said["period"]))),
    (
        r"(?:round )?status(?: of the round)?\??|(?:how|where) (?:are|do) we(?: doing| stand| standing)?\??"
        r"|how is the round (?:going|doing)\??",
        lambda _: Status(),
    ),
    (
        r"(?:who (?:still )?owes (?:what|us (?:anything|what)|figures)"
        r"|what(?:'s| is) (?:still )?(?:outstanding|missing|out)|what do i (?:still )?owe)\??",
        lambda _: WhoOwes(),
    ),
    (rf"hand (?:over )?{_CODES} (?:over )?to {_WHO}", _hand_over),
    (rf"{_CODES} (?:is|are) now (?:reported|done|provided|sent|given|handled) by {_WHO}", _hand_over),
    (rf"{_WHO} (?:now )?(?:reports|does|sends|provides|handles) {_CODES}(?: (?:now|from now on))?", _hand_over),
    (rf"(?:i(?:['\u2019]m| am) )?(?:now )?back{_FROM_LEAVE}", lambda _: Back()),
    (
        rf"(?P<who>the [^\d:;,.%?!]{{2,80}}|[^\s@]+@[^\s@]+) is (?:now )?back{_FROM_LEAVE}",
        lambda said: Back(said["who"]),
    ),
    (
        r"(?:on behalf of|entered for) (?P<who>[^:]{2,80}): ?(?P<text>.+)",
        lambda said: OnBehalf(said["who"].strip(), said["text"]),
    ),
    (r"release (?:all|everything|them all)(?: messages)?", lambda _: Release()),
    (rf"release {_IDS}", lambda said: Release(_ids(said["ids"]))),
    (rf"hold {_IDS}", lambda said: Hold(_ids(said["ids"]))),
    (rf"(?:drop|cancel) {_IDS}", lambda said: Drop(_ids(said["ids"]))),
    (
        rf"(?:change|apply) (?:the )?definitions(?: (?:as )?from {_PERIOD}(?: \([^()]{{3,30}}\))?)?{_WHY}?",
        lambda said: ChangeDefinitions(said["why"] or "", _quarter(said["period"]) if said["period"] else None),
    ),
    (r"(?:show |list )?(?:the )?quarantine|what (?:is|was|has been) set aside\??", lambda _: ListQuarantine()),
    (rf"show {_MESSAGE}", lambda said: ShowQuarantined(int(said["message"]))),
    (rf"accept {_MESSAGE}(?: as (?:the )?(?P<who>[^:;]{{2,80}}?)(?P<remember> and remember)?)?", _accept),
    (rf"reject {_MESSAGE}{_WHY}", lambda said: Reject(int(said["message"]), said["why"])),
    (rf"purge {_MESSAGE}{_WHY}", lambda said: Purge(int(said["message"]), said["why"])),
    (r"(?:the )?address (?P<address>[^\s@]+@[^\s@]+) works(?: again)?", lambda said: AddressWorks(said["address"])),
    (rf"(?:send (?:me |us )?)?(?:the )?definitions{_AS_WORKBOOK}?", lambda _: SendDefinitions()),
    (
        rf"(?:export(?: (?:the )?(?:whole )?round)?|send (?:me |us )(?:the )?(?:whole )?round)(?:(?: for)? {_PERIOD})?"
        rf"{_AS_WORKBOOK}?",
        lambda said: SendRound(_quarter(said["period"]) if said["period"] else None),
    ),
    (
        rf"(?:the )?history (?:of )?{_CODE}(?:(?: in| for)? {_PERIOD})?",
        lambda said: SendHistory(_codes(said["code"])[0], _quarter(said["period"]) if said["period"] else None),
    ),
)
_KNOWN = tuple((re.compile(words, re.I), made) for words, made in _ORDERS)


_REMIND = re.compile(r"remind me(?: again)?(?: of (?:this|it|these|them))? (?P<when>[^:;?]{3,40})", re.I)
_IN_DAYS = re.compile(r"in (?P<days>\d{1,2}|a|two|three|four|five) (?P<unit>day|week)s?|next (?P<next>week)", re.I)
_COUNTS = {"a": 1, "two": 2, "three": 3, "four": 4, "five": 5}
# A line that may hold a figure beside what it says of its writer's leave.
_MAY_REPORT = re.compile(rf"[:=%]|\b{_ONE_CODE}\b", re.I)


def read_orders(text: str, today: date) -> Instructions:
    """Take the orders out of what somebody wrote on a day; a line that is no order stays as it is.

    Leave that its writer speaks of is an order too: "I'm on leave until the 9th, my deputy covers".
    """
    orders: list[Order] = []
    rest: list[str] = []
    lines = text.splitlines()
    for place, line in enumerate(lines):
        order = _order(line, today)
        if order is None and len(line) <= LONGEST and speaks_of_signing(line):
            signed, left = signing_within(line, _paragraph(lines[place + 1 :]))
            rest.append(left)
            orders += [signed] if signed is not None else []
            continue
        if order is not None:
            orders.append(order)
        if order is None or (isinstance(order, Away) and _MAY_REPORT.search(line)):
            rest.append(line)
    return Instructions(tuple(orders), "\n".join(rest)) if orders else Instructions((), text)


def _paragraph(lines: Sequence[str]) -> str:
    """The lines up to the next empty one, as one."""
    return " ".join(takewhile(str.strip, lines))


def _order(line: str, today: date) -> Order | None:
    if len(line) > LONGEST:
        return None
    words = _AFTER.sub("", _BEFORE.sub("", " ".join(line.split()), count=1), count=1)
    for known, made in _KNOWN:
        found = known.fullmatch(words)
        if found:
            return made(found)
    if remind := _REMIND.fullmatch(words):
        until = _day_to_come(remind["when"], today)
        return Snooze(until) if until else None
    away = read_absence(line, today)
    return Away("", away.since, away.until, away.deputy) if away else None


def _day_to_come(words: str, today: date) -> date | None:
    """The day that a reminder is put off to; "next week" is its Monday."""
    counted = _IN_DAYS.fullmatch(words.strip())
    if counted is None:
        return read_day(words, today)
    if counted["next"]:
        return today + timedelta(days=7 - today.weekday())
    said = counted["days"].lower()
    days = _COUNTS[said] if said in _COUNTS else int(said)
    return today + timedelta(days=days * (7 if counted["unit"].lower() == "week" else 1))

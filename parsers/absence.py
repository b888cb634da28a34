"""What somebody writes about being away themselves: the first and the last day, and who covers. Pure.

Days are in the UK order. What is not clear is not guessed: "back soon", "next week" and other people's leave are None.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from collector.domain.absence import SaidAbsence
from parsers.days import day_named, day_pattern

#: "Until Friday, back on Monday": so many days may lie between the two ends.
_WEEKEND = timedelta(days=3)

_STARTS = r"(?:^|[.;:,!\n(\-\u2013]\s*|\b(?:and|but|so|as|because|since|that|now)\s+)"
_I = (
    r"(?:(?:i|we)(?:'m| am|'ll be| will be| shall be|'re| are)\s+(?:(?:currently|now|still|also|presently|then)\s+)?"
    r"|(?:currently|now|still|will be)\s+)?"
)
LEAVE = (
    r"(?:on (?:\w+ )?(?:annual |sick |maternity |paternity |parental |compassionate |study |unpaid |special )?leave"
    r"|(?:annual|sick|maternity|paternity|parental|study) leave|away(?: from (?:the office|work|my desk))?"
    r"|out of (?:the |my )?office|ooo|on (?:holiday|vacation|jury service)"
    r"|off(?: work| sick)?(?! (?:target|track|course|plan|schedule|the))"
    r"|absent"
    r"|not in(?: the office| work)?)"
)
#: Only of oneself: a figure is "not available until" a day too.
_UNAVAILABLE = r"(?:i|we)(?:'m| am|'ll be| will be) (?:not available|unavailable)"
_BETWEEN = r"(?P<gap>(?:\s+(?!(?:from|until|till|is|are|was|on)\b)[a-z']+){0,8}?)"
_UNTIL = r"(?:up to and including|up until|until|untill|till|til|through|thru|up to)"
_AWAY = re.compile(
    rf"{_STARTS}{_I}(?:{LEAVE}|(?<![a-z]){_UNAVAILABLE}){_BETWEEN}\s*,?\s*(?:"
    rf"(?:between |from )?{day_pattern('from')}\s*(?:{_UNTIL}|to|and|-|\u2013)\s*{day_pattern('to')}"
    rf"|{_UNTIL} {day_pattern('until')}|(?:on )?{day_pattern('only')}(?!\s*(?:onwards|to|and|-)))",
    re.IGNORECASE,
)
_FROM = re.compile(rf"\bfrom {day_pattern('since')}", re.IGNORECASE)
_SAYS_AWAY = re.compile(rf"{_STARTS}{_I}{LEAVE}\b", re.IGNORECASE)
_BACK = re.compile(
    rf"{_STARTS}(?:(?:i|we)(?:'ll| will| shall|'m| am|'re| are)?\s+)?(?:(?:be|am)\s+)?"
    rf"(?:back|return(?:ing|s)?|in again)"
    rf"(?: (?:to|at|in) (?:the |my )?(?:work|office|desk)| from (?:annual )?leave)?,?(?: again)?(?: on| from)? "
    rf"{day_pattern('back')}",
    re.IGNORECASE,
)
_ONLY_BACK = re.compile(rf"(?:(?:hi|hello|thanks)[^.,!]*[.,!] ?)?{_BACK.pattern}[ .!]*(?:[.,;!] ?.*)?", re.IGNORECASE)
_THEN = r"(?=[,.;)]|$| (?:for|who|until|while|on|in|if)\b)"
#: What makes the words between being away and its end about something else.
_OTHER = re.compile(r"\b(?:available|published|ready|due|figures?|data|return|report)\b", re.IGNORECASE)
_WHO = r"(?P<who>my (?:deputy|manager|colleague|team)|(?:the|our) [\w ]{3,40}?|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
_DEPUTY = (
    re.compile(
        rf"{_WHO} (?:will |is |can |shall )?(?:be )?(?:cover(?:s|ing)?\b|stand(?:s|ing)? in|deputis\w+|deal\w* with)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:covered by|contact|email|e-mail|write to|speak to) {_WHO}{_THEN}",
        re.IGNORECASE,
    ),
)


def read_absence(text: str, today: date) -> SaidAbsence | None:
    """What a text says of its writer's own absence; None where it says nothing, or nothing certain.

    "Until the 9th" is the next 9th, which is the last day away; "back on the 9th" makes it the 8th.
    """
    words = " ".join(line.strip() for line in text.replace("\u2019", "'").splitlines())
    found = {*_stretches(words, today)}
    back = {*_last_days(words, today)}
    if None in found or len(found) > 1 or None in back or len(back) > 1:
        return None
    last = next(iter(back), None)
    stretch = next(iter(found), None)
    if stretch is None:
        stretch = _until_back(words, last, today) if last else None
    elif last is not None:
        if not timedelta() <= last - stretch.until <= _WEEKEND:
            return None
        stretch = _Stretch(stretch.since, last)
    if stretch is None or stretch.until < max(today, stretch.since):
        return None
    return SaidAbsence(stretch.since, stretch.until, _deputy(words))


def says_away(words: str) -> bool:
    """Whether words say that their writer is away, whatever the days."""
    return bool(_SAYS_AWAY.search(words)) or bool(re.search(rf"\b{_UNAVAILABLE}\b", words, re.IGNORECASE))


def says_only_back(words: str) -> bool:
    """Whether words begin with their writer's return, and it is not what they bring with them that comes then."""
    return bool(_ONLY_BACK.fullmatch(words.strip()))


@dataclass(frozen=True)
class _Stretch:
    since: date
    until: date


def _stretches(words: str, today: date) -> Iterator[_Stretch | None]:
    """The days that the text says its writer is away; None for one that can't be told."""
    for said in _AWAY.finditer(words):
        if _OTHER.search(said["gap"]):
            continue
        first, last, until, only = (day_named(said, name) for name in ("from", "to", "until", "only"))
        if last:
            end = last(today)
            start = first(end, before=True) if first and end else None
            yield _Stretch(start, end) if start and end else None
        elif until:
            end = until(today)
            yield _Stretch(_since(words, end, today), end) if end else None
        elif only:
            day = only(today)
            yield _Stretch(day, day) if day else None


def _last_days(words: str, today: date) -> Iterator[date | None]:
    """The day before each day on which the writer says to be back."""
    for said in _BACK.finditer(words):
        back = day_named(said, "back")
        day = back(today) if back else None
        yield day - timedelta(days=1) if day else None


def _until_back(words: str, last: date, today: date) -> _Stretch | None:
    """Only the return is said: away from the day named, else from today."""
    begins = _FROM.search(words) if _SAYS_AWAY.search(words) else None
    return _Stretch(_since(words, last, today) if begins else min(today, last), last)


def _since(words: str, end: date, today: date) -> date:
    said = _FROM.search(words)
    first = day_named(said, "since") if said else None
    start = first(end, before=True) if first else None
    return start if start is not None and start <= end else today


def _deputy(words: str) -> str:
    found = (pattern.search(words) for pattern in _DEPUTY)
    return next((said["who"].strip() for said in found if said), "")

"""Leave that somebody speaks of in a message: their own, or that of a role they name. Pure.

A message is no automatic reply: what is away or back in it may be a figure, an action or a project. Only what its
writer says of themselves, or of "the Medway Commander", is leave.
"""

import re
from dataclasses import replace
from datetime import date, timedelta

from collector.domain.orders import Away
from parsers.absence import LEAVE, read_absence, says_away, says_only_back
from parsers.days import day_named, day_pattern

_CODED = re.compile(r"^\W*(?:\d{1,2}[.)]\s*)?[a-z]{1,4}[- ]?\d{1,4}[a-z]?\b", re.IGNORECASE)
_I_AM = re.compile(r"\bi(?:'m| am|'ll be| will be| shall be)\b", re.IGNORECASE)
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_SAME_MONTH = re.compile(
    rf"\b(?:from |between )?(?:the )?(\d{{1,2}})(?:st|nd|rd|th)? ?(?:-|\u2013|to|and|until) ?(?:the )?"
    rf"(\d{{1,2}})(?:st|nd|rd|th)? ({_MONTH})\b",
    re.IGNORECASE,
)
_WEEK_OF = re.compile(
    rf"\b(?:in |for )?(?:the )?(?:w/c|week commencing|week beginning|week of) {day_pattern('begins')}", re.IGNORECASE
)
_WEEK = re.compile(r"\b(?:all )?(?P<which>next|this) week\b", re.IGNORECASE)
_TWICE = re.compile(r"\b(out of (?:the |my )?office|away) on (?:\w+ )?(?:leave|holiday)\b", re.IGNORECASE)
_FOR_WEEKS = re.compile(
    rf"\b(?:from |starting )(?:on )?{day_pattern('for')},? for (?P<weeks>a|one|two|three|four|[1-9]) weeks?\b",
    re.IGNORECASE,
)
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4}
#: Leave from which nobody says when they are back.
_LONG = re.compile(
    r"(?:^|.*?[.;:,!] ?)(?:(?:i'm|i am|i'll be|i will be|(?:i )?(?:go|am going|'m going) on|starting|on|my)\s+)*"
    rf"(?:maternity|paternity|parental|adoption|shared parental) leave (?:starts |begins )?(?:from|on|as of) "
    rf"{day_pattern('from')}(?: on| onwards)?[ .!]*(?P<more>[.,;].*)?",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(
    rf"(?P<who>(?:the )?[a-z][^\d:;,.%?!]{{2,80}}?|[^\s@]+@[^\s@,;]+) (?:is|will be|'s) (?:now |currently )?(?={LEAVE})"
    rf"(?P<what>.+)",
    re.IGNORECASE,
)
#: Words that begin like a role and are none.
_NOBODY = re.compile(r"^(?:he|she|it|they|who|this|that|there|one|my|our|his|her|their|if|when)\b", re.IGNORECASE)
_FRIDAY = 4


def read_leave(line: str, today: date) -> Away | None:
    """The leave that a line speaks of; None where it speaks of none, or of nobody's for certain."""
    words = " ".join(line.replace("\u2019", "'").split())
    somebody = _SOMEBODY.fullmatch(words)
    if somebody is not None and not _CODED.match(words) and not _NOBODY.match(somebody["who"]):
        said = _own(f"I am {somebody['what']}", today)
        return replace(said, who=somebody["who"].strip()) if said else None
    if _CODED.match(words) and not (_I_AM.search(words) and says_away(words)):
        return None
    return _own(words, today)


def _own(words: str, today: date) -> Away | None:
    plain = _spelled_out(words, today)
    said = read_absence(plain, today)
    if said is not None:
        return Away("", said.since, said.until, said.deputy) if says_away(plain) or says_only_back(plain) else None
    long = _LONG.fullmatch(words)
    first = day_named(long, "from") if long else None
    begins = first(today) if first else None
    return Away("", begins, None) if begins else None


def _spelled_out(words: str, today: date) -> str:
    """Stretches of days in the form in which both ends are named: "26-30 October", "next week", "w/c 26 October"."""
    words = _TWICE.sub(r"\1", words)
    words = _SAME_MONTH.sub(lambda said: f"from {said[1]} {said[3]} to {said[2]} {said[3]}", words)
    words = _WEEK_OF.sub(lambda said: _from_to(_begins(said, today), today) or said[0], words)
    words = _FOR_WEEKS.sub(lambda said: _for_weeks(said, today) or said[0], words)
    return _WEEK.sub(lambda said: _from_to(_monday(said["which"], today), today) or said[0], words)


def _for_weeks(said: re.Match[str], today: date) -> str:
    day = day_named(said, "for")
    first, weeks = day(today) if day else None, said["weeks"].lower()
    if first is None:
        return ""
    last = first + timedelta(days=7 * (_COUNTS[weeks] if weeks in _COUNTS else int(weeks)) - 1)
    return f"from {first.isoformat()} to {last.isoformat()}"


def _begins(said: re.Match[str], today: date) -> date | None:
    day = day_named(said, "begins")
    return day(today) if day else None


def _monday(which: str, today: date) -> date:
    return today if which.lower() == "this" else today + timedelta(days=7 - today.weekday())


def _from_to(first: date | None, today: date) -> str:
    """The rest of a working week from a day on."""
    if first is None or first < today or first.weekday() > _FRIDAY:
        return ""
    return f"from {first.isoformat()} to {(first + timedelta(days=_FRIDAY - first.weekday())).isoformat()}"

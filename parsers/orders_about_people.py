"""Orders with a day in them: more time, and reminders put off. Pure."""

import re
from datetime import date, timedelta

from collector.domain.orders import AskForTime, Extend, Order, RefuseTime, Snooze
from parsers.days import read_day
from parsers.order_grammar import SEVERAL, codes_in

_IN_DAYS = re.compile(r"in (?P<days>\d{1,2}|a|two|three|four|five) (?P<unit>day|week)s?|next (?P<next>week)", re.I)
_COUNTS = {"a": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_ROLE = r"(?P<who>(?:the )?[a-z][^\d:;,?]{2,80}?|[^\s@]+@[^\s@,;]+)"
_DAY = r"(?P<day>[^:;?,]{3,40}?)"
_UNTIL = r"(?:until|till|til|to|by)"
_SOME = rf"(?P<codes>{SEVERAL}|all|everything)"
_WHY = r"(?:(?: ?[:;,\u2013] ?| - | because | as | since )(?P<why>\S.*))?"
_FOR = r"(?: (?:for|on|with) "

_AGAIN = r"(?: again)?(?: of (?:this|it|these|them))? "
_REMIND = (
    re.compile(rf"remind (?P<who>me){_AGAIN}(?P<day>[^:;?]{{3,40}})", re.I),
    re.compile(rf"remind {_ROLE}{_AGAIN}(?P<day>(?:on|in|next) [^:;?]{{2,40}}|tomorrow)", re.I),
)
_PUT_OFF = re.compile(
    rf"(?:put off|snooze|hold back) (?:(?:the )?reminders (?:of|for|to) {_ROLE}|(?P<mine>my reminders))"
    rf" (?:until|till|to) {_DAY}|snooze until (?P<alone>[^:;?]{{3,40}})",
    re.I,
)
_EXTEND = (
    re.compile(rf"extend {_SOME}{_FOR}{_ROLE})? {_UNTIL} {_DAY}{_WHY}", re.I),
    re.compile(rf"extend {_SOME} {_UNTIL} {_DAY}{_FOR}{_ROLE}){_WHY}", re.I),
    re.compile(rf"give {_ROLE} (?:an extension |more time )?{_UNTIL} {_DAY}(?:{_FOR}{_SOME}))?{_WHY}", re.I),
    re.compile(rf"{_ROLE} (?:has|gets) (?:an extension|more time) {_UNTIL} {_DAY}(?:{_FOR}{_SOME}))?{_WHY}", re.I),
)
_REFUSE = re.compile(rf"(?:no|refuse(?: the| an)?) (?:extension|more time){_FOR}{_SOME}){_WHY}", re.I)
_EXTENSION = r"(?:(?:an |a short |some )?(?:extension|more time|longer)(?: please)?)"
_I_NEED = (
    r"(?:i|we)(?:'d like| would like| need| request|'ll need| will need| want| have to ask for| ask for)(?: to have)?"
)
#: As figures are sent, the code first: "DA06: I need more time until Friday".
_NAMED_FIRST = re.compile(rf"(?P<first>{SEVERAL}) ?[:\u2013-] ?(?P<words>.+)", re.I)
_ASK = (
    re.compile(
        rf"{_I_NEED}"
        rf" {_EXTENSION}(?:{_FOR}{_SOME}))?(?: {_UNTIL} {_DAY})?{_WHY}",
        re.I,
    ),
    re.compile(
        rf"{_I_NEED}"
        rf" {_EXTENSION} {_UNTIL} {_DAY}(?:{_FOR}{_SOME})){_WHY}",
        re.I,
    ),
    re.compile(
        rf"(?:(?:can|could|may) (?:i|we) )?(?:please )?(?:have|get)(?: {_EXTENSION})?(?: {_UNTIL} {_DAY})"
        rf"(?:{_FOR}{_SOME}))?{_WHY}\??",
        re.I,
    ),
)


def read_about_people(words: str, today: date) -> Order | None:
    """An order with a day that is told; None where it is none, or the day can't be told."""
    if remind := next((said for known in _REMIND if (said := known.fullmatch(words))), None):
        until = day_to_come(remind["day"], today)
        who = "" if remind["who"].lower() == "me" else remind["who"]
        return Snooze(until, who) if until else None
    if put_off := _PUT_OFF.fullmatch(words):
        until = day_to_come(put_off["day"] or put_off["alone"], today)
        return Snooze(until, put_off["who"] or "") if until else None
    return _more_time(words, today)


def _more_time(words: str, today: date) -> Order | None:
    if refused := _REFUSE.fullmatch(words):
        return RefuseTime(codes_in(refused["codes"]), (refused["why"] or "").strip())
    for known in _EXTEND:
        said = known.fullmatch(words)
        until = day_to_come(said["day"], today) if said else None
        if said is not None and until is not None:
            return Extend(codes_in(said["codes"] or ""), until, said["who"] or "", (said["why"] or "").strip())
    named = _NAMED_FIRST.fullmatch(words)
    for known in _ASK:
        said = known.fullmatch(named["words"] if named else words)
        until = day_to_come(said["day"], today) if said and said["day"] else None
        if said is not None and (until is not None or not said["day"]):
            return AskForTime(codes_in(said["codes"] or (named["first"] if named else "")), until)
    return None


def day_to_come(words: str, today: date) -> date | None:
    """The day that words name; "next week" is its Monday."""
    counted = _IN_DAYS.fullmatch(words.strip())
    if counted is None:
        return read_day(words, today)
    if counted["next"]:
        return today + timedelta(days=7 - today.weekday())
    said = counted["days"].lower()
    days = _COUNTS[said] if said in _COUNTS else int(said)
    return today + timedelta(days=days * (7 if counted["unit"].lower() == "week" else 1))

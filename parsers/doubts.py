"""When words that begin as an order carry nothing out: they set a condition, or say no. Pure."""

import re

from collector.domain.orders import Doubtful, Freeze, Lock, Order, Reopen, SignOff

CONDITION = (
    r"(?:not|n't|don'?t|do not|never|but|(?:as )?soon|when|whenever|until|till|once|after|before|if|unless|provided"
    r"|subject to|only (?:if|when|once|after|on)|wait|hold on|later|tomorrow|next week|in case|as long as|depending"
    r"|on (?:condition|mon|tue|wed|thu|fri|sat|sun)[a-z]*|pending|except (?:if|when|that))\b"
)
#: Such words stand against an order wherever its reason has them.
_WITHIN = re.compile(
    r"\b(?:not yet|(?:but )?not (?:before|until|till|now)|as soon as|unless|wait (?:for|until|till)|hold on"
    r"|only (?:if|when|once|after)|subject to|provided|on condition|do(?:n't| not) (?:lock|freeze|re-?open|sign))\b",
    re.IGNORECASE,
)
_BEGINS = re.compile(rf"(?:please |and |,\s*)*{CONDITION}", re.IGNORECASE)
_SAYS_SOMETHING = re.compile(r"[^\W_]")


def goes_on_with_a_condition(line: str) -> bool:
    """Whether a line below an order takes it back or sets a condition for it."""
    return bool(_BEGINS.match(line.strip().replace("\u2019", "'")))


def doubted(order: Order, line: str, below: str = "") -> Order:
    """An order, or why nothing is done where its words, or the line `below` them, are against it."""
    match order:
        case Lock(why) | Freeze(why) | Reopen(_, why):
            against = _BEGINS.match(why) or _WITHIN.search(why)
        case SignOff(what):
            against = re.search(rf"(?:^|[\s,;\u2013\u2014-]){CONDITION}", what, re.IGNORECASE)
        case _:
            return order
    if against or goes_on_with_a_condition(below):
        return Doubtful(" ".join(f"{line.strip()} {below.strip()}".split()), _instead(order))
    return order


def said_reason(words: str | None) -> str:
    """A reason as it was given; "" where there is no word in it."""
    return words.strip() if words and _SAYS_SOMETHING.search(words) else ""


def _instead(order: Order) -> str:
    match order:
        case Lock():
            return "lock the round: and the reason"
        case Freeze():
            return "freeze the round"
        case Reopen("", _):
            return "reopen the round: and the reason"
        case Reopen(code, _):
            return f"reopen {code}: and the reason"
        case _:
            return "signed off"

"""What only suggests that a program wrote a message: the coordinator decides, and until then nobody is answered.

First where it comes from and what its headers say, which is the same in every language; then whole phrases of programs,
and only where nothing is reported: whoever sends figures or a file is answered.
"""

import re

from parsers.headers import Head
from parsers.machine_headers import asks_programs_not_to_answer, from_an_account_of_programs, written_by_a_system
from parsers.machine_words import first_words, is_answer, reports_figures

#: What people attach; a program's calendar, signature or sealed part is none of these.
_FILES = ("application/vnd.", "application/msword", "application/octet-stream", "application/pdf", "image/", "text/csv")

_YOURS = r"(?:e-?mail|message|request|enquiry|inquiry|query|form|submission|ticket|case|call|incident|issue)"
_DONE = r"(?:created|received|opened|logged|registered|submitted|reviewed|waitlisted|held|quarantined|blocked)"
_END = r"(?=[.,;:!)]| (?:and|by|with|under|in our|on hold)\b|$)"


def _any_of(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(phrases), re.IGNORECASE)


_SUBJECT = _any_of(
    r"(?:^|\W)auto[ -]?(?:reply|respon\w+|answer\w*|acknowledg\w+|svar)(?:\W|$)",
    r"\bout[ -]of[ -]office\b|^away from (?:my|the) (?:mail|e-?mail|desk|office)\b",
    r"\bleft the (?:organisation|company|force|council)\b",
    rf"^\W{{0,3}}(?:your )?{_YOURS} {_DONE}\b|^received your {_YOURS}|^incident \w{{3,20}} has been\b"
    r"|^acknowledge?ment of",
    # "Automatic", as it begins in other languages, with a word or two beside it and a colon behind
    r"^(?!automat(?:ic|ed|ion)\b)(?:[\w'\u2019-]{1,20} ){0,2}\w{0,4}"
    r"(?:autom|otomat|\u0430\u0432\u0442\u043e\u043c\u0430\u0442|\u03b1\u03c5\u03c4\u03cc\u03bc\u03b1\u03c4|samodejn)"
    r"\w{1,12}(?: [\w'\u2019-]{1,20}){0,2}\s?[:\uff1a]",
    # the same, or "absent", in Japanese, Chinese, Korean, Arabic, Hebrew, Thai, Vietnamese
    r"\u81ea[\u52d5\u52a8]|\u4e0d\u5728|\uc790\ub3d9|\ubd80\uc7ac|\u062a\u0644\u0642\u0627\u0626\u064a",
    r"\u05d0\u05d5\u05d8\u05d5\u05de\u05d8\u05d9|\u0e2d\u0e31\u0e15\u0e42\u0e19\u0e21\u0e31\u0e15",
    r"t\u1ef1 \u0111\u1ed9ng",
)
_WORDS = _any_of(
    r"(?:^|[.!:*-] ?|please )do(?: not|n['\u2019]t) (?:reply|respond)\b(?! (?:to )?all)",
    r"\breply above this line|\btype your reply above",
    rf"\b(?:your|an?) (?:\w+ )?{_YOURS}\b.{{0,80}}?\b(?:ha[sv]e?|was|were|is)(?: now| been| being)* {_DONE}{_END}",
    rf"\b(?:got|have received) your {_YOURS}|\b(?:reference|ticket|case) (?:number|id|no\.?) ?(?:is|:) ?\S{{0,12}}\d",
    r"\bi (?:no longer work|have (?:now )?left|am no longer (?:with|employed|working)|will not be reading my)\b",
    r"\b(?:this|my|the) (?:e-?mail )?(?:mailbox|address|account|inbox) is (?:not|no longer) (?:being )?"
    r"(?:monitored|read|in use|checked)",
    r"\byou(?: have|['\u2019]ve) (?:a|an|\d+) (?:new|voice|held|missed)|\bsent by a (?:system|program|computer)",
    r"\bwill be answered\b|\byou will (?:get|receive) an? (?:reply|response|answer)",
    r"\b(?:e-?mail|message) you sent (?:was|has)|\ba recorded message",
    r"\b(?:we|you can) (?:aim|expect)\b.{0,40}\b(?:within|in) \w{1,12} (?:working )?(?:days|hours)",
    r"\b(?:answer|reply|respond|read|deal|get back)\b.{0,60}\b(?:when|once) i (?:return|am back|get back|come back)",
    # a program that lets nobody through who has not answered it
    r"\bprotect\w* (?:by|my|myself|this|his|her|their)\b.{0,60}\b(?:inbox|mailbox|mail|spam|junk)",
    r"\bso (?:that )?i can receive your|\brelease your message|\badd yourself to my",
    # French, German, Spanish, Portuguese, Italian, Dutch, Welsh, Japanese, Chinese, Korean
    r"\bne pas (?:y )?r\u00e9pondre|\bmessage automatique|\bmessage est en attente|\babsente? (?:du bureau|jusqu)",
    r"\ben cong\u00e9|\bnicht (?:im b\u00fcro|antworten)|\b(?:bin|zurzeit|derzeit|bis) .{0,40}(?:abwesend|im urlaub)",
    r"\bno responda|\bfuera de la oficina|\bde vacaciones|\bn\u00e3o responda|\bestou de f\u00e9rias|\bnon rispondere",
    r"\bfuori (?:ufficio|sede)|\bniet (?:te )?(?:be)?antwoorden|\bmet vakantie",
    r"\bpeidiwch ag ateb|\bo['\u2019]r swyddfa",
    r"\u81ea[\u52d5\u52a8]|\u4e0d\u5728|\u8bf7\u52ff|\ubd80\uc7ac|\ud734\uac00",
)


def perhaps_a_program(head: Head, subject: str, kinds: frozenset[str], body: str) -> bool:
    """Whether a person may well not have written it."""
    if from_an_account_of_programs(head) or written_by_a_system(head):
        return True
    own = first_words(body)
    if reports_figures(own) or any(kind.startswith(_FILES) for kind in kinds):
        return False
    if asks_programs_not_to_answer(head) and not is_answer(subject):
        return True
    return bool(_SUBJECT.search(_without_signs(subject)) or _WORDS.search(" ".join(own.split())))


def _without_signs(subject: str) -> str:
    """Without the pictures that some put before their words."""
    return re.sub(r"^[^\w\[(\u3010]+", "", subject)

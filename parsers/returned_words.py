"""Whom the words of a delivery report name as not reached, in the forms that came before RFC 3464 and beside it.

Four ways to name somebody: a line with a label ("Unknown user: a@b"), a line that is an address below words of failure,
a sentence ("your message to a@b was rejected"), and a server's reply ("550 <a@b>: no such user").
"""

import re
from collections.abc import Iterator

ADDRESS = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,200}[A-Za-z0-9]"

_MOST_LINES, _LONGEST_LINE = 400, 1000
_WHO = rf"[<\[(\"']{{0,2}}(?:smtp:|mailto:)?(?P<who>{ADDRESS})[>\])\"']{{0,2}}"

_BLANKS = re.compile(r"[ \t]{2,80}")
#: Where the letter that came back begins, or its headers.
_ORIGINAL = re.compile(
    r"^[-=_|* ]{0,80}(?:this is a copy of (?:the|your) message|below (?:this|the next) line is a copy"
    r"|original message (?:follows|headers|attached)|a copy of the original message|(?:your )?message reads"
    r"|(?:the )?(?:message|original|returned|original message|unsent)[ -]?(?:headers?|text|message"
    r"|mail)?(?: and .{0,40})?"
    r" (?:follows?|below)\b|(?:message|original|original message) headers|returned m(?:essage|ail)[ -]"
    r"|original message[ -]|message header|the header (?:and|of) )|^Return-path: |^Received: from",
    re.IGNORECASE | re.MULTILINE,
)
#: Exchange repeats the heading of the letter first; those who were not reached stand below it.
_HEADING = re.compile(
    r"^[ \t]*your (?:message|e-?mail)[ \t]*\n(?:.*\n){1,30}?(?=.*\b(?:did not reach|could not|was not|were not"
    r"|not be))",
    re.IGNORECASE | re.MULTILINE,
)
_FAILS = (
    r"could(?: not|n['\u2019]t) (?:be )?(?:deliver|reach|sen[dt])|(?:was not|wasn['\u2019]t|not be|undeliver"
    r"|unable to deliver)"
    r"|not (?:be )?delivered|failed permanently|delivery (?:has |to the following .{0,40})?failed"
    r"|did not (?:reach|receive)"
    r"|delivery status notification \(failure\)|permanent (?:fatal |delivery )*errors?|address(?:es)? (?:had|failed)"
    r"|recipients?\b|delivery errors|failed address|no valid recipient|able to deliver|failure reason|was aborted"
    r"|unknown user|user unknown|no such user|mailbox (?:is )?(?:full|unavailable)|no mailbox|\b5\d\d[ -]"
    r"|addresses? fail"
    r"|not accepting|returned"
)
_OPENS = re.compile(_FAILS, re.IGNORECASE)
_DELAYED = re.compile(
    r"delivery status notification \(delay\)|\b(?:been|was|is|message|delivery) delayed\b|has not yet been delivered"
    r"|will (?:be )?retr(?:y|ied)|do not need to (?:resend|send)|warning: message still undelivered"
    r"|this is (?:just )?a warning|advisory-only|has been postponed|will continue (?:to try|trying|to attempt|attempt)"
    r"|no action is required on your part",
    re.IGNORECASE,
)
#: A line that names who could not be reached: "<a@b>: host ... said: 550 ...", "* a@b", "a@b on Fri", "a@b [unknown]".
_ALONE = re.compile(
    rf"^[ \t]*(?:[*>\u2022\u00b7-]{{1,3}}[ \t]+)?{_WHO}(?:[ \t]*<(?:mailto:)?[^>]{{3,330}}>)?(?:=20)?"
    r"(?:[ \t]*:[ \t]*(?P<why>.*)|[ \t]+(?:\.\.\.|[-\u2013;])[ \t]+(?P<dash>.*)|[ \t]*\[(?P<bracket>[^\]]{1,200})\]"
    r"|[ \t]+on (?:mon|tue|wed|thu|fri|sat|sun)\b.*|[ \t;]*)$",
    re.IGNORECASE,
)
_X400 = re.compile(rf"dda:smtp=(?P<who>{ADDRESS})", re.IGNORECASE)
_LABELLED = re.compile(
    r"^[ \t*>-]{0,8}(?:unknown user|user unknown|invalid (?:final delivery )?(?:userid|user|address|recipient)"
    r"|(?:failed|undeliverable|intended|invalid|bad|rejected) (?:recipient|address|user)s?|error-for"
    r"|recipient(?: address)?|(?:user['\u2019]?s )?mailbox (?:is )?full|delivery failed(?: \d+ attempts)?"
    r"|failed to deliver to"
    rf"|undeliverable to|not delivered to|no such (?:user|mailbox|recipient)|rcpt to)[ \t]*:?[ \t]*{_WHO}(?P<why>.*)$",
    re.IGNORECASE,
)
_USERS_MAILBOX = re.compile(rf"mailbox (?:is )?(?:full|over quota|unavailable)[ \t]*:[ \t]*{_WHO}", re.IGNORECASE)
_SENTENCES = (
    re.compile(
        rf"(?:wasn['\u2019]t|was not|could not be|couldn['\u2019]t be|cannot be|can['\u2019]t be"
        rf"|not) delivered to[ :\t\n*]{{1,9}}{_WHO}"
        r"[ \t\n*]{0,9}(?:because)?(?P<why>[^\n]*)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:unable to deliver|error deliver\w+|failed to deliver|not able to deliver|n['\u2019]t able to deliver)"
        rf"(?: of)?(?: your| the| this| a)?(?: e-?mail| mail| message)? to[ :\t\n*]{{1,9}}{_WHO}(?P<why>[^\n]*)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:message|e-?mail|mail) (?:addressed )?(?:to|for)(?: e-?mail address)?[ :\t\n*-]{{1,9}}{_WHO}["
        rf" \t\n]{{1,4}}"
        r"(?P<why>(?:was|has|is|could|couldn|with subject|cannot|failed|bounced)\b[^\n]*)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:quota (?:violation|exceeded) for|(?:local )?mailbox|address to which your message was addressed,"
        r"|user|account)"
        rf"[ \t\n]{{1,4}}{_WHO},?[ \t\n]{{1,4}}(?P<why>(?:is (?:unavailable|unknown|full|not|disabled)"
        rf"|did not exactly match"
        r"|does not exist|doesn['\u2019]t exist|not found|unknown|over quota|has exceeded)[^\n]*)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:expanded|generated) from:? {_WHO}|\((?:originally|was) addressed to {_WHO.replace('who', 'also')}", re.I
    ),
    re.compile(rf"\bdid not reach the following recipients?:\s{{1,9}}{_WHO}", re.IGNORECASE),
    re.compile(rf"\bquota (?:violation|exceeded) for {_WHO}", re.IGNORECASE),
    re.compile(
        rf"(?:<<<|>>>)?[ \t]*rcpt to:[ \t]*{_WHO}[^\n]*\n[^\n]{{0,30}}\b(?P<why>5\d\d[ -][^\n]*)", re.IGNORECASE
    ),
)
#: A server's answer; one that names the sender, or a host, is not about whom we wrote to.
_REPLY = re.compile(rf"\b5\d\d[ -](?:#?5\.\d{{1,3}}\.\d{{1,3}} )?[^\n<]{{0,80}}<(?P<who>{ADDRESS})>", re.IGNORECASE)
_OF_SENDER = re.compile(r"\b(?:sender|from|relay|return[ -]?path|blocked|blacklist|spf|dmarc|dkim)\b", re.IGNORECASE)
#: That a letter has failed for good: a server's 5xx, or the usual words.
_FOR_GOOD = re.compile(
    r"\b5\d\d\b|\b5\.\d{1,3}\.\d{1,3}\b|"
    + "|".join(
        (
            r"\bnot (?:be )?(?:deliver|accept)|\bundeliver|\bcould(?: not|n['\u2019]t) be|\bdelivery fail",
            r"\bwas (?:refused|rejected)|\bno such|\bdoes(?: not|n['\u2019]t) exist|\bunknown|\baccount closed",
            r"\bdid not reach|\bnot found|\bthere is no (?:such )?(?:mailbox|user|account)",
            r"\bunbekannt|\bunzustellbar|\bnicht (?:\w+ ){0,6}(?:zugestellt|erreicht)",
            r"\binconnue?\b|\bnon remis|\bpas (?:pu )?\u00eatre|\bintrouvable",
            r"\bsconosciut|\bnon (?:pu\u00f2|\u00e8 stato) |\bdesconocid|\bno pudo",
            r"\bn\u00e3o (?:p\u00f4de|foi|existe)|\binexistente|\bonbekend|\bniet (?:worden )?bezorgd",
            r"\bok\u00e4nd|\bkunde inte|\bkunne ikke|\bei voitu|\bnieznany|\bnie mog\u0142a|\bneexistuje",
            r"\bnebylo mo\u017en\u00e9|\u043d\u0435\u0442 \u0442\u0430\u043a\u043e\u0433\u043e"
            r"|\u043d\u0435 \u0434\u043e\u0441\u0442\u0430\u0432\u043b\u0435\u043d|\u4e0d\u5b58\u5728"
            r"|\u5b58\u5728\u3057\u307e\u305b\u3093|\u914d\u4fe1\u3067\u304d|\uc874\uc7ac\ud558\uc9c0",
        )
    ),
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"\brcpt to\b|\b(?:ask|contact|kontakt\w*|questions?|help ?desk|further|more information)\b", re.IGNORECASE
)
_SERVICE = re.compile(r"(?:post_?master|mailer-?daemon|abuse|support|help\w*|no-?reply|admin\w*)@", re.IGNORECASE)


def named_alone(text: str, own: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The one address that stands in the report's own words, where they say that a letter has failed for good.

    `own` are the addresses of who wrote the report and whom it is for; servers and help desks are not meant either.
    A line about the sender, about whom to ask, or of the talk between two servers names nobody.
    """
    words = _HEADING.sub("", _own(text)).split("\n")[:_MOST_LINES]
    lines = [line[:_LONGEST_LINE] for line in words if not _OF_SENDER.search(line) and not _ASIDE.search(line)]
    named = {who.lower(): at for at, line in reversed([*enumerate(lines)]) for who in re.findall(ADDRESS, line)}
    others = {who: at for who, at in named.items() if who not in own and not _SERVICE.match(who)}
    verdict = next((line for line in lines if _FOR_GOOD.search(line)), "")
    if len(others) == 1 and verdict:
        yield from ((who, verdict.strip()) for who in others)


def says_delayed(text: str) -> bool:
    """Whether the words say that nothing is given up yet, so that nobody has failed."""
    return _DELAYED.search(_own(text)) is not None


def unreached(text: str) -> Iterator[tuple[str, str]]:
    """The addresses that the report's own words name, each with what is said of it."""
    own = _HEADING.sub("", _BLANKS.sub(" ", _own(text)))
    for sentence in _SENTENCES:
        for found in sentence.finditer(own):
            groups = found.groupdict()
            yield groups.get("who") or groups.get("also") or "", groups.get("why") or ""
    lines = own.split("\n")[:_MOST_LINES]
    opened = _OPENS.search(own) is not None
    for at, line in enumerate(lines):
        yield from _in_line(line[:_LONGEST_LINE], _after(lines, at), opened=opened)


def _in_line(line: str, after: str, *, opened: bool) -> Iterator[tuple[str, str]]:
    labelled = _LABELLED.match(line) or _USERS_MAILBOX.search(line)
    if labelled and not _is_answered_well(line, after):
        yield labelled["who"], after
    alone = _ALONE.match(line)
    if alone and (opened or line.lstrip().startswith("<")):
        yield alone["who"], alone["why"] or alone["dash"] or alone["bracket"] or after
    elsewhere = _X400.search(line)
    if elsewhere:
        yield elsewhere["who"], after
    replied = _REPLY.search(line)
    if replied and not _OF_SENDER.search(line):
        yield replied["who"], line.strip()


def _is_answered_well(line: str, after: str) -> bool:
    """A line of a talk between servers that was followed by a yes, or by nothing, says nothing of a failure."""
    return "rcpt to" in line.lower() and re.match(r"\W*(?:\w{1,12}\W{1,6})?5\d\d\b", after) is None


def _after(lines: list[str], at: int) -> str:
    return " ".join(each.strip() for each in lines[at + 1 : at + 4] if each.strip())


def _own(text: str) -> str:
    """The report's own lines, up to the letter that it returns."""
    returned = _ORIGINAL.search(text)
    return text[: returned.start()] if returned else text

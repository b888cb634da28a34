"""The words of each order, whole: what stands around them is taken off before they are looked at."""

import re
from collections.abc import Callable

from collector.domain.orders import (
    AboutWords,
    Accept,
    AddressWorks,
    AskAbout,
    Back,
    ChangeDefinitions,
    ConfirmTarget,
    Decide,
    Decline,
    Drop,
    Freeze,
    HandOver,
    Help,
    Hold,
    LegalCheckDone,
    Listed,
    ListQuarantine,
    Lock,
    OpenRound,
    Order,
    Purge,
    PutBefore,
    Reject,
    Release,
    Reopen,
    SendBack,
    SendDefinitions,
    SendHistory,
    SendRound,
    ShowList,
    ShowQuarantined,
    SignOff,
    Status,
    TakeOutText,
    WhoOwes,
)
from collector.domain.period import Quarter
from collector.domain.personal import Dealt
from parsers.doubts import CONDITION, said_reason

ONE_CODE = r"[a-z]{1,4}[- ]?\d{1,4}[a-z]?"
_JOIN = r"(?: ?,(?: and| &)?| and| ?&| ?\+) ?"
#: Some codes, joined as people join them.
SEVERAL = rf"{ONE_CODE}(?:{_JOIN}{ONE_CODE})*"
_WORDS_FOR = r"(?:the|my) (?:words?|comment|commentary|note)s? (?:for|of|beside)"
_CODE = rf"(?P<code>{ONE_CODE})"
_PERIOD = r"(?P<period>q[1-4] ?(?:of )?(?:20)?\d\d ?[-/ ] ?(?:20)?\d\d|(?:20)?\d\d ?[-/] ?\d\d ?q[1-4])"
_REASON = r" ?[:,;\u2013\u2014-] ?| because (?:of )?| as (?!soon\b)| since "
_WHY = rf"(?:(?:{_REASON})(?P<why>\S.*))"
# What is said after an order that takes effect at once may be no reason but a condition.
_WHY_OR_WHEN = rf"(?:(?:{_REASON}| (?={CONDITION}))(?P<why>\S.*))"
_ROUND = r"(?: (?:the |this )?round)?"
_AS_WORKBOOK = r"(?: (?:as|in|to) (?:a workbook|excel|a spreadsheet))"
_IDS = r"(?P<ids>(?:(?:messages?|no\.?|number) )?#?\d{1,9}(?:(?: ?,| and|,? and| ?&) ?#?\d{1,9})*)"


def codes_in(words: str) -> tuple[str, ...]:
    """The codes that words name, as the books write them."""
    found = re.findall(rf"{ONE_CODE}\b", words, re.I)
    return tuple(re.sub(r"[- ]", "", code).upper() for code in found)


def _quarter(words: str) -> Quarter:
    number, years = re.search(r"q([1-4])", words, re.I), re.sub(r"q ?[1-4]", "", words, flags=re.I)
    first = int(re.findall(r"\d+", years)[0])
    return Quarter(first if first > 99 else 2000 + first, int(number[1]) if number else 1)


def _ids(words: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", words))


_Made = Callable[[re.Match[str]], Order]


def _hand_over(said: re.Match[str]) -> Order:
    words = said.groupdict()
    return HandOver(codes_in(said["codes"]), said["to"].strip(" ."), address=(words.get("address") or "").strip(" .>"))


def _sign_off(said: re.Match[str]) -> Order:
    words = said.groupdict()
    what = (words.get("what") or "").strip(" ,.")
    return SignOff("" if _ALL_OF_IT.fullmatch(what) else what, codes_in(words.get("without") or ""))


def _accept(said: re.Match[str]) -> Order:
    return Accept(int(said["message"]), (said["who"] or "").strip(" ."), bool(said["remember"]))


_MESSAGE = r"(?:message )?#?(?P<message>\d{1,9})"
_CODES = rf"(?P<codes>all(?: (?:of )?(?:it|them|mine|my (?:indicators|figures|measures|codes)))?|everything|{SEVERAL})"
_FROM_LEAVE = (
    r"(?: (?:at|in) (?:work|the office|my desk)| (?:at|to) work"
    r"| (?:from|after) (?:my |their )?(?:\w+ )?(?:leave|holidays?|absence))?(?: (?:today|again))?"
)
_WHO = (
    r"(?P<to>(?!(?:who|what|which|this|that|it|nobody|hand|email)\b|[^,]* no longer\b)(?:the )?[^\d:;,@]{2,80}"
    r"|[^\s@]+@[^\s@]+|@[a-z0-9]{3,30})"
)
#: A role and how to reach it: "Medway Commander, commander@police.example.org".
_WHO_AT = _WHO[:-1] + r"?)(?:,? [(<]?(?P<address>[^\s@<>(),]+@[^\s@<>(),]+)[)>]?)?"
_PRIORITIES = rf"(?:p|priority )\d{{1,2}}(?:{_JOIN}(?:p|priority )?\d{{1,2}})*"
_FINE = (
    r"(?:(?:all|that|this|it|everything)(?:'s| is| looks| are)? (?:fine|good|ok|okay|correct|agreed)"
    r"(?: (?:from|by|with|for) (?:me|us))?[,.;]?(?: ?[\u2013\u2014-] ?| )(?:and )?)?"
)
_I = r"(?:i(?:'m| am| can| have|'ve)? (?:now )?(?:(?:happy|content|pleased) to )?|(?:happy|content) to )?"
_WHAT = r"(?P<what>(?!(?:except|apart|but|other|excluding|without|save)\b)[^:;?]{2,80}?)"
_EXCEPT = (
    r"(?:,? (?:except(?: for)?|apart from|but not|all but|but|other than|excluding|without|save for)"
    rf" (?P<without>{SEVERAL}))?"
)
_ALL_OF_IT = re.compile(
    r"(?:all(?: of (?:it|them|mine))?|both|everything|mine|this|it|them|these|(?:all )?(?:of )?the (?:rest|others)"
    r"|by me|as correct|with(?: thanks?)?|my priorit(?:y|ies))?",
    re.I,
)

_LISTED = {
    Listed.REQUESTS: r"(?:open )?(?:change )?requests",
    Listed.HELD: r"what (?:waits|is waiting)(?: for release)?|messages? (?:waiting|to release)|held messages",
    Listed.WORDS: r"words held back|held words|what words are held back",
    Listed.TARGETS: r"targets(?: to confirm)?",
    Listed.TIMETABLE: r"timetable|dates",
}


def _lists(what: Listed) -> _Made:
    return lambda _: ShowList(what)


#: A question about an indicator: who knows, what it means, how it stood. None of these can hold a figure.
_ASKS_ABOUT = "|".join(
    (
        r"who (?:do|should|can|could|would) (?:i|we) (?:ask|contact|speak to|talk to|write to|e-?mail|ring|call)"
        r"(?: (?:about|for|on|regarding))?",
        r"who(?: is|'s| are) (?:the )?(?:right )?(?:contact|person(?: to ask)?|people|lead) (?:for|about)",
        r"who (?:knows|can help me|can help)(?: (?:about|with))?",
        r"what (?:does|is|exactly is|do you (?:mean by|want for|need for)|counts (?:as|for|in|towards)|was)",
        r"(?:i|we) (?:don't|do not|didn't|did not) (?:really |quite )?(?:understand|know what to (?:put|say|send) for)",
        r"(?:i |we )?(?:need )?(?:some )?help(?: me| us)? (?:with|on|about)",
        r"(?:i'm|i am|we're|we are) (?:stuck|not sure|unsure|confused)(?: (?:on|about|with|by|over))?",
        r"(?:i have )?(?:a )?(?:quick )?question (?:on|about|for)",
    )
)
_ASKED_OF_IT = r"(?: (?:mean|measure|about|for|asking for|last (?:quarter|time|year)))?"

_ORDERS: tuple[tuple[str, _Made], ...] = (
    (
        r"sign off (?P<what>[^:;?()]{1,80}?) as shown \((?P<shown>[0-9A-Z]{8})\)",
        lambda said: SignOff(said["what"], shown=said["shown"].upper()),
    ),
    (rf"{_FINE}{_I}sign(?:ed|ing)?[ -]?off(?: (?:on |for )?{_WHAT})?{_EXCEPT}", _sign_off),
    (rf"{_FINE}{_I}sign(?:ed|ing)? (?:this|it|these|them|all(?: of (?:it|them|this|these))?) off{_EXCEPT}", _sign_off),
    (rf"sign(?:ed)?[ -]?off ?[:-] ?(?P<what>{_PRIORITIES}){_EXCEPT}", _sign_off),
    (rf"(?P<what>{_PRIORITIES}|all|both) ?:? ?(?:is |are |both )?signed[ -]?off{_EXCEPT}", _sign_off),
    (rf"(?:send(?:ing)?|return) back {_CODE}{_WHY}", lambda said: SendBack(codes_in(said["code"])[0], said["why"])),
    (rf"(?:send(?:ing)?) {_CODE} back{_WHY}", lambda said: SendBack(codes_in(said["code"])[0], said["why"])),
    (rf"freeze{_ROUND}{_WHY_OR_WHEN}?", lambda said: Freeze(said_reason(said["why"]))),
    (rf"lock{_ROUND}{_WHY_OR_WHEN}?", lambda said: Lock(said_reason(said["why"]))),
    (
        rf"(?:re-?open|unlock) {_CODE}{_WHY_OR_WHEN}?",
        lambda said: Reopen(codes_in(said["code"])[0], said_reason(said["why"])),
    ),
    (rf"(?:re-?open|unlock){_ROUND}{_WHY_OR_WHEN}?", lambda said: Reopen("", said_reason(said["why"]))),
    (
        rf"(?:decline|leave) {_CODE}(?: as it is)?{_WHY}",
        lambda said: Decline(codes_in(said["code"])[0], said["why"]),
    ),
    (
        rf"(?P<how>accept|reject)(?:ed)? (?:change )?request (?P<number>\d{{1,9}}){_WHY}",
        lambda said: Decide(int(said["number"]), said["how"].lower() == "accept", said["why"]),
    ),
    (rf"keep {_WORDS_FOR} {_CODE}(?: as they are)?", lambda said: AboutWords(codes_in(said["code"])[0], Dealt.KEPT)),
    (rf"(?:take|leave) out {_WORDS_FOR} {_CODE}", lambda said: AboutWords(codes_in(said["code"])[0], Dealt.TAKEN_OUT)),
    (
        rf"replace {_WORDS_FOR} {_CODE}(?: ?[:;\u2013\u2014-] ?| (?:with|by) )(?P<words>\S.{{1,250}})",
        lambda said: AboutWords(codes_in(said["code"])[0], Dealt.REPLACED, said["words"]),
    ),
    (
        rf"(?:take|leave) out the publication text (?:for|of|beside) {_CODE}",
        lambda said: TakeOutText(codes_in(said["code"])[0]),
    ),
    (
        rf"(?:the )?legal check (?:is )?(?:done|passed) (?:for|of) {_CODE}",
        lambda said: LegalCheckDone(codes_in(said["code"])[0]),
    ),
    (
        r"help(?: me)?|commands|what can i (?:write|say|do|ask)(?: here)?\??|how does (?:this|it) work\??"
        r"|(?:how|where) (?:do|can|should) (?:i|we) (?:send|give|enter|fill in|report|reply with|put)"
        r"(?: (?:you|in|my|our|the|your|it|them|this|these|figures?|returns?|numbers?|form)){0,3}\??",
        lambda _: Help(),
    ),
    (rf"(?:{_ASKS_ABOUT}) {_CODE}{_ASKED_OF_IT}(?: please)? ?\??", lambda said: AskAbout(codes_in(said["code"])[0])),
    (rf"open (?:the )?(?:round )?(?:for )?{_PERIOD}", lambda said: OpenRound(_quarter(said["period"]))),
    (
        r"(?:what(?:'s| is) the )?(?:round )?status(?: of the round)?\??"
        r"|(?:how|where) (?:are|do) we(?: doing| stand| standing)?\??"
        r"|how is the round (?:going|doing)\??",
        lambda _: Status(),
    ),
    (
        r"(?:who (?:still )?owes (?:what|us (?:anything|what)|figures)"
        r"|what(?:'s| is) (?:still )?(?:outstanding|missing|out)|what do i (?:still )?owe(?: you)?"
        r"|when (?:is|are) (?:it|they|this|these|(?:the|my|our) (?:figures?|returns?)) due"
        r"|(?:what|when)(?:'s| is) (?:the|my|our) (?:deadline|due date))\??",
        lambda _: WhoOwes(),
    ),
    (rf"(?:hand(?: ?over)?|transfer|reassign) {_CODES} (?:over )?to {_WHO}", _hand_over),
    (rf"{_CODES} ?:? (?:(?:is|are) )?now (?:reported|done|provided|sent|given|handled) by {_WHO_AT}", _hand_over),
    (rf"{_WHO} (?:now )?(?:reports|does|sends|provides|handles) {_CODES}(?: (?:now|from now on))?", _hand_over),
    (rf"(?:i(?:['\u2019]m| am) )?(?:now )?back{_FROM_LEAVE}", lambda _: Back()),
    (
        rf"(?P<who>the [^\d:;,.%?!]{{2,80}}|[^\s@]+@[^\s@]+) is (?:now )?back{_FROM_LEAVE}",
        lambda said: Back(said["who"]),
    ),
    (r"release (?:all|everything|them all)(?: messages)?", lambda _: Release()),
    (
        rf"release (?:all|everything|them all)(?: messages)? (?:except|but|apart from|without) {_IDS}",
        lambda said: Release((), _ids(said["ids"])),
    ),
    (r"hold (?:all|everything|them all)(?: messages)?", lambda _: Hold()),
    (
        rf"cover {_MESSAGE}(?: with)?(?: ?:)? (?P<words>[^\d\s].{{2,500}})",
        lambda said: PutBefore(int(said["message"]), said["words"]),
    ),
    (rf"release {_IDS}", lambda said: Release(_ids(said["ids"]))),
    (rf"hold {_IDS}", lambda said: Hold(_ids(said["ids"]))),
    (rf"(?:drop|cancel) {_IDS}", lambda said: Drop(_ids(said["ids"]))),
    (
        rf"(?:change|apply) (?:the )?definitions(?: (?:as )?from {_PERIOD}(?: \([^()]{{3,30}}\))?)?{_WHY}?",
        lambda said: ChangeDefinitions(said["why"] or "", _quarter(said["period"]) if said["period"] else None),
    ),
    (r"(?:show |list )?(?:the )?quarantine|what (?:is|was|has been) set aside\??", lambda _: ListQuarantine()),
    *((rf"(?:show |list )?(?:the |all )?(?:{words})\??", _lists(what)) for what, words in _LISTED.items()),
    (
        rf"confirm (?:the )?target (?:of|for) {_CODE}(?: (?:as )?from {_PERIOD})?{_WHY}",
        lambda said: ConfirmTarget(
            codes_in(said["code"])[0], said["why"], _quarter(said["period"]) if said["period"] else None
        ),
    ),
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
        lambda said: SendHistory(codes_in(said["code"])[0], _quarter(said["period"]) if said["period"] else None),
    ),
)
KNOWN = tuple((re.compile(words, re.I), made) for words, made in _ORDERS)

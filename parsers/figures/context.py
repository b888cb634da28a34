"""Numbers that are not the figure: ages, phones, durations, targets, forecasts, other periods, parts and changes."""

import re
from dataclasses import dataclass, field, replace

from parsers.figures.amounts import ANY_TIME, CHANGE, CHANGE_WORDS, MEANWHILE, Change, change_in, sets_off
from parsers.figures.canvas import BLANK, Canvas
from parsers.figures.periods import A_TIME, ELSEWHERE, NOT_WANTED
from parsers.figures.quantities import ANY, NUM, SCALE, Quantity, quantity
from parsers.figures.units import Kind, Wanted

_FORECAST = re.compile(
    r"\b(?<!than )(?<!as )(?:predict|forecast|project(?:ed|ion|ions)\b|anticipat|expect(?!ation)"
    r"|planned|aim(?:s|ed|ing)? |hope"
    r"|will (?:be|reach|have)|would (?:otherwise )?(?:be|have been)"
    r"|should (?:be|bring|see|deliver|create|reach|provide|complete|mean|take|hand|fall|rise|drop|come|become)\b)",
    re.I,
)

_ELSEWHERE_FIRST = re.compile(
    rf"{ELSEWHERE}(?:'s)?(?: (?:spring|summer|autumn|winter)(?: term)?)?"
    rf"(?:,? ?(?:the |our |its |we |it |there |figures?|totals?|values?|results?|was|were|is"
    rf"|are|had|has|have|at|of|stood|shows?|been|totall?ing|avg\.?|average|mean|a )*)"
    rf"[ :=(-]{{0,4}}(?:{ANY})(?!\d)(?! ?/)",
    re.I,
)
_ELSEWHERE_LAST = re.compile(rf"(?:{ANY})(?: {MEANWHILE}){{0,3}} \(?{ELSEWHERE}", re.I)
_FIGURE_BEFORE = re.compile(rf"(?:{ANY})(?: {MEANWHILE}){{0,3}} ?$", re.I)
_FIGURE_AFTER = re.compile(rf" ?[:=-]? ?(?:(?:was|were|is|it|we|had|of|at) )*(?:{ANY})", re.I)
_COMPARED = re.compile(
    rf"\b(?:(?:in )?compar(?:ed|ing|es|ison)(?: (?:with|to))?|against|versus|vs\.?|v\.?|on from|up from"
    rf"|down from|rather than the|from|was|previously|formerly|{ELSEWHERE}:?)"
    rf" (?:the |a |an )?(?:(?:{MEANWHILE}) ){{0,3}}(?:{ANY})(?:(?: {MEANWHILE}){{0,3}} {ELSEWHERE})",
    re.I,
)
_UP_FROM = re.compile(
    rf"\b(?:(?:up|down|rise|rose|risen|fall|fell|fallen|drop(?:ped)?|increased?|decreased?|reduced"
    rf"|reduction|improved|improvement)(?: \w+)? from|compared (?:with|to)|previously|formerly)"
    rf" (?:{ANY})(?! ?(?:[a-z]+ ){{0,3}}to (?:{ANY}))",
    re.I,
)
_THAN_A_LEVEL = re.compile(
    rf"(?:\b(?:more|fewer|less|higher|lower|better|worse|longer|shorter|quicker|slower)|(?<={BLANK}))"
    rf" than (?:the |our |its )?(?P<level>{ANY})",
    re.I,
)
"""What a number is so much more than: "55 more than the 605 received in the previous one"."""
_SO_MUCH = re.compile(r"\d(?:[\d.,]*\d)?(?: ?%)?(?: (?!than\b)[a-z]+){0,3} ?$", re.I)
_USED_TO = re.compile(
    rf"\bused to (?:be|take|stand at|have|average|cost|run at|get|see)(?: [a-z]+){{0,2}} (?:{ANY})", re.I
)
_BY_SO_MUCH = re.compile(
    rf"\b(?:exceed\w*|miss\w*|beat\w*|surpass\w*|over(?:shot|run|ran|spent)|short|over|under|ahead|behind|out) by"
    rf" (?:just |only |around |about |some )?(?:{ANY})",
    re.I,
)
"""How far a figure is from its mark: "the target was exceeded by three cases"."""
_THAN = re.compile(
    rf"\b(?:than|same as|similar to|unlike|behind|ahead of)(?: in| for| at| the| our| that| those)* {ELSEWHERE}", re.I
)
_BEST_SINCE = re.compile(
    rf"\b(?:best|worst|highest|lowest|fewest|shortest|longest|fastest|slowest|first|record)"
    rf"(?: [a-z]+){{0,4}} (?P<time>{ELSEWHERE})",
    re.I,
)
"""What a figure is the best of since a time: "the best since June 2021"."""
_SAME_AS = re.compile(
    rf"\b(?:up|down|on|over|than|since|same as|similar to|compared (?:with|to)|against|versus|vs\.?|from"
    rf"|unlike|as|following|after|behind|ahead of|with|to) (?:in |for |at |the |our |that |those )*{ELSEWHERE}",
    re.I,
)
_FROM_BEFORE = re.compile(
    rf"(?<=[\d%t]),? (?:up |down |rising |falling |improving )?from (?:a "
    rf"|the |an? \w+ )?(?:{ANY})(?! ?(?:[a-z]+ ){{0,3}}to {ANY})",
    re.I,
)
"""Right after a level, the one it came from: "94.2% from 96.0%"."""
_OF_A_SUM = re.compile(rf"(?<=[\dkm]) of (?:the|a|an|our) (?:£ ?{NUM}{SCALE}?)", re.I)
"""The whole that a sum is part of: "£20m of the £28m programme"."""
_ON_A_BASE = re.compile(
    rf"\b(?:on|from|against|out of) an? (?:\w+ ){{0,2}}(?:establishment|base|list|case-?load|cohort|population"
    rf"|workforce|roll"
    rf"|budget|total) of (?:{ANY})",
    re.I,
)
"""What a number is held against as its whole: "212 WTE on an establishment of 2,281"."""
_AGAINST = re.compile(
    rf"(?:\b(?:against|versus|vs?\.?|as opposed to|compared (?:with|to)|in comparison (?:with|to))"
    rf"|(?<=\()(?:was|previously|prev\.?|from|last(?: time)?)\b)"
    rf" (?:the |an? |our |some |just |only |more than |less than "
    rf"|at least |no more than |under |over )*(?:\w+ ){{0,2}}?(?:\w+ of )?(?:{ANY})"
    rf"(?: (?:nationally|regionally|locally|(?:in|for|across) (?:england|wales|scotland|the (?:region|country"
    rf"|county))))?",
    re.I,
)
"""What a figure is held against, whatever that is."""
_THAN_ANOTHERS = re.compile(
    rf"\bthan [^.;()\d\n]{{0,60}}\b(?:rate|average|mean|figure|level|benchmark|median|england|national|regional"
    rf"|county|comparators?|neighbours?|peers?|target|standard)\b[^.;()\d\n]{{0,40}}\((?:{ANY})\)",
    re.I,
)
"""What a figure is held to be above or below, in a bracket: "lower than the national rate (44.1%)"."""
_HELD_AGAINST = ("against", "versus", "vs", "v ", "v.", "opposed", "compar", "comparison", "(")
_PART = re.compile(
    rf"(?<![\w.,])(?:{NUM})(?: \w+)? (?:of|among|amongst) (?:which|whom|these|those|them|this)\b"
    rf"(?!,? ?(?:only |just |about )?{NUM})|\bof (?:which|whom"
    rf"|these|those)[, ] ?(?:{NUM})(?! ?%| ?per ?cent)|\bincluding (?:{NUM})(?! ?%| ?per ?cent)",
    re.I,
)
_SOME_WERE = re.compile(
    rf"(?<=\d), (?:but |and |though )?(?:{NUM})(?= (?:was|were|has been|have been) "
    r"(?!(?:plan|budget|target|expect|project|forecast|profil|allow|want|need|requir|report|record|mis|omit|exclu"
    r"|remov|delet|duplic|cancel|withdr|reject|add|give|agree|double)\w*)[a-z]+(?:ed|en|wn|ght)\b(?! twice))",
    re.I,
)
"""Some of what was just counted, without a word of their own: "13, one was counted late". What was missed, added or
planned may not be among them."""
_LONGEST = 12
_THE_WHOLE = re.compile(r"(?<![\w.,/£-])\d[\d,]*$")

_FROM_WORDS = ("from", "compared", "previously", "formerly")
_FROM_TO = re.compile(
    rf"\bfrom (?P<first>{ANY})(?: (?:{MEANWHILE})){{0,3}}(?: {ANY_TIME})? to"
    rf" (?P<last>{ANY})",
    re.I,
)
_BRINGING = re.compile(
    rf"\b(?:bringing|taking|brings|takes|making) [^.;\d\n]{{0,60}}?{ELSEWHERE}[^.;\d\n]{{0,20}}? to (?:{ANY})", re.I
)
"""What a figure makes of a longer time's: "143 new plans, bringing the total for the half-year to 301"."""
_CAME_TO = re.compile(
    rf"(?P<first>{ANY}),? (?:down|falling|fell|reduc(?:ed|ing)|dropp(?:ed|ing)|increas(?:ed|ing)|rising"
    rf"|rose|improv(?:ed|ing)) to"
    rf" (?P<last>{ANY})",
    re.I,
)
"""As in "10.2% down to 5.3%"; "up to" may be a limit."""
_CHANGED_TO = re.compile(rf"\b(?:change|correct|amend|update|alter)\w* (?P<first>{ANY}) to ", re.I)
_RANGE = re.compile(
    rf"(?<![\w.,/-])(?P<between>between )?(?P<low>£?{NUM} ?%?) ?(?(between)(?:-|to|and)|(?:-|to"
    rf"|or)) ?(?P<high>£?{NUM}{SCALE}? ?(?:%|per ?cent)?)(?![\w/-])",
    re.I,
)


@dataclass(frozen=True)
class Move:
    """From one level to another."""

    first: Quantity
    last: Quantity
    start: int
    end: int


@dataclass
class Context:
    """What the words besides the figure say."""

    changes: list[Change] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    ranges: list[tuple[Quantity, Quantity, int]] = field(default_factory=list)
    elsewhere: list[tuple[Quantity, str, int]] = field(default_factory=list)
    parts: list[Quantity] = field(default_factory=list)
    previous: list[Quantity] = field(default_factory=list)
    compared: list[Quantity] = field(default_factory=list)
    targets: list[Quantity] = field(default_factory=list)
    target_change: str | None = None
    compared_times: list[int] = field(default_factory=list)
    """Where the times stand that a change is counted from: "up 2 since Q1"."""


_ITS_OWN_TIME = re.compile(rf"\(({ELSEWHERE}) ?[:=] ?$")
"""What labels another time's own change: "down 4% (2022-23: down 7%)"."""
_LONGEST_LABEL = 40
_BASE_TIME = re.compile(rf" ?({ELSEWHERE})")
_COMPARES = re.compile(r"(?:since|on|from|than|against|over|vs|versus|compared)\b", re.I)
_A_PAINTED_TIME = re.compile(ELSEWHERE)


def take_comparisons(canvas: Canvas, context: Context, wanted: Wanted) -> None:
    """Paint over what is compared with: other periods' figures, from-to, changes, parts; each kept as what it is."""
    for found in (*canvas.take(_FROM_TO, hints=("from",)), *canvas.take(_CAME_TO, hints=(" to ",))):
        first, last = _placed(found, "first"), _placed(found, "last")
        if first and last:
            context.moves.append(Move(first, last, found.start(), found.end()))
    canvas.take(_CHANGED_TO, hints=("chang", "correct", "amend", "updat", "alter"))
    timed = NOT_WANTED.search(canvas.left) is not None
    for found in canvas.take(_BRINGING, hints=(" to ",)) if timed else ():
        context.elsewhere.extend(_elsewhere(found))
    for pattern, hints in ((_COMPARED, ()), (_UP_FROM, _FROM_WORDS), (_FROM_BEFORE, ("from",))):
        for found in canvas.take(pattern, hints=hints) if timed or hints else ():
            context.previous.extend(within(found))
    for found in canvas.take(_USED_TO, hints=("used to",)):
        context.previous.extend(within(found))
    changed = canvas.take_if(CHANGE, lambda m: BLANK if wanted.change or not sets_off(m) else "", hints=CHANGE_WORDS)
    for found in changed:
        labelled = _ITS_OWN_TIME.search(canvas.left, max(0, found.start() - _LONGEST_LABEL), found.start())
        if labelled:
            context.compared_times.append(labelled.start(1))
            continue
        context.changes.append(change_in(found))
        behind = _BASE_TIME.match(canvas.left, found.end())
        compares = behind and _COMPARES.match(canvas.text, behind.start(1))
        # A change "since April" may not be the change that is asked for.
        another = wanted.change and compares and compares[0].lower() == "since"
        if behind and (found["base1"] or found["base2"] or (compares and not another)):
            context.compared_times.append(behind.start(1))
        context.previous.extend(
            base for group in ("base1", "base2") if found[group] and (base := _placed(found, group))
        )
    _take_amounts(canvas, context)
    if context.compared_times:
        canvas.take_if(_A_PAINTED_TIME, lambda m: BLANK if m.start() in context.compared_times else "", within=A_TIME)
    for found in canvas.take_if(
        _THAN_A_LEVEL, lambda m: BLANK if _SO_MUCH.search(canvas.text, *_window(m.start())) else "", hints=("than",)
    ):
        context.previous.extend(level for level in [_placed(found, "level")] if level)
    if timed:
        canvas.take_if(_THAN, lambda _: BLANK, within=A_TIME)
        records = canvas.take_if(
            _BEST_SINCE, lambda m: BLANK if "since" in canvas.text[m.start() : m.end()].lower() else "", within=A_TIME
        )
        context.compared_times.extend(found.start("time") for found in records)
    if timed and NOT_WANTED.search(canvas.left):
        # A time that nothing has taken up yet may be another figure's.
        _take_elsewhere(canvas, context)
        canvas.take_if(_SAME_AS, lambda _: BLANK, within=A_TIME)
    canvas.take(_OF_A_SUM, hints=("of ",))
    if wanted.kind is not Kind.PERCENT:
        canvas.take(_ON_A_BASE, hints=(" of ",))
    for found in canvas.take(_AGAINST, hints=_HELD_AGAINST):
        context.compared.extend(within(found))
    for found in canvas.take(_THAN_ANOTHERS, hints=("than",)):
        context.compared.extend(within(found))
    for found in canvas.take(_PART, hints=("of ", "among", "including")):
        context.parts.extend(within(found))
    for found in canvas.take_if(
        _SOME_WERE, lambda m: BLANK if _are_fewer(canvas, m) else "", hints=(" was ", " were ", " been ")
    ):
        context.parts.extend(within(found))
    signed = wanted.change or wanted.kind is Kind.POINTS
    for found in canvas.take_if(
        _RANGE, lambda m: BLANK if signed or not _is_a_dash(m) else "", hints=("-", "to", "or", "between")
    ):
        low, high = _placed(found, "low"), _placed(found, "high")
        falls = low and high and low.value > high.value and low.kind is high.kind and " to " in found[0]
        if low and high and falls and not (found["between"] or signed):
            # No range runs downwards: "64 to 61 days".
            context.moves.append(Move(low, high, found.start(), found.end()))
        elif low and high:
            context.ranges.append((low, high, found.start()))


def _is_a_dash(found: re.Match[str]) -> bool:
    """Whether a line between two numbers parts them, as no range runs downwards: "38 - 22 rented and 16 shared"."""
    low, high = _placed(found, "low"), _placed(found, "high")
    return low is not None and high is not None and " - " in found[0] and low.value > high.value


_IN_A_BRACKET = re.compile(rf" ?\((?P<amount>{ANY})(?: (?P<noun>[a-z]+(?: [a-z]+)?))?\)", re.I)


def _take_amounts(canvas: Canvas, context: Context) -> None:
    """Take what a change is in cases, in a bracket right behind it, and the level it is counted from behind "than"."""
    for found in canvas.take(_BY_SO_MUCH, hints=(" by ",)):
        context.compared.extend(within(found))
    ends = {change.end for change in context.changes if change.kind is Kind.PERCENT}
    for found in canvas.take_if(
        _IN_A_BRACKET, lambda m: BLANK if m.start() in ends and m["noun"] else "", hints=("(",)
    ):
        amount = _placed(found, "amount")
        sign = next(change.amount for change in context.changes if change.end == found.start())
        if amount is not None and amount.kind is Kind.COUNT:
            value = amount.value if sign >= 0 else -amount.value
            context.changes.append(Change(value, Kind.COUNT, found.start(), found.end(), amount.decimals))


def _take_elsewhere(canvas: Canvas, context: Context) -> None:
    """Bind figures to other times; a time between two figures binds to the side where no comma parts them."""
    left = canvas.left
    for found in canvas.take_if(
        _ELSEWHERE_FIRST,
        lambda m: "" if _FIGURE_BEFORE.search(left, *_window(m.start())) or _ends_a_clause(canvas, m) else BLANK,
    ):
        context.elsewhere.extend(_elsewhere(found))
    left = canvas.left
    for found in canvas.take_if(
        _ELSEWHERE_LAST,
        lambda m: "" if _FIGURE_AFTER.match(left, m.end()) or _heads_its_bracket(left, m, canvas.text) else BLANK,
    ):
        context.elsewhere.extend(_elsewhere(found))


_THEN = re.compile(rf"{ELSEWHERE}, ?\d")


def _ends_a_clause(canvas: Canvas, found: re.Match[str]) -> bool:
    """Whether a time belongs to the figure before it: "54 crimes were reported in quarter 2, 41 of them ..."."""
    start, _ = canvas.sentence_at(found.start())
    return _THEN.match(found[0]) is not None and any(c.isdigit() for c in canvas.left[start : found.start()])


_IN_ITS_BRACKET = re.compile(r"[^()\d]*[:=][^()\d]*\d")


def _heads_its_bracket(left: str, found: re.Match[str], text: str) -> bool:
    """Whether a time in brackets heads what stands there: "26% (2024-25 all terms: 28%)", "2 (2015 target is 15)"."""
    if "(" not in found[0]:
        return False
    return _IN_ITS_BRACKET.match(left, found.end()) is not None or _TARGET_NEXT.match(text, found.end()) is not None


_TARGET_NEXT = re.compile(r" (?:target|plan|goal|trajectory|budget)\b", re.I)


def _window(end: int) -> tuple[int, int]:
    return max(0, end - 60), end


def _placed(found: re.Match[str], group: str) -> Quantity | None:
    """The quantity in a group, with its place on the canvas."""
    read = quantity(found[group])
    return None if read is None else replace(read, start=found.start(group), end=found.end(group))


def _are_fewer(canvas: Canvas, found: re.Match[str]) -> bool:
    """Whether the count right before some of it is the larger one."""
    whole = _THE_WHOLE.search(canvas.left, max(0, found.start() - _LONGEST), found.start())
    told = quantity(whole[0]) if whole else None
    return told is not None and all(part.kind is told.kind and part.value < told.value for part in within(found))


def within(found: re.Match[str]) -> list[Quantity]:
    """The quantity inside a match, with its place on the canvas."""
    bare = _BARE.search(found[0])
    read = quantity(bare[0]) if bare else None
    if bare is None or read is None:
        return []
    start = found.start() + bare.start()
    return [replace(read, start=start, end=start + len(bare[0]))]


def is_forecast(sentence: str) -> bool:
    """Whether a sentence speaks of what is to come."""
    return _FORECAST.search(sentence) is not None


_PAINTED = re.compile(ANY_TIME)
_BARE = re.compile(ANY, re.I)


def _elsewhere(found: re.Match[str]) -> list[tuple[Quantity, str, int]]:
    """The quantity bound to another time, with the paint that names the time."""
    painted, bare = _PAINTED.search(found[0]), _BARE.search(found[0])
    read = quantity(bare[0]) if bare else None
    if read is None or painted is None or bare is None:
        return []
    start = found.start() + bare.start()
    return [(replace(read, start=start, end=start + len(bare[0])), painted[0][0], start)]

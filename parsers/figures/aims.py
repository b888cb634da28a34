"""Targets and other marks that a figure is held against: never the figure, whatever the period."""

import re

from parsers.figures.canvas import ASIDE, BLANK, Canvas, Hinted
from parsers.figures.context import Context, within
from parsers.figures.periods import Time
from parsers.figures.quantities import ANY

_ANY_TIME = f"[{''.join(Time)}]+"


_TARGET = (
    r"(?:targets?|forecasts?(?! (?:of|is|was|for))|projections?(?! (?:of|is|was|for))|tgts?|traj\.?|stnd"
    r"|T(?=:)|goals?|benchmarks?|thresholds?|baselines?|ceilings?|trajector(?:y|ies)|ambition|tolerance|budget"
    r"|control (?:limit|total)|(?<!time )limit|(?<!days )(?<!weeks )(?<!hours )(?<!minutes )standard(?! deviation)"
    r"|(?:recommended |agreed |permitted |allowed )?(?:maximum|minimum)(?= of\b)"
    r"|plan(?= ?[:=]? ?(?:of |was |is |at )?[£(]?\d| ?[:,.;)\n]|$)|quota"
    r"|(?:national|regional|england|english|welsh|scottish|uk|gb|county|force|comparator|peer|family|group|trust"
    r"|council|sector|london|statistical neighbours?'?|nearest neighbours?'?"
    r"|most similar|(?:[a-z]+-)?wide|three[- ]year|3[- ]year"
    r"|five[- ]year|5[- ]year|historic\w*|long[- ]term|monthly|quarterly) (?:(?:group"
    r"|family|force|council) )?"
    r"(?:average|mean|median|rate|figure|position|target|benchmark|total)s?"
    r"|(?-i:[A-Z]{2,6}) (?:(?:group|family) )?(?:average|mean|median))"
)
_RELATING = r"(?:against|on|to|in|at|vs|versus|and|met|above|below|within|over|under|of|for|with|from|than)\b"
"""A word that parts a figure from the target it is held against: "44.1% against a target of 50%"."""
_NO_LONGER_THE_TARGET = (
    r"(?:and|but|while|whilst|though|although|against|with|was|were|met|miss\w*|achiev\w*|hit|exceed\w*|narrow\w*"
    r"|performance|actual|currently)\b"
)
_MARKS = (
    "target", "forecast", "projection", "tgt", "traj", "stnd", "t:", "goal", "benchmark", "threshold", "baseline",
    "ceiling", "ambition", "tolerance", "budget", "control", "limit", "standard", "plan", "quota", "imum", "national",
    "regional", "england", "english", "welsh", "scottish", "uk", "gb", "county", "force", "comparator", "peer",
    "family", "group", "trust", "council", "sector", "london", "neighbour", "similar", "wide", "year", "historic",
    "long", "monthly", "quarterly", "average", "mean", "median",
)  # fmt: skip
"""Without one of these a text names no target and no average of others."""
_ASKED_OF_US = (
    "commission", "contract", "requir", "oblig", "mandat", "expect", "asked", "on track", "should", "work", "need",
    "commit", "aim", "set ", "agreed", "plan ",
)  # fmt: skip
_OTHERS = (
    "national", "england", "eng", "wales", "scotland", "uk", "region", "neighbour", "peer", "sn", "msg", "msf",
    "comparator", "similar", "benchmark",
)  # fmt: skip
_AIMS = Hinted(
    (hints, re.compile(pattern, re.I))
    for hints, pattern in (
        (
            _ASKED_OF_US,
            (
                rf"\b(?:required?|requires|expects?|expected|mandated?|asked)(?: [\w()&-]+){{0,5}} to be"
                rf"(?: (?:delivered|achieved|met|reached|held|brought|reduced))?(?: at| to| by)? (?:{ANY})"
                rf"|\b(?:commissioned|contracted|required|obliged|mandated|expected|asked) to"
                rf" (?:[a-z]+ ){{1,3}}(?:{ANY})"
                rf"|\b(?:on track for|should reach|work(?:ing|s)? towards?|needs? to (?:get to"
                rf"|reach|be)|requires?|commitment(?: of)?|aim(?:s|ing)? for)"
                rf" (?:\w+ ){{0,2}}?(?:{ANY})|\bset (?:ourselves|itself|us|them) (?:\w+ ){{0,3}}?(?:{ANY})"
                rf"|(?:{ANY}) (?:agreed with|required by|expected by|set by|plan vs)\b"
            ),
        ),
        (
            ("target",),
            (
                rf"\btargets? (?:for|of|to) (?:(?!{_NO_LONGER_THE_TARGET})[a-z]+ "
                rf"|[{BLANK}{ASIDE}{''.join(Time)}]++ ?){{3,16}}?"
                rf"(?:at|of|is|was|being|=|:) (?:{ANY})"
            ),
        ),
        (
            ("predicting", "projecting", "forecasting", "anticipating", "expecting", "planning"),
            rf"\b(?:predicting|projecting|forecasting|anticipating|expecting|planning) (?:\w+ ){{0,2}}?(?:{ANY})",
        ),
        (
            ("planned", "budgeted", "targeted", "profiled", "projected", "predicted", "forecast"),
            (
                rf"\b(?:planned|budgeted|targeted|profiled|projected|predicted"
                rf"|forecast) (?:\w+ ){{0,2}}?(?:of |at |was |is )?(?:{ANY})"
            ),
        ),
        (
            _OTHERS,
            (
                rf"\b(?:national(?:ly)?|england|eng|wales|scotland|uk|region(?:al(?:ly)?)?"
                rf"|stat(?:istical|\\.)? neighbours?|peers?|sn|msg|comparators?|ms[fg]|most similar"
                rf"(?: (?:forces?|group))?|benchmark)(?: (?!and\b)[\w-]+){{0,3}}? ?[:=]? ?(?:was |is |at |are "
                rf"|of )?(?:{ANY})(?:(?: ?- ?| to )(?:{ANY}))?"
            ),
        ),
        (
            _MARKS,
            (
                rf"\b(?:(?:a|an|the|our|its|their|this|of|vs|v|versus|against|under|over|below|above|beat"
                rf"|beating)(?: [a-z]+){{0,3}} )(?:{ANY}) (?:(?!{_RELATING})[a-z]+ ){{0,2}}(?!{_RELATING}){_TARGET}\b"
            ),
        ),
        (
            ("target",),
            (
                r"\b(?:on|off|above|below|within|over|under|behind|ahead of|exceed\w*|beat\w*|met|meets|hit|hitting"
                r"|miss\w*"
                r"|achiev\w*|against|outside|inside) (?:the |our |its )?target(?= ?(?:[,.;:)-]|$|and\b|with\b"
                r"|at\b))(?! of\b)"
            ),
        ),
        (
            ("set", "profiled", "allowed", "planned", "budgeted", "aimed for", "wanted", "expected"),
            (
                rf"\b(?:against|versus|vs|of|on|below|under|over|above|short of) (?:the |our )?(?:{ANY}) (?:we "
                rf"|that |which )?(?:was |were |had |had been )?(?:set|profiled|allowed|planned|budgeted"
                rf"|aimed for|wanted|expected|allowed)\b|\b(?:{ANY}) (?:was |were )?(?:wanted|planned|budgeted"
                rf"|aimed for)\b"
            ),
        ),
        (
            _MARKS,
            (
                rf"\b(?:(?:against|vs\.?|versus|compared (?:with|to)|below|above|meeting|exceeding|surpassing) )?(?:a "
                rf"|the |our |its )?(?:\w+ |{_ANY_TIME} )?{_TARGET}"
                rf"(?: (?!miss|met\b|meet|achiev|exceed|hit\b|beat|narrow|but\b"
                rf"|and\b|with\b|although|while)(?:\w+|{_ANY_TIME})){{0,8}}?"
                rf" ?(?:[:=<>≤≥(-] ?)*(?:(?:no |not )?(?:more|less|fewer|greater|lower|higher|better) than "
                rf"|at (?:least|most) "
                rf"|under |over |below |above |up to |min(?:imum)? |max(?:imum)? )?"
                rf"(?:{ANY})(?:(?: ?/ ?| to | from | and | or "
                rf"| ?- ?)(?:{ANY}))*\)?"
            ),
        ),
        (
            _MARKS,
            rf"(?:{ANY}) (?:is|was|being) (?:now )?(?:the|our|a) (?:\w+ )?{_TARGET}",
        ),
        (
            _MARKS,
            (
                rf"(?:(?:against|vs\.?|versus|compared (?:with|to)|below|above|over|under) )?(?:{ANY})"
                rf" (?:(?!{_RELATING})"
                rf"[a-z]+ )?{_TARGET}\b"
            ),
        ),
        (
            ("goal", "aim", "ambition"),
            (
                rf"\b(?:surpass|exceed|meet|beat)(?:s|es|ed|ing)? (?:the )?(?:original )?(?:goal|aim"
                rf"|ambition)(?: of)? (?:{ANY})"
            ),
        ),
    )
)
"""Each with what a text must hold for it to match, in small letters."""
_NEW_TARGET = re.compile(
    r"^(?=[^\n]*\btargets?\b)(?=[^\n]*\b(?:now|changed|revised|moved|raised|lowered|reset|amended|updated"
    r"|new target|replaced|increased|reduced|set)\b)[^\n]*",
    re.I | re.M,
)
_CHANGED = re.compile(
    r"\btargets?\b(?: \w+){0,3}? (?:(?:is|are|was|were) now|(?:has |have |was |been |is |to )*(?:changed"
    r"|revised|moved|raised|lowered|reset|amended|updated|replaced|increased|reduced))"
    r"|\b(?:new|revised|changed|updated|amended) target|\bnow (?:has )?(?:a|the) target",
    re.I,
)


_NOT_BUT = re.compile(
    rf"(?:,? ?(?:\band )?\bnot|\binstead of|\brather than) (?:the )?(?:{ANY})(?=[ .,;)]|$)", re.I | re.M
)


def take_targets(canvas: Canvas, context: Context) -> None:
    """Paint over targets and other marks to be compared with; keep the words of a changed target."""
    for sentence in _NEW_TARGET.finditer(canvas.text) if canvas.says(("target",)) else ():
        if _CHANGED.search(sentence[0]):
            context.target_change = sentence[0].strip()
            break
    for pattern in _AIMS.worth_trying(canvas.lowered):
        for found in canvas.take_if(pattern, lambda m: "" if _measured_by_it(canvas, m) else BLANK):
            context.targets.extend(within(found))
    canvas.take(_NOT_BUT, hints=("not", "instead", "rather"))


_MEASURED_BY = re.compile(
    r"\b(?:performance|compliance|achievement|delivery|position|results?) (?:against|with|of|on) [^,;.\n]{0,60}?"
    r"\b(?:was|were|is|are|stood at|stands at|came to|reached"
    r"|(?:improved|rose|recovered|fell|dropped|slipped|worsened) to)\b",
    re.I,
)


_INSIDE_IT = re.compile(
    r"\b(?:within|inside|meeting|in) (?:the |our |its |a )?\d{1,3}[- ](?:second|minute|hour|day|week|month)s? (?:target"
    r"|standard|limit|sla) (?:was|were|is|are|stood at|came to|reached) ",
    re.I,
)
"""What was done within a limit that is called the target: "attendance within the 15 minute target was 82.7%"."""


def _measured_by_it(canvas: Canvas, found: re.Match[str]) -> bool:
    """Whether a figure is said for a standard, not the standard's own: "performance against the standard was 86%"."""
    start, _ = canvas.sentence_at(found.start())
    inside = _INSIDE_IT.search(canvas.text, start, found.end())
    if inside is not None and inside.start() < found.start() < inside.end():
        return True
    said = _MEASURED_BY.search(canvas.text, start, found.end())
    return said is not None and said.end() > found.start()

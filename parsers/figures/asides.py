"""Numbers that are never figures, whatever the period: ages, phones, times of day, sections of acts, footnote marks."""

import re

from parsers.figures.canvas import ASIDE, BLANK, Canvas, Hinted
from parsers.figures.units import Kind, Wanted

_ASIDES = Hinted(
    (hints, re.compile(pattern, re.I))
    for hints, pattern in (
        (("@", "http", "www"), (r"\S{1,100}@\S{1,100}|\b(?:https?://|www\.)\S+")),
        (
            ("tel", "phone", "mob", "fax", "ext"),
            (r"\b(?:tel|telephone|phone|mobile|mob|fax|ext|extension)\b[.:]? ?(?:no\.? ?)?[+\d(][\d ()-]{2,20}\d"),
        ),
        (
            ("0", "+44"),
            (r"(?<![\w.,])(?:\+44|\(?0\d{2,5}\)?)[ -]?\d{3,4}[ -]?\d{3,6}(?!\d)|(?<![\w.,])\+44[\d ]{9,13}"),
        ),
        (
            ("age",),
            (
                r"\b(?:aged?|ages) (?:between )?\d{1,2}(?: ?(?:-|to|and) ?\d{1,2})?(?: years?)?\b(?: and (?:over"
                r"|under|above))?"
            ),
        ),
        (
            ("year", "yr"),
            (r"(?<![\w.,])\d{1,2}(?: ?(?:-|to) ?\d{1,2})? ?-?(?:years?[- ]olds?|yrs?[- ]olds?|year[- ]old)\b"),
        ),
        (
            ("under", "over", "above"),
            (r"\b(?:under|over) \d{1,2}s\b|(?<![\w.,])\d{1,2} ?(?:and|or) (?:over|under|above)\b"),
        ),
        (
            ("year", "stage"),
            (
                r"\b(?:school )?years? \d{1,2}(?:(?:,| and| to|-|,? &) ?\d{1,2}){0,4}\b(?!/|[.,]?\d| ?%)"
                r"|\b(?:key )?stages? [1-5]\b"
            ),
        ),
        (
            ("within", "inside", "last", "every"),
            (
                r"\b(?:within|inside|last|every)(?: the)?(?: first| last| next| about)? (?:\d{1,3}|one|two|three"
                r"|six|twelve) (?:working |calendar |consecutive )?(?:hours?|days?|weeks?|months?|years?|minutes?)\b"
            ),
        ),
        (("-",), (r"(?<![\w.,])\d{1,4}-(?:hour|week|month|year|minute|min|day|second)s?\b")),
        (("-",), (r"(?<![\w.,])\d{1,2} ?- ?\d{1,2}[- ]days?\b")),
        (("am", "pm", ":"), (r"(?<![\w.,])\d{1,2}[:.]\d\d ?(?:am|pm)\b|(?<![\w.,])\d{1,2} ?(?:am|pm)\b|\b\d:\d+s\b")),
        (("mph", "kph"), (r"(?<![\w.,])\d{1,3} ?(?:mph|kph)\b")),
        (("per ",), (r"\bper (?:1,?000|10,?000|100,?000|10k|100k|1k|million)\b(?= ?[:=])")),
        (("page",), (r"\bpages? \d{1,4} of \d{1,4}\b")),
        (
            ("19", "20"),
            (
                r"\b(?!FY\b)(?:[A-Z]{3,6}|(?:Act|Regulations|Order|Code)) (?:19"
                r"|20)\d\d\b(?:,? ?\(?s(?:ection|\.)? ?\d{1,3}\)?)?"
            ),
        ),
        (("<", ">", "≥", "≤"), (r"[<>≥≤] ?\d{1,3} ?(?:w|wks?|weeks?|d|days?|h|hrs?|hours?|m|mins?|months?)\b")),
        (
            ("month", "quarters", "all "),
            (
                r"\bmonth \d{1,2}\b|(?<![\w.,])\d{1,2} quarters\b|\ball \d{1,2}\b(?= (?:were"
                r"|are|was|have|had|of (?:the|these|them|those)|figures|numbers)\b)"
            ),
        ),
        (
            (
                "indicator",
                "question",
                "row",
                "line",
                "item",
                "ref",
                "page",
                "section",
                "appendix",
                "table",
                "note",
                "form",
                "phase",
                "wave",
                "tier",
                "level",
                "step",
                "stage",
                "cohort",
                "priority",
                "objective",
                "no.",
                "type",
                "band",
                "cat",
                "grade",
                "class",
            ),
            (
                r"\b(?:indicator|question|row|line|item|ref(?:erence)?|page|section|appendix|table|note|form|phase"
                r"|wave|tier|level|step|stage|cohort|priority|objective|type|band|cat|category|grade|class"
                r"|no\.)[ .:#]{1,2}\d{1,4}\b"
                r"(?!%|[.,]\d| ?%| per ?cent)"
            ),
        ),
        (
            ("*", "[", "("),
            (r"(?=[*[(])(?:(?<=[\d%)])\*+|\[\d{1,2}\](?=$|[ .,;\n])|(?<=[\d%])\(\d\)|(?<=[\d%] )\*+|^\*+(?= ))"),
        ),
        ((), (r"\b[^\W\d_][\w'&]*\d[\w']*\b")),
        (("-strong",), r"(?<![\w.,])\d[\d,]*-strong\b"),
        (("(",), r"(?-i:\((?:No\.? ?|[A-Z]{2,}[ -]?)\d{1,4}\))"),
        (
            (" of a",),
            r"(?<![\w.,])\d*\.\d+ of an? (?:days?|hours?|weeks?|months?|minutes?|seconds?|(?:percentage )?points?)\b",
        ),
        (
            ("rated", "graded", "rating of", "score of", "scoring"),
            r"\b(?:rated|graded|rating of|score of|scoring) \d(?![\d.,]\d|%)(?: ?(?:or|and|to|-) ?\d)?"
            r"(?: or (?:above|better|below|less|more|over|higher|lower))?\b",
        ),
        (("+",), r"(?<![\w.,+])\d{1,2}\+\d(?![\d.,+%])(?: weeks?\b)?"),
        (("to one", "1:1", "to 1"), r"(?<![\w.,:])(?:1|one)(?::| to |-to-)(?:1|one)\b"),
        (("ww", "wk"), r"(?<![\w.,])\d{1,2} ?ww\b"),
        (
            ("19", "20"),
            r"\b20\d\d(?:[-/]\d\d)? (?=(?:season|intake|cohort|campaign|programme|scheme|awards?|strategy)\b)",
        ),
        (
            ("population",),
            (
                r"(?<=[a-z,;(] )\d[\d.]* ?(?:%|per ?cent) of (?:the |our |its |all )*(?:[a-z]+(?:'s)? )?(?:local "
                r"|resident |general |adult"
                r" |total |overall )*population\b"
            ),
        ),
    )
)
"""Each with what a text must hold for it to match, in small letters."""


_OF_OTHER_KINDS = (
    (
        Kind.TIME,
        ("hour", "day", "week", "month", "year", "min", "hr", "wk", ":"),
        re.compile(
            r"\b(?:in|after|over|under|for|least|than|of)(?: the)?(?: first"
            r"| last| next| about)? (?:\d{1,3}|one|two|three|six"
            r"|twelve) (?:working |calendar |consecutive )?(?:hours?|days?|weeks?|months?|years?|minutes?)\b"
            r"|(?<![\w.,])\d{1,3}(?: ?(?:-|to) ?\d{1,3})? ?(?:hours?|weeks?|months?|years?|minutes?|mins?|hrs?|wks?)\b"
            r"|(?<=inside )\d{1,3} (?:working |calendar )?days\b|(?<![\w.,])\d{1,3} (?:working |calendar )days\b"
            r"|(?<![\w.,])\d{1,2}:\d{2}(?!\d)|\b\d:\d+s?\b",
            re.I,
        ),
    ),
    (Kind.WEIGHT, ("tonne", "kg"), re.compile(r"(?<![\w.,])[\d.,]{1,9} ?(?:tonnes?|kgs?)\b", re.I)),
    (
        Kind.RANK,
        ("st", "nd", "rd", "th"),
        re.compile(r"(?<![\w.,])\d{1,3}(?:st|nd|rd|th)\b(?: (?:out )?of \d{1,3}\b)?", re.I),
    ),
)
"""Numbers that are never the figure unless a length of time, a weight or a rank is asked for."""


_LISTED_BEHIND = re.compile(r"(?<=[^\s(]) ?\(\d{1,4} ?x (?!\d)[^()\n]{2,120}\)", re.I)
"""What a count is made of, each with a times sign: "5 vacancies (3 x Band 2, 1 x Band 5)"."""


_SO_MANY_TIMES = re.compile(r"(?<![\w.,])\d[\d.]* times(?= (?:as|more|less|higher|lower|greater|the)\b)", re.I)
_SHARE_WITHIN = re.compile(
    r"(?<=%)(?: of [a-z ]{2,40}?)?(?: (?:were|was|are|being))? ?(?:answered|seen|treated|attended|completed|done"
    r"|dealt with|picked up"
    r"|responded to|handled|processed|repaired|fixed|decided|reached)? ?\b(?:in|within|inside|under) \d{1,3} ?-?"
    r"(?:(?:working |calendar )?days?|weeks?|wks?|hours?|hrs?|minutes?|mins?|seconds?|secs?)\b",
    re.I,
)
"""The limit that a share keeps to, and no length of time to be recorded: "75% answered in 20 seconds"."""


_OF_A_SCALE = re.compile(r"(?<=\d)(?: ?/ ?| out of (?:a possible )?)(?:5|10|100)\b(?![.,%]?\d)", re.I)
"""What a score is given out of: "6.94 out of 10"."""
_A_COLOUR = re.compile(r"^\W*(?:rag(?: status| rating)?[: ]+)?(?:green|amber|red)(?= ?[-:.,(])", re.I)
"""The colour that a commentary opens with."""


def take_asides(canvas: Canvas, wanted: Wanted) -> None:
    """Paint over numbers that are never figures, whatever the period: ages, phones, times, footnote marks."""
    for pattern in _ASIDES.worth_trying(canvas.lowered):
        canvas.take(pattern, ASIDE)
    canvas.take(_LISTED_BEHIND, ASIDE, ("(",))
    canvas.take(_A_COLOUR, BLANK, ("green", "amber", "red"))
    if not wanted.known:
        canvas.take(_OF_A_SCALE, ASIDE, ("/", "out of"))
    if "ratio" not in wanted.words:
        canvas.take(_SO_MANY_TIMES, ASIDE, (" times",))
    if wanted.kind is Kind.TIME:
        canvas.take_if(_SHARE_WITHIN, lambda _: ASIDE)
    for kind, hints, pattern in _OF_OTHER_KINDS:
        if kind is not wanted.kind:
            canvas.take(pattern, ASIDE, hints)

"""What in the words around a figure keeps it from being certain."""

import re

from collector.domain.figure import plain
from collector.domain.indicator import Basis, Unit
from parsers.figures import findings, vocabulary
from parsers.figures.compared import Base, base_in
from parsers.figures.facts import Facts
from parsers.figures.frame import Frame
from parsers.figures.periods import Mention
from parsers.figures.quantities import ANY, COUNTING_WORD, quantity
from parsers.figures.units import Kind
from parsers.figures.verdict import COULD_NOT_TELL, Figure, Verdict

_HEDGE_BEFORE = re.compile(
    r"(?:\b(?:about|a?round|approx(?:imately)?\.?|circa|ca?\.|roughly|nearly|almost|over|under|more than"
    r"|less than|fewer than|at least|at most|up to(?! [^;\n]{1,40}\b(?:from|last)\b)|some"
    r"|just (?:over|under)|below|above|close to|nearer|in the region of|estimated at|(?:low|mid"
    r"|high)[- ]?(?:to[- ](?:mid|high)[- ]?)?)|[~<>≤≥≈±]=?|\+/-) ?\(?$",
    re.I,
)
_HEDGE_AFTER = re.compile(
    r"^ ?(?:\+(?! ?\d)|or so\b|-?ish\b|approx\w*|plus\b(?! \w)"
    r"|or (?:more|fewer|less|thereabouts)\b|\(approx|roughly\b|x\b)",
    re.I,
)
_RELATIVE = re.compile(
    rf"^ (?P<way>up|down|higher|lower|more|less|fewer|better|worse|above|below|over|under|short|ahead"
    rf"|behind)\b(?! to\b)(?! all\b)(?! {ANY})(?! the (?:rolling|last|past|same|quarter|year|period"
    rf"|month|twelve|12|three"
    rf"|three-month)\b)"
    rf"(?: from (?:the |[a-z]+ ){{0,3}}(?P<level>{ANY}))?",
    re.I,
)
"""Words right after a number that may make it a difference: "12 up on last quarter"."""
_AGAINST_TARGET = re.compile(
    r"^ (?:\w+ )?(?:on|than|against|below|above|of|from|over|under) (?:the |our )?target", re.I
)
_OWN_WORDS = 3
"""So many of the title's telling words before a colon make the words a label, whatever else they say."""
_DIGIT = re.compile(r"\d")


def beside(frame: Frame, named: str) -> str:
    """The doubt that a time of its own stands beside a figure."""
    return f"You wrote '{named}' beside the figure; {frame.period} is asked for."


_TO_A_YEAR = re.compile(r" to (?P<year>(?:19|20)\d\d)\b(?![-/.,]\d)", re.I)
"""Right behind a number, what could be a year or the level that was reached: "from 12 to 2010"."""


def doubts_around(frame: Frame, facts: Facts, verdict: Verdict, mention: Mention | None) -> list[str]:
    """Everything in the words around the figure that keeps it from being certain; `mention` is its `unbound_time`."""
    figure = verdict.figures[0]
    text, start, end = facts.canvas.text, figure.start, figure.end
    sentence_start, sentence_end = facts.canvas.sentence_at(start)
    doubts = [beside(frame, mention.words)] if mention else []
    hedged = _HEDGE_BEFORE.search(text[max(sentence_start, start - 40) : start])
    if (hedged and not _rose_to(facts, hedged[0], figure)) or _HEDGE_AFTER.search(text[end : end + 20]):
        doubts.append(
            f"You wrote '{text[max(sentence_start, start - 20) : end + 10].strip()}'; the exact figure is asked for."
        )
    like_a_year = _TO_A_YEAR.match(text, end)
    if like_a_year:
        doubts.append(f"You wrote '{text[start : like_a_year.end()]}'; is {like_a_year['year']} a year or the figure?")
    if frame.asked.unit not in (Unit.CHANGE_COUNT, Unit.CHANGE_PERCENT) and _is_difference(
        text[end : end + 60], figure
    ):
        doubts.append(
            f"You wrote '{text[start : end + 30].strip()}'; is {_said(figure, frame)} the figure or the difference?"
        )
    if frame.asked.unit in (Unit.CHANGE_COUNT, Unit.CHANGE_PERCENT) and _AGAINST_TARGET.match(text[end : end + 40]):
        doubts.append(f"You wrote '{text[start : end + 20].strip()}'; a change since an earlier period is asked for.")
    doubts += _doubts_in_the_sentence(frame, facts, figure)
    unsure = f"You wrote '{text[sentence_start:sentence_end].strip()[:120]}'; is {_said(figure, frame)} to be recorded?"
    left = facts.near(start, end) if facts.settled else facts.unexplained(start)
    if vocabulary.doubts(left, frame.asked, correcting=frame.asked.code in frame.task.recorded):
        doubts.append(unsure)
    if not facts.settled:
        doubts += unread_numbers(facts, sentence_start, sentence_end)
    for sentence in facts.later(start):
        thought = vocabulary.SECOND_THOUGHTS.search(sentence)
        owed = thought is not None and thought[0].lower() == "in arrears" and "arrears" in frame.asked.title.lower()
        taken_back = thought and not owed and (not facts.settled or _about_the_figure(sentence))
        if taken_back or _NOT_COUNTED.search(sentence):
            doubts.append(f"You also wrote '{sentence[:120]}'.")
    said_of_it = _SAID_OF_IT.search(text, end, sentence_end)
    said = _OPINION.sub("", said_of_it["said"]) if said_of_it and not _OF_THE_TARGET.search(said_of_it["said"]) else ""
    if facts.settled and vocabulary.doubts(said, frame.asked):
        doubts.append(unsure)
    lagging = _IN_ARREARS.search(text) if facts.canvas.says(("arrears", "behind", "lag")) else None
    if lagging:
        doubts.append(f"You also wrote '{facts.sentence(lagging.start()).strip()[:120]}'.")
    if _more_days_than_there_are(frame, figure):
        doubts.append(
            f"You wrote '{text[start:end].strip()}'; days for each person are asked for, and {frame.period} has fewer."
        )
    if _TAKEN_BACK.search(text, end, sentence_end):
        doubts.append(unsure)
    doubts += findings.against(frame, facts, verdict)
    return doubts if facts.settled else doubts + _foreign(frame, facts, verdict)


_WENT = re.compile(rf"\b(?:went|gone|going|rose|risen|climbed|moved|came|crept|jumped|shot|from {ANY}) up to$", re.I)
_ROSE_FROM = re.compile(r"[^.\n]{0,30}?\b(?:from|was|were|previously|last)\b", re.I)


def _rose_to(facts: Facts, hedge: str, figure: Figure) -> bool:
    """Whether "up to" tells where a figure rose to: it went up to it, or what it rose from follows."""
    start, _ = facts.canvas.sentence_at(figure.start)
    before = facts.canvas.text[start : figure.start].strip().lower()
    if _WENT.search(before):
        return True
    opens = before == "up to"
    rose = _ROSE_FROM.match(facts.canvas.text, figure.end) or any(q.value < figure.value for q in facts.previous())
    return opens and hedge.lower().startswith("up to") and bool(rose)


_IN_ARREARS = re.compile(
    r"\b(?:quarter|month|period|term|year)s? (?:in arrears|behind(?! (?:target|plan|profile|schedule"
    r"|trajectory))|in lag|lag)\b",
    re.I,
)
_FOR_EACH = re.compile(
    r"\b(?:per|for each) (?:f\.?t\.?e|w\.?t\.?e|employee|person|head|staff|officer|worker|member)", re.I
)
_A_DAY = 86_400


def _more_days_than_there_are(frame: Frame, figure: Figure) -> bool:
    """Whether somebody would have lost more days than the period has: all days, where days per head are asked for."""
    if frame.home is None or frame.wanted.kind is not Kind.TIME or not _FOR_EACH.search(frame.asked.title):
        return False
    longest = max((frame.home.end - frame.home.start).days + 1, _A_YEAR if frame.basis in _LONGER else 0)
    return figure.value * frame.wanted.scale > longest * _A_DAY


_A_YEAR = 366
_LONGER = (Basis.ROLLING_YEAR, Basis.TO_DATE, Basis.ANNUAL, Basis.CALENDAR_YEAR)
_SAID_OF_IT = re.compile(
    r"[,;(-] ?(?:(?:but|though|although|however)\b|(?:and |while "
    r"|as )?(?:that|this|it|which|they|these|the (?:figure|number)s?)\b)"
    r"(?P<said>[^.;]{0,80})",
    re.I,
)
"""A clause behind the figure that speaks of it: ", though that will probably change"."""
_OF_THE_TARGET = re.compile(r"\b(?:targets?|plan|trajectory|profile|standard|threshold)\b", re.I)
_OPINION = re.compile(
    r"\b(?:we|I) (?:believe|think|expect)(?: that)?(?: it| this| they)? (?:is|are|was|were|reflects?|to be)"
    r"(?: largely| partly| mainly| probably)? (?:an?|due|because|linked|down to|related|the (?:result|effect"
    r"|impact))\b",
    re.I,
)
"""What somebody makes of a figure, and no doubt about it: "which we believe is a feature of ..."."""
_TAKEN_BACK = re.compile(
    r"\b(?:no,? wait|scratch that|make that|i mean|correction|or rather|sorry|should (?:be|read"
    r"|have been)(?= (?:[£\d]|nil|zero|none|the|that|it|them)))\b",
    re.I,
)
_NOT_COUNTED = re.compile(r"(?:\bnot|n't|\bnever)(?: be)? (?:recorded|counted|included|reported|classed) as\b", re.I)
"""What was told is not what is asked for: "most could not be recorded as prevention"."""
_SHORT_REMARK = 8


def _about_the_figure(sentence: str) -> bool:
    """Whether a later sentence that takes something back means the figure, and not some other work."""
    return vocabulary.speaks_of_the_figure(sentence) or len(sentence.split()) <= _SHORT_REMARK


_AGAINST_A_QUARTER = re.compile(
    r"\b(?:on|against|with|to|versus|vs\.?|than|since) (?:the )?(?:(?:last|previous|prior) quarter|q[1-4]\b)", re.I
)
_FROM_NOW_ON = re.compile(r"\bfrom (?:now|here) on(?:wards)?\b|\bgoing forward\b", re.I)


def _doubts_in_the_sentence(frame: Frame, facts: Facts, figure: Figure) -> list[str]:
    """Words that make a number a comparison, a rule for later, or a difference."""
    sentence, asked = facts.sentence(figure.start).strip()[:120], frame.asked
    changes = asked.unit in (Unit.CHANGE_COUNT, Unit.CHANGE_PERCENT)
    doubts = []
    if changes and _AGAINST_A_QUARTER.search(sentence) and not _counted_as_asked(frame, facts, figure):
        doubts.append(f"You wrote '{sentence}'; a change on another quarter may not be the one asked for.")
    if _FROM_NOW_ON.search(sentence):
        doubts.append(f"You wrote '{sentence}'; is that the figure, or what holds from now on?")
    if asked.unit == Unit.COUNT and "+" in facts.canvas.text[max(0, figure.start - 1) : figure.start + 1]:
        doubts.append(f"You wrote '{sentence}'; is {_said(figure, frame)} the figure or the difference?")
    return doubts


def _counted_as_asked(frame: Frame, facts: Facts, figure: Figure) -> bool:
    """Whether a change is counted from what the title says, in words or as the same days of the year before."""
    meant, home = base_in(frame.asked.title), frame.home
    start, end = facts.clause(figure.start, figure.end)
    if meant is None or home is None:
        return False
    if base_in(facts.canvas.text[figure.end : end]) is meant:
        return True
    spans = [m.span for m in facts.mentions if start <= m.start < end and m.span is not None and m.span != home]
    year_before = [span for span in spans if span.end.month == home.end.month and span.end.year == home.end.year - 1]
    return meant is Base.YEAR and bool(spans) and spans == year_before


def _is_difference(after: str, figure: Figure) -> bool:
    """Whether a figure may be the distance to another; "43 down from 50" is a level, as the levels themselves show."""
    found = _RELATIVE.match(after)
    if found is None:
        return False
    level = quantity(found["level"]) if found["level"] else None
    if level is None or found["way"].lower() not in ("up", "down"):
        return True
    return (figure.value > level.value) != (found["way"].lower() == "up")


def unread_numbers(facts: Facts, start: int, end: int) -> list[str]:
    """The doubt about a number that nothing explained; empty where there is none."""
    left, text = facts.canvas.left[start:end], facts.canvas.text[start:end]
    digit = _DIGIT.search(left)
    if digit:
        found = re.search(r"\S{0,20}$", text[: digit.start()])
        opening = found[0] if found else ""
        return [f"{COULD_NOT_TELL} what '{opening}{text[digit.start() :].split()[0][:40]}' is."]
    worded = COUNTING_WORD.search(left)
    if worded:
        return [f"{COULD_NOT_TELL} what '{worded[0]}' counts."]
    if facts.context.ranges:
        low, high, _ = facts.context.ranges[0]
        return [f"You also wrote {low} to {high}."]
    return []


def _foreign(frame: Frame, facts: Facts, verdict: Verdict) -> list[str]:
    """A figure among words that have little to do with what was asked may be another figure."""
    figure = verdict.figures[0]
    sentence_start, sentence_end = facts.canvas.sentence_at(figure.start)
    before = facts.canvas.left[sentence_start : figure.start]
    after = facts.canvas.left[figure.end : sentence_end]
    narrowing = vocabulary.narrowed(before, after, frame.asked)
    inside = facts.canvas.left[figure.start : figure.end]
    strange, telling = vocabulary.strange_share(before + inside, after, frame.asked)
    labelled = before.rstrip().endswith((":", "=", "-"))
    allowed = telling / 2 if verdict.supported or labelled else (telling - 1) / 2
    if labelled and telling - strange >= _OWN_WORDS:
        allowed = telling
    if narrowing is None and (strange == 0 or strange <= allowed):
        return []
    words = facts.canvas.text[sentence_start:sentence_end].strip()
    return [
        f"You wrote '{words[:120]}'; {COULD_NOT_TELL.lower()} whether {_said(figure, frame)} is the figure asked for."
    ]


def _said(figure: Figure, frame: Frame) -> str:
    return plain(figure.value) + ("%" if frame.asked.unit in (Unit.PERCENT, Unit.CHANGE_PERCENT) else "")

"""What in the words around a figure keeps it from being certain."""

import re

from collector.domain.figure import plain
from collector.domain.indicator import Unit
from parsers.figures import findings, vocabulary
from parsers.figures.compared import Base, base_in
from parsers.figures.facts import Facts
from parsers.figures.frame import Frame
from parsers.figures.periods import Mention, Time
from parsers.figures.quantities import ANY, COUNTING_WORD, quantity
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
    rf"|behind)\b(?! to\b)(?! {ANY})(?! the (?:rolling|last|past|same|quarter|year|period|month|twelve|12|three"
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


def unbound_time(frame: Frame, facts: Facts, figure: Figure) -> Mention | None:
    """A time that the figure's own sentence, or a later sentence about the figure, names besides the one asked for."""
    if facts.settled:
        return _time_beside(facts, figure) or _time_alone(frame, facts, figure)
    trailing = facts.trailing(figure.start)
    if trailing is not None:
        return trailing
    for sentence, mention in facts.later_unbound(figure.start):
        if vocabulary.speaks_of_the_figure(sentence):
            return mention
    return _time_alone(frame, facts, figure)


_NEAR = 25
_COMPARING = re.compile(
    r"\b(?:than|compar\w+|against|versus|vs|since|from|on|unlike|as|over|to|with|of|half|twice)\b", re.I
)


def _time_beside(facts: Facts, figure: Figure) -> Mention | None:
    """A time named in the figure's own clause, or in a later sentence that only says what the figure is."""
    for mention in facts.unbound():
        start, end = facts.clause(figure.start, figure.end)
        compared = mention.relative and _COMPARING.search(
            facts.canvas.text[max(start, mention.start - _NEAR) : mention.end]
        )
        part = mention.time is Time.PART and (
            mention.start < figure.start or facts.numbers_between(figure.end, mention.start)
        )
        telling = not compared and not part and not _is_a_day(mention)
        if _in_other_brackets(facts, figure, mention) or _of_a_target(facts, mention):
            continue
        if facts.timed and mention.time in (Time.YEAR, Time.OTHER, Time.PART):
            continue
        if telling and start <= mention.start < end:
            return mention
    first, last = facts.canvas.sentence_at(figure.start)
    for mention in facts.mentions:
        here = first <= mention.start < last and mention.time is not Time.WANTED and not mention.relative
        if here and _IT_IS.search(facts.canvas.text[figure.end : mention.start]):
            return mention
    for sentence, mention in facts.later_unbound(figure.start):
        alone = vocabulary.speaks_of_the_figure(sentence) and not _COMPARING.search(sentence)
        if alone and not mention.relative and not _is_a_day(mention) and not facts.numbers_in(mention.start):
            return mention
    return None


def _in_other_brackets(facts: Facts, figure: Figure, mention: Mention) -> bool:
    """Whether a time stands in brackets with a number of its own."""
    text = facts.canvas.text
    opened = text.rfind("(", figure.end, mention.start)
    if opened < 0 or ")" in text[opened : mention.start]:
        return False
    closed = text.find(")", mention.end)
    inside = text[opened : closed if closed >= 0 else mention.end]
    return any(char.isdigit() for char in _A_UNIT.sub("", inside.replace(mention.words, "")))


_A_UNIT = re.compile(r"\bper \d[\d,]*k?\b", re.I)
_TARGET_BEHIND = re.compile(r"(?:'s)? (?:[a-z]+ )?(?:baseline|target|tgt|goal|trajectory)\b", re.I)
_TARGETS_OWN = 40


def _of_a_target(facts: Facts, mention: Mention) -> bool:
    """Whether a time is a target's: "2027 target 15", "a target of 120 over the year"."""
    text = facts.canvas.text
    if _TARGET_BEHIND.match(text, mention.end):
        return True
    if mention.time is not Time.YEAR:
        return False
    before = [target for target in facts.context.targets if target.end <= mention.start]
    between = text[max(before, key=lambda target: target.end).end : mention.start] if before else "."
    return len(between) <= _TARGETS_OWN and not re.search(r"[\d.,;:()\n]", between)


_IT_IS = re.compile(
    r"\b(?:that|this|it|these|they|which)(?:'s| one)? ?"
    r"(?:is|was|are|were|covers?|includes?|contains?|relates? to|refers? to)?"
    r"(?: all| only| just| really| actually)*(?: (?:for|from|to|the|in|of))*\W*$",
    re.I,
)


def _is_a_day(mention: Mention) -> bool:
    return mention.span is not None and mention.span.start == mention.span.end


_TIME_LABEL = re.compile(
    r"^\W*(?:(?:from|for|in|to|of|at|the|a|includ\w+|cover\w*|total|figures?|data|only|and|also|is|are|all|both"
    r"|up|whole|on|based|nb|note|these|this|those|they|it|numbers?|above|please)\b\W*)*$",
    re.I,
)
_SHORT = 8
_TO_A_YEAR = re.compile(r" to (?P<year>(?:19|20)\d\d)\b(?![-/.,]\d)", re.I)
"""Right behind a number, what could be a year or the level that was reached: "from 12 to 2010"."""


def is_time_label(besides: str) -> bool:
    """Whether the words besides a time only bind it to the figures: "from", "includes", "all for"."""
    return _TIME_LABEL.match(besides) is not None


_A_TREND = re.compile(
    r"\b(?:fall\w*|fell|ris\w+|rose|increas\w+|decreas\w+|improv\w+|declin\w+|been [a-z]+ing|grow\w*"
    r"|grew)\b[^.;\n]*\bsince\b",
    re.I,
)
"""How things went since a time says nothing of a figure's own: "it has fallen every year since 2016"."""


def _time_alone(frame: Frame, facts: Facts, figure: Figure) -> Mention | None:
    """A time named in a short later sentence without a figure of its own: "Year to date", "Includes Q1."."""
    text, after = facts.canvas.text, facts.canvas.sentence_at(figure.start)[1]
    unbound = [mention for _, mention in facts.later_unbound(figure.start)]
    for mention in facts.mentions:
        if mention.start <= after or mention.time is Time.WANTED or (facts.settled and _is_a_day(mention)):
            continue
        start, end = facts.canvas.sentence_at(mention.start)
        if _A_TREND.search(text, start, mention.end):
            continue
        besides = text[start : mention.start] + " " + text[mention.end : end]
        if is_time_label(besides):
            return mention
        named = mention.span is not None or mention.basis is not None or mention.time is not Time.OTHER
        short = len(text[start:end].split()) <= _SHORT and not _DIGIT.search(facts.canvas.left[start:end])
        short = short and vocabulary.strange_words(besides, frame.asked) <= 1
        if short and named and mention in unbound and not mention.relative and not _DIGIT.search(besides):
            return mention
    return None


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
        taken_back = vocabulary.SECOND_THOUGHTS.search(sentence) and (not facts.settled or _about_the_figure(sentence))
        if taken_back or _NOT_COUNTED.search(sentence):
            doubts.append(f"You also wrote '{sentence[:120]}'.")
    said_of_it = _SAID_OF_IT.search(text, end, sentence_end)
    said = _OPINION.sub("", said_of_it["said"]) if said_of_it and not _OF_THE_TARGET.search(said_of_it["said"]) else ""
    if facts.settled and vocabulary.doubts(said, frame.asked):
        doubts.append(unsure)
    if _TAKEN_BACK.search(text, end, sentence_end):
        doubts.append(unsure)
    doubts += findings.against(frame, facts, verdict)
    return doubts if facts.settled else doubts + _foreign(frame, facts, verdict)


_ROSE_FROM = re.compile(r"[^.\n]{0,30}?\b(?:from|was|were|previously|last)\b", re.I)


def _rose_to(facts: Facts, hedge: str, figure: Figure) -> bool:
    """Whether "up to" tells where a figure rose to: it opens its sentence, and what it rose from follows."""
    start, _ = facts.canvas.sentence_at(figure.start)
    opens = facts.canvas.text[start : figure.start].strip().lower() == "up to"
    rose = _ROSE_FROM.match(facts.canvas.text, figure.end) or any(q.value < figure.value for q in facts.previous())
    return opens and hedge.lower().startswith("up to") and bool(rose)


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

"""The free-text reader: from what a person wrote to what is certain and what is asked."""

import re
from dataclasses import replace
from datetime import date

from collector.domain.figure import FactKind, plain
from collector.domain.indicator import Basis, Unit
from collector.domain.submission import Asked, Candidate, Reading, ReadingTask, ReadItem
from parsers.days import read_deadline
from parsers.figures import past, subject, vocabulary
from parsers.figures.canvas import Canvas, holds_any, tidy
from parsers.figures.choices import take_choices
from parsers.figures.labels import labels_of
from parsers.figures.periods import Time, take_times
from parsers.figures.reading import LONGEST_EVIDENCE, read_words
from parsers.figures.segments import HEADING_ENDS, Segments, segment, without_heading
from parsers.figures.sentences import parted
from parsers.figures.spread import spread, unplaced
from parsers.figures.statuses import is_provisional
from parsers.figures.times_beside import is_time_label
from parsers.figures.units import Kind, wanted
from parsers.figures.verdict import COULD_NOT_TELL, SEVERAL

_LONGEST_LEFT_OVER = 2_000
_LONGEST_SHARED = 1_000


class TextReader:
    """Reads a whole message, pure and deterministic. A figure is certain only when the reading is."""

    name = "text"

    def read(self, text: str, task: ReadingTask) -> Reading:
        """Items for what was asked, choices taken, codes nobody knows, and what was left unread."""
        readable, note = tidy(text)
        taken = take_choices(readable, task.choices, task.spent)
        asked, parts = _segmented(taken.rest, task)
        items = [*_doubtful(taken.doubts), *_items(parts, asked, task)]
        narrowed = {each.code for each in asked} if asked != task.asked else set()
        doubtful = narrowed | {choice.code for choice in task.choices}
        items = [_choice_or_figure(item, task) if item.code in doubtful else item for item in items]
        items += _unlabelled(items, parts, asked, task, taken.numbers)
        if len(items) > 1:
            items = _with_shared_doubt(items, taken.rest, task)
            items = _under_remarks(items, taken.rest, asked, task)
        items = _against_siblings(items, task)
        items = _with_doubt_of_the_subject(items, task)
        answered = {choice.code for choice in task.choices if choice.number in taken.numbers}
        items = [_answered_twice(item) if item.code in answered else item for item in items]
        items = [_in_own_words(item) for item in items]
        left_over = "\n".join(filter(None, [*parts.left_over, note]))
        return Reading(tuple(items), taken.numbers, tuple(dict.fromkeys(parts.unknown)), left_over[:_LONGEST_LEFT_OVER])

    def read_deadline(self, words: str, today: date) -> date | None:
        """The last day of what words name and nothing else."""
        return read_deadline(words, today)

    def read_one(self, asked: Asked, words: str, task: ReadingTask, beside: str = "") -> ReadItem:
        """What the words that were written for one measure say, as in a form's field; `beside` is its comment."""
        alone = read_words(asked, tidy(words)[0], task)
        if not beside.strip():
            return alone
        return _qualified(alone, read_words(asked, tidy(f"{words}\n{beside}")[0], task, opened=True), beside)


def _in_own_words(item: ReadItem) -> ReadItem:
    """What is kept of a reply is what stood under a heading, not the heading as well."""
    if HEADING_ENDS not in "".join((item.evidence, *(candidate.note for candidate in item.candidates))):
        return item
    candidates = tuple(replace(one, note=without_heading(one.note)) for one in item.candidates)
    return replace(item, evidence=without_heading(item.evidence), candidates=candidates)


def _qualified(alone: ReadItem, whole: ReadItem, beside: str) -> ReadItem:
    """A field's figure in the light of the comment beside it.

    The figure is known, so words that would only hide it in a sentence are no doubt; what they say of its period, its
    being an estimate or another figure is.
    """
    told = [doubt for doubt in whole.doubts if COULD_NOT_TELL.lower() not in doubt.lower()]
    if whole.target_change:
        told = [doubt for doubt in told if not doubt.startswith(SEVERAL)]
    change = alone.target_change or whole.target_change
    wondered = vocabulary.BESIDE.search(beside) is not None and not whole.target_change
    if not told and not wondered and (whole.target_change or _same(alone.candidates, whole.candidates)):
        # RULES 2: counts that stand in the comment are the figure's own.
        counted = whole.candidates if whole.certain and whole.candidates[0].numerator is not None else alone.candidates
        return replace(alone, candidates=counted, target_change=change)
    candidates = tuple(dict.fromkeys((*whole.candidates, *alone.candidates)))
    doubts = tuple(dict.fromkeys((*alone.doubts, *told))) or (f"Beside it you wrote '{beside.strip()[:120]}'.",)
    return replace(alone, candidates=candidates, doubts=doubts, target_change=change)


def _same(one: tuple[Candidate, ...], other: tuple[Candidate, ...]) -> bool:
    def kept(candidates: tuple[Candidate, ...]) -> set[tuple[object, ...]]:
        return {(c.status, c.value, c.basis, c.reference, c.expected_on) for c in candidates}

    return kept(one) == kept(other)


def _segmented(text: str, task: ReadingTask) -> tuple[tuple[Asked, ...], Segments]:
    """The words by what they name; where they name nothing and a single question is open, they are about that."""
    parts = segment(text, task.asked) if text.strip() else Segments()
    codes = {choice.code for choice in task.choices}
    about = tuple(asked for asked in task.asked if asked.code in codes)
    if parts.words or parts.ambiguous or parts.unknown or len(about) != 1 or len(task.asked) == 1:
        return task.asked, parts
    return about, segment(text, about) if text.strip() else parts


def _choice_or_figure(item: ReadItem, task: ReadingTask) -> ReadItem:
    """A bare number that is also a choice's number could be either."""
    numbers = {choice.number for choice in task.choices}
    clash = next((c.value for c in item.candidates if c.value in numbers), None)
    if clash is None:
        return item
    return replace(item, doubts=(f"You wrote {plain(clash)}, which is also the number of a choice.", *item.doubts))


def _with_doubt_of_the_subject(items: list[ReadItem], task: ReadingTask) -> list[ReadItem]:
    """A subject that names another quarter ("Q1 return") puts every figure below it in doubt."""
    named = take_times(Canvas(task.subject[:_LONGEST_SHARED]), task.span, Basis.QUARTER) if task.span else []
    others = [m for m in named if m.basis is Basis.QUARTER and m.time is Time.OTHER]
    if not others or any(m.basis is Basis.QUARTER and m.time is Time.WANTED for m in named):
        return items
    doubt = f"The subject of your mail says '{others[0].words}'; {task.period} is asked for."
    return [
        replace(i, doubts=(*i.doubts, doubt)) if any(c.value is not None for c in i.candidates) else i for i in items
    ]


def _unlabelled(
    items: list[ReadItem], parts: Segments, asked: tuple[Asked, ...], task: ReadingTask, chosen: tuple[int, ...]
) -> list[ReadItem]:
    """What the words that no label claimed say about what has no answer yet."""
    answered = {item.code for item in items} | {choice.code for choice in task.choices if choice.number in chosen}
    open_ones = tuple(each for each in task.asked if each.code not in answered)
    if len(task.asked) == 1 or not open_ones:
        return []
    taken = frozenset(c.value for item in items for c in item.candidates if c.value is not None)
    found = spread("\n".join(parts.said), "\n".join(parts.unclaimed), open_ones, task, taken)
    placed = {item.code for item in found}
    still_open = tuple(each for each in open_ones if each.code not in placed and each in asked)
    several = [item for item in (*items, *found) if any(doubt.startswith(SEVERAL) for doubt in item.doubts)]
    unsure = [
        words
        for item in several
        if len((words := without_heading(item.evidence)).split()) <= _SHORT_WORDS and not _EITHER.search(words)
    ]
    labels = labels_of(asked)
    further = [
        words for code, each in parts.words.items() for words in each[1:] if labels.may_name_another(words, code)
    ]
    loose = "\n".join(dict.fromkeys((*parts.unclaimed, *unsure, *further)))
    return [*found, *unplaced(loose, still_open, task, (*items, *found))]


_SHORT_WORDS = 40
#: Two figures for one thing, of which neither is another's: "15% or maybe 17%".
_EITHER = re.compile(r"\d%? or\b[^\d,;]*\d", re.I)


def _against_siblings(items: list[ReadItem], task: ReadingTask) -> list[ReadItem]:
    """A percentage beside another line that gives its whole and its part: 83% here, 568 of 820 there."""
    by_code = {each.code: each for each in task.asked}
    counts = [
        i for i in items if i.certain and wanted(by_code[i.code].unit).kind is Kind.COUNT and i.candidates[0].value
    ]
    return [_beside(item, by_code[item.code], counts) if item.code in by_code else item for item in items]


def _beside(item: ReadItem, asked: Asked, counts: list[ReadItem]) -> ReadItem:
    share = item.candidates[0].value if item.certain and asked.unit == Unit.PERCENT else None
    if share is None or item.candidates[0].numerator is not None:
        return item
    for other in counts:
        total = other.candidates[0].value
        for fact in other.facts:
            named = subject.match("", fact.words, asked).named
            about = len(named) >= _TELLS and 2 * len(named) >= len(subject.telling_words(asked))
            counted = fact.kind in (FactKind.BESIDE, FactKind.PART) and fact.value == fact.value.to_integral_value()
            doubt = past.against_siblings(share, total, fact.value) if total and about and counted else ""
            if doubt:
                return replace(item, doubts=(*item.doubts, doubt))
    return item


_TELLS = 3


def _doubtful(doubts: dict[str, str]) -> list[ReadItem]:
    return [ReadItem(code, "", (), (doubt,)) for code, doubt in doubts.items()]


def _answered_twice(item: ReadItem) -> ReadItem:
    """A choice and a figure for the same thing in one message: which one counts is asked."""
    return replace(item, doubts=("You took a choice for it and also wrote more.", *item.doubts))


def _items(parts: Segments, asked: tuple[Asked, ...], task: ReadingTask) -> list[ReadItem]:
    by_code = {each.code: each for each in asked}
    unsure = _unsure(parts, asked)
    changes = _shared_target_changes(parts, unsure, by_code, task)
    unsure = {code: words for code, words in unsure.items() if code not in changes}
    items = []
    for code in by_code:
        words = "\n".join(parts.words.get(code, []))
        if code in unsure:
            items.append(_with_doubt(by_code[code], words, unsure[code], task))
        elif code in parts.words or code in changes:
            told = code in parts.words
            item = read_words(by_code[code], words, task) if told else ReadItem(code, changes[code], ())
            evidence = parts.as_written.get(item.evidence, item.evidence)
            change = item.target_change or changes.get(code)
            items.append(replace(item, evidence=evidence, target_change=change))
    return items


def _shared_target_changes(
    parts: Segments, unsure: dict[str, str], by_code: dict[str, Asked], task: ReadingTask
) -> dict[str, str]:
    """Words that fit several codes and only tell of a changed target, as written: for each, and without a figure."""
    found = {}
    for code, words in unsure.items():
        change = read_words(by_code[code], words, task).target_change
        if change and change.strip(" .") == words.strip(" ."):
            found[code] = parts.as_written.get(words, change)
    return found


def _unsure(parts: Segments, asked: tuple[Asked, ...]) -> dict[str, str]:
    """Words that fit several things asked, by each of their codes."""
    found: dict[str, str] = {}
    for codes, words in parts.ambiguous:
        for code in codes:
            found.setdefault(code, words)
    return found


def _with_doubt(asked: Asked, words: str, unsure: str, task: ReadingTask) -> ReadItem:
    both = "\n".join(filter(None, [words, unsure]))
    item = read_words(asked, both, task)
    doubt = f"You wrote '{unsure.strip()[:100]}'; it fits more than one of the figures asked for."
    return replace(item, evidence=both[:LONGEST_EVIDENCE], doubts=(doubt, *item.doubts))


_SHARED = re.compile(
    r"\b(?:both|all (?:of )?(?:the |these |our |those )?(?:figures|data|numbers|of them)|all (?:are|is"
    r"|were|cover)|these (?:figures|numbers)"
    r"|(?:the )?figures (?:above|below|are|cover|relate|include)|everything)\b",
    re.I,
)


_OF_SEVERAL = ("both", "all", "these", "figures", "everything")


def _with_shared_doubt(items: list[ReadItem], text: str, task: ReadingTask) -> list[ReadItem]:
    """A sentence about all the figures that names another time, or takes something back, puts each in doubt."""
    if not holds_any(text.lower(), _OF_SEVERAL):
        return items
    for sentence in parted(text).split("\n"):
        if _SHARED.search(sentence) is None:
            continue
        elsewhere = any(
            m.time is not Time.WANTED for m in take_times(Canvas(sentence[:_LONGEST_SHARED]), task.span, Basis.QUARTER)
        )
        if elsewhere or vocabulary.SECOND_THOUGHTS.search(sentence) or is_provisional(sentence):
            doubt = f"You also wrote '{sentence[:120]}'."
            return _all_doubted(items, doubt)
    return items


def _all_doubted(items: list[ReadItem], doubt: str) -> list[ReadItem]:
    return [
        replace(item, doubts=(*item.doubts, doubt)) if any(c.value is not None for c in item.candidates) else item
        for item in items
    ]


_LONGEST_REMARK = 10
_TAKEN_BACK = re.compile(
    r"\b(?:provisional\w*|draft|unvalidated|unverified|unaudited|illustrative|dummy|specimen"
    r"|not (?:yet |been |yet been )?(?:cleared|final|finalised|validated|signed off|approved|checked|verified|agreed)"
    r"|(?:don't|do not|not to be|not for) (?:use|used)|(?:needs?|still|to be|awaiting|being) (?:to be )?check\w*"
    r"|nb:? cumulative|not sure|unsure|not confident|(?:have"
    r"|has)n'?t been|as last (?:quarter|time)|same as last|wrong way round"
    r"|swapped|oops|missing|isn'?t (?:in|available|right)|not (?:in"
    r"|out) (?:yet|until)|proposed|next year|best guess|last time"
    r"|is that right|check these|before i submit|as at|\d months)\b"
    r"|^\W*(?:(?:these|those|they|all|the|above|below|figures?|numbers|are|is|our|new|only|just|as|an|for|here|note"
    r"|nb|following)\W+)*(?:targets?|forecasts?|projections?|examples?|baselines?|estimates?|trajectory|plan)"
    r"(?: (?:only|figures?|numbers|values))?\W*$",
    re.I,
)
_ENDING = re.compile(r"\b(?:quarter|period|months?|year) (?:ending|ended|end|to|up to)\b", re.I)


def _under_remarks(items: list[ReadItem], text: str, asked: tuple[Asked, ...], task: ReadingTask) -> list[ReadItem]:
    """A line of its own about no figure in particular, above or below several figures, holds for all of them."""
    if sum(1 for item in items if any(c.value is not None for c in item.candidates)) < 2:
        return items
    labels, begun = labels_of(asked), False
    for line in text.split("\n"):
        if begun and len(line.split()) > _LONGEST_REMARK:
            continue
        if labels.codes_in(line) or labels.number_at(line, 0) or labels.title_at(line, 0):
            begun = True
        elif 0 < len(line.split()) <= _LONGEST_REMARK and _takes_back(line, begun, task):
            return _all_doubted(items, f"You also wrote '{line.strip()[:120]}'.")
    return items


def _takes_back(line: str, begun: bool, task: ReadingTask) -> bool:
    """Whether a line says that the figures are not final, or, below them or as an end of days, names another time."""
    if _TAKEN_BACK.search(line):
        return True
    canvas = Canvas(line[:_LONGEST_SHARED])
    mentions = take_times(canvas, task.span, Basis.QUARTER)
    if re.search(r"\d", canvas.left):
        return False
    for mention in mentions:
        if mention.time is Time.WANTED:
            continue
        if _ENDING.search(line):
            return mention.span is None or task.span is None or mention.span.end != task.span.end
        if begun and is_time_label(line[: mention.start] + " " + line[mention.end :]):
            return True
    return False

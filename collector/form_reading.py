"""What was put into a form or a workbook, read row by row against what it held and what the books hold now."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from collector.domain.figure import FigureStatus, Reported, plain
from collector.domain.indicator import Unit
from collector.domain.period import Span, day
from collector.domain.submission import Asked, Candidate, Form, FormValue, ReadingTask, ReadItem
from collector.forms import STATUSES, filled_in, opening
from collector.milestones import unchanged
from collector.ports import Reader
from collector.wording import AFTER

_NO_FIGURE = ("", "", "")
_STATUS_OF = {words.lower(): status for words, status in STATUSES.items()}
#: A figure and its counts in one field, as the form shows them.
_WITH_COUNTS = re.compile(r"(?:([^()]+?)\s*\()?([\d,.]+) of ([\d,.]+)\)?")
#: How book-keepers write what is below zero.
_ACCOUNTED = re.compile(r"\(\s*[£\d][\d,. %]*\)|[£\d][\d,.]*\s*-")
#: More decimal places than this are a spreadsheet's, not the officer's.
_LONGEST_SHARE = 3
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_NOTES = (Unit.MILESTONE, Unit.NARRATIVE)
#: A field says itself what its number is counted in.
_IN_WORDS: dict[str, str] = {unit: f"{{}}{after}" for unit, after in AFTER.items() if unit is not Unit.PERCENT}
_IN_WORDS[Unit.GBP] = "£{}"


@dataclass(frozen=True)
class FormRead:
    """What a form says, by measure, and plain words about what was left as it was."""

    items: tuple[ReadItem, ...] = ()
    notes: tuple[str, ...] = ()


def read_form(
    form: Form, task: ReadingTask, reader: Reader, reader_name: str, held: Mapping[str, Reported]
) -> FormRead:
    """What was put in, by measure; what nobody asked this person for comes back without candidates.

    `held` is what the books hold now. What was filled in beforehand and not touched is no statement; what was put in
    over a figure that has changed since is asked about.
    """
    asked = {one.code: one for one in task.asked}
    items: list[ReadItem] = []
    notes: list[str] = []
    for value in form.values:
        wanted = asked.get(value.code)
        read = _read_row(wanted, form, value, held.get(value.code), task, reader) if wanted else _nothing(value.code)
        if isinstance(read, str):
            notes += [read] if read else []
        else:
            confirmed = value.code in form.confirmed and read.certain
            items.append(replace(read, evidence=_evidence(form, value), reader=reader_name, confirmed=confirmed))
    return FormRead(tuple(items), tuple(notes))


def _evidence(form: Form, value: FormValue) -> str:
    at = f"{form.name}, {value.where}" if value.where and ":" not in value.where else form.name
    counts = f"({value.part or '?'} of {value.whole or '?'})" if value.part or value.whole else ""
    typed = (f"{value.figure} {counts}".strip(), value.status, value.expected, value.comment)
    return f"{at}: {', '.join(filter(None, typed))}"


def _read_row(
    asked: Asked, form: Form, value: FormValue, reported: Reported | None, task: ReadingTask, reader: Reader
) -> ReadItem | str:
    """What a row states; or why it states nothing, in words for its sender ("" where they know already)."""
    before = value.before or FormValue(value.code)
    held = filled_in(reported) if reported else None
    untouched = _figure(value) in (_figure(before), _NO_FIGURE)
    dated = (value.status, value.expected)
    if not untouched:
        emptied = before.figure and not value.figure and not value.status and _counts(value) == _counts(before)
        if emptied:
            return ""
        return _asked_if_overtaken(read_value(asked, value, task, reader), form, value, reported, asked.covers)
    if before.status and not value.status and value.figure and not value.comment:
        return (
            f"{value.code}: the status '{before.status}' was taken out and nothing was changed. To make the figure"
            " final, choose 'Reported'."
        )
    if any(dated) and dated != (before.status, before.expected):
        if reported is None or _figure(before) == _NO_FIGURE:
            return read_value(asked, value, task, reader)
        if _figure(held) == _figure(before):
            return _of_what_is_held(read_value(asked, value, task, reader), reported)
        return (
            f"{value.code}: {form.name} was handed out before {_shown(held)} was recorded, so what it says there was"
            f" not used: {_shown(held)} stands. To change it, reply with the figure."
        )
    if held is None or reported is None:
        return read_value(asked, value, task, reader)
    if not value.comment or value.comment == before.comment:
        return ""
    # Only a comment on what is held: it may say that it is wrong.
    item = read_value(asked, replace(held, comment=value.comment), task, reader)
    known = f"{value.code}: your comment is kept with your message; the figure stands as it is."
    return known if item.certain or reported.reference not in (None, asked.covers) else item


def _of_what_is_held(item: ReadItem, reported: Reported) -> ReadItem:
    """A new status on a figure that was not touched: it covers what it covered."""
    candidates = tuple(
        replace(one, basis=reported.basis, reference=reported.reference) if one.value == reported.value else one
        for one in item.candidates
    )
    return replace(item, candidates=candidates)


def _asked_if_overtaken(
    item: ReadItem, form: Form, value: FormValue, reported: Reported | None, covers: Span | None
) -> ReadItem:
    """Typed over a figure that is no longer the one that stands: the sender may not know of it."""
    held = filled_in(reported) if reported else None
    if reported is None or not item.certain or item.candidates[0].value is None:
        return item
    if _figure(held) in (_figure(value.before), _figure(value)):
        return item if reported.reference == covers else _over_another_period(item, reported)
    doubt = f"{opening(form)} was handed out before {_shown(held)} was recorded. Keep which?"
    return replace(item, candidates=(_as_candidate(reported), *item.candidates), doubts=(doubt,))


def _over_another_period(item: ReadItem, reported: Reported) -> ReadItem:
    """Typed over a figure that covers more than the quarter: whether the new one does too is the sender's to say."""
    if reported.reference is None:
        return item
    likewise = replace(item.candidates[0], basis=reported.basis, reference=reported.reference)
    doubt = f"The figure it takes the place of covers {reported.reference}. What does this one cover?"
    return replace(item, candidates=(likewise, *item.candidates), doubts=(doubt,))


def _as_candidate(reported: Reported) -> Candidate:
    return Candidate(
        status=reported.status,
        value=reported.value,
        numerator=reported.numerator,
        denominator=reported.denominator,
        basis=reported.basis,
        reference=reported.reference,
        expected_on=reported.expected_on,
        note=reported.note,
    )


def _counts(value: FormValue) -> tuple[str, str]:
    return value.part, value.whole


def _figure(value: FormValue | None) -> tuple[str, str, str]:
    """Figure and counts as they compare: "153" is "153.0"."""
    if value is None:
        return _NO_FIGURE
    typed = (value.figure, value.part, value.whole)
    together = _WITH_COUNTS.fullmatch(value.figure.strip())
    if together and not value.part:
        typed = (together[1] or "", together[2], together[3])
    figure, part, whole = (_plainly(text) for text in typed)
    return figure, part, whole


def _plainly(text: str) -> str:
    number = _number(text.strip().removesuffix("%").strip())
    return " ".join(text.split()) if number is None else f"{number.normalize():f}"


def _shown(value: FormValue | None) -> str:
    if value is None:
        return ""
    counts = f" ({value.part} of {value.whole})" if value.part and value.whole else ""
    return f"{value.figure}{counts}" if value.figure else value.status.lower()


def read_value(asked: Asked, value: FormValue, task: ReadingTask, reader: Reader) -> ReadItem:
    """What one row says, figure, status and comment together."""
    item = _read_figure(asked, value, task, reader)
    status = "" if _status_of(value) is FigureStatus.REPORTED else value.status
    if item is None and not status:
        said = reader.read_one(asked, value.comment, task) if value.comment and asked.unit not in _NOTES else None
        item = said if said is not None and said.candidates else _nothing_but_words(asked, value)
    item = item or _nothing(asked.code)
    read = _with_status(asked, item, value, task) if status else item
    # The comment is the figure's commentary, whichever reading stands in the end.
    return replace(read, candidates=tuple(replace(one, note=one.note or value.comment) for one in read.candidates))


def _status_of(value: FormValue) -> FigureStatus | None:
    """The status that was chosen, however it was typed; None for words that are none of ours."""
    return _STATUS_OF.get(value.status.strip().lower())


def _nothing(code: str) -> ReadItem:
    return ReadItem(code, "", ())


def _nothing_but_words(asked: Asked, value: FormValue) -> ReadItem:
    what = "a comment" if value.comment else "a date" if value.expected else "a status"
    given = f"You gave {what} for {asked.code} and no figure."
    words = f"{given} Give the figure, or choose a status such as 'Not available yet'."
    return ReadItem(asked.code, "", (), (words,))


def _read_figure(asked: Asked, value: FormValue, task: ReadingTask, reader: Reader) -> ReadItem | None:
    """What the figure's field says, in the unit it is asked in; None where it says nothing."""
    if asked.unit in _NOTES:
        typed = value.figure
        if asked.unit is Unit.MILESTONE:
            typed = unchanged(typed, task.said_before.get(asked.code, ""))
        note = "\n".join(filter(None, (typed, value.comment)))
        return reader.read_one(asked, note, task) if note else None
    if bool(value.part) != bool(value.whole):
        given, missing = ("part", "whole") if value.part else ("whole", "part")
        words = f"You gave the {given} ({value.part or value.whole}) without the {missing}. Give both, or neither."
        return ReadItem(asked.code, "", (), (words,))
    counts = f"{value.part} of {value.whole}" if value.part else ""
    if not value.figure:
        return reader.read_one(asked, counts, task, value.comment) if counts else None
    if _ACCOUNTED.fullmatch(value.figure.strip()):
        words = f"You gave {value.figure.strip()}: in brackets or with a trailing minus it could be below zero."
        return ReadItem(asked.code, "", (), (f"{words} Give it as a plain number.",))
    number = _number(value.figure)
    share = _number(value.figure.strip().removesuffix("%"))
    if asked.unit == Unit.PERCENT and share is not None:
        return _percentage(asked, value, share, counts, task, reader)
    figure = _IN_WORDS.get(asked.unit, "{}").format(value.figure) if number is not None else value.figure
    return reader.read_one(asked, f"{figure} ({counts})" if counts else figure, task, value.comment)


def _percentage(
    asked: Asked, value: FormValue, number: Decimal, counts: str, task: ReadingTask, reader: Reader
) -> ReadItem:
    """A number in a percentage's field is a percentage; 0.91 may be the 91% of a spreadsheet, and is asked."""
    signed = value.figure.strip().endswith("%")
    read = reader.read_one(asked, _percent_words(number, counts), task, value.comment)
    if signed or not 0 < number <= 1:
        return read
    hundredfold = reader.read_one(asked, _percent_words(number * 100, counts), task, value.comment)
    one, other = (f"{plain(_rounded(figure))}%" for figure in (number, number * 100))
    doubt = (
        f"You gave {plain(_rounded(number))}: that could be {one} or {other}. Give it with its sign, such as {other}."
    )
    return ReadItem(asked.code, "", (*hundredfold.candidates, *read.candidates), (doubt,))


def _percent_words(number: Decimal, counts: str) -> str:
    return f"{_rounded(number):f}%" + (f" ({counts})" if counts else "")


def _rounded(number: Decimal) -> Decimal:
    """A share that a spreadsheet worked out has a dozen digits; figures are kept to a tenth of a point (RULES 3)."""
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or exponent >= -_LONGEST_SHARE:
        return number
    return number.quantize(Decimal("0.1") if abs(number) > 1 else Decimal("0.001"), ROUND_HALF_UP).normalize()


def _number(text: str) -> Decimal | None:
    """A number and nothing else, as a field or a cell holds it."""
    bare = text.strip().replace("\u2212", "-")
    return Decimal(bare.replace(",", "")) if _NUMBER.fullmatch(bare) else None


def _with_status(asked: Asked, item: ReadItem, value: FormValue, task: ReadingTask) -> ReadItem:
    status = _status_of(value)
    if status is None:
        doubt = f"The status says '{value.status[:60]}'. Choose one of: {', '.join(STATUSES)}."
        return replace(item, doubts=(*item.doubts, doubt))
    if status is FigureStatus.PROVISIONAL:
        if not item.candidates or any(one.value is None for one in item.candidates):
            words = f"The status says provisional and {asked.code} has no figure. Give the figure, or another status."
            return replace(item, doubts=(*item.doubts, words))
        return replace(item, candidates=tuple(replace(one, status=status) for one in item.candidates))
    expected, doubts = _expected_on(value, task.sent_on)
    stands = Candidate(status, expected_on=expected, note=value.comment)
    typed = value.figure or value.part
    if typed and not (item.certain and item.candidates[0].status is status):
        said = f"You gave {typed[:60]} and also the status '{value.status}'. Leave one of them out, or choose below."
        return replace(item, candidates=(*item.candidates, stands), doubts=(*item.doubts, said))
    return replace(item, candidates=(stands,), doubts=tuple(doubts))


def _expected_on(value: FormValue, today: date | None) -> tuple[date | None, list[str]]:
    if not value.expected:
        return None, []
    try:
        expected = date.fromisoformat(value.expected)
    except ValueError:
        return None, [f"You gave '{value.expected[:40]}' as the date it is expected. Write it like 2015-11-25."]
    if today is not None and expected < today:
        return expected, [
            f"You gave {day(expected)} as the date it is expected, and that has passed. Give a later one."
        ]
    return expected, []

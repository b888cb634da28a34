"""Questions and answers as JSON objects: what `collector read --jsonl` reads and writes, one a line."""

from decimal import Decimal, InvalidOperation
from typing import Any

from collector.domain.figure import FigureStatus
from collector.domain.indicator import Basis
from collector.domain.period import Quarter
from collector.domain.submission import Asked, Candidate, OpenChoice, Reading, ReadingTask, ReadItem
from collector.passing_on import with_what_is_passed_on
from parsers.figures.dates import as_quarter, wanted_span
from parsers.figures.reader import TextReader
from parsers.reply import is_forward, own_words, passed_words

_STATUS_WORDS = {
    FigureStatus.NARRATIVE: "narrative_only",
    FigureStatus.NO_LONGER_COLLECTED: "not_available",
    FigureStatus.AWAITING_RELEASE: "not_available",
}
"""The labels of the published returns know no finer words; `said` keeps ours (RULES 4)."""
_ONLY = "#1"
"""Stands for the code of a question about one indicator that has none; nobody writes it by chance."""

Json = dict[str, Any]


def answer(question: Json) -> Json:
    """Answer one question; a question with `indicators` is answered by `figures`, one for each."""
    listed = question.get("indicators")
    asked = tuple(_asked(number, each) for number, each in enumerate(listed or [question["indicator"]], 1))
    task = _task(question, asked)
    text = str(question.get("text") or "")
    reading = TextReader().read(own_words(text) if listed else text, task)
    if listed and is_forward(text):
        reading = with_what_is_passed_on(reading, TextReader().read(passed_words(text), task))
    if listed is None:
        return {"id": question.get("id"), **_figure(asked[0], reading, task)}
    figures = [
        {"code": each.get("code"), **_figure(one, reading, task)} for each, one in zip(listed, asked, strict=True)
    ]
    return {"id": question.get("id"), "figures": figures}


def _task(question: Json, asked: tuple[Asked, ...]) -> ReadingTask:
    context = question.get("context") or {}
    period = str(question.get("period") or "")
    recorded = {
        code: value for code, said in (context.get("recorded") or {}).items() if (value := _decimal(said)) is not None
    }
    return ReadingTask(
        period, wanted_span(period), asked, _choices(context), recorded, history=_history(question.get("history") or {})
    )


def _history(told: Json) -> dict[str, dict[Quarter, Decimal]]:
    """What the books hold for earlier quarters; other periods than quarters are left out."""
    held: dict[str, dict[Quarter, Decimal]] = {}
    for code, values in told.items():
        for period, said in values.items():
            span, value = wanted_span(str(period)), _decimal(said)
            quarter = as_quarter(span)
            if quarter is not None and value is not None:
                held.setdefault(str(code), {})[quarter] = value
    return held


def _choices(context: Json) -> tuple[OpenChoice, ...]:
    """The choices of all open queries, numbered through."""
    pairs = [
        (query.get("code") or _ONLY, value)
        for query in context.get("queries") or []
        for value in query.get("choices") or []
    ]
    return tuple(OpenChoice(number, str(code), _decimal(value)) for number, (code, value) in enumerate(pairs, 1))


def _asked(number: int, indicator: Json) -> Asked:
    code = str(indicator.get("code") or f"#{number}")
    aliases = tuple(str(alias) for alias in indicator.get("aliases") or ())
    basis = indicator.get("basis")
    return Asked(
        number=number,
        code=code,
        title=str(indicator.get("title") or ""),
        unit=str(indicator.get("unit") or "count"),
        basis=Basis(basis) if basis in list(Basis) else Basis.QUARTER,
        target=str(indicator.get("target") or ""),
        aliases=aliases,
    )


def _figure(asked: Asked, reading: Reading, task: ReadingTask) -> Json:
    """What the reading says about one indicator."""
    chosen = [choice for choice in task.choices if choice.number in reading.chosen and choice.code == asked.code]
    item = next((item for item in reading.items if item.code == asked.code), None)
    if item is not None and item.certain:
        return _recorded(asked, item.candidates[0]) | {"facts": _facts(item)}
    if item is not None:
        likely = next(iter(item.candidates), None)
        counted = next((one for one in item.candidates if one.numerator is not None), likely)
        shown = _told(counted) if counted else {}
        return _blank(asked, "asked", _queries(item)) | shown | {"value": None}
    if chosen and chosen[0].value is not None:
        return _recorded(asked, Candidate(FigureStatus.REPORTED, chosen[0].value))
    if reading.unknown_codes and len(task.asked) == 1:
        return _blank(
            asked, "asked", [f"You wrote {', '.join(reading.unknown_codes)}, which is not what was asked for."]
        )
    return _blank(asked, "none", [])


def _facts(item: ReadItem) -> list[Json]:
    """The other numbers of the words, each with what it is."""
    return [{"kind": fact.kind.value, "value": _number(fact.value), "words": fact.words} for fact in item.facts]


def _queries(item: ReadItem) -> list[str]:
    return list(item.doubts) or ["The words can be read in more than one way."]


def _recorded(asked: Asked, candidate: Candidate) -> Json:
    return _blank(asked, "recorded", []) | _told(candidate)


def _told(candidate: Candidate) -> Json:
    """A reading as the seam says it."""
    return {
        "value": _number(candidate.value),
        "numerator": _number(candidate.numerator),
        "denominator": _number(candidate.denominator),
        "status": _STATUS_WORDS.get(candidate.status, candidate.status.value),
        "said": candidate.status.value,
        "basis": candidate.basis.value if candidate.basis else None,
    }


def _blank(asked: Asked, outcome: str, queries: list[str]) -> Json:
    nothing: Json = dict.fromkeys(("value", "numerator", "denominator", "status", "said", "basis"))
    return {"outcome": outcome, "unit": asked.unit, **nothing, "queries": queries}


def _decimal(value: object) -> Decimal | None:
    try:
        return None if value is None or isinstance(value, bool) else Decimal(str(value))
    except InvalidOperation:
        return None


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)

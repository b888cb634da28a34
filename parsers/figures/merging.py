"""The labels found in one line, where several name the same thing."""

import re

from parsers.figures.labels import Label

_GLUE = re.compile(r"^[\s:=|,)\](-]*(?:Q[1-4]\b)?[\s:=|,)\](-]*$", re.I)


def merged(line: str, labels: list[Label]) -> list[Label]:
    """Labels that overlap or follow each other made one; the code beats the list number, contradiction is kept."""
    parted: list[Label] = []
    for label in labels:
        last = parted[-1] if parted else None
        if last is not None and _is_its_own_title(line, last, label):
            continue
        if last is None or (label.start >= last.end and not _GLUE.match(line[last.end : label.start])):
            parted.append(label)
            continue
        if label.start >= last.end and last.by == "code" and label.by == "code" and last.codes != label.codes:
            parted.append(label)
            continue
        parted[-1] = _joined(last, label)
    return parted


def _is_its_own_title(line: str, last: Label, label: Label) -> bool:
    """Whether a title further on parts nothing: "3) Theft: shop 918, other 502. All theft 1,420"."""
    named = last.by in ("code", "number") and label.by in ("title", "phrase") and label.codes == last.codes
    return named and label.start >= last.end and not _GLUE.match(line[last.end : label.start])


def _joined(first: Label, second: Label) -> Label:
    end = max(first.end, second.end)
    if not first.codes or not second.codes:
        known = first if first.codes else second
        return Label(known.codes, first.start, end, known.by)
    common = tuple(code for code in first.codes if code in second.codes)
    if common:
        return Label(common, first.start, end, "title" if "title" in (first.by, second.by) else first.by)
    if first.by == "number":
        return Label(second.codes, first.start, end, second.by)
    return Label((*first.codes, *second.codes), first.start, end, first.by)

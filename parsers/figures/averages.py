"""Which statistic a number is: a median is no mean, the longest wait no average one."""

import re

_STATISTIC = re.compile(
    r"\b(?:median|mean|longest|shortest|maximum|minimum|(?:\d\dth|ninetieth) (?:per)?centile)\b", re.I
)


def is_said_of_it(title: str, text: str, at: int) -> bool:
    """Whether the statistic that a title names, a median or a centile, is said right before a number."""
    return any(
        found.end() == at
        for named in _STATISTIC.findall(title)
        for found in re.finditer(rf"\b{re.escape(named)}\b[^.;\d\n]{{0,30}}(?=\d)", text, re.I)
    )


def is_said_of_another(title: str, text: str, at: int, others: list[int]) -> bool:
    """Whether the statistic that a title names is said right before one of the `others`, and not before a number."""
    for named in _STATISTIC.findall(title):
        said = re.compile(rf"\b{re.escape(named)}\b[^.;\d\n]{{0,20}}(?=\d)", re.I)
        ends = [found.end() for found in said.finditer(text)]
        if at not in ends and any(other in ends for other in others):
            return True
    return False

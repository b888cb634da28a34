"""What a line above a table, or a sheet's name, says of all the numbers below it: that they are no figures of ours."""

import re
from collections.abc import Sequence

from parsers.layouts.headings import without_times

_PLANNED = re.compile(
    r"\b(?:forecasts?|projections?|projected|predicted|trajector(?:y|ies)|examples?|specimen|dummy)\b", re.IGNORECASE
)
_ONLY_TARGETS = re.compile(
    r"(?:(?:our|the|all|agreed|annual|quarterly|local|proposed|new|plan|performance|indicator)\s+)*"
    r"(?:targets?|baselines?|thresholds?|budgets?|profiles?)(?:\s+(?:for|of|the|year|quarter|setting))*",
    re.IGNORECASE,
)
_SCALED = re.compile(r"\b(?:thousands|millions)\b|[\u2018\u2019'(\u00a3 ]000s?\b|\u00a3[km]\b", re.IGNORECASE)
_SHARES = re.compile(
    r"(?:(?:all|figures|values|shown|given|are|in|as|the)\s+)*"
    r"(?:percentages?|per ?cent|%|proportions?|rates?(?: per.*)?)"
    r"(?:\s+\(%\))?",
    re.IGNORECASE,
)
_PARTNERSHIP = re.compile(r"(?P<whose>[^\W\d_][\w'&. -]{1,60}?) (?:community safety partnership|csp)\b", re.IGNORECASE)
_EDGES = " .:;,-\u2013()*"


def speaks_against(captions: Sequence[str], place: str, of_shares: bool) -> str:
    """The first caption that does; "" for none. `place` is our own name, `of_shares` whether a share is asked for."""
    return next((caption for caption in captions if _speaks_against(caption, place, of_shares)), "")


def _speaks_against(caption: str, place: str, of_shares: bool) -> bool:
    words = without_times(caption).strip(_EDGES)
    if _PLANNED.search(words) or _ONLY_TARGETS.fullmatch(words) or _SCALED.search(words):
        return True
    if not of_shares and _SHARES.fullmatch(words):
        return True
    return bool(place) and any(place not in found["whose"].lower() for found in _PARTNERSHIP.finditer(words))

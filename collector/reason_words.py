"""Why a figure is as it is, in words without labels: behind the figure itself, or said of a Red one. Pure.

What is read here is taken out of the text before figures are looked for in it: "2 of our 3 advisers left" is no figure.
"""

import re
from collections.abc import Collection

from collector.domain.action import SaidPlan

_FIGURE = (
    r"[\W_]*(?:(?:is|was|now|should be|should read|the figure|figure)\b\s*)*"
    r"\u00a3?\d[\d,.]*\s*(?:%|per ?cent\b)?\s*(?:\(\s*\d[\d,]*\s*(?:of|out of|/)\s*\d[\d,]*\s*\))?"
)
_BECAUSE = (
    r"[\s,;.\u2013-]*(?:\b(?P<why>(?:because|due to|owing to|as a result of)\b[^\n]*?)(?=\n|[.;](?:\s|$)|$)"
    r"|\((?P<aside>(?:we|our|because|due to|owing to|as a result of|after|following)\b[^()\n]*)\))"
)
#: A reason that may hold the very figure, or another, is left to the reader.
_A_FIGURE_TOO = re.compile(r"%|per ?cent|\bQ[1-4]\b|\b(?:total|altogether|figure|target|instead|correct\w*)\b", re.I)
_EXPLAINS = re.compile(
    r"\b(?:because|due to|owing to|as a result|the reason|caused by|explained by|recruit\w*|vacan\w*|staffing"
    r"|(?:we are|we're|we have been) (?:now )?\w+ing)\b",
    re.IGNORECASE,
)
_CORRECTS = re.compile(
    r"\b(?:should (?:be|read)|correct\w*|instead|actually|mistake|wrong|figures?|provisional|final|attached"
    r"|not (?:yet )?available)\b|%|\A\W*\d[\d,.]*\W*(?:\Z|\n|[,;.:]\s|because|due|owing|as a result)",
    re.IGNORECASE,
)
_FAREWELL = re.compile(
    r"^\s*(?:--\s*$|(?:(?:kind|best|many|warm)\s+)?(?:regards|thanks|thank you|wishes)\b)", re.I | re.M
)
_NOT_YET = re.compile(r"\b(?:not (?:yet )?|awaiting|until|nil|n/a|nothing)\b", re.IGNORECASE)


def gives_figure(head: str, code: str) -> bool:
    """Whether words before a reason give a figure, and do not say that there is none yet."""
    rest = re.sub(re.escape(code), "", head, flags=re.IGNORECASE)
    return any(char.isdigit() for char in rest) and not _NOT_YET.search(rest)


def in_own_words(
    block: str, text: str, codes: Collection[str], red: Collection[str], unexplained: Collection[str]
) -> tuple[str, list[SaidPlan]]:
    """A block of a text without the reasons in it, and these, each with its code.

    Words that explain something and give no figure are about the `red` figure that is named, else about the one of
    which nothing was said yet (`unexplained`); where these are several, they have no code.
    """
    found: list[SaidPlan] = []
    for code in codes:
        behind = re.search(rf"(?<!\w){re.escape(code)}(?!\w){_FIGURE}{_BECAUSE}", block, re.IGNORECASE)
        why = (behind["why"] or behind["aside"]).strip() if behind else ""
        if behind and why and not _A_FIGURE_TOO.search(why) and not _named(why, codes):
            found.append(SaidPlan(code, why))
            start, end = behind.span("why" if behind["why"] else "aside")
            block = block[:start].rstrip(" \t,;(") + block[end:].removeprefix(")")
    if found or not _EXPLAINS.search(block) or _CORRECTS.search(block):
        return block, found
    about = _named(block, codes) or [*unexplained]
    if not about or (set(_named(text, codes)) | set(about)) - set(red):
        return block, found
    if any(re.search(rf"(?<!\w){re.escape(code)}{_FIGURE}", block, re.IGNORECASE) for code in about):
        return block, found
    farewell = next((end for end in _FAREWELL.finditer(block) if block[: end.start()].strip()), None)
    words = " ".join((block[: farewell.start()] if farewell else block).split()).strip(" ,;-")
    return "", [SaidPlan(about[0] if len(about) == 1 else "", words)]


def _named(text: str, codes: Collection[str]) -> list[str]:
    return [code for code in codes if re.search(rf"(?<!\w){re.escape(code)}(?!\w)", text, re.IGNORECASE)]

"""Which text for publication goes out beside a public figure: one that tells no more than its row (RULES 26, 27)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from collector.domain.figure import Figure
from collector.domain.publication import Cell, PublicationText

_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
#: Quarters, years and days are no counts of anybody.
_TIMES = re.compile(
    r"\b(?:q[1-4]|(?:19|20)\d\d(?:[-/\u2013](?:20)?\d\d)?"
    r"|\d{1,2}(?:st|nd|rd|th)? (?=(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)))",
    re.IGNORECASE,
)
#: Numbers and shares in words: "all but two", "a third fewer", "doubled".
_IN_WORDS = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|dozens?|single|sole|both|pair|couple"
    r"|once|twice|thrice|hal(?:f|ves|ved)|thirds?|quarters|doubled?|trebled|tripled?|only|all but|none|nobody"
    r"|no one)\b",
    re.IGNORECASE,
)


@dataclass
class PublicWords:
    """Decides on one text after the other; `anything_hidden` says whether any figure is kept from the public.

    Where none is, there is nothing that a number in a text could tell. `left_out` are the codes of texts that stay in.
    """

    texts: Mapping[Cell, PublicationText]
    anything_hidden: bool
    left_out: list[str] = field(default_factory=list)

    def beside(self, cell: Cell, figure: Figure | None, is_hidden: bool, shown: Iterable[Decimal]) -> str:
        """The text that is printed in a row whose numbers are `shown`; "" where there is none, or it must not be."""
        text = self.texts.get(cell)
        if text is None or not text.words:
            return ""
        is_older = figure is not None and text.at < figure.source.recorded_at
        if text.legal_check or is_older or is_hidden or self._tells_more(text.words, shown):
            self.left_out.append(text.measure)
            return ""
        return text.words

    def _tells_more(self, words: str, shown: Iterable[Decimal]) -> bool:
        """Whether it names a number that does not stand in its row: a sum or a difference could be a suppressed one."""
        if not self.anything_hidden:
            return False
        bare = _TIMES.sub(" ", words)
        named = {Decimal(number.replace(",", "")) for number in _NUMBER.findall(bare)}
        return bool(named - set(shown)) or _IN_WORDS.search(bare) is not None


def left_out_line(codes: Iterable[str]) -> str:
    """What whoever publishes is told of the texts that were left out; "" for none."""
    named = ", ".join(dict.fromkeys(codes))
    return (
        f"Not printed: the texts beside {named}. They wait for a legal check, were written before the figure changed,"
        " stand beside a suppressed figure, or name a number that is not in their row."
        if named
        else ""
    )

"""Whether anybody can work a suppressed count back, over many random tables: `./run bench public`.

Also what suppressing costs against small counts alone, and what checking a paper takes.
"""

import sys
import time
from pathlib import Path

from collector.domain.draft import Draft
from collector.domain.period import Quarter
from collector.domain.submission import Asked
from collector.suppressing import suppressed
from parsers.draft_claims import statements
from tests.support.public_tables import attacked, random_table

TABLES = 10_000
_PAGES, _SENTENCES = 40, 25
_SAID = "In Q2 2015-16 we helped {} of 520 clients and repeat victimisation was reduced to {}.5%."


def public(_folder: Path) -> None:
    """The whole bench, a line for each measurement."""
    small = everything = 0.0
    shown = hidden_cells = recovered = narrowed = 0
    for seed in range(TABLES):
        table = random_table(seed)
        begun = time.perf_counter()
        alone = {cell for cell, counted in table.figures.items() if counted.is_small(table.threshold)}
        small += time.perf_counter() - begun
        begun = time.perf_counter()
        hidden = suppressed(table.figures, table.sums, table.days, table.threshold, to_date=table.to_date)
        everything += time.perf_counter() - begun
        shown += len(table.figures) - len(hidden)
        hidden_cells += len(hidden) - len(alone)
        for _cell, count, left in attacked(table, hidden):
            width = left.width()
            recovered += width == 1 and left.low == count
            narrowed += width is not None and width < table.threshold - 1
    _say(f"finding small counts in {TABLES:,} tables", small)
    _say("suppressing what goes with them", everything, "finding them", small)
    sys.stdout.write(f"{shown:,} figures shown, {hidden_cells:,} suppressed beside the small ones\n")
    sys.stdout.write(f"worked back: {recovered}; narrower than the rule allows: {narrowed}\n")
    for indicators, pages in ((70, _PAGES), (1_000, 1)):
        _say_paper(indicators, pages)


def _say_paper(indicators: int, pages: int) -> None:
    asked = [
        Asked(at, f"ZZ{at}", f"Repeat victimisation of clients in area {chr(97 + at % 26)}{at}", "percent")
        for at in range(1, indicators + 1)
    ]
    paper = Draft("paper.txt", tuple(_SAID.format(at, at % 100) for at in range(pages * _SENTENCES)))
    begun = time.perf_counter()
    found = statements(paper, asked, Quarter(2015, 2).span)
    _say(f"reading {pages} pages ({len(found)} claims) for {indicators} indicators", time.perf_counter() - begun)


def _say(what: str, seconds: float, against: str = "", baseline: float = 0.0) -> None:
    ratio = f"   {seconds / baseline:5.1f} times {against}" if baseline else ""
    sys.stdout.write(f"{what:<58}{seconds * 1000:8.1f} ms{ratio}\n")

"""Quarters as people name them beside an order: "Q2 2015-16", "2015/16 Q2", "quarter 2", "Jul to Sep 2015". Pure."""

import re

from collector.domain.period import MONTHS, Quarter

_YEARS = r"(?:20)?\d\d ?[-/\u2013] ?(?:20)?\d\d"
_MONTH = "(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}"
_QUARTER = (
    rf"(?:q(?:uarter|tr)? ?(?P<after>[1-4])\b(?:,? ?(?:of |in )?(?P<years>{_YEARS})\b)?"
    rf"|(?P<before_years>{_YEARS})\b,? ?q(?:uarter|tr)? ?(?P<before>[1-4])\b"
    rf"|(?P<first>{_MONTH}) ?(?:to|-|\u2013) ?(?P<last>{_MONTH}) (?P<year>20\d\d)\b)"
)
#: A quarter in full, with its months where we wrote them.
_NAMED = re.compile(
    rf"(?:^|(?<=\s))(?:for |of |in )?(?:the )?{_QUARTER}(?: ?\([^()]{{3,30}}\))?(?=[\s.,:;?!]|$)", re.IGNORECASE
)
#: Where the reason of an order begins: a quarter that stands in it is not the order's.
_REASON = re.compile(r"[:;,?]| [-\u2013\u2014] | because | since | as ", re.IGNORECASE)


def take_quarter(words: str) -> tuple[str, Quarter | int] | None:
    """An order without the quarter that it names, and that; its number alone where no year is said.

    None where it names none, or one that can't be.
    """
    said = _NAMED.search(words)
    reason = _REASON.search(words)
    if said is None or (reason is not None and reason.start() < said.start()):
        return None
    named = _named(said)
    if named is None:
        return None
    return re.sub(r" (?=[:?,;])", "", " ".join(f"{words[: said.start()]} {words[said.end() :]}".split())), named


def _named(said: re.Match[str]) -> Quarter | int | None:
    if said["first"]:
        return _by_months(said["first"], said["last"], int(said["year"]))
    number, years = int(said["after"] or said["before"]), said["years"] or said["before_years"]
    if not years:
        return number
    first, second = (int(year) for year in re.findall(r"\d+", years))
    if (first + 1) % 100 != second % 100:
        return None
    return Quarter(first if first > 99 else 2000 + first, number)


def _by_months(first: str, last: str, year: int) -> Quarter | None:
    begins, ends = (MONTHS.index(month[:3].title()) + 1 for month in (first, last))
    if begins % 3 != 1 or ends != begins + 2:
        return None
    return Quarter(year - 1, 4) if begins == 1 else Quarter(year, begins // 3)

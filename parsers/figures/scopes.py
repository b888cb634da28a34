"""The words around a number: up to the next number, and no further than a comma or a bracket."""

import re

from parsers.figures import vocabulary
from parsers.figures.canvas import ASIDE, BLANK
from parsers.figures.facts import Facts
from parsers.figures.periods import Time
from parsers.figures.quantities import Fraction, Quantity
from parsers.figures.units import Kind

Number = Quantity | Fraction

RUN = re.compile(r"\d[\d.,:]*")
_STOP_AFTER = re.compile(
    r"[;:(\[\])\"]|,(?=\s)| - |\b(?:but|while|whilst|although|though|which|who|compared|against|versus|vs|due|because"
    r"|with|including|despite|following|owing|so that)\b",
    re.I,
)
_STOP_BETWEEN = re.compile(rf"{_STOP_AFTER.pattern}|\band\b", re.I)
"""Where another number follows, "and" begins what is said of that one."""
_STOP_BEFORE = re.compile(
    r"[;()\[\]\"]|,(?=\s)| - |\b(?:and|but|while|whilst|although|though|which|who|with|plus)\b"
    r"(?! (?:numbered|stood at|stands at|came to|is now|are now|totall?ed|reached|averaged) $)",
    re.I,
)

OF_THEM = re.compile(r"^ ?of (?:them|these|those|which|whom)\b", re.I)
"""Such words say that what was just named is meant."""

LEAD = 120
_NEXT = 3
_LONGEST_HEADING = 8


def kind_of(number: Number) -> Kind:
    """The kind of a number; so many of so many is a percentage."""
    return Kind.PERCENT if isinstance(number, Fraction) else number.kind


def together(facts: Facts, one: Number, other: Number) -> bool:
    """Whether two numbers stand in one sentence."""
    return facts.canvas.sentence(one.start) == facts.canvas.sentence(other.start)


def opens_the_reply(facts: Facts, number: Number) -> bool:
    """Whether nothing is written before a number."""
    return not facts.canvas.text[: number.start].strip(" -:=*")


_IN_BRACKETS = re.compile(
    r"(?: of [a-z' ]{3,40})? ?(?P<bracket>[(\[](?:n ?= ?)?£?[\d.,]+ ?(?:%|per ?cent| ?/ ?[\d.,]+"
    r"| (?:out )?of [\d.,]+)?[)\]])(?= [a-z])"
    r"|(?P<whole> of (?:the |all |our )*\d[\d,]*)(?= [a-z])",
    re.I,
)
"""Another number alone in brackets, with words behind it, and what it is a share of: "93% of people (132) felt ..."."""
_OR_SAID = re.compile(
    r"(?:\bor|\bi\.?e\.?|\bwhich is|\bequal(?:s| to)|\bequating to|\bgiving|\bthat is|\bequivalent to|\bmaking|=),? ?$",
    re.I,
)
_LETTERS = re.compile(r"[^\W\d_]{3,}")


_A_SHARE = re.compile(r" of [a-z]", re.I)


class Scopes:
    """The words around each number of a clause: up to the next number, and no further than a comma or a bracket."""

    def __init__(self, facts: Facts, title: str = "") -> None:
        self.facts = facts
        self.title = f" {title.lower()} "
        self.text, self.left = facts.canvas.text, facts.canvas.left
        self.runs = [
            (found.start(), found.end())
            for found in RUN.finditer(self.text)
            if self.left[found.start()] in (BLANK,) or self.left[found.start()].isdigit()
        ]

    def around(self, number: Number) -> tuple[str, str, str]:
        """The words before it, after it, and those that open its sentence where other numbers stand between."""
        start, end = self.facts.canvas.sentence_at(number.start)
        opens, closes = self._bracket(number, start, end)
        before = max((stop for _, stop in self.runs if start <= stop <= opens), default=start)
        beside = _IN_BRACKETS.match(self.text, closes, end) if opens == number.start else None
        if beside and beside["whole"] and not self._names_the_title(beside.end()):
            beside = None
        # "412 (12.8%) waited": the words behind the bracket are about the number before it, too.
        between = self._words(closes, beside.start("bracket")) if beside and beside["bracket"] else ""
        closes = beside.end() if beside else closes
        after = min((begin for begin, _ in self.runs if closes <= begin < end), default=end)
        bracketed = opens < number.start and before > start and not self.text[before:opens].strip(" %")
        if bracketed:
            # "412 (12.8%) waited": what stands in the bracket counts the same as the number before it.
            before = max((stop for _, stop in self.runs if start <= stop < before), default=start)
        words_before, words_after = self._words(before, opens), between + _unbracketed(self._words(closes, after))
        lead = self._heading(start)
        if before > start and not bracketed and _OR_SAID.search(self.text[before:opens]):
            # "68 out of 85 met the limit, or 80%": another way to say the number before.
            own = max(begin for begin, stop in self.runs if stop == before)
            before = max((stop for _, stop in self.runs if start <= stop < before), default=start)
            before = max(before, *(self.text.rfind(mark, before, own) + 1 for mark in ",;"))
            words_before = self._words(before, opens)
        elif before > start:
            stops = list(_STOP_BEFORE.finditer(words_before)) if not OF_THEM.match(words_after) else []
            behind = words_before[: stops[-1].start()] if stops else ""
            words_before = words_before[stops[-1].start() :] if stops else words_before
            # "118 primary and 23 special, so 543 in total": the number before has its words behind it.
            summed = _tells(behind) and TOTAL_AFTER.match(words_after)
            named_behind = self._is_listed(before, number, words_after)
            if not (_LETTERS.search(words_before) or summed or named_behind):
                # "secondary 87.7, a fall of 0.6": what the number before was about.
                earlier = max((stop for _, stop in self.runs if start <= stop < before), default=start)
                words_before = f"{self._words(earlier, before)} {words_before}"
                if _of_another_kind(self.text, before, number):
                    lead = f"{lead} {self._words(before, opens)}"
        if before > start:
            first = next(begin for begin, _ in self.runs if begin >= start)
            lead = f"{lead} {self._words(start, first)[:LEAD]}"
        stops_after = (_STOP_AFTER if after == end else _STOP_BETWEEN).finditer(words_after)
        stop = next(
            (m.start() for m in stops_after if not (self._in_title(m[0]) or self._joined(words_after, m))), None
        )
        return words_before, words_after[:stop], lead.strip()

    def _names_the_title(self, at: int) -> bool:
        """Whether one of the next words is of the title: "96% of 1,874 rated premises"."""
        return any(f" {word} " in self.title for word in self.text[at : at + LEAD].lower().split()[:_NEXT])

    def _is_listed(self, before: int, number: Number, words_after: str) -> bool:
        """Whether a number behind a comma has a name of its own: "70 victims supported, 13 prosecuted"."""
        stop = _STOP_BETWEEN.search(words_after)
        follows = self.text[before : number.start].rstrip().endswith(",")
        counted = kind_of(number) is Kind.COUNT or _A_SHARE.match(self.text, number.end)
        return follows and bool(counted) and _tells(words_after[: stop.start() if stop else None])

    def _in_title(self, word: str) -> bool:
        """Whether a word that mostly begins a remark is one of the title: "falls with harm"."""
        return word.isalpha() and word.lower() != "and" and f" {word.lower()} " in self.title

    def _joined(self, words: str, found: re.Match[str]) -> bool:
        """Whether "and" joins two words as the title does: "emergency incidents and false alarms"."""
        before, after = words[: found.start()].split()[-1:], words[found.end() :].split()[:1]
        return found[0].lower() == "and" and f" {' '.join([*before, 'and', *after])} ".lower() in self.title

    def raw(self, number: Number) -> tuple[str, str]:
        """All the words between the numbers on either side, also those that were understood as something else."""
        start, end = self.facts.canvas.sentence_at(number.start)
        before = max((stop for _, stop in self.runs if start <= stop <= number.start), default=start)
        after = min((begin for begin, _ in self.runs if number.end <= begin < end), default=end)
        bracket = self.text.rfind("(", before, number.start)
        before = bracket + 1 if bracket >= 0 else before
        cut = max([before, *(start + m.end() for m in re.finditer(r"[,;]", self.text[start : number.start]))])
        own = _tells(self.text[cut : number.start]) and not OF_THEM.match(self.text[number.end : after])
        before = cut if own else before
        closing = re.search(r"[),;]", self.text[number.end : after])
        return self.text[before : number.start], self.text[
            number.end : number.end + closing.start() if closing else after
        ]

    def is_reference(self, number: Number, numbers: list[Number]) -> bool:
        """Whether a number alone in brackets follows another of its kind: "81% within 6 weeks (75%)"."""
        start, end = self.facts.canvas.sentence_at(number.start)
        opens, closes = self._bracket(number, start, end)
        if (opens, closes) == (number.start, number.end) or kind_of(number) is Kind.TIME:
            return False
        return any(
            other.end <= opens and other.start >= start and kind_of(other) is kind_of(number) for other in numbers
        )

    def _bracket(self, number: Number, start: int, end: int) -> tuple[int, int]:
        """Where the bracket around a number that stands alone in it opens and closes; else the number itself."""
        before = self.text[start : number.start].rstrip()
        closed = _CLOSED.match(self.text, number.end, end)
        if closed and before.endswith(("(", "[")):
            return start + len(before) - 1, closed.end()
        return number.start, number.end

    def _heading(self, start: int) -> str:
        """The line above a sentence where it is a heading: short and without a number, or with a colon at its end."""
        if start == 0:
            return ""
        above_start, above_end = self.facts.canvas.sentence_at(start - 2 if start > 1 else 0)
        above = self._words(above_start, above_end)
        numbered = any(above_start <= begin < above_end for begin, _ in self.runs)
        short = 0 < len(above.split()) <= _LONGEST_HEADING and not above.rstrip().endswith((".", "!", "?"))
        heads = not numbered and (above.rstrip().endswith(":") or short)
        return above if heads else ""

    def _words(self, start: int, end: int) -> str:
        """The words of a stretch without what was understood as a time, a target or a comparison."""
        left = self.left[start:end].translate(UNPAINTED)
        if ASIDE not in left:
            return left
        return "".join(
            char if painted == ASIDE else painted for char, painted in zip(self.text[start:end], left, strict=True)
        )

    def is_wanted(self, number: Number) -> bool:
        """Whether the period asked for is named for this number: nearer to it than to any other."""
        start, end = self.facts.canvas.sentence_at(number.start)
        for mention in self.facts.mentions:
            if mention.time is not Time.WANTED or not start <= mention.start < end:
                continue
            low, high = (
                sorted((mention.end, number.start)) if mention.start < number.start else (number.end, mention.start)
            )
            if not any(low <= begin < high for begin, _ in self.runs):
                return True
        return False


_CLOSED = re.compile(r"\s*[)\]]")
TOTAL_AFTER = re.compile(r"^,? ?(?:in (?:all|total)|altogether|all told|overall)\b", re.I)
"""Words behind a number that make it the total."""
IN_ALL = re.compile(r"(?: [a-z]+){0,2},? ?(?:in (?:all|total)|altogether|all told|overall)\b", re.I)
"""The same from a place in the text on, with what was counted between: "381 kits in all"."""
UNPAINTED = str.maketrans(dict.fromkeys((BLANK, *Time), " "))
_PER_CENT_NEXT = re.compile(r" ?(?:%|per ?cent)")


def _of_another_kind(text: str, before: int, number: Number) -> bool:
    """Whether a percentage or a change follows a count, so that what was counted is what it is a share of."""
    if not isinstance(number, Fraction) and (number.signed or number.kind is Kind.POINTS):
        return True
    share = isinstance(number, Fraction) or number.kind is Kind.PERCENT
    return share and _PER_CENT_NEXT.match(text, before) is None


_REMARK = re.compile(r"^ ?\([^()]{0,80}\)")


def _tells(words: str) -> bool:
    """Whether words say what is counted."""
    return any(not vocabulary.is_filler(word.lower()) for word in _LETTERS.findall(words))


def _unbracketed(words: str) -> str:
    """The words after a number without a remark in brackets right behind it."""
    return _REMARK.sub(" ", words)

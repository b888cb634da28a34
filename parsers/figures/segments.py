"""Which words of a reply belong to which indicator."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from collector.domain.indicator import Basis
from collector.domain.period import Span
from collector.domain.submission import Asked
from parsers.figures import dates, vocabulary
from parsers.figures.canvas import Canvas
from parsers.figures.labels import Label, labels_of
from parsers.figures.merging import merged
from parsers.figures.periods import Time, take_times
from parsers.figures.sentences import parted
from parsers.figures.statuses import is_provisional

_QUOTED = re.compile(
    r"^\s*>(?!=?\s*\d[\d.,]*\s*%?\s*$)|^\s*On .{4,200} wrote: ?$|^-{2,}\s*(?:Original|Forwarded) Message", re.I
)
_GREETING = re.compile(
    r"^\W*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|morning|afternoon|evening|thanks for"
    r"|thank you for|figures (?:below|attached))\b[^\d]{0,120}$",
    re.I,
)
_CLOSING = re.compile(
    r"^\W*(?:(?:many|kind(?:est)?|best|warm|with|yours|all the|thank|speak|see) ){0,2}(?:thanks|regards"
    r"|wishes|best|cheers|you|sincerely|faithfully|soon|rgds|kr|br)"
    r"\b(?:[ ,]+(?:again|very much|and|regards|for your help|in advance))*\W*$|^sent from (?:my"
    r"|outlook)\b|^get outlook for\b|^-- ?$",
    re.I,
)
_RULE = re.compile(r"[\s|:+=-]*-{2,}[\s|:+=-]*")
"""The line below the head of a table drawn with dashes and bars."""
_GAPS = re.compile(r"(?<=\S) {3,}(?=\S)")
"""Wide gaps part the cells of a table that is aligned with spaces."""
_GAP = "   "
_SEMICOLONS = re.compile(r"[^;]{1,80}(?:;[^;]{0,40}){2,30}")
_BARS = re.compile(r"^\s*\|\s*|\s*\|\s*$")
_OWN_LABEL = re.compile(r"^\W*(?P<name>[^\W\d_][^:=\n\d]{2,60}?) ?[:=] ?[-+\u00a3]?\d")
_CELL_NAMES = re.compile(
    r"\b(?:target|actual|result|value|total|figure|numerator"
    r"|denominator|note|comment|commentary|of which|including|previous"
    r"|last|this|quarter|year|month|male|female|men|women|performance|outturn|ytd|cumulative|baseline|number|percentage|rate"
    r"|count|answer|return|average|rag|status)\b",
    re.I,
)
_CORRECTING = re.compile(
    r"\b(?:sorry|apologies|correction|corrected|make that|scrap that"
    r"|i mean|i meant|no,? wait|should (?:be|read|have been)|oops)\b",
    re.I,
)
_BULLET = re.compile(r"^\s*(?:[*\u25aa\u25cf\u25e6\u00b7o]|-(?=\s))\s+")


def _item(line: str) -> str:
    """A line without its bullet; one that begins with a small letter would be taken for the end of the line above."""
    item = _BULLET.sub("", line)
    return item if item == line else item[:1].upper() + item[1:]


_SALUTE = re.compile(
    r"^\s*(?:hi|hello|hey|dear|morning|afternoon|good \w+)\b(?: all| both| team| everyone)?[\s,.!:-]*", re.I
)
_PART_START = re.compile(r"(?:[;.]\s+|,\s+(?=\d{1,2}\)))")
_VALUE_FIRST = re.compile(r"\b(?:for|on|against|under|in)\s*(?:the\s+)?(?:indicator\s+)?\(?$", re.I)
_TIMES = re.compile(rf"{dates.QUARTER}|{dates.FINANCIAL_YEAR}|{dates.DATE}", re.I)
_DIGIT = re.compile(r"\d")
_A_RANGE = re.compile(r"\d{1,2} ?- ?£?[\d,.]+")
"""For a single question this is no list number with its answer: "1 - 4"."""
_JOINING = re.compile(r"^[\s,;.:|]*(?:and|&|plus|then)?[\s,;.:|]+|[\s,;|]+(?:and|&)?[\s,;|]*$", re.I)
_MOST_PARTS = 60
_LONGEST_HEADING = 300


@dataclass
class Segments:
    """The words for each code, what fits several codes, codes nobody knows, and what was left over.

    `unclaimed` is the part of what was left over that may hold figures: neither greeting nor signature, under no code;
    `said` is that and what stands under words that may have been taken for a label: neither under a code nor a title.
    `as_written` holds sentences that name a figure in their midst as they came, by their words without that name.
    """

    words: dict[str, list[str]] = field(default_factory=dict)
    ambiguous: list[tuple[tuple[str, ...], str]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    left_over: list[str] = field(default_factory=list)
    unclaimed: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    as_written: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Piece:
    label: Label | None
    words: str


#: Stands between a heading's time and the words below it, which alone are what was written for a measure.
HEADING_ENDS = "\u2063"


def without_heading(words: str) -> str:
    """The words alone, without the heading they stood under."""
    return words.rpartition(HEADING_ENDS)[2].strip() if HEADING_ENDS in words else words


def segment(text: str, asked: tuple[Asked, ...]) -> Segments:
    """Part a reply by what it names. Where one thing was asked, unlabelled words are about it."""
    return _Segmenter(asked).run(text)


class _Segmenter:
    def __init__(self, asked: tuple[Asked, ...]) -> None:
        self.labels = labels_of(asked)
        self.only = asked[0].code if len(asked) == 1 else None
        self.found = Segments()
        self.current: str | None = self.only
        self.signing_off = False
        self.header: list[str] | None = None
        self.heading = ""
        self.strange = False
        self.phrased: dict[str, int] = {}

    def run(self, text: str) -> Segments:
        for line in text.split("\n"):
            if not line.strip() or _QUOTED.search(line) or _RULE.fullmatch(line):
                continue
            line = _BARS.sub("", line) if "|" in line else line
            line = _GAPS.sub("\t", line) if _GAP in line else line
            if _CLOSING.search(line):
                self.signing_off = True
                self.found.left_over.append(line.strip())
            elif _GREETING.search(line) and not self.labels.codes_in(line):
                self.found.left_over.append(line.strip())
            else:
                self._line(self._as_cells(_item(line)))
        return self.found

    def _as_cells(self, line: str) -> str:
        """A row of comma-separated values with bars for its commas; "1,234" after a code and a comma are two cells."""
        if _SEMICOLONS.fullmatch(line.strip()) and "; " not in line:
            return line.strip().replace(";", " | ")
        if "," not in line:
            return line
        row = any(not line[: label.start].strip(' "') for label in self.labels.codes_in(line))
        comma = _COMMA_ROW.match(line) if row else _COMMA_HEADER.match(line)
        if comma is None:
            return line
        return " | ".join(quoted or plain for quoted, plain in _COMMA_CELL.findall(line.strip()))

    def _line(self, line: str) -> None:
        if self._is_header(line):
            return
        for piece in self._pieces(line):
            if piece.label is None:
                self._unlabelled(piece.words)
            else:
                # A line that names its own time is not the heading's, and one about several figures is a remark.
                own = self.heading and (len(piece.label.codes) > 1 or _TIMES.search(piece.words) is not None)
                heading = "" if own else self.heading
                self._labelled(piece.label, f"{heading}{HEADING_ENDS}{piece.words}" if heading else piece.words)

    def _unlabelled(self, words: str) -> None:
        if not words.strip():
            return
        if self.current and not self.only and self._names_another(words):
            self.current = None
        if self.current and not self.only and _says_a_number(words) and _CORRECTING.search(words):
            self.found.ambiguous.append((self.labels.meant(words, tuple(self.found.words)), words))
            return
        if not self.only and not self.signing_off and (self.current is None or words.rstrip().endswith(":")):
            self.heading = _heading(words) or self.heading
        if self.signing_off or self.current is None:
            self.found.left_over.append(words.strip())
            if not self.signing_off and not self.strange:
                self.found.unclaimed.append(words.strip())
                self.found.said.append(words.strip())
        else:
            self.found.words.setdefault(self.current, []).append(words)

    def _names_another(self, words: str) -> bool:
        """Whether a line sets its figure off under words of its own that nobody asked for: "Noise (to date): 610"."""
        own = _OWN_LABEL.match(words)
        name = _TIMES.sub(" ", own["name"]) if own else ""
        if not re.search(r"[^\W\d_]{4}", name) or _CELL_NAMES.search(name):
            return False
        return not self.labels.speaks_of(name, self.current or "")

    def _labelled(self, label: Label, words: str) -> None:
        self.signing_off = False
        self.strange = not label.codes
        if label.codes and label.by == "phrase":
            self.found.said.append(without_heading(words).strip())
        if not label.codes:
            self.found.unknown.append(label.by)
            self.found.left_over.append(words.strip())
            self.current = None
        elif len(label.codes) > 1:
            self.found.ambiguous.append((label.codes, words))
            self.current = None
        else:
            if label.by in ("phrase", "title") and _says_a_number(words):
                self.phrased[label.codes[0]] = self.phrased.get(label.codes[0], 0) + 1
                if self.phrased[label.codes[0]] > 1:
                    self.found.ambiguous.append((label.codes, words))
            self.current = label.codes[0]
            self.found.words.setdefault(self.current, []).append(words)

    def _pieces(self, line: str) -> Iterator[_Piece]:
        labels = self._labels_of(line)
        if not labels:
            yield _Piece(None, line)
            return
        lead = line[: labels[0].start]
        if _says_a_number(lead) and labels[0].by in ("code", "number"):
            yield from self._value_first(line, labels)
            return
        if lead.strip() and _says_a_number(lead):
            yield _Piece(None, lead)
            lead = ""
        lead = "" if _is_introduction(lead) else _SALUTE.sub("", lead)
        if self.only and lead.strip():
            yield _Piece(None, lead)
            lead = ""
        for label, following in zip(labels, [*labels[1:], None], strict=True):
            words = line[label.end : following.start if following else len(line)]
            words = _JOINING.sub("", words) if following else words.lstrip(" ):=,;|\t")
            words = self._under_header(line, label) or words
            if lead.strip():
                # A remark about several figures stays a sentence without their name; it is quoted with it.
                words = f"it {words}" if len(label.codes) > 1 else words
                self.found.as_written[f"{lead}{words}"] = line[: following.start if following else None].strip()
            yield _Piece(label, f"{lead}{words}")

    def _value_first(self, line: str, labels: list[Label]) -> Iterator[_Piece]:
        """'153 for DA06 and 91% for DA07'; without the "for" it could be read either way."""
        starts = [0, *(label.end for label in labels[:-1])]
        leads = [line[start : label.start] for start, label in zip(starts, labels, strict=True)]
        tail = line[labels[-1].end :]
        if self.only or (all(_VALUE_FIRST.search(lead) for lead in leads) and not _says_a_number(tail)):
            for label, lead in zip(labels, leads, strict=True):
                yield _Piece(label, _JOINING.sub("", _VALUE_FIRST.sub("", lead)))
            if tail.strip(" .,;"):
                yield _Piece(None, tail)
            return
        codes = tuple(dict.fromkeys(code for label in labels for code in label.codes))
        yield _Piece(Label(codes, 0, len(line), "order") if len(codes) > 1 else labels[0], line)

    def _labels_of(self, line: str) -> list[Label]:
        starts = [0, *(m.end() for m, _ in zip(_PART_START.finditer(line), range(_MOST_PARTS), strict=False))]
        codes = self.labels.codes_in(line)
        found = [*codes, *self.labels.unknown_in(line, starts)]
        if not self.signing_off:
            coded = {label.start for label in codes}
            found += [label for start in starts if start not in coded and (label := self._named_at(line, start))]
        return merged(line, sorted(found, key=lambda label: (label.start, -label.end)))

    def _named_at(self, line: str, start: int) -> Label | None:
        number = self.labels.number_at(line, start)
        if number is not None and not (self.only and _A_RANGE.fullmatch(line[start:].strip())):
            return number
        return None if self.only else self.labels.title_at(line, start)

    def _is_header(self, line: str) -> bool:
        """The head of a pasted table: cells that name columns and hold no figures."""
        if self.only:
            return False
        cells = _cells(line)
        if not cells and _SPACED_HEAD.fullmatch(line.strip()):
            cells = line.split()
        enough = len(cells) > 2 or (len(cells) == 2 and _NAMES.fullmatch(cells[0]) is not None)
        if not enough or self._labels_of(line) or _DIGIT.search(_TIMES.sub("", line)):
            return False
        self.header = cells
        return True

    def _under_header(self, line: str, label: Label) -> str:
        """The cells of a table row after its label, each with the name of its column; empty where there is no table."""
        cells = (_cells(line) or line.split()) if self.header else []
        if self.header is None or not 2 <= len(cells) <= len(self.header):
            return ""
        if not _cells(line):
            at = len(line[: label.end].split())
            return "\n".join(f"{name}: {cell}" for name, cell in list(zip(self.header, cells, strict=False))[at:])
        at = len(_CELL_END.findall(line[: label.end].rstrip(" \t|")))
        own = _CELL_END.split(line[label.end :])[0] if not _CELL_END.search(line[label.end - 1]) else ""
        named = [f"{name}: {cell}" for name, cell in list(zip(self.header, cells, strict=False))[at + 1 :] if cell]
        return "\n".join([own.strip(), *named])


_SPACED_HEAD = re.compile(
    r"(?:code|ref|kpi|id|no\.?|measure|indicator)\s+(?:(?:q[1-4]|jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|target|actual|total"
    r"|value|ytd)\s*){2,}",
    re.I,
)
"""The head of a table whose cells only a space parts: it names nothing but codes, times and the like."""
_NAMES = re.compile(r"(?:code|ref(?:erence)?|indicator|measure|kpi|id|name|title|description)s?\W*", re.I)
"""What the first column of a table of two is called."""
_COMMA_ROW = re.compile(r'\s*"?[\w-]{1,12}"?,(?=\S)')
_COMMA_HEADER = re.compile(
    r'\s*"?(?:code|ref(?:erence)?|indicator|measure|kpi|id|name|title|description)s?"?,(?=\S)', re.I
)
_COMMA_CELL = re.compile(r'(?:^|,)(?:"([^"]*)"|([^,]*))')
_CELL_END = re.compile(r"[\t|]")


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in _CELL_END.split(line)] if _CELL_END.search(line) else []


_NO_HOME = Span(date(2000, 1, 1), date(2000, 1, 1))
"""Headings are judged against the period asked for where the figure is read, not here."""


def _heading(words: str) -> str:
    """The times that a line above the figures names, as a label for each figure below; dates of days name none."""
    times = take_times(Canvas(parted(words[:_LONGEST_HEADING])), _NO_HOME, Basis.QUARTER)
    times = [m for m in times if m.span is None or m.span.start != m.span.end]
    past = [m for m in times if m.time is Time.OTHER and not re.search(r"\d", m.words)]
    named = [m.words for m in times if m.time is not Time.WANTED and (m not in past or words.rstrip().endswith(":"))]
    return f"{named[-1]}: " if named else ""


def _is_introduction(lead: str) -> bool:
    """Words that only lead up to the figures: "Quick one from the office:"."""
    telling = (vocabulary.NARROWING, vocabulary.DOUBTING, vocabulary.SECOND_THOUGHTS)
    if not lead.rstrip().endswith(":") or any(words.search(lead) for words in telling) or is_provisional(lead):
        return False
    return not take_times(Canvas(lead[:_LONGEST_HEADING]), _NO_HOME, Basis.QUARTER) and "target" not in lead.lower()


def _says_a_number(words: str) -> bool:
    return _DIGIT.search(words) is not None and _DIGIT.search(_TIMES.sub("", words)) is not None

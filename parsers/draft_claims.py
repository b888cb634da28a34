"""What the sentences of a draft claim about our indicators, read with the grammar of the figures' reader."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from collector.domain.draft import Claimed, Direction, Draft, Role, Statement
from collector.domain.indicator import Basis
from collector.domain.period import Span
from collector.domain.submission import Asked
from parsers.draft_beyond import beyond, denies, is_about, is_from_to, states
from parsers.draft_titles import Titles
from parsers.figures.canvas import LONGEST, Canvas, tidy
from parsers.figures.labels import Labels
from parsers.figures.periods import Mention, take_times
from parsers.figures.quantities import Quantity, in_digits, take_quantities
from parsers.figures.sentences import parted
from parsers.figures.units import Kind

_DIGIT = re.compile(r"\d")
_DIRECTIONS = (
    (
        Direction.OFF_TARGET,
        r"(?:miss(?:ed|ing)?|fell short of|below|off|(?:not|n't) (?:meet|met|reach|reached|achieved?))"
        r" (?:the |its |our )?targets?",
    ),
    (
        Direction.ON_TARGET,
        r"(?:exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|met|meets|meeting|reach(?:ed|ing)?|achiev(?:ed|ing)|beat|beating"
        r"|on|above|ahead of|better than)(?: the| its| our)? targets?"
        r"|targets? (?:was |were |been |is )?(?:met|exceeded|reached)\b",
    ),
    (
        Direction.DOWN,
        r"(?:reduc(?:e|es|ed|ing|tions?)|decreas(?:e|es|ed|ing)|declin(?:e|es|ed|ing)|f(?:a|e)ll(?:s|en|ing)?|drop(?:s|ped)?"
        r"|lower(?:ed)?|fewer|cut|down)\b",
    ),
    (
        Direction.UP,
        r"(?:increas(?:e|es|ed|ing)|r(?:ise|ises|ose|isen|ising)|gr(?:ew|own|ow|owth|owing)"
        r"|higher(?! risks?\b| levels?\b| education\b)|doubled"
        r"|up(?! to))\b",
    ),
    (Direction.BETTER, r"improv(?:e|es|ed|ing|ements?)\b"),
    (Direction.WORSE, r"(?:worsen(?:s|ed|ing)?|deteriorat(?:e|ed|ing|ion)|worse)\b"),
)
_SAID = tuple((direction, re.compile(rf"\b{words}", re.I)) for direction, words in _DIRECTIONS)
_QUARTER_COMMA = re.compile(r"\b(Q[1-4]),\s*(?=\d{4})", re.I)
#: What somebody means to do has not happened: "Reduce re-offending" as a heading, "we aim to reduce".
_INTENDED = re.compile(
    r"(?:^\W*|\b(?:to|will|must|should|can|and) )(?:reduce|decrease|increase|improve|cut|lower|raise|grow)\b", re.I
)
#: "A 5% reduction target": what is aimed at is no claim that it happened.
_AIM = re.compile(r"\b(?:target|aim|goal|limit|threshold|benchmark)s?\b[^.;\d]{0,30}$|[<>] ?$", re.I)
#: A table's cell with more words than this says itself what it is about.
_FEW_WORDS = 3
_WORD = re.compile(r"[^\W\d_]{2,}")
_TARGET_COLUMN = re.compile(r"\btargets?\b", re.I)
#: So many letters are alike in the forms of a word: "reduced", "reduction".
_ALIKE = 4
_AIM_BEHIND = re.compile(r"^ ?(?:%|per cent)? ?(?:target|limit|benchmark)\b", re.I)
_CHANGE_BEHIND = re.compile(
    r"^ ?(?:%|per cent)? ?(?:reduction|increase|decrease|rise|fall|drop|growth|decline|improvement)", re.I
)
_CHANGE_BEFORE = re.compile(
    r"\b(?:reduced|increased|decreased|rose|fell|dropped|grew|up|down|reduction|increase|decrease|fall|rise|drop|improved)"
    r"(?: of| by)(?: (?:about|around|nearly|almost|over))?\s*$",
    re.I,
)


def statements(draft: Draft, asked: Sequence[Asked], home: Span) -> list[Statement]:
    """Every sentence of a draft that holds a number or says which way something went.

    `home` are the days of the quarter that it was written after: "the last quarter" is understood from there.
    """
    reader = _Reader(asked, home)
    paragraphs = enumerate(draft.paragraphs)
    return [
        found
        for at, words in paragraphs
        for each in _of_paragraph(at, words, reader)
        for found in (_in_table(each, *draft.cells[at], reader) if at in draft.cells else each,)
    ]


class _Reader:
    """What every sentence of a draft is read with."""

    def __init__(self, asked: Sequence[Asked], home: Span) -> None:
        self.labels, self.titles, self.home = Labels(tuple(asked)), Titles(asked), home
        self._plain = {each.code: _INTENDED.sub(" ", each.title) for each in asked}

    def meant(self, sentence: str, readable: str) -> tuple[str, ...]:
        """The indicators whose codes it names, else whose titles it fits."""
        codes = tuple(dict.fromkeys(code for label in self.labels.codes_in(readable) for code in label.codes))
        return codes or self.titles.meant(sentence)

    def title_words(self, codes: Sequence[str]) -> str:
        """The titles of some indicators without what they mean to do."""
        return " ".join(self._plain[code] for code in codes)


def _of_paragraph(place: int, paragraph: str, reader: _Reader) -> Iterator[Statement]:
    for sentence in (each for piece in _pieces(paragraph) for each in parted(tidy(piece)[0]).split("\n")):
        readable = _QUARTER_COMMA.sub(r"\1 ", in_digits(sentence))
        if _directions(sentence) or _DIGIT.search(readable) or states(sentence):
            yield _read(place, sentence, readable, reader)


def _in_table(found: Statement, row: str, column: str, reader: _Reader) -> Statement:
    """A bare figure in a table is about what its row is called, at the time that its column names."""
    if found.codes or len(_WORD.findall(found.words)) > _FEW_WORDS:
        return found
    claimed = found.claimed
    if _TARGET_COLUMN.search(column):
        claimed = tuple(replace(each, role=Role.TARGET) for each in claimed)
    times = take_times(Canvas(_QUARTER_COMMA.sub(r"\1 ", in_digits(column))), reader.home, Basis.QUARTER)
    return replace(found, codes=reader.meant(row, row), claimed=claimed, span=found.span or _span(times))


def _pieces(paragraph: str) -> Iterator[str]:
    """A paragraph no longer than what is read at once; a longer one in pieces, so that none of it is passed over."""
    while len(paragraph) > LONGEST:
        end = max(paragraph.rfind(". ", 0, LONGEST), 0) + 1
        end = end if end > 1 else LONGEST
        yield paragraph[:end]
        paragraph = paragraph[end:]
    yield paragraph


def _directions(sentence: str, titles: str = "") -> tuple[Direction, ...]:
    """What is said to have happened; the words that say it of a target hide those that say it of a figure.

    A word that stands in the indicator's own title ("risk reduced") says nothing about its figure the first time.
    """
    left, found = sentence, []
    for direction, pattern in _SAID:
        in_title = {m[0][:_ALIKE].lower() for m in pattern.finditer(titles)}
        said = [m[0][:_ALIKE].lower() for m in pattern.finditer(left)]
        named = next((at for at, word in enumerate(said) if word in in_title), None)
        if len(said) > (named is not None):
            found.append(direction)
        left = pattern.sub(" ", left)
    return tuple(found)


def _read(place: int, sentence: str, readable: str, reader: _Reader) -> Statement:
    canvas = Canvas(readable)
    codes = reader.meant(sentence, readable)
    titles = reader.title_words(codes)
    named = set(re.findall(r"\d+", titles))
    directions = _directions(_INTENDED.sub(" ", sentence), titles)
    times = take_times(canvas, reader.home, Basis.QUARTER)
    numbers = [each for each in take_quantities(canvas) if str(each.value) not in named or each.kind is Kind.PERCENT]
    claimed = tuple(_claimed(each, readable) for each in numbers)
    said = Statement(place, sentence, codes, claimed, directions, _span(times), beyond(sentence), denies(sentence))
    return replace(said, went=_went(said))


def _went(said: Statement) -> tuple[Claimed, Claimed] | None:
    """Two figures of which the sentence says that the one became the other."""
    figures = [each for each in said.claimed if each.role is Role.FIGURE]
    if len(figures) != 2 or not is_from_to(in_digits(said.words), figures[0].words, figures[1].words):
        return None
    return figures[0], figures[1]


def _span(times: Sequence[Mention]) -> Span | None:
    spans = {mention.span for mention in times if mention.span is not None}
    return spans.pop() if len(spans) == 1 else None


def _claimed(quantity: Quantity, sentence: str) -> Claimed:
    before, behind = sentence[: quantity.start], sentence[quantity.end :]
    role = Role.FIGURE
    if _AIM.search(before) or _AIM_BEHIND.match(behind):
        role = Role.TARGET
    elif _CHANGE_BEHIND.match(behind) or _CHANGE_BEFORE.search(before):
        role = Role.CHANGE
    about = is_about(before)
    is_percent = quantity.kind in (Kind.PERCENT, Kind.POINTS)
    return Claimed(
        quantity.value, is_percent, role, sentence[quantity.start : quantity.end].strip(), quantity.decimals, about
    )

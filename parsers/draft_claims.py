"""What the sentences of a draft claim about our indicators, read with the grammar of the figures' reader."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from collector.domain.draft import Claimed, Direction, Draft, Role, Statement
from collector.domain.indicator import Basis
from collector.domain.period import Span
from collector.domain.submission import Asked
from parsers.figures.canvas import Canvas, tidy
from parsers.figures.labels import Labels
from parsers.figures.periods import Mention, take_times
from parsers.figures.quantities import Quantity, in_digits, take_quantities
from parsers.figures.sentences import parted
from parsers.figures.subject import match, telling_words
from parsers.figures.units import Kind

_DIGIT = re.compile(r"\d")
_DIRECTIONS = (
    (
        Direction.OFF_TARGET,
        r"(?:miss(?:ed|ing)?|fell short of|below|off|not (?:met|reached|achieved))"
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
_AIM = re.compile(r"\b(?:target|aim|goal|limit|threshold)s?\b[^.;\d]{0,30}$|[<>] ?$", re.I)
_AIM_BEHIND = re.compile(r"^ ?(?:%|per cent)? ?(?:target|limit)\b", re.I)
_CHANGE_BEHIND = re.compile(
    r"^ ?(?:%|per cent)? ?(?:reduction|increase|decrease|rise|fall|drop|growth|decline|improvement)", re.I
)
_CHANGE_BEFORE = re.compile(
    r"\b(?:reduced|increased|decreased|rose|fell|dropped|grew|up|down|reduction|increase|decrease|fall|rise|drop|improved)"
    r"(?: of| by)(?: (?:about|around|nearly|almost|over))?\s*$",
    re.I,
)
_WORD = r"[a-z0-9]+"
#: So many of a title's telling words have to be named, and this share of them, for a sentence to be about it.
_FEWEST, _SHARE = 2, 0.34


def statements(draft: Draft, asked: Sequence[Asked], home: Span) -> list[Statement]:
    """Every sentence of a draft that holds a number or says which way something went.

    `home` are the days of the quarter that it was written after: "the last quarter" is understood from there.
    """
    labels = Labels(tuple(asked))
    paragraphs = enumerate(draft.paragraphs)
    return [found for at, words in paragraphs for found in _of_paragraph(at, words, asked, labels, home)]


def _of_paragraph(
    place: int, paragraph: str, asked: Sequence[Asked], labels: Labels, home: Span
) -> Iterator[Statement]:
    for sentence in parted(tidy(paragraph)[0]).split("\n"):
        readable = _QUARTER_COMMA.sub(r"\1 ", in_digits(sentence))
        if _directions(sentence) or _DIGIT.search(readable):
            yield _read(place, sentence, readable, asked, labels, home)


def _directions(sentence: str, titles: str = "") -> tuple[Direction, ...]:
    """What is said to have happened; the words that say it of a target hide those that say it of a figure.

    A word that stands in the indicator's own title ("risk reduced") says nothing about its figure the first time.
    """
    left, found = sentence, []
    for direction, pattern in _SAID:
        said = list(pattern.finditer(left))
        in_title = min(1, len(said)) if pattern.search(titles) else 0
        if said[in_title:]:
            found.append(direction)
        left = pattern.sub(" ", left)
    return tuple(found)


def _read(
    place: int,
    sentence: str,
    readable: str,
    asked: Sequence[Asked],
    labels: Labels,
    home: Span,
) -> Statement:
    canvas = Canvas(readable)
    codes = tuple(dict.fromkeys(code for label in labels.codes_in(readable) for code in label.codes))
    codes = codes or _meant(sentence, asked)
    titles = " ".join(_INTENDED.sub(" ", each.title) for each in asked if each.code in codes)
    named = set(re.findall(r"\d+", titles))
    directions = _directions(_INTENDED.sub(" ", sentence), titles)
    times = take_times(canvas, home, Basis.QUARTER)
    numbers = [each for each in take_quantities(canvas) if str(each.value) not in named or each.kind is Kind.PERCENT]
    claimed = tuple(_claimed(each, readable) for each in numbers)
    return Statement(place, sentence, codes, claimed, directions, _span(times))


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
    is_percent = quantity.kind in (Kind.PERCENT, Kind.POINTS)
    return Claimed(quantity.value, is_percent, role, sentence[quantity.start : quantity.end].strip(), quantity.decimals)


def _meant(sentence: str, asked: Sequence[Asked]) -> tuple[str, ...]:
    """The indicators whose titles a sentence fits best: several where it fits them alike.

    A word counts for as much as it tells apart: one of the many titles that speak of offenders is not meant by it. A
    name that officers use for one counts beside.
    """
    said = f" {' '.join(re.findall(_WORD, sentence.lower()))} "
    titles = {each.code: telling_words(each) for each in asked}
    shared = Counter(word for words in titles.values() for word in words)
    best: dict[str, float] = {}
    for each in asked:
        named, words = match(sentence, "", each).named & titles[each.code], titles[each.code]
        weight, whole = (sum(1 / shared[word] for word in of) for of in (named, words))
        called = _called(said, each) / 2
        if called or (len(named) >= min(_FEWEST, len(words)) and words and weight / whole >= _SHARE):
            best[each.code] = weight + called
    most = max(best.values(), default=0)
    return tuple(code for code, fit in best.items() if fit == most)


def _called(said: str, asked: Asked) -> int:
    """How many words the longest short name or alias has, of two words or more, that stands in a sentence."""
    names = [re.findall(_WORD, alias.lower()) for alias in asked.aliases]
    return max((len(name) for name in names if len(name) >= _FEWEST and f" {' '.join(name)} " in said), default=0)

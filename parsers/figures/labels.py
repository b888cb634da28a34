"""How a sender names an indicator: by its code, by the number in the reminder, or by words of its title."""

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from collector.domain.submission import Asked
from parsers.figures.canvas import holds_any

_TOKEN = re.compile(r"\S+")
_EDGES = "\"'.,:;()[]*-"
_SMALL_WORDS = """the a an of in on for to and or by with who that are is was per from at as this"""
_STOP_WORDS = frozenset(_SMALL_WORDS.split())
_NUMBERED = re.compile(
    r"(?:(?:reminder |list |your )?(?:no\.?|number|item|line|row|question"
    r"|point|#) ?)?(\d{1,2})(?!:\d\d)(?: ?[:)]|\.(?=\s|$)| ?\t| ?\||\s-(?=\s)|\.\))\s*",
    re.I,
)
_SEPARATOR = re.compile(r"\s*(?:[:=|\t]|\s-\s|-\s)\s*")
_LABEL_END = re.compile(
    r"[:=|\t;%\d]|\s-(?:\s|$)"
    r"|\b(?=[wiaqnzWIAQNZ])(?i:(?:was|were|is|are)\b|q(?=[1-4])|(?=(?:nil|none|zero|not?)\b))"
)
_MEASURE = re.compile(r"([A-Z]{1,4}\d+)[a-z]", re.I)
_CODE_PARTS = re.compile(r"[A-Za-z]+|\d+|[^\w\s-]+|_+")
_UNKNOWN = re.compile(r"(?<![\w-])([A-Z]{2,4})[ -]?(\d{1,4})([a-z]?)(?![\w%]|[.,]\d)")
_SET_OFF_CODE = re.compile(r"\s*[:=]")
_THEN_FIGURE = re.compile(r"\s*[|\t-]|\s+\S{0,20}\d")
_NO_CODES = """QTR FY KS YR EXT TEL COVID IOM PC MS AM PM NO GP ISO APR MAY JUN JUL AUG SEP OCT NOV DEC JAN FEB MAR
IN ON OF"""
_NEVER_CODES = frozenset(_NO_CODES.split())
_SHORTEST_OPENING = 3
_A_LINE_OF_ITS_OWN = 5
_OWN_NAME = re.compile(r"\W*(?P<name>(?:[^\W\d_][\w'&-]*[ :=-]+){1,3})\d")
_LONGEST_LABEL_WORDS = 14
_LONGEST_LABEL = 200


@dataclass(frozen=True)
class Label:
    """Words from `start` to `end` that name one of `codes`; several codes: the words fit each of them."""

    codes: tuple[str, ...]
    start: int
    end: int
    by: str


class Labels:
    """Finds the names of what was asked in a line."""

    def __init__(self, asked: tuple[Asked, ...]) -> None:
        self.by_number = {each.number: each.code for each in asked if each.number}
        self._codes = {_plain_code(each.code): each.code for each in asked if re.search(r"[A-Za-z]", each.code)}
        self._pattern = _code_pattern(tuple(self._codes.values()))
        self._openings = tuple({_CODE_PARTS.findall(code)[0].lower() for code in self._codes.values()})
        self._split = _split_codes(tuple(self._codes.values()))
        self._parents = _code_pattern(tuple(self._split))
        self._shortest = min((len(digits[0]) for code in self._codes if (digits := re.search(r"\d+", code))), default=2)
        self._families = {m[0].upper() for code in self._codes if (m := re.match(r"[a-z]+", code))}
        self._names = [(each.code, _name(name)) for each in asked for name in (each.title, *each.aliases) if name]
        self._first_words = {words[0] for _, words in self._names if words}
        self._bags = {each.code: _bag(" ".join((each.title, *each.aliases))) for each in asked}

    def codes_in(self, line: str) -> list[Label]:
        """Every known code in a line; the code of a split indicator names each of its measures."""
        found: list[Label] = []
        if not holds_any(line.lower(), self._openings):
            return found
        for m in self._pattern.finditer(line) if self._pattern else ():
            found.append(Label((self._codes[_plain_code(m[0])],), m.start(), m.end(), "code"))
        for m in self._parents.finditer(line) if self._parents else ():
            found.append(Label(self._split[_plain_code(m[0])], m.start(), m.end(), "code"))
        return sorted(found, key=lambda label: label.start)

    def unknown_in(self, line: str, starts: list[int]) -> list[Label]:
        """Code-shaped words in nobody's list: at the start of a part and set off as a label, or of a known family."""
        found: list[Label] = []
        if not any(char.isalpha() for code in self._codes for char in code):
            # Nothing that was asked has a code: what looks like one is a name, as DM01 is of a return.
            return found
        for m in _UNKNOWN.finditer(line):
            letters = m[1].upper()
            known = _plain_code(m[0]) in self._codes or _plain_code(m[0]) in self._split
            if known or letters in _NEVER_CODES:
                continue
            set_off = _SET_OFF_CODE.match(line, m.end()) is not None
            short = len(m[2]) < min(2, self._shortest)
            labelling = not short and (set_off or (m.start() in starts and _THEN_FIGURE.match(line, m.end())))
            if labelling or (letters in self._families and not short):
                found.append(Label((), m.start(), m.end(), m[0]))
        return found

    def number_at(self, line: str, start: int) -> Label | None:
        """A list number that the line clearly starts with: "1. 153", "2) 91%", "3: nil"."""
        found = _NUMBERED.match(line, start)
        if found is None or int(found[1]) not in self.by_number or not line[found.end() :].strip():
            return None
        return Label((self.by_number[int(found[1])],), start, found.end(), "number")

    def meant(self, words: str, codes: tuple[str, ...]) -> tuple[str, ...]:
        """Which of some codes words are about: the one whose title alone they speak of, else all of them."""
        said = [word for word in _words(words) if word not in _STOP_WORDS and len(word) > 2]
        hits = {code: sum(1 for word in said if _among(word, self._bags[code])) for code in codes}
        most = max(hits.values(), default=0)
        best = tuple(code for code, count in hits.items() if count == most)
        return best if most else codes

    def speaks_of(self, words: str, code: str) -> bool:
        """Whether any of some words is of a title's."""
        said = [word for word in _words(words) if word not in _STOP_WORDS and len(word) > 2]
        return any(_among(word, self._bags.get(code, frozenset())) for word in said)

    def may_name_another(self, words: str, code: str) -> bool:
        """Whether a line that follows what was said for a code may give a figure under a name we do not know.

        It is short ("PCSOs 29.6 FTE"), or opens with a name that is none of that code's ("KSI 14, no children").
        """
        opening = _OWN_NAME.match(words)
        named = opening is not None and not self.speaks_of(opening["name"], code)
        return named or len(words.split()) <= _A_LINE_OF_ITS_OWN

    def title_at(self, line: str, start: int) -> Label | None:
        """The title, an opening of it, or words that only one title has, misspelt or not."""
        return self._opening(line, start) or self._phrase(line, start)

    def _opening(self, line: str, start: int) -> Label | None:
        first = _TOKEN.search(line, start)
        opening = first[0].lower().strip(_EDGES) if first else ""
        begun = {word for word in self._first_words if opening and _alike(opening, word)}
        names = [(code, words) for code, words in self._names if words[:1] and words[0] in begun]
        if not names:
            return None
        tokens = [_token(m) for m, _ in zip(_TOKEN.finditer(line, start), range(40), strict=False)]
        tokens = [token for token in tokens if token[2].strip(_EDGES)]
        best: dict[str, int] = {}
        for code, words in names:
            length = _matching(tokens, words)
            if length >= min(_SHORTEST_OPENING, len(words)) and length > best.get(code, 0):
                best[code] = length
        if not best:
            return None
        longest = max(best.values())
        codes = tuple(code for code, length in best.items() if length == longest)
        end = tokens[longest - 1][1]
        while line[end - 1] in ":-," and end > start + 1:
            end -= 1
        return Label(codes, start, end, "title")

    def _phrase(self, line: str, start: int) -> Label | None:
        """A few telling words before a separator or a number, all of them from one title."""
        cut = _LABEL_END.search(line, start, start + _LONGEST_LABEL)
        if cut is None:
            return None
        phrase = line[start : cut.start()]
        words = _words(phrase)
        if not 0 < len(words) <= _LONGEST_LABEL_WORDS:
            return None
        telling = [
            part for word in words for part in re.split(r"[-/]", word) if part not in _STOP_WORDS and len(part) > 1
        ]
        if not telling:
            return None
        hits = {code: sum(1 for word in telling if _among(word, bag)) for code, bag in self._bags.items()}
        most = max(hits.values(), default=0)
        if most < len(telling):
            return None
        codes = tuple(code for code, count in hits.items() if count == most)
        separated = _SEPARATOR.match(line, start + len(phrase.rstrip()))
        if len(telling) < 2 and (not separated or len(telling[0]) < 3):
            return None
        if len(codes) > 1 and not separated:
            return None
        return Label(codes, start, start + len(phrase.rstrip()), "phrase")


@lru_cache(maxsize=64)
def labels_of(asked: tuple[Asked, ...]) -> Labels:
    """The names of what was asked: a reply is looked through for them more than once."""
    return Labels(asked)


def _plain_code(code: str) -> str:
    return "".join(code.split()).replace("-", "").lower()


def _split_codes(codes: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The plain codes of split indicators, each with its measures: "AB01" where AB01a and AB01b are asked."""
    split: dict[str, tuple[str, ...]] = {}
    for code in codes:
        parent = _MEASURE.fullmatch(code)
        if parent and _plain_code(parent[1]) not in {_plain_code(each) for each in codes}:
            split[_plain_code(parent[1])] = (*split.get(_plain_code(parent[1]), ()), code)
    return {parent: measures for parent, measures in split.items() if len(measures) > 1}


@lru_cache(maxsize=256)
def _code_pattern(codes: tuple[str, ...]) -> re.Pattern[str] | None:
    """One pattern for all codes, with or without a space or hyphen between letters and digits."""
    if not codes:
        return None
    spelled = (
        r"[ -]?".join(re.escape(part) for part in _CODE_PARTS.findall(code))
        for code in sorted(codes, key=len, reverse=True)
    )
    return re.compile(rf"(?<![\w-])(?:{'|'.join(spelled)})(?![\w]|-\d)", re.I)


@lru_cache(maxsize=2048)
def _bag(text: str) -> frozenset[str]:
    return frozenset(
        part for word in _words(text) for part in (word, *re.split(r"[-/]", word)) if part not in _STOP_WORDS
    )


@lru_cache(maxsize=2048)
def _name(text: str) -> tuple[str, ...]:
    """The words of a name: the same names are looked for in every line of every reply."""
    return tuple(_words(text))


def _words(text: str) -> list[str]:
    return [word for found in _TOKEN.finditer(text.lower()) if (word := found[0].strip(_EDGES))]


def _token(found: re.Match[str]) -> tuple[int, int, str]:
    return found.start(), found.end(), found[0]


def _matching(tokens: list[tuple[int, int, str]], words: tuple[str, ...]) -> int:
    """How many tokens from the first on spell the words of a name, in order."""
    length = 0
    for (_, _, token), word in zip(tokens, words, strict=False):
        if not _alike(token.lower().strip(_EDGES), word):
            break
        length += 1
    return length


def _alike(said: str, word: str) -> bool:
    """The same word, or one with its letters slightly out of order or mistyped."""
    if said == word:
        return True
    if abs(len(said) - len(word)) > 2 or len(word) < 2 or (word.isdigit() or said.isdigit()):
        return False
    distance = OSA.distance(said, word, score_cutoff=3)
    if distance <= 3 and sorted(said) == sorted(word):
        return True
    return distance <= (0 if len(word) < 4 else 1 if len(word) < 8 else 2)


def _among(said: str, bag: frozenset[str]) -> bool:
    if said in bag or said.rstrip("s") in bag or f"{said}s" in bag:
        return True
    if any(char.isdigit() for char in said):
        return False
    stem = max(4, min(len(said) - 3, 6))
    return any(
        (len(word) >= stem and len(said) >= 5 and word[:stem] == said[:stem]) or _alike(said, word)
        for word in bag
        if len(word) > 3
    )

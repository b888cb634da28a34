"""What a stretch of words is about, weighed against the title of what was asked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from collector.domain.submission import Asked
from parsers.figures import vocabulary
from parsers.figures.abbreviations import SPELLED_OUT
from parsers.figures.grades import MEASURED, paired, sides
from parsers.figures.quantities import in_digits, word_value

_TOKEN = re.compile(r"[^\W\d_][^\W\d_]*(?:['&/.-][^\W\d_]+)*|\d{1,2}\+\d\b|\d+(?:,\d{3})*(?:\.\d+)?")
_NUMBER = re.compile(r"\d")
_LONGEST_SCOPE = 400
_NEAR = 4
"""Strange words so near to a number say what it counts; farther off they tell who did what."""
_ACRONYM = re.compile(r"[A-Z][A-Z&]{1,5}s?")
_NOT = frozenset(
    ["not", "non", "without", "never", "no", "un", "isn't", "aren't", "wasn't", "weren't", "didn't", "don't", "doesn't"]
)


@dataclass(frozen=True)
class Match:
    """How words fit a title.

    `named` are the title's telling words they name, a word with its number ("60 minutes") as one; `strange` are telling
    words near by that the title does not know; `against` says that they contradict it: another grade, a negation, the
    other side of a limit.
    """

    named: frozenset[str]
    strange: frozenset[str]
    against: bool


@dataclass(frozen=True)
class _Title:
    words: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    negated: bool
    denied: frozenset[str]
    sides: frozenset[str]
    initials: dict[str, frozenset[str]]


def match(before: str, after: str, asked: Asked) -> Match:
    """What the words before and after a number have in common with the title asked about."""
    return _match(before[-_LONGEST_SCOPE:], after[:_LONGEST_SCOPE], asked)


@lru_cache(maxsize=4096)
def _match(before: str, after: str, asked: Asked) -> Match:
    words = f"{before} | {after}"
    title = _title(asked)
    near = {*tokens_of(before)[-_NEAR:], *tokens_of(after)[:_NEAR]}
    tokens = tokens_of(words)
    named: set[str] = set()
    strange: set[str] = set()
    for token in tokens:
        found = _named_by(token, title)
        if found:
            named |= found
        elif token in near and not _idle(token):
            strange.add(token.lower())
    strange |= {found[0].lower() for found in _LETTERED.finditer(words)}
    named |= _spelled_out(tokens, title)
    said = paired([token.lower() for token in tokens])
    named |= {
        f"{number} {word}" for word, number in title.pairs if any(n == number and _same(w, word) for w, n in said)
    }
    return Match(frozenset(named), frozenset(strange), _against(words, tokens, title, named))


_LETTERED = re.compile(r"\b[B-GJ-NPR-W](?=(?:(?:,| and) [A-Z]){0,4} [a-z])")
"""Letters that name a kind, "B and C roads"."""


def without_words_of(words: str, asked: Asked) -> str:
    """Some words without those that name words of the title."""
    title = _title(asked)
    return _TOKEN.sub(lambda found: "" if _named_by(found[0], title) else found[0], words)


def has_a_limit(asked: Asked) -> bool:
    """Whether the title names a limit: "over 12 months"."""
    return bool(_title(asked).sides)


def says_a_limit(words: str) -> bool:
    """Whether words name one."""
    return bool(sides([token.lower() for token in tokens_of(words)]))


def telling_words(asked: Asked) -> frozenset[str]:
    """The telling words of the title."""
    return _title(asked).words


@lru_cache(maxsize=512)
def places_of(asked: Asked) -> frozenset[str]:
    """The words of a place that a title names: "Crimes recorded in West Dereham"."""
    named = (part for found in _IN_A_PLACE.findall(asked.title) for part in found.split())
    return frozenset(word.lower() for word in named)


_IN_A_PLACE = re.compile(r"\b(?:in|at|from|across|within|to) (?:the )?([A-Z][a-z']+(?: [A-Z][a-z']+)*)")


@lru_cache(maxsize=512)
def words_in_order(asked: Asked) -> tuple[str, ...]:
    """The telling words of the title as they follow each other."""
    tokens = [part for token in tokens_of(asked.title) for part in re.split(r"[-/]", token.lower())]
    return tuple(token for token in tokens if token in _title(asked).words)


def acronyms_of(asked: Asked) -> Mapping[str, frozenset[str]]:
    """The acronyms that words of the title could have, each with those words."""
    return _title(asked).initials


@lru_cache(maxsize=512)
def shares_named(asked: Asked) -> frozenset[Decimal]:
    """Percentages that the title itself names: "90% of stay on a stroke unit"."""
    found = _IN_TITLE.finditer(" ".join((asked.title, *asked.aliases)))
    return frozenset(Decimal(each["number"].rstrip(".,").replace(",", "")) for each in found if each["percent"])


@lru_cache(maxsize=512)
def numbers_of(asked: Asked) -> frozenset[str]:
    """The numbers that the title itself holds, as they are written: "rank (of 43)"."""
    return frozenset(each["number"].rstrip(".,") for each in _IN_TITLE.finditer(asked.title))


_A_ROLLING_YEAR = re.compile(r"\b12[- ]months? (?:to|ending|ended|rolling)\b|\brolling 12[- ]months?\b", re.I)
"""A title's own "12 months" that says what period its figure covers, rather than what it counts."""
_IN_TITLE = re.compile(
    r"(?:(?P<before>[^\W\d_]{2,})[ -]+)?(?<![\w.,])(?P<number>\d[\d,.]*)(?P<percent> ?(?:%|per ?cent))?"
    r"(?:(?: (?:of|the|a|or|more|plus))*[ -]+(?P<after>[^\W\d_]{2,}))?",
    re.I,
)


@lru_cache(maxsize=512)
def numbers_named(asked: Asked) -> re.Pattern[str] | None:
    """Numbers that belong to the title ("within 8 weeks", "999 calls"), with the word beside them; None without any."""
    found = []
    for each in _IN_TITLE.finditer(in_digits(" ".join((asked.title, *asked.aliases)))):
        before, after, number = each["before"] or "", each["after"] or "", re.escape(each["number"].rstrip(".,"))
        a_year = number == "12" and after.lower().startswith("month") and _A_ROLLING_YEAR.search(asked.title)
        if before.lower() == "per" or re.fullmatch(r"(?:19|20)\d\d", number) or a_year:
            continue
        if len(after) > 2 and after.lower() not in _SMALL:
            found.append(rf"{number} ?(?:%|per ?cent)?(?: (?:of|the|a|or|more|plus))*[ -]{re.escape(after[:5])}\w*")
            if after.lower().startswith(_LENGTHS):
                found.append(rf"\b{re.escape(after[:3])}\w* {number}(?![\d.,%])")
        if len(before) > 2 and before.lower() not in _SMALL and not each["percent"]:
            found.append(rf"\b{re.escape(before[:5])}\w*[ -]{number}(?![\d.,%])(?: ?(?:-|to|and) ?\d{{1,2}}\b)?")
    if _TWELVE_MONTHS.search(asked.title):
        found.append(r"(?:the )?(?:latest )?rolling(?:[- ](?:12|twelve)[- ]months?|[- ]year)?\b")
    return re.compile(rf"(?<![\w.,])(?:{'|'.join(found)})", re.I) if found else None


_TWELVE_MONTHS = re.compile(
    r"\b(?:in|over|within|during) the (?:last|past|previous|preceding) (?:12|twelve) months\b", re.I
)
"""A title's stretch of time that a reply calls the rolling year."""


def _same(said: str, word: str) -> bool:
    return vocabulary.same_word(said, word) or (len(said) == 1 and word.startswith(said))


def tokens_of(words: str) -> list[str]:
    """The words and numbers of a text in their order, number words as digits."""
    found = []
    for each in _TOKEN.findall(words):
        value = word_value(each.lower())
        found.append(str(value) if value is not None else each)
    return found


def _idle(token: str) -> bool:
    """Whether a word tells nothing of what is counted."""
    lowered = token.lower().strip("'-/&.")
    return len(lowered) < 2 or vocabulary.is_filler(lowered) or _NUMBER.match(token) is not None


def _named_by(token: str, title: _Title) -> frozenset[str]:
    """The words of the title that one word names."""
    parts, acronym = parts_of(token), acronym_in(token)
    if parts and acronym in title.initials:
        return title.initials[acronym]
    named = frozenset(word for part in parts for word in title.words if vocabulary.same_word(part, word))
    if named or acronym not in SPELLED_OUT:
        return named
    meant = SPELLED_OUT[acronym].split()
    spelt = frozenset(word for said in meant for word in title.words if vocabulary.same_word(said, word))
    return spelt if 2 * len(spelt) >= len(meant) else frozenset()


def parts_of(token: str) -> tuple[str, ...]:
    """A word and the parts of a compound, in small letters; none where it tells nothing of what is counted."""
    lowered = token.lower().strip("'-/&.")
    if _NUMBER.match(token) or vocabulary.is_empty(lowered):
        return ()
    parts = re.split(r"[-/&]", lowered)
    return (lowered, *(part for part in parts if len(part) > 2 and part.removesuffix("s") not in MEASURED))


def acronym_in(token: str) -> str:
    """What a word stands for in capitals, without its plural: "NEETs" is NEET; "" where it is none."""
    return token.rstrip("s").replace("&", "") if _ACRONYM.fullmatch(token) else ""


def _spelled_out(tokens: list[str], title: _Title) -> set[str]:
    """Acronyms of the title whose words are written out here: "Referral to Treatment" for RTT."""
    acronyms = [word for word in title.words if may_be_spelled_out(word)]
    if not acronyms:
        return set()
    return {
        word
        for word in acronyms
        for letters in first_letters(tokens)
        if word in letters or word.removesuffix("s") in letters
    }


def may_be_spelled_out(word: str) -> bool:
    """Whether a word of a title could be an acronym."""
    return 2 < len(word) <= 5 and word.isalpha()


def first_letters(tokens: list[str]) -> tuple[str, str]:
    """The first letters of all words, and of those that are no fillers."""
    telling = (token[0].lower() for token in tokens if not vocabulary.is_filler(token.lower()))
    return "".join(token[0].lower() for token in tokens), "".join(telling)


_OPPOSITE = re.compile(r"(?:un|dis|non-?|in|ir|im)(?P<word>[a-z]{4,})")


_ANTONYMS = {
    "answered": "abandon", "abandoned": "answer", "kept": "missed", "missed": "kept",
    "passed": "fail", "failed": "pass",
    "accepted": "reject", "rejected": "accept", "arriving": "leav", "granted": "refus", "refused": "grant",
}  # fmt: skip
"""Words that say the other of two outcomes than a title's word that begins so."""


_YET_TO_BE = frozenset(["awaiting", "waiting", "outstanding", "pending", "backlog"])
"""Who awaits allocation is unallocated."""


def _is_opposite(token: str, title: _Title) -> bool:
    """As in "Unsafe" where the title says safe, and "safe" where it says unsafe."""
    found = _OPPOSITE.fullmatch(token)
    other = _ANTONYMS.get(token)
    if other and token not in title.words and any(word.startswith(other) for word in title.words):
        return True
    own = all(part in title.words for part in token.split("-")) or not title.words.isdisjoint(_YET_TO_BE)
    if found and not own and any(vocabulary.same_word(found["word"], word) for word in title.words):
        return True
    return any((said := _OPPOSITE.fullmatch(word)) is not None and said["word"] == token for word in title.words)


def _against(words: str, tokens: list[str], title: _Title, named: set[str]) -> bool:
    met = _NOT_MET.search(words)
    if met and not any(vocabulary.same_word(met[0].split()[-1].lower(), word) for word in title.words):
        words = _NOT_MET.sub(" ", words)
        tokens = tokens_of(words)
    lowered = [token.lower() for token in tokens]
    if _pairs_against(lowered, title):
        return True
    negated = any(token in _NOT for token in lowered) or any(_denies(token, title) for token in lowered)
    negated = negated or bool(named & _NOT)
    if negated != title.negated and (negated or named & title.denied):
        return True
    if any(_is_opposite(token, title) for token in lowered):
        return True
    said = sides(lowered, words)
    return bool(title.sides) and bool(said) and not (said & title.sides)


def _denies(token: str, title: _Title) -> bool:
    """Whether a word denies one of the title: "non-opiates", not "non-emergency" where no emergency is asked for."""
    denied = token.removeprefix("non-")
    return denied != token and bool(_named_by(denied, title))


_NOT_MET = re.compile(
    r"\b(?:not|never|n't) (?:yet |quite |being |been )?(?:met|achieved|hit|reached|(?:on|at) (?:target"
    r"|track)|meeting|achieving)\b",
    re.I,
)
"""What is said of the target denies nothing of the figure."""


def _pairs_against(tokens: list[str], title: _Title) -> bool:
    """Another grade of the same thing: "category 1" where category 2 is asked for, 52 weeks where it is 18."""
    said = paired(tokens)
    for word, number in title.pairs:
        numbers = {other for each, other in said if _same(each, word)}
        if numbers and number not in numbers:
            return True
    return False


@lru_cache(maxsize=512)
def _title(asked: Asked) -> _Title:
    text = " ".join((asked.title, *asked.aliases))
    tokens = [token.lower() for token in tokens_of(text)]
    telling = [t for t in tokens if len(t) > 1 and not vocabulary.is_empty(t) and not _NUMBER.match(t)]
    words = {part for token in telling for part in re.split(r"[-/]", token.removesuffix("'s")) if len(part) > 1}
    pairs = paired(tokens)
    denying = tokens_of(_NO_OF.sub(" ", text).lower())
    negated = any(token in _NOT for token in denying) or re.search(r"\bnon-", text, re.I) is not None
    return _Title(
        frozenset(words),
        frozenset(pairs),
        negated,
        _denied(_NO_OF.sub(" ", text), frozenset(words)),
        sides(tokens),
        _initials(telling, tokens),
    )


_NO_OF = re.compile(r"(?:^|(?<=[(:] ))no\.? of\b|\bno\.(?=[ )]|$)", re.I)
"""The short form of "number of" denies nothing."""


def _denied(text: str, words: frozenset[str]) -> frozenset[str]:
    """The words of a title that its negation is about: those between "not" and the next mark; all for "non-" words."""
    said = [token.lower() for found in _DENIED.finditer(text) for token in tokens_of(found["of"] or found["one"] or "")]
    return frozenset(said) & words if said else words


_DENIED = re.compile(r"\b(?:(?:not|without|never|no)\b(?P<of>[^,;:()]*)|non-?(?P<one>[a-z]+))", re.I)


def qualifies(more: frozenset[str], named: frozenset[str], asked: Asked) -> bool:
    """Whether words are a qualifier of the title (after a dash or colon, in brackets) of which nothing was named."""
    segments = re.split(r" - |: |[()\u2013]|, ", " ".join((asked.title, *asked.aliases)))
    for segment in segments[1:]:
        words = {part for token in tokens_of(segment.lower()) for part in re.split(r"[-/]", token)}
        here = {word for word in words if not vocabulary.is_empty(word)}
        if here & more and not here & named:
            return True
    return False


_LENGTHS = ("day", "week", "month", "hour", "minute", "year")
_SMALL = frozenset(
    [
        "per",
        "of",
        "the",
        "for",
        "in",
        "a",
        "an",
        "to",
        "and",
        "or",
        "with",
        "within",
        "over",
        "under",
        "than",
        "least",
        "most",
    ]
)


def _initials(telling: list[str], everything: list[str]) -> dict[str, frozenset[str]]:
    """Acronyms that consecutive words of the title could have: of the telling ones, and of all, as "SATOD" is."""
    found: dict[str, frozenset[str]] = {}
    every = [word for word in everything if word[0].isalpha()]
    for start in range(len(every)):
        for stop in range(start + 4, min(start + 7, len(every)) + 1):
            run = every[start:stop]
            found["".join(word[0] for word in run).upper()] = frozenset(run) & frozenset(telling)
    for start in range(len(telling)):
        for stop in range(start + 2, min(start + 6, len(telling)) + 1):
            run = telling[start:stop]
            found["".join(word[0] for word in run).upper()] = frozenset(run)
    return found

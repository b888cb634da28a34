"""Which words around a number may stand there without changing what it means."""

import re
from functools import lru_cache

from collector.domain.submission import Asked
from parsers.figures.thesaurus import is_named_otherwise, name_one_thing

_FILLER_WORDS = """
a an the and or of in on for at to by with from as is was were are be been being has have had do did this that
these those it its there here we our us i my you your they their he she all total totals overall number numbers
no nos count figure figures value result results actual data quarter period return update answer response reply
hi hello dear morning afternoon thanks thank please find see below above following follows requested attached
reporting report reported recorded received made stands stood stand reached achieved came comes now currently so
also per cent percent percentage rate proportion share only just well still again up down within during over out
which who whom where while amounting equals equal unchanged same performance should read correct corrected
correction confirmed confirm final q qtr quarterly meant mean means it's that's there's issued completed
identified dealt seen rose fell improved increased decreased risen fallen dropped indicator measure outturn
level provisional provisionally current estimate estimated extrapolated validated unvalidated target slightly
marginally significantly slight good better best worse worst higher lower high low highest lowest time times new
compared against year month week day days weeks months years date average equalled nearly around about some any
each both all-time latest positive negative strong further much many most few more less than then via under
inside outside i.e ie e.g eg touch bit somewhat back chart table graph aged age ages old olds sorry apologies
took takes take taken found finds met meet meets used giving ended ends ours said yet after unaudited
subject promised little position prevalence round hovers hovering hovered but neither true
actually appendix dashboard shows show says gives given reads went gone move moves moved moving
increase decrease drop jump jumped slipped eased edged crept marked sharp sharply steep gradual gradually steadily
end numbered numbering involving regrettably sadly encouragingly
despite rise rises rising fall falls falling across throughout maintained sustained continues continued remains
remain remained strong stronger weak weaker stable steady
broadly largely roughly comfortably pleasing encouraging disappointing excellent improving deteriorated worsened
recovered closed finished landed settled sits sat autumn spring summer winter whole noticeably markedly
averaged averaging equates equating trend downward upward continuing continued continues
reduced lowered raised grew grown climbed narrowly dipped leapt nudged hit posted declared logged notified occurred
council partnership authority directorate active
such brought therefore successive consecutive row second third fourth fifth sixth seventh eighth ninth tenth
nothing report carried plus half quarters altogether combined episodes occasions instances events rag rated status
left stay stays stayed ran runs running doubled halved trebled ave avg
"""
_FILLER = frozenset(_FILLER_WORDS.split())
_EMPTY_WORDS = """
a an the and or of in on for at to by with from as is was were are be been being has have had that this which
who number numbers no nos count figure total rate percentage percent proportion per cent share average mean all
any it its their our quarter year quarterly annual q than more less over under within council
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())
_GENERIC_WORDS = """
offence offences crime crimes pupil pupils household households resident residents patient patients child
children adult adults customer customers tenant tenants person persons individual individuals people case cases
incident incidents client clients young population user users service services
"""
_GENERIC = frozenset(_GENERIC_WORDS.split())
_COMMENT = re.compile(
    r"[,;:(\[\"]| - |\b(?:including|because|due to|owing to|which|who|with|despite|although|though|mainly"
    r"|mostly|so that|across|thanks to|as a result)\b",
    re.I,
)
_WORD = re.compile(r"[^\W\d_][\w'&/-]*")

NARROWING = re.compile(
    r"\b(?:reject\w*|declin\w+|refus\w+|fail\w*|withdr[ae]w\w*|withdrawn|cancel\w*|closed(?! at\b)|elsewhere"
    r"|non-?\w+"
    r"|remaining|(?<!debt )(?<!arrears )outstanding|pending|waiting|male|female|men|women|missing"
    r"|spent|part|half(?! ?[(|])(?! as\b)(?![- ]?(?:way|year|term))"
    r"|quarter of|staff|weekly|monthly|daily|each"
    r"|minimum|maximum|combined|between them|upheld|started|approved|in the pipeline|lost(?! (?:his"
    r"|her|their) li)|left|suspended|overturned"
    r"|compliments?|secondary|deliberate|repeats?|owed|written off"
    r"|at risk|identified|late|overdue|breach\w*|overran|out of time"
    r"|abandoned|median|landfill|residual|vacant|agency|(?<!fte )(?<!wte )(?<!strong )(?<!of )establishment"
    r"|quartile|centile|percentile|longest|shortest|annualised|worst|bottom"
    r"|rolled|carried (?!out)|deferred|postponed|reopened|rebooked|transferred"
    r"|measures|indicators|kpis|arrests?|(?:are|is|were|was) excluded|not (?:included|counted)"
    r"|double[- ]count\w*|counted twice|voluntary|turnout|neet)\b",
    re.I,
)
DOUBTING = re.compile(
    r"\b(?:not|never|n't|wrong(?![- ](?:site|side|route|patient)\b)"
    r"|incorrect|error|mistake|unclear|unsure|uncertain|think|reckon|believe|guess\w*"
    r"|maybe|perhaps|possibly|probably|might|could|would|can't"
    r"|won't|will|shall|should (?=bring|see|deliver|create|provide|complete|mean|hand|come|become)"
    r"|(?<!than )(?<!as )expect\w*(?! (?:range|levels?|limits?|number|band|rate|ratio|tolerance)s?\b)"
    r"|hop(?:e|ing"
    r"|ed)|aim\w*|plan(?:s|ned|ning)?|intend\w*|if|unless|except"
    r"|either|or so|ish|unknown|incomplete(?! pathways?\b)|partial"
    r"|(?:data|figures?|returns?|numbers?|records?|cases|some) (?:is "
    r"|are |still )*missing|missing (?:data|figures?|returns?)"
    r"|ignore|disregard|instead|combined|tbc"
    r"|to be confirmed|like last|was meant|no,? wait|scratch that|make that|i mean"
    r"|in arrears|lagged|lagging|behind|latest available|counted twice|double[- ]count\w*"
    r"|out by|still being)\b|n't\b|\?",
    re.I,
)
SECOND_THOUGHTS = re.compile(
    r"\b(?:(?:in)?correct\w*|not (?:right|final|complete)|actually|revis\w+|amend\w+|should (?:be|read|have)|instead"
    r"|mistake\w*|error\w*"
    r"|wrong\w*|ignore|disregard|incomplete"
    r"|partial|missing|in arrears|lag(?:s|ged)?|runs? [a-z ]{0,20}behind|unreliable"
    r"|misleading|inaccurate|double[- ]count\w*|under[- ]?(?:count|report"
    r"|record)\w*|over[- ]?count\w*|re-?check\w*|apologies)\b",
    re.I,
)
BESIDE = re.compile(
    r"\b(?:draft|placeholder|dummy|specimen|forecast|projected|projection|provisional\w*|suppressed)\b"
    r"|\bthis is (?:the|a|an|our) (?:target|plan|baseline|estimate|change)\b"
    r"|\b(?:needs?|need to|to be|please|still|must)(?: be)? check\w*|\bI think\b"
    r"|\b(?:may|might|could|likely to) change\b"
    r"|\bsubject to\b|\bstill to (?:report|come)\b|\bto follow\b|\bawaiting\b"
    r"|\b(?:\d+|one|two|three|four|five|six|nine|twelve)[- ]month(?:s|ly)?\b|\bmonths? only\b"
    r"|\bpart(?:ial)?[- ](?:quarter|year)\b|\bsame as (?:last|before)\b|\bas last (?:quarter|time|month|year)\b"
    r"|\bcarried (?:forward|over)\b|\b(?-i:[A-Z])\w+ only\b"
    r"|\b(?:county|district|borough|force|region\w*)(?:[- ]wide)? figures?\b|-wide figures?\b|^\W*\?+\W*$",
    re.I,
)
"""What a comment says of the figure beside it that its sender should confirm: a state, another period, another area."""
ANOTHER_AREA = re.compile(
    r"\b(?:county|force|region|country|nation|district|borough|city|trust|system|ics|icb)[- ]?wide\b"
    r"|\b(?-i:[A-Z])[a-z]+[- ]wide\b"
    r"|\b(?:whole|entire) (?:county|force|region|country|system)\b|\b(?:nationally|regionally|countywide|forcewide)\b"
    r"|\b(?:neighbouring|adjoining|other) (?:district|borough|force|area|county|council|authority)s?\b"
    r"|\b(?:across|throughout|for|in all of) the (?:whole )?(?:county"
    r"|region|country)\b|\bnational (?:figure|rate|total)\b",
    re.I,
)
"""Words that say a figure is for more, or for others, than the area asked about."""
_SCOPED = re.compile(
    r"^\W*(?:this|these|that|both(?= (?:of|are|were|is|was|figures?|numbers?|counts?|include|exclude|cover)\b)|all"
    r"|note|nb|n\.b|please note|figures?|data|the (?:figures?|data|above"
    r"|number)|it|covers|covering|based)\b",
    re.I,
)


def speaks_of_the_figure(sentence: str) -> bool:
    """Whether a later sentence says something about the figure rather than telling more."""
    return _SCOPED.search(sentence) is not None


def strange_share(before: str, after: str, asked: Asked) -> tuple[int, int]:
    """How many of the telling words around a figure are foreign to what was asked, and how many there are in all.

    What follows a comma, a bracket or a word like "including" is comment and does not count.
    """
    cut = _COMMENT.search(after)
    telling = [
        word
        for word in (
            found[0].lower().strip("'-/&")
            for found in _WORD.finditer(f"{before[-400:]} {after[: cut.start()] if cut else after}")
        )
        if word and word not in _FILLER and len(word) > 1
    ]
    known = title_words(asked)
    return sum(1 for word in telling if not _known(word, known)), len(telling)


def strange_words(words: str, asked: Asked) -> int:
    """How many telling words are foreign to what was asked."""
    return strange_share(words, "", asked)[0]


_ADDED_TO = re.compile(r"^(?:more|further|additional|extra|another)\b|\b(?:further|additional|extra|another)\W*$", re.I)


_REASONS = re.compile(r"\b(?:errors?|mistakes?|wrong|incorrect(?:ly)?|miscounted|typos?)\b", re.I)


_NOT_MET = re.compile(
    r"\bnot (?:(?:yet |quite |being |been )?(?:met|achieved|hit|reached|on (?:target|track)|meeting|achieving)"
    r"|re-?(?:present|offend|admit|refer|enter|cur)\w*)\b",
    re.I,
)
"""What is said of the target, or of who did not come back, puts no figure in doubt; the title's own word does."""


def doubts(words: str, asked: Asked, *, correcting: bool = False) -> bool:
    """Whether words put what they surround in doubt; words of the title do not, nor does a correction's reason."""
    known = title_words(asked)
    words = _NOT_MET.sub(lambda m: m[0] if _known(m[0].split()[-1].lower(), known) else " ", words)
    if correcting:
        words = words.partition(" | ")[0] + " | " + _REASONS.sub(" ", words.partition(" | ")[2])
    return any(found[0] == "?" or not _known(found[0].lower(), known) for found in DOUBTING.finditer(words))


def narrowed(before: str, after: str, asked: Asked) -> str | None:
    """A word next to the figure that makes it a part, an average or something else than was asked."""
    cut = _COMMENT.search(after)
    near = " ".join(before.split()[-3:]) + " | " + (after[: cut.start()] if cut else after).lstrip()
    known = title_words(asked)
    if _ADDED_TO.search(before) or _ADDED_TO.match(after.strip()):
        return "more"
    for found in NARROWING.finditer(near):
        if found[0].lower() == "each" and " per " in asked.title.lower():
            continue
        if not _known(found[0].lower(), known) and not _stands_for_the_title(found[0], asked):
            return found[0]
    return None


_SHORTEST = 3


def _stands_for_the_title(word: str, asked: Asked) -> bool:
    """Whether a word is made of the first letters of title words that follow each other: NEET."""
    return word.isupper() and len(word) >= _SHORTEST and word.lower() in _first_letters(asked)


@lru_cache(maxsize=512)
def _first_letters(asked: Asked) -> str:
    words = (found[0].lower() for found in _WORD.finditer(asked.title))
    return "".join(word[0] for word in words if not is_empty(word))


_LISTS = re.compile(r"\band\b|&|/|\+", re.I)
"""What a title lists is one figure when it is combined: "NEET and not known"."""


@lru_cache(maxsize=512)
def title_words(asked: Asked) -> frozenset[str]:
    """The telling words of what was asked: its title and its other names."""
    words = " ".join((asked.title, *asked.aliases, asked.unit)).lower()
    words += " combined" if _LISTS.search(asked.title) else ""
    return frozenset(w for found in _WORD.finditer(words) for w in re.split(r"[-/]", found[0].removesuffix("'s")) if w)


def is_filler(word: str) -> bool:
    """Whether a word around a number tells nothing of what is counted."""
    return word in _FILLER or word in _GENERIC


def is_noun(word: str) -> bool:
    """Whether a word behind a number may be what it counts."""
    return word not in _FILLER


def is_empty(word: str) -> bool:
    """Whether a word tells nothing even in a title."""
    return word in _EMPTY


_LONG = 7
_A_STEM = 5
"""So many letters before "-ing" tell a word: who is claiming is a claimant."""


def same_word(said: str, word: str) -> bool:
    """The same word in another form: one is the other's beginning, or they share a stem."""
    if said == word:
        return True
    said, word = said.removesuffix("'s"), word.removesuffix("'s")
    if name_one_thing(said, word):
        return True
    if len(said) < 5 or len(word) < 5:
        short, long = sorted((said.removesuffix("s"), word.removesuffix("s")), key=len)
        return short == long or (len(short) > 2 and long.startswith(short) and len(short) * 3 > len(long))
    doing = said.removesuffix("ing")
    if doing != said and len(doing) >= _A_STEM and word.startswith(doing):
        return True
    stem = max(4, min(len(said) - (2 if len(said) > _LONG else 3), 6))
    return word[:stem] == said[:stem]


def _known(word: str, known: frozenset[str]) -> bool:
    word = word.removesuffix("'s")
    if word in known or word in _GENERIC:
        return True
    if is_named_otherwise(word, known):
        return True
    if len(word) < 5:
        singular = word.rstrip("s")
        return f"{word}s" in known or (len(singular) > 2 and any(other.startswith(singular) for other in known))
    stem = max(4, min(len(word) - 3, 6))
    return any(part in known for part in word.split("-") if len(part) > 3) or any(
        len(other) >= stem and other[:stem] == word[:stem] for other in known
    )

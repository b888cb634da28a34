"""The closed lists of a definition in the words that people pick from, and back. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from collector.domain.indicator import Definition, Polarity, Rhythm, Unit
from collector.domain.people import Person, Role

UNITS = {
    Unit.PERCENT: "per cent",
    Unit.COUNT: "number",
    Unit.CHANGE_PERCENT: "change in per cent",
    Unit.CHANGE_COUNT: "change in number",
    Unit.PERCENTAGE_POINTS: "percentage points",
    Unit.RATE_PER_100K: "rate per 100,000",
    Unit.PER_10K: "rate per 10,000",
    Unit.PER_1000: "rate per 1,000",
    Unit.GBP: "pounds",
    Unit.SECONDS: "seconds",
    Unit.MINUTES: "minutes",
    Unit.HOURS: "hours",
    Unit.DAYS: "days",
    Unit.WEEKS: "weeks",
    Unit.TONNES: "tonnes",
    Unit.FTE: "full-time equivalents",
    Unit.RANK: "rank",
    Unit.MILESTONE: "milestone",
    Unit.NARRATIVE: "sentence on progress",
}
POLARITIES = {
    Polarity.BIGGER: "bigger is better",
    Polarity.SMALLER: "smaller is better",
    Polarity.PLAN: "plan is best",
    Polarity.UNCONFIRMED: "not confirmed",
}
ROLES = {
    Role.CONTRIBUTOR: "contributor",
    Role.LEAD: "priority lead",
    Role.COORDINATOR: "coordinator",
    Role.CHAIR: "chair",
    Role.SEG: "executive group",
}
_RHYTHMS = {
    Rhythm.QUARTERLY: "quarterly",
    Rhythm.SIX_MONTHLY: "six-monthly",
    Rhythm.ANNUAL: "annual",
    Rhythm.ACADEMIC_YEAR: "academic year",
}
_USUAL_RHYTHMS: tuple[tuple[Rhythm, tuple[int, ...]], ...] = (
    (Rhythm.QUARTERLY, (1, 2, 3, 4)),
    (Rhythm.SIX_MONTHLY, (2, 4)),
    (Rhythm.SIX_MONTHLY, (1, 3)),
    *((Rhythm.ANNUAL, (number,)) for number in (4, 1, 2, 3)),
    *((Rhythm.ACADEMIC_YEAR, (number,)) for number in (2, 1, 3, 4)),
)
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,29}")


def settled(text: str) -> str:
    """Text as it is compared: one line, composed characters, nothing that a spreadsheet would drop."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(char for char in composed if char in "\n\r\t" or not _is_dropped(char)).split())


def _is_dropped(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs") or char in "\ufffe\uffff"


def is_code(text: str) -> bool:
    """Whether a text can be a code: letters, digits and hyphens, up to 30."""
    return _CODE.fullmatch(text) is not None


def rhythm_words(rhythm: Rhythm, owed_in: Sequence[int]) -> str:
    """How often something is owed and in which quarters: "quarterly", "annual, in Q4"."""
    if rhythm is Rhythm.QUARTERLY and tuple(owed_in) == rhythm.usually_owed_in:
        return _RHYTHMS[rhythm]
    return f"{_RHYTHMS[rhythm]}, in {' and '.join(f'Q{number}' for number in owed_in)}"


def rhythms(definitions: Iterable[Definition]) -> dict[str, tuple[Rhythm, tuple[int, ...]]]:
    """What can be picked for a rhythm: the usual ones, and those that the definitions have already."""
    held = ((definition.rhythm, tuple(definition.owed_in)) for definition in definitions)
    return {rhythm_words(*each): each for each in dict.fromkeys((*_USUAL_RHYTHMS, *held))}


def names_of(people: Sequence[Person]) -> dict[str, str]:
    """How each person is named, by id: the role title, with the organisation where two share one."""
    titles = [settled(person.title).casefold() for person in people]
    named: dict[str, str] = {}
    for person, title in zip(people, titles, strict=True):
        shared = titles.count(title) > 1
        name = f"{settled(person.title)} ({settled(person.organisation)})" if shared else settled(person.title)
        named[person.id] = name if name not in named.values() else f"{name}, {person.id}"
    return named


def picked(text: str, words: Mapping[str, str]) -> str | None:
    """The key of what somebody picked or typed, whatever its capitals; None where it is nothing of these."""
    wanted = text.casefold()
    return next((key for key, word in words.items() if wanted in (word.casefold(), key.casefold())), None)

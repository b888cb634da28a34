"""What happens in Medway's Q2 2015-16 round, as data: who writes when, and what; all times are London's."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """How a mail comes about."""

    REPLY = "reply"
    STRANGER = "stranger"
    OUT_OF_OFFICE = "out_of_office"


@dataclass(frozen=True)
class Scene:
    """Somebody writes: `text` names the file of words, `times` how often the same mail is sent."""

    at: datetime
    who: str
    text: str
    kind: Kind = Kind.REPLY
    times: int = 1


def _on(day: int, hour: int, minute: int) -> datetime:
    return datetime(2015, 10, day, hour, minute)


#: The round opens here; the scenes and the clock's own moments follow.
OPENS = _on(5, 9, 0)

STRANGER = "surveys@elsewhere.example.org"
STRANGER_WORDS = "Hello,\n\nOur figures for your quarter: DA06 412; DA07 12%.\n\nRegards\n"
AWAY_WORDS = "I am away until Monday 12 October. For anything urgent call the office.\n"

SCENES = (
    Scene(_on(5, 9, 1), "da", "", Kind.OUT_OF_OFFICE),
    Scene(_on(6, 10, 12), "csu", "csu"),
    Scene(_on(7, 11, 30), STRANGER, "", Kind.STRANGER),
    Scene(_on(8, 14, 6), "street-scene", "street-scene"),
    Scene(_on(12, 9, 40), "da", "da", times=2),
    Scene(_on(13, 16, 20), "research", "research"),
    Scene(_on(14, 12, 2), "crc", "crc"),
    Scene(_on(19, 15, 15), "yot", "yot"),
    Scene(_on(20, 14, 6), "yot", "yot-answer"),
    Scene(_on(21, 10, 30), "public-health", "public-health"),
    Scene(_on(22, 9, 45), "public-health", "public-health-answer"),
    Scene(_on(22, 13, 10), "safer-journeys", "safer-journeys"),
    Scene(_on(23, 11, 0), "safer-journeys", "safer-journeys-answer"),
    Scene(_on(23, 15, 50), "commander", "commander"),
    Scene(_on(26, 10, 5), "commander", "commander-answer"),
    Scene(_on(27, 15, 20), "kfrs", "kfrs"),
)

#: The clock's own moments between the scenes: working mornings with a reminder due, and Fridays at noon.
CLOCK = tuple(
    _on(day, hour, minute)
    for day, hour, minute in (
        (8, 9, 0),
        (9, 12, 0),
        (16, 9, 0),
        (16, 12, 0),
        (22, 9, 0),
        (23, 9, 0),
        (23, 12, 0),
        (27, 9, 0),
        (30, 9, 0),
        (30, 12, 0),
    )
)

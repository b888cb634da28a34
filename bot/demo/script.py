"""What happens in Medway's Q2 2015-16 round, as data: who says what, when and how; all times are London's."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """How somebody answers."""

    REPLY = "reply"
    MAIL = "mail"
    WORKBOOK_BY_MAIL = "workbook_by_mail"
    STRANGER = "stranger"
    OUT_OF_OFFICE = "out_of_office"
    SLACK_MESSAGE = "slack_message"
    SLACK_THREAD = "slack_thread"
    SLACK_BUTTON = "slack_button"
    SLACK_FORM = "slack_form"
    SLACK_WORKBOOK = "slack_workbook"
    SLACK_STRANGER = "slack_stranger"

    @property
    def in_slack(self) -> bool:
        """Whether it happens in Slack."""
        return self.value.startswith("slack")


@dataclass(frozen=True)
class Scene:
    """Somebody answers: `text` names the file of words or of what is filled in, `times` how often it is sent."""

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
#: A member of the workspace who is nobody to the partnership.
VISITOR = "U0VISITOR"

SCENES = (
    Scene(_on(5, 9, 1), "crc", "", Kind.OUT_OF_OFFICE),
    Scene(_on(6, 10, 12), "csu", "csu", times=2),
    Scene(_on(7, 11, 30), STRANGER, "", Kind.STRANGER),
    Scene(_on(7, 11, 45), VISITOR, "", Kind.SLACK_STRANGER),
    Scene(_on(8, 14, 6), "regulatory", "regulatory", Kind.SLACK_MESSAGE),
    Scene(_on(12, 9, 40), "safer-communities", "safer-communities", Kind.SLACK_FORM),
    Scene(_on(13, 16, 20), "research", "research"),
    Scene(_on(14, 12, 2), "crc", "crc"),
    Scene(_on(19, 15, 15), "yot", "yot", Kind.WORKBOOK_BY_MAIL),
    Scene(_on(20, 14, 6), "yot", "yot-answer"),
    Scene(_on(20, 16, 30), "regulatory", "regulatory-correction", Kind.MAIL),
    Scene(_on(21, 9, 10), "regulatory", "regulatory-answer", Kind.SLACK_MESSAGE),
    Scene(_on(21, 10, 30), "dph", "dph", Kind.SLACK_THREAD),
    Scene(_on(22, 9, 45), "dph", "", Kind.SLACK_BUTTON),
    Scene(_on(22, 13, 10), "safer-journeys", "safer-journeys"),
    Scene(_on(23, 11, 0), "safer-journeys", "safer-journeys-answer"),
    Scene(_on(23, 15, 50), "commander", "commander"),
    Scene(_on(26, 10, 5), "commander", "commander-answer"),
    Scene(_on(27, 15, 20), "engagement", "engagement", Kind.SLACK_WORKBOOK),
    Scene(_on(30, 9, 40), "safer-communities", "signed-off", Kind.SLACK_MESSAGE),
    Scene(_on(30, 10, 5), "rehabilitation", "signed-off"),
)

#: The clock's own moments between the scenes: working mornings with a reminder due, Fridays at noon, and the minutes
#: after an answer in which the board in Slack is brought up to date.
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

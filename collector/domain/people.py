"""Who takes part: roles, never private names."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from collector.domain.period import Quarter


class Role(StrEnum):
    """What somebody is to the round (RULES 19)."""

    CONTRIBUTOR = "contributor"
    LEAD = "lead"
    COORDINATOR = "coordinator"
    CHAIR = "chair"
    SEG = "seg"


@dataclass(frozen=True)
class SlackAccount:
    """Where somebody is met in Slack: the workspace's id, and a person's user id or, for a group, its channel's."""

    team: str
    conversation: str

    @property
    def sender(self) -> str:
        """How a message from here names its sender: "slack:T01:U01"."""
        return f"slack:{self.team}:{self.conversation}"


@dataclass(frozen=True)
class Person:
    """Somebody in the partnership; `title` is the role they are written to as ("Director of Public Health").

    `deputy` is the id of who stands in while they are away; `left` is the day from which they are gone.
    """

    id: str
    title: str
    organisation: str
    role: Role
    addresses: tuple[str, ...]
    slack: SlackAccount | None = None
    deputy: str = ""
    left: date | None = None

    @property
    def prefers(self) -> str:
        """The channel on which they are written to unprompted: Slack where they are there, else mail."""
        return "slack" if self.slack else "mail"

    @property
    def by_mail_or_slack(self) -> str:
        """The channel for what goes by mail wherever it can: Slack only for who has no address."""
        return "mail" if self.addresses or self.slack is None else "slack"

    def has_left(self, on: date) -> bool:
        """Whether somebody is gone on a day."""
        return self.left is not None and self.left <= on

    def is_sender(self, name: str) -> bool:
        """Whether a message's sender, an address or "slack:TEAM:USER", is this person."""
        return name.lower() in self.addresses or (self.slack is not None and name == self.slack.sender)


@dataclass(frozen=True)
class Responsibility:
    """A measure that a person owes, from a quarter on (and before `until`, where set)."""

    measure: str
    person: str
    since: Quarter
    until: Quarter | None = None

    def holds(self, period: Quarter) -> bool:
        """Whether it applies to a quarter."""
        return self.since <= period and (self.until is None or period < self.until)

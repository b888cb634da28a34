"""What the coordinator is told of the mail door: addresses that fail, people nobody can reach, answers held back."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from collector.alarm import Alarm
from collector.answering import NOT_ANSWERED
from collector.failing import failing_lines, unreachable
from collector.ports import Calendar, Unit
from collector.screening import partnership_of
from collector.undelivered import unsent_lines


def mail_alarms(unit: Unit, calendar: Calendar) -> Iterator[Alarm]:
    """An alarm for each address that fails, and for everybody who can't be written to at all."""
    for held, line in zip(unit.addresses.failing(), failing_lines(unit, calendar), strict=True):
        words = f"{line}. Ask for another address. If it works again, write: the address {held.email} works again"
        yield Alarm(f"failing:{held.email}", words)
    for person in unreachable(unit):
        yield Alarm(f"unreachable:{person.id}", f"The {person.title} has no address that works and is not in Slack.")


def not_answered(unit: Unit, since: datetime | None) -> list[str]:
    """A line for each sender who wrote more than is answered in a day."""
    people = Counter(line.subject for line in unit.audit.lines(action=NOT_ANSWERED, since=since))
    titles = {person.id: f"the {person.title}" for person in partnership_of(unit).people} if people else {}
    return [
        f"{count} messages of {titles.get(who, who)} were read and not answered: they had as many answers that day as"
        " anybody gets. Is a program writing?"
        for who, count in people.items()
    ]


def status_lines(unit: Unit, calendar: Calendar) -> Sequence[str]:
    """What `status` says of the mail door and of what does not go out, beside what is set aside."""
    lines = [f"address fails: {line}" for line in failing_lines(unit, calendar)]
    lines += [f"can't be reached: {one.title} ({one.organisation})" for one in unreachable(unit)]
    return [*lines, *unsent_lines(unit)]

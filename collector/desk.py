"""The desk where a form is handed out and looked over before it is taken in: what a live door needs within seconds."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from collector.asking import asked_of, reading_task
from collector.domain.orders import Doubtful
from collector.domain.people import Person, Role
from collector.domain.submission import Form, FormValue, Inbound, Opened, ReadItem
from collector.form_reading import read_value
from collector.forms import expected_from, refused, sheet_of
from collector.home import home_of
from collector.home_parts import Home
from collector.messages import Sheet
from collector.ports import Books, Calendar, Opener, OrderReader, Reader, Unit
from collector.screening import partnership_of
from collector.validation import check
from collector.view import RoundView, latest_view
from collector.weighing import says_the_same, weigh
from collector.wording import figure_words


@dataclass(frozen=True)
class FieldProblem:
    """What is wrong with one field: `where` is the field, `words` say what was put in and what to do."""

    where: str
    words: str


#: Who can be given figures to report.
_REPORTS = (Role.CONTRIBUTOR, Role.LEAD, Role.COORDINATOR)


@dataclass(frozen=True)
class Doubt:
    """A figure that is unusual: as it was understood, and why it is asked about."""

    code: str
    title: str
    figure: str
    reasons: tuple[str, ...]


class NotOnTheList(Exception):
    """The sender is nobody we know, or has left."""


@dataclass(frozen=True)
class Desk:
    """Hands out forms and looks over what was filled in. It changes nothing: `Intake.accept` takes a form in."""

    books: Books
    opener: Opener
    reader: Reader
    calendar: Calendar
    orders: OrderReader

    def sheet_for(self, sender: str, now: datetime) -> Sheet | None:
        """The form of a sender ("slack:TEAM:USER", an address) in the latest round; None where they owe nothing.

        What they stand in for today is in it.

        NotOnTheList when nobody in the partnership is this sender, or they have left.
        """
        with self.books.begin() as unit:
            person = _person(unit, sender, self.calendar.local(now).date())
            view = latest_view(unit)
        asked = asked_of(view, person, self.calendar.local(now).date()) if view else []
        return sheet_of(view, person, asked) if view and asked else None

    def colleagues(self, sender: str, now: datetime) -> list[str]:
        """The titles of those to whom somebody can hand figures over; NotOnTheList for a stranger."""
        with self.books.begin() as unit:
            today = self.calendar.local(now).date()
            person = _person(unit, sender, today)
            people = partnership_of(unit).people
        return [one.title for one in people if one.role in _REPORTS and one.id != person.id and not one.has_left(today)]

    def home_of(self, sender: str, now: datetime) -> Home:
        """Somebody's page; NotOnTheList for a stranger."""
        with self.books.begin() as unit:
            person = _person(unit, sender, self.calendar.local(now).date())
            return home_of(unit, person, self.calendar, now)

    def look_over(self, inbound: Inbound, now: datetime) -> list[FieldProblem]:
        """Every hard problem of a form that was sent in, all at once (DESIGN 4.5); empty when it can be accepted.

        What is unusual but can be right is no problem here. A form of another round or person is told as the
        problem of its first field.
        """
        opened = self.opener.open(inbound.door, inbound.raw, inbound.size, inbound.cut)
        if not isinstance(opened, Opened):
            return []
        if opened.form is None:
            return [] if opened.remote else self._not_understood(opened, now)
        if not opened.form.values:
            return []
        with self.books.begin() as unit:
            today = self.calendar.local(now).date()
            person = _person(unit, opened.senders[0] if opened.senders else "", today)
            view = latest_view(unit)
        form = opened.form
        reason = refused(form, expected_from(view, person)) if view else "No round is open, so nothing can be sent in."
        if reason or view is None:
            return [FieldProblem(form.values[0].where, reason)]
        return self._problems(form, view, person, now)

    def doubts(self, inbound: Inbound, now: datetime) -> list[Doubt]:
        """What is unusual in a form that holds together, and was not confirmed yet: it may be right."""
        opened = self.opener.open(inbound.door, inbound.raw, inbound.size, inbound.cut)
        if not isinstance(opened, Opened) or opened.form is None:
            return []
        with self.books.begin() as unit:
            person = _person(unit, opened.senders[0] if opened.senders else "", self.calendar.local(now).date())
            view = latest_view(unit)
        if view is None or refused(opened.form, expected_from(view, person)):
            return []
        task = reading_task(view, person, self.calendar.local(now))
        asked = {one.code: one for one in task.asked}
        wanted = (value for value in opened.form.values if value.code in asked)
        read = (read_value(asked[value.code], value, task, self.reader) for value in wanted)
        open_items = [item for item in read if item.certain and item.code not in opened.form.confirmed]
        return [doubt for item in open_items if (doubt := _doubt(item, view)) is not None]

    def _not_understood(self, opened: Opened, now: datetime) -> list[FieldProblem]:
        """An order whose words were filled in has to be one: what is none could be read as something else."""
        today = self.calendar.local(now).date()
        with self.books.begin() as unit:
            _person(unit, opened.senders[0] if opened.senders else "", today)
        told = self.orders(opened.text, today)
        if len(told.orders) == 1 and not told.rest.strip() and not isinstance(told.orders[0], Doubtful):
            return []
        return [FieldProblem("", f"We did not understand \u201c{opened.text[:200]}\u201d, so nothing was done.")]

    def _problems(self, form: Form, view: RoundView, person: Person, now: datetime) -> list[FieldProblem]:
        task = reading_task(view, person, self.calendar.local(now))
        asked = {one.code: one for one in task.asked}
        found: list[tuple[FormValue, tuple[str, ...]]] = []
        for value in form.values:
            if value.code not in asked:
                found.append((value, (f"{value.code} is not on your list this quarter.",)))
                continue
            # What the comment beside a figure raises is a question for afterwards: no field of its own is wrong.
            bare = replace(value, comment="") if value.figure or value.part or value.status else value
            item = read_value(asked[value.code], bare, task, self.reader)
            weighed = weigh(item, view)
            # One reading that is only unusual may be right: it is taken in and asked about.
            unusual = item.certain and weighed.possible
            if weighed.certain is None and not unusual and weighed.reasons:
                found.append((value, weighed.reasons))
        return [FieldProblem(value.where, " ".join(reasons)) for value, reasons in found]


def _doubt(item: ReadItem, view: RoundView) -> Doubt | None:
    weighed, definition = weigh(item, view), view.definitions[item.code]
    if not weighed.possible:
        return None
    meant, held = weighed.possible[0], view.figures.get(item.code)
    soft = [one.words for one in check(meant, definition, view.comparable(item.code)) if not one.hard]
    reasons = weighed.reasons or tuple(soft)
    if not reasons or (held is not None and says_the_same(held.reported, meant)):
        return None
    told = tuple(words.removesuffix(" Reply if it is not right.") for words in reasons)
    return Doubt(item.code, definition.title, figure_words(meant, definition.unit), told)


def _person(unit: Unit, sender: str, today: date) -> Person:
    person = partnership_of(unit).known_as(sender)
    if person is None or person.has_left(today):
        raise NotOnTheList(sender)
    return person

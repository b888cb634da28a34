"""Which round a message is about: the one of ours that it answers, else the latest; a form says its own."""

from dataclasses import replace

from collector.domain.people import Person
from collector.domain.period import Quarter
from collector.domain.submission import Opened, ReadItem, Refusal
from collector.hearing import Heard
from collector.our_message import our_message
from collector.ports import Unit
from collector.view import RoundView, latest_view, view_round


def view_for(unit: Unit, opened: Opened | Refusal, heard: Heard, person: Person | None) -> RoundView | None:
    """The round a message answers: the one of ours it refers to, else the latest; a form for the latest decides."""
    latest = latest_view(unit)
    if latest is None or any(form.period == latest.round.period.key for form, _ in heard.forms):
        return latest
    answered = answered_round(unit, opened, person)
    return view_round(unit, answered) if answered is not None else latest


def answered_round(unit: Unit, opened: Opened | Refusal, person: Person | None) -> Quarter | None:
    """The round of our message that this one answers; None where it answers none, or one about no round."""
    ours = our_message(unit, opened, (person.id,) if person else ())
    if ours is None or ours.planned.period is None or unit.rounds.get(ours.planned.period) is None:
        return None
    return ours.planned.period


def may_name(opened: Opened, heard: Heard) -> str:
    """The words in which a message can name codes, those of its files among them."""
    in_forms = (value.code for form, _ in heard.forms for value in form.values)
    return " ".join((opened.text, *in_forms, *(code for each in heard.documents for code in each.codes())))


def asked_for_which_round(item: ReadItem, form_period: Quarter, answered: str) -> ReadItem:
    """A figure in the words of a message whose form is for another round than the message it answers."""
    doubt = f"You answered our message about {answered}, and the form is for {form_period}: is this for {form_period}?"
    return replace(item, doubts=(*item.doubts, doubt)) if item.candidates else item

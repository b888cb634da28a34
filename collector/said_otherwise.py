"""A lead says another figure than its owner: the figure stands, and the lead's word is a question to the owner."""

from datetime import datetime

from collector.books import InboxRow, Planned
from collector.cover import Cover
from collector.domain.figure import Figure, Reported
from collector.domain.people import Person
from collector.messages import Notice
from collector.view import RoundView
from collector.wording import figure_words


def left_to_its_owner(view: RoundView, held: Figure, new: Reported) -> str:
    """What the lead is told: "RO06: the ... sent 31%, and that stands: only they can change it. They are asked ..."."""
    code = new.measure
    was, now = (figure_words(said, view.definitions[code].unit) for said in (held.reported, new))
    owner, sender = view.people.get(view.owner_of(code)), view.people.get(held.source.person)
    by = f"the {sender.title} sent" if sender else "somebody who has left sent"
    if owner is None:
        return f"{code}: {by} {was}, and that stands. Nobody in the file answers for it now: say who does."
    whose = "they" if owner == sender else f"the {owner.title}"
    return f"{code}: {by} {was}, and that stands: only {whose} can change it. They are asked about {now}."


def said_otherwise(
    view: RoundView, row: InboxRow, lead: Person, new: Reported, held: Figure, now: datetime
) -> list[Planned]:
    """The question to whoever owes it, once for each message, and to who stands in for them; none where nobody does."""
    code = new.measure
    owed = next((one for one in view.obligations if one.measure == code), None)
    if owed is None or owed.person not in view.people:
        return []
    cover = Cover(view, now.date())
    instead = cover.instead_of(owed)
    reached = [
        (view.people[owed.person], ""),
        *([(instead, " ".join(cover.reasons(instead.id, [owed])))] if instead else []),
    ]
    return [_asked(view, row, lead, new, held, now, to, why) for to, why in reached if to.id != lead.id]


def _asked(
    view: RoundView, row: InboxRow, lead: Person, new: Reported, held: Figure, now: datetime, owner: Person, why: str
) -> Planned:
    code, period = new.measure, view.round.period
    definition = view.definitions[code]
    stands, said = (figure_words(each, definition.unit) for each in (held.reported, new))
    open_now = view.open_queries.get(code)
    asked = " The question you were asked about it is still open too." if open_now else ""
    told = (
        *([why] if why else []),
        f"The {lead.title} says {said} for {code} {definition.title}, {period}. {stands} stands:"
        f" {'you answer for it now' if why else 'it is your figure'}, and nobody else changes it.{asked}",
        f"What is right? Reply with the code and the figure, like this: {code} {stands}",
    )
    notice = Notice(owner.title, f"is {code} {stands} or {said}?", told, period)
    key = f"said-otherwise:{row.id}:{code}" + (f":{owner.id}" if why else "")
    return Planned(key, owner.id, notice, now, unprompted=True, period=period, channel=owner.prefers)

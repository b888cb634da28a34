"""What somebody asks about an indicator, and courtesies: answered with help, and never taken for a figure."""

from collector.acting import Acting
from collector.domain.people import Role
from collector.enquiries import owed
from collector.helping import leads, nothing_signed
from collector.locking import measure_of
from collector.signatures import signature_of
from collector.view import RoundView
from collector.wording import hint_words, last_words, target_words

_NOT_READ_AS_FIGURE = "Your question was not read as a figure."


def asked_about(acting: Acting, view: RoundView, code: str) -> tuple[str, ...]:
    """What an indicator asks for, who reports and who leads it, and whom to ask about it.

    Its last figure is told to who reports it, to its lead and to the coordinator (each sees their own: RULES 19).
    """
    measure = measure_of(view, code)
    one, sender = view.definitions[measure], _sender(view, measure)
    lead = view.lead_of(measure)
    told = [f"{one.code} {one.title}. We ask for {hint_words(one, view.round.period)}, {view.round.period}."]
    facts = [f"Target: {target_words(one.target)}"] if target_words(one.target) else []
    last = last_words(view.past(one.code), one)
    if last and (acting.coordinates or acting.by.id in (sender, lead)):
        facts.append(last)
    told += [f"{'. '.join(facts)}."] if facts else []
    told.append(_whom_to_ask(acting, view, sender, lead))
    if acting.by.id == sender:
        told.append(f"To answer, write the code and the figure, like this: {one.code} ...")
    return (*told, _NOT_READ_AS_FIGURE)


def _sender(view: RoundView, measure: str) -> str:
    return next((each.person for each in view.obligations if each.measure == measure), "")


def _whom_to_ask(acting: Acting, view: RoundView, sender: str, lead: str) -> str:
    """The people who know, without who asks."""
    known = []
    if sender in view.people and sender != acting.by.id:
        known.append(f"the {view.people[sender].title}, who reports it")
    if lead in view.people and lead not in (sender, acting.by.id):
        known.append(f"the {view.people[lead].title}, who leads its priority")
    for each in view.partnership.with_role(Role.COORDINATOR):
        if each.id != acting.by.id:
            reached = f" ({each.addresses[0]})" if each.addresses else ""
            known.append(f"the {each.title}{reached}, who can say what counts")
    return f"Who to ask: {'; '.join(known)}." if known else "You are the one who knows most about it."


def thanked(acting: Acting, view: RoundView) -> tuple[str, ...]:
    """A courtesy gets one, and what is still owed; it is no figure, no answer and no signature."""
    told = ["Thank you. There was no figure in your message, so nothing was recorded."]
    if view.outstanding(acting.by.id):
        told += owed(acting, view)
    if leads(acting.by, view) and any(
        view.lead_of(code) == acting.by.id and signature_of(view, code) is None for code in view.figures
    ):
        told += nothing_signed(acting.by, view)
    return tuple(told)

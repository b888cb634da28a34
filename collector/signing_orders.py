"""Signing off in words: "signed off", "sign off P4", "sign off domestic abuse"."""

import re

from collector.acting import Acting, NotDone
from collector.domain.indicator import Priority
from collector.domain.orders import SignOff
from collector.locking import measure_of
from collector.messages import Message, SignOffSheet
from collector.signatures import mark_of, state_of
from collector.signing_sheet import seen_in
from collector.signoff import may_sign, sign
from collector.view import RoundView


def sign_off(acting: Acting, view: RoundView, order: SignOff, answers: Message | None) -> tuple[str, ...]:
    """Sign the priorities that are named, or every one that is theirs to sign, but for the codes they leave out.

    In answer to a sheet only what it showed is signed (`answers`); without one, what stands now. Words that may not
    mean everything sign nothing, and say so to whom they may concern.
    """
    what, seen = order.what, seen_in(answers) if answers is not None else None
    own = [each for each in view.partnership.priorities if may_sign(acting, view, each)]
    if order.doubtful:
        return (_nothing_signed(order.doubtful),) if own else ()
    named = _all_named(view, what) if what else own
    if not named:
        raise NotDone("You lead no priority, so there is nothing for you to sign off.")
    if order.shown:
        _as_shown(acting, view, named, order.shown)
    left_out = {measure_of(view, code) for code in order.without}
    theirs = {code for code in left_out if view.definitions[code].priority in [each.code for each in named]}
    if left_out - theirs:
        codes = ", ".join(sorted(left_out - theirs))
        raise NotDone(f"{codes} is not of {' or '.join(each.code for each in named)}. Nothing was signed.")
    told = [line for each in named for line in sign(acting, view, each.code, seen, left_out)]
    rest = ", ".join(sorted(left_out))
    return (*told, *([f"You left out {rest}. To sign it later, reply: sign off the rest"] if left_out else []))


def approve(acting: Acting, view: RoundView, answers: Message | None) -> tuple[str, ...]:
    """A word of approval signs what a sheet showed; by itself it signs nothing."""
    if not isinstance(answers, SignOffSheet):
        raise NotDone(
            "That is a signature only in answer to the sheet we send a lead, so nothing was signed. To sign what stands"
            " now, write: signed off"
        )
    return sign_off(acting, view, SignOff(), answers)


def _all_named(view: RoundView, what: str) -> list[Priority]:
    """Every priority that is named; one whose title has an "and" in it is named by that."""
    try:
        return [_named(view, what)]
    except NotDone:
        several = re.split(r" ?(?:,| and | ?& ?|\+) ?", what)
        if len(several) == 1:
            raise
        return [_named(view, each) for each in several if each]


def _as_shown(acting: Acting, view: RoundView, named: list[Priority], shown: str) -> None:
    """What is signed from a page is what that page showed: where a version is another since, nothing is signed."""
    today = acting.calendar.local(acting.now).date()
    for each in named:
        if mark_of(view, state_of(view, each, today)) != shown:
            raise NotDone(
                f"{each.code} {each.title} has changed since your page was shown, so nothing was signed."
                " Open the page again: it shows the figures as they are now. Then sign it off there."
            )


def _nothing_signed(words: str) -> str:
    return (
        f"Nothing is signed off: \u201c{words}\u201d may not mean everything. To sign, reply with these words alone on"
        " a line: signed off. To send a figure back, reply: send back, its code and the reason."
    )


def _named(view: RoundView, what: str) -> Priority:
    """The one priority that somebody means by its code, its number, its title or words of it."""
    wanted, known = what.lower().removeprefix("priority ").strip(), view.partnership.priorities
    exact = [each for each in known if wanted in (each.code.lower(), each.code.lower().lstrip("p"), each.title.lower())]
    found = exact or [each for each in known if wanted in each.title.lower()]
    if len(found) != 1:
        codes = ", ".join(f"{each.code} ({each.title})" for each in known)
        raise NotDone(f"It is not clear which priority \u201c{what}\u201d is; nothing was signed. There are: {codes}.")
    return found[0]

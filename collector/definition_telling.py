"""Changes of definitions in plain words, as the coordinator reads them before saying yes. Pure."""

from collector.confirming import meaning
from collector.domain.indicator import Definition
from collector.domain.period import Quarter
from collector.domain.target import Comparator


def becomes(was: str, now: str) -> str:
    """How one cell changes."""
    if not was:
        return f"“{now}” is new"
    return f"“{was}” becomes “{now}”" if now else f"“{was}” is taken out"


def would_mean(definition: Definition) -> str:
    """What a target that is read anew would mean, and that it waits for somebody to confirm it (RULES 11)."""
    target = definition.target
    if target.comparator in (Comparator.NONE, Comparator.MILESTONE):
        return ""
    if target.comparator is Comparator.NOT_UNDERSTOOD:
        return f" It is not understood: {target.note}. Say what it means under “It means”."
    to_confirm = "" if target.confirmed else " To be confirmed; no colour until then."
    return f" It would mean: {meaning(definition)}{to_confirm}"


def lost(held: Definition, definition: Definition) -> str:
    """What was approved for the old target and does not fit the new one."""
    was, now = held.target, definition.target
    told = " Its approved profile ends with the old target." if was.profile and not now.profile else ""
    return told + (" The deviation that was accepted ends with it." if was.deviation and not now.deviation else "")


def new_words(definition: Definition, owner: str, since: Quarter) -> str:
    """A measure that is new."""
    wording = definition.target.wording
    target = f" Target “{wording}”." if wording else " No target."
    return (
        f"{definition.code} is new from {since}: {definition.title}; owed by {owner}.{target}{would_mean(definition)}"
    )

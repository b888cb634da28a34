"""The one answer to a message: what was recorded and what it means, what is asked, what is still owed (WORDS 6)."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from collector.actions import asks_for_plan
from collector.alike import alike_together
from collector.books import InboxRow, QueryRow
from collector.closing import is_over
from collector.domain.people import Person, Role
from collector.domain.period import day
from collector.domain.round import Obligation, ObligationState
from collector.helping import not_understood, nothing_signed
from collector.messages import Notice, Question, Receipt, RecordedLine, Sheet
from collector.own_part import whole_stands
from collector.questions import as_question
from collector.recording import CONFIRMED, Entry, Ledger
from collector.reminders import owed_line
from collector.screening import RECORD
from collector.shared_address import owed_at_address, said_for
from collector.signatures import signature_of
from collector.view import RoundView
from collector.wording import figure_words, last_words, number_word, target_words
from collector.year_end import out_turns

#: Letters and digits that can't be mistaken for one another when read out.
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
#: RULES 7: who did not write it themselves is told, and can put it right.
ENTERED_FOR_YOU = (
    "This was entered for you by the coordinator. If it is not what you said, reply with the right figure."
)


def reference(row: InboxRow) -> str:
    """A short name for a message that both sides can quote: "R-4M7PQ2"."""
    digest = hashlib.sha256(row.delivery_key.encode()).digest()
    return "R-" + "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in digest[:6])


def answer(
    view: RoundView,
    person: Person,
    row: InboxRow,
    said: Sequence[str],
    ledger: Ledger,
    now: datetime,
    anew: Sheet | None,
) -> Receipt:
    """Answer a message that was read; `view` shows the books after it was recorded, `now` is local time.

    `said` tells what became of files and parts that could not be used, `anew` is a workbook to fill in instead.
    """
    out = [owed for owed in owed_at_address(view, person) if not is_over(view, owed.measure)]
    to_come = [owed for owed in out if owed.state is ObligationState.OWED]
    still = [owed for owed in to_come if view.definitions[owed.measure].published(owed.period) <= now.date()]
    told = {query.id for query in ledger.questions}
    waiting = [q for q in view.open_queries.values() if q.person == person.id and q.id not in told]
    return Receipt(
        reference=reference(row),
        at=now,
        to=person.title,
        period=view.round.period,
        recorded=tuple(_line(view, entry) for entry in ledger.entries),
        questions=tuple(_question(view, query) for query in (*ledger.questions, *waiting)),
        notes=(
            *_on_behalf(row),
            *said_for(view, person, ledger.entries),
            *alike_together(ledger.notes),
            *_remarks(view, ledger),
            *_wholes(view, ledger),
            *out_turns(view, [entry.figure for entry in ledger.entries if entry.new]),
            *asks_for_plan(view, [entry.figure for entry in ledger.entries if entry.new]),
            *([] if said or ledger.notes else _nothing_found(view, person, ledger, now.date())),
            *(nothing_signed(person, view) if _may_have_meant_to_sign(view, person, row, ledger) else ()),
            *(_awaits_source(view, owed) for owed in to_come if owed not in still),
            *said,
        ),
        still_owed=tuple(owed_line(view, owed) for owed in still),
        workbook=anew,
    )


def _question(view: RoundView, query: QueryRow) -> Question:
    return as_question(query, view.definitions[query.measure], view.figures.get(query.measure))


def _line(view: RoundView, entry: Entry) -> RecordedLine:
    reported = entry.figure.reported
    definition = view.definitions[reported.measure]
    judged = view.judged(reported)
    return RecordedLine(
        code=definition.code,
        title=definition.title,
        figure=figure_words(reported, definition.unit),
        before=figure_words(entry.before, definition.unit) if entry.before else "",
        last=last_words(view.past(definition.code), definition),
        target=target_words(definition.target),
        rag=judged.rag,
        why=judged.why if reported.value is not None or judged.rag else "",
        note=reported.note,
        changed=entry.new,
    )


def _remarks(view: RoundView, ledger: Ledger) -> list[str]:
    asked = (entry for entry in ledger.entries if entry.new and CONFIRMED not in entry.figure.source.reason)
    return [words for entry in asked for words in view.remarks(entry.figure)]


def _wholes(view: RoundView, ledger: Ledger) -> list[str]:
    """Where the figures stand of which a part was recorded."""
    told = dict.fromkeys(view.whole_of(entry.figure.reported.measure) for entry in ledger.entries)
    return [whole_stands(view, code) for code in told if code]


def _nothing_found(view: RoundView, person: Person, ledger: Ledger, today: date) -> list[str]:
    if ledger.entries or ledger.questions or ledger.closed:
        return []
    out = view.outstanding(person.id)
    listed = (view.definitions[o.measure] for o in out if o.state is ObligationState.OWED)
    owed = [definition for definition in listed if definition.published(view.round.period) <= today]
    if not owed and any(o.state is ObligationState.ASKED for o in out):
        return ["We found no figures in your message. The questions still open are below."]
    if not owed:
        return ["We found no figures in your message, and nothing of yours is outstanding."]
    example = "; ".join(f"{definition.code} ..." for definition in owed[:2])
    return [
        f"We found no figures in your message. {number_word(len(owed))} still to come from you, listed below."
        f" Reply with the code and the figure, like this: {example}"
    ]


def _may_have_meant_to_sign(view: RoundView, person: Person, row: InboxRow, ledger: Ledger) -> bool:
    """Whether a message that brought no figure, asked about or not, is from a lead who has something to sign."""
    asked = any(query.choices and query.submission == row.id for query in ledger.questions)
    if ledger.entries or ledger.closed or ledger.notes or asked:
        return False
    return any(view.lead_of(code) == person.id and signature_of(view, code) is None for code in view.figures)


def _awaits_source(view: RoundView, owed: Obligation) -> str:
    definition = view.definitions[owed.measure]
    until = day(definition.published(owed.period))
    return f"{definition.code} {definition.short}: awaiting source until {until}. There is nothing to send before then."


def _on_behalf(row: InboxRow) -> list[str]:
    """RULES 7: who did not write it themselves is told, and can put it right."""
    if row.door != RECORD:
        return []
    return [ENTERED_FOR_YOU]


def refusal(person: Person, reason: str, view: RoundView | None, said: str = "") -> Notice:
    """A plain reason and what to do, for a known sender whose message, which `said` this, can't be used."""
    if reason:
        told = (reason, "Nothing was recorded. Reply with the figures.")
    elif view is None:
        told = ("No round is open, so nothing was recorded.", "Your message is kept; the coordinator will see it.")
    elif person.role is not Role.CONTRIBUTOR:
        return not_understood(person, said, view)
    else:
        told = (
            f"You owe no figures for {view.round.period}, so nothing was recorded.",
            "Your message is kept; the coordinator will see it.",
        )
    return Notice(to=person.title, subject="Your message to the collector", paragraphs=told)


def gone(person: Person, reason: str) -> Notice:
    """For somebody who, as far as we know, has left: no figure and nothing of the round."""
    told = (
        f"Our list says that {reason}, so nothing was recorded.",
        "Your message is kept and the coordinator sees it. If the list is wrong, tell the coordinator.",
    )
    return Notice(to=person.title, subject="Your message to the collector", paragraphs=told)


def our_fault(person: Person) -> Notice:
    """For a known sender whose message we could not work through although we tried."""
    told = (
        "We could not read your message: something went wrong on our side, and nothing was recorded.",
        "Your message is kept and the coordinator has it. To be quicker, send the figures again as a plain message.",
    )
    return Notice(to=person.title, subject="Your message to the collector", paragraphs=told)

"""Asking a lead to sign: when everything of their priority is in, at the freeze, and when a signed figure changed."""

from datetime import datetime

from collector.actions import plan_line
from collector.books import OutboxRow, OutboxState, Planned
from collector.chasing import LOOK_AGAIN, Rest
from collector.cover import Cover
from collector.domain.people import Person
from collector.domain.period import Quarter, day
from collector.domain.round import ObligationState, RoundState
from collector.messages import Message, SignOffLine, SignOffPart, SignOffSheet
from collector.ports import Calendar, Unit
from collector.signatures import PriorityState, may_be_signed_now, sent_back_of, signature_of, states
from collector.view import RoundView, current_periods, view_round
from collector.wording import figure_words, last_words, target_words


def plan_sheets(unit: Unit, calendar: Calendar, now: datetime, rest: Rest) -> list[Planned]:
    """Ask every lead for what is ready to be signed in any round; nothing is read while the books say the same."""
    seen = unit.pulse()
    if not calendar.in_office_hours(now) or rest.holds(seen, now):
        return []
    planned: list[Planned] = []
    today = calendar.local(now).date()
    for period in current_periods(unit, now):
        # The past is most of a large round, and is only needed where there is something to show.
        without_past = view_round(unit, period, past=False)
        if any(_is_ready(without_past, state) for state in states(without_past, today)):
            planned += _sheets_of(unit, view_round(unit, period), calendar, now)
    rest.seen, rest.until = seen, now + LOOK_AGAIN
    return planned


def _sheets_of(unit: Unit, view: RoundView, calendar: Calendar, now: datetime) -> list[Planned]:
    """Each lead once; again only when there is something new to sign.

    Never twice a day, and not while one still waits to go: it says how things are when it goes.
    """
    period, planned = view.round.period, []
    cover = Cover(view, calendar.local(now).date())
    signers = dict.fromkeys(cover.signs_for(each.lead) for each in view.partnership.priorities)
    for lead in (view.people.get(code) for code in signers):
        sheet = sheet_for(view, lead, calendar.local(now)) if lead else None
        if lead is None or sheet is None:
            continue
        before = _sent_to(unit, period, lead)
        if before and not _worth_asking_again(before[-1], sheet, calendar):
            continue
        key = f"{_key(period, lead)}{len(before) + 1}"
        wanted = Planned(key, lead.id, sheet, now, unprompted=True, period=period, channel=lead.prefers)
        if unit.outbox.plan(wanted, now):
            planned.append(wanted)
    return planned


def sheet_for(view: RoundView, lead: Person, now: datetime) -> SignOffSheet | None:
    """What a lead would be asked to sign now, also in place of one who can't; None where nothing is ready.

    `now` is local time.
    """
    cover = Cover(view, now.date())
    found = [state for state in states(view, now.date()) if cover.signs_for(state.priority.lead) == lead.id]
    ready = [state for state in found if _is_ready(view, state)]
    if not ready:
        return None
    return SignOffSheet(
        to=lead.title,
        period=view.round.period,
        at=now,
        frozen=view.round.state is RoundState.FROZEN,
        parts=tuple(_part(view, state) for state in ready),
        standing_in=tuple(
            f"{cover.why_not(state.priority.lead)}: you sign {state.priority.code} off in their place."
            for state in ready
            if state.priority.lead != lead.id
        ),
    )


def seen_in(message: Message) -> dict[str, int] | None:
    """The version of each figure that a sheet showed, for what is signed in answer to it; None for other messages."""
    if not isinstance(message, SignOffSheet):
        return None
    return {line.code: line.version for part in message.parts for line in part.lines}


def _is_ready(view: RoundView, state: PriorityState) -> bool:
    """Something is unsigned, and all is in or accounted for, or the papers wait, or it had been signed before."""
    if not state.unsigned:
        return False
    if view.round.state is RoundState.LOCKED:
        return any(may_be_signed_now(view, code) for code in state.unsigned)
    return state.complete or view.round.state is RoundState.FROZEN or state.last is not None


def _key(period: Quarter, lead: Person) -> str:
    return f"sign-off:{period.key}:{lead.id}:"


def _sent_to(unit: Unit, period: Quarter, lead: Person) -> list[OutboxRow]:
    key = _key(period, lead)
    return [row for row in unit.outbox.rows(period) if row.planned.dedupe_key.startswith(key)]


def _worth_asking_again(last: OutboxRow, sheet: SignOffSheet, calendar: Calendar) -> bool:
    if last.state in (OutboxState.DUE, OutboxState.SENDING):
        return False
    told, now = last.planned.message, calendar.local(sheet.at)
    if calendar.local(last.sent_at or last.planned_at).date() == now.date() or not isinstance(told, SignOffSheet):
        return False
    return bool(_asked(sheet) - _asked(told)) or (sheet.frozen and not told.frozen)


def _asked(sheet: SignOffSheet) -> set[tuple[str, int]]:
    return {(line.code, line.version) for part in sheet.parts for line in part.lines if not line.signed}


def _part(view: RoundView, state: PriorityState) -> SignOffPart:
    return SignOffPart(
        code=state.priority.code,
        title=state.priority.title,
        lines=tuple(
            _line(view, code) for code in state.figures if code in state.signed or may_be_signed_now(view, code)
        ),
        outstanding=tuple(_out(view, code) for code in state.outstanding),
        awaiting=tuple(_awaiting(view, code) for code in state.awaiting),
    )


def _line(view: RoundView, code: str) -> SignOffLine:
    figure, definition = view.figures[code], view.definitions[code]
    judged, before = view.judged(figure.reported), view.signing.signed_before.get(code)
    signed = signature_of(view, code) is not None
    return SignOffLine(
        code=code,
        title=definition.title,
        figure=figure_words(figure.reported, definition.unit),
        version=figure.version,
        from_whom=view.who_sends(code) if code in view.wholes else view.organisation(figure.source.person),
        last=last_words(view.past(code), definition),
        target=target_words(definition.target),
        rag=judged.rag,
        why=judged.why if figure.reported.value is not None or judged.rag else "",
        note=figure.reported.note,
        remarks=(*view.remarks(figure), *plan_line(view, code), *_waiting_whole(view, code)),
        was=figure_words(before, definition.unit) if before and not signed else "",
        signed=signed,
    )


def _waiting_whole(view: RoundView, code: str) -> list[str]:
    """Under the first part that is in: why what it is a part of can't be put together yet."""
    whole = view.whole_of(code)
    if not whole or whole in view.figures or code != next(part for part in view.wholes[whole] if part in view.figures):
        return []
    return [f"{whole} {view.definitions[whole].short}: {view.whole(whole).words}."]


def _out(view: RoundView, code: str) -> str:
    """What is out, with whom and why: "DA07 risk reduced: Council, sent back: a miscount"."""
    owed = next(each for each in view.obligations if each.measure == code)
    named = f"{code} {view.definitions[code].short}: {view.organisation(owed.person)}"
    if sent := sent_back_of(view, code):
        return f"{named}, sent back: {sent.reason}"
    if code in view.open_queries:
        return f"{named}, asked: {' '.join(view.open_queries[code].reasons)}"
    return f"{named}, nothing yet" if owed.state is not ObligationState.IN else named


def _awaiting(view: RoundView, code: str) -> str:
    published = view.definitions[code].published(view.round.period)
    return f"{code} {view.definitions[code].short}: its source publishes about {day(published)}"

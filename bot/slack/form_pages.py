"""What a form that was sent in is answered with: its next page, what is wrong in it, what is unusual, or nothing more.

Nothing here is Slack's: a payload goes in, and what the modal is to show comes out.
"""

from collections.abc import Sequence
from typing import Any

from bot.slack import doubt_view
from bot.slack.door import NOT_ON_THE_LIST, SlackDoor, presser_of
from bot.slack.draft import Draft, Fields, about_of, draft_of, fields_of, page_of, told_of_closed, whole
from bot.slack.view import FIGURE, form_view, pages_of, refusal_view
from collector.desk import FieldProblem, NotOnTheList
from collector.messages import Sheet

CLOSED = "The round of this form is closed, so there is nothing to fill in. To change a figure, reply with it."

#: Slack documents no limit; a field's message stands in a narrow column.
_LONGEST_PROBLEM = 500

Json = dict[str, Any]


def opened_form(door: SlackDoor, sheet: Sheet, sender: str, from_where: str) -> Json:
    """The first page, with what was put in before; what of that can't be sent any more is said above it."""
    draft = Draft(door, sheet.person, sheet.period)
    left_out = draft.leave_out({row.code for row in sheet.rows})
    told = (*told_of_closed(door, sender, sheet.period), *left_out)
    return form_view(sheet, from_where, draft=draft.fields(), told=told)


def answer_to_page(door: SlackDoor, body: Json) -> Json:
    """What is wrong on the page, in place; else the next page, the page of doubts, or, once it is kept, nothing."""
    draft, page = draft_of(door, body), page_of(body)
    before = draft.fields() if draft else {}
    fields = fields_of(body, before)
    if refused := _refused(door, whole(body, fields), body["view"]):
        return refused
    sheet = door.desk.sheet_for(presser_of(body), door.now())
    # A form of another round or person was refused above, where it says anything at all.
    if draft is None or sheet is None:
        return _kept(door, draft, whole(body, fields))
    if page < pages_of(sheet) - 1:
        draft.keep(page, fields)
        next_page = form_view(sheet, str(about_of(body).get("origin") or ""), page + 1, before)
        return {"response_action": "update", "view": next_page}
    if not draft.pages() >= set(range(page)):
        return {}  # the pages before it are gone: it was sent in before
    return _sent(door, draft, body, page, {**before, **fields}, fields)


def page_before(door: SlackDoor, body: Json) -> Json:
    """The page before the one that is shown, which is kept as it is filled in: it is looked over when it is sent.

    Where the form can't be sent any more, the one that can. NotOnTheList for a stranger.
    """
    sheet = door.desk.sheet_for(presser_of(body), door.now())
    draft, page, from_where = draft_of(door, body), page_of(body), str(about_of(body).get("origin") or "")
    if draft is None or sheet is None:
        return refusal_view(CLOSED)
    draft.keep(page, fields_of(body, draft.fields()))
    if sheet.period != draft.period:
        return opened_form(door, sheet, presser_of(body), from_where)
    return form_view(sheet, from_where, max(page - 1, 0), draft.fields())


def answer_to_doubts(door: SlackDoor, body: Json) -> Json:
    """Confirmed or changed: what was changed is looked over again; else the form is kept."""
    draft = draft_of(door, body)
    fields = dict(draft.fields()) if draft else {}
    if draft is None or not fields:
        return {}  # it was sent in before
    states = body["view"]["state"]["values"]
    right = [name.removeprefix(doubt_view.RIGHT) for name in states if name.startswith(doubt_view.RIGHT)]
    known = tuple(str(code) for code in about_of(body).get("confirmed") or ())
    confirmed, changed = known, {}
    for code in right:
        typed = str((states.get(doubt_view.INSTEAD + code) or {}).get("value", {}).get("value") or "").strip()
        chosen = (states[doubt_view.RIGHT + code].get("value") or {}).get("selected_option") or {}
        if typed and FIGURE + code in fields:
            changed[FIGURE + code] = {**fields[FIGURE + code], "state": {"type": "plain_text_input", "value": typed}}
        elif chosen.get("value") == doubt_view.YES:
            confirmed = (*confirmed, code)
        else:
            words = f"Say that {code} is right, or give the right figure."
            return {"response_action": "errors", "errors": {doubt_view.INSTEAD + code: words}}
    fields.update(changed)
    if refused := _refused(door, whole(body, fields, confirmed), body["view"], {FIGURE: doubt_view.INSTEAD}):
        return refused
    return _sent(door, draft, body, max(draft.pages()), fields, fields, confirmed)


def answer_to_words(door: SlackDoor, body: Json) -> Json:
    """Keep a small modal where it holds together; else mark what does not, all at once, and keep nothing."""
    return _refused(door, body, body["view"]) or _kept(door, None, body)


def _sent(
    door: SlackDoor,
    draft: Draft,
    body: Json,
    page: int,
    fields: Fields,
    on_page: Fields,
    confirmed: tuple[str, ...] = (),
) -> Json:
    """The whole form: asked about where something is unusual, kept where nothing is."""
    told = whole(body, fields, confirmed)
    doubts = [one for one in door.desk.doubts(door.form(told), door.now()) if FIGURE + one.code in fields]
    if not doubts:
        return _kept(door, draft, told)
    draft.keep(page, on_page)
    return {
        "response_action": "update",
        "view": doubt_view.doubt_view(doubts, str(told["view"]["private_metadata"]), draft.period),
    }


def _kept(door: SlackDoor, draft: Draft | None, told: Json) -> Json:
    door.take_in(door.form(told))
    if draft is not None:
        draft.drop()
    return {}


def _refused(door: SlackDoor, told: Json, view: Json, renamed: dict[str, str] | None = None) -> Json | None:
    """What goes back in place of taking a form in; None where it holds together."""
    form = door.form(told)
    try:
        problems = door.desk.look_over(form, door.now())
    except NotOnTheList:
        # It changes nothing, but the coordinator is shown it, as with a stranger's mail.
        door.take_in(form)
        return {"response_action": "update", "view": refusal_view(NOT_ON_THE_LIST)}
    if not problems:
        return None
    for old, new in (renamed or {}).items():
        problems = [FieldProblem(problem.where.replace(old, new, 1), problem.words) for problem in problems]
    return {"response_action": "errors", "errors": by_field(problems, view)}


def by_field(problems: Sequence[FieldProblem], view: Json) -> dict[str, str]:
    """One text a field. Slack shows nothing at all where a field is not in the form: the first field takes those."""
    fields = [str(block.get("block_id")) for block in view.get("blocks") or [] if block.get("type") == "input"]
    words: dict[str, list[str]] = {}
    for problem in problems:
        where = problem.where if problem.where in fields else next(iter(fields), problem.where)
        words.setdefault(where, []).append(problem.words)
    return {where: _short(" ".join(said)) for where, said in words.items()}


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST_PROBLEM else f"{words[: _LONGEST_PROBLEM - 1]}…"

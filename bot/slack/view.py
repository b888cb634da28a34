"""The form: a return as a Slack modal. Pure.

What comes back is found by the ids named here: `state.values[FIGURE + code][ACTION]["value"]` is a figure as typed,
`[COMMENT + code][ACTION]["value"]` a comment, `[STATUS + code][ACTION]["selected_option"]["value"]` a status in the
sheet's own words. `private_metadata` is JSON that says whose form it is: see `metadata_of`. A problem goes to a field
by its block_id.
"""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date

from bot import phrases
from bot.slack.blocks import Block, Button, blocks_of, buttons, line, plain_text, section, small
from bot.slack.mrkdwn import length
from collector.domain.submission import FormValue
from collector.messages import Sheet, SheetRow
from collector.milestones import NO_CHANGE

CALLBACK = "return_form"
#: The button that leads back to the page before; its value is that page.
BACK = "form_back"
FILES = "file:return"
#: So many lines about what can't be sent any more stand above a form.
_MOST_TOLD = 12
FIGURE = "figure:"
STATUS = "status:"
EXPECTED = "expected:"
COMMENT = "comment:"
ACTION = "value"

_BLOCKS = 100
_BLOCKS_A_ROW = 6
#: Above the rows: the introduction, its small print, and the way back or what can't be sent any more.
_BLOCKS_ABOVE = 3
#: The field for files below the rows of the last page.
_BLOCKS_BELOW = 1
ROWS_A_PAGE = (_BLOCKS - _BLOCKS_ABOVE - _BLOCKS_BELOW) // _BLOCKS_A_ROW
_TITLE = 24
_HEADER = 140
_LABEL = 200
_HINT = 300
_OPTION = 75
_OPTIONS = 100
_LINE = 500
#: What is told above a form stays in one section.
_TOLD = 230
_WORDS = 2800
#: What a field takes. More than that is never cut: a shortened text would come back as a change.
_SHORT_FIELD = 300
_LONG_FIELD = 3000
_FILE_TYPES = ("xlsx", "xlsm", "xls", "ods", "csv", "docx", "pdf", "txt")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def pages_of(sheet: Sheet) -> int:
    """On how many pages a form stands."""
    return max(1, -(-len(sheet.rows) // ROWS_A_PAGE))


def form_view(
    sheet: Sheet,
    origin: str,
    page: int = 0,
    draft: Mapping[str, Mapping[str, object]] | None = None,
    told: Sequence[str] = (),
) -> dict[str, object]:
    """A page of the form with what the books hold already; `origin` is the message it was opened from.

    What was sent in before of a `draft` (by field: its `state`) stands in its fields; `told` is said above them.
    """
    rows, pages = sheet.rows[page * ROWS_A_PAGE : (page + 1) * ROWS_A_PAGE], pages_of(sheet)
    last = page == pages - 1
    fields = [block for row in rows for block in _row(row, sheet)]
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": plain_text(f"Return Q{sheet.period.number} {sheet.period.financial_year}", _TITLE),
        "submit": plain_text("Send" if last else "Next page", _TITLE),
        "close": plain_text("Cancel", _TITLE),
        "private_metadata": metadata_of(sheet, origin, page),
        "blocks": [
            *blocks_of(section([line(words) for words in told[:_MOST_TOLD]], _TOLD) if told else []),
            *_introduction(sheet, page, pages, bool(draft)),
            *(blocks_of([buttons([Button("Back a page", BACK, str(page - 1))])]) if page else []),
            *(_drafted(block, (draft or {}).get(str(block.get("block_id")))) for block in fields),
            *([_files((draft or {}).get(FILES))] if last else []),
        ],
    }


def _drafted(block: Block, kept: Mapping[str, object] | None) -> Block:
    """A field with what was put into it before, in the place of what the books hold."""
    element, state = block.get("element"), kept.get("state") if kept else None
    if not isinstance(element, dict) or not isinstance(state, dict):
        return block
    bare = {key: value for key, value in element.items() if not key.startswith("initial_")}
    typed, option, day = state.get("value"), state.get("selected_option"), state.get("selected_date")
    if isinstance(typed, str) and 0 < length(_typeable(typed)) <= _LONG_FIELD:
        bare["initial_value"] = _typeable(typed)
    elif isinstance(option, dict):
        same = [one for one in element.get("options", []) if one["value"] == option.get("value")]
        bare.update({"initial_option": same[0]} if same else {})
    elif isinstance(day, str) and _is_date(day):
        bare["initial_date"] = day
    return {**block, "element": bare}


def _files(kept: Mapping[str, object] | None) -> Block:
    """The field for files. Slack can't show in it what was handed in before, so that is said below it."""
    element: Block = {"type": "file_input", "action_id": ACTION, "filetypes": list(_FILE_TYPES), "max_files": 5}
    how = "A workbook, a document or a table, up to 10 MB."
    if names := names_of_files(kept):
        how = f"Handed in before, and sent with it: {', '.join(names)}. Files put in here take their place."
    return _input(FILES, "Or a file with your figures", element, how)


def names_of_files(field: Mapping[str, object] | None) -> list[str]:
    """What the files are called that a field for files holds, as it was sent in."""
    state = field.get("state") if field else None
    files = state.get("files") if isinstance(state, dict) else None
    return [str(file.get("name")) for file in files or () if isinstance(file, dict)]


def refusal_view(words: str) -> dict[str, object]:
    """A modal that only says why there is no form, and what to do."""
    return {
        "type": "modal",
        "title": plain_text("Return", _TITLE),
        "close": plain_text("Close", _TITLE),
        "blocks": blocks_of(section([line(words)], _WORDS)),
    }


def metadata_of(sheet: Sheet, origin: str, page: int = 0) -> str:
    """Whose form it is and for which round, in the form itself; which page it is, after the first."""
    known: dict[str, object] = {
        "partnership": sheet.partnership,
        "period": sheet.period.key,
        "person": sheet.person,
        "version": sheet.version,
        "origin": origin,
    }
    if page:
        known["page"] = page
    return json.dumps(known, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _introduction(sheet: Sheet, page: int, pages: int, drafted: bool) -> list[Block]:
    due = line(f"{sheet.period}, due {phrases.by_when(sheet.due)}. {sheet.partnership_name}.")
    how = line("Fill in what you have: what you leave empty stays owed. You can send this as often as you like.")
    when_not = line("Not available yet? Choose that status, and the date you expect it, and say why in the comment.")
    on = f"Page {page + 1} of {pages}. What you put in is kept with each page, and counts once you send the last."
    held = "What you put in before and did not send is filled in." if drafted else "What we hold already is filled in."
    known = drafted or any(row.held for row in sheet.rows)
    notes = [*([line(on)] if pages > 1 else []), *([line(held)] if known else [])]
    return blocks_of([*section([due, how, when_not], _LINE), *([small(notes, _LINE)] if notes else [])])


def _row(row: SheetRow, sheet: Sheet) -> list[Block]:
    held = row.held or FormValue(row.code)
    words = f"{f'{row.number}. ' if row.number else ''}{row.code} {row.title}"
    return [
        {"type": "header", "text": plain_text(words, _HEADER)},
        *_context(row, sheet.earlier),
        _figure(row, held),
        *_status(row, held, sheet.statuses),
        _expected(row, held),
        _comment(row, held),
    ]


def _context(row: SheetRow, earlier: Sequence[str]) -> list[Block]:
    """What is aimed at, and what it was."""
    history = [*row.history[:-1], phrases.quoted(row.unchanged)] if row.unchanged else row.history
    past = [f"{heading}: {value}" for heading, value in zip(earlier, history, strict=False) if value]
    target = [f"Target: {row.target}"] if row.target else []
    words = [*target, *past]
    return blocks_of([small([line(" · ".join(words))], _LINE)]) if words else []


def _figure(row: SheetRow, held: FormValue) -> Block:
    long = "sentence" in row.hint
    element = _field(_held_figure(row, held), _LONG_FIELD if long else _SHORT_FIELD, multiline=long)
    example = _example(row.hint)
    how = f"{phrases.sentence(row.hint)}, such as {example}" if example else phrases.sentence(row.hint)
    if row.unchanged:
        how += f". Where nothing has changed, write: {NO_CHANGE}"
    return _input(FIGURE + row.code, f"{row.code} {'progress' if long else 'figure'}", element, how)


def _held_figure(row: SheetRow, held: FormValue) -> str:
    """A figure as its sender would type it, with the counts behind it: "28.8% (15 of 52)"."""
    percentage = "per cent" in row.hint and "up or down" not in row.hint and _NUMBER.fullmatch(held.figure)
    figure = f"{held.figure}%" if percentage else held.figure
    counts = f"{held.part} of {held.whole}" if held.part and held.whole else ""
    if not counts or counts in figure:
        return figure
    return f"{figure} ({counts})" if figure else counts


def _example(hint: str) -> str:
    """How an answer looks; empty where it is a sentence."""
    examples = {
        "up or down by": "3 fewer (from 50 to 47)",
        "up or down": "6% reduction (from 50 to 47)",
        "counts": "40% (20 of 50)",
        "per cent": "40%",
        "per 100,000": "410",
        "pounds": "1,200",
        "days": "12",
        "number": "42",
    }
    return next((example for words, example in examples.items() if words in hint), "")


def _status(row: SheetRow, held: FormValue, statuses: Sequence[str]) -> list[Block]:
    options = {words: _option(words) for words in statuses[:_OPTIONS] if _is_option(words)}
    if not options:
        return []
    element: Block = {
        "type": "static_select",
        "action_id": ACTION,
        "placeholder": plain_text("Only if there is no figure, or it is provisional", _OPTION),
        "options": list(options.values()),
    }
    if held.status in options:
        element["initial_option"] = options[held.status]
    return [_input(STATUS + row.code, f"{row.code} status", element)]


def _expected(row: SheetRow, held: FormValue) -> Block:
    """When a figure that is not available yet can be had."""
    placeholder = plain_text("Only if it is not available yet", _OPTION)
    element: Block = {"type": "datepicker", "action_id": ACTION, "placeholder": placeholder}
    if _is_date(held.expected):
        element["initial_date"] = held.expected
    return _input(EXPECTED + row.code, f"{row.code} expected on", element)


def _is_date(words: str) -> bool:
    try:
        return date.fromisoformat(words).isoformat() == words
    except ValueError:
        return False


def _is_option(words: str) -> bool:
    return length(words) <= _OPTION and bool(phrases.one_line(words))


def _option(words: str) -> Block:
    return {"text": plain_text(words, _OPTION), "value": words}


def _comment(row: SheetRow, held: FormValue) -> Block:
    element = _field(held.comment, _LONG_FIELD, multiline=True)
    missing = held.comment.strip() and "initial_value" not in element
    how = "What you wrote before is kept. It is too long to be shown here." if missing else ""
    return _input(COMMENT + row.code, f"{row.code} comment", element, how)


def _field(held: str, most: int, multiline: bool) -> Block:
    # A field's own value is no text object: Slack shows it as it is, so it is neither escaped nor cut.
    element: Block = {"type": "plain_text_input", "action_id": ACTION, "multiline": multiline, "max_length": most}
    value = _typeable(held if multiline else " ".join(held.split()))
    return {**element, "initial_value": value} if value and length(value) <= most else element


def _typeable(words: str) -> str:
    """Words as a keyboard could have made them: no control characters, no halves of characters."""
    kept = (char for char in words if char == "\n" or unicodedata.category(char) not in ("Cc", "Cs"))
    return "".join(kept).strip()


def _input(block_id: str, label: str, element: Block, hint: str = "") -> Block:
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "optional": True,
        "label": plain_text(label, _LABEL),
        "element": element,
    }
    explained = plain_text(hint, _HINT)
    return {**block, "hint": explained} if explained["text"] else block

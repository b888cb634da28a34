"""Small modals of ours that were sent in: a status for some figures, or an order whose words were filled in.

Each says in its `private_metadata` what it is for; what was put in stands under `word:NAME`.
"""

import re
from collections.abc import Mapping

from collector.domain.submission import Form, FormValue, Opened
from parsers.payload import (
    LONGEST_FIELD,
    MOST_BLOCKS,
    Json,
    Odd,
    about_view,
    cleaned,
    digest_of_values,
    fingerprint,
    id_in,
    items_in,
    object_in,
    presser_of,
    word_in,
)

_ODD = "We couldn't read what you filled in. Press the button again, or write it in a message."
_NAME = re.compile(r"word:([a-z]{1,20})")
#: A place for what was filled in: "{to}", or "{to|other}" for the first of these that holds something.
_PLACE = re.compile(r"\{([a-z|]{1,60})\}")


def opened_statuses(body: Json) -> Opened:
    """The figures that were ticked, each with the same status, day and reason; Odd where it does not say whose."""
    view = object_in(body, "view")
    about, words = about_view(view, _ODD), _words(view)
    codes, comment = words.get("codes", []), _joined(words.get("comment", []))
    status, figure = word_in(about, "status"), word_in(about, "figure")
    expected = _joined(words.get("expected", []))
    values = tuple(
        FormValue(
            code[:100],
            # A reason that goes with the words of a note is part of the note.
            figure=f"{figure}: {comment}" if figure and comment else figure,
            status=status,
            expected=expected,
            comment="" if figure else comment,
            where="word:expected" if expected else "word:codes",
        )
        for code in codes
    )
    form = Form("the form", word_in(about, "partnership"), word_in(about, "period"), word_in(about, "person"),
                about["version"], values)  # fmt: skip
    said = "\n".join(" ".join(filter(None, (v.code, v.figure, v.status, v.expected, v.comment))) for v in values)
    return _opened(body, view, about, text="", body_text=said, form=form)


def opened_words(body: Json) -> Opened:
    """An order with the words that were filled into it, as if it had been written in a message."""
    view = object_in(body, "view")
    about, words = about_view(view, _ODD), _words(view)
    template = word_in(about, "say")
    if not template:
        raise Odd(_ODD)
    text = _PLACE.sub(lambda place: _filled(place[1], words), template)
    return _opened(body, view, about, text=text, body_text=text, form=None)


def _opened(body: Json, view: Json, about: Json, text: str, body_text: str, form: Form | None) -> Opened:
    senders, origin = presser_of(body), word_in(about, "origin")
    values = object_in(object_in(view, "state"), "values")
    message_id = f"slack:view:{id_in(view, 'id')}:{id_in(view, 'hash')}:{digest_of_values(values, _ODD)}"
    return Opened(
        senders=senders,
        subject="",
        text=text,
        body=body_text,
        message_id=message_id,
        references=(origin,) if re.fullmatch(r"slack:[A-Za-z0-9:.]{1,120}", origin) else (),
        sent_at=None,
        fingerprint=fingerprint(*senders, message_id),
        form=form,
    )


def _words(view: Json) -> dict[str, list[str]]:
    """What was put into each field; several where several were ticked."""
    values = object_in(object_in(view, "state"), "values")
    found = {}
    for block_id, actions in list(values.items())[:MOST_BLOCKS]:
        if name := _NAME.fullmatch(cleaned(block_id)):
            found[name[1]] = _put_in(object_in(actions, "value"))
    return found


def _put_in(state: Json) -> list[str]:
    picked = [word_in(one, "value") for one in items_in(state, "selected_options", MOST_BLOCKS)]
    alone = word_in(object_in(state, "selected_option"), "value")
    typed = word_in(state, "value", LONGEST_FIELD) or word_in(state, "selected_date")
    # An order is one line: what somebody types can't begin another.
    return [" ".join(each.split()) for each in (*picked, alone, typed) if each.strip()]


def _filled(names: str, words: Mapping[str, list[str]]) -> str:
    return next((_joined(words[name]) for name in names.split("|") if words.get(name)), "")


def _joined(words: list[str]) -> str:
    return " and ".join(words)

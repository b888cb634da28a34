"""A form in the making: its pages as they are sent in, kept in the books until the last brings them all together."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from bot.slack.door import SlackDoor, presser_of
from bot.slack.view import FILES, names_of_files
from collector.domain.period import Quarter

Json = dict[str, Any]
#: What stands in a form, by field: the `block` as it was shown with what the books held, and its `state`.
Fields = Mapping[str, Mapping[str, Any]]
#: Of what somebody typed so much is told, in characters.
_KNOWN_AGAIN = 60


@dataclass(frozen=True)
class Draft:
    """Somebody's form for one round, over the door's books."""

    door: SlackDoor
    person: str
    period: Quarter

    def fields(self) -> Fields:
        """Everything that was sent in so far."""
        with self.door.books.begin() as unit:
            pages = unit.drafts.of(self.person, self.period)
        return {name: field for page in pages.values() for name, field in page.items()}

    def pages(self) -> frozenset[int]:
        """The pages that were sent in."""
        with self.door.books.begin() as unit:
            return frozenset(unit.drafts.of(self.person, self.period))

    def keep(self, page: int, fields: Fields) -> None:
        """Keep a page; when this returns it is on disk."""
        with self.door.books.begin() as unit:
            unit.drafts.keep(self.person, self.period, page, fields, self.door.now())

    def drop(self) -> None:
        """The whole was kept as a message; what was begun for earlier rounds goes with it."""
        with self.door.books.begin() as unit:
            for period in {self.period, *unit.drafts.periods(self.person)}:
                unit.drafts.drop(self.person, period)

    def leave_out(self, codes: Collection[str]) -> tuple[str, ...]:
        """Take out what was put in for any but these; what that was, in words for its writer."""
        with self.door.books.begin() as unit:
            pages = unit.drafts.of(self.person, self.period)
            gone: dict[str, list[str]] = {}
            for page, fields in pages.items():
                kept = {name: field for name, field in fields.items() if _code_in(name) in {"", *codes}}
                for name in fields.keys() - kept.keys():
                    gone.setdefault(_code_in(name), []).extend(_put_in(fields[name]))
                if kept != fields:
                    unit.drafts.keep(self.person, self.period, page, kept, self.door.now())
        return tuple(
            f"{code} is not on your list any more, so what you had put in for it ({', '.join(said)}) was left out."
            for code, said in gone.items()
            if said
        )


def told_of_closed(door: SlackDoor, sender: str, open_now: Quarter | None) -> tuple[str, ...]:
    """What a sender began for other rounds than the one that is open and never sent.

    It is told whenever they open a form, until they send something in: a form that Slack did not show told nothing.
    """
    with door.books.begin() as unit:
        partnership = unit.plan.get()
        person = partnership.known_as(sender) if partnership else None
        closed = [period for period in unit.drafts.periods(person.id) if period != open_now] if person else []
    return tuple(
        f"What you had put in for {period} and not sent was not recorded, as that round is closed. To change a figure"
        " of it, reply with the figure and the reason."
        for period in closed
    )


def _code_in(field: str) -> str:
    """The code that a field is for ("figure:DA06"); "" for one that takes files."""
    return "" if field == FILES else field.partition(":")[2]


def _put_in(field: Mapping[str, Any]) -> list[str]:
    """What somebody put into a field, as they would know it again."""
    state = field.get("state") or {}
    said = state.get("value") or (state.get("selected_option") or {}).get("value") or state.get("selected_date")
    return [str(said)[:_KNOWN_AGAIN]] if said else []


def draft_of(door: SlackDoor, body: Json) -> Draft | None:
    """The draft of who sent a form, for the round it is for; None for a stranger or a form that does not say which."""
    about = about_of(body)
    try:
        period = Quarter.parse(str(about.get("period")))
    except ValueError:
        return None
    with door.books.begin() as unit:
        partnership = unit.plan.get()
    person = partnership.known_as(presser_of(body)) if partnership else None
    return Draft(door, person.id, period) if person else None


def about_of(body: Json) -> Json:
    """What a form of ours says about itself."""
    try:
        about = json.loads(str(body["view"].get("private_metadata")))
    except (ValueError, RecursionError):
        return {}
    return about if isinstance(about, dict) else {}


def page_of(body: Json) -> int:
    """Which page of a form was sent in, from 0."""
    page = about_of(body).get("page")
    return page if isinstance(page, int) else 0


def fields_of(body: Json, before: Fields) -> Fields:
    """What a page holds. A field that shows a draft's words was handed out with what the books held at first.

    Files that were handed in before stay, where none take their place: Slack shows their field empty.
    """
    states = body["view"]["state"]["values"]
    shown = {str(block.get("block_id")): block for block in body["view"].get("blocks") or [] if "element" in block}
    fields: dict[str, Mapping[str, Any]] = {
        name: {"block": before[name]["block"] if name in before else block, "state": states[name].get("value")}
        for name, block in shown.items()
        if isinstance(states.get(name), dict)
    }
    if FILES in before and not names_of_files(fields.get(FILES)):
        fields |= {FILES: before[FILES]} if FILES in shown else {}
    return fields


def whole(body: Json, fields: Fields, confirmed: tuple[str, ...] = ()) -> Json:
    """The form as if all its pages had been one, with what its sender said is right."""
    about = {**about_of(body), **({"confirmed": list(confirmed)} if confirmed else {})}
    about.pop("page", None)
    view = {
        **body["view"],
        "private_metadata": json.dumps(about, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        "blocks": [field["block"] for field in fields.values()],
        "state": {"values": {name: {"value": field["state"]} for name, field in fields.items()}},
        "callback_id": "return_form",
    }
    return {**body, "view": view}

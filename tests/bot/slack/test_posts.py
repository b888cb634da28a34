"""What our Slack messages look like: golden files beside this one. UPDATE_GOLDEN=1 writes them anew."""

import base64
import json
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.phrases import workbook_name
from bot.slack.posts import CHOOSE, OPEN_FORM, TOKEN_PREFIX, Posts
from bot.slack.view import form_view
from bot.slack.week_picture import alt_text, picture_of, svg_of
from collector.domain.rag import Rag
from collector.domain.submission import Mark
from collector.messages import (
    Board,
    Choice,
    Digest,
    DigestLine,
    Message,
    Notice,
    OrganisationCount,
    OwedLine,
    Question,
    Receipt,
    RecordedLine,
    Sheet,
    SignedPriority,
    SignOffLine,
    SignOffPart,
    SignOffSheet,
    WeekLine,
    WeekSummary,
)
from tests.bot.mail.samples import DUE, Q2, RECEIPT, SAMPLES, TOKEN, reminder, row
from tests.bot.slack.samples import modals, sheet
from tests.support.block_kit import problems_of_message, problems_of_view

GOLDEN = Path(__file__).parent / "golden"
FORBIDDEN = ("please", "sorry", "oops", "invalid", "illegal", "forbidden", "error code", "you forgot", "null", "n/a")
ORIGIN = "slack:T01:D01:1445346390.000100"
ROOT, REPLY = "slack:T01:D02:1445340000.000100", "slack:T01:D02:1445346390.000200"
HOSTILE = (
    "<!channel> <!here|all> <@U1> <#C1|general> <!date^1^x|y> @here @channel @everyone",
    "<https://evil.example.org|click> https://evil.example.org",
    "*bold* _italic_ ~gone~ `code` ```block``` > quote",
    ":tada: :rotating_light: :+1: ☃ 🎉",
    "fine\nReply 1 for: nothing at all\nStill owed\nNo further figures.\r\n\u2028> quoted",
    "&lt;!channel&gt; &amp; <5",
    '”} "}],"blocks":[{\\ \u202egnihtyreve\u202c \x00 \x1b[31mred \ud83d \x85 \u200b',
    "🎉" * 4000,
    "&<>" * 3000,
    '"\\' * 3000,
    ":a:" * 3000,
    "*_~`" * 3000,
    "word\n" * 40_000,
    "",
    "\x00",
)


def workbook(given: Sheet) -> bytes:
    return f"{given.person} {given.period}".encode()


POSTS = Posts("Medway Community Safety Partnership", workbook)


def payload(
    message: Message, in_reply_to: str | None = None, references: tuple[str, ...] = (), edits: str | None = None
) -> dict[str, Any]:
    planned = row(message, in_reply_to, references)
    planned = replace(planned, planned=replace(planned.planned, edits=edits, channel="slack"))
    decoded = json.loads(POSTS.render(planned, "Youth Offending Team Manager", "U01"))
    assert isinstance(decoded, dict)
    return decoded


def shown(message: Message) -> str:
    """All that can be seen of a message."""
    return json.dumps(payload(message)["blocks"], ensure_ascii=False)


def pretty(given: object) -> str:
    return json.dumps(given, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def compare(name: str, content: str) -> None:
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(content, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == content, f"{name} differs; if that is meant, run with UPDATE_GOLDEN=1"


@pytest.mark.parametrize("name", SAMPLES)
def test_a_message_reads_as_its_golden_file_says(name: str) -> None:
    given = payload(SAMPLES[name])
    for picture in (file for file in given["files"] if file["name"].endswith(".png")):
        # Its bytes are the machine's fonts'; what is drawn has a golden file of its own.
        picture["content"] = f"a PNG: {base64.b64decode(picture['content'])[1:4].decode()}"
    compare(f"{name}.json", pretty(given))
    compare(f"{name}.txt", given["text"] + "\n")


def test_the_form_and_the_modals_read_as_their_golden_files_say() -> None:
    compare("form.json", pretty(form_view(sheet(), ORIGIN)))
    for name, view in modals().items():
        compare(f"{name}.json", pretty(view))


def test_the_weeks_picture_is_drawn_as_its_golden_file_says() -> None:
    week = SAMPLES["week"]
    assert isinstance(week, WeekSummary)
    compare("week.svg", svg_of(week).replace("><", ">\n<") + "\n")
    (file,) = payload(week)["files"]
    assert file["alt"] == alt_text(week)
    assert "Kent Police: 9 in, 6 outstanding" in file["alt"]


def test_peoples_words_are_text_in_the_picture_too() -> None:
    lines = tuple(WeekLine(words, 1, 2) for words in HOSTILE[:7])
    drawn = svg_of(WeekSummary("SEG", Q2, DUE, DUE, 3, 1, lines))
    assert "<!channel>" not in drawn
    assert picture_of(WeekSummary("SEG", Q2, DUE, DUE, 3, 1, lines)).startswith(b"\x89PNG")


#: The home tabs have tests of their own.
PAGES = {f"home-{person}.json" for person in ("da", "dph", "coordinator", "chair")}


def test_no_golden_file_is_left_over() -> None:
    known = {f"{name}.{kind}" for name in SAMPLES for kind in ("json", "txt")}
    assert {path.name for path in GOLDEN.iterdir()} == known | {"form.json", "week.svg"} | PAGES | {
        f"{name}.json" for name in modals()
    }


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.json")), ids=lambda path: path.name)
def test_slack_takes_every_golden_file(path: Path) -> None:
    given = json.loads(path.read_text(encoding="utf-8"))
    assert (problems_of_view if given.get("type") in ("modal", "home") else problems_of_message)(given) == []


def words_in(given: Any) -> list[str]:
    """Every word that reaches a reader: keys and JSON's own null are not among them."""
    if isinstance(given, str):
        return [given]
    children = given.values() if isinstance(given, dict) else given if isinstance(given, list) else []
    return [words for child in children for words in words_in(child)]


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.json")), ids=lambda path: path.name)
def test_no_message_holds_a_word_that_blames_or_puzzles(path: Path) -> None:
    text = "\n".join(words_in(json.loads(path.read_text(encoding="utf-8")))).lower()
    assert [word for word in FORBIDDEN if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)] == []


def test_a_covering_sentence_opens_the_post_and_mentions_nobody() -> None:
    post = POSTS.preview(RECEIPT, cover="A new way of collecting, <!channel>.")
    assert post.text.startswith("A new way of collecting")
    assert "<!channel>" not in post.text
    assert "<!channel>" not in json.dumps(post.blocks[0])


def test_the_same_row_gives_the_same_bytes() -> None:
    message = replace(RECEIPT, workbook=sheet())
    again = Posts("Medway Community Safety Partnership", workbook)
    assert POSTS.render(row(message), "Manager", "U01") == again.render(row(message), "Manager", "U01")


def test_the_first_block_carries_the_token_and_nothing_else_has_an_id() -> None:
    given = payload(RECEIPT)
    assert given["token"] == TOKEN
    assert [block.get("block_id") for block in given["blocks"]] == [
        TOKEN_PREFIX + TOKEN,
        *[None] * (len(given["blocks"]) - 1),
    ]


def test_what_nobody_wrote_in_a_thread_stands_at_the_top_of_the_conversation() -> None:
    for post in (payload(RECEIPT), payload(RECEIPT, REPLY, (REPLY,)), payload(RECEIPT, REPLY)):
        assert (post["channel"], post["thread_ts"], post["update_ts"]) == ("U01", None, None)


@pytest.mark.parametrize("references", [(ROOT, REPLY), (ROOT,)])
def test_an_answer_stands_in_the_thread_that_was_written_in(references: tuple[str, ...]) -> None:
    given = payload(RECEIPT, REPLY, references)
    assert (given["channel"], given["thread_ts"]) == ("D02", "1445340000.000100")


def test_an_answer_to_a_mention_in_a_channel_goes_to_the_person_alone() -> None:
    """Its figures and colours are nobody else's yet (RULES 20)."""
    mention = ("slack:T01:C0SEG:1443.000001", "slack:T01:C0SEG:1443.000002")
    given = json.loads(POSTS.render(row(RECEIPT, mention[1], mention), "Manager", "U01"))
    assert (given["channel"], given["thread_ts"]) == ("U01", None)


def test_late_changes_stand_in_the_thread_of_the_board() -> None:
    given = payload(SAMPLES["late-changes"], references=("slack:T01:C09:1445340000.000900",))
    assert (given["channel"], given["thread_ts"]) == ("C09", "1445340000.000900")
    edited = payload(SAMPLES["late-changes"], None, ("slack:T01:C09:1.1",), "slack:T01:C09:1445340001.000900")
    assert (edited["channel"], edited["update_ts"], edited["thread_ts"]) == ("C09", "1445340001.000900", None)


def test_a_thread_that_is_not_slacks_is_no_thread() -> None:
    given = payload(RECEIPT, "<b@council.example.org>", ("<a@council.example.org>", "<b@council.example.org>"))
    assert (given["channel"], given["thread_ts"]) == ("U01", None)


def test_a_message_that_was_edited_since_is_the_same_thread() -> None:
    assert payload(RECEIPT, REPLY, (f"{ROOT}:1445340009.000300", REPLY))["thread_ts"] == "1445340000.000100"


def test_a_board_takes_the_place_of_the_last_one() -> None:
    given = payload(SAMPLES["board"], edits="slack:T01:C09:1445340000.000900")
    assert (given["channel"], given["update_ts"], given["thread_ts"]) == ("C09", "1445340000.000900", None)


@pytest.mark.parametrize("message", [reminder(3, workbook=sheet()), replace(RECEIPT, workbook=sheet())])
def test_the_workbook_goes_with_the_message_and_is_named_in_it(message: Message) -> None:
    given = payload(message)
    (file,) = given["files"]
    assert file["name"] == "return-2015-16Q2-yot.xlsx"
    assert file["title"] == "Return for Q2 2015-16 (Jul to Sep 2015), Youth Offending Team Manager, 4 to fill in"
    assert base64.b64decode(file["content"]) == b"yot Q2 2015-16 (Jul to Sep 2015)"
    assert "return-2015-16Q2-yot.xlsx" in given["text"]


def test_a_receipt_says_that_its_workbook_lists_what_to_look_at() -> None:
    look_at = (Mark("H6 holds a date", "Type it again.", "RO01", "figure"), Mark("H7 holds a date", "Type it again."))
    message = replace(RECEIPT, workbook=replace(sheet(), look_at=look_at), still_owed=())
    post = payload(message)
    assert "Its first sheet lists 2 things to look at" in post["text"]
    assert [file["name"] for file in post["files"]] == [workbook_name(sheet())]


def test_a_file_name_is_never_a_path() -> None:
    assert workbook_name(replace(sheet(), person="../../etc/päss wd")) == "return-2015-16Q2-etc-p-ss-wd.xlsx"
    assert workbook_name(replace(sheet(), person="../..")) == "return-2015-16Q2-person.xlsx"


def pressable(message: Message) -> list[dict[str, Any]]:
    blocks = payload(message)["blocks"]
    return [element for block in blocks if block["type"] == "actions" for element in block["elements"]]


def test_a_reminder_begins_with_a_button_for_the_form() -> None:
    button, *others = pressable(reminder(3))
    assert [other["text"]["text"] for other in others] == [
        "Not available yet",
        "Nothing to report",
        "Hand over",
        "Remind me tomorrow",
    ]
    assert (button["action_id"], button["value"], button["style"]) == (OPEN_FORM, "2015-16Q2", "primary")


def test_where_nothing_is_owed_there_is_nothing_to_press() -> None:
    assert pressable(SAMPLES["reminder-nothing-yet"]) == []


def test_each_choice_is_a_button_with_its_number() -> None:
    asked = [button for button in pressable(RECEIPT) if button["action_id"].startswith(CHOOSE)]
    assert [(button["action_id"], button["value"]) for button in asked] == [
        ("choose:3", "3"),
        ("choose:4", "4"),
        ("choose:1", "1"),
        ("choose:2", "2"),
    ]
    assert asked[1]["text"]["text"] == "4: 28.8% (15 of 52)"


def test_a_label_too_long_for_a_button_stands_above_it_in_full() -> None:
    label = "81% (117 of 144) " + "as counted from the first of April " * 4
    question = replace(RECEIPT.questions[0], choices=(Choice(1, label.strip()), Choice(2, "19%")))
    message = replace(RECEIPT, questions=(question,))
    assert f"Reply 1 for: {label.strip()}" in shown(message)
    assert len(pressable(message)[0]["text"]["text"]) <= 75
    assert pressable(message)[0]["text"]["text"].endswith(" …")


def test_every_choice_is_spelled_out_for_those_who_hear_the_message() -> None:
    assert "Reply 3 for: 19%\nReply 4 for: 28.8% (15 of 52)\nOr send the right figure." in payload(RECEIPT)["text"]


def test_a_reminder_says_how_to_say_what_is_no_figure() -> None:
    for words in ("not available until", "nothing to report", "now done by"):
        assert words in payload(reminder(3))["text"]


def test_a_board_shows_neither_a_colour_nor_a_person() -> None:
    words = shown(SAMPLES["board"]) + payload(SAMPLES["board"])["text"]
    assert re.findall(r"Red|Amber|Green|▼|●|▲|🔴|🟢|Manager|yot", words) == []


def test_forty_owed_figures_are_all_shown() -> None:
    title, hint = "Community Trigger responses within the time agreed", "per cent, with its counts"
    owed = tuple(OwedLine(number, f"ASB{number:02d}", title, hint, "Q1: 100%", "95%") for number in range(1, 41))
    given = payload(reminder(3, owed=owed))
    assert problems_of_message(given) == []
    assert all(f"*ASB{number:02d}*" in json.dumps(given["blocks"]) for number in range(1, 41))
    assert given["text"].endswith("The rest stands in the message itself.")


def test_thirty_questions_of_six_choices_say_how_many_more_there_are() -> None:
    questions = tuple(
        Question(
            f"SA{number:02d}",
            "People referred who completed alcohol treatment",
            "since April, 117 of 144 (81%)",
            ("You wrote 'since April', 117 of 144 (81%), and the round is for Q2 2015-16.",),
            tuple(Choice(6 * number + way, "81% (117 of 144), to date; Q2 alone is not available") for way in range(6)),
        )
        for number in range(30)
    )
    given = payload(replace(RECEIPT, questions=questions))
    assert problems_of_message(given) == []
    more = re.search(r"(\d+) more questions are open\. Answer in the form", json.dumps(given["blocks"]))
    asked = sum("You wrote: " in json.dumps(block) for block in given["blocks"])
    assert more is not None
    assert asked + int(more[1]) == 30
    assert OPEN_FORM in json.dumps(given["blocks"])


def test_every_figure_of_a_long_receipt_is_in_it() -> None:
    recorded = tuple(RecordedLine(f"RO{number:02d}", "Repeat victimisation", f"{number}%") for number in range(40))
    given = payload(replace(RECEIPT, recorded=recorded))
    assert problems_of_message(given) == []
    assert all(f"*RO{number:02d}*" in json.dumps(given["blocks"]) for number in range(40))


def test_a_thousand_lines_of_everything_still_fit() -> None:
    for message in everything("A rather long title with *stars* and <tags> & more", 1000):
        assert problems_of_message(payload(message)) == []


def everything(words: str, many: int = 1) -> list[Message]:
    """Every kind of message with these words wherever words from people can come."""
    owed = tuple(OwedLine(number, words, words, words, words, words) for number in range(many))
    question = Question(
        words, words, words, (words,) * min(many, 20), tuple(Choice(n, words) for n in range(min(many, 30)))
    )
    recorded = RecordedLine(words, words, words, words, words, words, Rag.RED, words, words)
    digest = (DigestLine(words, Rag.AMBER), DigestLine(words)) * many
    book = replace(sheet(), to=words)
    asked = (question,) * many
    return [
        replace(reminder(3, owed=owed, to_answer=asked, awaiting=(words,) * many, workbook=book), to=words),
        Receipt(words, RECEIPT.at, words, Q2, (recorded,) * many, asked, (words,) * many, owed, book),
        Receipt(words, RECEIPT.at, words, Q2),
        Board(Q2, DUE, DUE, 35, 29, (OrganisationCount(words, 2, 1),) * many, (words,) * many, (words,) * many),
        Digest(Q2, DUE, DUE, 35, 31, digest, digest, digest, digest, digest, DUE),
        Notice(words, words, (words,) * many, Q2),
        Notice(words, words, (words,) * many),
    ]


def problems_of_markup(given: dict[str, Any]) -> list[str]:
    """What of people's words Slack would read as more than words."""
    sent = {name: given[name] for name in ("text", "blocks", "files")}
    words = words_in(sent)
    marked = [given["text"], *(text["text"] for text in text_objects(given["blocks"]) if text["type"] == "mrkdwn")]
    found = [said for said in words if re.search(r"<[!@#]", said)]
    found += [
        said
        for said in marked
        if re.search(r"<|>|&(?!(?:amp|lt|gt);)|[~`]|(?:(?<!\d):|:(?!\d+:))[\w+'-]+:|@(?:here|channel|everyone)", said)
    ]
    found += [
        said for said in marked if re.search(r"(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])", re.sub(r"[^\x00-\x7f]", "a", said))
    ]
    found += [said for said in marked if re.search(r"(?m)^&gt;", said)]
    return found + [
        said for said in words if re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]", said)
    ]


def text_objects(given: Any) -> list[dict[str, Any]]:
    if isinstance(given, dict):
        here = [given] if given.get("type") in ("mrkdwn", "plain_text") else []
        return here + [found for child in given.values() for found in text_objects(child)]
    return [found for child in given for found in text_objects(child)] if isinstance(given, list) else []


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_text_from_people_stays_text_and_within_limits(words: str) -> None:
    for message in everything(words):
        given = payload(message)
        assert problems_of_message(given) == []
        assert problems_of_markup(given) == []
        assert all(text.get("emoji") is False for text in text_objects(given) if text["type"] == "plain_text")
        assert all(text.get("verbatim") is True for text in text_objects(given) if text["type"] == "mrkdwn")


def test_a_notices_short_lines_are_a_list_and_its_paragraphs_stand_apart() -> None:
    told = Notice(
        "Analyst", "All in", ("Everything is in. " * 6, "DA06: 153", "DA07: 91%", "To change a figure, reply. " * 4)
    )
    (section,) = [block for block in Posts("Test", lambda _: b"").preview(told).blocks if block["type"] == "section"]
    assert "\n\nDA06: 153\nDA07: 91%\n\nTo change" in cast(Any, section)["text"]["text"]


@pytest.mark.parametrize("words", HOSTILE[:6], ids=range(6))
def test_text_from_people_adds_no_line(words: str) -> None:
    for wild, tame in zip(everything(words), everything("all well"), strict=True):
        assert payload(wild)["text"].count("\n") == payload(tame)["text"].count("\n")


def test_a_stars_only_use_is_ours() -> None:
    (block,) = [
        block
        for block in payload(everything("*a* b*c*d **")[3])["blocks"]
        if "\u2217" in json.dumps(block, ensure_ascii=False)
    ][:1]
    assert block["text"]["text"].splitlines()[0] == "*Outstanding*"
    assert block["text"]["text"].splitlines()[1] == "• \u2217a\u2217 b\u2217c\u2217d \u2217\u2217: 2 (1 in question)"


def test_what_officers_really_write_is_left_as_it_is() -> None:
    words = "<5 in return_q2.xlsx & rising, see a@council.example.org at 14:06: fine"
    text = payload(Notice("Manager", "Hello", (words,)))["text"]
    assert "&lt;5 in return_q2.xlsx &amp; rising, see a@council.example.org at 14:06: fine" in text


@settings(max_examples=20, deadline=None)
@given(words=st.text(max_size=400), many=st.integers(1, 14))
def test_whatever_people_write_slack_takes_it_as_words(words: str, many: int) -> None:
    for message in everything(words, many):
        given = payload(message)
        assert problems_of_message(given) == []
        assert problems_of_markup(given) == []


@settings(max_examples=60, deadline=None)
@given(words=st.text('<>&!@#*_~`:|\\" \nahere1', max_size=60))
def test_whatever_is_made_of_markup_is_taken_as_words(words: str) -> None:
    for message in everything(words):
        assert problems_of_markup(payload(message)) == []


@pytest.mark.parametrize("words", HOSTILE)
def test_a_sign_off_sheet_of_a_whole_plan_fits_whatever_people_wrote(words: str) -> None:
    figure = SignOffLine("DA08", words, words, 1, words, words, words, Rag.RED, words, words, (words, words), words)
    part = SignOffPart("P1", words, (figure,) * 15, (words,) * 12, (words,) * 12)
    asked = SignOffSheet(words, Q2, DUE, frozen=True, parts=(part,) * 6)
    assert problems_of_message(payload(asked)) == []


def test_a_sign_off_sheet_says_every_figure_that_stands_in_full_or_in_brief() -> None:
    lines = tuple(SignOffLine(f"DA{number:02}", "Title", f"{number}", 1, "Council") for number in range(1, 31))
    words = payload(SignOffSheet("Lead", Q2, DUE, frozen=False, parts=(SignOffPart("P1", "One", lines),)))["text"]
    assert [line.code for line in lines if line.code not in words] == []


@pytest.mark.parametrize("words", HOSTILE)
def test_a_board_of_a_whole_plan_that_is_signed_fits_whatever_people_wrote(words: str) -> None:
    signed = (SignedPriority("P1", words, words, (DigestLine(words, Rag.RED),) * 20),) * 6
    lists = dict.fromkeys(("awaiting_source", "to_decide", "not_signed", "restated", "supplementary"), (words,) * 20)
    board = Board(Q2, DUE, DUE, 35, 29, (OrganisationCount(words, 2),) * 20, signed=signed, state="Locked", **lists)
    assert problems_of_message(payload(board)) == []

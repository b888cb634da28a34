"""The definitions sent back by mail or in Slack: what would change is told, and one line in answer changes it."""

from datetime import datetime
from email.message import EmailMessage
from io import BytesIO

import pytest
from openpyxl import load_workbook

from collector.books import Outcome
from collector.domain.indicator import in_force
from collector.domain.partnership import Partnership
from collector.domain.people import SlackAccount
from collector.domain.period import Quarter
from collector.intake import Processed
from collector.messages import Notice
from storage.books import SqlBooks
from tests.builders import TEAM, Office, address_of, at
from tests.support.orders import messages

Q3, Q4 = Quarter(2015, 3), Quarter(2015, 4)
BEFORE, AFTER = "short of DA06", "referrals"


def told(office: Office, who: str = "coordinator") -> Notice:
    """What somebody was told last."""
    return messages(office, who, Notice)[-1]


def asked_for(office: Office) -> bytes:
    """The workbook that the coordinator asks for."""
    office.says("coordinator", "definitions", at(6))
    (file,) = told(office).files
    with office.books.begin() as unit:
        return unit.blobs.get(file.blob)


def changed(raw: bytes, cell: str = "D6", text: str = AFTER) -> bytes:
    """The workbook with one cell of its indicators typed over."""
    book = load_workbook(BytesIO(raw))
    book["Indicators"][cell] = text
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()


def sends_back(
    office: Office, raw: bytes, when: datetime, text: str = "Here it is.", who: str = "coordinator"
) -> Processed:
    mail = EmailMessage()
    for name, value in {"From": address_of(who), "To": "returns@csp.example.org", "Subject": "Definitions"}.items():
        mail[name] = value
    mail["Message-ID"] = f"<{when.timestamp():.0f}-{len(raw)}@mail.example.org>"
    mail["Date"] = when.strftime("%a, %d %b %Y %H:%M:%S %z")
    mail.set_content(text)
    mail.add_attachment(raw, maintype="application", subtype="octet-stream", filename="definitions.xlsx")
    office.arrives(mail.as_bytes(), when)
    return office.processes(when)


def answers_it(office: Office, text: str, when: datetime, who: str = "coordinator") -> Processed:
    """An answer to the message in which a workbook was looked over last."""
    with office.books.begin() as unit:
        rows = [row for row in unit.outbox.rows() if row.planned.dedupe_key.startswith("preview:")]
    return office.says(who, text, when, in_reply_to=f"<{rows[-1].token}@csp.example.org>")


def on_the_books(office: Office) -> Partnership:
    with office.books.begin() as unit:
        partnership = unit.plan.get()
    assert partnership is not None
    return partnership


def short_name(office: Office, period: Quarter = Q3) -> str:
    return in_force(on_the_books(office).definitions, period)["DA06"].short


def test_a_workbook_that_comes_back_is_answered_with_what_it_would_change_and_changes_nothing(office: Office) -> None:
    done = sends_back(office, changed(asked_for(office)), at(7))
    assert (done.outcome, short_name(office)) == (Outcome.CARRIED_OUT, BEFORE)
    assert told(office).paragraphs == (
        "definitions.xlsx would make 1 change, from Q3 2015-16 (Oct to Dec 2015). Nothing is changed yet. To change"
        " it, answer this message with “change the definitions:” and the reason, on a line of its own.",
        "DA06 short name: “short of DA06” becomes “referrals” from Q3 2015-16 (Oct to Dec 2015).",
    )
    assert told(office).files == ()


def test_a_line_in_answer_changes_the_definitions_as_they_were_looked_over(office: Office) -> None:
    raw = changed(asked_for(office))
    sends_back(office, raw, at(7))
    answers_it(office, "Change the definitions: SEG 12 October", at(8))
    assert told(office).paragraphs[0] == "The definitions are changed as definitions.xlsx says."
    assert (short_name(office), short_name(office, Quarter(2015, 2))) == (AFTER, BEFORE)
    with office.books.begin() as unit:
        (line,) = [each for each in unit.audit.lines() if each.action == "definitions changed by workbook"]
        assert (line.actor, unit.blobs.get(line.reason.removeprefix("sha256 "))) == ("coordinator", raw)
        assert any(each.reason.endswith("SEG 12 October") for each in unit.audit.lines("DA06"))


def test_an_older_preview_that_is_answered_is_what_changes_them(office: Office) -> None:
    raw = asked_for(office)
    sends_back(office, changed(raw), at(7))
    with office.books.begin() as unit:
        first = unit.outbox.rows()[-1].token
    sends_back(office, changed(raw, text="something else"), at(8))
    office.says("coordinator", "change the definitions: SEG", at(9), in_reply_to=f"<{first}@csp.example.org>")
    assert short_name(office) == AFTER


def test_changes_can_hold_from_a_later_quarter(office: Office) -> None:
    sends_back(office, changed(asked_for(office)), at(7))
    answers_it(office, "change the definitions from Q4 2015-16 (Jan to Mar 2016): SEG", at(8))
    assert (short_name(office), short_name(office, Q4)) == (BEFORE, AFTER)


def test_an_answer_that_comes_twice_changes_them_once(office: Office) -> None:
    sends_back(office, changed(asked_for(office)), at(7))
    for day in (8, 9):
        answers_it(office, "change the definitions: SEG", at(day))
    assert told(office).paragraphs == ("Nothing changes: the books hold this already.",)
    with office.books.begin() as unit:
        assert len([line for line in unit.audit.lines("DA06") if line.action == "definition changed"]) == 1


def test_all_problems_come_back_at_once_with_sheet_and_cell(office: Office) -> None:
    wrong = changed(changed(asked_for(office), "F6", "furlongs"), "E7", "P9")
    sends_back(office, wrong, at(7))
    first, *problems = told(office).paragraphs
    assert first.endswith("Put this right and send it again; nothing was changed.")
    assert [problem.partition(":")[0] for problem in problems] == ["Indicators, cell F6", "Indicators, cell E7"]


def test_a_row_that_the_books_changed_meanwhile_is_refused(office: Office) -> None:
    raw = asked_for(office)
    sends_back(office, changed(raw, text="seen first"), at(7))
    with office.books.begin() as unit:
        first = unit.outbox.rows()[-1].token
    sends_back(office, changed(raw), at(8))
    answers_it(office, "change the definitions: SEG", at(8, 11))
    office.says("coordinator", "change the definitions: SEG", at(9), in_reply_to=f"<{first}@csp.example.org>")
    assert told(office).paragraphs[0].startswith("Nothing was changed. Indicators, row 6: “DA06” was changed here and")
    assert short_name(office) == AFTER


def test_without_a_preview_that_is_answered_nothing_is_changed(office: Office) -> None:
    sends_back(office, changed(asked_for(office)), at(7))
    office.says("coordinator", "change the definitions: SEG", at(8))
    assert told(office).paragraphs[0].startswith("Send the workbook first")
    assert short_name(office) == BEFORE


def test_another_workbook_in_the_answer_is_looked_over_before_it_changes_anything(office: Office) -> None:
    raw = asked_for(office)
    sends_back(office, changed(raw), at(7))
    with office.books.begin() as unit:
        first = unit.outbox.rows()[-1].token
    mail = EmailMessage()
    mail["From"], mail["To"] = address_of("coordinator"), "returns@csp.example.org"
    mail["Message-ID"], mail["In-Reply-To"] = "<answer@mail.example.org>", f"<{first}@csp.example.org>"
    mail.set_content("change the definitions: SEG")
    mail.add_attachment(
        changed(raw, text="unseen"), maintype="application", subtype="octet-stream", filename="definitions.xlsx"
    )
    office.arrives(mail.as_bytes(), at(8))
    office.processes(at(8))
    assert told(office).paragraphs[0].startswith("What this workbook would change is told first.")
    assert "“unseen”" in told(office).paragraphs[-1]
    assert short_name(office) == BEFORE


def test_without_a_reason_nothing_is_changed(office: Office) -> None:
    sends_back(office, changed(asked_for(office)), at(7))
    answers_it(office, "change the definitions", at(8))
    assert told(office).paragraphs[0].startswith("Say why on the same line")
    assert short_name(office) == BEFORE


@pytest.mark.parametrize("who", ["da", "dph", "chair"])
def test_nobody_but_the_coordinator_changes_definitions(office: Office, who: str) -> None:
    raw = changed(asked_for(office))
    sends_back(office, raw, at(7), "", who=who)
    refused = "Only the coordinator changes definitions: nothing was changed. Send the workbook to them."
    assert told(office, who).paragraphs == (refused,)
    sends_back(office, raw, at(8))
    answers_it(office, "change the definitions: because I can", at(9), who=who)
    assert told(office, who).paragraphs == (refused,)
    assert short_name(office) == BEFORE


def test_figures_beside_a_workbook_of_definitions_are_recorded_and_it_is_answered_apart(office: Office) -> None:
    raw = changed(asked_for(office))
    done = sends_back(office, raw, at(7), "DA06 153", who="da")
    assert (done.outcome, str(office.value("DA06"))) == (Outcome.RECORDED, "153")
    assert any("Only the coordinator changes definitions" in note for note in office.answers()[-1].notes)


def test_in_slack_a_file_is_looked_over_and_an_answer_in_its_thread_changes_them(books: SqlBooks) -> None:
    office = Office(books)
    people = tuple(
        person
        if person.id != "coordinator"
        else type(person)(
            person.id, person.title, person.organisation, person.role, person.addresses, SlackAccount(TEAM, "U0COORD")
        )
        for person in office.partnership.people
    )
    office.partnership = type(office.partnership)(**{**vars(office.partnership), "people": people})
    office.prepare()
    office.files["F1"] = changed(asked_for(office))
    file = {
        "id": "F1",
        "name": "definitions.xlsx",
        "mimetype": "",
        "size": 9,
        "url_private_download": "https://files.slack.com/F1",
    }
    office.posts("coordinator", "", at(7), user="U0COORD", subtype="file_share", files=[file])
    assert told(office).previewed is not None
    office.sends(at(7))
    with office.books.begin() as unit:
        (row,) = [row for row in unit.outbox.rows() if row.planned.dedupe_key.startswith("preview:")]
        unit.outbox.sent(row.id, f"slack:{TEAM}:D1:1444212000.000100", at(7))
    office.posts("coordinator", "change the definitions: SEG", at(8), user="U0COORD", thread_ts="1444212000.000100")
    assert short_name(office) == AFTER


def test_a_workbook_that_nobody_vouches_for_is_not_looked_into(office: Office) -> None:
    raw = changed(asked_for(office))
    office.border.distrusted = ("coordinator@council.example.org",)
    done = sends_back(office, raw, at(7))
    assert done.outcome is Outcome.REFUSED
    assert told(office).previewed is None

"""People's own spreadsheets and documents, from the mail that brings them to the books and the answer."""

import io
import zipfile
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from email.message import EmailMessage

from collector.books import Outcome
from collector.history import histories
from collector.intake import Processed
from collector.messages import Receipt
from parsers.guard import GuardedFinder, Limits
from tests.builders import PARTNERSHIP, Q2, Office, address_of, at
from tests.parsers.layouts.books import Rows, book, word

HEADINGS = ("Ref", "Indicator", "Target", "Q1", "Q2", "Comment")
ROWS: Rows = (
    HEADINGS,
    ("DA06", "Number of clients referred for IDVA support", 340, 135, 153, "A busy summer"),
    ("DA07", "Percentage of clients where risk is reduced", 0.74, 0.84, 0.91, None),
)


def brings(office: Office, when: datetime, *files: tuple[str, bytes], text: str = "", person: str = "da") -> Processed:
    """A mail with files, taken in and processed."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = address_of(person), PARTNERSHIP.mailbox, "Our return"
    mail["Date"] = when.strftime("%a, %d %b %Y %H:%M:%S %z")
    mail["Message-ID"] = f"<{when:%d%H%M}-{office.mails}@mail.example.org>"
    mail.set_content(text or "Attached.")
    for name, content in files:
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    office.arrives(mail.as_bytes(), when)
    return office.processes(when)


def last(office: Office) -> Receipt:
    return office.answers()[-1]


def test_a_spreadsheet_of_ones_own_is_recorded_and_the_answer_and_the_history_name_the_cells(office: Office) -> None:
    done = brings(office, at(6), ("return.xlsx", book(("Data", ROWS))))
    assert done.outcome is Outcome.RECORDED
    assert (office.value("DA06"), office.value("DA07")) == (Decimal(153), Decimal(91))
    assert "In return.xlsx we read DA06 from Data!E2, DA07 from Data!E3." in last(office).notes
    with office.books.begin() as unit:
        told = histories(unit, office.calendar, "DA06", Q2)[0]
    details = [text for event in told.events for name, text in event.details if name == "taken from"]
    assert details == ["return.xlsx, Data!E2: 153, A busy summer"]


def test_the_same_spreadsheet_twice_is_recorded_once(office: Office) -> None:
    brings(office, at(6), ("return.xlsx", book(("Data", ROWS))))
    brings(office, at(6, 11), ("again.xlsx", book(("Data", ROWS))))
    with office.books.begin() as unit:
        assert [figure.version for figure in unit.figures.versions("DA06", Q2)] == [1]


def test_a_word_table_with_the_quarters_in_its_comments_comes_back_as_its_figures(office: Office) -> None:
    table: Rows = (
        ("Indicators", "Target", "Comment"),
        ("Number of clients referred for IDVA support DA06", "340", "Q1 \N{EN DASH} 135 Q2 - 153"),
        ("Percentage of clients where risk is reduced", "74% benchmark", "Q1 - 84% Q2 \N{EN DASH} 91%"),
    )
    brings(office, at(6), ("plan.docx", word(table, above="Priority 4")))
    assert (office.value("DA06"), office.value("DA07")) == (Decimal(153), Decimal(91))
    assert "In plan.docx we read DA06 from row 2 of the first table, DA07 from row 3 of the first table." in (
        last(office).notes
    )


def test_a_district_file_is_asked_about_once_and_remembered_for_its_sender(office: Office) -> None:
    def regional(*figures: int) -> bytes:
        headings = ("District", "Jul-15", "Aug-15", "Sep-15", "Total")
        rows = (headings, ("Kent", 9, 9, 9, 27), ("Test", *figures, sum(figures)))
        return book(("Clients referred for IDVA support", rows))

    done = brings(office, at(6), ("regional.xlsx", regional(50, 51, 52)))
    assert done.outcome is Outcome.ASKED
    assert office.value("DA06") is None
    question = last(office).questions[0]
    assert any("row 'Test'" in reason and "together they are 153" in reason for reason in question.reasons)
    office.says("da", "1", at(6, 12))
    assert office.value("DA06") == 153
    brings(office, at(7), ("regional.xlsx", regional(50, 51, 55)))
    assert office.value("DA06") == 156, "the mapping was confirmed, so the same shape is not asked about again"


def test_another_sender_of_the_same_shape_is_asked_for_themselves(office: Office) -> None:
    rows: Rows = (("District", "SA01"), ("Kent", "5%"), ("Test", "6.5%"))
    assert brings(office, at(6), ("a.xlsx", book(("Q2", rows))), person="dph").outcome is Outcome.ASKED
    office.says("dph", "1", at(6, 11))
    assert office.value("SA01") == Decimal("6.5")
    with office.books.begin() as unit:
        assert len(unit.mappings.of("dph")) == 1
        assert not unit.mappings.of("da")


def test_an_answer_with_another_figure_confirms_no_mapping(office: Office) -> None:
    rows: Rows = (("District", "DA06"), ("Kent", 5), ("Test", 150))
    brings(office, at(6), ("a.xlsx", book(("Q2", rows))))
    office.says("da", "DA06 153", at(6, 11))
    assert office.value("DA06") == 153
    with office.books.begin() as unit:
        assert not unit.mappings.of("da")


def test_what_is_not_certain_is_asked_with_its_cells_and_nothing_is_recorded(office: Office) -> None:
    rows: Rows = (("Ref", "Actual", "Performance"), ("DA06", 135, 153), ("DA07", "n/a", ""))
    brings(office, at(6), ("return.xlsx", book(("Data", rows))))
    assert office.value("DA06") is None
    asked = {question.code: question for question in last(office).questions}
    assert "'135' in Data!B2, '153' in Data!C2" in " ".join(asked["DA06"].reasons)
    assert len(asked["DA06"].choices) == 2
    assert "Data!B3 says 'n/a'." in asked["DA07"].reasons
    assert len(asked["DA07"].choices) == 2


def test_a_file_for_another_quarter_is_asked_about_and_never_booked_on_this_one(office: Office) -> None:
    rows: Rows = (("Ref", "Actual"), ("DA06", 135))
    for name, sheet in (("q1.xlsx", "Data"), ("return.xlsx", "Q1 2015-16"), ("last.xlsx", "Performance 2014-15")):
        done = brings(office, at(6, 10 + len(name) % 7), (name, book((sheet, rows))))
        assert done.outcome is Outcome.ASKED, name
        assert office.value("DA06") is None
    labels = [choice.label for answer in office.answers() for q in answer.questions for choice in q.choices]
    assert "135, Q1 2015-16 (Apr to Jun 2015)" in labels


def test_a_file_with_nothing_that_is_owed_gets_one_reason_and_a_workbook_to_fill_in(office: Office) -> None:
    brings(office, at(6), ("rota.xlsx", book(("Rota", [["Name", "Monday"], ["Officer", "Late"]]))))
    receipt = last(office)
    assert receipt.workbook is not None
    assert any(
        note.startswith("We found no figures in rota.xlsx that you owe for Q2 2015-16") for note in receipt.notes
    )


def test_a_file_that_cant_be_read_says_so_and_brings_the_workbook(office: Office) -> None:
    for number, (name, content) in enumerate(
        (("scan.pdf", b"%PDF-1.7"), ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
    ):
        brings(office, at(6, 10 + number), (name, content))
        receipt = last(office)
        assert receipt.workbook is not None
        assert sum(name in note for note in receipt.notes) == 1


def test_a_picture_is_said_to_be_unreadable_and_brings_the_workbook(office: Office) -> None:
    for number, text in enumerate(("Attached.", " ")):
        mail = letter_with_picture(at(6, 10 + number), text)
        office.arrives(mail, at(6, 10 + number))
        office.processes(at(6, 10 + number))
        receipt = last(office)
        assert receipt.workbook is not None
        assert [note for note in receipt.notes if "scan.png" in note] == [
            "We can't read figures from a picture (scan.png). Reply with the figures, or fill in the workbook."
        ]


def letter_with_picture(when: datetime, text: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Date"] = address_of("da"), PARTNERSHIP.mailbox, when
    mail["Message-ID"] = f"<picture-{when:%H}@mail.example.org>"
    mail.set_content(text)
    picture = b"\x89PNG\r\n\x1a\n" + bytes(9_000)
    mail.add_attachment(picture, maintype="image", subtype="png", filename="scan.png")
    return mail.as_bytes()


def test_tables_that_can_not_be_gone_through_in_time_are_refused_and_the_rest_of_the_message_counts(
    office: Office,
) -> None:
    office.intake = replace(office.intake, finder=GuardedFinder(Limits(seconds=0.001)))
    brings(office, at(6), ("return.xlsx", book(("Data", ROWS))), text="DA06: 153")
    receipt = last(office)
    assert (office.value("DA06"), office.value("DA07")) == (Decimal(153), None)
    assert receipt.workbook is not None
    assert any(note.startswith("return.xlsx took longer than") for note in receipt.notes)


def test_the_macros_of_somebodys_own_workbook_are_said_to_be_ignored(office: Office) -> None:
    brings(office, at(6), ("own.xlsm", with_part(book(("Data", ROWS)), "xl/vbaProject.bin")))
    assert office.value("DA06") == 153
    assert "own.xlsm has macros in it. They were not run and are ignored." in last(office).notes


def with_part(content: bytes, name: str) -> bytes:
    packed = io.BytesIO(content)
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr(name, b"macros")
    return packed.getvalue()


def test_rows_for_others_are_left_and_named_once(office: Office) -> None:
    rows: Rows = (*ROWS, ("XX01", "Burglaries", 1, 2, 3, ""), ("XX02", "Robberies", 1, 2, 3, ""))
    brings(office, at(6), ("return.xlsx", book(("Data", rows))))
    left = [note for note in last(office).notes if "not on your list" in note]
    assert left == ["Rows of return.xlsx that are not on your list were left: 'XX01 Burglaries', 'XX02 Robberies'."]


def test_words_in_the_mail_about_all_figures_hold_for_those_in_the_file(office: Office) -> None:
    brings(office, at(6), ("return.xlsx", book(("Data", ROWS))), text="All figures are cumulative since April.")
    assert office.value("DA06") is None
    assert {question.code for question in last(office).questions} == {"DA06", "DA07"}


def test_a_figure_in_the_mail_and_another_in_its_file_are_asked_about_together(office: Office) -> None:
    brings(office, at(6), ("return.xlsx", book(("Data", ROWS))), text="DA06: 160")
    assert office.value("DA06") is None
    assert len(next(q for q in last(office).questions if q.code == "DA06").choices) == 2

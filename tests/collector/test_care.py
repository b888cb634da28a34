"""Care: a purge takes bytes and words away everywhere, retention what was kept long enough; the history still tells."""

from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import pytest
import sqlalchemy as sa

from collector.acting import Acting, NotDone
from collector.books import AuditLine, InboxState, OutboxState, Outcome
from collector.domain.retention import Retention
from collector.history import histories
from collector.purging import purge
from collector.retaining import let_go, preview
from storage.books import SqlBooks
from storage.tables import blob, figure, inbox, outbox, query
from tests.builders import PARTNERSHIP, Q2, Office, at, letter
from tests.support.orders import orders

SECRET = "Jane Roe of 4 Elm Street"


@pytest.fixture
def office(books: SqlBooks) -> Office:
    return Office(books, partnership=replace(PARTNERSHIP, retention=Retention(365, 180, 400))).prepare()


def everything(office: Office) -> str:
    """All that the books hold, as one text; bytes as they would be read."""
    told = []
    with office.books.begin() as unit:
        connection = unit.connection
        for table in (blob, figure, query, inbox, outbox):
            for row in connection.execute(sa.select(table)):
                told += [bytes(value).decode("latin-1") if isinstance(value, bytes) else str(value) for value in row]
    return "\n".join(told)


def audit(office: Office, action: str) -> list[AuditLine]:
    with office.books.begin() as unit:
        return list(unit.audit.lines(action=action))


def case_list() -> bytes:
    """A return with a commentary that names somebody, and a file that does."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "yot@youth.example.org", PARTNERSHIP.mailbox, "Q2"
    mail["Date"], mail["Message-ID"] = "Tue, 06 Oct 2015 10:00:00 +0100", "<cases@youth.example.org>"
    mail.set_content(f"RO06 48%\nRS08: discussed {SECRET} in September")
    mail.add_attachment(f"name\n{SECRET}\n".encode(), maintype="text", subtype="csv", filename="cases.csv")
    mail.set_boundary("the-same-each-time")
    return mail.as_bytes()


def sent_cases(office: Office) -> int:
    office.arrives(case_list(), at(6), key="mail:inbox:1:77")
    done = office.processes(at(6))
    office.sends(at(6))
    assert SECRET in everything(office)
    return done.row.id


def test_a_purge_leaves_nothing_but_the_hash_the_reason_and_the_figures_value(office: Office) -> None:
    number = sent_cases(office)
    office.ticks(at(9, 12, 30))
    told = orders(office, lambda acting, _view: purge(acting, number, "it names a child"), when=at(9, 13))
    assert told[0].startswith(f"Message {number} was purged")
    assert "It still lies in the mailbox" in told[1]
    assert SECRET not in everything(office)
    assert office.view().figures["RO06"].reported.value == 48
    (line,) = audit(office, "purged")
    assert line.actor == "coordinator"
    assert line.reason.startswith("it names a child (sha256 ")
    with office.books.begin() as unit:
        (history,) = histories(unit, office.calendar, "RO06", Q2)
        row = unit.inbox.get(number)
    came_in = next(event for event in history.events if event.what == f"Message {number} came in")
    assert dict(came_in.details)["bytes"].endswith(f"sha256 {row.blob}, purged")


def test_a_purge_by_mail_needs_the_coordinator_and_a_reason_and_counts_once(office: Office) -> None:
    number = sent_cases(office)
    office.says("yot", f"purge {number}: please", at(7))
    assert SECRET in everything(office)
    office.says("coordinator", f"purge {number}: it names a child\npurge {number}: again", at(7))
    assert SECRET not in everything(office)
    assert len(audit(office, "purged")) == 1
    with office.books.begin() as unit:
        acting = Acting(unit, office.calendar, at(7), office.partnership.by_id["coordinator"])
        for words, why in (("Say why", " "), ("was purged before", "again")):
            with pytest.raises(NotDone, match=words):
                purge(acting, number, why)
        with pytest.raises(NotDone, match="No message has the number"):
            purge(acting, 9999, "x")


def test_what_was_purged_and_comes_again_is_neither_kept_nor_read(office: Office) -> None:
    number = sent_cases(office)
    orders(office, lambda acting, _view: purge(acting, number, "it names a child"), when=at(7))
    assert office.arrives(case_list(), at(8), key="mail:inbox:2:77"), "the mailbox was numbered anew"
    assert office.processes(at(8)).outcome is Outcome.IGNORED
    assert SECRET not in everything(office)


def test_copies_that_came_before_and_after_go_with_it(office: Office) -> None:
    number = sent_cases(office)
    by_another_way = b"Received: from a by b; Tue, 6 Oct 2015 10:00:01 +0100\r\n"
    office.arrives(by_another_way + case_list(), at(6, 11))
    assert office.processes(at(6, 11)).outcome is Outcome.IGNORED
    orders(office, lambda acting, _view: purge(acting, number, "it names a child"), when=at(7))
    assert SECRET not in everything(office)
    office.arrives(by_another_way.replace(b"from a", b"from c") + case_list(), at(8))
    office.processes(at(8))
    assert SECRET not in everything(office)


def test_what_is_set_aside_or_waits_is_not_read_after_a_purge(office: Office) -> None:
    aside = office.says("x@elsewhere.example.org", f"DA06 153 {SECRET}", at(6)).row.id
    office.says("coordinator", f"show {aside}", at(6))
    office.sends(at(6))
    office.arrives(letter("da", f"DA06 153 {SECRET}", at(6)), at(6))
    with office.books.begin() as unit:
        waiting = aside + 2
        assert unit.inbox.get(waiting).state is InboxState.WAITING
    for number in (aside, waiting):
        orders(office, lambda acting, _view, one=number: purge(acting, one, "names"), when=at(6))
    assert office.intake.process_next(at(7)) is None
    assert SECRET not in everything(office)
    assert office.value("DA06") is None


def test_an_answer_that_has_not_gone_yet_goes_without_the_words(office: Office) -> None:
    office.arrives(case_list(), at(6))
    number = office.processes(at(6)).row.id
    orders(office, lambda acting, _view: purge(acting, number, "it names a child"), when=at(6))
    office.sends(at(6))
    assert SECRET not in everything(office)
    assert not any(SECRET.encode() in raw for _, raw in office.outside.taken)
    with office.books.begin() as unit:
        assert [row.state for row in unit.outbox.rows() if row.planned.kind == "answer"] == [OutboxState.SENT]


def test_what_was_kept_long_enough_goes_by_kind_and_each_is_logged(office: Office) -> None:
    sent_cases(office)
    office.says("x@elsewhere.example.org", "DA06 153", at(6))
    with office.books.begin() as unit:
        assert preview(unit, office.calendar, at(6)) == [
            "Nothing has been kept for longer than the definition file says."
        ]
        half = preview(unit, office.calendar, at(6) + timedelta(days=200))
        whole = preview(unit, office.calendar, at(6) + timedelta(days=500))
    assert [line.partition(" of ")[0] for line in half] == ["1 message"]
    assert [line.partition(" of ")[0] for line in whole] == ["1 message", "1 message", "3 letters"]
    office.clock.tick(at(6) + timedelta(days=380))
    assert len(audit(office, "no longer kept")) == 2
    assert SECRET.encode() not in raw_bytes(office), "its letters are kept longer, and quote it by its figures only"
    assert office.view().figures["RO06"].reported.value == 48
    assert "definitions" in everything(office), "what was loaded stays"
    with office.books.begin() as unit:
        assert let_go(unit, at(6) + timedelta(days=380)) == 0


def raw_bytes(office: Office) -> bytes:
    with office.books.begin() as unit:
        rows = unit.connection.execute(sa.select(blob.c.bytes).join(inbox, inbox.c.blob == blob.c.sha256))
        return b"".join(bytes(row.bytes) for row in rows)


def test_the_same_words_again_after_their_time_are_kept_anew(office: Office) -> None:
    raw = letter("da", "thanks", at(6), message_id="<same@example.org>")
    office.arrives(raw, at(6))
    office.processes(at(6))
    later = at(6) + timedelta(days=380)
    with office.books.begin() as unit:
        assert let_go(unit, later) > 0
    office.arrives(raw, later, key="mail:inbox:9:1")
    assert raw in raw_bytes(office)

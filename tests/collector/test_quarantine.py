"""What is set aside: shown, accepted as of when it came, rejected; who is new is told once (RULES 18, 24)."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from collector.acting import Acting, NotDone
from collector.books import InboxState, Outcome
from collector.domain.people import SlackAccount
from collector.intake import LEASE
from collector.messages import Notice
from collector.ports import Unit
from collector.quarantine import accept, list_quarantine, reject, show_quarantined
from storage.books import SqlBooks
from tests.builders import IN_SLACK, Q2, TEAM, Office, OpenBorder, at, letter

SPOOFED = "da@council.example.org"


@pytest.fixture
def office(books: SqlBooks) -> Office:
    return Office(books, border=OpenBorder(SPOOFED), partnership=IN_SLACK).prepare()


def acting(office: Office, unit: Unit) -> Acting:
    return Acting(unit, office.calendar, at(6), office.partnership.by_id["coordinator"])


def notices(office: Office, prefix: str) -> list[Notice]:
    with office.books.begin() as unit:
        found = [row.planned for row in unit.outbox.rows() if row.planned.dedupe_key.startswith(prefix)]
    return [planned.message for planned in found if isinstance(planned.message, Notice)]


def told(office: Office) -> tuple[str, ...]:
    """What the coordinator was answered last."""
    return notices(office, "answer:")[-1].paragraphs


def test_what_is_accepted_is_recorded_as_of_when_it_reached_us(office: Office) -> None:
    done = office.says("da", "DA06 153", at(23, 17, 30))
    assert (done.outcome, office.value("DA06")) == (Outcome.REFUSED, None)
    office.says("coordinator", f"accept {done.row.id}", at(30))
    assert "is read as the Domestic Abuse Coordinator's, as of 17:30 Fri 23 Oct 2015" in told(office)[0]
    office.processes(at(30))
    figure = office.view().figures["DA06"]
    assert figure.reported.value == 153
    assert figure.late, "it came half an hour after it was due, and was held against nobody for longer"
    assert figure.source.received_at == at(23, 17, 30)
    with office.books.begin() as unit:
        (line,) = unit.audit.lines(action="message accepted")
    assert (line.at, line.actor, line.subject, line.reason) == (
        at(30),
        "coordinator",
        f"message {done.row.id}",
        "as da",
    )


def test_what_came_in_time_and_is_accepted_late_is_in_time(office: Office) -> None:
    done = office.says("da", "DA06 153", at(23, 16, 30))
    office.says("coordinator", f"accept {done.row.id}", at(30))
    office.processes(at(30))
    assert not office.view().figures["DA06"].late


def test_what_is_accepted_twice_is_recorded_once(office: Office) -> None:
    done = office.says("da", "DA06 153", at(6))
    office.says("coordinator", f"accept {done.row.id}\naccept {done.row.id}", at(6))
    office.processes(at(6))
    office.says("coordinator", f"accept {done.row.id}", at(7))
    assert "is no longer set aside" in told(office)[0]
    assert office.intake.process_next(at(7)) is None
    with office.books.begin() as unit:
        assert len(unit.audit.lines(action="message accepted")) == 1
    assert office.view().figures["DA06"].version == 1


def test_the_coordinator_decides_in_slack_too(books: SqlBooks) -> None:
    people = tuple(
        replace(one, slack=SlackAccount(TEAM, "U0STRANGER")) if one.id == "coordinator" else one
        for one in IN_SLACK.people
    )
    office = Office(books, border=OpenBorder(SPOOFED), partnership=replace(IN_SLACK, people=people)).prepare()
    done = office.says("da", "DA06 153", at(6))
    office.posts("coordinator", f"quarantine\nshow {done.row.id}\naccept {done.row.id}", at(6))
    office.processes(at(6))
    assert office.value("DA06") == 153
    lines = next(one.paragraphs for one in notices(office, "answer:") if len(one.paragraphs) > 3)
    assert any("not trusted: the border server did not vouch for it" in line for line in lines)
    assert "DA06 153" in lines


def test_what_is_accepted_as_somebody_else_gives_no_orders_in_their_name(office: Office) -> None:
    done = office.says("stranger@elsewhere.example.org", "sign off P1\nSA01 40%", at(6))
    office.says("coordinator", f"accept {done.row.id} as the Director of Public Health", at(6))
    office.processes(at(6))
    with office.books.begin() as unit:
        assert unit.signoffs.all(Q2) == []
    assert office.view().figures["SA01"].source.person == "dph"


def test_rejecting_needs_a_reason_and_leaves_the_message_unread(office: Office) -> None:
    done = office.says("da", "DA06 153", at(6))
    office.says("coordinator", f"reject {done.row.id}: it is a forgery", at(6))
    assert told(office)[0] == f"Message {done.row.id} is left unread. It is kept as it came, and nobody was told."
    office.says("coordinator", f"accept {done.row.id}", at(6))
    assert "rejected by the coordinator: it is a forgery" in told(office)[0]
    with office.books.begin() as unit:
        assert unit.inbox.get(done.row.id).state is InboxState.DONE
        assert unit.blobs.get(done.row.blob)
        with pytest.raises(NotDone, match="Say why"):
            reject(acting(office, unit), done.row.id, " ")


def test_nobody_but_the_coordinator_decides(office: Office) -> None:
    done = office.says("da", "DA06 153", at(6))
    office.says("yot", f"accept {done.row.id}\nquarantine", at(6))
    assert all(line.startswith("Only the coordinator decides") for line in told(office))
    assert office.value("DA06") is None


def test_a_number_or_a_name_nobody_knows_is_said_back(office: Office) -> None:
    done = office.says("stranger@elsewhere.example.org", "DA06 153", at(6))
    with office.books.begin() as unit:
        by = acting(office, unit)
        refused: tuple[tuple[Callable[[], object], str], ...] = (
            (lambda: accept(by, 999), "No message has the number 999"),
            (lambda: accept(by, done.row.id), "It is not clear whose"),
            (lambda: accept(by, done.row.id, "the Fire Chief"), "Nobody is registered as"),
        )
        for order, words in refused:
            with pytest.raises(NotDone, match=words):
                order()
        assert len(list_quarantine(by)) == 2
        assert any("DA06 153" in line for line in show_quarantined(by, done.row.id))


def test_who_is_new_in_a_partners_organisation_is_told_once_that_they_will_be_confirmed(office: Office) -> None:
    new = "new.officer@youth.example.org"
    for day in (6, 7):
        office.says(new, "RO06 48%", at(day))
    (notice,) = notices(office, "newcomer:")
    assert notice.subject == "Received; the coordinator will confirm you"
    office.sends(at(7))
    assert [address for address, _ in office.outside.taken if address == new] == [new]
    assert office.value("RO06") is None


def test_a_stranger_gets_nothing(office: Office) -> None:
    for number, who in enumerate(("x@elsewhere.example.org", "yot@youth.example.org.evil.example.net")):
        office.says(who, "RO06 48%", at(6 + number))
    office.border.distrusted = ("spoofed@youth.example.org",)
    office.says("spoofed@youth.example.org", "RO06 48%", at(9))
    office.sends(at(9))
    assert notices(office, "newcomer:") == []
    assert not any("elsewhere" in to or "evil" in to or "spoofed" in to for to, _ in office.outside.taken)


def test_who_is_confirmed_and_remembered_writes_as_that_person_from_then_on(office: Office) -> None:
    new = "new.officer@youth.example.org"
    done = office.says(new, "RO06 48%", at(6))
    office.says("coordinator", f"accept {done.row.id} as Youth Offending Team Manager and remember", at(6))
    assert told(office)[1] == f"What comes from {new} is the Youth Offending Team Manager's from now on."
    office.processes(at(6))
    assert office.view().figures["RO06"].source.person == "yot"
    office.says(new, "RS08 met in September, done", at(7))
    office.sends(at(7))
    assert office.outside.taken[-1][0] == new, "they are answered where they write from"
    office.loads(at(8))
    assert office.says(new, "RO06 49%", at(9)).person is not None, "loading the file again forgets nobody"


def test_a_workers_end_between_accepting_and_reading_loses_nothing(office: Office) -> None:
    done = office.says("da", "DA06 153", at(6))
    office.says("coordinator", f"accept {done.row.id}", at(6))
    with office.books.begin() as unit:
        assert unit.inbox.claim("dies", at(6), LEASE) is not None
    assert office.intake.process_next(at(6, 11)) is not None
    assert office.value("DA06") == 153


def test_a_copy_of_what_was_accepted_is_ignored(office: Office) -> None:
    raw = letter("da", "DA06 153", at(6), message_id="<same@example.org>")
    office.arrives(raw, at(6))
    first = office.processes(at(6))
    office.says("coordinator", f"accept {first.row.id}", at(6))
    office.processes(at(6))
    office.border.distrusted = ()
    office.arrives(raw, at(7), key="mail:inbox:2:1")
    assert office.processes(at(7)).outcome is Outcome.IGNORED


def test_what_a_program_may_have_written_is_neither_read_nor_answered_until_the_coordinator_takes_it(
    books: SqlBooks,
) -> None:
    office = Office(books).prepare()
    done = office.says("da", "Your request has been received.", at(6), subject="Ticket received: Q2")
    assert (done.outcome, office.answers()) == (Outcome.REFUSED, [])
    assert "a program may have written it" in done.reason
    doubted = office.says("da", "DA06 153", at(6), X_ServiceNow_Generated="true")
    assert office.value("DA06") is None
    office.says("coordinator", f"accept {doubted.row.id}", at(7))
    office.processes(at(7))
    assert office.value("DA06") == 153


def test_a_program_at_a_partners_domain_is_not_told_that_it_will_be_confirmed(books: SqlBooks) -> None:
    office = Office(books).prepare()
    domain = office.partnership.by_id["da"].addresses[0].rpartition("@")[2]
    office.arrives(letter(f"no-reply@{domain}", "We have your letter.", at(6)), at(6))
    office.processes(at(6))
    assert notices(office, "newcomer:") == []

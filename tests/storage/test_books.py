import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from collector.books import AuditLine, Outcome, Planned
from collector.domain.figure import FigureStatus, Reported, Source
from collector.domain.submission import Inbound
from collector.loading import load
from collector.messages import Notice
from collector.ports import ClaimLost
from storage.books import SqlBooks, SqlUnit, StorageError, make_engine, open_books
from storage.migrate import HEAD, SCRIPTS
from storage.tables import metadata
from tests.builders import OPENS, PARTNERSHIP, Q2, at

LEASE = timedelta(minutes=5)


def inbound(key: str = "mail:inbox:1:1", raw: bytes = b"DA06 153") -> Inbound:
    return Inbound("mail", key, OPENS, raw, len(raw))


def keep(books: SqlBooks) -> int:
    with books.begin() as unit:
        row = unit.inbox.keep(inbound(), unit.blobs.put(b"DA06 153"))
    assert row is not None
    return row.id


def test_the_migrations_make_the_tables_the_code_speaks_of(database_url: str) -> None:
    open_books(database_url).close()
    engine = make_engine(database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_the_newest_revision_is_the_one_that_books_are_brought_to() -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_opening_books_twice_changes_nothing(database_url: str) -> None:
    first = open_books(database_url)
    keep(first)
    second = open_books(database_url)
    with second.begin() as unit:
        assert unit.inbox.waiting() == 1
    first.close()
    second.close()


def test_kept_bytes_come_back_as_they_were(books: SqlBooks) -> None:
    raw = bytes(range(256)) * 100
    with books.begin() as unit:
        name = unit.blobs.put(raw)
        assert unit.blobs.put(raw) == name
    with books.begin() as unit:
        assert unit.blobs.get(name) == raw


def test_a_delivery_key_is_kept_once(books: SqlBooks) -> None:
    keep(books)
    with books.begin() as unit:
        assert unit.inbox.keep(inbound(raw=b"other"), unit.blobs.put(b"other")) is None
        assert unit.inbox.waiting() == 1


def test_a_unit_that_fails_leaves_nothing(books: SqlBooks) -> None:
    def fails() -> None:
        with books.begin() as unit:
            unit.inbox.keep(inbound(), unit.blobs.put(b"DA06 153"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    with books.begin() as unit:
        assert unit.inbox.waiting() == 0


def test_a_claim_is_held_until_its_lease_runs_out(books: SqlBooks) -> None:
    keep(books)
    with books.begin() as unit:
        assert unit.inbox.claim("one", OPENS, LEASE) is not None
    with books.begin() as unit:
        assert unit.inbox.claim("two", OPENS, LEASE) is None
    with books.begin() as unit:
        taken = unit.inbox.claim("two", OPENS + LEASE * 2, LEASE)
        assert taken is not None
        assert taken.attempts == 2


def test_who_lost_a_claim_can_not_finish_it(books: SqlBooks) -> None:
    row = keep(books)
    with books.begin() as unit:
        unit.inbox.claim("one", OPENS, LEASE)
    with books.begin() as unit:
        unit.inbox.claim("two", OPENS + LEASE * 2, LEASE)
    with pytest.raises(ClaimLost), books.begin() as unit:
        unit.inbox.finish(row, "one", Outcome.RECORDED, "", OPENS)


def test_figures_keep_every_digit_and_every_version(books: SqlBooks) -> None:
    load(books, PARTNERSHIP, {"definitions": b"d", "history": b"h"}, OPENS, "coordinator")
    row = keep(books)
    exact = Decimal("28.84615384615384615384615384615")
    with books.begin() as unit:
        for hour, value in ((2, exact), (1, Decimal("1E+2"))):
            said = datetime(2015, 10, 6, hour, tzinfo=UTC)
            source = Source(row, "da", "mail", said, said, said, "test", "153")
            unit.figures.add(Reported("DA07", Q2, FigureStatus.REPORTED, value), source, late=False)
    with books.begin() as unit:
        current = unit.figures.current(Q2)["DA07"]
        assert current.reported.value == exact, "the latest by the sender's time stands, not the last to arrive"
        assert current.source.said_at == datetime(2015, 10, 6, 2, tzinfo=UTC)
        assert [f.version for f in unit.figures.versions("DA07", Q2)] == [1, 2]


def test_a_moment_without_a_zone_is_refused(books: SqlBooks) -> None:
    with pytest.raises(sa.exc.StatementError), books.begin() as unit:
        unit.audit.write(AuditLine(datetime(2015, 10, 5), "a", "b", "c"))


def test_a_message_is_planned_once_under_its_key(books: SqlBooks) -> None:
    load(books, PARTNERSHIP, {"definitions": b"d", "history": b"h"}, OPENS, "coordinator")
    planned = Planned("notice:1", "da", Notice("DA", "A subject", ("A line.",), Q2), OPENS, unprompted=False)
    with books.begin() as unit:
        assert unit.outbox.plan(planned, OPENS)
        assert not unit.outbox.plan(planned, OPENS)
        row = unit.outbox.claim("one", OPENS, LEASE)
        assert row is not None
        assert row.planned == planned
        assert len(row.token) == 26
        assert unit.outbox.by_references([f"<{row.token}@csp.example.org>"]) is not None
        assert unit.outbox.by_references(["<other@csp.example.org>"]) is None
        assert unit.outbox.claim("two", OPENS, LEASE) is None


def test_the_partnership_comes_back_as_it_was_loaded(books: SqlBooks) -> None:
    load(books, PARTNERSHIP, {"definitions": b"d", "history": b"h"}, OPENS, "coordinator")
    with books.begin() as unit:
        held = unit.plan.get()
    assert held is not None
    assert held.people == PARTNERSHIP.people
    assert held.definitions == PARTNERSHIP.definitions
    assert set(held.responsibilities) == set(PARTNERSHIP.responsibilities)
    assert held.timetable == PARTNERSHIP.timetable


def test_threads_that_read_and_then_write_lose_no_update(books: SqlBooks) -> None:
    """With the drivers' defaults most of these updates were lost without an error (PARTS)."""

    def count() -> None:
        for _ in range(10):
            with books.begin() as unit:
                held = unit.cursors.get("door", "INBOX") or (1, 0)
                unit.cursors.move("door", "INBOX", 1, held[1] + 1)

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with books.begin() as unit:
        assert unit.cursors.get("door", "INBOX") == (1, 40)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("mysql://somewhere/books", "must begin with sqlite:/// or postgresql://"),
        ("not a url", "not a database address"),
        ("sqlite:////no/such/folder/books.db", "does not exist"),
    ],
)
def test_a_database_address_that_can_not_work_is_told_plainly(url: str, told: str) -> None:
    with pytest.raises(StorageError, match=told):
        open_books(url)


def test_books_whose_server_is_away_say_so_without_the_password() -> None:
    with pytest.raises(StorageError) as error:
        open_books("postgresql://someone:hush@127.0.0.1:1/books")
    assert "can't be opened" in str(error.value)
    assert "hush" not in str(error.value)


def test_the_round_of_one_message_stays_in_order(books: SqlBooks) -> None:
    load(books, PARTNERSHIP, {"definitions": b"d", "history": b"h"}, OPENS, "coordinator")
    with books.begin() as unit:
        for number, moment in enumerate((at(7), at(6))):
            planned = Planned(f"n:{number}", "da", Notice("DA", "S", ("L",)), moment, unprompted=False)
            unit.outbox.plan(planned, OPENS)
        assert unit.outbox.claim("one", at(5), LEASE) is None
        first = unit.outbox.claim("one", at(8), LEASE)
        assert first is not None
        assert first.planned.dedupe_key == "n:1"


def test_answers_are_sent_while_what_we_say_unprompted_waits(books: SqlBooks) -> None:
    load(books, PARTNERSHIP, {"definitions": b"d", "history": b"h"}, OPENS, "coordinator")
    with books.begin() as unit:
        for key, unprompted in (("reminder:1", True), ("answer:1", False)):
            unit.outbox.plan(Planned(key, "da", Notice("DA", "S", ("L",)), at(6), unprompted=unprompted), OPENS)
        answer = unit.outbox.claim("one", at(7), LEASE, answers_only=True)
        assert answer is not None
        assert answer.planned.dedupe_key == "answer:1"
        assert unit.outbox.claim("one", at(7), LEASE, answers_only=True) is None
        reminder = unit.outbox.claim("one", at(7), LEASE)
        assert reminder is not None
        assert reminder.planned.dedupe_key == "reminder:1"


def written(unit: SqlUnit) -> None:
    """Something from which a round is read."""
    unit.rounds.extend(0, OPENS.date())


def test_what_was_worked_out_is_kept_from_unit_to_unit_until_it_may_have_changed(books: SqlBooks) -> None:
    worked = iter(range(100))

    def known(unit: SqlUnit) -> int:
        return unit.worked_out("round", lambda: next(worked))

    with books.begin() as unit:
        written(unit)
    with books.begin() as unit:
        assert [known(unit), known(unit)] == [0, 0]
        unit.audit.write(AuditLine(OPENS, "somebody", "looked", "round", ""))
        unit.cursors.move("mail", "INBOX", 1, 1)
        assert known(unit) == 0
    with books.begin() as unit:
        assert known(unit) == 0
        written(unit)
        assert known(unit) == 1
    with books.begin() as unit:
        assert known(unit) == 1
    with suppress(RuntimeError), books.begin() as unit:
        written(unit)
        assert known(unit) == 2
        raise RuntimeError("nothing comes of it")
    with books.begin() as unit:
        assert known(unit) == 1, "what was rolled back is taken for nothing"
        written(unit)
    with books.begin() as unit:
        assert known(unit) == 3


def test_what_another_process_writes_is_seen(books: SqlBooks) -> None:
    another = SqlBooks(books._engine)
    told = iter(range(100))
    with books.begin() as unit:
        written(unit)
        assert unit.worked_out("round", lambda: next(told)) == 0
    with another.begin() as unit:
        assert unit.worked_out("round", lambda: next(told)) == 1, "it has read nothing yet"
        written(unit)
    with books.begin() as unit:
        assert unit.worked_out("round", lambda: next(told)) == 2

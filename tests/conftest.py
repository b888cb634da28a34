"""Fixtures for tests of every room: databases, and a line at the end that says which real servers took part."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from storage.books import SqlBooks, make_engine, open_books
from tests.servers import Postgres, start_postgres
from tests.support import parts

_from_workers: dict[str, str] = {}
_statements: dict[Any, Any] = {}


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One PostgreSQL for the session (for each worker, under xdist)."""
    server = start_postgres()
    yield server
    server.stop()


@pytest.fixture
def real_postgres(postgres: Postgres) -> Postgres:
    """The server, noted as used by this test; with CI=true a stand-in is a failure."""
    parts.note("database", postgres.name, real=postgres.stood_in is None)
    return postgres


@pytest.fixture
def postgres_url(real_postgres: Postgres) -> Iterator[str]:
    """The address of an empty PostgreSQL database that only this test uses."""
    with real_postgres.database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'books.db'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the tables and nothing in them, to be copied: that is faster than making it each time."""
    path = tmp_path_factory.mktemp("sqlite") / "books.db"
    open_books(f"sqlite:///{path}").close()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def books(request: pytest.FixtureRequest, tmp_path: Path, migrated_sqlite: Path) -> Iterator[SqlBooks]:
    """Migrated books with nothing in them, once in each kind of database."""
    if request.param == "postgresql":
        # One database is emptied for each test and closed with its server.
        yield request.getfixturevalue("real_postgres").empty_books()
        return
    path = tmp_path / "books.db"
    shutil.copy(migrated_sqlite, path)
    engine = make_engine(f"sqlite:///{path}")
    # Each test has an engine of its own, and would put every statement into words anew.
    engine.update_execution_options(compiled_cache=_statements)
    opened = SqlBooks(engine)
    yield opened
    opened.close()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Under xdist, tell the controller what this worker used."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["real_parts"] = dict(parts.used)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Gather what the workers of xdist used."""
    _from_workers.update(getattr(node, "workeroutput", {}).get("real_parts", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which servers the tests ran against: a green run must not hide a stand-in."""
    found = {**_from_workers, **parts.used}
    if found:
        terminalreporter.write_line("ran against: " + "; ".join(f"{part}: {found[part]}" for part in sorted(found)))

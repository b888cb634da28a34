"""The real program, in processes of its own, without reading all its modules at each start.

One process reads them, waits, and forks. What it forks runs the program from its first line on, with an environment,
a folder and a log of its own, and can be stopped and killed like any process.
"""

import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.cli.app import main

ROOT = Path(__file__).parents[2]


@dataclass
class Started:
    """A program that was started; its log holds what it said and wrote to stderr."""

    pid: int
    log: Path
    _ended: socket.socket
    _code: int | None = None

    def wait(self, seconds: float = 60) -> int:
        """Its exit code once it has ended, that of a signal negative; TimeoutError where it goes on."""
        if self._code is None:
            self._ended.settimeout(seconds)
            self._code = int(_line(self._ended))
            self._ended.close()
        return self._code

    def send(self, number: signal.Signals) -> None:
        """Send it a signal, unless it has ended."""
        if self._code is None:
            os.kill(self.pid, number)


@dataclass(frozen=True)
class ReadyProgram:
    """Starts the program in an instant."""

    address: Path

    def start(self, words: Sequence[str], env: Mapping[str, str], folder: Path) -> Started:
        """Start it with these words in this folder."""
        log = folder / "log"
        way = socket.socket(socket.AF_UNIX)
        way.settimeout(30)
        way.connect(str(self.address))
        order = {"words": [*words], "env": {**env}, "folder": str(folder), "log": str(log)}
        way.sendall(json.dumps(order).encode() + b"\n")
        return Started(int(_line(way)), log, way)

    def once(self, env: Mapping[str, str], folder: Path) -> int:
        """One pass of the service; its exit code, which is 0 or that it was killed."""
        done = self.start(["run", "--once"], env, folder)
        code = done.wait()
        assert code in (0, -signal.SIGKILL), done.log.read_text(encoding="utf-8")
        return code

    @contextmanager
    def running(self, env: Mapping[str, str], folder: Path) -> Iterator[Started]:
        """The service, killed afterwards if it still runs."""
        service = self.start(["run"], env, folder)
        try:
            yield service
        finally:
            service.send(signal.SIGKILL)
            service.wait(10)


@contextmanager
def ready() -> Iterator[ReadyProgram]:
    """The program, read once and waiting to be started."""
    with tempfile.TemporaryDirectory() as folder:
        address = Path(folder) / "way"
        command = [sys.executable, "-m", "tests.support.ready_program", str(address)]
        # It ends when this end of its stdin is closed, also where the tests are killed.
        waiting = subprocess.Popen(command, stdin=subprocess.PIPE, cwd=ROOT)
        try:
            deadline = time.monotonic() + 60
            while not address.exists():
                assert waiting.poll() is None, "it ended at once"
                assert time.monotonic() < deadline, "it did not become ready"
                time.sleep(0.02)
            yield ReadyProgram(address)
        finally:
            waiting.communicate()


def _line(way: socket.socket) -> bytes:
    said = b""
    while not said.endswith(b"\n"):
        more = way.recv(65536)
        if not more:
            raise ConnectionError("the waiting program went away")
        said += more
    return said


def _serve(address: str) -> None:
    """Fork a program for each that asks, and tell each how its own ended; in the forked process this returns."""
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    started: dict[int, socket.socket] = {}
    with socket.socket(socket.AF_UNIX) as listener, selectors.DefaultSelector() as selector:
        unfinished = Path(f"{address}.new")
        listener.bind(str(unfinished))
        listener.listen()
        unfinished.rename(address)
        for each in (listener, woken, sys.stdin):
            selector.register(each, selectors.EVENT_READ)
        while True:
            heard = [key.fileobj for key, _ in selector.select()]
            if sys.stdin in heard:
                sys.exit()
            if woken in heard:
                os.read(woken, 4096)
                _tell_who_ended(started)
            if listener in heard:
                way, _ = listener.accept()
                order = json.loads(_line(way))
                if (pid := os.fork()) == 0:
                    break
                way.sendall(b"%d\n" % pid)
                started[pid] = way
    for each in (way, *started.values()):
        each.close()
    signal.set_wakeup_fd(-1)
    os.close(woken)
    os.close(wake)
    _become(order)


def _tell_who_ended(started: dict[int, socket.socket]) -> None:
    while started:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        with started.pop(pid) as way:
            way.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))


def _become(order: dict[str, object]) -> None:
    """Be the process that was asked for: its signals, folder, environment, words and log."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.chdir(str(order["folder"]))
    env, words = order["env"], order["words"]
    assert isinstance(env, dict)
    assert isinstance(words, list)
    os.environ.clear()
    os.environ.update(env)
    sys.argv = ["collector", *words]
    log = os.open(str(order["log"]), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for stream in (1, 2):
        os.dup2(log, stream)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)


if __name__ == "__main__":
    _serve(sys.argv[1])
    main()

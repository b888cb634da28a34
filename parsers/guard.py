"""Reading untrusted bytes in a child process that is thrown away after one document.

The children come from a fork server: a small process without threads that has the parsers loaded already. It is started
at the first document, in the directory from which `parsers` can be imported. What comes back is JSON, never a pickle: a
child that a document has taken over must not be able to make the service run anything.
"""

import contextlib
import multiprocessing
import os
import resource
import select
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Generic, ParamSpec, TypeVar, get_type_hints

from pydantic import BaseModel, ConfigDict, ValidationError

from collector.domain.came_back import CameBack
from collector.domain.document import Document, FoundInDocument
from collector.domain.submission import Attachment, Form, Opened, ReadingTask, Refusal
from parsers import mime
from parsers.files import read_file
from parsers.layouts import find_in
from parsers.posted import open_posted
from parsers.workbook.texts import shown_name

P = ParamSpec("P")
T = TypeVar("T")

# Loaded once in the fork server; every child has them from the start.
_PRELOAD = ("parsers.guard", "parsers.mime", "parsers.files", "parsers.readied")
_STATM = Path("/proc/self/statm")
_LONGEST_ANSWER = 160 * 1024 * 1024
_GOOD, _MEMORY, _DEEP, _OTHER = b"+", b"m", b"d", b"x"
_INSTEAD = "Send the figures in the text of a message, or a smaller file with only the figures in it."


@dataclass(frozen=True)
class Limits:
    """What one document may take; memory is on top of what the child has when it starts."""

    seconds: float = 10.0
    cpu_seconds: int = 10
    memory_bytes: int = 512 * 1024 * 1024


class _Answer(BaseModel, Generic[T]):
    """The way over the pipe; bytes travel as base64."""

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64", ser_json_inf_nan="strings")

    value: T


def guarded(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | Refusal:
    """Run a top-level function that says what it returns, in a child under the usual limits; a Refusal if it fails."""
    return within(Limits(), function, *args, **kwargs)


def within(limits: Limits, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | Refusal:
    """Run the function under these limits.

    Refusals: `too_slow`, `too_big_to_read`, `too_deep`, `crashed`.
    """
    deadline = time.monotonic() + limits.seconds
    answer = _ask_child(limits, deadline, function, args, kwargs)
    if answer is None:
        return Refusal("too_slow", f"What you sent took longer than {limits.seconds:g} seconds to read. {_INSTEAD}")
    verdict, content = answer[:1], answer[1:]
    if verdict == _GOOD:
        with contextlib.suppress(ValidationError):
            value: T = answer_of(function).model_validate_json(content).value
            return value
    if verdict == _MEMORY:
        return Refusal("too_big_to_read", f"What you sent needs more memory to read than we allow. {_INSTEAD}")
    if verdict == _DEEP:
        return Refusal("too_deep", f"What you sent has too many layers inside each other for us to read. {_INSTEAD}")
    return Refusal("crashed", f"What you sent could not be read: the file may be damaged. {_INSTEAD}")


#: Reading comes before it, and both together are one answer.
_FINDING = Limits(seconds=5.0, cpu_seconds=5)


class GuardedOpener:
    """Opens what the doors took in, each message in a child of its own."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()

    def open(self, door: str, raw: bytes, size: int, cut: bool) -> Opened | Refusal:
        """Open a mail, or the file that somebody gave us, which may be a saved mail."""
        if door == "slack":
            # Slack's JSON is bounded before it is parsed; a child would only cost the time.
            return open_posted(raw)
        read = mime.open_mail if door == "mail" else mime.open_file
        opened = within(self._limits, read, raw, size, cut)
        if isinstance(opened, Refusal) and door == "mail" and opened.code in ("too_slow", "too_big_to_read", "crashed"):
            # Whoever sent it is owed an answer; the headers alone are read under limits of their own.
            return within(Limits(), mime.refuse_mail, raw[: 1024 * 1024], opened.code, opened.words)
        return opened

    def read_file(self, attachment: Attachment) -> Form | CameBack | Document | Refusal | None:
        """Read a file as a return, definitions or tables; None for a kind that can't hold any (a picture)."""
        name = attachment.name
        read = within(self._limits, read_file, name, attachment.content_type, attachment.content)
        return _named(read, shown_name(name)) if isinstance(read, Refusal) else read


class GuardedFinder:
    """Finds in somebody's own tables what was asked, each document in a child of its own: a stranger wrote them."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or _FINDING

    def __call__(self, document: Document, task: ReadingTask, partnership: str) -> FoundInDocument | Refusal:
        """What the document states, or why it could not be gone through."""
        found = within(self._limits, find_in, document, task, partnership)
        return _named(found, document.name) if isinstance(found, Refusal) else found


def _named(refusal: Refusal, name: str) -> Refusal:
    """The guard's own refusals don't know which file it was."""
    return replace(refusal, words=refusal.words.replace("What you sent", name, 1))


@lru_cache(maxsize=64)
def answer_of(function: Callable[..., Any]) -> Any:
    """How what a function returns travels over the pipe; made once in a process, which takes longer than using it."""
    return _Answer[get_type_hints(function)["return"]]  # type: ignore[misc]  # a type known only when it runs


# --- in the service ---------------------------------------------------------------------------------------------------

_starting = threading.Lock()


@lru_cache(maxsize=1)
def _forkserver() -> Any:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_PRELOAD))
    return context


def _ask_child(
    limits: Limits, deadline: float, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> bytes | None:
    """The child's answer; empty if it died, None if it took too long."""
    with _starting:
        context = _forkserver()
        reader, writer = context.Pipe(duplex=False)
        child = context.Process(target=_run, args=(writer, limits, function, args, kwargs), daemon=True)
        child.start()
    writer.close()
    try:
        answer = _read_all(reader.fileno(), deadline)
    finally:
        reader.close()
        # start() polls every child there is, so ending one has to wait its turn: two polls at once lose the exit code.
        with _starting:
            child.kill()
            child.join()
            ended_by = child.exitcode
            child.close()
    return None if ended_by == -signal.SIGXCPU else answer


def _read_all(pipe: int, deadline: float) -> bytes | None:
    """All that comes before the other end closes; a child may stall in the middle, so nothing here blocks."""
    poll = select.poll()
    poll.register(pipe, select.POLLIN)
    pieces: list[bytes] = []
    length = 0
    while (left := deadline - time.monotonic()) > 0:
        if not poll.poll(left * 1000):
            continue
        piece = os.read(pipe, 1024 * 1024)
        if not piece:
            return b"".join(pieces)
        pieces.append(piece)
        length += len(piece)
        if length > _LONGEST_ANSWER:
            return _MEMORY
    return None


# --- in the child -----------------------------------------------------------------------------------------------------


def _run(
    writer: Connection, limits: Limits, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> None:
    _limit(limits)
    try:
        value = function(*args, **kwargs)
        answer = _GOOD + answer_of(function)(value=value).model_dump_json().encode()
    except MemoryError:
        answer = _MEMORY
    except RecursionError:
        answer = _DEEP
    except BaseException:
        # Whatever it is, the document caused it, and the sender gets to know that it could not be read. What a library
        # written in Rust raises when it gives up is no Exception.
        answer = _OTHER
    view = memoryview(answer)
    while view:
        view = view[os.write(writer.fileno(), view) :]


def _limit(limits: Limits) -> None:
    used = _address_space()
    if used is not None:
        resource.setrlimit(resource.RLIMIT_AS, (used + limits.memory_bytes, used + limits.memory_bytes))
    # One second between the signal that says why and the one that can't be caught.
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _address_space() -> int | None:
    """The bytes of address space in use; None where the system does not tell (macOS, which keeps no such limit)."""
    try:
        pages = int(_STATM.read_text(encoding="ascii").split()[0])
    except OSError:
        return None
    return pages * resource.getpagesize()

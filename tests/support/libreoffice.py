"""A throw-away LibreOffice without a screen, in which a test fills in workbooks as an officer would."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_PYTHON = Path("/usr/bin/python3")
_SCRIPT = Path(__file__).with_name("libreoffice_fill.py")
_PATIENCE = 40.0
#: British dates, as our officers type them.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>en-GB</value></prop></item>
</oor:items>
"""
Step = Sequence[str]


@dataclass(frozen=True)
class Filled:
    """A workbook as LibreOffice saved it, what it showed in the cells worked in, and the sheets it hides."""

    content: bytes
    shown: dict[str, str]
    hidden: tuple[str, ...]


@dataclass(frozen=True)
class LibreOffice:
    """A running program; `what` names it."""

    pipe: str
    folder: Path
    what: str

    def fill(
        self,
        content: bytes,
        steps: Sequence[Step],
        password: str | None = None,
        save_as: str = "Calc MS Excel 2007 XML",
        sheet: str = "Return",
    ) -> Filled:
        """Open a workbook, take the steps in it (`libreoffice_fill.py` lists them) and save it."""
        name = uuid.uuid4().hex
        source, target = self.folder / f"{name}.xlsx", self.folder / f"{name}.saved"
        source.write_bytes(content)
        job = {"pipe": self.pipe, "source": str(source), "target": str(target), "password": password, "sheet": sheet}
        job_text = json.dumps({**job, "steps": [list(step) for step in steps], "filter": save_as})
        done = subprocess.run(
            [_PYTHON, _SCRIPT], input=job_text, capture_output=True, text=True, timeout=_PATIENCE, check=False
        )
        if done.returncode:
            raise RuntimeError(f"ended with {done.returncode}: {done.stderr[-2000:]}")
        said = json.loads(done.stdout)
        return Filled(target.read_bytes(), said["shown"], tuple(said["hidden"]))


def version() -> str | None:
    """The version, where a LibreOffice that can be driven from Python is here."""
    program = shutil.which("soffice")
    if program is None or not _PYTHON.exists():
        return None
    if subprocess.run([_PYTHON, "-c", "import uno"], capture_output=True, timeout=30, check=False).returncode:
        return None
    said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=30, check=False).stdout
    return " ".join(said.split()[:2]) or None


@contextmanager
def running(what: str) -> Iterator[LibreOffice]:
    """A LibreOffice with a profile of its own; it and its children are ended by their process group."""
    with tempfile.TemporaryDirectory(prefix="soffice-", ignore_cleanup_errors=True) as name:
        folder, pipe = Path(name), f"collector-{uuid.uuid4().hex}"
        profile = folder / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        command = ["soffice", "--headless", "--norestore", "--nologo", f"-env:UserInstallation=file://{profile}"]
        log = folder / "log"
        with log.open("wb") as said:
            server = subprocess.Popen(
                [*command, f"--accept=pipe,name={pipe};urp;"], stdout=said, stderr=said, start_new_session=True
            )
        try:
            _wait_until_it_answers(server, pipe, log)
            yield LibreOffice(pipe, folder, what)
        finally:
            _end(server)


def _wait_until_it_answers(server: "subprocess.Popen[bytes]", pipe: str, log: Path) -> None:
    # The file name of the pipe is LibreOffice's own; its user id is part of it.
    deadline = time.monotonic() + _PATIENCE
    while server.poll() is None and time.monotonic() < deadline:
        if any(Path(tempfile.gettempdir()).glob(f"OSL_PIPE_*_{pipe}")):
            return
        time.sleep(0.1)
    raise RuntimeError(f"LibreOffice did not start: {log.read_text(errors='replace')[-2000:]}")


def _end(server: "subprocess.Popen[bytes]") -> None:
    # soffice is a script that starts the program proper: both are in the group that we made.
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(server.pid, sign)
        except ProcessLookupError:
            break
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            continue

"""A throw-away Dovecot 2.3 on 127.0.0.1: any user name, one password, one mailbox for each name."""

import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.servers import free_port

PASSWORD = "mailbox-for-tests"
_PATIENCE = 10.0
_OWNER = "nobody"
_SETTINGS = """
base_dir = {home}/run
state_dir = {home}/run
log_path = {home}/log
instance_name = collector-tests
listen = 127.0.0.1
protocols = imap
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
mail_location = maildir:{home}/mail/%u
mail_uid = {owner}
mail_gid = {group}
first_valid_uid = 1
first_valid_gid = 1
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={owner} gid={group} home={home}/mail/%u allow_all_users=yes
}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
"""


@dataclass(frozen=True)
class Dovecot:
    """A running server."""

    port: int
    what: str


def version() -> str | None:
    """The version, where a Dovecot that we can start is here: it takes root, and 2.4 has other settings."""
    if os.geteuid() != 0 or _program() is None:
        return None
    said = subprocess.run([str(_program()), "--version"], capture_output=True, text=True, check=False).stdout
    return said.split()[0] if re.match(r"2\.3\.", said) else None


def _program() -> str | None:
    return shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")


@contextmanager
def running() -> Iterator[Dovecot]:
    """A server for as long as the block lasts; nothing of it stays."""
    home, port = Path(tempfile.mkdtemp(prefix="dovecot-")), free_port()
    try:
        home.chmod(0o755)
        (home / "mail").mkdir()
        shutil.chown(home / "mail", _OWNER)
        group = str((home / "mail").stat().st_gid or 65534)
        settings = home / "dovecot.conf"
        settings.write_text(_SETTINGS.format(home=home, port=port, owner=_OWNER, group=group, password=PASSWORD))
        process = subprocess.Popen([str(_program()), "-F", "-c", settings], stdin=subprocess.DEVNULL)
        try:
            _await_greeting(port, process, home / "log")
            yield Dovecot(port, f"Dovecot {version()}")
        finally:
            process.terminate()
            process.wait(_PATIENCE)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _await_greeting(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), 1) as connection:
                if connection.recv(300).startswith(b"* OK"):
                    return
        except OSError:
            pass
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(log.read_text(errors="replace")[-2000:] if log.exists() else "Dovecot did not start")
        time.sleep(0.01)

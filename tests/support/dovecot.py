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
from tests.support.token_server import ISSUER, KEY_ID

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
auth_mechanisms = {mechanisms}
auth_failure_delay = 0
mail_location = maildir:{home}/mail/%u
mail_uid = {owner}
mail_gid = {group}
first_valid_uid = 1
first_valid_gid = 1
passdb {{
  driver = static
  mechanisms = plain login
  args = password={password}
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {home}/oauth2
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
  mailbox Handled {{
    auto = create
  }}
  mailbox Aside {{
    auto = create
  }}
}}
{more}
"""
_TOKENS = """
introspection_mode = local
local_validation_key_dict = fs:posix:prefix={home}/keys/
issuers = {issuer}
username_attribute = preferred_username
"""
#: Rights can be taken away in a folder's file dovecot-acl.
WITH_RIGHTS = """
mail_plugins = acl
protocol imap {
  mail_plugins = $mail_plugins imap_acl
}
plugin {
  acl = vfile
}
"""


@dataclass(frozen=True)
class Dovecot:
    """A running server."""

    port: int
    what: str
    home: Path


def version() -> str | None:
    """The version, where a Dovecot that we can start is here: it takes root, and 2.4 has other settings."""
    if os.geteuid() != 0 or _program() is None:
        return None
    said = subprocess.run([str(_program()), "--version"], capture_output=True, text=True, check=False).stdout
    return said.split()[0] if re.match(r"2\.3\.", said) else None


def _program() -> str | None:
    return shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")


@contextmanager
def running(more: str = "", key: Path | None = None) -> Iterator[Dovecot]:
    """A server for as long as the block lasts; nothing of it stays. `more` are settings on top.

    With a token server's public `key` it takes that server's tokens and no passwords.
    """
    home, port = Path(tempfile.mkdtemp(prefix="dovecot-")), free_port()
    try:
        home.chmod(0o755)
        (home / "mail").mkdir()
        shutil.chown(home / "mail", _OWNER)
        group = str((home / "mail").stat().st_gid or 65534)
        settings = home / "dovecot.conf"
        given = {"home": home, "port": port, "owner": _OWNER, "group": group, "password": PASSWORD, "more": more}
        settings.write_text(_SETTINGS.format(**given, mechanisms="xoauth2 oauthbearer" if key else "plain login"))
        (home / "oauth2").write_text(_TOKENS.format(home=home, issuer=ISSUER))
        if key is not None:
            place = home / "keys" / "default" / "RS256"
            place.mkdir(parents=True)
            shutil.copy(key, place / KEY_ID)
        process = subprocess.Popen([str(_program()), "-F", "-c", settings], stdin=subprocess.DEVNULL)
        try:
            _await_greeting(port, process, home / "log")
            yield Dovecot(port, f"Dovecot {version()}", home)
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

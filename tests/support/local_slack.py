"""local-slack for the tests: the demo's, with the people of `tests.builders.IN_SLACK` and a visitor."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.demo.localslack import LocalSlack, Member, Setting, binary
from tests.builders import TEAM
from tests.support import parts

SEG = "C0SEG"
#: People of the workspace, as IN_SLACK has them; the visitor is nobody to us.
DA, DPH, VISITOR = "U0DA", "U0DPH", "U0VISITOR"
_SETTING = Setting(
    TEAM, "Test Partnership", (Member(DA, "da"), Member(DPH, "dph"), Member(VISITOR, "visitor")), SEG, "seg"
)


@contextmanager
def running() -> Iterator[LocalSlack]:
    """A server for as long as the block lasts; the test is skipped where there is none, and fails in CI."""
    program = binary()
    if program is None:
        parts.note("slack", "none", real=False)
        pytest.skip("local-slack is not installed: ./run test installs it where npm is there, on Linux and x64")
    parts.note("slack", "local-slack 0.1.8", real=True)
    server = LocalSlack(program, _SETTING)
    try:
        server.start()
        yield server
    finally:
        server.close()

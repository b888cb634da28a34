"""What is said of several codes in the same words is said once (WORDS 4)."""

import re
from collections.abc import Sequence

from collector.actions import listed

_OF_A_CODE = re.compile(r"(?P<code>[A-Za-z]{1,6}\d[A-Za-z0-9.]{0,6}): (?P<words>.+)", re.DOTALL)


def alike_together(lines: Sequence[str]) -> tuple[str, ...]:
    """The lines in their order; those that differ only in the code they begin with are one: "RO01a and RO01b: ..."."""
    codes: dict[str, list[str]] = {}
    for line in lines:
        found = _OF_A_CODE.fullmatch(line)
        codes.setdefault(found["words"] if found else line, []).extend([found["code"]] if found else [])
    return tuple(f"{listed([*dict.fromkeys(named)])}: {words}" if named else words for words, named in codes.items())

"""What a border server's Authentication-Results header says, taken apart (RFC 8601)."""

import re
from dataclasses import dataclass

_METHOD = re.compile(r"\s*([\w-]+)\s*(?:/\s*\d+\s*)?=\s*([\w-]+)(?=\s|$)(.*)", re.DOTALL | re.ASCII)
_PROPERTY = re.compile(r"(?:^|\s)([a-z]+)\s*\.\s*([a-z-]+)\s*=\s*(\S+)", re.IGNORECASE | re.ASCII)
_LONGEST = 8 * 1024


@dataclass(frozen=True)
class Result:
    """What was found by one method: `dmarc`, `spf` or `dkim`, and the properties it was found for."""

    method: str
    result: str
    properties: tuple[tuple[str, str], ...]

    def domains(self, name: str) -> list[str]:
        """The domains that a property names, each without a local part and a closing dot."""
        return [domain_of(value) for key, value in self.properties if key == name]


@dataclass(frozen=True)
class Verdict:
    """One header: who signed it ("" where it says no name) and what they found. `whole` unless it is malformed."""

    name: str
    results: tuple[Result, ...]
    whole: bool = True

    def of(self, method: str) -> list[Result]:
        """All results of a method."""
        return [found for found in self.results if found.method == method]


def read_verdict(value: str, named: bool) -> Verdict:
    """Take a header apart; `named` says that it begins with its server's name, as everybody's but Microsoft's does."""
    statements = _statements(value) if value.isascii() and len(value) <= _LONGEST else []
    if not statements:
        return Verdict("", (), whole=False)
    name = next(iter(statements[0].split()), "").strip('"').lower() if named else ""
    found = (_result(statement) for statement in statements[1 if named else 0 :])
    results = tuple(one for one in found if one is not None)
    begins = named or _result(statements[0]) is not None
    return Verdict(name, results, whole=begins)


def domain_of(value: str) -> str:
    """The domain of an address, or a domain itself, as it is compared."""
    return value.strip('"<>').rpartition("@")[2].rstrip(".").lower()


def _result(statement: str) -> Result | None:
    found = _METHOD.fullmatch(statement)
    if found is None:
        return None
    properties = tuple((f"{kind}.{name}".lower(), value) for kind, name, value in _PROPERTY.findall(found[3]))
    return Result(found[1].lower(), found[2].lower(), properties)


def _statements(value: str) -> list[str]:
    """The parts between semicolons, comments dropped and quoted text kept whole; none where it is malformed.

    A quoted string keeps no spaces, signs or semicolons of its own: what stands in it can't look like a result.
    """
    parts, depth, quoted, at = [""], 0, False, 0
    while at < len(value):
        char = value[at]
        if char == "\\" and (depth or quoted):
            at += 1
        elif depth:
            depth += {"(": 1, ")": -1}.get(char, 0)
        elif char == '"':
            quoted = not quoted
            parts[-1] += char
        elif quoted:
            parts[-1] += char if char.isalnum() or char in ".-_@" else "_"
        elif char == "(":
            depth = 1
            parts[-1] += " "
        elif char == ";":
            parts.append("")
        else:
            parts[-1] += char
        at += 1
    return [] if depth or quoted else parts

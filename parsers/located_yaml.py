"""YAML as plain data that still knows its lines; everything that can bite is refused before it is built."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

LIMIT = 2_000_000
DEPTH = 20
PIECES = 50_000

Where = tuple[str | int, ...]


@dataclass
class Findings:
    """The problems of one file, each with its line and key, in the file's order."""

    file: str
    lines: Mapping[Where, int] = field(default_factory=dict)
    _found: list[tuple[int, str]] = field(default_factory=list)

    def add(self, where: Where, words: str, line: int | None = None) -> None:
        """Note a problem at a key; without a line it is the key's own, or that of the nearest key above it."""
        at = self.line(where) if line is None else line
        key = dotted(where)
        self._found.append((at, f"{self.file} line {at}{', ' if key else ''}{key}: {words}"))

    def line(self, where: Where) -> int:
        """The line on which a key stands."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 1)

    @property
    def problems(self) -> list[str]:
        """What was found, in words, by line."""
        return [words for _, words in sorted(self._found, key=lambda found: found[0])]


def dotted(where: Where) -> str:
    """A key as messages name it: indicators[3].target (counted from 0)."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in where).lstrip(".")


def text_of(path: Path, findings: Findings) -> str | None:
    """A file's text, or None with a problem noted: it can't be opened, it is over 2 MB, or it isn't UTF-8."""
    try:
        with path.open("rb") as file:
            content = file.read(LIMIT + 1)
        if len(content) > LIMIT:
            findings.add((), "the file is over 2 MB; a partnership's own file is far smaller")
            return None
        return content.decode("utf-8-sig")
    except OSError as error:
        findings.add((), f"the file can't be opened ({error.strerror})")
    except UnicodeDecodeError:
        findings.add((), "the file is not UTF-8 text; save it as UTF-8")
    return None


def load(text: str, findings: Findings) -> object:
    """Mappings, lists, text, True/False and None; numbers stay text. Fills the findings' lines and notes problems."""
    try:
        if _refused(text, findings):
            return None
        lines: dict[Where, int] = {}
        findings.lines = lines
        node = _yaml().compose(text)
        return None if node is None else _plain(node, (), lines, findings)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        findings.add((), f"this can't be read as YAML ({error.problem or error.context})", mark.line + 1 if mark else 1)
    except (YAMLError, ValueError) as error:
        findings.add((), f"this can't be read as YAML ({str(error).splitlines()[0]})")
    return None


def _yaml() -> YAML:
    return YAML(typ="safe", pure=True)


def _refused(text: str, findings: Findings) -> bool:
    """Aliases grow without end and tags make objects: neither is ever built."""
    depth = documents = 0
    for pieces, event in enumerate(_yaml().parse(text)):
        words = None
        depth += isinstance(event, MappingStartEvent | SequenceStartEvent)
        depth -= isinstance(event, MappingEndEvent | SequenceEndEvent)
        documents += isinstance(event, DocumentStartEvent)
        if isinstance(event, AliasEvent) or (isinstance(event, NodeEvent) and event.anchor):
            words = "anchors (&) and aliases (*) are not used here; write it out, or put the text in quotes"
        elif isinstance(event, NodeEvent) and getattr(event, "tag", None):
            words = "tags (!) are not used here; put the text in quotes"
        elif depth > DEPTH:
            words = f"this is nested more than {DEPTH} deep"
        elif pieces > PIECES:
            words = f"there are more than {PIECES:,} keys and values up to here"
        elif documents > 1:
            words = "a second document (---) is not used here"
        if words:
            findings.add((), words, event.start_mark.line + 1)
            return True
    return False


def _plain(node: Node, where: Where, lines: dict[Where, int], findings: Findings) -> object:
    lines.setdefault(where, node.start_mark.line + 1)
    if isinstance(node, MappingNode):
        return _mapping(node, where, lines, findings)
    if isinstance(node, SequenceNode):
        return [_plain(item, (*where, at), lines, findings) for at, item in enumerate(node.value)]
    kind = str(node.tag).rpartition(":")[2]
    if kind == "null":
        return None
    return node.value.lower() == "true" if kind == "bool" else str(node.value)


def _mapping(node: MappingNode, where: Where, lines: dict[Where, int], findings: Findings) -> dict[str, object]:
    held: dict[str, object] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, ScalarNode):
            findings.add(where, "a key must be a plain word", line)
        elif key.value in held:
            findings.add((*where, key.value), "this key is here twice", line)
        else:
            lines[(*where, key.value)] = line
            held[key.value] = _plain(value, (*where, key.value), lines, findings)
    return held

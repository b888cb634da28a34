"""Cells of which a part is struck out or set higher: openpyxl gives their letters alone, 153 with a small 1 as 1531."""

import io
import zipfile
from xml.parsers import expat

from parsers.raised import raised
from parsers.workbook.package import NOT_SET

_SHEETS = "xl/worksheets/"
_STRINGS = "xl/sharedstrings.xml"


def as_they_read(content: bytes) -> dict[str, str]:
    """The words of such cells as they are seen, by all their letters; of a package that was looked through."""
    runs = _Runs()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.infolist():
            if part.filename.lower() == _STRINGS or part.filename.lower().startswith(_SHEETS):
                runs.read(archive.read(part))
    return runs.found


class _Runs:
    """Goes through texts made of runs and keeps those of which a run is set off."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self._letters: list[str] = []
        self._seen: list[str] = []
        self._said: list[str] = []
        self._in_words = self._is_struck = self._is_raised = self._has_any = False

    def read(self, part: bytes) -> None:
        """Take what there is from one part."""
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._words
        parser.Parse(part, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "si" | "is":
                self._letters, self._seen, self._has_any = [], [], False
            case "r":
                self._is_struck = self._is_raised = False
                self._said = []
            case "strike" if attributes.get("val") not in NOT_SET:
                self._is_struck = self._has_any = True
            case "vertAlign" if attributes.get("val") not in NOT_SET:
                self._is_raised = self._has_any = True
            case "t":
                self._in_words = True

    def _words(self, words: str) -> None:
        if self._in_words:
            self._said.append(words)

    def _end(self, name: str) -> None:
        match name.rpartition(":")[2]:
            case "t":
                self._in_words = False
            case "r":
                words = "".join(self._said)
                self._letters.append(words)
                if not self._is_struck:
                    self._seen.append(raised(words, "".join(self._seen[-2:])) if self._is_raised else words)
            case "si" | "is" if self._has_any:
                self.found["".join(self._letters)] = "".join(self._seen).strip()

"""What a performance leaves behind: every mail, every message in Slack, every workbook, numbered as they came."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_MADE = ("summary.json", "digest.html", "board.html")


class NotOurs(Exception):
    """The folder holds books that no demo made: nothing in it is touched."""


@dataclass
class Traces:
    """The demo's folder."""

    folder: Path
    count: int = 0

    def prepare(self) -> None:
        """Make the folder; what an earlier performance left there is taken away."""
        marker = self.folder / ".demo"
        if (self.folder / "collector.db").exists() and not marker.exists():
            raise NotOurs(
                f"{self.folder} holds books that the demo did not make. Give it another folder with --output."
            )
        for name in ("mail", "slack", "workbooks"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        words = "Made by the demo, which takes away what is here when it is played again.\n"
        marker.write_text(words, encoding="utf-8")
        made = [self.folder / name for name in _MADE]
        made += [*self.folder.glob("collector.db*"), *self.folder.glob("mail/*.eml")]
        made += [*self.folder.glob("slack/*.json"), *self.folder.glob("workbooks/*.xlsx")]
        for file in made:
            file.unlink(missing_ok=True)

    def mail(self, way: str, name: str, raw: bytes) -> None:
        """Keep a mail; `way` is "in" or "out"."""
        self._path("mail", way, name, "eml").write_bytes(raw)

    def slack(self, way: str, name: str, payload: dict[str, Any]) -> None:
        """Keep a message in Slack as it was posted or received; a file's bytes lie with the workbooks."""
        files = [{**file, "content": f"{len(file['content'])} characters"} for file in payload.get("files") or ()]
        shown = {**payload, "files": files} if way == "out" else payload
        words = json.dumps(shown, indent=2, ensure_ascii=False)
        self._path("slack", way, name, "json").write_text(words, encoding="utf-8")

    def workbook(self, way: str, name: str, content: bytes) -> None:
        """Keep a workbook as it was sent or returned."""
        self._path("workbooks", way, name, "xlsx").write_bytes(content)

    def write(self, name: str, words: str) -> None:
        """Keep a page or the summary."""
        (self.folder / name).write_text(words, encoding="utf-8")

    def _path(self, kind: str, way: str, name: str, suffix: str) -> Path:
        self.count += 1
        return self.folder / kind / f"{self.count:03d}-{way}-{re.sub(r'[^A-Za-z0-9-]+', '-', name)}.{suffix}"

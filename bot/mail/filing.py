"""What becomes of handled mail in the mailbox: it stays, is marked, or is moved. Only ever the very messages named."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

How = Literal["leave", "flag", "move"]
#: The mark on handled mail: a keyword that mail programs can filter by.
KEYWORD = "Collected"
#: So many messages are named in one command.
_BATCH = 200


@dataclass(frozen=True)
class Filing:
    """Where handled mail goes: `folder` and `aside` (what was set aside; empty: it stays) count for `move`."""

    how: How = "leave"
    folder: str = ""
    aside: str = ""

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders that mail is moved to."""
        return tuple(filter(None, (self.folder, self.aside))) if self.how == "move" else ()


class Filer:
    """Files the messages of one folder that a client has open; `obstacle` says in plain words why it can't.

    What the server refuses later becomes the obstacle too: reading goes on, filing waits for the next connection.
    """

    def __init__(self, client: Any, filing: Filing, source: str, selected: dict[bytes, Any] | None) -> None:
        """`selected` is what the server said when the folder was opened for changes; None where it may only be read."""
        self._client = client
        self._filing = filing
        self._source = source
        self.obstacle = self._what_hinders(selected)

    def unfiled(self) -> list[int]:
        """The messages that are not marked yet, or not moved."""
        if self.obstacle or self._filing.how == "leave":
            return []
        # What others have done to the folder meanwhile is told first.
        self._client.noop()
        wanted = ["UNKEYWORD", KEYWORD] if self._filing.how == "flag" else ["ALL"]
        return [int(uid) for uid in self._client.search(wanted)]

    def file(self, handled: Sequence[int], aside: Sequence[int]) -> int:
        """Mark or move what was handled, and move what was set aside where it has a folder; how many were filed."""
        filing = self._filing
        if filing.how == "flag":
            return self._each_batch(handled, lambda uids: self._client.add_flags(uids, [KEYWORD], silent=True))
        filed = self._each_batch(handled, lambda uids: self._move(uids, filing.folder))
        return filed + (self._each_batch(aside, lambda uids: self._move(uids, filing.aside)) if filing.aside else 0)

    def _each_batch(self, uids: Sequence[int], business: Any) -> int:
        for start in range(0, len(uids), _BATCH):
            if self.obstacle:
                return start
            try:
                business(list(uids[start : start + _BATCH]))
            except IMAPClientAbortError:
                raise
            except IMAPClientError as error:
                self.obstacle = (
                    f"The mail server refused to {self._filing.how} handled mail: {' '.join(str(error).split())[:200]}"
                )
                return start
        return len(uids)

    def _move(self, uids: list[int], folder: str) -> None:
        """In one step where the server can; else copied, and then these very messages are taken out."""
        if self._client.has_capability("MOVE"):
            self._client.move(uids, folder)
            return
        self._client.copy(uids, folder)
        self._client.delete_messages(uids, silent=True)
        self._client.uid_expunge(uids)

    def _what_hinders(self, selected: dict[bytes, Any] | None) -> str:
        filing, source = self._filing, self._source
        if filing.how == "leave":
            return ""
        if selected is None:
            return f"The account may only read {source}. Let it change messages there, or set IMAP_HANDLED=leave."
        if filing.how == "flag":
            return self._no_marks(selected)
        if not any(map(self._client.has_capability, ("MOVE", "UIDPLUS"))):
            return "The mail server can't move single messages. Set IMAP_HANDLED=flag or leave."
        missing = [name for name in filing.folders if not self._client.folder_exists(name)]
        if missing:
            return f"There is no folder {' and no folder '.join(missing)} in the mailbox. Make it, or name another."
        if not self._may(source, "t", "d") or not self._may(source, "e", "d"):
            return f"The account may not take messages out of {source}. Give it that right, or set IMAP_HANDLED=leave."
        closed = [name for name in filing.folders if not self._may(name, "i")]
        return f"The account may not put messages into {closed[0]}. Give it that right." if closed else ""

    def _no_marks(self, selected: dict[bytes, Any]) -> str:
        kept = {flag.lower() for flag in selected.get(b"PERMANENTFLAGS", ())}
        if b"\\*" in kept or KEYWORD.lower().encode() in kept:
            return ""
        return (
            f"The mail server keeps no marks of ours in {self._source} (Microsoft 365 keeps none)."
            " Set IMAP_HANDLED=move with a folder, or leave."
        )

    def _may(self, folder: str, *any_of: str) -> bool:
        """Whether the account has one of these rights (RFC 4314); a server that does not tell is tried."""
        if not self._client.has_capability("ACL"):
            return True
        try:
            said = self._client._imap.myrights(f'"{folder}"')[1]
        except IMAPClientAbortError:
            raise
        except IMAPClientError:
            return True
        rights = (said[0] or b"").decode("ascii", "replace").rpartition(" ")[2] if said else ""
        return not rights or any(right in rights for right in any_of)

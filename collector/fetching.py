"""The files that a message only names: each is fetched and kept before anything reads it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from collector.books import Enclosure, InboxRow
from collector.domain.submission import Attachment, Opened, RemoteFile
from collector.failpoints import Failpoint, Reached
from collector.hearing import MOST_FILES
from collector.ports import Books, Fetcher, FetchFailed


@dataclass(frozen=True)
class Fetching:
    """Brings files in through the door their message came by."""

    books: Books
    fetchers: Mapping[str, Fetcher]
    reached: Reached

    def whole(self, row: InboxRow, opened: Opened, last_try: bool) -> Opened:
        """The message with the files it named; what was kept on an earlier try is not fetched again.

        FetchFailed where a file may still come, unless this is the last try: then words stand in its place.
        """
        with self.books.begin() as unit:
            kept = {enclosure.remote_id for enclosure in unit.enclosures.of(row.id)}
        for place, remote in enumerate(opened.remote[:MOST_FILES]):
            if remote.id not in kept:
                content, missing = self._fetched(row, remote, last_try)
                with self.books.begin() as unit:
                    blob = unit.blobs.put(content) if content is not None else None
                    unit.enclosures.add(
                        row.id, place, Enclosure(remote.id, remote.name, remote.content_type, blob, missing)
                    )
                self.reached(Failpoint.FILES_KEPT)
        with self.books.begin() as unit:
            enclosures = unit.enclosures.of(row.id)
            files = [Attachment(e.name, e.content_type, unit.blobs.get(e.blob)) for e in enclosures if e.blob]
        missing_words = (enclosure.missing for enclosure in enclosures if enclosure.missing)
        return replace(opened, attachments=(*opened.attachments, *files), defects=(*opened.defects, *missing_words))

    def _fetched(self, row: InboxRow, remote: RemoteFile, last_try: bool) -> tuple[bytes | None, str]:
        """The file's bytes, or in words why there are none."""
        fetcher = self.fetchers.get(row.door)
        if fetcher is None:
            return None, f"We could not fetch {remote.name}. Reply with the figures."
        try:
            return fetcher.fetch(remote), ""
        except FetchFailed as failed:
            if not failed.permanent and not last_try:
                raise
            return None, str(failed)

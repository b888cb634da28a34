"""Files that were shared in Slack, with a message or in a form: what to fetch, and words for what can't be."""

from collections.abc import Sequence

from collector.domain.submission import RemoteFile
from parsers.payload import is_id, word_in

_LOST_FILES = frozenset({"tombstone", "hidden_by_limit"})


def files_in(listed: Sequence[object]) -> tuple[tuple[RemoteFile, ...], tuple[str, ...]]:
    """The files to fetch, and plain words for those that can't be."""
    found: list[RemoteFile] = []
    lost: list[str] = []
    for file in listed:
        why = _unreachable(file)
        if why:
            lost.append(why)
        else:
            found.append(_remote(file))
    return tuple(found), tuple(lost)


def _unreachable(file: object) -> str:
    name = _name(file)
    if word_in(file, "mode") in _LOST_FILES:
        return f"{name} was deleted in Slack before we could open it. Send it again, or reply with the figures."
    if _is_external(file):
        return (
            f"{name} is only a link to another site, which we don't open. Upload the file, or reply with the figures."
        )
    if not _address(file) or not is_id(word_in(file, "id")):
        return f"Slack did not hand {name} to us. Send it again, or reply with the figures."
    return ""


def _is_external(file: object) -> bool:
    return isinstance(file, dict) and (bool(file.get("is_external")) or file.get("mode") in ("external", "email"))


def _remote(file: object) -> RemoteFile:
    size = file.get("size") if isinstance(file, dict) else 0
    return RemoteFile(
        id=word_in(file, "id"),
        name=_name(file),
        content_type=word_in(file, "mimetype"),
        size=size if isinstance(size, int) and 0 <= size < 2**60 else 0,
        url=_address(file),
    )


def _address(file: object) -> str:
    return word_in(file, "url_private_download") or word_in(file, "url_private")


def _name(file: object) -> str:
    return " ".join((word_in(file, "name") or word_in(file, "title")).split())[:200] or "A file"

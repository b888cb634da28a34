"""Fetches the files that people share in Slack: with our token, and only from Slack."""

import time
import urllib.request
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.error import HTTPError
from urllib.parse import urlsplit

from bot.slack.messenger import SLACK_API
from collector.domain.submission import RemoteFile
from collector.ports import FetchFailed

#: A file above this is not opened (PARTS, limits), in bytes.
LARGEST = 15 * 1024 * 1024

_TIMEOUT = 20.0
#: A file that trickles in is given up after so many seconds.
_LONGEST = 30.0
_CHUNK = 64 * 1024
_SLACK = ("slack.com", "slack-files.com")
_UNKNOWN_HERE = frozenset({403, 404, 410})
_OR = "Send it again, or reply with the figures."


class _SameHouse(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only to where our token may go."""

    def __init__(self, files: "SlackFiles") -> None:
        self._files = files

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        """Refuse any other place."""
        if not self._files.may_have_token(newurl):
            raise HTTPError(newurl, 403, "a redirect away from Slack", headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class SlackFiles:
    """Fetches with a bot token from Slack's own hosts and the host of `base_url`."""

    def __init__(self, token: str, base_url: str = SLACK_API, largest: int = LARGEST) -> None:
        self._token = token
        base = urlsplit(base_url)
        self._houses = {(base.scheme, base.netloc)}
        self._largest = largest
        self._opener = urllib.request.build_opener(_SameHouse(self))

    def may_have_token(self, url: str) -> bool:
        """Whether our token may be sent there: Slack over https, or the very host we are set to talk to."""
        try:
            parts = urlsplit(url)
            host = (parts.hostname or "").lower()
        except ValueError:
            return False
        if (parts.scheme, parts.netloc) in self._houses:
            return True
        return parts.scheme == "https" and any(host == house or host.endswith(f".{house}") for house in _SLACK)

    def fetch(self, remote: RemoteFile) -> bytes:
        """The file's bytes; FetchFailed in plain words for its sender."""
        if remote.size > self._largest:
            raise self._too_big(remote, remote.size)
        if not self.may_have_token(remote.url):
            raise FetchFailed(f"{remote.name} does not lie in Slack, so we did not open it. {_OR}", permanent=True)
        request = urllib.request.Request(remote.url, headers={"Authorization": f"Bearer {self._token}"})
        try:
            return self._read(request, remote)
        except HTTPError as error:
            error.close()
            permanent = error.code in _UNKNOWN_HERE
            raise FetchFailed(f"Slack did not hand {remote.name} to us ({error.code}). {_OR}", permanent) from error
        except (OSError, HTTPException, ValueError) as error:
            raise FetchFailed(f"{remote.name} could not be fetched from Slack: {type(error).__name__}.") from error

    def _read(self, request: urllib.request.Request, remote: RemoteFile) -> bytes:
        until = time.monotonic() + _LONGEST
        with self._opener.open(request, timeout=_TIMEOUT) as answer:
            if answer.headers.get_content_type() == "text/html" and not _is_html(remote):
                # Without a token that may read the file Slack answers with its sign-in page, and status 200.
                raise FetchFailed(f"Slack did not let us open {remote.name}. {_OR}", permanent=True)
            content = bytearray()
            while chunk := answer.read1(_CHUNK):
                content += chunk
                if len(content) > self._largest:
                    raise self._too_big(remote, len(content))
                if time.monotonic() > until:
                    raise TimeoutError
            # A read in pieces ends without an error where the line was cut.
            if answer.length:
                raise ConnectionError
        return bytes(content)

    def _too_big(self, remote: RemoteFile, size: int) -> FetchFailed:
        mega = 1024 * 1024
        most = self._largest / mega
        return FetchFailed(
            f"{remote.name} is {max(size / mega, most + 0.1):.1f} MB and we can open up to {most:.0f} MB. "
            "Send a smaller file, or reply with the figures.",
            permanent=True,
        )


def _is_html(remote: RemoteFile) -> bool:
    return "html" in remote.content_type or remote.name.lower().endswith((".htm", ".html"))

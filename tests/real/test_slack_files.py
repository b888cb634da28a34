"""Fetching files over real HTTP: our token goes to Slack and nowhere else, and limits hold while bytes come in."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from bot.slack.files import SlackFiles
from collector.domain.submission import RemoteFile
from collector.ports import FetchFailed

TOKEN = "xoxb-secret"


@dataclass
class Host:
    """Answers every GET as it is told and notes the tokens it was shown."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/octet-stream"})
    body: bytes = b"PK rows"
    length: int | None = None
    tokens: list[str | None] = field(default_factory=list)
    url: str = ""


@pytest.fixture
def host() -> Iterator[Host]:
    yield from _running(Host())


@pytest.fixture
def elsewhere() -> Iterator[Host]:
    yield from _running(Host(body=b"somebody else's"))


def _running(told: Host) -> Iterator[Host]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            told.tokens.append(self.headers.get("Authorization"))
            self.send_response(told.status)
            for name, value in told.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(told.body) if told.length is None else told.length))
            self.end_headers()
            self.wfile.write(told.body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield told
    server.shutdown()
    server.server_close()


def fetch(host: Host, url: str = "", largest: int = 10_000, **more: Any) -> bytes:
    about: dict[str, Any] = {
        "id": "F1",
        "name": "return.xlsx",
        "content_type": "application/x",
        "size": 7,
        "url": url or f"{host.url}/f",
    }
    remote = RemoteFile(**(about | more))
    return SlackFiles(TOKEN, f"{host.url}/api/", largest=largest).fetch(remote)


def test_a_file_comes_with_our_token(host: Host) -> None:
    assert fetch(host) == b"PK rows"
    assert host.tokens == [f"Bearer {TOKEN}"]


@pytest.mark.parametrize(
    "url",
    [
        "https://slack.com.evil.example.org/f",
        "https://evil.example.org/f?slack.com",
        "https://slack.com@evil.example.org/f",
        "http://files.slack.com/f",
        "ftp://files.slack.com/f",
        "file:///etc/passwd",
        "https://[broken/f",
        "",
    ],
)
def test_our_token_goes_nowhere_but_to_slack(url: str) -> None:
    assert not SlackFiles(TOKEN).may_have_token(url)


@pytest.mark.parametrize("url", ["https://files.slack.com/f", "https://test.slack.com/f", "https://slack.com/f"])
def test_slacks_own_hosts_may_have_it(url: str) -> None:
    assert SlackFiles(TOKEN).may_have_token(url)


def test_an_address_that_is_not_slacks_is_not_fetched(host: Host, elsewhere: Host) -> None:
    with pytest.raises(FetchFailed, match="does not lie in Slack") as failed:
        fetch(host, elsewhere.url)
    assert failed.value.permanent
    assert elsewhere.tokens == []


def test_a_redirect_to_another_host_is_not_followed(host: Host, elsewhere: Host) -> None:
    host.status, host.headers = 302, {"Location": f"{elsewhere.url}/f"}
    with pytest.raises(FetchFailed) as failed:
        fetch(host)
    assert failed.value.permanent
    assert elsewhere.tokens == []


def test_a_sign_in_page_is_no_file(host: Host) -> None:
    host.headers, host.body = {"Content-Type": "text/html; charset=utf-8"}, b"<html>Sign in</html>"
    with pytest.raises(FetchFailed, match=r"did not let us open return\.xlsx") as failed:
        fetch(host)
    assert failed.value.permanent
    assert fetch(host, name="page.html") == b"<html>Sign in</html>"


def test_a_file_that_is_larger_than_it_said_is_given_up_on_the_way(host: Host) -> None:
    host.body = b"x" * 200_000
    with pytest.raises(FetchFailed, match="MB and we can open up to") as failed:
        fetch(host)
    assert failed.value.permanent


def test_a_file_that_says_it_is_too_large_is_not_asked_for(host: Host) -> None:
    with pytest.raises(FetchFailed, match=r"20\.0 MB and we can open up to 15 MB"):
        fetch(host, largest=15 * 1024 * 1024, size=20 * 1024 * 1024)
    assert host.tokens == []


@pytest.mark.parametrize(("status", "permanent"), [(403, True), (404, True), (410, True), (429, False), (503, False)])
def test_a_refusal_says_whether_trying_again_can_help(host: Host, status: int, permanent: bool) -> None:
    host.status = status
    with pytest.raises(FetchFailed) as failed:
        fetch(host)
    assert failed.value.permanent is permanent


def test_a_file_that_breaks_off_is_tried_again(host: Host) -> None:
    host.length = 5000
    with pytest.raises(FetchFailed) as failed:
        fetch(host)
    assert not failed.value.permanent


def test_nobody_there_is_tried_again(host: Host) -> None:
    with pytest.raises(FetchFailed, match="could not be fetched") as failed:
        SlackFiles(TOKEN, "http://127.0.0.1:9/api/").fetch(RemoteFile("F1", "a", "", 1, "http://127.0.0.1:9/f"))
    assert not failed.value.permanent

"""A proxy in front of a Slack's Web API that fails when a test tells it to."""

import json
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qs

#: "drop" cuts the line before the call is passed on, "lost" after it: then Slack has done it and we can't know. Others
#: are "429", "500", "slow", "html", or an error of Slack's by its name.
Fault = str

_PATIENCE = 10.0


class FaultProxy:
    """Listens on a free port of 127.0.0.1. `faults` are taken one a call, by method.

    `revoked` tokens are refused. With `socket_port`, sockets are opened through that port. `page` cuts lists of
    messages into pages of so many, as Slack does and local-slack does not.
    """

    def __init__(self, upstream: str) -> None:
        self.upstream = upstream
        self.faults: dict[str, list[Fault]] = {}
        self.revoked: set[str] = set()
        self.socket_port: int | None = None
        self.page = 0
        self.slow = 1.0
        self.calls: Counter[str] = Counter()
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

            def do_POST(self) -> None:
                proxy.answer(self)

            do_GET = do_POST  # noqa: N815 - http.server looks for this name

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self.api = f"{self.url}/api/"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def fail(self, method: str, *faults: Fault) -> None:
        """Let the next calls of a method fail, one after the other."""
        self.faults.setdefault(method, []).extend(faults)

    def close(self) -> None:
        """Stop."""
        self._server.shutdown()
        self._server.server_close()

    def answer(self, call: BaseHTTPRequestHandler) -> None:
        """Fail as told, or pass a call on."""
        method = call.path.rpartition("/")[2].partition("?")[0]
        body = call.rfile.read(int(call.headers.get("content-length") or 0))
        self.calls[method] += 1
        scripted = self.faults.get(method)
        fault = scripted.pop(0) if scripted else None
        if (call.headers.get("authorization") or "").removeprefix("Bearer ") in self.revoked:
            fault = "invalid_auth"
        if fault == "slow":
            time.sleep(self.slow)
        if fault == "drop":
            _hang_up(call)
        elif fault == "429":
            _reply(call, 429, b'{"ok":false,"error":"ratelimited"}', {"Retry-After": "7"})
        elif fault == "500":
            _reply(call, 500, b"Something went wrong")
        elif fault == "html":
            _reply(call, 200, b"<html><title>Maintenance</title></html>", {"Content-Type": "text/html"})
        elif fault in (None, "slow", "lost"):
            status, answer = self._pass_on(call, body)
            if fault == "lost":
                _hang_up(call)
            else:
                _reply(call, status, self._changed(method, body, answer))
        else:
            _reply(call, 200, json.dumps({"ok": False, "error": fault}).encode())

    def _pass_on(self, call: BaseHTTPRequestHandler, body: bytes) -> tuple[int, bytes]:
        headers = {
            name: value for name, value in call.headers.items() if name.lower() in ("authorization", "content-type")
        }
        request = urllib.request.Request(self.upstream + call.path, data=body or None, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:
                return answer.status, answer.read()
        except HTTPError as error:
            return error.code, error.read()

    def _changed(self, method: str, body: bytes, answer: bytes) -> bytes:
        if method == "apps.connections.open" and self.socket_port is not None:
            return answer.replace(self.upstream.partition("//")[2].encode(), f"127.0.0.1:{self.socket_port}".encode())
        if method in ("conversations.history", "conversations.replies") and self.page:
            return json.dumps(self._page_of(json.loads(answer), _params(body))).encode()
        return answer

    def _page_of(self, answer: dict[str, Any], asked: Mapping[str, str]) -> dict[str, Any]:
        oldest, start = float(asked.get("oldest", 0)), int(asked.get("cursor") or 0)
        found = [one for one in answer["messages"] if float(one["ts"]) > oldest or one["ts"] == asked.get("ts")]
        more = str(start + self.page) if start + self.page < len(found) else ""
        shown = found[start : start + self.page]
        return {**answer, "messages": shown, "has_more": bool(more), "response_metadata": {"next_cursor": more}}


def _params(body: bytes) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(body.decode()).items()}


def _reply(call: BaseHTTPRequestHandler, status: int, body: bytes, headers: Mapping[str, str] | None = None) -> None:
    call.send_response(status)
    for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
        call.send_header(name, value)
    call.send_header("Content-Length", str(len(body)))
    call.end_headers()
    call.wfile.write(body)


def _hang_up(call: BaseHTTPRequestHandler) -> None:
    call.close_connection = True
    call.connection.close()

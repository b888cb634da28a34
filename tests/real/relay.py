"""A wire between a client and a server that a test can cut."""

import contextlib
import socket
import threading


class Relay:
    """Listens on a free port of 127.0.0.1 and passes everything on; `hang_up_on` cuts a client that says it."""

    def __init__(self, target: int, hang_up_on: bytes = b"") -> None:
        self._target = target
        self._hang_up_on = hang_up_on
        self._sockets: list[socket.socket] = []
        self._deaf: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self._target))
                self._sockets += [client, server]
                threading.Thread(target=self._pass_on, args=(client, server, self._hang_up_on), daemon=True).start()
                threading.Thread(target=self._pass_on, args=(server, client, b""), daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket, hang_up_on: bytes) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if hang_up_on and hang_up_on in data:
                    break
                if source not in self._deaf:
                    sink.sendall(data)
        for end in (source, sink):
            _cut(end)

    def swallow(self) -> None:
        """Pass nothing on any more over the connections there are, and tell neither end: new ones are whole."""
        self._deaf |= {*self._sockets}

    def cut(self) -> None:
        """Cut the connections there are."""
        for one in self._sockets:
            _cut(one)

    def stop(self) -> None:
        """Take no new connections and cut those there are."""
        _cut(self._listener)
        self.cut()


def _cut(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()

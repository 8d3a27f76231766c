"""A server on loopback, in a thread, that behaves as a test tells it to: well, badly, or not at all."""

from __future__ import annotations

import contextlib
import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

Behavior = Callable[[socket.socket], None]
TLS_GREETING = 0x16


@dataclass
class Loopback:
    """
    What a test knows of its server.

    Attributes:
        address: Where it is.
        requests: What it was sent, head and body.
        over: Set when the test is done, so that no behavior outlives it.
    """

    address: str
    requests: list[tuple[str, bytes]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def body(self) -> dict[str, Any]:
        """The last request's body."""
        found: dict[str, Any] = json.loads(self.requests[-1][1])
        return found


@contextlib.contextmanager
def serving(behave: Behavior, host: str = "127.0.0.1", sealing: ssl.SSLContext | None = None) -> Iterator[Loopback]:
    """Listen until the block ends; every visitor is treated alike, over TLS where *sealing* is given."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, 0), family=family) as listening:
        listening.settimeout(0.02)
        shown = f"[{host}]" if ":" in host else host
        server = Loopback(f"http{'s' if sealing else ''}://{shown}:{listening.getsockname()[1]}")
        thread = threading.Thread(target=_serve, args=(listening, server, behave, sealing))
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            thread.join()


def answering(content: object, status: str = "200 OK") -> Behavior:
    """A good server: *content* is what the model says."""
    return sending(chat(content), status)


def chat(content: object) -> bytes:
    """An answer as OpenAI-compatible servers give it."""
    return json.dumps({"choices": [{"index": 0, "message": {"role": "assistant", "content": content}}]}).encode()


def sending(body: bytes, status: str = "200 OK", head: str = "") -> Behavior:
    """Any body, with its length."""
    return raw(f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{head}\r\n".encode() + body)


def raw(sent: bytes) -> Behavior:
    """These bytes and no others."""
    return lambda line: line.sendall(sent)


def _serve(listening: socket.socket, server: Loopback, behave: Behavior, sealing: ssl.SSLContext | None) -> None:
    while not server.over.is_set():
        try:
            line, _ = listening.accept()
        except TimeoutError:
            continue
        with line, contextlib.suppress(OSError):
            line.settimeout(5)
            with sealing.wrap_socket(line, server_side=True) if sealing else line as open_line:
                server.requests.append(_request(open_line))
                behave(open_line)


def _request(line: socket.socket) -> tuple[str, bytes]:
    with line.makefile("rb") as stream:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            read = stream.readline(10_000)
            if not read or read[0] == TLS_GREETING:
                raise ConnectionError
            head += read
        text = head.decode("latin-1")
        length = next(int(one.split(":")[1]) for one in text.splitlines() if one.lower().startswith("content-length"))
        return text, stream.read(length)

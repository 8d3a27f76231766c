"""
Rewordings from a model server that the person runs themselves (Ollama, llama.cpp). Off unless they connect one.

Nothing else below the app opens a socket (an import contract sees to that). So this does little: one request to the one address that
was given, through no proxy and along no redirect, with one deadline for all of it and a bound on what is read. Names are not looked
up unless the person allowed other machines. What comes back is no advice yet: `alternatives.verified` compares it with the draft.
"""

from __future__ import annotations

import http.client
import io
import ipaddress
import json
import socket
import ssl
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from steadily.coach.model_address import Place, Server
from steadily.coach.model_words import asked, plain_lines, without_thoughts
from steadily.errors import ModelServerError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

__all__ = ["Server", "candidates"]

PATIENCE_S = 60.0
LONGEST_DRAFT = 4_000
MOST_READ = 64 * 1024
SPARE_TOKENS = 300
"""For a line of introduction and other alphabets; small models ramble until somebody stops them."""

LOCALHOST = ("127.0.0.1", "::1")
HEADERS = {"Content-Type": "application/json", "Accept": "application/json", "Connection": "close"}
OFF = "Nothing is lost, and Steadily works without it."


def candidates(
    server: Server, draft: str, context: Sequence[str] = (), *, n: int = 3, patience_s: float = PATIENCE_S
) -> list[str]:
    """
    Rewordings of a draft, as a model would put them: not compared with the draft yet, so not for the screen.

    Args:
        server: Where to ask.
        draft: What the person wrote; goes to the server.
        context: The messages before it, `me: …` or `partner: …`, oldest first; the last few go to the server.
        n: How many at most.
        patience_s: How long all of it may take, in seconds.

    Returns:
        Plain lines; none where the draft is empty or the answer held nothing of use.

    Raises:
        ModelServerError: The server could not be asked, or its answer cannot be used.
    """
    if not draft.strip():
        return []
    if len(draft) > LONGEST_DRAFT:
        raise ModelServerError(
            f"This draft is too long for a model server. A shorter part of it can be asked about. {OFF}"
        )
    wanted = {
        "model": server.model.strip(),
        "messages": asked(draft, context, n),
        "max_tokens": SPARE_TOKENS + n * len(draft),
        "temperature": 0.7,
        "stream": False,
    }
    raw = _answer(server.place, json.dumps(wanted).encode("ascii"), _Until(time.monotonic() + patience_s))
    return plain_lines(_content(raw), draft, context, n)


@dataclass(frozen=True)
class _Until:
    """The moment at which everything has to be done."""

    at: float

    def left(self) -> float:
        left = self.at - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class _Bounded(io.RawIOBase):
    """What arrives, until the deadline or until it is too much; `http.client` alone would wait anew for every byte."""

    def __init__(self, line: socket.socket, until: _Until) -> None:
        self._line, self._until, self._room = line, until, MOST_READ

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        if self._room <= 0:
            raise ModelServerError(f"The model server's answer is too long, so it was not read to its end. {OFF}")
        self._line.settimeout(self._until.left())
        n_read = self._line.recv_into(memoryview(buffer)[: self._room])
        self._room -= n_read
        return n_read


class _Wire:
    """The three things that `http.client` asks of a socket, within the deadline."""

    def __init__(self, line: socket.socket, until: _Until) -> None:
        self._line, self._until = line, until

    def sendall(self, data: ReadableBuffer) -> None:
        rest = memoryview(data)
        while rest:
            self._line.settimeout(self._until.left())
            rest = rest[self._line.send(rest) :]

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Bounded(self._line, self._until))

    def close(self) -> None:
        """Whoever opened the line closes it, when the answer has been read."""


def _answer(place: Place, body: bytes, until: _Until) -> bytes:
    """What the server answered to one request, whatever it is."""
    try:
        with _connected(place, until) as line:
            connection = http.client.HTTPConnection(place.host, place.port)
            connection.sock = cast("socket.socket", _Wire(line, until))
            connection.request("POST", place.path, body, HEADERS)
            with connection.getresponse() as response:
                _check_status(response.status)
                read = response.read(MOST_READ)
                if response.length:
                    raise http.client.IncompleteRead(b"", response.length)
                return read
    except TimeoutError:
        raise ModelServerError(f"The model server took too long. A smaller model may be faster. {OFF}") from None
    except (OSError, http.client.HTTPException, ValueError):
        raise ModelServerError(
            f"The model server could not be reached, or broke off. Is it running, and is its address right? {OFF}"
        ) from None


def _check_status(status: int) -> None:
    if status == http.HTTPStatus.OK:
        return
    why = f"The model server refused (status {status}). What it printed itself may say why."
    if 300 <= status < 400:
        why = "The model server pointed to another address, and your draft was not sent there. Check its address."
    if status == http.HTTPStatus.NOT_FOUND:
        why = "The model server does not know this address or this model. Check both."
    raise ModelServerError(f"{why} {OFF}")


def _connected(place: Place, until: _Until) -> socket.socket:
    problem = OSError()
    for address in _addresses(place, until):
        try:
            line = socket.create_connection((address, place.port), timeout=until.left())
        except OSError as refused:
            problem = refused
            continue
        return _sealed(line, place.host, until) if place.is_sealed else line
    raise problem


def _addresses(place: Place, until: _Until) -> list[str]:
    """Addresses to try; a name is looked up only where the person allowed other machines."""
    if place.host == "localhost":
        return list(LOCALHOST)
    found = [str(place.ip)] if place.ip else _looked_up(place.host, until)
    if not place.is_sealed and any(ipaddress.ip_address(one).is_global for one in found):
        raise ModelServerError(f"On the way to this model server anyone could read along. Use an https address. {OFF}")
    return found


def _looked_up(host: str, until: _Until) -> list[str]:
    """In a thread of its own, since a look-up takes no deadline."""
    found: list[str] = []

    def look_up() -> None:
        try:
            rows = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return
        found.extend(str(row[4][0]) for row in rows)

    asking = threading.Thread(target=look_up, daemon=True)
    asking.start()
    asking.join(until.left())
    until.left()
    return list(found)


def _sealed(line: socket.socket, host: str, until: _Until) -> socket.socket:
    line.settimeout(until.left())
    return ssl.create_default_context().wrap_socket(line, server_hostname=host)


def _content(raw: bytes) -> str:
    """The text in an answer; anything of another shape is refused."""
    try:
        answer: Any = json.loads(raw.decode("utf-8"))
        content = answer["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        content = None
    if not isinstance(content, str):
        raise ModelServerError(
            f"The model server's answer is not of the kind that was asked for. Is its address an OpenAI-compatible one? {OFF}"
        )
    if not without_thoughts(content):
        raise ModelServerError(
            f"The model server's answer is empty. A model that thinks aloud may run out of room; try one that answers at once. {OFF}"
        )
    return content

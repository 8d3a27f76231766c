"""
Where a model server is, as the person named it: on their machine, in their own network, or, when they said so, anywhere.

The address is matched as a whole and nothing else passes: what looks like one place and is another (`http://127.0.0.1@elsewhere`)
never gets as far as a socket. Nothing here asks the network.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass

from steadily.errors import UsageError

LONGEST_MODEL_NAME = 200
NEAR = tuple(
    ipaddress.ip_network(one)
    for one in ("127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
)
"""This machine, and networks that end at one's own door."""

ADDRESS = re.compile(
    r"(?P<scheme>https?)://(?:\[(?P<six>[0-9a-f:.]+)\]|(?P<host>[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?))"
    r"(?::(?P<port>[0-9]{1,5}))?(?P<path>(?:/[a-z0-9._~-]+)*)/?",
    re.IGNORECASE | re.ASCII,
)
ELSEWHERE = re.compile(r"[:-]cloud$", re.IGNORECASE)
"""How Ollama names models that it passes on to a service."""

EXAMPLES = "Give one like http://127.0.0.1:11434 or http://127.0.0.1:8080/v1."


@dataclass(frozen=True)
class Place:
    """
    Where a server is.

    Attributes:
        is_sealed: Whether the line is encrypted (https).
        host: A name or an address.
        port: From 1 to 65535.
        path: Where questions go.
        ip: The address, where the host is one.
    """

    is_sealed: bool
    host: str
    port: int
    path: str
    ip: ipaddress.IPv4Address | ipaddress.IPv6Address | None

    @property
    def is_here(self) -> bool:
        """Whether it is this machine."""
        return self.host == "localhost" or (self.ip is not None and self.ip.is_loopback)

    @property
    def is_near(self) -> bool:
        """Whether it is this machine or one in a private network; of a name other than localhost nobody can tell."""
        return self.is_here or (self.ip is not None and any(self.ip in one for one in NEAR))


@dataclass(frozen=True)
class Server:
    """
    A model server, as the person named it.

    Attributes:
        address: Such as `http://127.0.0.1:11434`; `/v1` may stand behind it.
        model: What the server calls the model.
        anywhere: Whether it may be on the internet; the person said so after reading that their draft leaves their machines.

    Raises:
        UsageError: The address or the name cannot be used, or is elsewhere and *anywhere* was not said.
    """

    address: str
    model: str
    anywhere: bool = False

    def __post_init__(self) -> None:
        place = self.place
        if not self.model.strip() or len(self.model) > LONGEST_MODEL_NAME or not self.model.isprintable():
            raise UsageError("The model's name cannot be used. Give it as the server lists it, such as llama3.2.")
        if not (place.is_near or self.anywhere):
            raise UsageError(
                "This address is not on your machine or in your own network, so your draft would leave both. Give one like "
                "http://127.0.0.1:11434 (numbers, not a name), or say that it may be anywhere."
            )
        if ELSEWHERE.search(self.model.strip()) and not self.anywhere:
            raise UsageError(
                "By its name this model runs at a service, so your draft would leave your machine. "
                "Choose one that runs here, or say that it may be anywhere."
            )

    @property
    def place(self) -> Place:
        """The address, taken apart."""
        return _place(self.address.strip())


def _place(address: str) -> Place:
    if not address.lower().startswith(("http://", "https://")):
        raise UsageError(f"A model server's address begins with http:// or https://. {EXAMPLES}")
    if "@" in address:
        raise UsageError("A model server's address holds no name and no password. Leave out what stands before the @.")
    found = ADDRESS.fullmatch(address)
    host = (found["six"] or found["host"]).lower() if found else ""
    ip = _ip(host)
    is_sealed = address.lower().startswith("https:")
    port = int(found["port"]) if found and found["port"] else 443 if is_sealed else 80
    if found is None or not 1 <= port <= 65_535 or (found["six"] and ip is None):
        raise UsageError(f"This address cannot be used. {EXAMPLES}")
    base = found["path"].removesuffix("/chat/completions") or "/v1"
    return Place(is_sealed, host, port, f"{base}/chat/completions", ip)


def _ip(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None

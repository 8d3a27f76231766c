"""Visits to the app, as a browser would pay them, without one."""

from __future__ import annotations

import itertools
import time
from pathlib import Path
from typing import Any

from django.test import Client

from steadily.vault import Vault

PASSPHRASE = "four slow river stones"
CHAT = """[03/02/2026, 09:00:12] Ana: morning, did you sleep
[03/02/2026, 09:02:40] Ben: a little. thank you for last night, you were so kind
[03/02/2026, 09:03:05] Ana: I love you
[03/02/2026, 21:15:00] Ben: you never listen to me, not once
[03/02/2026, 21:16:10] Ana: that came out wrong, I'm sorry. can we start again?
[04/02/2026, 08:00:00] Ben: coffee?
[05/02/2026, 08:10:00] Ana: yes please
"""
_numbers = itertools.count()


class Visit(Client):
    """A browser that was let in through the door."""

    def __init__(self, **named: Any) -> None:
        super().__init__(headers={"host": "localhost"}, **named)
        from steadily.web.shell.start import let_in

        token = f"door-{next(_numbers)}"
        let_in(token)
        answer = self.get("/", {"key": token})
        assert answer.status_code in (200, 302)

    def page(self, path: str) -> str:
        """A page that must be there."""
        answer = self.get(path, follow=True)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.content.decode()

    def put_in(self, folder: Path, text: str = CHAT, me: str = "Ana") -> None:
        """Put a chat in and wait until it has been read."""
        path = folder / "WhatsApp Chat with Ben.txt"
        path.write_text(text, encoding="utf-8")
        with path.open("rb") as file:
            assert self.post("/look/drop/", {"chat": [file], "zone": "Europe/Lisbon"}).status_code == 302
        self.wait()
        if "Which of the two is you?" in self.page("/look/reading/"):
            self.post("/look/reading/choose/", {"value": me})
            self.wait()

    def wait(self) -> None:
        """Until the reading stands still."""
        for _ in range(600):
            answer = self.get("/look/reading/progress/")
            if answer.headers.get("HX-Redirect"):
                return
            time.sleep(0.05)
        raise AssertionError("the reading did not end")

    def make_vault(self) -> str:
        """Make a vault; its recovery code."""
        answer = self.post("/vault/new/", {"passphrase": PASSPHRASE, "again": PASSPHRASE})
        assert answer.status_code == 200, answer.content.decode()
        return answer.content.decode().split("<code>")[1].split("</code>")[0]

    @property
    def in_memory(self) -> Vault:
        """Where a visit without a vault of its own keeps things."""
        from steadily.web.accounts import place

        self.get("/practice/")
        return place._guests[self.session["guest"]].vault

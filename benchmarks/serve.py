"""
Many people on one service at once: `steadily serve` on PostgreSQL, each with a vault and a chat of their own, in all rooms.

    DATABASE_URL=postgresql://… python benchmarks/serve.py [--people 200] [--seconds 300]

Each person opens a page, waits a little as people do, and opens the next. Errors, and how long pages took, are printed by room.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import re
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from urllib.parse import urlencode

import numpy as np

HOST = "notes.example"
PASSPHRASE = "four slow river stones"
PAGES = ("/", "/look/", "/look/search/?words=sorry", "/look/day/2026-02-03/", "/look/message/3/", "/write/", "/write/drawer/",
         "/help/?country=GB", "/breathe/", "/vault/")  # fmt: skip
DRAFTS = ("thank you for dinner", "You never listen to me. You always do this.", "can we talk tonight? no is fine")
CHAT = "".join(
    f"[{day:02}/02/2026, 09:{minute:02}:12] {name}: {text}\n"
    for day in range(1, 29)
    for minute, (name, text) in enumerate(
        [
            ("Ana", "morning, did you sleep"),
            ("Ben", "a little. thank you"),
            ("Ana", "sorry about last night"),
            ("Ben", "me too"),
        ]
        * 5
    )
)


class Person:
    """One visit, with its cookies."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies, self.token = port, {}, ""
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, path: str, form: dict[str, str] | None = None, body: bytes = b"", kind: str = "") -> tuple[int, str]:
        """One request; follows nothing."""
        headers = {
            "Host": HOST,
            "X-Forwarded-Proto": "https",
            "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()),
        }
        if form is not None:
            body, kind = (
                urlencode(form | {"csrfmiddlewaretoken": self.token}).encode(),
                "application/x-www-form-urlencoded",
            )
        if body:
            headers |= {"Content-Type": kind, "Origin": f"https://{HOST}", "Referer": f"https://{HOST}/"}
        self.line.request("POST" if body else "GET", path, body or None, headers)
        answer = self.line.getresponse()
        text = answer.read().decode(errors="replace")
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                cookie = value.split(";")[0].split("=", 1)
                self.cookies[cookie[0]] = cookie[1]
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)
        self.token = found[1] if found else self.token
        return answer.status, text

    def settle(self) -> None:
        """Make a vault with a chat in it."""
        self.ask("/look/")
        edge = secrets.token_hex(8)
        fields = {"csrfmiddlewaretoken": self.token, "zone": "Europe/Lisbon"}
        parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items()]
        head = f'--{edge}\r\nContent-Disposition: form-data; name="chat"; filename="WhatsApp Chat with Ben.txt"\r\n\r\n'
        body = ("".join(parts) + head + CHAT + f"\r\n--{edge}--\r\n").encode()
        status, _ = self.ask("/look/drop/", body=body, kind=f"multipart/form-data; boundary={edge}")
        assert status == 302, status
        while (answer := self.ask("/look/reading/"))[0] == 200:
            assert "could not be read" not in answer[1]
            if "Which of the two" in answer[1]:
                self.ask("/look/reading/choose/", {"value": "Ana"})
            time.sleep(0.1)
        self.ask("/vault/new/")
        name = secrets.token_hex(8)
        status, text = self.ask("/vault/new/", {"name": name, "passphrase": PASSPHRASE, "again": PASSPHRASE})
        assert status == 200, (status, text[:200])
        assert "recovery code" in text

    def live(self, until: float, took: dict[str, list[float]], wrong: list[str]) -> None:
        """Open pages and write, as people do, until the time is over."""
        rng = random.Random(id(self))
        self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        while time.time() < until:
            time.sleep(rng.uniform(1, 7))
            path = rng.choice(PAGES)
            form = None
            if rng.random() < 0.25:
                path, form = rng.choice(
                    (
                        ("/write/read/", {"text": rng.choice(DRAFTS)}),
                        ("/write/keep/", {"text": "x", "until": "morning"}),
                    )
                )
            began = time.perf_counter()
            try:
                status, _ = self.ask(path, form)
            except (OSError, http.client.HTTPException) as error:
                wrong.append(f"{path} {type(error).__name__}")
                self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
                continue
            took[path.split("?")[0]].append((time.perf_counter() - began) * 1000)
            if status >= 400:
                wrong.append(f"{path} {status}")


def main() -> None:
    """Start the service, let people settle, then live, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--port", type=int, default=8123)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "STEADILY_SECRET_KEY": secrets.token_hex(30),
            "STEADILY_HOSTS": HOST,
            "STEADILY_DATA": folder,
        }
        command = [sys.executable, "-m", "steadily", "serve", "--port", str(options.port)]
        with subprocess.Popen(command, env=environment) as server:
            try:
                _run(options)
            finally:
                server.terminate()


def _run(options: argparse.Namespace) -> None:
    _wait(options.port)
    people = [Person(options.port) for _ in range(options.people)]
    began = time.time()
    for first in range(0, len(people), 4):
        threads = [threading.Thread(target=one.settle) for one in people[first : first + 4]]
        [one.start() for one in threads]
        [one.join() for one in threads]
    print(f"{len(people)} people have a vault with a chat: {time.time() - began:.0f} s")
    took: dict[str, list[float]] = defaultdict(list)
    wrong: list[str] = []
    until = time.time() + options.seconds
    threads = [threading.Thread(target=one.live, args=(until, took, wrong)) for one in people]
    [one.start() for one in threads]
    [one.join() for one in threads]
    every = [one for times in took.values() for one in times]
    for path, times in sorted(took.items()):
        print(
            f"{path:24} {len(times):6} p50 {np.percentile(times, 50):6.0f} ms  p99 {np.percentile(times, 99):6.0f} ms"
        )
    print(
        f"{'all':24} {len(every):6} p50 {np.percentile(every, 50):6.0f} ms  p99 {np.percentile(every, 99):6.0f} ms, {len(wrong)} errors"
    )
    print(sorted(set(wrong))[:10])


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            line.request("GET", "/health/", headers={"Host": HOST})
            if line.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the service did not start")


if __name__ == "__main__":
    main()

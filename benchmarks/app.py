"""
How fast the app is on a couple of 100,000 messages: the import, and every page, as the server answers it.

    python benchmarks/app.py [--messages 100000] [--times 40]

Pages are asked for through Django's own client, so this is the server's part alone, on one core.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import tempfile
import time
from pathlib import Path

import numpy as np

PAGES = ("/", "/look/", "/look/behind/0/", "/look/search/?words=sorry", "/look/search/?behavior=repair", "/look/keep/",
         "/write/", "/write/drawer/", "/help/?country=GB", "/breathe/", "/vault/")  # fmt: skip

N_SPANS = 12
"""A sample couple's chat lies in two years; so many of them go back from 2026."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=40)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"STEADILY_DATA": folder, "DJANGO_SETTINGS_MODULE": "steadily.web.settings"}
        import django
        from django.conf import settings
        from django.core.management import call_command

        django.setup()
        settings.ALLOWED_HOSTS = ["localhost"]
        call_command("migrate", verbosity=0)
        measure(Path(folder), options.messages, options.times)


def measure(folder: Path, n_messages: int, times: int) -> None:
    """Import a long chat, then ask for each page."""
    from django.test import Client

    from steadily.web.look import importing
    from steadily.web.shell.start import let_in

    client = Client(headers={"host": "localhost"})
    let_in("bench")
    client.get("/", {"key": "bench"})
    path = folder / "WhatsApp Chat with Jules.txt"
    path.write_text(long_chat(n_messages), encoding="utf-8")
    began = time.perf_counter()
    with path.open("rb") as file:
        client.post("/look/drop/", {"chat": [file], "zone": "Europe/London"})
    one = importing.named(client.session["import"])
    assert one is not None
    while one.is_running:
        time.sleep(0.02)
    if one.needed:
        client.post("/look/reading/choose/", {"value": "Robin"})
        while one.is_running:
            time.sleep(0.02)
    assert one.finished, one.problem
    print(f"import of {one.n_messages:,} messages, coded and looked at: {time.perf_counter() - began:.1f} s")
    began = time.perf_counter()
    client.post("/vault/new/", {"passphrase": "four slow river stones", "again": "four slow river stones"})
    print(f"putting it into a vault: {time.perf_counter() - began:.1f} s")
    client.get("/stopped/")
    client.post("/stopped/go-on/")
    last_day = str(client.get("/look/").content).split("/look/day/")[1].split("/")[0]
    for page in (*PAGES, f"/look/day/{last_day}/", "/look/message/5000/", "/look/message/5000/words/"):
        took, size = [], 0
        for _ in range(times):
            began = time.perf_counter()
            answer = client.get(page, headers={"accept-encoding": "gzip"})
            took.append((time.perf_counter() - began) * 1000)
            size = len(answer.content)
            assert answer.status_code == 200, (page, answer.status_code)
        print(
            f"{page:34} p50 {np.percentile(took, 50):6.1f} ms   p99 {np.percentile(took[1:], 99):6.1f} ms   "
            f"first {took[0]:6.1f} ms   {size / 1000:6.0f} kB"
        )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")


def long_chat(n_messages: int) -> str:
    """Chats of sample couples in the years from 2003 to 2026, one after the other and then on top of each other, in order of time."""
    from steadily.synthetic import sample_couple
    from steadily.synthetic.exports import write_export

    messages: list[str] = []
    seed = 0
    with tempfile.TemporaryDirectory() as folder:
        while len(messages) < n_messages:
            path = Path(write_export(sample_couple(seed=seed + 1), Path(folder) / str(seed), "whatsapp"))
            text = path.read_text(encoding="utf-8")
            for year in (2025, 2026):
                text = text.replace(f"/{year}, ", f"/{year - 2 * (seed % N_SPANS)}, ")
            messages += re.split(r"\n(?=\d\d/\d\d/\d{4}, )", text.strip())
            seed += 1
    return "\n".join(sorted(messages, key=_sent)[:n_messages]) + "\n"


def _sent(message: str) -> tuple[str, ...]:
    day, month, year, *clock = re.findall(r"\d+", message[:17])
    return (year, month, day, *clock)


if __name__ == "__main__":
    main()

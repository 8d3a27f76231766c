"""
`steadily open` under a clock of its own, for a person who is played by script.

    python benchmarks/month/door.py 2026-09-28T20:30:00+01:00 --data FOLDER --no-browser

The clock goes on by itself; a line with a number on standard input moves it on by so many minutes. The app may speak with this
machine only; whatever else it asks for is refused and told on standard error.
"""

from __future__ import annotations

import sys
import threading
from datetime import datetime, timedelta

import time_machine

HERE = (None, "", "127.0.0.1", "::1", "localhost")


def main() -> None:
    """Set the clock, and do what the command does."""
    sys.addaudithook(_refuse)
    instant, *words = sys.argv[1:]
    clock = time_machine.travel(datetime.fromisoformat(instant).timestamp(), tick=True).start()
    threading.Thread(target=_listen, args=(clock,), daemon=True).start()
    sys.argv = ["steadily", "open", *words]
    from steadily.cli import main as steadily

    steadily()


def _listen(clock: time_machine.Traveller) -> None:
    for line in sys.stdin:
        clock.shift(timedelta(minutes=float(line)))


def _refuse(event: str, given: tuple[object, ...]) -> None:
    """Nobody but this machine is ever asked."""
    wanted = given[1] if event == "socket.connect" else given[0] if event == "socket.getaddrinfo" else None
    host = wanted[0] if isinstance(wanted, tuple) else wanted
    if event in ("socket.connect", "socket.getaddrinfo") and host not in HERE and not isinstance(host, bytes):
        print(f"refused: {host}", file=sys.stderr, flush=True)
        raise OSError("refused")


if __name__ == "__main__":
    main()

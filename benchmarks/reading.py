"""
How fast and how rightly WhatsApp text is read, beside whatstk and chat-miner, in one run.

    python benchmarks/reading.py [--n 1000000] [--sizes 10000 100000 1000000 3000000] [--no-peers]

Each figure comes from a process of its own that does nothing else: wall seconds from before the file is opened until the
table stands, and the peak memory of that process. "Rows right" are messages whose time, sender and text are as they were
written. The text is written by this script (seeded): about 80 bytes a message, 3 % with a second line, 4 % media, and, as in
any real export, a line now and then that WhatsApp wrote itself (a missed call, a changed security code).
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import statistics
import subprocess
import sys
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path

DATA = Path(__file__).parent.parent / "bench-data"
NAMES = ("Alice", "Bob")
WORDS = (
    "the and you me dinner tonight maybe love train late work home sorry biscuit walk later ok yes no what when tomorrow thanks happy "
    "tired call please really just going already forgot shopping keys garden weekend über naïve 😀 ❤️ said could would something"
).split()
NOTICES = ("Missed voice call", "Missed video call", "Your security code with Bob changed. Tap to learn more.")
RUNS = 5

TIME_STEADILY = """
import resource, sys, time
import steadily.readers.assembly as a
start = time.perf_counter()
c = a.read_export([sys.argv[1]], me=["Alice"], zone="UTC")
took = time.perf_counter() - start
rows = c.messages.filter(c.messages["author"].is_not_null())
"""
RIGHT_STEADILY = """
found = zip(rows["local_time"], rows["author"].cast(str).replace({"me": "Alice", "partner": "Bob"}), rows["kind"], rows["text"])
found = [(t, s, "<Media omitted>" if k == "media" else x) for t, s, k, x in found]
"""
TIME_WHATSTK = """
import resource, sys, time
from whatstk import WhatsAppChat
start = time.perf_counter()
frame = WhatsAppChat.from_source(sys.argv[1], max_size=None).df
took = time.perf_counter() - start
rows = frame
"""
RIGHT_WHATSTK = "found = [(t.to_pydatetime(), s, x) for t, s, x in zip(frame.date, frame.username, frame.message)]"
TIME_CHATMINER = """
import logging, resource, sys, time
from chatminer.chatparsers import WhatsAppParser
logging.disable(logging.CRITICAL)
start = time.perf_counter()
parser = WhatsAppParser(sys.argv[1])
parser.parse_file()
rows = parser.parsed_messages.get_df() if hasattr(parser.parsed_messages, "get_df") else parser.parsed_messages
took = time.perf_counter() - start
"""
RIGHT_CHATMINER = 'found = list(zip(rows["timestamp"], rows["author"], rows["message"]))'
REPORT = """
import json
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
result = {"s": took, "rows": len(rows), "peak": peak}
if len(sys.argv) > 2:
    from collections import Counter
    from datetime import datetime
    truth = Counter((datetime.fromisoformat(t), s, x) for t, s, x in json.load(open(sys.argv[2])))
    %s
    result["right"] = sum((truth & Counter(found)).values())
print(json.dumps(result))
"""
READERS = {
    "steadily": (TIME_STEADILY, RIGHT_STEADILY),
    "whatstk": (TIME_WHATSTK, RIGHT_WHATSTK),
    "chat-miner": (TIME_CHATMINER, RIGHT_CHATMINER),
}


def write_chat(n: int) -> tuple[Path, Path]:
    """Write a chat of *n* messages and its truth, once."""
    DATA.mkdir(exist_ok=True)
    chat, truth = DATA / f"whatsapp-{n}.txt", DATA / f"whatsapp-{n}.json"
    if chat.exists() and truth.exists():
        return chat, truth
    rng = random.Random(n)
    at = datetime(2014, 1, 1, 8)
    lines, rows = ["01/01/2014, 08:00 - Messages and calls are end-to-end encrypted. Tap to learn more."], []
    for _ in range(n):
        at += timedelta(seconds=rng.expovariate(1 / 120))
        body = "<Media omitted>" if rng.random() < 0.04 else " ".join(rng.choices(WORDS, k=rng.randint(1, 17)))
        body += "\nand " + rng.choice(WORDS) if rng.random() < 0.03 else ""
        name = rng.choice(NAMES)
        if rng.random() < 0.005:
            lines.append(f"{at:%d/%m/%Y, %H:%M} - {rng.choice(NOTICES)}")
        lines.append(f"{at:%d/%m/%Y, %H:%M} - {name}: {body}")
        rows.append((at.replace(second=0, microsecond=0).isoformat(), name, body))
    chat.write_text("\n".join(lines) + "\n", encoding="utf-8")
    truth.write_text(json.dumps(rows))
    return chat, truth


def measure(reader: str, chat: Path, truth: Path | None) -> dict[str, float]:
    """One reader on one file, in a process of its own."""
    timing, right = READERS[reader]
    report = REPORT % right.strip().replace("\n", "\n    ")
    command = [sys.executable, "-W", "ignore", "-c", timing + report, str(chat), *([str(truth)] if truth else [])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"s": float("nan"), "rows": 0, "peak": 0, "right": 0}
    return dict(json.loads(done.stdout.splitlines()[-1]))


def median_run(reader: str, chat: Path, runs: int) -> dict[str, float]:
    """The run with the median time."""
    found = sorted((measure(reader, chat, None) for _ in range(runs)), key=lambda one: one["s"])
    return found[len(found) // 2]


def whole_command(chat: Path, runs: int) -> float:
    """Median wall seconds of `steadily look --json` as a whole process."""
    import time

    took = []
    for _ in range(runs):
        start = time.perf_counter()
        command = [
            str(Path(sys.executable).parent / "steadily"),
            "look",
            str(chat),
            "--me",
            "Alice",
            "--zone",
            "UTC",
            "--json",
        ]
        subprocess.run(command, capture_output=True, check=True)
        took.append(time.perf_counter() - start)
    return statistics.median(took)


def import_seconds(runs: int) -> float:
    """Median seconds of `import steadily`, interpreter start not counted."""
    code = "import time; t = time.perf_counter(); import steadily; print(time.perf_counter() - t)"
    found = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
        for _ in range(runs)
    ]
    return statistics.median(found)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--n", type=int, default=1_000_000)
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000, 1_000_000, 3_000_000])
    parser.add_argument("--no-peers", action="store_true")
    arguments = parser.parse_args()
    print(f"Python {platform.python_version()}, Polars {version('polars')}, {platform.machine()}, {platform.system()}")
    print("\nCost by size (median of 5)")
    for size in arguments.sizes:
        chat, _ = write_chat(size)
        one = median_run("steadily", chat, RUNS)
        megabytes = chat.stat().st_size / 1e6
        print(
            f"{size:>9,} messages {megabytes:6.1f} MB {one['s']:7.3f} s {size / one['s']:>11,.0f} messages/s {one['peak'] / 1e9:5.2f} GB"
        )
    chat, truth = write_chat(arguments.n)
    print(f"\nBeside others, {arguments.n:,} messages, the same file")
    own = median_run("steadily", chat, RUNS)["s"]
    for reader in READERS if not arguments.no_peers else ["steadily"]:
        one = measure(reader, chat, truth)
        seconds = own if reader == "steadily" else one["s"]
        right = one["right"] / arguments.n
        print(
            f"{reader:<11} {seconds:8.2f} s {arguments.n / seconds:>11,.0f} messages/s  {seconds / own:6.1f} x our time  "
            f"{one['rows']:>9,} rows, {right:.4%} of the messages right"
        )
    print(f"\nsteadily look --json, whole process: {whole_command(chat, 3):.2f} s")
    print(f"import steadily: {import_seconds(7):.3f} s")


if __name__ == "__main__":
    main()

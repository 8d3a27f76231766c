"""Small conversations for tests that need just any, and the command line as a person runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

from conversations import conversation_of
from steadily.conversation import Conversation

STEADILY = Path(sys.executable).parent / "steadily"


def small_conversation(n: int = 400, days: int = 100) -> Conversation:
    """So many messages over so many days, authors in turn."""
    start = datetime(2025, 1, 6, 9)
    step = timedelta(days=days) / n
    return conversation_of(
        [(start + step * place, "me" if place % 2 else "partner", f"message {place}") for place in range(n)]
    )


def run(*arguments: str | Path, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command; no terminal is there to ask."""
    return subprocess.run(
        [str(STEADILY), *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, "COLUMNS": "100", "TZ": "UTC", **environment},
    )


def written(tmp_path: Path, *lines: str) -> Path:
    """A file of lines."""
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path

"""A PostgreSQL server for tests only, which can also be killed in the middle of things."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from pathlib import Path

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))


class PostgresServer:
    """
    A server with a folder of its own.

    Args:
        durable: Whether it waits for the disk, as servers do outside of tests.
    """

    def __init__(self, *, durable: bool = False) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="steadily-postgres-"))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.as_owner: list[str] = []
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres")
            self.as_owner = ["runuser", "-u", "postgres", "--"]
        fsync = "on" if durable else "off"
        self.options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync={fsync}"
        self._control("-o", "-A trust -U steadily", "initdb")
        self.start()

    @property
    def url(self) -> str:
        """Where it is, for `DATABASE_URL`."""
        return f"postgresql://steadily@127.0.0.1:{self.port}/postgres"

    @property
    def database(self) -> dict[str, object]:
        """Where it is, for Django, besides what every database there has."""
        where = {"NAME": "postgres", "USER": "steadily", "HOST": "127.0.0.1", "PORT": str(self.port)}
        return {"ENGINE": "django.db.backends.postgresql", "OPTIONS": {}} | where

    def start(self) -> None:
        """Start it, or start it again after a death."""
        self._control("-l", str(self.folder / "log"), "-o", self.options, "start")

    def die(self) -> None:
        """Kill -9 of the server and of everything that it started."""
        note = self.folder / "data" / "postmaster.pid"
        main = int(note.read_text().split()[0])
        children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
        for pid in (main, *map(int, children)):
            os.kill(pid, signal.SIGKILL)
        while any(Path(f"/proc/{pid}/exe").exists() for pid in (main, *children)):
            pass
        # Or pg_ctl takes the dead server of a second ago for the one that it starts, or for one that still runs.
        note.unlink()
        (self.folder / f".s.PGSQL.{self.port}.lock").unlink()

    def remove(self) -> None:
        """Stop it, and remove its folder."""
        self._control("-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _control(self, *words: str) -> None:
        command = [*self.as_owner, str(PROGRAMS[-1]), "-D", str(self.folder / "data"), "-s", "-w", *words]
        subprocess.run(command, check=True, cwd=self.folder)

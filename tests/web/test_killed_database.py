"""kill -9 while the app writes to its database: what was kept is there, and nothing is half there."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

from steadily import vault as vaults
from vault_contract import CHEAP, PASSPHRASE

N_DEATHS = 25
WRITER = """
import sys
import django
django.setup()
from steadily import vault as vaults
from steadily.web.accounts.database import DatabaseStore
person, key, first = int(sys.argv[1]), bytes.fromhex(sys.argv[2]), int(sys.argv[3])
vault = vaults.open_with_key(DatabaseStore(person), key)
generation = first
while True:
    generation += 1
    with vault.change() as change:
        for number in range(4):
            change.put("note", str(generation).encode() + b" " * 20_000, str(number))
    print(generation, flush=True)
"""


def test_what_was_kept_is_there_after_kill(app: None, tmp_path: Path) -> None:
    from steadily.web.accounts.database import DatabaseStore
    from steadily.web.accounts.models import Person

    store = DatabaseStore(Person.objects.create(name=uuid.uuid4().hex).pk)
    vault, _ = vaults.create(store, PASSPHRASE, CHEAP)
    script = tmp_path / "writer.py"
    script.write_text(WRITER)
    rng = random.Random(7)
    last = 0
    for _ in range(N_DEATHS):
        command = [sys.executable, str(script), str(store.person), vault.key.hex(), str(last)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ) as writer:
            assert writer.stdout
            said = [int(writer.stdout.readline())]
            time.sleep(rng.random() * 0.05)
            os.kill(writer.pid, signal.SIGKILL)
            said += [int(line) for line in writer.stdout.read().split()]
        again = vaults.open_with_key(DatabaseStore(store.person), vault.key)
        again.verify()
        found = {int((again.get("note", str(number)) or b"0").split()[0]) for number in range(4)}
        assert len(found) == 1
        assert found.pop() >= said[-1]
        last = said[-1] + 1

"""A program that is killed at any moment leaves the last good state: 500 moments in the life of a vault in a folder."""

from __future__ import annotations

import builtins
import io
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from nacl import pwhash

from steadily import vault as vaults
from steadily.vault import FolderStore
from steadily.vault.keys import Cost

N_MOMENTS = 500
CHEAP = Cost(pwhash.argon2id.OPSLIMIT_MIN, pwhash.argon2id.MEMLIMIT_MIN)
PASSPHRASE = "slow river stone"
WATCHED = [
    (os, "fsync"),
    (os, "rename"),
    (os, "replace"),
    (os, "unlink"),
    (os, "mkdir"),
    (os, "rmdir"),
    (builtins, "open"),
    (io, "open"),
]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process cannot be copied here")


def _dying(real: Callable[..., Any], left: list[int]) -> Callable[..., Any]:
    def step(*args: Any, **named: Any) -> Any:
        left[0] -= 1
        if left[0] == 0:
            os._exit(9)
        return real(*args, **named)

    return step


def _killed(folder: Path, key: bytes, generation: int, steps: int) -> bool:
    """Write a new generation of three records in a process that dies at its *steps*-th touch of the disk; whether it died."""
    child = os.fork()
    if child == 0:
        left = [steps]
        vault = vaults.open_with_key(FolderStore(folder), key)
        for module, name in WATCHED:
            setattr(module, name, _dying(getattr(module, name), left))
        with vault.change() as change:
            for number in range(3):
                change.put("note", f"{generation}".encode(), f"{number}")
            change.delete("gone")
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0


def test_the_last_good_state_is_there_after_any_death(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    vault, _ = vaults.create(FolderStore(folder), PASSPHRASE, CHEAP)
    with vault.change() as change:
        for number in range(3):
            change.put("note", b"0", f"{number}")
        change.put("note", b"", "gone")
    rng = random.Random(3)
    deaths, last = 0, 0
    for generation in range(1, N_MOMENTS + 1):
        died = _killed(folder, vault.key, generation, rng.randint(1, 40))
        deaths += died
        again = vaults.open_with_key(FolderStore(folder), vault.key)
        again.verify()
        found = {again.get("note", f"{number}") for number in range(3)}
        assert found in ({f"{last}".encode()}, {f"{generation}".encode()})
        if not died:
            assert found == {f"{generation}".encode()}
        last = int(found.pop() or b"0")
    assert deaths > N_MOMENTS / 2

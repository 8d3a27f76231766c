"""Vaults in memory and in a folder: the contract of all vaults (`vault_contract`), and what is their own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from steadily import vault as vaults
from steadily.errors import NotKept, VaultDamaged, WrongCode
from steadily.vault import FolderStore, MemoryStore
from steadily.vault.keys import joined, split
from steadily.vault.padding import padded, unpadded
from steadily.vault.recovery import code_bytes, new_code
from vault_contract import *  # noqa: F403
from vault_contract import CHEAP, PASSPHRASE, Place


@pytest.fixture(params=["memory", "folder"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Opens the same store again and again, as another start of the program would."""
    if request.param == "memory":
        store = MemoryStore()
        return lambda: store
    return lambda: FolderStore(tmp_path / "vault")


def test_an_unreadable_header_says_so() -> None:
    store = MemoryStore()
    for wrong in (b"", b"{}", b"[1]", b'{"steadily vault": 1}', b"\xff"):
        store.erase()
        store.write(None, wrong, [], [])
        with pytest.raises(VaultDamaged):
            vaults.open_with_passphrase(store, PASSPHRASE)


def test_a_slip_in_a_code_is_told_from_a_wrong_code() -> None:
    code = new_code()
    last = "0" if code[0] != "0" else "1"
    with pytest.raises(WrongCode, match="mistyped"):
        code_bytes(last + code[1:])
    with pytest.raises(WrongCode, match="letters and digits"):
        code_bytes(code[:-1])
    with pytest.raises(WrongCode):
        code_bytes("ß" * 32)


def test_half_a_key_is_no_key() -> None:
    key = bytes(range(32))
    one, other = split(key)
    assert joined(one, other) == key
    assert key not in (one, other)
    assert split(key)[0] != one


@given(st.binary(max_size=5000))
def test_padding_comes_off_again(content: bytes) -> None:
    whole = padded(content)
    assert unpadded(whole) == content
    assert len(whole) <= max(256, (len(content) + 8) * 1.125)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("abcd"), st.sampled_from(["put", "delete"]), st.binary(max_size=40)), max_size=25
    )
)
def test_a_vault_is_what_a_dictionary_would_be(steps: list[tuple[str, str, bytes]]) -> None:
    vault, _ = vaults.create(MemoryStore(), PASSPHRASE, CHEAP)
    wanted: dict[str, bytes] = {}
    for id, step, content in steps:
        if step == "put":
            vault.put("note", content, id)
            wanted[id] = content
        else:
            vault.delete(id)
            wanted.pop(id, None)
    assert {id: vault.get("note", id) for id in vault.ids("note")} == wanted
    vault.verify()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "vault"


def test_a_full_disk_changes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vault, _ = vaults.create(FolderStore(folder), PASSPHRASE, CHEAP)
    id = vault.put("note", b"good")
    real = os.fsync
    for fails_at in range(1, 6):
        calls = 0

        def full(number: int, at: int = fails_at) -> None:
            nonlocal calls
            calls += 1
            if calls == at:
                raise OSError(28, "No space left on device")
            real(number)

        monkeypatch.setattr(os, "fsync", full)
        if fails_at <= 5:
            with pytest.raises((NotKept, OSError)):
                vault.put("note", b"worse", id)
        monkeypatch.setattr(os, "fsync", real)
        again = vaults.open_with_passphrase(FolderStore(folder), PASSPHRASE)
        again.verify()
        assert again.get("note", id) in (b"good", b"worse")


def test_a_folder_belongs_to_its_owner_only(folder: Path) -> None:
    vaults.create(FolderStore(folder), PASSPHRASE, CHEAP)
    assert folder.stat().st_mode & 0o077 == 0

"""What every form of vault must do, whatever its rows lie in: tests that take a `place` and a vault `made` there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from nacl import pwhash

from steadily import vault as vaults
from steadily.errors import UnreadableFile, VaultDamaged, VaultExists, WrongCode, WrongPassphrase
from steadily.vault import MemoryStore, Row, Store, Vault
from steadily.vault.keys import Cost

PASSPHRASE = "slow river stone"
CHEAP = Cost(pwhash.argon2id.OPSLIMIT_MIN, pwhash.argon2id.MEMLIMIT_MIN)

Place = Callable[[], Store]


@pytest.fixture
def made(place: Place) -> Vault:
    """A new vault in the place."""
    return vaults.create(place(), PASSPHRASE, CHEAP)[0]


def test_what_is_kept_is_there_after_another_start(place: Place, made: Vault) -> None:
    id = made.put("note", b"the lake at six")
    made.put("draft", b"")
    again = vaults.open_with_passphrase(place(), PASSPHRASE)
    assert again.get("note", id) == b"the lake at six"
    assert again.ids("note") == [id]
    assert again.get("note", "elsewhere") is None
    assert again.get("draft", id) is None
    again.verify()


def test_nothing_readable_lies_in_the_store(place: Place, made: Vault) -> None:
    id = made.put("note", b"the lake at six")
    row = place().read(id)
    assert row is not None
    header = place().header()
    assert header is not None
    for content in (row.sealed, row.name.kind, header):
        assert b"lake" not in content
        assert b"note" not in content
        assert made.key not in content


def test_lengths_say_little(place: Place, made: Vault) -> None:
    lengths = {len(place().read(made.put("note", b"x" * n)).sealed) for n in range(0, 200, 7)}  # type: ignore[union-attr]
    assert len(lengths) == 1


def test_another_passphrase_opens_nothing(place: Place, made: Vault) -> None:
    with pytest.raises(WrongPassphrase):
        vaults.open_with_passphrase(place(), "slow river stones")
    with pytest.raises(VaultDamaged):
        vaults.open_with_key(place(), bytes(32))
    assert vaults.open_with_key(place(), made.key).key == made.key


def test_a_short_passphrase_is_refused(place: Place) -> None:
    with pytest.raises(WrongPassphrase):
        vaults.create(place(), "short", CHEAP)
    assert place().header() is None


def test_a_second_vault_does_not_take_the_place_of_the_first(place: Place, made: Vault) -> None:
    with pytest.raises(VaultExists):
        vaults.create(place(), PASSPHRASE, CHEAP)
    vaults.open_with_passphrase(place(), PASSPHRASE)


def test_a_recovery_code_opens_until_there_is_a_new_one(place: Place) -> None:
    vault, code = vaults.create(place(), PASSPHRASE, CHEAP)
    id = vault.put("note", b"kept")
    opened = vaults.open_with_code(place(), code.lower().replace("-", " "))
    assert opened.get("note", id) == b"kept"
    newer = opened.new_code()
    with pytest.raises(WrongCode):
        vaults.open_with_code(place(), code)
    assert vaults.open_with_code(place(), newer).get("note", id) == b"kept"


def test_a_new_passphrase_leaves_every_row_as_it_is(place: Place, made: Vault) -> None:
    id = made.put("note", b"kept")
    row = place().read(id)
    made.change_passphrase("another slow stone", CHEAP)
    assert place().read(id) == row
    with pytest.raises(WrongPassphrase):
        vaults.open_with_passphrase(place(), PASSPHRASE)
    assert vaults.open_with_passphrase(place(), "another slow stone").get("note", id) == b"kept"


def test_a_change_is_kept_whole_or_not_at_all(place: Place, made: Vault) -> None:
    first = made.put("note", b"first")
    with pytest.raises(RuntimeError), made.change() as change:
        change.put("note", b"second")
        change.delete(first)
        raise RuntimeError
    assert made.ids("note") == [first]
    with made.change() as change:
        change.delete(first)
        second = change.put("note", b"second")
    assert vaults.open_with_passphrase(place(), PASSPHRASE).ids("note") == [second]
    made.verify()


def test_two_who_write_at_once_both_keep_what_they_wrote(place: Place, made: Vault) -> None:
    other = vaults.open_with_key(place(), made.key)
    with made.change() as change:
        mine = change.put("note", b"mine")
        theirs = other.put("note", b"theirs")
    assert set(made.ids("note")) == {mine, theirs}
    other.verify()


@pytest.mark.parametrize("of", ["content", "id", "kind", "version"])
def test_rows_cannot_be_changed_or_swapped(place: Place, made: Vault, of: str) -> None:
    one, two = made.put("note", b"one"), made.put("note", b"two")
    first, second = place().read(one), place().read(two)
    assert first is not None
    assert second is not None
    wrong = {
        "content": Row(first.name, first.sealed[:-1] + bytes([first.sealed[-1] ^ 1])),
        "id": Row(first.name, second.sealed),
        "kind": Row(first.name._replace(kind=bytes(16)), first.sealed),
        "version": Row(first.name._replace(version=bytes(16)), first.sealed),
    }[of]
    header = place().header()
    assert header is not None
    place().write(header, header, [wrong], [])
    if of == "kind":
        assert made.get("note", one) is None
    else:
        with pytest.raises(VaultDamaged):
            made.get("note", one)
    if of in ("kind", "version"):
        with pytest.raises(VaultDamaged):
            made.verify()


def test_a_row_that_is_put_back_or_missing_is_seen(place: Place, made: Vault) -> None:
    id = made.put("note", b"old")
    old = place().read(id)
    assert old is not None
    made.put("note", b"new", id)
    made.verify()
    header = place().header()
    assert header is not None
    place().write(header, header, [old], [])
    with pytest.raises(VaultDamaged):
        made.verify()
    place().write(header, header, [], [id])
    with pytest.raises(VaultDamaged):
        made.verify()


def test_erased_is_gone(place: Place, made: Vault, tmp_path: Path) -> None:
    id = made.put("note", b"the lake at six")
    sealed = place().read(id)
    assert sealed is not None
    made.erase()
    assert place().header() is None
    assert place().names() == []
    with pytest.raises(VaultDamaged):
        vaults.open_with_passphrase(place(), PASSPHRASE)
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or sealed.sealed[:32] not in path.read_bytes()


def test_a_backup_comes_back_elsewhere(place: Place, made: Vault, tmp_path: Path) -> None:
    ids = [made.put("note", f"{number}".encode()) for number in range(5)]
    path = tmp_path / "copy.steadily"
    vaults.back_up(place(), path)
    made.put("note", b"later")
    elsewhere = MemoryStore()
    vaults.restore(elsewhere, path)
    vault = vaults.open_with_passphrase(elsewhere, PASSPHRASE)
    vault.verify()
    assert [vault.get("note", id) for id in ids] == [f"{number}".encode() for number in range(5)]
    assert len(vault.ids("note")) == 5
    with pytest.raises(VaultExists):
        vaults.restore(place(), path)


def test_a_damaged_backup_restores_nothing(made: Vault, tmp_path: Path) -> None:
    path = tmp_path / "copy.steadily"
    vaults.back_up(made.store, path)
    content = path.read_bytes()
    for wrong in (b"", content[:-1], content[:100] + b"?" + content[101:], b"hello" * 40):
        path.write_bytes(wrong)
        elsewhere = MemoryStore()
        with pytest.raises(UnreadableFile):
            vaults.restore(elsewhere, path)
        assert elsewhere.header() is None

"""Entries at hand: always what is in the vault, and read again only where it changed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steadily import vault as vaults
from steadily.program.entries import WINS, Win
from steadily.vault import MemoryStore, Vault
from steadily.vault.keys import Cost

DAY = date(2026, 3, 1)


def a_vault() -> Vault:
    """An empty vault in memory."""
    return vaults.create(MemoryStore(), "four slow river stones", Cost(1, 8192))[0]


@given(st.lists(st.tuples(st.sampled_from(("put", "change", "let go", "look")), st.integers(0, 5)), max_size=25))
@settings(deadline=None, max_examples=40)
def test_it_is_always_what_is_in_the_vault(app: None, steps: list[tuple[str, int]]) -> None:
    from steadily.web.practice.entries_at_hand import all_of

    vault = a_vault()
    for place, (step, n) in enumerate(steps):
        ids = vault.ids(WINS.kind)
        if step == "put" or (step == "change" and ids):
            WINS.put(vault, Win(DAY, f"tea {place}"), ids[n % len(ids)] if step == "change" else None)
        elif step == "let go" and ids:
            WINS.let_go(vault, ids[n % len(ids)])
        if step == "look" or n > 2:
            assert all_of(vault, WINS) == WINS.all(vault)
    assert all_of(vault, WINS) == WINS.all(vault)


def test_only_what_changed_is_read_again(app: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from steadily.web.at_hand import forget
    from steadily.web.practice.entries_at_hand import all_of

    vault = a_vault()
    ids = [WINS.put(vault, Win(DAY, f"tea {n}")) for n in range(5)]
    read: list[str] = []
    get = vault.get

    def counted(kind: str, id: str) -> bytes | None:
        read.append(id)
        return get(kind, id)

    monkeypatch.setattr(vault, "get", counted)
    assert len(all_of(vault, WINS)) == 5
    assert sorted(read) == sorted(ids)
    all_of(vault, WINS)
    assert len(read) == 5
    WINS.put(vault, Win(DAY, "more tea"), ids[2])
    assert "more tea" in [one.entry.text for one in all_of(vault, WINS)]
    assert read[5:] == [ids[2]]
    forget(vault.number)
    all_of(vault, WINS)
    assert len(read) == 11

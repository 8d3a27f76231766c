"""What was read stays at hand, until it is let go, unused for long, or too much."""

from __future__ import annotations

import time

import pytest


def test_it_is_made_once_and_again_after_it_was_let_go(app: None) -> None:
    from steadily.web.at_hand import at_hand, forget

    made: list[int] = []

    def make() -> int:
        made.append(1)
        return len(made)

    assert [at_hand(b"one", "thing", make) for _ in range(3)] == [1, 1, 1]
    forget(b"one", "thing")
    assert at_hand(b"one", "thing", make) == 2
    forget(b"one")
    assert at_hand(b"one", "thing", make) == 3
    forget(b"one")


def test_what_nobody_asks_for_goes_without_any_request(app: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    from steadily.web import at_hand

    monkeypatch.setattr(settings, "IDLE_LOCK_S", 0.05)
    monkeypatch.setattr(at_hand, "_held", type(at_hand._held)())
    at_hand.at_hand(b"left", "chat", lambda: "words")
    for _ in range(200):
        if not at_hand._held:
            break
        time.sleep(0.02)
    assert not at_hand._held


def test_the_least_used_goes_when_it_is_too_much(app: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from steadily.web import at_hand

    monkeypatch.setattr(at_hand, "MOST_BYTES", 25)
    monkeypatch.setattr(at_hand, "_held", type(at_hand._held)())
    for vault in (b"a", b"b"):
        at_hand.at_hand(vault, "chat", lambda: "words", lambda _: 10)
    at_hand.at_hand(b"a", "chat", lambda: "again")
    at_hand.at_hand(b"c", "chat", lambda: "words", lambda _: 10)
    assert list(at_hand._held) == [b"a", b"c"]
    at_hand.at_hand(b"huge", "chat", lambda: "words", lambda _: 100)
    assert list(at_hand._held) == [b"huge"]

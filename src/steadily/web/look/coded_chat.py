"""The chat with what each message does as one table, made once for as long as neither the chat nor a word on it changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from steadily.behaviors.corrections import corrected
from steadily.behaviors.weights import manifest
from steadily.dynamics.coded import with_codes
from steadily.dynamics.rupture_repair import Rupture, ruptures
from steadily.program.entries import MADE_UP, MadeUp
from steadily.vault import Vault
from steadily.web.at_hand import at_hand
from steadily.web.look.chats import Chat, corrections, labels_of, the_chat
from steadily.web.practice.entries_at_hand import all_of

CODED, MOMENTS = "coded", "hard moments"
A_MINUTE = timedelta(minutes=1)
"""Apps keep minutes or seconds: so near, two instants are the same message's."""


def coded_of(vault: Vault) -> pl.DataFrame | None:
    """The coded table of the chat in the vault; None where its messages are not there."""
    chat = the_chat(vault)
    if chat is None:
        return None
    there = labels_of(vault)
    held: dict[str, Any] = at_hand(vault.number, CODED, dict, lambda _: chat.p.nbytes * 4)
    if held.get("there") is not there:
        thresholds = np.array(manifest()["fast"]["thresholds"], dtype=np.float32)
        coded = with_codes(chat.conversation.messages, *corrected(chat.p, thresholds, corrections(vault)))
        held.update(there=there, coded=coded)
    table: pl.DataFrame = held["coded"]
    return table


def hard_moments(vault: Vault) -> tuple[Rupture, ...]:
    """The ruptures of the chat in order of time, with those mended that the person says were made up off the chat."""
    chat, coded = the_chat(vault), coded_of(vault)
    if chat is None or coded is None:
        return ()
    held: dict[str, Any] = at_hand(vault.number, MOMENTS, dict)
    before: pl.DataFrame | None = held.get("coded")
    if before is not coded:
        held.update(coded=coded, plain=ruptures(coded))
    plain: tuple[Rupture, ...] = held["plain"]
    mended = by_hand(vault, chat, plain)
    return ruptures(coded, mended=mended) if mended else plain


def made_up(vault: Vault, plain: tuple[Rupture, ...]) -> dict[int, tuple[str, MadeUp]]:
    """
    What the person said was made up, by the first row of the rupture, with its name in the vault.

    Args:
        vault: Where it is kept.
        plain: The ruptures of the chat. One that was kept and is not among them is passed over.
    """
    found = {}
    for kept in all_of(vault, MADE_UP):
        near = [one for one in plain if abs(one.start - kept.entry.first) < A_MINUTE]
        if near:
            nearest = min(near, key=lambda one: abs(one.start - kept.entry.first))
            found[nearest.first_row] = (kept.id, kept.entry)
    return found


def by_hand(vault: Vault, chat: Chat, plain: tuple[Rupture, ...]) -> Mapping[int, datetime]:
    """The same as the ledger wants it: row → about when."""
    zone, ends = ZoneInfo(chat.conversation.zone), {one.first_row: one.end for one in plain}
    found = {}
    for row, (_, entry) in made_up(vault, plain).items():
        noon = datetime.combine(entry.day, time(12), zone)
        found[row] = max(ends[row], noon) if entry.day > ends[row].astimezone(zone).date() else ends[row]
    return found

"""The moment of a draft, from the chat in the vault; and the silence that it is written into."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from steadily.coach import Moment
from steadily.coach.moment import of_messages, silence_told
from steadily.codebook import BEHAVIORS
from steadily.dynamics.silence import silence
from steadily.safety.outreach import Said
from steadily.vault import Vault
from steadily.web.look.chats import labels_of, the_chat
from steadily.web.look.messages import shown

STALE = timedelta(days=3)
"""An import older than this says nothing of now."""
MOST_LOOKED_AT = 12
HARSH = np.array([one.group == "harsh" for one in BEHAVIORS])
WARM = np.array([one.group in ("warm", "open", "bid") for one in BEHAVIORS])


def moment_of(vault: Vault, now: datetime) -> Moment:
    """The moment, with what the chat's last messages say of it where they are recent."""
    chat = the_chat(vault)
    if chat is None or not chat.conversation.messages.height:
        return Moment(now)
    now = now.astimezone(ZoneInfo(chat.conversation.zone))
    last: datetime = chat.conversation.messages["sent_at"][-1]
    if now - last > STALE:
        return Moment(now, last)
    rows = chat.conversation.messages["row"].tail(MOST_LOOKED_AT).to_list()
    there = labels_of(vault)
    messages = [one for one in shown(chat, rows, there) if not one.by_app]
    said = [Said("me" if one.mine else "partner", one.text) for one in messages]
    harsh = [bool(there[one.row][HARSH].any()) for one in messages]
    warm = [bool(there[one.row][WARM].any()) for one in messages]
    return of_messages(said, harsh, warm, now, last)


def chat_ends(vault: Vault) -> datetime | None:
    """When the last message here was sent, on the conversation's clock."""
    chat = the_chat(vault)
    if chat is None or not chat.conversation.messages.height:
        return None
    last: datetime = chat.conversation.messages["local_time"][-1]
    return last


def silence_now(vault: Vault, now: datetime) -> str:
    """What there is to say of the silence, in a sentence; empty where there is nothing, or where the chat here is old."""
    chat = the_chat(vault)
    if chat is None or not chat.conversation.messages.height or now - chat.conversation.messages["sent_at"][-1] > STALE:
        return ""
    found = silence(chat.conversation.messages, now, chat.conversation.zone)
    return silence_told(found) if found else ""

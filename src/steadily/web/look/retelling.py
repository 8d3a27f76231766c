"""
The story, told anew where a person said that a code is wrong, or that a rupture was made up off the chat.

What they say stands at once in every message; the story is measured again when it is next looked at.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime

import polars as pl

from steadily.conversation import Conversation
from steadily.pipeline import look_back
from steadily.readers.reader import Progress, no_progress
from steadily.vault import Vault
from steadily.web.look.chats import Story, corrections, put_story, the_chat, the_story, told_headline
from steadily.web.look.coded_chat import by_hand, coded_of, hard_moments
from steadily.web.look.drawing import drawn

Said = Mapping[int, frozenset[str]]
Mended = Mapping[int, datetime]


def story_now(vault: Vault) -> Story | None:
    """What was found, with everything that the person has said since."""
    story, chat = the_story(vault), the_chat(vault)
    if story is None or chat is None:
        return story
    said, mended = corrections(vault), by_hand(vault, chat, hard_moments(vault))
    coded = coded_of(vault)
    if coded is None or story.rests_on == mark_of(said, mended):
        return story
    anew = told_anew(chat.conversation, coded, said, mended)
    put_story(vault, anew)
    return anew


def told_anew(
    conversation: Conversation, coded: pl.DataFrame, said: Said, mended: Mended, *, progress: Progress = no_progress
) -> Story:
    """
    What is found in a chat.

    Args:
        conversation: Its messages.
        coded: The same with their codes, corrections among them.
        said: The corrections, by row.
        mended: Ruptures that were made up off the chat, by row.
        progress: Told how far it has come.
    """
    told = look_back(conversation, coded, mended=mended, progress=progress).told
    progress("Drawing", 0, 1)
    charts, described, rows = drawn(coded, mended)
    return Story(told_headline(conversation, told), told, charts, described, rows, mark_of(said, mended))


def mark_of(said: Said, mended: Mended) -> str:
    """A mark that is another whenever what the person said is; from it nothing can be read."""
    words = [f"{row} {sorted(labels)}" for row, labels in sorted(said.items())]
    words += [f"{row} {at.isoformat()}" for row, at in sorted(mended.items())]
    return hashlib.blake2b("\n".join(words).encode("utf-8"), digest_size=16).hexdigest()

"""One couple: export in, findings out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

import numpy as np
import polars as pl

from steadily.behaviors import Codes, code_history
from steadily.behaviors.coding import ModelName
from steadily.behaviors.corrections import corrected
from steadily.conversation import Conversation, split_sessions
from steadily.dynamics import measures_with
from steadily.dynamics.coded import with_codes
from steadily.readers.reader import Progress, no_progress
from steadily.report.sentences import Told, tell

NOTHING_SAID: Mapping[int, frozenset[str]] = MappingProxyType({})
NOTHING_MENDED: Mapping[int, datetime] = MappingProxyType({})
AT_ONCE = 20_000
"""Messages that are coded between two words on progress."""


@dataclass(frozen=True)
class LookBack:
    """
    What the messages of one couple show.

    Attributes:
        told: Every finding in words, in the order in which measures are told.
        coded: The messages with what each of them does (`dynamics.coded`).
    """

    told: tuple[Told, ...]
    coded: pl.DataFrame


def look_back(
    conversation: Conversation,
    coded: pl.DataFrame | None = None,
    *,
    mended: Mapping[int, datetime] = NOTHING_MENDED,
    progress: Progress = no_progress,
) -> LookBack:
    """
    What the messages show.

    Args:
        conversation: Two people's messages.
        coded: The same with their codes, from `coded_messages`; made here where not given.
        mended: Ruptures that were made up off the chat: a row of each → about when.
        progress: Told how many messages and measures are done.
    """
    if coded is None:
        coded = coded_messages(conversation, code_conversation(conversation, progress=progress))
    told: list[Told] = []
    measures = measures_with(mended)
    for number, measure in enumerate(measures):
        progress("Looking back", number, len(measures))
        told.extend(tell(finding) for finding in measure.find(coded))
    progress("Looking back", len(measures), len(measures))
    return LookBack(tuple(told), coded)


def coded_messages(
    conversation: Conversation, codes: Codes, said: Mapping[int, frozenset[str]] = NOTHING_SAID
) -> pl.DataFrame:
    """
    The messages with their codes as one table.

    Args:
        conversation: Two people's messages.
        codes: One row of codes for each of its rows.
        said: What the person said is so, by row; it stands above the codes.
    """
    return with_codes(conversation.messages, *corrected(codes.p, codes.thresholds, said))


def code_conversation(
    conversation: Conversation, *, model: ModelName = "fast", progress: Progress = no_progress
) -> Codes:
    """
    What each message does.

    Args:
        conversation: Two people's messages.
        model: As for `behaviors.code_history`.
        progress: Told how many messages are done.

    Returns:
        One row of codes for each row of the conversation; rows that the app wrote are not coded.
    """
    messages = split_sessions(conversation.messages)
    texts = messages["text"].fill_null("").to_list()
    speakers = messages["author"].cast(pl.String).to_list()
    starts = (messages["session"] != messages["session"].shift(1)).fill_null(value=True).to_list()
    parts = []
    for first in range(0, max(1, len(texts)), AT_ONCE):
        progress("Reading what each message does", first, len(texts))
        last = first + AT_ONCE
        parts.append(code_history(texts[first:last], speakers[first:last], starts[first:last], model=model))
    n_rows, rows = conversation.messages.height, messages["row"].to_numpy()
    p = np.full((n_rows, parts[0].p.shape[1]), np.nan, dtype=np.float32)
    coded = np.zeros(n_rows, dtype=bool)
    p[rows] = np.concatenate([one.p for one in parts])
    coded[rows] = np.concatenate([one.coded for one in parts])
    return Codes(p, parts[0].thresholds, coded)

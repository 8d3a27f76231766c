"""One couple: export in, findings out."""

from __future__ import annotations

import numpy as np
import polars as pl

from steadily.behaviors import Codes, code_history
from steadily.behaviors.coding import ModelName
from steadily.conversation import Conversation, split_sessions
from steadily.dynamics import MEASURES
from steadily.readers.reader import Progress, no_progress
from steadily.report.sentences import Told, tell

AT_ONCE = 20_000
"""Messages that are coded between two words on progress."""


def look_back(conversation: Conversation, *, progress: Progress = no_progress) -> list[Told]:
    """
    What the messages show.

    Args:
        conversation: Two people's messages.
        progress: Told how many measures are done.

    Returns:
        Every finding in words, in the order in which measures are told.
    """
    told: list[Told] = []
    for number, measure in enumerate(MEASURES):
        progress("Looking back", number, len(MEASURES))
        told.extend(tell(finding) for finding in measure.find(conversation.messages))
    progress("Looking back", len(MEASURES), len(MEASURES))
    return told


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

"""One couple: export in, findings out."""

from __future__ import annotations

from steadily.conversation import Conversation
from steadily.dynamics import MEASURES
from steadily.readers.reader import Progress, no_progress
from steadily.report.sentences import Told, tell


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

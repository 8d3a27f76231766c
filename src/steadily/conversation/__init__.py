"""
Two people's messages as one table, and how the table is cut into turns and sessions.

`Conversation` is frozen; its columns are documented in `steadily.conversation.schema`.
"""

from steadily.conversation.conversation import Conversation, SourceFile
from steadily.conversation.partners import Partners
from steadily.conversation.schema import AUTHORS, COLUMNS, KINDS, MEDIA, SCHEMA, Column, empty_messages
from steadily.conversation.turns import SESSION_GAP, split_sessions, split_turns, spoken

__all__ = [
    "AUTHORS",
    "COLUMNS",
    "KINDS",
    "MEDIA",
    "SCHEMA",
    "SESSION_GAP",
    "Column",
    "Conversation",
    "Partners",
    "SourceFile",
    "empty_messages",
    "split_sessions",
    "split_turns",
    "spoken",
]

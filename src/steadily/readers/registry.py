"""
Every format that can be read, in the order in which they are tried.

A new format is one module, one golden folder, one line here and one page under docs/exporting/; a test fails if any of
the four is missing. Readers that accept almost anything come last and only for files that a person named.
"""

from __future__ import annotations

from collections.abc import Sequence

from steadily.readers import (
    discord,
    generic_csv,
    generic_json,
    google_chat,
    imessage_db,
    imessage_exporter_txt,
    kakaotalk,
    line_txt,
    meta_json,
    pasted_text,
    sigexport,
    signal_backup,
    sigtop,
    slack,
    sms_backup,
    snapchat,
    telegram_html,
    telegram_json,
    weflow,
    whatsapp_exporter_json,
    whatsapp_txt,
)
from steadily.readers.reader import Reader
from steadily.readers.source import Source

READERS: tuple[Reader, ...] = (
    sigexport.READER,
    whatsapp_txt.READER,
    imessage_db.READER,
    imessage_exporter_txt.READER,
    telegram_json.READER,
    telegram_html.READER,
    meta_json.READER,
    signal_backup.READER,
    sigtop.READER,
    sms_backup.READER,
    discord.READER,
    line_txt.READER,
    kakaotalk.READER,
    google_chat.READER,
    snapchat.READER,
    slack.READER,
    whatsapp_exporter_json.READER,
    weflow.READER,
    generic_csv.READER,
    generic_json.READER,
    pasted_text.READER,
)

CATCH_ALL: frozenset[str] = frozenset({"generic_csv", "generic_json", "pasted_text"})
"""Readers of last resort: tried only on files that a person named, never on what a folder search turns up."""


def recognize(source: Source, readers: Sequence[Reader] = READERS) -> Reader | None:
    """The first reader that takes *source* for its own, or None."""
    for reader in readers:
        if reader.name in CATCH_ALL and not source.given:
            continue
        if reader.sniff(source):
            return reader
    return None

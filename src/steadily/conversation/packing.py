"""A conversation as bytes and back: what the vault keeps, and what an import hands on. Nothing here writes a file."""

from __future__ import annotations

import io
import json
from datetime import datetime
from typing import Any

import polars as pl

from steadily.conversation.conversation import Conversation, SourceFile
from steadily.conversation.partners import Partners
from steadily.conversation.schema import SCHEMA
from steadily.errors import Issue

LENGTH_BYTES = 8


def pack_conversation(conversation: Conversation) -> bytes:
    """All of a conversation: its description as JSON, then its table as an Arrow file, packed with zstandard."""
    described = json.dumps(_described(conversation), ensure_ascii=False).encode("utf-8")
    table = io.BytesIO()
    conversation.messages.write_ipc(table, compression="zstd")
    return len(described).to_bytes(LENGTH_BYTES) + described + table.getvalue()


def unpack_conversation(content: bytes) -> Conversation:
    """The conversation that `pack_conversation` packed."""
    length = int.from_bytes(content[:LENGTH_BYTES])
    described = json.loads(content[LENGTH_BYTES : LENGTH_BYTES + length])
    messages = pl.read_ipc(io.BytesIO(content[LENGTH_BYTES + length :]))
    return Conversation(
        messages.cast(dict(SCHEMA)),  # type: ignore[arg-type]
        _partners(described["partners"]),
        described["zone"],
        tuple(Issue(**one) for one in described["issues"]),
        tuple(_source(one) for one in described["sources"]),
    )


def _described(conversation: Conversation) -> dict[str, Any]:
    partners = conversation.partners
    return {
        "partners": {
            "me": partners.me,
            "partner": partners.partner,
            "me_aliases": sorted(partners.me_aliases),
            "partner_aliases": sorted(partners.partner_aliases),
        },
        "zone": conversation.zone,
        "issues": [vars(one) for one in conversation.issues],
        "sources": [
            vars(one) | {"first_at": _iso(one.first_at), "last_at": _iso(one.last_at)} for one in conversation.sources
        ],
    }


def _partners(described: dict[str, Any]) -> Partners:
    return Partners(
        described["me"],
        described["partner"],
        frozenset(described["me_aliases"]),
        frozenset(described["partner_aliases"]),
    )


def _source(described: dict[str, Any]) -> SourceFile:
    times = {
        name: datetime.fromisoformat(described[name]) if described[name] else None for name in ("first_at", "last_at")
    }
    return SourceFile(**(described | times))


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None

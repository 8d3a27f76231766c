"""Everything of a person in open formats, as one zip: JSON for what they wrote and what was found, CSV and Parquet for messages."""

from __future__ import annotations

import io
import json
import zipfile

import polars as pl

from steadily.codebook import LABELS
from steadily.program.entries import ALL as PRACTICE_RECORDS
from steadily.vault import Vault
from steadily.web.look.chats import corrections, labels_of, the_chat
from steadily.web.look.retelling import story_now
from steadily.web.shell import named
from steadily.web.write.drafts import drafts
from steadily.web.write.own_phrases import own_phrases

README = """What is in here

messages.csv and messages.parquet: the messages of your chat, and what each was read as (true or false for each behavior).
story.json: what was found.
corrections.json: what you said of single messages.
drafts.json: drafts that you kept.
phrases.json: phrases that you kept.
named.json: feelings that you named and kept.
check-ins.json, forgiving.json, baselines.json, practiced.json, plan.json, experiments.json, rituals.json, wins.json, hard-days.json,
watched.json, made-up.json: what you kept in the Practice room.

These files are not encrypted. Keep them where only you can read them.
"""


def everything(vault: Vault) -> bytes:
    """The zip."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("README.txt", README)
        _messages(vault, out)
        story = story_now(vault)
        if story is not None:
            told = [
                {"heading": one.heading, "statement": one.statement, "spread": one.spread, "caveat": one.caveat}
                for one in story.told
            ]
            out.writestr("story.json", _json({"headline": story.headline, "told": told}))
        out.writestr("corrections.json", _json({str(row): sorted(one) for row, one in corrections(vault).items()}))
        kept = [{"text": one.text, "kept_at": str(one.kept_at), "until": str(one.until)} for one in drafts(vault)]
        out.writestr("drafts.json", _json(kept))
        phrases = [{"text": one.text, "kept_at": str(one.kept_at)} for one in own_phrases(vault)]
        out.writestr("phrases.json", _json(phrases))
        feelings = [{"feelings": one.told, "note": one.note, "at": str(one.at)} for one in named.kept(vault)]
        out.writestr("named.json", _json(feelings))
        for name, records in PRACTICE_RECORDS.items():
            out.writestr(f"{name}.json", records.plain(vault))
    return packed.getvalue()


def _messages(vault: Vault, out: zipfile.ZipFile) -> None:
    chat = the_chat(vault)
    if chat is None:
        return
    there = labels_of(vault)
    codes = [pl.Series(label, there[:, place]) for place, label in enumerate(LABELS)]
    table = chat.conversation.messages.with_columns(codes)
    parquet = io.BytesIO()
    table.write_parquet(parquet)
    out.writestr("messages.parquet", parquet.getvalue())
    out.writestr("messages.csv", table.write_csv())


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)

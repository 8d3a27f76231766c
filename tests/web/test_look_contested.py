"""What a person says of a message: the story is measured anew, and a newer export keeps it."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from visits import CHAT, Visit

from steadily.synthetic import Phase, Plan, make_couple
from steadily.synthetic.exports import write_export

OLDER = """[01/02/2026, 10:00:00] Ben: first thing this year, happy new us
[02/02/2026, 10:00:00] Ana: happy new us
"""
NEWER = "[06/02/2026, 08:10:00] Ben: see you at six\n"


def corrections_of(visit: Visit) -> dict[str, list[str]]:
    """As they are taken out."""
    packed = zipfile.ZipFile(io.BytesIO(visit.post("/vault/take-out/").content))
    found: dict[str, list[str]] = json.loads(packed.read("corrections.json"))
    return found


def statements(visit: Visit) -> list[str]:
    """The statements of the story, as they are taken out."""
    packed = zipfile.ZipFile(io.BytesIO(visit.post("/vault/take-out/").content))
    return [one["statement"] for one in json.loads(packed.read("story.json"))["told"]]


def test_a_newer_export_keeps_what_was_said_and_moves_it_to_the_same_message(visit: Visit, tmp_path: Path) -> None:
    visit.make_vault()
    visit.put_in(tmp_path, CHAT)
    visit.post("/look/message/3/", {"labels": ["humor"]})
    assert corrections_of(visit) == {"3": ["humor"]}
    visit.put_in(tmp_path, OLDER + CHAT + NEWER)
    assert corrections_of(visit) == {"5": ["humor"]}
    assert "humor" in visit.page("/look/message/5/").lower()


def test_of_another_chat_nothing_is_taken_along(visit: Visit, tmp_path: Path) -> None:
    visit.make_vault()
    visit.put_in(tmp_path, CHAT)
    visit.post("/look/message/3/", {"labels": ["humor"]})
    visit.put_in(tmp_path, CHAT.replace("you never listen to me, not once", "the bus was late"))
    assert corrections_of(visit) == {}


@pytest.fixture
def months(visit: Visit, tmp_path: Path) -> Visit:
    """A visit with three months of a chat put in."""
    plan = Plan((Phase("close", date(2026, 1, 1), date(2026, 4, 1)),), volume=0.6)
    text = write_export(make_couple(plan, seed=5), tmp_path, "whatsapp").read_text(encoding="utf-8")
    visit.make_vault()
    visit.put_in(tmp_path, text, me="Robin")
    return visit


def test_the_story_is_measured_anew_once_a_code_is_wrong(months: Visit) -> None:
    before = [one for one in statements(months) if one.startswith("Counting both of you")]
    packed = zipfile.ZipFile(io.BytesIO(months.post("/vault/take-out/").content))
    row = pl.read_parquet(io.BytesIO(packed.read("messages.parquet"))).filter(pl.col("invitation"))["row"][0]
    months.post(f"/look/message/{row}/", {"labels": []})
    after = [one for one in statements(months) if one.startswith("Counting both of you")]
    assert before
    assert after
    assert before != after
    assert after[0] in months.page("/look/").replace("&#x27;", "'")

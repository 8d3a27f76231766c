"""What can be read in a hard moment: two readings of the partner's hardest line, and another way to say mine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from steadily.coach.alternatives import Alternative, alternatives
from steadily.coach.heard import heard
from steadily.coach.incoming import Incoming, read_incoming
from steadily.coach.observer import hardest_of
from steadily.coach.pasted import Pasted
from steadily.coach.review import REMARKS
from steadily.codebook import LABELS
from steadily.dynamics.coded import GROUPS
from steadily.safety.gate import gate_text
from steadily.safety.outreach import Said

HARD = (*GROUPS["harsh"], *GROUPS["pressure"], *GROUPS["distance"])
BEFORE = 4
"""So many messages before a line are read with it."""


@dataclass(frozen=True)
class TwoReadings:
    """
    The partner's hardest line.

    Attributes:
        row: Its row.
        text: It.
        incoming: What can be said of it.
    """

    row: int
    text: str
    incoming: Incoming


@dataclass(frozen=True)
class AnotherWay:
    """
    My hardest line.

    Attributes:
        row: Its row.
        text: It.
        kinder: Another way to say it; None where none was found.
        question: A question to it where none was.
    """

    row: int
    text: str
    kinder: Alternative | None
    question: str


def two_readings(coded: pl.DataFrame, first_row: int, last_row: int) -> TwoReadings | None:
    """
    Two readings of what the partner wrote; None where they wrote no words.

    Args:
        coded: The coded table.
        first_row: Where the moment begins.
        last_row: Where it ends.
    """
    line = _hardest(coded, first_row, last_row, "partner")
    if line is None:
        return None
    row, text, _ = line
    before = tuple(Said("me" if author == "me" else "partner", words) for author, words in _said_before(coded, row))
    return TwoReadings(row, text, read_incoming(Pasted(text, before)))


def another_way(coded: pl.DataFrame, first_row: int, last_row: int) -> AnotherWay | None:
    """
    Another way to say my hardest line; None where I wrote nothing hard, or it asks for more than other words.

    Args:
        coded: The coded table.
        first_row: Where the moment begins.
        last_row: Where it ends.
    """
    line = _hardest(coded, first_row, last_row, "me")
    if line is None or not line[2] or gate_text(line[1]).stops:
        return None
    row, text, label = line
    context = [f"{author}: {words}" for author, words in _said_before(coded, row)]
    found = alternatives(text, context, heard([text], context)[0], _mine_before(coded, row))
    return AnotherWay(row, text, found[0] if found else None, REMARKS[label])


def _hardest(coded: pl.DataFrame, first_row: int, last_row: int, author: str) -> tuple[int, str, str] | None:
    """The line that most likely lands hard, with what it was read as; of the partner also one that is not hard, of me none."""
    within = coded.filter(
        pl.col("row").is_between(first_row, last_row), pl.col("author") == author, pl.col("text").str.len_chars() > 0
    )
    if not within.height:
        return None
    heat = within.select(pl.sum_horizontal(f"p_{label}" for label in HARD)).to_series()
    one = within.row(int(heat.arg_max() or 0), named=True)
    return int(one["row"]), str(one["text"]), hardest_of([label for label in LABELS if one[label]])


def _said_before(coded: pl.DataFrame, row: int) -> Sequence[tuple[str, str]]:
    before = coded.slice(max(0, row - BEFORE), min(BEFORE, row)).filter(pl.col("author").is_not_null())
    return [(author, text or "") for author, text in before.select("author", "text").iter_rows()]


def _mine_before(coded: pl.DataFrame, row: int) -> list[str]:
    """How I write: some of my messages before it."""
    mine = coded.slice(max(0, row - 200), min(200, row)).filter((pl.col("author") == "me") & (pl.col("text") != ""))
    return [str(one) for one in mine["text"].tail(40).to_list()]

"""The kinds of all messages at once: only those that may be one of WhatsApp's own lines are looked at one by one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import polars as pl

from steadily.conversation import KINDS, MEDIA
from steadily.readers.whatsapp_txt.bodies import Body, classify, is_notice, whole_bodies
from steadily.readers.whatsapp_txt.scan import Heads, Ints
from steadily.readers.whatsapp_txt.senders import NO_SENDER, Senders

LONGEST_WHOLE = 200
SIGNS = ["\u200e", "•", "://"]
"""A body with one of these is always looked at: marks, documents, locations."""
NOTICE_WITHIN = 5


@dataclass(frozen=True)
class Kinds:
    """
    What the messages are.

    Attributes:
        columns: `kind`, `text`, `media`, `call_s`, `edited`, each of length n.
        by_app: Whether WhatsApp itself wrote the row, shape (n,).
    """

    columns: dict[str, pl.Series]
    by_app: npt.NDArray[np.bool_]


def classify_rows(heads: Heads, senders: Senders, ends: Ints, bodies: pl.Series) -> Kinds:
    """
    The kind of every message.

    Args:
        heads: The heads found in the text, n of them.
        senders: Who sent each, and where its body begins.
        ends: Where each body ends.
        bodies: The bodies, length n.

    Returns:
        Their kinds, and which rows the app wrote.
    """
    unsent = senders.code == NO_SENDER
    looked_at = np.flatnonzero(_may_be_app_line(heads, senders.body, ends, bodies) | unsent)
    some = pl.DataFrame({"body": bodies.gather(pl.Series(looked_at, dtype=pl.UInt32))})
    distinct = some["body"].unique()
    answers = _as_frame(distinct, [classify(body) for body in distinct])
    found = some.join(answers, on="body", how="left", maintain_order="left")
    by_app = unsent.copy()
    by_app[looked_at] |= (found["kind"] == "system").to_numpy()
    by_app[:NOTICE_WITHIN] |= [is_notice(body) for body in bodies.head(NOTICE_WITHIN)]
    own = pl.col("by_app") & (pl.col("kind") != "call")
    found = found.with_columns(by_app=pl.Series(by_app[looked_at])).with_columns(
        kind=pl.when(own).then(pl.lit("system", KINDS)).otherwise(pl.col("kind")),
        text=pl.when(own).then(pl.col("body")).otherwise(pl.col("text")),
    )
    return Kinds(_spread(bodies, looked_at, found), by_app)


def _may_be_app_line(heads: Heads, starts: Ints, ends: Ints, bodies: pl.Series) -> npt.NDArray[np.bool_]:
    """A quick test that every app line passes, and few others."""
    text = heads.text
    sizes = np.minimum(ends - starts, LONGEST_WHOLE)
    first, last = text[np.minimum(starts, len(text) - 1)], text[ends - 1]
    line_last = text[heads.line_end - 1]
    may: npt.NDArray[np.bool_] = _whole_table()[sizes, first, last] | (first == ord("<")) | (sizes == 0)
    may |= (line_last == ord(")")) | (line_last == ord(">")) | (line_last == ord(":")) | (last == ord(">"))
    may |= (line_last == ord("i")) & (text[np.maximum(heads.line_end - 2, 0)] == ord("d"))
    before = text[np.maximum(ends - 2, 0)]
    may |= ((last == ord("n")) & (before == ord("i"))) | ((last == ord("r")) & (before == ord("h")))
    may |= bodies.str.contains_any(SIGNS).to_numpy()
    return may


@cache
def _whole_table() -> npt.NDArray[np.bool_]:
    """Length in bytes, first and last byte of every known whole body, as it may stand in a file."""
    table = np.zeros((LONGEST_WHOLE + 1, 256, 256), np.bool_)
    for body in whole_bodies():
        for form in (body, body.upper(), body.capitalize(), body.title()):
            for stop in ("", ".", "。", "۔", " "):
                raw = (form + stop).encode()
                table[min(len(raw), LONGEST_WHOLE), raw[0], raw[-1]] = True
    return table


def _as_frame(bodies: pl.Series, found: list[Body]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "body": bodies,
            "kind": pl.Series([body.kind for body in found], dtype=KINDS),
            "text": pl.Series([body.text for body in found], dtype=pl.String),
            "media": pl.Series([body.media for body in found], dtype=MEDIA),
            "call_s": pl.Series([body.call_s for body in found], dtype=pl.Float64),
            "edited": pl.Series([body.edited for body in found], dtype=pl.Boolean),
        }
    )


def _spread(bodies: pl.Series, rows: npt.NDArray[np.int64], found: pl.DataFrame) -> dict[str, pl.Series]:
    """What was found, at its rows; plain words everywhere else."""
    height = len(bodies)
    place = np.full(height, len(found), np.uint32)
    place[rows] = np.arange(len(found))
    with_none = pl.concat([found.select("kind", "media", "call_s", "edited"), NOTHING])
    rare = with_none.select(pl.all().gather(pl.Series(place)))
    return {
        "text": bodies.clone().scatter(pl.Series(rows, dtype=pl.UInt32), found["text"]),
        **rare.to_dict(),
    }


NOTHING = pl.DataFrame(
    {"kind": ["text"], "media": [None], "call_s": [None], "edited": [False]},
    schema={"kind": KINDS, "media": MEDIA, "call_s": pl.Float64, "edited": pl.Boolean},
)
"""What a plain message has."""

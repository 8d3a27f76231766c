"""Who sent each message: the text between the head and the first colon, told apart from WhatsApp's own notices."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from steadily.readers.text_lines import BIDI
from steadily.readers.whatsapp_txt.scan import Bytes, Heads, Ints, hash_rows

WINDOW = 40
"""Bytes after the head in which a sender's name is looked for at speed; longer names take a slower path."""
MOST_BYTES = 320
LONGEST_NAME = 60
CHUNK = 1 << 16
COLON, SPACE = ord(":"), ord(" ")
NO_SENDER = -1
NOT_A_NAME = re.compile(r"[„“”«»「\"]|https?://|www\.")


@dataclass(frozen=True)
class Senders:
    """
    Who sent what.

    Attributes:
        code: Index into `names` for each message, `NO_SENDER` for a notice; shape (n,).
        body: Offset at which the body begins, shape (n,).
        names: The names, cleaned of marks.
    """

    code: Ints
    body: Ints
    names: list[str]


def split_senders(text: Bytes, heads: Heads) -> Senders:
    """
    Split each message into sender and body.

    Args:
        text: UTF-8 bytes.
        heads: The heads found in it.

    Returns:
        Sender and start of the body of each message.
    """
    sizes = _name_sizes(text, heads)
    known: dict[bytes, int] = {}
    names: list[str] = []

    def code_of(raw: bytes) -> int:
        if raw not in known:
            name = clean_name(raw.decode("utf-8", "replace"))
            known[raw] = NO_SENDER if name is None else _place(names, name)
        return known[raw]

    code = np.full(len(sizes), NO_SENDER, np.int64)
    short = np.flatnonzero((sizes >= 0) & (sizes <= WINDOW))

    def hashed(rows: Ints) -> npt.NDArray[np.uint64]:
        return hash_rows(_windows(text, heads.end[rows], WINDOW) * (np.arange(WINDOW) < sizes[rows, None]))

    parts = np.array_split(short, max(1, len(short) // CHUNK))
    with ThreadPoolExecutor(max_workers=2) as pool:
        hashes = np.concatenate(list(pool.map(hashed, parts)))
    distinct = pl.DataFrame({"hash": hashes, "row": short}).group_by("hash", maintain_order=True).first()
    codes = [code_of(text[heads.end[row] : heads.end[row] + sizes[row]].tobytes()) for row in distinct["row"]]
    order = np.argsort(distinct["hash"].to_numpy())
    place = np.searchsorted(distinct["hash"].to_numpy()[order], hashes)
    code[short] = np.array(codes, dtype=np.int64)[order][place] if codes else NO_SENDER
    for row in np.flatnonzero(sizes > WINDOW):
        code[row] = code_of(text[heads.end[row] : heads.end[row] + sizes[row]].tobytes())
    body = np.where(code == NO_SENDER, heads.end, np.minimum(heads.end + sizes + 2, heads.line_end))
    for row in np.flatnonzero(code == NO_SENDER):
        size = _tight_name(text, int(heads.end[row]), int(heads.line_end[row]), names)
        if size:
            code[row] = code_of(text[heads.end[row] : heads.end[row] + size].tobytes())
            body[row] = heads.end[row] + size + 1
    return Senders(code, body, names)


def clean_name(raw: str) -> str | None:
    """A name without marks and the `~` of people who are not contacts; None where it cannot be a name."""
    name = raw.translate(BIDI).replace("\u00a0", " ").replace("\u202f", " ").replace("\x00", "")
    name = name.strip().removeprefix("~").strip()
    if not name or len(name) > LONGEST_NAME or NOT_A_NAME.search(name):
        return None
    return name


def _place(names: list[str], name: str) -> int:
    if name not in names:
        names.append(name)
    return names.index(name)


def _windows(text: Bytes, starts: Ints, size: int) -> Bytes:
    """The *size* bytes from each start on; zeros beyond the end of the text."""
    inside = starts <= len(text) - size
    views = np.lib.stride_tricks.sliding_window_view(text, size) if len(text) >= size else np.zeros((1, size), np.uint8)
    windows = views[np.where(inside, starts, 0)]
    for row in np.flatnonzero(~inside):
        piece = text[starts[row] : starts[row] + size]
        windows[row] = 0
        windows[row, : len(piece)] = piece
    return windows


def _name_sizes(text: Bytes, heads: Heads) -> Ints:
    """Bytes from the end of the head to the colon that ends the name; -1 where there is none."""
    room = heads.line_end - heads.end

    def measure(rows: Ints) -> Ints:
        windows = _windows(text, heads.end[rows], WINDOW + 2)
        colon = (windows[:, :-1] == COLON) & (windows[:, 1:] == SPACE)
        position = colon.argmax(axis=1)
        found = colon[np.arange(len(rows)), position] & (position + 2 <= room[rows])
        return np.where(found, position, -1)

    parts = np.array_split(np.arange(len(room)), max(1, len(room) // CHUNK))
    with ThreadPoolExecutor(max_workers=2) as pool:
        sizes = np.concatenate(list(pool.map(measure, parts)))
    for row in np.flatnonzero((sizes < 0) & (room > 0)):
        line = text[heads.end[row] : min(heads.line_end[row], heads.end[row] + MOST_BYTES)].tobytes()
        position = line.find(b": ")
        if position < 0 and line.endswith(b":") and len(line) == room[row]:
            position = len(line) - 1
        sizes[row] = position
    return sizes


def _tight_name(text: Bytes, start: int, stop: int, names: list[str]) -> int:
    """Bytes of a name set off by a colon without a space, if that name is known from other messages; else 0."""
    line = text[start : min(stop, start + MOST_BYTES)].tobytes()
    position = line.find(b":")
    if position > 0 and clean_name(line[:position].decode("utf-8", "replace")) in names:
        return position
    return 0

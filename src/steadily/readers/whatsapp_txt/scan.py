"""
Find the heads of messages in a WhatsApp text, many lines at a time.

The bytes are never decoded here: a line's first bytes are turned into its shape (digits become `0`), each distinct shape is
parsed once (`header.parse_shape`), and the numbers of all lines of that shape are read off in one go. That keeps the
grammar readable and the cost at a few nanoseconds a byte.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from steadily.readers.whatsapp_txt.header import LOOKS_LIKE_HEAD, Layout, parse_shape

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[Any]

WINDOW = 56
"""Bytes of a line that may hold its head; the longest known one takes 52."""
BLOCK = 1 << 20
NEWLINE, SPACE, DASH, COLON, CLOSE, OPEN, RETURN = (ord(letter) for letter in "\n -:][\r")
PARTS = ("a", "b", "c", "h", "m", "s")


@dataclass(frozen=True)
class Heads:
    """
    The heads of all messages, in file order; arrays of one length.

    Attributes:
        line: Line number of the head, from 1.
        start: Offset of the head's line.
        end: Offset of the first byte after the head.
        line_end: Offset of the end of the head's line (its line break not included).
        layout: Index into `layouts`.
        numbers: Part of date and time → its number; 0 where the layout lacks it.
        layouts: Every way of writing a head that occurs.
        n_lines: Non-blank lines in the whole text.
        n_before: Non-blank lines before the first head.
        first_before: Line number of the first of those.
        has_blanks: Whether there are blank lines.
        odd: Line numbers of lines that look like a head but could not be parsed.
        text: The bytes they were found in.
    """

    line: Ints
    start: Ints
    end: Ints
    line_end: Ints
    layout: Ints
    numbers: dict[str, Ints]
    layouts: list[Layout]
    n_lines: int
    n_before: int
    first_before: int
    has_blanks: bool
    odd: list[int]
    text: Bytes

    def n_filled(self, row: int) -> int:
        """Non-blank lines of one message."""
        stop = int(self.start[row + 1]) if row + 1 < len(self.start) else len(self.text)
        lines = self.text[int(self.start[row]) : stop].tobytes().split(b"\n")
        return sum(bool(line.rstrip(b"\r")) for line in lines)


@dataclass
class _Block:
    """What one block of whole lines holds; line numbers count from the block's first line, from 0."""

    n_lines: int
    n_filled: int
    n_before: int
    first_filled: int
    line: Ints
    start: Ints
    end: Ints
    line_end: Ints
    layout: Ints
    numbers: dict[str, Ints]
    odd: Ints


class Shapes:
    """Every shape met so far and its layout; shared by all blocks of a text."""

    def __init__(self) -> None:
        self.layouts: list[Layout] = []
        self._known: dict[bytes, int] = {}

    def index(self, shape: bytes) -> int:
        """The index of a shape's layout; NO_HEAD, or ODD for a line that looks like a head but cannot be parsed."""
        with _LOCK:
            if shape not in self._known:
                self._known[shape] = self._parse(shape)
            return self._known[shape]

    def _parse(self, shape: bytes) -> int:
        text = shape.rstrip(b"\0").decode("utf-8", "replace")
        layout = parse_shape(text)
        if layout is None:
            return ODD if LOOKS_LIKE_HEAD.match(text) else NO_HEAD
        self.layouts.append(layout)
        return len(self.layouts) - 1


def find_heads(text: Bytes) -> Heads:
    """
    Find the heads of all messages.

    Args:
        text: UTF-8 bytes, shape (n,).

    Returns:
        The heads, with their numbers read but not yet understood as dates.
    """
    shapes = Shapes()
    with ThreadPoolExecutor(max_workers=2) as pool:
        blocks = list(pool.map(lambda span: _scan(text, span[0], span[1], shapes), _spans(text)))
    return _join(text, blocks, shapes.layouts)


def _spans(text: Bytes) -> Iterator[tuple[int, int]]:
    """Cut the text into blocks of whole lines."""
    start = 0
    while start < len(text):
        stop = min(start + BLOCK, len(text))
        while stop < len(text) and text[stop - 1] != NEWLINE:
            breaks = np.flatnonzero(text[stop : stop + BLOCK] == NEWLINE)
            stop = stop + int(breaks[0]) + 1 if len(breaks) else min(stop + BLOCK, len(text))
        yield start, stop
        start = stop


def _scan(text: Bytes, start: int, stop: int, shapes: Shapes) -> _Block:
    block = text[start:stop]
    breaks = np.flatnonzero(block == NEWLINE)
    starts = np.concatenate(([0], breaks + 1))
    ends = np.concatenate((breaks, [len(block)]))
    if starts[-1] == len(block):
        starts, ends = starts[:-1], ends[:-1]
    ends = ends - ((ends > starts) & (block[ends - 1] == RETURN))
    padded = np.concatenate((block, np.zeros(WINDOW + 32, np.uint8)))
    lines, offsets = _candidates(padded, starts)
    windows = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[offsets]
    found = _layouts(windows, ends[lines] - offsets, shapes)
    head = found >= 0
    rows, layout = lines[head], found[head]
    numbers, lengths = _numbers(windows[head], layout, shapes.layouts)
    filled = np.flatnonzero(ends > starts)
    return _Block(
        n_lines=len(starts),
        n_filled=len(filled),
        n_before=int(np.searchsorted(filled, rows[0])) if len(rows) else len(filled),
        first_filled=int(filled[0]) if len(filled) else -1,
        line=rows,
        start=starts[rows] + start,
        end=np.minimum(offsets[head] + lengths, ends[rows]) + start,
        line_end=ends[rows] + start,
        layout=layout,
        numbers=numbers,
        odd=lines[found == ODD],
    )


def _candidates(padded: Bytes, starts: Ints) -> tuple[Ints, Ints]:
    """The lines that may be heads, and where each begins once marks that show nothing are passed over."""
    lines = np.flatnonzero(MAY_OPEN[padded[starts]])
    offsets = starts[lines]
    for _ in range(MOST_MARKS):
        mark = _is_mark(padded, offsets)
        if not mark.any():
            break
        offsets = offsets + 3 * mark
    opens = BEGINS[padded[offsets]]
    return lines[opens], offsets[opens]


def _is_mark(padded: Bytes, offsets: Ints) -> npt.NDArray[np.bool_]:
    first, second, third = padded[offsets], padded[offsets + 1], padded[offsets + 2]
    steering = (
        (first == 0xE2) & (second == 0x80) & ((third == 0x8E) | (third == 0x8F) | ((third >= 0xAA) & (third <= 0xAE)))
    )
    isolating = (first == 0xE2) & (second == 0x81) & (third >= 0xA6) & (third <= 0xA9)
    marks: npt.NDArray[np.bool_] = steering | isolating | ((first == 0xEF) & (second == 0xBB) & (third == 0xBF))
    return marks


def _layouts(windows: Bytes, lengths: Ints, shapes: Shapes) -> Ints:
    """The layout index of each window; NO_HEAD or ODD where it is none."""
    shape = AS_SHAPE[windows]
    _fold_wide_digits(windows, shape)
    cut = np.minimum(_head_lengths(windows), lengths + 1)
    found = np.full(len(windows), NO_HEAD, np.int64)
    ended = np.flatnonzero(cut > 0)
    shape = shape[ended] * (np.arange(WINDOW) < cut[ended, None])
    _, first, inverse = np.unique(hash_rows(shape), return_index=True, return_inverse=True)
    indices = np.array([shapes.index(shape[row].tobytes()) for row in first], dtype=np.int64)
    found[ended] = indices[inverse] if len(indices) else NO_HEAD
    return found


def _fold_wide_digits(windows: Bytes, shape: Bytes) -> None:
    """Write the zero of its script for each Arabic-Indic (U+0660) and Persian (U+06F0) digit, in place."""
    wide = np.flatnonzero((windows[:, :2] >= 0xD9).any(axis=1) & ((windows[:, 0] >= 0xD9) | (windows[:, 0] == OPEN)))
    if not len(wide):
        return
    part = shape[wide]
    lead, trail = part[:, :-1], part[:, 1:]
    for script, zero in ((0xD9, 0xA0), (0xDB, 0xB0)):
        trail[(lead == script) & (trail >= zero) & (trail <= zero + 9)] = zero
    shape[wide] = part


def _head_lengths(windows: Bytes) -> Ints:
    """How many bytes the head takes, its closing sign and the space after it included; 0 where nothing closes it."""
    space = windows == SPACE
    dash = space[:, :-2] & (windows[:, 1:-1] == DASH) & space[:, 2:]
    colon = (windows[:, :-2] == COLON) & space[:, 1:-1]
    long_dash = space[:, :-4] & (windows[:, 1:-3] == 0xE2) & (windows[:, 2:-2] == 0x80) & (windows[:, 3:-1] == 0x93)
    closers = ((dash, 3), (colon, 2), (long_dash & space[:, 4:], 5))
    length = np.full(len(windows), WINDOW + 1)
    for mask, size in closers:
        position = mask.argmax(axis=1)
        length = np.where(mask[np.arange(len(mask)), position], np.minimum(length, position + size), length)
    bracketed = windows[:, 0] == OPEN
    closing = windows[bracketed] == CLOSE
    position = closing.argmax(axis=1)
    length[bracketed] = np.where(closing[np.arange(len(closing)), position], position + 2, WINDOW + 1)
    return np.where(length > WINDOW, 0, length)


def hash_rows(shape: Bytes) -> npt.NDArray[np.uint64]:
    """One 64-bit number a row; equal rows have equal numbers."""
    words = np.ascontiguousarray(shape).view(np.uint64)
    mixed = (words ^ (words >> np.uint64(29))) * MULTIPLIERS[: words.shape[1]]
    total: npt.NDArray[np.uint64] = mixed.sum(axis=1, dtype=np.uint64)
    return total


def _numbers(windows: Bytes, layout: Ints, layouts: list[Layout]) -> tuple[dict[str, Ints], Ints]:
    """The numbers of each head, and how many bytes it takes."""
    numbers = {part: np.zeros(len(windows), np.int16) for part in PARTS}
    lengths = np.zeros(len(windows), np.int64)
    for index in np.unique(layout):
        rows = np.flatnonzero(layout == index)
        group = windows[rows]
        lengths[rows] = layouts[index].end
        for part, offsets in layouts[index].fields.items():
            value = np.zeros(len(rows), np.int16)
            for offset in offsets:
                value = value * 10 + (group[:, offset] & 0x0F)
            numbers[part][rows] = value
    return numbers, lengths


def _join(text: Bytes, blocks: list[_Block], layouts: list[Layout]) -> Heads:
    """Put the blocks together; line numbers now count from the text's first line, from 1."""
    firsts = np.cumsum([1, *(block.n_lines for block in blocks)])
    opening = next((index for index, block in enumerate(blocks) if len(block.line)), len(blocks) - 1)
    leading = [(block, int(first)) for block, first in zip(blocks[: opening + 1], firsts, strict=False)]
    empty = np.empty(0, np.int64)

    def together(name: str) -> Ints:
        return np.concatenate([getattr(block, name) for block in blocks]) if blocks else empty

    def lines(name: str) -> Ints:
        return np.concatenate(
            [getattr(block, name) + first for block, first in zip(blocks, firsts, strict=False)] or [empty]
        )

    return Heads(
        line=lines("line"),
        start=together("start"),
        end=together("end"),
        line_end=together("line_end"),
        layout=together("layout"),
        numbers={part: np.concatenate([block.numbers[part] for block in blocks] or [empty]) for part in PARTS},
        layouts=layouts,
        n_lines=sum(block.n_filled for block in blocks),
        n_before=sum(block.n_before for block, _ in leading),
        first_before=next((first + block.first_filled for block, first in leading if block.first_filled >= 0), 0),
        has_blanks=any(block.n_filled != block.n_lines for block in blocks),
        odd=[int(line) for line in lines("odd")],
        text=text,
    )


def _bytes_table(*spans: tuple[int, int]) -> npt.NDArray[np.bool_]:
    table = np.zeros(256, np.bool_)
    for first, last in spans:
        table[first : last + 1] = True
    return table


NO_HEAD, ODD = -1, -2
MOST_MARKS = 8
BEGINS = _bytes_table((0x30, 0x39), (OPEN, OPEN), (0xD9, 0xD9), (0xDB, 0xDB))
MAY_OPEN = BEGINS | _bytes_table((0xE2, 0xE2), (0xEF, 0xEF))
AS_SHAPE = np.arange(256, dtype=np.uint8)
AS_SHAPE[0x30:0x3A] = 0x30
MULTIPLIERS = np.random.default_rng(20260101).integers(1, 2**63, WINDOW // 8, dtype=np.uint64) * np.uint64(
    2
) + np.uint64(1)
_LOCK = Lock()

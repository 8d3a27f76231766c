"""
The words in an `attributedBody`: Apple's typedstream, of which only the first string is needed.

Facts used: the string follows the class name `NSString` and a few bytes that end in `+` (0x2B); its length is one
byte below 0x80, or 0x81 and two bytes, 0x82 and four, 0x83 and eight, little-endian. Decoders that know only the
first form cut long messages short.
"""

from __future__ import annotations

MARK = b"NSString"
PLUS = 0x2B
SIZES = {0x81: 2, 0x82: 4, 0x83: 8}
NEAR = 24
"""The `+` stands within so many bytes after the class name."""


def first_string(body: bytes) -> str | None:
    """
    The first string in a typedstream.

    Args:
        body: The bytes of `attributedBody`.

    Returns:
        The string; None where there is none or it is cut.
    """
    start = body.find(MARK)
    if start < 0:
        return None
    plus = body.find(PLUS, start + len(MARK), start + len(MARK) + NEAR)
    if plus < 0 or plus + 1 >= len(body):
        return None
    place, size = plus + 2, body[plus + 1]
    if size in SIZES:
        size = int.from_bytes(body[place : place + SIZES[size]], "little")
        place += SIZES[body[plus + 1]]
    elif size >= 0x80:
        return None
    text = body[place : place + size]
    return text.decode("utf-8", "replace") if len(text) == size else None

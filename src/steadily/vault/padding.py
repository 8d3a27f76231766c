"""Lengths that say little: content is filled up to one of few lengths (Nikitin et al. 2019, Padmé), at most an eighth more."""

from __future__ import annotations

LENGTH_BYTES = 8
SHORTEST = 256


def padded(content: bytes) -> bytes:
    """*content* with its length before it and zeros behind."""
    whole = LENGTH_BYTES + len(content)
    return len(content).to_bytes(LENGTH_BYTES) + content + bytes(_rounded(whole) - whole)


def unpadded(content: bytes) -> bytes:
    """
    What was padded.

    Raises:
        ValueError: This was not.
    """
    length = int.from_bytes(content[:LENGTH_BYTES])
    if LENGTH_BYTES + length > len(content):
        raise ValueError("not padded")
    return content[LENGTH_BYTES : LENGTH_BYTES + length]


def _rounded(length: int) -> int:
    if length <= SHORTEST:
        return SHORTEST
    exponent = length.bit_length() - 1
    last = exponent - exponent.bit_length()
    mask = (1 << last) - 1
    return (length + mask) & ~mask

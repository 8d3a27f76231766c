"""Text files as lines: byte order marks honored, bad bytes counted, one line at a time."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from steadily.readers.source import Source
from steadily.readers.transcript import TranscriptBuilder

MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
BIDI = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"))
"""For `str.translate`: marks that steer the direction of writing and show nothing themselves."""
CHUNK = 1 << 20


def encoding_of(head: bytes) -> tuple[str, int]:
    """The encoding that a byte order mark tells (UTF-8 without one), and the length of the mark."""
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return encoding, len(mark)
    return "utf-8", 0


def head_lines(source: Source) -> list[str]:
    """The lines of a source's first 64 KiB, the last of which may be cut; for sniffing."""
    encoding, skip = encoding_of(source.head)
    return source.head[skip:].decode(encoding, "replace").splitlines()


class TextLines:
    r"""
    The lines of a text file, without their line ends (`\n`, `\r\n` or `\r`; no other character ends a line).

    Attributes:
        n_bad: Characters that could not be decoded, each now U+FFFD; known at the end.
        n_lines: Non-blank lines seen so far.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self.n_bad = 0
        self.n_lines = 0

    def __iter__(self) -> Iterator[str]:
        rest = ""
        for text in self._decoded():
            *whole, rest = (rest + text).split("\n")
            for line in whole:
                self.n_lines += bool(line.strip())
                yield line
        if rest:
            self.n_lines += bool(rest.strip())
            yield rest

    def _decoded(self) -> Iterator[str]:
        encoding, skip = encoding_of(self._source.head)
        decoder = codecs.getincrementaldecoder(encoding)("replace")
        held = ""
        with self._source.open() as stream:
            stream.read(skip)
            while chunk := stream.read(CHUNK):
                text = held + decoder.decode(chunk)
                held = "\r" if text.endswith("\r") else ""
                yield self._with_plain_ends(text[: len(text) - len(held)])
            yield self._with_plain_ends(held + decoder.decode(b"", final=True))

    def _with_plain_ends(self, text: str) -> str:
        self.n_bad += text.count("\ufffd")
        return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text

    def report(self, builder: TranscriptBuilder) -> None:
        """Add an issue to *builder* if bytes could not be decoded."""
        if self.n_bad:
            builder.issue(
                0,
                f"{self.n_bad} characters in this file are damaged or in another encoding.",
                "They show as \ufffd; the rest was read. Save the file as UTF-8 if there are many.",
                counts=False,
            )

"""
Where bytes come from: a file, a member of a zip, a file in a folder.

A reader sees `Source` objects only and never asks which of the three one is. Archives are read in place; nothing is
unpacked, save for formats that need a real file (a database), which get a private temporary copy.
"""

from __future__ import annotations

import io
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING

from steadily.errors import UnreadableFile, UnsafeArchive

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

HEAD_BYTES = 64 * 1024
"""How much of a source a reader sees when it decides whether the source is its own."""

MAX_MEMBER_BYTES = 4 * 1024**3
"""The largest member of an archive that is read."""


DAMAGE = (OSError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError)
"""What a damaged archive or a failing disk raises."""


@dataclass(frozen=True)
class Source:
    """
    One stream of bytes with a place in the input.

    Attributes:
        path: Its place inside the input, with `/`: `messages/inbox/thread/message_1.json`. May hold names: never print it.
        label: What errors and issues call it; holds no name: `file 2 (.zip), member 14 (.json)`.
        size: Bytes.
        opener: Opens the stream anew.
        on_disk: The real file, where there is one.
        family: All sources of the same input (the same folder or archive), itself included.
        container: The name of the file or folder that the person pointed at. May hold a name: never print it.
        given: Whether the person named this very file (or the archive holding just it), as against its being found
            by searching a folder.
    """

    path: str
    label: str
    size: int
    opener: Callable[[], IO[bytes]] = field(repr=False)
    on_disk: Path | None = field(default=None, repr=False)
    family: Sequence[Source] = field(default=(), repr=False, compare=False)
    container: str = ""
    given: bool = True
    _head: list[bytes] = field(default_factory=list, repr=False, compare=False)

    @property
    def name(self) -> str:
        """The last part of the path."""
        return PurePosixPath(self.path).name

    @property
    def suffix(self) -> str:
        """The ending of the name in lower case, with its dot; empty when there is none."""
        return PurePosixPath(self.path).suffix.lower()

    @property
    def folder(self) -> str:
        """The path of the folder it lies in; empty at the top."""
        parent = str(PurePosixPath(self.path).parent)
        return "" if parent == "." else parent

    @property
    def head(self) -> bytes:
        """The first 64 KiB, read once."""
        if not self._head:
            with self.open() as stream:
                self._head.append(stream.read(HEAD_BYTES))
        return self._head[0]

    def open(self) -> IO[bytes]:
        """
        Open the stream.

        Raises:
            UnreadableFile: It is gone, may not be read, or its archive is damaged (now, or while it is read).
        """
        try:
            stream = self.opener()
        except DAMAGE as error:
            raise UnreadableFile(
                f"{self.label} could not be opened ({type(error).__name__}). "
                "Check that the file is complete and that you may read it, then try again."
            ) from error
        return stream if self.on_disk else io.BufferedReader(_Guarded(stream, self), HEAD_BYTES)

    def read(self) -> bytes:
        """
        All bytes.

        Raises:
            UnreadableFile: The stream breaks off or is damaged.
            UnsafeArchive: A member of an archive unpacks to more than it says.
        """
        with self.open() as stream:
            return stream.read()

    def sibling(self, name: str) -> Source | None:
        """The source called *name* in the same folder, or None."""
        wanted = f"{self.folder}/{name}" if self.folder else name
        return next((source for source in self.family if source.path == wanted), None)

    @contextmanager
    def as_file(self) -> Iterator[Path]:
        """A real file with these bytes, for libraries that need one; a temporary copy that is removed at the end."""
        with tempfile.TemporaryDirectory(prefix="steadily-") as folder:
            copy = Path(folder) / "copy"
            with self.open() as stream, copy.open("wb") as target:
                shutil.copyfileobj(stream, target)
            for ending in ("-wal", "-shm"):
                beside = self.sibling(self.name + ending)
                if beside is not None:
                    with beside.open() as stream, copy.with_name(copy.name + ending).open("wb") as target:
                        shutil.copyfileobj(stream, target)
            yield copy


class _Guarded(io.RawIOBase):
    """A member of an archive whose damage becomes a `SteadilyError` and that stops at the size it declares."""

    def __init__(self, stream: IO[bytes], source: Source) -> None:
        super().__init__()
        self._stream = stream
        self._source = source

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._stream.seekable()

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer)
        try:
            data = self._stream.read(len(view))
        except DAMAGE as error:
            raise UnreadableFile(
                f"{self._source.label} is damaged and could not be read to its end. Export the chat again."
            ) from error
        if self._stream.tell() > self._source.size:
            raise UnsafeArchive(f"{self._source.label} unpacks to more than it says. Export the chat again.")
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


def from_bytes(data: bytes, path: str = "pasted.txt", label: str = "the text") -> Source:
    """A source over bytes in memory: pasted text, and tests."""
    return Source(path=path, label=label, size=len(data), opener=lambda: io.BytesIO(data))

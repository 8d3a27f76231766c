"""
Uploaded files, in a folder that only this program's user can read, for as long as reading takes.

Exports can be larger than memory and readers need files, so they cannot stay in memory. They are overwritten and removed as
soon as the chat has been read or the visit gives up; whatever a crash left behind is removed at the next start.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

CHUNK = 1024**2


class PrivateFile(UploadedFile):  # type: ignore[type-arg]  # it takes none when it runs
    """An uploaded file and where it lies."""

    def __init__(self, path: Path, name: str, size: int) -> None:
        super().__init__(None, name, None, size)
        self.path = path


class PrivateUpload(FileUploadHandler):
    """Writes what is uploaded into a private folder; the file's own name is kept only for its ending."""

    chunk_size = CHUNK

    def new_file(self, *args: Any, **named: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **named)
        self.path = private_folder() / Path(self.file_name or "file").name
        self.file = self.path.open("wb")
        self.size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take a piece."""
        self.size = start + len(raw_data)
        if self.size > settings.LARGEST_UPLOAD:
            self.file.close()
            wipe(self.path.parent)
            raise StopUpload(connection_reset=True)
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> PrivateFile:
        """The whole file."""
        self.file.close()
        return PrivateFile(self.path, self.file_name or "", file_size)

    def upload_interrupted(self) -> None:
        """The visit gave up."""
        if hasattr(self, "file"):
            self.file.close()
            wipe(self.path.parent)


def reading_folder() -> Path:
    """Where files lie while they are read."""
    folder: Path = settings.DATA / "reading"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def private_folder() -> Path:
    """A new folder for one file."""
    return Path(tempfile.mkdtemp(dir=reading_folder()))


def wipe(folder: Path) -> None:
    """Overwrite and remove what lies in a folder, and the folder."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("r+b") as file:
                left = path.stat().st_size
                while left > 0:
                    left -= file.write(bytes(min(CHUNK, left)))
    shutil.rmtree(folder, ignore_errors=True)


def wipe_all() -> None:
    """Remove what a crash may have left."""
    for folder in reading_folder().iterdir():
        wipe(folder)

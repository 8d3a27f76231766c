"""Files that a person asks for: written whole or not at all, and readable by their owner only."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from steadily.errors import UnreadableFile


def write_whole(path: Path, content: bytes, what: str) -> None:
    """
    Write a file whole or not at all; only its owner may read it.

    Args:
        path: Where to; a file that stands there is replaced.
        content: What to write.
        what: What it is called where it cannot be written: `The page`.

    Raises:
        UnreadableFile: It cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent or Path(), prefix=".steadily-", suffix=path.suffix)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise UnreadableFile(
            f"{what} could not be written ({error.strerror or type(error).__name__}). "
            "Check that the folder exists and has room, or choose another place."
        ) from error

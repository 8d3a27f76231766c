"""From what a person points at (files, folders, zips) to sources."""

from __future__ import annotations

import os
import stat
import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath

from steadily.errors import EncryptedArchive, UnreadableFile, UnsafeArchive
from steadily.readers.source import MAX_MEMBER_BYTES, Source, from_bytes

MEDIA_SUFFIXES = frozenset(
    ".3gp .aac .aae .amr .apk .avi .bmp .caf .css .doc .docx .exe .flac .gif .heic .heif .ico .jpeg .jpg .js .m4a .mkv .mov "
    ".mp3 .mp4 .oga .ogg .ogv .opus .otf .pdf .png .ppt .pptx .psd .svg .tgs .tif .tiff .ttf .vcf .wav .webm .webp .woff "
    ".woff2 .xls .xlsx".split()
)
"""Files beside a chat that never hold one; they are not even opened."""

MAX_RATIO = 250
"""How many times its packed size a large member may unpack to. Chat text packs about 3 to 12 times."""

RATIO_FROM_BYTES = 64 * 1024**2
MAX_ARCHIVE_BYTES = 16 * 1024**3
MAX_MEMBERS = 500_000
ENCRYPTED = 0x1
PASTED = "-"


def gather(paths: Sequence[str | Path]) -> list[Source]:
    """
    Every source behind *paths*, media left aside, in a stable order.

    Args:
        paths: Files, folders or zip archives; `-` is text on standard input.
            Folders are searched through, and zips in them; a zip inside a zip is not.

    Returns:
        One source per file, their `family` set to all sources of the same path.

    Raises:
        UnreadableFile: A path does not exist, may not be read, or is a damaged archive.
        EncryptedArchive: A zip asks for a password.
        UnsafeArchive: A zip escapes its folder or unpacks to far more than it holds.
    """
    gathered: list[Source] = []
    for number, path in enumerate(paths, start=1):
        if str(path) == PASTED:
            gathered.append(from_bytes(sys.stdin.buffer.read()))
            continue
        gathered.extend(_with_family(Path(path), list(_gather_one(Path(path), f"file {number}"))))
    return gathered


def _with_family(path: Path, sources: list[Source]) -> list[Source]:
    family: list[Source] = []
    family.extend(replace(source, family=family, container=path.name) for source in sources)
    return family


def _gather_one(path: Path, label: str) -> Iterator[Source]:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise UnreadableFile(
            f"{label} does not exist or may not be read. Check the path, and that this program may open it."
        ) from error
    if stat.S_ISDIR(mode):
        yield from _in_folder(path, label.replace("file", "folder"))
    elif not stat.S_ISREG(mode):
        raise UnreadableFile(f"{label} is neither a file nor a folder. Give the exported file itself.")
    else:
        yield from _in_file(path, path.name, f"{label} ({path.suffix.lower() or 'no ending'})", given=True)


def _in_folder(folder: Path, label: str) -> Iterator[Source]:
    number = 0
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "__MACOSX")
        for name in sorted(names):
            path = Path(base) / name
            if name.startswith(".") or path.suffix.lower() in MEDIA_SUFFIXES or not path.is_file():
                continue
            number += 1
            inside = path.relative_to(folder).as_posix()
            yield from _in_file(
                path, inside, f"{label}, part {number} ({path.suffix.lower() or 'no ending'})", given=False
            )


def _in_file(path: Path, inside: str, label: str, *, given: bool) -> Iterator[Source]:
    try:
        with path.open("rb") as stream:
            magic = stream.read(4)
        size = path.stat().st_size
    except OSError as error:
        raise UnreadableFile(
            f"{label} may not be read. Check that this program may open it, then try again."
        ) from error
    if magic[:2] == b"PK" and magic[2:4] in (b"\x03\x04", b"\x05\x06"):
        yield from _in_zip(path, inside, label, given=given)
    else:
        yield Source(path=inside, label=label, size=size, opener=lambda: path.open("rb"), on_disk=path, given=given)


def _in_zip(path: Path, inside: str, label: str, *, given: bool) -> Iterator[Source]:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFile(
            f"{label} is a damaged or unfinished zip archive. Export the chat again, or unpack it and give the folder."
        ) from error
    members = [member for member in archive.infolist() if not member.is_dir()]
    check_archive(members, label)
    wanted = [member for member in members if _is_wanted(member)]
    for number, member in enumerate(wanted, start=1):
        name = member.filename.replace("\\", "/")
        yield Source(
            path=name if given else f"{inside}/{name}",
            label=f"{label}, member {number} ({PurePosixPath(name).suffix.lower() or 'no ending'})",
            size=member.file_size,
            opener=partial(archive.open, member),
            given=given,
        )


def _is_wanted(member: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    hidden = path.name.startswith(".") or "__MACOSX" in path.parts
    return not hidden and path.suffix.lower() not in MEDIA_SUFFIXES and path.suffix.lower() != ".zip"


def check_archive(members: Sequence[zipfile.ZipInfo], label: str) -> None:
    """
    Refuse an archive that is locked, escapes its folder, or is a bomb, before a byte of it is unpacked.

    Args:
        members: The archive's members.
        label: What to call it.

    Raises:
        EncryptedArchive: A member is encrypted.
        UnsafeArchive: A member's path escapes, or the sizes are out of all proportion.
    """
    if any(member.flag_bits & ENCRYPTED for member in members):
        raise EncryptedArchive(
            f"{label} is locked with a password. Unlock it with the app that made it, then give the result."
        )
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or (path.parts and ":" in path.parts[0]):
            raise UnsafeArchive(f"{label} holds a file that would land outside its folder. It was not opened.")
        unpacked, packed = member.file_size, max(member.compress_size, 1)
        if unpacked > MAX_MEMBER_BYTES or (unpacked > RATIO_FROM_BYTES and unpacked / packed > MAX_RATIO):
            raise UnsafeArchive(f"{label} would unpack to far more than a chat can be. It was not opened.")
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_ARCHIVE_BYTES:
        raise UnsafeArchive(
            f"{label} is larger than this program opens at once. Unpack it and give the chat's own file."
        )

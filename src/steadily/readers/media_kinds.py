"""What kind of media a file's ending or its MIME type tells."""

from __future__ import annotations

from pathlib import PurePosixPath

ENDINGS = {
    "image": "jpg jpeg png webp heic heif bmp tif tiff",
    "video": "mp4 mov 3gp mkv avi webm m4v",
    "audio": "opus ogg oga mp3 m4a aac amr wav flac caf",
    "sticker": "was tgs",
    "gif": "gif",
    "contact": "vcf",
}
KIND_OF_ENDING = {ending: kind for kind, endings in ENDINGS.items() for ending in endings.split()}
PLAIN = ("image", "video", "audio")


def of_name(name: str) -> str:
    """The kind of media a file name tells; `document` for any other."""
    return KIND_OF_ENDING.get(PurePosixPath(name.strip().lower()).suffix.lstrip("."), "document")


def of_mime(mime: str) -> str:
    """The kind of media a MIME type tells; `document` for any other."""
    first = mime.split("/", maxsplit=1)[0].lower()
    if mime.lower() == "image/gif":
        return "gif"
    if "vcard" in mime.lower():
        return "contact"
    return first if first in PLAIN else "document"

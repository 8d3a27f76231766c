"""
SMS Backup & Restore (Android): `sms-….xml` and `calls-….xml`.

Facts used: `sms` has `date` in ms and `type` 1 received, 2 sent, 3 draft, 4 outbox, 5 failed, 6 queued; `mms` has
`msg_box` 1 received, 2 sent, its words in parts of `ct="text/plain"`, its people in `addr` 137 (from) and 151 (to),
oneself as `insert-address-token`; people of a group are joined by `~`; calls have `type` 1 in, 2 out, 3 missed, 5
rejected. Emoji stand as pairs of surrogate references (`&#55357;&#56832;`) and NUL as `&#0;`, neither of which XML
allows: the bytes are mended as they stream by.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import IO

from lxml import etree

from steadily.readers.epochs import from_epoch
from steadily.readers.json_stream import BROKEN, BROKEN_REMEDY, as_seconds
from steadily.readers.media_kinds import of_mime
from steadily.readers.reader import Reader, ReadOptions
from steadily.readers.source import Source
from steadily.readers.tapbacks import spelled_tapback
from steadily.readers.transcript import Transcript, TranscriptBuilder

ROOT = re.compile(rb"<(?:smses|calls)[\s>]")
REFERENCE = re.compile(rb"&#(?:x([0-9a-fA-F]{1,8})|([0-9]{1,8}));")
PAIR = re.compile(rb"(?:&#(?:x[0-9a-fA-F]{1,8}|[0-9]{1,8});){1,400}")
FORBIDDEN = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
LONGEST_REFERENCE = 16
CHUNK = 1 << 20
SENT, RECEIVED = "2", "1"
UNSENT = {
    "3": "drafts",
    "4": "messages still in the outbox",
    "5": "messages that failed to send",
    "6": "queued messages",
}
FROM = "137"
MYSELF = "insert-address-token"
EMPTY = frozenset({"", "null", "(Unknown)"})


def sniff(source: Source) -> bool:
    """Whether it is a backup of messages or calls."""
    return bool(ROOT.search(source.head[:4096])) and b"<" in source.head[:64]


def read(sources: Sequence[Source], options: ReadOptions) -> Iterator[Transcript]:
    """One transcript for each person or group of each file; backups overlap, so files are merged later."""
    for source in sources:
        options.progress("Reading", 0, source.size)
        builders: dict[str, TranscriptBuilder] = {}
        for builder in _read_one(source, builders):
            builder.issue(0, BROKEN, BROKEN_REMEDY, counts=False)
        for builder in builders.values():
            yield builder.build()


def _read_one(source: Source, builders: dict[str, TranscriptBuilder]) -> list[TranscriptBuilder]:
    """Read one file into the builders; those it touched, if it broke off."""
    touched: dict[int, TranscriptBuilder] = {}
    with source.open() as stream:
        mended = io.BufferedReader(_Mended(stream), CHUNK)
        try:
            context = etree.iterparse(
                mended,
                tag=("sms", "mms", "call"),
                events=("end",),
                recover=False,
                huge_tree=True,
                resolve_entities=False,
            )
            for line, (_, element) in enumerate(context, start=1):
                builder = _builder(source, element, builders)
                touched[id(builder)] = builder
                _record(builder, line, element)
                element.clear(keep_tail=False)
                parent = element.getparent()
                while parent is not None and len(parent) > 1:
                    del parent[0]
        except (etree.XMLSyntaxError, UnicodeDecodeError):
            if not touched:
                touched[0] = _empty(source, builders)
            return list(touched.values())
    return []


def _empty(source: Source, builders: dict[str, TranscriptBuilder]) -> TranscriptBuilder:
    builder = TranscriptBuilder("SMS", chat="", clock="utc", label=source.label, given=source.given)
    return builders.setdefault("", builder)


class _Mended(io.RawIOBase):
    """A stream in which references that XML does not allow are replaced by the characters they stand for."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__()
        self._stream = stream
        self._ready = b""
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        while not self._ready:
            chunk = self._stream.read(CHUNK)
            whole, self._rest = _split(self._rest + chunk) if chunk else (self._rest, b"")
            self._ready = FORBIDDEN.sub(b"", PAIR.sub(_mend, whole))
            if not chunk:
                break
        part = self._ready[: len(buffer)]
        self._ready = self._ready[len(part) :]
        buffer[: len(part)] = part
        return len(part)


def _split(data: bytes) -> tuple[bytes, bytes]:
    """Cut before a run of references that the next chunk may continue."""
    start = len(data)
    while True:
        place = data.rfind(b"&", max(0, start - LONGEST_REFERENCE), start)
        if place < 0:
            return data[:start], data[start:]
        start = place


def _mend(run: re.Match[bytes]) -> bytes:
    numbers = [
        int(hexadecimal, 16) if hexadecimal else int(decimal) for hexadecimal, decimal in REFERENCE.findall(run[0])
    ]
    if not any(number < 32 or 0xD800 <= number <= 0xDFFF or number > 0x10FFFF for number in numbers):
        return run[0]
    kept = [number for number in numbers if (number >= 32 or number in (9, 10, 13)) and number <= 0x10FFFF]
    units = b"".join(chr(number).encode("utf-16-le", "surrogatepass") for number in kept)
    return _escaped(units.decode("utf-16-le", "replace"))


def _escaped(text: str) -> bytes:
    return "".join(f"&#{ord(letter)};" for letter in text).encode("ascii")


def _attribute(element: etree._Element, name: str) -> str:
    value = element.get(name)
    text = value if isinstance(value, str) else ""
    return "" if text in EMPTY else text


def _builder(source: Source, element: etree._Element, builders: dict[str, TranscriptBuilder]) -> TranscriptBuilder:
    address = _attribute(element, "address") or _attribute(element, "number")
    chat = "~".join(sorted(map(plain_number, address.split("~")))) or "unknown"
    if chat not in builders:
        builder = TranscriptBuilder("SMS", chat=chat, clock="utc", label=source.label, given=source.given)
        builder.me = MYSELF
        builder.names[MYSELF] = "Me"
        builder.is_group = "~" in chat
        builders[chat] = builder
    builder = builders[chat]
    name = _attribute(element, "contact_name")
    builder.title = builder.title or name or chat
    if not builder.is_group and name:
        builder.names[chat] = name
    builder.names.setdefault(chat, chat)
    return builder


def plain_number(address: str) -> str:
    """A phone number without spaces, dashes and brackets; other addresses in lower case."""
    digits = re.sub(r"[\s()\-./]", "", address)
    return digits if re.fullmatch(r"\+?\d+", digits) else address.strip().lower()


def _record(builder: TranscriptBuilder, line: int, element: etree._Element) -> None:
    at = from_epoch(_attribute(element, "date"), "ms")
    if at is None:
        builder.issue(line, "The time of this message is missing or cannot be.", "The message was left out.")
    elif element.tag == "call":
        _call(builder, line, at, element)
    elif element.tag == "mms":
        _mms(builder, line, at, element)
    else:
        _sms(builder, line, at, element)


def _sms(builder: TranscriptBuilder, line: int, at: datetime, element: etree._Element) -> None:
    kind = _attribute(element, "type")
    if kind in UNSENT:
        builder.issue(line, f"The backup holds {UNSENT[kind]}.", "They were left out.", weight="decided")
        return
    sender = MYSELF if kind == SENT else builder.chat
    text = _body(element.get("body"))
    emoji = spelled_tapback(text)
    builder.row(line, at, sender, "reaction" if emoji else "text", emoji or text)


def _body(body: object) -> str | None:
    return body if isinstance(body, str) and body and body != "null" else None


def _mms(builder: TranscriptBuilder, line: int, at: datetime, element: etree._Element) -> None:
    sender = _mms_sender(builder, element)
    words: list[str] = []
    media: list[str] = []
    for part in element.iter("part"):
        kind = _attribute(part, "ct")
        if kind == "text/plain":
            words += [text for text in [_body(part.get("text"))] if text]
        elif kind != "application/smil":
            media.append(of_mime(kind))
    builder.message(line, at, sender, "\n".join(words) or None, media)


def _mms_sender(builder: TranscriptBuilder, element: etree._Element) -> str:
    if _attribute(element, "msg_box") == SENT:
        return MYSELF
    for addr in element.iter("addr"):
        if addr.get("type") == FROM:
            address = _attribute(addr, "address")
            if address == MYSELF:
                return MYSELF
            if builder.is_group and address:
                number = plain_number(address)
                builder.names.setdefault(number, number)
                return number
    return builder.chat


def _call(builder: TranscriptBuilder, line: int, at: datetime, element: etree._Element) -> None:
    kind = _attribute(element, "type")
    sender = MYSELF if kind == SENT else builder.chat
    answered = kind in (RECEIVED, SENT)
    builder.row(line, at, sender, "call", call_s=as_seconds(_attribute(element, "duration")) if answered else 0.0)


READER = Reader(
    name="sms_backup",
    app="SMS",
    form="sms-….xml, calls-….xml (SMS Backup & Restore)",
    page="sms",
    sniff=sniff,
    read=read,
)

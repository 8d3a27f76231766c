"""
Telegram Desktop's export as HTML: `messages.html`, `messages2.html`, …

Facts used: `div.message.default` with `.from_name`; `.joined` inherits the sender before it; `.date[title]` is
`DD.MM.YYYY HH:MM:SS UTC+03:00`, in older exports without a zone; `.text`; media in `.media_wrap`; a reply is
`.reply_to a[href="#go_to_messageN"]`; `div.message.service` is the app's own, date headers among them, and carries no
time, so it makes no row. A forwarded message stands inside in `.forwarded.body`, with a name and a date of its own. A
name may end in ` via @bot`. Reactions name who gave them in the title of `.initials`, not when. People have no ids here.
Unverified: titles of reactions that end in a date.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from lxml import etree
from lxml import html as markup

from steadily.readers.reader import Reader, ReadOptions
from steadily.readers.source import Source
from steadily.readers.transcript import EARLIEST, LATEST, Transcript, TranscriptBuilder

SIGN = re.compile(rb'class="message (?:default|service)')
TITLE_DATE = re.compile(r"^(\d{1,2})\.(\d{1,2})\.(\d{4}) (\d{1,2}):(\d{2}):(\d{2})(?: UTC([+-])(\d{2}):?(\d{2}))?$")
PART = re.compile(r"messages(\d*)\.html$")
REPLY = re.compile(r"#go_to_message(\d+)")
GIVEN_AT = re.compile(r", \d{1,2}\.\d{1,2}\.\d{4}\b.*$", re.DOTALL)
VIA = re.compile(r" via @\w+$")
CUT = "The page breaks off or is damaged; what stands before it was read."
BAD = "{} characters in this page are damaged or in another encoding."
BAD_REMEDY = "They show as \ufffd; the rest was read. Export the chat again if there are many."
NO_TIME, LEFT_OUT = "The time of this message is missing or cannot be.", "The message was left out."
NO_SENDER = "Who sent this message is missing."
NO_SENDER_REMEDY = "It was left out; give all pages of the chat, from messages.html on."
DURATION = re.compile(r"\((?:(\d+):)?(\d+)(?::(\d+)| seconds?)?\)")
MEDIA = {
    "photo": "image",
    "photo_wrap": "image",
    "animated_wrap": "gif",
    "media_video": "video",
    "video_file_wrap": "video",
    "media_voice_message": "audio",
    "media_audio_file": "audio",
    "sticker_wrap": "sticker",
    "media_contact": "contact",
    "media_location": "location",
    "media_live_location": "location",
    "media_venue": "location",
    "media_poll": "poll",
    "media_file": "document",
    "media_photo": "image",
}
CALL = "media_call"
NONE = timedelta()


def sniff(source: Source) -> bool:
    """Whether it is a page of messages that Telegram Desktop wrote."""
    head = source.head
    return bool(SIGN.search(head)) and (b'class="history"' in head or b"go_to_message" in head or b"from_name" in head)


def read(sources: Sequence[Source], options: ReadOptions) -> Iterator[Transcript]:
    """One transcript for each folder of pages."""
    folders: dict[tuple[int, str], list[Source]] = {}
    for source in sources:
        folders.setdefault((id(source.family), source.folder), []).append(source)
    for number, pages in enumerate(folders.values()):
        options.progress("Reading", number, len(folders))
        yield _Chat(sorted(pages, key=_page_number)).read()


def _page_number(source: Source) -> int:
    match = PART.search(source.name)
    return int(match[1][:9] or 1) if match else 0


@dataclass(frozen=True)
class _Moment:
    """A time as a page shows it, and how far its clock stood ahead of UTC, where the page tells."""

    shown: datetime
    ahead: timedelta | None


class _Chat:
    """All pages of one chat."""

    def __init__(self, pages: Sequence[Source]) -> None:
        self.pages = pages
        first = pages[0]
        self.builder = TranscriptBuilder(
            "Telegram", chat=first.folder or first.path, clock="utc", label=first.label, given=first.given
        )
        self.sender: str | None = None
        self.n_seen = 0
        self.found: list[tuple[_Moment, dict[str, Any]]] = []

    def read(self) -> Transcript:
        """All rows of all pages, oldest first."""
        for page in self.pages:
            self._page(page)
        is_local = any(moment.ahead is None for moment, _ in self.found)
        self.builder.clock = "local" if is_local else "utc"
        rows = [(moment.shown - (moment.ahead or NONE) * (not is_local), row) for moment, row in self.found]
        for at, row in sorted(rows, key=lambda one: one[0]):
            self.builder.row(at=at, **row)
        self.builder.is_group = len(self.builder.names) > 2
        return self.builder.build(n_units=self.n_seen)

    def _page(self, page: Source) -> None:
        text = page.read().removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace").replace("\0", "")
        n_bad = text.count("\ufffd")
        document = _parse(text)
        if document is not None:
            header = document.find_class("page_header")
            title = header[0].text_content() if header else ""
            self.builder.title = self.builder.title or " ".join(title.split())
            for element in document.find_class("message"):
                self.n_seen += 1
                self._message(element)
        if n_bad:
            self.builder.issue(0, BAD.format(n_bad), BAD_REMEDY, counts=False)
        if document is None or not text.rstrip().endswith("</html>"):
            self.builder.issue(self.n_seen + 1, CUT, "Export the chat again if messages are missing.", counts=False)

    def _message(self, element: markup.HtmlElement) -> None:
        if "service" in element.classes:
            self.sender = None
            self.builder.structure()
            return
        name = _own(element, "from_name")
        if name is not None:
            self.sender = VIA.sub("", " ".join((name.text or "").split())) or None
        elif "joined" not in element.classes:
            self.sender = None
        moment = _moment(element)
        if moment is None:
            self.builder.issue(self.n_seen, NO_TIME, LEFT_OUT)
        elif self.sender is None:
            self.builder.issue(self.n_seen, NO_SENDER, NO_SENDER_REMEDY)
        else:
            self._said(element, moment, self.sender)

    def _said(self, element: markup.HtmlElement, moment: _Moment, sender: str) -> None:
        self.builder.names.setdefault(sender, sender)
        key = (element.get("id") or "").removeprefix("message") or None
        row: dict[str, Any] = {"line": self.n_seen, "sender": sender, "key": key}
        text, media = _text(element), _media(element)
        if media == CALL:
            self.found.append((moment, row | {"kind": "call", "call_s": _call_seconds(element)}))
            return
        media = media or (None if text else "other")
        kind = "media" if media else "text"
        self.found.append((moment, row | {"kind": kind, "text": text, "media": media, "reply_key": _reply(element)}))
        for who, emoji in _reactions(element):
            self.builder.names.setdefault(who, who)
            reaction = {"kind": "reaction", "text": emoji, "reply_key": key, "counts": False}
            self.found.append((moment, {"line": self.n_seen, "sender": who} | reaction))


def _moment(element: markup.HtmlElement) -> _Moment | None:
    """When a message was sent; never the date of what it forwards."""
    date = _own(element, "date")
    match = TITLE_DATE.match((date.get("title") or "").strip()) if date is not None else None
    if match is None:
        return None
    day, month, year, hour, minute, second = (int(match[place]) for place in range(1, 7))
    try:
        shown = datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None
    if not EARLIEST <= shown < LATEST:
        return None
    ahead = timedelta(hours=int(match[8]), minutes=int(match[9])) if match[7] else None
    return _Moment(shown, -ahead if ahead and match[7] == "-" else ahead)


def _reactions(element: markup.HtmlElement) -> Iterator[tuple[str, str]]:
    """Who reacted with which emoji."""
    for reaction in element.find_class("reaction"):
        emoji = "".join(one.text_content() for one in reaction.find_class("emoji")).strip()
        for initials in reaction.find_class("initials"):
            who = GIVEN_AT.sub("", " ".join((initials.get("title") or "").split()))
            if emoji and who:
                yield who, emoji


def _parse(text: str) -> markup.HtmlElement | None:
    data = text.encode("utf-8", "replace")
    try:
        return markup.document_fromstring(data, parser=markup.HTMLParser(encoding="utf-8", huge_tree=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _own(element: markup.HtmlElement, name: str) -> markup.HtmlElement | None:
    """The first descendant of a class that is not part of a forwarded message."""
    for found in element.find_class(name):
        if not any("forwarded" in (one.get("class") or "") for one in found.iterancestors() if one is not element):
            return found
    return None


def _text(element: markup.HtmlElement) -> str | None:
    found = element.find_class("text")
    if not found:
        return None
    pieces = found[0].xpath(".//text() | .//br")
    return "".join(piece if isinstance(piece, str) else "\n" for piece in pieces).strip() or None


def _reply(element: markup.HtmlElement) -> str | None:
    links = (link.get("href") or "" for found in element.find_class("reply_to") for link in found.iter("a"))
    return next((match[1] for match in map(REPLY.search, links) if match), None)


def _media(element: markup.HtmlElement) -> str | None:
    for wrap in element.find_class("media_wrap"):
        classes = {name for one in wrap.iter() if isinstance(one.tag, str) for name in (one.get("class") or "").split()}
        if CALL in classes:
            return CALL
        return next((media for name, media in MEDIA.items() if name in classes), "other")
    return None


def _call_seconds(element: markup.HtmlElement) -> float:
    match = DURATION.search(" ".join(one.text_content() for one in element.find_class("status")))
    if match is None:
        return 0.0
    parts = [int(part[:6]) for part in match.groups() if part is not None]
    return float(sum(part * 60**place for place, part in enumerate(reversed(parts))))


READER = Reader(
    name="telegram_html",
    app="Telegram",
    form="messages.html (Telegram Desktop, HTML)",
    page="telegram",
    sniff=sniff,
    read=read,
)

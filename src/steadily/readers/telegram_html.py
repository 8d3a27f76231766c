"""
Telegram Desktop's export as HTML: `messages.html`, `messages2.html`, …

Facts used: `div.message.default` with `.from_name`; `.joined` inherits the sender before it; `.date[title]` is
`DD.MM.YYYY HH:MM:SS UTC+03:00`, in older exports without a zone; `.text`; media in `.media_wrap`; a reply is
`.reply_to a[href="#go_to_messageN"]`; `div.message.service` is the app's own, date headers among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Literal

from lxml import etree
from lxml import html as markup

from steadily.readers.reader import Reader, ReadOptions
from steadily.readers.source import Source
from steadily.readers.transcript import Transcript, TranscriptBuilder

SIGN = re.compile(rb'class="message (?:default|service)')
TITLE_DATE = re.compile(r"^(\d{1,2})\.(\d{1,2})\.(\d{4}) (\d{1,2}):(\d{2}):(\d{2})(?: UTC([+-])(\d{2}):?(\d{2}))?$")
PART = re.compile(r"messages(\d*)\.html$")
REPLY = re.compile(r"#go_to_message(\d+)")
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
    "media_poll": "poll",
    "media_file": "document",
    "media_photo": "image",
}
CALL = "media_call"


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
        self.zoned: set[bool] = set()

    def read(self) -> Transcript:
        """All rows of all pages."""
        for page in self.pages:
            document = _parse(page)
            if document is None:
                self.builder.issue(
                    self.n_seen + 1, "This page is damaged.", "It was left out; export the chat again.", counts=False
                )
                continue
            header = document.find_class("page_header")
            title = header[0].text_content().strip() if header else ""
            self.builder.title = self.builder.title or " ".join(title.split())
            for element in document.find_class("message"):
                self.n_seen += 1
                self._message(element)
        clock: Literal["utc", "local"] = "local" if False in self.zoned else "utc"
        self.builder.clock = clock
        self.builder.is_group = len(self.builder.names) > 2
        return self.builder.build(n_units=self.n_seen)

    def _message(self, element: markup.HtmlElement) -> None:
        if "service" in element.classes:
            self._service(element)
            return
        at = self._time(element)
        if at is None:
            self.builder.issue(
                self.n_seen, "The time of this message is missing or cannot be.", "The message was left out."
            )
            return
        name = _own(element, "from_name")
        if name is not None:
            self.sender = " ".join(_without_children(name).split()) or self.sender
        if self.sender is None:
            self.builder.row(self.n_seen, at, None, "system", _text(element))
            return
        self.builder.names.setdefault(self.sender, self.sender)
        self._said(element, at, self.sender)

    def _service(self, element: markup.HtmlElement) -> None:
        """A date header is structure; another notice takes no time of its own and is counted as structure too."""
        self.sender = None if "joined" not in element.classes else self.sender
        self.builder.structure()

    def _said(self, element: markup.HtmlElement, at: datetime, sender: str) -> None:
        key = (element.get("id") or "").removeprefix("message")
        media = _media(element)
        reply = _reply(element)
        text = _text(element)
        if media == CALL:
            self.builder.row(self.n_seen, at, sender, "call", call_s=_call_seconds(element), key=key)
            return
        kind = "media" if media else "text"
        self.builder.row(self.n_seen, at, sender, kind, text, media=media, key=key, reply_key=reply)
        for reaction in element.find_class("reaction"):
            emoji = "".join(one.text_content() for one in reaction.find_class("emoji")).strip()
            for who in reaction.find_class("initials"):
                name = (who.get("title") or "").split(",")[0].strip()
                if emoji and name:
                    self.builder.names.setdefault(name, name)
                    self.builder.row(self.n_seen, at, name, "reaction", emoji, reply_key=key, counts=False)

    def _time(self, element: markup.HtmlElement) -> datetime | None:
        dates = element.find_class("date")
        match = TITLE_DATE.match((dates[0].get("title") or "").strip()) if dates else None
        if match is None:
            return None
        day, month, year, hour, minute, second = (int(match[place]) for place in range(1, 7))
        try:
            moment = datetime(year, month, day, hour, minute, second)
            if match[7]:
                ahead = timedelta(hours=int(match[8]), minutes=int(match[9]))
                moment = moment - ahead if match[7] == "+" else moment + ahead
        except (ValueError, OverflowError):
            return None
        self.zoned.add(bool(match[7]))
        return moment


def _parse(page: Source) -> markup.HtmlElement | None:
    try:
        return markup.document_fromstring(page.read(), parser=markup.HTMLParser(encoding="utf-8", huge_tree=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _own(element: markup.HtmlElement, name: str) -> markup.HtmlElement | None:
    """The first descendant of a class that is not part of a forwarded message."""
    for found in element.find_class(name):
        if not any("forwarded" in (one.get("class") or "") for one in found.iterancestors() if one is not element):
            return found
    return None


def _without_children(element: markup.HtmlElement) -> str:
    return element.text or ""


def _text(element: markup.HtmlElement) -> str | None:
    found = element.find_class("text")
    if not found:
        return None
    for line_break in found[0].iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    return found[0].text_content().strip() or None


def _reply(element: markup.HtmlElement) -> str | None:
    for found in element.find_class("reply_to"):
        for link in found.iter("a"):
            match = REPLY.search(link.get("href") or "")
            if match:
                return match[1]
    return None


def _media(element: markup.HtmlElement) -> str | None:
    for wrap in element.find_class("media_wrap"):
        classes = {name for one in wrap.iter() if isinstance(one.tag, str) for name in (one.get("class") or "").split()}
        if CALL in classes:
            return CALL
        return next((media for name, media in MEDIA.items() if name in classes), "other")
    return None


def _call_seconds(element: markup.HtmlElement) -> float:
    match = DURATION.search(element.text_content())
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

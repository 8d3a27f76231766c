"""
KakaoTalk: the texts of "Export messages", from Android, iOS and Windows, and the CSV of the Mac app.

Facts used: Android `2021년 12월 29일 오후 8:36, NAME : TEXT`, iOS `2019. 7. 30. 오전 10:22, NAME : TEXT`, in English `Dec
31, 2014 at 19:12, NAME : TEXT`; Windows a date line `--------------- 2021년 12월 29일 수요일 ---------------` and rows
`[NAME] [오후 10:10] TEXT`; Mac `Date,User,Message`. A byte order mark and CRLF are usual. Times are local. Media stand
as whole bodies (사진, 동영상, 이모티콘), deleted messages as 삭제된 메시지입니다.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from steadily.readers.epochs import from_iso
from steadily.readers.month_names import NUMBER_OF_MONTH
from steadily.readers.reader import Reader, ReadOptions
from steadily.readers.source import Source
from steadily.readers.text_lines import TextLines, head_lines
from steadily.readers.transcript import Transcript, TranscriptBuilder

HALF = r"(?:(?P<half>오전|오후|AM|PM)\s?)?"
KOREAN_DATE = r"(?P<y>\d{4})년 (?P<mo>\d{1,2})월 (?P<d>\d{1,2})일"
DOTTED_DATE = r"(?P<y>\d{4})\. (?P<mo>\d{1,2})\. (?P<d>\d{1,2})\."
ENGLISH_DATE = r"(?P<mon>[A-Z][a-z]{2,8})\.? (?P<d>\d{1,2}), (?P<y>\d{4})(?: at)?"
CLOCK = rf"{HALF}(?P<h>\d{{1,2}}):(?P<m>\d{{2}})(?:\s?(?P<after>AM|PM))?"
PHONE_ROWS = tuple(
    re.compile(rf"^{day},? {CLOCK}(?:, (?P<name>[^:\n]{{1,80}}?) : (?P<text>.*)|, (?P<notice>.+)|)$")
    for day in (KOREAN_DATE, DOTTED_DATE, ENGLISH_DATE)
)
DAY_LINE = re.compile(
    rf"^-{{5,}} (?:{KOREAN_DATE} \S+|[A-Z][a-z]+, (?P<mon2>[A-Z][a-z]+) (?P<d2>\d{{1,2}}), (?P<y2>\d{{4}})) -{{5,}}$"
)
PLAIN_DAY = re.compile(r"^(?:\d{4}년 \d{1,2}월 \d{1,2}일 .요일|[A-Z][a-z]+day, [A-Z][a-z]+ \d{1,2}, \d{4})$")
NOTICE = re.compile(r"^.{1,80}님(?:이 .{1,200}님을 (?:초대했습니다|내보냈습니다)|이 (?:들어왔습니다|나갔습니다))\.?$")
DESKTOP_ROW = re.compile(rf"^\[(?P<name>[^\]]{{1,80}})\] \[{CLOCK}\] (?P<text>.*)$")
TITLE = re.compile(
    r"^\ufeff?(?P<title>.+?) ?(?:님과 카카오톡 대화|카카오톡 대화)$|^\ufeff?KakaoTalk Chats with (?P<en>.+)$"
)
SAVED = re.compile(r"^(?:저장한 날짜|Date Saved|Saved) ?:")
CSV_HEAD = ["Date", "User", "Message"]
SIGN = re.compile(r"카카오톡|KakaoTalk")
MEDIA = {
    "사진": "image",
    "동영상": "video",
    "이모티콘": "sticker",
    "음성메시지": "audio",
    "Photo": "image",
    "Video": "video",
    "Emoticons": "sticker",
    "(emoticon)": "sticker",
    "(이모티콘)": "sticker",
    "Voice message": "audio",
}
PHOTOS = re.compile(r"^(?:사진 \d+장|\d+ photos?)$", re.IGNORECASE)
FILE = re.compile(r"^(?:파일|File): (?P<name>.+)$")
DELETED = frozenset({"삭제된 메시지입니다.", "삭제된 메시지입니다", "This message was deleted.", "Message deleted."})
CALLS = {
    "보이스톡 해요": None,
    "페이스톡 해요": None,
    "보이스톡 부재중": 0.0,
    "페이스톡 부재중": 0.0,
    "보이스톡 취소": 0.0,
    "페이스톡 취소": 0.0,
}
CALL = re.compile(r"^(?:보이스톡|페이스톡|Voice Call|Video Call) (?:(?P<h>\d+):)?(?P<m>\d+):(?P<s>\d{2})$")


def sniff(source: Source) -> bool:
    """Whether it is one of KakaoTalk's exports."""
    lines = [line for line in head_lines(source)[:200] if line.strip()]
    if not lines:
        return False
    if _is_csv(lines[0]):
        return len(lines) == 1 or bool(re.match(r'^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2},"', lines[1]))
    if SIGN.search(lines[0]) and TITLE.match(lines[0]):
        return True
    days = sum(bool(DAY_LINE.match(line)) for line in lines)
    named = sum(bool(match and match["name"]) for match in map(_phone_row, lines))
    return named > 0 or (days > 0 and any(DESKTOP_ROW.match(line) for line in lines))


def _is_csv(line: str) -> bool:
    return line.removeprefix("\ufeff").strip() == ",".join(CSV_HEAD)


def _phone_row(line: str) -> re.Match[str] | None:
    return next((match for match in (row.match(line) for row in PHONE_ROWS) if match), None)


def read(sources: Sequence[Source], options: ReadOptions) -> Iterator[Transcript]:
    """One transcript for each file."""
    for source in sources:
        options.progress("Reading", 0, source.size)
        first = next((line for line in head_lines(source) if line.strip()), "")
        yield _read_csv(source) if _is_csv(first) else _Text(source).read()


def _builder(source: Source) -> TranscriptBuilder:
    return TranscriptBuilder("KakaoTalk", chat=source.path, clock="local", label=source.label, given=source.given)


def _read_csv(source: Source) -> Transcript:
    """The Mac form: a record may run over several lines."""
    builder, lines = _builder(source), TextLines(source)
    start = 0
    try:
        for record in csv.reader((line + "\n" for line in lines), strict=False):
            start += 1
            if record == CSV_HEAD or [cell.removeprefix("\ufeff") for cell in record] == CSV_HEAD:
                builder.structure()
            elif record:
                _csv_record(builder, start, record)
    except csv.Error:
        builder.issue(start + 1, "From here on the table is damaged.", "What stands before it was read.", counts=False)
    lines.report(builder)
    return builder.build()


def _csv_record(builder: TranscriptBuilder, line: int, record: list[str]) -> None:
    at = from_iso(record[0])
    if at is None or len(record) < 3:
        builder.issue(line, "This row lacks a date, a name or a text.", "It was left out.")
    else:
        _message(builder, line, at, record[1].strip(), ",".join(record[2:]))


class _Text:
    """Reads a phone's or the Windows app's text line by line."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.builder = _builder(source)
        self.day: date | None = None
        self.pending: tuple[int, datetime, str, list[str]] | None = None

    def read(self) -> Transcript:
        lines = TextLines(self.source)
        for number, line in enumerate(lines, start=1):
            self._line(number, line)
        self._flush()
        lines.report(self.builder)
        return self.builder.build(n_units=lines.n_lines)

    def _line(self, number: int, line: str) -> None:
        if not line.strip():
            if self.pending:
                self.pending[3].append("")
            return
        desktop = DESKTOP_ROW.match(line) if self.day else None
        phone = _phone_row(line)
        day = DAY_LINE.match(line)
        if day:
            self._flush()
            self._set_day(number, day)
        elif desktop and self.day:
            self._flush()
            self._start(number, self.day, desktop, desktop["name"], desktop["text"])
        elif phone:
            self._flush()
            self._phone(number, phone)
        elif PLAIN_DAY.match(line):
            self._flush()
            self.builder.structure()
        elif self.day and NOTICE.match(line):
            at = self.pending[1] if self.pending else datetime(self.day.year, self.day.month, self.day.day)
            self._flush()
            self.builder.row(number, at, None, "system", line)
        elif self.pending:
            self.pending[3].append(line)
            self.builder.continuation()
        else:
            self._top(number, line)

    def _top(self, number: int, line: str) -> None:
        title = TITLE.match(line)
        if title or SAVED.match(line):
            if title and not self.builder.title:
                self.builder.title = (title["title"] or title["en"] or "").strip()
            self.builder.structure()
        else:
            self.builder.issue(number, "This line stands before the first message.", "It was left out.")

    def _set_day(self, number: int, match: re.Match[str]) -> None:
        month = match["mo"] or NUMBER_OF_MONTH.get((match["mon2"] or "").casefold(), 0)
        try:
            self.day = date(int(match["y"] or match["y2"]), int(month), int(match["d"] or match["d2"]))
        except ValueError:
            self.day = None
            self.builder.issue(number, "This date cannot be.", "The messages under it were left out.")
        else:
            self.builder.structure()

    def _phone(self, number: int, match: re.Match[str]) -> None:
        groups = match.groupdict()
        month = groups.get("mo") or NUMBER_OF_MONTH.get((groups.get("mon") or "").casefold(), 0)
        try:
            day = date(int(groups["y"]), int(month), int(groups["d"]))
        except ValueError:
            self.builder.issue(number, "This date cannot be.", "The line was left out.")
            return
        if groups["name"] is not None:
            self._start(number, day, match, groups["name"], groups["text"])
        elif groups["notice"] and (at := _time(match, day)):
            self.builder.row(number, at, None, "system", groups["notice"])
        else:
            self.builder.structure()

    def _start(self, number: int, day: date, match: re.Match[str], name: str, text: str) -> None:
        at = _time(match, day)
        if at is None:
            self.builder.issue(number, "The time of this message cannot be.", "The line was left out.")
        else:
            self.pending = (number, at, name.strip(), [text])

    def _flush(self) -> None:
        if self.pending:
            number, at, name, parts = self.pending
            self.pending = None
            _message(self.builder, number, at, name, "\n".join(parts).rstrip("\n"))


def _time(match: re.Match[str], day: date) -> datetime | None:
    hour, minute = int(match["h"]), int(match["m"])
    half = match["half"] or match["after"]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half in ("오후", "PM") else 0)
    if hour == 24:
        hour = 0
    return datetime(day.year, day.month, day.day, hour, minute) if hour < 24 and minute < 60 else None


def _message(builder: TranscriptBuilder, line: int, at: datetime, name: str, text: str) -> None:
    if not name:
        builder.row(line, at, None, "system", text)
        return
    builder.names.setdefault(name, name)
    body = text.strip()
    call, file = CALL.match(body), FILE.match(body)
    if body in DELETED:
        builder.row(line, at, name, "deleted")
    elif body in MEDIA or PHOTOS.match(body):
        builder.row(line, at, name, "media", media=MEDIA.get(body, "image"))
    elif file:
        builder.row(line, at, name, "media", media="document")
    elif call:
        seconds = int(call["h"] or 0) * 3600 + int(call["m"]) * 60 + int(call["s"])
        builder.row(line, at, name, "call", call_s=float(seconds) if seconds < 1e7 else None)
    elif body in CALLS:
        builder.row(line, at, name, "call", call_s=CALLS[body])
    else:
        builder.row(line, at, name, "text", text or None)


READER = Reader(
    name="kakaotalk",
    app="KakaoTalk",
    form="KakaoTalkChats.txt, KakaoTalk_….txt or .csv",
    page="kakaotalk",
    sniff=sniff,
    read=read,
)

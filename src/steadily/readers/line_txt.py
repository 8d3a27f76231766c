"""
LINE: the text of "Export chat history".

Facts used: `[LINE] Chat history with NAME` and `Saved on: …` on top (in the phone's language); a date header a day
(`2024.01.02 Tuesday`, `2018/04/16(月)`, `2024/1/2週二`, `Tue, 01/02/2024`); rows `HH:MM⇥NAME⇥TEXT`, the clock of 24 or
12 hours, times such as `24:53` after midnight. The desktop app writes spaces for tabs, so the longest known name
wins. Text of several lines stands in quotes. A row without a name is the app's own. Times are local.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from steadily.readers.reader import DateOrder, Reader, ReadOptions
from steadily.readers.source import Source
from steadily.readers.text_lines import TextLines, head_lines
from steadily.readers.transcript import Transcript, TranscriptBuilder

TITLE = re.compile(r"^\ufeff?\[LINE\]\s*(?P<title>.*)$")
TITLE_WORDS = re.compile(
    r"^(?:Chat history (?:with|in)\s+|Chat in\s+)|(?:とのトーク履歴|のトーク履歴|的聊天記錄|的聊天记录|와의 대화|とのトーク)$|^與|^与"
)
SAVED = re.compile(r"^(?:Saved on|保存日時|儲存日期|储存日期|저장한 날짜|저장일시)\s*[:：]")
DAY_YEAR_FIRST = re.compile(
    r"^(\d{4})[./-](\d{1,2})[./-](\d{1,2})\.?\s*(?:\(.{1,3}\)|週.|周.|[^\W\d_][^\d\s:]{2,14})?$"
)
DAY_NAMED = re.compile(r"^[^\W\d_][^\d\s:,]{0,12},\s*(\d{1,2})[./-](\d{1,2})[./-](\d{4})$")
HALF = r"(?:(?P<half>AM|PM|am|pm|上午|下午|午前|午後|오전|오후)\s?)?"
ROW = re.compile(rf"^{HALF}(?P<h>\d{{1,2}}):(?P<m>\d{{2}})(?:\s?(?P<after>AM|PM|am|pm))?(?P<gap>\t|\s)(?P<rest>.*)$")
MIN_ROWS = 2
LATER_HALF = frozenset({"PM", "pm", "下午", "午後", "오후"})
MEDIA = {
    "image": "[Photo] 写真 [写真] 圖片 [圖片] 照片 [照片] 사진 [사진]",
    "video": "[Video] 動画 [動画] 影片 [影片] 동영상 [동영상]",
    "sticker": "[Sticker] スタンプ [スタンプ] 貼圖 [貼圖] 스티커 [스티커]",
    "audio": "[Voice message] ボイスメッセージ [ボイスメッセージ] 語音訊息 [語音訊息] 음성메시지",
    "document": "[File] ファイル [ファイル] 檔案 [檔案]",
    "contact": "[Contact] 連絡先 [連絡先] 聯絡資訊",
    "location": "[Location] 位置情報 [位置情報] 位置訊息",
}
MEDIA_OF_BODY = {word: kind for kind, words in MEDIA.items() for word in re.findall(r"\[[^\]]+\]|\S+", words)}
CALL = re.compile(
    r"^(?:☎\s*[^\d:]{0,30}|(?:Call time|通話時間|통화\s?시간)\s*)(?:(?P<h>\d+):)?(?P<m>\d+):(?P<s>\d{2})$"
)
MISSED = re.compile(
    r"^☎\s*.{0,40}$|^(?:Missed call|Canceled call|No answer|不在着信|キャンセル|未接來電|取消通話|부재중 통화)\.?$"
)
DELETED = re.compile(
    r"(?:unsent a message\.?|がメッセージの送信を取り消しました|已?收回(?:了)?訊息|메시지 전송을 취소했습니다\.?)$"
)


def sniff(source: Source) -> bool:
    """Whether it is LINE's text: its title, or date headers with rows under them."""
    lines = [line for line in head_lines(source)[:200] if line.strip()]
    if not lines:
        return False
    if TITLE.match(lines[0]):
        return True
    days = sum(bool(_day_numbers(line)) for line in lines)
    rows = sum(bool(ROW.match(line)) for line in lines)
    return days > 0 and rows >= (1 if any("\t" in line for line in lines) else MIN_ROWS)


def read(sources: Sequence[Source], options: ReadOptions) -> Iterator[Transcript]:
    """One transcript for each file."""
    for source in sources:
        options.progress("Reading", 0, source.size)
        yield _Chat(source, options.date_order).read()


def _day_numbers(line: str) -> tuple[int, int, int, bool] | None:
    """The numbers of a date header, and whether the year stood first."""
    line = line.strip()
    match = DAY_YEAR_FIRST.match(line)
    if match:
        return int(match[1]), int(match[2]), int(match[3]), True
    match = DAY_NAMED.match(line)
    return (int(match[3]), int(match[1]), int(match[2]), False) if match else None


@dataclass
class _Chat:
    """Reads one file line by line."""

    source: Source
    order: DateOrder | None
    day: date | None = None
    known: set[str] = field(default_factory=set)
    tabbed: bool = False
    pending: tuple[int, datetime, str | None, list[str]] | None = None
    quoted: bool = False

    def read(self) -> Transcript:
        source = self.source
        self.builder = TranscriptBuilder(
            "LINE", chat=source.path, clock="local", label=source.label, given=source.given
        )
        self.month_first = self._month_first()
        self.known = self._names()
        lines = TextLines(source)
        for number, line in enumerate(lines, start=1):
            self._line(number, line)
        self._flush()
        lines.report(self.builder)
        return self.builder.build(n_units=lines.n_lines)

    def _month_first(self) -> bool:
        """Whether `01/02/2024` is January 2: LINE's English form is, unless a header shows otherwise."""
        if self.order:
            return self.order == "mdy"
        found = [numbers for line in TextLines(self.source) if (numbers := _day_numbers(line)) and not numbers[3]]
        return not any(month > 12 for _, month, _, _ in found)

    def _names(self) -> set[str]:
        """Names that stand between tabs; in files with spaces for tabs, names that often come first."""
        tabbed: set[str] = set()
        rests: list[str] = []
        for line in TextLines(self.source):
            row = ROW.match(line)
            if row and row["gap"] == "\t" and "\t" in row["rest"]:
                tabbed.add(row["rest"].split("\t", 1)[0])
            elif row and not tabbed:
                rests.append(row["rest"][:200])
        self.tabbed = bool(tabbed)
        if tabbed:
            return tabbed
        names = _often_first(rests, self._title(), max(2, 0.2 * len(rests)))
        unnamed = [rest for rest in rests if not any(rest.startswith(name + " ") for name in names)]
        return names | _often_first(unnamed, "", max(3, 0.6 * len(unnamed)))

    def _title(self) -> str:
        first = next(iter(head_lines(self.source)), "")
        match = TITLE.match(first)
        return TITLE_WORDS.sub("", match["title"]).strip() if match else ""

    def _line(self, number: int, line: str) -> None:
        if not line.strip():
            if self.pending:
                self.pending[3].append("")
            return
        row = ROW.match(line)
        if row and (self.tabbed or self.quoted) and not self._is_sure(row):
            row = None
        if self.quoted and (row or _day_numbers(line)):
            self.quoted = False  # a message that only began with a quotation mark
        if self.quoted or (row is None and self.pending and not _day_numbers(line)):
            self._continue(line)
        elif row and self.day:
            self._flush()
            self._row(number, row, self.day)
        elif numbers := _day_numbers(line):
            self._flush()
            self._set_day(number, numbers)
        elif not self.pending and (TITLE.match(line) or SAVED.match(line)):
            self.builder.title = self.builder.title or self._title()
            self.builder.structure()
        else:
            self.builder.issue(number, "This line stands before the first date.", "It was left out.")

    def _set_day(self, number: int, numbers: tuple[int, int, int, bool]) -> None:
        year, month, day, year_first = numbers
        if not year_first and not self.month_first:
            month, day = day, month
        try:
            self.day = date(year, month, day)
        except ValueError:
            self.day = None
            self.builder.issue(number, "This date cannot be.", "The messages under it were left out.")
        else:
            self.builder.structure()

    def _row(self, number: int, row: re.Match[str], day: date) -> None:
        at = _time(row, day)
        if at is None:
            self.builder.issue(number, "The time at the start of this line cannot be.", "The line was left out.")
            return
        sender, text = self._split(row["rest"])
        self.quoted = text.startswith('"') and not _closes(text[1:])
        self.pending = (number, at, sender, [text])

    def _split(self, rest: str) -> tuple[str | None, str]:
        if "\t" in rest:
            name, text = rest.split("\t", 1)
            return name or None, text
        name = "" if self.tabbed else self._known_start(rest, " ")
        return (name, rest[len(name) + 1 :]) if name else (None, rest)

    def _known_start(self, text: str, after: str = "") -> str:
        """The longest known name that a text starts with; empty where there is none."""
        return max((name for name in self.known if name and text.startswith(name + after)), key=len, default="")

    def _is_sure(self, row: re.Match[str]) -> bool:
        """Whether a line that looks like a row is one, and not a line of a text that begins with a time."""
        if self.tabbed:
            return row["gap"] == "\t" and ("\t" in row["rest"] or not self.quoted)
        return self._split(row["rest"])[0] is not None

    def _continue(self, line: str) -> None:
        self.builder.continuation()
        if self.pending:
            self.pending[3].append(line)
        if self.quoted and _closes(line):
            self.quoted = False

    def _flush(self) -> None:
        self.quoted = False
        if self.pending is None:
            return
        number, at, sender, parts = self.pending
        self.pending = None
        text = "\n".join(parts).rstrip("\n")
        if len(parts) > 1 and text.startswith('"') and text.endswith('"'):
            text = text[1:-1].replace('""', '"')
        self._add(number, at, sender, text)

    def _add(self, number: int, at: datetime, sender: str | None, text: str) -> None:
        if sender is None:
            who = (self._known_start(text) if DELETED.search(text) else "") or None
            if who:
                self.builder.names.setdefault(who, who)
            self.builder.row(number, at, who, "deleted" if who else "system", None if who else text)
            return
        self.builder.names.setdefault(sender, sender)
        body = text.strip()
        call = CALL.match(body)
        if call:
            seconds = int(call["h"] or 0) * 3600 + int(call["m"]) * 60 + int(call["s"])
            self.builder.row(number, at, sender, "call", call_s=float(seconds) if seconds < 1e7 else None)
        elif DELETED.match(body):
            self.builder.row(number, at, sender, "deleted")
        elif MISSED.match(body):
            self.builder.row(number, at, sender, "call", call_s=0.0)
        elif body in MEDIA_OF_BODY:
            self.builder.row(number, at, sender, "media", media=MEDIA_OF_BODY[body])
        else:
            self.builder.row(number, at, sender, "text", text or None)


def _often_first(rests: list[str], title: str, n_least: float) -> set[str]:
    """Names of one to three words with which at least so many rows begin, the longer where it is as frequent; and the title."""
    counts: Counter[str] = Counter()
    for rest in rests:
        words = rest.split(" ")
        counts.update(" ".join(words[:n]) for n in range(1, min(4, len(words))))
    often = {name for name, n in counts.items() if name and (n >= n_least or name == title)}
    return {
        name
        for name in often
        if not any(o != name and o.startswith(name + " ") and counts[o] >= 0.9 * counts[name] for o in often)
    }


def _closes(text: str) -> bool:
    """Whether a line ends the quoted text: it ends in an odd number of quotes."""
    return (len(text) - len(text.rstrip('"'))) % 2 == 1


def _time(row: re.Match[str], day: date) -> datetime | None:
    hour, minute = int(row["h"]), int(row["m"])
    half = row["half"] or row["after"]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half in LATER_HALF else 0)
    if hour > 29 or minute > 59:
        return None
    try:
        return datetime(day.year, day.month, day.day) + timedelta(hours=hour, minutes=minute)
    except OverflowError:
        return None


READER = Reader(
    name="line_txt",
    app="LINE",
    form="[LINE] Chat history with ….txt",
    page="line",
    sniff=sniff,
    read=read,
)

"""WhatsApp's own export ("Export chat"): a text file, or the zip that holds it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import nanoarrow
import numpy as np
import numpy.typing as npt
import polars as pl

from steadily.errors import Issue
from steadily.readers.dates import Stretch, decide_order, to_days
from steadily.readers.reader import Reader, ReadOptions
from steadily.readers.source import Source
from steadily.readers.text_lines import encoding_of
from steadily.readers.transcript import RAW_SCHEMA, Tally, Transcript
from steadily.readers.whatsapp_txt.classify import classify_rows
from steadily.readers.whatsapp_txt.header import Layout
from steadily.readers.whatsapp_txt.scan import Bytes, Heads, Ints, find_heads
from steadily.readers.whatsapp_txt.senders import NO_SENDER, Senders, split_senders

Days = npt.NDArray[np.datetime64]

TITLE = re.compile(
    r"(?:WhatsApp[ -]Chat|Chat de WhatsApp|Discussion WhatsApp|Conversa do WhatsApp|Chat WhatsApp|Чат WhatsApp)"
    r"(?: with| mit| con| avec| com| с| -)? (?P<title>.+?)(?: ?\(\d+\))?(?:\.txt|\.zip)?$|与(?P<cn>.+?)的 ?WhatsApp ?聊天",
    re.IGNORECASE,
)
CAPS = (
    (40_000, "WhatsApp leaves out older messages when an export without media has 40,000."),
    (10_000, "WhatsApp leaves out older messages when an export with media has 10,000."),
)
NEAR_CAP = 0.02


def sniff(source: Source) -> bool:
    """Whether the first 64 KiB hold WhatsApp heads with senders behind them."""
    if b"\x00" in source.head[:4] and encoding_of(source.head)[1] == 0:
        return False
    text = np.frombuffer(_as_utf8(source.head), np.uint8)
    heads = find_heads(text)
    if not len(heads.line) or heads.n_before > len(heads.line) + 5:
        return False
    return bool((split_senders(text, heads).code != NO_SENDER).any())


def read(sources: Sequence[Source], options: ReadOptions) -> Iterator[Transcript]:
    """One transcript for each text file."""
    for source in sources:
        options.progress("Reading", 0, source.size)
        yield _transcript(source, _as_utf8(source.read()), options)
        options.progress("Reading", source.size, source.size)


def _as_utf8(data: bytes) -> bytes:
    encoding, skip = encoding_of(data)
    return data[skip:] if encoding == "utf-8" else data[skip:].decode(encoding, "replace").encode("utf-8")


def title_of(source: Source) -> str:
    """The contact or group that the file's name tells; empty where it tells none."""
    for name in (source.name, source.folder.rsplit("/", 1)[-1], source.container):
        match = TITLE.search(name)
        if match:
            return str(match["title"] or match["cn"]).strip()
    return ""


def _transcript(source: Source, data: bytes, options: ReadOptions) -> Transcript:
    text = np.frombuffer(data, np.uint8)
    heads = find_heads(text)
    if not len(heads.line):
        return _nothing(source, heads)
    with ThreadPoolExecutor(max_workers=1) as pool:
        times = pool.submit(_times, heads, options)
        senders = split_senders(text, heads)
        options.progress("Reading", source.size // 2, source.size)
        ends = _body_ends(text, heads, senders)
        bodies, n_bad = _bodies(data, senders.body, ends, has_blanks=heads.has_blanks)
        at, stretches = times.result()
    kinds = classify_rows(heads, senders, ends, bodies)
    dated = ~np.isnat(at)
    rows = pl.DataFrame(
        {
            "line": pl.Series(heads.line, dtype=pl.UInt32),
            "at": pl.Series(at).cast(pl.Datetime("us")),
            "sender": _sender_column(senders, kinds.by_app),
            **kinds.columns,
        }
    ).with_columns(key=pl.lit(None, pl.String), reply_key=pl.lit(None, pl.String))
    rows = rows if dated.all() else rows.filter(pl.Series(dated))
    issues = [
        *_order_issues(stretches, heads),
        *_line_issues(heads, dated),
        *_other_issues(heads, n_bad, int(dated.sum())),
    ]
    n_lost = sum(issue.n_lines for issue in _line_issues(heads, dated))
    return Transcript(
        app="WhatsApp",
        chat=source.path,
        title=title_of(source),
        rows=rows.select(*RAW_SCHEMA),
        clock="local",
        names={name: name for name in senders.names},
        is_group=False,
        issues=tuple(issues),
        tally=Tally(
            n_units=heads.n_lines,
            n_rows=int(dated.sum()),
            n_continuations=heads.n_lines - n_lost - int(dated.sum()),
            n_issues=n_lost,
        ),
        label=source.label,
        given=source.given,
    )


def _sender_column(senders: Senders, by_app: npt.NDArray[np.bool_]) -> pl.Series:
    """Who sent each row; null for the app's own. Gathered from the few names, never spelled out row by row."""
    names = pl.Series([*senders.names, None], dtype=pl.Categorical)
    return names.gather(pl.Series(np.where(by_app, len(senders.names), senders.code), dtype=pl.UInt32))


def _nothing(source: Source, heads: Heads) -> Transcript:
    issue = Issue("No message was found in this file.", "Export the chat again.", 1, heads.n_lines)
    return Transcript(
        app="WhatsApp",
        chat=source.path,
        title="",
        rows=pl.DataFrame(schema=RAW_SCHEMA),
        clock="local",
        names={},
        issues=(issue,) if heads.n_lines else (),
        tally=Tally(n_units=heads.n_lines, n_issues=heads.n_lines),
        label=source.label,
        given=source.given,
    )


def _times(heads: Heads, options: ReadOptions) -> tuple[Days, list[Stretch]]:
    """Wall-clock times, NaT where there is no such date or time; and the order in which dates were read."""
    a, b, c = (heads.numbers[part] for part in "abc")
    layouts = heads.layouts
    year_first = np.array([layout.four_digit == "a" for layout in layouts])[heads.layout]
    given = [Stretch(0, len(a), options.date_order, "given")] if options.date_order else None
    stretches = given or decide_order(a, b, c, year_first)
    year = c.astype(np.int64) + np.array([layout.year_base for layout in layouts])[heads.layout]
    days = np.concatenate(
        [
            to_days(a[part], b[part], c[part] if stretch.order == "ymd" else year[part], stretch.order)
            for stretch in stretches
            for part in [slice(stretch.start, stretch.stop)]
        ]
    )
    if year_first.any():
        days[year_first] = to_days(a[year_first], b[year_first], c[year_first], "ymd")
    hour = _hours(heads.numbers["h"], heads.layout, layouts)
    minute, second = heads.numbers["m"], heads.numbers["s"]
    seconds = hour * 3600 + minute.astype(np.int64) * 60 + second
    at = days.astype("datetime64[us]") + seconds.astype("timedelta64[s]")
    possible = (hour < 24) & (minute < 60) & (second < 60)
    sane = (days >= np.datetime64("1990-01-01")) & (days < np.datetime64("2100-01-01"))
    return np.where(possible & sane, at, np.datetime64("NaT", "us")), stretches


def _hours(hour: Ints, layout: Ints, layouts: list[Layout]) -> Ints:
    """Hours from 0 to 23; a half of the day is applied only where it can be (`23:59 PM` stays 23:59)."""
    half = np.array([{None: 0, "am": 1, "pm": 2, "noon": 3}[layout.half] for layout in layouts])[layout]
    hour = hour.astype(np.int64)
    hour = np.where((half == 1) & (hour == 12), 0, hour)
    return np.where(((half == 2) & (hour < 12)) | ((half == 3) & (hour < 11)), hour + 12, hour)


def _body_ends(text: Bytes, heads: Heads, senders: Senders) -> Ints:
    """Where each body ends, its line break not included."""
    ends = np.concatenate((heads.start[1:], [len(text)]))
    ends = np.where((ends > senders.body) & (text[ends - 1] == ord("\n")), ends - 1, ends)
    return np.where((ends > senders.body) & (text[ends - 1] == ord("\r")), ends - 1, ends)


def _bodies(data: bytes, starts: Ints, ends: Ints, *, has_blanks: bool) -> tuple[pl.Series, int]:
    """The bodies as strings, and how many of them held bytes that are no UTF-8."""
    offsets = np.empty(2 * len(ends) + 1, np.int64)
    offsets[0:-1:2], offsets[1::2], offsets[-1] = starts, ends, len(data)
    pieces = nanoarrow.c_array_from_buffers(nanoarrow.large_binary(), 2 * len(ends), [None, offsets, data])
    raw = pl.Series("text", pieces).gather_every(2)
    n_bad = 0
    try:
        bodies = raw.cast(pl.String)
    except pl.exceptions.ComputeError:
        mended = [piece.decode("utf-8", "replace") for piece in raw]
        n_bad = sum("\ufffd" in one for one in mended)
        bodies = pl.Series(mended, dtype=pl.String)
    if b"\r" in data:
        bodies = bodies.str.replace_all("\r\n", "\n", literal=True)
    if b"\x00" in data:
        bodies = bodies.str.replace_all("\x00", "", literal=True)
    return bodies.str.strip_chars_end("\n") if has_blanks else bodies, n_bad


def _order_issues(stretches: list[Stretch], heads: Heads) -> Iterator[Issue]:
    words = {"dmy": "day, month, year", "mdy": "month, day, year", "ymd": "year, month, day"}
    for stretch in stretches:
        line, n_lines = (
            int(heads.line[stretch.start]),
            int(heads.line[stretch.stop - 1] - heads.line[stretch.start]) + 1,
        )
        if stretch.reason == "guess":
            problem = f"The dates in this file could be read two ways; they were read as {words[stretch.order]}."
            yield Issue(problem, "If that is wrong, choose the order: --date-order mdy.", 0, n_lines, weight="decided")
        elif len(stretches) > 1:
            problem = f"The dates change their order in this file; from this line on they are {words[stretch.order]}."
            yield Issue(
                problem, "The phone's language changed then. Nothing needs doing.", line, n_lines, weight="decided"
            )
        elif stretch.reason in ("numbers", "running"):
            problem = f"The dates in this file were read as {words[stretch.order]}; its own dates show that."
            yield Issue(problem, "Nothing needs doing.", 0, n_lines, weight="decided")


def _line_issues(heads: Heads, dated: npt.NDArray[np.bool_]) -> list[Issue]:
    issues = []
    if heads.n_before:
        problem = "Lines before the first message could not be read."
        issues.append(
            Issue(problem, "The file may have been cut; export the chat again.", heads.first_before, heads.n_before)
        )
    problem = "The date or the time at the start of this message cannot be."
    remedy = "The message was left out."
    undated = (int(row) for row in np.flatnonzero(~dated))
    issues.extend(Issue(problem, remedy, int(heads.line[row]), heads.n_filled(row)) for row in undated)
    return issues


def _other_issues(heads: Heads, n_bad: int, n_rows: int) -> Iterator[Issue]:
    if heads.odd:
        problem = "These lines look like the start of a message, in a form that is not known."
        remedy = "They were kept as part of the message before. Please tell us the phone's language."
        yield Issue(problem, remedy, heads.odd[0], len(heads.odd), weight="decided")
    if n_bad:
        problem = "Some messages hold characters that are damaged or in another encoding."
        yield Issue(problem, "They show as \ufffd; the rest was read.", 0, n_bad, weight="decided")
    for cap, sentence in CAPS:
        if cap * (1 - NEAR_CAP) <= n_rows <= cap * (1 + NEAR_CAP):
            yield Issue(sentence, "Export again without media to reach further back.", 0, n_rows, weight="coverage")


READER = Reader(
    name="whatsapp_txt",
    app="WhatsApp",
    form="_chat.txt, WhatsApp Chat with ….txt, or the zip",
    page="whatsapp",
    sniff=sniff,
    read=read,
)

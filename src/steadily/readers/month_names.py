"""Dates written as sentences: `Friday, May 29, 2026 at 3:00:29 AM UTC`, and the same in some other languages."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

MONTHS = (
    "jan|janv|januar|january|januari|janvier|enero|ene|janeiro|gennaio|gen|января|янв|leden|stycznia|ocak",
    "feb|febr|februar|february|februari|février|févr|febrero|fevereiro|fev|febbraio|февраля|фев|lutego|şubat",
    "mar|mars|märz|mär|mrz|march|maart|marzo|março|marca|марта|мар|mart",
    "apr|april|avril|avr|abril|abr|aprile|апреля|апр|kwietnia|nisan",
    "may|mai|mei|maj|mayo|maio|mag|maggio|мая|май|maja|mayıs",
    "jun|june|juni|juin|junio|junho|giugno|giu|июня|июн|czerwca|haziran",
    "jul|july|juli|juil|juillet|julio|julho|luglio|lug|июля|июл|lipca|temmuz",
    "aug|august|augustus|augusti|août|agosto|ago|августа|авг|sierpnia|ağustos",
    "sep|sept|september|septembre|septiembre|setembro|set|settembre|сентября|сен|września|eylül",
    "oct|okt|october|oktober|octobre|octubre|outubro|out|ottobre|ott|октября|окт|października|ekim",
    "nov|november|novembre|noviembre|novembro|ноября|ноя|listopada|kasım",
    "dec|dez|december|dezember|décembre|déc|diciembre|dic|dezembro|dicembre|декабря|дек|grudnia|aralık",
)
NUMBER_OF_MONTH = {name: number for number, names in enumerate(MONTHS, start=1) for name in names.split("|")}
CLOCK = re.compile(r"(\d{1,2})[:.h](\d{2})(?:[:.](\d{2}))?\s*([ap])?\.?\s?m?\b", re.IGNORECASE)
OFFSET = re.compile(r"(?:UTC|GMT)([+-]\d{1,2})(?::?(\d{2}))?")
YEAR = re.compile(r"\b(\d{4})\b")
DAY = re.compile(r"(?<![\d:])(\d{1,2})(?![\d:])")
CJK = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")


def read_sentence_date(value: object) -> datetime | None:
    """
    A date written as a sentence.

    Args:
        value: A string with a month's name, day, four-digit year and a clock time; an offset such as `UTC+2` is honored.

    Returns:
        The naive time, in UTC where the sentence names UTC or an offset, as it stands where not; None where it cannot be read.
    """
    if not isinstance(value, str) or len(value) > 200:
        return None
    text = re.sub(r"[\u00a0\u202f\u2009]", " ", value)
    clock = CLOCK.search(text)
    date = _date(text[: clock.start()] if clock else text) or _date(text[clock.end() :] if clock else "")
    if date is None:
        return None
    try:
        moment = datetime(*date, *_time(clock))
        offset = OFFSET.search(text)
        if offset:
            sign = -1 if offset[1].startswith("-") else 1
            moment -= sign * timedelta(hours=abs(int(offset[1])), minutes=int(offset[2] or 0))
    except (ValueError, OverflowError):
        return None
    return moment


def _date(text: str) -> tuple[int, int, int] | None:
    cjk = CJK.search(text)
    if cjk:
        return int(cjk[1]), int(cjk[2]), int(cjk[3])
    year = YEAR.search(text)
    words = re.findall(r"[^\W\d_]+", text.casefold())
    month = next((NUMBER_OF_MONTH[word] for word in words if word in NUMBER_OF_MONTH), None)
    day = DAY.search(text.replace(year[1], " ", 1)) if year else None
    return (int(year[1]), month, int(day[1])) if year and month and day else None


def _time(clock: re.Match[str] | None) -> tuple[int, int, int]:
    if clock is None:
        return 0, 0, 0
    hour, half = int(clock[1]), (clock[4] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour, int(clock[2]), int(clock[3] or 0)

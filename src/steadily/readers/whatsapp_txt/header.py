r"""
The grammar of the head of a WhatsApp line: date, time, and what stands around them.

Android writes `date, time - Name: text`, iOS `[date, time:seconds] Name: text`, WhatsApp Desktop's clipboard
`[time, date] Name: text`. Order, separators, digits, clock and calendar follow the phone's language. A head is parsed once
for each *shape* (the head with every digit as `0`), so the grammar can be as wide as the world is and still cost nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Half = Literal["am", "pm", "noon"]

MARKERS: dict[Half, str] = {
    "am": """
        am|a.m.|a. m.|vorm.|vormittags|morgens|nachts|früh|上午|凌晨|早上|清晨|午前|오전|새벽|아침|ص|ق.ظ.|قبل‌ازظهر|π.μ.|ÖÖ|SA|
        paradite|PD|fm|ap.|de.|PG|vm.|f.h.|dop.|dopoledne|dopoludnia|priešpiet|पूर्वाह्न|לפנה״צ|пр.об.|дп|mattina|ก่อนเที่ยง|asubuhi
    """,
    "pm": """
        pm|p.m.|p. m.|nachm.|nachmittags|abends|下午|晚上|傍晚|午後|오후|저녁|밤|م|ب.ظ.|بعدازظهر|μ.μ.|ÖS|CH|
        pasdite|MD|em|ip.|du.|PTG|nm.|e.h.|odp.|odpoledne|popoludní|popiet|अपराह्न|אחה״צ|сл.об.|пп|pomeriggio|หลังเที่ยง|mchana|jioni
    """,
    "noon": "mittags|中午|正午|낮",
}
"""Words for the half of the day, as phones write them beside a 12-hour clock; compared without spaces, dots and case."""


def fold_marker(marker: str) -> str:
    """A marker without spaces of any kind, dots and quotes, in lower case."""
    return re.sub(r"[\s\u00a0\u202f\u200e\u200f.\"״]", "", marker).casefold()


HALVES: dict[str, Half] = {fold_marker(word): half for half, words in MARKERS.items() for word in words.split("|")}

SPACE = "[ \u00a0\u202f\u2009\u200e\u200f]"
YEAR_WORD = r"(?: ?BE| ?г\.?)?"
DATE = (
    rf"(?P<a>0{{1,4}}) ?(?:[/.\-]|年|년) ?(?P<b>0{{1,2}}) ?(?:[/.\-]|月|월) ?(?P<era>[RHS])?(?P<c>0{{1,4}})"
    rf"(?P<be>{YEAR_WORD})(?:日|일)?\.?"
)
TIME = (
    rf"(?:(?P<before>[^\W\d_][^\W\d_.]{{0,10}}\.?(?: [^\W\d_]{{1,3}})?){SPACE}?)??"
    rf"(?P<h>0{{1,2}})(?:[:.]| ?h ?)(?P<m>00)(?:[:.](?P<s>00))?"
    rf"(?:{SPACE}?(?P<after>[^\W\d_](?:[^\W\d_]|[.״\"\u200c]|{SPACE}(?=[^\W\d_]\.)){{0,14}}))?"
)
JOINERS = frozenset("klo à kl u alas ore um o в о at às ob a an am pm den as".split()) - HALVES.keys()
"""Small words between date and time (`klo`, `à`, `kl.`, `a las`), folded as markers are."""

DATE_FIRST = re.compile(rf"(?P<open>\[)?{DATE}[,،]?{SPACE}+{TIME}(?P<close>\]| [-–] |: )")
TIME_FIRST = re.compile(rf"(?P<open>\[){TIME}, ?{DATE}(?P<close>\])")
LOOKS_LIKE_HEAD = re.compile(r"\[?0{1,4}[/.\-]0{1,2}[/.\-]0{1,4}\D{1,12}0{1,2}[:.]00")


@dataclass(frozen=True)
class Layout:
    """
    Where the parts of a head stand, for all heads of one shape.

    Attributes:
        fields: Part (`a`, `b`, `c` of the date; `h`, `m`, `s`) → offsets of the bytes that hold its digits' values.
        half: The half of the day that the head names, or None on a 24-hour clock.
        year_base: What to add to the last number: 2018 for the era Reiwa, -543 for the Buddhist calendar, else 0.
        end: Offset of the first byte after the head.
        four_digit: Which of `a`, `b`, `c` has four digits; empty when none has.
        style: What separates one way of writing from another, for finding where a phone changed its settings.
    """

    fields: dict[str, tuple[int, ...]]
    half: Half | None
    year_base: int
    end: int
    four_digit: str
    style: str


def parse_shape(shape: str) -> Layout | None:
    """
    The layout of a head, or None when the line is none.

    Args:
        shape: The start of a line after bidi marks, every digit as `0`.

    Returns:
        Offsets in bytes of UTF-8, for shapes in which each digit kept the byte length it has in the file.
    """
    plain = shape.translate(NON_ASCII_ZERO)
    match = DATE_FIRST.match(plain) or TIME_FIRST.match(plain)
    if match is None or (match["open"] is None) == (match["close"] == "]"):
        return None
    words = [fold_marker(word) for word in match.group("before", "after") if word]
    halves = [HALVES[word] for word in words if word in HALVES]
    if len(halves) > 1 or any(word not in HALVES and word not in JOINERS for word in words):
        return None
    half = halves[0] if halves else None
    sizes = {part: len(match[part]) for part in "abc"}
    if sizes["a"] == 3 or sizes["c"] == 3 or (sizes["a"] == 4 and sizes["c"] > 2):
        return None
    return Layout(
        fields={part: _digit_offsets(shape, *match.span(part)) for part in "abchms" if match[part]},
        half=half,
        year_base=_year_base(match),
        end=len(shape[: match.end()].encode())
        + (shape[match.end() : match.end() + 1] == " " and match["close"] == "]"),
        four_digit=next((part for part in "ac" if sizes[part] == 4), ""),
        style=f"{match['open'] or ''}{match['close']}{bool(half)}{re.sub('0+', '0', match.group()[:12])}",
    )


NON_ASCII_ZERO = {ord("\u0660"): "0", ord("\u06f0"): "0"}
ERAS = {"R": 2018, "H": 1988, "S": 1925}


def _year_base(match: re.Match[str]) -> int:
    if match["era"]:
        return ERAS[match["era"]]
    return -543 if "BE" in match["be"] else 0


def _digit_offsets(shape: str, start: int, stop: int) -> tuple[int, ...]:
    """Offsets of the last byte of each digit: its low four bits are the digit's value in all three scripts."""
    return tuple(len(shape[: index + 1].encode()) - 1 for index in range(start, stop))

"""
Every letter that a person wrote has to stand on the page, or visibly not: which letters the fonts here can draw, and what stands
in place of the others.

The fonts of the book come with Typst and hold Latin, Greek, Cyrillic, Hebrew and many signs. For other letters the fonts of the machine
are asked, and only then, since looking for them takes time and the same entries should give the same book. What is still missing is set
as its name in brackets (an emoji) or as a frame (a letter), and the book says so.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

FONTS = ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono")
FRAME = "▢"
FIRST_FLAG = "\U0001f1e6"
LONGEST_RUN = 28
"""So many letters in a row without a space may be wider than a column; they get places to break at."""
BREAK = "\u200b"
ROW_PT = 30
NOWHERE = "\U000fffff"
"""No font has it: what stands for it in a font is what stands for every letter that the font lacks."""

_USUAL = re.compile(r"[^\x20-\x7e\u00a0-\u017f\u0391-\u03c9\u0410-\u044f\u2010-\u201f\u2026\n]+")
_RUN = re.compile(rf"\S{{{LONGEST_RUN + 1},}}")
_BESIDE = "".join(map(chr, (0x200D, 0xFE0E, 0xFE0F)))
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]")
"""Not letters; some of them would turn the rest of a line around."""

_CLUSTERS = b"""#let given = json(bytes(sys.inputs.given))
#metadata(given.map(one => one.clusters()).flatten().dedup()) <found>
"""
_PROBE = b"""#set page(width: auto, height: auto, margin: 0pt)
#let given = json(bytes(sys.inputs.given))
#set text(font: given.fonts, fallback: true, size: 10pt)
#for (n, one) in given.clusters.enumerate() { place(top + left, dy: n * given.row * 1pt, box(text(one))) }
"""


@dataclass(frozen=True)
class Letters:
    """
    What the fonts can draw of a text.

    Attributes:
        asks_system: Whether the fonts of the machine are needed.
        missing: What no font here has, and what is set in its place.
    """

    asks_system: bool = False
    missing: dict[str, str] = field(default_factory=dict)

    def drawn(self, text: str) -> str:
        """The text, with something visible in place of what is missing."""
        if not self.missing or text.isascii():
            return text
        return _any_of(tuple(sorted(self.missing, key=len, reverse=True))).sub(lambda one: self.missing[one[0]], text)


def letters_of(texts: Iterable[str]) -> Letters:
    """
    Which letters of these texts can be drawn.

    Args:
        texts: As `cleaned` leaves them.
    """
    unusual = {run for text in texts if not text.isascii() for run in _USUAL.findall(text)}
    clusters = _clusters(sorted(unusual)) if unusual else []
    lacking = _lacking(clusters, system=False) if clusters else []
    if not lacking:
        return Letters()
    still = _lacking(lacking, system=True)
    return Letters(asks_system=len(still) < len(lacking), missing={one: _in_place_of(one) for one in still})


def cleaned(text: str) -> str:
    """Composed letters and no control characters; everything that a person would call a letter stays."""
    return _CONTROL.sub("", unicodedata.normalize("NFC", text))


def with_breaks(text: str) -> str:
    """The same with places to break at in long runs, so that nothing runs over the edge."""
    return _RUN.sub(lambda run: _broken(run[0]), text) if len(text) > LONGEST_RUN else text


def runs_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction is one of a script that is written from right to left."""
    first = next((kind for one in text if (kind := unicodedata.bidirectional(one)) in ("L", "R", "AL")), "L")
    return first != "L"


def mapped(value: Any, change: Callable[[str], str]) -> Any:
    """The same tree with every string in it changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {name: one if name == "is" else mapped(one, change) for name, one in value.items()}
    return [mapped(one, change) for one in value] if isinstance(value, list | tuple) else value


def strings(value: Any) -> Iterable[str]:
    """Every string in a tree."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from strings(one)


def _broken(run: str) -> str:
    pieces, start = [], 0
    for place in range(1, len(run)):
        if place - start >= LONGEST_RUN and not _belongs_to_the_one_before(run, place):
            pieces.append(run[start:place])
            start = place
    return BREAK.join((*pieces, run[start:]))


def _belongs_to_the_one_before(run: str, place: int) -> bool:
    one, before = run[place], run[place - 1]
    return (
        one in _BESIDE or before == _BESIDE[0] or unicodedata.category(one)[0] == "M" or _is_skin(one) or _is_flag(one)
    )


def _is_skin(one: str) -> bool:
    return "\U0001f3fb" <= one <= "\U0001f3ff"


def _is_flag(one: str) -> bool:
    return FIRST_FLAG <= one <= "\U0001f1ff"


def _clusters(runs: list[str]) -> list[str]:
    import typst

    given = json.dumps(runs, ensure_ascii=False)
    found = typst.query(
        _CLUSTERS, "<found>", field="value", one=True, sys_inputs={"given": given}, ignore_system_fonts=True
    )
    return [one for one in json.loads(found) if one.strip() and not all(_is_unseen(letter) for letter in one)]


def _is_unseen(letter: str) -> bool:
    return letter in _BESIDE or unicodedata.category(letter) in ("Cf", "Zs")


def _lacking(clusters: list[str], *, system: bool) -> list[str]:
    """
    Those of the clusters that no font draws whole.

    Each is set on a row of its own; a font draws the same shape for every letter that it lacks, and `NOWHERE`, in the first row, shows
    which shape that is.
    """
    import typst

    given = json.dumps({"fonts": FONTS, "clusters": [NOWHERE, *clusters], "row": ROW_PT}, ensure_ascii=False)
    drawn = typst.compile(_PROBE, sys_inputs={"given": given}, ignore_system_fonts=not system, format="svg").decode()
    rows: dict[int, set[str]] = {}
    for row in re.split(r'<g transform="translate\(0 ', drawn.replace("<g><g", '<g transform="translate(0 0)"><g', 1))[
        1:
    ]:
        at = float(row.split(")", 1)[0])
        rows.setdefault(round(at) // ROW_PT, set()).update(re.findall(r'href="#(\w+)"', row.split("<defs>", 1)[0]))
    nothing = rows[0]
    return [one for n, one in enumerate(clusters, start=1) if rows.get(n, set()) & nothing]


def _in_place_of(cluster: str) -> str:
    if all(map(_is_flag, cluster)):
        return f"[flag {''.join(chr(ord(one) - ord(FIRST_FLAG) + ord('a')) for one in cluster)}]"
    is_sign = unicodedata.category(cluster[0])[0] == "S"
    return f"[{unicodedata.name(cluster[0], 'a sign').lower()}]" if is_sign else FRAME


@cache
def _any_of(wanted: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, wanted)))

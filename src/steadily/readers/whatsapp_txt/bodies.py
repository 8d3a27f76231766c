"""
What the body of a WhatsApp message is: words, or one of the app's own lines in some 35 languages.

A body is taken for the app's line only as a whole (after dropping bidi marks and one final full stop), never by a word in
it: people do write "deleted". The strings are in `strings.json`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from steadily.readers.media_kinds import of_name

MARK = "\u200e"
_BIDI = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"))
_FULL_STOPS = ".。۔।"

MEDIA_KINDS = ("image", "video", "audio", "sticker", "gif", "contact")

LOCATION = re.compile(
    r"https?://(?:www\.)?(?:maps\.google\.com/(?:maps)?\?q=|maps\.app\.goo\.gl/|foursquare\.com/v/)\S+"
)
POLL_TITLE = re.compile(rf"{MARK}?[^\W\d_a-z]{{3,}}:\n")
POLL_OPTION = re.compile(r"\(\d+ \w+\)$", re.MULTILINE)
LONGEST_APP_LINE = 20_000
"""Longer bodies are a person's words; no app line, caption included, comes near."""
PLACEHOLDER = re.compile(r"<[^<>\n]{1,58}>")
DURATION = re.compile(
    r"(\d+)\s*(h|hr|hrs|hours?|std\.?|stunden?|ч|小时|時間|시간|min|mins|minutes?|мин|分钟|分|분|s|sec|secs|seconds?|sek\.?|с|秒|초)\b"
)
DOCUMENT = re.compile(r"^(?P<name>[^\n]+?\.\w{1,5}) • .+")
SECONDS_OF_UNIT = {
    "h": 3600,
    "s": 3600,
    "ч": 3600,
    "小": 3600,
    "時": 3600,
    "시": 3600,
    "m": 60,
    "м": 60,
    "分": 60,
    "분": 60,
}


@dataclass(frozen=True)
class Body:
    """
    What a body is.

    Attributes:
        kind: As in the schema: text, media, call, deleted or system.
        text: The words that are left; None when there are none.
        media: What was attached.
        call_s: Seconds a call lasted, 0 when nobody answered.
        edited: Whether the app says that it was edited.
    """

    kind: str
    text: str | None
    media: str | None = None
    call_s: float | None = None
    edited: bool = False


@cache
def strings() -> dict[str, list[str]]:
    """The app's own lines, by kind."""
    text = resources.files(__package__).joinpath("strings.json").read_text(encoding="utf-8")
    return {key: value for key, value in json.loads(text).items() if isinstance(value, list)}


def fold(body: str) -> str:
    """A body as it is compared: no bidi marks, no outer space, one final full stop dropped, case-folded."""
    plain = body.translate(_BIDI).strip()
    if plain[-1:] and plain[-1] in _FULL_STOPS:
        plain = plain[:-1].rstrip()
    return plain.casefold()


@cache
def whole_bodies() -> dict[str, Body]:
    """Folded body → what it is, for bodies that are one of the app's lines as a whole."""
    known = strings()
    table: dict[str, Body] = {}
    for body in (*known["view_once"], *known["media_android_examples"]):
        table[fold(body)] = Body("media", None, "other")
    for media in MEDIA_KINDS:
        table.update({fold(body): Body("media", None, media) for body in known[media]})
    table.update({fold(body): Body("media", None, "document") for body in known["document_suffix"]})
    table.update({fold(body): Body("call", None, call_s=0.0) for body in known["missed_voice"] + known["missed_video"]})
    table.update({fold(body): Body("deleted", None) for body in known["deleted"] + known["you_deleted"]})
    return table


@cache
def _alternatives(kind: str) -> str:
    return "|".join(re.escape(word) for word in sorted(strings()[kind], key=len, reverse=True))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    android, ios = _alternatives("attached_android_suffix"), _alternatives("attached_ios_word")
    document = _alternatives("document_suffix")
    calls = "voice call|video call|sprachanruf|videoanruf|llamada de voz|videollamada|appel vocal|appel vidéo|chamada de voz|"
    calls += "videochamada|chamada de vídeo|ligação de voz|ligação de vídeo|chiamata vocale|videochiamata|spraakoproep|"
    calls += "video-oproep|аудиозвонок|видеозвонок|sesli arama|görüntülü arama"
    return {
        "android": re.compile(
            rf"^{MARK}?(?P<name>[^\n]+?\.\w{{1,5}}) (?:\((?:{android})\)|eklendi)(?:\n(?P<caption>.*))?$", re.DOTALL
        ),
        "ios": re.compile(
            rf"^(?P<doc>[^\n]*? • [^\n]*?)?{MARK}?<(?:{ios})\s?[:：]\s?(?P<name>[^<>\n]+)>(?:\n?(?P<caption>.*))?$",
            re.DOTALL,
        ),
        "document": re.compile(rf"^{MARK}?[^\n]+(?: • [^\n]*)? {MARK}?(?:{document})$"),
        "call": re.compile(rf"^(?P<what>{calls})(?:[,.]\s*(?P<rest>[^\n]{{0,60}}))?$"),
        "missed": re.compile(
            rf"^(?:{_alternatives('missed_voice').casefold()}|{_alternatives('missed_video').casefold()})[.,;:] [^\n]{{0,60}}$"
        ),
    }


def classify(body: str) -> Body:
    """
    What a body is.

    Args:
        body: Everything after the sender, line breaks and marks included.

    Returns:
        Its kind, and the words that are left once the app's own have been taken off.
    """
    words = _without_edit_mark(body)
    if words is not None:
        return replace(classify(words), edited=True)
    if len(body) > LONGEST_APP_LINE:
        return Body("text", body)
    folded = fold(body)
    whole = whole_bodies().get(folded)
    if whole is not None:
        return whole
    return _attachment(body) or _call(body, folded) or _other(body)


@cache
def _edit_marks() -> frozenset[str]:
    return frozenset(fold(mark) for mark in strings()["edited_suffix"])


def _without_edit_mark(body: str) -> str | None:
    """The words before the app's note that a message was edited; None where there is no such note."""
    place = body.rfind("<", -LONGEST_APP_LINE) if body.endswith(">") else -1
    if place < 0 or fold(body[place:]) not in _edit_marks():
        return None
    return body[:place].removesuffix(MARK).rstrip()


def _attachment(body: str) -> Body | None:
    for form in ("android", "ios"):
        match = _patterns()[form].match(body)
        if match:
            caption = (match["caption"] or "").translate({ord(MARK): None}).strip() or None
            return Body("media", caption, media_of_name(match["name"]))
    if ("•" in body or body.startswith(MARK)) and _patterns()["document"].match(body):
        return Body("media", None, "document")
    if PLACEHOLDER.fullmatch(body.translate(_BIDI).strip()):
        return Body("media", None, "other")
    return None


def media_of_name(name: str) -> str:
    """The kind of media that a file name tells."""
    lowered = name.strip().lower()
    return "sticker" if "sticker" in lowered or lowered.endswith(".webp") else of_name(name)


def _call(body: str, folded: str) -> Body | None:
    if _patterns()["missed"].match(folded):
        return Body("call", None, call_s=0.0)
    match = _patterns()["call"].match(folded)
    if not match or not (match["rest"] or body.startswith(MARK)):
        return None
    parts = DURATION.findall(match["rest"] or "")
    if not parts:
        return Body("call", None, call_s=0.0 if match["rest"] and not body[-1:].isdigit() else None)
    return Body("call", None, call_s=float(sum(int(number[:6]) * _unit_seconds(unit) for number, unit in parts)))


def _unit_seconds(unit: str) -> int:
    if unit.startswith(("std", "stunde")):
        return 3600
    if unit.startswith(("s", "с", "秒", "초")):
        return 1
    return SECONDS_OF_UNIT[unit[0]]


def _other(body: str) -> Body:
    if LOCATION.search(body):
        return Body("media", body.strip(MARK), "location")
    if POLL_TITLE.match(body) and POLL_OPTION.search(body):
        return Body("media", body.strip(MARK), "poll")
    if body.startswith(MARK):
        return Body("system", body)
    return Body("text", body or None)


def is_notice(body: str) -> bool:
    """Whether a body is WhatsApp's notice about encryption, in any language."""
    return any(part in body for part in strings()["encryption_contains"])

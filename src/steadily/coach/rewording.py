"""
Rewording by rules that can be read: what carries heat, a verdict, pressure, a closed door, an excuse or unasked advice is taken out,
or the wish or hurt under it stands in its place; everything else stays as it was written.

The rules lie in `rewording/*.toml`, so that somebody who writes no programs can change them. Within a file the first that fits wins.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from steadily.coach.past import base_form

FOLDER = Path(__file__).parent / "rewording"
ORDER = ("verdicts", "excuses", "pressing", "doors", "advice", "absolutes", "heat")
MACROS = {
    "{youre}": r"\b(?:you['’]?re|you are|youve been|you['’]ve been|u r|ur|u are|yer)",
    "{your}": r"(?:your|ur|yer|you['’]?re)",
    "{such}": r"such(?: an?)?",
    "{so}": r"so|too|really|very|that|completely|totally|absolutely|pure|well|proper",
    "{swear}": r"fucking|bloody|damn|goddamn|fckn|lying|lazy|stupid|selfish|cold|spoiled|spoilt|big|cruel|useless|heartless|right",
}
AT_START = r"(?:^|(?<=[.!?…\n] )|(?<=\n))(?:(?:and|but|so|well|ok|okay|oh|yeah|look|then|just|like)[, ]+)*"

MOST_WORDS = 2
TAG = re.compile(
    r",? (?:do|are|have|did|would|will|can|is|isn['’]?t|don['’]?t) (?:you|u|ya|ye|it|yous)\b", re.IGNORECASE
)
HANGS_ON = re.compile(r"\b(?:where|that|how|what|which|who|if|when|since|than|like|as)\s+$", re.IGNORECASE)
"""After these a clause cannot be put in another's place."""
ENDED = re.compile(r"[.!?…\n]\s*$")
CLAUSE_ENDS = re.compile(
    r"\s*(?:$|[.!?…,;:\n)–—-]|(?:and|but|so|because|cos|when|if|every time|again|anymore|any more)\b)", re.IGNORECASE
)
GOES_ON = re.compile(
    r"(?:and|but|so|when|if|that|about|because|cos|to|with|on|for|like|every|again|at|in|while|anymore)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Rule:
    """
    One rule.

    Attributes:
        pattern: What it takes away.
        to: What stands there instead; may name groups of the pattern.
        why: The reason, for the writer; empty where it only tidies.
        kind: The file that it stands in.
        past: The next word is put into its base form: "you never told" becomes "you didn't tell".
        when: Only where this behavior was found; always, where empty.
    """

    pattern: re.Pattern[str]
    to: str
    why: str
    kind: str
    past: bool
    when: str


@dataclass(frozen=True)
class Edit:
    """
    One change in a text.

    Attributes:
        start: Offset of the first character that goes.
        end: Offset after the last.
        text: What stands there instead.
        why: The reason.
        kind: The file of the rule: what was found.
    """

    start: int
    end: int
    text: str
    why: str
    kind: str


def edits(text: str, labels: Collection[str] = (), only: Sequence[str] = ORDER) -> list[Edit]:
    """
    What the rules would change in a text, in its order, none touching another.

    Args:
        text: A draft.
        labels: The behaviors that were found in it.
        only: Files of rules; what an earlier one changes no later one does.
    """
    found: list[Edit] = []
    for name in only:
        for rule in _rules(name):
            if rule.when and rule.when not in labels:
                continue
            found += [one for one in _matches(rule, text) if not any(_touch(one, other) for other in found)]
    return sorted(found, key=lambda one: one.start)


def applied(text: str, changes: Sequence[Edit]) -> str:
    """A text with some changes."""
    for one in sorted(changes, key=lambda one: -one.start):
        text = text[: one.start] + one.text + text[one.end :]
    return text


def _matches(rule: Rule, text: str) -> list[Edit]:
    found = []
    for match in rule.pattern.finditer(text):
        if not match.group().strip():
            continue
        end, new = match.end(), match.expand(rule.to)
        if new and HANGS_ON.search(text[: match.start()]):
            continue
        if rule.past:
            word = re.match(r"\w+", text[end:])
            if word:
                found.append(Edit(match.start(), end + word.end(), new + base_form(word.group()), rule.why, rule.kind))
            continue
        if is_whole(new):
            tag = TAG.match(text, end)
            end = tag.end() if tag else end
            if not CLAUSE_ENDS.match(text, end) and not ENDED.search(match.group()):
                continue
        found.append(Edit(match.start(), end, _ended(new, match.group(), text[end:]), rule.why, rule.kind))
    return found


def is_whole(new: str) -> bool:
    """Whether what stands instead is a clause by itself, so that it can only stand where a clause ends."""
    return bool(new.strip()) and not new.endswith(" ") and len(new.split()) > MOST_WORDS


def _ended(new: str, old: str, after: str) -> str:
    """What stands instead, ended as a sentence where the old words took the end with them."""
    if not new or new.endswith((" ", "?")):
        return new if not new.endswith("?") or not after[:1].isalnum() else f"{new} "
    if ENDED.search(old) and not new.endswith((".", "!")):
        return f"{new}."
    starts_anew = after[:1] == " " and after.lstrip()[:1].isalnum() and not GOES_ON.match(after.lstrip())
    return f"{new}." if starts_anew else new


def _touch(one: Edit, other: Edit) -> bool:
    return one.start < other.end and other.start < one.end


@cache
def _rules(name: str) -> tuple[Rule, ...]:
    described = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return tuple(_rule(name, one) for one in described["rule"])


def _rule(kind: str, one: dict[str, object]) -> Rule:
    pattern = str(one["from"])
    for macro, meaning in MACROS.items():
        pattern = pattern.replace(macro, f"(?:{meaning})" if macro != "{youre}" else meaning)
    pattern = pattern.replace("['’]", "'").replace("'", "['’]")
    if one.get("at") in ("sentence", "start"):
        pattern = AT_START + f"(?:{pattern})"
    elif pattern[:1] in "(yiwe" and not pattern.startswith(("(?:^", "(?:\\b")):
        pattern = r"\b" + pattern
    return Rule(
        re.compile(pattern, re.IGNORECASE),
        str(one["to"]),
        str(one["why"]),
        kind,
        bool(one.get("past")),
        str(one.get("when", "")),
    )

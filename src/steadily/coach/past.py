"""From "told" to "tell": the base form of a verb in the past, for turning "you never told me" into "you didn't tell me"."""

from __future__ import annotations

IRREGULAR = {
    "told": "tell",
    "said": "say",
    "came": "come",
    "rang": "ring",
    "did": "do",
    "made": "make",
    "took": "take",
    "gave": "give",
    "got": "get",
    "paid": "pay",
    "went": "go",
    "let": "let",
    "wrote": "write",
    "stood": "stand",
    "been": "go",
    "done": "do",
    "bought": "buy",
    "brought": "bring",
    "thought": "think",
    "sent": "send",
    "put": "put",
    "felt": "feel",
    "kept": "keep",
    "left": "leave",
    "met": "meet",
    "read": "read",
    "spoke": "speak",
    "saw": "see",
    "cut": "cut",
    "found": "find",
    "forgot": "forget",
    "knew": "know",
    "heard": "hear",
    "held": "hold",
    "meant": "mean",
    "sold": "sell",
    "spent": "spend",
    "shown": "show",
    "gone": "go",
    "given": "give",
    "shared": "share",
    "agreed": "agree",
    "hated": "hate",
    "invited": "invite",
    "cared": "care",
    "ignored": "ignore",
}
VOWELS = "aeiou"


def base_form(word: str) -> str:
    """The base form of a word in the past; a word that is none stays as it is."""
    lower = word.lower()
    if lower in IRREGULAR:
        return IRREGULAR[lower]
    if not lower.endswith("ed") or len(lower) < 4:
        return lower
    if lower.endswith("ied"):
        return f"{lower[:-3]}y"
    if lower[-3] == lower[-4:-3] and lower[-3] not in "lsz":
        return lower[:-3]
    before, second = lower[-4:-3], lower[-5:-4]
    is_single_vowel = before in VOWELS and (not second or second not in VOWELS)
    ends_with_e = lower[-3] in "vcuz" or (is_single_vowel and lower[-3] not in "wxyrnlkdt")
    return lower[:-1] if ends_with_e else lower[:-2]

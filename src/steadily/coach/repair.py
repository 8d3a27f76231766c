"""
Micro-repairs: two or three phrases for something that landed wrong minutes ago, by what went wrong.

The phrases are those of the library (`library.py`). They carry no tag for this; each slip below says which words to look for in a
phrase and in when it helps, so the library can grow without a change here. Jokes stay out: they are a gamble just then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from steadily.coach.library import Phrase, search

MOST, FEWEST = 3, 2
RECENT = "hours"
NOT_NOW = "playful"


@dataclass(frozen=True)
class Slip:
    """
    One way in which something lands wrong.

    Attributes:
        name: Its name in the form.
        title: How a person would say it.
        words: What a phrase for it, or when it helps, would say; beginnings of words count.
        goals: What the writer may want then; of `library.GOALS`, the nearest first.
        kinds: Where to look; names of kinds, the nearest first.
        note: One sentence to read before; may be empty.
    """

    name: str
    title: str
    words: tuple[str, ...]
    goals: tuple[str, ...]
    kinds: tuple[str, ...] = ("repair", "apology")
    note: str = ""


SLIPS: tuple[Slip, ...] = (
    Slip(
        "sharp",
        "It came out too sharp",
        ("sharp", "harsh", "harder than", "tone", "your own words", "hear it the moment", "came out", "went up"),
        ("repair", "hear", "slow down"),
        ("repair",),
    ),
    Slip(
        "joke",
        "A joke of mine stung",
        ("joke", "sarcas", "laugh", "teas", "cheap shot", "rolled my eyes"),
        ("repair", "hear", "protect"),
    ),
    Slip(
        "not listening",
        "I answered before listening",
        (
            "before you had listened",
            "stopped listening",
            "talked over",
            "mid-sentence",
            "cut in",
            "interrupt",
            "defending",
        ),
        ("hear", "repair"),
    ),
    Slip(
        "misunderstood",
        "One of us misunderstood",
        (
            "misread",
            "misunder",
            "heard wrong",
            "not sure it was meant",
            "reads worse",
            "muddle",
            "you didn't say",
            "did you mean",
        ),
        ("hear", "repair", "ask", "be heard"),
        ("repair", "validation"),
    ),
    Slip(
        "too much",
        "It was too much at once",
        (
            "too fast",
            "slow down",
            "in a row",
            "speeding",
            "sideways",
            "grown large",
            "two fights",
            "pushing",
            "too much",
        ),
        ("slow down", "repair"),
        ("repair", "time-out"),
        "If they asked for quiet, nothing more is needed now.",
    ),
    Slip(
        "quiet",
        "I went quiet",
        (
            "shut down",
            "went silent",
            "went quiet",
            "walked off",
            "walked out",
            "ran out of words",
            "left in anger",
            "not come back",
        ),
        ("repair", "ask", "reach", "slow down"),
        ("repair", "time-out"),
        "If you went quiet because you were afraid, that needs no repair.",
    ),
    Slip(
        "old",
        "I brought up something old, or said 'always'",
        ("something old", "dug up", "always", "verdict", "old topic", "settled", "keeping score"),
        ("repair", "hear"),
    ),
    Slip(
        "my day",
        "They got the end of my bad day",
        ("bad day", "bad night", "my mood", "spilled", "snapped", "moody", "grumpy"),
        ("repair", "reach"),
    ),
    Slip(
        "stung me",
        "Something they said stung",
        ("stung", "ouch", "were hit by", "that last bit hurt", "feel anger rising", "too sore"),
        ("be heard", "hear", "protect", "ask"),
        ("repair", "time-out"),
        "If it was meant to hurt, there is nothing here for you to mend. You may simply stop.",
    ),
)


def slip_named(name: str) -> Slip | None:
    """The slip of that name."""
    return next((one for one in SLIPS if one.name == name), None)


def repairs(slip: Slip, phrases: Sequence[Phrase] | None = None) -> list[Phrase]:
    """
    Two or three phrases for a slip, plain and short ones first.

    Args:
        slip: What went wrong.
        phrases: Where to look; the whole library where there is none.
    """
    usable = [one for one in (search() if phrases is None else phrases) if _is_for_now(one, slip)]
    usable.sort(
        key=lambda one: (-_fit(one, slip), slip.kinds.index(one.kind), slip.goals.index(one.goal), _weight(one))
    )
    n_fitting = sum(_fit(one, slip) > 0 for one in usable)
    return sorted(usable[: max(FEWEST, min(MOST, n_fitting))], key=_weight)


def _is_for_now(phrase: Phrase, slip: Slip) -> bool:
    is_recent = not phrase.distance or RECENT in phrase.distance
    return is_recent and phrase.register != NOT_NOW and phrase.kind in slip.kinds and phrase.goal in slip.goals


def _fit(phrase: Phrase, slip: Slip) -> int:
    """How many of the slip's words are there; in when a phrase helps they count twice."""
    return 2 * _n_begun(phrase.when, slip.words) + _n_begun(phrase.text, slip.words)


def _n_begun(text: str, words: Sequence[str]) -> int:
    text = f" {text.lower().replace('’', chr(39))}"
    return sum(any(f"{before}{word}" in text for before in " '-(") for word in words)


def _weight(phrase: Phrase) -> tuple[bool, int]:
    """Plain before warm, short before long."""
    return phrase.register == "warm", len(phrase.text.split())

"""What every sentence about a finding is made of: the form of a sentence, and plain values out of a finding's facts."""

from __future__ import annotations

from collections.abc import Callable

from steadily.dynamics import Finding

Sentence = Callable[[Finding, float, float], tuple[str, str]]
"""A finding and the ends of its interval → what is so, and how sure that is (empty for plain counts)."""
Sentences = dict[str, tuple[str, str, Sentence]]
"""Finding → heading, caveat, and the function that makes its statement and its range."""


def number(finding: Finding, fact: str) -> float:
    """A fact as a number; 0 where it is none."""
    value = finding.facts.get(fact)
    return float(value) if isinstance(value, int | float) else 0.0


def word(finding: Finding, fact: str) -> str:
    """A fact as a word; empty where there is none."""
    return str(finding.facts.get(fact, ""))


def cap(sentence: str) -> str:
    """With a capital in front."""
    return sentence[:1].upper() + sentence[1:]

"""What I did, and what followed between the two: what went together, and never what worked."""

from __future__ import annotations

from steadily.dynamics import Finding
from steadily.report.facts import Sentences, number, word
from steadily.report.wording import of_hundred, share_between

DID = {
    "affection": "wrote something tender",
    "appreciation": "said thanks or named something good",
    "interest": "asked how your partner was or how the day went",
    "validation": "showed that you had heard",
    "reassurance": "took some pressure off",
    "humor": "joked",
    "support": "offered a hand",
    "disclosure": "named a feeling or a need of your own",
    "request": "asked for something and left room for a no",
    "ownership": "owned your part in something",
    "invitation": "asked your partner along",
    "repair": "tried to mend something",
    "pause": "took a little while and then answered sharp words calmly",
}
"""Behavior → what I did, after "you"."""


def _followed(finding: Finding, low: float, high: float) -> tuple[str, str]:
    after, beside = of_hundred(number(finding, "after")), of_hundred(number(finding, "beside"))
    statement = (
        f"When you {DID[word(finding, 'behavior')]}, kind words followed more often: after about {after} of every 100 such turns "
        f"({finding.n:,} were looked at), "
        f"and after about {beside} at matched moments without it. The two went together; that is no proof that one led to the other."
    )
    return statement, f"The difference is {share_between(low, high)}."


def _none(finding: Finding, _low: float, _high: float) -> tuple[str, str]:
    n = round(number(finding, "n_tested"))
    looked = "One thing you do was" if n == 1 else f"{n} things you do were"
    return (
        f"{looked} common enough to look at, next to the kind words that followed. "
        "Nothing went together clearly enough to tell it from chance.",
        "",
    )


MATCHED = (
    "Compared within the same talk, at a like tone of the last words. "
    "Many kind words are missed by this reading, so the difference says more than the level."
)
SENTENCES: Sentences = {
    "what_helps.followed": (
        "What was followed by warmth",
        f"{MATCHED} Jokes are not counted as kind words here.",
        _followed,
    ),
    "what_helps.none": (
        "What was followed by warmth",
        f"{MATCHED} That nothing stood out does not mean that nothing matters.",
        _none,
    ),
}

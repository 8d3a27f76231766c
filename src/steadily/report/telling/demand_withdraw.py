"""Reaching and stepping back, in words."""

from __future__ import annotations

from steadily.dynamics.finding import Finding
from steadily.report.facts import Sentences, cap, number, word

ASKED_FOR = {
    "interest": "news of the other",
    "request": "something small and clear",
    "invitation": "time together",
    "disclosure": "being heard",
    "affection": "closeness",
    "demand": "an answer",
    "criticism": "a change",
    "reassurance": "calm between you two",
    "withdrawal": "some room",
}
"""Behavior → what words that carry it seem to ask for."""
ROOM = ("reassurance", "withdrawal")
WHO = {
    "me": ("you reached out most", "your partner's answer"),
    "partner": ("your partner reached out most", "your answer"),
    "both": ("one of you reached out most", "the other's answer"),
}
"""Who reaches → when it was, and whose answer."""
ORDINARY_MIN = 10


def _loop(finding: Finding, low: float, high: float) -> tuple[str, str]:
    when, answer = WHO[word(finding, "reaching")]
    later, times = round(number(finding, "n_later")), round(number(finding, "n_reaching"))
    by_chance = round(times / 4)
    statement = f"When {when}, {answer} came a little later on the whole than others at such hours."
    if later > by_chance:
        statement = (
            f"When {when}, {answer} was among the slowest quarter for such hours {later:,} of {times:,} times; "
            f"it would be about {by_chance:,} if the two did not go together."
        )
    statement += _asks(finding)
    shortest, longest = (round(edge * ORDINARY_MIN) for edge in (low, high))
    span = f"about {shortest}" if shortest == longest else f"somewhere between {shortest} and {longest}"
    return statement, f"Where a comparable answer took {ORDINARY_MIN} minutes, these took {span}."


def _asks(finding: Finding) -> str:
    """What the words of each seem to ask for, mine first; empty where nothing stands out."""
    mine, theirs = (_listed(word(finding, name)) for name in ("asks_me", "asks_partner"))
    parts = [f"your words seem to ask more than usual for {mine}"] if mine else []
    parts += [f"your partner's, for {theirs}"] if theirs else []
    if not mine and theirs:
        parts = [f"your partner's words seem to ask more than usual for {theirs}"]
    return f" {cap('; '.join(parts))}." if parts else ""


def _listed(labels: str) -> str:
    """At most two, the clearest first; room asked for stands alone, since no sentence asks for more and for less at once."""
    found = [label for label in labels.split(", ") if label]
    together = [label for label in found if (label in ROOM) == (found[0] in ROOM)]
    return " and ".join(ASKED_FOR[label] for label in together)


def _none(_finding: Finding, _low: float, _high: float) -> tuple[str, str]:
    return "No such loop found: no pattern in which one of you reaches and the other's answers wait longer.", ""


SENTENCES: Sentences = {
    "demand_withdraw.loop": (
        "Who reaches, who steps back",
        "It goes together; the chat cannot tell why. It may be busyness, or too much at once. You two could ask each other.",
        _loop,
    ),
    "demand_withdraw.none": (
        "Who reaches, who steps back",
        "What happens off the chat is not in it, and a pattern that never changes leaves no trace here.",
        _none,
    ),
}
"""Finding → heading, caveat, and the function that makes its statement and its range."""

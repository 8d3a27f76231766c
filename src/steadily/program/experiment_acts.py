"""Acts to try: small ones of one's own, that a person would be glad for their partner to know about."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST_ACT = 200


@dataclass(frozen=True)
class Act:
    """
    Something small to try.

    Attributes:
        text: As the person would say it.
        reaches: Whether the partner is on the receiving end.
    """

    text: str
    reaches: bool


ACTS = (
    Act("I end the evening with one thank-you, for something real.", True),
    Act("I ask one question about their day, and listen to the answer.", True),
    Act("I say good night in one warm sentence that asks for nothing.", True),
    Act("I put my phone away for the first half hour in the evening.", False),
    Act("I breathe slowly for five minutes before the evening begins.", False),
    Act("I write down one good thing that they did, for myself.", False),
)

THEM = r"(?:him|her|them|my (?:partner|wife|husband|girlfriend|boyfriend|spouse|fianc[eé]e?))"
WITHHOLDS = re.compile(
    rf"\b(?:ignor|punish|withhold)\w*|\bsilent treatment\b|\b(?:go|going|stay|staying) (?:quiet|cold|silent)\b|\bplay(?:ing)? hard\b"
    rf"|\b(?:hold|holding|keep|keeping) back (?:warmth|love|affection|sex|kisses|hugs|answers|replies)|\bwithdraw\w* from {THEM}"
    rf"|\b(?:do not|don'?t|won'?t|not|never|without|no) (?:to )?(?:answer|repl|writ|text|call|speak|talk|respond|touch|kiss|hug|messag)\w*"
    rf"\b(?! (?:over|down|about|sharp|harsh|loud))|\b(?:leave|leaving|keep|keeping) {THEM} (?:on read|waiting|guessing)\b",
    re.IGNORECASE,
)
TESTS = re.compile(
    rf"\btest(?:ing)? (?:{THEM}|whether|if)\b|\bjealous\w*|\b(?:track|spy)(?:ing)? (?:on )?{THEM}\b"
    rf"|\b(?:make|making) {THEM} (?:miss|want|chase)\b|\b(?:see|seeing) (?:if|whether|how) (?:he|she|they|my \w+) (?:will |would )?"
    rf"(?:react|respond|notic|answer|com|miss|car|writ|text|call)\w*"
    rf"|\b(?:check|read|look at|look through|go through|search)(?:ing)? (?:his|her|their|my \w+'s) (?:\w+ )?"
    rf"(?:phone|messages?|texts?|mail|emails?|location|laptop)\b",
    re.IGNORECASE,
)
FOR_ONESELF = re.compile(r"\b(?:work|office|boss|news|screens?|phone|e-?mails?|social media)\b", re.IGNORECASE)
"""What an act that leaves something out may be about: "no calls from work at dinner" withholds nothing from anybody."""

OF_THEM = re.compile(rf"\b(?:his|hers?|their|{THEM})\b", re.IGNORECASE)


def why_not(act: str) -> str:
    """Why an act is not one to try, in a sentence; empty where nothing speaks against it."""
    is_for_oneself = FOR_ONESELF.search(act) and not OF_THEM.search(act)
    if WITHHOLDS.search(act) and not is_for_oneself:
        return "Please choose something to do. Here nothing is held back from your partner."
    if TESTS.search(act):
        return "This would test or watch your partner. Try something that you would be glad for them to know about."
    return ""


def reaches(act: str) -> bool:
    """Whether an act may reach the partner; of one in the person's own words that is not known, so it may."""
    return next((one.reaches for one in ACTS if one.text == act), True)

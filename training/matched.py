"""
Messages matched in all but a person's gender or the spelling of a region: to learn not to mind it, and to measure that.

A word is exchanged for its counterpart; `her` becomes `his` before a word that it can own and `him` elsewhere.
"""

from __future__ import annotations

import re

PAIRS = (
    "he she|himself herself|husband wife|boyfriend girlfriend|hubby wifey|mum dad|mom dad|mother father|mummy daddy|mommy daddy|"
    "man woman|men women|boy girl|boys girls|son daughter|sons daughters|brother sister|brothers sisters|uncle aunt|nephew niece|"
    "king queen|sir madam|guy girl|guys girls|bro sis|mr mrs|grandad nan|grandpa grandma|lad lass|lads lasses|bf gf|dude chick|"
    "he's she's|he'll she'll|he'd she'd|hes shes|gentleman lady|male female"
)
SPELLINGS = (
    "colour color|favourite favorite|realise realize|apologise apologize|organise organize|centre center|grey gray|behaviour behavior|"
    "honour honor|neighbour neighbor|mum mom|cosy cozy|pyjamas pajamas|tyre tire|cheque check|humour humor|going to gonna|want to wanna|"
    "you u|your ur|because cuz|are r|what wot|tonight tonite|though tho|love luv|don't dont|can't cant|i'm im|you're youre|doing doin|"
    "nothing nowt|something summat|isn't ain't|please pls"
)
WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")
NEVER_OWNED = frozenset(
    """
    a an and are as at because but by can for from had has have if in into is it just not now of off on or out over so than
    that the then there this to too up was well were when where while why will with would yet again about after before
    """.split()
)


def _both_ways(pairs: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in pairs.split("|"):
        one, other = pair.split(" ")
        found.setdefault(one, other)
        found.setdefault(other, one)
    return found


GENDERED = _both_ways(PAIRS)
SPELLED = dict(pair.rsplit(" ", 1) for pair in SPELLINGS.split("|"))


def other_gender(text: str) -> str:
    """The text with every gendered word exchanged; the same text where there is none."""

    def exchanged(match: re.Match[str]) -> str:
        word = match[0]
        lowered = word.lower()
        if lowered in ("her", "his", "him", "hers"):
            return _like(word, _pronoun(lowered, text[match.end() :]))
        return _like(word, GENDERED.get(lowered, word))

    return WORD.sub(exchanged, text)


def _pronoun(word: str, after: str) -> str:
    if word != "her":
        return {"his": "her", "him": "her", "hers": "his"}[word]
    following = re.match(r" ([a-z']+)", after.lower())
    return "his" if following and following[1] not in NEVER_OWNED else "him"


def other_spelling(text: str) -> str:
    """The text as someone from elsewhere, or in a hurry, would spell it; the same text where nothing differs."""
    for one, other in SPELLED.items():
        text = re.sub(rf"\b{one}\b", lambda match, other=other: _like(match[0], other), text, flags=re.IGNORECASE)
    return text


def _like(word: str, other: str) -> str:
    return other.capitalize() if word[:1].isupper() and word.lower() != other else other

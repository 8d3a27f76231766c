"""How a person writes, seen in what they wrote: so that words that are offered look like theirs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from steadily.coach.sentences import sentences

PET_NAMES = (
    *("love", "babe", "baby", "bae", "hun", "hon", "honey", "darling", "sweetheart", "dear", "jaan", "hen", "pet"),
    *(
        "mo chroi",
        "habibi",
        "cariño",
        "schatz",
        "sweetie",
        "my love",
        "duck",
        "boo",
        "sunshine",
        "beautiful",
        "handsome",
    ),
)
LEAST_USED = 3
LOWER_SHARE = 0.6
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@dataclass(frozen=True)
class Register:
    """
    How somebody writes.

    Attributes:
        lower: Sentences begin with a small letter.
        bare: The last sentence has no full stop.
        no_apostrophes: dont, im.
        short_you: u for you.
        pet_name: The one they use most; empty where there is none.
    """

    lower: bool = False
    bare: bool = False
    no_apostrophes: bool = False
    short_you: bool = False
    pet_name: str = ""


def register_of(texts: Sequence[str]) -> Register:
    """
    How the writer of some messages writes.

    Args:
        texts: Messages of one person; the draft alone will do.
    """
    every = [one for text in texts for one in sentences(text)]
    if not every:
        return Register()
    words = [word.lower().replace("’", "'") for one in every for word in WORD.findall(one)]
    n_lower = sum(one[0].islower() for one in every)
    plain = sum(
        word in ("dont", "im", "cant", "didnt", "thats", "ive", "youre", "ill", "wont", "isnt") for word in words
    )
    exact = sum("'" in word for word in words)
    return Register(
        lower=n_lower >= LOWER_SHARE * len(every),
        bare=sum(text.rstrip()[-1:] not in ".!?…" for text in texts) > len(texts) / 2,
        no_apostrophes=plain > exact,
        short_you=words.count("u") > words.count("you"),
        pet_name=_pet_name(texts),
    )


def fitted(text: str, register: Register) -> str:
    """A text as that person might have typed it; what they typed themselves in it stays."""
    if register.lower:
        text = re.sub(r"\bI(?=['’](?:d|m|ve|ll)\b)", "i", text)
    if register.no_apostrophes:
        text = re.sub(r"(?<=[a-z])['’](?=(?:t|s|re|m|ve|ll|d)\b)", "", text, flags=re.IGNORECASE)
    if register.short_you:
        text = re.sub(r"\byou\b", "u", text)
    if register.lower:
        text = re.sub(r"(^|[.!?…]\s+|\n\s*)([A-Z])(?=[a-z' ’])", lambda found: found[1] + found[2].lower(), text)
        text = re.sub(r"\bI\b", "i", text)
    else:
        text = re.sub(r"(^|[.!?…]\s+|\n\s*)([a-z])", lambda found: found[1] + found[2].upper(), text)
        text = re.sub(r"\bi\b(?=['’ ,.!?]|$)", "I", text)
    if register.bare and text.endswith(".") and not text.endswith(".."):
        text = text[:-1]
    return text


def _pet_name(texts: Sequence[str]) -> str:
    found = dict.fromkeys(PET_NAMES, 0)
    for text in texts:
        lower = text.lower()
        for name in PET_NAMES:
            found[name] += bool(re.search(rf"(?:^|[,.!?] ){name}\b(?=$|[,.!?])|,? \b{name}[.!?]*$", lower))
    name = max(found, key=lambda one: found[one])
    return name if found[name] >= LEAST_USED else ""

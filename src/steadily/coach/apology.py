"""
An apology in the writer's own words: what I did, what it may have been like, what I am doing about it.

The order follows the little that is known: owning the part and repairing it counted for most, asking forgiveness for least
(EVIDENCE.md §2d), so the question is left out unless the writer wants it. Wordings that take an apology back get a remark, never a
lock. It is not for what was done to the writer (`OWN_SAFETY`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from steadily.coach.frame import ENDS
from steadily.coach.review import MOST_REMARKS, Remark

OWN_SAFETY = (
    "This is for something that you did. What was done to you is not yours to apologize for.",
    "If you are saying sorry so that somebody stops frightening you, words are not what is missing. People who know about this are "
    "under Help.",
    "If somebody was hurt or frightened by what you did, a message is not enough. The people under Help can be asked about that too.",
)
NOTHING_OWED = "Nothing is owed. They may need time, or may never want to, and being asked can press."
FORGIVENESS = "If you ever want to forgive me, I'd be glad. You don't owe me that."
NO_ANSWER = "You don't need to answer this."
SORRY = "I'm sorry."
OWN = re.compile(r"^(?!\w+ing\b)(?:my|sorry|.*\b(?:i|we))\b", re.IGNORECASE | re.DOTALL)
"""Words that have a person in them who does it: a sentence, or nearly."""
ABOUT_THEM = re.compile(r"\b(?:you|i)\b|^(?:it|that|this|maybe|perhaps)\b", re.IGNORECASE)
ANY = re.compile("")
IS_SORRY = re.compile(r"\b(sorry|apologi[sz]e|apology)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Apology:
    """
    What the writer fills in, each in their own words.

    Attributes:
        did: What they did.
        amends: What they are doing about it.
        like: What it may have been like for their partner; may be empty.
        more: Anything else; may be empty.
        asks_forgiveness: Whether to say that they would like to be forgiven.
        needs_no_answer: Whether to say that no answer is needed.
    """

    did: str
    amends: str
    like: str = ""
    more: str = ""
    asks_forgiveness: bool = False
    needs_no_answer: bool = False


@dataclass(frozen=True)
class _Catch:
    """
    A wording that takes an apology back.

    Attributes:
        words: How it is worded.
        why: What it does, and one thing to try.
        fields: Where it does that.
    """

    words: re.Pattern[str]
    why: str
    fields: tuple[str, ...] = ("did", "like", "amends", "more")


def _worded(*wordings: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(wordings)})\b", re.IGNORECASE)


GIVEN = "(?:a|an|the|some|my|dinner|lunch|breakfast|food|coffee|tea|soup|cake|feel welcome)"
SURE = "(?<!maybe )(?<!perhaps )(?<!think )(?<!guess )(?<!imagine )"
HURT = "(?:hurt|upset|offended|bothered|angry|sad|attacked|uncomfortable)"
CATCHES: tuple[_Catch, ...] = (
    _Catch(
        _worded(
            f"(?:sorry )?if you (?:felt|feel|took|got {HURT}|(?:were|are) (?:so )?{HURT})",
            "(?:sorry )?if i (?:hurt|upset|offended|made|did|said|caused|came across)",
            f"if (?:it|that|this|anything|something|my [a-z]+)(?:'s)? (?:[a-z]+ ){{0,3}}?{HURT}",
            "sorry if",
        ),
        "'If' leaves it open whether anything happened. What if it said only what you did?",
    ),
    _Catch(
        _worded(
            "sorry (?:that )?you (?:feel|felt|took|think|thought|see|saw)",
            f"sorry (?:that )?you(?: are|'re| were| got) (?:so )?{HURT}",
            "sorry (?:for|about) (?:how|the way|what) you (?:feel|felt|took|think|see|saw)",
        ),
        "This is sorry about a feeling, and not about what was done. What if it named what you did?",
    ),
    _Catch(
        _worded(
            "(?:mistakes|errors) (?:were|have been|got) made",
            "(?:things|words) (?:were|got) said",
            "(?:it|things) just happened",
            "(?:it|things) (?:got out of hand|escalated)",
        ),
        "Nobody does anything in this sentence. What if it began with 'I'?",
    ),
    _Catch(
        _worded(
            f"you (?:made|make|forced|provoked) me\\b(?! {GIVEN}\\b)",
            "you (?:drove|drive|pushed|push) me (?:to it|to this|too far|over|crazy|mad)",
            "you started (?:it|this)",
            "if you (?:hadn't|had not|had only|weren't)",
        ),
        "This hands your part to them. What did you do, told by itself?",
    ),
    _Catch(
        _worded("because (?:of )?you(?! asked)"),
        "'Because you' can sound as if they had done it. What did you do, told by itself?",
        ("did",),
    ),
    _Catch(
        _worded("(?<!nothing )(?<!anything )but", "however"),
        "What comes after a 'but' can take back what came before it. What if the sentence ended there?",
    ),
    _Catch(
        _worded(
            "(?:too|so|over|overly) ?sensitive",
            "you (?:over-?reacted|misunderstood|took it (?:the )?wrong)",
            "(?:only|just) (?:a joke|joking|kidding)",
        ),
        "This is about how they took it. What happened, told without that?",
    ),
    _Catch(
        _worded(
            "(?:didn't|did not|don't|never) (?:mean|meant|intend|intended) (?:to|it|that|any)",
            "(?:didn't|did not|never) (?:want|wanted) to (?:hurt|upset)",
            "(?:only|just) (?:meant|wanted|tried) to",
        ),
        "What you meant may be true, and it can sound like a defense. What if it came last, or only when they ask?",
    ),
    _Catch(
        _worded("we both (?:said|did|made|got|were|went|lost|know)", "both of us (?:said|did|made|got|were)"),
        "This shares it out between two. What was your half, by itself?",
    ),
    _Catch(
        _worded("never (?:[a-z]+ ){0,4}?again", "i promise", "i swear"),
        "This is a lot to promise. What is one thing that you have begun?",
    ),
    _Catch(
        _worded(
            "i(?:'ll| will| can| am going to|'m going to)? (?:try|do better|be better|change|work on (?:it|myself))"
        ),
        "From outside this is hard to see. What is one thing that you have done, or will do by a day you name?",
        ("amends",),
    ),
    _Catch(
        _worded(
            "forgive me",
            "forgiveness",
            "accept (?:my|this) apology",
            "move on",
            "get over it",
            "put (?:it|this) behind",
        ),
        "This asks something of them. What if it stood for a while without a question?",
    ),
    _Catch(
        _worded(f"{SURE}you (?:must have )?(?:felt|feel|thought|wanted)", f"{SURE}you must have been"),
        "Only they know what it was like. What if it began with 'It may have been'?",
        ("like",),
    ),
)
NAMED = re.compile(r"(?:\w+(?:ing|ed)|forgot|lost|left|broke|said|told)\b", re.IGNORECASE)
"""Begins with what was done, as in a note: who did it is plain."""
NOBODY = Remark((), "It is not said yet who did this. What if it began with 'I'?")


def composed(apology: Apology) -> str:
    """
    The apology, in the writer's own words.

    What reads as a sentence is left as it is; the rest is put after the name of its field, so that no word has to be changed.
    """
    own = [
        _part(apology.did, OWN, "What I did:"),
        _part(apology.like, ABOUT_THEM, "What it may have been like for you:"),
        _part(apology.amends, OWN, "What I am doing about it:"),
        _part(apology.more, ANY, ""),
    ]
    if not any(IS_SORRY.search(part) for part in own):
        own.insert(2, SORRY)
    said = (FORGIVENESS if apology.asks_forgiveness else "", NO_ANSWER if apology.needs_no_answer else "")
    return " ".join(part for part in (*own, *said) if part)


def remarks(apology: Apology) -> tuple[Remark, ...]:
    """What may take the apology back: at most three remarks, each with the words and one thing to try; often none."""
    did = apology.did.strip()
    found = []
    for catch in CATCHES:
        words = [one[0] for name in catch.fields for one in catch.words.finditer(_straight(getattr(apology, name)))]
        if words:
            found.append(Remark(tuple(dict.fromkeys(words)), catch.why))
    if not found and not OWN.search(did) and not NAMED.match(did):
        found.append(NOBODY)
    return tuple(found[:MOST_REMARKS])


def _straight(text: str) -> str:
    return text.strip().replace("’", "'")


def _part(words: str, is_sentence: re.Pattern[str], name: str) -> str:
    words = words.strip()
    if not words:
        return ""
    words = words if words.endswith(ENDS) else f"{words}."
    return f"{words[0].upper()}{words[1:]}" if is_sentence.search(words) else f"{name} {words}"

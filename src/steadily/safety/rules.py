"""
Words that stop coaching by themselves, as rules that can be read: each with a line that it catches and one that it must not.

They are few and plain. What is said quietly is the network's part; a rule sees to it that what is said outright is never
missed because a network was unsure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from steadily.codebook import Gate

LAUGHS = re.compile(
    r"\b(lol|lmao+|rofl|haha\w*|hehe\w*|jk|just kidding)\b|face with tears of joy|rolling on the floor laughing|upside-?down face"
    r"|grinning|\bskull\b",
    re.IGNORECASE,
)
"""Where somebody laughs, words of death and blows are left to the network. Emoji stand by their names (`form.plain`)."""

PARTNER = (
    r"(?:he|she|they|my (?:husband|wife|partner|boyfriend|girlfriend|fianc[eé]e?|man|woman|fella|missus|bf|gf|spouse))"
)
BLOWS = (
    r"(?:hit|hits|hitting|punched|punches|slapped|slaps|choked|chokes|strangled|strangles|kicked|kicks|beat|beats|shoved|shoves"
    r"|raped|rapes)"
)


@dataclass(frozen=True)
class Rule:
    """
    One rule.

    Attributes:
        name: What it is called in tests and documents.
        gate: What it answers.
        pattern: What it looks for, in a text as models read it.
        unless: What takes it back when it stands in the same text.
        yes: A line that it catches.
        no: A line that looks like it.
    """

    name: str
    gate: Gate
    pattern: re.Pattern[str]
    yes: str
    no: str
    unless: re.Pattern[str] = field(default=LAUGHS)


def _rule(name: str, gate: Gate, pattern: str, yes: str, no: str, unless: str = "") -> Rule:
    back = f"{LAUGHS.pattern}|{unless}" if unless else LAUGHS.pattern
    return Rule(name, gate, re.compile(pattern, re.IGNORECASE), yes, no, re.compile(back, re.IGNORECASE))


RULES: tuple[Rule, ...] = (
    _rule(
        "a wish to die",
        "crisis",
        r"\bi(?:'ve| have)? (?:just |really |honestly )*(?:want|wanna|wanted|wish)(?: to| i (?:was|were))? (?:die|dead)\b(?! of\b)",
        "i just want to die",
        "i want to die of embarrassment",
        r"\b(?:used to|back then|years ago|when i was|film|movie|song|show)\b",
    ),
    _rule(
        "taking one's life",
        "crisis",
        r"\b(?:i'?ll|i'?m (?:going to|gonna)|i (?:want|wanna|plan|might|could)(?: to)?|thinking (?:of|about)|thoughts of)"
        r" (?:kill(?:ing)? myself"
        r"|end(?:ing)? (?:my life|it all)|tak(?:e|ing) my (?:own )?life|hurt(?:ing)? myself|suicide)\b",
        "I keep thinking about ending my life",
        "thinking of killing myself with this playlist lol",
        r"\b(?:used to|back then|years ago|when i was|film|movie|song|show|episode)\b",
    ),
    _rule(
        "feeling like dying",
        "crisis",
        r"\bi(?:'m| am|m| feel|'ve been| have been| was)? (?:\w+ )?(?:suicidal\b"
        r"|(?:feel|feeling|felt) (?:\w+ )?like (?:dying|killing myself|hurting myself|cutting myself|ending (?:it|my life)))",
        "I feel like hurting myself",
        "I feel like dying of boredom in here",
        r"\b(?:of (?:boredom|embarrassment|shame|laughter|hunger|thirst|cringe)|not suicidal|used to|back then|years ago|when i was"
        r"|film|movie|song|show|episode)\b",
    ),
    _rule(
        "cannot stay safe",
        "crisis",
        r"\bi (?:can'?t|cannot|don'?t (?:think i can|trust myself to)) (?:keep myself|stay|be) safe\b"
        r"|\bnot safe (?:on my own|by myself|with myself)\b",
        "I don't think I can keep myself safe tonight",
        "the ladder is not safe, I can't keep it steady",
    ),
    _rule(
        "afraid of the other",
        "abuse",
        r"\bi(?:'m| am|m)? (?:\w+ )?(?:scared|afraid|terrified|frightened) (?:of|to go home to)"
        r" (?:him|her|them|you|my (?:husband|wife|partner|boyfriend|girlfriend))\b"
        r"(?! (?:leaving|being|getting|not|having|going|dying|losing|finding|seeing"
        r"|dog|cat|mum|mom|mother|dad|father|sister|brother|boss|driving|cooking))",
        "I'm scared of him when he drinks",
        "I'm scared of her dog",
        r"\b(?:used to be|not scared|not afraid)\b",
    ),
    _rule(
        "blows",
        "abuse",
        rf"\b{PARTNER}(?:'s| has| have| had)? (?:\w+ )?{BLOWS} (?:me|my (?:face|arm|head|neck|throat))\b"
        r"(?! (?:at|up|to it|with the (?:bill|news)))",
        "she slapped me again on Sunday",
        "he beat me at chess again",
        r"\b(?:my ex|years ago|back then|as a kid|when i was|dream|dreamt|film|movie)\b",
    ),
    _rule(
        "blows of one's own",
        "abuse",
        rf"\bi(?:'ve| have|'d| had)? (?:\w+ )?{BLOWS} (?:you|him|her|them|my (?:husband|wife|partner|boyfriend|girlfriend|gf|bf))\b"
        r"(?! (?:at|up|to it|with the|under the table|by \d|in (?:chess|fifa|cards|scrabble|monopoly|mario)|off|out|back in|when we were"
        r"|\d|again at))",
        "I slapped you and I'm ashamed",
        "I beat you at chess again",
        r"\b(?:my ex|years ago|as a kid|when (?:i was|we were)|dream|dreamt|film|movie|never|pillow|ball|by accident|accidentally)\b",
    ),
    _rule(
        "hands at the throat",
        "abuse",
        r"\bhands? (?:a?round|on|at) my (?:neck|throat)\b",
        "he had his hands round my throat",
        "put your arms around my neck when you get here",
        r"\b(?:my ex|years ago|film|movie|scarf|necklace|massage)\b",
    ),
    _rule(
        "not let",
        "control",
        rf"\b{PARTNER} (?:won'?t|doesn'?t|wouldn'?t|never) (?:lets?|allows?) me (?:to )?"
        r"(?:see|talk to|speak to|go out|work|have (?:money|friends|a phone)|leave|drive|use)\b",
        "she won't let me see my brother",
        "he won't let me pay for dinner",
        r"\b(?:my ex|years ago|back then|doctor|physio)\b",
    ),
    _rule(
        "not allowed",
        "control",
        r"\bi(?:'m| am|m) not allowed (?:out\b|to (?:see|talk to|speak to|go|work|have (?:money|friends|a phone)|leave|drive)\b)",
        "I'm not allowed to see my sister",
        "I'm not allowed to drive after the operation",
        r"\b(?:doctor|physio|operation|surgery|visa|permit|work says|boss|gym|diet|sugar|till i'?m|landlord|school|mum says|mom says)\b",
    ),
    _rule(
        "my phone gone through",
        "control",
        rf"\b{PARTNER} (?:\w+ )?(?:go(?:es)?|went|going|looks?|looked) through my (?:phone|messages|texts|emails?|dms)\b",
        "she went through my phone again",
        "she went through my photos with gran",
        r"\b(?:my ex|years ago|back then|kids?|toddler|airport|customs)\b",
    ),
    _rule(
        "the other's phone in secret",
        "control",
        r"\bi (?:\w+ )?(?:check|checked|read|went through|go through|looked through|unlocked|tracked|track) (?:his|her|their|your) "
        r"(?:phone|messages|emails?|texts|location|dms)\b.*\b(?:again|asleep|slept|sleeping|while|without|every|secretly)\b",
        "I went through her phone again while she slept",
        "I checked his phone for him, the screen is cracked",
    ),
)


def matching(text: str, rules: Sequence[Rule] = RULES) -> list[Rule]:
    """The rules that a text meets; *text* is from `form.plain`."""
    return [one for one in rules if one.pattern.search(text) and not one.unless.search(text)]

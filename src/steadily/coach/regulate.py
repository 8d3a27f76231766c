"""
Calming down before anything else: slow breathing, a few ways of grounding, and a name for what one feels.

These texts coach nobody to write to anybody, and they stay when coaching is stopped. What is known of each is said beside it;
it is little (EVIDENCE.md §2b).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from steadily.behaviors.form import plain
from steadily.coach.library import TO_ONESELF, Phrase, search

Grade = Literal["moderate", "weak", "none found"]
MINUTES = (1, 5)
IN_WORDS = {3: "three", 4: "four", 5: "five", 6: "six", 7: "seven"}


@dataclass(frozen=True)
class Known:
    """
    What is known about something that may help.

    Attributes:
        grade: How sure it is.
        told: In words, with where it comes from.
    """

    grade: Grade
    told: str


@dataclass(frozen=True)
class Pace:
    """
    How slowly to breathe.

    Attributes:
        per_minute: Breaths a minute, about.
        count_in: How far to count while breathing in.
        count_out: How far to count while breathing out; always a little further.
    """

    per_minute: int
    count_in: int
    count_out: int

    @property
    def told(self) -> str:
        """The same in words, for whoever does not see the circle or whose circle stays still."""
        return f"Count slowly to {IN_WORDS[self.count_in]} as you breathe in, and to {IN_WORDS[self.count_out]} as you breathe out."


@dataclass(frozen=True)
class Way:
    """
    One way of grounding.

    Attributes:
        name: Its name in the page.
        title: What people would call it.
        takes: How long.
        steps: What to do, a sentence or two each.
        known: What is known about it.
        leave_out: Who leaves it out; may be empty.
    """

    name: str
    title: str
    takes: str
    steps: tuple[str, ...]
    known: Known
    leave_out: str = ""


PACES = (Pace(5, 5, 7), Pace(6, 4, 6), Pace(7, 3, 5))
USUAL = PACES[1]

BREATHING = Known(
    "moderate",
    "Moderate, and small. In 12 trials together, people who did breathing exercises felt a little less stress (Fincham 2023). In "
    "another summary, of 31 studies, the difference in stress may have been chance (Shao 2024). Nobody seems to have tested whether "
    "breathing before a talk helps two people get on.",
)
NAMING = Known(
    "weak",
    "Weak. Some people find that a feeling is easier to carry once it has a name; others notice nothing. In two small studies with "
    "upsetting pictures, choosing a word eased great distress and made mild distress worse (Levy-Gigi and Shamay-Tsoory 2022). We know "
    "of no trial in the middle of a quarrel.",
)
TO_SAY = Known("none found", "None found. Lines like these are old and common; we know of no trial of them.")

WAYS = (
    Way(
        "senses",
        "Five things you can see",
        "About two minutes",
        (
            "Name five things that you can see. Small ones are good: a button, a shadow.",
            "Four that you can feel, such as your sleeve or the chair.",
            "Three that you can hear, two that you can smell, one that you can taste.",
            "Skip a sense if you like, or take the same one twice.",
        ),
        Known(
            "none found",
            "None found. It is taught widely, and people say that it helps. We know of no trial of it by itself.",
        ),
    ),
    Way(
        "water",
        "Cold water",
        "About one minute",
        (
            "Let cool water run over your hands and wrists.",
            "Or lay a cool, wet cloth on your cheeks and forehead, and breathe as you like.",
            "Stay with what it feels like until you have had enough.",
        ),
        Known(
            "weak",
            "Weak. Cold water on the face slowed the heart for a short time in 13 healthy young people (Natelson 1983). We know of no "
            "trial of whether people then feel calmer.",
        ),
        "Leave this out if you have a heart problem, faint easily, or were told to keep away from cold.",
    ),
    Way(
        "feet",
        "Feet on the floor",
        "About one minute",
        (
            "Sit or stand so that both feet touch the floor. If that does not suit your body, use your back or your hands.",
            "Press down for three slow breaths. Let go for three.",
            "Notice what holds you: the floor, the chair, the bed.",
        ),
        Known("none found", "None found. It costs nothing and can be done without anyone noticing."),
    ),
    Way(
        "look-around",
        "A slow look around",
        "About two minutes",
        (
            "Turn your head slowly, as if you had just come into this room.",
            "Let your eyes rest on each wall, the window, the door.",
            "Find one thing that you had not noticed, and look at it for a while.",
        ),
        Known("none found", "None found. If the look around tells you that something is wrong here, go by that."),
    ),
    Way(
        "easy-task",
        "An easy task",
        "About three minutes",
        (
            "Do one small thing with your hands: wash a cup, fold a shirt, water a plant.",
            "Or go through the letters, and find a fruit or an animal for each.",
            "It need not be done well, and it need not be finished.",
        ),
        Known(
            "moderate",
            "Moderate, and small. Across many laboratory studies, turning to something else eased a feeling a little (Webb, Miles and "
            "Sheeran 2012). It settles nothing, and it can give you a few minutes.",
        ),
    ),
)

FEELINGS = ("angry", "hurt", "scared", "lonely", "ashamed", "tired", "jealous", "sad", "worried", "numb")

SAID_SHORTLY = re.compile(
    r"(?<!not )(?<!never )\bsuicid(?:al|e)\b|\bself[- ]?harm|\bbetter off dead\b"
    r"|\b(?:don'?t|do not|not) want(?:ing)? to (?:live|be alive|be here|wake up)\b"
    r"|(?:^|\b(?:like|about|wanna|want(?:ing)? to) )(?:dying(?! of)|die(?! of)|(?:kill|hurt|harm|cut)(?:t?ing)? myself"
    r"|end(?:ing)? (?:it all|my life))\b",
    re.IGNORECASE,
)
"""
A wish to die or to hurt oneself, as an answer of few words.

Whoever is asked how it is answers in a word, and one word alone is too little for the gate; what a friend would not pass over in
such an answer is not passed over here either.
"""


def pace_of(per_minute: str) -> Pace:
    """The pace that was asked for; the usual one where it was none of ours."""
    return next((one for one in PACES if str(one.per_minute) == per_minute), USUAL)


def lines_to_oneself() -> list[Phrase]:
    """
    Phrases to say to oneself that hold for anybody, also while coaching is stopped.

    Those that would be wrong for somebody who was hurt or frightened say so (`not_when`), and are left to the library.
    """
    return [one for one in search(kind=TO_ONESELF, goal="steady myself") if not one.not_when and not one.blanks]


def named(feelings: Sequence[str], own: str = "") -> str:
    """
    What somebody feels, as one piece: `hurt, tired and left out`.

    Args:
        feelings: What was tapped.
        own: A word of their own; may be empty.
    """
    words = [*feelings, *([own.strip()] if own.strip() else [])]
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def is_crisis(answer: str) -> bool:
    """Whether somebody says in a few words that they may die or hurt themselves; beside the gate, not in its place."""
    return bool(SAID_SHORTLY.search(plain(answer)))

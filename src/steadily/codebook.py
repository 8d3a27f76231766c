"""
The codebook: what a message can do to the other's sense of safety.

Twenty-two behaviors, several at once or none. A code says what the words do, judged with up to five messages before
them; it never says what anyone is. Sources: SPAFF (Coan & Gottman 2007), CIRS2 (demand and withdraw), MISC (advice with
and without permission), bids and repair attempts (Gottman & Driver), perceived partner responsiveness (Reis), partner
buffering (Simpson & Overall).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Group = Literal["warm", "open", "bid", "harsh", "pressure", "distance", "danger"]


@dataclass(frozen=True)
class Behavior:
    """
    One behavior.

    Attributes:
        label: Its name in data and in machine output.
        group: What it belongs to.
        plain: What it is called on a page.
        what: What such a message does; completes "the message …".
        yes: A message that carries it.
        no: A message that looks like it and does not.
    """

    label: str
    group: Group
    plain: str
    what: str
    yes: str
    no: str


BEHAVIORS: tuple[Behavior, ...] = (
    Behavior(
        "affection",
        "warm",
        "tenderness",
        "expresses love, longing, tenderness, a warm pet name in a warm line",
        '"missing your face today"',
        'a pet name inside an attack ("nice one, babe")',
    ),
    Behavior(
        "appreciation",
        "warm",
        "thanks",
        "thanks, or names something good in the partner or what they did",
        '"thanks for doing the school run, it saved my morning"',
        '"thanks a lot for ruining it" (contempt)',
    ),
    Behavior(
        "interest",
        "warm",
        "interest",
        "asks with open curiosity about the partner's day, thoughts or feelings",
        '"how did it go with your boss?"',
        'logistics ("what time?"), interrogation ("who were you with?" → demand or control)',
    ),
    Behavior(
        "validation",
        "warm",
        "seeing the other's side",
        "shows the partner's feeling or view was heard and makes sense, without turning it round",
        '"that sounds exhausting, no wonder you\'re done"',
        '"I get it BUT …" followed by correction (advice or defensiveness)',
    ),
    Behavior(
        "reassurance",
        "warm",
        "taking the pressure off",
        "says the bond is safe or that space is fine; takes pressure off",
        '"take your time, I\'m not going anywhere"',
        '"fine, take your time" said coldly (withdrawal)',
    ),
    Behavior(
        "humor",
        "warm",
        "a light word",
        "plays, jokes, teases with warmth; shared fun",
        '"the cat has filed a formal complaint about your absence 😹"',
        "a joke at the partner's expense (contempt)",
    ),
    Behavior(
        "support",
        "warm",
        "help offered",
        "offers or gives help or comfort the partner can decline",
        '"want me to sort dinner so you can lie down?"',
        "telling them what to do (advice)",
    ),
    Behavior(
        "disclosure",
        "open",
        "a feeling told",
        "names the writer's own feeling, need or inner state without blaming",
        '"I felt lonely after we hung up"',
        '"I feel like you don\'t care" (criticism)',
    ),
    Behavior(
        "request",
        "open",
        "a request",
        "asks for something specific and doable, leaving room for no",
        '"could we talk for ten minutes after dinner?"',
        '"you need to start talking to me" (demand)',
    ),
    Behavior(
        "ownership",
        "open",
        "owning a part",
        "takes responsibility or apologises without excuse or counter-charge",
        '"I snapped. That was on me, I\'m sorry"',
        '"sorry you feel that way" (defensiveness)',
    ),
    Behavior(
        "invitation",
        "bid",
        "an invitation",
        "invites into shared time or a small ritual",
        '"come sit with me while I cook?"',
        'scheduling a confrontation ("we need to talk tonight" → demand)',
    ),
    Behavior(
        "repair",
        "bid",
        "a try to mend it",
        "tries to stop or undo a hurt that is under way: soften, restart, clarify, call a kind time-out",
        '"that came out wrong, can I try again?"',
        "an apology long after, out of tension (ownership only)",
    ),
    Behavior(
        "criticism",
        "harsh",
        "blame",
        'blames character or makes a sweeping complaint: always, never, "you don\'t care"',
        '"you never think about anyone but yourself"',
        'a specific complaint without blame ("the bins weren\'t out again" → none, or disclosure)',
    ),
    Behavior(
        "contempt",
        "harsh",
        "mockery",
        "mocks, sneers, insults, is sarcastic from above",
        '"wow, father of the year 🙄"',
        "swearing at a third thing",
    ),
    Behavior(
        "defensiveness",
        "harsh",
        "defending oneself",
        "denies, makes excuses, plays the victim or turns the charge round",
        "\"well maybe I'd talk if you weren't always on my case\"",
        "explaining a fact when asked",
    ),
    Behavior(
        "hostility",
        "harsh",
        "anger",
        "is angry or picks a fight at the partner",
        '"I\'m so sick of this. Leave it."',
        'anger owned and named ("I\'m angry and I need an hour" → disclosure)',
    ),
    Behavior(
        "demand",
        "pressure",
        "pressing for an answer",
        "presses for contact, an answer or a change; chases, guilt-trips, gives an ultimatum about the bond",
        '"why aren\'t you answering??" · "we need to talk NOW"',
        "a request that leaves room for no",
    ),
    Behavior(
        "advice",
        "pressure",
        "advice",
        "fixes, corrects, analyses or lectures the partner without being asked",
        '"you should just tell your boss no"',
        "advice the partner asked for in the context",
    ),
    Behavior(
        "withdrawal",
        "distance",
        "shutting down",
        "shuts down, avoids, goes cold, ends the exchange without care",
        '"whatever." · "I don\'t want to do this"',
        'a kind, time-limited pause ("I need 20 min, then I\'m back" → repair)',
    ),
    Behavior(
        "threat",
        "danger",
        "a threat",
        "threatens harm, punishment, exposure, taking the children, or self-harm as leverage",
        '"leave and see what happens to you"',
        "a boundary about one's own behaviour (\"if you shout I'll hang up\")",
    ),
    Behavior(
        "control",
        "danger",
        "control",
        "monitors, isolates, forbids, demands proof, passwords, location or money, degrades to control",
        '"send me a photo so I know where you are"',
        '"text me when you land so I know you\'re safe"',
    ),
    Behavior(
        "crisis",
        "danger",
        "in crisis",
        "the writer says they want to die, hurt themselves, or cannot stay safe",
        '"I don\'t want to be here anymore, I have the pills"',
        '"I\'m dying 😂", "this job is killing me"',
    ),
)
"""In the order of the codebook, which is the order of every array of probabilities."""

LABELS: tuple[str, ...] = tuple(one.label for one in BEHAVIORS)
PLAIN: dict[str, str] = {one.label: one.plain for one in BEHAVIORS}
DANGER: tuple[str, ...] = tuple(one.label for one in BEHAVIORS if one.group == "danger")

Gate = Literal["abuse", "control", "crisis"]
GATES: tuple[Gate, ...] = ("abuse", "control", "crisis")
"""What may stop coaching: harm or fear of it, control, a life in danger. In the order of every array of them."""
GATES_BY_WEIGHT: tuple[Gate, ...] = ("crisis", "abuse", "control")
"""The gravest first: of several, it is the one that is answered."""

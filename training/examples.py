"""What the models learn from: coded couple messages, pairs, coded public comments and public sets with their own labels."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from steadily.behaviors.form import Speaker, context_lines, plain
from steadily.codebook import GATES_BY_WEIGHT, LABELS
from steadily.safety.gate import chat_item
from steadily.safety.outreach import Said

HERE = Path(__file__).parent
HELD_OUT = ("wd", "x8")
"""Writers whose messages no model sees: they are the validation fold."""
EVERYDAY = ("e4", "e8", "e16", "e17")
"""Writers of everyday chats that no model sees and nothing is chosen on: how much is found where there is little to find."""
CALIBRATION = ("wb", "x6", "e1")
"""Writers on whom probabilities are calibrated and thresholds chosen; no model learns from them either. `e1` is everyday chat."""
SAFETY_HELD_OUT = ("g2", "g32", "g33")
"""The writers of safety items by whom the gate is measured."""
SAFETY_CALIBRATION = ("g4", "g12", "g24", "g34", "g35")
"""Those on whom it is weighed and its threshold chosen."""

WRITERS = "ehwxy"
"""How names of files with coded couple messages begin."""

SETS: dict[str, tuple[str, ...]] = {
    "goemotions": (
        *("admiration", "amusement", "anger", "annoyance", "approval", "caring", "confusion", "curiosity", "desire"),
        *(
            "disappointment",
            "disapproval",
            "disgust",
            "embarrassment",
            "excitement",
            "fear",
            "gratitude",
            "grief",
            "joy",
        ),
        *("love", "nervousness", "optimism", "pride", "realization", "relief", "remorse", "sadness", "surprise"),
        "neutral",
    ),
    "offmychest": (
        *("emotional_disclosure", "information_disclosure", "support"),
        *("general_support", "info_support", "emo_support"),
    ),
    "casino": ("small-talk", "self-need", "other-need", "showing-empathy", "vouch-fair", "elicit-pref", "uv-part"),
    "convabuse": ("abusive", "severe", "type:explicit"),
    "isarcasm": ("sarcastic",),
    "politeness_se": ("polite", "impolite"),
    "politeness_wiki": ("polite", "impolite"),
    "surge_toxicity": ("toxic",),
}
"""Public sets and those of their labels that a head of its own learns."""


@dataclass(frozen=True)
class Example:
    """
    One message to learn from.

    Attributes:
        id: Its name in the data.
        context: Lines before it, from the writer's side (`context_lines`).
        text: The message, as models read it (`plain`).
        task: `behaviors`, or the name of a public set.
        labels: Those that apply; names of the task.
        group: Who wrote it, for folds that keep writers apart.
        tags: What is special about it.
        weight: How much it counts.
    """

    id: str
    context: tuple[str, ...]
    text: str
    task: str
    labels: tuple[str, ...]
    group: str = ""
    tags: tuple[str, ...] = ()
    weight: float = 1.0


@dataclass(frozen=True)
class Pair:
    """Two drafts for one situation, of which one lands softer."""

    id: str
    context: tuple[str, ...]
    softer: str
    harsher: str
    group: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class SafetyItem:
    """
    Something at which the gate stops coaching, or does not.

    Attributes:
        id: Its name in the data.
        kind: `message`, `chat`, or `check_in` (a line that a person writes to the app).
        lines: What is read: one text, or the lines of a chat, `me: …` and `them: …`.
        gate: `none`, or why coaching stops.
        group: Who wrote it.
        tags: What is special about it.
    """

    id: str
    kind: str
    lines: tuple[str, ...]
    gate: str
    group: str
    tags: tuple[str, ...] = ()


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file, packed or not."""
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    yield from (json.loads(line) for line in content.decode("utf-8").split("\n") if line.strip())


def utterances(folder: Path = HERE / "utterances") -> list[Example]:
    """Every coded couple message; `group` is the file's name, which stands for who wrote it."""
    found = []
    for path in sorted(folder.glob(f"[{WRITERS}]*.jsonl")):
        for one in records(path):
            speaker: Speaker = "partner" if one["speaker"] == "partner" else "me"
            found.append(
                Example(
                    one["id"],
                    tuple(context_lines(one["context"], speaker)),
                    plain(one["text"]),
                    "behaviors",
                    tuple(one["labels"]),
                    path.stem,
                    tuple(one["tags"]),
                )
            )
    return found


def turning(examples: Sequence[Example]) -> list[list[int]]:
    """Groups of rows with one text whose labels turn with the context, as places in *examples*."""
    groups: dict[str, list[int]] = defaultdict(list)
    for row, one in enumerate(examples):
        for tag in one.tags:
            if tag.startswith("flip:"):
                groups[tag].append(row)
    return [rows for rows in groups.values() if len({frozenset(examples[row].labels) for row in rows}) > 1]


def pairs(folder: Path = HERE / "utterances") -> list[Pair]:
    """Every minimal pair; the writer of the drafts is the person themself."""
    return [
        Pair(
            one["id"],
            tuple(context_lines(one["context"], "me")),
            plain(one["softer"]),
            plain(one["harsher"]),
            path.stem.removeprefix("pairs-"),
            tuple(one.get("tags", ())),
        )
        for path in sorted(folder.glob("pairs*.jsonl"))
        for one in records(path)
    ]


def safety(folder: Path = HERE / "safety") -> list[SafetyItem]:
    """Every safety item; in a chat `me` is the person who uses the app."""
    found = []
    for path in sorted(folder.glob("*.jsonl")):
        for one in records(path):
            told = one.get("messages")
            lines = (
                chat_item([Said(said["from"], said["text"]) for said in told]).lines if told else (plain(one["text"]),)
            )
            found.append(SafetyItem(one["id"], one["kind"], lines, one["gate"], path.stem, tuple(one["tags"])))
    return found


def chats(folder: Path = HERE / "chats") -> list[list[str]]:
    """The lines of every chat that nobody coded, `me: …` and `them: …`."""
    return [
        [f"{'me' if said['from'] == 'A' else 'them'}: {plain(said['text'])}" for said in one["messages"]]
        for path in sorted(folder.glob("*.jsonl"))
        for one in records(path)
    ]


GATE_OF = {"threat": "abuse", "control": "control", "crisis": "crisis"}
"""What a coded danger would answer at the gate."""


def coded_items(examples: Sequence[Example]) -> list[SafetyItem]:
    """
    Coded messages as items for the gate: all with danger, and of the others those in which there is surely none.

    Sure are messages that look like danger and are not, and those that stand alone; what stood before another message may
    be dangerous though it is not. In every second chat the other wrote the last line.
    """
    found = []
    for row, one in enumerate(examples):
        gates = {GATE_OF[label] for label in one.labels if label in GATE_OF}
        if not gates and one.context and "hard-none" not in one.tags:
            continue
        gate = next((name for name in GATES_BY_WEIGHT if name in gates), "none")
        chat = tuple(line if row % 2 else _other_side(line) for line in (*one.context, f"me: {one.text}"))
        kind, lines = ("chat", chat) if one.context else ("message", (one.text,))
        found.append(SafetyItem(one.id, kind, lines, gate, one.group, one.tags))
    return found


def _other_side(line: str) -> str:
    who, _, text = line.partition(": ")
    return f"{'me' if who == 'them' else 'them'}: {text}"


def natural(folder: Path = HERE / "natural") -> list[Example]:
    """Public comments coded with the codebook; those of which a second coder may think otherwise count half."""
    return [
        Example(
            one["id"],
            (),
            plain(one["text"]),
            "behaviors",
            tuple(label for label in one["labels"] if label in LABELS),
            "natural",
            weight=1.0 if one.get("sure", 1) else 0.5,
        )
        for one in records(folder / "coded.jsonl")
    ]


def public(split: str, folder: Path = HERE / "public") -> list[Example]:
    """The public sets with their own labels; lines of context alternate between the two."""
    found = []
    for name, labels in SETS.items():
        for one in records(folder / name / f"{split}.jsonl.gz"):
            lines = [str(line) for line in (one.get("context") or [])][-2:]
            context = tuple(
                f"{'them' if (len(lines) - place) % 2 else 'me'}: {plain(line)[:300]}"
                for place, line in enumerate(lines)
            )
            kept = tuple(label for label in one["labels"] if label in labels)
            found.append(Example(one["id"], context, plain(one["text"]), name, kept, name))
    return [one for one in found if one.text]

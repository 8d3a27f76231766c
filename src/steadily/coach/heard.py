"""How texts would be heard: what each does and how softly it would land, all read at once by the careful model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from steadily.behaviors.careful import Raw, careful
from steadily.behaviors.form import context_lines, plain
from steadily.behaviors.reading import Message
from steadily.behaviors.weights import manifest
from steadily.codebook import LABELS

SPREAD = 5.0
"""Of the network's landing: it was taught from pairs and is a difference, not a share; this puts most drafts between 0.1 and 0.9."""


@dataclass(frozen=True)
class Heard:
    """
    How one text would be heard.

    Attributes:
        p: How probable each behavior is, by label.
        labels: The behaviors that are there.
        landing: How safe it is likely to feel to read, 0 to 1; it ranks texts and is never shown.
        raw: What the network said, for the words that carry a behavior; None where there were no words.
    """

    p: Mapping[str, float]
    labels: tuple[str, ...]
    landing: float
    raw: Raw | None = field(default=None, compare=False, repr=False)


NOTHING = Heard(dict.fromkeys(LABELS, 0.0), (), 0.5)


def heard(texts: Sequence[str], context: Sequence[str] = ()) -> list[Heard]:
    """
    How each text would be heard, were it sent now.

    Args:
        texts: Of any content; one without words is `NOTHING`.
        context: The messages before, `me: …` or `partner: …`.
    """
    lines = tuple(context_lines(context, "me"))
    read = [plain(text) for text in texts]
    there = [place for place, text in enumerate(read) if text]
    found = [NOTHING] * len(texts)
    if not there:
        return found
    model = careful()
    raws = model.read([Message(read[place], lines) for place in there])
    p = model.calibrated(np.array([raw.logits for raw in raws], dtype=np.float32))
    thresholds = manifest()["careful"]["thresholds"]
    for place, row, raw in zip(there, p.tolist(), raws, strict=True):
        labels = tuple(label for label, one, least in zip(LABELS, row, thresholds, strict=True) if one >= least)
        landing = 1 / (1 + float(np.exp(-raw.landing / SPREAD)))
        found[place] = Heard(dict(zip(LABELS, row, strict=True)), labels, landing, raw)
    return found

"""Texts in, codes out: what each message does, with which probability."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from steadily.behaviors.corrections import Recalibration
from steadily.behaviors.form import MOST_CONTEXT, Speaker, context_lines, plain
from steadily.behaviors.language import is_english
from steadily.behaviors.reading import Message, Model, Probabilities
from steadily.behaviors.weights import manifest
from steadily.codebook import LABELS
from steadily.errors import UsageError

ModelName = Literal["careful", "fast"]


@dataclass(frozen=True)
class Codes:
    """
    The codes of messages, in the order of the messages.

    Attributes:
        p: How probable each behavior is, shape (n, 22), in the order of `codebook.LABELS`; NaN where a message was not coded.
        thresholds: From which probability on a behavior counts as there, shape (22,).
        coded: Whether a message was coded, shape (n,): it holds words, and they are English.
    """

    p: Probabilities
    thresholds: Probabilities
    coded: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.p)

    def labels(self, row: int) -> list[str]:
        """The behaviors that are there in one message; none where it was not coded."""
        return [label for label, there in zip(LABELS, self.p[row] >= self.thresholds, strict=True) if there]


def code(
    texts: Sequence[str],
    contexts: Sequence[Sequence[str]] | None = None,
    speakers: Sequence[Speaker] | None = None,
    *,
    model: ModelName = "careful",
    one_chat: bool = True,
    recalibration: Recalibration | None = None,
) -> Codes:
    """
    Code messages.

    Args:
        texts: The messages; of any content, empty ones too.
        contexts: For each, the messages before it, oldest first, `me: …` or `partner: …`; the last five are used.
        speakers: Who wrote each; `me` where not given.
        model: `careful` for drafts and single messages, `fast` for whole histories.
        one_chat: Whether the messages are of one chat, so that what is too short to tell its language follows the rest.
        recalibration: From `corrections.recalibrate`: what the person's own corrections showed.

    Returns:
        One row of codes for each text.
    """
    _same_length(texts, contexts=contexts, speakers=speakers)
    read = [plain(text) for text in texts]
    coded = _can_be_coded(read, one_chat=one_chat)
    messages = [
        Message(read[row], tuple(context_lines(contexts[row] if contexts else (), speakers[row] if speakers else "me")))
        for row in np.flatnonzero(coded).tolist()
    ]
    return _codes(messages, coded, model, recalibration)


def code_history(
    texts: Sequence[str],
    speakers: Sequence[str],
    starts: Sequence[bool] | None = None,
    *,
    model: ModelName = "fast",
    recalibration: Recalibration | None = None,
) -> Codes:
    """
    Code a whole chat, each message with the five before it.

    Args:
        texts: The messages, oldest first.
        speakers: Who wrote each; any two names.
        starts: Where a session begins; a message is not read with those of a session before. One session where not given.
        model: As for `code`.
        recalibration: As for `code`.

    Returns:
        One row of codes for each text.
    """
    _same_length(texts, speakers=speakers, starts=starts)
    read = [plain(text) for text in texts]
    coded = _can_be_coded(read, one_chat=True)
    mine, theirs = [f"me: {text}" for text in read], [f"them: {text}" for text in read]
    messages = []
    first = 0
    for row, (text, speaker) in enumerate(zip(read, speakers, strict=True)):
        first = row if starts is not None and starts[row] else first
        if coded[row]:
            before = range(max(first, row - MOST_CONTEXT), row)
            messages.append(Message(text, tuple((mine if speakers[at] == speaker else theirs)[at] for at in before)))
    return _codes(messages, coded, model, recalibration)


def _can_be_coded(read: Sequence[str], *, one_chat: bool) -> npt.NDArray[np.bool_]:
    return np.array([bool(text) for text in read], dtype=bool) & is_english(read, one_chat=one_chat)


def _codes(
    messages: Sequence[Message],
    coded: npt.NDArray[np.bool_],
    model: ModelName,
    recalibration: Recalibration | None,
) -> Codes:
    """Codes of the messages that can be coded, in their places."""
    p = np.full((len(coded), len(LABELS)), np.nan, dtype=np.float32)
    if messages:
        p[coded] = load(model).probabilities(messages)
    if recalibration is not None:
        p = recalibration.applied(p)
    return Codes(p, np.array(manifest()[model]["thresholds"], dtype=np.float32), coded)


def load(name: ModelName) -> Model:
    """
    One of the two models, loaded on first use.

    Raises:
        UsageError: There is no such model.
    """
    if name == "careful":
        from steadily.behaviors.careful import careful

        return careful()
    if name == "fast":
        from steadily.behaviors.fast import fast

        return fast()
    raise UsageError(f"There is no model {name!r}. Choose careful or fast.")


def _same_length(texts: Sequence[str], **others: Sequence[object] | None) -> None:
    for name, given in others.items():
        if given is not None and len(given) != len(texts):
            raise UsageError(f"There are {len(texts)} texts and {len(given)} {name}. Give one of each.")

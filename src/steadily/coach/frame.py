"""Four answers as one message, in the writer's own words: nothing is added but how they hang together."""

from __future__ import annotations

QUESTIONS = ("could ", "can ", "would ", "will ", "shall ", "may ", "is ", "are ", "do ")
ENDS = (".", "!", "?", "…")


def framed(happened: str, felt: str, need: str, ask: str) -> str:
    """
    A message from what happened, what the writer felt, what they need and what they ask.

    Args:
        happened: A fact.
        felt: A feeling, such as "left out" or "I felt left out".
        need: A need, such as "a quiet evening".
        ask: A request.

    Returns:
        Their words, each part a sentence; parts that are empty are left out.
    """
    parts = (happened.strip(), _begun(felt, "I felt"), _begun(need, "I need"), _asked(ask.strip()))
    return " ".join(_sentence(part) for part in parts if part)


def _asked(words: str) -> str:
    """A question with its mark, where the writer left it out or set a full stop."""
    is_question = words.lower().startswith(QUESTIONS)
    return f"{words.rstrip('. ')}?" if is_question and not words.endswith(("?", "!", "…")) else words


def _begun(words: str, beginning: str) -> str:
    words = words.strip()
    if not words or words.lower().startswith(("i ", "i'", "i’")):
        return words
    return f"{beginning} {words[0].lower()}{words[1:]}"


def _sentence(words: str) -> str:
    words = words[0].upper() + words[1:]
    return words if words.endswith(ENDS) else f"{words}."

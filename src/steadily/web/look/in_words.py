"""What readers say, for whoever has buttons and no command line."""

from __future__ import annotations

import re

REMEDIES = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (
            r"`steadily readers` lists .*$",
            '"How do I get my chat out?" shows what can be read, and how each app exports it.',
        ),
        (r"Say it with --columns \S+", "Call its columns time, from and text."),
        (r"Say it with --me NAME\.", ""),
        (r"choose the order: --date-order mdy", "give the file again and choose the order of its dates"),
        (r"choose it: --zone \S+?\.", "give the file again and name the time zone."),
        (r" Choose the other one with --with NAME\.", " Choose the other one."),
        (r" Choose one(?: of these)? with --chat(?: NAME)?\.", " Choose one."),
    )
)


def in_the_app(sentence: str) -> str:
    """A sentence of a reader, with what to do in the app instead of options of a command."""
    for pattern, words in REMEDIES:
        sentence = pattern.sub(words, sentence)
    return sentence.strip()

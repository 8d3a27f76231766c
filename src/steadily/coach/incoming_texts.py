"""
The texts for messages that the partner sent: readings, and ways to answer with a phrase of the library.

They lie in `incoming.toml`, so that somebody who writes no programs can change them; a test reads every one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from steadily.coach.library import TO_ONESELF, Phrase, search

FILE = Path(__file__).with_name("incoming.toml")
ENDS = " .!?,;:-\"'()"
Does = Literal["answer", "ask", "wait"]


@dataclass(frozen=True)
class Way:
    """
    One way to answer.

    Attributes:
        title: What one would do.
        does: Whether it answers, asks or waits.
        note: A word on it; may be empty.
        phrase: An example to adapt; None where no words are needed.
    """

    title: str
    does: Does
    note: str
    phrase: Phrase | None


@dataclass(frozen=True)
class Entry:
    """
    What a message may be.

    Attributes:
        behavior: The behavior that it is for; empty where words decide.
        whole: The whole message is one of these.
        holds: One of these stands in the message.
        heard: What its words may read as.
        harder: One reading.
        kinder: The other, which is always there.
        note: What keeps the kinder one from excusing; may be empty.
        asks: What the message may be asking for.
        unknown: What is not known of it.
        ways: Three ways to answer, one of which waits or asks.
        keeps: Whether these stand also where two are apart and answer only what they share.
    """

    behavior: str
    whole: tuple[str, ...]
    holds: tuple[str, ...]
    heard: str
    harder: str
    kinder: str
    note: str
    asks: str
    unknown: str
    ways: tuple[Way, ...]
    keeps: bool

    def applies(self, words: str, behaviors: Sequence[str]) -> bool:
        """
        Whether a message is one of these.

        Args:
            words: From `bare`.
            behaviors: What was found in it.
        """
        if self.behavior:
            return self.behavior in behaviors
        return words in self.whole or any(re.search(rf"\b{re.escape(one)}\b", words) for one in self.holds)


@dataclass(frozen=True)
class Texts:
    """
    The whole file.

    Attributes:
        entries: What could hurt most first.
        plain: What is said where nothing was found.
        plain_question: What such a message asks for where it is a question.
        plain_ways: How it may be answered.
        no_contact: What is said where the message asks not to be written to, and to oneself; without ways to answer.
        asks_for_time: The same where it asks for some days of quiet.
        to_oneself: A phrase for that.
        unread: What is said where it could not be read.
        apart_ways: How two who share children may answer.
        unknown: What is not known of a message, by what can be seen of it.
    """

    entries: tuple[Entry, ...]
    plain: str
    plain_question: str
    plain_ways: tuple[Way, ...]
    no_contact: tuple[str, str]
    asks_for_time: tuple[str, str]
    to_oneself: Phrase
    unread: str
    apart_ways: tuple[Way, ...]
    unknown: Mapping[str, str]


def bare(text: str) -> str:
    """
    A message for looking up words in it.

    Args:
        text: From `form.plain`.
    """
    return text.lower().strip(ENDS)


@cache
def texts() -> Texts:
    """The file, read once."""
    described = tomllib.loads(FILE.read_text(encoding="utf-8"))
    ways = {one["name"]: _way(one) for one in described["answer"]}
    plain, silent, apart = (described[name] for name in ("plain", "no_contact", "apart"))
    return Texts(
        entries=tuple(_entry(one, ways) for one in described["reading"]),
        plain=plain["heard"],
        plain_question=plain["question"],
        plain_ways=tuple(ways[name] for name in plain["answers"]),
        no_contact=(silent["heard"], silent["asks"]),
        asks_for_time=(described["time"]["heard"], described["time"]["asks"]),
        to_oneself=(search(silent["words"], TO_ONESELF) or search("", TO_ONESELF))[0],
        unread=described["unread"]["heard"],
        apart_ways=tuple(ways[name] for name in apart["answers"]),
        unknown=described["unknown"],
    )


def _way(described: Mapping[str, Any]) -> Way:
    phrase = None
    if "kind" in described:
        words, kind, goal = (described[name] for name in ("words", "kind", "goal"))
        phrase = (search(words, kind, goal=goal) or search("", kind, goal=goal))[0]
    return Way(described["title"], described["is"], described.get("note", ""), phrase)


def _entry(described: Mapping[str, Any], ways: Mapping[str, Way]) -> Entry:
    return Entry(
        behavior=described.get("behavior", ""),
        whole=tuple(described.get("is", ())),
        holds=tuple(described.get("has", ())),
        ways=tuple(ways[name] for name in described["answers"]),
        keeps=described.get("keeps", False),
        **{name: described.get(name, "") for name in ("heard", "harder", "kinder", "note", "asks", "unknown")},
    )

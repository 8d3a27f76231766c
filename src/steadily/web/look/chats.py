"""
A chat in the vault: its messages, its codes, what the person said of them, and what was found.

What was found can be kept without the messages. Everything is read once for as long as the vault is open (`at_hand`).
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import polars as pl

from steadily.behaviors.corrections import corrected
from steadily.behaviors.weights import manifest
from steadily.codebook import LABELS
from steadily.conversation import Conversation
from steadily.conversation.packing import pack_conversation, unpack_conversation
from steadily.dynamics import Finding
from steadily.program.entries import ALL as PRACTICE_RECORDS
from steadily.report.overview import headline
from steadily.report.sentences import Told
from steadily.vault import Vault
from steadily.web.at_hand import at_hand, forget

CHAT, CODES, WRONG, STORY = "chat", "codes", "corrections", "story"
ONE = "look"
"""There is one chat at a time; what is put in later takes the place of it, or is read together with it."""

KEPT_KINDS = (
    *(CHAT, CODES, WRONG, STORY, "draft", "left", "note", "named", "phrase", "setting"),
    *(records.kind for records in PRACTICE_RECORDS.values()),
)
"""Everything that a person may have kept before there was a vault."""

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Chat:
    """
    A chat and its codes.

    Attributes:
        conversation: The messages.
        p: How probable each behavior is in each message, (n, 22), as the model said.
    """

    conversation: Conversation
    p: Floats


@dataclass(frozen=True)
class Story:
    """
    What was found, which can outlive the messages.

    Attributes:
        headline: The sentence on top.
        told: Every finding in words.
        charts: SVG by measure.
        described: What each chart shows, in words, by measure.
        rows: The chart's numbers, by measure: header and rows.
        rests_on: What the person had said when it was told, as a mark (`retelling`).
    """

    headline: str
    told: tuple[Told, ...]
    charts: Mapping[str, str]
    described: Mapping[str, str]
    rows: Mapping[str, list[list[str]]]
    rests_on: str = ""


def put_chat(vault: Vault, chat: Chat, story: Story, said: Mapping[int, frozenset[str]]) -> None:
    """
    Keep a chat with what was found in it, in place of the one before.

    Args:
        vault: Where.
        chat: The messages and their codes.
        story: What was found.
        said: What the person said of single messages, by row of this chat (`carrying`); it takes the place of what was there.
    """
    codes = io.BytesIO()
    np.save(codes, chat.p.astype(np.float16))
    with vault.change() as change:
        change.put(CHAT, pack_conversation(chat.conversation), f"{ONE}-{CHAT}")
        change.put(CODES, codes.getvalue(), f"{ONE}-{CODES}")
        change.put(STORY, _story_bytes(story), f"{ONE}-{STORY}")
        change.put(WRONG, _said_bytes(said), f"{ONE}-{WRONG}")
    forget(vault.number)


def put_story(vault: Vault, story: Story) -> None:
    """Keep what was found anew in the same messages."""
    vault.put(STORY, _story_bytes(story), f"{ONE}-{STORY}")
    forget(vault.number, STORY)


def the_chat(vault: Vault) -> Chat | None:
    """The chat, where its messages are there."""
    return at_hand(vault.number, CHAT, lambda: _read_chat(vault), _chat_size)


def the_story(vault: Vault) -> Story | None:
    """What was found, with or without the messages."""
    return at_hand(vault.number, STORY, lambda: _read_story(vault), _story_size)


def _chat_size(chat: Chat | None) -> int:
    return 0 if chat is None else int(chat.conversation.messages.estimated_size()) + chat.p.nbytes


def _story_size(story: Story | None) -> int:
    return 0 if story is None else sum(len(svg) for svg in story.charts.values())


def let_messages_go(vault: Vault) -> None:
    """Keep only what was found: not a message, not a code, and no pointer to either."""
    story = the_story(vault)
    with vault.change() as change:
        for kind in (CHAT, CODES, WRONG):
            change.delete(f"{ONE}-{kind}")
        if story is not None:
            bare = tuple(replace(one, finding=replace(one.finding, messages=())) for one in story.told)
            change.put(STORY, _story_bytes(replace(story, told=bare)), f"{ONE}-{STORY}")
    forget(vault.number)


def let_all_go(vault: Vault) -> None:
    """Keep nothing of the chat."""
    with vault.change() as change:
        for kind in (CHAT, CODES, WRONG, STORY):
            change.delete(f"{ONE}-{kind}")
    forget(vault.number)


def move(source: Vault, target: Vault) -> None:
    """Take everything of one vault into another: what was in memory is kept from now on."""
    with target.change() as change:
        for name in source.store.names():
            for kind in KEPT_KINDS:
                if name.id in source.ids(kind):
                    change.put(kind, source.get(kind, name.id) or b"", name.id)
    forget(source.number)
    forget(target.number)


def corrections(vault: Vault) -> dict[int, frozenset[str]]:
    """What the person said is so, by row of the conversation."""
    return at_hand(vault.number, WRONG, lambda: _read_corrections(vault))


def correct(vault: Vault, said: Mapping[int, frozenset[str]]) -> None:
    """Remember what is so in messages, by row; everything that rests on codes is counted anew when it is next asked for."""
    vault.put(WRONG, _said_bytes(corrections(vault) | dict(said)), f"{ONE}-{WRONG}")
    forget(vault.number, WRONG)
    forget(vault.number, "labels")


def labels_of(vault: Vault) -> npt.NDArray[np.bool_]:
    """Which behaviors are there in each message, (n, 22), with the person's word above the model's."""
    return at_hand(vault.number, "labels", lambda: _labels(vault), lambda labels: labels.nbytes)


def _labels(vault: Vault) -> npt.NDArray[np.bool_]:
    chat = the_chat(vault)
    if chat is None:
        return np.zeros((0, len(LABELS)), dtype=bool)
    _, there = corrected(chat.p, _thresholds(), corrections(vault))
    return there


def _thresholds() -> Floats:
    return np.array(manifest()["fast"]["thresholds"], dtype=np.float32)


def told_headline(conversation: Conversation, told: tuple[Told, ...]) -> str:
    """The sentence on top of a story."""
    return headline(conversation, told)


def days_written(chat: Chat) -> list[str]:
    """Days with messages, as ISO dates in order."""
    found = chat.conversation.messages["local_time"].dt.date().unique().sort()
    return [str(one) for one in found.to_list()]


def _read_chat(vault: Vault) -> Chat | None:
    packed, codes = vault.get(CHAT, f"{ONE}-{CHAT}"), vault.get(CODES, f"{ONE}-{CODES}")
    if packed is None or codes is None:
        return None
    return Chat(unpack_conversation(packed), np.load(io.BytesIO(codes)).astype(np.float32))


def _said_bytes(said: Mapping[int, frozenset[str]]) -> bytes:
    return json.dumps({str(at): sorted(one) for at, one in said.items()}).encode("utf-8")


def _read_corrections(vault: Vault) -> dict[int, frozenset[str]]:
    content = vault.get(WRONG, f"{ONE}-{WRONG}")
    return {int(row): frozenset(labels) for row, labels in json.loads(content or b"{}").items()}


def _story_bytes(story: Story) -> bytes:
    described = {
        "headline": story.headline,
        "told": [vars(one) | {"finding": vars(one.finding) | {"facts": dict(one.finding.facts)}} for one in story.told],
        "charts": dict(story.charts),
        "described": dict(story.described),
        "rows": dict(story.rows),
        "rests_on": story.rests_on,
    }
    return json.dumps(described, ensure_ascii=False).encode("utf-8")


def _read_story(vault: Vault) -> Story | None:
    content = vault.get(STORY, f"{ONE}-{STORY}")
    if content is None:
        return None
    described = json.loads(content)
    told = []
    for one in described["told"]:
        finding = one.pop("finding")
        interval = tuple(finding.pop("interval")) if finding["interval"] else finding.pop("interval")
        messages = tuple(finding.pop("messages"))
        told.append(Told(Finding(interval=interval, messages=messages, **finding), **one))
    parts = {name: described[name] for name in ("charts", "described", "rows")}
    return Story(described["headline"], tuple(told), **parts, rests_on=described.get("rests_on", ""))


def rows_of(chat: Chat, rows: list[int]) -> pl.DataFrame:
    """Some messages of a chat, in order."""
    return chat.conversation.messages.filter(pl.col("row").is_in(rows))

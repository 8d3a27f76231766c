"""Who is who: which sender ids of a transcript are me, which the partner."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import polars as pl

from steadily.errors import Choice, ChoiceNeeded, NoMessages
from steadily.readers.text_lines import BIDI
from steadily.readers.transcript import Transcript

SELF_NAMES = frozenset({"me", "you", "ich", "moi", "yo", "eu", "io", "ik", "jag", "я", "أنا", "我", "나"})
"""How exporting tools name the person who made the export."""


@dataclass(frozen=True)
class Pair:
    """
    The two people in one transcript.

    Attributes:
        me: Sender ids that are me.
        partner: Sender ids that are the partner.
        me_name: The name to show for me.
        partner_name: The name to show for the partner.
    """

    me: frozenset[str]
    partner: frozenset[str]
    me_name: str = field(repr=False)
    partner_name: str = field(repr=False)


def fold_name(name: str) -> str:
    """A name as it is compared: no marks, one kind of space, case-folded."""
    plain = unicodedata.normalize("NFKC", name).translate(BIDI)
    return " ".join(plain.strip().removeprefix("~").split()).casefold()


def senders_of(transcript: Transcript) -> dict[str, int]:
    """Sender id → how many rows, most first; people who only reacted count too."""
    counts = (
        transcript.rows.filter(pl.col("sender").is_not_null())
        .group_by("sender")
        .len()
        .sort("len", "sender", descending=[True, False])
    )
    return {str(sender): int(n) for sender, n in counts.iter_rows()}


def find_pair(transcript: Transcript, *, me: Sequence[str] = (), partner: Sequence[str] = ()) -> Pair:
    """
    Tell the two people of a transcript apart.

    Args:
        transcript: One chat.
        me: Names, numbers or ids under which the person who looks back appears; empty to let the export tell.
        partner: The same for the other; needed in groups.

    Returns:
        The pair.

    Raises:
        NoMessages: Nobody, or only one person, wrote anything.
        ChoiceNeeded: The export does not tell who is me, or holds more than two people.
    """
    counts = senders_of(transcript)
    if not counts:
        raise NoMessages(f"{transcript.label}: no message from a person was found. Check that it is the right chat.")
    mine = _matching(transcript, counts, me) or _told_by_export(transcript, counts, partner)
    theirs = _matching(transcript, counts, partner) - mine
    others = [sender for sender in counts if sender not in mine]
    if mine and not theirs and len(others) == 1 and not partner:
        theirs = frozenset(others)
    if len(counts) == 1 and (mine or theirs):
        raise NoMessages(
            f"{transcript.label}: only one person writes in this chat, so there is nothing between two people to read."
        )
    if not mine:
        if len(counts) == 1:
            raise NoMessages(
                f"{transcript.label}: only one person writes in this chat, so there is nothing between two people to read."
            )
        raise _ask(transcript, counts, "me", "Which of these people is you? Say it with --me NAME.")
    if not theirs:
        names = {sender: counts[sender] for sender in others}
        problem = "More than two people write in this chat. Choose the other one with --with NAME."
        raise _ask(transcript, names, "partner", problem)
    return Pair(mine, theirs, _name(transcript, mine, counts), _name(transcript, theirs, counts))


def _matching(transcript: Transcript, counts: dict[str, int], wanted: Iterable[str]) -> frozenset[str]:
    """Sender ids whose id or name is one of *wanted*; failing that, those of which one name is the first word."""
    folded = {fold_name(name) for name in wanted if name.strip()}
    if not folded:
        return frozenset()
    known = {sender: {fold_name(sender), fold_name(transcript.names.get(sender, ""))} for sender in counts}
    exact = frozenset(sender for sender, names in known.items() if names & folded)
    if exact:
        return exact
    first = [sender for sender, names in known.items() if any(name.split(" ")[0] in folded for name in names if name)]
    return frozenset(first) if len(first) == 1 else frozenset()


def _told_by_export(transcript: Transcript, counts: dict[str, int], partner: Sequence[str]) -> frozenset[str]:
    """Me, where the format tells, where the chat is named after one of two people, or where the other one is given."""
    if transcript.me is not None and (transcript.me in counts or len(counts) == 1):
        return frozenset({transcript.me}) if transcript.me in counts else frozenset()
    selves = [sender for sender in counts if fold_name(transcript.names.get(sender, sender)) in SELF_NAMES]
    if len(selves) == 1:
        return frozenset(selves)
    if len(counts) == 2:
        other = _matching(transcript, counts, partner or [transcript.title])
        if len(other) == 1:
            return frozenset(counts) - other
    return frozenset()


def _name(transcript: Transcript, senders: frozenset[str], counts: dict[str, int]) -> str:
    most = max(senders, key=lambda sender: counts[sender])
    return transcript.names.get(most) or most


def _ask(transcript: Transcript, counts: dict[str, int], what: str, sentence: str) -> ChoiceNeeded:
    choices = tuple(Choice(sender, transcript.names.get(sender) or sender, n) for sender, n in counts.items())
    return ChoiceNeeded(f"{transcript.label}: {sentence}", what="me" if what == "me" else "partner", choices=choices)

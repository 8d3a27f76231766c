"""
Small wins that the chat shows and the person may have missed: a repair, a thank-you, an invitation that was taken up.

Few and sure rather than many. A message has to carry the code and to say so in plain words; the other has to have answered; and nothing
is taken from a session that holds danger. What is said of it is what was written and when, never what anyone felt.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import numpy.typing as npt
import polars as pl

from steadily.codebook import BEHAVIORS, DANGER, LABELS
from steadily.conversation import split_sessions
from steadily.program.plain_words import number, opened
from steadily.program.win_words import ASKS, NOT_ASKS, NOT_SOFT, NOT_THANKS, NOT_YES, SOFT, TAKEN, THANKS, YES

Kind = Literal["repair", "thank-you", "invitation"]
Bools = npt.NDArray[np.bool_]

MOST_OFFERED = 3
LONGEST_MIN, PAUSE_MIN = 180, 20
"""What is further apart is not one event, and sharp words further apart are not one run. Conventions, as the pause of a session is."""
MINUTE_US = 60_000_000
FEWEST_HARSH = 2
"""Harsh messages before a repair; one code alone is too often a joke or a misreading."""
NEAR = 5
"""So few messages after the last of them; a sorry further on is for something else more often than not."""
MOST_WORDS = 7
SHARP = ("criticism", "contempt", "hostility")
HARSH = (*SHARP, "defensiveness")
COLD = (*HARSH, "demand", "withdrawal")
WARM = tuple(one.label for one in BEHAVIORS if one.group == "warm")
GOES_ON = 3
"""Further messages of the other, none of them cold, that say as much as a warm one: the two went on talking."""
CLAUSE = re.compile(r"[.!?…\n;:()]+|,\s| [-–—] ")


@dataclass(frozen=True)
class FoundWin:
    """
    One that can be offered.

    Attributes:
        kind: What it is.
        found: What it is known by: kind and instant of its message; the same after a newer export was read, and without a word of it.
        day: The day on the conversation's clock.
        text: What is said of it, with at most a few words of the chat.
        rows: The messages behind it, in order.
    """

    kind: Kind
    found: str
    day: date
    text: str
    rows: tuple[int, ...]


def found_wins(messages: pl.DataFrame, there: Bools) -> list[FoundWin]:
    """
    All that the chat shows surely enough, the newest first.

    Args:
        messages: Those of one conversation. Reads `conversation_id`, `row`, `sent_at`, `local_time`, `author`, `kind`, `text`.
        there: Which behaviors are there in each message, (n, 22), in the order of `codebook.LABELS`.
    """
    chat = _Chat(messages, there)
    found = [*_repairs(chat), *_thanks(chat), *_invitations(chat)]
    return sorted(found, key=lambda one: one.rows[-1], reverse=True)


def offered(found: Sequence[FoundWin], decided: Collection[str], most: int = MOST_OFFERED) -> list[FoundWin]:
    """
    The few to offer: the newest of each kind, then the newest of what is left; in the order of time, the newest first.

    Args:
        found: From `found_wins`.
        decided: What was kept or set aside before, by `FoundWin.found`.
        most: How many at most.
    """
    left = [one for one in found if one.found not in decided]
    newest = {one.kind: one for one in reversed(left)}
    first = [one for one in left if newest[one.kind] is one]
    chosen = [*first, *(one for one in left if one not in first)][:most]
    return sorted(chosen, key=left.index)


class _Chat:
    """
    The rows by which one of the two took a turn, as arrays; a place is an index into them.

    Arrays of marks: `is_dark` (in a session with danger), `is_sharp`, `is_harsh`, `is_cold`, `is_warm`.
    """

    def __init__(self, messages: pl.DataFrame, there: Bools) -> None:
        spoken = split_sessions(messages)
        self.row = spoken["row"].to_numpy()
        self.at = spoken["sent_at"].dt.epoch("us").to_numpy()
        self.days = spoken["local_time"].dt.date()
        self.mine = (spoken["author"] == "me").to_numpy()
        self.texts = spoken["text"]
        self.there = there[self.row]
        session = spoken["session"].to_numpy()
        self.first, self.last = np.searchsorted(session, session), np.searchsorted(session, session, side="right")
        self.is_dark = np.isin(session, session[self.any_of(DANGER)])
        self.is_sharp, self.is_harsh = self.any_of(SHARP), self.any_of(HARSH)
        self.is_cold, self.is_warm = self.any_of(COLD), self.any_of(WARM)

    def any_of(self, labels: Collection[str]) -> Bools:
        """Which places carry one of these."""
        found: Bools = self.there[:, [LABELS.index(label) for label in labels]].any(axis=1)
        return found

    def saying(
        self, labels: Collection[str], words: re.Pattern[str], never: re.Pattern[str]
    ) -> Iterator[tuple[int, re.Match[str]]]:
        """Places that carry one of these and say so outright, are not cold and in no dark session; with what says it."""
        for place in np.flatnonzero(self.any_of(labels) & ~self.is_cold & ~self.is_dark).tolist():
            text = self.text(place)
            match = words.search(text)
            if match and not never.search(text):
                yield place, match

    def text(self, place: int) -> str:
        """The words of one place, with plain apostrophes; empty where there are none."""
        return (self.texts[place] or "").replace("’", "'")

    def before(self, place: int) -> slice:
        """What may belong to the same event: the same session, and not too long ago."""
        earliest = int(np.searchsorted(self.at, self.at[place] - LONGEST_MIN * MINUTE_US))
        return slice(max(int(self.first[place]), earliest), place)

    def after(self, place: int) -> slice:
        """The same after it."""
        latest = int(np.searchsorted(self.at, self.at[place] + LONGEST_MIN * MINUTE_US, side="right"))
        return slice(place + 1, min(int(self.last[place]), latest))

    def answer(self, place: int) -> list[int]:
        """Places of the turn in which the other answered; empty where nobody did in time."""
        after = self.after(place)
        others = np.flatnonzero(self.mine[after] != self.mine[place])
        if not len(others):
            return []
        begins = after.start + int(others[0])
        back = np.flatnonzero(self.mine[begins : after.stop] == self.mine[place])
        return list(range(begins, begins + int(back[0]) if len(back) else after.stop))

    def harsh_run(self, place: int) -> list[int]:
        """The run of harsh words that a message comes after, without long pauses in it."""
        before = self.before(place)
        harsh = before.start + np.flatnonzero(self.is_harsh[before])
        pauses = np.flatnonzero(np.diff(self.at[harsh]) > PAUSE_MIN * MINUTE_US)
        return [int(one) for one in harsh[int(pauses[-1]) + 1 if len(pauses) else 0 :]]

    def is_calm_around(self, place: int) -> bool:
        """Whether no sharp word stands near it."""
        return not (self.is_sharp[self.before(place)].any() or self.is_sharp[self.after(place)].any())

    def win(self, kind: Kind, place: int, text: str, behind: Sequence[int] = ()) -> FoundWin:
        """A win that is known by one message, and rests on others as well."""
        rows = tuple(int(self.row[one]) for one in sorted({place, *behind}))
        return FoundWin(kind, f"{kind} {int(self.at[place])}", self.days[place], text, rows)


def _repairs(chat: _Chat) -> Iterator[FoundWin]:
    mended = -1
    for place, match in chat.saying(("repair", "ownership"), SOFT, NOT_SOFT):
        run = chat.harsh_run(place)
        sharp = [one for one in run if chat.is_sharp[one]]
        if len(run) < FEWEST_HARSH or not sharp or run[0] < mended or place - run[-1] > NEAR:
            continue
        if not _is_taken(chat, place):
            continue
        mended = place
        minutes = round(int(chat.at[place] - chat.at[sharp[0]]) / MINUTE_US)
        said = f"{_how_long(minutes)} from a sharp word to {_quote(match)}."
        yield chat.win("repair", place, opened(said), run)


def _is_taken(chat: _Chat, place: int) -> bool:
    """Whether nothing sharp follows a repair, and the other was warm, said so, or went on talking."""
    after = chat.after(place)
    others = after.start + np.flatnonzero(chat.mine[after] != chat.mine[place])
    if chat.is_sharp[after].any() or not len(others):
        return False
    goes_on = len(others) >= GOES_ON and not chat.is_cold[others].any()
    return goes_on or bool(chat.is_warm[others].any()) or any(TAKEN.search(chat.text(int(one))) for one in others)


def _thanks(chat: _Chat) -> Iterator[FoundWin]:
    for place, match in chat.saying(("appreciation",), THANKS, NOT_THANKS):
        if chat.is_calm_around(place):
            how = "given" if chat.mine[place] else "received"
            yield chat.win("thank-you", place, f"A thank-you {how}: {_quote(match)}.")


def _invitations(chat: _Chat) -> Iterator[FoundWin]:
    for place, match in chat.saying(("invitation",), ASKS, NOT_ASKS):
        answered = chat.answer(place)
        yes = chat.text(answered[0]) if answered else ""
        if not YES.search(yes) or NOT_YES.search(yes) or chat.is_cold[answered].any() or not chat.is_calm_around(place):
            continue
        if chat.is_warm[[place, *answered]].any() or chat.is_warm[chat.after(place)].any():
            said = f"An invitation, {_quote(match)}, and a yes."
            if not chat.mine[place]:
                said = f"An invitation, and {_words(yes)} in answer."
            yield chat.win("invitation", place, said, answered[:1])


def _how_long(minutes: int) -> str:
    if minutes <= 1:
        return "a minute"
    return f"{number(minutes)} minutes" if minutes < 90 else f"{number(round(minutes / 60))} hours"


def _quote(match: re.Match[str]) -> str:
    """The clause in which it was said, at most a few words of it."""
    text = match.string
    ends = list(CLAUSE.finditer(text))
    start = max((end.end() for end in ends if end.end() <= match.start()), default=0)
    stop = min((end.start() for end in ends if end.start() >= match.end()), default=len(text))
    return _words(text[start:stop])


def _words(text: str) -> str:
    words = text.split()
    return f"“{' '.join(words[:MOST_WORDS])}{' …' if len(words) > MOST_WORDS else ''}”"

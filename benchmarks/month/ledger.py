"""What was done in the month, counted by whoever plays it, so that what the app says of it can be checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from steadily.program.plain_words import day_in_words, number, opened, so_many

Card = Literal["done", "left", "something else", "not for me", ""]
Answer = Literal["", "yes", "a little", "no"]


@dataclass(frozen=True)
class Day:
    """
    An evening.

    Attributes:
        points: Felt safety, closeness and strain; None where there is no check-in.
        card: What becomes of the card.
        helped: What is said of the practice, where it is done.
        opens: Whether the app is opened at all.
    """

    points: tuple[int, int, int] | None = None
    card: Card = ""
    helped: Answer = ""
    opens: bool = True


@dataclass
class Ledger:
    """
    The month so far.

    Attributes:
        practiced: Day and whether it helped, for every practice.
        check_ins: Days with one, and the points.
        wins: Days of wins that were kept.
        hard_days: Those that were called hard.
        rituals: Days on which the ritual took place.
        done: Drawn evenings on which the act of the experiment was done, and others.
        aside: Titles of practices that were set aside.
        written: How many notes were written after practices.
        corrected: The message of which a mark was said to be wrong.
    """

    practiced: list[tuple[date, Answer]] = field(default_factory=list)
    check_ins: dict[date, tuple[int, int, int]] = field(default_factory=dict)
    wins: list[date] = field(default_factory=list)
    hard_days: list[date] = field(default_factory=list)
    rituals: list[date] = field(default_factory=list)
    done: list[bool] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    written: int = 0
    corrected: str = ""

    def year(self) -> list[str]:
        """Sentences that the year must have."""
        n, helped = len(self.practiced), sum(one in ("yes", "a little") for _, one in self.practiced)
        days = so_many(len({day for day, _ in self.practiced}), "day")
        said = [f"You practiced on {days}, {_times(n)} in all."] if n else []
        said += [f"{opened(_times(helped))} you said that it helped, or helped a little."] if helped else []
        said += [f"You kept {so_many(len(self.wins), 'small win')}."] if self.wins else []
        said += [f"It took place on {so_many(len(self.rituals), 'day')}."] if self.rituals else []
        said += [f"You checked in on {so_many(len(self.check_ins), 'day')}."] if self.check_ins else []
        n_hard = len(self.hard_days)
        said += [f"{opened(number(n_hard))} hard {'day is' if n_hard == 1 else 'days are'} in it."] if n_hard else []
        return said

    def proof(self) -> list[str]:
        """Sentences that the proof must have."""
        helped = sum(one in ("yes", "a little") for _, one in self.practiced)
        said = (
            [f"You practiced on {so_many(len({day for day, _ in self.practiced}), 'day')}."] if self.practiced else []
        )
        said += [f"It helped, or helped a little, {_times(helped)}, you said."] if helped else []
        said += [f"You kept {so_many(len(self.wins), 'small win')}."] if self.wins else []
        return said

    def since(self) -> str:
        """The first day of which anything is kept, in words."""
        return day_in_words(min([*self.check_ins, *(day for day, _ in self.practiced), *self.wins]))


def _times(n: int) -> str:
    return {1: "once", 2: "twice"}.get(n, f"{number(n)} times")

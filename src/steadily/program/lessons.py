"""
The texts of the program: lessons and practices, read from `content/`.

A text is Markdown below a front matter in TOML between two lines of `+++`, so that somebody who writes no programs can change it;
`checking` says what is wrong with one.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from steadily.errors import UsageError

CONTENT = Path(__file__).parent / "content"
LESSON_ORDER = (
    *("regulate", "validate", "repair", "rituals", "consistency", "small-wins", "setbacks"),
    *("the-loop", "forgiving-and-feeling-safe", "neutral-observer"),
)
STEPS = LESSON_ORDER[:7]
SECTIONS = (
    *("What it is", "Why it may help", "What is known", "When not to"),
    *("A story", "To think about", "What changes when it works"),
)
"""The headings that every lesson has, in this order."""

GRADES = ("strong", "moderate", "weak", "none")
SETTINGS = ("alone", "in a message", "together")
DISTANCES = ("hours", "days", "weeks", "months")
FITS = {
    "reaching": "I write and ask more, the quieter it gets",
    "stepping back": "I go quiet, or pull away",
    "sharp words": "Small things turn sharp",
    "fixing": "I explain or fix, and it lands wrong",
    "little warmth": "There is little warmth left between us",
    "silence": "We hardly talk",
    "unsteady": "It is good for a while, and then it falls back",
    "old hurt": "Something that happened still stands between us",
}
"""What may be hardest, as a person would say it; the plan starts from these, and so do findings."""

FENCE = "+++"
Grade = Literal["strong", "moderate", "weak", "none"]
Setting = Literal["alone", "in a message", "together"]


@dataclass(frozen=True)
class Practice:
    """
    Something to do, in three to ten minutes.

    Attributes:
        name: Its name in addresses and in what is kept.
        lesson: The lesson that it belongs to.
        title: What it is called.
        minutes: About how long it takes.
        setting: Where it is done.
        effort: Whether it asks for little, or for some strength.
        fits: Words of `FITS`.
        grade: How much is known.
        source: Where that comes from, and what it says, in a sentence.
        not_when: When it is better left.
        question: What may be asked afterwards.
        body: How it goes, as Markdown.
    """

    name: str
    lesson: str
    title: str
    minutes: int
    setting: Setting
    effort: Literal["little", "some"]
    fits: tuple[str, ...]
    grade: Grade
    source: str
    not_when: str
    question: str
    body: str


@dataclass(frozen=True)
class Lesson:
    """
    A step of the method, or a module beside the steps.

    Attributes:
        name: Its name in addresses.
        title: What it is called.
        about: It in one sentence.
        grade: How much is known.
        source: Where that comes from.
        sections: Heading and Markdown, as in `SECTIONS`.
        practices: In the order of their names' files.
    """

    name: str
    title: str
    about: str
    grade: Grade
    source: str
    sections: tuple[tuple[str, str], ...]
    practices: tuple[Practice, ...]

    @property
    def is_step(self) -> bool:
        """Whether it is one of the steps."""
        return self.name in STEPS


@cache
def lessons() -> tuple[Lesson, ...]:
    """Every lesson, in order."""
    return tuple(_lesson(CONTENT / "lessons" / f"{name}.md") for name in LESSON_ORDER)


@cache
def practices() -> dict[str, Practice]:
    """Every practice, by its name."""
    return {one.name: one for lesson in lessons() for one in lesson.practices}


def lesson(name: str) -> Lesson | None:
    """One lesson."""
    return next((one for one in lessons() if one.name == name), None)


def parted(path: Path) -> tuple[dict[str, Any], str]:
    """
    The front matter and the text of a file.

    Raises:
        UsageError: There is no front matter, or it is not TOML.
    """
    text = path.read_text(encoding="utf-8")
    parts = text.split(f"{FENCE}\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise UsageError(f"{path.name} has to begin with lines of front matter between two lines of {FENCE}.")
    try:
        return tomllib.loads(parts[1]), parts[2].strip()
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"The front matter of {path.name} is not TOML: {error}.") from None


def sections_of(body: str) -> tuple[tuple[str, str], ...]:
    """Heading and text of every part that begins with `## `."""
    found = re.split(r"^## +(.+)$", body, flags=re.MULTILINE)
    return tuple((heading.strip(), text.strip()) for heading, text in zip(found[1::2], found[2::2], strict=True))


def _lesson(path: Path) -> Lesson:
    front, body = parted(path)
    found = sorted((CONTENT / "practices" / path.stem).glob("*.md"))
    return Lesson(
        name=path.stem,
        title=front["title"],
        about=front["about"],
        grade=front["grade"],
        source=front["source"],
        sections=sections_of(body),
        practices=tuple(_practice(one) for one in found),
    )


def _practice(path: Path) -> Practice:
    front, body = parted(path)
    return Practice(
        name=path.stem,
        lesson=path.parent.name,
        title=front["title"],
        minutes=front["minutes"],
        setting=front["setting"],
        effort=front["effort"],
        fits=tuple(front["fits"]),
        grade=front["grade"],
        source=front["source"],
        not_when=front["not_when"],
        question=front.get("question", ""),
        body=body,
    )

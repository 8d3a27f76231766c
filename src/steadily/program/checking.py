"""
What is wrong with the texts of the program, told so that somebody who writes no programs can mend it.

`python -m steadily.program.checking` prints one problem a line: the file, what is wrong, what to do (docs/content.md).
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from steadily.errors import UsageError
from steadily.program.lessons import (
    CONTENT,
    FITS,
    GRADES,
    LESSON_ORDER,
    SECTIONS,
    SETTINGS,
    STEPS,
    parted,
    sections_of,
)

STORY, STORY_MARK = "A story", "*A made-up story, put together from many.*"
EFFORTS = ("little", "some")
MINUTES = range(3, 11)
N_IN_STEP, N_IN_MODULE = range(6, 11), range(3, 9)
FILE_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.md")
PRONOUNS = re.compile(
    r"\b(he|she|him|her|his|hers|himself|herself|husband|wife|boyfriend|girlfriend)(?:'s)?\b", re.IGNORECASE
)
NEVER = (
    *("science proves", "it's biology", "he will come back", "she will come back", "they will come back"),
    *(
        "your calm creates",
        "trust score",
        "5:1",
        "100 bpm",
        "forgive first",
        "you caused this",
        "stay and be consistent",
    ),
    *("you are safe", "you're safe", "toxic", "needy", "narciss", "healthy couples", "you should", "hold space"),
    *("attune", "nervous system", "vagus", "he feels", "she feels", "is avoidant", "great job"),
    *("no-contact rule", "make them want", "soulmate", "users"),
)
"""EVIDENCE.md §10 and the list of the voice: no text of ours says any of these, in any case of letters."""
Test = Callable[[Any], bool]


def problems(content: Path = CONTENT) -> list[str]:
    """
    Everything that is wrong with the texts.

    Args:
        content: The folder of them.

    Returns:
        `file: what, what to do`, in the order of the files; empty where all is well.
    """
    practices = sorted((content / "practices").glob("**/*.md"))
    return [
        *_missing(content),
        *(problem for path in sorted((content / "lessons").glob("*.md")) for problem in _in_lesson(path)),
        *(problem for path in practices for problem in _in_practice(path)),
        *_counts(content),
        *_twice(practices),
    ]


def main() -> int:
    """Print the problems; the exit status says whether there are any."""
    found = problems()
    sys.stdout.write("\n".join(found or ["All texts are as they have to be."]) + "\n")
    return 1 if found else 0


def words_of(markdown: str) -> str:
    """The words of a text without its marks, for whoever measures how easy it reads."""
    bare = re.sub(r"^[ \t]*(?:[-*+]|\d+\.|>|#+)[ \t]+", "", markdown, flags=re.MULTILINE)
    bare = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", bare)
    return re.sub(r"[*_`]", "", bare)


def _missing(content: Path) -> Iterator[str]:
    for name in LESSON_ORDER:
        if not (content / "lessons" / f"{name}.md").exists():
            yield f"lessons/{name}.md: it is not there, write it or take its name out of LESSON_ORDER."
    for folder in sorted(one for one in (content / "practices").glob("*") if one.name not in LESSON_ORDER):
        yield f"practices/{folder.name}: no lesson has this name, move it to the folder of its lesson."
    for path in sorted((content / "lessons").glob("*")):
        if path.stem not in LESSON_ORDER or path.suffix != ".md":
            yield f"lessons/{path.name}: no lesson has this name, rename it or add its name to LESSON_ORDER."


def _counts(content: Path) -> Iterator[str]:
    for name in LESSON_ORDER:
        wanted = N_IN_STEP if name in STEPS else N_IN_MODULE
        n = len(list((content / "practices" / name).glob("*.md")))
        if n not in wanted:
            yield f"practices/{name}: there are {n} practices, make it {wanted[0]} to {wanted[-1]}."


def _twice(paths: Iterable[Path]) -> Iterator[str]:
    for name, n in Counter(path.name for path in paths).items():
        if n > 1:
            yield f"{name}: {n} practices have this file name, rename all but one."


def _in_lesson(path: Path) -> list[str]:
    front, body, found = _read(path)
    if front is None:
        return found
    found += _front(front, LESSON_KEYS)
    sections = sections_of(body)
    if tuple(heading for heading, _ in sections) != SECTIONS:
        found.append(f"its headings have to be, in this order: {', '.join(f'## {one}' for one in SECTIONS)}.")
    found += [f"nothing stands under ## {heading}, write it." for heading, text in sections if not text]
    story = dict(sections).get(STORY, "")
    if not story.startswith(STORY_MARK):
        found.append(f"the story has to begin with a line of its own: {STORY_MARK}")
    found += _wording("\n".join([*_texts(front), body]))
    found += _gender("\n".join([*_texts(front), *(text for heading, text in sections if heading != STORY)]))
    return _named(path, found)


def _in_practice(path: Path) -> list[str]:
    front, body, found = _read(path)
    if front is None:
        return found
    found += _front(front, PRACTICE_KEYS)
    if not body:
        found.append("there is no text, write how it goes below the front matter.")
    if re.search(r"^#", body, flags=re.MULTILINE):
        found.append("a practice has no headings, take the lines with # out.")
    text = "\n".join([*_texts(front), body])
    return _named(path, [*found, *_wording(text), *_gender(text)])


def _read(path: Path) -> tuple[dict[str, Any] | None, str, list[str]]:
    """Front matter, text and problems; no front matter where the file cannot be read."""
    found = (
        []
        if FILE_NAME.fullmatch(path.name)
        else ["its name may hold small letters, digits and single hyphens, rename it."]
    )
    try:
        front, body = parted(path)
    except UsageError as error:
        return None, "", _named(path, [*found, f"{error} Mend the lines at its top."])
    except UnicodeDecodeError:
        return None, "", _named(path, [*found, "it is not UTF-8, save it as UTF-8."])
    return front, body, found


def _front(front: Mapping[str, Any], keys: Mapping[str, tuple[Test, str]]) -> Iterator[str]:
    for name, (is_right, remedy) in keys.items():
        if name not in front and name not in OPTIONAL:
            yield f"{name} is missing, add a line: {name} has to be {remedy}."
        elif name in front and not is_right(front[name]):
            yield f"{name} is not right, it has to be {remedy}."
    for name in front:
        if name not in keys:
            yield f"{name} is not known here, take it out or mend its spelling; known are {', '.join(keys)}."


def _wording(text: str) -> Iterator[str]:
    low = text.lower().replace("’", "'")
    for phrase in NEVER:
        if re.search(rf"(?<![\w]){re.escape(phrase)}", low):
            yield f'it says "{phrase}", which we never say; put it another way.'
    if "!" in text:
        yield "there is an exclamation mark, end the sentence with a period."


def _gender(text: str) -> Iterator[str]:
    for word in dict.fromkeys(one[0].lower() for one in PRONOUNS.finditer(text)):
        yield f'it says "{word}" outside a story, write "they", "you" or "your partner".'


def _named(path: Path, found: Iterable[str]) -> list[str]:
    place = f"practices/{path.parent.name}" if path.parent.parent.name == "practices" else path.parent.name
    return [f"{place}/{path.name}: {problem}" for problem in found]


def _texts(front: Mapping[str, Any]) -> list[str]:
    return [value for value in front.values() if isinstance(value, str)]


def _is_words(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_sentence(value: object) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"[^a-z\s].{8,}[.?](?:[\"')])?", value.strip(), re.DOTALL))


def _is_one_of(words: Iterable[str]) -> Test:
    known = tuple(words)
    return lambda value: isinstance(value, str) and value in known


def _are_fits(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(one in FITS for one in value) and len({*value}) == len(value)


def _is_minutes(value: object) -> bool:
    return type(value) is int and value in MINUTES


OPTIONAL = ("question",)
COMMON: dict[str, tuple[Test, str]] = {
    "title": (lambda value: _is_words(value) and len(value) <= 60, "a few words, at most 60 letters"),
    "grade": (_is_one_of(GRADES), f"one of {', '.join(GRADES)}"),
    "source": (_is_sentence, "a sentence: where this comes from and what was found"),
}
LESSON_KEYS: dict[str, tuple[Test, str]] = COMMON | {"about": (_is_sentence, "a sentence")}
PRACTICE_KEYS: dict[str, tuple[Test, str]] = COMMON | {
    "minutes": (_is_minutes, f"a whole number from {MINUTES[0]} to {MINUTES[-1]}"),
    "setting": (_is_one_of(SETTINGS), f"one of {', '.join(SETTINGS)}"),
    "effort": (_is_one_of(EFFORTS), f"one of {', '.join(EFFORTS)}"),
    "fits": (_are_fits, f"a list in square brackets of one or more of {', '.join(FITS)}"),
    "not_when": (_is_sentence, "a sentence: when it is better left"),
    "question": (_is_sentence, "a sentence, or left out"),
}

if __name__ == "__main__":
    sys.exit(main())

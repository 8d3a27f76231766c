"""Lessons and practices as pages: a lesson to read, questions with lines, practices as cards, and a page to look back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from steadily.program.entries import Practiced
from steadily.program.lessons import Lesson, Practice
from steadily.program.plain_words import day_in_words, number
from steadily.report.workbook.front import chapter, name, room
from steadily.report.workbook.markdown import Block, blocks, curly
from steadily.report.workbook.words import words

CAUTION, STORY, QUESTIONS = "When not to", "A story", "To think about"
TIMES = {1: "once", 2: "twice"}


def lesson_pages(lesson: Lesson, place: int, practiced: Sequence[Practiced]) -> list[Block]:
    """
    A lesson with all that belongs to it.

    Args:
        lesson: It.
        place: The how manieth step it is; 0 for what stands beside the steps.
        practiced: What the person did; of all lessons.
    """
    said = words()["lesson"]
    opening = chapter(
        lesson.title,
        lesson.about,
        recto=True,
        label=f"lesson-{lesson.name}",
        kicker=said["step"].format(n=place) if place else said["beside"],
        known=f"{said['about_known']}: {lesson.grade}",
    )
    sections = dict(lesson.sections)
    asked = sections.pop(QUESTIONS, "")
    return [
        opening,
        *(one for heading, text in sections.items() for one in _section(heading, text)),
        room(said["room"]),
        *_questions(asked),
        {"is": "cards", "title": said["practices"], "items": [_card(one, practiced) for one in lesson.practices]},
        *_looking_back(lesson),
    ]


def _section(heading: str, text: str) -> list[Block]:
    if heading in (CAUTION, STORY):
        tone = "story" if heading == STORY else "caution"
        return [{"is": "panel", "tone": tone, "title": curly(heading), "blocks": blocks(text)}]
    return [name(heading), {"is": "prose", "blocks": blocks(text)}]


def _questions(text: str) -> list[Block]:
    """Each question of the lesson with lines of its own, on a page."""
    found: list[list[Block]] = []
    for block in blocks(text):
        found += block["items"] if block["is"] in ("ol", "ul") else [[block]]
    return [{"is": "new-page"}, name(QUESTIONS), {"is": "questions", "items": found}] if found else []


def _looking_back(lesson: Lesson) -> list[Block]:
    said = words()["lesson"]
    prompts = [[{"is": "p", "spans": [{"t": text}]}] for text in said["reflection_prompts"]]
    return [
        {"is": "new-page"},
        name(said["reflection"].format(title=f"“{lesson.title}”")),
        {"is": "questions", "items": prompts},
    ]


def _card(practice: Practice, practiced: Sequence[Practiced]) -> dict[str, Any]:
    said = words()["lesson"]
    takes = (f"{practice.minutes} minutes", said["setting"][practice.setting], said["effort"][practice.effort])
    return {
        "label": f"practice-{practice.name}",
        "title": curly(practice.title),
        "takes": " · ".join((*takes, f"known: {practice.grade}")),
        "blocks": blocks(practice.body),
        "not_when_name": said["not_when"],
        "not_when": blocks(practice.not_when)[0]["spans"],
        "afterwards": said["afterwards"],
        "question": blocks(practice.question or said["no_question"])[0]["spans"],
        "done_on": said["done_on"],
        "helped": said["helped"],
        "helped_choices": said["helped_choices"],
        "before": _before(practice, practiced),
    }


def _before(practice: Practice, practiced: Sequence[Practiced]) -> str:
    """How often it was done already, in a sentence; empty where it was not."""
    days = [one.at.date() for one in practiced if one.practice == practice.name and one.how == "done"]
    if not days:
        return ""
    times = TIMES.get(len(days), f"{number(len(days))} times")
    told: str = words()["kept"]["done_before"]
    return told.format(times=times, day=day_in_words(max(days)))

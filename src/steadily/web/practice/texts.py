"""The texts of the program as they stand on a page."""

from __future__ import annotations

from functools import lru_cache

from django.http import Http404
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

from steadily.program import lessons
from steadily.program.lessons import Lesson, Practice


@lru_cache(maxsize=512)
def as_html(markdown: str) -> SafeString:
    """A text of ours, from Markdown; HTML in it is shown and not obeyed."""
    return SafeString(MarkdownIt("commonmark", {"html": False}).render(markdown))


def lesson_named(name: str) -> Lesson:
    """
    A lesson.

    Raises:
        Http404: There is none of that name.
    """
    found = lessons.lesson(name)
    if found is None:
        raise Http404
    return found


def practice_named(name: str) -> Practice:
    """
    A practice.

    Raises:
        Http404: There is none of that name.
    """
    found = lessons.practices().get(name)
    if found is None:
        raise Http404
    return found

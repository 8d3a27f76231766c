"""The steps as a path that can be walked in any order: lessons and practices, and what is said after one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_POST

from steadily.program.entries import PRACTICED, Practiced
from steadily.program.lessons import Lesson, Practice, lessons
from steadily.program.plan import WRITING, set_aside
from steadily.program.strength import in_words, strengths
from steadily.safety.self_check import EDUCATION
from steadily.safety.stopping import allowed
from steadily.vault import Vault
from steadily.web.accounts.place import place_of
from steadily.web.practice import the_plan
from steadily.web.practice.done_form import DoneForm
from steadily.web.practice.entries_at_hand import all_of
from steadily.web.practice.texts import as_html, lesson_named, practice_named
from steadily.web.practice.written import stops_at_writing
from steadily.web.shell.education import was_shown
from steadily.web.shell.stopping import coaches, stop_of

OPEN = ("What it is", "Why it may help", "When not to")
"""Sections that stand open; the others are one tap away."""
KNOWN = "What is known"


@dataclass(frozen=True)
class Step:
    """
    A lesson with how far it has come.

    Attributes:
        lesson: The lesson.
        words: Its strength in words.
        width: The same as a bar, 0 to 100; drawn, never written.
    """

    lesson: Lesson
    words: str
    width: int


@dataclass(frozen=True)
class Section:
    """
    A part of a lesson.

    Attributes:
        heading: What it is called.
        id: Its name in the page.
        body: Its text.
        is_open: Whether it is there at once.
        is_known: Whether it tells what is known.
    """

    heading: str
    id: str
    body: SafeString
    is_open: bool
    is_known: bool


@require_GET
@coaches("practice")
def steps(request: HttpRequest) -> HttpResponse:
    """All steps and modules, in any order."""
    walked = _steps(place_of(request).vault)
    context = {
        "steps": [one for one in walked if one.lesson.is_step],
        "beside": [one for one in walked if not one.lesson.is_step],
    }
    return render(request, "practice/path.html", context)


@require_GET
@coaches("practice")
def lesson(request: HttpRequest, name: str) -> HttpResponse:
    """One lesson, on one screen."""
    found = lesson_named(name)
    sections = [
        Section(heading, slugify(heading), as_html(text), heading in OPEN, heading == KNOWN)
        for heading, text in found.sections
    ]
    step = next(one for one in _steps(place_of(request).vault) if one.lesson == found)
    return render(request, "practice/lesson.html", {"lesson": found, "sections": sections, "step": step})


@require_GET
@coaches("practice")
def practice(request: HttpRequest, name: str) -> HttpResponse:
    """How a practice goes, and what one may say after it."""
    found = practice_named(name)
    return _page(request, found, DoneForm(found))


@require_POST
def done(request: HttpRequest, name: str) -> HttpResponse:
    """
    Keep that it was done, and what was written; only then see whether coaching stops at it.

    What was written is not lost either where the vault has locked itself meanwhile, or coaching has stopped.
    """
    found = practice_named(name)
    place, form = place_of(request), DoneForm(found, request.POST)
    if place.is_locked or not form.is_valid():
        return _page(request, found, form)
    _keep_done(place.vault, Practiced(timezone.localtime(), found.name, "done", **form.cleaned_data))
    if stops_at_writing(request, form.cleaned_data["note"]) or not allowed("practice", stop_of(place.vault)):
        return redirect("stopped")
    return redirect("practice:today")


@require_POST
@coaches("practice")
def not_for_me(request: HttpRequest, name: str) -> HttpResponse:
    """Set a practice aside for good, until it is asked back; if it was today's, the next one comes."""
    found, vault, day = practice_named(name), place_of(request).vault, timezone.localdate()
    choice = the_plan.walk(vault, day).choice
    the_plan.note_down(vault, found, "not for me")
    if choice is not None and choice.practice == found:
        the_plan.choose_another(vault, day)
    return redirect("practice:today")


@require_POST
@coaches("practice")
def choose(request: HttpRequest, name: str) -> HttpResponse:
    """Put a practice on today's card."""
    the_plan.choose(place_of(request).vault, practice_named(name), timezone.localdate())
    return redirect("practice:today")


@require_POST
@coaches("practice")
def come_back(request: HttpRequest, name: str) -> HttpResponse:
    """Let a practice come back now and then, or no more; one that was set aside is asked back by it."""
    found, vault = practice_named(name), place_of(request).vault
    plan = the_plan.begun(vault)
    others = tuple(one for one in plan.repeats if one != found.name)
    wants = found.name not in plan.repeats
    the_plan.keep(vault, replace(plan, repeats=(*others, found.name) if wants else others))
    return redirect("practice:practice", name=found.name)


def _page(request: HttpRequest, found: Practice, form: DoneForm) -> HttpResponse:
    place = place_of(request)
    context: dict[str, object] = {
        "practice": found,
        "lesson": lesson_named(found.lesson),
        "body": as_html(found.body),
        "form": form,
        "writes": found.lesson == WRITING,
        "has_locked": place.is_locked,
    }
    if not place.is_locked:
        vault = place.vault
        walk = the_plan.walk(vault, timezone.localdate())
        context |= {
            "education": () if was_shown(vault) else EDUCATION,
            "comes_back": walk.plan is not None and found.name in walk.plan.repeats,
            "is_aside": walk.plan is not None and found.name in set_aside(walk.plan, walk.log),
            "is_todays": walk.choice is not None and walk.choice.practice == found,
            "is_better_left": found.setting != "alone" and walk.signals.outreach_has_ended,
        }
    return render(request, "practice/practice.html", context, status=400 if form.errors else 200)


def _keep_done(vault: Vault, entry: Practiced) -> None:
    """Keep an entry; the same one sent twice on a day, by a second tap, is kept once."""
    same = (entry.at.date(), entry.practice, entry.how, entry.helped, entry.note)
    for one in all_of(vault, PRACTICED):
        there = one.entry
        if (there.at.date(), there.practice, there.how, there.helped, there.note) == same:
            return
    PRACTICED.put(vault, entry)


def _steps(vault: Vault) -> list[Step]:
    found = strengths([one.entry for one in all_of(vault, PRACTICED)], timezone.localdate())
    return [Step(one, in_words(found[one.name]), round(100 * found[one.name])) for one in lessons()]


urlpatterns = [
    path("steps/", steps, name="path"),
    path("steps/<slug:name>/", lesson, name="lesson"),
    path("do/<slug:name>/", practice, name="practice"),
    path("do/<slug:name>/done/", done, name="done"),
    path("do/<slug:name>/not-for-me/", not_for_me, name="not_for_me"),
    path("do/<slug:name>/today/", choose, name="choose"),
    path("do/<slug:name>/come-back/", come_back, name="come_back"),
]

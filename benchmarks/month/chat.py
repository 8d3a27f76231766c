"""What the person does with their chat: gives it, says that a mark is wrong, and gives a newer export over it."""

from __future__ import annotations

from urllib.parse import urlencode

from month.evening import check_in, do, shown
from month.person import PASSPHRASE, Person
from month.practicing import sees_proof

ACT = "I write down one good thing that they did, for myself."
CORRECTED = "sorry"


def first_day(person: Person) -> None:
    """Comes in, looks back, keeps it, begins."""
    person.looks("start")
    person.taps("Look back at our chat")
    person.looks("drop")
    person.page.set_input_files("input[name='chat']", person.export)
    person.taps("Read it")
    _is_read(person, "Robin")
    person.looks("story")
    person.taps("Keep", "header")
    person.taps("Make a vault")
    person.page.fill("#id_passphrase", PASSPHRASE)
    person.page.fill("#id_again", PASSPHRASE)
    person.taps("Make the vault")
    person.looks("code")
    person.taps("I have it")
    person.taps("Practice", "nav.rooms")
    person.looks("practice-for-the-first-time")
    person.reads("This is for two people who are both safe to say no.", "One small thing a day")
    person.taps("I have read this")
    person.taps("Three taps")
    person.looks("three-taps")
    person.picks("hardest", "reaching")
    person.picks("distance", "weeks")
    person.picks("strength", "little")
    person.taps("Show me something")
    person.looks("the-first-card")
    shown(person)
    do(person, "yes", "My shoulders came down a little.")
    check_in(person, (5, 4, 6))
    person.looks("after-the-first-check-in")
    person.taps("Experiments")
    person.looks("an-experiment-to-begin")
    for words in (ACT, "how safe it felt", "28 days"):
        person.page.get_by_label(words, exact=True).check()
    person.taps("Begin tomorrow")
    person.reads("It begins tomorrow.")
    person.looks("an-experiment-that-is-coming")


def says_that_a_mark_is_wrong(person: Person) -> None:
    """Finds a message, and says that it does nothing of the kind."""
    person.goes(f"/look/search/?words={CORRECTED}")
    person.looks("search")
    person.page.locator(".marks").first.click()
    person.page.wait_for_url("**/look/message/*/")
    person.page.wait_for_selector(".words mark")
    person.ledger.corrected = person.page.inner_text(".message .words")
    person.looks("a-mark")
    person.taps("That's wrong")
    for box in person.page.locator("input[name='labels']:checked").all():
        box.uncheck()
    person.taps("Remember this")
    person.reads("You said that this message carries none of the marks.")


def gives_a_newer_export(person: Person) -> None:
    """The chat as it is by now, over the older one; what was said of messages and what was practiced stays."""
    person.goes("/look/")
    before = person.page.inner_text("h1")
    if person.has("newer", "main"):
        person.taps("newer", "main")
    elif not person.page.locator("input[name='chat']").count():
        person.notes("there is no way to give a newer export")
        _own_form(person)
    person.page.set_input_files("input[name='chat']", person.export)
    person.looks("newer-export")
    person.taps("Read it")
    _is_read(person, "Robin")
    person.looks("newer-story")
    if person.page.inner_text("h1") == before:
        person.notes("the headline is that of the older export")
    _is_still_corrected(person)
    sees_proof(person)


def _is_still_corrected(person: Person) -> None:
    person.goes(f"/look/search/?{urlencode({'words': person.ledger.corrected})}")
    for one in person.page.locator(".chat li").all():
        if one.locator(".words").inner_text() == person.ledger.corrected:
            one.locator(".marks").click()
            person.reads("You said that this message carries none of the marks.")
            return
    person.notes("the message that was corrected is not found")


def _own_form(person: Person) -> None:
    """What a page would offer: the form for files, put onto this one."""
    person.page.evaluate(
        """() => {
        const form = document.createElement("form");
        form.method = "post"; form.action = "/look/drop/"; form.enctype = "multipart/form-data";
        const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
        const hidden = document.createElement("input");
        hidden.type = "hidden"; hidden.name = "csrfmiddlewaretoken"; hidden.value = token;
        const file = document.createElement("input"); file.type = "file"; file.name = "chat";
        const button = document.createElement("button"); button.textContent = "Read it";
        form.append(hidden, file, button); document.querySelector("main").prepend(form);
        }"""
    )


def _is_read(person: Person, me: str) -> None:
    """Wait for the story; say who one is, if asked."""
    for _ in range(600):
        person.page.wait_for_timeout(500)
        if person.where == "/look/" and person.page.locator(".statement").count():
            return
        if "Which of the two is you?" in person.words:
            person.looks("who-is-you")
            person.taps(me, "main")
        elif person.page.locator(".problem").count():
            raise AssertionError(person.words)
    raise AssertionError("the reading did not end")

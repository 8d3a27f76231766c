"""The thirty days: what happens on which evening."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from month.evening import CARD, ROOM, check_in, do, finish, shown
from month.ledger import Day
from month.person import PASSPHRASE, Person

ACT = "I write down one good thing that they did, for myself."
RITUAL = "Tea on the balcony"
CORRECTED = "sorry"
SOMETHING = Day((6, 5, 4), "done", "yes")
DAYS: dict[int, Day] = {
    2: Day((6, 5, 4), "left"),
    3: Day((5, 5, 6), ""),
    4: Day(None, "not for me"),
    5: Day(None, "done", "yes"),
    6: Day(opens=False),
    7: Day((6, 6, 2), "left"),
    8: Day((6, 5, 5), "done", "no"),
    9: Day((7, 6, 4), "done", "yes"),
    10: Day((6, 6, 5), ""),
    11: Day((7, 7, 3), "done", ""),
    12: Day((6, 6, 4), "something else", "a little"),
    13: Day((6, 5, 6), "left"),
    14: Day(None, ""),
    15: Day((7, 6, 4), "done", "yes"),
    16: Day((5, 5, 6), ""),
    17: Day((2, 2, 8), ""),
    18: Day((3, 2, 7), "done", "yes"),
    19: Day((5, 5, 5), "left"),
    20: Day((6, 6, 4), "done", "a little"),
    21: Day((7, 6, 3), ""),
    22: Day(opens=False),
    23: Day((7, 7, 4), "done", "yes"),
    24: Day((6, 6, 5), "something else", "yes"),
    25: Day((7, 7, 3), "done", ""),
    26: Day((8, 7, 3), "left"),
    27: Day((7, 7, 4), "done", "yes"),
    28: Day((8, 8, 2), "done", "a little"),
    29: Day((7, 7, 4), ""),
    30: Day((7, 8, 3), "done", "yes"),
}
Extra = Callable[[Person], None]


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


def is_locked_out_while_writing(person: Person) -> None:
    """Writes for so long that the vault locks itself; nothing is lost."""
    person.goes(ROOM)
    shown(person)
    person.taps("Something else", CARD)
    shown(person)
    person.taps("Begin", CARD)
    person.waits(20)
    words = "I noticed that I wanted to write at once, and waited."
    person.page.fill("#id_note", words)
    person.taps("Done")
    person.reads("Your vault has locked itself meanwhile.")
    person.looks("locked-while-writing")
    with person.page.context.expect_page() as other:
        person.taps("Open it in another window")
    window = other.value
    window.fill("#id_passphrase", PASSPHRASE)
    window.get_by_role("button", name="Open", exact=True).click()
    window.wait_for_load_state()
    window.close()
    if person.page.input_value("#id_note") != words:
        person.notes("what was written is gone")
    finish(person, "a little", words)
    person.reads("That was today's")
    person.goes("/practice/written/")
    person.reads(words)
    person.looks("written")


def reads_a_lesson(person: Person) -> None:
    """Walks the steps, and puts one practice on the card by hand."""
    person.goes(ROOM)
    person.taps("The steps")
    person.looks("steps")
    person.taps("Hear it before you fix it", "main")
    for fold in person.page.locator("main details > summary").all():
        fold.click()
    person.looks("lesson")
    person.page.locator("section[aria-labelledby='practices-h'] a").first.click()
    person.looks("a-practice-of-the-lesson")
    person.taps("Put it on today's card")
    person.looks("chosen-by-hand")
    shown(person)
    do(person, "yes")


def writes_a_line_of_the_day(person: Person) -> None:
    """A check-in with all that unfolds."""
    check_in(person, (7, 6, 3), note="Jules laughed about the burnt rice. So did I.")
    person.taps("Change it", "#check-in")
    person.looks("check-in-to-change")


def keeps_wins(person: Person) -> None:
    """A ready one, one in own words, one that was found; another one that is not wanted."""
    person.goes("/practice/wins/")
    person.looks("wins")
    person.taps("I waited before I answered.", "main")
    person.page.fill("#id_text", "I left the kitchen and came back when I said I would.")
    person.taps("Keep", "main form:has(#id_text)")
    person.ledger.wins += [person.day, person.day]
    if not person.page.locator(".finding").count():
        person.notes("no win is offered")
        return
    if person.has("Show the messages", ".finding"):
        person.taps("Show the messages", ".finding")
        person.looks("the-day-of-a-found-win")
        person.page.go_back()
    text = person.page.locator(".finding .statement").first.inner_text()
    person.taps("Keep it", ".finding")
    person.ledger.wins.append(person.day)
    person.reads(text)
    if person.page.locator(".finding").count():
        other = person.page.locator(".finding .statement").first.inner_text()
        person.taps("Not this one", ".finding")
        person.reads_nothing_of(other)
    person.looks("wins-kept")


def asks_for_a_ritual(person: Person) -> None:
    """Adds one, reads how to ask, and asks."""
    person.goes("/practice/rituals/")
    person.looks("rituals-none")
    person.taps("Add one")
    person.page.fill("#id_name", RITUAL)
    for weekday in (3, 6):
        person.picks("weekdays", weekday)
    person.page.fill("#id_clock", "19:30")
    person.looks("ritual-new")
    person.taps("Keep", "main")
    person.looks("ritual-mine")
    person.taps("Ways to ask")
    person.looks("ritual-ways-to-ask")
    person.taps("I've asked")
    person.looks("ritual-asked")
    person.reads("There is nothing to do.")


def hears_a_yes(person: Person) -> None:
    """The other said yes; it goes into a calendar."""
    _to_the_ritual(person)
    person.taps("They said yes")
    person.looks("ritual-both")
    person.taps("Into a calendar")
    person.looks("ritual-calendar")
    text = person.saves("Download", "ics").read_text()
    if RITUAL in text or "Time set aside" not in text or "TZID:Europe/London" not in text:
        person.notes("the calendar file says what it should not, or not what it should")


def does_the_ritual(person: Person) -> None:
    """It took place; one tap on the first page."""
    person.goes(ROOM)
    if not person.has("We did this"):
        person.notes("the ritual is not on the first page on its day")
        return
    person.taps("We did this")
    person.ledger.rituals.append(person.day)
    person.reads("You two did this today.")
    person.looks("ritual-today")


def writes_as_an_observer(person: Person) -> None:
    """The first page of the neutral observer."""
    person.goes("/practice/do/neutral-observer-first/")
    person.looks("neutral-observer")
    finish(person, "yes", "They stood in the hall. One was tired, the other was afraid that tired means cold.")
    person.goes("/practice/written/")
    person.reads("They stood in the hall.")
    person.looks("written-observer")


def does_one_more(person: Person) -> None:
    """One more on the same day, because they like to."""
    person.goes(ROOM)
    person.taps("One more, if you like")
    if shown(person):
        do(person, "a little")
    else:
        person.looks("one-more-none")


def changes_the_plan(person: Person) -> None:
    """Other taps, and one practice that shall come back."""
    person.goes(ROOM)
    person.taps("The steps")
    person.taps("Settle first")
    person.page.locator("section[aria-labelledby='practices-h'] a").nth(1).click()
    person.taps("Let it come back")
    person.goes("/practice/plan/")
    person.page.locator("input[name='hardest'][value='reaching']").uncheck()
    for name, value in (
        ("hardest", "little warmth"),
        ("hardest", "sharp words"),
        ("distance", "days"),
        ("strength", "some"),
    ):
        person.picks(name, value)
    person.looks("plan")
    person.taps("Keep", "main")
    person.looks("after-other-taps")
    shown(person)


def lets_the_plan_rest(person: Person) -> None:
    """It rests."""
    person.goes("/practice/plan/")
    person.taps("Let it rest")
    person.reads("The plan is resting")
    person.looks("resting")


def gets_a_reminder(person: Person) -> None:
    """A file for the calendar; and the question on forgiving, apart."""
    person.goes("/practice/reminders/")
    person.page.fill("#id_clock", "21:00")
    person.looks("reminders")
    text = person.saves("Download", "ics").read_text()
    if "You have a note" not in text or "RRULE:FREQ=DAILY" not in text:
        person.notes("the reminder is not what it should be")
    person.goes("/practice/check-ins/forgiving/")
    person.picks("forgiving", 3)
    person.looks("forgiving-asked")
    person.taps("Keep", "main")
    person.looks("forgiving-answered")


def takes_the_plan_up_again(person: Person) -> None:
    """Goes on."""
    person.goes(ROOM)
    person.taps("Go on")
    person.reads_nothing_of("The plan is resting")


def looks_at_check_ins(person: Person) -> None:
    """The curves so far."""
    person.goes("/practice/check-ins/")
    person.looks("check-ins")
    n = len(person.ledger.check_ins)
    person.reads(f"All {n} days kept", f"{n} ")
    person.goes("/practice/check-ins/days/")
    if (found := person.page.locator("article.card").count()) != n:
        person.notes(f"{found} days are there, {n} were kept")
    person.looks("check-in-days")


def takes_the_longer_look(person: Person) -> None:
    """Eight questions."""
    person.goes("/practice/check-ins/longer-look/")
    for name, point in zip(
        ("expecting", "relying", "hard_things", "finding_back", "saying_no", "own_part", "time_together"),
        (5, 6, 3, 4, 7, 6, 5),
        strict=True,
    ):
        person.picks(name, point)
    person.looks("longer-look")
    person.taps("Keep", "main")
    person.looks("longer-look-kept")


def has_a_hard_day(person: Person) -> None:
    """The two-minute path."""
    person.goes(ROOM)
    person.taps("A hard day", "main")
    person.looks("hard-day-breathe")
    person.taps("Go on now", "main")
    person.looks("hard-day-words")
    person.taps("I do not have to solve this today.")
    person.looks("hard-day-before")
    person.taps("Go on", "main")
    person.looks("hard-day-line")
    person.page.locator("ul.choices button").first.click()
    person.looks("hard-day-next")
    person.taps("Step outside for two minutes")
    person.looks("hard-day-done")
    person.ledger.hard_days.append(person.day)
    person.reads(
        "I do not have to solve this today.", "Step outside for two minutes", "Everything you built is still here"
    )
    person.taps("That is enough for now")
    shown(person)
    person.looks("today-on-a-hard-day")


def sees_proof(person: Person) -> None:
    """What is there."""
    person.goes("/practice/proof/")
    person.reads(*person.ledger.proof())
    person.looks("proof")
    person.goes("/practice/year/")
    person.reads(*person.ledger.year(), person.ledger.since())
    person.looks("year")


def says_that_it_passed(person: Person) -> None:
    """The hard day is over."""
    person.goes(ROOM)
    person.taps("It has passed")
    person.looks("hard-days")
    person.reads("Passed by")


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


def _to_the_ritual(person: Person) -> None:
    person.goes("/practice/rituals/")
    person.taps(RITUAL, "main")


EXTRAS: dict[int, tuple[Extra, ...]] = {
    2: (says_that_a_mark_is_wrong,),
    3: (is_locked_out_while_writing,),
    4: (reads_a_lesson,),
    5: (writes_a_line_of_the_day, keeps_wins),
    7: (asks_for_a_ritual,),
    9: (hears_a_yes,),
    10: (writes_as_an_observer, looks_at_check_ins),
    11: (does_the_ritual, does_one_more),
    12: (changes_the_plan,),
    13: (lets_the_plan_rest,),
    14: (gets_a_reminder, does_the_ritual),
    15: (looks_at_check_ins,),
    16: (takes_the_longer_look,),
    17: (has_a_hard_day,),
    18: (sees_proof,),
    19: (says_that_it_passed,),
    20: (gives_a_newer_export,),
    21: (keeps_wins, does_the_ritual),
}
BEFORE: dict[int, tuple[Extra, ...]] = {15: (takes_the_plan_up_again,)}
"""What comes before the rest of the evening."""

"""What the person does with lessons, practices and the plan; a hard day; and what they see of it all."""

from __future__ import annotations

from month.evening import CARD, ROOM, do, finish, shown
from month.person import PASSPHRASE, Person


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


def takes_the_plan_up_again(person: Person) -> None:
    """Goes on."""
    person.goes(ROOM)
    person.taps("Go on")
    person.reads_nothing_of("The plan is resting")


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

"""What the person keeps beside practice: check-ins, wins, a ritual that both want, a reminder."""

from __future__ import annotations

from month.evening import ROOM, check_in
from month.person import Person

RITUAL = "Tea on the balcony"


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


def _to_the_ritual(person: Person) -> None:
    person.goes("/practice/rituals/")
    person.taps(RITUAL, "main")


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
    offers = "section[aria-labelledby='offers-h']"
    if person.has("Show the messages", offers):
        person.taps("Show the messages", offers)
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


def writes_a_line_of_the_day(person: Person) -> None:
    """A check-in with all that unfolds."""
    check_in(person, (7, 6, 3), note="Jules laughed about the burnt rice. So did I.")
    person.taps("Change it", "#check-in")
    person.looks("check-in-to-change")


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

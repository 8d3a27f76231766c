"""What a person does on any evening: opens the vault, sees to the card, says of the experiment, checks in."""

from __future__ import annotations

from month.ledger import Answer, Day
from month.person import Person

ROOM = "/practice/"
CARD = "section[aria-labelledby='card-h']"


def evening(person: Person, day: Day) -> None:
    """The first page of the room, from top to bottom."""
    person.goes(ROOM)
    person.looks("today")
    the_card(person, day)
    the_experiment(person)
    if day.points:
        check_in(person, day.points)


def the_card(person: Person, day: Day) -> None:
    """Do today's practice, or leave it."""
    title = shown(person)
    if not title or not day.card:
        return
    if day.card == "left":
        person.taps("Not today", CARD)
        person.reads("Another day, then")
        person.looks("left-for-another-day")
    elif day.card == "not for me":
        person.taps("Begin", CARD)
        person.taps("Not for me")
        person.ledger.aside.append(title)
        if (after := shown(person)) == title:
            person.notes(f"{title!r} is still there")
        person.looks(f"after-not-for-me-{'card' if after else 'none'}")
    else:
        if day.card == "something else":
            person.taps("Something else", CARD)
            if shown(person) in ("", title):
                person.notes("nothing else came")
        do(person, day.helped)


def shown(person: Person) -> str:
    """What the card offers; nothing that was set aside may come."""
    card = person.page.locator(CARD)
    if not card.count() or not card.get_by_role("link", name="Begin", exact=True).count():
        return ""
    title = card.locator("h2").inner_text()
    person.seen.why.append(f"day {person.n_day}: {title}. {card.locator('p').first.inner_text()}")
    if title in person.ledger.aside:
        person.notes(f"{title!r} was set aside and is offered")
    return title


def do(person: Person, helped: Answer, line: str = "") -> None:
    """Begin what is on the card, and say how it was."""
    person.taps("Begin", CARD)
    person.looks("practice")
    finish(person, helped, line)
    person.reads("That was today's")
    person.looks("done")


def finish(person: Person, helped: Answer, line: str = "") -> None:
    """Say how the practice on the page was."""
    if line:
        person.page.fill("#id_note", line)
        person.ledger.written += 1
    person.page.locator(f"input[name='helped'][value='{helped}']").check()
    person.taps("Done")
    person.ledger.practiced.append((person.day, helped))


def the_experiment(person: Person) -> None:
    """Say whether it was done, if one is under way; on drawn evenings mostly yes."""
    person.goes(ROOM)
    card = person.page.locator("#experiment")
    if not card.count() or "Today:" not in card.inner_text():
        return
    is_on = "Today: with it" in card.inner_text()
    if is_on and person.n_day % 7 == 6:
        person.taps("No", "#experiment")
        person.reads("You said no. That is fine.")
    elif is_on:
        person.taps("Yes", "#experiment")
        person.reads("You said yes.")
        person.ledger.done.append(True)


def check_in(person: Person, points: tuple[int, int, int], *, note: str = "") -> None:
    """Three dots on the first page; and once a line, with what fits the day."""
    person.goes(ROOM)
    for name, point in zip(("safety", "closeness", "strain"), points, strict=True):
        person.picks(name, point)
    if note:
        person.picks("tags", "hopeful")
        person.picks("events", "we laughed")
        person.page.fill("#check_in_note", note)
    person.taps("Keep", "#check-in")
    person.ledger.check_ins[person.day] = points
    person.reads("You have said how today was.")
    asks = "there are people who know about this" in person.words
    if asks != (points[0] <= 2):
        person.notes(f"help is {'' if asks else 'not '}offered at {points[0]}")

"""The page for what the partner wrote, from outside."""

from __future__ import annotations

import re

from visits import Visit

PATH = "/write/incoming/"
HARSH = "You never listen to me. You always do this."


def read(visit: Visit, message: str, before: str = "", **more: str) -> str:
    """The page after a message was pasted."""
    answer = visit.post(PATH, {"message": message, "before": before, **more})
    assert answer.status_code == 200, answer.headers
    return answer.content.decode()


def test_it_asks_for_a_message_and_says_that_it_is_not_kept(visit: Visit) -> None:
    page = visit.page(PATH)
    assert "What they wrote" in page
    assert "not kept" in page
    assert "both safe to say no" in page
    assert "Paste their message here first." in visit.post(PATH, {"message": " "}).content.decode()


def test_two_readings_stand_side_by_side_with_three_ways_to_answer(visit: Visit) -> None:
    page = read(visit, HARSH)
    assert re.search(r"A harder reading.*It may .*A kinder reading.*It may ", page, re.DOTALL)
    assert "<mark" in page
    assert "What it may be asking for" in page
    assert "What is not known" in page
    ways = page.split("Three ways to answer")[1]
    assert ways.count("<h3>") == 3
    assert 1 <= ways.count("Take it up") <= 3


def test_an_example_can_be_taken_up(visit: Visit) -> None:
    page = read(visit, HARSH)
    text = re.search(r'name="text" value="([^"]+)"', page)
    assert text
    assert text[1].split("{")[0][:20] in visit.post("/write/phrases/take-up/", {"text": text[1]}).content.decode()


def test_a_plain_message_gets_a_quiet_answer(visit: Visit) -> None:
    page = read(visit, "running late, home at 7")
    assert "This reads as plain." in page
    assert "A harder reading" not in page


def test_danger_in_what_they_wrote_stops_coaching(visit: Visit) -> None:
    answer = visit.post(PATH, {"message": "leave me and I'll make sure you never see the kids again"})
    assert answer.headers["Location"] == "/stopped/"
    assert visit.get(PATH).headers["Location"] == "/stopped/"
    assert "never see the kids" not in visit.page("/stopped/")


def test_danger_before_the_message_stops_it_as_well(visit: Visit) -> None:
    before = "give me your passwords tonight or see what happens to you\nme: please don't\nI'm watching your location"
    answer = visit.post(PATH, {"message": "answer me. who is with you", "before": before})
    assert answer.headers["Location"] == "/stopped/"


def test_a_no_to_contact_gets_no_way_to_answer(visit: Visit) -> None:
    page = read(visit, "please don't contact me again")
    assert "needs no answer" in page
    assert "Take it up" not in page


def test_facts_stand_first_for_two_who_share_children(visit: Visit) -> None:
    text = "You are unbelievable. Pick up is at 5 on Friday. You never think of anyone else."
    page = read(visit, text, are_apart="on")
    first, rest = page.split("The rest, when you are ready")
    assert "Pick up is at 5 on Friday." in first
    assert "unbelievable" not in first
    assert "You are unbelievable." in rest
    assert "Two readings of the whole" in rest
    assert "checked" in page


def test_nothing_of_it_is_kept_or_put_in_an_address(visit: Visit) -> None:
    from django.conf import settings

    page = read(visit, "a very particular sentence, and I feel so lonely tonight")
    visit.make_vault()
    for path in settings.DATA.rglob("*"):
        assert not path.is_file() or b"particular sentence" not in path.read_bytes(), path
    assert not re.search(r'(?:href|action)="[^"]*particular', page)


def test_what_is_pasted_cannot_act_on_the_page(visit: Visit) -> None:
    page = read(visit, "<script>alert(1)</script> you never listen")
    assert "<script>alert(1)" not in page


def test_what_was_heard_can_be_shown(visit: Visit) -> None:
    from django.template.loader import render_to_string

    from steadily.coach.validating import Hearing, hearing

    shown = render_to_string("write/_hearing.html", {"hearing": hearing("I'm exhausted, three nights of this")})
    assert "They said: exhausted." in shown
    assert "<details>" in shown
    assert "<form" not in shown
    assert render_to_string("write/_hearing.html", {"hearing": Hearing()}).strip() == ""

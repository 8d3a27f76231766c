"""Other ways to say a draft: in the Write room, with and without a model server of the person's own."""

from __future__ import annotations

from django.test import override_settings
from visits import Visit

from loopback import answering, serving

DRAFT = {"text": "you never call. i waited till 11 on tuesday and i was worried", "before": ""}


def posted(visit: Visit, path: str, data: dict[str, str]) -> str:
    """What comes back."""
    answer = visit.post(path, data)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def test_other_ways_keep_the_facts_and_can_be_put_on_the_page(visit: Visit) -> None:
    part = posted(visit, "/write/other-ways/", DRAFT)
    assert "tuesday" in part
    assert 'name="taken"' in part
    assert "model server" not in part
    page = posted(visit, "/write/phrases/take-up/", DRAFT | {"taken": "i waited on tuesday", "before": "long day"})
    assert "i waited on tuesday</textarea>" in page
    assert "long day" in page


def test_a_blank_that_still_stands_is_pointed_out(visit: Visit) -> None:
    page = posted(visit, "/write/phrases/take-up/", {"text": "could we talk on {day}?"})
    assert "where it says {day}, put your own words" in page
    part = posted(visit, "/write/read/", {"text": "could we talk on friday?", "before": ""})
    assert "put your own words" not in part


def test_without_scripts_they_stand_in_the_page(visit: Visit) -> None:
    page = posted(visit, "/write/", DRAFT)
    assert "Other ways to say it" in page
    assert 'name="taken"' in page


def test_a_threat_gets_no_other_ways(visit: Visit) -> None:
    given = {"text": "if you leave me I'll kill myself", "before": ""}
    answer = visit.post("/write/other-ways/", given, headers={"hx-request": "true"})
    assert (answer.headers["HX-Retarget"], answer.headers["HX-Push-Url"]) == ("#page", "/stopped/")
    assert "Other ways" not in answer.content.decode()
    assert visit.post("/write/other-ways/", DRAFT).status_code in (302, 409)


def test_what_is_not_english_is_said_not_to_be_read(visit: Visit) -> None:
    page = posted(visit, "/write/read/", {"text": "du hörst mir nie zu und es ist dir ganz egal", "before": ""})
    assert "could not be read" in page


def test_the_frame_goes_through_the_gate_and_is_read(visit: Visit) -> None:
    page = posted(visit, "/write/frame/", {"happened": "you never listen to me", "felt": "", "need": "", "ask": ""})
    assert 'class="reading"' in page
    answer = visit.post("/write/frame/", {"happened": "I want to die", "felt": "", "need": "", "ask": ""})
    assert "Here Steadily stops for a moment" in answer.content.decode()
    assert visit.get("/write/").headers["Location"] == "/stopped/"


def test_a_draft_taken_up_and_kept_again_is_kept_once(visit: Visit) -> None:
    visit.post("/write/keep/", DRAFT | {"until": "morning"})
    kept = visit.page("/write/drawer/").split("/write/drawer/")[2].split("/")[0]
    visit.post("/write/keep/", DRAFT | {"text": "changed", "until": "a while", "kept": kept})
    drawer = visit.page("/write/drawer/")
    assert drawer.count("<article") == 1
    assert "changed" in drawer


def test_nobody_is_asked_where_no_server_was_connected(visit: Visit) -> None:
    assert visit.post("/write/other-ways/machine/", DRAFT).status_code == 404


def test_a_server_s_wordings_are_checked_and_named(visit: Visit) -> None:
    good = "i waited till 11 on tuesday and i was worried. could you call next time?"
    said = f"{good}\nyou never call, 11, tuesday, worried\ni was worried. call me"
    with serving(answering(said)) as server, override_settings(MODEL_SERVER=(server.address, "small")):
        page = posted(visit, "/write/other-ways/machine/", DRAFT)
        assert good in page
        assert "Written by your model server" in page
        assert page.count('<article class="card">') == 1
        assert "Ask my model server" in posted(visit, "/write/other-ways/", DRAFT)


def test_a_server_that_does_not_answer_costs_nothing(visit: Visit) -> None:
    with override_settings(MODEL_SERVER=("http://127.0.0.1:9", "small")):
        page = posted(visit, "/write/other-ways/machine/", DRAFT)
    assert "Nothing is lost" in page
    assert DRAFT["text"] in page


def test_what_is_too_long_to_keep_is_not_lost(visit: Visit) -> None:
    page = posted(visit, "/write/keep/", {"text": "so long " * 6_000, "before": "", "until": "morning"})
    assert page.count("so long") >= 6_000
    assert 'role="alert"' in page


def test_the_frame_begins_with_the_draft_s_own_words(visit: Visit) -> None:
    page = posted(
        visit, "/write/frame/", DRAFT | {"text": "i waited till 11 on tuesday. i was scared. could you text me?"}
    )
    assert page.index("i waited till 11 on tuesday") < page.index("i was scared") < page.index("could you text me?")


def test_what_was_written_stands_on_the_page_that_stops_and_nowhere_else(visit: Visit) -> None:
    words = "I want to die & nobody asks"
    page = posted(visit, "/write/", {"text": words, "before": ""})
    assert "Here Steadily stops for a moment" in page
    assert "readonly>I want to die &amp; nobody asks</textarea>" in page
    assert "nobody asks" not in visit.page("/stopped/")

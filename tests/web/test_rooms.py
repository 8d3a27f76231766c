"""The rooms from outside: what a person meets, page by page."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from visits import PASSPHRASE, Visit


@pytest.fixture
def read(visit: Visit, tmp_path: Path) -> Visit:
    """A visit in which a chat has been read."""
    visit.put_in(tmp_path)
    return visit


def test_the_start_has_four_choices_and_asks_nothing(visit: Visit) -> None:
    page = visit.page("/")
    assert "This stays on this machine." in page
    for choice in ("Look back at our chat", "Write something", "Calm down now", "I don't feel safe"):
        assert choice in page
    assert "passphrase" not in page.lower()


def test_help_and_breathing_are_one_press_away_on_every_page(read: Visit) -> None:
    for path in ("/", "/look/", "/look/search/", "/write/", "/write/drawer/", "/vault/", "/vault/new/", "/nowhere/"):
        page = read.get(path, follow=True).content.decode()
        assert 'href="/help/"' in page
        assert 'href="/breathe/"' in page
        assert page.index('href="/leave/"') < page.index('href="/help/"')


def test_a_chat_becomes_a_story(read: Visit) -> None:
    story = read.page("/look/")
    assert "7 messages" in story
    assert "What this cannot know" in story


def test_every_statement_opens_the_messages_behind_it(visit: Visit) -> None:
    visit.get("/look/sample/")
    visit.wait()
    story = visit.page("/look/")
    behind = re.findall(r"/look/behind/\d+/", story)
    assert len(set(behind)) >= 5
    for path in set(behind):
        assert '<ol class="chat">' in visit.page(path)


def test_a_day_shows_its_messages_with_marks_and_a_mark_opens(read: Visit) -> None:
    page = read.page("/look/day/2026-02-03/")
    assert "you never listen to me" in page
    assert ">blame</span>" in page
    assert "/look/day/2026-02-04/" in page
    marked = read.page("/look/message/3/")
    assert "you never listen to me" in marked
    assert "<strong>Blame</strong>: a message that blames character" in marked
    assert "<mark" in read.page("/look/message/3/words/")


def test_wrong_is_remembered_and_counts_at_once(read: Visit) -> None:
    assert "never listen" in read.page("/look/search/?behavior=criticism")
    assert read.post("/look/message/3/", {"labels": ["disclosure"]}).status_code == 302
    assert "This is what you said." in read.page("/look/message/3/")
    assert "never listen" not in read.page("/look/search/?behavior=criticism")
    assert "never listen" in read.page("/look/search/?behavior=disclosure")
    assert read.post("/look/message/3/", {"none": "1", "labels": ["disclosure"]}).status_code == 302
    assert "none of the marks" in read.page("/look/message/3/")
    assert "never listen" not in read.page("/look/search/?behavior=disclosure")


def test_the_chat_can_be_searched(read: Visit) -> None:
    assert "coffee?" in read.page("/look/search/?words=COFFEE")
    assert "No message fits." in read.page("/look/search/?words=coffee&who=me")
    assert "No message fits." in read.page("/look/search/?words=coffee&last=2026-02-03")
    assert "coffee?" in read.page("/look/search/?first=2026-02-04&last=2026-02-04")


def test_messages_can_go_while_the_story_stays(read: Visit) -> None:
    read.post("/look/keep/", {"keep": "findings"})
    story = read.page("/look/")
    assert "7 messages" in story
    assert "Show the messages" not in story
    assert read.get("/look/day/2026-02-03/").status_code == 404
    read.post("/look/keep/", {"keep": "nothing"})
    assert "Read it" in read.page("/look/")


def test_a_file_that_is_no_chat_says_so_and_is_let_go(visit: Visit, tmp_path: Path) -> None:
    from django.conf import settings

    visit.put_in(tmp_path, "nothing like a chat at all\n")
    page = visit.page("/look/reading/")
    assert "This could not be read" in page
    assert list((settings.DATA / "reading").iterdir()) == []


def test_a_draft_gets_at_most_three_remarks_and_kind_ones_none(visit: Visit) -> None:
    harsh = visit.post(
        "/write/read/", {"text": "You never listen. You always do this, every single time."}
    ).content.decode()
    assert 1 <= harsh.count("<li>") <= 3
    assert "<mark>" in harsh
    kind = visit.post("/write/read/", {"text": "Thank you for dinner, I liked sitting with you"}).content.decode()
    assert "<li>" not in kind


def test_a_draft_can_be_read_as_an_answer_to_the_chat(read: Visit) -> None:
    page = read.page("/write/")
    assert "yes please" in page
    assert "Read it as an answer to these" in page
    assert read.post("/write/read/", {"text": "fine. whatever.", "answers_chat": "on"}).status_code == 200


def test_danger_in_a_draft_stops_coaching_until_the_person_goes_on(visit: Visit) -> None:
    words = {"text": "I just want to die, I have thoughts of ending my life"}
    answer = visit.post("/write/read/", words, headers={"hx-request": "true"})
    assert answer.headers["HX-Push-Url"] == "/stopped/"
    assert words["text"] in answer.content.decode()
    assert visit.get("/write/").headers["Location"] == "/stopped/"
    assert visit.post("/write/keep/", {"text": "x", "until": "morning"}).headers["Location"] == "/stopped/"
    page = visit.page("/stopped/")
    assert "crisis line" in page
    assert "breathe" in page
    assert visit.get("/help/").status_code == visit.get("/breathe/").status_code == 200
    visit.post("/stopped/go-on/")
    assert visit.get("/write/").status_code == 200


def test_a_chat_of_control_stops_coaching_and_its_story(visit: Visit, tmp_path: Path) -> None:
    said = [
        ("Ben", "send me your location and a photo so I know who you're with. now"),
        ("Ana", "I'm with my sister"),
        ("Ben", "you don't need her. give me your passwords tonight or see what happens to you"),
        ("Ana", "please don't"),
        ("Ben", "leave me and I'll make sure you never see the kids again"),
        ("Ana", "I'm scared of you"),
    ]
    visit.put_in(
        tmp_path, "".join(f"[03/02/2026, 09:{at:02}:12] {name}: {text}\n" for at, (name, text) in enumerate(said))
    )
    for path in ("/look/", "/look/day/2026-02-03/", "/look/search/", "/write/"):
        assert visit.get(path).headers["Location"] == "/stopped/"
    assert visit.get("/look/keep/").status_code == visit.get("/help/").status_code == 200


def test_coaching_does_not_go_on_before_the_reason_was_read(visit: Visit) -> None:
    visit.post("/write/phrases/keep/", {"text": "I just want to die, I have thoughts of ending my life"})
    assert visit.post("/stopped/go-on/").status_code == 400
    assert visit.get("/write/").status_code == 302


def test_the_self_check_stops_coaching_at_a_yes_and_gives_no_verdict_at_a_no(visit: Visit) -> None:
    assert "both safe to say no" in visit.page("/help/self-check/")
    page = visit.post("/help/self-check/", {"afraid": "no", "life": "no"}).content.decode()
    assert "no test" in page
    assert visit.get("/write/").status_code == 200
    assert "people who know it well" in visit.post("/help/self-check/", {"afraid": "yes"}).content.decode()
    assert visit.get("/write/").status_code == 302


def test_a_word_to_everyone_stands_before_the_first_exercise_and_can_be_put_away(visit: Visit) -> None:
    assert "both safe to say no" in visit.page("/write/")
    visit.post("/understood/")
    assert "both safe to say no" not in visit.page("/write/")
    assert "both safe to say no" in visit.page("/help/self-check/")


def test_a_draft_can_wait_in_the_drawer(visit: Visit) -> None:
    visit.post("/write/keep/", {"text": "we need to talk now", "until": "morning"})
    drawer = visit.page("/write/drawer/")
    assert "we need to talk now" in drawer
    found = re.search(r"/write/drawer/\w{32}/", drawer)
    assert found
    assert "we need to talk now" in visit.page(found[0])
    visit.post(found[0])
    assert "The drawer is empty" in visit.page("/write/drawer/")


def test_words_left_on_the_page_are_there_again(visit: Visit) -> None:
    visit.post("/write/read/", {"text": "I waited until nine", "before": ""})
    page = visit.page("/write/")
    assert "I waited until nine</textarea>" in page
    assert "These are the words you left here." in page
    visit.post("/write/empty/")
    assert "I waited until nine" not in visit.page("/write/")


def test_what_goes_into_the_drawer_is_not_left_on_the_page_too(visit: Visit) -> None:
    visit.post("/write/", {"text": "I waited until nine", "before": ""})
    visit.post("/write/keep/", {"text": "I waited until nine", "until": "morning"})
    assert "I waited until nine" not in visit.page("/write/")


def test_an_empty_page_leaves_nothing(visit: Visit) -> None:
    visit.post("/write/read/", {"text": "I waited until nine", "before": ""})
    visit.post("/write/read/", {"text": "  ", "before": ""})
    assert "These are the words you left here." not in visit.page("/write/")


def test_a_draft_that_presses_is_better_kept_for_a_while(visit: Visit) -> None:
    draft = "Answer me right now. I need to know today, and I won't let this go until you tell me."
    page = visit.post("/write/read/", {"text": draft}).content.decode()
    assert "It will be here." in page
    assert "Pressure: it may leave little room for no." in page


def test_a_silence_is_told_only_to_whoever_asks(read: Visit) -> None:
    assert "lasted longer" not in read.page("/write/")
    told = read.page("/write/silence/")
    assert "The chat here ends on" in told
    assert "lasted longer" not in told


def test_a_frame_is_made_of_the_writers_own_words(visit: Visit) -> None:
    page = visit.post(
        "/write/frame/",
        {
            "happened": "dinner was at nine on Tuesday",
            "felt": "Left out",
            "need": "a word before",
            "ask": "could you text me next time?",
        },
    ).content.decode()
    assert "Dinner was at nine on Tuesday. I felt left out. I need a word before. Could you text me next time?" in page


def test_phrases_are_found_and_taken_up(visit: Visit) -> None:
    page = visit.page("/write/phrases/?kind=repair&distance=hours")
    assert "That came out wrong" in page
    assert "It&#x27;s been a while" not in page.split("</form>", 1)[1]
    taken = visit.post("/write/phrases/take-up/", {"text": "Same team. I lost sight of that for a minute there."})
    assert "Same team. I lost sight of that" in taken.content.decode()


def test_help_shows_the_numbers_of_a_country_with_their_source(visit: Visit) -> None:
    page = visit.page("/help/?country=IE")
    assert "Ireland" in page
    assert 'href="tel:' in page
    assert "In our list as of" in page
    assert "no checked line" in visit.page("/help/?country=XX")


def test_what_was_in_memory_goes_into_the_vault_and_opens_again(read: Visit) -> None:
    read.post("/write/keep/", {"text": "still here", "until": "a while"})
    code = read.make_vault()
    assert "7 messages" in read.page("/look/")
    read.post("/vault/lock/")
    assert read.get("/look/").headers["Location"] == "/vault/open/"
    assert read.get("/write/").headers["Location"] == "/vault/open/"
    assert read.get("/help/").status_code == 200
    assert read.post("/vault/open/", {"passphrase": "something else"}).status_code == 400
    assert read.post("/vault/open/", {"passphrase": PASSPHRASE}).status_code == 302
    assert "7 messages" in read.page("/look/")
    assert "still here" in read.page("/write/drawer/")
    another = Visit()
    assert another.get("/look/").headers["Location"] == "/vault/open/"
    assert another.post("/vault/code/", {"code": code}).headers["Location"] == "/vault/passphrase/"
    assert "still here" in another.page("/write/drawer/")


def test_wrong_passphrases_have_to_wait(read: Visit) -> None:
    read.make_vault()
    read.post("/vault/lock/")
    for _ in range(5):
        read.post("/vault/open/", {"passphrase": "not this one"})
    answer = read.post("/vault/open/", {"passphrase": PASSPHRASE})
    assert answer.status_code == 400
    assert "Wait a little" in answer.content.decode()


def test_a_stolen_session_row_opens_nothing(read: Visit) -> None:
    read.make_vault()
    del read.cookies["half"]
    assert read.get("/look/").headers["Location"] == "/vault/open/"


def test_nothing_readable_is_in_the_database(read: Visit) -> None:
    from django.conf import settings

    read.post("/write/keep/", {"text": "a very particular sentence", "until": "morning"})
    read.make_vault()
    for path in settings.DATA.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            for words in (b"particular sentence", b"never listen", b"criticism", PASSPHRASE.encode()):
                assert words not in content, path


def test_leaving_locks_and_shows_an_empty_page(read: Visit) -> None:
    read.make_vault()
    page = read.page("/leave/")
    assert "steadily" not in page.lower().replace("/static/steadily/", "")
    assert read.get("/look/").headers["Location"] == "/vault/open/"


def test_a_vault_locks_after_a_while_without_use(read: Visit) -> None:
    read.make_vault()
    session = read.session
    session["used_at"] = 0
    session.save()
    assert read.get("/look/").headers["Location"] == "/vault/open/"


def test_everything_can_be_taken_out(read: Visit) -> None:
    import polars as pl

    read.post("/look/message/3/", {"labels": ["disclosure"]})
    packed = zipfile.ZipFile(io.BytesIO(read.post("/vault/take-out/").content))
    table = pl.read_parquet(packed.read("messages.parquet"))
    assert table.height == 7
    assert table["disclosure"][3]
    assert json.loads(packed.read("corrections.json")) == {"3": ["disclosure"]}
    assert json.loads(packed.read("story.json"))["told"]
    assert b"you never listen" in packed.read("messages.csv")


def test_a_backup_comes_back(read: Visit, tmp_path: Path) -> None:
    read.make_vault()
    backup = tmp_path / "backup"
    backup.write_bytes(read.get("/vault/backup/").content)
    assert b"never listen" not in backup.read_bytes()
    assert "It is gone" in read.post("/vault/erase/", {"sure": "on"}).content.decode()
    assert "Read it" in read.page("/look/")
    with backup.open("rb") as file:
        assert read.post("/vault/restore/", {"backup": file, "passphrase": "not this one"}).status_code == 400
    with backup.open("rb") as file:
        assert read.post("/vault/restore/", {"backup": file, "passphrase": PASSPHRASE}).status_code == 302
    assert "7 messages" in read.page("/look/")


def test_erasing_needs_a_yes_and_no_passphrase(read: Visit) -> None:
    read.make_vault()
    read.post("/vault/lock/")
    assert read.post("/vault/erase/", {}).status_code == 400
    assert "It is gone" in read.post("/vault/erase/", {"sure": "on"}).content.decode()
    assert Visit().get("/look/").status_code == 200


def test_every_exporting_page_is_there(visit: Visit) -> None:
    index = visit.page("/look/exporting/")
    pages = re.findall(r"/look/exporting/([\w-]+)/", index)
    assert len(pages) >= 14
    for name in pages:
        page = visit.page(f"/look/exporting/{name}/")
        assert "<p>" in page
        assert "--" not in re.sub(r"<!--.*?-->", "", page)
        assert "steadily look" not in page

"""The workbook from the app: a neutral file, blank or filled, and nothing while coaching is stopped or the vault is locked."""

from __future__ import annotations

import io
from datetime import date

import pytest
from pypdf import PdfReader
from visits import PASSPHRASE, Visit

CRISIS = "I just want to die, I have thoughts of ending my life"


def text_of(content: bytes) -> str:
    """All words of a PDF, in one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def test_the_page_says_what_a_pdf_is(visit: Visit) -> None:
    page = visit.page("/practice/workbook/")
    assert "a PDF is not locked" in page
    assert 'name="kind" value="blank"' in page
    assert "Ireland" in page
    assert 'href="/practice/workbook/"' in visit.page("/practice/")


def test_a_blank_one_has_a_neutral_name_and_is_not_kept_by_the_browser(visit: Visit) -> None:
    answer = visit.post("/practice/workbook/", {"kind": "blank", "paper": "letter"})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="workbook.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    box = PdfReader(io.BytesIO(answer.content)).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (612, 792)


def test_a_filled_one_holds_what_was_kept(visit: Visit) -> None:
    from steadily.program.entries import WINS, Win
    from steadily.web.accounts import doors

    visit.make_vault()
    WINS.put(
        doors.open_with_passphrase(doors.named("me"), PASSPHRASE),
        Win(date(2026, 3, 4), "The kettle was on when I came in."),
    )
    filled = visit.post("/practice/workbook/", {"kind": "filled", "paper": "a4", "country": "IE"})
    assert "The kettle was on when I came in." in text_of(filled.content)
    assert "Lines in Ireland" in text_of(filled.content)
    blank = visit.post("/practice/workbook/", {"kind": "blank", "paper": "a4"})
    assert "The kettle was on" not in text_of(blank.content)


def test_without_a_vault_it_holds_what_is_in_memory(visit: Visit) -> None:
    visit.page("/practice/")
    filled = visit.post("/practice/workbook/", {"kind": "filled", "paper": "a4"})
    assert "Nothing was kept in the app so far." in text_of(filled.content)


@pytest.mark.parametrize(
    "given", [{"kind": "both", "paper": "a4"}, {"kind": "blank"}, {"kind": "blank", "paper": "a4", "country": "XX"}]
)
def test_what_it_cannot_be_is_said_on_the_page(visit: Visit, given: dict[str, str]) -> None:
    answer = visit.post("/practice/workbook/", given)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()


def test_there_is_none_while_coaching_is_stopped(visit: Visit) -> None:
    visit.post("/name-it/", {"note": CRISIS})
    assert visit.get("/practice/workbook/").headers["Location"] == "/stopped/"
    assert visit.post("/practice/workbook/", {"kind": "blank", "paper": "a4"}).headers["Location"] == "/stopped/"


def test_a_locked_vault_has_to_be_opened_first(visit: Visit) -> None:
    visit.make_vault()
    visit.post("/vault/lock/")
    assert visit.post("/practice/workbook/", {"kind": "filled", "paper": "a4"}).headers["Location"] == "/vault/open/"

"""The workbook: all of the program in one tagged PDF, where nothing that a person wrote is lost, cut off, or obeyed."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
import textstat
from pypdf import PdfReader

from steadily.coach.library import kinds
from steadily.errors import SteadilyError, UsageError
from steadily.program.entries import Baseline, CheckIn, Experiment, Forgiving, HardDay, Practiced, Ritual, Win
from steadily.program.lessons import lessons, practices
from steadily.report.workbook import Entries, workbook
from steadily.report.workbook.letters import Letters, letters_of, runs_right_to_left, with_breaks
from steadily.report.workbook.markdown import blocks, curly, with_blanks
from steadily.report.workbook.words import words

TODAY = date(2026, 11, 28)
CODE = '#panic("out") ]#[ $x$ *no star* <b>&amp; `raw` \\u{41} // end'
LONG = "n" + "o" * 300 + "w"
POINTS_MM = 72 / 25.4
MARGIN_MM = 22.5
"""The outer margin is 23 mm; a letter may lean over it by a hair."""


def told() -> Entries:
    """Two months of entries, with all that can go wrong in them."""
    first = TODAY - timedelta(days=59)
    notes = (
        "",
        "a quiet evening",
        CODE,
        LONG,
        "😀 שלום مرحبا 漢字",
        "line one\nline two\u202eturned\x00",
        "word " * 900,
    )
    return Entries(
        check_ins=tuple(
            CheckIn(first + timedelta(days=n), 4 + n % 4, None if n % 9 == 0 else 5, n % 11, notes[n % 7], ("tired",))
            for n in range(60)
        ),
        forgiving=tuple(Forgiving(first + timedelta(days=28 * n), 2 + n) for n in range(3)),
        baselines=(Baseline(first, {"expecting": 4, CODE: 5, "relying": None}),),
        practiced=(
            Practiced(
                datetime(2026, 11, 3, 19, tzinfo=UTC),
                "sorry-in-three-lines",
                "done",
                "yes",
                "the last word of a long night " * 300,
            ),
            Practiced(datetime(2026, 11, 4, 19, tzinfo=UTC), "sorry-in-three-lines", "done", "", CODE),
            Practiced(datetime(2026, 11, 5, 19, tzinfo=UTC), "a-word-for-it", "not today"),
            Practiced(datetime(2026, 11, 6, 19, tzinfo=UTC), "gone-since", "done"),
        ),
        experiments=(Experiment(CODE, "safety", first, 40, 7),),
        rituals=(Ritual(LONG, theirs="yes", began=first, kept=(first,)), Ritual("Tea at nine", theirs="no")),
        wins=(Win(first, "We laughed about the soup."), Win(TODAY, "never taken", is_kept=False)),
        hard_days=(HardDay(first, CODE, "One evening.", "Wash my face", first + timedelta(days=2)),),
    )


@pytest.fixture(scope="module")
def blank() -> bytes:
    """A blank book on A4."""
    return workbook(None, today=TODAY)


@pytest.fixture(scope="module")
def filled() -> bytes:
    """A filled book on Letter, with helplines."""
    return workbook(told(), paper="letter", today=TODAY, country="gb")


@cache
def pages_of(content: bytes) -> list[str]:
    """The words of each page, in one line, without the places to break at and without the line at its foot."""
    pages = []
    for page in PdfReader(io.BytesIO(content)).pages:
        *lines, last = page.extract_text().replace("\u200b", "").splitlines() or [""]
        pages.append(" ".join(" ".join(lines if re.search(r"^\d+|\d+$", last) else [*lines, last]).split()))
    return pages


def packed(text: str) -> str:
    """Without spaces, so that it does not matter where a line ends."""
    return "".join(text.split())


def tags(node: Any) -> Iterator[Any]:
    """All elements of the structure that a screen reader walks."""
    node = node.get_object()
    if isinstance(node, list):
        for one in node:
            yield from tags(one)
    elif isinstance(node, dict):
        yield node
        if "/K" in node:
            yield from tags(node["/K"])


def test_it_is_tagged_for_screen_readers(blank: bytes, filled: bytes) -> None:
    """PDF/UA-1, a title, a language, bookmarks; every picture has words, and levels of headings are not jumped."""
    for content in (blank, filled):
        pdf = PdfReader(io.BytesIO(content))
        root = pdf.root_object
        found = [one for one in tags(root["/StructTreeRoot"]["/K"]) if "/S" in one]
        levels = [int(one["/S"][2:]) for one in found if re.fullmatch(r"/H\d", one["/S"])]

        assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"] == "en"
        assert pdf.metadata is not None
        assert pdf.metadata.title == "Workbook"
        assert pdf.outline
        assert all(one["/Alt"] for one in found if one["/S"] == "/Figure")
        assert sum(one["/S"] == "/Figure" for one in found) >= 2
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert {"/TOC", "/Table", "/TH", "/L"} <= {one["/S"] for one in found}


def test_charts_are_told_in_words(filled: bytes) -> None:
    """What a chart shows stands in its text, with n."""
    root = PdfReader(io.BytesIO(filled)).root_object
    told_so = [str(one["/Alt"]) for one in tags(root["/StructTreeRoot"]["/K"]) if one.get("/S") == "/Figure"]

    assert sum("From 60 answers in 60 days." in one for one in told_so) >= 2
    assert any("How far it is forgiven" in one and "From 3 answers" in one for one in told_so)


def test_all_of_the_program_is_in_it(blank: bytes) -> None:
    """Every section, story, practice and source; phrases of every kind; the contents lead to the right pages."""
    pages = pages_of(blank)
    text = packed(" ".join(pages))

    assert len(pages) >= 60
    for lesson in lessons():
        assert packed(curly(lesson.title)) in text
        for heading, body in lesson.sections:
            assert packed(heading) in text
            for block in blocks(body):
                if block["is"] == "p":
                    assert packed("".join(span["t"] for span in block["spans"])) in text
    for practice in practices().values():
        assert text.count(packed(curly(practice.title))) >= 3, practice.name
        assert packed(curly(practice.not_when)) in text
        assert packed(curly(practice.source)) in text
    for kind in kinds():
        assert packed(curly(kind.title)) in text


def test_page_numbers_are_those_of_the_pages(blank: bytes) -> None:
    """Printed numbers count sheets from the cover; the index names the page on which a practice stands."""
    pages = pages_of(blank)
    index = " ".join(page for page in pages if "shortest first" in page or page.startswith("Minutes Practice"))

    for practice in practices().values():
        found = re.search(rf"{re.escape(curly(practice.title))} (?:by yourself|in person|in a message) (\d+)", index)
        assert found, practice.title
        page = pages[int(found[1]) - 1]
        assert f"{practice.minutes} minutes · " in page
        assert curly(practice.title) in page


def test_the_cover_tells_nothing(blank: bytes, filled: bytes) -> None:
    """It can lie on a shelf."""
    assert pages_of(blank)[0] == pages_of(filled)[0] == "Workbook"


def test_papers(blank: bytes, filled: bytes) -> None:
    """A4 and Letter, every page."""
    for content, size in ((blank, (595, 842)), (filled, (612, 792))):
        assert {
            (round(page.mediabox.width), round(page.mediabox.height)) for page in PdfReader(io.BytesIO(content)).pages
        } == {size}


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
def test_nothing_is_cut_off(blank: bytes, filled: bytes) -> None:
    """Every word lies within the margins, also one of 300 letters, and in the footer nothing but its line."""
    for content in (blank, filled):
        given = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=content, capture_output=True, check=True)
        shown = given.stdout.decode()
        for number, page in enumerate(shown.split("<page ")[1:], start=1):
            width, height = (float(one) for one in re.findall(r'(?:width|height)="([\d.]+)"', page)[:2])
            for left, top, right, bottom, word in re.findall(
                r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>', page
            ):
                where = (number, word)
                assert float(left) >= MARGIN_MM * POINTS_MM, where
                assert float(right) <= width - MARGIN_MM * POINTS_MM, where
                assert float(top) >= 11 * POINTS_MM, where
                assert float(bottom) <= height - 10 * POINTS_MM, where


def test_what_a_person_wrote_stands_as_it_was_written(filled: bytes) -> None:
    """Not a letter of it is taken for markup, and nothing of it gets lost, however long."""
    text = " ".join(pages_of(filled))

    assert packed(text).count(packed(CODE)) >= 4
    assert LONG in packed(text)
    assert text.count("the last word of a long night") == 300
    assert text.count("word ") >= 900
    assert "line one line two" in text
    assert "turned" in text
    assert "We laughed about the soup." in text
    assert "gone-since" in text
    assert "You did this twice, last on 4 November 2026." in text


def test_nothing_that_was_left_out_is_told(filled: bytes) -> None:
    """No practice put off, no win that was not wanted, no day without an entry."""
    kept = (
        " ".join(pages_of(filled))
        .split("What you did, with what you said of it.")[1]
        .split("Take the ones that you want")[0]
    )

    assert "never taken" not in kept
    assert "A word for what it is" not in kept
    assert "not today" not in kept.lower()


def test_numbers_come_with_their_n_and_range(filled: bytes) -> None:
    """The curve of felt safety, and an experiment once it is over."""
    text = " ".join(pages_of(filled))

    assert "From 60 answers in 60 days." in text
    assert "40 days, looking at felt safety" in text
    assert "Put away" in text


def test_help_of_a_country_has_its_source(blank: bytes, filled: bytes) -> None:
    """Only where it was chosen, and only one that there is."""
    text = " ".join(pages_of(filled))

    assert "Lines in United Kingdom" in text
    assert "in our list as of" in text
    assert "Lines in" not in " ".join(pages_of(blank))
    with pytest.raises(UsageError, match="no checked line"):
        workbook(None, today=TODAY, country="Atlantis")


def test_without_entries_it_says_so_once() -> None:
    """Somebody who has only just begun gets a whole book, too."""
    text = " ".join(pages_of(workbook(Entries(), today=TODAY)))

    assert "Nothing was kept in the app so far." in text
    assert "How it has felt" not in text


def test_the_same_entries_give_the_same_book(blank: bytes) -> None:
    """Byte for byte."""
    assert workbook(None, today=TODAY) == blank


def test_letters_that_no_font_has_are_seen_to_be_missing() -> None:
    """A name for a sign, a frame for a letter; what the book's own fonts have is left alone."""
    nowhere = "\U0010fffd"
    found = letters_of([f"a {nowhere}{nowhere} b", "Grüße, Ελλάδα, привет, → ½ “x”"])

    assert found.missing == {nowhere: "▢"}
    assert found.drawn(f"a {nowhere}{nowhere} b") == "a ▢▢ b"
    assert found.drawn("Grüße, привет → ½") == "Grüße, привет → ½"
    assert letters_of(["Grüße, Ελλάδα, привет, → ½ “x”"]).missing == {}


def test_a_lost_letter_is_told_in_front(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a machine without other fonts the book still comes, and says what happened to a sign."""
    from steadily.report.workbook import letters

    lacking = letters._lacking
    monkeypatch.setattr(letters, "_lacking", lambda clusters, system: lacking(clusters, system=False))
    entries = Entries(wins=(Win(TODAY, "we were 😀 and 漢字 and 👩‍👩‍👧 and 🇵🇹"),))
    pages = pages_of(workbook(entries, today=TODAY))

    assert "could not be drawn" in pages[1]
    assert "we were [grinning face] and ▢▢ and [woman] and [flag pt]" in " ".join(pages)


def test_a_letter_that_was_overlooked_does_not_cost_the_book(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the seal of the standard, and tagged all the same; what cannot be set at all is said without a word of it."""
    from steadily.report.workbook import setting

    monkeypatch.setattr(setting, "letters_of", lambda texts: Letters())
    root = PdfReader(io.BytesIO(workbook(Entries(wins=(Win(TODAY, "\U0010fffd"),)), today=TODAY))).root_object

    assert root["/MarkInfo"]["/Marked"]

    monkeypatch.setattr(setting, "BOOK", setting.BOOK.with_name("none.typ"))
    with pytest.raises(SteadilyError, match="could not be set") as found:
        workbook(Entries(wins=(Win(TODAY, "secret"),)), today=TODAY)
    assert "secret" not in str(found.value)


def test_long_runs_get_places_to_break_at_but_not_within_a_letter() -> None:
    """A mark stays with its letter."""
    text = "e\u0323" * 60

    assert with_breaks(text).replace("\u200b", "") == text
    assert "\u200b\u0323" not in with_breaks(text)
    assert max(map(len, with_breaks("x" * 500).split("\u200b"))) <= 28
    assert with_breaks("a short line of words") == "a short line of words"


def test_directions() -> None:
    """The first letter with a direction decides."""
    assert runs_right_to_left("1. שלום ok")
    assert not runs_right_to_left("ok שלום")
    assert not runs_right_to_left("123")


def test_markdown_becomes_data() -> None:
    """Paragraphs, lists and emphasis; anything else stays as its letters."""
    found = blocks("One *two* **three**\n\n1. a\n2. b\n\n> q\n\n### name\n\n<i>x</i> ![y](z)\n\n---\n")

    assert found[0]["spans"] == [{"t": "One "}, {"t": "two", "i": True}, {"t": " "}, {"t": "three", "b": True}]
    assert [one["is"] for one in found] == ["p", "ol", "quote", "name", "p"]
    assert [item[0]["spans"] for item in found[1]["items"]] == [[{"t": "a"}], [{"t": "b"}]]
    assert "<i>x</i>" in "".join(span["t"] for span in found[4]["spans"])
    assert with_blanks("thanks for {small thing}, it's good") == [
        {"t": "thanks for "},
        {"blank": "small thing"},
        {"t": ", it’s good"},
    ]
    assert curly('"Don\'t," he said, \'not ("now")\'') == "“Don’t,” he said, ‘not (“now”)’"


def test_the_book_speaks_plainly() -> None:
    """Its own words: nothing shouted, grade 8 at the most."""

    def sentences(value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            for one in value.values():
                yield from sentences(one)
        elif isinstance(value, list):
            for one in value:
                yield from sentences(one)

    every = [one for one in sentences(words()) if not one.startswith("$")]
    prose = " ".join(re.sub(r"[*`]", "", one) for one in every if one.endswith((".", "\n")))

    assert not [one for one in every if "!" in one]
    assert textstat.flesch_kincaid_grade(prose) <= 8

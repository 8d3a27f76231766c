"""Telegram's HTML, beyond what golden files show."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steadily.readers import telegram_html
from steadily.readers.reader import ReadOptions
from steadily.readers.source import Source, from_bytes
from steadily.readers.transcript import Transcript

HEAD = '<!DOCTYPE html><html><body><div class="history">'
FOOT = "</div></body></html>"


def message(number: int, name: str | None = "Nadia", *, date: str = "", text: str = "hm") -> str:
    """A message; without a name one that joins the one before."""
    who = f'<div class="from_name">{name}</div>' if name else ""
    return (
        f'<div class="message default clearfix{"" if name else " joined"}" id="message{number}"><div class="body">'
        f'<div class="pull_right date details" title="{date or f"03.05.2024 09:00:{number:02d}"}">09:00</div>'
        f'{who}<div class="text">{text}</div></div></div>'
    )


def page(*messages: str, name: str = "messages.html", folder: str = "export") -> Source:
    """A page of messages in a folder."""
    return from_bytes((HEAD + "".join(messages) + FOOT).encode("utf-8", "surrogatepass"), f"{folder}/{name}")


def read(*pages: Source) -> list[Transcript]:
    """What becomes of pages."""
    assert all(map(telegram_html.sniff, pages))
    return list(telegram_html.read(pages, ReadOptions()))


def test_it_reads_pages_in_their_numbers_order() -> None:
    """messages10.html comes after messages2.html, and the sender goes over to the next page."""
    second = page(message(2, None), name="messages2.html")
    tenth = page(message(3, None), name="messages10.html")

    (found,) = read(tenth, second, page(message(1)))

    assert found.rows["key"].to_list() == ["1", "2", "3"]
    assert found.rows["sender"].to_list() == ["Nadia"] * 3


def test_it_keeps_chats_in_other_folders_and_inputs_apart() -> None:
    """An archive has a folder a chat; two given files are two inputs."""
    first, other = page(message(1)), page(message(1, "Jonas"), folder="export/chat_2")
    given = [replace(page(message(1)), family=family) for family in ([from_bytes(b"1")], [from_bytes(b"2")])]

    assert len(read(first, other)) == 2
    assert len(read(*given)) == 2


def test_it_reads_the_wall_clock_where_some_dates_have_no_zone() -> None:
    """Pages of an old and a new export: the zone that some tell is not mixed with the clock that others show."""
    zoned = message(1, date="03.05.2024 09:00:00 UTC+02:00")

    (found,) = read(page(zoned, message(2)))

    assert found.clock == "local"
    assert [moment.hour for moment in found.rows["at"]] == [9, 9]


def test_it_does_not_pass_a_sender_on_to_a_message_that_joins_none() -> None:
    """A message whose name is missing is told of, not given to the person before."""
    nameless = message(2).replace("from_name", "unknown")

    (found,) = read(page(message(1), nameless, message(3, None), message(4, "Jonas")))

    assert found.rows["line"].to_list() == [1, 4]
    assert found.tally.n_issues == 2


def test_it_counts_characters_that_cannot_be_decoded() -> None:
    """Bytes of another encoding show as U+FFFD and are told of; what follows is read."""
    good = page(message(1, text="caf?"), message(2))
    bad = from_bytes(good.read().replace(b"?", b"\xe9"), good.path)

    (found,) = read(bad)

    assert found.rows["text"].to_list() == ["caf\ufffd", "hm"]
    assert any(issue.problem.startswith("1 character") for issue in found.issues)


@given(text=st.text(), title=st.text(max_size=30))
def test_it_survives_any_words_and_any_date(text: str, title: str) -> None:
    """Markup, control characters and nonsense inside a message stay inside it or are told of."""
    title = title.replace('"', "").replace("<", "").replace("&", "")

    (found,) = read(page(message(1, text=text), message(2, "Jonas", date=title or "x")))

    assert found.tally.balanced


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"<html><body>message default</body></html>",
        b'<div class="message">Nadia: hi</div>',
        b'<html><div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder">',
        b'{"html": "class=\\"message default\\""}',
    ],
)
def test_it_leaves_other_files_alone(head: bytes) -> None:
    """Other pages, and words that look like this format's."""
    assert not telegram_html.sniff(from_bytes(head, "messages.html"))

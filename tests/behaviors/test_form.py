"""The form in which models read messages: nothing crashes it, nothing private to a phone's keyboard changes it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from steadily.behaviors.careful import tokenizer
from steadily.behaviors.form import (
    MOST_CHARACTERS,
    MOST_CONTEXT,
    WINDOW_TOKENS,
    context_lines,
    line_windows,
    plain,
)


@given(st.text(st.characters(codec=None), max_size=300))
def test_any_text_becomes_one_plain_line(text: str) -> None:
    """Control characters, surrogates and line breaks go; what is left stays as it is when read again."""
    read = plain(text)

    assert "\n" not in read
    assert not any("\ud800" <= letter <= "\udfff" or letter < " " for letter in read)
    assert read == read.strip()
    assert plain(read) == read


@given(st.text(st.sampled_from("ab `\t\n\x00\x1f ?!~\x7f'"), max_size=12) | st.text(max_size=20))
def test_a_letter_that_is_not_seen_changes_nothing(text: str) -> None:
    """Plain text takes a short way; with an unseen letter it takes the long one, and ends the same."""
    assert plain(f"{text}\u200b") == plain(text)


def test_a_tone_of_skin_changes_nothing() -> None:
    """The same hand in six tones reads the same."""
    tones = ["", *(chr(0x1F3FB + tone) for tone in range(5))]

    assert len({plain(f"thank you 🙏{tone}") for tone in tones}) == 1


def test_a_gendered_emoji_reads_as_the_one_without() -> None:
    """A woman, a man and a person who shrug read the same."""
    assert plain("well 🤷‍♀️") == plain("well 🤷‍♂️") == plain("well 🤷")


def test_emoji_are_read_by_name() -> None:
    """A heart is a red heart, however it was typed, and a row of them is two."""
    assert plain("miss you ❤️") == plain("miss you ❤") == "miss you red heart"
    assert plain("😂😂😂😂😂😂") == plain("😂😂")


def test_a_very_long_text_is_cut() -> None:
    """Fifty thousand characters cost no more than the first few thousand."""
    assert len(plain("word " * 10_000)) <= MOST_CHARACTERS


@pytest.mark.parametrize(("speaker", "told"), [("me", ["me: a", "them: b"]), ("partner", ["them: a", "me: b"])])
def test_context_is_told_from_the_writers_side(speaker: str, told: list[str]) -> None:
    """Whoever writes is me."""
    assert context_lines(["me: a", "partner: b"], speaker) == told  # type: ignore[arg-type]


def test_a_line_without_a_name_is_the_others() -> None:
    """A person pastes what they were sent."""
    assert context_lines(["where are you: home?"], "me") == ["them: where are you: home?"]


def test_only_the_last_lines_are_kept() -> None:
    """Five of them."""
    assert len(context_lines([f"me: {n}" for n in range(40)], "me")) == MOST_CONTEXT


def test_lines_that_are_read_as_one_lose_nothing() -> None:
    """Every token of a long text or of a long chat is in a window, and no window is longer than the network can read."""
    known = tokenizer()
    chats = [["word " * 400], ["me: short", "them: " + "long " * 200, *["me: ok"] * 40, "them: " + "late " * 90], [""]]
    for lines in chats:
        windows = line_windows(known, lines)
        counted = {token for window in windows for token in window}
        assert {token for line in lines for token in known.encode(line, add_special_tokens=False).ids} <= counted
        assert all(len(window) <= 512 for window in windows)
    assert sum(len(window) for window in line_windows(known, chats[0])) > 400


@given(st.lists(st.integers(1, 300), min_size=1, max_size=12))
@example([1, 1, 128, 1, 128, 128, 128, 128])
def test_no_window_is_longer_than_the_network_has_positions_for(lengths: list[int]) -> None:
    """Short lines before long ones once made windows of more tokens than that; every word is read."""
    windows = line_windows(tokenizer(), ["word " * n for n in lengths])

    assert max(map(len, windows)) <= WINDOW_TOKENS + 1
    word = tokenizer().encode("word", add_special_tokens=False).ids[0]
    assert sum(window.count(word) for window in windows) >= sum(lengths)

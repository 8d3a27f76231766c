"""What a model is asked, and what of its answer may be a rewording."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steadily.coach.model_words import RULES, asked, plain_lines

DRAFT = "You forgot again. I told you on Tuesday."


def kept(answer: str, draft: str = DRAFT, context: tuple[str, ...] = (), n: int = 5) -> list[str]:
    """What is kept of an answer."""
    return plain_lines(answer, draft, context, n)


@pytest.mark.parametrize(
    "line",
    [
        "I told you.",
        "1. I told you.",
        "2) I told you.",
        "(3) I told you.",
        "- I told you.",
        "* I told you.",
        "• I told you.",
        "> I told you.",
        "## I told you.",
        '"I told you."',
        "1. “I told you.”",
        "„I told you.“",
        "« I told you. »",
        "'I told you.'",
        "**I told you.**",
        "`I told you.`",
        "**Option 2:** I told you.",
        "Rewording 1: I told you.",
        "me: I told you.",
        '- **Version 3**: "I told you."',
        "\t I  told \u00a0you. ",
        "I\x00 to\x07ld\x7f you.\x85",
        "\x1b[1;31mI told you.\x1b[0m",
        "\x1b]0;title\x07I told you.",
        "\u202eI\u2066 told\ufeff you.\u200b",
        "I\U000e0041 told\U000e007f you.\ue000",
        "\ud800I told you.",
    ],
)
def test_a_line_loses_what_stands_around_it_and_what_nobody_sees(line: str) -> None:
    assert kept(line) == ["I told you."]


@pytest.mark.parametrize(
    "line",
    [
        "7:30 works for me.",
        "10 minutes would help.",
        '"Sure" is what you said, and I heard "no".',
        "I love you 👩\u200d👩\u200d👧 <3",
        "می\u200cخواهم با تو حرف بزنم",
        "今日は少し疲れています。",
        "don't worry, it's fine",
        "*you* said Tuesday and *I* said Wednesday",
        "10:30 – 11:15 then",
    ],
)
def test_what_belongs_to_the_words_stays(line: str) -> None:
    assert kept(line) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "",
        "---",
        "...",
        "Here are three rewordings:",
        "see https://a.example",
        "see www.a.example",
        "read [this](x)",
        "write to a@b.example",
        "go to evil.com now",
        "mailto:x",
        "javascript:alert(1)",
        "call 0800 555 0100",
        "call +49-30-1234567",
        "<b>I told you.</b>",
        "```",
        "<|im_end|>",
        "<end_of_turn>",
        "=== 0123456789abcdef ===",
        "x" * (3 * len(DRAFT) + 201),
        DRAFT.upper(),
        f'"{DRAFT}"',
        "partner: what did you say?",
    ],
)
def test_what_is_no_message_is_dropped(line: str) -> None:
    assert kept(f"{line}\nI told you.", context=("partner: What did you say?",)) == ["I told you."]


def test_what_the_writer_put_in_may_come_back() -> None:
    draft = "The table is at https://place.example/t?id=7, ask for 030 1234567. You forgot to call."
    line = "Could you call 030-1234567? It is the table at https://place.example/t?id=7, and I counted on you."
    assert kept(line, draft) == [line]
    assert kept(line.replace("t?id=7", "t?id=8"), draft) == []
    assert kept(line.replace("030-12", "030-13"), draft) == []


def test_thoughts_are_not_read() -> None:
    assert kept("<think>\nI could lie.\n</think>\n\nI told you.") == ["I told you."]
    assert kept("I could lie.\n</think>I told you.") == ["I told you."]
    assert kept("I told you.\n<think>I could lie.") == ["I told you."]


def test_each_line_comes_once_and_no_more_than_asked_for() -> None:
    assert kept("One.\nTwo.\none.\n1. One.\nThree.\nFour.", n=3) == ["One.", "Two.", "Three."]


def test_a_line_of_the_longest_kind_is_kept() -> None:
    line = "x" * (3 * len(DRAFT) + 200)
    assert kept(line) == [line]


@given(st.text(max_size=300), st.text(max_size=80))
def test_whatever_a_model_writes_only_plain_lines_come_out(answer: str, draft: str) -> None:
    for line in kept(answer, draft):
        assert line == " ".join(line.split())
        assert len(line) <= 3 * len(draft) + 200
        assert not set(line) & set("\x00\x07\x1b\r\n\t\u202e\u2066\u200b")


@pytest.mark.parametrize(
    "piece", ["a.", "- ", "*", '"', "1. ", "a@", "0 ", "\x1b]", "x://", "me:", "<think>", "'", "www."]
)
def test_a_nasty_answer_is_read_in_a_moment(piece: str) -> None:
    begun = time.monotonic()
    kept(piece * (65_536 // len(piece)), "x" * 4_000)
    kept("\n".join([piece * (12_000 // len(piece))] * 5), "x" * 4_000)
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize(
    "word", ["fact", "name", "date", "need", "boundary", "No lies", "begging", "always", "talks", "free to say no"]
)
def test_the_rules_are_told(word: str) -> None:
    assert word in RULES


def test_without_messages_before_none_are_told() -> None:
    assert "before" not in asked(DRAFT, (), 2)[1]["content"]
    assert "me: hi" in asked(DRAFT, ("me: hi",), 2)[1]["content"]

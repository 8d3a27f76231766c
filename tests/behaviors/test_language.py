"""English is coded, other languages are left alone, and what is too short to tell follows its chat."""

from __future__ import annotations

import pytest

from steadily.behaviors.language import is_english

OTHERS = [
    "ich hab dich so vermisst, wann kommst du endlich nach hause",
    "te extraño mucho mi amor, cuándo vas a volver a la casa",
    "tu me manques tellement, on se voit quand ce soir",
    "я так скучаю по тебе, когда ты придёшь домой",
    "我今天很想你，你什么时候回家",
    "kangen banget sama kamu, kapan pulang ke rumah sayang",
]
ENGLISH = [
    "can u pls get milk on ur way home x",
    "I wan change the blue curtain to wine for parlour, fabric don land",
    "aye nae bother hen, ah'll get it efter ma shift",
    "finna head out, you want sum from the store",
    "Thank you for yesterday. It meant a great deal to me.",
    "lah can or not, you say only",
    "ya no quiero vivir. No puedo con esto, I keep looking at the bridge. Please llama a alguien",
]


@pytest.mark.parametrize("text", OTHERS)
def test_another_language_is_left_alone(text: str) -> None:
    """Spanish, German, French, Russian, Chinese, Indonesian."""
    assert not is_english([text], one_chat=False)[0]


@pytest.mark.parametrize("text", ENGLISH)
def test_english_of_every_region_is_read(text: str) -> None:
    """Dialects and shortened spelling are English."""
    assert is_english([text], one_chat=False)[0]


def test_a_short_message_follows_its_chat() -> None:
    """`ok` among German messages is not read; among English ones it is."""
    assert not is_english([OTHERS[0], OTHERS[0] + " bitte", "ok"])[2]
    assert is_english([ENGLISH[0], ENGLISH[4], "ok"])[2]

"""The careful model: reading in one pass says what reading one by one says."""

from __future__ import annotations

import numpy as np
import pytest

from steadily.behaviors.careful import careful
from steadily.behaviors.form import TEXT_TOKENS
from steadily.behaviors.reading import Message

BEFORE = ("them: are you home", "me: late again, sorry")
DRAFT = "you always say that and i am so tired of waiting for you on fridays"


@pytest.mark.parametrize("context", [(), BEFORE])
def test_messages_of_nearly_one_length_are_read_as_each_alone(context: tuple[str, ...]) -> None:
    """Padding adds nothing to the shorter ones, neither to what they are nor to what their words add."""
    words = DRAFT.split()
    near = [Message(" ".join(words[:place] + words[place + 1 :]), context) for place in range(len(words))]
    near.append(Message("no", context))
    model = careful()
    together = model.read_near(near)

    for one, message in zip(together, near, strict=True):
        alone = model.read([message])[0]
        assert one.parts.shape == alone.parts.shape
        np.testing.assert_allclose(one.logits, alone.logits, atol=1e-4)
        np.testing.assert_allclose(one.parts, alone.parts, atol=1e-4)
        np.testing.assert_allclose(one.depths, alone.depths, atol=1e-4)


def test_one_that_is_too_long_is_read_in_its_parts() -> None:
    """Nothing of it is left out."""
    long = [Message("word " * (TEXT_TOKENS + 40) + "i am sorry", ()), Message("ok", ())]
    model = careful()

    for one, other in zip(model.read_near(long), model.read(long), strict=True):
        np.testing.assert_array_equal(one.logits, other.logits)
    assert model.read_near([]) == []

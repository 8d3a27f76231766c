"""
Whether a message is English: the models know no other language, and a guess would be worse than silence.

A message of which enough words are among the commonest of English is taken at once. The rest is asked of py3langid, and
only where English is unlikely is a message left out; what is too short to tell follows the messages around it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

COMMON = frozenset(
    """
    i you he she it we they me him her us them my your his our their mine yours this that these those who what when
    where why how am is are was were be been being do does did done have has had will would can could should shall may
    might must not don't dont can't cant won't didn't isn't i'm im i'll i've you're ur u it's its that's thats let's the
    a an and or but if so because as of at by for with about into to from up down in out on off over again then here
    there all any both more most some such only own same than too very just now still no yes yeah ok okay lol haha hey
    hi hello good night morning love miss sorry thanks thank please home work day today tonight tomorrow go going gonna
    get got know think want need see come back time way really right fine
    """.split()
)
SHARED = frozenset(
    """
    a an am as at be can come die do done had has he him home in is it just me my no of on or over see she so van was we
    who will your
    """.split()
)
"""Those of them that are words elsewhere too."""
COMMON_SHARE = 0.5
MIXED_WORDS = 3
"""So many different words that only English has make a message of two languages worth reading."""
LANGUAGES = "en es fr de pt it nl pl sv da no fi tr id tl ro cs hu sw vi ms".split()
UNLIKELY = 0.1
LEAST_WORDS = 4
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


def is_english(texts: Sequence[str], *, one_chat: bool = True) -> npt.NDArray[np.bool_]:
    """
    Which messages can be read as English.

    Args:
        texts: Messages, from `form.plain`.
        one_chat: Whether they are of one chat: what cannot be told alone then follows the majority. Else it is taken as
            English.

    Returns:
        One answer each; a message without letters counts as English.
    """
    known = {text: _verdict(text) for text in dict.fromkeys(texts)}
    verdicts = [known[text] for text in texts]
    told = [verdict for verdict in verdicts if verdict is not None]
    rest = not one_chat or sum(told) * 2 >= len(told)
    return np.array([rest if verdict is None else verdict for verdict in verdicts], dtype=bool)


def _verdict(text: str) -> bool | None:
    """True or False where the message tells, None where it is too short or unclear."""
    words = WORD.findall(text.lower())
    if not words:
        return True
    if _foreign_letters(words):
        return False
    if sum(word in COMMON for word in words) >= COMMON_SHARE * len(words):
        return True if len(words) >= LEAST_WORDS else None
    if len((COMMON - SHARED).intersection(words)) >= MIXED_WORDS:
        return True
    return _likely(text) if len(words) >= LEAST_WORDS else None


def _foreign_letters(words: Sequence[str]) -> bool:
    """Whether most letters are none of the Latin alphabets'."""
    letters = "".join(words)
    return sum(letter > "\u024f" for letter in letters) * 2 > len(letters)


def _likely(text: str) -> bool | None:
    p_english = dict(_identifier().rank(text))["en"]
    if p_english >= 0.5:
        return True
    return False if p_english <= UNLIKELY else None


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    found = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    found.set_languages(LANGUAGES)
    return found

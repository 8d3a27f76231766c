"""In the app nothing tells a person to type an option of a command."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import steadily.readers
from steadily.web.look.in_words import in_the_app


def told() -> list[str]:
    """Every sentence of the readers that names an option or a command, but one of which the app shows the choices alone."""
    found = []
    for path in Path(steadily.readers.__path__[0]).rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
        parts = {id(part) for one in ast.walk(tree) if isinstance(one, ast.JoinedStr) for part in one.values}
        for one in ast.walk(tree):
            if isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in docs | parts:
                found.append(one.value)
            elif isinstance(one, ast.JoinedStr):
                found.append("".join(part.value if isinstance(part, ast.Constant) else "x" for part in one.values))
    asked = (one for one in found if " --" in one or "`steadily" in one)
    return [one for one in asked if "several names" not in one]


@pytest.mark.parametrize("sentence", told())
def test_no_option_and_no_command_is_left(sentence: str) -> None:
    left = in_the_app(sentence)
    assert "--" not in left
    assert "`" not in left
    assert left


def test_there_are_such_sentences_and_others_stay_as_they_are() -> None:
    assert len(told()) >= 6
    assert in_the_app("The zip has a password. Unpack it first.") == "The zip has a password. Unpack it first."

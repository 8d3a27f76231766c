"""Who is me, who the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from steadily.errors import ChoiceNeeded
from steadily.readers.assembly import read_export

PAIR = "13/06/2018, 21:24 - Ana María Ruiz: hi\n13/06/2018, 21:25 - Bob: hello\n"


@pytest.mark.parametrize("name", ["Ana María Ruiz", "ana maría ruiz", "Ana", "  ANA ", "\u200eAna María\u00a0Ruiz"])
def test_my_name_is_found_as_people_type_it(tmp_path: Path, name: str) -> None:
    """Case, marks and odd spaces do not matter; a first name is enough where it is clear."""
    path = tmp_path / "chat.txt"
    path.write_text(PAIR)

    conversation = read_export([path], me=[name])

    assert conversation.partners.me == "Ana María Ruiz"
    assert conversation.messages["author"].to_list() == ["me", "partner"]


def test_the_other_may_be_named_instead(tmp_path: Path) -> None:
    """`--with Bob`: of two people, I am the one left."""
    path = tmp_path / "chat.txt"
    path.write_text(PAIR)

    assert read_export([path], partner=["Bob"]).partners.me == "Ana María Ruiz"


def test_a_name_that_is_not_there_is_asked_for(tmp_path: Path) -> None:
    """A typing slip does not pick anybody."""
    path = tmp_path / "chat.txt"
    path.write_text(PAIR)

    with pytest.raises(ChoiceNeeded) as raised:
        read_export([path], me=["Anna"])

    assert raised.value.what == "me"


def test_one_person_under_two_names_is_one(tmp_path: Path) -> None:
    """A new phone, a new name in the contacts: both given with `--with`."""
    path = tmp_path / "chat.txt"
    path.write_text(PAIR + "14/06/2018, 21:25 - Bobby 📱: new phone\n")

    conversation = read_export([path], me=["Ana"], partner=["Bob", "Bobby 📱"])

    assert conversation.messages["author"].to_list() == ["me", "partner", "partner"]


def test_the_id_is_the_same_from_both_sides(tmp_path: Path) -> None:
    """One couple, one id, whoever looks."""
    path = tmp_path / "chat.txt"
    path.write_text(PAIR)

    ids = {read_export([path], me=[name]).conversation_id for name in ("Ana", "Bob")}

    assert len(ids) == 1

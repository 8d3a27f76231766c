"""The two people: the one place where real names live."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Partners:
    """
    The two people of a conversation, as they are named in the exports.

    Everywhere else they are `me` and `partner`.

    Attributes:
        me: The name of the person who looks back.
        partner: The name of the other.
        me_aliases: Every name, number or id under which *me* appears in a source.
        partner_aliases: The same for the other.
    """

    me: str
    partner: str
    me_aliases: frozenset[str] = frozenset()
    partner_aliases: frozenset[str] = frozenset()

    def swapped(self) -> Partners:
        """The same two people seen from the other side."""
        return Partners(
            me=self.partner,
            partner=self.me,
            me_aliases=self.partner_aliases,
            partner_aliases=self.me_aliases,
        )

"""The plan of whoever visits, with all that it chooses from: what was done, what today is like, and how the chat ends."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import polars as pl
from django.utils import timezone

from steadily.program import plan as planned
from steadily.program.entries import CHECK_INS, HARD_DAYS, PLANS, PRACTICED, How, Plan, Practiced
from steadily.program.lessons import Practice
from steadily.program.plan import Choice, Standing
from steadily.program.signals import Signals, signals_of
from steadily.safety.outreach import Said, outreach_ends
from steadily.vault import Vault
from steadily.web.look.chats import the_chat
from steadily.web.practice.entries_at_hand import all_of

ONE = "plan"
"""Its name in the vault; there is one."""
STALE = timedelta(days=3)
"""How many messages stand unanswered says nothing of now in an import older than this; a no to contact goes on."""
MOST_LOOKED_AT = 200


@dataclass(frozen=True)
class Walk:
    """
    All that the plan chooses from.

    Attributes:
        plan: The plan; None before there is one.
        log: What was shown and what became of it.
        signals: What today is like.
        day: Today.
    """

    plan: Plan | None
    log: tuple[Practiced, ...]
    signals: Signals
    day: date

    @property
    def choice(self) -> Choice | None:
        """The practice for today."""
        return planned.today(self.plan, self.log, self.signals, self.day) if self.plan else None

    @property
    def another(self) -> Choice | None:
        """What would come next."""
        return planned.another(self.plan, self.log, self.signals, self.day) if self.plan else None

    @property
    def standing(self) -> Standing:
        """Whether there is room for a practice today."""
        return planned.standing(self.plan, self.log, self.day) if self.plan else "open"


def the_plan(vault: Vault) -> Plan | None:
    """The plan; None before there is one."""
    return PLANS.get(vault, ONE)


def keep(vault: Vault, plan: Plan) -> None:
    """Keep the plan in place of the one before."""
    PLANS.put(vault, plan, ONE)


def begun(vault: Vault) -> Plan:
    """The plan, or one that begins today with nothing tapped."""
    return the_plan(vault) or Plan(started=timezone.localdate())


def walk(vault: Vault, day: date) -> Walk:
    """All that the plan chooses from, on a day."""
    check_ins = [one.entry for one in all_of(vault, CHECK_INS)]
    hard_days = [one.entry for one in all_of(vault, HARD_DAYS)]
    ended = outreach_has_ended(vault, timezone.now())
    log = tuple(one.entry for one in all_of(vault, PRACTICED))
    return Walk(the_plan(vault), log, signals_of(check_ins, hard_days, day, outreach_has_ended=ended), day)


def note_down(vault: Vault, practice: Practice, how: How) -> None:
    """Keep what became of a practice that was not done; one that was set aside does not come back by itself."""
    PRACTICED.put(vault, Practiced(timezone.localtime(), practice.name, how))
    plan = begun(vault)
    if how == "not for me" and practice.name in plan.repeats:
        plan = replace(plan, repeats=tuple(one for one in plan.repeats if one != practice.name))
    keep(vault, plan)


def choose(vault: Vault, practice: Practice | None, day: date) -> None:
    """Put a practice on today's card, or nothing."""
    keep(vault, replace(begun(vault), chosen=practice.name if practice else "", chosen_on=day if practice else None))


def choose_another(vault: Vault, day: date) -> None:
    """Put on today's card what would come next."""
    found = walk(vault, day).another
    choose(vault, found.practice if found else None, day)


def outreach_has_ended(vault: Vault, now: datetime) -> bool:
    """Whether the chat here ends with a no to contact, or, where it is recent, with messages that stand unanswered."""
    chat = the_chat(vault)
    if chat is None:
        return False
    messages = chat.conversation.messages.filter(pl.col("author").is_not_null()).tail(MOST_LOOKED_AT)
    if not messages.height:
        return False
    columns = messages["author"].to_list(), messages["text"].fill_null("").to_list()
    because = outreach_ends([Said(author, text) for author, text in zip(*columns, strict=True)])
    is_recent = now - messages["sent_at"][-1] <= STALE
    return because == "asked for no contact" or (because is not None and is_recent)

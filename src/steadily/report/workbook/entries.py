"""What a person kept of the program, as the workbook takes it in: plain lists, so that no vault is needed to set a book."""

from __future__ import annotations

from dataclasses import dataclass

from steadily.program import entries as kept
from steadily.program.check_ins import by_day
from steadily.program.entries import Baseline, CheckIn, Experiment, Forgiving, HardDay, Practiced, Ritual, Win
from steadily.vault import Vault


@dataclass(frozen=True)
class Entries:
    """
    A person's own entries, each list from the first day to the last.

    Attributes:
        check_ins: A few words on a day, one a day.
        forgiving: How far something is forgiven, asked apart.
        baselines: The longer look, every four weeks.
        practiced: Practices that were shown, and what became of them.
        experiments: Days drawn at random.
        rituals: What comes back.
        wins: Small things that went well; those that were not taken are left out.
        hard_days: Days on which the two-minute way back was walked.
    """

    check_ins: tuple[CheckIn, ...] = ()
    forgiving: tuple[Forgiving, ...] = ()
    baselines: tuple[Baseline, ...] = ()
    practiced: tuple[Practiced, ...] = ()
    experiments: tuple[Experiment, ...] = ()
    rituals: tuple[Ritual, ...] = ()
    wins: tuple[Win, ...] = ()
    hard_days: tuple[HardDay, ...] = ()

    @classmethod
    def of(cls, vault: Vault) -> Entries:
        """
        What lies in an open vault.

        Raises:
            VaultDamaged: Something in it has another shape.
        """
        return cls(
            check_ins=tuple(one.entry for one in by_day(kept.CHECK_INS.all(vault)).values()),
            forgiving=tuple(sorted((one.entry for one in kept.FORGIVING.all(vault)), key=lambda one: one.day)),
            baselines=tuple(sorted((one.entry for one in kept.BASELINES.all(vault)), key=lambda one: one.day)),
            practiced=tuple(sorted((one.entry for one in kept.PRACTICED.all(vault)), key=lambda one: one.at)),
            experiments=tuple(sorted((one.entry for one in kept.EXPERIMENTS.all(vault)), key=lambda one: one.started)),
            rituals=tuple(sorted((one.entry for one in kept.RITUALS.all(vault)), key=lambda one: one.name)),
            wins=tuple(
                sorted((one.entry for one in kept.WINS.all(vault) if one.entry.is_kept), key=lambda one: one.day)
            ),
            hard_days=tuple(sorted((one.entry for one in kept.HARD_DAYS.all(vault)), key=lambda one: one.day)),
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing was kept."""
        return self == Entries()

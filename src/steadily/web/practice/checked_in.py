"""The check-ins of whoever visits, read once for as long as the vault is open, and the curves that are drawn of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from steadily.program.check_ins import SLIDERS, Slider, by_day, of_day, points_of
from steadily.program.entries import CHECK_INS, CheckIn
from steadily.program.records import Kept
from steadily.program.trust import Curve, curve
from steadily.report.curves import curve_chart, described
from steadily.vault import Vault
from steadily.web.at_hand import at_hand, forget
from steadily.web.look.drawing import NARROW, WIDE, picture

ENTRIES, CURVES, PICTURES = "check-ins", "check-in curves", "check-in pictures"
ENTRY_BYTES, CURVES_BYTES, PICTURES_BYTES = 1_000, 200_000, 1_000_000


@dataclass(frozen=True)
class Drawn:
    """
    One slider over time, as it stands on a page.

    Attributes:
        slider: Which.
        curve: What is drawn.
        wide: The chart as SVG.
        narrow: The same for a phone.
        described: What it shows, for screen readers.
        rows: Its answers as a table, header first.
    """

    slider: Slider
    curve: Curve
    wide: str
    narrow: str
    described: str
    rows: list[list[str]]


def kept(vault: Vault) -> tuple[Kept[CheckIn], ...]:
    """All check-ins, one a day, the oldest first."""
    return at_hand(
        vault.number,
        ENTRIES,
        lambda: tuple(by_day(CHECK_INS.all(vault)).values()),
        lambda found: ENTRY_BYTES * len(found),
    )


def keep(vault: Vault, entry: CheckIn) -> None:
    """Keep a check-in; one of the same day gives way to it."""
    there = of_day(kept(vault), entry.day)
    CHECK_INS.put(vault, entry, there.id if there else None)
    _forget(vault)


def let_go(vault: Vault, id: str) -> None:
    """Throw the check-in of a day away, with whatever else was kept for that day; one that is not there is passed over."""
    entry = CHECK_INS.get(vault, id)
    for one in CHECK_INS.all(vault) if entry else ():
        if entry and one.entry.day == entry.day:
            CHECK_INS.let_go(vault, one.id)
    _forget(vault)


def curves(vault: Vault, day: date) -> Mapping[str, Curve]:
    """The curve of every daily slider up to a day, by its name."""
    there: dict[date, dict[str, Curve]] = at_hand(vault.number, CURVES, dict, lambda _: CURVES_BYTES)
    if day not in there:
        entries = [one.entry for one in kept(vault)]
        there[day] = {one.name: curve(points_of(entries, one.name), day) for one in SLIDERS}
    return there[day]


def pictures(vault: Vault, day: date) -> tuple[Drawn, ...]:
    """The curves that have something to show, drawn."""
    there: dict[date, tuple[Drawn, ...]] = at_hand(vault.number, PICTURES, dict, lambda _: PICTURES_BYTES)
    if day not in there:
        found = curves(vault, day)
        there[day] = tuple(one for slider in SLIDERS if (one := drawn(slider, found[slider.name])))
    return there[day]


def drawn(slider: Slider, found: Curve) -> Drawn | None:
    """A curve on a page; nothing where nothing was answered."""
    spec = curve_chart(found, slider.title, slider.ends)
    if spec is None:
        return None
    answers = [[str(day), str(one)] for day, one in zip(found.days, found.points, strict=True) if one is not None]
    rows = [["day", "answer"], *answers]
    return Drawn(slider, found, picture(spec, WIDE), picture(spec, NARROW), described(found, slider.title), rows)


def _forget(vault: Vault) -> None:
    for name in (ENTRIES, CURVES, PICTURES):
        forget(vault.number, name)

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
from steadily.web.at_hand import at_hand
from steadily.web.look.drawing import NARROW, WIDE, picture

ENTRIES, CURVES, PICTURES = "check-ins", "check-in curves", "check-in pictures"
ENTRIES_BYTES, CURVES_BYTES, PICTURES_BYTES = 1_000_000, 200_000, 1_000_000


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
    return tuple(by_day(_all(vault)).values())


def keep(vault: Vault, entry: CheckIn) -> None:
    """Keep a check-in; one of the same day gives way to it."""
    there = of_day(_all(vault), entry.day)
    _read(vault).pop(CHECK_INS.put(vault, entry, there.id if there else None), None)


def let_go(vault: Vault, id: str) -> None:
    """Throw the check-in of a day away, with whatever else was kept for that day; one that is not there is passed over."""
    found = _all(vault)
    days = {one.entry.day for one in found if one.id == id}
    for one in found:
        if one.entry.day in days:
            CHECK_INS.let_go(vault, one.id)


def curves(vault: Vault, day: date) -> Mapping[str, Curve]:
    """The curve of every daily slider up to a day, by its name; each is made anew only where its answers have changed."""
    there: dict[str, tuple[object, Curve]] = at_hand(vault.number, CURVES, dict, lambda _: CURVES_BYTES)
    entries = [one.entry for one in kept(vault)]
    for slider in SLIDERS:
        points = points_of(entries, slider.name)
        if there.get(slider.name, (None,))[0] != (day, points):
            there[slider.name] = ((day, points), curve(points, day))
    return {slider.name: there[slider.name][1] for slider in SLIDERS}


def pictures(vault: Vault, day: date) -> tuple[Drawn, ...]:
    """The curves that have something to show, drawn; each anew only where it has changed."""
    there: dict[str, Drawn] = at_hand(vault.number, PICTURES, dict, lambda _: PICTURES_BYTES)
    shown = []
    for slider in SLIDERS:
        found, before = curves(vault, day)[slider.name], there.get(slider.name)
        now = before if before and before.curve == found else drawn(slider, found)
        if now:
            there[slider.name] = now
            shown.append(now)
    return tuple(shown)


def drawn(slider: Slider, found: Curve) -> Drawn | None:
    """A curve on a page; nothing where nothing was answered."""
    spec = curve_chart(found, slider.title, slider.ends)
    if spec is None:
        return None
    answers = [[str(day), str(one)] for day, one in zip(found.days, found.points, strict=True) if one is not None]
    rows = [["day", "answer"], *answers]
    return Drawn(slider, found, picture(spec, WIDE), picture(spec, NARROW), described(found, slider.title), rows)


def _all(vault: Vault) -> list[Kept[CheckIn]]:
    """Every check-in that is in the vault now; each is opened once."""
    read, ids = _read(vault), vault.ids(CHECK_INS.kind)
    for id in ids:
        if id not in read and (entry := CHECK_INS.get(vault, id)) is not None:
            read[id] = entry
    return [Kept(id, read[id]) for id in ids if id in read]


def _read(vault: Vault) -> dict[str, CheckIn]:
    return at_hand(vault.number, ENTRIES, dict, lambda _: ENTRIES_BYTES)

"""The pages to fill by hand: weeks of check-ins, the loop, an apology, invitations, an experiment, wins, a hard day."""

from __future__ import annotations

from datetime import date
from typing import Any

from steadily.coach.apology import OWN_SAFETY
from steadily.program.check_ins import BASELINE_SLIDERS, FORGIVING_SLIDER, OUR_OWN, SLIDERS
from steadily.program.experiment_power import change_seen, spread_of
from steadily.program.experiment_words import points
from steadily.program.setbacks import hard_day_texts
from steadily.report.workbook.front import chapter, part, prose, room
from steadily.report.workbook.markdown import Block, blocks, curly
from steadily.report.workbook.words import words

FORTY = 40


def sheets(today: date) -> list[Block]:
    """All of them, each as often as `words.toml` says."""
    return [
        part("sheets", today),
        *_weeks(),
        *(block for sheet in words()["sheet"] for block in _sheet(sheet, today)),
    ]


def _weeks() -> list[Block]:
    said = words()["weeks"]
    asked = [
        said["asked"].format(column=column, asks=one.asks, low=one.low, middle=one.middle, high=one.high)
        for column, one in zip(said["columns"][1:4], SLIDERS, strict=True)
    ]
    text = "\n\n".join((said["text"], "\n".join(asked), OUR_OWN, said["more"]))
    found = [chapter(said["title"]), prose(text), room(said["room"])]
    for n in range(1, said["n"] + 1):
        found += [
            {"is": "new-page"},
            {"is": "week-name", "title": said["week"].format(n=n), "from": said["from"]},
            {"is": "week", "columns": said["columns"], "days": said["days"]},
            _lines({"label": said["went_well"], "rest": True}),
            _lines({"label": said["next"], "rest": True}),
        ]
    return found


def _sheet(sheet: dict[str, Any], today: date) -> list[Block]:
    found: list[Block] = []
    for copy in range(sheet["pages"]):
        found.append(chapter(sheet["title"], sheet["about"], outlined=copy == 0))
        steps = 0
        for piece in sheet["pieces"]:
            steps += piece["is"] == "numbered"
            found.append(_piece(piece, steps, today))
    return found


def _piece(piece: dict[str, Any], step: int, today: date) -> Block:
    if piece["is"] in ("prose", "note"):
        return {"is": piece["is"], "blocks": blocks(_filled(piece["text"], today))}
    if piece["is"] == "numbered":
        choices = getattr(hard_day_texts(), piece["choices"]) if "choices" in piece else ()
        named = {
            "label": _spans(piece["label"]),
            "blocks": blocks(piece.get("text", "")),
            "choices": [curly(one) for one in choices],
        }
        return {**piece, **named, "number": step}
    if piece["is"] in ("lines", "ticks"):
        return _lines(piece)
    if piece["is"] == "scales":
        return {
            **piece,
            "rows": [{"asks": curly(one.asks), "ends": f"{one.low} – {one.high}"} for one in BASELINE_SLIDERS],
        }
    return dict(piece)


def _lines(piece: dict[str, Any]) -> Block:
    return {"is": "lines", **piece, "label": _spans(piece["label"])}


def _spans(text: str) -> list[dict[str, Any]]:
    found = blocks(text)
    return found[0]["spans"] if found else []


def _filled(text: str, today: date) -> str:
    """What is written once and needed here: who an apology is not for, and what forty days can show."""
    usual = spread_of((), "safety", today)
    filled = {
        "$own_safety": "\n\n".join(OWN_SAFETY),
        "$forgiving": FORGIVING_SLIDER.asks,
        "$seen": points(change_seen(FORTY, usual.points, usual.autocorrelation)),
    }
    for name, words_of_it in filled.items():
        text = text.replace(name, words_of_it)
    return text

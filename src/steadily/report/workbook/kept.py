"""What a person kept, as pages: how it has felt, check-ins, practices, wins, rituals, experiments, hard days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from steadily.program.entries import CheckIn, Experiment, HardDay, Practiced, Ritual, Win
from steadily.program.experiment_effect import effect
from steadily.program.experiment_words import OUTCOMES, done_told, result
from steadily.program.experiments import last_day, stage
from steadily.program.lessons import practices
from steadily.program.plain_words import day_in_words, listed, month_in_words, so_many, weekday_of
from steadily.program.rituals import standing, told, when_in_words
from steadily.program.setbacks import beside_earlier, earlier_dips
from steadily.program.year import year_in_review
from steadily.report.workbook.drawing import Pictures
from steadily.report.workbook.entries import Entries
from steadily.report.workbook.front import chapter, name, part, prose, room
from steadily.report.workbook.kept_curves import curve_pages
from steadily.report.workbook.markdown import Block, plainly
from steadily.report.workbook.words import words

SHORT = 600
"""An entry of so many letters is kept on one page."""


def kept_pages(entries: Entries, today: date) -> tuple[list[Block], list[str]]:
    """
    Everything that was kept, and its charts.

    Args:
        entries: A person's own.
        today: The day on which the book is made.

    Returns:
        Pages, and pictures by their place.
    """
    said, pictures = words()["kept"], Pictures()
    if entries.is_empty:
        return [part("kept", today), chapter(said["nothing"]), prose(said["empty"])], []
    pages = [
        part("kept", today),
        *_review(entries, today),
        *curve_pages(entries, today, pictures),
        *_check_ins(entries.check_ins),
        *_practiced(entries.practiced),
        *_wins(entries.wins),
        *_rituals(entries.rituals, today),
        *_experiments(entries, today),
        *_hard_days(entries, today),
    ]
    return pages, pictures.drawn


def entry(when: date | str, text: str, *, title: str = "", meta: str = "") -> Block:
    """One entry in a list by day; a short one is not parted by the end of a page."""
    shown = day_of_month(when) if isinstance(when, date) else when
    return {"when": shown, "name": title, "meta": meta, "blocks": plainly(text), "short": len(text) < SHORT}


def day_of_month(day: date) -> str:
    """`Tuesday 3`."""
    return f"{weekday_of(day)} {day.day}"


def _review(entries: Entries, today: date) -> list[Block]:
    titles = {each.name: each.title for each in practices().values()}
    year = year_in_review(
        today,
        practiced=entries.practiced,
        wins=entries.wins,
        rituals=entries.rituals,
        check_ins=entries.check_ins,
        hard_days=entries.hard_days,
        titles=titles,
    )
    if not year.parts:
        return []
    about = words()["kept"]["review_text"].format(day=day_in_words(year.since))
    found: list[Block] = [chapter(words()["kept"]["review"], about)]
    for each in year.parts:
        found += [name(each.heading), {"is": "prose", "blocks": plainly(" ".join(each.sentences))}]
    return [*found, room(words()["kept"]["room"])]


def _check_ins(check_ins: Sequence[CheckIn]) -> list[Block]:
    if not check_ins:
        return []
    said = words()["kept"]
    found: list[Block] = [chapter(said["check_ins"], said["check_ins_text"])]
    for month, days in groupby(check_ins, key=lambda one: one.day.replace(day=1)):
        rows = [_check_in(one) for one in days]
        found.append(
            {"is": "month", "title": month_in_words(month), "columns": words()["weeks"]["columns"], "rows": rows}
        )
    return found


def _check_in(one: CheckIn) -> Block:
    points = ["" if point is None else str(point) for point in (one.safety, one.closeness, one.strain)]
    tapped = plainly(" · ".join((*one.tags, *one.events)), i=True)
    return {
        "day": day_of_month(one.day),
        "points": points,
        "blocks": plainly(one.note) + tapped,
        "short": len(one.note) < SHORT,
    }


def _practiced(log: Sequence[Practiced]) -> list[Block]:
    said, known = words()["kept"], practices()
    done = [one for one in log if one.how == "done"]
    found: list[Block] = [chapter(said["practiced"], said["practiced_text"])] if done else []
    for month, group in groupby(done, key=lambda one: one.at.date().replace(day=1)):
        items = [
            entry(
                one.at.date(),
                one.note,
                title=known[one.practice].title if one.practice in known else one.practice,
                meta=said["helped"].get(one.helped, ""),
            )
            for one in group
        ]
        found += [name(month_in_words(month)), {"is": "log", "items": items}]
    aside = dict.fromkeys(known[one.practice].title for one in log if one.how == "not for me" and one.practice in known)
    if done and aside:
        told_aside = said["set_aside"].format(titles=listed([f"“{title}”" for title in aside]))
        found.append({"is": "note", "blocks": plainly(told_aside)})
    return found


def _wins(wins: Iterable[Win]) -> list[Block]:
    said, kept = words()["kept"], [one for one in wins if one.is_kept]
    found: list[Block] = [chapter(said["wins"], said["wins_text"])] if kept else []
    for month, group in groupby(kept, key=lambda one: one.day.replace(day=1)):
        items = [entry(one.day, one.text) for one in group]
        found += [name(month_in_words(month)), {"is": "log", "items": items}]
    return found


def _rituals(rituals: Sequence[Ritual], today: date) -> list[Block]:
    if not rituals:
        return []
    said = words()["kept"]
    items = [
        entry(
            said["standing"][standing(one)],
            told(one, today),
            title=one.name,
            meta=f"{when_in_words(one)}.",
        )
        for one in rituals
    ]
    return [chapter(said["rituals"], said["rituals_text"]), {"is": "log", "items": items}, room(said["room"])]


def _experiments(entries: Entries, today: date) -> list[Block]:
    if not entries.experiments:
        return []
    said = words()["kept"]
    items = [_experiment(one, entries.check_ins, today) for one in entries.experiments]
    return [chapter(said["experiments"], said["experiments_text"]), {"is": "log", "items": items}, room(said["room"])]


def _experiment(one: Experiment, check_ins: Sequence[CheckIn], today: date) -> Block:
    said = words()["kept"]
    ends = one.ended if one.ended and one.ended < last_day(one) else last_day(one)
    meta = said["experiment"].format(
        days=so_many(one.n_days, "day"),
        outcome=OUTCOMES[one.outcome],
        first=day_in_words(one.started),
        last=day_in_words(ends),
    )
    found = effect(one, check_ins, today)
    sentences = (*result(found, one.outcome), done_told(found)) if found else (said["stage"][stage(one, today)],)
    return entry(month_in_words(one.started), "\n".join(sentences), title=one.act, meta=meta)


def _hard_days(entries: Entries, today: date) -> list[Block]:
    if not entries.hard_days:
        return []
    said = words()["kept"]
    beside = beside_earlier(earlier_dips(entries.check_ins, entries.hard_days, today), len(entries.check_ins))
    items = [_hard_day(one) for one in entries.hard_days]
    return [
        chapter(said["hard_days"], said["hard_days_text"]),
        prose(beside),
        {"is": "log", "items": items},
        room(said["room"]),
    ]


def _hard_day(one: HardDay) -> Block:
    said = words()["kept"]
    lines = (
        one.what,
        one.line and said["held_on_to"].format(line=one.line),
        one.step and said["next_step"].format(step=one.step),
    )
    passed = said["passed"].format(day=day_in_words(one.passed)) if one.passed else ""
    return entry(day_in_words(one.day), "\n".join(line for line in lines if line), meta=passed)

"""The look back in a terminal, by chapters: calm, one column, small charts that need no color."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from steadily.conversation import Conversation
from steadily.dynamics.rhythm import rhythm
from steadily.report.overview import CANNOT_KNOW, gathered_issues, headline, months
from steadily.report.sentences import Told
from steadily.report.story import Chapter, chapters
from steadily.report.wording import MONTHS, WEEKDAYS, count

WIDTH = 84
BAR = 40
EIGHTHS = " ▏▎▍▌▋▊▉"
SHADES = " ·░▒▓█"
INDENT = (0, 0, 0, 2)


def show(conversation: Conversation, told: Sequence[Told], console: Console | None = None) -> None:
    """
    Print the look back.

    Args:
        conversation: What was read.
        told: What was found.
        console: Where to; standard output without one.
    """
    console = console or Console(highlight=False)
    console.width = min(console.width, WIDTH)
    console.print()
    console.print(Text(headline(conversation, told), style="bold"))
    console.print(Text("You and your partner, as this chat shows it. Nothing left this machine.", style="dim"))
    _section(console, "The months")
    for line in month_bars(months(conversation)):
        console.print(Padding(Text(line), INDENT))
    for chapter in chapters(told):
        _chapter(console, chapter, conversation)
    _issues(console, conversation)
    _section(console, "What this cannot know")
    for sentence in CANNOT_KNOW:
        console.print(Padding(Text(sentence), INDENT))
    console.print()
    console.print(Text("The same as a page with charts and the messages behind each line: --html FILE", style="dim"))


def _chapter(console: Console, chapter: Chapter, conversation: Conversation) -> None:
    _section(console, chapter.heading)
    for place, group in enumerate(chapter.groups):
        if place:
            console.print()
        if group.title:
            console.print(Padding(Text(group.title, style="underline"), INDENT))
        for number, one in enumerate(group.findings):
            if number:
                console.print()
            _finding(console, one.told, conversation)
        console.print(Padding(Text(group.caveat, style="dim"), INDENT))
    if chapter.unsaid:
        console.print(Padding(Text(chapter.unsaid, style="dim"), INDENT))


def _finding(console: Console, told: Told, conversation: Conversation) -> None:
    console.print(Padding(Text(told.statement), INDENT))
    if told.spread:
        console.print(Padding(Text(told.spread), INDENT))
    if told.finding.measure == "rhythm.peak":
        console.print()
        for line in week_grid(rhythm(conversation.messages)):
            console.print(Padding(Text(line), INDENT))


def _section(console: Console, heading: str) -> None:
    console.print()
    console.print(Text(heading, style="bold"))


def _issues(console: Console, conversation: Conversation) -> None:
    found = gathered_issues(conversation)
    if not found:
        return
    _section(console, "How it was read")
    for issue, n in found:
        where = f" (from line {issue.line:,})" if issue.line else ""
        lines = f" {count(n, 'line')}{where}." if issue.weight == "lost" else ""
        console.print(Padding(Text(f"{issue.problem}{lines} {issue.remedy}"), INDENT))


def bar(value: float, most: float, width: int = BAR) -> str:
    """A bar of block characters, in eighths of a character."""
    eighths = round(value / most * width * 8) if most > 0 else 0
    whole, part = divmod(eighths, 8)
    return "█" * whole + (EIGHTHS[part] if part else "")


def month_bars(by_month: pl.DataFrame) -> list[str]:
    """One line a month: its name, a bar of messages a day, and the number."""
    most = float(by_month["per_day"].max() or 0)  # type: ignore[arg-type]
    lines = []
    for month, per_day in by_month.select("month", "per_day").iter_rows():
        name = f"{MONTHS[month.month - 1][:3]} {month.year}"
        lines.append(f"{name}  {bar(per_day, most)} {round(per_day)} a day")
    return lines


def week_grid(counts: pl.DataFrame) -> list[str]:
    """Weekday by hour, darker where more was written, with the hours under it."""
    by_place = {(weekday, hour): n for _, weekday, hour, n in counts.iter_rows()}
    most = max(by_place.values(), default=1)
    lines = []
    for weekday, name in enumerate(WEEKDAYS, start=1):
        cells = (by_place.get((weekday, hour), 0) / most for hour in range(24))
        lines.append(f"{name[:3]}  " + "".join(SHADES[_shade(cell)] * 2 for cell in cells))
    lines.append("     " + "".join(f"{hour:<8}" for hour in range(0, 24, 4)) + "hours")
    return lines


def _shade(part: float) -> int:
    return 0 if part <= 0 else min(len(SHADES) - 1, 1 + int(part * (len(SHADES) - 1)))
